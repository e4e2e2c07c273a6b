/* Fields of the head: label and value on one baseline, a dotted leader after the value up to the
 * margin or to the field beside it; a value of several lines hangs at its own start and has its
 * leader after the last one. */
#include "layout/head.h"

#include "base/arena.h"
#include "layout/inline.h"
#include "layout/set.h"

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
    return node != NULL && node->kind == NODE_ELEMENT && node->element == ELEMENT_field &&
           node_is(node, ATTRIBUTE_field_beside);
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
