/* The TrueType font of an embedded font's pieces (OpenType 1.9: glyf, loca, hmtx, maxp). */
#ifndef PDF_GLYF_H
#define PDF_GLYF_H

#include <stdbool.h>

#include "pdf/piece.h"

/* A font file whose glyph number i is piece i, unhinted. */
struct glyf_font {
    struct str bytes;
    int bbox[4]; /* of all its glyphs, font units */
};

/* Builds it. A piece of one glyph at its own place is that glyph; any other is a composite whose
 * offsets are HarfBuzz's, in font units on both sides, so nothing is rounded; the glyphs that
 * composites are made of stand behind the pieces. False when the outlines of the source font
 * cannot be used or more than 65,535 glyphs come together; adds no diagnostic. */
bool glyf_build(struct arena *arena, const struct piece_font *font, struct glyf_font *out);

#endif
