/* Sentences with Thai and Arabic digits. */
#ifndef CHECK_DIGITS_H
#define CHECK_DIGITS_H

#include "base/diag.h"

struct schema;
struct value;

/* Adds DIGITS_MIXED for each text of a report with a line that has digits of both kinds, codes,
 * addresses and the like left aside (thai/digits.h). `data` is the tree of schema_apply(). */
void digits_check(struct diags *findings, const struct schema *schema, const struct value *data);

#endif
