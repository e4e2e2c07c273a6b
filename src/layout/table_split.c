/* Tables: parting a band of rows at a page end. Where it can, the page ends between two rows of
 * the band; else it ends inside its first row, between strips of the cells, each cell going on
 * with its own on the next page. It does so such that neither page gets only a scrap of the row:
 * if need be the row is parted higher up, or goes to the next page as a whole. Only a row that no
 * page can hold is parted in any way there is. */
#include "base/arena.h"
#include "layout/table_grid.h"

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
        const struct strip *strip = table_part_strip(part, i);
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
    while (mid > part->from && table_part_strip(part, mid - 1)->keep >= strength)
        mid--;
    return mid;
}

/* Parts the strip that did not fit, when it can be: a row of a table in the cell. */
static bool
cut_strip(struct layout *layout, const struct table_part *part, int64_t left, bool force,
          struct cut *cut)
{
    const struct strip *strip = table_part_strip(part, cut->mid);
    const struct strip *above = cut->mid > part->from ? table_part_strip(part, cut->mid - 1) : NULL;
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
    table_band_heights(halves->upper);
    table_band_heights(halves->rest);
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
        const struct strip *strip = table_part_strip(part, i);
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

bool
table_band_split(struct layout *layout, const struct strip *strip, mpt room, bool force,
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
        table_band_strip(halves.upper, upper);
        table_band_strip(halves.rest, rest);
        upper->keep = KEEP_NONE;
        upper->split = NULL;
        if (upper->height < strip->height && rest->height < strip->height)
            return true;
        arena_reset(layout->arena, mark);
    }
    return false;
}
