/* Blank pages. A page is looked at in squares of 2 mm: writing makes squares in which dark pixels
 * stand beside light ones. Dust does so too, but in few of them and with few pixels. What is dark
 * is told by the paper around, for light falls off towards the edges and along the spine of a book.
 */
#include "paper/raster.h"

/* In 1/10 mm. */
#define EDGE 40
#define SQUARE 20

/* Squares along a side of what counts as the paper around, and how much of it is darker than the
 * paper's own shade, in 1/100: more than writing takes. */
#define AROUND 5
#define DARKER 70

/* How much darker than the paper a mark of a pen or printer is, at least. */
#define CONTRAST 48

/* Dark pixels in a square, in 1/1000 of it, from which on it counts as written on: a dotted line
 * has 30. */
#define DARK_SHARE 10

/* So many squares may be written on: dust. */
#define SQUARES_MAX 2

static uint32_t
pixels_of(uint32_t tenths_of_mm, uint32_t dpi)
{
    return (uint32_t)((uint64_t)tenths_of_mm * dpi / 254);
}

/* A part of a page. */
struct part {
    uint32_t left, top, right, bottom;
};

/* The shade that so many hundredths of a part are darker than. */
static unsigned
shade_above(const struct raster *raster, struct part part, unsigned hundredths)
{
    size_t count[256] = {0}, below = 0;
    size_t area = (size_t)(part.right - part.left) * (part.bottom - part.top);
    unsigned shade = 0;

    for (uint32_t y = part.top; y < part.bottom; y++) {
        const uint8_t *line = raster->gray + (size_t)y * raster->width;
        for (uint32_t x = part.left; x < part.right; x++)
            count[line[x]]++;
    }
    for (; shade < 255 && (below += count[shade]) * 100 <= area * hundredths; shade++)
        continue;
    return shade;
}

/* True when a square is written on. */
static bool
is_written(const struct raster *raster, struct part square, unsigned shade)
{
    size_t dark = 0;
    size_t area = (size_t)(square.right - square.left) * (square.bottom - square.top);

    for (uint32_t y = square.top; y < square.bottom; y++) {
        const uint8_t *line = raster->gray + (size_t)y * raster->width;
        for (uint32_t x = square.left; x < square.right; x++)
            dark += line[x] + (unsigned)CONTRAST < shade;
    }
    return dark * 1000 > area * DARK_SHARE;
}

/* Squares of a part that are written on. What is black all over is no paper. */
static size_t
count_written(const struct raster *raster, struct part part, uint32_t side, unsigned page_shade)
{
    unsigned shade = shade_above(raster, part, DARKER);
    size_t written = 0;

    if (shade < 2 * CONTRAST || shade < page_shade / 2)
        return SQUARES_MAX + 1;
    for (uint32_t y = part.top; y < part.bottom; y += side) {
        for (uint32_t x = part.left; x < part.right; x += side) {
            struct part square = {x, y, x + side < part.right ? x + side : part.right,
                                  y + side < part.bottom ? y + side : part.bottom};
            /* of what is left over at the end a single dark pixel would be much */
            if ((uint64_t)(square.right - x) * (square.bottom - y) * 2 >= (uint64_t)side * side)
                written += is_written(raster, square, shade);
        }
    }
    return written;
}

bool
raster_is_blank(const struct raster *raster, uint32_t dpi)
{
    uint32_t edge = pixels_of(EDGE, dpi), side = pixels_of(SQUARE, dpi);
    size_t written = 0;

    if (side == 0 || raster->width < 2 * edge + side || raster->height < 2 * edge + side)
        return false;
    struct part page = {edge, edge, raster->width - edge, raster->height - edge};
    unsigned shade = shade_above(raster, page, DARKER);
    for (uint32_t y = page.top; y < page.bottom && written <= SQUARES_MAX; y += AROUND * side) {
        for (uint32_t x = page.left; x < page.right; x += AROUND * side) {
            struct part part = {x, y,
                                x + AROUND * side < page.right ? x + AROUND * side : page.right,
                                y + AROUND * side < page.bottom ? y + AROUND * side : page.bottom};
            written += count_written(raster, part, side, shade);
        }
    }
    return written <= SQUARES_MAX;
}
