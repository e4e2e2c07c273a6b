/* Fonts: those of each page's resources and of the forms painted there. */
#include "base/arena.h"
#include "base/ascii.h"
#include "pdfin/inner.h"

#define SUBSET_TAG 6 /* "ABCDEF+" before the name of a subset */

/* Calls `each` for every value of a dictionary until it says false. */
static bool
each_value(struct pdfin *pdf, struct font_walk *walk, qpdf_oh dict, size_t depth,
           bool (*each)(struct pdfin *, struct font_walk *, qpdf_oh, size_t))
{
    struct buf names = buf_in(pdf->arena);
    bool good = true;

    if (!pdfin_is_dict(pdf, dict))
        return true;
    /* libqpdf has one iterator, which `each` may need too: the keys are noted first. A key may
     * hold any byte but NUL */
    qpdf_oh_begin_dict_key_iter(pdf->qpdf, dict);
    while (qpdf_oh_dict_more_keys(pdf->qpdf) == QPDF_TRUE) {
        buf_text(&names, qpdf_oh_dict_next_key(pdf->qpdf));
        buf_byte(&names, '\0');
    }
    for (size_t at = 0; at < names.len && good; at += str_of(names.ptr + at).len + 1) {
        qpdf_oh value = pdfin_get(pdf, dict, names.ptr + at);
        good = each(pdf, walk, value, depth);
        pdfin_drop(pdf, value);
    }
    return good;
}

static bool
descriptor_embeds(struct pdfin *pdf, qpdf_oh font)
{
    static const char *const keys[] = {"/FontFile", "/FontFile2", "/FontFile3"};
    qpdf_oh descriptor = pdfin_get(pdf, font, "/FontDescriptor");
    bool embeds = false;

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        qpdf_oh file = pdfin_get(pdf, descriptor, keys[i]);
        embeds = embeds || pdfin_is_stream(pdf, file);
        pdfin_drop(pdf, file);
    }
    pdfin_drop(pdf, descriptor);
    return embeds;
}

/* A composite font is embedded in its descendant; one of glyph procedures always. */
static bool
is_embedded(struct pdfin *pdf, qpdf_oh font, struct str subtype)
{
    qpdf_oh descendants = pdfin_get(pdf, font, "/DescendantFonts");
    bool embeds = str_is(subtype, "Type3") || descriptor_embeds(pdf, font);

    if (pdfin_count(pdf, descendants) > 0) {
        qpdf_oh first = pdfin_item(pdf, descendants, 0);
        embeds = embeds || descriptor_embeds(pdf, first);
        pdfin_drop(pdf, first);
    }
    pdfin_drop(pdf, descendants);
    return embeds;
}

static struct str
without_tag(struct str name)
{
    if (name.len <= SUBSET_TAG || name.ptr[SUBSET_TAG] != '+')
        return name;
    for (size_t i = 0; i < SUBSET_TAG; i++) {
        if (!ascii_is_capital(name.ptr[i]))
            return name;
    }
    return str_sub(name, SUBSET_TAG + 1, name.len);
}

static bool
add_font(struct pdfin *pdf, struct font_walk *walk, qpdf_oh font, size_t depth)
{
    struct pdfin_info *info = &pdf->info;

    (void)depth;
    if (!pdfin_step(pdf))
        return false;
    if (!pdfin_is_dict(pdf, font) || !seen_first(pdf, walk->fonts, font))
        return true;
    if (info->font_count == PDFIN_FONTS_MAX)
        return pdfin_fail(pdf, DIAG_PDFIN_TOO_MUCH, diag_both(pdf->diags, "fonts", "แบบอักษร"),
                          diag_printf(pdf->diags, "%d", PDFIN_FONTS_MAX));
    struct str subtype = pdfin_text(pdf, font, "/Subtype");
    *ARENA_ADD(pdf->arena, info->fonts, info->font_count, walk->cap, 8) = (struct pdfin_font){
        .name = without_tag(pdfin_text(pdf, font, "/BaseFont")),
        .subtype = subtype,
        .embedded = is_embedded(pdf, font, subtype),
        .to_unicode = pdfin_has(pdf, font, "/ToUnicode"),
    };
    return true;
}

static bool
look_into_form(struct pdfin *pdf, struct font_walk *walk, qpdf_oh object, size_t depth)
{
    bool good = true;

    if (!pdfin_step(pdf))
        return false;
    if (!pdfin_is_stream(pdf, object) || !seen_first(pdf, walk->forms, object))
        return true;
    qpdf_oh resources = pdfin_get(pdf, object, "/Resources");
    if (depth < PDFIN_DEPTH_MAX)
        good = pdfin_fonts(pdf, walk, resources, depth + 1);
    pdfin_drop(pdf, resources);
    return good;
}

bool
pdfin_fonts(struct pdfin *pdf, struct font_walk *walk, qpdf_oh resources, size_t depth)
{
    if (!pdfin_step(pdf))
        return false;
    if (!seen_first(pdf, walk->resources, resources))
        return true;
    qpdf_oh fonts = pdfin_get(pdf, resources, "/Font");
    qpdf_oh objects = pdfin_get(pdf, resources, "/XObject");
    /* pages with resources of their own may share what is in them */
    bool good = (!seen_first(pdf, walk->resources, fonts) ||
                 each_value(pdf, walk, fonts, depth, add_font)) &&
                (!seen_first(pdf, walk->resources, objects) ||
                 each_value(pdf, walk, objects, depth, look_into_form));
    pdfin_drop(pdf, fonts);
    pdfin_drop(pdf, objects);
    return good;
}
