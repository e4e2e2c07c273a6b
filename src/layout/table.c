/* Tables: from nodes to a grid of cells. Cells take the next free column of their row, as in HTML
 * (4.9.12, forming a table); unlike there, cells never overlap. */
#include <string.h>

#include "base/arena.h"
#include "layout/table.h"
#include "layout/text.h"

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
    struct table_cell *cell =
        ARENA_ADD(table->layout->strips, table->cell, table->cell_count, table->cell_cap, 16);
    memset(cell, 0, sizeof *cell);
    return cell;
}

static unsigned
count_of(const struct node *node, enum attribute of_th, enum attribute of_td)
{
    int count = node_count(node, node_is_a(node, ELEMENT_th) ? of_th : of_td, 1);

    return count < 1 ? 1 : (unsigned)count;
}

static void
read_valign(struct table_cell *cell)
{
    bool head = node_is_a(cell->node, ELEMENT_th);
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
        if (!node_is_a(node, ELEMENT_th) && !node_is_a(node, ELEMENT_td))
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

    table->row = arena_grow(table->layout->strips, table->row, table->row_count, &table->row_cap,
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

    for (const struct node *n = tr; n != NULL && node_is_a(n, ELEMENT_tr); n = n->next)
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
        bool head = node_is_a(node, ELEMENT_thead);
        if (node_is_a(node, ELEMENT_tr) && !heads) {
            if (!read_group(reader, node, &node))
                return false;
            continue;
        }
        if (head == heads && (head || node_is_a(node, ELEMENT_tbody)) &&
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

/* Fills rows, cells and the count of columns from the nodes; places no cell covers get one
 * without content. False with LAYOUT_TABLE_SPANS, LAYOUT_TABLE_ROW or MEMORY_BUDGET. */
static bool
read_grid(struct table *table)
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

/* ---- setting: cells become strips of their own (block.h), rows strips of the page flow; the head
 * is set once, and on following pages the same items stand again, as repeated ones */

/* A head that is higher than this part of a page is not repeated: it would leave no room. */
#define REPEATED_HEAD_MAX 2

bool
table_is_head(const struct table_cell *cell)
{
    return node_is_a(cell->node, ELEMENT_th);
}

/* The class of a cell's text, which must be one of the style. */
static const struct style_para *
cell_class(const struct table *table, const struct table_cell *cell)
{
    struct str name = {NULL, 0};

    if (cell->node->element == ELEMENT_th || cell->node->element == ELEMENT_td)
        name = node_get(cell->node, table_is_head(cell) ? ATTRIBUTE_th_class : ATTRIBUTE_td_class);
    return layout_class(table->layout, name, cell->node->pos,
                        table_is_head(cell) ? CLASS_CELL_HEAD : CLASS_CELL);
}

/* Left, right or centred as the cell says; never justified: there is too little text in a line. */
static int
cell_align(const struct table_cell *cell, const struct style_para *class)
{
    struct str value = {NULL, 0};

    if (cell->node->element == ELEMENT_th || cell->node->element == ELEMENT_td)
        value = node_get(cell->node, table_is_head(cell) ? ATTRIBUTE_th_align : ATTRIBUTE_td_align);
    if (value.len > 0)
        return layout_align(value);
    return class != NULL && class->align == STYLE_JUSTIFY ? STYLE_LEFT : -1;
}

struct measure
table_cell_measure(const struct table *table, const struct table_cell *cell,
                   const struct measure *outer)
{
    const struct style_para *class = cell_class(table, cell);
    struct measure inner = measure_of(0);

    if (cell->colspan > 0)
        inner.width = table->x[cell->column + cell->colspan] - table->x[cell->column] -
                      2 * table->style->pad_x;
    inner.page_room = outer->page_room - table->style->pad_top - table->style->pad_bottom;
    inner.class = class;
    inner.align = cell_align(cell, class);
    inner.whole_words = table_is_head(cell);
    return inner;
}

/* Sets the content of one cell. */
static bool
set_cell(const struct table *table, struct table_cell *cell, const struct measure *outer)
{
    struct layout *layout = table->layout;
    const struct style_para *class = cell_class(table, cell);

    if (class == NULL)
        return false;
    if (cell->node->element != ELEMENT_tr) {
        struct measure inner = table_cell_measure(table, cell, outer);
        if (!block_children(layout, cell->node, &inner, &cell->content))
            return false;
    }
    size_t count = cell->content.count;
    const struct strip *strip = cell->content.strip;
    cell->least_height = count == 0 ? class->pitch : 0;
    cell->below = arena_array(layout->strips, count + 1, sizeof *cell->below);
    for (size_t i = 0; i < count; i++)
        cell->below[i + 1] =
            cell->below[i] + strip_gap(i == 0 ? NULL : &strip[i - 1], &strip[i]) + strip[i].height;
    return true;
}

static bool
set_cells(const struct table *table, size_t from_row, size_t to_row, const struct measure *outer)
{
    for (size_t r = from_row; r < to_row; r++) {
        const struct table_row *row = &table->row[r];
        for (size_t i = 0; i < row->cell_count; i++)
            if (!set_cell(table, &table->cell[row->first_cell + i], outer))
                return false;
        if (layout_over(table->layout))
            return false;
    }
    return true;
}

/* Turns rows from..to-1 into strips, one for each band. */
static bool
add_bands(const struct table *table, size_t from, size_t to, struct strips *out)
{
    for (size_t end; from < to; from = end) {
        for (end = from + 1; table->row[end - 1].tied;)
            end++;
        table_band(table, from, end, strips_add(table->layout->strips, out));
        if (layout_over(table->layout))
            return false;
    }
    return true;
}

/* ---- the head */

/* All bands of the head in one strip, so that no page ends inside it. */
static bool
add_head(const struct table *table, struct strips *out)
{
    struct layout *layout = table->layout;
    struct strips bands = {NULL, 0, 0};
    int64_t y = 0;

    if (!add_bands(table, 0, table->head_rows, &bands))
        return false;
    struct strip *head = strips_add(layout->strips, out);
    for (size_t i = 0; i < bands.count && y < STRIPS_HEIGHT_MAX; i++) {
        strip_take(layout->strips, head, &bands.strip[i], 0, (mpt)y);
        y += bands.strip[i].height;
    }
    head->height = (mpt)(y < STRIPS_HEIGHT_MAX ? y : STRIPS_HEIGHT_MAX);
    head->node = table->row[0].node;
    head->keep = table->row_count > table->head_rows ? KEEP_STRONG : KEEP_NONE;
    return true;
}

/* A link is where its text is content. */
static void
mark_item(struct arena *arena, struct item *item)
{
    if (item->role == ROLE_RULE)
        return;
    item->role = ROLE_REPEATED;
    if (item->kind == ITEM_TEXT && item->as.text.whole->link_count > 0) {
        struct item_text *whole = arena_alloc(arena, sizeof *whole);
        whole->text = item->as.text.whole->text;
        item->as.text.whole = whole;
    }
}

static void
mark_repeated(struct layout *layout, struct strips *strips)
{
    for (size_t i = 0; i < strips->count; i++) {
        struct strip *strip = &strips->strip[i];
        strip->keep = KEEP_STRONG;
        strip->node = strips->strip[strips->count - 1].node;
        for (size_t k = 0; k < strip->count; k++)
            mark_item(layout->arena, &strip->items[k]);
    }
}

/* What stands above the rows on following pages: the words of `continued`, and the head again. */
static bool
make_repeat(struct table *table, const struct strip *head, const struct measure *measure)
{
    struct layout *layout = table->layout;
    struct strips *repeat = arena_alloc(layout->strips, sizeof *repeat);
    const struct node_attribute *words = node_find(table->node, ATTRIBUTE_table_continued);

    if (words != NULL && words->value.len > 0) {
        const struct style_para *class =
            layout_class(layout, (struct str){NULL, 0}, words->pos, CLASS_CELL);
        if (class == NULL || !block_text(layout, table->node, words->value, class, measure, repeat))
            return false;
    }
    if (head != NULL) {
        struct strip *again = strips_add(layout->strips, repeat);
        *again = *head;
        again->items = arena_array(layout->strips, head->count, sizeof *again->items);
        again->cap = head->count;
        if (head->count > 0)
            memcpy(again->items, head->items, head->count * sizeof *again->items);
        again->before = 0;
    }
    mark_repeated(layout, repeat);
    if (repeat->count > 0 &&
        strips_height(repeat, 0, repeat->count) < table->page_room / REPEATED_HEAD_MAX)
        table->repeat = repeat;
    return true;
}

/* ---- the whole */

static struct table *
new_table(struct layout *layout, const struct node *node, const struct measure *measure)
{
    struct table *table = arena_alloc(layout->strips, sizeof *table);
    struct str name = node_get(node, ATTRIBUTE_table_class);
    struct str whole = node_get(node, ATTRIBUTE_table_split_rows);

    table->layout = layout;
    table->node = node;
    table->whole_rows = str_is(whole, "no");
    table->page_room = measure->page_room > 0 ? measure->page_room : STRIPS_HEIGHT_MAX;
    table->paper = layout->style->paper_height > layout->style->paper_width
                       ? layout->style->paper_height
                       : layout->style->paper_width;
    table->style = style_find_table(layout->style, name.len > 0 ? name : STR("table"));
    if (table->style != NULL)
        return read_grid(table) ? table : NULL;
    const struct node_attribute *attribute = node_find(node, ATTRIBUTE_table_class);
    diag_add(layout->diags, DIAG_LAYOUT_TABLE_CLASS, attribute == NULL ? node->pos : attribute->pos,
             diag_str(layout->diags, name.len > 0 ? name : STR("table")), NULL, NULL);
    return NULL;
}

static bool
add_rows(struct table *table, const struct measure *measure, struct strips *out)
{
    const struct strip *head = NULL;
    struct measure body = *measure;
    mpt repeated = 0;

    if (!set_cells(table, 0, table->head_rows, measure))
        return false;
    if (table->head_rows > 0) {
        if (!add_head(table, out))
            return false;
        head = &out->strip[out->count - 1];
    }
    if (!make_repeat(table, head, measure))
        return false;
    /* pictures in cells are made to fit below what is repeated above them */
    if (table->repeat != NULL)
        repeated = strips_height(table->repeat, 0, table->repeat->count);
    body.page_room -= repeated;
    return set_cells(table, table->head_rows, table->row_count, &body) &&
           add_bands(table, table->head_rows, table->row_count, out);
}

bool
table_format(struct layout *layout, const struct node *node, const struct measure *measure,
             struct strips *out)
{
    size_t first = out->count;
    struct table *table = new_table(layout, node, measure);

    if (table == NULL)
        return false;
    if (table->columns == 0 || table->row_count == 0)
        return true;
    if (!table_columns(table, measure) || !add_rows(table, measure, out))
        return false;
    out->strip[first].before = table->style->before;
    out->strip[out->count - 1].after = table->style->after;
    return true;
}

bool
table_widths(struct layout *layout, const struct node *node, const struct measure *measure,
             struct widths *widths)
{
    struct table *table = new_table(layout, node, measure);

    *widths = (struct widths){{0}};
    if (table == NULL)
        return false;
    return table->columns == 0 || table_needs(table, measure, widths);
}
