/* Last year's report as the start of this year's. */
#include "test.h"

#include "engine/year.h"
#include "value/read.h"

static void
years_move_in_both_kinds_of_digits(void **state)
{
    struct arena *arena = arena_new(0);

    (void)state;
    assert_str(year_moved(arena, STR("ปี 2566 ๒๕๖๖ ตุลาคม 2565 12566 2566/67"), 2566, 2569),
               "ปี 2569 ๒๕๖๙ ตุลาคม 2568 12566 2569/67");
    assert_str(year_moved(arena, STR("พ.ศ. 2560 2566"), 0, 2569), "พ.ศ. 2560 2566");
    arena_free(arena);
}

static void
scores_are_left_out_and_all_else_stays(void **state)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct str text =
        STR("# last year's\nผล: {รวม: 86.17, 1: 100.00}\nปี: 2566  # stays\nชื่อ: ก 99.5\n");
    const struct value *report = value_read_yaml(arena, diags, "x", text);

    (void)state;
    assert_non_null(report);
    assert_str(year_without_figures(arena, report, text),
               "# last year's\nผล: {รวม: , 1: }\nปี: 2566  # stays\nชื่อ: ก 99.5\n");
    diags_free(diags);
    arena_free(arena);
}

static void
the_year_comes_from_the_report(void **state)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();

    (void)state;
    assert_int_equal(
        year_of_report(arena, value_read_yaml(arena, diags, "x", STR("ปีงบประมาณ: ๒๕๖๖\n"))), 2566);
    assert_int_equal(
        year_of_report(arena, value_read_yaml(arena, diags, "x", STR("วันที่: 2567-03-01\n"))), 2567);
    assert_int_equal(year_of_report(arena, value_read_yaml(arena, diags, "x", STR("ก: ข\n"))), 0);
    diags_free(diags);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_move_in_both_kinds_of_digits),
        cmocka_unit_test(scores_are_left_out_and_all_else_stays),
        cmocka_unit_test(the_year_comes_from_the_report),
    };

    return cmocka_run_group_tests_name("engine_year", tests, NULL, NULL);
}
