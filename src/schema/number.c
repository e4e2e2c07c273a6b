#include "schema/number.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "thai/digits.h"

bool
number_read(struct arena *arena, struct str text, struct str unit, struct decimal *number,
            struct str *digits)
{
    *digits = utf8_trim(digits_to_arabic(arena, text));
    if (unit.len > 0 && str_ends(*digits, unit))
        *digits = utf8_trim(str_sub(*digits, 0, digits->len - unit.len));
    return decimal_parse(*digits, number);
}

/* A text from its first digit to its last, with what stands before and behind. */
struct parts {
    struct str before, core, after;
};

static bool
cut(struct str text, struct parts *parts)
{
    size_t from = 0, to = text.len;

    while (from < to && !ascii_is_digit(text.ptr[from]))
        from++;
    while (to > from && !ascii_is_digit(text.ptr[to - 1]))
        to--;
    if (from == to)
        return false;
    if (from > 0 && text.ptr[from - 1] == '-' && (from == 1 || text.ptr[from - 2] == ' '))
        from--;
    parts->before = str_sub(text, 0, from);
    parts->core = str_sub(text, from, to - from);
    parts->after = str_sub(text, to, text.len);
    return true;
}

/* What stands right at a number may belong to it: ".5", "x5", "5/100", "(5)", "−5". Words do not.
 */
static bool
belongs_to_it(const struct parts *parts)
{
    static const char *const signs[] = {".", ",", "/", ":", "'", "+", "-", "−", "–", "—"};
    size_t count = sizeof signs / sizeof signs[0];

    for (size_t i = 0; i < count; i++)
        if (str_ends(parts->before, str_of(signs[i])))
            return true;
    for (size_t i = 2; i < count; i++) /* "98." ends a sentence */
        if (str_starts(parts->after, str_of(signs[i])))
            return true;
    if (str_is(utf8_trim(parts->before), "(") && str_is(utf8_trim(parts->after), ")"))
        return true;
    return (parts->before.len > 0 && ascii_is_letter(parts->before.ptr[parts->before.len - 1])) ||
           (parts->after.len > 0 && ascii_is_letter(parts->after.ptr[0]));
}

/* The number with a point where a comma is, when it is one then: "86,17", "1.234,56". */
static bool
with_point(struct arena *arena, struct str core, struct str *meant)
{
    struct buf swapped = buf_in(arena), out = buf_in(arena);
    struct decimal number;

    for (size_t i = 0; i < core.len; i++) {
        char c = core.ptr[i];
        buf_byte(&swapped, (char)(c == ',' ? '.' : c == '.' ? ',' : c));
    }
    if (!decimal_parse(buf_str(&swapped), &number))
        return false;
    for (size_t i = 0; i < swapped.len; i++)
        if (swapped.ptr[i] != ',')
            buf_byte(&out, swapped.ptr[i]);
    *meant = buf_str(&out);
    return true;
}

/* The number without the blanks between its digits. False when there are none, or more between. */
static bool
without_blanks(struct arena *arena, struct str core, struct str *meant)
{
    struct buf out = buf_in(arena);
    struct decimal number;

    for (size_t at = 0; at < core.len;) {
        uint32_t code = utf8_next(core, &at);
        if (code == UTF8_BAD)
            return false;
        if (!utf8_is_blank(code) && !utf8_is_unseen(code))
            buf_utf8(&out, code);
    }
    *meant = buf_str(&out);
    return out.len < core.len && decimal_parse(*meant, &number);
}

enum diag_code
number_fault(struct arena *arena, struct str text, struct str *meant)
{
    struct decimal number;
    struct parts parts;

    *meant = STR("");
    if (!cut(utf8_trim(digits_to_arabic(arena, text)), &parts) || belongs_to_it(&parts))
        return DIAG_FIELD_NOT_NUMBER;
    if (without_blanks(arena, parts.core, meant))
        return DIAG_FIELD_NUMBER_INSIDE;
    bool alone = parts.before.len == 0 && parts.after.len == 0;
    bool point = decimal_parse(parts.core, &number);
    if (point)
        *meant = parts.core;
    else
        *meant = STR("");
    if (!point && with_point(arena, parts.core, meant))
        return alone ? DIAG_FIELD_NUMBER_COMMA : DIAG_FIELD_NUMBER_WORDS;
    return point && !alone ? DIAG_FIELD_NUMBER_WORDS : DIAG_FIELD_NOT_NUMBER;
}
