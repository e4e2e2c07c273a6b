/* Years of reports, and moving them in a text. */
#include "test.h"

#include "renew/year.h"
#include "schema/schema.h"
#include "value/read.h"

static void
years_move_in_both_kinds_of_digits(void **state)
{
    struct arena *arena = arena_new(0);

    (void)state;
    assert_str(year_moved(arena, STR("ปี 2566 ๒๕๖๖ ตุลาคม 2565 12566 2566/67"), 2566, 2569),
               "ปี 2569 ๒๕๖๙ ตุลาคม 2568 12566 2569/67");
    assert_str(year_moved(arena, STR("พ.ศ. 2560 2566"), 0, 2569), "พ.ศ. 2560 2566");
    assert_str(year_moved(arena, STR("ปี 2560"), 2560, 0), "ปี 2560");
    assert_str(year_moved(arena, STR("2566"), 2566, 2567), "2567");
    arena_free(arena);
}

static void
short_years_move_behind_months(void **state)
{
    struct arena *arena = arena_new(0);

    (void)state;
    assert_str(year_moved(arena, STR("1 ต.ค. 65 – 31 มี.ค. ๖๖ ตุลาคม65 66 คน 6 เดือน"), 2566, 2569),
               "1 ต.ค. 68 – 31 มี.ค. ๖๙ ตุลาคม68 66 คน 6 เดือน");
    assert_str(year_moved(arena, STR("ม.ค. 00 ธ.ค. 99"), 2600, 2601), "ม.ค. 01 ธ.ค. 00");
    assert_str(year_moved(arena, STR("ก.ย. 667 ก.ย. 6"), 2566, 2567), "ก.ย. 667 ก.ย. 6");
    arena_free(arena);
}

static void
amounts_and_years_of_laws_stay(void **state)
{
    static const char *const stay[] = {
        "2566.50 บาท",
        "2,566 บาท",
        "12,2566",
        "๒๕๖๖.๐๐",
        "ตามพระราชบัญญัติการจัดซื้อจัดจ้าง พ.ศ. 2566*",
        "ระเบียบว่าด้วย งานสารบรรณ พ.ศ. ๒๕๖๕",
    };
    struct arena *arena = arena_new(0);

    (void)state;
    for (size_t i = 0; i < sizeof stay / sizeof stay[0]; i++)
        assert_str(year_moved(arena, str_of(stay[i]), 2566, 2569), stay[i]);
    assert_str(year_moved(arena, STR("ตามระเบียบ\nประกาศ พ.ศ. 2566"), 2566, 2569),
               "ตามระเบียบ\nประกาศ พ.ศ. 2569");
    assert_str(year_moved(arena, STR("ระเบียบ ประจำปี พ.ศ. 2566, 2566."), 2566, 2569),
               "ระเบียบ ประจำปี พ.ศ. 2569, 2569.");
    arena_free(arena);
}

static void
the_year_comes_from_the_report(void **state)
{
    static const struct {
        const char *report;
        int year;
    } cases[] = {{"day: 2567-03-01\nfiscal: ๒๕๖๖\n", 2566},
                 {"fiscal: พ.ศ. 2566\n", 2566},
                 {"day: 1 มีนาคม 2567\nfiscal: -\n", 2567},
                 {"fiscal: 2023\nday: [1]\n", 0},
                 {"x: 2566\n", 0}};
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    const struct schema *schema = schema_load(
        arena, diags,
        value_read_yaml(arena, diags, "s",
                        STR("fields: {x: {}, fiscal: {type: year}, day: {type: date}}\n")));

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(
            year_of(&schema->root, value_read_yaml(arena, diags, "x", str_of(cases[i].report))),
            cases[i].year);
    diags_free(diags);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_move_in_both_kinds_of_digits),
        cmocka_unit_test(short_years_move_behind_months),
        cmocka_unit_test(amounts_and_years_of_laws_stay),
        cmocka_unit_test(the_year_comes_from_the_report),
    };

    return cmocka_run_group_tests_name("renew_year", tests, NULL, NULL);
}
