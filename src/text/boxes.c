/* Builds the font of check boxes: ☐ U+2610, ☑ U+2611 and ✓ U+2713 as a TrueType font in memory.
 *
 * No Thai font has them, and a status must copy out of the PDF as a character. 1000 units are one
 * em of the nominal size: the square is about as high as the capitals of TH Sarabun (0.476 em),
 * with rules as heavy as its stems. Tables: OpenType (ISO/IEC 14496-22), only those that
 * HarfBuzz, FreeType and a PDF reader need. */
#include <string.h>

#include <hb-ot.h>
#include <hb.h>

#include "base/arena.h"
#include "text/examine.h"

#define UPEM 1000
#define ADVANCE 600
#define TICK_ADVANCE 540
#define GLYPHS 4

struct point {
    int x, y;
};

struct contour {
    const struct point *points;
    size_t count;
};

struct shape {
    struct contour contours[3];
    size_t count;
    int advance;
};

/* Outer edges run clockwise, holes the other way (TrueType fills what winds around). */
static const struct point outer[] = {{60, -15}, {60, 465}, {540, 465}, {540, -15}};
static const struct point inner[] = {{95, 20}, {505, 20}, {505, 430}, {95, 430}};
static const struct point tick_inside[] = {{150, 225}, {187, 255}, {262, 152},
                                           {428, 388}, {468, 360}, {264, 72}};
static const struct point tick_alone[] = {{50, 190},  {96, 228},  {192, 102},
                                          {438, 452}, {488, 416}, {194, -2}};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* .notdef, ☐, ☑, ✓. The first is never drawn; readers want it to be there. */
static const struct shape shapes[GLYPHS] = {
    {{{outer, COUNT(outer)}, {inner, COUNT(inner)}}, 2, ADVANCE},
    {{{outer, COUNT(outer)}, {inner, COUNT(inner)}}, 2, ADVANCE},
    {{{outer, COUNT(outer)}, {inner, COUNT(inner)}, {tick_inside, COUNT(tick_inside)}}, 3, ADVANCE},
    {{{tick_alone, COUNT(tick_alone)}}, 1, TICK_ADVANCE},
};

static const int box_of_font[4] = {50, -15, 540, 465};

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

static void
find_box(const struct shape *shape, int box[4])
{
    box[0] = box[1] = UPEM;
    box[2] = box[3] = -UPEM;
    for (size_t i = 0; i < shape->count; i++) {
        for (size_t j = 0; j < shape->contours[i].count; j++) {
            struct point p = shape->contours[i].points[j];
            box[0] = p.x < box[0] ? p.x : box[0];
            box[1] = p.y < box[1] ? p.y : box[1];
            box[2] = p.x > box[2] ? p.x : box[2];
            box[3] = p.y > box[3] ? p.y : box[3];
        }
    }
}

/* One coordinate of all points as 16-bit steps; `axis` 0 is x, 1 is y. */
static void
put_steps(struct buf *buf, const struct shape *shape, int axis)
{
    int last = 0;

    for (size_t i = 0; i < shape->count; i++) {
        for (size_t j = 0; j < shape->contours[i].count; j++) {
            struct point p = shape->contours[i].points[j];
            int now = axis == 0 ? p.x : p.y;
            put16(buf, now - last);
            last = now;
        }
    }
}

/* A simple glyph: every point on the curve, every step in 16 bits. */
static void
put_glyph(struct buf *buf, const struct shape *shape)
{
    int box[4], end = -1;

    find_box(shape, box);
    put16(buf, (int)shape->count);
    put_list(buf, box, 4);
    for (size_t i = 0; i < shape->count; i++) {
        end += (int)shape->contours[i].count;
        put16(buf, end);
    }
    put16(buf, 0); /* no instructions */
    for (int i = 0; i <= end; i++)
        buf_byte(buf, 1);
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
add_head(struct arena *arena, hb_face_t *builder)
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
    put_list(&buf, box_of_font, 4);
    put_list(&buf, rest, COUNT(rest));
    add_table(builder, "head", &buf);
}

static void
add_metrics(struct arena *arena, hb_face_t *builder)
{
    struct buf hhea = buf_in(arena), hmtx = buf_in(arena), maxp = buf_in(arena);
    /* ascent, descent, gap, widest advance, least bearings, extent, caret, reserved, count */
    static const int lines[] = {800, -200, 0, ADVANCE, 50, 52, 540, 1, 0, 0, 0, 0, 0, 0, 0, GLYPHS};
    /* glyphs, points, contours, then composites and instructions: none */
    static const int sizes[] = {GLYPHS, 14, 3, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};

    put32(&hhea, 0x00010000);
    put_list(&hhea, lines, COUNT(lines));
    add_table(builder, "hhea", &hhea);
    for (size_t i = 0; i < GLYPHS; i++) {
        int box[4];
        find_box(&shapes[i], box);
        put16(&hmtx, shapes[i].advance);
        put16(&hmtx, box[0]);
    }
    add_table(builder, "hmtx", &hmtx);
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

/* One format 4 subtable for Unicode's BMP with the segments 2610-2611, 2713 and the end mark. */
static void
add_cmap(struct arena *arena, hb_face_t *builder)
{
    struct buf buf = buf_in(arena);
    static const int table[] = {
        0,          1,          3,      1,
        0,          12, /* version, one subtable, Windows BMP, at byte 12 */
        4,          40,         0,      6,
        4,          1,          2,      /* format, length, language, segments twice, search */
        0x2611,     0x2713,     0xFFFF, /* ends */
        0,                              /* padding */
        0x2610,     0x2713,     0xFFFF, /* starts */
        1 - 0x2610, 3 - 0x2713, 1,      0,
        0,          0 /* what to add for the glyph; no offsets */
    };

    put_list(&buf, table, COUNT(table));
    add_table(builder, "cmap", &buf);
}

struct font *
font_boxes(struct arena *arena)
{
    struct font *font = arena_alloc(arena, sizeof *font);
    hb_face_t *builder = hb_face_builder_create();
    hb_blob_t *blob;
    unsigned len = 0;
    const char *bytes;

    add_head(arena, builder);
    add_metrics(arena, builder);
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
    memcpy(font->bbox, box_of_font, sizeof font->bbox);
    hb_blob_destroy(blob);
    hb_face_destroy(builder);
    font_attach(font);
    return font;
}
