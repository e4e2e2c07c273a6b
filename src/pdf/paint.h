/* What the parts of content share: the stream of the page being painted and the state a reader
 * is in after what was written so far. */
#ifndef PDF_PAINT_H
#define PDF_PAINT_H

#include <stdbool.h>

#include "base/str.h"
#include "layout/page.h"
#include "pdf/piece.h"

/* Text position, in 1/1000 mpt. */
typedef int64_t micro;

struct paint {
    struct diags *diags;
    struct pieces *pieces;
    struct buf out;
    mpt height; /* of the page, whose y goes upwards in PDF */

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

/* Paints the text items of one line among items[0 … count - 1]; others are passed over. False
 * with PDF_CLUSTER. */
bool paint_line(struct paint *paint, const struct item *items, size_t count);

/* Marked-content sequences around what is painted of some parts of a line, opened and closed
 * inside its text object: today the text that a stretched line stands for. Returns how many. */
unsigned paint_open_marks(struct paint *paint, const struct item *items, size_t count);
void paint_close_marks(struct paint *paint, unsigned count);

#endif
