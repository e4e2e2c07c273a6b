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
struct files;

enum font_face { FONT_REGULAR, FONT_BOLD, FONT_ITALIC, FONT_BOLD_ITALIC, FONT_BOXES, FONT_FACES };

/* One face. `bytes` is the whole font file (sfnt with glyf outlines). Lives until the last
 * fonts_close() of those who share it, and is read-only: threads need no lock. */
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

struct fonts_store;
struct fonts_others;
struct fonts_lent;
struct shape_again;

/* Fonts as one report takes them. Faces, and other fonts, are opened when a glyph is first taken
 * from them, once for all who share them; what was taken and told is each report's own. */
struct fonts {
    struct fonts_store *store;
    const struct font **face; /* FONT_FACES of them; NULL: not taken (fonts_face()) */
    /* a nominal size times numerator / denominator is the size to draw at */
    int64_t scale_numerator;
    int64_t scale_denominator;
    struct fonts_others *others; /* that may lend letters; NULL: none */
    struct fonts_lent *lent;
    struct shape_again *again; /* runs that were shaped before (shape.c); may be NULL */
};

/* Where to look. NULL members are skipped. */
struct font_search {
    const struct files *files; /* where the folders are; lives as long as the fonts */
    const char *font_dir;      /* --font-dir: the report's font is looked for here only */
    const char *local_dir;     /* fonts/local of the project */
    bool use_system;           /* fontconfig */
    bool partial; /* a face that is missing is told when it is taken, not before */
    /* families, or names of font files, that lend letters before all others, commas between */
    struct str others;
};

/* Finds the four faces of one family, matched by the name table, opens the regular one, and builds
 * the font of boxes. NULL with FONT_NOT_FOUND, FONT_FACE_MISSING (all but the regular one may be
 * missing in a `partial` search; nothing is ever made up for a
 * missing face), FONT_SEVERAL, or one of fonts_face(). Give back with fonts_close(). */
struct fonts *fonts_open(struct arena *arena, struct diags *diags,
                         const struct font_search *search);

/* The same fonts for another report, in another thread if need be; to be closed, too. */
struct fonts *fonts_share(struct arena *arena, const struct fonts *fonts);
void fonts_close(struct fonts *fonts);

/* A face, opened and examined when it is not yet. NULL with FONT_FACE_MISSING, FONT_DAMAGED, FONT_CFF,
 * FONT_COLLECTION, FONT_IT9 (a face whose 0-9 look like ๐-๙), FONT_NO_THAI, FONT_RESTRICTED or
 * those of files_read(), each time; `diags` may be NULL. */
const struct font *fonts_face(const struct fonts *fonts, struct diags *diags, enum font_face face);

/* The fonts with a file that were taken: faces in their order, then others in the order in which
 * they lent letters; `index` from 0 on, NULL at the end. */
const struct font *fonts_taken(const struct fonts *fonts, size_t index);

/* The files among which the report's font was found, `index` from 0 on, NULL at the end. */
const char *fonts_file(const struct fonts *fonts, size_t index);

/* The path of a file of this name among those and the ones that may lend letters; `index` from 0
 * on, NULL at the end. */
const char *fonts_named(const struct fonts *fonts, struct str name, size_t index);

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
