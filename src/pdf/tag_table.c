/* Tables: all rows and cells from the nodes, so that empty ones are there too. Cells take columns
 * as layout does it (layout/table.c): the next free one of their row; a span ends with its
 * group of rows; a place that no cell covers is an empty cell. */
#include <string.h>

#include "base/arena.h"
#include "pdf/tag.h"

struct row {
    struct tag *tag;
    size_t first, count; /* of cells */
};

struct placed {
    struct tag *tag;
    struct tag_cell *cell;
};

struct grid {
    struct tags *tags;
    struct arena *scratch; /* of all but tags and what is known of their cells */
    struct row *rows;
    size_t row_count, row_cap;
    struct placed *cells;
    size_t cell_count, cell_cap;
    unsigned *reach; /* rows that each column is still covered for, while a group is read */
    size_t reach_count;
    unsigned columns;
    size_t head_rows;
    bool ambiguous; /* scope does not say which cells a head is for */
};

/* ---- reading */

static void
make_reach(struct grid *grid, size_t columns)
{
    if (columns <= grid->reach_count)
        return;
    unsigned *reach = arena_array(grid->scratch, 2 * columns, sizeof(*reach));

    if (grid->reach_count > 0)
        memcpy(reach, grid->reach, grid->reach_count * sizeof(*reach));
    grid->reach = reach;
    grid->reach_count = 2 * columns;
}

static unsigned
span_of(const struct node *node, bool head, bool columns)
{
    enum attribute name;

    if (columns)
        name = head ? ATTRIBUTE_th_colspan : ATTRIBUTE_td_colspan;
    else
        name = head ? ATTRIBUTE_th_rowspan : ATTRIBUTE_td_rowspan;
    int span = node_count(node, name, 1);
    return span < 1 ? 1 : (unsigned)span;
}

static const char *
scope_of(const struct node *node)
{
    struct str scope = node_get(node, ATTRIBUTE_th_scope);
    const struct node *group = node->parent->parent;

    if (scope.len > 0)
        return str_is(scope, "row") ? "Row" : "Column";
    return group != NULL && node_is_a(group, ELEMENT_thead) ? "Column" : "Row";
}

static void
read_cell(struct grid *grid, const struct node *node, unsigned *column, size_t rows_left)
{
    bool head = node->element == ELEMENT_th;
    struct tag_cell *cell = arena_alloc(grid->tags->arena, sizeof(*cell));
    struct tag *tag = tag_new(grid->tags, NULL, head ? "TH" : "TD");

    while (*column < grid->reach_count && grid->reach[*column] > 0)
        ++*column;
    cell->row = (unsigned)grid->row_count - 1;
    cell->column = *column;
    cell->colspan = span_of(node, head, true);
    cell->rowspan = span_of(node, head, false);
    if (cell->rowspan > rows_left)
        cell->rowspan = (unsigned)rows_left;
    *column += cell->colspan;
    make_reach(grid, *column);
    for (unsigned c = cell->column; c < *column; c++)
        grid->reach[c] = cell->rowspan;
    if (head) {
        cell->scope = scope_of(node);
        grid->ambiguous =
            grid->ambiguous || (cell->scope[0] == 'C' ? cell->colspan : cell->rowspan) > 1;
    }
    tag->cell = cell;
    *tag_slot(grid->tags, node) = tag;
    *ARENA_ADD(grid->scratch, grid->cells, grid->cell_count, grid->cell_cap, 16) =
        (struct placed){tag, cell};
}

static void
read_row(struct grid *grid, const struct node *tr, struct tag *group, size_t rows_left)
{
    struct row row = {tag_new(grid->tags, group, "TR"), grid->cell_count, 0};
    unsigned column = 0;

    grid->rows = arena_grow(grid->scratch, grid->rows, grid->row_count, &grid->row_cap,
                            sizeof(*grid->rows), 16);
    grid->row_count++;
    *tag_slot(grid->tags, tr) = row.tag;
    for (const struct node *node = tr->first; node != NULL; node = node->next)
        if (node_is_a(node, ELEMENT_th) || node_is_a(node, ELEMENT_td))
            read_cell(grid, node, &column, rows_left);
    row.count = grid->cell_count - row.first;
    grid->rows[grid->row_count - 1] = row;
    for (size_t c = 0; c < grid->reach_count; c++) {
        if (grid->reach[c] > 0 && c >= grid->columns)
            grid->columns = (unsigned)c + 1;
        grid->reach[c] -= grid->reach[c] > 0;
    }
}

/* Reads the rows from `tr` on that stand side by side; returns what is behind them. */
static const struct node *
read_rows(struct grid *grid, const struct node *tr, struct tag *group)
{
    size_t left = 0;

    for (const struct node *n = tr; n != NULL && node_is_a(n, ELEMENT_tr); n = n->next)
        left++;
    if (grid->reach_count > 0)
        memset(grid->reach, 0, grid->reach_count * sizeof(*grid->reach));
    for (; left > 0; left--, tr = tr->next)
        read_row(grid, tr, group, left);
    return tr;
}

static bool
has_rows(const struct node *table, bool heads)
{
    for (const struct node *n = table->first; n != NULL; n = n->next) {
        bool head = node_is_a(n, ELEMENT_thead);

        if (head == heads && (node_is_a(n, ELEMENT_tr) || n->first != NULL))
            return true;
    }
    return false;
}

/* All heads are one THead, which a table has only beside a TBody. */
static void
read_heads(struct grid *grid, const struct node *node, struct tag *table)
{
    struct tag *group = table;

    if (!has_rows(node, true))
        return;
    if (has_rows(node, false))
        group = tag_new(grid->tags, table, "THead");
    for (const struct node *n = node->first; n != NULL; n = n->next)
        if (node_is_a(n, ELEMENT_thead))
            (void)read_rows(grid, n->first, group);
    grid->head_rows = grid->row_count;
}

static void
read_bodies(struct grid *grid, const struct node *node, struct tag *table)
{
    for (const struct node *n = node->first; n != NULL;) {
        if (node_is_a(n, ELEMENT_tr)) {
            n = read_rows(grid, n, tag_new(grid->tags, table, "TBody"));
            continue;
        }
        if (node_is_a(n, ELEMENT_tbody) && n->first != NULL)
            (void)read_rows(grid, n->first, tag_new(grid->tags, table, "TBody"));
        n = n->next;
    }
}

/* ---- the elements of rows */

static void
add_empty(struct grid *grid, const struct row *row)
{
    struct tag *tag = tag_new(grid->tags, row->tag, "TD");

    tag->cell = arena_alloc(grid->tags->arena, sizeof(*tag->cell));
    tag->cell->rowspan = tag->cell->colspan = 1;
}

/* Gives every row its cells, from left to right, and empty ones where nothing covers a place. */
static void
fill_rows(struct grid *grid)
{
    unsigned *below = arena_array(grid->scratch, grid->columns + 1, sizeof(*below));

    for (size_t r = 0; r < grid->row_count; r++) {
        const struct row *row = &grid->rows[r];
        size_t next = row->first;

        for (unsigned c = 0; c < grid->columns; c++) {
            if (next < row->first + row->count && grid->cells[next].cell->column == c) {
                const struct placed *cell = &grid->cells[next++];

                tag_adopt(row->tag, cell->tag);
                for (unsigned i = 0; i < cell->cell->colspan; i++)
                    below[c + i] = cell->cell->rowspan;
            } else if (below[c] == 0) {
                add_empty(grid, row);
                below[c] = 1;
            }
        }
        for (unsigned c = 0; c < grid->columns; c++)
            below[c] -= below[c] > 0;
    }
}

/* ---- heads of cells, where their scope does not say enough */

/* The head cells that cover a row or a column. */
struct heads {
    struct placed *cells;
    size_t count, cap;
};

static unsigned
id_of(struct tags *tags, const struct placed *head)
{
    if (head->cell->id == 0) {
        *ARENA_ADD(tags->arena, tags->ids, tags->id_count, tags->id_cap, 32) = head->tag;
        head->cell->id = (unsigned)tags->id_count;
    }
    return head->cell->id;
}

static void
add_head(const struct grid *grid, struct heads *heads, const struct placed *cell)
{
    *ARENA_ADD(grid->scratch, heads->cells, heads->count, heads->cap, 8) = *cell;
}

static void
add_header(struct tags *tags, struct tag_cell *cell, size_t *cap, const struct placed *head)
{
    cell->headers =
        arena_grow(tags->arena, cell->headers, cell->header_count, cap, sizeof(*cell->headers), 1);
    cell->headers[cell->header_count++] = id_of(tags, head);
}

static bool
shares_columns(const struct tag_cell *a, const struct tag_cell *b)
{
    return a->column < b->column + b->colspan && b->column < a->column + a->colspan;
}

static bool
shares_rows(const struct tag_cell *a, const struct tag_cell *b)
{
    return a->row < b->row + b->rowspan && b->row < a->row + a->rowspan;
}

/* Heads of rows that end above `row` are of no more use. */
static void
drop_passed(struct heads *heads, size_t row)
{
    size_t kept = 0;

    for (size_t i = 0; i < heads->count; i++)
        if (heads->cells[i].cell->row + heads->cells[i].cell->rowspan > row)
            heads->cells[kept++] = heads->cells[i];
    heads->count = kept;
}

static void
name_heads(struct grid *grid, struct tag_cell *cell, const struct heads *above,
           const struct heads *beside)
{
    size_t cap = 0;

    for (size_t i = 0; i < above->count; i++)
        if (above->cells[i].cell->row < cell->row && shares_columns(above->cells[i].cell, cell))
            add_header(grid->tags, cell, &cap, &above->cells[i]);
    for (size_t i = 0; i < beside->count; i++)
        if (beside->cells[i].cell->column < cell->column &&
            shares_rows(beside->cells[i].cell, cell))
            add_header(grid->tags, cell, &cap, &beside->cells[i]);
}

/* Column heads are those of the head rows, or without these of the first row; row heads those at
 * the left in the rows of the cell. */
static void
name_all_heads(struct grid *grid)
{
    struct heads above = {NULL, 0, 0}, beside = {NULL, 0, 0};
    size_t head_rows = grid->head_rows > 0 ? grid->head_rows : 1, next = 0;

    for (size_t i = 0; i < grid->cell_count; i++) {
        const struct placed *cell = &grid->cells[i];

        if (cell->cell->scope != NULL && cell->cell->scope[0] == 'C' && cell->cell->row < head_rows)
            add_head(grid, &above, cell);
    }
    for (size_t i = 0; i < grid->cell_count; i++) {
        struct tag_cell *cell = grid->cells[i].cell;

        drop_passed(&beside, cell->row);
        for (; next < grid->cell_count && grid->cells[next].cell->row < cell->row + cell->rowspan;
             next++)
            if (grid->cells[next].cell->scope != NULL && grid->cells[next].cell->scope[0] == 'R')
                add_head(grid, &beside, &grid->cells[next]);
        if (cell->scope == NULL)
            name_heads(grid, cell, &above, &beside);
    }
}

void
tag_table(struct tags *tags, const struct node *node, struct tag *table)
{
    struct grid grid = {.tags = tags, .scratch = arena_new(0)};

    read_heads(&grid, node, table);
    read_bodies(&grid, node, table);
    fill_rows(&grid);
    if (grid.ambiguous)
        name_all_heads(&grid);
    arena_free(grid.scratch);
}
