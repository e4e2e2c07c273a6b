/* From the page list to the bytes of a PDF. */
#ifndef PDF_PDF_H
#define PDF_PDF_H

#include "base/diag.h"
#include "base/str.h"
#include "layout/page.h"

struct arena;

struct pdf_meta {
    struct str title;
    struct str author;
};

/* Writes the whole file. The same pages give the same bytes. False with PDF_TOO_LARGE (more than
 * 60,000 glyphs of one face, 32,767 pages) or PDF_LIBRARY. */
bool pdf_write(struct arena *arena, struct diags *diags, const struct pages *pages,
               const struct pdf_meta *meta, struct str *out);

#endif
