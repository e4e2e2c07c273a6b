/* The bytes of a PDF out of pages. */
#ifndef KIT_PDF_FILE_H
#define KIT_PDF_FILE_H

#include "pdf/object.h"
#include "pdf/pdf.h"

/* Builds and saves. False with diagnostics of either. */
static inline bool
pdf_file(struct arena *arena, struct diags *diags, const struct pages *pages,
         const struct pdf_meta *meta, struct str *out)
{
    struct pdf_objects *objects = pdf_build(arena, diags, pages, meta);
    bool good = objects != NULL && pdf_save(diags, objects, out);

    pdf_objects_close(objects);
    return good;
}

#endif
