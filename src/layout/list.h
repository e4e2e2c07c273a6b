/* Lists: ul, ol, li. */
#ifndef LAYOUT_LIST_H
#define LAYOUT_LIST_H

#include "layout/block.h"

/* Appends the strips of a list: hanging items with their markers, nested lists further in. */
bool list_format(struct layout *layout, const struct node *node, const struct measure *measure,
                 struct strips *out);

/* How far the texts of the list's items stand from its left edge. False with TEXT_NO_GLYPH. */
bool list_indent(struct layout *layout, const struct node *node, const struct measure *measure,
                 mpt *indent);

/* The marker of item `index` (from 0) in a list whose first one is marked `pattern`: "3." and 2
 * give "5.", "(ก)" and 1 give "(ข)", "-" stays. The last number or Thai letter in it counts.
 * Letters go ก ข ค ง … ฮ without the obsolete ฃ and ฅ, then กก กข. */
struct str list_marker(struct arena *arena, struct str pattern, size_t index);

#endif
