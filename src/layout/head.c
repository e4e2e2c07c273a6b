/* The head of a memo. Fields: label and value on one baseline, a dotted leader after the value up
 * to the margin or to the field beside it; a value of several lines hangs at its own start and has
 * its leader after the last one. */
#include "layout/text.h"

#include "base/arena.h"
#include "image/image.h"

/* Narrower than this share of the measure a value is not set beside its label. */
#define VALUE_SHARE 4

/* A field shaped but not placed. */
struct field {
    const struct node *node;
    struct set_text label;
    struct para *para; /* of the value; NULL when it is empty */
    mpt label_width;   /* with the gap after it */
    mpt natural;       /* width of the value without line breaks */
};

static bool
is_beside(const struct node *node)
{
    return node != NULL && node_is_a(node, ELEMENT_field) && node_is(node, ATTRIBUTE_field_beside);
}

static bool
has_leader(const struct layout *layout, const struct node *node)
{
    return layout->style->head_leader && !str_is(node_get(node, ATTRIBUTE_field_leader), "no");
}

static struct style_para
value_class(const struct style *style)
{
    return (struct style_para){
        .name = STR("field"),
        .size = style->head_value_size,
        .pitch = style->head_pitch,
    };
}

static bool
shape_value(struct layout *layout, const struct node *node, mpt width, struct field *out)
{
    const struct style_para class = value_class(layout->style);
    struct inline_text content;

    if (!inline_collect(layout, node->first, NULL, node, &class, width, true, &content))
        return false;
    if (content.text.len == 0)
        return true;
    out->para = set_shape(layout, node, &content);
    if (out->para == NULL)
        return false;
    out->natural = para_natural(out->para);
    return true;
}

static bool
shape_field(struct layout *layout, const struct node *node, mpt width, struct field *out)
{
    const struct text_look look = {
        .face = FONT_BOLD,
        .size = layout->style->head_label_size,
        .role = ROLE_CONTENT,
        .node = node,
    };

    *out = (struct field){.node = node};
    if (!text_set(layout, &look, node_get(node, ATTRIBUTE_field_label), &out->label) ||
        !shape_value(layout, node, width, out))
        return false;
    out->label_width = out->label.width + (out->label.width > 0 ? layout->style->head_gap : 0);
    return true;
}

/* Where the next field of a row may begin when its wanted place is `wanted`: further right when
 * the value before it needs the room, further left when its own value does; -1 when there is no
 * room in this row. */
static mpt
place_beside(const struct layout *layout, const struct field *field, mpt end, mpt wanted, mpt width)
{
    int64_t need = (int64_t)field->label_width + field->natural;
    int64_t at = wanted;

    if (at + need > width)
        at = width - need;
    if (at < end + layout->style->head_gap)
        at = (int64_t)end + layout->style->head_gap;
    return at + need > width ? -1 : (mpt)at;
}

static size_t
add_row(struct layout *layout, const struct node *node, struct strips *out)
{
    struct strip *strip = strips_add(layout->arena, out);

    strip->height = layout->style->head_pitch;
    strip->node = node;
    if (node_is(node, ATTRIBUTE_field_space_before))
        strip->before = layout->style->head_space_before;
    return out->count - 1;
}

static bool
refuse_wide(struct layout *layout, const struct node *node)
{
    diag_add(layout->diags, DIAG_LAYOUT_FIELD_TOO_WIDE, node->pos,
             diag_str(layout->diags, node_get(node, ATTRIBUTE_field_label)), NULL, NULL);
    return false;
}

/* ---- fields for whoever registers the memo */

/* How wide the blanks are that a value begins with: room for a day. */
static mpt
day_room(const struct para *para)
{
    mpt width = 0;

    for (size_t i = 0; i < para->cluster_count; i++) {
        const struct cluster *cluster = &para->clusters[i];
        if ((cluster->flags & CLUSTER_SPACE) == 0)
            return width;
        width += cluster->advance;
    }
    return 0;
}

static void
add_blank(struct layout *layout, const struct field *field, enum blank_part part, mpt x, mpt to,
          struct strip *strip)
{
    const struct style *style = layout->style;
    const struct blank blank = {
        .part = part,
        .size = fonts_draw_size(layout->job->fonts, style->head_value_size),
        .pitch = style->head_pitch,
        .centred = part == BLANK_MEMO_DATE,
    };
    /* the value stands on the baseline of its label */
    mpt y = text_baseline(layout, style->head_pitch, style->head_label_size) -
            text_baseline(layout, style->head_pitch, style->head_value_size);
    const struct area area = {x, y, to - x, style->head_pitch};

    (void)blank_put(layout, &blank, field->node, &area, strip);
}

/* Where the template says that something may be filled in, and the value leaves it open: a number
 * between the value's end and `to`, a day before the month. */
static void
add_open(struct layout *layout, const struct field *field, mpt left, mpt end, mpt to,
         struct strip *strip)
{
    struct str fill = node_get(field->node, ATTRIBUTE_field_fill);
    mpt day = field->para == NULL ? 0 : day_room(field->para);

    if (field->para == NULL)
        return;
    if (str_is(fill, "number") && str_ends(str_trim(field->para->text), STR("/")))
        add_blank(layout, field, BLANK_MEMO_NUMBER, end, to, strip);
    else if (str_is(fill, "date") && day > 0)
        add_blank(layout, field, BLANK_MEMO_DATE, left, left + day, strip);
}

/* Where a field's value ended: the strip of its last line, and x there. */
struct value_end {
    size_t row;
    mpt x;
    bool empty;
};

/* Sets the lines of a value from out->strip[row] on, their left edge at `left`. */
static bool
put_value(struct layout *layout, const struct field *field, mpt left, mpt width, size_t row,
          struct strips *out, struct value_end *end)
{
    const struct style *style = layout->style;
    const struct set_owner owner = {.node = field->node, .size = style->head_value_size};
    const struct para_fill how = {.width = width, .align = PARA_LEFT};
    const struct lines *lines = para_lines(layout->scratch, field->para, &how);
    mpt y = text_baseline(layout, style->head_pitch, style->head_label_size);

    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->line[i];
        if (line->overfull)
            return refuse_wide(layout, field->node);
        /* the space before a field is above its label */
        if (row + i == out->count) {
            (void)add_row(layout, field->node, out);
            out->strip[row + i].before = 0;
        }
        set_line(layout, field->para, line, &owner, left, y, layout->next_line++,
                 i + 1 == lines->count, &out->strip[row + i]);
        *end = (struct value_end){row + i, left + line->width, false};
    }
    return true;
}

/* Sets one field, its label at x in out->strip[row]. `limit` is where the next field or the margin
 * begins. */
static bool
put_field(struct layout *layout, const struct field *field, mpt x, mpt limit, mpt width, size_t row,
          struct strips *out)
{
    const struct style *style = layout->style;
    mpt y = text_baseline(layout, style->head_pitch, style->head_label_size);
    mpt left = x + field->label_width;
    struct value_end end = {row, left, true};

    if (x + field->label.width > width)
        return refuse_wide(layout, field->node);
    text_put(layout, &field->label, x, y, STYLE_LEFT, &out->strip[row]);
    /* a label as wide as most of the measure leaves its value the next line */
    if (field->para != NULL && limit == width && width - left < width / VALUE_SHARE &&
        width - left < field->natural) {
        left = 0;
        row++;
    }
    if (field->para != NULL && !put_value(layout, field, left, limit - left, row, out, &end))
        return false;
    add_open(layout, field, left, end.x + style->head_leader_gap,
             limit - (limit == width ? 0 : style->head_leader_gap), &out->strip[end.row]);
    if (has_leader(layout, field->node))
        set_leader(layout, field->node, ROLE_LEADER,
                   end.x + (end.empty ? 0 : style->head_leader_gap),
                   limit - (limit == width ? 0 : style->head_leader_gap), y, style->head_value_size,
                   &out->strip[end.row]);
    return true;
}

const struct node *
field_after(const struct node *node)
{
    do {
        node = node->next;
    } while (is_beside(node));
    return node;
}

static bool
format_row(struct layout *layout, const struct node *node, const struct measure *measure,
           struct strips *out)
{
    mpt width = measure->width, x = 0, wanted = layout->style->head_beside_at;
    size_t row = add_row(layout, node, out);
    struct field field, next;

    if (!shape_field(layout, node, width, &field))
        return false;
    for (; is_beside(field.node->next); field = next) {
        if (!shape_field(layout, field.node->next, width, &next))
            return false;
        mpt end = x + field.label_width + field.natural;
        mpt at = place_beside(layout, &next, end, wanted, width);
        if (!put_field(layout, &field, x, at < 0 ? width : at, width, row, out))
            return false;
        x = at;
        wanted = 0;
        if (at < 0) {
            row = add_row(layout, next.node, out);
            x = 0;
        }
    }
    return put_field(layout, &field, x, width, width, row, out);
}

bool
field_format(struct layout *layout, const struct node *node, const struct measure *measure,
             struct strips *out)
{
    struct arena_mark mark = arena_mark(layout->scratch);
    bool good = format_row(layout, node, measure, out);

    arena_reset(layout->scratch, mark);
    return good;
}

/* ---- the head of a memo: emblem at the left, title centred, the mark of urgency between them. Its
 * strip begins at the paper's upper edge: places in it are those on the paper. */

/* The form's own title, when the template names no other. */
#define TITLE "บันทึกข้อความ"

static mpt
width_of(mpt height, int64_t wide, int64_t high)
{
    int64_t width = wide > 0 && high > 0 ? (int64_t)height * wide / high : height;

    return width > UNIT_MAX ? UNIT_MAX : (mpt)width;
}

static size_t
side(int64_t from, int64_t to)
{
    return to > from ? (size_t)(to - from) : 0;
}

void
layout_emblem_box(const struct drawing *drawing, const struct image *picture, size_t box[2])
{
    box[0] = drawing != NULL ? side(drawing->box[0], drawing->box[2]) : picture->width;
    box[1] = drawing != NULL ? side(drawing->box[1], drawing->box[3]) : picture->height;
}

/* Width of the emblem at the style's height; of a square box when there is none. */
static mpt
emblem_width(const struct layout *layout)
{
    const struct layout_job *job = layout->job;
    mpt height = layout->style->emblem_height;
    size_t box[2];

    if (job->emblem == NULL && job->emblem_picture == NULL)
        return height;
    layout_emblem_box(job->emblem, job->emblem_picture, box);
    return width_of(height, (int64_t)box[0], (int64_t)box[1]);
}

static void
put_emblem(struct layout *layout, const struct node *node, struct strip *strip)
{
    const struct layout_job *job = layout->job;

    if (job->emblem == NULL && job->emblem_picture == NULL)
        return;
    struct item *item = strip_item(layout->arena, strip);
    item->role = ROLE_EMBLEM;
    item->node = node;
    item->y = layout->style->emblem_top;
    item->width = emblem_width(layout);
    item->height = layout->style->emblem_height;
    item->kind = job->emblem != NULL ? ITEM_PATHS : ITEM_IMAGE;
    if (job->emblem != NULL)
        item->as.drawing = job->emblem;
    else
        item->as.image = job->emblem_picture;
}

static bool
set_title(struct layout *layout, const struct node *node, struct set_text *out)
{
    struct str title = node_get(node, ATTRIBUTE_head_title);
    const struct text_look look = {
        .face = FONT_BOLD,
        .size = layout->style->head_title_size,
        .role = ROLE_CONTENT,
        .node = node,
    };

    return text_set(layout, &look, title.len > 0 ? title : STR(TITLE), out);
}

struct text_look
head_mark_look(const struct layout *layout, const struct node *node)
{
    return (struct text_look){
        .face = FONT_BOLD,
        .size = layout->style->mark_size,
        .colour = layout->style->mark_colour,
        .role = ROLE_MARK,
        .node = node,
    };
}

bool
head_urgency(struct layout *layout, const struct node *node, struct str text, mpt from, mpt to,
             struct strip *strip)
{
    const struct style *style = layout->style;
    const struct text_look look = head_mark_look(layout, node);
    struct set_text mark;

    if (text.len == 0)
        return true;
    if (!text_set(layout, &look, text, &mark))
        return false;
    mpt y = style->mark_urgency_top + text_baseline(layout, style->emblem_height, style->mark_size);
    mpt x = (from + to - mark.width) / 2;
    text_put(layout, &mark, x < from ? from : x, y, STYLE_LEFT, strip);
    return true;
}

static const struct node *
root_of(const struct node *node)
{
    while (node->parent != NULL)
        node = node->parent;
    return node;
}

/* Height of the band of emblem and title, from the paper's upper edge. */
static mpt
band_height(const struct style *style)
{
    mpt emblem = style->emblem_top + style->emblem_height;
    mpt title = style->head_title_top + style->head_title_pitch;

    return emblem > title ? emblem : title;
}

bool
head_format(struct layout *layout, const struct node *node, const struct measure *measure,
            struct strips *out)
{
    const struct style *style = layout->style;
    const struct node *memo = root_of(node);
    size_t from = out->count;
    struct set_text title;

    if (!set_title(layout, node, &title))
        return false;
    struct strip *strip = strips_add(layout->arena, out);
    strip->rise = measure->paper_top;
    strip->height = band_height(style);
    strip->node = node;
    put_emblem(layout, node, strip);
    if (memo->element == ELEMENT_memo &&
        !head_urgency(layout, memo, node_get(memo, ATTRIBUTE_memo_urgency),
                      emblem_width(layout) + style->head_gap,
                      (measure->width - title.width) / 2 - style->head_gap, strip))
        return false;
    text_put(layout, &title, measure->width / 2,
             style->head_title_top +
                 text_baseline(layout, style->head_title_pitch, style->head_title_size),
             STYLE_CENTER, strip);
    if (!block_children(layout, node, measure, out))
        return false;
    strips_keep(out, from, KEEP_STRONG);
    return true;
}
