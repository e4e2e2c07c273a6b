/* Which columns of a table are read, by the row of its titles and those around it. */
#include <stdint.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "form/cells.h"
#include "form/table.h"
#include "schema/names.h"
#include "schema/schema.h"
#include "sheet/sheet.h"
#include "thai/digits.h"
#include "value/value.h"

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
        int meant = table_meaning(table, title);
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
        if (below.len == 0 || table_meaning(table, below) >= TITLE_KEY)
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

bool
table_take_columns(struct table *table, struct str year)
{
    size_t told = 0;
    bool good = true;

    find_first(table);
    for (size_t i = 0; i < table->sheet->columns; i++) {
        struct str title = title_of(table, i);
        int meant = table_meaning(table, title);
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
