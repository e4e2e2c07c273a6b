#include "base/ratio.h"

#define PLACES_MAX 9

static ratio_int
magnitude(ratio_int value)
{
    return value < 0 ? -value : value;
}

static ratio_int
common_divisor(ratio_int a, ratio_int b)
{
    while (b != 0) {
        ratio_int rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* In lowest terms, with the sign in the numerator. The smallest number of 128 bits has no
 * counterpart with the other sign and is refused. */
static struct ratio
lowest(ratio_int num, ratio_int den)
{
    const ratio_int smallest = -((ratio_int)1 << 126) * 2;

    if (den == 0 || den == smallest || num == smallest)
        return RATIO_UNKNOWN;
    ratio_int divisor = common_divisor(magnitude(num), magnitude(den));
    if (den < 0)
        divisor = -divisor;
    return (struct ratio){num / divisor, den / divisor};
}

bool
ratio_is_known(struct ratio a)
{
    return a.den != 0;
}

struct ratio
ratio_of(struct decimal value)
{
    return lowest(value.units, decimal_power(value.places));
}

struct ratio
ratio_int_of(long value)
{
    return (struct ratio){value, 1};
}

struct ratio
ratio_add(struct ratio a, struct ratio b)
{
    ratio_int left, right, num, den;

    if (__builtin_mul_overflow(a.num, b.den, &left) ||
        __builtin_mul_overflow(b.num, a.den, &right) || __builtin_add_overflow(left, right, &num) ||
        __builtin_mul_overflow(a.den, b.den, &den))
        return RATIO_UNKNOWN;
    return lowest(num, den);
}

struct ratio
ratio_sub(struct ratio a, struct ratio b)
{
    return ratio_add(a, (struct ratio){-b.num, b.den});
}

struct ratio
ratio_mul(struct ratio a, struct ratio b)
{
    ratio_int num, den;

    if (__builtin_mul_overflow(a.num, b.num, &num) || __builtin_mul_overflow(a.den, b.den, &den))
        return RATIO_UNKNOWN;
    return lowest(num, den);
}

struct ratio
ratio_div(struct ratio a, struct ratio b)
{
    ratio_int num, den;

    if (b.den == 0 || __builtin_mul_overflow(a.num, b.den, &num) ||
        __builtin_mul_overflow(a.den, b.num, &den))
        return RATIO_UNKNOWN;
    return lowest(num, den);
}

int
ratio_cmp(struct ratio a, struct ratio b)
{
    struct ratio difference = ratio_sub(a, b);

    return (difference.num > 0) - (difference.num < 0);
}

bool
ratio_near(struct ratio a, struct ratio b, struct decimal tolerance)
{
    struct ratio difference = ratio_sub(a, b);

    difference.num = magnitude(difference.num);
    struct ratio spare = ratio_sub(ratio_of(tolerance), difference);
    return ratio_is_known(spare) && spare.num >= 0;
}

bool
ratio_round(struct ratio a, uint8_t places, enum ratio_rounding rounding, struct decimal *out)
{
    ratio_int scaled;

    if (places > PLACES_MAX || a.den == 0 ||
        __builtin_mul_overflow(a.num, decimal_power(places), &scaled))
        return false;
    ratio_int whole = scaled / a.den, rest = scaled % a.den;
    /* division goes towards zero; the rest has the sign of the number */
    if (rounding == RATIO_DOWN && rest < 0)
        whole--;
    else if (rounding == RATIO_UP && rest > 0)
        whole++;
    else if (rounding == RATIO_NEAREST && magnitude(rest) >= a.den - magnitude(rest))
        whole += rest < 0 ? -1 : 1;
    if (magnitude(whole) > INT64_C(999999999999999999))
        return false;
    *out = (struct decimal){(int64_t)whole, places};
    return true;
}

struct str
ratio_text(struct arena *arena, struct ratio a, uint8_t least, uint8_t places)
{
    struct decimal value;
    struct buf out = buf_in(arena);

    if (!ratio_round(a, places, RATIO_NEAREST, &value))
        return STR("?");
    if (ratio_cmp(ratio_of(value), a) != 0)
        buf_text(&out, "≈ ");
    while (value.places > least && value.units % 10 == 0) {
        value.units /= 10;
        value.places--;
    }
    buf_add(&out, decimal_text(arena, value, false));
    return buf_str(&out);
}
