/* From the page list to objects, and from these to the bytes of a PDF. */
#ifndef PDF_PDF_H
#define PDF_PDF_H

#include "base/diag.h"
#include "base/str.h"
#include "layout/page.h"

struct arena;
struct pdf_objects;

/* A file that the PDF carries. */
struct pdf_file {
    struct str name;        /* a relative path, "/" between folders */
    const char *type;       /* media type */
    const char *relation;   /* to the document, /AFRelationship: "Source", "Data", "Supplement" */
    struct str description; /* for people; may be empty */
    struct str bytes;
    struct str deflated; /* they as pdf_deflated() makes them; empty: it is not done yet */
};

/* The content of a drawing, made once for many PDFs. */
struct pdf_form {
    const struct drawing *drawing;
    int width, height; /* in units of the content */
    struct str deflated;
};

/* Both live in `arena`. */
struct str pdf_deflated(struct arena *arena, struct str bytes);
struct pdf_form pdf_form_of(struct arena *arena, const struct drawing *drawing);

/* What the file says of itself; empty texts are left out. */
struct pdf_meta {
    struct str title;
    struct str author;
    struct str accepted; /* findings that the report lets through, a line each; key /Accepted */
    struct str created;  /* ISO 8601 with its zone: "2023-09-29T00:00:00+07:00" */
    bool any_size;       /* nothing tells printers to keep the size of pages: so it was once */
    bool plain;          /* no logical structure: PDF/A-3u instead of PDF/A-3a and PDF/UA-1 */
    bool scanned;        /* pages of paper: PDF/A-3b, and META_SCAN stands in the file */
    const struct pdf_file *files;
    size_t file_count;
    const struct pdf_form *form; /* of a drawing on the pages, when there is one */
};

#define PDF_PAGES_MAX 32767

/* Describes all that a PDF of these pages consists of (object.h); the objects live in `arena`, and
 * pdf_objects_close() gives back what does not. NULL with PDF_EMPTY (no pages), PDF_TOO_LARGE (more
 * than PDF_PAGES_MAX pages), PDF_CLUSTER (more marks on a letter than fit into a glyph) or PDF_FONT
 * (outlines of a font are damaged). */
struct pdf_objects *pdf_build(struct arena *arena, struct diags *diags, const struct pages *pages,
                              const struct pdf_meta *meta);

/* raw.c, the only door to libharu: writes all objects as a PDF 1.7 file with object streams and a
 * cross-reference stream (save.h). The same objects give the same bytes, which live in their arena.
 * False with PDF_LIBRARY (naming libharu's error) or PDF_TOO_LARGE (2 GB). */
bool pdf_save(struct diags *diags, const struct pdf_objects *objects, struct str *out);

/* Adds what stands on `page` as a form XObject of the page's size (ISO 32000-1 §8.10): the
 * appearance of a form field. It has its fonts and pictures by itself, and its content is marked as
 * that of a field (/Tx, §12.7.3.3). A page without items gives an empty one. Every text extractor
 * reads of it what it reads of our pages. 0 with PDF_CLUSTER or PDF_FONT. */
unsigned pdf_appearance(struct pdf_objects *objects, struct diags *diags, const struct page *page);

/* Tells all that pdf_build() would refuse of these pages, without building anything. */
bool pdf_try(struct diags *diags, const struct pages *pages);

#endif
