/* Catalog (ISO 32000-1 §7.7.2), information dictionary (§14.3.3), metadata (§14.3.2). */
#include "pdf/meta.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "pdf/attach.h"
#include "pdf/icc.h"
#include "pdf/xmp.h"

/* UTF-16 code units of a text string that PDF/A lets through; ASCII may be longer, but is cut
 * there too, so that all places say the same. */
#define TEXT_UNITS_MAX ((PDF_STRING_MAX - 2) / 2)

/* A text as the dictionary and the XMP packet can both say it: without what XML forbids, on one
 * line, and not too long. */
static struct str
clean(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);
    size_t units = 0;

    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);

        units += code != UTF8_BAD && code > 0xffff ? 2 : 1;
        if (units > TEXT_UNITS_MAX)
            break;
        if (code == UTF8_BAD || (code & 0xfffe) == 0xfffe)
            code = 0xfffd;
        buf_utf8(&out, code < ' ' || (code >= 0x7f && code < 0xa0) ? ' ' : code);
    }
    return str_trim(buf_str(&out));
}

/* "2023-09-29T00:00:00+07:00" as "D:20230929000000+07'00'". */
struct str
meta_date(struct arena *arena, struct str iso)
{
    struct buf out = buf_in(arena);

    buf_text(&out, "D:");
    for (size_t i = 0; i < iso.len; i++) {
        char byte = iso.ptr[i];

        if (byte == ':' && i > 19)
            buf_byte(&out, '\'');
        else if (byte != ':' && byte != 'T' && (byte != '-' || i > 10))
            buf_byte(&out, byte);
    }
    if (iso.len > 20)
        buf_byte(&out, '\'');
    return buf_str(&out);
}

static unsigned
put_info(struct pdf_objects *objects, const struct xmp *xmp, struct str accepted)
{
    struct arena *arena = objects->arena;
    struct pdf_value *info = pdf_dict(arena);

    if (xmp->title.len > 0)
        pdf_set(info, "Title", pdf_text(arena, xmp->title));
    if (xmp->author.len > 0)
        pdf_set(info, "Author", pdf_text(arena, xmp->author));
    if (accepted.len > 0)
        pdf_set(info, "Accepted", pdf_text(arena, accepted));
    pdf_set(info, "Producer", pdf_text(arena, xmp->producer));
    if (xmp->created.len > 0) {
        struct str date = meta_date(arena, xmp->created);

        pdf_set(info, "CreationDate", pdf_string(arena, date));
        pdf_set(info, "ModDate", pdf_string(arena, date));
    }
    return pdf_put(objects, info);
}

static unsigned
put_xmp(struct pdf_objects *objects, const struct xmp *xmp)
{
    struct arena *arena = objects->arena;
    struct pdf_value *dict = pdf_dict(arena);

    pdf_set(dict, "Type", pdf_name(arena, "Metadata"));
    pdf_set(dict, "Subtype", pdf_name(arena, "XML"));
    return pdf_put_stored(objects, dict, xmp_packet(arena, xmp));
}

/* What the colours of the pages mean (ISO 19005-3 §6.2.3). */
static struct pdf_value *
output_intents(struct pdf_objects *objects)
{
    struct arena *arena = objects->arena;
    struct pdf_value *array = pdf_array(arena), *intent = pdf_dict(arena), *dict = pdf_dict(arena);

    pdf_set(dict, "N", pdf_int(arena, 3));
    unsigned profile = pdf_put_stream(objects, dict, icc_srgb(arena));
    pdf_set(intent, "Type", pdf_name(arena, "OutputIntent"));
    pdf_set(intent, "S", pdf_name(arena, "GTS_PDFA1"));
    pdf_set(intent, "OutputConditionIdentifier", pdf_string(arena, STR("sRGB")));
    pdf_set(intent, "Info", pdf_string(arena, STR("sRGB IEC61966-2.1")));
    pdf_set(intent, "DestOutputProfile", pdf_ref(arena, profile));
    pdf_add(array, intent);
    return array;
}

static void
put_catalog(struct pdf_objects *objects, const struct pdf_meta *meta, const struct xmp *xmp,
            const struct meta_parts *parts)
{
    struct arena *arena = objects->arena;
    struct pdf_value *catalog = pdf_dict(arena), *view = pdf_dict(arena), *mark = pdf_dict(arena);

    if (xmp->title.len > 0)
        pdf_set(view, "DisplayDocTitle", pdf_bool(arena, true));
    pdf_set(view, "Duplex", pdf_name(arena, "DuplexFlipLongEdge"));
    pdf_set(catalog, "Type", pdf_name(arena, "Catalog"));
    pdf_set(catalog, "Pages", pdf_ref(arena, objects->pages));
    pdf_set(catalog, "Lang", pdf_string(arena, STR("th-TH")));
    pdf_set(catalog, "ViewerPreferences", view);
    pdf_set(catalog, "Metadata", pdf_ref(arena, put_xmp(objects, xmp)));
    pdf_set(catalog, "OutputIntents", output_intents(objects));
    if (parts->bookmarks != 0)
        pdf_set(catalog, "Outlines", pdf_ref(arena, parts->bookmarks));
    if (parts->labels != 0)
        pdf_set(catalog, "PageLabels", pdf_ref(arena, parts->labels));
    if (parts->structure != 0) {
        pdf_set(mark, "Marked", pdf_bool(arena, true));
        pdf_set(catalog, "MarkInfo", mark);
        pdf_set(catalog, "StructTreeRoot", pdf_ref(arena, parts->structure));
    }
    attach_put(objects, meta, catalog);
    objects->catalog = pdf_put(objects, catalog);
}

void
meta_put(struct pdf_objects *objects, const struct pdf_meta *meta, const struct meta_parts *parts)
{
    struct arena *arena = objects->arena;
    struct str title = clean(arena, meta->title);
    const struct xmp xmp = {
        .title = title,
        .author = clean(arena, meta->author),
        .producer = STR("banthuek " BANTHUEK_VERSION),
        .created = meta->created,
        .level = parts->structure != 0 ? "A" : "U",
        /* without a title a file cannot be what PDF/UA asks for */
        .accessible = parts->structure != 0 && title.len > 0,
    };

    put_catalog(objects, meta, &xmp, parts);
    objects->info = put_info(objects, &xmp, meta->accepted);
}
