/* Numbers as people type them. For files of this room only. */
#ifndef SCHEMA_NUMBER_H
#define SCHEMA_NUMBER_H

#include <stdbool.h>

#include "base/decimal.h"
#include "base/diag.h"
#include "base/str.h"

struct arena;

/* Reads a number with Thai or Arabic digits, blanks of all kinds around it, and a unit behind it,
 * if it has one. *digits is the number as written, with Arabic digits. */
bool number_read(struct arena *arena, struct str text, struct str unit, struct decimal *number,
                 struct str *digits);

/* Why number_read() did not take a text: FIELD_NUMBER_COMMA, FIELD_NUMBER_WORDS or
 * FIELD_NUMBER_INSIDE when it can be seen what is meant, and *meant is how that is to be written;
 * else FIELD_NOT_NUMBER. */
enum diag_code number_fault(struct arena *arena, struct str text, struct str *meant);

#endif
