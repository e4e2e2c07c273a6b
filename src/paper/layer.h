/* The text layer of a scan: the report's own text, taken out of its PDF page by page with the fonts
 * that it is set in, and shown by nobody. Every text extractor then reads on a page of the scan
 * what it reads on that page of the report. */
#ifndef PAPER_LAYER_H
#define PAPER_LAYER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "pdf/object.h"

struct layer;

#define LAYER_CONTENT_MAX ((size_t)16 << 20) /* bytes of a page's content, unpacked */
#define LAYER_FONT_MAX ((size_t)32 << 20)    /* of a font's file */
#define LAYER_FONTS_MAX 4096
#define LAYER_VALUES_MAX 4000000 /* numbers, names and the like in all fonts */

/* What stands on a page: operators that show text and what these need, in units of a box from the
 * origin; and /Font of the resources, by the names that the operators know. */
struct layer_page {
    struct str content;
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

/* ---- layer_font.c */

struct cos;
struct revisions;

/* Adds a font of the first state (Type0 over a TrueType file inside, as this library writes them)
 * and returns its handle; 0 for any other. */
struct layer_fonts;
struct layer_fonts *layer_fonts_open(struct pdf_objects *objects, struct revisions *revisions);
unsigned layer_font(struct layer_fonts *fonts, const struct cos *ref);

#endif
