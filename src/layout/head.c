/* The head of a memo: emblem at the left, title centred, the mark of urgency between them. Its
 * strip begins at the paper's upper edge: places in it are those on the paper. */
#include "layout/head.h"

#include "base/arena.h"
#include "image/image.h"

/* The form's own title, when the template names no other. */
#define TITLE "บันทึกข้อความ"

static mpt
width_of(mpt height, int64_t wide, int64_t high)
{
    int64_t width = wide > 0 && high > 0 ? (int64_t)height * wide / high : height;

    return width > UNIT_MAX ? UNIT_MAX : (mpt)width;
}

mpt
head_emblem_width(const struct layout *layout)
{
    const struct drawing *drawing = layout->job->emblem;
    const struct image *picture = layout->job->emblem_picture;
    mpt height = layout->style->emblem_height;

    if (drawing != NULL)
        return width_of(height, (int64_t)drawing->box[2] - drawing->box[0],
                        (int64_t)drawing->box[3] - drawing->box[1]);
    if (picture != NULL)
        return width_of(height, picture->width, picture->height);
    return height;
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
    item->width = head_emblem_width(layout);
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
        .color = layout->style->mark_color,
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
                      head_emblem_width(layout) + style->head_gap,
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
