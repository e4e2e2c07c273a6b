/* The head of a memo (form 29 of the regulation on clerical work): emblem, title, fields. */
#ifndef LAYOUT_HEAD_H
#define LAYOUT_HEAD_H

#include "layout/block.h"

/* Appends emblem (or its blank box), title, urgency mark and the fields inside. */
bool head_format(struct layout *layout, const struct node *node, const struct measure *measure,
                 struct strips *out);

/* Appends a field with those after it that stand beside it. False with LAYOUT_FIELD_TOO_WIDE … */
bool field_format(struct layout *layout, const struct node *node, const struct measure *measure,
                  struct strips *out);

/* The node after a field and those that stand beside it. */
const struct node *field_after(const struct node *node);

/* How marks of urgency and secrecy look. */
struct text_look head_mark_look(const struct layout *layout, const struct node *node);

/* Adds a mark of urgency beside the emblem to a strip (or page) that begins at the paper's upper
 * edge: in the middle between `from` and `to`, or beginning at `from` where that is too narrow (red
 * over black it is still read). An empty text adds nothing. False with TEXT_NO_GLYPH. */
bool head_urgency(struct layout *layout, const struct node *node, struct str text, mpt from, mpt to,
                  struct strip *strip);

/* Width of the emblem at the style's height; of a square box when there is none. */
mpt head_emblem_width(const struct layout *layout);

#endif
