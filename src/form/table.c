/* The rows of a table: entries of a list or keyed field. */

#include "base/arena.h"
#include "form/inner.h"
#include "schema/names.h"
#include "schema/schema.h"
#include "sheet/sheet.h"
#include "value/value.h"

#define TOTAL_COLUMNS 20 /* in which the word for a total is looked for */

static const struct cell *
cell_at(const struct table *table, size_t row, size_t column)
{
    return column == TABLE_NONE ? NULL : sheet_cell(table->sheet, row, column);
}

/* The cell, or the one that it is merged into from above. */
static const struct cell *
cell_or_above(const struct table *table, size_t row, size_t column)
{
    const struct cell *cell = cell_at(table, row, column);
    const struct span *span =
        cell != NULL || column == TABLE_NONE ? NULL : sheet_span_over(table->sheet, row, column);

    return span == NULL || span->row < table->first
               ? cell
               : sheet_cell(table->sheet, span->row, span->column);
}

/* What is merged into a cell above does not make a row filled. */
static bool
is_empty(const struct table *table, size_t row)
{
    bool empty = cell_is_empty(cell_at(table, row, table->key));

    for (size_t i = 0; empty && i <= table->leaves.count; i++)
        empty = cell_is_empty(cell_at(table, row, table->columns[i]));
    return empty;
}

/* How many of the cells that an entry must have are empty; columns that are not there do not count.
 */
static size_t
count_missing(const struct table *table, size_t row)
{
    size_t count = 0;

    for (size_t i = 0; i < table->leaves.count; i++)
        count += table->leaves.all[i].required && table->columns[i] != TABLE_NONE &&
                 cell_is_empty(cell_or_above(table, row, table->columns[i]));
    return count;
}

/* True when the row has what makes an entry of it. */
static bool
is_whole(const struct table *table, size_t row)
{
    const struct cell *key = cell_or_above(table, row, table->key);
    struct str code = cell_text(key);

    if (table->field->type == FIELD_KEYED)
        return code.len > 0 && !row_says_total(code) &&
               !(row_says_note(code) && count_missing(table, row) > 0);
    return table->map != NULL && count_missing(table, row) == 0;
}

/* ---- rows that are no entries */

/* What is written in a row, merged cells from above not counted. */
struct written {
    const struct cell *first;
    size_t column; /* of the first */
    size_t count;
    const struct cell *total; /* the first that says that the row is one */
    bool notes;               /* all are notes or signatures */
};

static struct written
written_in(const struct table *table, size_t row)
{
    struct written found = {.notes = true};
    const struct cell *cell;

    for (size_t i = 0; (cell = sheet_next(table->sheet, row, &i)) != NULL; i++) {
        if (cell_is_empty(cell))
            continue;
        if (found.count++ == 0) {
            found.first = cell;
            found.column = i;
        }
        if (found.total == NULL && i < TOTAL_COLUMNS && row_says_total(cell_text(cell)))
            found.total = cell;
        found.notes = found.notes && row_says_note(cell_text(cell));
    }
    return found;
}

static void
tell_row(const struct table *table, enum diag_code code, const struct cell *cell)
{
    struct diags *diags = table->diags;

    diag_add(diags, code, cell->pos, diag_str(diags, cell_text(cell)),
             diag_str(diags, table->field->name), NULL);
}

/* A single text that fills a row: what lacks is told once, not for each column. */
static bool
tell_alone(const struct table *table, size_t row, const struct written *written)
{
    struct buf names = buf_in(table->arena);
    struct diags *diags = table->diags;

    if (table->map == NULL || written->count != 1 || count_missing(table, row) < 2)
        return false;
    for (size_t i = 0; i < table->leaves.count; i++) {
        const struct leaf *leaf = &table->leaves.all[i];
        if (!leaf->required || table->columns[i] == TABLE_NONE ||
            !cell_is_empty(cell_or_above(table, row, table->columns[i])))
            continue;
        buf_text(&names, names.len == 0 ? "" : ", ");
        buf_add(&names, leaf->path);
    }
    diag_add(diags, DIAG_JOIN_ROW_ALONE, written->first->pos,
             diag_str(diags, cell_text(written->first)), diag_str(diags, table->field->name),
             str_cstr(table->arena, buf_str(&names)));
    return true;
}

/* True for a row that is no entry, which is told. Behind a note or signature, and behind the last
 * entry, stands what belongs to it: names, offices, dates. */
static bool
tell_no_entry(struct table *table, size_t row)
{
    struct written written = written_in(table, row);

    /* a text alone is whole whatever it says, but for a total */
    if (written.count == 0 || (table->map == NULL ? written.total == NULL : is_whole(table, row)))
        return false;
    const struct span *span = sheet_span(table->sheet, row, written.column);
    bool heading = written.count == 1 && span != NULL && span->last_column > span->column;
    bool below = table->below && row > table->last && written.count <= 2;
    if (written.total != NULL) {
        tell_row(table, DIAG_JOIN_TOTAL, written.total);
        return true;
    }
    if (written.notes || heading || below) {
        table->below = table->below || written.notes;
        tell_row(table, DIAG_JOIN_NOTE_ROW, written.first);
        return true;
    }
    return tell_alone(table, row, &written);
}

/* A form has a row ready for each entry of the rubric, named by its code. */
static bool
is_untouched(const struct table *table, size_t row)
{
    bool named = table->field->type == FIELD_KEYED;

    for (size_t i = 0; i < table->leaves.count; i++) {
        const struct field *field = table->leaves.all[i].field;
        if (cell_is_empty(cell_at(table, row, table->columns[i])))
            continue;
        if (field->type != FIELD_REFERENCE || !field->unique)
            return false;
        named = true;
    }
    return named;
}

/* Told once for all the cells that are merged. */
static void
tell_merged(const struct table *table, size_t row, size_t column)
{
    const struct span *span = sheet_span_over(table->sheet, row, column);
    const struct cell *cell = sheet_cell(table->sheet, span->row, span->column);
    struct diags *diags = table->diags;

    if (table->told[column] == span)
        return;
    table->told[column] = span;
    diag_add(diags, DIAG_JOIN_MERGED, cell->pos, diag_str(diags, cell_text(cell)),
             sheet_range(table->arena, span), NULL);
}

static struct value *
value_at(const struct table *table, size_t row, size_t column, const struct field *field)
{
    const struct cell *cell = cell_or_above(table, row, column);

    if (cell_is_empty(cell))
        return value_new(table->arena, VALUE_NONE,
                         cell_place(table->arena, table->sheet, row, column));
    if (cell_at(table, row, column) == NULL)
        tell_merged(table, row, column);
    return cell_value(table->arena, table->diags, field, cell);
}

static struct pos
place_of_row(const struct table *table, size_t row)
{
    for (size_t i = 0; i < table->sheet->columns; i++)
        if (!cell_is_empty(sheet_cell(table->sheet, row, i)))
            return cell_place(table->arena, table->sheet, row, i);
    return (struct pos){table->sheet->file, 0, 0};
}

static struct value *
entry_at(const struct table *table, size_t row)
{
    struct value *entry = value_new(table->arena, VALUE_MAP, place_of_row(table, row));

    if (table->key != TABLE_NONE && !cell_is_empty(cell_or_above(table, row, table->key))) {
        struct value *code = value_at(table, row, table->key, NULL);
        leaf_put(table->arena, entry, table->field->key, code, code->pos);
    }
    for (size_t i = 0; i < table->leaves.count; i++) {
        const struct cell *cell = cell_or_above(table, row, table->columns[i]);
        /* an empty cell that must be filled is kept, so that a message can point at it */
        if (table->columns[i] == TABLE_NONE ||
            (cell_is_empty(cell) && !table->leaves.all[i].required))
            continue;
        struct value *value = value_at(table, row, table->columns[i], table->leaves.all[i].field);
        leaf_put(table->arena, entry, table->leaves.all[i].path, value, value->pos);
    }
    return entry;
}

static void
note_hidden(struct table *table, size_t row)
{
    if (sheet_hides_row(table->sheet, row) && table->hidden++ == 0)
        table->hidden_row = row;
}

static void
tell_hidden(const struct table *table)
{
    struct diags *diags = table->diags;

    if (table->hidden > 0)
        diag_add(diags, DIAG_JOIN_HIDDEN_ROWS, place_of_row(table, table->hidden_row),
                 diag_printf(diags, "%zu", table->hidden), diag_str(diags, table->field->name),
                 NULL);
}

/* Long tables have their titles on each page. */
static bool
repeats_titles(const struct table *table, size_t row)
{
    size_t same = 0, column = 0;
    const struct cell *cell;

    for (; (cell = sheet_next(table->sheet, row, &column)) != NULL; column++) {
        const struct cell *title = sheet_cell(table->sheet, table->titles, column);
        if (cell_is_empty(cell))
            continue;
        if (!name_eq(cell_text(cell), cell_text(title)))
            return false;
        same++;
    }
    return same > 1;
}

static void
read_row(struct table *table, size_t row, struct value *list)
{
    struct diags *diags = table->diags;

    if (tell_no_entry(table, row))
        return;
    if (repeats_titles(table, row)) {
        diag_add(diags, DIAG_JOIN_TITLES_AGAIN, place_of_row(table, row),
                 diag_printf(diags, "%zu", table->titles + 1), NULL, NULL);
        return;
    }
    note_hidden(table, row);
    table_check_beside(table, row);
    value_append(list, table->map == NULL
                           ? value_at(table, row, table->columns[0], table->field->item)
                           : entry_at(table, row));
}

struct value *
table_read(struct arena *arena, struct diags *diags, const struct field *field,
           const struct sheet *sheet, struct join_how how)
{
    struct table table = {.arena = arena, .diags = diags, .field = field, .sheet = sheet};

    if (!table_open(&table, how))
        return NULL;
    table.told = arena_array(arena, sheet->columns + 1, sizeof *table.told);
    struct value *list = value_new(arena, VALUE_LIST, cell_place(arena, sheet, table.titles, 0));
    for (size_t row = table.first; row < sheet->rows; row++)
        if (is_whole(&table, row))
            table.last = row;
    for (size_t row = table.first; row < sheet->rows; row++)
        if (!is_empty(&table, row) && !(how.is_form && is_untouched(&table, row)))
            read_row(&table, row, list);
    tell_hidden(&table);
    if (list->count == 0)
        list->kind = VALUE_NONE;
    return list;
}
