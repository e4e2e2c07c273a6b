/* What stands on a page beside its text: number, marks, stamp, continuation words. */
#ifndef LAYOUT_FRAME_H
#define LAYOUT_FRAME_H

#include "layout/flow.h"

/* Adds draft stamp, marks and page number to the new page, and sets its label. `first`:
 * it is the section's first page. False with TEXT_NO_GLYPH. */
bool frame_begin(struct layout *layout, const struct flow_section *section, struct page *page,
                 bool first);

/* Adds the continuation words for the text that `next` begins with below y. */
bool frame_continue(struct layout *layout, const struct flow_section *section, struct page *page,
                    const struct strip *next, mpt y);

#endif
