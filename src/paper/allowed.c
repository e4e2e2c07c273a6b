#include "paper/allowed.h"

#include <stdint.h>
#include <string.h>

static uint32_t
number_at(struct str s, size_t at)
{
    const unsigned char *byte = (const unsigned char *)s.ptr + at;

    return (uint32_t)byte[0] << 24 | (uint32_t)byte[1] << 16 | (uint32_t)byte[2] << 8 | byte[3];
}

static unsigned
byte_at(struct str s, size_t at)
{
    return (unsigned char)s.ptr[at];
}

static bool
is_at(struct str s, size_t at, const char *sign)
{
    return str_is(str_sub(s, at, strlen(sign)), sign);
}

/* ---- ICC profiles (ISO 15076-1 §7.2) */

#define ICC_HEADER 128

bool
allowed_icc(struct str profile, unsigned channels)
{
    static const char *const classes[] = {"scnr", "mntr", "prtr", "spac"};
    static const char *const spaces[][2] = {
        {"", ""}, {"GRAY", "GRAY"}, {"", ""}, {"RGB ", "Lab "}, {"CMYK", "CMYK"}};
    bool is_class = false;

    if (profile.len < ICC_HEADER + 4 || channels >= sizeof spaces / sizeof spaces[0] ||
        spaces[channels][0][0] == '\0' || number_at(profile, 0) > profile.len ||
        number_at(profile, 0) < ICC_HEADER + 4 || !is_at(profile, 36, "acsp") ||
        byte_at(profile, 8) < 2 || byte_at(profile, 8) > 4)
        return false;
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        is_class = is_class || is_at(profile, 12, classes[i]);
    return is_class &&
           (is_at(profile, 16, spaces[channels][0]) || is_at(profile, 16, spaces[channels][1]));
}

/* ---- JPEG 2000 in its file format, JP2 (ISO 15444-1 annex I) and what extends it */

#define COLOUR_GRAY 17
#define COLOUR_RGB 16
#define COLOUR_YCC 18

struct box {
    struct str type, content;
};

/* Cuts the first box off; false at the end and where there is none. */
static bool
next_box(struct str *rest, struct box *out)
{
    uint64_t size, head = 8;

    if (rest->len < head)
        return false;
    size = number_at(*rest, 0);
    out->type = str_sub(*rest, 4, 4);
    if (size == 1) {
        head = 16;
        if (rest->len < head)
            return false;
        size = (uint64_t)number_at(*rest, 8) << 32 | number_at(*rest, 12);
    }
    if (size == 0)
        size = rest->len;
    if (size < head || size > rest->len)
        return false;
    out->content = str_sub(*rest, head, (size_t)size - head);
    *rest = str_sub(*rest, (size_t)size, rest->len);
    return true;
}

/* What the header of the file says. */
struct header {
    unsigned channels;
    bool is_deep_alike; /* every channel has the same depth, of at most 38 bits */
    size_t colours;     /* how often they are told */
    size_t best;        /* how often as exact */
    bool is_known;      /* the colours that count are such as PDF/A reads */
};

static bool
is_depth(unsigned byte)
{
    return (byte & 0x7f) + 1 <= 38;
}

static void
read_depths(struct str content, struct header *out)
{
    out->is_deep_alike = content.len > 0 && is_depth(byte_at(content, 0));
    for (size_t i = 1; i < content.len; i++)
        out->is_deep_alike = out->is_deep_alike && content.ptr[i] == content.ptr[0];
}

static void
read_image(struct str content, struct header *out)
{
    if (content.len < 14)
        return;
    out->channels = byte_at(content, 8) << 8 | byte_at(content, 9);
    if (byte_at(content, 10) != 0xff) /* else another box says it */
        out->is_deep_alike = is_depth(byte_at(content, 10));
}

/* Of several the one that is exact counts, else the first. */
static void
read_colour(struct str content, struct header *out)
{
    if (content.len < 3)
        return;
    unsigned method = byte_at(content, 0);
    uint32_t space = method == 1 && content.len >= 7 ? number_at(content, 3) : 0;
    bool is_known = method == 1 ? space == COLOUR_GRAY || space == COLOUR_RGB || space == COLOUR_YCC
                                : (method == 2 || method == 3) &&
                                      allowed_icc(str_sub(content, 3, content.len), out->channels);
    bool is_best = byte_at(content, 2) == 1;

    if (out->colours == 0 || (is_best && out->best == 0))
        out->is_known = is_known;
    out->colours++;
    out->best += is_best;
}

static struct header
read_header(struct str boxes)
{
    struct header out = {0};
    struct box box;

    while (next_box(&boxes, &box)) {
        if (str_is(box.type, "ihdr"))
            read_image(box.content, &out);
        else if (str_is(box.type, "bpcc"))
            read_depths(box.content, &out);
        else if (str_is(box.type, "colr"))
            read_colour(box.content, &out);
    }
    return out;
}

bool
allowed_jpx(struct str bytes, bool has_space)
{
    struct box box;

    if (!next_box(&bytes, &box) || !str_is(box.type, "jP  "))
        return false;
    while (next_box(&bytes, &box)) {
        if (!str_is(box.type, "jp2h"))
            continue;
        const struct header header = read_header(box.content);
        if ((header.channels != 1 && header.channels != 3 && header.channels != 4) ||
            !header.is_deep_alike)
            return false;
        return has_space || (header.is_known && (header.colours == 1 || header.best == 1));
    }
    return false;
}
