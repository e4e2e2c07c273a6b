/* UTF-8 as Unicode 15 chapter 3.9 (table 3-7) defines it: shortest form, no surrogates. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define UTF8_BAD UINT32_MAX

/* Decodes the code point at s[*at] and moves *at past it; *at < s.len is required. A byte that
 * is not part of well-formed UTF-8 gives UTF8_BAD and moves one byte. */
uint32_t utf8_decode(struct str s, size_t *at);

/* The same, fast for ASCII and Thai. */
static inline uint32_t
utf8_next(struct str s, size_t *at)
{
    const unsigned char *byte = (const unsigned char *)s.ptr + *at;

    if (byte[0] < 0x80) {
        *at += 1;
        return byte[0];
    }
    if (byte[0] == 0xE0 && s.len - *at > 2 && (byte[1] & 0xFE) == 0xB8 &&
        (byte[2] & 0xC0) == 0x80) {
        *at += 3;
        return (byte[1] & 0x3Fu) << 6 | (byte[2] & 0x3Fu);
    }
    return utf8_decode(s, at);
}

/* Decodes the code point that ends before s[*at] and moves *at to its start; *at > 0. */
uint32_t utf8_prev(struct str s, size_t *at);

/* Writes the UTF-8 of `code_point` (must be a Unicode scalar value) and returns its length. */
size_t utf8_put(uint32_t code_point, char out[4]);

/* Place of the first byte that is not well-formed, or SIZE_MAX. */
size_t utf8_invalid_at(struct str s);

/* Number of code points. */
size_t utf8_count(struct str s);

/* True for what drives a terminal or turns the direction of a line: controls (also line ends and
 * U+0080 to U+009F), the marks of bidirectional text, and U+2028 and U+2029. */
bool utf8_is_control(uint32_t code_point);

/* True for well-formed text without such. */
bool utf8_is_shown(struct str text);

/* Adds a text that came from outside (a path, a name inside a PDF) for a terminal: a control
 * becomes "<U+001B>", ill-formed bytes U+FFFD. With `lines` line ends stay. */
void utf8_show(struct buf *out, struct str text, bool lines);

/* The code point at `at`, 0 at the end. */
static inline uint32_t
utf8_at(struct str s, size_t at)
{
    return at < s.len ? utf8_next(s, &at) : 0;
}

/* True for the Thai letters, marks, digits and signs. */
static inline bool
utf8_is_thai(uint32_t code_point)
{
    return code_point >= 0x0E01 && code_point <= 0x0E5B;
}

/* True for Thai letters, vowels and marks, ฯ ๆ and ฿ among them, but not digits. */
static inline bool
utf8_is_thai_letter(uint32_t code_point)
{
    return code_point >= 0x0E01 && code_point <= 0x0E4E;
}

/* True for the Thai marks that stand above or below a letter and take no room of their own. */
static inline bool
utf8_is_thai_mark(uint32_t code_point)
{
    return code_point == 0x0E31 || (code_point >= 0x0E34 && code_point <= 0x0E3A) ||
           (code_point >= 0x0E47 && code_point <= 0x0E4E);
}

/* True for blanks of all kinds: those of ASCII, U+00A0, U+2000-200A, U+202F, U+3000 and their like,
 * line ends among them. */
bool utf8_is_rare_blank(uint32_t code_point);

static inline bool
utf8_is_blank(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point == ' ' || (code_point >= '\t' && code_point <= '\r');
    return (code_point < 0x0E00 || code_point > 0x0E7F) && utf8_is_rare_blank(code_point);
}

/* True for characters that have no looks of their own: marks of direction, joiners, a byte order
 * mark, soft hyphens, variation selectors, tags. */
bool utf8_is_unseen(uint32_t code_point);

/* True for what is not seen in a line, or turns it: the same, control characters, and letters that
 * are drawn empty. */
bool utf8_is_hidden(uint32_t code_point);

/* Without blanks of all kinds and what is not seen at both ends. */
struct str utf8_trim(struct str s);

#endif
