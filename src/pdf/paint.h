/* Page content (ISO 32000-1 §8, §9): a page of the page list becomes one stream. What its parts
 * share: the stream of the page being painted, and the state that a reader is in after it. */
#ifndef PDF_PAINT_H
#define PDF_PAINT_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/str.h"
#include "image/image.h"
#include "layout/page.h"
#include "pdf/form.h"
#include "pdf/object.h"
#include "pdf/piece.h"
#include "pdf/tags.h"

/* Text position, in 1/1000 mpt. */
typedef int64_t micro;

/* What painted content belongs to: a structure element, or NULL for an artifact of a role. */
struct mark {
    struct tag *tag;
    enum role role;
};

struct paint {
    struct diags *diags;
    struct pieces *pieces;
    struct stretches *line; /* for text.c */
    struct tags *tags;      /* NULL: nothing is marked */
    struct buf out;
    size_t page; /* from 0 */
    mpt height;  /* of the page, whose y goes upwards in PDF */
    bool marked; /* a sequence is open, outside of text objects: */
    struct mark mark;

    /* graphics state; reset at each page */
    struct colour fill, stroke;
    bool fill_known, stroke_known;
    mpt line_width;   /* 0: not set */
    mpt line_pattern; /* pitch of the dots, 0 for a solid line, -1: not set */

    /* text object */
    unsigned font; /* 1 + index of the font set, 0: none */
    mpt size;
    int64_t line_x, line_y; /* where the current text line starts */
    micro pen;              /* from line_x to where the next glyph goes */
    struct buf show;        /* strings and numbers of the operator being built */
    bool in_string, has_numbers;
    int64_t pending;     /* number not written yet, 1/1000 of the unit of TJ; and by how much it */
    micro pending_width; /* moves the pen */
};

bool paint_is_filled(const struct paint *paint, struct colour colour);
void paint_fill_colour(struct paint *paint, struct colour colour);

/* text.c: what it keeps from line to line. */
struct stretches *paint_stretches(struct arena *arena);

/* Paints the text items of one line among items[0 … count - 1]; others are passed over.
 * `after` is what follows on the page, or NULL. False with PDF_CLUSTER. */
bool paint_line(struct paint *paint, const struct item *items, size_t count,
                const struct item *after);

/* Ends the operator that shows text, writes another one, and keeps the pending move for what is
 * shown next. */
void paint_interrupt(struct paint *paint, const char *operator);

/* ---- mark.c: marked content */

struct mark mark_of(const struct paint *paint, const struct item *item);
bool mark_same(struct mark a, struct mark b);

/* Opens a sequence here. */
void mark_open(struct paint *paint, struct mark mark);

/* Outside of text objects: makes what is painted next belong to `mark`, or to nothing. */
void mark_begin(struct paint *paint, struct mark mark);
void mark_end(struct paint *paint);

/* ---- content.c: pages */

struct content;

/* With `tags` all content says which element of these it belongs to; NULL for a plain file. Fields
 * that stand on the pages are added to `forms` unless that is NULL. */
struct content *content_new(struct pdf_objects *objects, struct diags *diags, struct tags *tags,
                            struct forms *forms);

/* Adds the stream of page `index` (from 0) and returns its handle; 0 with PDF_CLUSTER. */
unsigned content_page(struct content *content, const struct page *page, size_t index);

/* After the last page: adds the fonts and fills the reserved handle with the resource dictionary
 * that all pages share. False with PDF_FONT. */
bool content_resources(struct content *content, unsigned handle);

/* After that: the handle of the report's regular font, else of any; 0 where there is no text. */
unsigned content_font(const struct content *content);

/* ---- xobject.c: rasters as image XObjects (§8.9.5), drawings as form XObjects (§8.10) */

/* The longer side of a drawing in its own units; divides a pt evenly in decimals. */
#define DRAWING_SIDE 20000

/* Adds an image; its alpha becomes a soft mask. A JPEG is embedded as it is. */
unsigned image_put(struct pdf_objects *objects, const struct image *image);

/* Adds a drawing in whole units, y upwards from its lower left corner; *width and *height are its
 * box in these units, the longer of them DRAWING_SIDE. */
unsigned drawing_put(struct pdf_objects *objects, const struct drawing *drawing, int *width,
                     int *height);

#endif
