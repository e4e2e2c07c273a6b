/* Font dictionaries and the ToUnicode CMap. */
#include "pdf/piece.h"

#include "base/hash.h"

#define BLOCK_MAX 100 /* entries of a bfchar block (Adobe Technical Note 5014) */

enum descriptor_flag { FLAG_SYMBOLIC = 4, FLAG_ITALIC = 64 };

/* Font units in 1/1000 of a glyph space unit (1/1000 em), which is what pdf_real() takes. */
static int64_t
scaled(const struct font *font, int64_t units)
{
    int64_t upem = font->upem > 0 ? font->upem : 1000;
    int64_t product = units * 1000000;

    return (product + (product < 0 ? -upem : upem) / 2) / upem;
}

/* Six letters from the font's bytes and its name: "QXBZKT+Laksaman-Bold" (§9.6.4). */
static const char *
base_name(struct arena *arena, const struct font *font, struct str bytes)
{
    struct hash hash = hash_of(bytes);
    struct str name = font->postscript_name.len > 0 ? font->postscript_name : font->family;
    struct buf out = buf_in(arena);

    for (int i = 0; i < 6; i++)
        buf_byte(&out, (char)('A' + hash.bytes[i] % 26));
    buf_byte(&out, '+');
    for (size_t i = 0; i < name.len && i < 63; i++)
        if (name.ptr[i] > ' ' && name.ptr[i] < 0x7f)
            buf_byte(&out, name.ptr[i]);
    if (out.len == 7)
        buf_text(&out, "Font");
    return str_cstr(arena, buf_str(&out));
}

/* "<0001> <0E190E49>" for each piece. */
static void
add_entries(struct buf *out, const struct piece_font *font)
{
    size_t total = font->count - 1;

    for (size_t i = 1; i < font->count; i++) {
        const struct piece *piece = &font->pieces[i];
        struct str text = {font->text.ptr + piece->text, piece->text_len};

        if ((i - 1) % BLOCK_MAX == 0) {
            size_t left = total - (i - 1);

            if (i > 1)
                buf_text(out, "endbfchar\n");
            buf_printf(out, "%zu beginbfchar\n", left < BLOCK_MAX ? left : (size_t)BLOCK_MAX);
        }
        buf_printf(out, "<%04zX> <", i);
        pdf_utf16_hex(out, text);
        buf_text(out, ">\n");
    }
    if (total > 0)
        buf_text(out, "endbfchar\n");
}

static unsigned
put_to_unicode(struct pdf_objects *objects, const struct piece_font *font)
{
    struct buf out = buf_in(objects->arena);

    buf_text(&out, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                   "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
                   "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                   "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    add_entries(&out, font);
    buf_text(&out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    return pdf_put_stream(objects, NULL, buf_str(&out));
}

static unsigned
put_file(struct pdf_objects *objects, struct str bytes)
{
    struct pdf_value *dict = pdf_dict(objects->arena);

    pdf_set(dict, "Length1", pdf_int(objects->arena, (int64_t)bytes.len));
    return pdf_put_stream(objects, dict, bytes);
}

static unsigned
put_descriptor(struct pdf_objects *objects, const struct font *font, const struct glyf_font *built,
               const char *name)
{
    struct arena *arena = objects->arena;
    struct pdf_value *dict = pdf_dict(arena), *box = pdf_array(arena);
    bool bold = font->face == FONT_BOLD || font->face == FONT_BOLD_ITALIC;
    int flags = FLAG_SYMBOLIC | (font->italic_angle != 0 ? FLAG_ITALIC : 0);

    for (int side = 0; side < 4; side++)
        pdf_add(box, pdf_real(arena, scaled(font, built->bbox[side])));
    pdf_set(dict, "Type", pdf_name(arena, "FontDescriptor"));
    pdf_set(dict, "FontName", pdf_name(arena, name));
    pdf_set(dict, "Flags", pdf_int(arena, flags));
    pdf_set(dict, "FontBBox", box);
    pdf_set(dict, "ItalicAngle", pdf_real(arena, (int64_t)font->italic_angle * 1000 / 65536));
    pdf_set(dict, "Ascent", pdf_real(arena, scaled(font, font->ascent)));
    pdf_set(dict, "Descent", pdf_real(arena, scaled(font, font->descent)));
    pdf_set(dict, "CapHeight", pdf_real(arena, scaled(font, font->cap_height)));
    pdf_set(dict, "StemV", pdf_int(arena, bold ? 140 : 80)); /* required; readers ignore it */
    pdf_set(dict, "FontFile2", pdf_ref(arena, put_file(objects, built->bytes)));
    return pdf_put(objects, dict);
}

/* /W [1 [w1 w2 …]]: with three decimals, so that a width is that of hmtx at any units per em. */
static struct pdf_value *
widths(struct arena *arena, const struct piece_font *font)
{
    struct pdf_value *outer = pdf_array(arena), *inner = pdf_array(arena);

    for (size_t i = 1; i < font->count; i++)
        pdf_add(inner, pdf_real(arena, scaled(font->font, font->pieces[i].advance)));
    pdf_add(outer, pdf_int(arena, 1));
    pdf_add(outer, inner);
    return outer;
}

static unsigned
put_descendant(struct pdf_objects *objects, const struct piece_font *font, unsigned descriptor,
               const char *name)
{
    struct arena *arena = objects->arena;
    struct pdf_value *dict = pdf_dict(arena), *system = pdf_dict(arena);

    pdf_set(system, "Registry", pdf_string(arena, STR("Adobe")));
    pdf_set(system, "Ordering", pdf_string(arena, STR("Identity")));
    pdf_set(system, "Supplement", pdf_int(arena, 0));
    pdf_set(dict, "Type", pdf_name(arena, "Font"));
    pdf_set(dict, "Subtype", pdf_name(arena, "CIDFontType2"));
    pdf_set(dict, "BaseFont", pdf_name(arena, name));
    pdf_set(dict, "CIDSystemInfo", system);
    pdf_set(dict, "CIDToGIDMap", pdf_name(arena, "Identity"));
    pdf_set(dict, "FontDescriptor", pdf_ref(arena, descriptor));
    pdf_set(dict, "W", widths(arena, font));
    return pdf_put(objects, dict);
}

static bool
build(struct arena *arena, struct diags *diags, const struct piece_font *font,
      struct glyf_font *built)
{
    if (glyf_build(arena, font, built))
        return true;
    diag_add(diags, DIAG_PDF_FONT, POS_NONE, diag_str(diags, font->font->family), NULL, NULL);
    return false;
}

bool
font_try(struct arena *arena, struct diags *diags, const struct piece_font *font)
{
    struct glyf_font built;

    return build(arena, diags, font, &built);
}

unsigned
font_put(struct pdf_objects *objects, struct diags *diags, const struct piece_font *font)
{
    struct arena *arena = objects->arena;
    struct pdf_value *dict = pdf_dict(arena), *descendants = pdf_array(arena);
    struct glyf_font built;

    if (!build(arena, diags, font, &built))
        return 0;
    const char *name = base_name(arena, font->font, built.bytes);
    unsigned descriptor = put_descriptor(objects, font->font, &built, name);

    pdf_add(descendants, pdf_ref(arena, put_descendant(objects, font, descriptor, name)));
    pdf_set(dict, "Type", pdf_name(arena, "Font"));
    pdf_set(dict, "Subtype", pdf_name(arena, "Type0"));
    pdf_set(dict, "BaseFont", pdf_name(arena, name));
    pdf_set(dict, "Encoding", pdf_name(arena, "Identity-H"));
    pdf_set(dict, "DescendantFonts", descendants);
    pdf_set(dict, "ToUnicode", pdf_ref(arena, put_to_unicode(objects, font)));
    return pdf_put(objects, dict);
}
