#include "base/unit.h"

#include "base/ascii.h"

#include <stddef.h>

/* Millionths of a point per unit. */
static const struct {
    const char *name;
    int64_t factor;
} units[] = {
    {"pt", 1000000},
    {"cm", 28346457},
    {"mm", 2834646},
    {"in", 72000000},
};

/* Reads digits with up to six decimals as millionths; returns what follows them. */
static bool
read_millionths(struct str *text, int64_t *out)
{
    int64_t value = 0, place = 1000000;
    bool seen = false, fraction = false;
    size_t at = 0;

    for (; at < text->len; at++) {
        char c = text->ptr[at];
        if (c == '.' && !fraction) {
            fraction = true;
            continue;
        }
        if (!ascii_is_digit(c))
            break;
        seen = true;
        if (fraction) {
            place /= 10;
            value += (c - '0') * place;
        } else {
            value = value * 10 + (c - '0') * INT64_C(1000000);
        }
        if (value > INT64_C(1000000000000))
            return false;
    }
    *text = str_sub(*text, at, text->len);
    *out = value;
    return seen;
}

static bool
find_factor(struct str name, int64_t *factor)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (str_is(name, units[i].name)) {
            *factor = units[i].factor;
            return true;
        }
    }
    return false;
}

bool
unit_parse(struct str text, mpt *out)
{
    struct str rest = str_trim(text);
    bool negative = rest.len > 0 && rest.ptr[0] == '-';
    int64_t number = 0, factor = 0;

    if (negative)
        rest = str_sub(rest, 1, rest.len);
    if (!read_millionths(&rest, &number))
        return false;
    rest = str_trim(rest);
    if (rest.len == 0 && number == 0) {
        *out = 0;
        return true;
    }
    if (!find_factor(rest, &factor))
        return false;
    /* number carries six extra places and factor three; the bound keeps the product in range */
    if (number > INT64_C(40000000000))
        return false;
    int64_t value = (number * factor + 500000000) / 1000000000;
    if (value > UNIT_MAX)
        return false;
    *out = (mpt)(negative ? -value : value);
    return true;
}

mpt
unit_scale(mpt value, int64_t numerator, int64_t denominator)
{
    int64_t product = (int64_t)value * numerator;
    int64_t half = denominator / 2;

    return (mpt)((product >= 0 ? product + half : product - half) / denominator);
}
