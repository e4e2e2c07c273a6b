/* A source font as composing its glyphs needs it: an unhinted subset with glyph numbers kept. */
#ifndef PDF_GLYF_SOURCE_H
#define PDF_GLYF_SOURCE_H

#include <hb.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "pdf/piece.h"

#define GLYF_HEADER 10 /* bytes of a glyph: number of contours and its box */

enum component_flag {
    ARGS_ARE_WORDS = 0x0001,
    ARGS_ARE_XY = 0x0002,
    HAS_SCALE = 0x0008,
    MORE_COMPONENTS = 0x0020,
    HAS_XY_SCALE = 0x0040,
    HAS_TWO_BY_TWO = 0x0080
};

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

/* Of a glyph's bytes: whether it is made of others; a side of its box: 0 xMin 1 yMin 2 xMax 3
 * yMax (it must not be empty). */
bool glyf_is_composite(struct str glyph);
int glyf_side(struct str glyph, int side);

/* Moves *at past a component of a composite glyph and gives its glyph number; *at is GLYF_HEADER
 * before the first and 0 after the last. False when the bytes end before it does. */
bool glyf_next(struct str glyph, size_t *at, uint32_t *child);

#endif
