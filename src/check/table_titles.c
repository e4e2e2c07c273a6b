/* The titles of a table's columns. */
#include <stdint.h>

#include "base/arena.h"
#include "check/cells.h"
#include "check/names.h"
#include "check/schema.h"
#include "check/table.h"
#include "value/sheet.h"
#include "value/value.h"

#define ROWS_ABOVE 2  /* a title in cells merged downwards stands above the row of the others */
#define TOLD_MAX 20   /* columns that are not known */
#define SHOWN_ROWS 50 /* in which an unknown column must have something to be spoken of */

/* What a title means: a leaf's index, or one of these. */
enum { TITLE_KEY = -1, TITLE_UNKNOWN = -2, TITLE_OFFICIAL = -3 };

/* The field of the rubric's list by which entries of a keyed field are named. */
static const struct field *
key_field(const struct field *field)
{
    if (field->type != FIELD_KEYED || field->target == NULL)
        return NULL;
    return schema_find(field->target->item, field->key);
}

static int
meaning(const struct table *table, struct str title)
{
    const struct field *key = key_field(table->field);

    if (table->map == NULL)
        return name_eq(title, table->field->name) ? 0 : TITLE_UNKNOWN;
    if (str_ends(title, STR(TABLE_OFFICIAL)))
        return TITLE_OFFICIAL;
    size_t leaf = leaves_find(&table->leaves, table->map, title);
    if (leaf != SIZE_MAX)
        return (int)leaf;
    if (str_ends(title, STR("*")))
        title.len--;
    const struct field *official =
        key == NULL ? NULL : schema_find(table->field->target->item, title);
    if (official == NULL)
        return TITLE_UNKNOWN;
    return official == key ? TITLE_KEY : TITLE_OFFICIAL;
}

/* How many columns a row names. */
static size_t
count_titles(const struct table *table, size_t row)
{
    size_t count = 0;

    for (size_t i = 0; i < table->sheet->columns; i++) {
        struct str title = cell_text(sheet_cell(table->sheet, row, i));
        count += title.len > 0 && meaning(table, title) >= TITLE_KEY;
    }
    return count;
}

static void
tell_missing(struct table *table, struct pos pos, const char *columns)
{
    struct diags *diags = table->diags;

    diag_add(diags, DIAG_JOIN_COLUMN_MISSING, pos, diag_str(diags, table->field->name), columns,
             NULL);
}

static void
add_name(struct buf *names, struct str name)
{
    buf_text(names, names->len == 0 ? "" : ", ");
    buf_add(names, name);
}

static void
tell_no_titles(struct table *table, size_t rows)
{
    struct buf names = buf_in(table->arena);
    struct diags *diags = table->diags;

    if (table->map == NULL)
        add_name(&names, table->field->name);
    if (table->field->type == FIELD_KEYED)
        add_name(&names, table->field->key);
    for (size_t i = 0; i < table->leaves.count; i++)
        add_name(&names, table->leaves.all[i].path);
    diag_add(diags, DIAG_JOIN_NO_TITLES, (struct pos){table->sheet->file, 0, 0},
             diag_str(diags, table->field->name), str_cstr(table->arena, buf_str(&names)),
             diag_printf(diags, "%zu", rows));
}

/* A column that has something but that no field is meant by. */
static void
tell_unknown(struct table *table, struct str title, size_t column)
{
    struct diags *diags = table->diags;
    struct pos pos = cell_place(table->arena, table->sheet, table->titles, column);
    struct str nearest = leaves_nearest(&table->leaves, title);
    bool used = false;

    for (size_t i = 1; i <= SHOWN_ROWS && !used; i++)
        used = !cell_is_empty(sheet_cell(table->sheet, table->titles + i, column));
    if (!used)
        return;
    if (nearest.len > 0)
        diag_add(diags, DIAG_JOIN_COLUMN_NEAR, pos, diag_str(diags, title),
                 diag_str(diags, nearest), NULL);
    else
        diag_add(diags, DIAG_JOIN_COLUMN_EXTRA, pos, diag_str(diags, title), NULL, NULL);
}

/* Of two columns with one title, one that the spreadsheet hides gives way to one that it shows. */
static bool
take(struct table *table, int meant, struct str title, size_t column)
{
    size_t *at = meant == TITLE_KEY ? &table->key : &table->columns[meant], hidden = column;
    struct pos pos = cell_place(table->arena, table->sheet, table->titles, column);
    struct diags *diags = table->diags;

    if (*at == TABLE_NONE) {
        *at = column;
        return true;
    }
    if (sheet_hides_column(table->sheet, column) == sheet_hides_column(table->sheet, *at)) {
        diag_add(diags, DIAG_JOIN_COLUMN_TWICE, pos, diag_str(diags, title), sheet_column(table->arena, *at),
                 NULL);
        return false;
    }
    if (sheet_hides_column(table->sheet, *at)) {
        hidden = *at;
        *at = column;
    }
    diag_add(diags, DIAG_JOIN_COLUMN_OTHER,
             cell_place(table->arena, table->sheet, table->titles, hidden), diag_str(diags, title),
             sheet_column(table->arena, *at), NULL);
    return true;
}

static void
tell_hidden(struct table *table, size_t column)
{
    struct diags *diags = table->diags;
    struct pos pos = cell_place(table->arena, table->sheet, table->titles, column);

    if (column != TABLE_NONE && sheet_hides_column(table->sheet, column))
        diag_add(diags, DIAG_JOIN_COLUMN_HIDDEN, pos,
                 diag_str(diags, cell_text(sheet_cell(table->sheet, table->titles, column))), NULL,
                 NULL);
}

/* Merged cells: the title of a column stands in a row just above the others. */
static void
take_from_above(struct table *table, size_t column)
{
    for (size_t up = 1; up <= ROWS_ABOVE && up <= table->titles; up++) {
        struct str title = cell_text(sheet_cell(table->sheet, table->titles - up, column));
        int meant = title.len == 0 ? TITLE_UNKNOWN : meaning(table, title);
        if (meant < TITLE_KEY)
            continue;
        size_t *at = meant == TITLE_KEY ? &table->key : &table->columns[meant];
        if (*at == TABLE_NONE)
            *at = column;
        return;
    }
}

static bool
take_columns(struct table *table)
{
    size_t told = 0;
    bool good = true;

    for (size_t i = 0; i < table->sheet->columns; i++) {
        struct str title = cell_text(sheet_cell(table->sheet, table->titles, i));
        int meant = title.len == 0 ? TITLE_OFFICIAL : meaning(table, title);
        if (meant >= TITLE_KEY)
            good = take(table, meant, title, i) && good;
        else if (meant == TITLE_UNKNOWN && told++ < TOLD_MAX)
            tell_unknown(table, title, i);
    }
    for (size_t i = 0; i < table->sheet->columns; i++)
        if (cell_is_empty(sheet_cell(table->sheet, table->titles, i)))
            take_from_above(table, i);
    tell_hidden(table, table->key);
    for (size_t i = 0; i <= table->leaves.count; i++)
        tell_hidden(table, table->columns[i]);
    return good;
}

static bool
has_needed(struct table *table, bool partly)
{
    struct buf names = buf_in(table->arena);

    if (table->field->type == FIELD_KEYED && table->key == TABLE_NONE)
        add_name(&names, table->field->key);
    for (size_t i = 0; i < table->leaves.count; i++)
        if (!partly && table->leaves.all[i].required && table->columns[i] == TABLE_NONE)
            add_name(&names, table->leaves.all[i].path);
    if (names.len == 0)
        return true;
    tell_missing(table, cell_place(table->arena, table->sheet, table->titles, 0),
                 str_cstr(table->arena, buf_str(&names)));
    return false;
}

static const struct field *
entry_of(const struct field *field)
{
    if (field->type == FIELD_KEYED)
        return field;
    return field->item->type == FIELD_MAP ? field->item : NULL;
}

size_t
table_title_rows(const struct sheet *sheet, struct join_how how)
{
    size_t most = how.is_form ? JOIN_FORM_TITLE_ROWS : JOIN_TITLE_ROWS;

    return sheet->rows < most ? sheet->rows : most;
}

bool
table_open(struct table *table, struct join_how how)
{
    size_t most = 0, rows = table_title_rows(table->sheet, how);

    table->map = entry_of(table->field);
    table->key = TABLE_NONE;
    if (table->map != NULL)
        table->leaves = leaves_of(table->arena, table->map);
    table->columns = arena_array(table->arena, table->leaves.count + 1, sizeof(size_t));
    for (size_t i = 0; i <= table->leaves.count; i++)
        table->columns[i] = TABLE_NONE;
    for (size_t row = 0; row < rows; row++) {
        size_t count = count_titles(table, row);
        if (count > most) {
            most = count;
            table->titles = row;
        }
    }
    if (most == 0) {
        tell_no_titles(table, how.is_form ? JOIN_FORM_TITLE_ROWS : JOIN_TITLE_ROWS);
        return false;
    }
    return take_columns(table) && has_needed(table, how.partly);
}
