/* XMP (ISO 16684-1): title, producer and what the file claims to conform to. Each stands there as
 * an element or as an attribute. Document types are refused, so no entity can grow. */
#include <string.h>

#include <expat.h>

#include "base/arena.h"
#include "pdfin/inner.h"

#define VALUE_MAX 4096 /* of one text */
#define PIECE ((size_t)64 * 1024)

enum fact { FACT_PART, FACT_CONFORMANCE, FACT_UA_PART, FACT_TITLE, FACT_PRODUCER, FACT_COUNT };

/* expat puts "|" between a name and its namespace. */
static const char *const fact_names[FACT_COUNT] = {
    [FACT_PART] = "http://www.aiim.org/pdfa/ns/id/|part",
    [FACT_CONFORMANCE] = "http://www.aiim.org/pdfa/ns/id/|conformance",
    [FACT_UA_PART] = "http://www.aiim.org/pdfua/ns/id/|part",
    [FACT_TITLE] = "http://purl.org/dc/elements/1.1/|title",
    [FACT_PRODUCER] = "http://ns.adobe.com/pdf/1.3/|Producer",
};

struct job {
    XML_Parser parser;
    struct buf fact[FACT_COUNT];
    bool is_full[FACT_COUNT]; /* its first text has ended */
    enum fact now;            /* FACT_COUNT outside of all */
    size_t depth, fact_depth;
    bool refused;
};

static enum fact
fact_of(const char *name)
{
    for (size_t i = 0; i < FACT_COUNT; i++) {
        if (strcmp(name, fact_names[i]) == 0)
            return (enum fact)i;
    }
    return FACT_COUNT;
}

static void
add(struct job *job, enum fact fact, struct str text)
{
    struct buf *out = &job->fact[fact];

    if (!job->is_full[fact] && out->len + text.len <= VALUE_MAX)
        buf_add(out, text);
}

static void
start(void *context, const char *name, const char **attributes)
{
    struct job *job = context;

    job->depth++;
    if (job->depth > PDFIN_DEPTH_MAX) {
        job->refused = true;
        XML_StopParser(job->parser, XML_FALSE);
        return;
    }
    for (size_t i = 0; attributes[i] != NULL; i += 2) {
        enum fact fact = fact_of(attributes[i]);
        if (fact < FACT_COUNT) {
            add(job, fact, str_of(attributes[i + 1]));
            job->is_full[fact] = true;
        }
    }
    if (job->now == FACT_COUNT && fact_of(name) < FACT_COUNT) {
        job->now = fact_of(name);
        job->fact_depth = job->depth;
    }
}

/* A title is a list of one for each language, of which the first is the default. */
static void
end(void *context, const char *name)
{
    struct job *job = context;

    (void)name;
    if (job->now < FACT_COUNT && str_trim(buf_str(&job->fact[job->now])).len > 0)
        job->is_full[job->now] = true;
    if (job->now < FACT_COUNT && job->depth == job->fact_depth)
        job->now = FACT_COUNT;
    job->depth--;
}

static void
text(void *context, const char *chars, int len)
{
    struct job *job = context;

    if (job->now < FACT_COUNT)
        add(job, job->now, (struct str){chars, (size_t)len});
}

static void
refuse_doctype(void *context, const char *name, const char *system, const char *public,
               int internal)
{
    struct job *job = context;

    (void)name, (void)system, (void)public, (void)internal;
    job->refused = true;
    XML_StopParser(job->parser, XML_FALSE);
}

static bool
parse(struct job *job, struct str xmp)
{
    XML_SetUserData(job->parser, job);
    XML_SetElementHandler(job->parser, start, end);
    XML_SetCharacterDataHandler(job->parser, text);
    XML_SetStartDoctypeDeclHandler(job->parser, refuse_doctype);
    for (;;) {
        struct str piece = str_sub(xmp, 0, PIECE);
        xmp = str_sub(xmp, piece.len, xmp.len);
        if (XML_Parse(job->parser, piece.ptr, (int)piece.len, xmp.len == 0) != XML_STATUS_OK)
            return false;
        if (xmp.len == 0)
            return true;
    }
}

static struct str
fact(const struct job *job, enum fact which)
{
    return str_trim(buf_str(&job->fact[which]));
}

static void
take(struct pdfin *pdf, const struct job *job)
{
    struct pdfin_info *info = &pdf->info;

    info->title = fact(job, FACT_TITLE);
    info->producer = fact(job, FACT_PRODUCER);
    info->claims.pdfua = fact(job, FACT_UA_PART);
    if (fact(job, FACT_PART).len > 0)
        info->claims.pdfa =
            str_of(arena_printf(pdf->arena, "%.*s%.*s", STR_FMT(fact(job, FACT_PART)),
                                STR_FMT(fact(job, FACT_CONFORMANCE))));
}

static void
read_xmp(struct pdfin *pdf, struct str xmp)
{
    struct job job = {.parser = XML_ParserCreateNS(NULL, '|'), .now = FACT_COUNT};

    if (job.parser == NULL)
        arena_oom(0);
    for (size_t i = 0; i < FACT_COUNT; i++)
        job.fact[i] = buf_in(pdf->arena);
    if (parse(&job, xmp))
        take(pdf, &job);
    else
        diag_add(pdf->diags, DIAG_PDFIN_XMP, (struct pos){pdf->file, 0, 0},
                 job.refused
                     ? diag_both(pdf->diags, "it declares a document type, or nests too deep",
                                 "มีการประกาศ DOCTYPE หรือซ้อนลึกเกินไป")
                     : diag_said(pdf->diags, "ตัวอ่าน XML แจ้งว่า",
                                 XML_ErrorString(XML_GetErrorCode(job.parser))),
                 NULL, NULL);
    XML_ParserFree(job.parser);
}

void
pdfin_xmp(struct pdfin *pdf, qpdf_oh root)
{
    qpdf_oh metadata = pdfin_get(pdf, root, "/Metadata");
    struct arena *scratch = arena_new(0);
    struct str xmp;

    if (pdfin_is_stream(pdf, metadata) &&
        pdfin_unpack(pdf, metadata, STR("XMP"), PDFIN_XMP_MAX, DIAG_WARNING, scratch, &xmp))
        read_xmp(pdf, xmp);
    arena_free(scratch);
    pdfin_drop(pdf, metadata);
}
