/* The TrueType font of an embedded font's pieces (OpenType 1.9: glyf, loca, hmtx, maxp), out of an
 * unhinted subset that HarfBuzz makes of the source font with its glyph numbers kept. */
#include "pdf/piece.h"

#include <hb-subset.h>
#include <hb.h>
#include <string.h>

#include "base/arena.h"
#include "text/outlines.h"

#define GLYPHS_MAX 65535
#define DEPTH_MAX 8 /* of composites in the source font */

/* ---- reading the tables of the source font, every offset of which is checked */

struct glyf_table {
    hb_blob_t *blob;
    const uint8_t *bytes;
    size_t len;
};

struct glyf_source {
    hb_face_t *face;
    struct glyf_table glyf, loca, hmtx, hhea, maxp, head;
    size_t glyph_count, metric_count;
    bool long_loca;
    bool bad; /* set once an outline cannot be used */
};

/* A big-endian number of a table. */
static unsigned
get16(const uint8_t *at)
{
    return outline_get16((const char *)at);
}

static int
get_s16(const uint8_t *at)
{
    return (int16_t)get16(at);
}

static struct glyf_table
open_table(const hb_face_t *face, const char *tag)
{
    struct glyf_table table = {hb_face_reference_table(face, hb_tag_from_string(tag, 4)), NULL, 0};
    unsigned len = 0;

    table.bytes = (const uint8_t *)hb_blob_get_data(table.blob, &len);
    table.len = len;
    return table;
}

static hb_face_t *
subset(const struct piece_font *font)
{
    static const char drop[][5] = {"GSUB", "GPOS", "GDEF", "BASE", "JSTF", "MATH", "kern", "name",
                                   "OS/2", "post", "cmap", "gasp", "hdmx", "VDMX", "LTSH", "DSIG",
                                   "fvar", "gvar", "HVAR", "MVAR", "VVAR", "avar", "STAT", "cvar",
                                   "COLR", "CPAL", "vhea", "vmtx", "VORG", "meta"};
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    hb_face_t *face = NULL;

    if (input == NULL)
        arena_oom(sizeof(*font));
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_RETAIN_GIDS |
                                         HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    for (size_t i = 0; i < sizeof(drop) / sizeof(drop[0]); i++)
        hb_set_add(hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG),
                   hb_tag_from_string(drop[i], 4));
    for (size_t i = 0; i < font->glyph_count; i++)
        hb_set_add(hb_subset_input_glyph_set(input), font->glyphs[i].id);
    face = hb_subset_or_fail(hb_font_get_face(font->font->hb), input);
    hb_subset_input_destroy(input);
    return face;
}

/* Opens the subset of the glyphs that a font's pieces use; false when a table is missing or too
 * short. To be closed in either case. */
static bool
open_source(struct glyf_source *source, const struct piece_font *font)
{
    memset(source, 0, sizeof(*source));
    source->face = subset(font);
    if (source->face == NULL)
        return false;
    source->glyf = open_table(source->face, "glyf");
    source->loca = open_table(source->face, "loca");
    source->hmtx = open_table(source->face, "hmtx");
    source->hhea = open_table(source->face, "hhea");
    source->maxp = open_table(source->face, "maxp");
    source->head = open_table(source->face, "head");
    if (source->hhea.len < 36 || source->maxp.len < 32 || source->head.len < 54)
        return false;
    source->glyph_count = get16(source->maxp.bytes + 4);
    source->metric_count = get16(source->hhea.bytes + 34);
    source->long_loca = get16(source->head.bytes + 50) != 0;
    return source->metric_count > 0 && source->hmtx.len / 4 >= source->metric_count &&
           (source->hmtx.len - 4 * source->metric_count) / 2 + source->metric_count >=
               source->glyph_count &&
           source->loca.len / (source->long_loca ? 4 : 2) > source->glyph_count;
}

static void
close_source(const struct glyf_source *source)
{
    hb_blob_destroy(source->glyf.blob);
    hb_blob_destroy(source->loca.blob);
    hb_blob_destroy(source->hmtx.blob);
    hb_blob_destroy(source->hhea.blob);
    hb_blob_destroy(source->maxp.blob);
    hb_blob_destroy(source->head.blob);
    hb_face_destroy(source->face);
}

/* The bytes of a glyph, empty for one without outline; sets source->bad when there is no such
 * glyph or its bytes lie outside of the table. */
static struct str
outline_of(struct glyf_source *source, uint32_t glyph)
{
    const uint8_t *loca = source->loca.bytes;
    size_t from = 0, to = 0;

    if (glyph >= source->glyph_count) {
        source->bad = true;
        return STR("");
    }
    if (source->long_loca) {
        const uint8_t *at = loca + (size_t)4 * glyph;

        from = (size_t)get16(at) << 16 | get16(at + 2);
        to = (size_t)get16(at + 4) << 16 | get16(at + 6);
    } else {
        const uint8_t *at = loca + (size_t)2 * glyph;

        from = (size_t)2 * get16(at);
        to = (size_t)2 * get16(at + 2);
    }
    if (from == to)
        return STR("");
    if (from > to || to > source->glyf.len || to - from < OUTLINE_HEADER) {
        source->bad = true;
        return STR("");
    }
    return (struct str){(const char *)source->glyf.bytes + from, to - from};
}

static unsigned
advance_of(const struct glyf_source *source, uint32_t glyph)
{
    size_t at = glyph < source->metric_count ? glyph : source->metric_count - 1;

    return get16(source->hmtx.bytes + 4 * at);
}

static int
bearing_of(const struct glyf_source *source, uint32_t glyph)
{
    if (glyph >= source->glyph_count)
        return 0;
    if (glyph < source->metric_count)
        return get_s16(source->hmtx.bytes + (size_t)4 * glyph + 2);
    return get_s16(source->hmtx.bytes + 4 * source->metric_count +
                   2 * (glyph - source->metric_count));
}

/* A side of a glyph's box: 0 xMin 1 yMin 2 xMax 3 yMax (its bytes must not be empty). */
static int
side_of(struct str glyph, int side)
{
    return get_s16((const uint8_t *)glyph.ptr + 2 + 2 * (size_t)side);
}

/* ---- building */

/* Size of a glyph with all its components, for maxp. */
struct extent {
    unsigned points, contours, depth;
    bool known;
};

struct build {
    struct arena *arena;
    const struct piece_font *font;
    struct glyf_source source;
    uint16_t *number; /* of a source glyph behind the pieces; 0: not there */
    uint32_t *behind; /* source glyphs behind the pieces, in order */
    size_t behind_count;
    struct extent *extents; /* of source glyphs */
    size_t total;           /* glyphs of the new font, so far */
    struct buf glyf, loca, hmtx;
    int bbox[4];
    bool has_box;
    unsigned points, contours, elements, depth; /* largest of a composite, for maxp */
};

static void
put16(struct buf *out, unsigned value)
{
    buf_byte(out, (char)(value >> 8 & 0xff));
    buf_byte(out, (char)(value & 0xff));
}

static void
put32(struct buf *out, size_t value)
{
    put16(out, (unsigned)(value >> 16));
    put16(out, (unsigned)(value & 0xffff));
}

/* ---- which glyphs come behind the pieces */

static void
need(struct build *build, uint32_t glyph)
{
    if (glyph >= build->source.glyph_count || build->total >= GLYPHS_MAX) {
        build->source.bad = true;
        return;
    }
    if (build->number[glyph] != 0)
        return;
    build->number[glyph] = (uint16_t)build->total++;
    build->behind[build->behind_count++] = glyph;
}

static void
need_children(struct build *build, uint32_t glyph)
{
    struct str bytes = outline_of(&build->source, glyph);
    uint32_t child = 0;

    if (!outline_is_composite(bytes))
        return;
    for (size_t at = OUTLINE_HEADER; at != 0;) {
        if (!outline_next(bytes, &at, &child)) {
            build->source.bad = true;
            return;
        }
        need(build, child);
    }
}

/* How far a renderer shifts the outline of a glyph of its own: by its left side bearing. In a
 * composite it does not, so the shift goes into the offset. */
static int
own_shift(struct build *build, uint32_t glyph)
{
    struct str bytes = outline_of(&build->source, glyph);

    return bytes.len == 0 ? 0 : bearing_of(&build->source, glyph) - side_of(bytes, 0);
}

static bool
is_copy(struct build *build, const struct piece *piece)
{
    const struct piece_glyph *glyph = &build->font->glyphs[piece->glyphs];

    return piece->glyph_count == 1 && glyph->dx == 0 && glyph->dy == 0 &&
           own_shift(build, glyph->id) == 0;
}

static void
need_all(struct build *build)
{
    need_children(build, 0);
    for (size_t i = 1; i < build->font->count; i++) {
        const struct piece *piece = &build->font->pieces[i];
        const struct piece_glyph *glyphs = &build->font->glyphs[piece->glyphs];

        if (is_copy(build, piece)) {
            need_children(build, glyphs[0].id);
            continue;
        }
        for (size_t k = 0; k < piece->glyph_count; k++)
            if (outline_of(&build->source, glyphs[k].id).len > 0)
                need(build, glyphs[k].id);
    }
    for (size_t i = 0; i < build->behind_count && !build->source.bad; i++)
        need_children(build, build->behind[i]);
}

/* ---- writing glyphs */

static void
grow_box(struct build *build, const int box[4])
{
    for (int side = 0; side < 4; side++) {
        bool further = side < 2 ? box[side] < build->bbox[side] : box[side] > build->bbox[side];

        if (!build->has_box || further)
            build->bbox[side] = box[side];
    }
    build->has_box = true;
}

static void
end_glyph(struct build *build, unsigned advance, int bearing)
{
    while (build->glyf.len % 4 != 0)
        buf_byte(&build->glyf, 0);
    put32(&build->loca, build->glyf.len);
    put16(&build->hmtx, advance);
    put16(&build->hmtx, (unsigned)bearing & 0xffff);
}

/* Copies a source glyph; the components of a composite get their new numbers. */
static void
copy_glyph(struct build *build, uint32_t glyph, unsigned advance)
{
    struct str bytes = outline_of(&build->source, glyph);
    size_t start = build->glyf.len;
    uint32_t child = 0;

    buf_add(&build->glyf, bytes);
    for (size_t at = outline_is_composite(bytes) ? OUTLINE_HEADER : 0; at != 0;) {
        size_t place = start + at + 2;

        if (!outline_next(bytes, &at, &child) || child >= build->source.glyph_count) {
            build->source.bad = true;
            return;
        }
        build->glyf.ptr[place] = (char)(build->number[child] >> 8);
        build->glyf.ptr[place + 1] = (char)(build->number[child] & 0xff);
    }
    if (bytes.len > 0)
        grow_box(build, (const int[4]){side_of(bytes, 0), side_of(bytes, 1), side_of(bytes, 2),
                                       side_of(bytes, 3)});
    end_glyph(build, advance, bytes.len > 0 ? bearing_of(&build->source, glyph) : 0);
}

static void
add_extent(struct extent *sum, const struct extent *part)
{
    sum->points = part->points > 0xffff - sum->points ? 0xffff : sum->points + part->points;
    sum->contours =
        part->contours > 0xffff - sum->contours ? 0xffff : sum->contours + part->contours;
    if (part->depth >= sum->depth)
        sum->depth = part->depth + 1;
}

static struct extent
measure_simple(struct str bytes)
{
    struct extent extent = {.contours = get16((const uint8_t *)bytes.ptr)};

    if (extent.contours > 0 && bytes.len >= OUTLINE_HEADER + (size_t)2 * extent.contours)
        extent.points = 1 + get16((const uint8_t *)bytes.ptr + OUTLINE_HEADER +
                                  (size_t)2 * (extent.contours - 1));
    return extent;
}

/* Each glyph is measured once, so that nested composites cannot take exponential time. */
static struct extent
measure(struct build *build, uint32_t glyph, unsigned level)
{
    struct str bytes = outline_of(&build->source, glyph);
    struct extent extent = {0};
    uint32_t child = 0;

    if (level > DEPTH_MAX)
        build->source.bad = true;
    if (bytes.len == 0 || build->source.bad)
        return extent;
    if (build->extents[glyph].known)
        return build->extents[glyph];
    if (!outline_is_composite(bytes)) {
        extent = measure_simple(bytes);
    } else {
        for (size_t at = OUTLINE_HEADER; at != 0 && outline_next(bytes, &at, &child);) {
            struct extent part = measure(build, child, level + 1);

            if (build->source.bad)
                return part;
            add_extent(&extent, &part);
        }
    }
    extent.known = true;
    build->extents[glyph] = extent;
    return extent;
}

static void
note_extent(struct build *build, const struct extent *extent, unsigned elements)
{
    if (extent->points > build->points)
        build->points = extent->points;
    if (extent->contours > build->contours)
        build->contours = extent->contours;
    if (extent->depth > build->depth)
        build->depth = extent->depth;
    if (elements > build->elements)
        build->elements = elements;
}

/* The glyphs of a piece that have an outline, with their offsets in a composite; their number. */
static unsigned
components(struct build *build, const struct piece *piece, struct piece_glyph *out, int box[4])
{
    unsigned count = 0;

    for (size_t i = 0; i < piece->glyph_count; i++) {
        const struct piece_glyph *glyph = &build->font->glyphs[piece->glyphs + i];
        struct str bytes = outline_of(&build->source, glyph->id);
        int dx = glyph->dx + own_shift(build, glyph->id);

        if (bytes.len == 0)
            continue;
        if (dx < INT16_MIN || dx > INT16_MAX)
            build->source.bad = true;
        for (int side = 0; side < 4; side++) {
            int at = side_of(bytes, side) + (side % 2 == 0 ? dx : glyph->dy);
            bool further = side < 2 ? at < box[side] : at > box[side];

            if (count == 0 || further)
                box[side] = at;
            if (at < INT16_MIN || at > INT16_MAX)
                build->source.bad = true;
        }
        out[count++] = (struct piece_glyph){glyph->id, (int16_t)dx, glyph->dy};
    }
    return count;
}

static void
compose_glyph(struct build *build, const struct piece *piece)
{
    struct piece_glyph part[PIECE_GLYPHS_MAX];
    struct extent extent = {0};
    int box[4] = {0, 0, 0, 0};
    unsigned count = components(build, piece, part, box);

    if (count > 0) {
        put16(&build->glyf, 0xffff);
        for (int side = 0; side < 4; side++)
            put16(&build->glyf, (unsigned)box[side] & 0xffff);
        grow_box(build, box);
    }
    for (unsigned i = 0; i < count; i++) {
        struct extent own = measure(build, part[i].id, 0);

        put16(&build->glyf,
              ARGS_ARE_WORDS | ARGS_ARE_XY | (i + 1 < count ? (unsigned)MORE_COMPONENTS : 0U));
        put16(&build->glyf, build->number[part[i].id]);
        put16(&build->glyf, (unsigned)part[i].dx & 0xffff);
        put16(&build->glyf, (unsigned)part[i].dy & 0xffff);
        add_extent(&extent, &own);
    }
    note_extent(build, &extent, count);
    end_glyph(build, piece->advance, box[0]);
}

static void
write_glyphs(struct build *build)
{
    put32(&build->loca, 0);
    copy_glyph(build, 0, advance_of(&build->source, 0));
    for (size_t i = 1; i < build->font->count && !build->source.bad; i++) {
        const struct piece *piece = &build->font->pieces[i];

        if (is_copy(build, piece))
            copy_glyph(build, build->font->glyphs[piece->glyphs].id, piece->advance);
        else
            compose_glyph(build, piece);
    }
    for (size_t i = 0; i < build->behind_count && !build->source.bad; i++)
        copy_glyph(build, build->behind[i], advance_of(&build->source, build->behind[i]));
}

/* ---- writing the font */

static void
set16(char *table, size_t at, unsigned value)
{
    table[at] = (char)(value >> 8 & 0xff);
    table[at + 1] = (char)(value & 0xff);
}

static unsigned
larger(const struct glyf_table *maxp, size_t at, unsigned value)
{
    unsigned own = get16(maxp->bytes + at);

    if (value > 0xffff)
        value = 0xffff;
    return own > value ? own : value;
}

static void
add_table(hb_face_t *builder, const char *tag, const char *bytes, size_t len)
{
    hb_blob_t *blob = hb_blob_create(bytes, (unsigned)len, HB_MEMORY_MODE_READONLY, NULL, NULL);

    hb_face_builder_add_table(builder, hb_tag_from_string(tag, 4), blob);
    hb_blob_destroy(blob);
}

static void
add_changed_tables(struct build *build, hb_face_t *builder)
{
    const struct glyf_source *source = &build->source;
    char *head = arena_strndup(build->arena, (const char *)source->head.bytes, source->head.len);
    char *hhea = arena_strndup(build->arena, (const char *)source->hhea.bytes, source->hhea.len);
    char *maxp = arena_strndup(build->arena, (const char *)source->maxp.bytes, source->maxp.len);

    for (int side = 0; side < 4; side++)
        set16(head, 36 + 2 * (size_t)side, (unsigned)build->bbox[side]);
    set16(head, 16, 0x0003); /* baseline at 0, left side bearing at xMin; nothing on hinting */
    set16(head, 50, 1);      /* long loca */
    set16(hhea, 34, (unsigned)build->total);
    set16(maxp, 4, (unsigned)build->total);
    set16(maxp, 10, larger(&source->maxp, 10, build->points));
    set16(maxp, 12, larger(&source->maxp, 12, build->contours));
    set16(maxp, 28, larger(&source->maxp, 28, build->elements));
    set16(maxp, 30, larger(&source->maxp, 30, build->depth));
    add_table(builder, "head", head, source->head.len);
    add_table(builder, "hhea", hhea, source->hhea.len);
    add_table(builder, "maxp", maxp, source->maxp.len);
}

static struct str
write_font(struct build *build)
{
    static const hb_tag_t order[] = {HB_TAG('h', 'e', 'a', 'd'),
                                     HB_TAG('h', 'h', 'e', 'a'),
                                     HB_TAG('m', 'a', 'x', 'p'),
                                     HB_TAG('h', 'm', 't', 'x'),
                                     HB_TAG('l', 'o', 'c', 'a'),
                                     HB_TAG('g', 'l', 'y', 'f'),
                                     0};
    hb_face_t *builder = hb_face_builder_create();

    add_changed_tables(build, builder);
    add_table(builder, "hmtx", build->hmtx.ptr, build->hmtx.len);
    add_table(builder, "loca", build->loca.ptr, build->loca.len);
    add_table(builder, "glyf", build->glyf.ptr, build->glyf.len);
    hb_face_builder_sort_tables(builder, order);

    hb_blob_t *blob = hb_face_reference_blob(builder);
    unsigned len = 0;
    const char *bytes = hb_blob_get_data(blob, &len);
    struct str font = str_dup(build->arena, (struct str){bytes, len});
    hb_blob_destroy(blob);
    hb_face_destroy(builder);
    return font;
}

bool
glyf_build(struct arena *arena, const struct piece_font *font, struct glyf_font *out)
{
    struct build build = {.arena = arena, .font = font, .total = font->count};
    bool good = open_source(&build.source, font) && font->count <= GLYPHS_MAX;

    if (good) {
        build.number = arena_array(arena, build.source.glyph_count + 1, sizeof(*build.number));
        build.behind = arena_array(arena, build.source.glyph_count + 1, sizeof(*build.behind));
        build.extents = arena_array(arena, build.source.glyph_count + 1, sizeof(*build.extents));
        build.glyf = build.loca = build.hmtx = buf_in(arena);
        need_all(&build);
        if (!build.source.bad)
            write_glyphs(&build);
        good = !build.source.bad && build.total <= GLYPHS_MAX;
    }
    if (good) {
        out->bytes = write_font(&build);
        memcpy(out->bbox, build.bbox, sizeof(out->bbox));
    }
    close_source(&build.source);
    return good;
}
