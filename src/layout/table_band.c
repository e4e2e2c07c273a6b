/* Tables: bands of rows as strips. A band paints its cells in reading order, the rules inside it,
 * those at its sides and the one above it; the one below is the next band's, or the foot's when a
 * page ends there. So every rule is painted once, in the longest pieces there are, with its ends
 * on the middles of the rules it meets. */
#include <string.h>

#include "base/arena.h"
#include "layout/table.h"

/* The part of a cell that stands in one band. */
struct table_part {
    const struct table_cell *cell;
    unsigned row, rowspan; /* in the band */
    size_t from, to;       /* strips of its content */
    /* strips that stand for the first and the last one, where a page end parted them, or NULL */
    const struct strip *first, *last;
    bool parted;  /* stands at the top, whatever its valign */
    bool goes_on; /* a page ends below it, and there is more of it */
};

/* Rows that spans tie together, or what a page end leaves of them: one strip. */
struct table_band {
    const struct table *table;
    size_t first_row, rows; /* in the table */
    struct table_part *part;
    size_t count;
    int64_t *y;  /* tops of the rows and the bottom of the last, rows + 1 of them */
    bool closed; /* the last of the table: paints the rule below itself */
};

/* A strip of a part, by its index in the cell. */
static const struct strip *
part_strip(const struct table_part *part, size_t index)
{
    if (index == part->from && part->first != NULL)
        return part->first;
    if (index + 1 == part->to && part->last != NULL)
        return part->last;
    return &part->cell->content.strip[index];
}

static int64_t
part_height(const struct table_part *part)
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
    int64_t height = part_height(part);

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

/* Computes y from the parts. */
static void
compute_heights(struct table_band *band)
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
        spare < part_strip(part, part->from)->height / 2)
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
    int64_t spare = room - part_height(part);

    y += space_above(part, spare);
    for (size_t i = part->from; i < part->to; i++) {
        const struct strip *line = part_strip(part, i);
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

static bool split_band(struct layout *layout, const struct strip *strip, mpt room, bool force,
                       struct strip *upper, struct strip *rest);

/* Fills a zeroed strip: height, items (when it fits on a page), foot, split. */
static void
to_strip(struct table_band *band, struct strip *strip)
{
    const struct table *table = band->table;
    int64_t height = band->y[band->rows];

    strip->height = (mpt)(height < STRIPS_HEIGHT_MAX ? height : STRIPS_HEIGHT_MAX);
    strip->node = table->row[band->first_row].node;
    strip->repeat = table->repeat;
    if (table->row[band->first_row + band->rows - 1].keep && !band->closed)
        strip->keep = KEEP_STRONG;
    if (band->first_row >= table->head_rows) {
        strip->split = split_band;
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

void
table_band(const struct table *table, size_t from, size_t to, struct strip *strip)
{
    struct arena *arena = table->layout->strips;
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
    compute_heights(band);
    to_strip(band, strip);
}

/* ---- parting a band of rows at a page end. Where it can, the page ends between two rows of
 * the band; else it ends inside its first row, between strips of the cells, each cell going on
 * with its own on the next page. It does so such that neither page gets only a scrap of the row:
 * if need be the row is parted higher up, or goes to the next page as a whole. Only a row that no
 * page can hold is parted in any way there is. */

/* Least number of lines of a cell on either side. */
#define SCRAP_LINES 2

/* Least number of lines of the longest cell of a row on either side. */
#define SIDE_LINES 3

/* The same for what goes on when it is a single cell, of a row that fits on a page. */
#define ALONE_LINES 5

/* A row with as many lines can be parted. */
#define PARTED_LINES ((size_t)2 * SIDE_LINES)

/* A row that fits on a page rather goes to the next one as a whole when the room that it leaves
 * blank is less than this part of a page, in 1/100; with the second when else a single cell would
 * go on. */
#define BLANK_PART 16
#define BLANK_PART_ALONE 40

/* How a part is cut: strips before `mid` stay; `last` and `first` are the halves of a strip that
 * was itself parted (`last` then stands for strip mid - 1, `first` for the same one, which is
 * first of what goes on). */
struct cut {
    size_t mid;
    const struct strip *last, *first;
};

/* Number of strips from part->from on that fit into `room`; *left is what remains. */
static size_t
strips_that_fit(const struct table_part *part, int64_t room, int64_t *left)
{
    const struct strip *above = NULL;
    size_t i = part->from;

    *left = room;
    for (; i < part->to; i++) {
        const struct strip *strip = part_strip(part, i);
        int64_t need = (int64_t)strip_gap(above, strip) + strip->height;
        if (need > *left)
            break;
        *left -= need;
        above = strip;
    }
    return i;
}

/* Goes back from `mid` to where no hold of this strength or a stronger one is broken. */
static size_t
respect_keeps(const struct table_part *part, size_t mid, enum keep strength)
{
    while (mid > part->from && part_strip(part, mid - 1)->keep >= strength)
        mid--;
    return mid;
}

/* Parts the strip that did not fit, when it can be: a row of a table in the cell. */
static bool
cut_strip(struct layout *layout, const struct table_part *part, int64_t left, bool force,
          struct cut *cut)
{
    const struct strip *strip = part_strip(part, cut->mid);
    const struct strip *above = cut->mid > part->from ? part_strip(part, cut->mid - 1) : NULL;
    int64_t room = left - strip_gap(above, strip);

    if (strip->split == NULL || room <= 0)
        return false;
    struct strip *upper = arena_alloc(layout->arena, sizeof *upper);
    struct strip *rest = arena_alloc(layout->arena, sizeof *rest);
    if (!strip->split(layout, strip, (mpt)room, force && above == NULL, upper, rest))
        return false;
    *cut = (struct cut){cut->mid + 1, upper, rest};
    return true;
}

/* True when neither side of a cut is a scrap. */
static bool
is_clean(const struct table_part *part, const struct cut *cut)
{
    size_t up = cut->mid - part->from, down = part->to - cut->mid;

    if (part->from == part->to || cut->mid == part->to || cut->first != NULL)
        return part->from == part->to || up > 0;
    return up >= SCRAP_LINES && down >= SCRAP_LINES;
}

/* Cuts a part at `room`. With `ugly`, anything that leaves something is good. */
static bool
cut_part(struct layout *layout, const struct table_part *part, int64_t room, bool ugly,
         struct cut *cut)
{
    int64_t left = 0;
    size_t fit = strips_that_fit(part, room, &left);

    *cut = (struct cut){.mid = fit};
    if (fit == part->to)
        return true;
    if (cut_strip(layout, part, left, ugly, cut))
        return is_clean(part, cut) || ugly;
    cut->mid = respect_keeps(part, fit, KEEP_WEAK);
    if (cut->mid == part->from)
        cut->mid = respect_keeps(part, fit, KEEP_STRONG);
    if (part->to - cut->mid < SCRAP_LINES && cut->mid - part->from > SCRAP_LINES) {
        size_t earlier = respect_keeps(part, cut->mid - 1, KEEP_STRONG);
        if (earlier > part->from)
            cut->mid = earlier;
    }
    if (ugly && cut->mid == part->from)
        cut->mid = fit;
    return ugly ? cut->mid > part->from : is_clean(part, cut);
}

/* ---- the two halves of a band */

struct halves {
    struct table_band *upper, *rest;
};

static struct table_band *
new_band(const struct table_band *whole, size_t first_row, size_t rows, size_t parts)
{
    struct arena *arena = whole->table->layout->arena;
    struct table_band *band = arena_alloc(arena, sizeof *band);

    band->table = whole->table;
    band->first_row = first_row;
    band->rows = rows;
    band->part = arena_array(arena, parts, sizeof *band->part);
    band->y = arena_array(arena, rows + 1, sizeof *band->y);
    return band;
}

/* Puts a part that begins before row `row` of the band into the halves; those rows of it that are
 * from `row` on go to the rest, and with `inside` row - 1 itself goes to both. */
static void
share_part(struct halves *halves, const struct table_part *part, unsigned row, bool inside,
           const struct cut *cut)
{
    unsigned end = part->row + part->rowspan, rest_from = inside ? row - 1 : row;
    struct table_part *upper = &halves->upper->part[halves->upper->count++];

    *upper = *part;
    if (end > row)
        upper->rowspan = row - part->row;
    if (end <= rest_from)
        return;
    struct table_part *rest = &halves->rest->part[halves->rest->count++];
    *rest = *part;
    rest->row = 0;
    rest->rowspan = end - rest_from;
    upper->to = cut->mid;
    upper->last = cut->last;
    rest->from = cut->first != NULL ? cut->mid - 1 : cut->mid;
    rest->first = cut->first;
    if (upper->to == upper->from || (cut->last != NULL && upper->to == upper->from + 1))
        upper->first = NULL;
    if (rest->from > part->from && cut->first == NULL)
        rest->first = NULL;
    if (rest->from == rest->to)
        rest->last = NULL;
    upper->parted = rest->parted = true;
    upper->goes_on = rest->from < rest->to;
}

/* The halves of a band cut above row `row`, or inside row - 1. False when a cell cannot be cut. */
static bool
halve(const struct table_band *band, unsigned row, bool inside, int64_t room, bool ugly,
      struct halves *halves)
{
    const struct style_table *style = band->table->style;
    size_t rest_from = inside ? row - 1 : row;

    halves->upper = new_band(band, band->first_row, row, band->count);
    halves->rest = new_band(band, band->first_row + rest_from, band->rows - rest_from, band->count);
    halves->rest->closed = band->closed;
    for (size_t i = 0; i < band->count; i++) {
        const struct table_part *part = &band->part[i];
        struct cut cut = {.mid = part->to};
        if (part->row >= row) {
            struct table_part *rest = &halves->rest->part[halves->rest->count++];
            *rest = *part;
            rest->row -= (unsigned)rest_from;
            continue;
        }
        int64_t inner = room - band->y[part->row] - style->pad_top - style->pad_bottom;
        if (part->row + part->rowspan > rest_from &&
            !cut_part(band->table->layout, part, inner, ugly, &cut) && (inside || !ugly))
            return false;
        share_part(halves, part, row, inside, &cut);
    }
    compute_heights(halves->upper);
    compute_heights(halves->rest);
    return true;
}

/* Ends the page above the lowest row of the band that lets what is above it fit. */
static bool
cut_between_rows(const struct table_band *band, int64_t room, bool ugly, struct halves *halves)
{
    struct arena *arena = band->table->layout->arena;
    struct arena_mark mark = arena_mark(arena);
    size_t row = band->rows - 1;

    while (row > 0 && band->y[row] > room)
        row--;
    for (; row > 0; row--) {
        arena_reset(arena, mark); /* a band of many rows takes much room each time */
        bool held = band->table->row[band->first_row + row - 1].keep && !ugly;
        if (!held && halve(band, (unsigned)row, false, band->y[row], ugly, halves) &&
            halves->upper->y[row] <= room)
            return true;
    }
    return false;
}

/* Lines of a part; what can be parted by itself looks after its own scraps. */
static size_t
count_lines(const struct table_part *part)
{
    size_t lines = 0;

    for (size_t i = part->from; i < part->to && lines < PARTED_LINES; i++) {
        const struct strip *strip = part_strip(part, i);
        bool several = strip->split != NULL || strip == part->first || strip == part->last;
        lines += several ? PARTED_LINES : 1;
    }
    return lines;
}

/* Lines of the longest cell of the first row (not counted beyond what matters), and how many cells
 * have any. */
static size_t
longest_cell(const struct table_band *band, size_t *cells)
{
    size_t most = 0;

    *cells = 0;
    for (size_t i = 0; i < band->count; i++) {
        const struct table_part *part = &band->part[i];
        size_t lines = part->row == 0 ? count_lines(part) : 0;
        *cells += lines > 0;
        if (lines > most)
            most = lines;
    }
    return most;
}

static int64_t
repeat_height(const struct table *table)
{
    return table->repeat == NULL ? 0 : strips_height(table->repeat, 0, table->repeat->count);
}

static bool
fits_a_page(const struct table_band *band)
{
    return band->y[band->rows] + repeat_height(band->table) <= band->table->page_room;
}

/* Cuts inside the first row such that at least SIDE_LINES stand on either side, and of a row that
 * fits on a page such that no single cell goes on with a few lines, even if that leaves some more
 * lines blank. */
static bool
cut_cleanly(const struct table_band *band, int64_t room, struct halves *halves)
{
    struct arena *arena = band->table->layout->arena;
    struct arena_mark mark = arena_mark(arena);
    bool fits = fits_a_page(band);
    size_t cells = 0, all = longest_cell(band, &cells), several = cells;
    int64_t good = 0, page = band->table->page_room;

    if (all < PARTED_LINES || (fits && room * 100 < page * BLANK_PART))
        return false;
    for (int64_t limit = room; limit * 2 >= room; limit = halves->upper->y[1] - 1) {
        arena_reset(arena, mark);
        if (!halve(band, 1, true, limit, false, halves) ||
            longest_cell(halves->upper, &cells) < SIDE_LINES || halves->upper->y[1] > limit)
            break;
        size_t carried = longest_cell(halves->rest, &cells);
        if (carried < SIDE_LINES)
            continue;
        if (cells > 1 || several == 1 || !fits || carried >= ALONE_LINES)
            return true;
        if (good == 0)
            good = limit;
    }
    arena_reset(arena, mark);
    return good > 0 && room * 100 >= page * BLANK_PART_ALONE &&
           halve(band, 1, true, good, false, halves);
}

static bool
cut_inside_row(const struct table_band *band, int64_t room, bool ugly, struct halves *halves)
{
    size_t cells = 0;

    if (!ugly)
        return cut_cleanly(band, room, halves);
    return halve(band, 1, true, room, true, halves) && longest_cell(halves->rest, &cells) > 0 &&
           halves->upper->y[1] <= room;
}

/* True for a band that no page can hold, when the room is half a page or more: it is parted there
 * in any way there is, so that nothing that holds on to it stands alone. */
static bool
must_part(const struct table_band *band, mpt room)
{
    const struct table *table = band->table;

    return band->y[band->rows] + repeat_height(table) > table->page_room &&
           (int64_t)room * 2 >= table->page_room;
}

/* The split() of such strips */
static bool
split_band(struct layout *layout, const struct strip *strip, mpt room, bool force,
           struct strip *upper, struct strip *rest)
{
    const struct table_band *band = strip->split_data;
    struct halves halves = {NULL, NULL};
    struct arena_mark mark = arena_mark(layout->arena);

    force = force || must_part(band, room);
    if (band->table->whole_rows && !force)
        return false;
    for (int ugly = 0; ugly <= force; ugly++) {
        if (!cut_between_rows(band, room, ugly, &halves) &&
            !cut_inside_row(band, room, ugly, &halves)) {
            arena_reset(layout->arena, mark);
            continue;
        }
        *upper = (struct strip){.before = strip->before};
        *rest = (struct strip){.after = strip->after};
        to_strip(halves.upper, upper);
        to_strip(halves.rest, rest);
        upper->keep = KEEP_NONE;
        upper->split = NULL;
        if (upper->height < strip->height && rest->height < strip->height)
            return true;
        arena_reset(layout->arena, mark);
    }
    return false;
}
