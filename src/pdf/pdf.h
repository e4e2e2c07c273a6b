/* From the page list to the bytes of a PDF. */
#ifndef PDF_PDF_H
#define PDF_PDF_H

#include "base/diag.h"
#include "base/str.h"
#include "layout/page.h"

struct arena;

/* A file that the PDF carries. */
struct pdf_file {
    struct str name;        /* a relative path, "/" between folders */
    const char *type;       /* media type */
    const char *relation;   /* to the document, /AFRelationship: "Source", "Data", "Supplement" */
    struct str description; /* for people; may be empty */
    struct str bytes;
};

/* What the file says of itself; empty texts are left out. */
struct pdf_meta {
    struct str title;
    struct str author;
    struct str accepted; /* findings that the report lets through, a line each; key /Accepted */
    struct str created;  /* ISO 8601 with its zone: "2023-09-29T00:00:00+07:00" */
    bool plain;          /* no logical structure: PDF/A-3u instead of PDF/A-3a and PDF/UA-1 */
    const struct pdf_file *files;
    size_t file_count;
};

#define PDF_PAGES_MAX 32767

/* Writes the whole file as PDF 1.7; the bytes live in `arena`. The same pages give the same bytes.
 * False with PDF_EMPTY (no pages), PDF_TOO_LARGE (more than PDF_PAGES_MAX pages, 2 GB),
 * PDF_CLUSTER (more marks on a letter than fit into a glyph), PDF_FONT (outlines of a font are
 * damaged) or PDF_LIBRARY. */
bool pdf_write(struct arena *arena, struct diags *diags, const struct pages *pages,
               const struct pdf_meta *meta, struct str *out);

/* False with PDF_EMPTY or PDF_TOO_LARGE. */
bool pdf_count_is_good(struct diags *diags, const struct pages *pages);

/* Tells what pdf_write() would refuse of these pages, without writing anything: all of it. */
bool pdf_try(struct diags *diags, const struct pages *pages);

#endif
