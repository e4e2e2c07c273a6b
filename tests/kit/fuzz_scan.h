/* An image out of any bytes, for the fuzz targets of decoders: eight bytes say what the page says
 * of it, the rest is what stands in the file. */
#ifndef FUZZ_SCAN_H
#define FUZZ_SCAN_H

#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "paper/decode.h"

#define FUZZ_PIXELS_MAX 4000000

static inline struct scan_image
fuzz_image(enum scan_filter filter, const uint8_t *data, size_t size)
{
    static const unsigned bits[] = {1, 2, 4, 8, 16, 0, 3, 32};
    static const uint8_t palette[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    struct scan_image image = {.filter = filter};

    image.width = (uint32_t)data[0] << 8 | data[1];
    image.height = (uint32_t)data[2] << 8 | data[3];
    image.bits = bits[data[4] & 7];
    image.space = (enum scan_space)((data[4] >> 3) % (SCAN_OF_JPX + 1));
    image.base = (enum scan_space)(data[5] & 3);
    image.palette = (struct str){(const char *)palette, sizeof palette};
    image.is_inverted = (data[5] & 4) != 0;
    image.predictor = data[5] >> 4;
    image.columns = image.width;
    image.colors = 1 + (data[6] & 3);
    image.ccitt.k = (int)(data[6] >> 2 & 3) - 1;
    image.ccitt.byte_align = (data[6] & 16) != 0;
    image.ccitt.end_of_line = (data[6] & 32) != 0;
    image.ccitt.black_is_1 = (data[6] & 64) != 0;
    image.bytes = (struct str){(const char *)data + 8, size - 8};
    return image;
}

/* Decoded it has the sides it should have, or there is one message. */
static inline void
fuzz_decode(enum scan_filter filter, const uint8_t *data, size_t size)
{
    if (size < 8)
        return;
    struct scan_image image = fuzz_image(filter, data, size);
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    const struct scan_at at = {"fuzz.pdf", 1};
    struct scan_pixels pixels;
    struct raster raster;
    uint32_t times = 1 + data[7] % 9;
    bool is_small = (uint64_t)image.width * image.height <= FUZZ_PIXELS_MAX;

    if (is_small && scan_pixels_of(arena, diags, at, &image, &pixels)) {
        if (pixels.width == 0 || pixels.height == 0 || pixels.samples == NULL)
            abort();
    } else if (is_small && diags_count(diags) != 1) {
        abort();
    }
    if (is_small && scan_gray(arena, diags, at, &image, &times, &raster) &&
        (raster.gray == NULL || (uint64_t)raster.width * raster.height > DECODE_GRAY_MAX))
        abort();
    diags_free(diags);
    arena_free(arena);
}

#endif
