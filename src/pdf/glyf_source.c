/* Reads the tables of a source font (OpenType 1.9: loca, hmtx, glyf); every offset is checked. */
#include "pdf/glyf_source.h"

#include <hb-subset.h>
#include <string.h>

#include "base/arena.h"

unsigned
glyf_get16(const uint8_t *at)
{
    return outline_get16((const char *)at);
}

static int
get_s16(const uint8_t *at)
{
    return (int16_t)glyf_get16(at);
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

bool
glyf_open(struct glyf_source *source, const struct piece_font *font)
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
    source->glyph_count = glyf_get16(source->maxp.bytes + 4);
    source->metric_count = glyf_get16(source->hhea.bytes + 34);
    source->long_loca = glyf_get16(source->head.bytes + 50) != 0;
    return source->metric_count > 0 && source->hmtx.len / 4 >= source->metric_count &&
           (source->hmtx.len - 4 * source->metric_count) / 2 + source->metric_count >=
               source->glyph_count &&
           source->loca.len / (source->long_loca ? 4 : 2) > source->glyph_count;
}

void
glyf_close(const struct glyf_source *source)
{
    hb_blob_destroy(source->glyf.blob);
    hb_blob_destroy(source->loca.blob);
    hb_blob_destroy(source->hmtx.blob);
    hb_blob_destroy(source->hhea.blob);
    hb_blob_destroy(source->maxp.blob);
    hb_blob_destroy(source->head.blob);
    hb_face_destroy(source->face);
}

struct str
glyf_outline(struct glyf_source *source, uint32_t glyph)
{
    const uint8_t *loca = source->loca.bytes;
    size_t from = 0, to = 0;

    if (glyph >= source->glyph_count) {
        source->bad = true;
        return STR("");
    }
    if (source->long_loca) {
        const uint8_t *at = loca + (size_t)4 * glyph;

        from = (size_t)glyf_get16(at) << 16 | glyf_get16(at + 2);
        to = (size_t)glyf_get16(at + 4) << 16 | glyf_get16(at + 6);
    } else {
        const uint8_t *at = loca + (size_t)2 * glyph;

        from = (size_t)2 * glyf_get16(at);
        to = (size_t)2 * glyf_get16(at + 2);
    }
    if (from == to)
        return STR("");
    if (from > to || to > source->glyf.len || to - from < OUTLINE_HEADER) {
        source->bad = true;
        return STR("");
    }
    return (struct str){(const char *)source->glyf.bytes + from, to - from};
}

unsigned
glyf_advance(const struct glyf_source *source, uint32_t glyph)
{
    size_t at = glyph < source->metric_count ? glyph : source->metric_count - 1;

    return glyf_get16(source->hmtx.bytes + 4 * at);
}

int
glyf_bearing(const struct glyf_source *source, uint32_t glyph)
{
    if (glyph >= source->glyph_count)
        return 0;
    if (glyph < source->metric_count)
        return get_s16(source->hmtx.bytes + (size_t)4 * glyph + 2);
    return get_s16(source->hmtx.bytes + 4 * source->metric_count +
                   2 * (glyph - source->metric_count));
}

int
glyf_side(struct str glyph, int side)
{
    return get_s16((const uint8_t *)glyph.ptr + 2 + 2 * (size_t)side);
}
