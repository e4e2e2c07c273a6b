/* Writing JSON (RFC 8259). */
#ifndef VALUE_JSON_WRITE_H
#define VALUE_JSON_WRITE_H

#include "base/str.h"

/* Writes a string with its quotation marks. Control characters, and U+2028 and U+2029 which some
 * programs take for line ends, are escaped; bytes that are not UTF-8 become U+FFFD, so that what is
 * written is JSON whatever the text is. */
void json_add_string(struct buf *out, struct str text);

#endif
