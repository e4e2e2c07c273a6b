/* The only door to libharu. */
#ifndef PDF_RAW_H
#define PDF_RAW_H

#include <stdbool.h>

#include "base/diag.h"
#include "pdf/object.h"

/* Writes all objects as a PDF 1.7 file with object streams and a cross-reference stream (save.h);
 * the bytes live in the arena of the objects. False with PDF_LIBRARY (naming libharu's error) or
 * PDF_TOO_LARGE. */
bool raw_write(struct diags *diags, const struct pdf_objects *objects, struct str *out);

#endif
