/* Figures that are sums: what the tree makes of them, and every digit of every figure of the park
 * (tests/golden/check-sums) changed to every other digit. Each figure is in a sum, or is one. */
#include "check_case.h"

#include <ctype.h>
#include <stdio.h>

#include "check/report.h"
#include "check/score.h"

#define PARK "tests/golden/check-sums/"

static void
open_park(struct check_case *test)
{
    case_open(test);
    case_schema(test, case_file(test, PARK "park/schema.yaml"));
    case_rubric(test, case_file(test, PARK "park/rubric/2568.yaml"));
    assert_good(test);
}

static const struct score *
find_score(const struct scores *scores, const char *name)
{
    for (size_t i = 0; i < scores->count; i++)
        if (str_is(scores->all[i]->name, name))
            return scores->all[i];
    fail_msg("no score %s", name);
    return NULL;
}

static const char *
computed(struct check_case *test, const struct scores *scores, const char *name)
{
    return str_cstr(test->arena, ratio_text(test->arena, find_score(scores, name)->computed, 0, 4));
}

static void
figures_are_summed_over_levels_of_any_depth(void **state)
{
    struct check_case test;

    (void)state;
    open_park(&test);
    case_report(&test, case_file(&test, PARK "good.yaml"));
    const struct scores *scores =
        report_check(test.arena, test.diags, test.schema, test.typed, test.rubric);
    assert_good(&test);
    assert_int_equal(scores->count, 1 + 2 + 2 + 5 + 2);
    assert_string_equal(computed(&test, scores, "คะแนนรวม"), "243.5");
    assert_string_equal(computed(&test, scores, "ด้านที่ 1"), "82.5");
    assert_string_equal(computed(&test, scores, "งาน ก"), "101");
    assert_string_equal(computed(&test, scores, "ข้อ 1.1"), "50.5");
    assert_false(ratio_is_known(find_score(scores, "ข้อ 1.2")->computed));
    assert_ptr_equal(find_score(scores, "ข้อ 1.2")->parent, find_score(scores, "ด้านที่ 1"));
    assert_ptr_equal(find_score(scores, "ข้อ ข.1")->parent, find_score(scores, "งาน ข"));
    assert_int_equal(find_score(scores, "ข้อ ก.2")->most.units, 500); /* one decimal is used */
    assert_true(scores->consistent);
    case_close(&test);
}

static bool
is_found(const struct check_case *files, const char *yaml)
{
    struct check_case test = *files;

    test.arena = arena_new(0);
    test.diags = diags_new();
    case_report(&test, yaml);
    (void)report_check(test.arena, test.diags, test.schema, test.typed, test.rubric);
    bool found = diags_level_count(test.diags, DIAG_ERROR) > 0;
    case_close(&test);
    return found;
}

static void
try_digit(const struct check_case *files, char *digit, const char *yaml)
{
    char kept = *digit;

    for (*digit = '0'; *digit <= '9'; (*digit)++) {
        bool found = is_found(files, yaml);
        if (found == (*digit == kept))
            print_message("%s: %s", found ? "told" : "not found", yaml);
        assert_true(found != (*digit == kept));
    }
    *digit = kept;
}

/* A digit of a value, not of a key. */
static bool
is_of_figure(const char *text, const char *digit)
{
    const char *from = digit;

    while (from > text && (isdigit((unsigned char)from[-1]) || from[-1] == '.'))
        from--;
    return from - text > 2 && from[-1] == ' ' && from[-2] == ':';
}

static void
every_digit_of_every_figure(void **state)
{
    struct check_case files;
    int tried = 0;

    (void)state;
    open_park(&files);
    struct str good = str_dup(files.arena, str_of(case_file(&files, PARK "good.yaml")));
    char *text = (char *)(uintptr_t)str_cstr(files.arena, good);
    for (char *at = strstr(text, "รวม: "); *at != '\0'; at++) {
        if (!isdigit((unsigned char)*at) || !is_of_figure(text, at))
            continue;
        try_digit(&files, at, text);
        tried += 9;
    }
    print_message("%d changes of one digit, all are found\n", tried);
    assert_int_equal(tried, 9 * 31);
    case_close(&files);
}

/* An entry with nothing below it is a fault unless the level may end. */
static void
entries_may_end_where_the_schema_says_so(void **state)
{
    struct check_case test;

    (void)state;
    open_park(&test);
    case_rubric(&test, "ปี: 2568\nเต็ม: 10\nด้าน: [{เลข: 1, เต็ม: 10}]\n"
                       "งาน: [{รหัส: ก, ด้าน: 1, เต็ม: 10}]\nข้อ: [{รหัส: ก.1, งาน: ก, เต็ม: 10}]\n"
                       "ข้อย่อย: []\nระดับ: [{ชื่อ: ผ่าน, รวม: 0}]\n");
    assert_good(&test);
    case_rubric(&test, "ปี: 2568\nเต็ม: 20\nด้าน: [{เลข: 1, เต็ม: 20}]\n"
                       "งาน: [{รหัส: ก, ด้าน: 1, เต็ม: 10}]\nข้อ: [{รหัส: 1.1, ด้าน: 1, เต็ม: 10}]\n"
                       "ระดับ: [{ชื่อ: ผ่าน, รวม: 0}]\n");
    assert_null(test.rubric);
    assert_string_equal(diag_code_name(diags_at(test.diags, 0)->code), "RUBRIC_NO_INDICATOR");
    case_close(&test);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_summed_over_levels_of_any_depth),
        cmocka_unit_test(every_digit_of_every_figure),
        cmocka_unit_test(entries_may_end_where_the_schema_says_so),
    };

    return cmocka_run_group_tests_name("check_sums", tests, NULL, NULL);
}
