/* Exact decimal numbers, for scores and money: an integer and a count of decimals. */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

/* units / 10^places; 86.10 is {8610, 2}. places <= 9, |units| < 10^18. */
struct decimal {
    int64_t units;
    uint8_t places;
};

/* Reads "86.10", "-3", "1,234.50" (commas only between groups of three). Thai digits are to be
 * converted before. False for anything else and for what does not fit. */
bool decimal_parse(struct str text, struct decimal *out);

/* 10^places; places <= 18. */
int64_t decimal_power(unsigned places);

/* -1, 0 or 1. */
int decimal_cmp(struct decimal a, struct decimal b);

/* The value with `places` decimals, rounded half away from zero; false when it does not fit. */
bool decimal_round(struct decimal value, uint8_t places, struct decimal *out);

/* "86.10"; with `groups` a comma between groups of three digits. */
struct str decimal_text(struct arena *arena, struct decimal value, bool groups);

#endif
