/* Pictures: img. */
#ifndef LAYOUT_PICTURE_H
#define LAYOUT_PICTURE_H

#include "layout/block.h"

/* Appends the strip of a picture: its width and height as given, else by the file's resolution,
 * made smaller in proportion when it does not fit the measure or a page. False after a diagnostic
 * of the reader. */
bool picture_format(struct layout *layout, const struct node *node, const struct measure *measure,
                    struct strips *out);

/* The width it has when there is room. */
bool picture_width(struct layout *layout, const struct node *node, mpt *width);

#endif
