/* Dates as clerks write them, and what is refused. */
#include "test.h"

#include "thai/date.h"

static void
assert_date(const char *text, int year, int month, int day)
{
    struct date date = {0, 0, 0};

    if (date_parse(str_of(text), &date) != DATE_GOOD)
        fail_msg("not read: %s", text);
    assert_int_equal(date.year, year);
    assert_int_equal(date.month, month);
    assert_int_equal(date.day, day);
}

static void
assert_fault(const char *text, enum date_fault fault)
{
    struct date date = {0, 0, 0};

    if (date_parse(str_of(text), &date) != fault)
        fail_msg("another fault than %d: %s", (int)fault, text);
}

static void
reads_numbers(void **state)
{
    (void)state;
    assert_date("2566-09-29", 2566, 9, 29);
    assert_date("2566-9-1", 2566, 9, 1);
    assert_date("2566-09", 2566, 9, 0);
    assert_date("29/9/2566", 2566, 9, 29);
    assert_date("29/09/66", 2566, 9, 29);
    assert_date("29.9.2566", 2566, 9, 29);
    assert_date("9/2566", 2566, 9, 0);
    assert_date("  ๒๙/๙/๒๕๖๖ ", 2566, 9, 29);
}

static void
reads_month_names(void **state)
{
    (void)state;
    assert_date("๒๙ กันยายน ๒๕๖๖", 2566, 9, 29);
    assert_date("29 กันยายน พ.ศ. 2566", 2566, 9, 29);
    assert_date("วันที่ 29 เดือนกันยายน พ.ศ.2566", 2566, 9, 29);
    assert_date("29 ก.ย. 66", 2566, 9, 29);
    assert_date("29ก.ย.66", 2566, 9, 29);
    assert_date("29 กย 66", 2566, 9, 29);
    assert_date("ต.ค. 65", 2565, 10, 0);
    assert_date("มี.ค 2566", 2566, 3, 0);
    assert_date("กันยายน ๒๕๖๖", 2566, 9, 0);
    assert_date("1\xC2\xA0มกราคม\t2566", 2566, 1, 1);
}

static void
each_month_is_read_in_both_forms(void **state)
{
    struct arena *arena = arena_new(0);

    (void)state;
    for (int month = 1; month <= 12; month++)
        for (int brief = 0; brief < 2; brief++) {
            struct date date = {2565, month, 28};
            struct str text = date_text(arena, date, brief == 1, brief == 0);
            assert_date(str_cstr(arena, text), 2565, month, 28);
        }
    arena_free(arena);
}

static void
checks_the_calendar(void **state)
{
    (void)state;
    assert_date("29 กุมภาพันธ์ 2567", 2567, 2, 29); /* A.D. 2024 */
    assert_fault("29 กุมภาพันธ์ 2566", DATE_IMPOSSIBLE);
    assert_fault("29 กุมภาพันธ์ 2443", DATE_IMPOSSIBLE); /* A.D. 1900 */
    assert_date("29 กุมภาพันธ์ 2543", 2543, 2, 29);      /* A.D. 2000 */
    assert_fault("31 เมษายน 2566", DATE_IMPOSSIBLE);
    assert_fault("2566-13-01", DATE_IMPOSSIBLE);
    assert_fault("2566-00", DATE_IMPOSSIBLE);
    assert_fault("2566-09-00", DATE_IMPOSSIBLE);
    assert_fault("0 กันยายน 2566", DATE_IMPOSSIBLE);
    assert_fault("1 กันยายน 2866", DATE_IMPOSSIBLE);
}

static void
tells_the_wrong_era(void **state)
{
    struct date date = {0, 0, 0};

    (void)state;
    assert_int_equal(date_parse(STR("2023-09-29"), &date), DATE_WRONG_ERA);
    assert_int_equal(date.year, 2566);
    assert_fault("29 กันยายน 2023", DATE_WRONG_ERA);
    assert_fault("29 กันยายน ค.ศ. 2023", DATE_WRONG_ERA);
    assert_fault("29 กุมภาพันธ์ 2024", DATE_WRONG_ERA); /* which exists in that year */
}

static void
refuses_other_text(void **state)
{
    static const char *const bad[] = {"",          "ตลอดปีงบประมาณ", "29",       "2566",
                                      "29 กันยายน", "29 กันยา 2566",  "29-9/66",  "2566-09-29-1",
                                      "1/2/3",     "123 ก.ย. 66",   "9/66",     "29 ก.ย. 566",
                                      "6 เดือน",    "29//2566",      "\xFF 2566"};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_fault(bad[i], DATE_NOT_A_DATE);
}

static void
long_text_is_no_date(void **state)
{
    char text[5000];

    (void)state;
    memset(text, '1', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_fault(text, DATE_NOT_A_DATE);
}

static void
reads_years(void **state)
{
    int year = 0;

    (void)state;
    assert_int_equal(date_year(STR("2566"), &year), DATE_GOOD);
    assert_int_equal(year, 2566);
    assert_int_equal(date_year(STR("พ.ศ. ๒๕๖๗"), &year), DATE_GOOD);
    assert_int_equal(year, 2567);
    assert_int_equal(date_year(STR("2023"), &year), DATE_WRONG_ERA);
    assert_int_equal(year, 2566);
    assert_int_equal(date_year(STR("66"), &year), DATE_NOT_A_DATE);
    assert_int_equal(date_year(STR("2566x"), &year), DATE_NOT_A_DATE);
    assert_int_equal(date_year(STR("3000"), &year), DATE_IMPOSSIBLE);
}

static void
assert_range(const char *text, const char *brief)
{
    struct arena *arena = arena_new(0);
    struct date_range range;

    if (date_range_parse(str_of(text), &range) != DATE_GOOD)
        fail_msg("not read: %s", text);
    assert_str(date_range_text(arena, range, true, false), brief);
    arena_free(arena);
}

static void
reads_ranges(void **state)
{
    (void)state;
    assert_range("ต.ค. 65 ถึง ก.ย. 66", "ต.ค. 65 ถึง ก.ย. 66");
    assert_range("ตุลาคม 2565 – กันยายน 2566", "ต.ค. 65 ถึง ก.ย. 66");
    assert_range("๑ ต.ค. ๖๕ - ๓๑ มี.ค. ๖๖", "1 ต.ค. 65 ถึง 31 มี.ค. 66");
    assert_range("ต.ค.65-ก.ย.66", "ต.ค. 65 ถึง ก.ย. 66");
    assert_range("2565-10 - 2566-09", "ต.ค. 65 ถึง ก.ย. 66");
    assert_range("2565-10 ถึง 2566-09", "ต.ค. 65 ถึง ก.ย. 66");
    assert_range("ตุลาคม – ธันวาคม 2565", "ต.ค. 65 ถึง ธ.ค. 65");
    assert_range("1 — 15 มีนาคม 2566", "1 มี.ค. 66 ถึง 15 มี.ค. 66");
    assert_range("ก.ย. 66 จนถึง ก.ย. 66", "ก.ย. 66");
}

static void
refuses_ranges(void **state)
{
    struct date_range range;

    (void)state;
    assert_int_equal(date_range_parse(STR("ตลอดปีงบประมาณ"), &range), DATE_NOT_A_DATE);
    assert_int_equal(date_range_parse(STR("6 เดือน"), &range), DATE_NOT_A_DATE);
    assert_int_equal(date_range_parse(STR("ต.ค. 65 ถึง"), &range), DATE_NOT_A_DATE);
    assert_int_equal(date_range_parse(STR("ต.ค. 65"), &range), DATE_NOT_A_DATE);
    assert_int_equal(date_range_parse(STR("1 ต.ค. 65 – ก.ย. 66"), &range), DATE_NOT_A_DATE);
    assert_int_equal(date_range_parse(STR("ก.ย. 66 ถึง ต.ค. 65"), &range), DATE_IMPOSSIBLE);
    assert_int_equal(date_range_parse(STR("31 – 31 เม.ย. 66"), &range), DATE_IMPOSSIBLE);
    assert_int_equal(date_range_parse(STR("ต.ค. 2022 ถึง ก.ย. 2023"), &range), DATE_WRONG_ERA);
}

static void
writes_dates(void **state)
{
    struct arena *arena = arena_new(0);
    struct date date = {2566, 9, 29}, month = {2566, 9, 0};
    struct date_range range = {{2565, 10, 0}, {2566, 9, 0}};

    (void)state;
    assert_str(date_text(arena, date, false, true), "๒๙ กันยายน ๒๕๖๖");
    assert_str(date_text(arena, date, true, false), "29 ก.ย. 66");
    assert_str(date_text(arena, month, false, true), "กันยายน ๒๕๖๖");
    assert_str(date_text(arena, (struct date){2505, 1, 2}, true, false), "2 ม.ค. 05");
    assert_str(date_range_text(arena, range, false, true), "ตุลาคม ๒๕๖๕ – กันยายน ๒๕๖๖");
    assert_str(date_range_text(arena, range, true, true), "ต.ค. ๖๕ ถึง ก.ย. ๖๖");
    assert_str(date_iso(arena, date), "2566-09-29");
    assert_str(date_iso(arena, month), "2566-09");
    arena_free(arena);
}

static void
compares_dates(void **state)
{
    struct date a = {2566, 9, 29}, open = {2566, 9, 0}, first = {2566, 9, 1};

    (void)state;
    assert_true(date_cmp(a, open) > 0);
    assert_true(date_cmp(open, a) < 0);
    assert_int_equal(date_cmp(open, first), 0);
    assert_true(date_cmp((struct date){2565, 12, 31}, first) < 0);
}

static void
years_begin_in_thailand(void **state)
{
    struct tm tm;

    (void)state;
    assert_true(date_there(1798736399, &tm)); /* 2026-12-31 16:59:59 UTC */
    assert_int_equal(date_cmp(date_from_tm(&tm), (struct date){2569, 12, 31}), 0);
    assert_true(date_there(1798736400, &tm));
    assert_int_equal(date_cmp(date_from_tm(&tm), (struct date){2570, 1, 1}), 0);
    assert_int_equal(tm.tm_hour, 0);
}

static void
moments(void **state)
{
    struct arena *arena = arena_new(0);

    (void)state;
    /* 29 November 2026, 18:45 UTC */
    assert_str(date_moment_text(arena, 1795977900, false), "2026-11-30 01:45 (UTC+7)");
    assert_str(date_moment_text(arena, 1795977900, true), "30 พ.ย. 2569 เวลา 01.45 น.");
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_numbers),
        cmocka_unit_test(reads_month_names),
        cmocka_unit_test(each_month_is_read_in_both_forms),
        cmocka_unit_test(checks_the_calendar),
        cmocka_unit_test(tells_the_wrong_era),
        cmocka_unit_test(refuses_other_text),
        cmocka_unit_test(long_text_is_no_date),
        cmocka_unit_test(reads_years),
        cmocka_unit_test(reads_ranges),
        cmocka_unit_test(refuses_ranges),
        cmocka_unit_test(writes_dates),
        cmocka_unit_test(compares_dates),
        cmocka_unit_test(years_begin_in_thailand),
        cmocka_unit_test(moments),
    };

    return cmocka_run_group_tests_name("thai_date", tests, NULL, NULL);
}
