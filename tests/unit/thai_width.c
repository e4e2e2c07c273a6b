/* How wide texts are on a terminal. */
#include "test.h"

#include "thai/width.h"

static void
widths(void **state)
{
    static const struct {
        const char *text;
        size_t columns;
    } cases[] = {
        {"", 0},
        {"IIT", 3},
        {"คะแนน", 5},
        {"ที่", 1},
        {"ผู้ใหญ่", 4},
        {"กำ", 2},
        {"ก\u0E4D\u0E32", 2}, /* nikhahit and sara aa */
        {"น้ำ", 2},
        {"๑๒.๓๔", 5},
        {"e\u0301", 1},
        {"中文", 4},
        {"한", 2},
        {"\u1112\u1161\u11AB", 2},
        {"✗", 1},
        {"–", 1},
        {"👩\u200D👩\u200D👧", 2},
        {"👍🏽", 2},
        {"🇹🇭", 2},
        {"a\u200Bb", 2},
        {"\xFFx", 2},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (width_columns(str_of(cases[i].text)) != cases[i].columns)
            fail_msg("\"%s\" is %zu columns wide, not %zu", cases[i].text,
                     width_columns(str_of(cases[i].text)), cases[i].columns);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(widths)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
