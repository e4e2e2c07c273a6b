/* Pieces: a HarfBuzz cluster becomes one to three output glyphs, each with its own part of the
 * text, so that every text extractor reads back exactly what was set, and the offsets of marks
 * are baked into the glyphs, so that a line is one plain string. Per cluster at most
 *     B  its letters (several in a ligature),
 *     M  all its marks together, without advance,
 *     A  a sara am at its end.
 * A piece is a list of source glyphs with offsets, an advance and a text; equal ones are one.
 * Its number (from 1, in order of first use) is both its CID and its glyph in the embedded font,
 * which glyf.c builds. */
#ifndef PDF_PIECE_H
#define PDF_PIECE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"
#include "pdf/object.h"
#include "text/shape.h"

struct arena;

/* Pieces and source glyphs in one embedded font; a further font is opened for the rest. */
#define PIECES_MAX 60000
/* A ToUnicode string may have 512 bytes of UTF-16 in hexadecimal. */
#define PIECE_UNITS_MAX 127
#define PIECE_GLYPHS_MAX 64

/* A source glyph in a piece, placed in font units, y upwards. */
struct piece_glyph {
    uint32_t id;
    int16_t dx, dy;
};

struct piece {
    uint32_t glyphs; /* first of piece_font.glyphs */
    uint16_t glyph_count;
    uint16_t advance; /* font units */
    uint32_t text;    /* first byte of piece_font.text */
    uint16_t text_len;
    uint32_t next; /* in its hash chain */
};

/* An embedded font: pieces[1 … count - 1]. */
struct piece_font {
    const struct font *font;
    struct piece *pieces;
    size_t count, cap;
    struct piece_glyph *glyphs;
    size_t glyph_count, glyph_cap;
    struct buf text; /* UTF-8 of all pieces */
    uint32_t *chains;
    size_t chain_count;
    uint8_t *used; /* a bit per source glyph */
    size_t used_count, used_size;
};

#define CLUSTER_PIECES_MAX 3

/* A cluster as it is painted: strings of CIDs in one font, and by how many font units the pen is
 * to be moved after them (kerning; 0 in a cluster with marks). */
struct piece_run {
    unsigned font; /* index into pieces.fonts */
    unsigned count;
    uint16_t cid[CLUSTER_PIECES_MAX];
    bool marks_last; /* the last piece has no advance, and stands on one that has */
    int64_t adjust;
    int64_t advance; /* of the whole, with `adjust` */
};

struct piece_memo;

/* All embedded fonts of a document. */
struct pieces {
    struct arena *arena;
    struct piece_font **fonts;
    size_t font_count, font_cap;
    struct piece_memo *memo; /* clusters met before, a hash table */
    size_t memo_count, memo_cap;
};

/* True for a character that is never painted nor read back: U+00AD U+200B U+2060 U+FEFF. */
bool piece_drops(uint32_t code_point);

struct pieces *pieces_new(struct arena *arena);

/* Finds or makes the pieces of a cluster; `source` is the text that the cluster points into and
 * must live as long as `pieces`, the cluster and its glyphs need not. Invisible characters are
 * left out; a cluster of these alone has no piece. False with PDF_CLUSTER: more text, glyphs or a
 * larger offset than an output glyph can hold. */
bool pieces_of(struct pieces *pieces, struct diags *diags, const struct cluster *cluster,
               struct str source, struct piece_run *out);

/* ---- glyf.c: the font file */

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

/* ---- font.c: the dictionaries of an embedded font (ISO 32000-1 §9.7-§9.10): Type0 over
 * CIDFontType2 with identity on both sides, exact widths, ToUnicode, descriptor, font file */

/* Adds a font with all its pieces; 0 with PDF_FONT. */
unsigned font_put(struct pdf_objects *objects, struct diags *diags, const struct piece_font *font);

/* False with PDF_FONT when it could not be added. */
bool font_try(struct arena *arena, struct diags *diags, const struct piece_font *font);

#endif
