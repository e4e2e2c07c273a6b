/* Metadata of JPEG (ITU-T T.81 annex B) and PNG (ISO/IEC 15948) files: nothing is decoded, files
 * are taken apart into segments or chunks, and each is kept or left out. */
#include "image/raster.h"

#include <string.h>

/* ---- EXIF */

#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT 3
#define TYPE_LONG 4
#define ENTRY_SIZE 12
#define ENTRIES_MAX 1000 /* a phone writes some twenty */

struct tiff {
    struct str bytes;
    bool little;
};

static bool
number(const struct tiff *tiff, size_t at, size_t size, uint32_t *out)
{
    *out = 0;
    if (at > tiff->bytes.len || tiff->bytes.len - at < size)
        return false;
    for (size_t i = 0; i < size; i++) {
        size_t byte = at + (tiff->little ? size - 1 - i : i);
        *out = *out << 8 | (unsigned char)tiff->bytes.ptr[byte];
    }
    return true;
}

/* The value of an entry that is the orientation, else 0. */
static uint32_t
orientation_at(const struct tiff *tiff, size_t at)
{
    uint32_t tag = 0, type = 0, value = 0;

    if (!number(tiff, at, 2, &tag) || tag != TAG_ORIENTATION || !number(tiff, at + 2, 2, &type))
        return 0;
    if (type != TYPE_SHORT && type != TYPE_LONG)
        return 0;
    return number(tiff, at + 8, type == TYPE_SHORT ? 2 : 4, &value) ? value : 0;
}

unsigned
meta_orientation(struct str bytes)
{
    struct tiff tiff = {bytes, str_starts(bytes, STR("II"))};
    uint32_t magic = 0, first = 0, count = 0;

    if (!tiff.little && !str_starts(bytes, STR("MM")))
        return 1;
    if (!number(&tiff, 2, 2, &magic) || magic != 42 || !number(&tiff, 4, 4, &first) ||
        !number(&tiff, first, 2, &count))
        return 1;
    for (uint32_t i = 0; i < count && i < ENTRIES_MAX; i++) {
        uint32_t value = orientation_at(&tiff, (size_t)first + 2 + (size_t)i * ENTRY_SIZE);
        if (value >= 1 && value <= 8)
            return value;
    }
    return 1;
}

/* ---- parts of files */

enum part_kind {
    PART_NEEDED,
    PART_COLOURS,  /* needed, too */
    PART_COMMENT,  /* may go, but is no reason to touch the file */
    PART_PERSONAL, /* goes */
    PART_EXIF,     /* the same */
};

/* What is made of the parts of a file; out may be NULL. */
struct walk {
    struct buf *out;
    bool colours_only;
    bool oriented; /* the first EXIF counts */
    struct meta meta;
};

static void
take(struct walk *walk, struct str part, enum part_kind kind, struct str exif)
{
    if (kind == PART_EXIF && !walk->oriented) {
        walk->meta.orientation = meta_orientation(exif);
        walk->oriented = true;
    }
    walk->meta.personal = walk->meta.personal || kind >= PART_PERSONAL;
    if (walk->out != NULL && (kind == PART_COLOURS || (kind == PART_NEEDED && !walk->colours_only)))
        buf_add(walk->out, part);
}

static bool
begins(struct str text, const char *with, size_t len)
{
    return text.len >= len && memcmp(text.ptr, with, len) == 0;
}

/* ---- JPEG */

enum marker {
    MARKER_TEM = 0x01,
    MARKER_RST0 = 0xD0,
    MARKER_RST7 = 0xD7,
    MARKER_EOI = 0xD9,
    MARKER_SOS = 0xDA,
    MARKER_APP0 = 0xE0,
    MARKER_APP1 = 0xE1,
    MARKER_APP2 = 0xE2,
    MARKER_APP14 = 0xEE,
    MARKER_APP15 = 0xEF,
    MARKER_COM = 0xFE
};

#define EXIF_SIGN "Exif\0"
#define EXIF_SIGN_LEN 6

static enum part_kind
kind_of_segment(unsigned marker, struct str data)
{
    if (marker == MARKER_COM)
        return PART_COMMENT;
    if (marker < MARKER_APP0 || marker > MARKER_APP15)
        return PART_NEEDED;
    if (marker == MARKER_APP0 && begins(data, "JFIF", 5))
        return PART_NEEDED;
    if (marker == MARKER_APP14 && begins(data, "Adobe", 5))
        return PART_NEEDED;
    if (marker == MARKER_APP2 && begins(data, "ICC_PROFILE", 12))
        return PART_COLOURS;
    return marker == MARKER_APP1 && begins(data, EXIF_SIGN, EXIF_SIGN_LEN) ? PART_EXIF
                                                                           : PART_PERSONAL;
}

static struct str
slice(struct str bytes, size_t from, size_t to)
{
    return str_sub(bytes, from, to - from);
}

static unsigned char
byte_at(struct str bytes, size_t at)
{
    return at < bytes.len ? (unsigned char)bytes.ptr[at] : 0;
}

static bool
is_restart(unsigned marker)
{
    return marker >= MARKER_RST0 && marker <= MARKER_RST7;
}

/* The end of the coded data that begin at `at`: the next marker that is none of them. */
static size_t
end_of_scan(struct str bytes, size_t at)
{
    for (; at + 1 < bytes.len; at++) {
        unsigned next = byte_at(bytes, at + 1);
        if (byte_at(bytes, at) == 0xFF && next != 0 && next != 0xFF && !is_restart(next))
            return at;
    }
    return bytes.len;
}

static bool
walk_jpeg(struct str bytes, struct walk *walk)
{
    const struct str none = {NULL, 0};
    size_t at = 2;

    take(walk, str_sub(bytes, 0, 2), PART_NEEDED, none);
    while (at + 1 < bytes.len && byte_at(bytes, at) == 0xFF) {
        unsigned marker = byte_at(bytes, at + 1);
        size_t end = at + 2;
        if (marker == 0xFF) { /* filling */
            at++;
            continue;
        }
        if (marker == MARKER_EOI) {
            take(walk, slice(bytes, at, end), PART_NEEDED, none);
            walk->meta.personal = walk->meta.personal || end < bytes.len;
            return true;
        }
        if (marker == MARKER_TEM || is_restart(marker)) {
            take(walk, slice(bytes, at, end), PART_NEEDED, none);
            at = end;
            continue;
        }
        size_t length = (size_t)byte_at(bytes, end) << 8 | byte_at(bytes, end + 1);
        if (length < 2 || length > bytes.len - end)
            return false;
        struct str data = slice(bytes, end + 2, end + length);
        take(walk, slice(bytes, at, end + length), kind_of_segment(marker, data),
             str_sub(data, EXIF_SIGN_LEN, data.len));
        at = end + length;
        if (marker != MARKER_SOS)
            continue;
        end = end_of_scan(bytes, at);
        take(walk, slice(bytes, at, end), PART_NEEDED, none);
        at = end;
    }
    return false;
}

/* ---- PNG */

#define PNG_SIGN_LEN 8
#define CHUNK_FRAME 12 /* length, type and check sum */

static bool
is_listed(struct str type, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_is(type, list[i]))
            return true;
    }
    return false;
}

/* What programs make of EXIF and XMP when they write a PNG. */
static bool
tells_of_exif(struct str data)
{
    return str_starts(data, STR("XML:com.adobe.xmp")) ||
           str_starts(data, STR("Raw profile type")) || str_starts(data, STR("exif:"));
}

static enum part_kind
kind_of_chunk(struct str type, struct str data)
{
    static const char *const colours[] = {"iCCP", "sRGB", "gAMA", "cHRM", "cICP"};
    static const char *const needed[] = {"tRNS", "sBIT", "pHYs", "bKGD", "hIST", "sPLT"};
    static const char *const texts[] = {"tEXt", "zTXt", "iTXt"};

    if (is_listed(type, colours, sizeof colours / sizeof colours[0]))
        return PART_COLOURS;
    if ((type.ptr[0] & 0x20) == 0 || is_listed(type, needed, sizeof needed / sizeof needed[0]))
        return PART_NEEDED;
    if (str_is(type, "eXIf"))
        return PART_EXIF;
    if (is_listed(type, texts, sizeof texts / sizeof texts[0]) && tells_of_exif(data))
        return PART_PERSONAL;
    return PART_COMMENT;
}

static bool
walk_png(struct str bytes, struct walk *walk)
{
    size_t at = PNG_SIGN_LEN;

    take(walk, str_sub(bytes, 0, at), PART_NEEDED, (struct str){NULL, 0});
    while (at <= bytes.len && bytes.len - at >= CHUNK_FRAME) {
        const struct tiff big = {bytes, false};
        uint32_t length = 0;
        if (!number(&big, at, 4, &length) || length > bytes.len - at - CHUNK_FRAME)
            return false;
        size_t end = at + CHUNK_FRAME + length;
        struct str type = slice(bytes, at + 4, at + 8), data = slice(bytes, at + 8, end - 4);
        struct str exif =
            begins(data, EXIF_SIGN, EXIF_SIGN_LEN) ? str_sub(data, EXIF_SIGN_LEN, data.len) : data;
        take(walk, slice(bytes, at, end), kind_of_chunk(type, data), exif);
        at = end;
        if (str_is(type, "IEND")) {
            walk->meta.personal = walk->meta.personal || end < bytes.len;
            return true;
        }
    }
    return false;
}

/* ---- both */

static bool
walk_file(struct str bytes, struct walk *walk)
{
    walk->meta = (struct meta){.orientation = 1};
    if (str_starts(bytes, STR("\xFF\xD8\xFF")))
        return walk_jpeg(bytes, walk);
    if (str_starts(bytes, STR("\x89PNG\r\n\x1A\n")))
        return walk_png(bytes, walk);
    return false;
}

struct meta
meta_of(struct str bytes)
{
    struct walk walk = {.out = NULL};

    (void)walk_file(bytes, &walk);
    return walk.meta;
}

bool
meta_strip(struct str bytes, struct buf *out)
{
    struct walk walk = {.out = out};

    return walk_file(bytes, &walk);
}

void
meta_colours(struct str bytes, struct buf *out)
{
    struct walk walk = {.out = out, .colours_only = true};

    (void)walk_file(bytes, &walk);
}
