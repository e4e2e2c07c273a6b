/* Finding QR codes by ZBar, which sees all that has a few pixels a module and even light. Pages
 * that have neither are made larger, smaller, smoother or flatter for it. */
#include "paper/find.h"

#include <math.h>
#include <stdlib.h>

#include <zbar.h>

#include "base/arena.h"
#include "paper/enhance.h"

#define GRAY_OF_ZBAR 0x30303859 /* Y800 */

/* At this resolution a module of ours has three pixels and more, and a page is looked through in
 * 40 ms. */
#define QUICK_DPI 150

#define FINE_DPI 300

/* What says that it has more says nothing. */
#define DPI_MAX 10000

/* So much of a page, from its edges, is looked at closely: the code stands in the foot. In 1/10 mm.
 */
#define BORDER CODE_CORNER

/* The paper of reports, in 1/10 mm, and what scanners cut off of it. */
#define PAPER_SHORT 2100
#define PAPER_LONG 2970
#define PAPER_CUT 100

/* The square whose mean is the shade of its middle's surroundings, in 1/10 mm. */
#define SURROUNDINGS 120

/* Shades of ink, in 1/100 of the way from the darkest to the paper: of any, and of toner alone. */
#define INK 24
#define TONER 14

struct finder {
    struct arena *arena;
    const struct raster *page;
    uint32_t dpi;
    struct found_codes *out;
    bool is_done; /* a code of ours stands in the corner */
};

/* A picture of a part of the page: where it begins there, and pixels of it for one of the page. */
struct view {
    struct raster raster;
    uint32_t x, y;
    double scale;
};

/* ---- what ZBar says */

static int
turn_of(const zbar_symbol_t *symbol)
{
    /* the corners are told from the upper left one on, against the clock */
    double dx = zbar_symbol_get_loc_x(symbol, 3) - zbar_symbol_get_loc_x(symbol, 0);
    double dy = zbar_symbol_get_loc_y(symbol, 3) - zbar_symbol_get_loc_y(symbol, 0);

    if (fabs(dx) >= fabs(dy))
        return dx >= 0 ? 0 : 180;
    return dy >= 0 ? 270 : 90;
}

static bool
is_mirrored(const zbar_symbol_t *symbol)
{
    double x = zbar_symbol_get_loc_x(symbol, 0), y = zbar_symbol_get_loc_y(symbol, 0);
    double right_x = zbar_symbol_get_loc_x(symbol, 3) - x;
    double right_y = zbar_symbol_get_loc_y(symbol, 3) - y;
    double down_x = zbar_symbol_get_loc_x(symbol, 1) - x;
    double down_y = zbar_symbol_get_loc_y(symbol, 1) - y;

    return right_x * down_y - right_y * down_x <= 0;
}

/* A picture that is turned so that a code on it stands upright: its sides, and how far the code's
 * middle is from its left side and its foot, in 1/10 mm. */
struct upright {
    double width, height, left, foot;
};

static struct upright
upright_of(const struct finder *finder, const struct found_code *found)
{
    double unit = 254.0 / finder->dpi;
    double width = finder->page->width * unit, height = finder->page->height * unit;
    double x = found->x * unit, y = found->y * unit;

    switch (found->turn) {
    case 90:
        return (struct upright){height, width, height - y, width - x};
    case 180:
        return (struct upright){width, height, width - x, y};
    case 270:
        return (struct upright){height, width, y, x};
    default:
        return (struct upright){width, height, x, height - y};
    }
}

/* Whether it may be in the corner of paper that is as large as the picture, or lies anywhere on a
 * glass that is larger. */
static bool
is_in_corner_of(const struct upright *picture, double width, double height)
{
    double across = fmax(0, picture->width - width), down = fmax(0, picture->height - height);

    return picture->width > width - PAPER_CUT && picture->height > height - PAPER_CUT &&
           picture->left <= CODE_CORNER + across && picture->foot <= CODE_CORNER + down;
}

static bool
is_in_corner(const struct finder *finder, const struct found_code *found)
{
    struct upright picture = upright_of(finder, found);

    return (picture.left <= CODE_CORNER && picture.foot <= CODE_CORNER) ||
           is_in_corner_of(&picture, PAPER_SHORT, PAPER_LONG) ||
           is_in_corner_of(&picture, PAPER_LONG, PAPER_SHORT);
}

static struct found_code
code_of(struct finder *finder, const struct view *view, const zbar_symbol_t *symbol)
{
    struct str text = {zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol)};
    struct found_code found = {.text = str_dup(finder->arena, text), .turn = turn_of(symbol)};
    double x = 0, y = 0;

    for (unsigned i = 0; i < 4; i++) {
        x += zbar_symbol_get_loc_x(symbol, i) / 4.0;
        y += zbar_symbol_get_loc_y(symbol, i) / 4.0;
    }
    found.x = (int32_t)lround(x / view->scale + view->x);
    found.y = (int32_t)lround(y / view->scale + view->y);
    double side = hypot(zbar_symbol_get_loc_x(symbol, 3) - zbar_symbol_get_loc_x(symbol, 0),
                        zbar_symbol_get_loc_y(symbol, 3) - zbar_symbol_get_loc_y(symbol, 0));
    found.side = (uint32_t)lround(side / view->scale);
    found.is_ours = code_qr_read(text, &found.code, &found.page);
    found.is_in_corner = is_in_corner(finder, &found);
    return found;
}

/* Adds a code that was not found at this place before. */
static void
add(struct finder *finder, const struct found_code *found)
{
    struct found_codes *out = finder->out;

    for (size_t i = 0; i < out->count; i++) {
        const struct found_code *known = &out->code[i];
        if (str_eq(known->text, found->text) &&
            hypot(known->x - found->x, known->y - found->y) < known->side)
            return;
    }
    if (out->count == FIND_CODES_MAX)
        return;
    out->code[out->count++] = *found;
    finder->is_done = finder->is_done || (found->is_ours && found->is_in_corner);
}

static void
look(struct finder *finder, const struct view *view)
{
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_t *image = zbar_image_create();
    size_t size = (size_t)view->raster.width * view->raster.height;

    (void)zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    (void)zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_set_format(image, GRAY_OF_ZBAR);
    zbar_image_set_size(image, view->raster.width, view->raster.height);
    zbar_image_set_data(image, view->raster.gray, size, NULL);
    (void)zbar_scan_image(scanner, image);
    for (const zbar_symbol_t *symbol = zbar_image_first_symbol(image); symbol != NULL;
         symbol = zbar_symbol_next(symbol)) {
        if (zbar_symbol_get_type(symbol) != ZBAR_QRCODE || zbar_symbol_get_loc_size(symbol) != 4 ||
            is_mirrored(symbol))
            continue;
        struct found_code found = code_of(finder, view, symbol);
        add(finder, &found);
    }
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
}

/* ---- the ways to look */

enum way { WAY_PLAIN, WAY_BLUR, WAY_MEDIAN, WAY_FLAT, WAY_INK, WAY_TONER };

static struct raster
made(struct finder *finder, const struct raster *raster, enum way way, uint32_t dpi)
{
    switch (way) {
    case WAY_BLUR:
        return raster_blur(finder->arena, raster);
    case WAY_MEDIAN:
        return raster_median(finder->arena, raster);
    case WAY_FLAT:
        return raster_flatten(finder->arena, raster, SURROUNDINGS * dpi / 254);
    case WAY_INK:
        return raster_darkest(finder->arena, raster, INK);
    case WAY_TONER:
        return raster_darkest(finder->arena, raster, TONER);
    case WAY_PLAIN:
        break;
    }
    return *raster;
}

/* Looks at a part of the page in one way, at the resolution that is nearest to `dpi`. The picture
 * is given back, for pages have millions of pixels; what was found is kept by its text alone. */
static void
look_at(struct finder *finder, const struct raster *part, uint32_t x, uint32_t y, enum way way,
        uint32_t dpi)
{
    struct arena *keep = finder->arena;
    uint32_t less = (uint32_t)(((uint64_t)finder->dpi + dpi / 2) / dpi);
    uint32_t more = (dpi + finder->dpi / 2) / finder->dpi;
    struct view view = {.raster = *part, .x = x, .y = y, .scale = 1};
    struct finder inner = *finder;

    while (more > 1 && (uint64_t)part->width * part->height * more * more > FIND_PIXELS_MAX)
        more--;
    inner.arena = arena_new(0);
    if (less > 1) {
        view.raster = raster_shrink(inner.arena, &view.raster, less);
        view.scale = 1.0 / less;
    } else if (more > 1) {
        view.raster = raster_grow(inner.arena, &view.raster, more);
        view.scale = more;
    }
    view.raster = made(&inner, &view.raster, way, (uint32_t)lround(finder->dpi * view.scale));
    struct arena *pictures = inner.arena;
    inner.arena = keep;
    if (view.raster.width > 0 && view.raster.height > 0)
        look(&inner, &view);
    finder->is_done = inner.is_done;
    arena_free(pictures);
}

static void
look_at_page(struct finder *finder, enum way way, uint32_t dpi)
{
    look_at(finder, finder->page, 0, 0, way, dpi);
}

/* Looks at the four borders of the page, for nobody knows yet how it lies. */
static void
look_at_borders(struct finder *finder, enum way way, uint32_t dpi)
{
    const struct raster *page = finder->page;
    uint32_t border = (uint32_t)((uint64_t)BORDER * finder->dpi / 254);
    uint32_t right = page->width > border ? page->width - border : 0;
    uint32_t below = page->height > border ? page->height - border : 0;
    const uint32_t parts[4][4] = {{0, below, page->width, border},
                                  {0, 0, page->width, border},
                                  {0, 0, border, page->height},
                                  {right, 0, border, page->height}};

    for (size_t i = 0; i < 4 && !finder->is_done; i++) {
        struct arena *arena = arena_new(0);
        struct raster part =
            raster_part(arena, page, parts[i][0], parts[i][1], parts[i][2], parts[i][3]);
        look_at(finder, &part, parts[i][0], parts[i][1], way, dpi);
        arena_free(arena);
    }
}

/* From the cheapest to what helps few pages. */
static const struct {
    bool is_page; /* all of it, else its borders */
    enum way way;
    uint32_t dpi;
} ways[] = {
    {true, WAY_PLAIN, QUICK_DPI},  {false, WAY_PLAIN, FINE_DPI}, {false, WAY_INK, FINE_DPI},
    {false, WAY_TONER, FINE_DPI},  {false, WAY_BLUR, FINE_DPI},  {false, WAY_FLAT, FINE_DPI},
    {false, WAY_MEDIAN, FINE_DPI}, {true, WAY_PLAIN, FINE_DPI},  {false, WAY_BLUR, QUICK_DPI},
};

struct found_codes
raster_codes(struct arena *arena, const struct raster *raster, uint32_t dpi)
{
    struct found_codes found = {.count = 0};
    struct finder finder = {.arena = arena,
                            .page = raster,
                            .dpi = dpi == 0 || dpi > DPI_MAX ? QUICK_DPI : dpi,
                            .out = &found};

    if (raster->width == 0 || raster->height == 0 ||
        (uint64_t)raster->width * raster->height > FIND_PIXELS_MAX)
        return found;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0] && !finder.is_done; i++) {
        if (ways[i].is_page)
            look_at_page(&finder, ways[i].way, ways[i].dpi);
        else
            look_at_borders(&finder, ways[i].way, ways[i].dpi);
    }
    return found;
}
