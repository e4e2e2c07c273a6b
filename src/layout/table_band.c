/* Tables: bands of rows as strips. A band paints its cells in reading order, the rules inside it,
 * those at its sides and the one above it; the one below is the next band's, or the foot's when a
 * page ends there. So every rule is painted once, in the longest pieces there are, with its ends
 * on the middles of the rules it meets. */
#include <string.h>

#include "base/arena.h"
#include "layout/table_grid.h"

const struct strip *
table_part_strip(const struct table_part *part, size_t index)
{
    if (index == part->from && part->first != NULL)
        return part->first;
    if (index + 1 == part->to && part->last != NULL)
        return part->last;
    return &part->cell->content.strip[index];
}

int64_t
table_part_height(const struct table_part *part)
{
    const struct table_cell *cell = part->cell;
    const struct strip *strip = cell->content.strip;
    size_t from = part->from, to = part->to;

    if (from == to)
        return 0;
    int64_t height = cell->below[to] - cell->below[from];
    if (from > 0)
        height -= strip_gap(&strip[from - 1], &strip[from]);
    if (part->first != NULL)
        height += part->first->height - strip[from].height;
    if (part->last != NULL)
        height += part->last->height - strip[to - 1].height;
    return height;
}

static int64_t
part_room(const struct table_part *part)
{
    int64_t height = table_part_height(part);

    return part->parted || height > part->cell->least_height ? height : part->cell->least_height;
}

/* Makes the rows a cell spans high enough together; what is missing goes evenly to all. */
static void
stretch_rows(int64_t *height, unsigned rows, int64_t needed)
{
    for (unsigned r = 0; r < rows; r++)
        needed -= height[r];
    for (unsigned r = 0; r < rows && needed > 0; r++) {
        int64_t more = (needed + (rows - r) - 1) / (rows - r);
        height[r] += more;
        needed -= more;
    }
}

void
table_band_heights(struct table_band *band)
{
    const struct style_table *style = band->table->style;
    int64_t pad = (int64_t)style->pad_top + style->pad_bottom;
    int64_t *height = band->y + 1; /* heights first, sums below */

    for (size_t r = 0; r <= band->rows; r++)
        band->y[r] = 0;
    for (size_t i = 0; i < band->count; i++) {
        const struct table_part *part = &band->part[i];
        if (part->rowspan == 1)
            stretch_rows(height + part->row, 1, part_room(part) + pad);
    }
    for (size_t i = 0; i < band->count; i++) {
        const struct table_part *part = &band->part[i];
        if (part->rowspan > 1)
            stretch_rows(height + part->row, part->rowspan, part_room(part) + pad);
    }
    for (size_t r = 1; r <= band->rows; r++)
        band->y[r] += band->y[r - 1];
}

struct table_band *
table_band(const struct table *table, size_t from, size_t to)
{
    struct arena *arena = table->layout->arena;
    struct table_band *band = arena_alloc(arena, sizeof *band);
    const struct table_row *last = &table->row[to - 1];
    size_t first_cell = table->row[from].first_cell;

    band->table = table;
    band->first_row = from;
    band->rows = to - from;
    band->closed = to == table->row_count;
    band->count = last->first_cell + last->cell_count - first_cell;
    band->part = arena_array(arena, band->count, sizeof *band->part);
    band->y = arena_array(arena, band->rows + 1, sizeof *band->y);
    for (size_t i = 0; i < band->count; i++) {
        const struct table_cell *cell = &table->cell[first_cell + i];
        band->part[i] = (struct table_part){
            .cell = cell,
            .row = cell->row - (unsigned)from,
            .rowspan = cell->rowspan,
            .to = cell->content.count,
        };
    }
    table_band_heights(band);
    return band;
}

/* ---- painting */

static void
take_items(struct layout *layout, struct strip *strip, const struct item *items, size_t count,
           mpt x, mpt y, unsigned row)
{
    for (size_t i = 0; i < count; i++) {
        struct item *item = strip_item(layout->scratch, strip);
        *item = items[i];
        item->x += x;
        item->y += y;
        if (item->row == 0) /* a table inside the cell has rows of its own */
            item->row = row;
    }
}

/* Space above a part in its rows. In the middle of several rows a line may come to stand a hair
 * above one of a lower row further left; PDFium, and so Chrome, then reads both as one line, from
 * left to right. Where next to nothing is spare, such a part therefore stands at the top. */
static int64_t
space_above(const struct table_part *part, int64_t spare)
{
    if (part->parted || part->cell->valign == TABLE_TOP || spare <= 0)
        return 0;
    if (part->cell->valign == TABLE_BOTTOM)
        return spare;
    if (part->rowspan > 1 && part->from < part->to &&
        spare < table_part_strip(part, part->from)->height / 2)
        return 0;
    return spare / 2;
}

static void
paint_part(const struct table_band *band, const struct table_part *part, struct strip *strip)
{
    const struct table *table = band->table;
    const struct strip *above = NULL;
    mpt x = table->x[part->cell->column] + table->style->pad_x;
    int64_t y = band->y[part->row] + table->style->pad_top;
    int64_t room = band->y[part->row + part->rowspan] - table->style->pad_bottom - y;
    int64_t spare = room - table_part_height(part);

    y += space_above(part, spare);
    for (size_t i = part->from; i < part->to; i++) {
        const struct strip *line = table_part_strip(part, i);
        y += strip_gap(above, line);
        take_items(table->layout, strip, line->items, line->count, x + line->shift, (mpt)y,
                   part->cell->row + 1);
        /* a table in the cell closes, too, where the page ends */
        if (part->goes_on && i + 1 == part->to)
            take_items(table->layout, strip, line->foot, line->foot_count, x + line->shift, (mpt)y,
                       part->cell->row + 1);
        y += line->height;
        above = line;
    }
}

/* Which part covers each place of the band. */
struct place {
    const struct table_part *part;
};

struct cover {
    const struct table_band *band;
    struct place *at; /* rows * columns */
};

static const struct table_part *
covering(const struct cover *cover, size_t row, size_t column)
{
    return cover->at[row * cover->band->table->columns + column].part;
}

static struct cover
find_cover(const struct table_band *band)
{
    unsigned columns = band->table->columns;
    struct cover cover = {band, NULL};

    cover.at = arena_array(band->table->layout->scratch, band->rows * columns, sizeof *cover.at);
    for (size_t i = 0; i < band->count; i++) {
        const struct table_part *part = &band->part[i];
        for (unsigned r = part->row; r < part->row + part->rowspan; r++)
            for (unsigned c = 0; c < part->cell->colspan; c++)
                cover.at[r * columns + part->cell->column + c].part = part;
    }
    return cover;
}

/* Whether there is a rule above a row (below the last for row == rows) in a column. */
static bool
rule_above(const struct cover *cover, size_t row, size_t column)
{
    return row == 0 || row == cover->band->rows ||
           covering(cover, row, column) != covering(cover, row - 1, column);
}

/* Whether there is a rule left of a column (right of the last for column == columns) in a row. */
static bool
rule_left(const struct cover *cover, size_t row, size_t column)
{
    return column == 0 || column == cover->band->table->columns ||
           covering(cover, row, column) != covering(cover, row, column - 1);
}

static void
put_rule(struct item *item, const struct table *table, mpt x, int64_t y, mpt width, int64_t height)
{
    item->kind = ITEM_RULE;
    item->role = ROLE_RULE;
    item->node = table->node;
    item->x = x;
    item->y = (mpt)y;
    item->width = width;
    item->height = (mpt)height;
    item->as.rule.thickness = table->style->rule;
}

static void
paint_horizontal(const struct cover *cover, size_t row, struct strip *strip)
{
    const struct table *table = cover->band->table;

    for (unsigned c = 0, from; c < table->columns; c++) {
        if (!rule_above(cover, row, c))
            continue;
        for (from = c; c + 1 < table->columns && rule_above(cover, row, c + 1);)
            c++;
        put_rule(strip_item(table->layout->scratch, strip), table, table->x[from],
                 cover->band->y[row], table->x[c + 1] - table->x[from], 0);
    }
}

static void
paint_vertical(const struct cover *cover, unsigned column, struct strip *strip)
{
    const struct table_band *band = cover->band;
    const struct table *table = band->table;

    for (size_t r = 0, from; r < band->rows; r++) {
        if (!rule_left(cover, r, column))
            continue;
        for (from = r; r + 1 < band->rows && rule_left(cover, r + 1, column);)
            r++;
        put_rule(strip_item(table->layout->scratch, strip), table, table->x[column], band->y[from],
                 0, band->y[r + 1] - band->y[from]);
    }
}

static void
paint_rules(const struct table_band *band, struct strip *strip)
{
    struct cover cover = find_cover(band);
    size_t below = band->closed ? band->rows + 1 : band->rows;

    for (size_t r = 0; r < below; r++)
        paint_horizontal(&cover, r, strip);
    for (unsigned c = 0; c <= band->table->columns; c++)
        paint_vertical(&cover, c, strip);
}

/* Paints rules and parts in scratch memory, where items may come one by one, and then gives the
 * strip just as many. */
static void
paint(const struct table_band *band, struct strip *strip)
{
    struct layout *layout = band->table->layout;
    struct arena_mark mark = arena_mark(layout->scratch);
    struct strip painted = {.count = 0};

    if (band->table->style->rule > 0)
        paint_rules(band, &painted);
    for (size_t i = 0; i < band->count; i++)
        paint_part(band, &band->part[i], &painted);
    strip->items = arena_array(layout->strips, painted.count, sizeof *strip->items);
    strip->count = strip->cap = painted.count;
    if (painted.count > 0)
        memcpy(strip->items, painted.items, painted.count * sizeof *strip->items);
    arena_reset(layout->scratch, mark);
}

void
table_band_strip(struct table_band *band, struct strip *strip)
{
    const struct table *table = band->table;
    int64_t height = band->y[band->rows];

    strip->height = (mpt)(height < STRIPS_HEIGHT_MAX ? height : STRIPS_HEIGHT_MAX);
    strip->node = table->row[band->first_row].node;
    strip->repeat = table->repeat;
    if (table->row[band->first_row + band->rows - 1].keep && !band->closed)
        strip->keep = KEEP_STRONG;
    if (band->first_row >= table->head_rows) {
        strip->split = table_band_split;
        strip->split_data = band;
    }
    /* what no paper can hold is parted before it is painted: painting it would cost time and
     * memory once for every page it ends up on */
    if (height > table->paper && strip->split != NULL)
        return;
    paint(band, strip);
    if (table->style->rule > 0 && !band->closed)
        put_rule(strip_foot(table->layout->strips, strip), table, table->x[0], height,
                 table->x[table->columns] - table->x[0], 0);
}
