/* Whether what a field of one of our memos shows is its value: the appearance is made again, with
 * the fonts at hand, and must come out as it stands in the file, glyphs too. What an appearance
 * draws with a font of its own could otherwise read as one text and look like another. */
#ifndef SIGN_REDRAW_H
#define SIGN_REDRAW_H

#include "changes/changes.h"

struct manifest;
struct redraw;
struct work;

/* `manifest` is that of the first revision, and outlives this. */
struct redraw *redraw_open(struct work *w, struct revisions *revisions,
                           const struct manifest *manifest);
void redraw_close(struct redraw *drawn);

/* For changes_find(): `context` is a struct redraw. */
enum drawn redraw_ask(void *context, const struct change *change);

/* True when something could not be made again, for want of the font. */
bool redraw_lacks_font(const struct redraw *drawn);

/* True when a field is set in another font than that of the memo, which is not at hand. */
bool redraw_other_font(const struct redraw *drawn);

#endif
