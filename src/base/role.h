/* What those who are to sign are called in a routing, and in the names of a PDF's fields. */
#ifndef BASE_ROLE_H
#define BASE_ROLE_H

#include <stdbool.h>

#include "base/str.h"

#define ROLE_LETTERS_MAX 32

/* True for 1 to 32 Thai or Latin letters, digits of either and "-": Thai vowel signs and tone marks
 * count. So no name has a period, which parts the names of fields, or "_", which is in those of the
 * head. */
bool role_is_good(struct str name);

#endif
