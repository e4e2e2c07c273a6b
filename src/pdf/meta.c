/* Catalog (ISO 32000-1 §7.7.2), information dictionary (§14.3.3), metadata (§14.3.2), files. */
#include "pdf/meta.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"

/* ---- metadata of the document as XMP (ISO 16684-1): what the information dictionary says, in the
 * words of Dublin Core, and which standards the file keeps to */

/* Texts are UTF-8 without characters that XML forbids; empty ones are left out. */
struct xmp {
    struct str title, author, producer;
    struct str created; /* "2023-09-29T00:00:00+07:00"; also when it was changed last */
    const char *level;  /* of PDF/A-3: "A", "U" … */
    bool accessible;    /* PDF/UA-1 */
    bool scanned;
};

/* An element with text. */
static void
add(struct buf *out, const char *before, struct str text, const char *after)
{
    if (text.len == 0)
        return;
    buf_text(out, before);
    buf_xml(out, text);
    buf_text(out, after);
}

static void
add_dublin_core(struct buf *out, const struct xmp *xmp)
{
    add(out, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", xmp->title,
        "</rdf:li></rdf:Alt></dc:title>\n");
    add(out, "<dc:creator><rdf:Seq><rdf:li>", xmp->author, "</rdf:li></rdf:Seq></dc:creator>\n");
    buf_text(out, "<dc:language><rdf:Bag><rdf:li>th-TH</rdf:li></rdf:Bag></dc:language>\n");
    if (xmp->scanned)
        buf_text(out, "<dc:type><rdf:Bag><rdf:li>" META_SCAN "</rdf:li></rdf:Bag></dc:type>\n");
}

static void
add_tools_and_dates(struct buf *out, const struct xmp *xmp)
{
    add(out, "<pdf:Producer>", xmp->producer, "</pdf:Producer>\n");
    add(out, "<xmp:CreateDate>", xmp->created, "</xmp:CreateDate>\n");
    add(out, "<xmp:ModifyDate>", xmp->created, "</xmp:ModifyDate>\n");
}

/* PDF/A knows only the schemas of its own list; that of PDF/UA is to be described (ISO 19005-3
 * §6.6.2.3). */
static const char extension[] =
    "<pdfuaid:part>1</pdfuaid:part>\n"
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaProperty:name>part</pdfaProperty:name>\n"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "<pdfaProperty:category>internal</pdfaProperty:category>\n"
    "<pdfaProperty:description>part of ISO 14289</pdfaProperty:description>\n"
    "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n";

static struct str
packet_of(struct arena *arena, const struct xmp *xmp)
{
    struct buf out = buf_in(arena);

    buf_text(&out, "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                   "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                   "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                   "<rdf:Description rdf:about=\"\""
                   " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                   " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                   " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
                   " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"");
    if (xmp->accessible)
        buf_text(&out, " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\""
                       " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
                       " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
                       " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\"");
    buf_text(&out, ">\n");
    add_dublin_core(&out, xmp);
    add_tools_and_dates(&out, xmp);
    add(&out, "<pdfaid:part>3</pdfaid:part>\n<pdfaid:conformance>", str_of(xmp->level),
        "</pdfaid:conformance>\n");
    if (xmp->accessible)
        buf_text(&out, extension);
    buf_text(&out, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
    return buf_str(&out);
}

/* ---- files inside the PDF (ISO 32000-1 §7.11.4), associated with the document (ISO 19005-3
 * §6.8) */

/* A date of ISO 8601 as PDF writes it (§7.9.4): "2023-09-29T00:00:00+07:00" as
 * "D:20230929000000+07'00'". */
static struct str
date_of(struct arena *arena, struct str iso)
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

/* A file specification under the name as the name tree has it. */
struct named {
    struct pdf_value *key;
    unsigned spec;
};

/* The parameters of files are as good as alike, so they are objects of their own, which are
 * compressed together; in the dictionary of a stream they would not be. */
static unsigned
put_params(struct pdf_objects *objects, const struct pdf_meta *meta, size_t size)
{
    struct arena *arena = objects->arena;
    struct pdf_value *params = pdf_dict(arena);

    pdf_set(params, "Size", pdf_int(arena, (int64_t)size));
    if (meta->created.len > 0)
        pdf_set(params, "ModDate", pdf_string(arena, date_of(arena, meta->created)));
    return pdf_put(objects, params);
}

static unsigned
put_bytes(struct pdf_objects *objects, const struct pdf_meta *meta, const struct pdf_file *file)
{
    struct arena *arena = objects->arena;
    struct pdf_value *dict = pdf_dict(arena);

    pdf_set(dict, "Type", pdf_name(arena, "EmbeddedFile"));
    pdf_set(dict, "Subtype", pdf_name(arena, file->type));
    pdf_set(dict, "Params", pdf_ref(arena, put_params(objects, meta, file->bytes.len)));
    if (file->deflated.len > 0)
        return pdf_put_deflated(objects, dict, file->deflated);
    return pdf_put_stream(objects, dict, file->bytes);
}

static unsigned
put_spec(struct pdf_objects *objects, const struct pdf_meta *meta, const struct pdf_file *file)
{
    struct arena *arena = objects->arena;
    struct pdf_value *spec = pdf_dict(arena), *embedded = pdf_dict(arena);

    pdf_set(embedded, "F", pdf_ref(arena, put_bytes(objects, meta, file)));
    pdf_set(spec, "Type", pdf_name(arena, "Filespec"));
    pdf_set(spec, "AFRelationship", pdf_name(arena, file->relation));
    if (file->description.len > 0)
        pdf_set(spec, "Desc", pdf_text(arena, file->description));
    pdf_set(spec, "EF", embedded);
    pdf_set(spec, "F", pdf_text(arena, file->name));
    pdf_set(spec, "UF", pdf_text(arena, file->name));
    return pdf_put(objects, spec);
}

/* Name trees are sorted by the bytes of their keys (§7.9.6). */
static int
by_key(const void *a, const void *b)
{
    const struct named *x = a, *y = b;

    return str_cmp(x->key->text, y->key->text);
}

static struct pdf_value *
names_of(struct arena *arena, struct named *named, size_t count)
{
    struct pdf_value *names = pdf_dict(arena), *tree = pdf_dict(arena), *list = pdf_array(arena);

    qsort(named, count, sizeof(*named), by_key);
    for (size_t i = 0; i < count; i++) {
        pdf_add(list, named[i].key);
        pdf_add(list, pdf_ref(arena, named[i].spec));
    }
    pdf_set(tree, "Names", list);
    pdf_set(names, "EmbeddedFiles", tree);
    return names;
}

/* Sets /AF and /Names of the catalog; nothing when there are no files. */
static void
put_files(struct pdf_objects *objects, const struct pdf_meta *meta, struct pdf_value *catalog)
{
    struct arena *arena = objects->arena;
    struct named *named = arena_array(arena, meta->file_count, sizeof(*named));
    struct pdf_value *associated = pdf_array(arena);

    if (meta->file_count == 0)
        return;
    for (size_t i = 0; i < meta->file_count; i++) {
        named[i].key = pdf_text(arena, meta->files[i].name);
        named[i].spec = put_spec(objects, meta, &meta->files[i]);
        pdf_add(associated, pdf_ref(arena, named[i].spec));
    }
    pdf_set(catalog, "AF", associated);
    pdf_set(catalog, "Names", names_of(arena, named, meta->file_count));
}

/* ---- catalog and information dictionary */

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
        struct str date = date_of(arena, xmp->created);

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
    return pdf_put_stored(objects, dict, packet_of(arena, xmp));
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
    if (!meta->any_size) {
        /* margins are the regulation's, and a code that was made smaller may not be read */
        pdf_set(view, "PickTrayByPDFSize", pdf_bool(arena, true));
        pdf_set(view, "PrintScaling", pdf_name(arena, "None"));
    }
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
    if (parts->form != 0)
        pdf_set(catalog, "AcroForm", pdf_ref(arena, parts->form));
    put_files(objects, meta, catalog);
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
        .level = meta->scanned           ? "B"
                 : parts->structure != 0 ? "A"
                                         : "U",
        /* without a title a file cannot be what PDF/UA asks for */
        .accessible = parts->structure != 0 && title.len > 0 && !meta->scanned,
        .scanned = meta->scanned,
    };

    put_catalog(objects, meta, &xmp, parts);
    objects->info = put_info(objects, &xmp, meta->accepted);
}
