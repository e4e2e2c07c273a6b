/* What comes into a finished PDF later, at signing: the text of a field (an opinion), or a picture
 * of the hand's signature, as appearances that pdf_append() puts behind the file (pdf/append.h).
 * Nothing of it depends on the report: all that is needed stands in the field (its box) and in the
 * manifest (its fonts). */
#ifndef ENGINE_FILL_H
#define ENGINE_FILL_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/str.h"
#include "base/unit.h"

struct fill;
struct manifest;
struct pdf_objects;
struct work;

/* A field as its widget describes it. */
struct fill_box {
    mpt width, height;
    mpt size;  /* to draw at, as on the page */
    mpt pitch; /* from baseline to baseline */
    bool centred;
};

/* Reads a box out of /Rect (left, bottom, right, top), /DA ("/F1 15 Tf 21 TL 0 g") and /Q of the
 * field `name`. False with FILL_FIELD, at `pos`. */
bool fill_box_read(struct diags *diags, struct pos pos, struct str name, const mpt rect[4],
                   struct str da, long long align, struct fill_box *out);

struct fill_options {
    const struct manifest *manifest; /* of the PDF: which fonts it is set in */
    bool other_font;                 /* fonts that the manifest does not name are taken, too */
};

/* Opens what texts are set with: the fonts are looked for as for a report (w->wishes->font_dir, the
 * data folder, the system). The report's font must be the one that the manifest names, by its
 * hash; else NULL with FILL_FONT, naming both. Letters are lent by the fonts that the manifest
 * names before all others. With `other_font` that is a warning FILL_OTHER_FONT.
 * Close with fill_close(). */
struct fill *fill_open(struct work *w, const struct fill_options *options);
void fill_close(struct fill *fill);

/* The text as it is set and as the field's value (/V) is to hold it: UTF-8 from any encoding that
 * reports may have, normalised as data is, without spaces and line ends at its ends and at the
 * ends of its lines. `pos` is where it comes from. False with ENCODING_… or TEXT_…. */
bool fill_words(struct work *w, struct pos pos, struct str bytes, struct str *out);

/* Adds the appearance of a text from fill_words() in the box and returns its handle: lines are
 * broken as everywhere, line ends in the text are kept, the first baseline stands as that of a line
 * of height `pitch` at the top; centred lines stand at the bottom, above what they belong to. An
 * empty text gives an empty appearance, a stream of its own. `name` is that of the field. 0, before
 * anything is written anywhere, with FILL_TOO_LONG (telling how many lines fit),
 * LAYOUT_WORD_TOO_WIDE, TEXT_NO_GLYPH, or FILL_FONT when a letter would be lent by a font that the
 * manifest does not name. */
unsigned fill_text(struct fill *fill, struct pdf_objects *objects, struct pos pos, struct str name,
                   const struct fill_box *box, struct str text);

/* Adds an appearance without content. */
unsigned fill_empty(struct work *w, struct pdf_objects *objects, mpt width, mpt height);

/* Adds a picture, the bytes of a PNG or JPEG: as large as the box lets it be in its proportions,
 * in its middle and standing on its bottom. Transparency becomes a soft mask; a picture of more
 * than FILL_DPI_MAX is made smaller, and nothing of its metadata is kept. 0 with FILL_CMYK,
 * FILL_PICTURE (an SVG) or what image_read() says. */
#define FILL_DPI_MAX 600
unsigned fill_picture(struct work *w, struct pdf_objects *objects, struct pos pos, struct str bytes,
                      mpt width, mpt height);

#endif
