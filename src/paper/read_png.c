/* PNG files: their chunks (ISO/IEC 15948). What is in IDAT is what PDFs have as Flate with
 * predictors, unless it is interlaced or transparent: then it is packed anew. */
#include <string.h>

#include <zlib.h>

#include "base/arena.h"
#include "image/raster.h"
#include "paper/read_inner.h"
#include "paper/repack.h"

#define CHUNK_EXTRA 12 /* length, name, checksum */

struct header {
    uint32_t width, height;
    unsigned bits, colour, interlace;
    bool has_header, has_end, is_clear;
    double dpi_x, dpi_y;
    struct str palette;
    struct buf data;
    struct str only; /* the one IDAT, where there are no more */
    size_t data_count;
};

enum colour { GRAY = 0, RGB = 2, PALETTE = 3, GRAY_ALPHA = 4, RGB_ALPHA = 6 };

static uint32_t
four_at(struct str bytes, size_t at)
{
    uint32_t value = 0;

    for (size_t i = 0; i < 4; i++)
        value = value << 8 | (at + i < bytes.len ? (unsigned char)bytes.ptr[at + i] : 0);
    return value;
}

static void
read_header(struct header *head, struct str data)
{
    head->has_header = data.len == 13;
    head->width = four_at(data, 0);
    head->height = four_at(data, 4);
    head->bits = four_at(data, 8) >> 24;
    head->colour = four_at(data, 8) >> 16 & 0xFF;
    head->interlace = four_at(data, 9) & 0xFF;
}

static void
read_chunk(struct header *head, struct str name, struct str data)
{
    if (str_is(name, "IHDR")) {
        read_header(head, data);
    } else if (str_is(name, "PLTE")) {
        head->palette = data;
    } else if (str_is(name, "tRNS")) {
        head->is_clear = true;
    } else if (str_is(name, "pHYs") && data.len == 9 && data.ptr[8] == 1) {
        head->dpi_x = four_at(data, 0) * 0.0254;
        head->dpi_y = four_at(data, 4) * 0.0254;
    } else if (str_is(name, "IDAT")) {
        /* most files have many small ones, some have one large one that need not be copied */
        if (++head->data_count == 2)
            buf_add(&head->data, head->only);
        head->only = data;
        if (head->data_count > 1)
            buf_add(&head->data, data);
    } else if (str_is(name, "IEND")) {
        head->has_end = true;
    }
}

static bool
read_chunks(struct str bytes, struct header *head)
{
    for (size_t at = 8; at + CHUNK_EXTRA <= bytes.len && !head->has_end;) {
        size_t len = four_at(bytes, at);
        if (bytes.len - at - CHUNK_EXTRA < len)
            return false;
        uint32_t sum = four_at(bytes, at + 8 + len);
        if (crc32_z(0, (const unsigned char *)bytes.ptr + at + 4, len + 4) != sum)
            return false;
        read_chunk(head, str_sub(bytes, at + 4, 4), str_sub(bytes, at + 8, len));
        at += len + CHUNK_EXTRA;
    }
    return head->has_header && head->has_end && head->data_count > 0;
}

static bool
is_known_colour(const struct header *head)
{
    bool is_power = head->bits == 1 || head->bits == 2 || head->bits == 4 || head->bits == 8;

    if (head->colour == GRAY)
        return is_power || head->bits == 16;
    if (head->colour == PALETTE)
        return is_power && head->palette.len >= 3 && head->palette.len <= 768;
    return (head->colour == RGB || head->colour == GRAY_ALPHA || head->colour == RGB_ALPHA) &&
           (head->bits == 8 || head->bits == 16);
}

/* Pixels on white paper. */
static void
add_pixels(struct repack *pack, const struct image *picture, uint8_t *row)
{
    size_t width = picture->width, channels = picture->space == IMAGE_GRAY ? 1 : 3;

    for (size_t y = 0; y < picture->height; y++) {
        const uint8_t *from = picture->pixels + y * width * channels;
        memcpy(row, from, width * channels);
        for (size_t x = 0; x < width * channels && picture->alpha != NULL; x++) {
            unsigned alpha = picture->alpha[y * width + x / channels];
            row[x] = (uint8_t)((from[x] * alpha + 255 * (255 - alpha) + 127) / 255);
        }
        repack_add(pack, row, width * channels);
    }
}

static bool
read_again(struct scan_reading *r, enum scan_recoded why, struct scan_image *out)
{
    struct arena *scratch = arena_new(0);
    const struct image *picture =
        image_read_png(scratch, r->diags, (struct pos){r->file, 0, 0}, r->bytes, IMAGE_PIXELS);

    if (picture != NULL) {
        struct repack *pack = repack_begin(r->arena);
        add_pixels(pack, picture, arena_array(scratch, picture->width, 3));
        *out = (struct scan_image){.width = picture->width,
                                   .height = picture->height,
                                   .bits = 8,
                                   .filter = SCAN_FLATE,
                                   .space = picture->space == IMAGE_GRAY ? SCAN_GRAY : SCAN_RGB,
                                   .bytes = repack_end(pack),
                                   .recoded = why};
    }
    arena_free(scratch);
    return picture != NULL;
}

static struct scan_image
as_it_is(const struct header *head)
{
    unsigned channels = head->colour == RGB ? 3 : 1;

    return (struct scan_image){.width = head->width,
                               .height = head->height,
                               .bits = head->bits,
                               .filter = SCAN_FLATE,
                               .space = head->colour == GRAY  ? SCAN_GRAY
                                        : head->colour == RGB ? SCAN_RGB
                                                              : SCAN_INDEXED,
                               .base = SCAN_RGB,
                               .palette = head->palette,
                               .bytes = head->data_count == 1 ? head->only : buf_str(&head->data),
                               .predictor = 15,
                               .columns = head->width,
                               .colors = channels};
}

bool
read_png(struct scan_reading *r)
{
    struct header head = {.data = buf_in(r->arena)};
    struct scan_image image;

    if (!read_chunks(r->bytes, &head))
        return reading_damaged(r, "PNG", "the file ends too early");
    if (head.width == 0 || head.height == 0 || !is_known_colour(&head) || head.interlace > 1)
        return reading_damaged(r, "PNG", "a header of another kind");
    if (head.width > DECODE_SIDE_MAX || head.height > DECODE_SIDE_MAX)
        return reading_large(r, head.width, head.height);
    bool is_clear = head.is_clear || head.colour == GRAY_ALPHA || head.colour == RGB_ALPHA;
    if (!is_clear && head.interlace == 0)
        image = as_it_is(&head);
    else if (!read_again(r, is_clear ? SCAN_WAS_CLEAR : SCAN_WAS_INTERLACED, &image))
        return false;
    return reading_add_image(r, &image, head.dpi_x, head.dpi_y, meta_of(r->bytes).orientation);
}
