/* Letters, digits and blanks of ASCII, whatever the locale says of them. The functions take bytes
 * of UTF-8 and code points: of those beyond ASCII none is a letter, a digit or a blank. */
#ifndef BASE_ASCII_H
#define BASE_ASCII_H

#include <stdbool.h>
#include <stdint.h>

static inline bool
ascii_is_digit(int64_t c)
{
    return c >= '0' && c <= '9';
}

static inline bool
ascii_is_capital(int64_t c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool
ascii_is_small(int64_t c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool
ascii_is_letter(int64_t c)
{
    return ascii_is_capital(c) || ascii_is_small(c);
}

static inline bool
ascii_is_alnum(int64_t c)
{
    return ascii_is_letter(c) || ascii_is_digit(c);
}

/* A blank of one line. */
static inline bool
ascii_is_blank(int64_t c)
{
    return c == ' ' || c == '\t';
}

/* A blank or a line's end. */
static inline bool
ascii_is_space(int64_t c)
{
    return ascii_is_blank(c) || c == '\n' || c == '\r';
}

static inline char
ascii_small(char c)
{
    return ascii_is_capital(c) ? (char)(c - 'A' + 'a') : c;
}

static inline char
ascii_capital(char c)
{
    return ascii_is_small(c) ? (char)(c - 'a' + 'A') : c;
}

/* The value of a hexadecimal digit, or -1. */
static inline int
ascii_hex(char c)
{
    char small = ascii_small(c);

    if (ascii_is_digit(c))
        return c - '0';
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

#endif
