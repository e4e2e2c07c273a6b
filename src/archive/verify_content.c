/* The bytes of all contents against their hashes, and which entries one belongs to that was
 * changed. */
#include <string.h>

#include "archive/verify.h"
#include "base/arena.h"

#define BATCH 500 /* as the query has it */

struct content_row {
    int64_t id, kind, size;
};

/* ---- a content that is not what was kept */

struct role {
    const char *name, *english, *thai;
};

static const struct role roles[] = {
    {"document", "the document itself", "ตัวเอกสาร"},
    {"report", "the report inside it", "แฟ้มรายงานข้างใน"},
    {"data", "a file of data inside it", "แฟ้มข้อมูลข้างใน"},
    {"findings", "the findings inside it", "ผลการตรวจข้างใน"},
    {"template", "its template", "แม่แบบ"},
    {"rubric", "its rubric", "เกณฑ์การประเมิน"},
    {"font", "a font", "แบบอักษร"},
    {"emblem", "the emblem", "ตราครุฑ"},
    {"kit", "the list of its files", "รายชื่อแฟ้มประกอบ"},
};

static const char *
role_words(struct verifying *v, struct str name)
{
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        if (str_is(name, roles[i].name))
            return diag_both(v->said, roles[i].english, roles[i].thai);
    }
    return diag_str(v->said, name);
}

static bool
tell_changed(struct verifying *v, int64_t id)
{
    struct rows rows = store_ask(v->store, STORE_VERIFY_HOLDERS, CELLS(cell_number(id)));
    size_t count = 0;

    for (; rows_next(&rows); count++)
        verify_tell(v, (struct verify_place){rows_number(&rows, 0), rows_number(&rows, 1)},
                    DIAG_ARCHIVE_BAD_CONTENT, role_words(v, rows_text(&rows, 2)), NULL, NULL);
    if (count == 0)
        verify_tell(v, (struct verify_place){CHAIN_OWN, 0}, DIAG_ARCHIVE_BAD_CONTENT,
                    diag_both(v->said, "a file of no document", "แฟ้มที่ไม่ได้เป็นของเอกสารใด"), NULL,
                    NULL);
    return rows_end(&rows);
}

/* ---- the states of a PDF, by which it is known again after it was added to */

static bool
compare_states(struct verifying *v, struct verify_place at, const struct prefixes *states)
{
    struct rows rows =
        store_ask(v->store, STORE_VERIFY_STATES, CELLS(cell_number(at.chain), cell_number(at.n)));
    struct hash hash;
    size_t count = 0;
    bool same = true;

    for (; rows_next(&rows); count++)
        same = same && count < states->count && rows_hash(&rows, 0, &hash) &&
               memcmp(&hash, &states->prefix[count].hash, sizeof hash) == 0;
    if (!rows_end(&rows))
        return false;
    if (!same || count != states->count)
        verify_tell(v, at, DIAG_ARCHIVE_BAD_ROW,
                    diag_both(v->said, "the states of its file", "สถานะของแฟ้ม"),
                    verify_number(v, (int64_t)count), NULL);
    return true;
}

static bool
check_states(struct verifying *v, int64_t id, struct str bytes)
{
    struct prefixes states = {NULL, 0};
    struct rows rows = store_ask(v->store, STORE_VERIFY_ENTRIES_OF, CELLS(cell_number(id)));
    bool good = true;

    if (str_starts(bytes, STR("%PDF-")))
        states = prefixes_of(v->scratch, bytes);
    while (good && rows_next(&rows))
        good = compare_states(
            v, (struct verify_place){rows_number(&rows, 0), rows_number(&rows, 1)}, &states);
    return rows_end(&rows) && good;
}

/* ---- one content */

/* What is wrong with it is told here, with the entries that it is of. */
static bool
check_content(struct verifying *v, const struct content_row *row)
{
    struct arena_mark mark = arena_mark(v->scratch);
    int64_t there = 1;
    struct diags *told = store_diags(v->store), *quiet = diags_new();
    struct str bytes;

    store_use(v->store, quiet);
    /* a key below 1 is that of nothing: who looks for the content does not find it */
    bool whole = row->id > 0 && content_get(v->store, v->scratch, row->id, &bytes) &&
                 (int64_t)bytes.len == row->size;
    store_use(v->store, told);
    diags_free(quiet);
    /* one that was removed just now is no fault */
    if (!whole && row->id > 0 &&
        !store_number(v->store, STORE_VERIFY_CONTENT, CELLS(cell_number(row->id)), 0, &there))
        return false;
    bool good = !whole                       ? there == 0 || tell_changed(v, row->id)
                : row->kind == CONTENT_GIVEN ? check_states(v, row->id, bytes)
                                             : true;
    arena_reset(v->scratch, mark);
    v->out->contents++;
    return good;
}

/* Rows of some contents at a time: while rows are read the log grows. */
static bool
take_batch(struct rows rows, struct content_row batch[BATCH], size_t *count)
{
    for (*count = 0; *count < BATCH && rows_next(&rows); ++*count)
        batch[*count] = (struct content_row){rows_number(&rows, 0), rows_number(&rows, 1),
                                             rows_number(&rows, 2)};
    return rows_end(&rows);
}

static bool
check_all(struct verifying *v)
{
    struct content_row batch[BATCH] = {{0}};
    size_t count;
    int64_t total, last = INT64_MIN;

    if (!store_number(v->store, STORE_VERIFY_CONTENT_COUNT, NO_CELLS, 0, &total))
        return false;
    do {
        if (!take_batch(store_ask(v->store, STORE_VERIFY_CONTENTS, CELLS(cell_number(last))), batch,
                        &count))
            return false;
        for (size_t i = 0; i < count; i++) {
            verify_progress(v, BANTHUEK_ARCHIVE_STAGE_CONTENTS, v->out->contents, (size_t)total);
            if (!check_content(v, &batch[i]))
                return false;
            last = batch[i].id;
        }
    } while (count == BATCH);
    return true;
}

static bool
check_of_entry(struct verifying *v, struct verify_place at)
{
    struct rows rows = store_ask(v->store, STORE_VERIFY_CONTENTS_OF,
                                 CELLS(cell_number(at.chain), cell_number(at.n)));
    bool good = true;

    while (good && rows_next(&rows)) {
        struct content_row row;
        size_t count = 0;
        struct rows one =
            store_ask(v->store, STORE_VERIFY_CONTENT, CELLS(cell_number(rows_number(&rows, 0))));
        if (rows_next(&one)) {
            row = (struct content_row){rows_number(&one, 0), rows_number(&one, 1),
                                       rows_number(&one, 2)};
            count = 1;
        }
        good = rows_end(&one) && (count == 0 || check_content(v, &row));
    }
    return rows_end(&rows) && good;
}

bool
verify_contents(struct verifying *v)
{
    if (v->options.entry_count == 0)
        return check_all(v);
    for (size_t i = 0; i < v->options.entry_count; i++) {
        if (!check_of_entry(v, v->asked[i]))
            return false;
    }
    return true;
}
