/* Names of persons in memos and in certificates. */
#ifndef SIGN_NAMES_H
#define SIGN_NAMES_H

#include <stdbool.h>

#include "base/str.h"

struct arena;

/* True when two names are of one person as far as can be told: the same but for titles, blanks and
 * capitals of ASCII. An empty one is nobody's. */
bool names_agree(struct arena *arena, struct str a, struct str b);

#endif
