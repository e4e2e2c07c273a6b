/* Text as it comes in: character encodings and the normal form in which the library keeps it. */
#ifndef THAI_NORMAL_H
#define THAI_NORMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;

/* More marks than this on one letter are refused: they would overflow the offsets of a glyph. */
#define NORMAL_MARKS_MAX 8

/* Turns the bytes of a file into UTF-8 without byte order marks: UTF-8, UTF-16 with a mark or
 * without, or, when it is neither but all its bytes are of CP874/TIS-620, that, with a note
 * ENCODING_CONVERTED. False with ENCODING_UNKNOWN and the place of the first bad byte. `at.file`
 * names the file. UTF-8 comes back as a slice of `bytes`. */
bool normal_decode(struct arena *arena, struct diags *diags, struct pos at, struct str bytes,
                   struct str *out);

/* Checks UTF-8 text for what the library does not take, without changing it. False with
 * TEXT_FORBIDDEN for control characters other than tab and line ends (U+000B U+000C are such),
 * noncharacters, empty places of the Thai block, private-use characters that mean nothing known and
 * bytes that are not UTF-8, or with TEXT_MARKS for more than NORMAL_MARKS_MAX marks on one letter.
 * Only the first is told. The place of the message is `at` moved on by the lines and columns inside
 * the text; an `at` without a line stays. */
bool normal_check(struct diags *diags, struct pos at, struct str text);

/* The letter or mark of today that one of an old Thai font stands for; any other stays. */
uint32_t normal_of_old(uint32_t code);

/* True for text that normal_text() takes and leaves as it is; false for some of that, too. */
bool normal_is_plain(struct str text);

/* So many different characters are named in a note. */
#define NORMAL_NAMED_MAX 5

/* Characters that were left out or replaced. */
struct normal_found {
    size_t count;
    struct pos at; /* of the text that has the first one */
    uint32_t code[NORMAL_NAMED_MAX];
    size_t named;
    bool more; /* than are named */
};

/* What was done to some texts, so that a file gets one note of each kind and not thousands. */
struct normal_log {
    size_t mended; /* texts with letters typed in an unusual way */
    struct pos mended_at;
    struct normal_found unseen, replaced;
};

/* Normalises: NFC; ํ+า, ํ+tone+า, tone+ํ+า and ำ+tone to (tone+)ำ; a tone, ์ or ํ typed before its
 * vowel to the order vowel, mark; a Thai mark typed twice to one; เเ to แ; the private-use marks
 * U+F700-F71A of old Thai fonts to the real ones; signs of Symbol and Wingdings, wide forms,
 * hyphens and line ends to those that stand in for them (standin.h); drops what is not seen
 * (utf8_is_unseen()). Never NFKC. Any change but plain NFC adds one note of each kind per text:
 * TEXT_NORMALISED, TEXT_UNSEEN, TEXT_REPLACED. False as normal_check() says. Returns `text` itself
 * when nothing changes. */
bool normal_text(struct arena *arena, struct diags *diags, struct pos at, struct str text,
                 struct str *out);

/* The place where a text that begins at `at` has its byte `end`; `at` without a line stays as it
 * is. */
struct pos normal_place(struct pos at, struct str text, size_t end);

/* Like normal_text(), but adds to the log instead of adding notes. */
bool normal_quietly(struct arena *arena, struct diags *diags, struct pos at, struct str text,
                    struct str *out, struct normal_log *log);

/* Adds TEXT_UNSEEN and TEXT_REPLACED as a log says. */
void normal_tell(struct diags *diags, const struct normal_log *log);

#endif
