/* Samples as they are, or as zlib packs them, with the predictors of PDF (ISO 32000-1 §7.4.4.4). */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "base/arena.h"
#include "paper/decode_inner.h"

/* Deflate cannot pack more than 1032 to 1. */
#define DEFLATE_RATIO_MAX 1032

#define PREDICTOR_TIFF 2
#define PREDICTOR_PNG 10

struct source {
    z_stream z;
    bool is_packed, is_over;
    struct str rest;
};

/* Exactly so many bytes; false where there are fewer. */
static bool
take(struct source *source, uint8_t *out, size_t size)
{
    if (!source->is_packed) {
        if (source->rest.len < size)
            return false;
        memcpy(out, source->rest.ptr, size);
        source->rest = str_sub(source->rest, size, SIZE_MAX);
        return true;
    }
    z_stream *z = &source->z;
    z->next_out = out;
    z->avail_out = (unsigned)size;
    while (z->avail_out > 0 && !source->is_over) {
        if (z->avail_in == 0) {
            size_t piece = source->rest.len > INT_MAX ? INT_MAX : source->rest.len;
            z->next_in = (unsigned char *)(uintptr_t)source->rest.ptr;
            z->avail_in = (unsigned)piece;
            source->rest = str_sub(source->rest, piece, SIZE_MAX);
        }
        source->is_over = inflate(z, Z_NO_FLUSH) != Z_OK;
    }
    return z->avail_out == 0;
}

/* ---- predictors */

static uint8_t
paeth(int left, int up, int corner)
{
    int guess = left + up - corner;
    int to_left = abs(guess - left), to_up = abs(guess - up), to_corner = abs(guess - corner);

    if (to_left <= to_up && to_left <= to_corner)
        return (uint8_t)left;
    return (uint8_t)(to_up <= to_corner ? up : corner);
}

/* Undoes the filter of a row of PNG; `above` is the row before it. */
static bool
undo_png(unsigned filter, uint8_t *row, const uint8_t *above, size_t len, size_t step)
{
    for (size_t i = 0; i < len && filter > 0; i++) {
        int left = i < step ? 0 : row[i - step], up = above[i];
        int corner = i < step ? 0 : above[i - step], guess = 0;
        switch (filter) {
        case 1:
            guess = left;
            break;
        case 2:
            guess = up;
            break;
        case 3:
            guess = (left + up) / 2;
            break;
        case 4:
            guess = paeth(left, up, corner);
            break;
        default:
            return false;
        }
        row[i] = (uint8_t)(row[i] + guess);
    }
    return true;
}

/* Undoes differences of samples of 8 or 16 bits, with the higher byte first. */
static bool
undo_tiff(uint8_t *row, size_t len, unsigned bits, size_t step)
{
    for (size_t i = step; i < len && bits == 8; i++)
        row[i] = (uint8_t)(row[i] + row[i - step]);
    for (size_t i = 2 * step; i + 1 < len && bits == 16; i += 2) {
        unsigned before = row[i - 2 * step] * 256U + row[i - 2 * step + 1];
        unsigned sum = before + row[i] * 256U + row[i + 1];
        row[i] = (uint8_t)(sum >> 8);
        row[i + 1] = (uint8_t)sum;
    }
    return bits == 8 || bits == 16;
}

/* ---- rows */

/* A row, in the second half of `row`, which begins with the filter of PNG. */
static bool
next_row(struct decoding *d, struct source *source, uint8_t *row, const uint8_t *above, size_t len)
{
    const struct scan_image *image = d->image;
    unsigned predictor = image->filter == SCAN_FLATE ? image->predictor : 0;
    unsigned colors = image->colors == 0 ? 1 : image->colors;
    bool is_png = predictor >= PREDICTOR_PNG;
    bool good = take(source, is_png ? row - 1 : row, is_png ? len + 1 : len);

    if (!good)
        return decode_fail(d, DECODE_DAMAGED, "the data ends too early");
    size_t step = ((size_t)image->bits * colors + 7) / 8;
    if (is_png)
        good = undo_png(row[-1], row, above, len, step);
    else if (predictor == PREDICTOR_TIFF)
        good = undo_tiff(row, len, image->bits, colors);
    return good || decode_fail(d, DECODE_DAMAGED, "a predictor that there is not");
}

static bool
give_rows(struct decoding *d, struct source *source, size_t len)
{
    uint8_t *rows = arena_alloc(d->arena, 2 * (len + 16));
    uint8_t *now = rows + 8, *before = rows + len + 24;

    for (uint32_t y = 0; y < d->image->height; y++) {
        uint8_t *row = y % 2 == 0 ? now : before;
        if (!next_row(d, source, row, y % 2 == 0 ? before : now, len) || !decode_row(d, row))
            return false;
    }
    return true;
}

/* What predictors must know of a row has to be what the image says, for what is beside it would be
 * read otherwise by each who shows it. */
static bool
is_plausible(struct decoding *d, size_t len, unsigned channels)
{
    const struct scan_image *image = d->image;
    bool predicts = image->filter == SCAN_FLATE && image->predictor > 1;
    uint64_t size = (uint64_t)len * image->height, ratio = 1;

    if (predicts && (image->columns != image->width || image->colors != channels))
        return decode_fail(d, DECODE_UNSUPPORTED, "a predictor for rows of another length");
    ratio = image->filter == SCAN_FLATE ? DEFLATE_RATIO_MAX : 1;
    if (size / ratio > image->bytes.len)
        return decode_fail(d, DECODE_DAMAGED, "the data is too short for so many pixels");
    return true;
}

bool
decode_raw(struct decoding *d)
{
    const struct scan_image *image = d->image;
    unsigned channels = decode_channels(image->space);
    struct decode_samples samples = {image->width, image->height, image->bits,
                                     channels,     image->space,  image->is_inverted};
    size_t len = decode_row_size(image->width, image->bits, channels);
    struct source source = {.is_packed = image->filter == SCAN_FLATE, .rest = image->bytes};

    if (image->bits == 0 || image->bits > 16 || !is_plausible(d, len, channels) ||
        !decode_begin(d, &samples))
        return decode_fail(d, DECODE_UNSUPPORTED, "samples of another size");
    if (source.is_packed && inflateInit(&source.z) != Z_OK)
        return decode_fail(d, DECODE_TOO_LARGE, NULL);
    bool good = give_rows(d, &source, len);
    if (source.is_packed)
        (void)inflateEnd(&source.z);
    return good;
}
