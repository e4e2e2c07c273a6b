/* Images and pages of scans made by hand, for tests of what binds them to a report: one of each
 * kind that office machines make, without any decoder. */
#ifndef BOUND_KIT_H
#define BOUND_KIT_H

#include <string.h>
#include <zlib.h>

#include "base/arena.h"
#include "image/raster.h"
#include "paper/write.h"
#include "pdf/meta.h"

#define BOUND_WIDTH 248 /* A4 at 30 dpi */
#define BOUND_HEIGHT 351
#define BOUND_KINDS 14

/* Some light and dark, the same each time. */
static inline struct str
bound_noise(struct arena *arena, size_t size)
{
    unsigned char *bytes = arena_alloc(arena, size + 1);
    unsigned seed = 7;

    for (size_t i = 0; i < size; i++) {
        seed = seed * 1103515245U + 12345U;
        bytes[i] = (unsigned char)(0xc0 | (seed >> 24 & 0x3f));
    }
    return (struct str){(char *)bytes, size};
}

static inline struct str
bound_deflate(struct arena *arena, struct str data)
{
    uLongf size = compressBound(data.len);
    unsigned char *out = arena_alloc(arena, size);

    if (compress2(out, &size, (const unsigned char *)data.ptr, data.len, 6) != Z_OK)
        return STR("");
    return (struct str){(char *)out, size};
}

/* Rows of PNG's filter None. */
static inline struct str
bound_rows(struct arena *arena, size_t row)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < BOUND_HEIGHT; i++) {
        buf_byte(&out, 0);
        buf_add(&out, bound_noise(arena, row));
    }
    return bound_deflate(arena, buf_str(&out));
}

static inline struct str
bound_jpeg(struct arena *arena, enum image_space space)
{
    size_t channels = space == IMAGE_RGB ? 3 : 1;
    struct str pixels = bound_noise(arena, (size_t)BOUND_WIDTH * BOUND_HEIGHT * channels);
    const struct image image = {.width = BOUND_WIDTH,
                                .height = BOUND_HEIGHT,
                                .space = space,
                                .pixels = (const uint8_t *)pixels.ptr};

    return image_write_jpeg(arena, &image, STR(""));
}

/* A blank sheet in G4: each row is as the one above (V0, one bit), then EOFB. */
static inline struct str
bound_g4(struct arena *arena)
{
    unsigned char *out = arena_alloc(arena, BOUND_HEIGHT / 8 + 8);
    size_t bit = 0;

    for (; bit < BOUND_HEIGHT; bit++)
        out[bit / 8] |= (unsigned char)(0x80 >> bit % 8);
    for (size_t i = 0; i < 2; i++) {
        bit += 11;
        out[bit / 8] |= (unsigned char)(0x80 >> bit % 8);
        bit++;
    }
    return (struct str){(char *)out, (bit + 7) / 8};
}

static inline void
bound_number(struct buf *out, uint32_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_byte(out, (char)(number >> shift));
}

/* The same as JBIG2: the page, and a generic region in MMR (ISO 14492 §7.4.6). */
static inline struct str
bound_jbig2(struct arena *arena)
{
    struct buf out = buf_in(arena);
    struct str g4 = bound_g4(arena);

    bound_number(&out, 0); /* segment 0: the page */
    buf_add(&out, STR("\x30\x00\x01"));
    bound_number(&out, 19);
    bound_number(&out, BOUND_WIDTH);
    bound_number(&out, BOUND_HEIGHT);
    buf_add(&out, STR("\0\0\0\0\0\0\0\0\0\0\0"));
    bound_number(&out, 1); /* segment 1: the region */
    buf_add(&out, STR("\x26\x00\x01"));
    bound_number(&out, (uint32_t)(18 + g4.len));
    bound_number(&out, BOUND_WIDTH);
    bound_number(&out, BOUND_HEIGHT);
    buf_add(&out, STR("\0\0\0\0\0\0\0\0\0\x01"));
    buf_add(&out, g4);
    return buf_str(&out);
}

/* A JPEG 2000 of three channels, all of one colour: 16 by 16 pixels. `approximate` and `space`
 * stand so in its box of colours. */
#define BOUND_JPX 16
static inline struct str
bound_jpx(struct arena *arena, unsigned approximate, uint32_t space)
{
    static const char codes[] = "\xff\x4f\xff\x51\x00\x2f\x00\x00\x00\x00\x00\x10\x00\x00\x00\x10"
                                "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x10\x00\x00\x00\x10"
                                "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x07\x01\x01\x07\x01\x01"
                                "\x07\x01\x01\xff\x52\x00\x0c\x00\x00\x00\x01\x00\x00\x02\x02\x00"
                                "\x01\xff\x5c\x00\x04\x40\x40\xff\x90"
                                "\x00\x0a\x00\x00\x00\x00\x00\x64\x00\x01\xff\x93\xcf\xb4\x64\x14"
                                "\x00\x5c\xaf\xf4\xc7\xb0\x37\x00\x00\x00\x00\x61\x21\x2f\xda\xc4"
                                "\x40\x00\x00\xc2\x42\x5f\xff\x7f\xcf\xb4\x88\x14\x00\x5c\xaf\xf4"
                                "\x9c\xb0\x3c\x00\x00\x00\x00\x61\x21\x2f\xf8\x69\xd8\x00\x00\x00"
                                "\x03\x09\x09\x7e\xd6\x22\x00\x00\x06\x12\x12\xff\x7f\xcf\xb4\x48"
                                "\x14\x00\x5c\xaf\xf4\x9d\x47\xa4\x00\x00\x00\x00\x01\x84\x84\xbf"
                                "\xff\x7f\xff\xd9";
    struct buf out = buf_in(arena);

    buf_add(&out, STR("\0\0\0\x0cjP  \r\n\x87\n"));
    buf_add(&out, STR("\0\0\0\x14"
                      "ftypjp2 \0\0\0\0jp2 "));
    bound_number(&out, 8 + 22 + 15);
    buf_text(&out, "jp2h");
    bound_number(&out, 22);
    buf_text(&out, "ihdr");
    bound_number(&out, BOUND_JPX);
    bound_number(&out, BOUND_JPX);
    buf_add(&out, STR("\0\x03\x07\x07\0\0"));
    bound_number(&out, 15);
    buf_text(&out, "colr");
    buf_add(&out, STR("\x01\0"));
    buf_byte(&out, (char)approximate);
    bound_number(&out, space);
    bound_number(&out, 0);
    buf_text(&out, "jp2c");
    buf_add(&out, (struct str){codes, sizeof codes - 1});
    return buf_str(&out);
}

static inline struct scan_image *
bound_gray(struct arena *arena, enum scan_filter filter)
{
    struct scan_image *image = arena_alloc(arena, sizeof *image);

    *image = (struct scan_image){.width = BOUND_WIDTH,
                                 .height = BOUND_HEIGHT,
                                 .bits = 8,
                                 .filter = filter,
                                 .space = SCAN_GRAY};
    return image;
}

static inline void
bound_bilevel(struct arena *arena, struct scan_image *image)
{
    image->bits = 1;
    if (image->filter == SCAN_RAW)
        image->bytes = bound_noise(arena, (BOUND_WIDTH + 7) / 8 * BOUND_HEIGHT);
}

/* The kinds by number; *name is what it is. */
static inline struct scan_image *
bound_image(struct arena *arena, size_t kind, const char **name)
{
    static const char *const names[BOUND_KINDS] = {"gray",       "RGB in Flate with predictor",
                                                   "JPEG, gray", "JPEG, RGB",
                                                   "bilevel",    "palette",
                                                   "G4",         "JBIG2",
                                                   "stencil",    "RGB with a soft mask",
                                                   "ICC",        "JPEG 2000",
                                                   "16 bits",    "inverted, with a mask"};
    static const enum scan_filter filters[BOUND_KINDS] = {
        SCAN_RAW,   SCAN_FLATE, SCAN_DCT,   SCAN_DCT, SCAN_RAW, SCAN_RAW, SCAN_CCITT,
        SCAN_JBIG2, SCAN_RAW,   SCAN_FLATE, SCAN_DCT, SCAN_JPX, SCAN_RAW, SCAN_RAW};
    struct scan_image *image = bound_gray(arena, filters[kind]), *mask;
    size_t pixels = (size_t)BOUND_WIDTH * BOUND_HEIGHT;

    *name = names[kind];
    switch (kind) {
    case 0:
        image->bytes = bound_noise(arena, pixels);
        break;
    case 1:
    case 9:
        image->space = SCAN_RGB;
        image->predictor = 15;
        image->columns = BOUND_WIDTH;
        image->colors = 3;
        image->bytes = bound_rows(arena, (size_t)BOUND_WIDTH * 3);
        if (kind == 9) {
            mask = bound_gray(arena, SCAN_RAW);
            mask->bytes = bound_noise(arena, pixels);
            image->mask = mask;
            image->mask_is_soft = true;
        }
        break;
    case 2:
        image->bytes = bound_jpeg(arena, IMAGE_GRAY);
        break;
    case 3:
    case 10:
        image->space = SCAN_RGB;
        image->bytes = bound_jpeg(arena, IMAGE_RGB);
        image->icc = kind == 10 ? icc_srgb(arena) : STR("");
        break;
    case 4:
        bound_bilevel(arena, image);
        break;
    case 5:
        image->space = SCAN_INDEXED;
        image->base = SCAN_RGB;
        image->bits = 4;
        image->palette = bound_noise(arena, 16 * 3);
        image->bytes = bound_noise(arena, (size_t)BOUND_WIDTH / 2 * BOUND_HEIGHT);
        break;
    case 6:
        bound_bilevel(arena, image);
        image->ccitt.k = -1;
        image->bytes = bound_g4(arena);
        break;
    case 7:
        bound_bilevel(arena, image);
        image->bytes = bound_jbig2(arena);
        image->jbig2_globals =
            STR("\0\0\0\7\x3e\0\1\0\0\0\6\x20\0\0\0\0\0"); /* a comment of nothing */
        break;
    case 8:
        bound_bilevel(arena, image);
        image->space = SCAN_STENCIL;
        break;
    case 11:
        image->space = SCAN_OF_JPX;
        image->bits = 0;
        image->width = image->height = BOUND_JPX;
        image->bytes = bound_jpx(arena, 0, 16);
        break;
    case 12:
        image->bits = 16;
        image->bytes = bound_noise(arena, pixels * 2);
        break;
    default:
        image->is_inverted = true;
        image->bytes = bound_noise(arena, pixels);
        mask = bound_gray(arena, SCAN_RAW);
        bound_bilevel(arena, mask);
        mask->space = SCAN_STENCIL;
        image->mask = mask;
    }
    return image;
}

/* A page that an image fills, as it lies in the file when it is to be turned by `turn` to be
 * upright and of this size; the file says so itself, or not. */
static inline struct scan_page *
bound_page_of(struct arena *arena, const struct scan_image *image, size_t number, int turn,
              mpt width, mpt height)
{
    struct scan_page *page = arena_alloc(arena, sizeof *page);
    struct scan_place *place = arena_alloc(arena, sizeof *place);
    bool is_sideways = turn % 180 != 0;
    double w = (double)width / UNIT_PT, h = (double)height / UNIT_PT;

    page->file = "/somewhere/ลงนาม 1.pdf";
    page->number = number;
    page->width = is_sideways ? height : width;
    page->height = is_sideways ? width : height;
    page->places = place;
    page->place_count = 1;
    place->image = image;
    /* upright, turned back */
    const double turns[4][6] = {
        {w, 0, 0, h, 0, 0}, {0, w, -h, 0, h, 0}, {-w, 0, 0, -h, w, h}, {0, -w, h, 0, 0, w}};
    memcpy(place->matrix, turns[turn / 90], sizeof place->matrix);
    return page;
}

/* One of A4, a pixel larger or smaller, as scanners make them. */
static inline struct scan_page *
bound_page(struct arena *arena, const struct scan_image *image, size_t number, int turn)
{
    return bound_page_of(arena, image, number, turn, 595200, 842400);
}

#endif
