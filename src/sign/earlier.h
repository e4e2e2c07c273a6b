/* What stands behind the PDF as it was made: signatures with what they fill in, whole, and nothing
 * that they do not allow. Nobody is to sign what was changed behind the one before. */
#ifndef SIGN_EARLIER_H
#define SIGN_EARLIER_H

#include <stdbool.h>

#include "base/str.h"

struct work;

/* Looks at all revisions of a file but the first, which is compared with the data inside
 * (shown.h). Whether those who signed can be trusted, and whether what their fields show is what
 * they hold, `verify` says. False with SIGN_CHANGED. */
bool earlier_check(struct work *w, const char *path, struct str bytes);

#endif
