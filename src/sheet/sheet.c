/* A table of cells that costs memory only for the cells there are. */
#include "sheet/sheet.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "sheet/inner.h"

struct entry {
    struct cell cell;
    size_t column;
};

/* The entries stand in the order of their columns. */
struct row {
    struct entry *entries;
    size_t count, cap;
    unsigned line;
    bool hidden;
};

struct sheet_rows {
    struct row *rows;
    size_t count, cap;
    struct span *spans; /* by column, then row */
    size_t span_count, span_cap;
    bool *hidden; /* columns, SHEET_COLUMNS_MAX of them; NULL when none is */
    bool lettered;
};

struct sheet *
sheet_new(struct arena *arena, struct str name, const char *file, bool lettered)
{
    struct sheet *sheet = arena_alloc(arena, sizeof *sheet);

    sheet->name = name;
    sheet->file = file;
    sheet->cells = arena_alloc(arena, sizeof *sheet->cells);
    sheet->cells->lettered = lettered;
    return sheet;
}

static struct row *
row_at(struct arena *arena, struct sheet_rows *cells, size_t row)
{
    if (row >= cells->cap) {
        size_t cap = cells->cap * 2 > row + 1 ? cells->cap * 2 : row + 1;
        struct row *rows = arena_array(arena, cap, sizeof *rows);
        if (cells->count > 0)
            memcpy(rows, cells->rows, cells->count * sizeof *rows);
        cells->rows = rows;
        cells->cap = cap;
    }
    if (row >= cells->count)
        cells->count = row + 1;
    return &cells->rows[row];
}

void
sheet_begin_row(struct arena *arena, struct sheet *sheet, size_t row, unsigned line)
{
    row_at(arena, sheet->cells, row)->line = line;
}

/* The first entry whose column is not before `column`. */
static size_t
place_of(const struct row *row, size_t column)
{
    size_t from = 0, to = row->count;

    if (to > 0 && row->entries[to - 1].column < column)
        return to;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (row->entries[middle].column < column)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

struct cell *
sheet_put(struct arena *arena, struct sheet *sheet, size_t row, size_t column)
{
    struct row *line = row_at(arena, sheet->cells, row);
    size_t at = place_of(line, column);

    if (at < line->count && line->entries[at].column == column)
        return NULL;
    line->entries =
        arena_grow(arena, line->entries, line->count, &line->cap, sizeof *line->entries, 4);
    struct entry *entry = &line->entries[at];
    memmove(entry + 1, entry, (line->count - at) * sizeof *entry);
    line->count++;
    *entry = (struct entry){.column = column};
    if (row >= sheet->rows)
        sheet->rows = row + 1;
    if (column >= sheet->columns)
        sheet->columns = column + 1;
    return &entry->cell;
}

const struct cell *
sheet_cell(const struct sheet *sheet, size_t row, size_t column)
{
    if (row >= sheet->cells->count)
        return NULL;
    const struct row *line = &sheet->cells->rows[row];
    size_t at = place_of(line, column);
    return at < line->count && line->entries[at].column == column ? &line->entries[at].cell : NULL;
}

const struct cell *
sheet_next(const struct sheet *sheet, size_t row, size_t *column)
{
    if (row >= sheet->cells->count)
        return NULL;
    const struct row *line = &sheet->cells->rows[row];
    size_t at = place_of(line, *column);
    if (at >= line->count)
        return NULL;
    *column = line->entries[at].column;
    return &line->entries[at].cell;
}

bool
cell_check(struct diags *diags, const struct cell *cell)
{
    if (cell->kind != CELL_FAULT)
        return true;
    diag_add(diags, cell->fault, cell->pos, diag_str(diags, cell->text), NULL, NULL);
    return false;
}

size_t
sheet_merge(struct arena *arena, struct sheet *sheet, const struct span *span)
{
    struct sheet_rows *cells = sheet->cells;
    size_t end = span->last_row < cells->count ? span->last_row + 1 : cells->count;

    for (size_t i = span->row; i < end; i++) {
        struct row *line = &cells->rows[i];
        size_t from = place_of(line, i == span->row ? span->column + 1 : span->column);
        size_t to = place_of(line, span->last_column + 1);
        if (from >= to)
            continue;
        memmove(&line->entries[from], &line->entries[to],
                (line->count - to) * sizeof *line->entries);
        line->count -= to - from;
    }
    if (sheet_cell(sheet, span->row, span->column) != NULL) {
        *ARENA_ADD(arena, cells->spans, cells->span_count, cells->span_cap, 16) = *span;
    }
    return end > span->row ? end - span->row : 0;
}

static int
compare_spans(const void *a, const void *b)
{
    const struct span *x = a, *y = b;

    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

void
sheet_end(struct sheet *sheet)
{
    struct sheet_rows *cells = sheet->cells;
    size_t count = 0;

    /* spans that overlap, as no program writes them, empty one another */
    for (size_t i = 0; i < cells->span_count; i++)
        if (sheet_cell(sheet, cells->spans[i].row, cells->spans[i].column) != NULL)
            cells->spans[count++] = cells->spans[i];
    cells->span_count = count;
    if (cells->span_count > 1)
        qsort(cells->spans, cells->span_count, sizeof *cells->spans, compare_spans);
}

const struct span *
sheet_span_over(const struct sheet *sheet, size_t row, size_t column)
{
    const struct sheet_rows *cells = sheet->cells;
    const struct span wanted = {.row = row, .column = column};
    size_t from = 0, to = cells->span_count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (compare_spans(&cells->spans[middle], &wanted) <= 0)
            from = middle + 1;
        else
            to = middle;
    }
    const struct span *span = from == 0 ? NULL : &cells->spans[from - 1];
    return span != NULL && span->column == column && span->last_row >= row ? span : NULL;
}

const struct span *
sheet_span(const struct sheet *sheet, size_t row, size_t column)
{
    const struct span *span = sheet_span_over(sheet, row, column);

    return span != NULL && span->row == row ? span : NULL;
}

void
sheet_hide_row(struct sheet *sheet, size_t row)
{
    if (row < sheet->cells->count)
        sheet->cells->rows[row].hidden = true;
}

void
sheet_hide_columns(struct arena *arena, struct sheet *sheet, size_t from, size_t to)
{
    struct sheet_rows *cells = sheet->cells;

    if (cells->hidden == NULL)
        cells->hidden = arena_array(arena, SHEET_COLUMNS_MAX, sizeof *cells->hidden);
    for (size_t i = from; i <= to && i < SHEET_COLUMNS_MAX; i++)
        cells->hidden[i] = true;
}

bool
sheet_hides_row(const struct sheet *sheet, size_t row)
{
    return row < sheet->cells->count && sheet->cells->rows[row].hidden;
}

bool
sheet_hides_column(const struct sheet *sheet, size_t column)
{
    return sheet->cells->hidden != NULL && column < SHEET_COLUMNS_MAX &&
           sheet->cells->hidden[column];
}

/* Blanks that all lines begin with. */
static size_t
common_indent(struct str text)
{
    size_t least = SIZE_MAX;
    struct str line;

    while (str_line(&text, &line)) {
        struct str body = str_trim(line);
        size_t indent = body.len == 0 ? SIZE_MAX : (size_t)(body.ptr - line.ptr);
        least = indent < least ? indent : least;
    }
    return least;
}

struct str
sheet_trim(struct arena *arena, struct str text)
{
    struct str body = utf8_trim(text), rest = text, line;
    size_t indent = common_indent(text);
    struct buf out = buf_in(arena);

    if (str_find(body, STR("\n")) == SIZE_MAX || indent == 0)
        return body;
    while (str_line(&rest, &line)) {
        buf_add(&out, str_sub(line, indent, line.len));
        buf_byte(&out, '\n');
    }
    return utf8_trim(buf_str(&out));
}

const char *
sheet_column(struct arena *arena, size_t column)
{
    char letters[16], *at = letters + sizeof letters - 1;

    *at = '\0';
    for (size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        *--at = (char)('A' + (rest - 1) % 26);
    return arena_strndup(arena, at, strlen(at));
}

/* "C7" for row 6 and column 2, from 0. */
static const char *
reference(struct arena *arena, size_t row, size_t column)
{
    return arena_printf(arena, "%s%zu", sheet_column(arena, column), row + 1);
}

const char *
sheet_range(struct arena *arena, const struct span *span)
{
    return arena_printf(arena, "%s:%s", reference(arena, span->row, span->column),
                        reference(arena, span->last_row, span->last_column));
}

struct pos
sheet_pos(struct arena *arena, const struct sheet *sheet, size_t row, size_t column)
{
    const struct sheet_rows *cells = sheet->cells;

    if (cells->lettered)
        return (struct pos){
            arena_printf(arena, "%s!%s", sheet->file, reference(arena, row, column)), 0, 0};
    return (struct pos){sheet->file, row < cells->count ? cells->rows[row].line : 0, 0};
}

const struct sheet *
workbook_sheet(const struct workbook *workbook, struct str name)
{
    for (size_t i = 0; i < workbook->count; i++)
        if (str_same(workbook->sheets[i]->name, name))
            return workbook->sheets[i];
    return NULL;
}
