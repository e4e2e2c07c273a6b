/* Lengths: integers in 1/1000 point. One point is 1/72 inch, 1 cm is 28.346 pt. */
#ifndef BASE_UNIT_H
#define BASE_UNIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* A length or a place, in 1/1000 pt. */
typedef int32_t mpt;

#define UNIT_PT ((mpt)1000)

/* No length that a user writes may be larger (about 10 m). */
#define UNIT_MAX ((mpt)30000000)

/* Reads "2.5cm", "16pt", "4mm", "1in", "0"; a number without unit is refused unless it is 0.
 * False when it is no length or out of range; *out is then unchanged. */
bool unit_parse(struct str text, mpt *out);

/* value * numerator / denominator, rounded half away from zero; denominator > 0. */
mpt unit_scale(mpt value, int64_t numerator, int64_t denominator);

#endif
