/* Text as it comes in: character encodings and the normal form in which the library keeps it. */
#ifndef THAI_NORMAL_H
#define THAI_NORMAL_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;

/* Turns the bytes of a file into UTF-8 without a byte order mark: UTF-8, UTF-16 with a mark, or,
 * when it is neither but all its bytes are of CP874/TIS-620, that, with a note ENCODING_CONVERTED.
 * False with ENCODING_UNKNOWN and the place of the first bad byte. `at.file` names the file. */
bool normal_decode(struct arena *arena, struct diags *diags, struct pos at, struct str bytes,
                   struct str *out);

/* Normalises: NFC, then ํ+า, ํ+tone+า and tone+ํ+า to (tone+)ำ, เเ to แ, the private-use marks
 * U+F700-F71A of old Thai fonts to the real ones; drops U+200B and U+00AD. Never NFKC.
 * Any change but plain NFC adds one note TEXT_NORMALISED per text. False with TEXT_FORBIDDEN for
 * control characters other than tab and line end, NUL, U+FEFF, U+FFFE and other private-use
 * characters, with TEXT_MARKS for more than eight marks on one letter. The place of a message is
 * `at` moved on by lines and columns inside the text. Returns `text` itself when nothing changes.
 */
bool normal_text(struct arena *arena, struct diags *diags, struct pos at, struct str text,
                 struct str *out);

#endif
