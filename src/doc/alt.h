/* What pictures and charts show, in words, for who cannot see them. */
#ifndef DOC_ALT_H
#define DOC_ALT_H

#include "base/str.h"

struct arena;
struct node;

/* The alternative of an img, of a chart, of a QR code, or of the emblem of a head: its attribute,
 * else for a QR code what it says, for a chart its title and its bars with their values as they are
 * painted, in Thai digits, and for an emblem that it is the Garuda; else empty. Lives in `arena` or
 * the node. */
struct str alt_text(struct arena *arena, const struct node *node);

#endif
