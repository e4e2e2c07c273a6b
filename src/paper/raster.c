/* Blank pages. A page is looked at in squares of 2 mm: writing makes squares in which dark pixels
 * stand beside light ones. Dust does so too, but in few of them and with few pixels. */
#include "paper/raster.h"

/* In 1/10 mm. */
#define EDGE 40
#define SQUARE 20

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

/* The shade that most of the page has. */
static unsigned
paper_shade(const struct raster *raster)
{
    size_t count[256] = {0};
    unsigned shade = 255;

    for (size_t i = 0; i < (size_t)raster->width * raster->height; i++)
        count[raster->gray[i]]++;
    for (unsigned i = 0; i < 256; i++)
        shade = count[i] > count[shade] ? i : shade;
    return shade;
}

/* True when a square of this side is written on. */
static bool
is_written(const struct raster *raster, uint32_t x, uint32_t y, uint32_t side, unsigned shade)
{
    size_t dark = 0;

    for (uint32_t row = y; row < y + side; row++) {
        const uint8_t *line = raster->gray + (size_t)row * raster->width;
        for (uint32_t at = x; at < x + side; at++)
            dark += line[at] + (unsigned)CONTRAST < shade;
    }
    return dark * 1000 > (size_t)side * side * DARK_SHARE;
}

bool
raster_is_blank(const struct raster *raster, uint32_t dpi)
{
    uint32_t edge = pixels_of(EDGE, dpi), side = pixels_of(SQUARE, dpi);
    size_t written = 0;

    if (side == 0 || raster->width < 2 * edge + side || raster->height < 2 * edge + side)
        return false;
    unsigned shade = paper_shade(raster);
    if (shade < 2 * CONTRAST) /* a black page is no paper */
        return false;
    for (uint32_t y = edge; y + side + edge <= raster->height; y += side) {
        for (uint32_t x = edge; x + side + edge <= raster->width; x += side)
            written += is_written(raster, x, y, side, shade);
    }
    return written <= SQUARES_MAX;
}
