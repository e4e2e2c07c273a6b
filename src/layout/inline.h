/* Inline content: the text and the looks of a paragraph, gathered from the nodes inside it. */
#ifndef LAYOUT_INLINE_H
#define LAYOUT_INLINE_H

#include <stddef.h>

#include "layout/block.h"

/* Text of a paragraph with its spans (every span's owner is the paragraph's node). */
struct inline_text {
    struct str text;
    struct span *spans;
    size_t span_count;
    const struct para_tab *tabs;
    size_t tab_count;
    struct text_place *places; /* where the text of the nodes was written */
    size_t place_count;
    struct text_link *links;
    size_t link_count;
};

/* Gathers the inline nodes from `first` up to but not including `end` (NULL: all siblings), for a
 * paragraph of `owner` in a class; `width` is that of its lines (a tab without a stop of its class
 * jumps to it). With `trim`, spaces at both ends are dropped (what stands between blocks). The text
 * with its links lives in the layout's arena, all else in its scratch arena. False with
 * LAYOUT_TOO_DEEP, and with LAYOUT_TAB or LAYOUT_TAB_FIELD where a jump has no stop left and no
 * dots to the end of its line. A width of UNIT_MAX is none: that is not asked then. */
bool inline_collect(struct layout *layout, const struct node *first, const struct node *end,
                    const struct node *owner, const struct style_para *class, mpt width, bool trim,
                    struct inline_text *out);

/* The same for a plain text. */
void inline_plain(struct layout *layout, struct str text, const struct node *owner,
                  const struct style_para *class, struct inline_text *out);

/* True for text and for elements that stand inside lines. */
bool inline_is(const struct node *node);

#endif
