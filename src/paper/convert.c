#include "paper/convert.h"

#include <string.h>

#include "base/arena.h"

struct decode_convert {
    struct decode_samples samples;
    unsigned channels; /* that are made */
    bool is_single;    /* one sample a pixel: what becomes of each value stands in `table` */
    uint8_t table[256][3];
    uint8_t *bytes; /* a row with each sample in a byte */
    uint8_t *out;
};

/* ---- colours */

static void
rgb_of_cmyk(const uint8_t cmyk[4], bool is_inverted, uint8_t rgb[3])
{
    unsigned black = is_inverted ? cmyk[3] : 255U - cmyk[3];

    for (size_t i = 0; i < 3; i++) {
        unsigned light = is_inverted ? cmyk[i] : 255U - cmyk[i];
        rgb[i] = (uint8_t)((light * black + 127) / 255);
    }
}

static uint8_t
gray_of_rgb(const uint8_t rgb[3])
{
    return (uint8_t)((rgb[0] * 77U + rgb[1] * 150U + rgb[2] * 29U + 128) >> 8);
}

/* ---- what has one sample a pixel */

static bool
fill_from_palette(struct decode_convert *c, const struct scan_image *image, size_t values)
{
    size_t channels = decode_channels(image->base);
    const uint8_t *palette = (const uint8_t *)image->palette.ptr;

    for (size_t value = 0; value < values; value++) {
        size_t index = c->samples.is_inverted ? values - 1 - value : value;
        uint8_t *rgb = c->table[value];
        /* what lies behind the palette is black, as in all that shows PDFs */
        if ((index + 1) * channels > image->palette.len)
            continue;
        const uint8_t *entry = palette + index * channels;
        if (channels == 4)
            rgb_of_cmyk(entry, false, rgb);
        else
            for (size_t i = 0; i < 3; i++)
                rgb[i] = entry[channels == 3 ? i : 0];
    }
    return true;
}

static void
fill_gray(struct decode_convert *c, size_t values)
{
    for (size_t value = 0; value < values; value++) {
        size_t light = c->samples.is_inverted ? values - 1 - value : value;
        memset(c->table[value], (int)(light * 255 / (values - 1)), 3);
    }
}

static bool
fill_table(struct decode_convert *c, const struct scan_image *image, bool to_gray)
{
    size_t values = (size_t)1 << (c->samples.bits > 8 ? 8 : c->samples.bits);
    bool is_gray = true;

    if (c->samples.space == SCAN_INDEXED && (c->samples.bits > 8 || image->base > SCAN_CMYK))
        return false;
    if (c->samples.space == SCAN_INDEXED)
        (void)fill_from_palette(c, image, values);
    else
        fill_gray(c, values);
    for (size_t value = 0; value < values; value++) {
        uint8_t *rgb = c->table[value];
        is_gray = is_gray && rgb[0] == rgb[1] && rgb[1] == rgb[2];
        if (to_gray)
            rgb[0] = gray_of_rgb(rgb);
    }
    c->channels = to_gray || is_gray ? 1 : 3;
    return true;
}

/* ---- rows */

struct decode_convert *
convert_new(struct arena *arena, const struct scan_image *image,
            const struct decode_samples *samples, bool to_gray)
{
    struct decode_convert *c = arena_alloc(arena, sizeof *c);
    unsigned bits = samples->bits, channels = decode_channels(samples->space);

    c->samples = *samples;
    if (samples->channels != channels || samples->space == SCAN_OF_JPX ||
        (bits != 1 && bits != 2 && bits != 4 && bits != 8 && bits != 16))
        return NULL;
    c->is_single = channels == 1;
    c->channels = to_gray ? 1 : 3;
    if (c->is_single && !fill_table(c, image, to_gray))
        return NULL;
    c->bytes = arena_array(arena, (size_t)samples->width * channels + 8, 1);
    c->out = arena_array(arena, samples->width, c->channels);
    return c;
}

unsigned
convert_channels(const struct decode_convert *c)
{
    return c->channels;
}

/* Each sample in a byte, of 16 bits the upper half; those of fewer bits keep their value. */
static const uint8_t *
in_bytes(const struct decode_convert *c, const uint8_t *row)
{
    size_t count = (size_t)c->samples.width * c->samples.channels;
    unsigned bits = c->samples.bits, per_byte = 8 / (bits > 8 ? 8 : bits);
    unsigned mask = (1U << (bits > 8 ? 8 : bits)) - 1;

    if (bits == 8)
        return row;
    for (size_t i = 0; bits == 16 && i < count; i++)
        c->bytes[i] = row[2 * i];
    for (size_t i = 0; bits < 8 && i < count;) {
        unsigned byte = row[i / per_byte];
        for (unsigned k = 0; k < per_byte && i < count; k++, i++)
            c->bytes[i] = (uint8_t)(byte >> (8 - bits * (k + 1)) & mask);
    }
    return c->bytes;
}

/* A small image of one bit may be most of a page. */
static void
convert_bits(struct decode_convert *c, const uint8_t *row)
{
    const uint8_t clear = c->table[0][0], set = c->table[1][0];
    uint8_t *out = c->out;
    size_t width = c->samples.width;

    for (size_t x = 0; x < width; x += 8, row++) {
        size_t count = width - x < 8 ? width - x : 8;
        if (*row == 0 || *row == 255) {
            memset(out + x, *row == 0 ? clear : set, count);
            continue;
        }
        for (size_t i = 0; i < count; i++)
            out[x + i] = (*row >> (7 - i) & 1) != 0 ? set : clear;
    }
}

static void
convert_many(struct decode_convert *c, const uint8_t *bytes)
{
    size_t channels = c->samples.channels;
    unsigned bits = c->samples.bits > 8 ? 8 : c->samples.bits, most = (1U << bits) - 1;

    for (size_t x = 0; x < c->samples.width; x++, bytes += channels) {
        uint8_t value[4], rgb[3];
        for (size_t i = 0; i < channels; i++)
            value[i] = (uint8_t)(bytes[i] * 255U / most);
        if (channels == 4) {
            rgb_of_cmyk(value, c->samples.is_inverted, rgb);
        } else {
            for (size_t i = 0; i < 3; i++)
                rgb[i] = c->samples.is_inverted ? (uint8_t)(255 - value[i]) : value[i];
        }
        if (c->channels == 1)
            c->out[x] = gray_of_rgb(rgb);
        else
            memcpy(c->out + 3 * x, rgb, 3);
    }
}

static void
convert_single(struct decode_convert *c, const uint8_t *bytes)
{
    for (size_t x = 0; x < c->samples.width; x++) {
        if (c->channels == 1)
            c->out[x] = c->table[bytes[x]][0];
        else
            memcpy(c->out + 3 * x, c->table[bytes[x]], 3);
    }
}

const uint8_t *
convert_row(struct decode_convert *c, const uint8_t *row)
{
    if (c->is_single && c->samples.bits == 1 && c->channels == 1)
        convert_bits(c, row);
    else if (c->is_single)
        convert_single(c, in_bytes(c, row));
    else
        convert_many(c, in_bytes(c, row));
    return c->out;
}
