#include "base/decimal.h"

#include <stdio.h>

#include "base/ascii.h"

#define PLACES_MAX 9
#define UNITS_MAX INT64_C(999999999999999999)

/* True when the commas of an integer part stand between groups of three digits. */
static bool
groups_are_right(struct str whole)
{
    size_t since = 0;
    bool seen = false;

    if (str_find(whole, STR(",")) == SIZE_MAX)
        return true;
    for (size_t i = 0; i < whole.len; i++) {
        if (whole.ptr[i] != ',') {
            since++;
            continue;
        }
        if (since == 0 || since > 3 || (seen && since != 3))
            return false;
        seen = true;
        since = 0;
    }
    return since == 3;
}

static bool
add_digits(struct str digits, int64_t *units)
{
    for (size_t i = 0; i < digits.len; i++) {
        char c = digits.ptr[i];
        if (c == ',')
            continue;
        if (!ascii_is_digit(c))
            return false;
        if (*units > (UNITS_MAX - (c - '0')) / 10)
            return false;
        *units = *units * 10 + (c - '0');
    }
    return true;
}

bool
decimal_parse(struct str text, struct decimal *out)
{
    bool negative = text.len > 0 && text.ptr[0] == '-';
    struct str rest = str_sub(text, negative ? 1 : 0, text.len);
    size_t dot = str_find(rest, STR("."));
    struct str whole = dot == SIZE_MAX ? rest : str_sub(rest, 0, dot);
    struct str part = dot == SIZE_MAX ? STR("") : str_sub(rest, dot + 1, rest.len);
    int64_t units = 0;

    if (whole.len == 0 || (dot != SIZE_MAX && part.len == 0) || part.len > PLACES_MAX)
        return false;
    if (!groups_are_right(whole) || str_find(part, STR(",")) != SIZE_MAX)
        return false;
    if (!add_digits(whole, &units) || !add_digits(part, &units))
        return false;
    out->units = negative ? -units : units;
    out->places = (uint8_t)part.len;
    return true;
}

int64_t
decimal_power(unsigned places)
{
    int64_t power = 1;

    while (places-- > 0)
        power *= 10;
    return power;
}

int
decimal_cmp(struct decimal a, struct decimal b)
{
    int64_t x = decimal_power(a.places), y = decimal_power(b.places);
    int64_t whole_a = a.units / x, whole_b = b.units / y;

    if (whole_a != whole_b)
        return whole_a < whole_b ? -1 : 1;
    /* the parts are below 10^9 each, so the products fit */
    int64_t part_a = a.units % x * y, part_b = b.units % y * x;
    return (part_a > part_b) - (part_a < part_b);
}

bool
decimal_round(struct decimal value, uint8_t places, struct decimal *out)
{
    if (places > PLACES_MAX)
        return false;
    if (places >= value.places) {
        int64_t factor = decimal_power((unsigned)(places - value.places));
        if (value.units > UNITS_MAX / factor || value.units < -UNITS_MAX / factor)
            return false;
        *out = (struct decimal){value.units * factor, places};
        return true;
    }
    int64_t divisor = decimal_power((unsigned)(value.places - places));
    int64_t half = value.units < 0 ? -divisor / 2 : divisor / 2;
    *out = (struct decimal){(value.units + half) / divisor, places};
    return true;
}

struct str
decimal_text(struct arena *arena, struct decimal value, bool groups)
{
    char digits[32];
    uint64_t size = value.units < 0 ? 0 - (uint64_t)value.units : (uint64_t)value.units;
    int len = snprintf(digits, sizeof digits, "%0*llu", value.places + 1, (unsigned long long)size);
    int whole = len - value.places;
    char out[2 * sizeof digits];
    size_t used = 0;

    if (value.units < 0)
        out[used++] = '-';
    for (int i = 0; i < len; i++) {
        if (i == whole)
            out[used++] = '.';
        else if (groups && i > 0 && i < whole && (whole - i) % 3 == 0)
            out[used++] = ',';
        out[used++] = digits[i];
    }
    return str_dup(arena, (struct str){out, used});
}
