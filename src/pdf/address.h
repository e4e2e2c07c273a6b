/* Web and mail addresses in running text, which in Thai has no spaces around them. */
#ifndef PDF_ADDRESS_H
#define PDF_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;

/* Finds the next address from byte *to on: its bytes are *from up to *to. Found are http://,
 * https:// and www. with a host, and mail addresses; punctuation at the end does not belong to
 * them, Thai letters do in a path (after one of /=-_&?#); what would link to more than 8,000 bytes
 * is none. False when there is none. Takes time in proportion to the text, over all calls. */
bool address_next(struct str text, size_t *from, size_t *to);

/* An address in the characters that one may have: letters outside ASCII and what may not stand in
 * it (blanks, quotation marks, control characters) as %XX. */
struct str address_escape(struct arena *arena, struct str address);

/* What an address that was found links to (RFC 3986): "http://" before "www.", "mailto:" before a
 * mail address, escaped. */
struct str address_uri(struct arena *arena, struct str address);

#endif
