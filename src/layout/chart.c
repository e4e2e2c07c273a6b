/* Bar charts: title, a scale with grid lines, bars with their values above and their labels below.
 * Where bars are compared with others, these stand before them in pairs, lighter and with a line
 * around, which is told apart without colours too; a legend names both.
 * Heights of bars are exact parts of the scale (decimals, never floating point). Values and labels
 * never touch: a label is wrapped to the width of its bar's place, and both are set smaller where
 * a word is too long for it. */
#include "layout/text.h"

#include "base/arena.h"
#include "base/decimal.h"

/* Spaces, in 1/1000 of the size of the text beside them. */
#define GAP 350
#define LABEL_GAP 600  /* between labels */
#define LEGEND_BOX 550 /* side of the boxes in the legend */

/* What digits cover above and below their baseline, with a little room, in 1/1000 of their size. */
#define DIGITS_ABOVE 650
#define DIGITS_BELOW 150

/* Sizes are tried in steps of half a point. */
#define SIZE_STEP (UNIT_PT / 2)

#define DECIMALS_MAX 9

/* Parts of the scale that are tried; the first whose values need no more decimals than the maximum
 * is taken. */
static const int scale_parts[] = {5, 4, 2, 3};

/* A value as it is drawn. */
struct column {
    bool is_there;
    struct decimal value;
    struct set_text text; /* of the value */
};

enum series { SERIES_NOW, SERIES_BEFORE, SERIES_COUNT };

struct bar {
    const struct node *node;
    struct column column[SERIES_COUNT]; /* in a draft one's own may be still to be written */
    struct strips label;
    mpt label_height;
};

struct chart {
    struct layout *layout;
    const struct node *node;
    const struct measure *measure;
    const struct style *style;
    struct bar *bar;
    size_t count;
    bool pairs;                         /* a bar at least is compared with another */
    bool both_told;                     /* and the values of both are written */
    struct set_text name[SERIES_COUNT]; /* of the legend */
    struct decimal max;
    int ticks;             /* parts of the scale */
    struct set_text *tick; /* ticks + 1 of them */
    mpt axis_x;            /* left end of the bars' places */
    mpt label_room;        /* width of each label */
    mpt value_size;        /* nominal, of all values */
    mpt plot_top, plot_height;
};

/* ---- values */

static bool
fail_value(const struct chart *chart, struct str text, struct pos pos, const char *max)
{
    struct diags *diags = chart->layout->diags;

    diag_add(diags, DIAG_LAYOUT_CHART_VALUE, pos, diag_str(diags, text), max, NULL);
    return false;
}

static struct pos
attribute_pos(const struct node *node, enum attribute name)
{
    const struct node_attribute *attribute = node_find(node, name);

    return attribute == NULL ? node->pos : attribute->pos;
}

static bool
read_max(struct chart *chart)
{
    const struct decimal zero = {0, 0};
    struct str text = node_get(chart->node, ATTRIBUTE_chart_max);

    chart->max = (struct decimal){100, 0};
    if (text.len == 0 || (decimal_parse(text, &chart->max) && decimal_cmp(chart->max, zero) > 0))
        return true;
    diag_add(chart->layout->diags, DIAG_LAYOUT_CHART_MAX,
             attribute_pos(chart->node, ATTRIBUTE_chart_max), diag_str(chart->layout->diags, text),
             NULL, NULL);
    return false;
}

static bool
read_value(const struct chart *chart, const struct node *node, enum attribute name,
           struct column *column)
{
    const struct decimal zero = {0, 0};
    struct str text = node_get(node, name);
    int decimals = node_count(chart->node, ATTRIBUTE_chart_decimals, -1);
    struct diags *diags = chart->layout->diags;
    struct str max = decimal_text(chart->layout->arena, chart->max, false);
    bool good = decimal_parse(text, &column->value) && decimal_cmp(column->value, zero) >= 0 &&
                decimal_cmp(column->value, chart->max) <= 0 && decimals <= DECIMALS_MAX;

    if (good && decimals >= 0)
        good = decimal_round(column->value, (uint8_t)decimals, &column->value);
    column->is_there = good;
    return good || fail_value(chart, text, attribute_pos(node, name), diag_str(diags, max));
}

static bool
read_bar(struct chart *chart, struct bar *bar)
{
    bool is_open = node_get(bar->node, ATTRIBUTE_bar_value).len == 0 && chart->layout->job->draft;

    if (!is_open && !read_value(chart, bar->node, ATTRIBUTE_bar_value, &bar->column[SERIES_NOW]))
        return false;
    if (node_get(bar->node, ATTRIBUTE_bar_before).len == 0)
        return true;
    chart->pairs = chart->both_told = true;
    return read_value(chart, bar->node, ATTRIBUTE_bar_before, &bar->column[SERIES_BEFORE]);
}

static bool
read_bars(struct chart *chart)
{
    struct arena *arena = chart->layout->arena;
    size_t cap = 0;

    for (const struct node *n = chart->node->first; n != NULL; n = n->next)
        cap += node_is_a(n, ELEMENT_bar);
    chart->bar = arena_array(arena, cap + 1, sizeof *chart->bar);
    for (const struct node *n = chart->node->first; n != NULL; n = n->next) {
        if (n->kind != NODE_ELEMENT || n->element != ELEMENT_bar)
            continue;
        struct bar *bar = &chart->bar[chart->count++];
        bar->node = n;
        if (!read_bar(chart, bar))
            return false;
    }
    return true;
}

/* length * value / max, rounded down: no bar is higher than its value. */
static mpt
part_of(mpt length, struct decimal value, struct decimal max)
{
    int64_t a = value.units, b = max.units;

    for (; value.places < max.places && a < INT64_MAX / 10; value.places++)
        a *= 10;
    for (; max.places < value.places && b < INT64_MAX / 10; max.places++)
        b *= 10;
    while (value.places > max.places) {
        a /= 10;
        value.places--;
    }
    while (max.places > value.places) {
        b /= 10;
        max.places--;
    }
    while (a > INT64_MAX / UNIT_MAX) { /* a <= b: the product shall fit */
        a /= 10;
        b /= 10;
    }
    return b <= 0 ? 0 : (mpt)(length * a / b);
}

/* ---- texts */

static mpt
gap(mpt size)
{
    return unit_scale(size, GAP, 1000);
}

static mpt
label_gap(mpt size)
{
    return unit_scale(size, LABEL_GAP, 1000);
}

static mpt
pitch_of(const struct chart *chart, mpt size)
{
    const struct style_para *class = style_find_para(chart->style, STR(CLASS_CELL));

    if (class == NULL || class->size <= 0)
        return size;
    int64_t pitch = (int64_t)size * class->pitch / class->size;
    return pitch > UNIT_MAX ? UNIT_MAX : unit_scale(size, class->pitch, class->size);
}

static bool
set_number(const struct chart *chart, const struct node *node, struct decimal number, mpt size,
           struct set_text *out)
{
    const struct text_look look = {
        .face = FONT_REGULAR, .size = size, .role = ROLE_FIGURE, .node = node};

    return text_set(chart->layout, &look, decimal_text(chart->layout->arena, number, false), out);
}

/* max * index / parts, without zeros at its end; false when it has no exact decimals. */
static bool
tick_value(struct decimal max, int index, int parts, struct decimal *out)
{
    struct decimal value = max;

    if (value.units > INT64_MAX / 10 / 10)
        return false;
    int64_t product = value.units * index;
    if (product % parts != 0)
        return false;
    value.units = product / parts;
    while (value.places > 0 && value.units % 10 == 0) {
        value.units /= 10;
        value.places--;
    }
    *out = value;
    return true;
}

/* The scale: parts of equal height whose values can be written down; else only 0 and max. */
static bool
make_scale(struct chart *chart)
{
    struct decimal value = {0, 0};

    chart->ticks = 1;
    for (size_t i = 0; i < sizeof scale_parts / sizeof scale_parts[0]; i++) {
        if (tick_value(chart->max, 1, scale_parts[i], &value)) {
            chart->ticks = scale_parts[i];
            break;
        }
    }
    chart->tick = arena_array(chart->layout->arena, (size_t)chart->ticks + 1, sizeof *chart->tick);
    for (int i = 0; i <= chart->ticks; i++) {
        value = chart->max;
        if (i == 0)
            value = (struct decimal){0, 0};
        else if (i < chart->ticks)
            (void)tick_value(chart->max, i, chart->ticks, &value);
        if (!set_number(chart, chart->node, value, chart->style->chart_label_size, &chart->tick[i]))
            return false;
        if (chart->tick[i].width > chart->axis_x)
            chart->axis_x = chart->tick[i].width;
    }
    chart->axis_x += gap(chart->style->chart_label_size);
    return true;
}

static mpt
place_width(const struct chart *chart)
{
    mpt width = chart->measure->width - chart->axis_x;

    return chart->count == 0 ? width : width / (mpt)chart->count;
}

static bool
fail_crowded(const struct chart *chart)
{
    struct diags *diags = chart->layout->diags;
    mpt width = chart->measure->width;

    diag_add(diags, DIAG_LAYOUT_CHART_CROWDED, chart->node->pos,
             diag_printf(diags, "%zu", chart->count), layout_cm(chart->layout, width), NULL);
    return false;
}

/* Sets the values of one column of each bar, and says how wide the widest is by then. */
static bool
set_column(const struct chart *chart, enum series series, mpt size, mpt *widest)
{
    for (size_t i = 0; i < chart->count; i++) {
        struct column *column = &chart->bar[i].column[series];
        if (column->is_there &&
            !set_number(chart, chart->bar[i].node, column->value, size, &column->text))
            return false;
        if (column->text.width > *widest)
            *widest = column->text.width;
    }
    return true;
}

/* Sets all values in the largest size in which none is wider than its place. Those that bars are
 * compared with are not written where there is no room for both. */
static bool
set_values(struct chart *chart)
{
    mpt size = chart->style->chart_value_size, least = chart->style->chart_least_size;

    for (;; size -= SIZE_STEP) {
        mpt widest = 0, parts = chart->both_told ? SERIES_COUNT : 1;
        if (!set_column(chart, SERIES_NOW, size, &widest) ||
            (chart->both_told && !set_column(chart, SERIES_BEFORE, size, &widest)))
            return false;
        chart->value_size = size;
        if (layout_over(chart->layout))
            return false;
        if (widest + gap(size) <= place_width(chart) / parts)
            return true;
        if (size - SIZE_STEP >= least)
            continue;
        if (!chart->both_told)
            return fail_crowded(chart);
        chart->both_told = false;
        size = chart->style->chart_value_size + SIZE_STEP;
    }
}

static bool
set_name(struct chart *chart, enum series series, enum attribute name)
{
    const struct text_look look = {.face = FONT_REGULAR,
                                   .size = chart->style->chart_label_size,
                                   .role = ROLE_FIGURE,
                                   .node = chart->node};
    struct str text = node_get(chart->node, name);

    return !chart->pairs || text.len == 0 ||
           text_set(chart->layout, &look, text, &chart->name[series]);
}

/* What the two kinds of bars are called. */
static bool
set_names(struct chart *chart)
{
    return set_name(chart, SERIES_BEFORE, ATTRIBUTE_chart_name_before) &&
           set_name(chart, SERIES_NOW, ATTRIBUTE_chart_name);
}

/* Width of the widest word of a label. */
static bool
widest_word(const struct chart *chart, const struct node *node, const struct style_para *class,
            mpt *width)
{
    struct layout *layout = chart->layout;
    struct arena_mark mark = arena_mark(layout->scratch);
    struct inline_text content;

    inline_plain(layout, node_get(node, ATTRIBUTE_bar_label), node, class, &content);
    const struct para *para = set_shape(layout, node, &content);
    *width = para == NULL ? 0 : para_widest(para, BREAK_COMPOUND);
    arena_reset(layout->scratch, mark);
    return para != NULL;
}

/* Sets the size of the class to the largest in which every word of the labels fits its place; in
 * the smallest words are broken where they must. */
static bool
choose_label_size(const struct chart *chart, struct style_para *class)
{
    mpt least = chart->style->chart_least_size;

    for (class->size = chart->style->chart_label_size; class->size - SIZE_STEP >= least;
         class->size -= SIZE_STEP) {
        mpt widest = 0, width = 0;
        for (size_t i = 0; i < chart->count; i++) {
            if (!widest_word(chart, chart->bar[i].node, class, &width))
                return false;
            if (width > widest)
                widest = width;
        }
        if (widest + label_gap(class->size) <= place_width(chart))
            return true;
    }
    return true;
}

static bool
set_labels(struct chart *chart)
{
    const struct style_para *cell =
        layout_class(chart->layout, STR(""), chart->node->pos, CLASS_CELL);
    struct style_para *class = arena_alloc(chart->layout->arena, sizeof *class);

    if (cell == NULL)
        return false;
    *class = *cell;
    class->before = class->after = class->indent = class->left = class->right = 0;
    class->align = STYLE_CENTER;
    if (!choose_label_size(chart, class))
        return false;
    class->pitch = pitch_of(chart, class->size);
    chart->label_room = place_width(chart) - label_gap(class->size);
    struct measure measure = measure_of(chart->label_room);
    for (size_t i = 0; i < chart->count; i++) {
        struct bar *bar = &chart->bar[i];
        struct str label = node_get(bar->node, ATTRIBUTE_bar_label);
        if (!block_text(chart->layout, bar->node, label, class, &measure, &bar->label))
            return false;
        bar->label_height = strips_height(&bar->label, 0, bar->label.count);
    }
    return true;
}

/* ---- painting */

/* Puts the lines of set text into the chart's strip and returns the y below them. */
static mpt
put_lines(const struct chart *chart, const struct strips *lines, mpt x, mpt y, struct strip *strip)
{
    for (size_t i = 0; i < lines->count; i++) {
        const struct strip *line = &lines->strip[i];
        size_t first = strip->count;
        y += strip_gap(i == 0 ? NULL : line - 1, line);
        strip_take(chart->layout->arena, strip, line, x, y);
        for (size_t k = first; k < strip->count; k++)
            strip->items[k].role = ROLE_FIGURE;
        y += line->height;
        if (y > UNIT_MAX) /* no page holds it: sums of it must not overflow before that is told */
            y = UNIT_MAX;
    }
    return y;
}

static bool
put_title(const struct chart *chart, struct strip *strip, mpt *bottom)
{
    const struct node *node = chart->node;
    struct str title = node_get(node, ATTRIBUTE_chart_title);
    struct strips lines = {NULL, 0, 0};
    const struct style_para *class =
        layout_class(chart->layout, STR(""), node->pos, CLASS_CHART_TITLE);

    *bottom = 0;
    if (class == NULL)
        return false;
    struct measure measure = measure_of(chart->measure->width);
    if (!block_text(chart->layout, node, title, class, &measure, &lines))
        return false;
    *bottom = put_lines(chart, &lines, 0, 0, strip);
    if (lines.count > 0)
        *bottom += class->after > gap(class->size) ? class->after : gap(class->size);
    return true;
}

static struct item *
put_line(const struct chart *chart, struct strip *strip, mpt x, mpt y, mpt width, mpt height)
{
    return strip_rule(chart->layout->arena, strip, chart->node, ROLE_FIGURE, x, y, width, height,
                      chart->style->chart_rule);
}

static mpt
column_height(const struct chart *chart, const struct column *column)
{
    return part_of(chart->plot_height, column->value, chart->max);
}

static bool
is_told(const struct chart *chart, const struct bar *bar, enum series series)
{
    return bar->column[series].is_there && (series == SERIES_NOW || chart->both_told);
}

/* Where the middle of a value is: each of a pair has half the bar's place. */
static mpt
value_middle(const struct chart *chart, size_t index, enum series series)
{
    mpt place = place_width(chart), left = chart->axis_x + (mpt)index * place;

    if (!chart->both_told)
        return left + place / 2;
    return left + place / 4 + (series == SERIES_NOW ? place / 2 : 0);
}

/* A value stands above its column, or above both of a pair where it is the only one. */
static mpt
value_baseline(const struct chart *chart, const struct bar *bar, enum series series)
{
    mpt height = column_height(chart, &bar->column[series]);
    const struct column *other = &bar->column[SERIES_BEFORE];

    if (!chart->both_told && other->is_there && column_height(chart, other) > height)
        height = column_height(chart, other);
    return chart->plot_top + chart->plot_height - height - gap(chart->style->chart_value_size);
}

/* What a value at the height y takes of its line; false where none stands there. */
static bool
value_span(const struct chart *chart, size_t index, enum series series, mpt y, mpt *left,
           mpt *right)
{
    const struct bar *bar = &chart->bar[index];
    mpt size = chart->value_size, width = bar->column[series].text.width;

    if (!is_told(chart, bar, series))
        return false;
    mpt baseline = value_baseline(chart, bar, series);
    *left = value_middle(chart, index, series) - width / 2 - gap(size) / 2;
    *right = *left + width + gap(size);
    return y >= baseline - unit_scale(size, DIGITS_ABOVE, 1000) &&
           y <= baseline + unit_scale(size, DIGITS_BELOW, 1000);
}

/* A grid line, which leaves out the values that stand at its height. */
static void
put_grid_line(const struct chart *chart, mpt y, struct strip *strip)
{
    static const enum series order[] = {SERIES_BEFORE, SERIES_NOW};
    mpt from = chart->axis_x, end = chart->measure->width, left = end, right = end;

    for (size_t i = 0; i <= SERIES_COUNT * chart->count; i++) {
        if (i == SERIES_COUNT * chart->count)
            left = right = end;
        else if (!value_span(chart, i / SERIES_COUNT, order[i % SERIES_COUNT], y, &left, &right))
            continue;
        if (left > from)
            put_line(chart, strip, from, y, left - from, 0)->colour =
                chart->style->chart_grid_colour;
        from = right;
    }
}

static void
put_scale(const struct chart *chart, struct strip *strip)
{
    mpt bottom = chart->plot_top + chart->plot_height;
    mpt size = chart->style->chart_label_size, pitch = pitch_of(chart, size);
    /* the text's middle, not its line's, is to be at the grid line: digits have no descent */
    mpt down = text_baseline(chart->layout, pitch, size) - pitch / 2;

    for (int i = 0; i <= chart->ticks; i++) {
        mpt y = bottom - unit_scale(chart->plot_height, i, chart->ticks);
        if (i > 0)
            put_grid_line(chart, y, strip);
        text_put(chart->layout, &chart->tick[i], chart->axis_x - gap(size), y + down, STYLE_RIGHT,
                 strip);
    }
}

/* A box of a series: that of a bar, or of the legend. */
static void
put_box(const struct chart *chart, const struct node *node, enum series series, struct strip *strip,
        mpt x, mpt y, mpt width, mpt height)
{
    struct item *box = strip_item(chart->layout->arena, strip);

    box->kind = ITEM_BOX;
    box->role = ROLE_FIGURE;
    box->node = node;
    box->colour =
        series == SERIES_NOW ? chart->style->chart_colour : chart->style->chart_before_colour;
    box->x = x;
    box->y = y;
    box->width = width;
    box->height = height;
    for (int side = 0; series == SERIES_BEFORE && side < 4; side++) {
        bool upright = side < 2, far = side % 2 != 0;
        struct item *line =
            strip_rule(chart->layout->arena, strip, node, ROLE_FIGURE,
                       x + (upright && far ? width : 0), y + (!upright && far ? height : 0),
                       upright ? 0 : width, upright ? height : 0, chart->style->chart_rule);
        line->colour = chart->style->chart_colour;
    }
}

/* The bar itself, or one of a pair, which are a third wider together, with its value above. */
static void
put_column(const struct chart *chart, size_t index, enum series series, struct strip *strip)
{
    const struct bar *bar = &chart->bar[index];
    const struct column *column = &bar->column[series];
    mpt place = place_width(chart), bottom = chart->plot_top + chart->plot_height;
    mpt width = unit_scale(place, chart->style->chart_bar_share, 1000);
    mpt height = column_height(chart, column);
    mpt x = chart->axis_x + (mpt)index * place + (place - width) / 2;

    if (!column->is_there)
        return;
    if (chart->pairs) {
        width = unit_scale(place, (1000 + chart->style->chart_bar_share) / 2, 1000) / 2;
        x = chart->axis_x + (mpt)index * place + place / 2 - (series == SERIES_NOW ? 0 : width);
    }
    put_box(chart, bar->node, series, strip, x, bottom - height, width, height);
    if (is_told(chart, bar, series))
        text_put(chart->layout, &column->text, value_middle(chart, index, series),
                 value_baseline(chart, bar, series), STYLE_CENTER, strip);
}

static void
put_bar(const struct chart *chart, size_t index, struct strip *strip)
{
    const struct bar *bar = &chart->bar[index];
    mpt place = place_width(chart), bottom = chart->plot_top + chart->plot_height;
    mpt left = chart->axis_x + (mpt)index * place;

    put_column(chart, index, SERIES_BEFORE, strip);
    put_column(chart, index, SERIES_NOW, strip);
    put_lines(chart, &bar->label, left + (place - chart->label_room) / 2,
              bottom + gap(chart->style->chart_label_size) / 2, strip);
}

/* ---- the legend */

static mpt
legend_height(const struct chart *chart)
{
    bool named = chart->name[SERIES_NOW].width > 0 || chart->name[SERIES_BEFORE].width > 0;

    return named ? pitch_of(chart, chart->style->chart_label_size) : 0;
}

/* Both kinds of bars with their names, on a line in the middle. */
static void
put_legend(const struct chart *chart, mpt top, struct strip *strip)
{
    static const enum series order[] = {SERIES_BEFORE, SERIES_NOW};
    mpt size = chart->style->chart_label_size, box = unit_scale(size, LEGEND_BOX, 1000);
    mpt baseline = top + text_baseline(chart->layout, legend_height(chart), size);
    mpt width = SERIES_COUNT * (box + gap(size)) + 2 * label_gap(size) +
                chart->name[SERIES_NOW].width + chart->name[SERIES_BEFORE].width;
    mpt x = (chart->measure->width - width) / 2;

    if (legend_height(chart) == 0)
        return;
    for (size_t i = 0; i < SERIES_COUNT; i++) {
        const struct set_text *name = &chart->name[order[i]];
        put_box(chart, chart->node, order[i], strip, x, baseline - box, box, box);
        text_put(chart->layout, name, x + box + gap(size), baseline, STYLE_LEFT, strip);
        x += box + gap(size) + name->width + 2 * label_gap(size);
    }
}

static mpt
labels_height(const struct chart *chart)
{
    mpt most = 0;

    for (size_t i = 0; i < chart->count; i++)
        if (chart->bar[i].label_height > most)
            most = chart->bar[i].label_height;
    return most + gap(chart->style->chart_label_size);
}

/* The height asked for, or what a page leaves for it, but at least a line for each tick. A legend
 * takes its line from the height that the style gives, so that a chart of either kind takes as much
 * of a page. */
static mpt
choose_height(const struct chart *chart, mpt others)
{
    mpt height = chart->style->chart_height - legend_height(chart),
        room = chart->measure->page_room - others;
    int64_t least = (int64_t)pitch_of(chart, chart->style->chart_label_size) * (chart->ticks + 1);
    mpt asked;

    if (unit_parse(node_get(chart->node, ATTRIBUTE_chart_height), &asked) && asked > 0)
        height = asked;
    if (chart->measure->page_room > 0 && height > room)
        height = room;
    if (least > UNIT_MAX)
        least = UNIT_MAX;
    return height < least ? (mpt)least : height;
}

static bool
paint(struct chart *chart, struct strip *strip)
{
    mpt title = 0, labels = labels_height(chart);
    mpt above = pitch_of(chart, chart->style->chart_value_size);

    if (!put_title(chart, strip, &title))
        return false;
    put_legend(chart, title, strip);
    chart->plot_top = title + legend_height(chart) + above;
    chart->plot_height = choose_height(chart, chart->plot_top + labels);
    mpt bottom = chart->plot_top + chart->plot_height;
    put_scale(chart, strip);
    for (size_t i = 0; i < chart->count; i++)
        put_bar(chart, i, strip);
    put_line(chart, strip, chart->axis_x, bottom, chart->measure->width - chart->axis_x, 0);
    put_line(chart, strip, chart->axis_x, chart->plot_top, 0, chart->plot_height);
    strip->height = bottom + labels;
    return true;
}

bool
chart_format(struct layout *layout, const struct node *node, const struct measure *measure,
             struct strips *out)
{
    struct chart chart = {
        .layout = layout, .node = node, .measure = measure, .style = layout->style};
    struct strip made = {.node = node, .before = layout->style->chart_before};

    if (!read_max(&chart) || !read_bars(&chart) || !make_scale(&chart))
        return false;
    if (place_width(&chart) <= 2 * gap(layout->style->chart_label_size))
        return fail_crowded(&chart);
    if (!set_values(&chart) || !set_names(&chart) || !set_labels(&chart) || !paint(&chart, &made))
        return false;
    made.after = layout->style->chart_after;
    *strips_add(layout->arena, out) = made;
    return true;
}
