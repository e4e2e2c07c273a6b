#include "engine/pictures.h"

#include "base/arena.h"
#include "base/path.h"
#include "doc/node.h"
#include "image/image.h"
#include "layout/page.h"

/* Sides whose resolutions differ by more than this part of them are printed out of proportion. */
#define PROPORTION_PART 100

/* A picture whose proportion is that of small numbers keeps it exactly where that costs less than
 * 1/EXACT_STEPS of its pixels. */
#define EXACT_STEPS 100

struct picture {
    struct image image; /* items of the pages point here */
    struct str name;
    struct pos pos;
    const char *path;
    struct str bytes;
    uint32_t width, height; /* as many as the pages need */
    bool printed;
    struct picture *next;
};

/* ---- opening */

static struct picture *
find(const struct pictures *pictures, struct str name)
{
    struct picture *picture = pictures->first;

    while (picture != NULL && !str_eq(picture->name, name))
        picture = picture->next;
    return picture;
}

static bool
open_one(struct pictures *pictures, struct str name, struct pos pos)
{
    struct work *w = pictures->w;
    const char *beside = path_join(w->arena, pictures->report_dir, str_cstr(w->arena, name));
    const char *own = path_join(w->arena, pictures->template_dir, str_cstr(w->arena, name));
    bool of_template = !work_exists(w, beside) && work_exists(w, own);
    struct picture *picture = arena_alloc(w->arena, sizeof *picture);

    *picture = (struct picture){.name = name, .pos = pos, .path = of_template ? own : beside};
    if (!work_read_inside(w, pos, of_template ? pictures->template_dir : pictures->report_dir, name,
                          IMAGE_BYTES_MAX, &picture->bytes))
        return false;
    if (image_is_svg(picture->bytes))
        picture->pos = (struct pos){picture->path, 0, 0};
    struct image *image = image_open(w->arena, w->diags, picture->pos, picture->bytes);
    if (image == NULL)
        return false;
    input_add(w, of_template ? INPUT_TEMPLATE : INPUT_DATA, name, picture->path, picture->bytes);
    picture->image = *image;
    picture->next = pictures->first;
    pictures->first = picture;
    return true;
}

bool
pictures_open(struct pictures *pictures)
{
    const struct node *document = pictures->document;
    bool good = true;

    for (const struct node *node = document; node != NULL; node = node_after(node, document)) {
        if (node->kind != NODE_ELEMENT || node->element != ELEMENT_img)
            continue;
        const struct node_attribute *src = node_find(node, ATTRIBUTE_img_src);
        struct str name = path_plain(pictures->w->arena, node_get(node, ATTRIBUTE_img_src));
        if (find(pictures, name) == NULL)
            good = open_one(pictures, name, src == NULL ? node->pos : src->pos) && good;
    }
    return good;
}

const struct image *
pictures_find(const struct pictures *pictures, struct str name)
{
    const struct picture *picture = find(pictures, path_plain(pictures->w->arena, name));

    return picture == NULL ? NULL : &picture->image;
}

/* ---- how many pixels are printed */

static uint32_t
common_divisor(uint32_t a, uint32_t b)
{
    while (b > 0) {
        uint32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static uint32_t
least(int64_t a, int64_t b)
{
    int64_t value = a < b ? a : b;

    return value < 1 ? 1 : (uint32_t)value;
}

/* At most so many pixels in the same proportion; of a line thinner than a pixel one. */
static void
keep_proportion(const struct image *image, int64_t across, int64_t down, uint32_t *width,
                uint32_t *height)
{
    uint32_t divisor = common_divisor(image->width, image->height);
    int64_t a = image->width / divisor, b = image->height / divisor;
    int64_t times = across / a < down / b ? across / a : down / b;

    across = across < 1 ? 1 : across;
    down = down < 1 ? 1 : down;

    if (times >= EXACT_STEPS) {
        *width = (uint32_t)(a * times);
        *height = (uint32_t)(b * times);
    } else if (across * image->height <= down * image->width) {
        *width = least(across, image->width);
        *height = least((across * image->height + image->width / 2) / image->width, image->height);
    } else {
        *width = least((down * image->width + image->height / 2) / image->height, image->width);
        *height = least(down, image->height);
    }
}

/* Pixels of the picture where it is as large as this item, at no more than `dpi`. A part of a pixel
 * too many does no harm. */
static void
pixels_at(const struct image *image, const struct item *item, int64_t dpi, uint32_t *width,
          uint32_t *height)
{
    int64_t inch = (int64_t)72 * UNIT_PT;
    int64_t across = item->width * dpi, down = item->height * dpi;
    bool wide = image->width * inch >= across + inch, high = image->height * inch >= down + inch;
    int64_t a = (int64_t)item->width * image->height, b = (int64_t)item->height * image->width;
    bool even = (a < b ? b - a : a - b) * PROPORTION_PART <= a;

    *width = image->width;
    *height = image->height;
    if (even && wide && high)
        keep_proportion(image, across / inch, down / inch, width, height);
    if (!even && wide)
        *width = least(across / inch, image->width);
    if (!even && high)
        *height = least(down / inch, image->height);
}

static void
need(struct pictures *pictures, const struct item *item, int dpi)
{
    struct picture *picture = pictures->first;
    uint32_t width, height;

    while (picture != NULL && &picture->image != item->as.image)
        picture = picture->next;
    if (picture == NULL)
        return;
    pixels_at(&picture->image, item, dpi, &width, &height);
    picture->width = width > picture->width ? width : picture->width;
    picture->height = height > picture->height ? height : picture->height;
}

static void
need_on_page(struct pictures *pictures, const struct page *page, int dpi)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct item *item = &page->items[i];
        if (item->kind == ITEM_IMAGE && item->node->element == ELEMENT_img)
            need(pictures, item, dpi);
    }
}

/* Gives the picture the size that is needed; false when it has it. */
static bool
shrink(struct picture *picture, uint32_t dpi)
{
    struct image *image = &picture->image;

    if (image->drawing != NULL || picture->width == 0 ||
        (picture->width == image->width && picture->height == image->height))
        return false;
    image->dpi = image_dpi_of(image->dpi, image->width, picture->width);
    image->dpi = image->dpi < dpi ? image->dpi : dpi;
    image->width = picture->width;
    image->height = picture->height;
    return true;
}

bool
pictures_fit(struct pictures *pictures, const struct pages *pages, int dpi)
{
    bool changed = false;

    if (dpi == 0)
        return false;
    for (struct picture *at = pictures->first; at != NULL; at = at->next)
        at->width = at->height = 0;
    for (size_t i = 0; i < pages->count; i++)
        need_on_page(pictures, &pages->page[i], dpi);
    for (struct picture *at = pictures->first; at != NULL; at = at->next)
        changed = shrink(at, (uint32_t)dpi) || changed;
    return changed;
}

/* ---- what is printed */

static bool
print(struct work *w, struct picture *picture)
{
    struct image *image = &picture->image;
    struct str file;

    picture->printed = true;
    if (!image_print(w->arena, w->diags, picture->pos, picture->bytes, image, &file))
        return false;
    input_replace(w, picture->path, file);
    if (image->drawing != NULL)
        return true;
    const struct image *read = image_read(w->arena, w->diags, picture->pos, file);
    if (read == NULL)
        return false;
    *image = *read;
    return true;
}

bool
pictures_print(struct pictures *pictures)
{
    bool good = true;

    for (struct picture *at = pictures->first; at != NULL; at = at->next)
        good = (at->printed || print(pictures->w, at)) && good;
    return good;
}
