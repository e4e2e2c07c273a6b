/* Images of scans as pixels. All decoders have limits, and run on whatever bytes there are. */
#ifndef PAPER_DECODE_H
#define PAPER_DECODE_H

#include "base/diag.h"
#include "paper/page.h"
#include "paper/raster.h"

struct arena;

#define DECODE_SIDE_MAX 60000
#define DECODE_PIXELS_MAX UINT64_C(600000000)   /* A3 at 1,200 dpi has 278 million */
#define DECODE_BYTES_MAX ((uint64_t)1024 << 20) /* of pixels that are asked for at once */
#define DECODE_GRAY_MAX ((uint64_t)64 << 20)    /* of those to look at */
#define DECODE_SECONDS 60                       /* for jbig2dec */
#define DECODE_MEMORY ((size_t)1 << 30)         /* for jbig2dec */

/* The page that an image stands on, for messages. */
struct scan_at {
    const char *file;
    size_t page;
};

/* Where rows of pixels go, from the top. Either ends the decoding when it is false, without a
 * message. */
struct scan_rows {
    /* `channels` of a row: 1 (gray) or 3 (RGB), 8 bits each */
    bool (*begin)(void *to, uint32_t width, uint32_t height, unsigned channels);
    bool (*row)(void *to, const uint8_t *row);
    void *to;
};

/* All pixels of an image, row by row: samples of 16 bits become 8, CMYK becomes RGB, a stencil is
 * black where it paints. Masks are not looked at. False, with PAPER_IMAGE_… unless a function of
 * `rows` ended it. */
bool scan_decode(struct diags *diags, struct scan_at at, const struct scan_image *image,
                 const struct scan_rows *rows);

/* The same in one piece. */
struct scan_pixels {
    uint32_t width, height;
    unsigned channels;
    const uint8_t *samples;
};
bool scan_pixels_of(struct arena *arena, struct diags *diags, struct scan_at at,
                    const struct scan_image *image, struct scan_pixels *out);

/* To look at: in gray, each pixel the mean of times × times; `times` is made larger where too many
 * pixels would be left, and *times says what it was. */
bool scan_gray(struct arena *arena, struct diags *diags, struct scan_at at,
               const struct scan_image *image, uint32_t *times, struct raster *out);

#endif
