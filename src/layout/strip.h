/* Strips: what every block is set into before pages are filled. A strip is a horizontal band that
 * is never parted unless it says how (`split`): a line of text, a row of a table, a picture, room
 * for the pen. Blocks give strips (block.h), the flow (flow.h) fills pages with them. The content
 * of a table cell is strips too, so lists and check boxes in cells need nothing of their own.
 *
 * Items of a strip are placed from the strip's own top left corner, which is the left edge of the
 * measure it was set for; text items carry their baseline as everywhere (page.h). */
#ifndef LAYOUT_STRIP_H
#define LAYOUT_STRIP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "base/unit.h"
#include "layout/page.h"

struct arena;
struct layout;
struct strips;

/* How strongly a strip holds on to the next one when a page ends. A weak hold gives way when what
 * is held together is taller than a page; a strong one (widows, orphans, headings) only when that
 * is still too tall. */
enum keep { KEEP_NONE, KEEP_WEAK, KEEP_STRONG };

struct strip {
    mpt before; /* space above, dropped at the top of a page; of it and of the `after` */
    mpt after;  /* of the strip above the larger one counts */
    mpt height;
    mpt rise;  /* how far it may reach above the text area when it is first on a page (the head) */
    mpt shift; /* added to x of items, foot and repeated heads when placed: lists, signatures */
    enum keep keep;
    bool new_page; /* a page ends before this strip */
    struct item *items;
    size_t count, cap;
    /* painted only when the page ends after this strip: a table's closing rule */
    struct item *foot;
    size_t foot_count, foot_cap;
    /* when this strip comes first on a page, these are set above it (heads of tables), or NULL;
     * their items carry ROLE_REPEATED already */
    const struct strips *repeat;
    /* the text it begins with and what follows that in its paragraph, for continuation words;
     * empty when it is no running text */
    struct str lead;
    /* Parts the strip: `upper` gets what fits into `room`, `rest` what follows on the next page
     * (with its own split when it may be parted again; the flow carries `shift` over to both).
     * Returns false when it had better go to the next page as a whole; with `force` set (the strip
     * stands first on its page) it must part if there is any way, however ugly. Both must be lower
     * than the strip itself. NULL: never. */
    bool (*split)(struct layout *layout, const struct strip *strip, mpt room, bool force,
                  struct strip *upper, struct strip *rest);
    const void *split_data;  /* for split() alone */
    const struct node *node; /* the block it comes from, for messages */
};

/* A sequence of strips, from top to bottom. */
struct strips {
    struct strip *strip;
    size_t count, cap;
};

/* Appends a zeroed strip. The pointer is valid until the next call. */
struct strip *strips_add(struct arena *arena, struct strips *strips);

/* Appends a zeroed item to the strip, or to its foot. Valid until the next call. */
struct item *strip_item(struct arena *arena, struct strip *strip);
struct item *strip_foot(struct arena *arena, struct strip *strip);

/* Appends all items of `from` to `strip`, moved by dx, dy and the shift of `from`. */
void strip_take(struct arena *arena, struct strip *strip, const struct strip *from, mpt dx, mpt dy);

/* Space between two strips that follow each other on a page; `above` may be NULL (top: 0). */
mpt strip_gap(const struct strip *above, const struct strip *below);

/* Height of strips from..to-1 set below each other, without the space above the first; at most
 * STRIPS_HEIGHT_MAX, which no page is as high as. */
#define STRIPS_HEIGHT_MAX ((mpt)1000000000)
mpt strips_height(const struct strips *strips, size_t from, size_t to);

/* Sets `keep` on all strips from `from` on but the last, where it is stronger than theirs. */
void strips_keep(struct strips *strips, size_t from, enum keep keep);

#endif
