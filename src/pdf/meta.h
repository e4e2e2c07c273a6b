/* The document's catalog and information dictionary, and the identifier of the file. */
#ifndef PDF_META_H
#define PDF_META_H

#include "pdf/object.h"
#include "pdf/pdf.h"

/* What the catalog names: handles, 0 for what is not there. */
struct meta_parts {
    unsigned structure, bookmarks, labels;
};

/* Adds both, and what says the same as XMP; the page tree must be there. No clock is read: the same
 * pages give the same bytes whenever they are made. */
void meta_put(struct pdf_objects *objects, const struct pdf_meta *meta,
              const struct meta_parts *parts);

/* A date of ISO 8601 as PDF writes it (ISO 32000-1 §7.9.4). */
struct str meta_date(struct arena *arena, struct str iso);

#endif
