/* Examines a font file: is it one that can be shaped, cut down and put into a PDF?
 *
 * FreeType reads names and outlines (the sfnt format, ISO/IEC 14496-22), HarfBuzz what shaping
 * needs. A file is outside bytes: composites are weighed before any outline is loaded, because
 * nested ones can stand for more work than any reader survives. */
#include "text/font_inner.h"

#include <stdio.h>
#include <string.h>

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include FT_TRUETYPE_TABLES_H
#include FT_TRUETYPE_TAGS_H

#include <hb-ot.h>
#include <hb.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "text/outlines.h"

#define UPEM_MIN 16
#define UPEM_MAX 16384

static bool
refuse(struct font_fault *fault, enum diag_code code, const char *detail)
{
    fault->code = code;
    snprintf(fault->detail, sizeof fault->detail, "%s", detail);
    return false;
}

static bool
is_tag(struct str bytes, const char *tag)
{
    return bytes.len >= 4 && memcmp(bytes.ptr, tag, 4) == 0;
}

bool
font_attach(struct font *out)
{
    hb_blob_t *blob;
    hb_face_t *face;
    hb_font_t *font;

    if (out->bytes.len == 0 || out->bytes.len > UINT32_MAX)
        return false;
    blob = hb_blob_create(out->bytes.ptr, (unsigned)out->bytes.len, HB_MEMORY_MODE_READONLY, NULL,
                          NULL);
    face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    font = hb_font_create(face);
    out->upem = (int)hb_face_get_upem(face);
    hb_face_destroy(face);
    /* HarfBuzz's own functions read the font as it is, without rounding to pixels */
    hb_ot_font_set_funcs(font);
    hb_font_set_scale(font, out->upem, out->upem);
    hb_font_make_immutable(font);
    out->hb = font;
    return hb_face_get_glyph_count(hb_font_get_face(font)) > 0;
}

void
font_close(struct font *font)
{
    if (font == NULL || font->hb == NULL)
        return;
    hb_font_destroy(font->hb);
    font->hb = NULL;
}

/* A layout table that is there but that HarfBuzz threw away as unsound would silently leave
 * tone marks in the wrong place. */
static bool
layout_is_sound(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    unsigned len = hb_blob_get_length(blob);

    hb_blob_destroy(blob);
    return len <= 40 || hb_ot_layout_table_get_script_tags(face, tag, 0, NULL, NULL) > 0;
}

static bool
check_shaping(struct font *out, FT_Long glyphs, struct font_fault *fault)
{
    hb_face_t *face;

    if (!font_attach(out))
        return refuse(fault, DIAG_FONT_DAMAGED, "no glyphs");
    face = hb_font_get_face(out->hb);
    if ((FT_Long)hb_face_get_glyph_count(face) != glyphs)
        return refuse(fault, DIAG_FONT_DAMAGED, "maxp");
    if (!layout_is_sound(face, HB_OT_TAG_GSUB))
        return refuse(fault, DIAG_FONT_DAMAGED, "GSUB");
    if (!layout_is_sound(face, HB_OT_TAG_GPOS))
        return refuse(fault, DIAG_FONT_DAMAGED, "GPOS");
    return true;
}

/* A table with what lies behind it up to `least` bytes, which FreeType read as part of loca. */
static struct str
load_table(struct arena *arena, FT_Face face, FT_ULong tag, size_t least)
{
    FT_ULong len = 0;

    if (FT_Load_Sfnt_Table(face, tag, 0, NULL, &len) != 0)
        return STR("");
    len = len < least ? (FT_ULong)least : len;
    FT_Byte *bytes = arena_alloc(arena, len + 1);
    if (len == 0 || FT_Load_Sfnt_Table(face, tag, 0, bytes, &len) != 0)
        return STR("");
    return (struct str){(const char *)bytes, len};
}

/* Composites are weighed before any outline is loaded. FreeType would load all to find them. */
static bool
check_outlines(struct arena *arena, FT_Face face, struct font_fault *fault)
{
    const TT_Header *head = FT_Get_Sfnt_Table(face, FT_SFNT_HEAD);
    struct arena_mark mark = arena_mark(arena);
    struct outlines outlines = {.glyf = load_table(arena, face, TTAG_glyf, 0),
                                .wide = head != NULL && head->Index_To_Loc_Format != 0,
                                .count = (size_t)face->num_glyphs};
    size_t bad;

    outlines.loca =
        load_table(arena, face, TTAG_loca, (outlines.count + 1) * (outlines.wide ? 4 : 2));
    if (outlines.glyf.len == 0)
        return refuse(fault, DIAG_FONT_DAMAGED, "glyf");
    if (!outlines_are_sound(arena, &outlines, &bad)) {
        snprintf(fault->detail, sizeof fault->detail, "glyf %zu", bad);
        fault->code = DIAG_FONT_DAMAGED;
        return false;
    }
    arena_reset(arena, mark);
    return true;
}

/* Draws a glyph DRAW_HEIGHT pixels high from the left edge, so that two designs of different
 * size can be laid over each other. False when it is empty. */
#define DRAW_WIDTH 96
#define DRAW_HEIGHT 48

static bool
draw(FT_Library library, FT_Face face, uint32_t code_point, unsigned char *pixels)
{
    FT_Bitmap bitmap = {.rows = DRAW_HEIGHT,
                        .width = DRAW_WIDTH,
                        .pitch = DRAW_WIDTH,
                        .buffer = pixels,
                        .num_grays = 256,
                        .pixel_mode = FT_PIXEL_MODE_GRAY};
    FT_Outline *outline = &face->glyph->outline;
    FT_BBox box;
    FT_Matrix matrix = {0, 0, 0, 0};

    memset(pixels, 0, (size_t)DRAW_WIDTH * DRAW_HEIGHT);
    if (FT_Load_Char(face, code_point, FT_LOAD_NO_SCALE) != 0)
        return false;
    FT_Outline_Get_CBox(outline, &box);
    if (box.yMax <= box.yMin || box.xMax <= box.xMin)
        return false;
    FT_Outline_Translate(outline, -box.xMin, -box.yMin);
    matrix.xx = matrix.yy = FT_DivFix((FT_Long)DRAW_HEIGHT * 64, box.yMax - box.yMin);
    FT_Outline_Transform(outline, &matrix);
    return FT_Outline_Get_Bitmap(library, outline, &bitmap) == 0;
}

/* True when both glyphs, drawn at the same height, cover the same place but for a tenth. */
static bool
looks_like(FT_Library library, FT_Face face, uint32_t one, uint32_t other)
{
    unsigned char a[DRAW_WIDTH * DRAW_HEIGHT], b[DRAW_WIDTH * DRAW_HEIGHT];
    int64_t differ = 0, ink = 0;

    if (FT_Get_Char_Index(face, one) == FT_Get_Char_Index(face, other))
        return true;
    if (!draw(library, face, one, a) || !draw(library, face, other, b))
        return false;
    for (size_t i = 0; i < sizeof a; i++) {
        differ += a[i] > b[i] ? a[i] - b[i] : b[i] - a[i];
        ink += a[i] + b[i];
    }
    return differ * 10 <= ink;
}

/* TH SarabunIT๙ and its like. A ring may look like 0 and ๐ in an honest font, so most of the ten
 * must agree. */
static bool
draws_thai_digits(FT_Library library, FT_Face face)
{
    int differ = 0;

    for (uint32_t i = 0; i < 10 && differ < 4; i++)
        differ += !looks_like(library, face, '0' + i, 0x0E50 + i);
    return differ < 4;
}

static bool
check_letters(FT_Face face, struct font_fault *fault)
{
    static const uint32_t ranges[][2] = {{0x0E01, 0x0E3A}, {0x0E3F, 0x0E4D}, {0x0E50, 0x0E59}};
    struct str name;
    char text[5] = {0};

    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        for (uint32_t c = ranges[i][0]; c <= ranges[i][1]; c++) {
            if (FT_Get_Char_Index(face, c) != 0)
                continue;
            name = (struct str){text, utf8_put(c, text)};
            snprintf(fault->detail, sizeof fault->detail, "%.*s (U+%04X)", STR_FMT(name), c);
            fault->code = DIAG_FONT_NO_THAI;
            return false;
        }
    }
    return true;
}

/* The letters ก-ฮ must leave ink: a damaged table of places makes all glyphs look empty. */
static bool
check_ink(FT_Face face, struct font_fault *fault)
{
    for (uint32_t c = 0x0E01; c <= 0x0E2E; c++) {
        if (FT_Load_Char(face, c, FT_LOAD_NO_RECURSE) != 0 ||
            (face->glyph->format == FT_GLYPH_FORMAT_OUTLINE &&
             face->glyph->outline.n_contours == 0))
            return refuse(fault, DIAG_FONT_DAMAGED, "loca");
    }
    return true;
}

/* OpenType's OS/2 table, fsType: bit 1 alone forbids embedding, bit 8 cutting down, bit 9 all but
 * bitmaps. */
static bool
may_embed(FT_Face face)
{
    FT_UShort type = FT_Get_FSType_Flags(face);

    return (type & 0x000E) != FT_FSTYPE_RESTRICTED_LICENSE_EMBEDDING &&
           (type & (FT_FSTYPE_NO_SUBSETTING | FT_FSTYPE_BITMAP_EMBEDDING_ONLY)) == 0;
}

static void
read_names(struct arena *arena, FT_Face face, struct font *out)
{
    const char *name = FT_Get_Postscript_Name(face);
    const TT_OS2 *os2 = FT_Get_Sfnt_Table(face, FT_SFNT_OS2);
    const TT_Postscript *post = FT_Get_Sfnt_Table(face, FT_SFNT_POST);
    FT_BBox box = face->bbox;

    out->family = str_dup(arena, str_of(face->family_name == NULL ? "" : face->family_name));
    out->postscript_name = str_dup(arena, str_of(name == NULL ? "" : name));
    out->ascent = face->ascender;
    out->descent = face->descender;
    out->bbox[0] = (int)box.xMin;
    out->bbox[1] = (int)box.yMin;
    out->bbox[2] = (int)box.xMax;
    out->bbox[3] = (int)box.yMax;
    out->italic_angle = post == NULL ? 0 : (int)post->italicAngle;
    out->cap_height =
        os2 != NULL && os2->version >= 2 && os2->version != 0xFFFF ? os2->sCapHeight : 0;
    if (out->cap_height <= 0 && FT_Load_Char(face, 'H', FT_LOAD_NO_SCALE) == 0)
        out->cap_height = (int)face->glyph->metrics.horiBearingY;
}

int64_t
font_thai_width(const struct font *font)
{
    int64_t sum = 0;

    for (uint32_t c = 0x0E01; c <= 0x0E2E; c++) {
        hb_codepoint_t glyph = 0;
        if (hb_font_get_nominal_glyph(font->hb, c, &glyph))
            sum += hb_font_get_glyph_h_advance(font->hb, glyph);
    }
    return sum;
}

static bool
has_table(FT_Face face, FT_ULong tag)
{
    FT_ULong len = 0;

    return FT_Load_Sfnt_Table(face, tag, 0, NULL, &len) == 0 && len > 0;
}

/* Letters in layers or pictures; outlines are there only for what cannot show these. */
static bool
has_colours(FT_Face face)
{
    return has_table(face, FT_MAKE_TAG('C', 'O', 'L', 'R')) ||
           has_table(face, FT_MAKE_TAG('C', 'B', 'D', 'T')) ||
           has_table(face, FT_MAKE_TAG('s', 'b', 'i', 'x')) ||
           has_table(face, FT_MAKE_TAG('S', 'V', 'G', ' '));
}

/* What is asked of a font of Thai. */
static bool
check_thai(FT_Face face, struct font_fault *fault)
{
    return check_letters(face, fault) && check_ink(face, fault);
}

static bool
examine_face(struct arena *arena, FT_Library library, FT_Face face, struct font *out,
             struct font_fault *fault)
{
    if (!FT_IS_SFNT(face) || face->num_faces != 1 || face->num_glyphs <= 0)
        return refuse(fault, DIAG_FONT_DAMAGED, "sfnt");
    if (face->units_per_EM < UPEM_MIN || face->units_per_EM > UPEM_MAX)
        return refuse(fault, DIAG_FONT_DAMAGED, "unitsPerEm");
    if (!may_embed(face))
        return refuse(fault, DIAG_FONT_RESTRICTED, "");
    if (out->other && has_colours(face))
        return refuse(fault, DIAG_FONT_DAMAGED, "COLR");
    if (!check_outlines(arena, face, fault) || (!out->other && !check_thai(face, fault)))
        return false;
    if (FT_Get_Char_Index(face, 0x0E50) != 0 && draws_thai_digits(library, face))
        return refuse(fault, DIAG_FONT_IT9, "");
    if (!check_shaping(out, face->num_glyphs, fault))
        return false;
    if (out->upem != face->units_per_EM)
        return refuse(fault, DIAG_FONT_DAMAGED, "unitsPerEm");
    if (!out->other && font_thai_width(out) < out->upem) /* 46 letters of less than 1/46 em */
        return refuse(fault, DIAG_FONT_DAMAGED, "hmtx");
    read_names(arena, face, out);
    return true;
}

/* Looks at what out->bytes begin with: only TrueType outlines can be put into a PDF. */
static bool
check_kind(const struct font *out, struct font_fault *fault)
{
    if (is_tag(out->bytes, "ttcf"))
        return refuse(fault, DIAG_FONT_COLLECTION, "");
    if (is_tag(out->bytes, "OTTO"))
        return refuse(fault, DIAG_FONT_CFF, "");
    if (!is_tag(out->bytes, "true") && !is_tag(out->bytes, "\0\1\0\0"))
        return refuse(fault, DIAG_FONT_DAMAGED, "sfnt");
    return true;
}

static bool
examine(struct arena *arena, struct font *out, struct font_fault *fault)
{
    FT_Library library;
    FT_Face face;
    FT_Error error;
    bool good;

    out->hb = NULL;
    if (!check_kind(out, fault))
        return false;
    if (FT_Init_FreeType(&library) != 0)
        arena_oom(0);
    error = FT_New_Memory_Face(library, (const FT_Byte *)out->bytes.ptr, (FT_Long)out->bytes.len, 0,
                               &face);
    if (error != 0) {
        FT_Done_FreeType(library);
        snprintf(fault->detail, sizeof fault->detail, "FreeType 0x%02X", (unsigned)error);
        fault->code = DIAG_FONT_DAMAGED;
        return false;
    }
    good = examine_face(arena, library, face, out, fault);
    FT_Done_Face(face);
    FT_Done_FreeType(library);
    if (!good)
        font_close(out);
    return good;
}

bool
font_examine(struct arena *arena, struct font *out, struct font_fault *fault)
{
    out->other = false;
    return examine(arena, out, fault);
}

bool
font_examine_other(struct arena *arena, struct font *out, struct font_fault *fault)
{
    out->other = true;
    return examine(arena, out, fault);
}
