/* What stands behind the PDF as it was made: signatures with what they fill in, whole, and nothing
 * that they do not allow. Nobody is to sign what was changed behind the one before. */
#ifndef SIGN_EARLIER_H
#define SIGN_EARLIER_H

#include <stdbool.h>

struct opened;
struct work;

/* Looks at all revisions of a file but the first, which is compared with the data inside
 * (shown.h). Whether those who signed can be trusted, `verify` says. False with SIGN_CHANGED. With
 * `as_shown` it is only a warning, SIGN_AS_SHOWN, when nothing worse is found than that what a
 * field shows cannot be made again here, as without its fonts. */
bool earlier_check(struct work *w, const struct opened *opened, bool as_shown);

#endif
