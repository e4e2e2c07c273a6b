/* The dictionaries of an embedded font: Type0 over CIDFontType2 with identity on both sides, exact
 * widths, ToUnicode, descriptor, font file (ISO 32000-1 §9.7, §9.8, §9.9, §9.10.3). */
#ifndef PDF_FONT_H
#define PDF_FONT_H

#include "pdf/object.h"
#include "pdf/piece.h"

/* Adds a font with all its pieces; 0 with PDF_FONT. */
unsigned font_put(struct pdf_objects *objects, struct diags *diags, const struct piece_font *font);

/* False with PDF_FONT when it could not be added. */
bool font_try(struct arena *arena, struct diags *diags, const struct piece_font *font);

#endif
