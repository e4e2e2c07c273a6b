/* Which decoder an image belongs to, and what is made of its rows. */
#include "paper/decode.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "paper/convert.h"
#include "paper/decode_inner.h"

bool
decode_fail(struct decoding *d, enum decode_fault fault, const char *why)
{
    if (d->fault == DECODE_GOOD) {
        d->fault = fault;
        if (why != NULL)
            (void)snprintf(d->why, sizeof d->why, "%s", why);
    }
    return false;
}

size_t
decode_row_size(uint64_t width, unsigned bits, unsigned channels)
{
    return (size_t)((width * bits * channels + 7) / 8);
}

unsigned
decode_channels(enum scan_space space)
{
    return space == SCAN_RGB ? 3 : space == SCAN_CMYK ? 4 : 1;
}

uint32_t
decode_power(uint32_t times, uint32_t most)
{
    uint32_t power = 1;

    while (power * 2 <= most && times % (power * 2) == 0)
        power *= 2;
    return power;
}

bool
decode_begin(struct decoding *d, const struct decode_samples *samples)
{
    if (samples->width == 0 || samples->height == 0)
        return decode_fail(d, DECODE_DAMAGED, "an image without pixels");
    d->convert = convert_new(d->arena, d->image, samples, d->to_gray);
    if (d->convert == NULL)
        return decode_fail(d, DECODE_UNSUPPORTED, "colours of another kind");
    return d->rows->begin(d->rows->to, samples->width, samples->height,
                          convert_channels(d->convert)) ||
           decode_fail(d, DECODE_ENDED, NULL);
}

bool
decode_row(struct decoding *d, const uint8_t *row)
{
    return d->rows->row(d->rows->to, convert_row(d->convert, row)) ||
           decode_fail(d, DECODE_ENDED, NULL);
}

/* ---- messages */

static bool
tell(struct diags *diags, struct scan_at at, const struct decoding *d)
{
    static const enum diag_code codes[] = {[DECODE_DAMAGED] = DIAG_PAPER_IMAGE_DAMAGED,
                                           [DECODE_UNSUPPORTED] = DIAG_PAPER_IMAGE_KIND,
                                           [DECODE_TOO_LARGE] = DIAG_PAPER_IMAGE_LARGE,
                                           [DECODE_NO_PROGRAM] = DIAG_PAPER_IMAGE_JBIG2};
    const char *page = diag_printf(diags, "%zu", at.page);
    const char *why = d->why[0] == '\0'
                          ? diag_both(diags, "no more is known", "ไม่ทราบรายละเอียด")
                          : diag_said(diags, "ตัวอ่านภาพแจ้งว่า", diag_str(diags, str_of(d->why)));

    if (d->fault == DECODE_GOOD || d->fault == DECODE_ENDED)
        return false;
    if (d->fault == DECODE_TOO_LARGE)
        why = diag_printf(diags, "%lu × %lu", (unsigned long)d->image->width,
                          (unsigned long)d->image->height);
    diag_add(diags, codes[d->fault], (struct pos){at.file, 0, 0}, page, why, NULL);
    return false;
}

/* ---- the decoders */

static bool
is_allowed(const struct scan_image *image)
{
    return image->width <= DECODE_SIDE_MAX && image->height <= DECODE_SIDE_MAX &&
           (uint64_t)image->width * image->height <= DECODE_PIXELS_MAX;
}

static bool
run(struct decoding *d)
{
    if (!is_allowed(d->image))
        return decode_fail(d, DECODE_TOO_LARGE, NULL);
    switch (d->image->filter) {
    case SCAN_RAW:
    case SCAN_FLATE:
        return decode_raw(d);
    case SCAN_DCT:
        return decode_jpeg(d);
    case SCAN_JPX:
        return decode_jpx(d);
    case SCAN_CCITT:
        return decode_ccitt(d);
    case SCAN_JBIG2:
        return decode_jbig2(d);
    case SCAN_OTHER:
        break;
    }
    return decode_fail(d, DECODE_UNSUPPORTED, "a coding of another kind");
}

bool
scan_decode(struct diags *diags, struct scan_at at, const struct scan_image *image,
            const struct scan_rows *rows)
{
    struct decoding d = {
        .arena = arena_new(0), .image = image, .rows = rows, .times = 1, .reduced = 1};
    bool good = run(&d) || tell(diags, at, &d);

    arena_free(d.arena);
    return good;
}

/* ---- in one piece */

struct piece {
    struct arena *arena;
    struct scan_pixels *out;
    uint8_t *samples;
    uint32_t y;
    bool is_too_large;
};

static bool
begin_piece(void *to, uint32_t width, uint32_t height, unsigned channels)
{
    struct piece *piece = to;

    *piece->out = (struct scan_pixels){width, height, channels, NULL};
    piece->is_too_large = (uint64_t)width * height * channels > DECODE_BYTES_MAX;
    if (piece->is_too_large)
        return false;
    piece->samples = arena_array(piece->arena, height, (size_t)width * channels);
    piece->out->samples = piece->samples;
    return true;
}

static bool
add_to_piece(void *to, const uint8_t *row)
{
    struct piece *piece = to;
    size_t len = (size_t)piece->out->width * piece->out->channels;

    if (piece->y < piece->out->height)
        memcpy(piece->samples + piece->y++ * len, row, len);
    return true;
}

bool
scan_pixels_of(struct arena *arena, struct diags *diags, struct scan_at at,
               const struct scan_image *image, struct scan_pixels *out)
{
    struct piece piece = {.arena = arena, .out = out};
    const struct scan_rows rows = {begin_piece, add_to_piece, &piece};
    const struct decoding large = {.image = image, .fault = DECODE_TOO_LARGE};

    if (scan_decode(diags, at, image, &rows))
        return true;
    return piece.is_too_large && tell(diags, at, &large);
}

/* ---- to look at */

struct look {
    struct decoding *d;
    struct arena *arena;
    struct raster *out;
    uint8_t *gray;
    uint32_t *sums;
    uint32_t times, width, in_sum, y; /* of the rows that come; how many are in the sums */
};

static bool
begin_look(void *to, uint32_t width, uint32_t height, unsigned channels)
{
    struct look *look = to;

    (void)channels;
    look->times = look->d->times / look->d->reduced;
    look->width = width;
    /* an image that is thinner than a pixel has one all the same */
    *look->out = (struct raster){width < look->times ? 1 : width / look->times,
                                 height < look->times ? 1 : height / look->times, NULL};
    look->gray = arena_array(look->arena, look->out->height, look->out->width);
    look->out->gray = look->gray;
    look->sums = arena_array(look->d->arena, look->out->width, sizeof *look->sums);
    memset(look->gray, 255, (size_t)look->out->width * look->out->height);
    return true;
}

static void
add_sums(const struct look *look, const uint8_t *row)
{
    uint32_t times = look->times < look->width ? look->times : look->width;

    for (uint32_t x = 0; x < look->out->width; x++) {
        uint32_t sum = 0;
        for (uint32_t i = 0; i < times; i++)
            sum += *row++;
        look->sums[x] += sum;
    }
}

static bool
add_to_look(void *to, const uint8_t *row)
{
    struct look *look = to;
    size_t width = look->out->width;
    uint8_t *out = look->gray + look->y * width;
    uint32_t across = look->times < look->width ? look->times : look->width;

    if (look->y == look->out->height)
        return true;
    if (look->times == 1) {
        memcpy(out, row, width);
        look->y++;
        return true;
    }
    add_sums(look, row);
    look->in_sum++;
    /* the mean so far stands there, should no more rows come */
    for (size_t x = 0; x < width && (look->in_sum == look->times || look->in_sum == 1); x++)
        out[x] = (uint8_t)(look->sums[x] / (across * look->in_sum));
    if (look->in_sum == look->times) {
        memset(look->sums, 0, width * sizeof *look->sums);
        look->in_sum = 0;
        look->y++;
    }
    return true;
}

bool
scan_gray(struct arena *arena, struct diags *diags, struct scan_at at,
          const struct scan_image *image, uint32_t *times, struct raster *out)
{
    struct decoding d = {.arena = arena_new(0), .image = image, .to_gray = true, .reduced = 1};
    struct look look = {.d = &d, .arena = arena, .out = out};
    const struct scan_rows rows = {begin_look, add_to_look, &look};

    *times = *times == 0 ? 1 : *times;
    while ((uint64_t)image->width / *times * (image->height / *times) > DECODE_GRAY_MAX &&
           *times < DECODE_SIDE_MAX)
        ++*times;
    d.times = *times;
    d.rows = &rows;
    bool good = run(&d) || tell(diags, at, &d);
    arena_free(d.arena);
    return good;
}
