/* Links: where stretches of text lead, and on which page that stands. */
#ifndef LAYOUT_LINK_H
#define LAYOUT_LINK_H

#include "layout/block.h"

/* Links of a paragraph, ascending; they live in the layout's arena. */
struct link_list {
    struct text_link *link;
    size_t count, cap;
};

/* Reads the job's document for what may be led to. Before anything is set: memory for targets must
 * not be taken while something is set on trial. */
void link_start(struct layout *layout);

/* Adds the link that `node`, an <a>, makes of the bytes from..to-1; nothing when it leads nowhere.
 * Links come in ascending order. */
void link_add(struct layout *layout, struct link_list *links, const struct node *node, size_t from,
              size_t to);

/* Adds links for the words of `text` that speak of an element (attribute refer), but where one is
 * already, and inside the element itself; `owner` is the paragraph's node. */
void link_find(struct layout *layout, struct link_list *links, struct str text,
               const struct node *owner);

/* Moves the links of a shaped paragraph into the arena; of those that were found it leaves out what
 * is only a part of a Thai word (แผน in แผนก), as places to break lines tell. */
void link_settle(struct arena *arena, struct para *para);

/* Tells all targets where they stand. Page furniture and repeated heads do not count. */
void link_place(const struct layout *layout, struct pages *pages);

#endif
