/* Which columns of a table are read: the titles, the row they stand in and those around it. */
#include <stdint.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "form/inner.h"
#include "schema/names.h"
#include "schema/schema.h"
#include "sheet/sheet.h"
#include "thai/digits.h"
#include "value/value.h"

#define SEARCH_ROWS \
    2000            /* in which a title that is not found is looked for, to say where it stands */
#define ABOVE_MIN 2 /* rows of texts above the titles that are taken for entries */

/* The field of the rubric's list by which entries of a keyed field are named. */
static const struct field *
key_field(const struct field *field)
{
    if (field->type != FIELD_KEYED || field->target == NULL)
        return NULL;
    return schema_find(field->target->item, field->key);
}

/* A title as people write it: with a sign that it must be filled, with a colon behind it. */
static struct str
bare(struct str title)
{
    title = utf8_trim(title);
    while (title.len > 0 && (str_ends(title, STR("*")) || str_ends(title, STR(":"))))
        title = utf8_trim(str_sub(title, 0, title.len - 1));
    return title;
}

static bool
is_called(const struct field *field, struct str title)
{
    if (name_eq_joined(field->name, title))
        return true;
    for (size_t i = 0; i < field->alias_count; i++)
        if (name_eq_joined(field->aliases[i], title))
            return true;
    return false;
}

/* A title with blanks inside words, or lines of a narrow cell: "ลำ ดับ", "ผู้รับ⏎ผิดชอบ". When only one
 * field is called so, it is meant. */
static int
joined_meaning(const struct table *table, struct str title)
{
    const struct field *key = key_field(table->field);
    int found = TITLE_UNKNOWN;
    size_t count = 0;

    for (size_t i = 0; i < table->leaves.count; i++) {
        const struct leaf *leaf = &table->leaves.all[i];
        bool at_root = str_eq(leaf->path, leaf->field->name);
        if (name_eq_joined(leaf->path, title) || (at_root && is_called(leaf->field, title))) {
            found = (int)i;
            count++;
        }
    }
    for (size_t i = 0; key != NULL && i < table->field->target->item->field_count; i++) {
        const struct field *field = &table->field->target->item->fields[i];
        if (!is_called(field, title) || schema_find(table->map, field->name) != NULL)
            continue;
        found = field == key ? TITLE_KEY : TITLE_OFFICIAL;
        count++;
    }
    return count == 1 ? found : TITLE_UNKNOWN;
}

bool
title_is_last(struct str title)
{
    return str_ends(title, STR(")")) && str_find(title, STR(TABLE_LAST)) != SIZE_MAX;
}

/* What a title means for a table. */
static int
meaning_of(const struct table *table, struct str title)
{
    const struct field *key = key_field(table->field);

    title = utf8_trim(title);
    if (title.len == 0)
        return TITLE_NONE;
    if (table->map == NULL)
        return name_eq_joined(bare(title), table->field->name) ? 0 : TITLE_UNKNOWN;
    if (str_ends(title, STR(TABLE_OFFICIAL)) || title_is_last(title))
        return TITLE_OFFICIAL;
    title = bare(title);
    size_t leaf = leaves_find(&table->leaves, table->map, title);
    if (leaf != SIZE_MAX)
        return (int)leaf;
    const struct field *official =
        key == NULL ? NULL : schema_find(table->field->target->item, title);
    if (official != NULL)
        return official == key ? TITLE_KEY : TITLE_OFFICIAL;
    return title.len == 0 ? TITLE_UNKNOWN : joined_meaning(table, title);
}

/* ---- columns */

#define ROWS_ABOVE 2  /* a title in cells merged downwards stands above the row of the others */
#define TOLD_MAX 20   /* columns that are not known */
#define SHOWN_ROWS 50 /* in which an unknown column must have something to be spoken of */

/* A column that has something but that no field is meant by. */
static void
tell_unknown(struct table *table, struct str title, size_t column)
{
    struct diags *diags = table->diags;
    struct pos pos = cell_place(table->arena, table->sheet, table->titles, column);
    struct str nearest = leaves_nearest(&table->leaves, title);
    bool used = false;

    for (size_t i = 0; i < SHOWN_ROWS && !used; i++)
        used = !cell_is_empty(sheet_cell(table->sheet, table->first + i, column));
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
        diag_add(diags, DIAG_JOIN_COLUMN_TWICE, pos, diag_str(diags, title),
                 sheet_column(table->arena, *at), NULL);
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
        int meant = meaning_of(table, title);
        if (meant < TITLE_KEY)
            continue;
        size_t *at = meant == TITLE_KEY ? &table->key : &table->columns[meant];
        if (*at == TABLE_NONE)
            *at = column;
        table->kinds[column] = COLUMN_TITLED;
        return;
    }
}

/* The title of a column in the row of titles, also one that is merged down to it. */
static struct str
title_of(const struct table *table, size_t column)
{
    const struct cell *cell = sheet_cell(table->sheet, table->titles, column);
    const struct span *span =
        cell == NULL ? sheet_span_over(table->sheet, table->titles, column) : NULL;

    return cell_text(span == NULL ? cell : sheet_cell(table->sheet, span->row, span->column));
}

/* ---- titles over several columns */

/* True when a title below another says the year, with two digits or four. */
static bool
says_year(const struct table *table, struct str text, struct str year)
{
    struct str digits = digits_to_arabic(table->arena, text);

    if (year.len != 4)
        return false;
    if (str_find(digits, year) != SIZE_MAX)
        return true;
    struct str tail = str_sub(year, 2, 2);
    size_t at = str_find(digits, tail), end = at + 2;
    bool before = at != SIZE_MAX && at > 0 && ascii_is_digit(digits.ptr[at - 1]);
    return at != SIZE_MAX && !before && (end == digits.len || !ascii_is_digit(digits.ptr[end]));
}

/* A title stands in merged cells over several columns that have titles of their own: the one of the
 * report's year is meant, else the first; either is told. */
static size_t
choose_below(struct table *table, const struct span *span, struct str title, struct str year)
{
    struct buf names = buf_in(table->arena);
    size_t count = 0, taken = span->column, of_year = 0, row = span->last_row + 1;
    struct diags *diags = table->diags;

    for (size_t i = span->column; i <= span->last_column && i < table->sheet->columns; i++) {
        struct str below = cell_text(sheet_cell(table->sheet, row, i));
        if (below.len == 0 || meaning_of(table, below) >= TITLE_KEY)
            continue;
        buf_printf(&names, "%s\"%.*s\"", count++ == 0 ? "" : ", ", STR_FMT(below));
        if (says_year(table, below, year) && of_year++ == 0)
            taken = i;
        table->kinds[i] = COLUMN_TITLED;
    }
    if (count < 2)
        return span->column;
    if (table->first <= row)
        table->first = row + 1;
    taken = of_year == 1 ? taken : span->column;
    diag_add(diags, of_year == 1 ? DIAG_JOIN_TITLE_YEAR : DIAG_JOIN_TITLE_WIDE,
             cell_place(table->arena, table->sheet, span->row, span->column),
             diag_str(diags, title), str_cstr(table->arena, buf_str(&names)),
             diag_printf(diags, "%s \"%s\"", sheet_column(table->arena, taken),
                         diag_str(diags, cell_text(sheet_cell(table->sheet, row, taken)))));
    return taken;
}

/* The first row below all titles, those that are merged downwards. */
static void
find_first(struct table *table)
{
    table->first = table->titles + 1;
    for (size_t i = 0; i < table->sheet->columns; i++) {
        const struct span *span = sheet_span_over(table->sheet, table->titles, i);
        if (span != NULL && span->last_row >= table->first && span->last_row < table->sheet->rows)
            table->first = span->last_row + 1;
    }
}

/* Finds the columns by the row of titles. `year` is the report's. False with JOIN_COLUMN_TWICE. */
static bool
take_columns(struct table *table, struct str year)
{
    size_t told = 0;
    bool good = true;

    find_first(table);
    for (size_t i = 0; i < table->sheet->columns; i++) {
        struct str title = title_of(table, i);
        int meant = meaning_of(table, title);
        const struct span *span = sheet_span_over(table->sheet, table->titles, i);
        size_t column = i;
        if (meant == TITLE_NONE)
            continue;
        table->kinds[i] = COLUMN_TITLED;
        if (meant >= TITLE_KEY && span != NULL && span->last_column > i)
            column = choose_below(table, span, title, year);
        if (meant >= TITLE_KEY)
            good = take(table, meant, title, column) && good;
        else if (meant == TITLE_UNKNOWN && told++ < TOLD_MAX)
            tell_unknown(table, title, i);
    }
    for (size_t i = 0; i < table->sheet->columns; i++)
        if (table->kinds[i] == COLUMN_UNTITLED)
            take_from_above(table, i);
    for (size_t i = 0; i < table->sheet->columns; i++)
        if (table->kinds[i] != COLUMN_UNTITLED)
            table->width = i + 1;
    tell_hidden(table, table->key);
    for (size_t i = 0; i <= table->leaves.count; i++)
        tell_hidden(table, table->columns[i]);
    return good;
}

/* ---- cells beside the columns that have titles */

void
table_check_beside(struct table *table, size_t row)
{
    struct diags *diags = table->diags;
    const struct cell *cell;

    for (size_t i = 0; (cell = sheet_next(table->sheet, row, &i)) != NULL; i++) {
        if (table->kinds[i] != COLUMN_UNTITLED || cell_is_empty(cell))
            continue;
        bool longer = cell->pos.line > 0 && i >= table->width;
        if (!longer)
            table->kinds[i] = COLUMN_TOLD;
        if (table->beside++ >= TOLD_MAX)
            return;
        diag_add(diags, longer ? DIAG_JOIN_ROW_LONGER : DIAG_JOIN_COLUMN_UNTITLED, cell->pos,
                 diag_str(diags, cell_text(cell)),
                 longer ? diag_printf(diags, "%zu", table->width) : sheet_column(table->arena, i),
                 NULL);
        if (longer)
            return;
    }
}

/* ---- the row of titles */

/* How many columns a row names. */
static size_t
count_titles(const struct table *table, size_t row)
{
    size_t count = 0, column = 0;
    const struct cell *cell;

    for (; (cell = sheet_next(table->sheet, row, &column)) != NULL; column++)
        count += meaning_of(table, cell_text(cell)) >= TITLE_KEY;
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

/* Says where the title of a column stands that is not in the row of the others. */
static void
tell_elsewhere(const struct table *table, int meant)
{
    struct diags *diags = table->diags;
    const struct cell *cell;

    for (size_t row = 0; row < table->sheet->rows && row < SEARCH_ROWS; row++)
        for (size_t column = 0; (cell = sheet_next(table->sheet, row, &column)) != NULL; column++)
            if (row != table->titles && meaning_of(table, cell_text(cell)) == meant) {
                diag_add(diags, DIAG_JOIN_TITLE_ELSEWHERE, cell->pos,
                         diag_str(diags, cell_text(cell)),
                         diag_printf(diags, "%zu", table->titles + 1), NULL);
                return;
            }
}

static bool
check_needed(struct table *table, bool partly)
{
    struct buf names = buf_in(table->arena);

    if (table->field->type == FIELD_KEYED && table->key == TABLE_NONE) {
        add_name(&names, table->field->key);
        tell_elsewhere(table, TITLE_KEY);
    }
    for (size_t i = 0; i < table->leaves.count; i++)
        if (!partly && table->leaves.all[i].required && table->columns[i] == TABLE_NONE) {
            add_name(&names, table->leaves.all[i].path);
            tell_elsewhere(table, (int)i);
        }
    if (names.len == 0)
        return true;
    tell_missing(table, cell_place(table->arena, table->sheet, table->titles, 0),
                 str_cstr(table->arena, buf_str(&names)));
    return false;
}

/* ---- rows above the titles */

/* How many cells a row has that an entry must have, or 0 when one lacks or is a title or caption;
 * *number: one of them is a number, which titles are not. */
static size_t
entry_cells(const struct table *table, size_t row, bool *number)
{
    size_t count = 0;

    for (size_t i = 0; i <= table->leaves.count; i++) {
        bool key = i == table->leaves.count;
        size_t column = key ? table->key : table->columns[i];
        const struct cell *cell =
            column == TABLE_NONE ? NULL : sheet_cell(table->sheet, row, column);
        struct decimal value;
        if (column == TABLE_NONE || (!key && !table->leaves.all[i].required))
            continue;
        if (cell_is_empty(cell) || sheet_span(table->sheet, row, column) != NULL ||
            meaning_of(table, cell_text(cell)) >= TITLE_KEY)
            return 0;
        *number = *number || decimal_parse(digits_to_arabic(table->arena, cell_text(cell)), &value);
        count++;
    }
    return count;
}

/* A table that was sorted with its titles has them somewhere in the middle. */
static bool
check_above(struct table *table)
{
    size_t count = 0, first = 0;
    struct diags *diags = table->diags;
    bool number = false;

    for (size_t row = 0; row < table->titles; row++)
        if (entry_cells(table, row, &number) >= 2) {
            first = count == 0 ? row : first;
            count++;
        }
    if (count < ABOVE_MIN && !(count > 0 && number))
        return true;
    diag_add(diags, DIAG_JOIN_ROWS_ABOVE, cell_place(table->arena, table->sheet, first, 0),
             diag_printf(diags, "%zu", count), diag_printf(diags, "%zu", table->titles + 1), NULL);
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
    table->kinds = arena_array(table->arena, table->sheet->columns + 1, sizeof *table->kinds);
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
    return take_columns(table, how.year) && check_needed(table, how.partly) && check_above(table);
}
