/* Exact fractions. */
#include "test.h"

#include "base/arena.h"
#include "base/ratio.h"

static struct ratio
fraction(long num, long den)
{
    return ratio_div(ratio_int_of(num), ratio_int_of(den));
}

static const char *
text(struct arena *arena, struct ratio value, uint8_t least, uint8_t places)
{
    return str_cstr(arena, ratio_text(arena, value, least, places));
}

static void
thirds_make_a_whole(void **state)
{
    struct ratio sum = ratio_add(ratio_add(fraction(1, 3), fraction(1, 3)), fraction(1, 3));

    (void)state;
    assert_int_equal(ratio_cmp(sum, ratio_int_of(1)), 0);
    assert_int_equal(ratio_cmp(fraction(1, 3), fraction(1, -3)), 1);
    assert_int_equal(ratio_cmp(ratio_mul(fraction(2, 3), fraction(3, 2)), ratio_int_of(1)), 0);
    assert_int_equal(ratio_cmp(fraction(-1, 3), fraction(-1, 2)), 1);
}

/* 99.485 is five thousandths from 99.49, and no floating point number says so. */
static void
tolerance_includes_its_end(void **state)
{
    struct decimal tolerance = {5, 3}, given = {9949, 2};

    (void)state;
    assert_true(ratio_near(ratio_of(given), fraction(99485, 1000), tolerance));
    assert_true(ratio_near(ratio_of(given), fraction(99495, 1000), tolerance));
    assert_false(ratio_near(ratio_of(given), fraction(994849, 10000), tolerance));
    assert_false(ratio_near(ratio_of(given), fraction(994951, 10000), tolerance));
    assert_false(ratio_near(ratio_of(given), RATIO_UNKNOWN, tolerance));
}

static void
rounding_goes_where_it_is_told(void **state)
{
    static const struct {
        long num, den;
        long nearest, down, up;
    } cases[] = {{1, 8, 13, 12, 13},     {-1, 8, -13, -13, -12}, {1, 3, 33, 33, 34},
                 {-1, 3, -33, -34, -33}, {2, 3, 67, 66, 67},     {5, 1, 500, 500, 500},
                 {-2, 3, -67, -67, -66}};
    struct decimal out;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ratio value = fraction(cases[i].num, cases[i].den);
        assert_true(ratio_round(value, 2, RATIO_NEAREST, &out));
        assert_int_equal(out.units, cases[i].nearest);
        assert_true(ratio_round(value, 2, RATIO_DOWN, &out));
        assert_int_equal(out.units, cases[i].down);
        assert_true(ratio_round(value, 2, RATIO_UP, &out));
        assert_int_equal(out.units, cases[i].up);
    }
    assert_false(ratio_round(RATIO_UNKNOWN, 2, RATIO_NEAREST, &out));
}

static void
text_tells_what_was_rounded(void **state)
{
    struct arena *arena = arena_new(0);

    (void)state;
    assert_string_equal(text(arena, fraction(99486, 1000), 2, 4), "99.486");
    assert_string_equal(text(arena, fraction(775, 10), 2, 4), "77.50");
    assert_string_equal(text(arena, fraction(25319, 300), 2, 4), "≈ 84.3967");
    assert_string_equal(text(arena, RATIO_UNKNOWN, 2, 4), "?");
    arena_free(arena);
}

static void
what_does_not_fit_is_not_known(void **state)
{
    struct ratio huge = ratio_of((struct decimal){INT64_C(999999999999999999), 0});
    struct decimal out;

    (void)state;
    assert_false(ratio_round(huge, 2, RATIO_NEAREST, &out));
    for (int i = 0; i < 3; i++)
        huge = ratio_mul(huge, huge);
    assert_false(ratio_is_known(huge));
    assert_false(ratio_is_known(ratio_add(huge, ratio_int_of(1))));
    assert_false(ratio_is_known(ratio_div(ratio_int_of(1), ratio_int_of(0))));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thirds_make_a_whole),
        cmocka_unit_test(tolerance_includes_its_end),
        cmocka_unit_test(rounding_goes_where_it_is_told),
        cmocka_unit_test(text_tells_what_was_rounded),
        cmocka_unit_test(what_does_not_fit_is_not_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
