/* Keep rules of line breaking: where ICU would break and a Thai reader would not. For breaks.c. */
#ifndef TEXT_BREAKS_RULES_H
#define TEXT_BREAKS_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* What kind of character it is to the rules. */
bool rules_is_digit(uint32_t c);
bool rules_is_letter(uint32_t c); /* Thai letter, vowel or mark, no digit or sign */
bool rules_never_start(uint32_t c);
bool rules_never_end(uint32_t c);

/* True for a word that leads on to what follows and so should not end a line. */
bool rules_is_connective(struct str word);

/* True when a rule holds together what the spaces from `from` to `to` part. */
bool rules_hold(struct str text, size_t from, size_t to);

/* End of a word that begins at `at` and is whole to a reader though ICU parts it; `at` itself when
 * there is none. */
size_t rules_word(struct str text, size_t at);

/* End of a title with its name ("นายสมมติ") or of the reference number of a letter or of a
 * telephone number that begins at `at`; `at` itself when there is none. What lies between is
 * broken only as a last resort. */
size_t rules_name(struct str text, size_t at);
size_t rules_reference(struct str text, size_t at);
size_t rules_telephone(struct str text, size_t at);

#endif
