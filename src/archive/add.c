/* banthuek_archive_add(): from a file to an entry. */
#include <string.h>

#include "archive/archive.h"
#include "archive/chain.h"
#include "archive/entry.h"
#include "archive/paragraphs.h"
#include "archive/reading.h"
#include "base/arena.h"
#include "base/files.h"
#include "base/path.h"
#include "inspect/summary.h"
#include "thai/date.h"

#define BYTES_MAX ((size_t)512 << 20) /* of a document */

/* One that is read, and not kept yet. */
struct adding {
    struct banthuek_archive_reading reading; /* what callers see; first */
    struct lent lent;
    struct store *store;
    struct pos pos;
    struct banthuek_archive_given given;
    struct summary summary;
    struct columns columns;
    struct entry_document document;
    struct text_paragraphs text;
    struct hash hash;
    struct prefixes states;   /* of a PDF */
    struct entry_added added; /* with the entry that was there already */
};

/* ---- what is said of the document */

static void
tell_given(struct adding *adding, const char *english, const char *thai)
{
    struct diags *diags = adding->lent.diags;

    diag_add(diags, DIAG_ARCHIVE_GIVEN, adding->pos, diag_both(diags, english, thai), NULL, NULL);
}

/* What was given, where the document does not say it itself. */
static void
fill(struct adding *adding, struct str *column, const char *given, const char *english,
     const char *thai)
{
    if (given == NULL || *given == '\0')
        return;
    if (adding->summary.has_data && column->len > 0)
        tell_given(adding, english, thai);
    else
        *column = str_of(given);
}

static bool
fill_date(struct adding *adding)
{
    struct diags *diags = adding->lent.diags;
    const char *given = adding->given.date;
    struct date date;

    if (given == NULL)
        return true;
    if (date_parse(str_of(given), &date) != DATE_GOOD) {
        diag_add(diags, DIAG_ARCHIVE_DATE, POS_NONE, diag_str(diags, str_of(given)), NULL, NULL);
        return false;
    }
    fill(adding, &adding->columns.date,
         str_cstr(adding->lent.arena, date_iso(adding->lent.arena, date)), "the date", "วันที่");
    return true;
}

static bool
fill_given(struct adding *adding)
{
    const struct banthuek_archive_given *given = &adding->given;
    struct columns *columns = &adding->columns;
    size_t year;

    fill(adding, &columns->agency, given->agency, "the agency", "หน่วยงาน");
    fill(adding, &columns->number, given->number, "the number", "เลขที่หนังสือ");
    fill(adding, &columns->subject, given->subject, "the subject", "เรื่อง");
    if (!fill_date(adding))
        return false;
    if (columns->year == 0)
        columns->year = given->year;
    else if (given->year > 0 && given->year != columns->year)
        tell_given(adding, "the year", "ปี");
    if (columns->year == 0 && str_number(str_sub(columns->date, 0, 4), 9999, &year))
        columns->year = (int)year;
    if (columns->secret.len == 0 && (given->flags & BANTHUEK_ARCHIVE_SECRET) != 0)
        columns->secret = STR("ลับ");
    return true;
}

static void
take_people(struct adding *adding)
{
    const struct summary *summary = &adding->summary;
    struct columns *columns = &adding->columns;

    columns->persons =
        arena_array(adding->lent.arena, summary->person_count, sizeof *columns->persons);
    columns->person_count = summary->person_count;
    for (size_t i = 0; i < summary->person_count; i++) {
        const struct summary_person *from = &summary->persons[i];
        columns->persons[i] =
            (struct column_person){from->role, from->name, from->position, from->has_signed};
    }
    columns->scores =
        arena_array(adding->lent.arena, summary->score_count, sizeof *columns->scores);
    columns->score_count = summary->score_count;
    for (size_t i = 0; i < summary->score_count; i++)
        columns->scores[i] =
            (struct column_score){summary->scores[i].item, summary->scores[i].value};
}

static bool
is_asset(struct str role)
{
    return str_is(role, "font") || str_is(role, "emblem");
}

/* What others are made with, too. A rubric is another one each year, and would make a whole list
 * of its own. */
static bool
is_shared(struct str role)
{
    return is_asset(role) || str_is(role, "template");
}

static void
take_parts(struct adding *adding)
{
    const struct summary *summary = &adding->summary;
    struct columns *columns = &adding->columns;
    struct entry_document *document = &adding->document;
    struct arena *arena = adding->lent.arena;
    struct column_part *shared = arena_array(arena, summary->part_count, sizeof *shared);

    document->shared = shared;
    columns->parts = arena_array(arena, summary->part_count, sizeof *columns->parts);
    document->files.file = arena_array(arena, summary->part_count, sizeof *document->files.file);
    for (size_t i = 0; i < summary->part_count; i++) {
        const struct summary_part *from = &summary->parts[i];
        const struct column_part part = {from->role, from->name, from->sha256};
        if (is_shared(from->role))
            shared[document->shared_count++] = part;
        else
            columns->parts[columns->part_count++] = part;
        if (from->is_here)
            document->files.file[document->files.count++] =
                (struct entry_file){.kind = is_asset(from->role) ? CONTENT_ASSET : CONTENT_PART,
                                    .bytes = from->bytes,
                                    .hash = is_asset(from->role) ? NULL : &from->sha256};
    }
}

/* A damaged one, too: its states are told by its bytes alone. */
static bool
is_pdf(struct str bytes)
{
    return str_starts(bytes, STR("%PDF-"));
}

/* The last state of a PDF is the whole of it. */
static void
take_hashes(struct adding *adding, struct str bytes)
{
    struct prefixes *states = &adding->states;

    if (is_pdf(bytes))
        *states = prefixes_of(adding->lent.arena, bytes);
    adding->hash = states->count > 0 ? states->prefix[states->count - 1].hash : hash_of(bytes);
}

static bool
describe(struct adding *adding, const char *file, struct str bytes)
{
    struct summary *summary = &adding->summary;

    adding->columns = (struct columns){
        .file = str_of(path_base(file)),
        .agency = summary->agency,
        .office = summary->office,
        .to = summary->to,
        .number = summary->number,
        .subject = summary->subject,
        .level = summary->level,
        .score = summary->score,
        .kind = summary->kind,
        .date = summary->date,
        .year = summary->year,
        .secret = summary->secret,
        .ours = summary->ours,
        .code = summary->code,
        .is_scan = summary->is_scan,
    };
    adding->document = (struct entry_document){.bytes = bytes,
                                               .hash = &adding->hash,
                                               .columns = &adding->columns,
                                               .replaces = summary->replaces,
                                               .states = adding->states};
    take_people(adding);
    take_parts(adding);
    return fill_given(adding);
}

/* The report inside says whether it is classified. Where there is none, or it cannot be read, the
 * mark that stands on its pages does. */
static void
read_mark(struct adding *adding)
{
    static const char *const marks[] = {"ลับ", "ลับมาก", "ลับที่สุด"};

    if (!adding->summary.ours || adding->summary.is_read)
        return;
    for (size_t i = 0; i < adding->text.count; i++) {
        for (size_t k = 0; k < sizeof marks / sizeof marks[0]; k++) {
            if (str_is(adding->text.list[i].text, marks[k]))
                adding->columns.secret = str_of(marks[k]);
        }
    }
}

static bool
check_secret(struct adding *adding)
{
    struct diags *diags = adding->lent.diags;
    struct str secret = adding->columns.secret;

    if (secret.len == 0 || (adding->given.flags & BANTHUEK_ARCHIVE_SECRET) != 0)
        return true;
    diag_add(diags, DIAG_ARCHIVE_SECRET, adding->pos, diag_str(diags, secret), NULL, NULL);
    return false;
}

/* ---- the store */

static bool
count_missing(struct adding *adding, int64_t n, size_t *count)
{
    struct rows rows =
        store_ask(adding->store, STORE_PARTS, CELLS(cell_number(CHAIN_OWN), cell_number(n)));

    while (rows_next(&rows))
        *count += rows_is_none(&rows, 3);
    return rows_end(&rows);
}

/* The entry of a document that is there already, and of which nothing is missing: then it need not
 * be read. */
static bool
is_there(struct adding *adding, struct entry_added *out)
{
    size_t missing = 0;
    int64_t content;

    *out = (struct entry_added){0};
    if (!content_find(adding->store, &adding->hash, &content) ||
        (content != 0 && !entry_of_content(adding->store, content, &out->n)) ||
        (out->n != 0 && !count_missing(adding, out->n, &missing)))
        return false;
    if (missing > 0)
        out->n = 0;
    return true;
}

static bool
tell_missing(struct adding *adding, int64_t n, size_t *count)
{
    struct diags *diags = adding->lent.diags;
    struct rows rows =
        store_ask(adding->store, STORE_PARTS, CELLS(cell_number(CHAIN_OWN), cell_number(n)));

    while (rows_next(&rows)) {
        struct str role = rows_text(&rows, 0);
        if (!rows_is_none(&rows, 3))
            continue;
        bool font = str_is(role, "font");
        *count += 1;
        diag_add(diags, DIAG_ARCHIVE_PART_MISSING, adding->pos,
                 diag_both(diags, font ? "font" : "emblem", font ? "แบบอักษร" : "ตราครุฑ"),
                 diag_str(diags, rows_text(&rows, 1)), NULL);
    }
    return rows_end(&rows);
}

static const struct banthuek_archive_added *
added_of(struct adding *adding)
{
    struct banthuek_archive_added *out = arena_alloc(adding->lent.arena, sizeof *out);
    const struct entry_added *added = &adding->added;

    *out = (struct banthuek_archive_added){.entry = (size_t)added->n,
                                           .is_new = added->is_new,
                                           .ours = adding->summary.ours,
                                           .has_data = adding->summary.has_data,
                                           .supersedes = (size_t)added->supersedes,
                                           .newer = (size_t)added->newer};
    store_use(adding->store, adding->lent.diags);
    return tell_missing(adding, added->n, &out->missing) ? out : NULL;
}

static bool
has_content(void *user, const struct hash *hash)
{
    int64_t key;

    return content_find(user, hash, &key) && key != 0;
}

static bool
keep_one(struct adding *adding)
{
    return entry_add(adding->store, adding->lent.arena, &adding->document, &adding->added) &&
           (!adding->added.is_new ||
            paragraphs_put(adding->store, CHAIN_OWN, adding->added.n, &adding->text));
}

/* ---- reading */

static bool
is_refused(struct adding *adding, const char *file)
{
    struct diags *diags = adding->lent.diags;

    /* who opens and closes the archive's own file takes away its locks */
    if (!files_same(adding->lent.files, file, store_path(adding->store)))
        return false;
    diag_add(diags, DIAG_ARCHIVE_ITSELF, adding->pos, NULL, NULL, NULL);
    return true;
}

/* Says why it is not read; false where it may be classified. */
static bool
leave_unread(struct adding *adding, struct str bytes)
{
    static const char *const why[][2] = {
        [BANTHUEK_ARCHIVE_UNREAD_TIME] = {"takes more time than there is", "ใช้เวลาอ่านนานเกินกำหนด"},
        [BANTHUEK_ARCHIVE_UNREAD_MEMORY] = {"takes more memory than there is",
                                            "ใช้หน่วยความจำเกินกำหนด"},
        [BANTHUEK_ARCHIVE_UNREAD_CRASH] = {"ends the program that reads it",
                                           "ทำให้โปรแกรมที่อ่านจบลงกลางคัน"},
    };
    struct diags *diags = adding->lent.diags;
    bool may_be_secret =
        reading_is_ours(bytes) && (adding->given.flags & BANTHUEK_ARCHIVE_SECRET) == 0;
    const char *const *text = why[adding->given.unread];

    diag_add(diags, may_be_secret ? DIAG_ARCHIVE_UNREAD_OURS : DIAG_ARCHIVE_UNREAD, adding->pos,
             diag_both(diags, text[0], text[1]), NULL, NULL);
    return !may_be_secret;
}

/* What the document says, and its text. A damaged PDF is told of once. */
static bool
read_all(struct adding *adding, struct banthuek *b, const char *file, struct str bytes)
{
    struct diags *diags = adding->lent.diags;
    size_t warnings = diags_level_count(diags, DIAG_WARNING);

    if (adding->given.unread != BANTHUEK_ARCHIVE_IS_READ)
        return leave_unread(adding, bytes) && describe(adding, file, bytes);
    if (is_pdf(bytes))
        summary_read(b, file, bytes, &(struct summary_had){has_content, adding->store},
                     &adding->summary);
    bool is_told = !adding->summary.is_pdf && diags_level_count(diags, DIAG_WARNING) > warnings;
    if (!describe(adding, file, bytes) || !check_secret(adding))
        return false;
    reading_read(adding->lent.arena, diags, adding->pos, bytes, &adding->columns, is_told,
                 &adding->text);
    read_mark(adding);
    return check_secret(adding);
}

/* Packs what is not there yet, before anybody has to wait for it. */
static bool
pack_new(struct adding *adding)
{
    struct entry_files *files = &adding->document.files;
    int64_t key = 0;

    for (size_t i = 0; i < files->count; i++) {
        struct entry_file *file = &files->file[i];
        adding->reading.size += file->bytes.len;
        struct hash hash = file->hash == NULL ? hash_of(file->bytes) : *file->hash;
        if (file->hash != NULL && !content_find(adding->store, &hash, &key))
            return false;
        if (file->hash == NULL || key == 0)
            file->kept = store_pack_once(adding->store, adding->lent.arena, &hash, file->bytes);
    }
    return true;
}

/* Many short questions take half the time in one transaction. */
static bool
pack_files(struct adding *adding)
{
    bool good = store_begin_read(adding->store) && pack_new(adding);

    store_end(adding->store);
    return good;
}

static bool
read_document(struct adding *adding, struct banthuek *b, const char *file)
{
    struct lent *lent = &adding->lent;
    struct str bytes;

    if (is_refused(adding, file) ||
        !files_read(lent->files, lent->arena, lent->diags, POS_NONE, file, BYTES_MAX, &bytes))
        return false;
    adding->reading.size = bytes.len;
    if (bytes.len == 0) {
        diag_add(lent->diags, DIAG_ARCHIVE_EMPTY, adding->pos, NULL, NULL, NULL);
        return false;
    }
    take_hashes(adding, bytes);
    if (!is_there(adding, &adding->added))
        return false;
    adding->reading.is_new = adding->added.n == 0;
    if (!adding->reading.is_new)
        return true;
    return read_all(adding, b, file, bytes) && pack_files(adding);
}

static struct adding *
read_it(struct banthuek *b, struct banthuek_archive *archive, const char *file,
        const struct banthuek_archive_given *given)
{
    struct lent lent = archive_begin(b, archive);
    struct adding *adding = arena_alloc(lent.arena, sizeof *adding);

    *adding = (struct adding){.lent = lent, .store = archive->store, .pos = {file, 0, 0}};
    adding->pos.file = arena_strndup(lent.arena, file, strlen(file));
    lent_take(&adding->given, sizeof adding->given, given);
    return read_document(adding, b, adding->pos.file) ? adding : NULL;
}

const struct banthuek_archive_reading *
banthuek_archive_read(struct banthuek *b, struct banthuek_archive *archive, const char *file,
                      const struct banthuek_archive_given *given)
{
    struct adding *adding = read_it(b, archive, file, given);

    return adding == NULL ? NULL : &adding->reading;
}

/* ---- keeping */

/* In one transaction; false where nothing is kept. What is told goes to lists of their own, since a
 * document is told of once, however often it is tried. */
static bool
keep_all(struct store *store, struct adding *const *list, size_t count, struct diags *const *told)
{
    bool good = true;

    store_use(store, told[0]);
    good = store_begin(store);
    for (size_t i = 0; good && i < count; i++) {
        if (!list[i]->reading.is_new)
            continue;
        store_use(store, told[i]);
        good = keep_one(list[i]);
    }
    good = good && paragraphs_tidy(store) && store_commit(store);
    store_end(store);
    return good;
}

/* Tries it; with the messages of the attempt where it counts. */
static bool
attempt(struct store *store, struct adding *const *list, size_t count, bool is_last)
{
    struct arena *scratch = arena_new(0);
    struct diags **told = arena_array(scratch, count, sizeof *told);

    for (size_t i = 0; i < count; i++)
        told[i] = diags_new();
    bool good = keep_all(store, list, count, told);
    for (size_t i = 0; i < count; i++) {
        if (good || is_last)
            diags_add_new(list[i]->lent.diags, told[i], DIAG_NOTE);
        diags_free(told[i]);
    }
    arena_free(scratch);
    return good;
}

static bool
is_any_new(struct adding *const *list, size_t count)
{
    bool any = false;

    for (size_t i = 0; i < count; i++)
        any = any || list[i]->reading.is_new;
    return any;
}

void
banthuek_archive_add_all(struct banthuek_archive *archive,
                         const struct banthuek_archive_reading *const *readings, size_t count,
                         const struct banthuek_archive_added **added)
{
    struct arena *scratch = arena_new(0);
    struct adding **list = arena_array(scratch, count, sizeof *list);

    for (size_t i = 0; i < count; i++)
        list[i] = (struct adding *)(uintptr_t)(const void *)readings[i];
    bool good = !is_any_new(list, count) || attempt(archive->store, list, count, count == 1);
    /* what keeps one of them out may let the others in: a large one on a disk that is nearly full
     */
    for (size_t i = 0; i < count; i++) {
        bool one = good || !list[i]->reading.is_new ||
                   (count > 1 && attempt(archive->store, &list[i], 1, true));
        added[i] = one ? added_of(list[i]) : NULL;
    }
    arena_free(scratch);
}

const struct banthuek_archive_added *
banthuek_archive_add(struct banthuek *b, struct banthuek_archive *archive, const char *file,
                     const struct banthuek_archive_given *given)
{
    const struct banthuek_archive_reading *reading = banthuek_archive_read(b, archive, file, given);
    const struct banthuek_archive_added *added = NULL;

    if (reading != NULL)
        banthuek_archive_add_all(archive, &reading, 1, &added);
    return added;
}
