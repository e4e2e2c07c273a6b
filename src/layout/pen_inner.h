/* What the files of the for-pen form share: pen.c makes its pages, pen_room.c the room for the pen
 * on them. */
#ifndef LAYOUT_PEN_INNER_H
#define LAYOUT_PEN_INNER_H

#include "layout/text.h"

/* What sets single lines for pages that are laid out already, whose lines have the numbers 1 …
 * `lines`. */
struct layout pen_layout(struct arena *arena, struct arena *scratch, struct diags *diags,
                         const struct layout_job *job, unsigned lines);

/* For each page that has fields: the page without them, with room for the pen in their places.
 * Others stay as they are in `own`. False with TEXT_NO_GLYPH. */
bool pen_rooms(struct layout *layout, const struct pages *pages, struct page *own);

#endif
