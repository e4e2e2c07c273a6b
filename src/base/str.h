/* Text: a borrowed slice (`struct str`) and a buffer that grows in an arena (`struct buf`).
 * Both hold bytes, by convention UTF-8. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* A slice of text that somebody else owns. Not NUL-ended. */
struct str {
    const char *ptr;
    size_t len;
};

/* A slice of a string literal. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})

/* For printf: printf("%.*s", STR_FMT(s)). */
#define STR_FMT(s) ((int)(s).len), ((s).ptr == NULL ? "" : (s).ptr)

/* The slice of a NUL-ended text; NULL gives the empty slice. */
struct str str_of(const char *text);

bool str_eq(struct str a, struct str b);
bool str_is(struct str a, const char *text);

/* Equal but for capitals of ASCII. */
bool str_same(struct str a, struct str b);
bool str_starts_same(struct str s, struct str prefix);
bool str_ends_same(struct str s, struct str suffix);

/* Byte order, which for UTF-8 is code point order: below, equal to or above 0. */
int str_cmp(struct str a, struct str b);

bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* Place of the first `needle` in `s`, or SIZE_MAX. The empty needle is at 0. */
size_t str_find(struct str s, struct str needle);

/* Place of the last one, of those that do not lie over each other; the empty needle is at the end.
 */
size_t str_find_last(struct str s, struct str needle);

/* The slice from `from` on, at most `len` bytes; out-of-range values are cut to what there is. */
struct str str_sub(struct str s, size_t from, size_t len);

/* How many spaces it begins with. */
size_t str_indent(struct str s);

/* A number of nothing but ASCII digits, at most `max`. */
bool str_number(struct str s, size_t max, size_t *out);

/* Without ASCII blanks, tabs and line ends at both ends. */
struct str str_trim(struct str s);

/* Cuts the first line (without its "\n" or "\r\n") off *rest; false when *rest is empty. */
bool str_line(struct str *rest, struct str *line);

/* A copy in the arena, also NUL-ended. */
struct str str_dup(struct arena *arena, struct str s);
const char *str_cstr(struct arena *arena, struct str s);

/* Number of edits (insert, delete, replace, swap of neighbours, by code point) from `a` to `b`;
 * for "did you mean". Texts longer than 64 code points count as far apart (SIZE_MAX). */
size_t str_distance(struct str a, struct str b);

/* A buffer that grows in an arena. */
struct buf {
    struct arena *arena;
    char *ptr;
    size_t len;
    size_t cap;
};

/* An empty buffer that takes its memory from `arena`. */
struct buf buf_in(struct arena *arena);

void buf_add(struct buf *buf, struct str s);
void buf_text(struct buf *buf, const char *text);
void buf_byte(struct buf *buf, char byte);
void buf_utf8(struct buf *buf, uint32_t code_point);
/* With \\ before quotes and backslashes, and line ends and tabs as \\n, \\r and \\t. */
void buf_escaped(struct buf *buf, struct str text);
/* The same in quotes. */
void buf_quoted(struct buf *buf, struct str text);
/* With what is markup in XML and HTML escaped, in attributes too. */
void buf_xml(struct buf *buf, struct str text);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Writes a number in decimal with at least `width` digits (at most 20). */
void buf_unsigned(struct buf *buf, uint64_t number, unsigned width);

/* What the buffer holds now; valid until it grows. */
struct str buf_str(const struct buf *buf);

#endif
