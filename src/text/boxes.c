/* Builds the font of boxes, ticks, bullets and arrows, ☐ ☑ ☒ □ ✓ ✔ ● ▪ ○ ◦ → and their like, as a
 * TrueType font in memory.
 *
 * No Thai font has them, and a status must copy out of the PDF as a character. 1000 units are one
 * em of the nominal size: the square is about as high as the capitals of TH Sarabun (0.476 em),
 * with rules as heavy as its stems. Tables: OpenType (ISO/IEC 14496-22), only those that
 * HarfBuzz, FreeType and a PDF reader need. */
#include <string.h>

#include <hb-ot.h>
#include <hb.h>

#include "base/arena.h"
#include "text/font_inner.h"

#define UPEM 1000
#define CONTOURS_MAX 4
#define FLAG_ON_CURVE 1

struct point {
    int x, y;
    bool bends; /* a control point of a quadratic curve */
};

struct contour {
    const struct point *points;
    size_t count;
};

struct shape {
    uint32_t character;
    int advance;
    struct contour contours[CONTOURS_MAX];
};

/* Outer edges run clockwise, holes the other way (TrueType fills what winds around). */
static const struct point outer[] = {{60, -15, 0}, {60, 465, 0}, {540, 465, 0}, {540, -15, 0}};
static const struct point inner[] = {{95, 20, 0}, {505, 20, 0}, {505, 430, 0}, {95, 430, 0}};
static const struct point tick_inside[] = {{150, 225, 0}, {187, 255, 0}, {262, 152, 0},
                                           {428, 388, 0}, {468, 360, 0}, {264, 72, 0}};
static const struct point tick_alone[] = {{50, 190, 0},  {96, 228, 0},  {192, 102, 0},
                                          {438, 452, 0}, {488, 416, 0}, {194, -2, 0}};
static const struct point tick_heavy[] = {{40, 200, 0},  {116, 270, 0}, {196, 162, 0},
                                          {412, 470, 0}, {504, 408, 0}, {202, -22, 0}};

static const struct point cross_inside[] = {
    {300, 252, 0}, {423, 375, 0}, {450, 348, 0}, {327, 225, 0}, {450, 102, 0}, {423, 75, 0},
    {300, 198, 0}, {177, 75, 0},  {150, 102, 0}, {273, 225, 0}, {150, 348, 0}, {177, 375, 0}};
static const struct point cross_alone[] = {
    {270, 257, 0}, {453, 440, 0}, {485, 408, 0}, {302, 225, 0}, {485, 42, 0}, {453, 10, 0},
    {270, 193, 0}, {87, 10, 0},   {55, 42, 0},   {238, 225, 0}, {55, 408, 0}, {87, 440, 0}};
static const struct point cross_heavy[] = {
    {270, 287, 0}, {428, 445, 0}, {490, 383, 0}, {332, 225, 0}, {490, 67, 0}, {428, 5, 0},
    {270, 163, 0}, {112, 5, 0},   {50, 67, 0},   {208, 225, 0}, {50, 383, 0}, {112, 445, 0}};
static const struct point small_square[] = {
    {55, 105, 0}, {55, 295, 0}, {245, 295, 0}, {245, 105, 0}};
static const struct point small_square_hole[] = {
    {88, 138, 0}, {212, 138, 0}, {212, 262, 0}, {88, 262, 0}};
/* Circles of eight curves. */
static const struct point disc[] = {{270, 445, 0}, {361, 445, 1}, {425, 380, 0}, {490, 316, 1},
                                    {490, 225, 0}, {490, 134, 1}, {425, 70, 0},  {361, 5, 1},
                                    {270, 5, 0},   {179, 5, 1},   {115, 70, 0},  {50, 134, 1},
                                    {50, 225, 0},  {50, 316, 1},  {115, 380, 0}, {179, 445, 1}};
static const struct point disc_hole[] = {
    {270, 410, 0}, {194, 410, 1}, {140, 355, 0}, {85, 301, 1}, {85, 225, 0}, {85, 149, 1},
    {140, 95, 0},  {194, 40, 1},  {270, 40, 0},  {346, 40, 1}, {400, 95, 0}, {455, 149, 1},
    {455, 225, 0}, {455, 301, 1}, {400, 355, 0}, {346, 410, 1}};
static const struct point small_disc[] = {
    {160, 310, 0}, {205, 310, 1}, {237, 277, 0}, {270, 245, 1}, {270, 200, 0}, {270, 155, 1},
    {237, 123, 0}, {205, 90, 1},  {160, 90, 0},  {115, 90, 1},  {83, 123, 0},  {50, 155, 1},
    {50, 200, 0},  {50, 245, 1},  {83, 277, 0},  {115, 310, 1}};
static const struct point small_disc_hole[] = {
    {160, 275, 0}, {129, 275, 1}, {107, 253, 0}, {85, 231, 1},  {85, 200, 0},  {85, 169, 1},
    {107, 147, 0}, {129, 125, 1}, {160, 125, 0}, {191, 125, 1}, {213, 147, 0}, {235, 169, 1},
    {235, 200, 0}, {235, 231, 1}, {213, 253, 0}, {191, 275, 1}};
static const struct point arrow_left[] = {{650, 206, 0}, {123, 206, 0}, {253, 76, 0},
                                          {226, 49, 0},  {50, 225, 0},  {226, 401, 0},
                                          {253, 374, 0}, {123, 244, 0}, {650, 244, 0}};
static const struct point arrow_up[] = {{211, -35, 0}, {211, 412, 0}, {81, 282, 0},
                                        {54, 309, 0},  {230, 485, 0}, {406, 309, 0},
                                        {379, 282, 0}, {249, 412, 0}, {249, -35, 0}};
static const struct point arrow_right[] = {{50, 244, 0},  {577, 244, 0}, {447, 374, 0},
                                           {474, 401, 0}, {650, 225, 0}, {474, 49, 0},
                                           {447, 76, 0},  {577, 206, 0}, {50, 206, 0}};
static const struct point arrow_down[] = {{249, 485, 0}, {249, 38, 0},  {379, 168, 0},
                                          {406, 141, 0}, {230, -35, 0}, {54, 141, 0},
                                          {81, 168, 0},  {211, 38, 0},  {211, 485, 0}};
/* The arrowhead that word processors put before the lines of a list. */
static const struct point head_edge[] = {{50, 425, 0}, {510, 225, 0}, {50, 25, 0}, {160, 225, 0}};
static const struct point head_hole[] = {{190, 240, 0}, {415, 240, 0}, {110, 372, 0}};
/* Four diamonds, another of their bullets. */
static const struct point diamond_up[] = {
    {270, 450, 0}, {375, 345, 0}, {270, 240, 0}, {165, 345, 0}};
static const struct point diamond_right[] = {
    {390, 330, 0}, {495, 225, 0}, {390, 120, 0}, {285, 225, 0}};
static const struct point diamond_down[] = {
    {270, 210, 0}, {375, 105, 0}, {270, 0, 0}, {165, 105, 0}};
static const struct point diamond_left[] = {
    {150, 330, 0}, {255, 225, 0}, {150, 120, 0}, {45, 225, 0}};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define C(list)           \
    {                     \
        list, COUNT(list) \
    }

/* In the order of their characters. The first is .notdef, which is never drawn; readers want it to
 * be there. */
static const struct shape shapes[] = {
    {0, 600, {C(outer), C(inner)}},
    {FONT_BOX_FIRST, 700, {C(arrow_left)}},                 /* ← */
    {0x2191, 460, {C(arrow_up)}},                           /* ↑ */
    {0x2192, 700, {C(arrow_right)}},                        /* → */
    {0x2193, 460, {C(arrow_down)}},                         /* ↓ */
    {0x25A0, 600, {C(outer)}},                              /* ■ */
    {0x25A1, 600, {C(outer), C(inner)}},                    /* □ */
    {0x25AA, 300, {C(small_square)}},                       /* ▪ */
    {0x25AB, 300, {C(small_square), C(small_square_hole)}}, /* ▫ */
    {0x25CB, 540, {C(disc), C(disc_hole)}},                 /* ○ */
    {0x25CF, 540, {C(disc)}},                               /* ● */
    {0x25E6, 320, {C(small_disc), C(small_disc_hole)}},     /* ◦ */
    {0x2610, 600, {C(outer), C(inner)}},                    /* ☐ */
    {0x2611, 600, {C(outer), C(inner), C(tick_inside)}},    /* ☑ */
    {0x2612, 600, {C(outer), C(inner), C(cross_inside)}},   /* ☒ */
    {0x2713, 540, {C(tick_alone)}},                         /* ✓ */
    {0x2714, 544, {C(tick_heavy)}},                         /* ✔ */
    {0x2717, 540, {C(cross_alone)}},                        /* ✗ */
    {0x2718, 540, {C(cross_heavy)}},                        /* ✘ */
    /* ❖ */
    {0x2756, 540, {C(diamond_up), C(diamond_right), C(diamond_down), C(diamond_left)}},
    {0x27A2, 560, {C(head_edge), C(head_hole)}}, /* ➢ */
};
#define GLYPHS COUNT(shapes)

static void
put16(struct buf *buf, int value)
{
    buf_byte(buf, (char)((unsigned)value >> 8 & 0xFF));
    buf_byte(buf, (char)((unsigned)value & 0xFF));
}

static void
put32(struct buf *buf, uint32_t value)
{
    put16(buf, (int)(value >> 16));
    put16(buf, (int)(value & 0xFFFF));
}

static void
put_list(struct buf *buf, const int *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        put16(buf, values[i]);
}

static size_t
contours_of(const struct shape *shape)
{
    size_t count = 0;

    while (count < CONTOURS_MAX && shape->contours[count].count > 0)
        count++;
    return count;
}

/* Makes *box hold the shape as well. */
static void
widen_box(const struct shape *shape, int box[4])
{
    for (size_t i = 0; i < CONTOURS_MAX; i++) {
        for (size_t j = 0; j < shape->contours[i].count; j++) {
            struct point p = shape->contours[i].points[j];
            box[0] = p.x < box[0] ? p.x : box[0];
            box[1] = p.y < box[1] ? p.y : box[1];
            box[2] = p.x > box[2] ? p.x : box[2];
            box[3] = p.y > box[3] ? p.y : box[3];
        }
    }
}

static void
find_box(const struct shape *first, size_t count, int box[4])
{
    box[0] = box[1] = UPEM;
    box[2] = box[3] = -UPEM;
    for (size_t i = 0; i < count; i++)
        widen_box(&first[i], box);
}

/* One coordinate of all points as 16-bit steps; `axis` 0 is x, 1 is y. */
static void
put_steps(struct buf *buf, const struct shape *shape, int axis)
{
    int last = 0;

    for (size_t i = 0; i < CONTOURS_MAX; i++) {
        for (size_t j = 0; j < shape->contours[i].count; j++) {
            struct point p = shape->contours[i].points[j];
            int now = axis == 0 ? p.x : p.y;
            put16(buf, now - last);
            last = now;
        }
    }
}

static void
put_flags(struct buf *buf, const struct shape *shape)
{
    for (size_t i = 0; i < CONTOURS_MAX; i++) {
        for (size_t j = 0; j < shape->contours[i].count; j++)
            buf_byte(buf, shape->contours[i].points[j].bends ? 0 : FLAG_ON_CURVE);
    }
}

/* A simple glyph: every step in 16 bits. */
static void
put_glyph(struct buf *buf, const struct shape *shape)
{
    size_t contours = contours_of(shape);
    int box[4], end = -1;

    find_box(shape, 1, box);
    put16(buf, (int)contours);
    put_list(buf, box, 4);
    for (size_t i = 0; i < contours; i++) {
        end += (int)shape->contours[i].count;
        put16(buf, end);
    }
    put16(buf, 0); /* no instructions */
    put_flags(buf, shape);
    put_steps(buf, shape, 0);
    put_steps(buf, shape, 1);
    while (buf->len % 4 != 0)
        buf_byte(buf, 0);
}

static void
add_table(hb_face_t *builder, const char *tag, const struct buf *table)
{
    hb_blob_t *blob =
        hb_blob_create(table->ptr, (unsigned)table->len, HB_MEMORY_MODE_DUPLICATE, NULL, NULL);

    hb_face_builder_add_table(builder, hb_tag_from_string(tag, 4), blob);
    hb_blob_destroy(blob);
}

static void
add_head(struct arena *arena, hb_face_t *builder, const int box[4])
{
    struct buf buf = buf_in(arena);
    /* flags, upem, two dates of 64 bits left 0 so that every build gives the same bytes */
    static const int first[] = {0x000B, UPEM, 0, 0, 0, 0, 0, 0, 0, 0};
    /* macStyle, lowestRecPPEM, fontDirectionHint, indexToLocFormat (long), glyphDataFormat */
    static const int rest[] = {0, 6, 2, 1, 0};

    put32(&buf, 0x00010000);
    put32(&buf, 0x00010000);
    put32(&buf, 0); /* checksum: HarfBuzz fills it in */
    put32(&buf, 0x5F0F3CF5);
    put_list(&buf, first, COUNT(first));
    put_list(&buf, box, 4);
    put_list(&buf, rest, COUNT(rest));
    add_table(builder, "head", &buf);
}

static void
add_metrics(struct arena *arena, hb_face_t *builder, const int font_box[4])
{
    struct buf hhea = buf_in(arena), hmtx = buf_in(arena), maxp = buf_in(arena);
    int widest = 0, least = UPEM;

    for (size_t i = 0; i < GLYPHS; i++) {
        int box[4];
        find_box(&shapes[i], 1, box);
        put16(&hmtx, shapes[i].advance);
        put16(&hmtx, box[0]);
        widest = shapes[i].advance > widest ? shapes[i].advance : widest;
        least = shapes[i].advance - box[2] < least ? shapes[i].advance - box[2] : least;
    }
    add_table(builder, "hmtx", &hmtx);
    /* ascent, descent, gap, widest advance, least bearings, extent, caret, reserved, count */
    const int lines[] = {800, -200, 0, widest, font_box[0], least, font_box[2], 1,
                         0,   0,    0, 0,      0,           0,     0,           (int)GLYPHS};
    /* glyphs, points, contours, then composites and instructions: none */
    const int sizes[] = {(int)GLYPHS, 32, CONTOURS_MAX, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
    put32(&hhea, 0x00010000);
    put_list(&hhea, lines, COUNT(lines));
    add_table(builder, "hhea", &hhea);
    put32(&maxp, 0x00010000);
    put_list(&maxp, sizes, COUNT(sizes));
    add_table(builder, "maxp", &maxp);
}

static void
add_outlines(struct arena *arena, hb_face_t *builder)
{
    struct buf glyf = buf_in(arena), loca = buf_in(arena);

    for (size_t i = 0; i < GLYPHS; i++) {
        put32(&loca, (uint32_t)glyf.len);
        put_glyph(&glyf, &shapes[i]);
    }
    put32(&loca, (uint32_t)glyf.len);
    add_table(builder, "glyf", &glyf);
    add_table(builder, "loca", &loca);
}

/* One format 4 subtable for Unicode's BMP with a segment for each character, and the end mark. */
static void
add_cmap(struct arena *arena, hb_face_t *builder)
{
    struct buf buf = buf_in(arena);
    const int segments = (int)GLYPHS; /* the end mark instead of .notdef */
    /* version, one subtable, Windows BMP, at byte 12; format, length, language, segments twice,
     * then what helps to search: the power of two below them, its logarithm, the rest */
    const int start[] = {
        0, 1, 3, 1, 0, 12, 4, 16 + 8 * segments, 0, 2 * segments, 32, 4, 2 * segments - 32};

    put_list(&buf, start, COUNT(start));
    for (size_t i = 1; i < GLYPHS; i++)
        put16(&buf, (int)shapes[i].character);
    put16(&buf, 0xFFFF);
    put16(&buf, 0); /* padding */
    for (size_t i = 1; i < GLYPHS; i++)
        put16(&buf, (int)shapes[i].character);
    put16(&buf, 0xFFFF);
    for (size_t i = 1; i < GLYPHS; i++) /* what to add for the glyph */
        put16(&buf, (int)i - (int)shapes[i].character);
    put16(&buf, 1);
    for (size_t i = 0; i < GLYPHS; i++) /* no offsets */
        put16(&buf, 0);
    add_table(builder, "cmap", &buf);
}

bool
font_is_box(uint32_t code_point)
{
    if (code_point < FONT_BOX_FIRST || code_point > shapes[GLYPHS - 1].character)
        return false;
    for (size_t i = 1; i < GLYPHS; i++) {
        if (shapes[i].character == code_point)
            return true;
    }
    return false;
}

struct font *
font_boxes(struct arena *arena)
{
    struct font *font = arena_alloc(arena, sizeof *font);
    hb_face_t *builder = hb_face_builder_create();
    hb_blob_t *blob;
    unsigned len = 0;
    const char *bytes;
    int box[4];

    find_box(shapes, GLYPHS, box);
    add_head(arena, builder, box);
    add_metrics(arena, builder, box);
    add_outlines(arena, builder);
    add_cmap(arena, builder);
    blob = hb_face_reference_blob(builder);
    bytes = hb_blob_get_data(blob, &len);
    font->face = FONT_BOXES;
    font->path = "";
    font->family = STR("Banthuek Boxes");
    font->postscript_name = STR("BanthuekBoxes");
    font->bytes = str_dup(arena, (struct str){bytes, len});
    font->ascent = 800;
    font->descent = -200;
    font->cap_height = 465;
    memcpy(font->bbox, box, sizeof font->bbox);
    hb_blob_destroy(blob);
    hb_face_destroy(builder);
    font_attach(font);
    return font;
}
