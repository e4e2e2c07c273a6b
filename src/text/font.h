/* Fonts: finding the four faces of TH Sarabun or a stand-in, examining them, and the small font
 * of boxes that is built here. Search order, size scale and refusals: design §4. */
#ifndef TEXT_FONT_H
#define TEXT_FONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"
#include "base/unit.h"

struct arena;

enum font_face { FONT_REGULAR, FONT_BOLD, FONT_ITALIC, FONT_BOLD_ITALIC, FONT_BOXES, FONT_FACES };

/* One face. `bytes` is the whole font file (sfnt with glyf outlines). Lives until fonts_close(). */
struct font {
    enum font_face face;
    const char *path;  /* "" for the font of boxes */
    struct str family; /* for dumps and the PDF's BaseFont */
    struct str postscript_name;
    struct str bytes;
    unsigned index; /* of the face in a collection: always 0, collections are refused */
    int upem;
    int ascent, descent; /* of hhea, font units; never used for line pitch */
    int cap_height;      /* font units */
    int bbox[4];
    int italic_angle; /* 1/65536 degree */
    void *hb;         /* hb_font_t at scale = upem */
    /* lends letters that the report's font has not; `face` says only what it looks like then */
    bool other;
    /* of such a font: it is drawn at numerator / denominator of what the report's font is */
    int64_t scale_numerator, scale_denominator;
};

struct fonts_others;

struct fonts {
    struct font *face[FONT_FACES];
    /* a nominal size times numerator / denominator is the size to draw at */
    int64_t scale_numerator;
    int64_t scale_denominator;
    struct fonts_others *others; /* NULL: no other font lends letters */
};

/* Where to look. NULL members are skipped. */
struct font_search {
    const char *font_dir;  /* --font-dir: the report's font is looked for here only */
    const char *local_dir; /* fonts/local of the project */
    bool use_system;       /* fontconfig */
    struct str others;     /* families that lend letters before all others, commas between */
};

/* Finds and opens the four faces of one family, matched by the name table, and builds the font of
 * boxes. NULL with FONT_NOT_FOUND, FONT_FACE_MISSING (nothing is ever made up for a missing face),
 * FONT_SEVERAL, FONT_DAMAGED, FONT_CFF, FONT_COLLECTION, FONT_IT9 (a face whose 0-9 look like ๐-๙),
 * FONT_NO_THAI, FONT_RESTRICTED. Give back with fonts_close(). */
struct fonts *fonts_open(struct arena *arena, struct diags *diags,
                         const struct font_search *search);
void fonts_close(struct fonts *fonts);

/* True when the face has a glyph for the code point. */
bool font_has(const struct font *font, uint32_t code_point);

/* The size to draw at for a nominal size ("16 pt" means TH Sarabun at 16 pt). */
mpt fonts_draw_size(const struct fonts *fonts, mpt nominal);

/* The same for any font of these: boxes are designed for the nominal size and drawn at that, other
 * fonts are drawn so that their digits are as high as those of the report's font. */
mpt fonts_size_of(const struct fonts *fonts, const struct font *font, mpt nominal);

/* Width of `units` font units at a drawing size. */
mpt font_length(const struct font *font, mpt draw_size, int units);

#endif
