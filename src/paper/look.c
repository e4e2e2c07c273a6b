/* Pages put together from their images. */
#include "paper/look.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "paper/decode.h"

/* Pixels that are painted for a page: what has more lies over each other many times. */
#define PAINTED_MAX UINT64_C(400000000)

#define NEAR 0.02

/* A picture that is painted, as large as needed, and what of it is seen. */
struct layer {
    struct raster gray, alpha; /* alpha without pixels: all of it */
    uint8_t shade;             /* of a stencil, whose picture is its alpha */
    bool is_stencil, is_alpha_turned;
};

struct composing {
    struct arena *arena, *scratch;
    struct diags *diags;
    const struct scan_page *page;
    double scale; /* pixels for a point */
    uint32_t width, height;
    uint8_t *gray;
    uint64_t painted;
    const struct scan_image *last; /* whose layer is at hand */
    uint32_t last_times;
    struct layer layer;
};

/* ---- layers */

static uint32_t
times_of(const struct scan_image *image, double across, double down)
{
    double less = fmin(image->width / fmax(across, 1), image->height / fmax(down, 1));

    return less < 2 ? 1 : less > 60000 ? 60000 : (uint32_t)less;
}

static bool
decode(const struct composing *c, const struct scan_image *image, double across, double down,
       struct raster *out)
{
    uint32_t times = times_of(image, across, down);
    const struct scan_at at = {c->page->file, c->page->number};

    return scan_gray(c->scratch, c->diags, at, image, &times, out);
}

static bool
read_layer(struct composing *c, const struct scan_place *place, double across, double down)
{
    const struct scan_image *image = place->image;
    struct layer *layer = &c->layer;

    layer->is_stencil = image->space == SCAN_STENCIL;
    layer->shade = (uint8_t)((place->red * 77U + place->green * 150U + place->blue * 29U) >> 8);
    if (c->last == image && c->last_times == times_of(image, across, down))
        return true;
    layer->alpha = (struct raster){0, 0, NULL};
    layer->is_alpha_turned = !image->mask_is_soft;
    c->last = NULL;
    if (!decode(c, image, across, down, &layer->gray) ||
        (image->mask != NULL && !decode(c, image->mask, across, down, &layer->alpha)))
        return false;
    c->last = image;
    c->last_times = times_of(image, across, down);
    return true;
}

static uint8_t
pixel_at(const struct raster *raster, double u, double v)
{
    uint32_t x = (uint32_t)(u * raster->width), y = (uint32_t)((1 - v) * raster->height);

    x = x < raster->width ? x : raster->width - 1;
    y = y < raster->height ? y : raster->height - 1;
    return raster->gray[(size_t)y * raster->width + x];
}

static void
paint_pixel(const struct layer *layer, double u, double v, uint8_t *pixel)
{
    unsigned shade = pixel_at(&layer->gray, u, v), alpha = 255;

    if (layer->is_stencil) {
        alpha = 255 - shade;
        shade = layer->shade;
    } else if (layer->alpha.gray != NULL) {
        alpha = pixel_at(&layer->alpha, u, v);
        alpha = layer->is_alpha_turned ? 255 - alpha : alpha;
    }
    *pixel = (uint8_t)((shade * alpha + *pixel * (255 - alpha) + 127) / 255);
}

/* ---- places */

struct bounds {
    uint32_t left, top, right, bottom;
};

static uint32_t
clamp(double value, uint32_t most)
{
    return value <= 0 ? 0 : value >= most ? most : (uint32_t)value;
}

/* Pixels of the page that an image may touch. */
static struct bounds
bounds_of(const struct composing *c, const double m[6])
{
    double left = m[4] + fmin(0, m[0]) + fmin(0, m[2]),
           right = m[4] + fmax(0, m[0]) + fmax(0, m[2]);
    double low = m[5] + fmin(0, m[1]) + fmin(0, m[3]), high = m[5] + fmax(0, m[1]) + fmax(0, m[3]);

    return (struct bounds){clamp(floor(left * c->scale), c->width),
                           clamp(floor(c->height - high * c->scale), c->height),
                           clamp(ceil(right * c->scale), c->width),
                           clamp(ceil(c->height - low * c->scale), c->height)};
}

/* Each pixel of the page asks where in the image it lies. */
static void
paint(struct composing *c, const double m[6], struct bounds bounds)
{
    double whole = m[0] * m[3] - m[1] * m[2];

    for (uint32_t y = bounds.top; y < bounds.bottom; y++) {
        double to_y = (c->height - y - 0.5) / c->scale - m[5];
        for (uint32_t x = bounds.left; x < bounds.right; x++) {
            double to_x = (x + 0.5) / c->scale - m[4];
            double u = (m[3] * to_x - m[2] * to_y) / whole;
            double v = (m[0] * to_y - m[1] * to_x) / whole;
            if (u >= 0 && u <= 1 && v >= 0 && v <= 1)
                paint_pixel(&c->layer, u, v, &c->gray[(size_t)y * c->width + x]);
        }
    }
}

/* False where there is too much to paint, without a message, or the image cannot be read. */
static bool
add_place(struct composing *c, const struct scan_place *place)
{
    const double *m = place->matrix;
    struct bounds bounds = bounds_of(c, m);
    double across = hypot(m[0], m[1]) * c->scale, down = hypot(m[2], m[3]) * c->scale;

    if (bounds.left >= bounds.right || bounds.top >= bounds.bottom ||
        fabs(m[0] * m[3] - m[1] * m[2]) < 1e-9)
        return true;
    c->painted += (uint64_t)(bounds.right - bounds.left) * (bounds.bottom - bounds.top);
    if (c->painted > PAINTED_MAX || !read_layer(c, place, across, down))
        return false;
    paint(c, m, bounds);
    return true;
}

static bool
compose(struct composing *c, struct look *out)
{
    double width = c->page->width / (double)UNIT_PT, height = c->page->height / (double)UNIT_PT;
    double dpi = fmin(LOOK_DPI, 72 * sqrt(LOOK_PIXELS_MAX / (width * height)));
    bool good = true;

    c->scale = dpi / 72;
    c->width = (uint32_t)fmax(1, floor(width * c->scale));
    c->height = (uint32_t)fmax(1, floor(height * c->scale));
    c->gray = arena_array(c->arena, c->height, c->width);
    memset(c->gray, 255, (size_t)c->width * c->height);
    for (size_t i = 0; i < c->page->place_count && good; i++)
        good = add_place(c, &c->page->places[i]);
    out->raster = (struct raster){c->width, c->height, c->gray};
    out->dpi = (uint32_t)fmax(1, round(dpi));
    return good;
}

/* ---- a page that is one image */

/* True when it covers the page upright, with square pixels; *dpi is its resolution. */
static bool
is_one_image(const struct scan_page *page, double *dpi)
{
    const struct scan_place *place = &page->places[0];
    double width = page->width / (double)UNIT_PT, height = page->height / (double)UNIT_PT;

    if (page->place_count != 1 || place->image->mask != NULL || place->image->space == SCAN_STENCIL)
        return false;
    *dpi = place->image->width * 72 / width;
    return fabs(place->matrix[0] / width - 1) < NEAR &&
           fabs(place->matrix[3] / height - 1) < NEAR &&
           fabs(place->matrix[1]) + fabs(place->matrix[2]) < NEAR * width &&
           fabs(place->matrix[4]) < NEAR * width && fabs(place->matrix[5]) < NEAR * height &&
           fabs(*dpi / (place->image->height * 72 / height) - 1) < NEAR;
}

static bool
look_at_one(struct composing *c, double dpi, struct look *out)
{
    uint32_t times = dpi < 2 * LOOK_DPI ? 1 : (uint32_t)fmin(dpi / LOOK_DPI, 60000);
    const struct scan_at at = {c->page->file, c->page->number};

    if (!scan_gray(c->arena, c->diags, at, c->page->places[0].image, &times, &out->raster))
        return false;
    out->dpi = (uint32_t)fmax(1, round(dpi / times));
    return true;
}

/* ---- pages */

/* The page from its own images; what is said of them goes into `diags`. */
static bool
look_at_images(struct arena *arena, struct diags *diags, const struct scan_page *page,
               struct look *out)
{
    struct composing c = {.arena = arena, .scratch = arena_new(0), .diags = diags, .page = page};
    double dpi = 0;
    bool good = page->place_count > 0 && is_one_image(page, &dpi) ? look_at_one(&c, dpi, out)
                                                                  : compose(&c, out);

    arena_free(c.scratch);
    return good;
}

/* True when another program may know more of the images. */
static bool
is_unknown_kind(const struct diags *diags)
{
    return diags_count(diags) == 0 || diags_at(diags, 0)->code == DIAG_PAPER_IMAGE_KIND ||
           diags_at(diags, 0)->code == DIAG_PAPER_IMAGE_JBIG2;
}

bool
page_look(struct arena *arena, struct diags *diags, const struct scan_page *page, struct look *out)
{
    struct diags *own = diags_new();
    struct scan_page drawn;

    *out = (struct look){.dpi = LOOK_DPI};
    bool good = !page->is_drawn && look_at_images(arena, own, page, out);
    if (!good && (page->is_drawn || is_unknown_kind(own)) && page->pdf.len > 0) {
        out->is_turned = true;
        good = page_render(arena, diags, page, &drawn) && look_at_images(arena, diags, &drawn, out);
        out->is_unknown = !good && diags_at(diags, diags_count(diags) - 1)->code ==
                                       DIAG_PAPER_PAGE_NO_PROGRAM;
    } else {
        diags_add_new(diags, own, DIAG_NOTE);
        if (!good && diags_count(own) == 0)
            diag_add(diags, DIAG_PAPER_IMAGE_KIND, (struct pos){page->file, 0, 0},
                     diag_printf(diags, "%zu", page->number),
                     diag_both(diags, "too many images over each other", "มีภาพซ้อนกันมากเกินไป"),
                     NULL);
    }
    diags_free(own);
    return good;
}
