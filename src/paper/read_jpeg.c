/* JPEG files: their markers up to the first scan (ITU-T T.81 annex B). */
#include <string.h>

#include "base/arena.h"
#include "image/raster.h"
#include "paper/read_inner.h"
#include "paper/repack.h"

enum marker {
    MARKER_SOF0 = 0xC0,
    MARKER_SOF2 = 0xC2,
    MARKER_DHT = 0xC4,
    MARKER_JPG = 0xC8,
    MARKER_DAC = 0xCC,
    MARKER_SOF15 = 0xCF,
    MARKER_SOI = 0xD8,
    MARKER_SOS = 0xDA,
    MARKER_APP0 = 0xE0,
    MARKER_APP1 = 0xE1,
    MARKER_APP14 = 0xEE
};

struct header {
    uint32_t width, height;
    unsigned precision, components;
    bool is_known_kind; /* of those that PDFs hold */
    bool has_frame, has_adobe, is_named_rgb, has_jfif;
    double dpi_x, dpi_y;
};

static unsigned
byte_at(struct str bytes, size_t at)
{
    return at < bytes.len ? (unsigned char)bytes.ptr[at] : 0;
}

static unsigned
two_at(struct str bytes, size_t at)
{
    return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1);
}

static void
read_frame(struct header *head, unsigned marker, struct str data)
{
    head->has_frame = true;
    head->is_known_kind = marker <= MARKER_SOF2;
    head->precision = byte_at(data, 0);
    head->height = two_at(data, 1);
    head->width = two_at(data, 3);
    head->components = byte_at(data, 5);
    head->is_named_rgb =
        byte_at(data, 6) == 'R' && byte_at(data, 9) == 'G' && byte_at(data, 12) == 'B';
}

static void
read_jfif(struct header *head, struct str data)
{
    double unit = byte_at(data, 7) == 1 ? 1 : byte_at(data, 7) == 2 ? 2.54 : 0;

    head->has_jfif = true;
    head->dpi_x = two_at(data, 8) * unit;
    head->dpi_y = two_at(data, 10) * unit;
}

/* ---- EXIF */

static uint32_t
number(struct str tiff, size_t at, size_t size)
{
    bool little = byte_at(tiff, 0) == 'I';
    uint32_t value = 0;

    for (size_t i = 0; i < size; i++)
        value = value << 8 | byte_at(tiff, at + (little ? size - 1 - i : i));
    return value;
}

/* The fraction that an entry points to. */
static double
fraction(struct str tiff, size_t entry)
{
    size_t at = number(tiff, entry + 8, 4);
    double below = number(tiff, at + 4, 4);

    return below > 0 ? number(tiff, at, 4) / below : 0;
}

static void
read_exif(struct header *head, struct str tiff)
{
    size_t directory = number(tiff, 4, 4), count = number(tiff, directory, 2);
    double x = 0, y = 0, unit = 1;

    for (size_t i = 0; i < count && directory + 2 + 12 * i < tiff.len; i++) {
        size_t entry = directory + 2 + 12 * i;
        uint32_t tag = number(tiff, entry, 2);
        if (tag == 0x011A)
            x = fraction(tiff, entry);
        else if (tag == 0x011B)
            y = fraction(tiff, entry);
        else if (tag == 0x0128)
            unit = number(tiff, entry + 8, 2) == 3 ? 2.54 : 1;
    }
    if (head->dpi_x > 0 || x <= 0 || y <= 0)
        return;
    head->dpi_x = x * unit;
    head->dpi_y = y * unit;
}

static void
read_segment(struct header *head, unsigned marker, struct str data)
{
    if (marker >= MARKER_SOF0 && marker <= MARKER_SOF15 && marker != MARKER_DHT &&
        marker != MARKER_JPG && marker != MARKER_DAC && !head->has_frame)
        read_frame(head, marker, data);
    else if (marker == MARKER_APP0 && str_starts(data, (struct str){"JFIF\0", 5}))
        read_jfif(head, data);
    else if (marker == MARKER_APP1 && str_starts(data, (struct str){"Exif\0\0", 6}))
        read_exif(head, str_sub(data, 6, SIZE_MAX));
    else if (marker == MARKER_APP14 && str_starts(data, STR("Adobe")))
        head->has_adobe = true;
}

/* Segments up to the first scan; false where there is none. */
static bool
read_segments(struct str bytes, struct header *head)
{
    for (size_t at = 2; at + 4 <= bytes.len;) {
        if (byte_at(bytes, at) != 0xFF)
            return false;
        unsigned marker = byte_at(bytes, at + 1);
        if (marker == 0xFF) { /* a filling byte */
            at++;
            continue;
        }
        size_t len = two_at(bytes, at + 2);
        if (marker == MARKER_SOS)
            return head->has_frame;
        if (len < 2 || bytes.len - at - 2 < len)
            return false;
        read_segment(head, marker, str_sub(bytes, at + 4, len - 2));
        at += 2 + len;
    }
    return false;
}

static bool
is_supported(struct scan_reading *r, const struct header *head)
{
    if (!head->is_known_kind || head->precision != 8)
        return reading_kind(r, "a JPEG of a rare kind", "JPEG ชนิดที่พบน้อย");
    if (head->components != 1 && head->components != 3 && head->components != 4)
        return reading_kind(r, "unknown colours", "ไม่รู้จักระบบสี");
    return true;
}

bool
read_jpeg(struct scan_reading *r)
{
    struct header head = {.width = 0};

    if (!read_segments(r->bytes, &head) || head.width == 0 || head.height == 0)
        return reading_damaged(r, "JPEG", "the file ends too early");
    if (head.width > DECODE_SIDE_MAX || head.height > DECODE_SIDE_MAX)
        return reading_large(r, head.width, head.height);
    if (!is_supported(r, &head))
        return false;
    struct scan_image image = {.width = head.width,
                               .height = head.height,
                               .bits = 8,
                               .filter = SCAN_DCT,
                               .space = head.components == 1   ? SCAN_GRAY
                                        : head.components == 3 ? SCAN_RGB
                                                               : SCAN_CMYK,
                               /* Adobe's programs write inks the other way round */
                               .is_inverted = head.components == 4 && head.has_adobe,
                               .bytes = r->bytes};
    /* PDFs would take such a one for YCbCr */
    if (head.components == 3 && head.is_named_rgb && !head.has_adobe && !head.has_jfif) {
        struct scan_image given = image;
        if (!repack_image(r->arena, r->diags, reading_at(r), &given, SCAN_WAS_OTHER, false, &image))
            return false;
    }
    return reading_add_image(r, &image, head.dpi_x, head.dpi_y, meta_of(r->bytes).orientation);
}
