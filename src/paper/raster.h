/* Pixels of a page, as those who look for codes and for blank pages see them. */
#ifndef PAPER_RASTER_H
#define PAPER_RASTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rows from the top, one byte a pixel: 0 is black, 255 white. */
struct raster {
    uint32_t width, height;
    const uint8_t *gray; /* height rows of width bytes */
};

/* True for a page with nothing on it but the paper's own shade and specks of dust: the back of a
 * sheet that the feeder took along. What lies within 4 mm of the paper's edges counts for nothing,
 * for there stand shadows of the lid; `dpi` says how much that is. When in doubt it is false. */
bool raster_is_blank(const struct raster *raster, uint32_t dpi);

#endif
