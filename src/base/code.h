/* The code of a report on paper: which report a sheet belongs to, and which of its versions. It is
 * printed on every page of the for-pen form, as a QR code with the page, and on the first one in
 * print, for people to type.
 *
 * A code is the first 80 bits of a hash (layout/pen.h says of what) in Crockford's Base32, and what
 * people type has a check character after it from the same 32 letters: the hybrid system of ISO
 * 7064 with M = 32 (MOD 33,32). It finds every single wrong letter, and every swap of two
 * neighbours but one pair in 496 at each place. */
#ifndef BASE_CODE_H
#define BASE_CODE_H

#include <stdbool.h>

#include "base/hash.h"
#include "base/str.h"

#define CODE_LETTERS 16

/* Its letters and a NUL; always such as code_of_hash() makes. */
struct code {
    char text[CODE_LETTERS + 1];
};

struct code code_of_hash(const struct hash *hash);

/* The code that 16 letters stand for as files hold it: capitals, without a check character. False
 * for other texts. */
bool code_of_text(struct str text, struct code *out);

char code_check(const struct code *code);

/* ---- for people */

/* "0123-4567-89AB-CDEF-G": the check character stands last. */
#define CODE_PRINTED 21
void code_print(const struct code *code, char out[CODE_PRINTED + 1]);

enum code_fault {
    CODE_GOOD,
    CODE_LENGTH, /* too few or too many letters */
    CODE_LETTER, /* one that there is not, as U */
    CODE_CHECK   /* they do not go together: one is wrong, or two have changed places */
};

/* Reads what people type: large or small letters, blanks and hyphens of any kind between them, I
 * and L for 1, O for 0, Thai digits. `bad`, unless NULL, is the letter that there is not, a part of
 * `typed`. The code is set when it is CODE_GOOD. */
enum code_fault code_read(struct str typed, struct code *out, struct str *bad);

/* ---- in QR codes: code, check character and page as three digits, letters of the alphanumeric
 * mode (ISO/IEC 18004), as many as version 1 holds with error correction M */

#define CODE_QR 20
#define CODE_PAGES_MAX 999

/* All of the QR code of a page is so near to the lower left corner of the paper, in 1/10 mm: a code
 * that is found elsewhere is none of a page. */
#define CODE_CORNER 450

/* `page` is 1 … CODE_PAGES_MAX. */
void code_qr(const struct code *code, unsigned page, char out[CODE_QR + 1]);

/* False for what is none of these; nothing is mended here. */
bool code_qr_read(struct str text, struct code *code, unsigned *page);

#endif
