/* Files inside the PDF (ISO 32000-1 §7.11.4), associated with the document (ISO 19005-3 §6.8). */
#ifndef PDF_ATTACH_H
#define PDF_ATTACH_H

#include "pdf/object.h"
#include "pdf/pdf.h"

/* Sets /AF and /Names of the catalog; nothing when there are no files. */
void attach_put(struct pdf_objects *objects, const struct pdf_meta *meta,
                struct pdf_value *catalog);

#endif
