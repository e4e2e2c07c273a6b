/* Markers of lists: numbers and letters counted on from the first one. */
#include "base/arena.h"
#include "base/utf8.h"
#include "layout/list.h"
#include "thai/digits.h"

/* The consonants as official lists use them: the obsolete U+0E03 and U+0E05 are left out, and
 * ฤ ฦ are no consonants. */
static const uint32_t letters[] = {
    0x0E01, 0x0E02, 0x0E04, 0x0E07, 0x0E08, 0x0E09, 0x0E0A, 0x0E0B, 0x0E0C, 0x0E0D, 0x0E0E,
    0x0E0F, 0x0E10, 0x0E11, 0x0E12, 0x0E13, 0x0E14, 0x0E15, 0x0E16, 0x0E17, 0x0E18, 0x0E19,
    0x0E1A, 0x0E1B, 0x0E1C, 0x0E1D, 0x0E1E, 0x0E1F, 0x0E20, 0x0E21, 0x0E22, 0x0E23, 0x0E25,
    0x0E27, 0x0E28, 0x0E29, 0x0E2A, 0x0E2B, 0x0E2C, 0x0E2D, 0x0E2E,
};

#define LETTERS (sizeof letters / sizeof letters[0])
#define NUMBER_DIGITS_MAX 9

enum mark_kind { MARK_PLAIN, MARK_ARABIC, MARK_THAI, MARK_LETTER };

static enum mark_kind
kind_of(uint32_t code)
{
    if (code >= '0' && code <= '9')
        return MARK_ARABIC;
    if (code >= 0x0E50 && code <= 0x0E59)
        return MARK_THAI;
    for (size_t i = 0; i < LETTERS; i++) {
        if (letters[i] == code)
            return MARK_LETTER;
    }
    return MARK_PLAIN;
}

/* Finds the last stretch of digits of one kind, or the last Thai letter. */
static enum mark_kind
find_count(struct str pattern, size_t *from, size_t *to)
{
    enum mark_kind found = MARK_PLAIN, last = MARK_PLAIN;

    for (size_t at = 0; at < pattern.len;) {
        size_t start = at;
        enum mark_kind kind = kind_of(utf8_next(pattern, &at));
        if (kind != MARK_PLAIN) {
            if (kind != last || kind == MARK_LETTER)
                *from = start;
            *to = at;
            found = kind;
        }
        last = kind;
    }
    return found;
}

static void
add_number(struct buf *out, struct arena *arena, struct str first, size_t index, bool thai)
{
    struct str digits = thai ? digits_to_arabic(arena, first) : first;
    unsigned long long number = 0;

    for (size_t i = 0; i < digits.len && i < NUMBER_DIGITS_MAX; i++)
        number = number * 10 + (unsigned long long)(digits.ptr[i] - '0');
    struct buf text = buf_in(arena);
    buf_printf(&text, "%llu", number + index);
    buf_add(out, thai ? digits_to_thai(arena, buf_str(&text)) : buf_str(&text));
}

/* Counts like the columns of a spreadsheet: after the last letter come pairs. */
static void
add_letter(struct buf *out, uint32_t first, size_t index)
{
    uint32_t code[16];
    size_t number = index, count = 0;

    for (size_t i = 0; i < LETTERS; i++) {
        if (letters[i] == first)
            number += i;
    }
    do {
        code[count++] = letters[number % LETTERS];
        number = number / LETTERS;
    } while (number-- > 0 && count < 16);
    while (count > 0)
        buf_utf8(out, code[--count]);
}

struct str
list_marker(struct arena *arena, struct str pattern, size_t index)
{
    size_t from = 0, to = 0, at;
    enum mark_kind kind = find_count(pattern, &from, &to);
    struct buf out = buf_in(arena);

    if (kind == MARK_PLAIN)
        return pattern;
    buf_add(&out, str_sub(pattern, 0, from));
    at = from;
    if (kind == MARK_LETTER)
        add_letter(&out, utf8_next(pattern, &at), index);
    else
        add_number(&out, arena, str_sub(pattern, from, to - from), index, kind == MARK_THAI);
    buf_add(&out, str_sub(pattern, to, pattern.len));
    return buf_str(&out);
}
