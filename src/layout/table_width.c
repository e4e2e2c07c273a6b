/* Tables: widths of columns. They are fixed (2cm), shares of what is left (1*, 1.5*), or follow
 * their content (auto): between the widest word and the content without any line break. */
#include "base/arena.h"
#include "base/decimal.h"
#include "layout/table_grid.h"

/* A share is counted in thousandths. */
#define SHARE_PLACES 3
#define SHARE_MAX 1000000

/* What roundings of lengths may add up to. */
#define SLACK (UNIT_PT / 10)

struct column {
    enum { COLUMN_AUTO, COLUMN_FIXED, COLUMN_SHARE } kind;
    int64_t share;
    int64_t least, natural; /* for a fixed one its width */
    int64_t width;
};

static bool
fail_attribute(const struct table *table)
{
    const struct node_attribute *attribute = node_find(table->node, ATTRIBUTE_table_columns);
    struct diags *diags = table->layout->diags;

    diag_add(diags, DIAG_LAYOUT_TABLE_COLUMNS, attribute->pos, diag_str(diags, attribute->value),
             diag_printf(diags, "%d", TABLE_COLUMNS_MAX), NULL);
    return false;
}

static bool
read_share(struct str text, struct column *column)
{
    struct decimal share = {1, 0};

    if (text.len > 0 && !decimal_parse(text, &share))
        return false;
    if (!decimal_round(share, SHARE_PLACES, &share) || share.units < 1 || share.units > SHARE_MAX)
        return false;
    *column = (struct column){.kind = COLUMN_SHARE, .share = share.units};
    return true;
}

static bool
read_column(struct str word, struct column *column)
{
    mpt length;

    if (str_is(word, "auto")) {
        *column = (struct column){.kind = COLUMN_AUTO};
        return true;
    }
    if (str_ends(word, STR("*")))
        return read_share(str_sub(word, 0, word.len - 1), column);
    if (!unit_parse(word, &length) || length <= 0)
        return false;
    *column = (struct column){COLUMN_FIXED, 0, length, length, length};
    return true;
}

static bool
read_columns(const struct table *table, struct column column[TABLE_COLUMNS_MAX], unsigned *count)
{
    struct str rest = str_trim(node_get(table->node, ATTRIBUTE_table_columns));

    *count = 0;
    while (rest.len > 0) {
        size_t end = 0;
        while (end < rest.len && rest.ptr[end] != ' ' && rest.ptr[end] != '\t' &&
               rest.ptr[end] != '\n')
            end++;
        if (*count == TABLE_COLUMNS_MAX || !read_column(str_sub(rest, 0, end), &column[*count]))
            return fail_attribute(table);
        ++*count;
        rest = str_trim(str_sub(rest, end, rest.len));
    }
    return true;
}

bool
table_named_columns(struct table *table, unsigned *count)
{
    struct column column[TABLE_COLUMNS_MAX];

    return read_columns(table, column, count);
}

/* Makes columns from..to-1 wide enough for a cell over them: what is missing goes evenly to those
 * that are not fixed. */
static void
widen(struct column *column, unsigned from, unsigned to, int64_t least, int64_t natural)
{
    unsigned open = 0;

    for (unsigned c = from; c < to; c++) {
        least -= column[c].least;
        natural -= column[c].natural;
        open += column[c].kind != COLUMN_FIXED;
    }
    for (unsigned c = from; c < to && open > 0; c++) {
        if (column[c].kind == COLUMN_FIXED)
            continue;
        int64_t more = least > 0 ? (least + open - 1) / open : 0;
        int64_t wider = natural > 0 ? (natural + open - 1) / open : 0;
        column[c].least += more;
        column[c].natural += wider;
        if (column[c].natural < column[c].least)
            column[c].natural = column[c].least;
        least -= more;
        natural -= wider;
        open--;
    }
}

static bool
measure_cells(const struct table *table, const struct measure *measure, struct column *column,
              bool spanning)
{
    for (size_t i = 0; i < table->cell_count; i++) {
        const struct table_cell *cell = &table->cell[i];
        mpt least = 0, natural = 0;
        bool fixed = cell->colspan == 1 && column[cell->column].kind == COLUMN_FIXED;
        if ((cell->colspan > 1) != spanning || fixed || cell->node->element == ELEMENT_tr)
            continue;
        struct measure inner = table_cell_measure(table, cell, measure);
        inner.width = measure->width;
        if (inner.class == NULL ||
            !block_widths(table->layout, cell->node, &inner, &least, &natural))
            return false;
        int64_t pad = 2 * (int64_t)table->style->pad_x;
        widen(column, cell->column, cell->column + cell->colspan, least + pad, natural + pad);
        if (layout_over(table->layout))
            return false;
    }
    return true;
}

/* Single cells first: what they need is what spanning ones find. */
static bool
measure_columns(const struct table *table, const struct measure *measure, struct column *column)
{
    for (unsigned c = 0; c < table->columns; c++) {
        if (column[c].kind != COLUMN_FIXED)
            column[c].least = column[c].natural = 2 * (int64_t)table->style->pad_x + UNIT_PT;
    }
    return measure_cells(table, measure, column, false) &&
           measure_cells(table, measure, column, true);
}

struct sums {
    int64_t fixed, least, natural; /* of fixed columns; of those by content */
    int64_t share, share_least;
};

static struct sums
add_up(const struct column *column, unsigned count)
{
    struct sums sums = {0};

    for (unsigned c = 0; c < count; c++) {
        if (column[c].kind == COLUMN_FIXED) {
            sums.fixed += column[c].width;
        } else if (column[c].kind == COLUMN_SHARE) {
            sums.share += column[c].share;
            sums.share_least += column[c].least;
        } else {
            sums.least += column[c].least;
            sums.natural += column[c].natural;
        }
    }
    return sums;
}

/* Columns by content get what they ask for when there is room; else their least width and a part
 * of the room that is left, by what they miss. */
static void
set_auto(struct column *column, unsigned count, const struct sums *sums, int64_t room)
{
    int64_t given = 0, missed = 0;
    int64_t more = room < sums->natural ? room - sums->least : sums->natural - sums->least;
    int64_t wanted = sums->natural - sums->least;

    for (unsigned c = 0; c < count; c++) {
        if (column[c].kind != COLUMN_AUTO)
            continue;
        missed += column[c].natural - column[c].least;
        int64_t upto = wanted > 0 ? more * missed / wanted : 0;
        column[c].width = column[c].least + upto - given;
        given = upto;
    }
}

static void
set_shares(struct column *column, unsigned count, const struct sums *sums, int64_t room)
{
    int64_t given = 0, shares = 0;

    for (unsigned c = 0; c < count && sums->share > 0; c++) {
        if (column[c].kind != COLUMN_SHARE)
            continue;
        shares += column[c].share;
        int64_t upto = room * shares / sums->share;
        column[c].width = upto - given;
        given = upto;
    }
}

static bool
fail_too_wide(const struct table *table, int64_t needed, mpt width)
{
    struct layout *layout = table->layout;

    diag_add(layout->diags, DIAG_LAYOUT_TABLE_TOO_WIDE, table->node->pos, layout_cm(layout, needed),
             layout_cm(layout, width), NULL);
    return false;
}

static bool
set_widths(const struct table *table, struct column *column, mpt width)
{
    struct sums sums = add_up(column, table->columns);
    int64_t room = width - sums.fixed, needed = 0;
    int64_t smallest = 2 * (int64_t)table->style->pad_x + UNIT_PT;

    if (room < sums.least - SLACK)
        return fail_too_wide(table, sums.fixed + sums.least + sums.share_least, width);
    int64_t for_auto = room - sums.share_least;
    set_auto(column, table->columns, &sums, for_auto < sums.least ? sums.least : for_auto);
    for (unsigned c = 0; c < table->columns; c++)
        room -= column[c].kind == COLUMN_AUTO ? column[c].width : 0;
    set_shares(column, table->columns, &sums, room);
    for (unsigned c = 0; c < table->columns; c++)
        needed += column[c].width < smallest ? smallest : column[c].width;
    return needed <= width + SLACK || fail_too_wide(table, needed, width);
}

static bool
read_and_measure(struct table *table, const struct measure *measure, struct column *column,
                 bool always)
{
    unsigned count = 0;
    bool by_content = always;

    if (!read_columns(table, column, &count))
        return false;
    for (unsigned c = count; c < table->columns; c++)
        column[c] = (struct column){.kind = COLUMN_AUTO};
    for (unsigned c = 0; c < table->columns; c++)
        by_content = by_content || column[c].kind == COLUMN_AUTO;
    /* measuring shapes all text: only where a width depends on it */
    return !by_content || measure_columns(table, measure, column);
}

bool
table_columns(struct table *table, const struct measure *measure)
{
    struct column column[TABLE_COLUMNS_MAX];
    int64_t total = 0;

    if (!read_and_measure(table, measure, column, false) ||
        !set_widths(table, column, measure->width))
        return false;
    for (unsigned c = 0; c < table->columns; c++)
        total += column[c].width;
    int64_t x = (measure->width - total) / 2;
    table->x[0] = (mpt)x;
    for (unsigned c = 0; c < table->columns; c++) {
        x += column[c].width;
        table->x[c + 1] = (mpt)x;
    }
    return true;
}

bool
table_needs(struct table *table, const struct measure *measure, mpt *least, mpt *natural)
{
    struct column column[TABLE_COLUMNS_MAX];
    int64_t sum_least = 0, sum_natural = 0;

    if (!read_and_measure(table, measure, column, true))
        return false;
    for (unsigned c = 0; c < table->columns; c++) {
        sum_least += column[c].least;
        sum_natural += column[c].natural;
    }
    *least = (mpt)(sum_least > UNIT_MAX ? UNIT_MAX : sum_least);
    *natural = (mpt)(sum_natural > UNIT_MAX ? UNIT_MAX : sum_natural);
    return true;
}
