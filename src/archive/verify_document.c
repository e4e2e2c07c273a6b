/* What each document is worth: its signatures, and whether it can be made again out of what the
 * archive has. Reading PDFs is the caller's (examine()): they may be hostile. */
#include <string.h>

#include "archive/assets.h"
#include "archive/verify.h"
#include "base/arena.h"

#define HEX_LEN 64

struct document {
    int64_t chain, n, content, kit;
    bool ours, is_scan;
};

struct examining {
    struct verifying *v;
    struct document *list;
    size_t count, cap;
    struct assets assets;
};

static struct verify_place
place_of(const struct document *document)
{
    return (struct verify_place){document->chain, document->n};
}

/* ---- what came of it */

static void
tell_signatures(struct verifying *v, const struct document *document,
                const struct banthuek_archive_examined *found)
{
    bool is_bad = found->signed_verdict == BANTHUEK_VERDICT_BAD;
    struct str why[2];

    if (found->signatures == 0)
        return;
    for (size_t i = 0; i < 2; i++)
        why[i] = (struct str){found->signed_why[i].data, found->signed_why[i].size};
    if (found->signed_verdict == BANTHUEK_VERDICT_GOOD) {
        v->out->signed_good++;
        return;
    }
    v->out->signed_bad += is_bad;
    v->out->signed_unsure += !is_bad;
    verify_tell(
        v, place_of(document), is_bad ? DIAG_ARCHIVE_BAD_SIGNATURE : DIAG_ARCHIVE_UNSURE_SIGNATURE,
        diag_both(v->said, str_cstr(v->scratch, why[0]), str_cstr(v->scratch, why[1])), NULL, NULL);
}

/* Words of the caller's, in both languages. */
static const char *
why_of(struct verifying *v, const struct banthuek_bytes why[2])
{
    char *text[2];

    for (size_t i = 0; i < 2; i++)
        text[i] = arena_strndup(v->scratch, why[i].size == 0 ? "?" : why[i].data,
                                why[i].size == 0 ? 1 : why[i].size);
    return diag_both(v->said, text[0], text[1]);
}

/* Where the first difference is, as far as it is known. */
static const char *
where_of(struct verifying *v, const struct banthuek_archive_examined *found)
{
    struct str then = {found->then_text.data, found->then_text.size};
    struct str now = {found->now_text.data, found->now_text.size};
    const char *shown[2] = {diag_str(v->said, then), diag_str(v->said, now)};

    if (found->page == 0)
        return diag_both(v->said, "the texts are the same, so places or looks differ",
                         "ข้อความเหมือนกันทั้งหมด จึงต่างกันที่ตำแหน่งหรือลักษณะที่ปรากฏ");
    if (str_eq(then, now))
        return diag_both(v->said,
                         arena_printf(v->scratch, "first on page %zu, where \"%s\" stood elsewhere",
                                      found->page, shown[0]),
                         arena_printf(v->scratch, "ต่างครั้งแรกที่หน้า %zu โดย \"%s\" อยู่คนละที่",
                                      found->page, shown[0]));
    return diag_both(
        v->said,
        arena_printf(v->scratch, "first on page %zu, where \"%s\" stands and \"%s\" was made",
                     found->page, shown[0], shown[1]),
        arena_printf(v->scratch, "ต่างครั้งแรกที่หน้า %zu ในเอกสารเป็น \"%s\" แต่ทำใหม่ได้ \"%s\"",
                     found->page, shown[0], shown[1]));
}

static bool
is_made_same(const struct banthuek_archive_examined *found, struct str first)
{
    struct str hex = {found->made_sha256.data, found->made_sha256.size};
    struct hash made, expected = hash_of(first);

    return hash_of_hex(hex, &made) && memcmp(&made, &expected, sizeof made) == 0;
}

/* The same versions and files give the same bytes, or somebody changed the PDF before it was added
 * here; with others nothing can be told of what differs. */
static void
tell_other(struct verifying *v, const struct document *document,
           const struct banthuek_archive_examined *found)
{
    bool same_versions = found->differences == 0;

    if (found->again == BANTHUEK_AGAIN_SAME && !same_versions && found->page == 0) {
        v->out->same_pages++;
        return;
    }
    v->out->other++;
    if (same_versions)
        verify_tell(v, place_of(document), DIAG_ARCHIVE_BAD_PAGES, where_of(v, found), NULL, NULL);
    else
        verify_tell(v, place_of(document), DIAG_ARCHIVE_UNSURE_PAGES, where_of(v, found),
                    why_of(v, found->why), NULL);
}

static void
tell_made(struct examining *e, const struct document *document,
          const struct banthuek_archive_examined *found, struct str first)
{
    struct verifying *v = e->v;

    if (is_made_same(found, first)) {
        v->out->same_bytes++;
        return;
    }
    if (found->again == BANTHUEK_AGAIN_SAME || found->again == BANTHUEK_AGAIN_OTHER) {
        tell_other(v, document, found);
        return;
    }
    v->out->unsure++;
    if (found->again == BANTHUEK_AGAIN_EMBLEM)
        verify_tell(v, place_of(document), DIAG_ARCHIVE_UNSURE_PART,
                    diag_both(v->said, "emblem", "ตราครุฑ"),
                    diag_str(v->said, str_of(e->assets.no_emblem)), NULL);
    else
        verify_tell(v, place_of(document), DIAG_ARCHIVE_UNSURE_MADE, why_of(v, found->why), NULL,
                    NULL);
}

static bool
mentions_signature(struct str bytes)
{
    static const char mark[] = "/ByteRange";

    return memmem(bytes.ptr, bytes.len, mark, sizeof mark - 1) != NULL;
}

static void
tell_unread(struct verifying *v, const struct document *document, enum banthuek_archive_end end)
{
    static const char *const words[][2] = {
        [BANTHUEK_ARCHIVE_READ_WELL] = {"", ""},
        [BANTHUEK_ARCHIVE_UNREADABLE] = {"it is damaged", "แฟ้มชำรุด"},
        [BANTHUEK_ARCHIVE_NO_TIME] = {"it takes more time than a document may",
                                      "ใช้เวลาเกินที่กำหนดต่อฉบับ"},
        [BANTHUEK_ARCHIVE_NO_MEMORY] = {"it takes more memory than a document may",
                                        "ใช้หน่วยความจำเกินที่กำหนดต่อฉบับ"},
        [BANTHUEK_ARCHIVE_CRASHED] = {"the program that reads it ended",
                                      "โปรแกรมที่อ่านหยุดทำงานกลางคัน"},
    };

    if ((size_t)end >= sizeof words / sizeof words[0])
        end = BANTHUEK_ARCHIVE_CRASHED;
    v->out->unsure++;
    verify_tell(v, place_of(document), DIAG_ARCHIVE_UNSURE_READ,
                diag_both(v->said, words[end][0], words[end][1]), NULL, NULL);
}

/* ---- one document */

/* Sets whether it is made again; what is missing for that is told. */
static bool
prepare(struct examining *e, const struct document *document, bool *make_again)
{
    struct verifying *v = e->v;
    int64_t reports = 0;

    *make_again = false;
    v->out->scans += document->is_scan;
    /* what somebody scanned nobody can make again */
    if (!document->ours || document->is_scan)
        return true;
    if (!assets_load(v->store, &e->assets, document->kit) ||
        !store_number(v->store, STORE_VERIFY_HAS_DATA,
                      CELLS(cell_number(document->chain), cell_number(document->n)), 0, &reports))
        return false;
    v->out->without_data += reports == 0;
    *make_again = reports > 0 && document->kit != 0 && e->assets.missing == NULL;
    if (reports == 0 || *make_again)
        return true;
    v->out->unsure++;
    if (document->kit == 0)
        verify_tell(v, place_of(document), DIAG_ARCHIVE_UNSURE_KIT, NULL, NULL, NULL);
    else
        verify_tell(v, place_of(document), DIAG_ARCHIVE_UNSURE_PART,
                    diag_both(v->said, "font", "แบบอักษร"),
                    diag_str(v->said, str_of(e->assets.missing)), NULL);
    return true;
}

/* The bytes before the first update. */
static struct str
first_of(struct arena *arena, struct str bytes)
{
    const struct prefixes states = prefixes_of(arena, bytes);

    return states.count == 0 ? bytes : str_sub(bytes, 0, states.prefix[0].size);
}

static bool
examine(struct examining *e, const struct document *document, struct str bytes)
{
    struct verifying *v = e->v;
    struct banthuek_archive_examined found = {0};
    struct str first = first_of(v->scratch, bytes);
    struct banthuek_archive_job job = {
        .name = arena_printf(v->scratch, "entry-%lld.pdf", (long long)document->n),
        .pdf = lent_bytes(bytes),
        .first = first.len};

    if (!prepare(e, document, &job.make_again))
        return false;
    if (job.make_again) {
        job.kit = (size_t)document->kit;
        job.files = e->assets.file;
        job.file_count = e->assets.count;
    }
    if (!v->options.examine(v->options.user, &job, &found))
        return false;
    v->out->examined++;
    if (found.end != BANTHUEK_ARCHIVE_READ_WELL) {
        /* a foreign document that nobody signed is what it was: its bytes are */
        if (document->ours || mentions_signature(bytes))
            tell_unread(v, document, found.end);
        return true;
    }
    if (found.signed_unread && mentions_signature(bytes))
        tell_unread(v, document, BANTHUEK_ARCHIVE_UNREADABLE);
    tell_signatures(v, document, &found);
    if (job.make_again)
        tell_made(e, document, &found, first);
    return true;
}

/* One that was removed since the list was made is no matter any more. */
static bool
examine_one(struct examining *e, const struct document *document)
{
    struct verifying *v = e->v;
    struct chain_entry entry;
    struct str bytes;
    char hex[2 * HASH_SIZE + 1];
    size_t found = v->out->bad + v->out->cannot_tell;

    if (!chain_entry(v->store, v->scratch, document->chain, document->n, &entry))
        return false;
    hash_hex(&entry.hash, hex);
    if (v->options.before != NULL && v->options.before(v->options.user, hex)) {
        v->out->before++;
        return true;
    }
    if (!assets_get_quietly(v->store, v->scratch, document->content, &bytes) ||
        !str_starts(bytes, STR("%PDF-")))
        return true;
    if (!examine(e, document, bytes))
        return false;
    if (v->options.done != NULL && found == v->out->bad + v->out->cannot_tell)
        v->options.done(v->options.user, hex);
    return true;
}

/* ---- all of them */

static bool
list_documents(struct examining *e)
{
    struct verifying *v = e->v;
    struct rows rows = store_ask(v->store, STORE_VERIFY_LIST, NO_CELLS);

    while (rows_next(&rows)) {
        const struct document document = {rows_number(&rows, 0),      rows_number(&rows, 1),
                                          rows_number(&rows, 2),      rows_number(&rows, 3),
                                          rows_number(&rows, 4) != 0, rows_number(&rows, 5) != 0};
        if (verify_is_asked(v, place_of(&document)))
            *ARENA_ADD(v->lent.arena, e->list, e->count, e->cap, 64) = document;
    }
    return rows_end(&rows);
}

bool
verify_documents(struct verifying *v)
{
    struct examining e = {.v = v};
    bool good = v->out->quick || list_documents(&e);

    for (size_t i = 0; i < e.count && good; i++) {
        struct arena_mark mark = arena_mark(v->scratch);
        verify_progress(v, BANTHUEK_ARCHIVE_STAGE_DOCUMENTS, i, e.count);
        good = examine_one(&e, &e.list[i]);
        arena_reset(v->scratch, mark);
    }
    assets_close(&e.assets);
    return good;
}
