/* Whether fields of a PDF of ours show their values: the appearance is made again from the value,
 * the box that the field has and the fonts that the manifest names, and must be the same, object by
 * object. For changes_find(), where the text in an appearance is not enough. */
#ifndef SIGN_REDRAW_H
#define SIGN_REDRAW_H

#include "sign/changes.h"

struct fill_options;
struct redraw;
struct work;

/* Nothing is opened until something is asked. All that is given stays the caller's and is needed
 * until redraw_close(). */
struct redraw *redraw_new(struct work *w, const struct fill_options *options,
                          struct revisions *revisions);
void redraw_close(struct redraw *redraw);

/* The `draws` of a struct drawing whose context is a redraw. DRAWN_YES, or DRAWN_UNKNOWN: another
 * font or version may have made it, or the fonts are not at hand. It adds no messages. */
enum drawn redraw_draws(void *redraw, const struct change *change);

#endif
