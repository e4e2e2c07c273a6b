/* Markers at the start of lines. What could as well be the start of a sentence (a decimal number,
 * an abbreviation) is not taken for one. */
#include "schema/marker.h"

#include "base/utf8.h"
#include "thai/digits.h"

#define DIGITS_MAX 3

/* The letters that lists use: ก to ญ without those no list has (ฃ ฅ ฆ). */
static bool
is_list_letter(uint32_t code)
{
    return code >= 0x0E01 && code <= 0x0E0D && code != 0x0E03 && code != 0x0E05 && code != 0x0E06;
}

static bool
take(struct str line, size_t *at, uint32_t code)
{
    if (utf8_at(line, *at) != code)
        return false;
    (void)utf8_next(line, at);
    return true;
}

static bool
take_number(struct str line, size_t *at, int *number)
{
    int count = 0;

    *number = 0;
    for (int digit; (digit = digits_value(utf8_at(line, *at))) >= 0; count++) {
        if (count == DIGITS_MAX)
            return false;
        *number = *number * 10 + digit;
        (void)utf8_next(line, at);
    }
    return count > 0;
}

static bool
take_letter(struct str line, size_t *at)
{
    if (!is_list_letter(utf8_at(line, *at)))
        return false;
    (void)utf8_next(line, at);
    return true;
}

static bool
is_end(uint32_t code)
{
    return code == 0 || utf8_is_blank(code);
}

/* After a number or a bullet the text may follow at once when it is Thai: "1.จัดทำ". */
static bool
ends_here(struct str line, size_t at)
{
    uint32_t code = utf8_at(line, at);

    return is_end(code) || utf8_is_thai_letter(code) || code == 0x201C;
}

/* "(1)", "(ก)", "1)", "ก)" */
static bool
take_bracketed(struct str line, size_t *at)
{
    int number;
    size_t start = *at;

    (void)take(line, at, '(');
    if ((take_number(line, at, &number) || take_letter(line, at)) && take(line, at, ')') &&
        ends_here(line, *at))
        return true;
    *at = start;
    return false;
}

static bool
take_letter_dot(struct str line, size_t *at)
{
    size_t start = *at;

    /* only before a blank: "ก.พ." is no marker */
    if (take_letter(line, at) && take(line, at, '.') && is_end(utf8_at(line, *at)))
        return true;
    *at = start;
    return false;
}

/* 1.2 is a marker after 1. or 1.1, else it is a number. */
static bool
follows(const struct marker_numbers *last, const struct marker_numbers *now)
{
    int top = now->count - 1;

    if (last->count < top)
        return false;
    for (int i = 0; i < top; i++)
        if (last->parts[i] != now->parts[i])
            return false;
    return now->parts[top] == (last->count == top ? 1 : last->parts[top] + 1);
}

static bool
take_numbers(struct str line, size_t *at, struct marker_numbers *last)
{
    struct marker_numbers now = {.count = 0};
    size_t start = *at;
    bool dotted = false;

    while (now.count < MARKER_PARTS_MAX && take_number(line, at, &now.parts[now.count])) {
        now.count++;
        dotted = take(line, at, '.');
        if (!dotted)
            break;
    }
    bool good = now.count == 1 ? dotted : now.count > 1 && follows(last, &now);
    if (good && ends_here(line, *at)) {
        *last = now;
        return true;
    }
    *at = start;
    return false;
}

static bool
is_bullet(uint32_t code)
{
    return code == '-' || code == 0x2013 || code == 0x2022 || code == 0x25CF || code == 0x25CB ||
           code == 0x25AA;
}

/* Signs that word processors put before the lines of a list; they need a blank behind them. */
static bool
is_sign(uint32_t code)
{
    return code == '*' || code == 0x25A0 || code == 0x25AB || code == 0x25E6 || code == 0x2714 ||
           code == 0x2756 || code == 0x27A2;
}

static bool
take_bullet(struct str line, size_t *at)
{
    size_t start = *at;
    uint32_t code = utf8_at(line, *at);

    if (is_bullet(code) || is_sign(code)) {
        (void)utf8_next(line, at);
        /* "*" without a blank may be a footnote sign */
        if (is_bullet(code) ? ends_here(line, *at) : is_end(utf8_at(line, *at)))
            return true;
    }
    *at = start;
    return false;
}

bool
marker_cut(struct str line, struct marker_numbers *last, struct str *marker, struct str *rest,
           int *depth)
{
    size_t at = 0;

    *depth = 0;
    if (take_numbers(line, &at, last))
        *depth = last->count - 1;
    else if (!take_bullet(line, &at) && !take_bracketed(line, &at) && !take_letter_dot(line, &at))
        return false;
    *marker = str_sub(line, 0, at);
    while (is_end(utf8_at(line, at)) && at < line.len)
        (void)utf8_next(line, &at);
    *rest = str_sub(line, at, line.len);
    return true;
}

bool
marker_is_bullet(struct str marker)
{
    return is_bullet(utf8_at(marker, 0));
}
