/* Text as it comes in: character encodings and the normal form in which the library keeps it. */
#ifndef THAI_NORMAL_H
#define THAI_NORMAL_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;

/* More marks than this on one letter are refused: they would overflow the offsets of a glyph. */
#define NORMAL_MARKS_MAX 8

/* Turns the bytes of a file into UTF-8 without byte order marks: UTF-8, UTF-16 with a mark or without, or,
 * when it is neither but all its bytes are of CP874/TIS-620, that, with a note ENCODING_CONVERTED.
 * False with ENCODING_UNKNOWN and the place of the first bad byte. `at.file` names the file.
 * UTF-8 comes back as a slice of `bytes`. */
bool normal_decode(struct arena *arena, struct diags *diags, struct pos at, struct str bytes,
                   struct str *out);

/* Checks UTF-8 text for what the library does not take, without changing it. False with
 * TEXT_FORBIDDEN for control characters other than tab and line end, U+FEFF, U+2028, U+2029,
 * noncharacters, private-use characters other than U+F700-F71A and bytes that are not UTF-8, or
 * with TEXT_MARKS for more than NORMAL_MARKS_MAX marks on one letter. Only the first is told. The
 * place of the message is `at` moved on by the lines and columns inside the text; an `at` without a
 * line stays. */
bool normal_check(struct diags *diags, struct pos at, struct str text);

/* Normalises: NFC; ํ+า, ํ+tone+า, tone+ํ+า and ำ+tone to (tone+)ำ; a tone typed before a vowel
 * above to the order vowel, tone; เเ to แ; the private-use marks U+F700-F71A of old Thai fonts to
 * the real ones; drops U+200B, U+00AD and the direction marks U+200E, U+200F, U+202A-202E,
 * U+2066-2069. Never NFKC. Any change but plain NFC adds one note TEXT_NORMALISED per text. False
 * as normal_check() says. Returns `text` itself when nothing changes. */
bool normal_text(struct arena *arena, struct diags *diags, struct pos at, struct str text,
                 struct str *out);

/* Like normal_text(), but sets *changed instead of adding the note. */
bool normal_quietly(struct arena *arena, struct diags *diags, struct pos at, struct str text,
                    struct str *out, bool *changed);

#endif
