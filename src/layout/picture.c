/* Pictures. */
#include "layout/block.h"

#include "image/image.h"

/* Pixels per inch of a file that does not say (CSS 2.2 §4.3.2). */
#define DPI_UNSAID 96

static mpt
natural_side(uint32_t pixels, uint32_t dpi)
{
    int64_t side = (int64_t)pixels * 72 * UNIT_PT / (dpi == 0 ? DPI_UNSAID : dpi);

    return side > UNIT_MAX ? UNIT_MAX : (mpt)(side < 1 ? 1 : side);
}

/* Sides as asked for; one that is not given follows the other in proportion. */
static void
asked_size(const struct node *node, const struct image *image, mpt *width, mpt *height)
{
    mpt w = 0, h = 0;
    int64_t side;

    (void)unit_parse(node_get(node, ATTRIBUTE_img_width), &w);
    (void)unit_parse(node_get(node, ATTRIBUTE_img_height), &h);
    if (w <= 0 && h <= 0)
        w = natural_side(image->width, image->dpi);
    if (h <= 0) {
        side = (int64_t)w * image->height / image->width;
        h = side > UNIT_MAX ? UNIT_MAX : (mpt)side;
    } else if (w <= 0) {
        side = (int64_t)h * image->width / image->height;
        w = side > UNIT_MAX ? UNIT_MAX : (mpt)side;
    }
    *width = w < 1 ? 1 : w;
    *height = h < 1 ? 1 : h;
}

static void
fit(mpt *side, mpt *other, mpt room)
{
    if (*side <= room || room <= 0)
        return;
    *other = unit_scale(*other, room, *side);
    *side = room;
    if (*other < 1)
        *other = 1;
}

static const struct image *
find_picture(struct layout *layout, const struct node *node)
{
    const struct layout_job *job = layout->job;

    return job->find_image(job->image_context, node_get(node, ATTRIBUTE_img_src));
}

bool
picture_width(struct layout *layout, const struct node *node, mpt *width)
{
    const struct image *image = find_picture(layout, node);
    mpt height = 0;

    if (image == NULL)
        return false;
    asked_size(node, image, width, &height);
    return true;
}

bool
picture_format(struct layout *layout, const struct node *node, const struct measure *measure,
               struct strips *out)
{
    const struct image *image = find_picture(layout, node);
    const struct style_para *class = layout_class(layout, STR(""), node->pos, CLASS_BODY);
    int align = layout_align(node_get(node, ATTRIBUTE_img_align));
    mpt width = 0, height = 0;

    if (image == NULL || class == NULL)
        return false;
    asked_size(node, image, &width, &height);
    fit(&width, &height, measure->width);
    fit(&height, &width, measure->page_room);
    struct strip *strip = strips_add(layout->arena, out);
    struct item *item = strip_item(layout->arena, strip);
    strip->height = height;
    strip->before = class->before;
    strip->after = class->before;
    strip->node = node;
    item->kind = image->drawing != NULL ? ITEM_PATHS : ITEM_IMAGE;
    item->role = ROLE_FIGURE;
    item->node = node;
    item->width = width;
    item->height = height;
    if (image->drawing != NULL)
        item->as.drawing = image->drawing;
    else
        item->as.image = image;
    if (align != STYLE_LEFT)
        item->x = (measure->width - width) / (align == STYLE_RIGHT ? 1 : 2);
    return true;
}
