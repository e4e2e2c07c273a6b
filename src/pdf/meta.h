/* The document's catalog and information dictionary, and the identifier of the file. */
#ifndef PDF_META_H
#define PDF_META_H

#include "pdf/object.h"
#include "pdf/pdf.h"

/* Adds both, and what says the same as XMP; the page tree must be there. `structure` is the handle
 * of the structure tree, or 0. No clock is read: the same
 * pages give the same bytes whenever they are made. */
void meta_put(struct pdf_objects *objects, const struct pdf_meta *meta, unsigned structure);

/* Sets objects->id from the content of all objects. The last step before writing. */
void meta_identify(struct pdf_objects *objects);

#endif
