#include "pdf/xmp.h"

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

struct str
xmp_packet(struct arena *arena, const struct xmp *xmp)
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
