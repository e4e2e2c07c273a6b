/* Tables: from nodes to a grid of cells. Cells take the next free column of their row, as in HTML
 * (4.9.12, forming a table); unlike there, cells never overlap. */
#include <string.h>

#include "base/arena.h"
#include "layout/table_grid.h"

/* The column a cell above reaches down into, while a group of rows is read. */
struct reach {
    unsigned rows; /* that it still covers */
};

struct reader {
    struct table *table;
    struct reach reach[TABLE_COLUMNS_MAX];
    unsigned named; /* columns of the attribute, 0 for none */
};

static bool
fail_spans(const struct table *table, const struct node *node)
{
    struct diags *diags = table->layout->diags;

    diag_add(diags, DIAG_LAYOUT_TABLE_SPANS, node->pos, diag_printf(diags, "%d", TABLE_COLUMNS_MAX),
             diag_printf(diags, "%d", TABLE_TIED_ROWS_MAX), NULL);
    return false;
}

static struct table_cell *
add_cell(struct table *table)
{
    table->cell = arena_grow(table->layout->arena, table->cell, table->cell_count, &table->cell_cap,
                             sizeof *table->cell, 16);
    struct table_cell *cell = &table->cell[table->cell_count++];
    memset(cell, 0, sizeof *cell);
    return cell;
}

static bool
is_element(const struct node *node, enum element element)
{
    return node->kind == NODE_ELEMENT && node->element == element;
}

static unsigned
count_of(const struct node *node, enum attribute of_th, enum attribute of_td)
{
    int count = node_count(node, is_element(node, ELEMENT_th) ? of_th : of_td, 1);

    return count < 1 ? 1 : (unsigned)count;
}

static void
read_valign(struct table_cell *cell)
{
    bool head = is_element(cell->node, ELEMENT_th);
    struct str value = node_get(cell->node, head ? ATTRIBUTE_th_valign : ATTRIBUTE_td_valign);

    cell->valign = head ? TABLE_MIDDLE : TABLE_TOP;
    if (str_is(value, "top"))
        cell->valign = TABLE_TOP;
    else if (str_is(value, "middle"))
        cell->valign = TABLE_MIDDLE;
    else if (str_is(value, "bottom"))
        cell->valign = TABLE_BOTTOM;
}

/* Takes the cell's columns; false when they are not free. */
static bool
place_cell(struct reader *reader, struct table_cell *cell, size_t rows_left)
{
    unsigned end = cell->column + cell->colspan;

    if (end > TABLE_COLUMNS_MAX || end < cell->colspan)
        return false;
    if (cell->rowspan > rows_left)
        cell->rowspan = (unsigned)rows_left; /* a group of rows ends the span */
    for (unsigned c = cell->column; c < end; c++) {
        if (reader->reach[c].rows > 0)
            return false;
        reader->reach[c].rows = cell->rowspan;
    }
    if (end > reader->table->columns)
        reader->table->columns = end;
    return true;
}

/* The next column from `from` on that no cell above covers. */
static unsigned
free_column(const struct reader *reader, unsigned from)
{
    while (from < TABLE_COLUMNS_MAX && reader->reach[from].rows > 0)
        from++;
    return from;
}

static bool
read_cells(struct reader *reader, const struct node *tr, size_t rows_left)
{
    struct table *table = reader->table;
    unsigned column = 0;

    for (const struct node *node = tr->first; node != NULL; node = node->next) {
        if (!is_element(node, ELEMENT_th) && !is_element(node, ELEMENT_td))
            continue;
        struct table_cell *cell = add_cell(table);
        cell->node = node;
        cell->row = (unsigned)table->row_count - 1;
        cell->column = free_column(reader, column);
        cell->colspan = count_of(node, ATTRIBUTE_th_colspan, ATTRIBUTE_td_colspan);
        cell->rowspan = count_of(node, ATTRIBUTE_th_rowspan, ATTRIBUTE_td_rowspan);
        read_valign(cell);
        if (!place_cell(reader, cell, rows_left))
            return fail_spans(table, node);
        column = cell->column + cell->colspan;
    }
    return true;
}

static bool
read_row(struct reader *reader, const struct node *tr, size_t rows_left)
{
    struct table *table = reader->table;
    struct diags *diags = table->layout->diags;

    table->row = arena_grow(table->layout->arena, table->row, table->row_count, &table->row_cap,
                            sizeof *table->row, 16);
    size_t first = table->cell_count;
    struct table_row *row = &table->row[table->row_count++];
    *row = (struct table_row){.node = tr, .first_cell = first};
    row->keep = node_is(tr, ATTRIBUTE_tr_keep_with_next);
    if (!read_cells(reader, tr, rows_left))
        return false;
    row->cell_count = table->cell_count - first;
    for (unsigned c = 0; c < TABLE_COLUMNS_MAX; c++) {
        if (reader->reach[c].rows > 0 && --reader->reach[c].rows > 0)
            row->tied = true;
    }
    if (reader->named > 0 && table->columns > reader->named) {
        diag_add(diags, DIAG_LAYOUT_TABLE_ROW, tr->pos, diag_printf(diags, "%u", table->columns),
                 diag_printf(diags, "%u", reader->named), NULL);
        return false;
    }
    return !layout_over(table->layout);
}

/* The rows from `tr` on that stand side by side: a span does not leave them. */
static bool
read_group(struct reader *reader, const struct node *tr, const struct node **end)
{
    size_t left = 0;

    for (const struct node *n = tr; n != NULL && is_element(n, ELEMENT_tr); n = n->next)
        left++;
    memset(reader->reach, 0, sizeof reader->reach);
    for (; left > 0; left--, tr = tr->next)
        if (!read_row(reader, tr, left))
            return false;
    *end = tr;
    return true;
}

/* Reads the rows of the heads, or all others. */
static bool
read_rows(struct reader *reader, bool heads)
{
    const struct node *node = reader->table->node->first, *end = NULL;

    while (node != NULL) {
        bool head = is_element(node, ELEMENT_thead);
        if (is_element(node, ELEMENT_tr) && !heads) {
            if (!read_group(reader, node, &node))
                return false;
            continue;
        }
        if (head == heads && (head || is_element(node, ELEMENT_tbody)) &&
            !read_group(reader, node->first, &end))
            return false;
        node = node->next;
    }
    return true;
}

/* Gives the places of a row that no cell covers cells without content. `below` holds for how many
 * rows the cells above still cover each column. */
static void
fill_row(struct table *table, size_t index, unsigned below[TABLE_COLUMNS_MAX],
         const struct table_cell *old, size_t old_count)
{
    size_t next = 0, first = table->cell_count;

    for (unsigned c = 0; c < table->columns;) {
        if (old != NULL && next < old_count && old[next].column == c) {
            *add_cell(table) = old[next];
            for (unsigned i = 0; i < old[next].colspan; i++)
                below[c + i] = old[next].rowspan;
            c += old[next++].colspan;
            continue;
        }
        if (below[c] == 0) {
            struct table_cell *cell = add_cell(table);
            cell->node = table->row[index].node;
            cell->row = (unsigned)index;
            cell->column = c;
            cell->colspan = cell->rowspan = 1;
            below[c] = 1;
        }
        c++;
    }
    table->row[index].first_cell = first;
    table->row[index].cell_count = table->cell_count - first;
    for (unsigned c = 0; c < table->columns; c++)
        below[c]--;
}

static void
fill_holes(struct table *table)
{
    const struct table_cell *old = table->cell;
    unsigned below[TABLE_COLUMNS_MAX] = {0};

    table->cell = NULL;
    table->cell_count = table->cell_cap = 0;
    for (size_t r = 0; r < table->row_count; r++) {
        const struct table_row *row = &table->row[r];
        /* a table of empty rows has no cells to point at */
        fill_row(table, r, below, old == NULL ? NULL : old + row->first_cell, row->cell_count);
    }
}

/* True when some row has a place that no cell covers. */
static bool
has_holes(const struct table *table)
{
    size_t area = 0;

    for (size_t i = 0; i < table->cell_count; i++)
        area += (size_t)table->cell[i].colspan * table->cell[i].rowspan;
    return area != table->row_count * table->columns;
}

bool
table_grid(struct table *table)
{
    struct reader reader = {.table = table};

    if (!table_named_columns(table, &reader.named) || !read_rows(&reader, true))
        return false;
    table->head_rows = table->row_count;
    if (!read_rows(&reader, false))
        return false;
    if (reader.named > 0)
        table->columns = reader.named;
    size_t tied = 1;
    for (size_t r = 0; r < table->row_count; r++) {
        tied = table->row[r].tied ? tied + 1 : 1;
        if (tied > TABLE_TIED_ROWS_MAX)
            return fail_spans(table, table->row[r].node);
    }
    if (table->row_count > 0 && has_holes(table))
        fill_holes(table);
    return true;
}
