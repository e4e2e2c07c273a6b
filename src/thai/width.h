/* How wide a text is on a terminal, so that columns stand below each other. */
#ifndef THAI_WIDTH_H
#define THAI_WIDTH_H

#include <stddef.h>

#include "base/str.h"

/* Columns of a line of text. Marks above and below a letter take none, wide characters and emoji
 * (UAX #11; a sequence of joined emoji is one) take two, sara aa and sara am one like any letter.
 */
size_t width_columns(struct str text);

#endif
