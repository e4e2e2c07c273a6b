/* Whether a memo shows what the data inside it make: nobody is to sign what he was not shown. */
#ifndef SIGN_SHOWN_H
#define SIGN_SHOWN_H

#include <stdbool.h>

struct memo;
struct work;

/* Looks at what others added (earlier.h), then makes the PDF again from the data inside and
 * compares it with the file. Closes what the memo has open. Where it cannot be compared, with
 * `as_shown` that is only a warning: SIGN_AS_SHOWN. False with SIGN_CHANGED, SIGN_OTHER_PAGES or
 * SIGN_NOT_COMPARED. */
bool shown_check(struct work *w, struct memo *memo, bool as_shown);

#endif
