/* Setting lines: from filled lines of a paragraph (text/para.h) to items of strips. */
#ifndef LAYOUT_SET_H
#define LAYOUT_SET_H

#include "layout/block.h"
#include "layout/inline.h"

/* Who the items of a line belong to. */
struct set_owner {
    const struct node *node;
    enum role role;
    struct color color;
    mpt size; /* nominal, for underlines and leaders */
};

/* Shapes content for the lines that are filled from it at once: what it returns lives in the
 * layout's scratch arena, set_line() copies what is painted. The text itself must live on. NULL
 * with TEXT_NO_GLYPH. */
struct para *set_shape(struct layout *layout, const struct node *node,
                       const struct inline_text *content);

/* Adds the items of one line: its parts, the rules below underlined ones and its dotted leaders;
 * baseline at y, the lines' left edge at x. `number` is that of the line, `end` says that it is
 * the last of its paragraph. */
void set_line(struct layout *layout, const struct para *para, const struct line *line,
              const struct set_owner *owner, mpt x, mpt y, unsigned number, bool end,
              struct strip *strip);

/* Adds a dotted leader on the baseline y from x to `to`, its dots on one grid with those of all
 * other leaders of the measure. Nothing when there is no room for three dots. */
void set_leader(struct layout *layout, const struct node *node, enum role role, mpt x, mpt to,
                mpt y, mpt size, struct strip *strip);

#endif
