/* Signature blocks, and the opinions of the superiors that end in one. */
#ifndef LAYOUT_SIGNATURE_H
#define LAYOUT_SIGNATURE_H

#include "layout/block.h"

/* Appends room for the pen, (name), post and acting post, centred where the style says (in a
 * landscape section at the same share of the paper's width), never beyond the measure. What
 * stands before it in `out` holds on to it, so that it is not alone on its page. */
bool signature_format(struct layout *layout, const struct node *node, const struct measure *measure,
                      struct strips *out);

/* Appends title, text or else dotted lines to write on, and signature, all held together. */
bool opinion_format(struct layout *layout, const struct node *node, const struct measure *measure,
                    struct strips *out);

#endif
