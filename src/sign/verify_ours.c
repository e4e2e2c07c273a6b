/* What only our own memos can be asked: whether the pages are those that the data inside make, who
 * signed for whom, who filled in the head, and who has not signed. */
#include "base/arena.h"
#include "base/hash.h"
#include "engine/work.h"
#include "inspect/inspect.h"
#include "inspect/scan.h"
#include "pdfin/cos.h"
#include "pki/certs.h"
#include "sign/names.h"
#include "sign/verify.h"
#include "thai/date.h"

/* The value of a field in a revision; empty where it has none. */
static struct str
value_in(struct verify *v, size_t revision, struct str name)
{
    size_t count;
    const struct form_field *fields = revisions_fields(v->revisions, revision, &count);

    for (size_t i = 0; i < count; i++) {
        if (str_eq(fields[i].name, name))
            return fields[i].has_value ? fields[i].value : STR("");
    }
    return STR("");
}

static struct str
first_line(struct str text)
{
    struct str line = STR("");

    (void)str_line(&text, &line);
    return str_trim(line);
}

/* ---- whose certificate signs for whom */

static bool
is_pinned(struct arena *arena, const X509 *cert, struct str pinned)
{
    struct hash hash = hash_of(certs_der(arena, cert));
    char hex[2 * HASH_SIZE + 1];

    hash_hex(&hash, hex);
    return str_same(pinned, str_of(hex));
}

/* The name that stands beside the signature: of the stand-in where one signed. */
static void
check_name(struct verify *v, struct verify_one *one, const struct manifest_signer *signer)
{
    struct arena *arena = v->w->arena;
    struct diags *r = one->remarks;
    struct str field = str_of(arena_printf(arena, "%.*s.name", STR_FMT(signer->role)));
    struct str shown = first_line(value_in(v, one->part->revision, field));
    struct str owner = certs_subject(arena, one->cms.signer);
    struct str meant = shown.len > 0 ? shown : signer->name;
    bool stands_in =
        shown.len > 0 && signer->name.len > 0 && !names_agree(arena, shown, signer->name);

    if (stands_in) {
        one->signs_for = signer->name;
        diag_add(r, DIAG_VERIFY_STANDS_IN, v->pos, diag_str(r, shown), diag_str(r, signer->name),
                 NULL);
    }
    if (signer->certificate.len > 0 && is_pinned(arena, one->cms.signer, signer->certificate))
        return;
    if (signer->certificate.len > 0 && !stands_in) {
        one->whose = BANTHUEK_WHOSE_NOT_ACCEPTED;
        diag_add(r, DIAG_VERIFY_PINNED, v->pos, diag_str(r, signer->role), diag_str(r, owner),
                 NULL);
        return;
    }
    /* anybody can write that he stands in: the memo names one certificate, and this is not it */
    one->is_unpinned = signer->certificate.len > 0;
    if (one->is_unpinned)
        diag_add(r, DIAG_VERIFY_PINNED_STAND_IN, v->pos, diag_str(r, signer->role),
                 diag_str(r, shown), diag_str(r, owner));
    if (meant.len > 0 && !names_agree(arena, owner, meant)) {
        one->signs_for = meant;
        diag_add(r, DIAG_VERIFY_SIGNS_FOR, v->pos, diag_str(r, owner), diag_str(r, meant), NULL);
    }
}

/* The date beside the signature, in whatever form, is the day of signing in Thailand. */
static void
check_date(struct verify *v, struct verify_one *one)
{
    struct arena *arena = v->w->arena;
    struct str field = str_of(arena_printf(arena, "%.*s.date", STR_FMT(one->role)));
    struct str shown = first_line(value_in(v, one->part->revision, field));
    struct date date = {0};
    struct tm tm;

    if (shown.len == 0 || one->claimed == 0 || !date_there(one->claimed, &tm))
        return;
    enum date_fault fault = date_parse(shown, &date);
    struct date day = date_from_tm(&tm);
    if ((fault == DATE_GOOD || fault == DATE_WRONG_ERA) && date.day == day.day &&
        date.month == day.month && date.year == day.year)
        return;
    one->is_dated_otherwise = true;
    diag_add(one->remarks, DIAG_VERIFY_DATE_DIFFERS, v->pos, diag_str(one->remarks, shown),
             trust_time_text(one->remarks, one->claimed), NULL);
}

/* Whether the opinion lets the memo go on. */
static void
check_answer(struct verify *v, struct verify_one *one)
{
    static const enum diag_code codes[] = {[BANTHUEK_REFUSED] = DIAG_VERIFY_REFUSES,
                                           [BANTHUEK_RETURNED] = DIAG_VERIFY_RETURNS,
                                           [BANTHUEK_UNCLEAR] = DIAG_VERIFY_UNCLEAR};
    enum banthuek_answer answer =
        banthuek_answer_of((struct banthuek_bytes){one->opinion.ptr, one->opinion.len});

    if (answer != BANTHUEK_FORWARD)
        diag_add(one->remarks, codes[answer], v->pos, diag_str(one->remarks, one->role), NULL,
                 NULL);
}

/* What stands in the fields of one who has not signed is nobody's word, however it looks. */
static void
check_unsigned(struct verify *v, const struct manifest_signer *signer)
{
    static const char *const parts[] = {"opinion", "name", "date"};
    size_t last = revisions_count(v->revisions) - 1;

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        struct str field =
            str_of(arena_printf(v->w->arena, "%.*s.%s", STR_FMT(signer->role), parts[i]));
        struct str value = value_in(v, last, field);
        if (value.len == 0)
            continue;
        v->has_unsigned = true;
        diag_add(v->remarks, DIAG_VERIFY_UNSIGNED, v->pos, diag_str(v->remarks, field),
                 diag_str(v->remarks, first_line(value)), NULL);
    }
}

static void
check_roles(struct verify *v, const struct manifest *manifest)
{
    struct arena *arena = v->w->arena;
    size_t count = manifest->routing_count;

    v->waiting = arena_array(arena, count + 1, sizeof(const struct manifest_signer *));
    for (size_t i = 0; i < count; i++) {
        const struct manifest_signer *signer = &manifest->routing[i];
        struct str field = str_of(arena_printf(arena, "%.*s.signature", STR_FMT(signer->role)));
        bool signed_by_role = false;
        for (size_t n = 0; n < v->count; n++) {
            struct verify_one *one = &v->ones[n];
            if (!one->counts || one->part->is_time_stamp || !str_eq(one->part->field, field))
                continue;
            signed_by_role = true;
            one->role = signer->role;
            one->opinion =
                value_in(v, one->part->revision,
                         str_of(arena_printf(arena, "%.*s.opinion", STR_FMT(signer->role))));
            check_answer(v, one);
            if (one->cms.signer == NULL || !one->cms.is_by_signer)
                continue;
            check_name(v, one, signer);
            check_date(v, one);
        }
        if (signed_by_role)
            continue;
        v->waiting[v->waiting_count++] = signer;
        check_unsigned(v, signer);
    }
}

/* ---- number and date in the head, which belong to nobody */

static const struct verify_one *
signer_of(const struct verify *v, size_t revision)
{
    for (size_t i = 0; i < v->count; i++) {
        if (v->ones[i].counts && !v->ones[i].part->is_time_stamp &&
            v->ones[i].part->revision == revision)
            return &v->ones[i];
    }
    return NULL;
}

static void
tell_filled(struct verify *v, size_t revision, const char *what, struct str value)
{
    struct diags *r = v->remarks;
    const struct verify_one *one = signer_of(v, revision);

    if (one != NULL)
        diag_add(r, DIAG_VERIFY_HEAD_FILLED, v->pos, what, diag_str(r, value),
                 diag_str(r, one->cms.signer == NULL
                                 ? one->part->field
                                 : certs_subject(v->w->arena, one->cms.signer)));
    else
        diag_add(r, DIAG_VERIFY_HEAD_UNSIGNED, v->pos, what, diag_str(r, value), NULL);
}

/* It is filled in once: whoever signed later signed what stood there. */
static void
tell_head(struct verify *v, const char *name, const char *english, const char *thai)
{
    struct diags *r = v->remarks;
    const char *what = diag_both(r, english, thai);
    struct str first = STR("");

    for (size_t revision = 0; revision < revisions_count(v->revisions); revision++) {
        struct str value = value_in(v, revision, str_of(name));
        if (first.len == 0 && value.len > 0) {
            first = value;
            tell_filled(v, revision, what, value);
        } else if (!str_eq(first, value)) {
            v->is_head_changed = true;
            diag_add(r, DIAG_VERIFY_HEAD_CHANGED, v->pos, what, diag_str(r, first),
                     diag_str(r, value));
            return;
        }
    }
}

/* ---- the pages */

static const char *
why_not(struct verify *v, const struct inspected *made)
{
    struct arena *arena = v->w->arena;

    switch (made->again) {
    case BANTHUEK_AGAIN_FOREIGN:
    case BANTHUEK_AGAIN_NO_DATA:
        return diag_both(v->remarks, "it was made without its data", "แฟ้มนี้ไม่ได้แนบข้อมูลไว้");
    case BANTHUEK_AGAIN_FAILED:
        return diag_both(v->remarks, str_cstr(arena, made->why_not[DIAG_ENGLISH]),
                         str_cstr(arena, made->why_not[DIAG_THAI]));
    case BANTHUEK_AGAIN_EMBLEM:
        return diag_both(v->remarks, "the emblem that it was made with is not here (--emblem)",
                         "ไม่มีตราครุฑที่ใช้ทำฉบับนี้ (--emblem)");
    case BANTHUEK_AGAIN_OTHER:
    case BANTHUEK_AGAIN_SAME:
    case BANTHUEK_AGAIN_SCAN: /* nothing of it is asked here */
        break;
    }
    return diag_both(v->remarks,
                     "it was made with other fonts, files or versions than there are here",
                     "แบบอักษร แฟ้ม หรือรุ่นของโปรแกรมที่ใช้ทำฉบับนี้ต่างจากที่มีอยู่");
}

/* All that goes into it the same, and another file: somebody changed it before it was signed. */
static void
judge(struct verify *v, const struct inspected *made)
{
    bool was_made = made->again == BANTHUEK_AGAIN_SAME || made->again == BANTHUEK_AGAIN_OTHER;
    bool same = was_made && made->bytes != BANTHUEK_BYTES_OTHER;

    v->compared = true;
    v->again = same ? BANTHUEK_AGAIN_SAME : made->again;
    if (same)
        return;
    v->is_other = was_made && made->differences == 0;
    if (v->is_other)
        v->again = BANTHUEK_AGAIN_OTHER;
    diag_add(v->remarks, v->is_other ? DIAG_VERIFY_OTHER_PAGES : DIAG_VERIFY_NOT_COMPARED, v->pos,
             v->is_other ? NULL : why_not(v, made), NULL, NULL);
}

static void
compare(struct verify *v)
{
    struct work own = *v->w;
    struct inspected made = {.opened = {.pdf = NULL}};
    size_t end = revisions_at(v->revisions, 0)->end;

    own.diags = diags_new(); /* what is odd was told by revisions, or is a difference */
    if (opened_bytes(&own, v->file, str_sub(v->bytes, 0, end), &made.opened)) {
        inspect_again(&own, &made);
        judge(v, &made);
    }
    opened_close(&made.opened);
    diags_free(own.diags);
}

/* Programs that sign describe the file anew, and loose bytes show nothing; words whose look cannot
 * be told are the signer's who saw them. */
static bool
alters_memo(const struct change *change)
{
    return change->sort == SORT_REFUSED && change->code != CHANGE_XMP &&
           change->code != CHANGE_LOOSE_BYTES && change->code != CHANGE_DRAWN_UNKNOWN;
}

/* The first revision is what the data inside make; who signed first saw a later one. */
static void
judge_before(struct verify *v)
{
    for (size_t i = 0; i < v->before.count; i++) {
        const struct change *change = &v->before.list[i];
        if (!alters_memo(change))
            continue;
        v->is_other = v->compared = true;
        v->again = BANTHUEK_AGAIN_OTHER;
        struct str english = change_text(v->w->arena, change, DIAG_ENGLISH);
        struct str thai = change_text(v->w->arena, change, DIAG_THAI);
        diag_add(v->remarks, DIAG_VERIFY_CHANGED_BEFORE, v->pos,
                 diag_both(v->remarks, str_cstr(v->w->arena, english), str_cstr(v->w->arena, thai)),
                 NULL, NULL);
        return;
    }
}

/* ---- the memo */

/* The bytes of a file that the first revision carries, by its associated files (/AF), where we list
 * all of them. False when there is none of the name. */
static bool
file_inside(struct verify *v, const char *name, size_t limit, struct str *out)
{
    const struct cos *root = revisions_root(v->revisions, 0);
    const struct cos *files = cos_at(v->revisions, 0, root, "AF");

    for (uint32_t i = 0; files->type == COS_ARRAY && i < files->count; i++) {
        const struct cos *file = cos_resolve(v->revisions, 0, &files->items[i]);
        if (!str_is(cos_text_at(v->revisions, 0, file, "UF"), name))
            continue;
        const struct cos *streams = cos_at(v->revisions, 0, file, "EF");
        const struct cos *stream = cos_at(v->revisions, 0, streams, "F");
        return stream->type == COS_STREAM &&
               cos_unpack(v->revisions, 0, stream, limit, v->w->arena, out);
    }
    return false;
}

/* As inspect/opened.h has it. */
static bool
read_scan(struct verify *v, struct diags *faults)
{
    struct scan_record record;
    struct str bytes;
    size_t pages;

    if (!v->is_ours || revisions_signature_count(v->revisions) > 0 ||
        !file_inside(v, SCAN_RECORD_NAME, SCAN_RECORD_BYTES_MAX, &bytes) ||
        !scan_record_read(v->w->arena, faults, SCAN_RECORD_NAME, bytes, &record))
        return false;
    (void)revisions_pages(v->revisions, 0, &pages);
    return record.count == pages;
}

void
verify_read_memo(struct verify *v)
{
    struct str bytes;
    struct diags *own = diags_new(); /* any program may have put one there */

    v->again = BANTHUEK_AGAIN_FOREIGN;
    v->is_ours = revisions_count(v->revisions) > 0 &&
                 file_inside(v, INPUT_MANIFEST, MANIFEST_BYTES_MAX, &bytes) &&
                 manifest_read(v->w->arena, own, INPUT_MANIFEST, bytes, &v->manifest);
    v->is_scan = read_scan(v, own);
    diags_free(own);
}

void
verify_ours(struct verify *v)
{
    if (!v->is_ours)
        return;
    if (v->is_scan) { /* who was to sign has done so elsewhere */
        v->again = BANTHUEK_AGAIN_SCAN;
        v->compared = true;
        return;
    }
    v->again = BANTHUEK_AGAIN_NO_DATA;
    check_roles(v, &v->manifest);
    tell_head(v, "memo_number", "the number", "เลขที่หนังสือ");
    tell_head(v, "memo_date", "the date", "วันที่");
    if ((v->options->flags & BANTHUEK_VERIFY_NO_COMPARE) == 0)
        compare(v);
    judge_before(v);
}
