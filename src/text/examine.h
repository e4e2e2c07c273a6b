/* Examining one font file; used by font.c, and by the fuzz target with any bytes. */
#ifndef TEXT_EXAMINE_H
#define TEXT_EXAMINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "text/font.h"

struct arena;

/* Why a font is refused: a code of the FONT_ messages and its second argument. */
struct font_fault {
    enum diag_code code;
    char detail[64];
};

/* No font file may be larger. The national fonts have 0.1 to 0.5 MB. */
#define FONT_FILE_MAX ((size_t)16 << 20)

/* Examines out->bytes and fills the rest of *out but `face` and `path`. On success out->hb is to
 * be given back with font_close(). False with *fault filled and nothing to give back. */
bool font_examine(struct arena *arena, struct font *out, struct font_fault *fault);

/* The same for a font that lends letters (others.h): no Thai is asked of it, but what has colours
 * is refused, as their outlines are only part of its letters. */
bool font_examine_other(struct arena *arena, struct font *out, struct font_fault *fault);
void font_close(struct font *font);

/* Makes out->hb from out->bytes; upem is set by this. False when HarfBuzz finds no font in it. */
bool font_attach(struct font *out);

/* The font of boxes, ticks, bullets and arrows, and whether it has a character; see boxes.c. */
struct font *font_boxes(struct arena *arena);
#define FONT_BOX_FIRST 0x2190
bool font_is_box(uint32_t code_point);

/* Σ advance(U+0E01-0E2E) in font units: the width by which Thai designs are compared. */
int64_t font_thai_width(const struct font *font);

#endif
