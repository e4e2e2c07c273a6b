/* Tables: widths that content asks for, and columns that follow it: of a paragraph its widest part
 * as far as it is broken and its unbroken length, of what stands below each other the largest.
 * Nothing of it is kept. */
#include "base/arena.h"
#include "base/ascii.h"
#include "base/decimal.h"
#include "layout/table.h"
#include "layout/text.h"

/* No cell needs more. */
#define WIDTHS_BUDGET ((size_t)64 * 1024 * 1024)

/* No column gets narrower than so many sizes of its text for want of room: letters below each other
 * are no text. What is shorter needs no more than it has. */
#define FEW_SIZES 4

static int64_t
larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static void
at_least(struct widths *widths, enum need need, int64_t width)
{
    if (width > widths->of[need])
        widths->of[need] = width > UNIT_MAX ? UNIT_MAX : (mpt)width;
}

static void
widen_by(struct widths *widths, const struct widths *inner, int64_t around)
{
    for (enum need need = 0; need < NEEDS; need++)
        at_least(widths, need, inner->of[need] + around);
}

static void
widen_by_para(const struct para *para, const struct style_para *class, struct widths *widths)
{
    int64_t around = (int64_t) class->left + class->right;
    int64_t part = para_widest(para, BREAK_SYLLABLE), few = (int64_t) class->size * FEW_SIZES;

    at_least(widths, NEED_FEW,
             around + larger(para_widest(para, BREAK_NONE), few < part ? few : part));
    at_least(widths, NEED_PART, around + part);
    at_least(widths, NEED_WORD, around + para_widest(para, BREAK_COMPOUND));
    at_least(widths, NEED_WHOLE, around + para_widest(para, BREAK_GOOD));
    at_least(widths, NEED_LINE,
             around + para_natural(para) + (class->indent > 0 ? class->indent : 0));
}

static bool
widen_by_text(struct layout *layout, const struct node *owner, const struct node *first,
              const struct node *end, const struct style_para *class, struct widths *widths)
{
    struct inline_text content;

    if (class == NULL ||
        !inline_collect(layout, first, end, owner, class, UNIT_MAX, true, &content))
        return false;
    if (content.text.len == 0)
        return true;
    const struct para *para = set_shape(layout, owner, &content);
    if (para == NULL)
        return false;
    widen_by_para(para, class, widths);
    return true;
}

static bool measure_children(struct layout *layout, const struct node *parent,
                             const struct measure *measure, struct widths *widths);

static bool
widen_by_list(struct layout *layout, const struct node *list, const struct measure *measure,
              struct widths *widths)
{
    mpt indent = 0;

    if (!list_indent(layout, list, measure, &indent))
        return false;
    for (const struct node *item = list->first; item != NULL; item = item->next) {
        struct widths inner = {{0}};
        if (!measure_children(layout, item, measure, &inner))
            return false;
        widen_by(widths, &inner, indent);
    }
    return true;
}

static bool
widen_by_block(struct layout *layout, const struct node *node, const struct measure *measure,
               struct widths *widths)
{
    struct widths inner = {{0}};

    switch (node->element) {
    case ELEMENT_p:
    case ELEMENT_h1:
    case ELEMENT_h2:
    case ELEMENT_h3:
        return widen_by_text(layout, node, node->first, NULL,
                             paragraph_class(layout, node, measure), widths);
    case ELEMENT_ul:
    case ELEMENT_ol:
        return widen_by_list(layout, node, measure, widths);
    case ELEMENT_table:
        if (!table_widths(layout, node, measure, &inner))
            return false;
        break;
    case ELEMENT_img:
        if (!picture_width(layout, node, &inner.of[NEED_LINE]))
            return false;
        break;
    case ELEMENT_qr:
        if (!qr_width(layout, node, &inner.of[NEED_LINE]))
            return false;
        break;
    case ELEMENT_chart:
        inner.of[NEED_LINE] = measure->width;
        break;
    default:
        return measure_children(layout, node, measure, widths);
    }
    widen_by(widths, &inner, 0);
    return true;
}

static bool
measure_children(struct layout *layout, const struct node *parent, const struct measure *measure,
                 struct widths *widths)
{
    const struct node *node = parent->first;

    if (layout->depth >= LAYOUT_DEPTH_MAX) {
        diag_add(layout->diags, DIAG_LAYOUT_TOO_DEEP, parent->pos, NULL, NULL, NULL);
        return false;
    }
    layout->depth++;
    bool good = true;
    while (good && node != NULL) {
        const struct node *end = node;
        while (end != NULL && node_is_inline(end))
            end = end->next;
        if (end != node) {
            good = widen_by_text(layout, parent, node, end,
                                 paragraph_run_class(layout, parent, measure), widths);
            node = end;
        } else {
            good = widen_by_block(layout, node, measure, widths);
            node = node->next;
        }
    }
    layout->depth--;
    return good;
}

bool
block_widths(struct layout *layout, const struct node *parent, const struct measure *measure,
             struct widths *widths)
{
    struct arena_mark mark = arena_mark(layout->scratch);
    struct layout inner = *layout;

    *widths = (struct widths){{0}};
    /* everything that is set here is thrown away */
    inner.arena = arena_new(WIDTHS_BUDGET);
    inner.lines = NULL;
    bool good = measure_children(&inner, parent, measure, widths);
    arena_free(inner.arena);
    arena_reset(layout->scratch, mark);
    return good;
}

/* ---- widths of columns. They are fixed (2cm), shares of what is left (1*, 1.5*), or follow
 * their content (auto): between the widest word and the content without any line break; when the
 * words have no room, words are broken in the widest columns. No head is to part a word, where
 * other columns have room to give (fit_heads()). */

/* A share is counted in thousandths. */
#define SHARE_PLACES 3
#define SHARE_MAX 1000000

/* What roundings of lengths may add up to. */
#define SLACK (UNIT_PT / 10)

struct column {
    enum { COLUMN_AUTO, COLUMN_FIXED, COLUMN_SHARE } kind;
    int64_t share;
    int64_t need[NEEDS]; /* for a fixed one its width */
    int64_t head;        /* for the words of its heads */
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
    *column = (struct column){.kind = COLUMN_FIXED, .width = length};
    for (enum need need = 0; need < NEEDS; need++)
        column->need[need] = length;
    return true;
}

static bool
read_columns(const struct table *table, struct column column[TABLE_COLUMNS_MAX], unsigned *count)
{
    struct str rest = str_trim(node_get(table->node, ATTRIBUTE_table_columns));

    *count = 0;
    while (rest.len > 0) {
        size_t end = 0;
        while (end < rest.len && !ascii_is_space(rest.ptr[end]))
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

/* ---- what cells ask for */

/* Makes columns of a cell wide enough for it: what is missing goes evenly to those that are not
 * fixed. */
static void
widen(struct column *column, const struct table_cell *cell, enum need need, int64_t width)
{
    unsigned from = cell->column, to = from + cell->colspan, open = 0;

    for (unsigned c = from; c < to; c++) {
        width -= column[c].need[need];
        open += column[c].kind != COLUMN_FIXED;
    }
    for (unsigned c = from; c < to && open > 0; c++) {
        if (column[c].kind == COLUMN_FIXED)
            continue;
        int64_t more = width > 0 ? (width + open - 1) / open : 0;
        column[c].need[need] += more;
        if (need > 0 && column[c].need[need] < column[c].need[need - 1])
            column[c].need[need] = column[c].need[need - 1];
        width -= more;
        open--;
    }
}

/* What a cell is measured for. */
struct purpose {
    bool spanning; /* cells over several columns, else the others */
    bool content;  /* all that widths follow, else only heads */
};

static bool
measure_cell(const struct table *table, const struct table_cell *cell,
             const struct measure *measure, struct column *column, struct purpose purpose)
{
    struct measure inner = table_cell_measure(table, cell, measure);
    bool fixed = cell->colspan == 1 && column[cell->column].kind == COLUMN_FIXED;
    int64_t pad = 2 * (int64_t)table->style->pad_x;
    struct widths widths;

    inner.width = measure->width;
    if ((!purpose.content || fixed) && (!table_is_head(cell) || purpose.spanning))
        return true;
    if (inner.class == NULL || !block_widths(table->layout, cell->node, &inner, &widths))
        return false;
    if (!table_is_head(cell))
        widths.of[NEED_WHOLE] = widths.of[NEED_WORD];
    else if (!purpose.spanning && widths.of[NEED_WHOLE] + pad > column[cell->column].head)
        column[cell->column].head = widths.of[NEED_WHOLE] + pad;
    for (enum need need = 0; need < NEEDS && purpose.content; need++)
        widen(column, cell, need, widths.of[need] + pad);
    return !layout_over(table->layout);
}

static bool
measure_cells(const struct table *table, const struct measure *measure, struct column *column,
              struct purpose purpose)
{
    for (size_t i = 0; i < table->cell_count; i++) {
        const struct table_cell *cell = &table->cell[i];
        if ((cell->colspan > 1) == purpose.spanning && cell->node->element != ELEMENT_tr &&
            !measure_cell(table, cell, measure, column, purpose))
            return false;
    }
    return true;
}

/* Single cells first: what they need is what spanning ones find. */
static bool
measure_columns(const struct table *table, const struct measure *measure, struct column *column,
                bool content)
{
    for (unsigned c = 0; c < table->columns; c++) {
        for (enum need need = 0; need < NEEDS && column[c].kind != COLUMN_FIXED; need++)
            column[c].need[need] = 2 * (int64_t)table->style->pad_x + UNIT_PT;
    }
    return measure_cells(table, measure, column, (struct purpose){false, content}) &&
           measure_cells(table, measure, column, (struct purpose){true, content});
}

/* ---- widths */

struct sums {
    int64_t fixed, share;
    int64_t by_content[NEEDS], by_share[NEEDS];
};

static struct sums
add_up(const struct column *column, unsigned count)
{
    struct sums sums = {0};

    for (unsigned c = 0; c < count; c++) {
        int64_t *needs = column[c].kind == COLUMN_SHARE ? sums.by_share : sums.by_content;
        if (column[c].kind == COLUMN_FIXED) {
            sums.fixed += column[c].width;
            continue;
        }
        sums.share += column[c].share;
        for (enum need need = 0; need < NEEDS; need++)
            needs[need] += column[c].need[need];
    }
    return sums;
}

/* Columns by content get what they ask for when there is room; else their words and a part of the
 * room that is left, by what they miss. */
static void
set_auto(struct column *column, unsigned count, const struct sums *sums, int64_t room)
{
    int64_t given = 0, missed = 0;
    int64_t wanted = sums->by_content[NEED_LINE] - sums->by_content[NEED_WHOLE];
    int64_t more = room - sums->by_content[NEED_WHOLE];

    if (more > wanted)
        more = wanted;
    for (unsigned c = 0; c < count; c++) {
        if (column[c].kind != COLUMN_AUTO)
            continue;
        missed += column[c].need[NEED_LINE] - column[c].need[NEED_WHOLE];
        int64_t upto = wanted > 0 ? more * missed / wanted : 0;
        column[c].width = column[c].need[NEED_WHOLE] + upto - given;
        given = upto;
    }
}

/* Width of a column of which the words are broken so that it is no wider than `most`, if it can. */
static int64_t
squeezed(const struct column *column, enum need need, int64_t most)
{
    if (column->need[need + 1] <= most)
        return column->need[need + 1];
    return column->need[need] > most ? column->need[need] : most;
}

/* When what they ask for next to `need` has no room, the widest ones give way. */
static void
squeeze_auto(struct column *column, unsigned count, enum need need, int64_t room)
{
    int64_t low = 0, high = UNIT_MAX;

    while (low < high) {
        int64_t most = (low + high + 1) / 2, sum = 0;
        for (unsigned c = 0; c < count; c++)
            sum += column[c].kind == COLUMN_AUTO ? squeezed(&column[c], need, most) : 0;
        if (sum <= room)
            low = most;
        else
            high = most - 1;
    }
    for (unsigned c = 0; c < count; c++) {
        if (column[c].kind == COLUMN_AUTO)
            column[c].width = squeezed(&column[c], need, low);
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

/* The best that there is room for: words whole, or broken at such places at least. */
static enum need
affordable(const struct sums *sums, int64_t room)
{
    enum need need = NEED_WHOLE;

    while (need > 0 && sums->by_content[need] + sums->by_share[need] > room + SLACK)
        need--;
    return need;
}

static bool
set_widths(const struct table *table, struct column *column, mpt width)
{
    struct sums sums = add_up(column, table->columns);
    int64_t room = width - sums.fixed, needed = 0;
    int64_t smallest = 2 * (int64_t)table->style->pad_x + UNIT_PT;
    enum need need = affordable(&sums, room);

    if (room < sums.by_content[need] - SLACK)
        return fail_too_wide(table, sums.fixed + sums.by_content[need] + sums.by_share[need],
                             width);
    int64_t for_auto = room - sums.by_share[need];
    if (for_auto < sums.by_content[need])
        for_auto = sums.by_content[need];
    if (need == NEED_WHOLE)
        set_auto(column, table->columns, &sums, for_auto);
    else
        squeeze_auto(column, table->columns, need, for_auto);
    for (unsigned c = 0; c < table->columns; c++)
        room -= column[c].kind == COLUMN_AUTO ? column[c].width : 0;
    set_shares(column, table->columns, &sums, room);
    for (unsigned c = 0; c < table->columns; c++)
        needed += column[c].width < smallest ? smallest : column[c].width;
    return needed <= width + SLACK || fail_too_wide(table, needed, width);
}

/* ---- words of heads */

/* What a column can give to others without parting words of its own. */
static int64_t
spare(const struct column *column)
{
    int64_t least = larger(column->need[NEED_WHOLE], column->head);

    return column->kind == COLUMN_FIXED || column->width < least ? 0 : column->width - least;
}

/* Heads over several columns: what these miss is shared evenly. */
static bool
measure_wide_heads(const struct table *table, const struct measure *measure, struct column *column)
{
    for (size_t i = 0; i < table->cell_count; i++) {
        const struct table_cell *cell = &table->cell[i];
        unsigned from = cell->column, to = from + cell->colspan;
        struct measure inner = table_cell_measure(table, cell, measure);
        struct widths widths;
        if (cell->colspan < 2 || !table_is_head(cell))
            continue;
        inner.width = measure->width;
        if (inner.class == NULL || !block_widths(table->layout, cell->node, &inner, &widths))
            return false;
        int64_t missing = widths.of[NEED_WHOLE] + 2 * (int64_t)table->style->pad_x;
        for (unsigned c = from; c < to; c++)
            missing -= larger(column[c].head, column[c].width);
        for (unsigned c = from; c < to && missing > 0; c++) {
            int64_t more = (missing + (to - c) - 1) / (to - c);
            column[c].head = larger(column[c].head, column[c].width) + more;
            missing -= more;
        }
    }
    return true;
}

/* A head that asks for more than this many times its column's width, as an address may, is broken:
 * what the template says of widths is to be seen. */
#define HEAD_GROWTH 2

/* Makes columns wide enough for the words of their heads: out of the room beside the table, then
 * out of columns that are not fixed. All of them or none: half of it would part words as well. */
static void
fit_heads(struct column *column, unsigned count, mpt width)
{
    int64_t missing = 0, beside = width, all = 0, sum = 0, taken = 0;

    for (unsigned c = 0; c < count; c++) {
        if (column[c].head > HEAD_GROWTH * column[c].width)
            column[c].head = 0;
        missing += column[c].head > column[c].width ? column[c].head - column[c].width : 0;
        beside -= column[c].width;
        all += spare(&column[c]);
    }
    beside = beside > 0 ? beside : 0;
    if (missing == 0 || missing > beside + all)
        return;
    int64_t take = missing > beside ? missing - beside : 0;
    for (unsigned c = 0; c < count; c++) {
        sum += spare(&column[c]);
        int64_t upto = all > 0 ? take * sum / all : 0;
        if (column[c].head > column[c].width)
            column[c].width = column[c].head;
        else
            column[c].width -= upto - taken;
        taken = upto;
    }
}

/* ---- all of it */

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
    /* measuring shapes all text: only where a width depends on it, else heads alone */
    return measure_columns(table, measure, column, by_content);
}

bool
table_columns(struct table *table, const struct measure *measure)
{
    struct column column[TABLE_COLUMNS_MAX];
    int64_t total = 0;

    if (!read_and_measure(table, measure, column, false) ||
        !set_widths(table, column, measure->width) || !measure_wide_heads(table, measure, column))
        return false;
    fit_heads(column, table->columns, measure->width);
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
table_needs(struct table *table, const struct measure *measure, struct widths *widths)
{
    struct column column[TABLE_COLUMNS_MAX];

    if (!read_and_measure(table, measure, column, true))
        return false;
    for (enum need need = 0; need < NEEDS; need++) {
        int64_t sum = 0;
        for (unsigned c = 0; c < table->columns; c++)
            sum += column[c].need[need];
        widths->of[need] = (mpt)(sum > UNIT_MAX ? UNIT_MAX : sum);
    }
    return true;
}
