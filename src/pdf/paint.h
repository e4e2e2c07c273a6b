/* What the parts of content share: the stream of the page being painted and the state a reader
 * is in after what was written so far. */
#ifndef PDF_PAINT_H
#define PDF_PAINT_H

#include <stdbool.h>

#include "base/str.h"
#include "layout/page.h"
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
    struct stretches *line; /* for line.c */
    struct tags *tags;      /* NULL: nothing is marked */
    struct buf out;
    size_t page; /* from 0 */
    mpt height;  /* of the page, whose y goes upwards in PDF */
    bool marked; /* a sequence is open, outside of text objects: */
    struct mark mark;

    /* graphics state; reset at each page */
    struct color fill, stroke;
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

bool paint_is_filled(const struct paint *paint, struct color color);
void paint_fill_color(struct paint *paint, struct color color);

/* line.c: what it keeps from line to line. */
struct stretches *paint_stretches(struct arena *arena);

/* Paints the text items of one line among items[0 … count - 1]; others are passed over.
 * `after` is what follows on the page, or NULL. False with PDF_CLUSTER. */
bool paint_line(struct paint *paint, const struct item *items, size_t count,
                const struct item *after);

/* Paints clusters from … to - 1 of a text item inside a text object; `before` is the last one of
 * the item before it in its line (NULL: none). Spaces alone are set in the font of `before`: PDFium
 * drops a string of spaces. Each item starts at its own place whatever the widths. */
bool paint_clusters(struct paint *paint, const struct item *item, size_t from, size_t to,
                    const struct cluster *before);

/* Ends the operator that shows text; a number at its end would move nothing, so the pen goes back.
 */
void paint_end_show(struct paint *paint);

/* The same, writes another operator, and keeps the move for what is shown next. */
void paint_interrupt(struct paint *paint, const char *operator);

/* ---- mark.c: marked content */

struct mark mark_of(const struct paint *paint, const struct item *item);
bool mark_same(struct mark a, struct mark b);

/* Opens a sequence here. */
void mark_open(struct paint *paint, struct mark mark);

/* Outside of text objects: makes what is painted next belong to `mark`, or to nothing. */
void mark_begin(struct paint *paint, struct mark mark);
void mark_end(struct paint *paint);

#endif
