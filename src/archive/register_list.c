/* The numbers of a year, and what became of them. */
#include "archive/register.h"

#include "archive/canon.h"
#include "archive/store.h"
#include "base/arena.h"
#include "thai/fold.h"
#include "value/value.h"

struct reading {
    struct store *store;
    struct arena *arena;
    struct str *agencies;
    size_t agency_count;
    struct register_list *list;
};

/* ---- which one */

static bool
refuse(const struct reading *reading, enum diag_code code, const char *arg1)
{
    diag_add(store_diags(reading->store), code, store_pos(reading->store), arg1, NULL, NULL);
    return false;
}

static bool
find_agency(struct reading *reading, struct str agency)
{
    struct diags *diags = store_diags(reading->store);

    if (reading->agency_count == 0)
        return refuse(reading, DIAG_ARCHIVE_REGISTER_EMPTY, NULL);
    if (agency.len > 0)
        reading->list->agency =
            register_agency(reading->arena, reading->agencies, reading->agency_count, agency);
    else if (reading->agency_count == 1)
        reading->list->agency = reading->agencies[0];
    if (reading->list->agency.len > 0)
        return true;
    struct buf names = buf_in(reading->arena);
    for (size_t i = 0; i < reading->agency_count; i++)
        buf_printf(&names, "%s\"%.*s\"", i == 0 ? "" : ", ", STR_FMT(reading->agencies[i]));
    return refuse(reading, DIAG_ARCHIVE_REGISTER_AGENCY, diag_str(diags, buf_str(&names)));
}

static bool
find_year(struct reading *reading, int year)
{
    int64_t newest;

    if (!store_number(reading->store, STORE_NUMBER_NEWEST, CELLS(cell_text(reading->list->agency)),
                      0, &newest))
        return false;
    reading->list->year = year > 0 ? year : (int)newest;
    return true;
}

/* ---- the rows */

/* What was said when the number was given; nothing where that was removed. */
static void
read_said(struct reading *reading, struct str packed, struct register_said *out)
{
    struct diags *unheard = diags_new();
    struct str columns;
    const struct value *map = store_unpack(reading->store, reading->arena, packed, &columns)
                                  ? canon_read(reading->arena, unheard, "number", columns)
                                  : NULL;

    diags_free(unheard);
    *out = (struct register_said){.prefix = canon_text(map, "prefix"),
                                  .office = canon_text(map, "office"),
                                  .to = canon_text(map, "to"),
                                  .subject = canon_text(map, "subject"),
                                  .secret = canon_text(map, "secret"),
                                  .file = canon_text(map, "file")};
}

static bool
read_rows(struct reading *reading)
{
    struct register_list *list = reading->list;
    struct rows rows = store_ask(reading->store, STORE_NUMBER_LIST,
                                 CELLS(cell_text(list->agency), cell_number(list->year)));
    size_t cap = 0;

    while (rows_next(&rows)) {
        struct register_row *row = ARENA_ADD(reading->arena, list->rows, list->count, cap, 64);
        *row = (struct register_row){.n = rows_number(&rows, 0),
                                     .date = str_dup(reading->arena, rows_text(&rows, 1)),
                                     .entry = rows_number(&rows, 2),
                                     .state = str_is(rows_text(&rows, 3), "void") ? REGISTER_VOID
                                                                                  : REGISTER_GIVEN,
                                     .reason = str_dup(reading->arena, rows_text(&rows, 4))};
        read_said(reading, rows_text(&rows, 5), &row->said);
    }
    return rows_end(&rows);
}

static void
find_gaps(struct reading *reading)
{
    struct register_list *list = reading->list;
    size_t cap = 0;

    for (size_t i = 1; i < list->count; i++) {
        if (list->rows[i].n == list->rows[i - 1].n + 1)
            continue;
        struct register_gap *gap = ARENA_ADD(reading->arena, list->gaps, list->gap_count, cap, 8);
        *gap = (struct register_gap){list->rows[i - 1].n + 1, list->rows[i].n - 1};
    }
}

/* ---- the documents */

static struct register_row *
row_of(const struct register_list *list, int64_t n)
{
    size_t from = 0, to = list->count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (list->rows[middle].n == n)
            return &list->rows[middle];
        if (list->rows[middle].n < n)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

/* A number stands behind the same words as it was given for. */
static bool
has_prefix(struct reading *reading, const struct register_row *row, struct str number)
{
    struct str prefix = fold_text(reading->arena, row->said.prefix);

    return prefix.len == 0 || str_starts(fold_text(reading->arena, number), prefix);
}

static void
add_document(struct reading *reading, struct register_row *row, int64_t n, struct str subject)
{
    int64_t *documents = arena_array(reading->arena, row->document_count + 1, sizeof *documents);

    for (size_t i = 0; i < row->document_count; i++)
        documents[i] = row->documents[i];
    documents[row->document_count++] = n;
    row->documents = documents;
    row->state = row->state == REGISTER_GIVEN ? REGISTER_USED : row->state;
    if (row->said.subject.len == 0 && row->said.secret.len == 0)
        row->said.subject = str_dup(reading->arena, subject);
}

/* Documents of the year that have one of the numbers, of this agency. */
static bool
read_documents(struct reading *reading)
{
    struct register_list *list = reading->list;
    struct str from = str_of(arena_printf(reading->arena, "%04d", list->year));
    struct str to = str_of(arena_printf(reading->arena, "%04d", list->year + 1));
    struct rows rows =
        store_ask(reading->store, STORE_NUMBER_DOCUMENTS, CELLS(cell_text(from), cell_text(to)));

    while (rows_next(&rows)) {
        struct str number = rows_text(&rows, 1);
        struct register_row *row = row_of(list, register_number(reading->arena, number));
        if (row == NULL || !has_prefix(reading, row, number) ||
            !str_eq(register_of(reading->arena, reading->agencies, reading->agency_count,
                                rows_text(&rows, 3), rows_text(&rows, 2)),
                    list->agency))
            continue;
        bool is_secret = rows_text(&rows, 5).len > 0;
        add_document(reading, row, rows_number(&rows, 0),
                     is_secret ? STR("") : rows_text(&rows, 4));
    }
    return rows_end(&rows);
}

static void
count_states(struct register_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        list->given += list->rows[i].state == REGISTER_GIVEN;
        list->used += list->rows[i].state == REGISTER_USED;
        list->voids += list->rows[i].state == REGISTER_VOID;
    }
}

bool
register_read(struct store *store, struct arena *arena, struct str agency, int year,
              struct register_list *out)
{
    struct reading reading = {.store = store, .arena = arena, .list = out};

    *out = (struct register_list){.agency = STR("")};
    if (!register_agencies(store, arena, &reading.agencies, &reading.agency_count) ||
        !find_agency(&reading, agency) || !find_year(&reading, year) || !read_rows(&reading))
        return false;
    find_gaps(&reading);
    if (!read_documents(&reading))
        return false;
    count_states(out);
    return true;
}
