/* Thai and Arabic digits, and numbers in Thai words. */
#ifndef THAI_DIGITS_H
#define THAI_DIGITS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/decimal.h"
#include "base/str.h"

struct arena;

/* The value of a Thai or Arabic digit, or -1 for any other code point. */
int digits_value(uint32_t code);

/* Every 0-9 becomes ๐-๙, and the other way round. */
struct str digits_to_thai(struct arena *arena, struct str text);
struct str digits_to_arabic(struct arena *arena, struct str text);

/* Converts the numbers of a sentence to Thai digits and leaves alone what is written with
 * Arabic digits by custom: item codes (O26), web and mail addresses, words with Latin letters,
 * names of files and paths, IP addresses, versions of programs. */
struct str digits_in_sentence(struct arena *arena, struct str text);

/* The first digits of either kind. */
struct digits_mixed {
    struct str thai, arabic;
};

/* True when a sentence holds Thai digits and Arabic ones outside of what
 * digits_in_sentence() leaves alone. */
bool digits_are_mixed(struct str text, struct digits_mixed *mixed);

/* "หนึ่งร้อยยี่สิบเอ็ด"; decimals are read digit by digit after "จุด". */
struct str digits_words(struct arena *arena, struct decimal value);

/* "หนึ่งร้อยบาทห้าสิบสตางค์", "หนึ่งร้อยบาทถ้วน"; rounded to satang. */
struct str digits_baht(struct arena *arena, struct decimal value);

#endif
