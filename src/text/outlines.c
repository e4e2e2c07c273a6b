#include "text/outlines.h"

#include "base/arena.h"

#define NEST_MAX 8
#define WEIGHT_MAX 1000
#define CONTOURS_MAX 0xFFE
#define POINTS_MAX 32756 /* what FreeType takes */

/* Flags of a point. */
enum { X_SHORT = 0x02, Y_SHORT = 0x04, REPEAT = 0x08, X_SAME = 0x10, Y_SAME = 0x20 };

struct scan {
    const struct outlines *outlines;
    uint32_t *weight; /* per glyph; 0: not weighed yet */
};

unsigned
outline_get16(const char *at)
{
    return (unsigned)(unsigned char)at[0] << 8 | (unsigned char)at[1];
}

bool
outline_is_composite(struct str glyph)
{
    return glyph.len >= OUTLINE_HEADER && (glyph.ptr[0] & 0x80) != 0;
}

bool
outline_next(struct str glyph, size_t *at, uint32_t *child)
{
    if (*at + 4 > glyph.len)
        return false;
    unsigned flags = outline_get16(glyph.ptr + *at);
    size_t size = 4 + ((flags & ARGS_ARE_WORDS) != 0 ? 4U : 2U);

    if ((flags & HAS_SCALE) != 0)
        size += 2;
    else if ((flags & HAS_XY_SCALE) != 0)
        size += 4;
    else if ((flags & HAS_TWO_BY_TWO) != 0)
        size += 8;
    *child = outline_get16(glyph.ptr + *at + 2);
    if (*at + size > glyph.len)
        return false;
    *at = (flags & MORE_COMPONENTS) != 0 ? *at + size : 0;
    return true;
}

static size_t
location(const struct outlines *outlines, size_t index)
{
    const char *at = outlines->loca.ptr + index * (outlines->wide ? 4 : 2);

    return outlines->wide ? (size_t)outline_get16(at) << 16 | outline_get16(at + 2)
                          : (size_t)2 * outline_get16(at);
}

/* The bytes of a glyph. Places out of order or behind the end are taken as FreeType takes them. */
static struct str
bytes_of(const struct outlines *outlines, size_t glyph)
{
    size_t locations = outlines->loca.len / (outlines->wide ? 4 : 2), len = outlines->glyf.len;
    size_t from, to;

    if (glyph >= locations)
        return STR("");
    from = location(outlines, glyph);
    to = glyph + 1 < locations ? location(outlines, glyph + 1) : from;
    if (to > len && glyph + 2 == locations)
        to = len;
    if (from > len || to > len)
        return STR("");
    return str_sub(outlines->glyf, from, to >= from ? to - from : len);
}

/* Goes through the flags of the points, and adds up what their places take. SIZE_MAX when the bytes
 * end before. */
static size_t
end_of_points(struct str glyph, size_t at, size_t points)
{
    size_t size = 0;

    while (points > 0) {
        if (at >= glyph.len)
            return SIZE_MAX;
        unsigned flags = (unsigned char)glyph.ptr[at++];
        size_t count = 1;
        if ((flags & REPEAT) != 0) {
            if (at >= glyph.len)
                return SIZE_MAX;
            count += (unsigned char)glyph.ptr[at++];
        }
        if (count > points)
            return SIZE_MAX;
        points -= count;
        size += count * ((flags & X_SHORT) != 0 ? 1 : (flags & X_SAME) != 0 ? 0 : 2);
        size += count * ((flags & Y_SHORT) != 0 ? 1 : (flags & Y_SAME) != 0 ? 0 : 2);
    }
    return at + size;
}

static bool
is_sound_simple(struct str glyph)
{
    size_t contours = outline_get16(glyph.ptr), at = OUTLINE_HEADER + 2 * contours;
    size_t points = 0;

    if (contours == 0)
        return true;
    if (contours > CONTOURS_MAX || at + 2 > glyph.len)
        return false;
    for (size_t i = OUTLINE_HEADER; i < at; i += 2) {
        size_t end = outline_get16(glyph.ptr + i) + (size_t)1;
        if (end <= points || end > POINTS_MAX)
            return false;
        points = end;
    }
    at += 2 + outline_get16(glyph.ptr + at); /* instructions */
    return at <= glyph.len && end_of_points(glyph, at, points) <= glyph.len;
}

/* Number of simple glyphs and components that `glyph` stands for; 0 when it cannot be read or
 * is nested too deeply. Each glyph is weighed once; NEST_MAX bounds the recursion. */
static uint32_t
weigh(const struct scan *scan, size_t glyph, int depth) /* NOLINT(misc-no-recursion) */
{
    uint32_t sum = 1, child = 0;

    if (depth > NEST_MAX || glyph >= scan->outlines->count)
        return 0;
    if (scan->weight[glyph] != 0)
        return scan->weight[glyph];
    struct str bytes = bytes_of(scan->outlines, glyph);
    if (bytes.len > 0 && bytes.len < OUTLINE_HEADER)
        return 0;
    if (!outline_is_composite(bytes))
        return scan->weight[glyph] = bytes.len == 0 || is_sound_simple(bytes);
    for (size_t at = OUTLINE_HEADER; at != 0;) {
        uint32_t one = outline_next(bytes, &at, &child) ? weigh(scan, child, depth + 1) : 0;
        if (one == 0 || one + sum > WEIGHT_MAX)
            return 0;
        sum += one;
    }
    scan->weight[glyph] = sum;
    return sum;
}

bool
outlines_are_sound(struct arena *arena, const struct outlines *outlines, size_t *bad)
{
    struct arena_mark mark = arena_mark(arena);
    struct scan scan = {outlines, arena_array(arena, outlines->count, sizeof(uint32_t))};
    size_t at = 0;

    while (at < outlines->count && weigh(&scan, at, 0) != 0)
        at++;
    arena_reset(arena, mark);
    *bad = at;
    return at == outlines->count;
}
