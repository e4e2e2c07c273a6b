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

/* Width of the emblem at the style's height; of a square box when there is none. */
mpt head_emblem_width(const struct layout *layout);

#endif
