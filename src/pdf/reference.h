/* Which stretches of a text are links: those that layout carries along, and web and mail addresses.
 */
#ifndef PDF_REFERENCE_H
#define PDF_REFERENCE_H

#include "layout/page.h"

struct arena;

struct reference {
    size_t from, to;         /* bytes of the item's source */
    const struct link *link; /* NULL: an address (address.h) */
};

/* All of the source of a text item, in ascending order and apart from each other. Links of the
 * template go before addresses, these before words that were found in the text. What would lead to
 * an element of which nothing is printed is left out. */
struct reference *references_of(struct arena *arena, const struct item *item, size_t *count);

#endif
