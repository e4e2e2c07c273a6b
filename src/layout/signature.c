/* Signature blocks and opinions. */
#include "layout/text.h"

/* Room for a name that is not known yet. */
#define NAME_ROOM "..............................................."

/* So many lines go with a signature to its page: no one signs below nothing, or below a phrase that
 * only says what the reader may do. */
#define LINES_ALONG 2

/* The measure of the block's lines: as wide as it may be around the centre. */
static struct measure
measure_around_center(const struct layout *layout, const struct measure *measure, mpt *left)
{
    const struct style *style = layout->style;
    struct measure inner = *measure;
    mpt center = measure->width / 2;

    if (measure->paper_width > 0)
        center = unit_scale(style->signature_center, measure->paper_width, style->paper_width) -
                 measure->paper_left;
    /* outside the measure there is no room for even a short name */
    if (center < measure->width / 4)
        center = measure->width / 4;
    if (center > measure->width - measure->width / 4)
        center = measure->width - measure->width / 4;
    mpt half = center < measure->width - center ? center : measure->width - center;
    inner.width = 2 * half;
    inner.align = STYLE_CENTER;
    inner.paper_width = 0; /* its lines are no running text */
    *left = center - half;
    return inner;
}

static struct str
name_line(struct layout *layout, const struct node *node)
{
    struct str name = node_get(node, ATTRIBUTE_signature_name);
    struct buf out = buf_in(layout->arena);

    buf_byte(&out, '(');
    buf_add(&out, name.len > 0 ? name : STR(NAME_ROOM));
    buf_byte(&out, ')');
    return buf_str(&out);
}

/* "post รักษาราชการแทน": the post acted for stands on the next line. */
static struct str
post_line(struct layout *layout, const struct node *node)
{
    struct str post = node_get(node, ATTRIBUTE_signature_position);
    struct str acting = node_get(node, ATTRIBUTE_signature_acting);
    struct buf out = buf_in(layout->arena);

    buf_add(&out, post);
    if (post.len > 0 && acting.len > 0)
        buf_byte(&out, ' ');
    buf_add(&out, acting);
    return buf_str(&out);
}

/* Room for the pen: the last two lines above hold on to it. Its index among the strips. */
static size_t
add_room(struct layout *layout, const struct node *node, struct strips *out)
{
    size_t from = out->count < LINES_ALONG ? 0 : out->count - LINES_ALONG;

    for (; from < out->count; from++)
        out->strip[from].keep = KEEP_STRONG;
    struct strip *room = strips_add(layout->arena, out);
    room->before = layout->style->signature_before;
    room->height = layout->style->signature_room;
    room->node = node;
    return out->count - 1;
}

/* Where the text of the strips begins at the left; `width` where there is none. */
static mpt
left_of_text(const struct strips *strips, size_t from, mpt width)
{
    mpt left = width;

    for (size_t i = from; i < strips->count; i++) {
        const struct strip *strip = &strips->strip[i];
        for (size_t k = 0; k < strip->count; k++)
            left = strip->items[k].x < left ? strip->items[k].x : left;
    }
    return left;
}

/* Fields for one who signs with a certificate. Places are those of the measure; those of the strip
 * lie `shift` further left. */
static void
add_fields(struct layout *layout, const struct node *node, const struct measure *measure, size_t at,
           mpt shift, mpt center, struct strips *out)
{
    struct signer *signer = signer_of(layout, node);
    struct strip *room = &out->strip[at];
    mpt gap = at + 1 < out->count ? strip_gap(room, &out->strip[at + 1]) : 0;

    if (signer == NULL)
        return;
    const struct area pen = {-shift, 0, measure->width, room->height};
    const struct area beside = {-shift, room->height + gap,
                                shift + left_of_text(out, at + 1, measure->width - shift),
                                strips_height(out, at + 1, out->count)};
    blank_signature(layout, signer, &pen, center - shift, &beside, room);
}

bool
signature_format(struct layout *layout, const struct node *node, const struct measure *measure,
                 struct strips *out)
{
    const struct style_para *class = layout_class(layout, STR(""), node->pos, CLASS_SIGNATURE);
    mpt left = 0;
    struct measure inner = measure_around_center(layout, measure, &left);
    size_t from = out->count;

    if (class == NULL)
        return false;
    size_t room = add_room(layout, node, out);
    if (!block_text(layout, node, name_line(layout, node), class, &inner, out) ||
        !block_text(layout, node, post_line(layout, node), class, &inner, out) ||
        !block_text(layout, node, node_get(node, ATTRIBUTE_signature_acting_for), class, &inner,
                    out))
        return false;
    add_fields(layout, node, measure, room, left, left + inner.width / 2, out);
    for (size_t i = from; i < out->count; i++)
        out->strip[i].shift += left;
    strips_keep(out, from, KEEP_STRONG);
    return true;
}

/* ---- opinions */

static bool
add_title(struct layout *layout, const struct node *node, const struct measure *measure,
          struct strips *out)
{
    const struct style_para *class = layout_class(layout, STR(""), node->pos, CLASS_OPINION);
    struct measure inner = *measure;
    size_t from = out->count;

    inner.align = -1;
    if (class == NULL ||
        !block_text(layout, node, node_get(node, ATTRIBUTE_opinion_title), class, &inner, out))
        return false;
    if (out->count > from)
        out->strip[from].before = layout->style->opinion_before;
    return true;
}

/* Letters of an opinion stand so far above the dots, in 1/1000 of their size, that these do not run
 * through their feet. */
#define ABOVE_DOTS 150

/* The field of an opinion: as much of the ruled lines as one page holds. */
static void
add_opinion(struct layout *layout, const struct node *node, const struct measure *measure,
            const struct node *signature, size_t first, struct strips *out)
{
    struct signer *signer = signature == NULL ? NULL : signer_of(layout, signature);
    mpt pitch = layout->style->opinion_pitch;
    mpt raise = unit_scale(layout->style->head_value_size, ABOVE_DOTS, 1000);
    const struct area area = {0, -raise, measure->width, strips_height(out, first, out->count)};

    if (signer == NULL)
        return;
    signer->ruled = false; /* what was set on trial counts no more */
    if (pitch <= 0 || area.height > measure->page_room || !blank_fits(layout, measure->width))
        return;
    const struct blank blank = {
        .part = BLANK_OPINION,
        .signer = signer,
        .size = fonts_draw_size(layout->job->fonts, layout->style->head_value_size),
        .pitch = pitch,
    };
    signer->ruled = blank_put(layout, &blank, node, &area, &out->strip[first]);
}

/* Dotted lines to write the opinion on. */
static void
add_room_lines(struct layout *layout, const struct node *node, const struct measure *measure,
               struct strips *out)
{
    const struct style *style = layout->style;
    size_t from = out->count;

    for (int i = 0; i < style->opinion_lines; i++) {
        struct strip *strip = strips_add(layout->arena, out);
        strip->height = style->opinion_pitch;
        strip->node = node;
        set_leader(layout, node, ROLE_RULE, 0, measure->width,
                   text_baseline(layout, style->opinion_pitch, style->head_value_size),
                   style->head_value_size, strip);
    }
    strips_keep(out, from, KEEP_STRONG);
}

static const struct node *
find_signature(const struct node *opinion)
{
    const struct node *node = opinion->first;

    while (node != NULL && !node_is_a(node, ELEMENT_signature))
        node = node->next;
    return node;
}

/* What is no running text that goes on over a page: no continuation words for it. */
static void
drop_leads(struct strips *strips, size_t from)
{
    for (size_t i = from; i < strips->count; i++)
        strips->strip[i].lead = STR("");
}

bool
opinion_format(struct layout *layout, const struct node *node, const struct measure *measure,
               struct strips *out)
{
    const struct node *signature = find_signature(node);
    struct measure inner = *measure;
    size_t from = out->count;

    inner.class = layout_class(layout, STR(""), node->pos, CLASS_OPINION_TEXT);
    if (inner.class == NULL || !add_title(layout, node, measure, out))
        return false;
    size_t words = out->count;
    if (!block_range(layout, node, node->first, signature, &inner, out))
        return false;
    if (out->count == words) {
        add_room_lines(layout, node, measure, out);
        if (out->count > words)
            add_opinion(layout, node, measure, signature, words, out);
    }
    if (signature != NULL && !block_range(layout, node, signature, NULL, measure, out))
        return false;
    drop_leads(out, from);
    strips_keep(out, from, KEEP_WEAK);
    return true;
}
