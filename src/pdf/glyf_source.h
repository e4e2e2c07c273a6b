/* A source font as composing its glyphs needs it: an unhinted subset with glyph numbers kept. */
#ifndef PDF_GLYF_SOURCE_H
#define PDF_GLYF_SOURCE_H

#include <hb.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "pdf/piece.h"
#include "text/outlines.h"

struct glyf_table {
    hb_blob_t *blob;
    const uint8_t *bytes;
    size_t len;
};

struct glyf_source {
    hb_face_t *face;
    struct glyf_table glyf, loca, hmtx, hhea, maxp, head;
    size_t glyph_count, metric_count;
    bool long_loca;
    bool bad; /* set once an outline cannot be used */
};

/* Opens the subset of the glyphs that a font's pieces use; false when a table is missing or too
 * short. To be closed in either case. */
bool glyf_open(struct glyf_source *source, const struct piece_font *font);
void glyf_close(const struct glyf_source *source);

/* The bytes of a glyph, empty for one without outline; sets source->bad when there is no such
 * glyph or its bytes lie outside of the table. */
struct str glyf_outline(struct glyf_source *source, uint32_t glyph);

unsigned glyf_advance(const struct glyf_source *source, uint32_t glyph);
int glyf_bearing(const struct glyf_source *source, uint32_t glyph);

/* A big-endian number of a table. */
unsigned glyf_get16(const uint8_t *at);

/* A side of a glyph's box: 0 xMin 1 yMin 2 xMax 3 yMax (its bytes must not be empty). */
int glyf_side(struct str glyph, int side);

#endif
