/* A table of cells that costs memory only for the cells there are. */
#include "value/sheet.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "value/sheet_build.h"

struct entry {
    struct cell cell;
    size_t column;
};

/* The entries stand in the order of their columns. */
struct row {
    struct entry *entries;
    size_t count, cap;
    unsigned line;
};

struct sheet_rows {
    struct row *rows;
    size_t count, cap;
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

bool
cell_check(struct diags *diags, const struct cell *cell)
{
    if (cell->kind != CELL_FAULT)
        return true;
    diag_add(diags, cell->fault, cell->pos, diag_str(diags, cell->text), NULL, NULL);
    return false;
}

size_t
sheet_merge(struct sheet *sheet, size_t row, size_t column, size_t last_row, size_t last_column)
{
    struct sheet_rows *cells = sheet->cells;
    size_t end = last_row < cells->count ? last_row + 1 : cells->count;

    for (size_t i = row; i < end; i++) {
        struct row *line = &cells->rows[i];
        size_t from = place_of(line, i == row ? column + 1 : column);
        size_t to = place_of(line, last_column + 1);
        if (from >= to)
            continue;
        memmove(&line->entries[from], &line->entries[to],
                (line->count - to) * sizeof *line->entries);
        line->count -= to - from;
    }
    return end > row ? end - row : 0;
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
    struct str body = str_trim(text), rest = text, line;
    size_t indent = common_indent(text);
    struct buf out = buf_in(arena);

    if (str_find(body, STR("\n")) == SIZE_MAX || indent == 0)
        return body;
    while (str_line(&rest, &line)) {
        buf_add(&out, str_sub(line, indent, line.len));
        buf_byte(&out, '\n');
    }
    return str_trim(buf_str(&out));
}

const char *
sheet_reference(struct arena *arena, size_t row, size_t column)
{
    char letters[16], *at = letters + sizeof letters - 1;

    *at = '\0';
    for (size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        *--at = (char)('A' + (rest - 1) % 26);
    return arena_printf(arena, "%s%zu", at, row + 1);
}

struct pos
sheet_pos(struct arena *arena, const struct sheet *sheet, size_t row, size_t column)
{
    const struct sheet_rows *cells = sheet->cells;

    if (cells->lettered)
        return (struct pos){
            arena_printf(arena, "%s!%s", sheet->file, sheet_reference(arena, row, column)), 0, 0};
    return (struct pos){sheet->file, row < cells->count ? cells->rows[row].line : 0, 0};
}

static bool
is_same_name(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        unsigned char x = (unsigned char)a.ptr[i], y = (unsigned char)b.ptr[i];
        x = x >= 'A' && x <= 'Z' ? (unsigned char)(x | 0x20) : x;
        y = y >= 'A' && y <= 'Z' ? (unsigned char)(y | 0x20) : y;
        if (x != y)
            return false;
    }
    return true;
}

const struct sheet *
workbook_sheet(const struct workbook *workbook, struct str name)
{
    for (size_t i = 0; i < workbook->count; i++)
        if (is_same_name(workbook->sheets[i]->name, name))
            return workbook->sheets[i];
    return NULL;
}
