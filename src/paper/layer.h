/* The text layer of a scan: the report's own text, taken out of its PDF page by page with the fonts
 * that it is set in, and shown by nobody. Every text extractor then reads on a page of the scan
 * what it reads on that page of the report. */
#ifndef PAPER_LAYER_H
#define PAPER_LAYER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "pdf/object.h"

struct cos;
struct layer;
struct revisions;

/* A paragraph of the report, or a figure whose lines are no sentence. */
struct layer_block {
    size_t element; /* number of its structure element; 0: not known */
    size_t label;   /* number of the label in it that this is; 0: none */
    bool is_figure;
    struct str alt; /* a PDF string, as it stands there */
};

#define LAYER_CONTENT_MAX ((size_t)16 << 20) /* bytes of a page's content, unpacked */
#define LAYER_FONT_MAX ((size_t)32 << 20)    /* of a font's file */
#define LAYER_FONTS_MAX 4096
#define LAYER_VALUES_MAX 4000000 /* numbers, names and the like in all fonts */

/* What stands on a page: operators that show text and what these need, in units of a box from the
 * origin; and /Font of the resources, by the names that the operators know. */
struct layer_page {
    struct str content;
    /* of which paragraph each sequence of marked content is a part; their numbers begin at 1 */
    struct layer_block *marks;
    size_t mark_count;
    struct pdf_value *fonts;
    double width, height;
};

/* `pdf` is a PDF of ours that pdfin_open() took, as it was made: its first state counts. Fonts are
 * added to `objects`, each once, when a page needs them. All lives in the arena of these; `pdf`
 * stays the caller's. */
struct layer *layer_open(struct pdf_objects *objects, struct str pdf);

/* The text of page `number`, from 1. False where there is no such page, or something on it is not
 * as this library writes it; nothing is told. */
bool layer_page(struct layer *layer, size_t number, struct layer_page *out);

/* ---- layer_block.c */

/* What stands for a page in the tree of parents: an array by the numbers of marked content. */
const struct cos *layer_parents(struct revisions *revisions, const struct cos *page);

struct layer_block layer_block_of(struct revisions *revisions, const struct cos *parents,
                                  long long mark);

/* ---- layer_font.c */

/* Adds a font of the first state (Type0 over a TrueType file inside, as this library writes them)
 * and returns its handle; 0 for any other. */
struct layer_fonts;
struct layer_fonts *layer_fonts_open(struct pdf_objects *objects, struct revisions *revisions);
unsigned layer_font(struct layer_fonts *fonts, const struct cos *ref);

#endif
