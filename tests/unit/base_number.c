/* Lengths and exact decimals. */
#include "test.h"

#include "base/decimal.h"
#include "base/unit.h"

static mpt
length(const char *text)
{
    mpt value = -1;

    return unit_parse(str_of(text), &value) ? value : -1;
}

static void
lengths_have_units(void **state)
{
    (void)state;
    assert_int_equal(length("2.5cm"), 70866);
    assert_int_equal(length("16 pt"), 16000);
    assert_int_equal(length("1in"), 72000);
    assert_int_equal(length("210mm"), 595276);
    assert_int_equal(length("0"), 0);
    assert_int_equal(length("12"), -1);
    assert_int_equal(length("cm"), -1);
    assert_int_equal(length("99999cm"), -1);
}

static void
scale_rounds_half_away(void **state)
{
    (void)state;
    assert_int_equal(unit_scale(5, 1, 2), 3);
    assert_int_equal(unit_scale(-5, 1, 2), -3);
}

static const char *
round_trip(struct arena *arena, const char *text, int places, bool groups)
{
    struct decimal value;

    if (!decimal_parse(str_of(text), &value))
        return "refused";
    if (places >= 0 && !decimal_round(value, (uint8_t)places, &value))
        return "too large";
    return str_cstr(arena, decimal_text(arena, value, groups));
}

static void
decimals_are_exact(void **state)
{
    struct arena *arena = arena_new(0);

    (void)state;
    assert_string_equal(round_trip(arena, "86.10", -1, false), "86.10");
    assert_string_equal(round_trip(arena, "0.005", 2, false), "0.01");
    assert_string_equal(round_trip(arena, "-0.005", 2, false), "-0.01");
    assert_string_equal(round_trip(arena, "1,234,567.5", 2, true), "1,234,567.50");
    assert_string_equal(round_trip(arena, "12,34", -1, false), "refused");
    assert_string_equal(round_trip(arena, "1.", -1, false), "refused");
    assert_string_equal(round_trip(arena, ".5", -1, false), "refused");
    assert_string_equal(round_trip(arena, "1e3", -1, false), "refused");
    assert_string_equal(round_trip(arena, "9999999999999999999", -1, false), "refused");
    arena_free(arena);
}

static void
decimals_compare_across_places(void **state)
{
    (void)state;
    assert_int_equal(decimal_cmp((struct decimal){8610, 2}, (struct decimal){861, 1}), 0);
    assert_int_equal(decimal_cmp((struct decimal){-1, 9}, (struct decimal){0, 0}), -1);
    assert_int_equal(decimal_cmp((struct decimal){1000000001, 9}, (struct decimal){1, 0}), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_have_units),
        cmocka_unit_test(scale_rounds_half_away),
        cmocka_unit_test(decimals_are_exact),
        cmocka_unit_test(decimals_compare_across_places),
    };

    return cmocka_run_group_tests_name("base_number", tests, NULL, NULL);
}
