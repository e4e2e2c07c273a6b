/* Exact fractions, for means of scores: no figure is rounded before it is compared. */
#ifndef BASE_RATIO_H
#define BASE_RATIO_H

#include <stdbool.h>

#include "base/decimal.h"

struct arena;

__extension__ typedef __int128 ratio_int;

/* num / den in lowest terms, den > 0. den 0: the value is not known, or did not fit into 127 bits;
 * what is reckoned with it is not known either. */
struct ratio {
    ratio_int num;
    ratio_int den;
};

#define RATIO_UNKNOWN ((struct ratio){0, 0})

bool ratio_is_known(struct ratio a);

struct ratio ratio_of(struct decimal value);
struct ratio ratio_int_of(long value);

struct ratio ratio_add(struct ratio a, struct ratio b);
struct ratio ratio_sub(struct ratio a, struct ratio b);
struct ratio ratio_mul(struct ratio a, struct ratio b);

/* Not known when b is 0. */
struct ratio ratio_div(struct ratio a, struct ratio b);

/* -1, 0 or 1; both must be known. */
int ratio_cmp(struct ratio a, struct ratio b);

/* True when both are known and differ by at most `tolerance`. */
bool ratio_near(struct ratio a, struct ratio b, struct decimal tolerance);

/* The nearest decimal with `places` (at most 9) decimals, half away from zero; or the one at or
 * below, or at or above. False when it is not known or does not fit. */
enum ratio_rounding { RATIO_NEAREST, RATIO_DOWN, RATIO_UP };
bool ratio_round(struct ratio a, uint8_t places, enum ratio_rounding rounding, struct decimal *out);

/* The value with at most `places` decimals and without zeros at the end beyond `least`; "≈" before
 * it when it had to be rounded; "?" when it is not known. */
struct str ratio_text(struct arena *arena, struct ratio a, uint8_t least, uint8_t places);

#endif
