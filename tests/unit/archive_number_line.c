/* The line ที่: of a report: it gets the number, or nothing happens. */
#include "test.h"

#include "archive/number_line.h"

/* The file with the number 12; empty with the code where it is refused. */
static struct str
put(struct fixture *f, struct str bytes, enum diag_code *code)
{
    struct diags *diags = diags_new();
    struct number_line line;
    struct str out = STR("");
    bool good = number_line_find(f->arena, diags, "report.yaml", bytes, &line) &&
                number_line_put(f->arena, diags, "report.yaml", bytes, &line, 12, &out);

    *code = DIAG_ARCHIVE_READ_ONLY; /* none of these */
    for (size_t i = 0; i < diags_count(diags); i++) {
        if (diags_at(diags, i)->level == DIAG_ERROR)
            *code = diags_at(diags, i)->code;
    }
    diags_free(diags);
    return good ? out : STR("");
}

static void
gets_the_number_and_nothing_else_changes(void **state)
{
    struct fixture *f = *state;
    static const char *const cases[][2] = {
        {"ที่: สม 1/\n", "ที่: สม 1/12\n"},
        {"ที่: สม 1/", "ที่: สม 1/12"},
        {"ที่: สม ๑/   # จบด้วย /\nก: ข\n", "ที่: สม ๑/๑๒   # จบด้วย /\nก: ข\n"},
        {"ก: ข\r\nที่:   สม 1/  \r\nค: |\r\n  ที่: สม 1/\r\n",
         "ก: ข\r\nที่:   สม 1/12  \r\nค: |\r\n  ที่: สม 1/\r\n"},
        {"ที่: \"สม 1/\" # ก\n", "ที่: \"สม 1/12\" # ก\n"},
        {"ที่: 'สม 1/'\n", "ที่: 'สม 1/12'\n"},
        {"\xEF\xBB\xBFที่: สม 1/\n", "\xEF\xBB\xBFที่: สม 1/12\n"},
        {"# ที่: สม 2/\nที่ : สม 1#2/\n", "# ที่: สม 2/\nที่ : สม 1#2/12\n"},
        {"a: &x ข\nb: *x\nที่: สม 1/\n", "a: &x ข\nb: *x\nที่: สม 1/12\n"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        enum diag_code code;
        struct str out = put(f, str_of(cases[i][0]), &code);
        assert_true(str_is(out, cases[i][1]));
    }
}

static void
is_left_alone_where_more_could_change(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *text;
        enum diag_code code;
    } cases[] = {
        {"ก: ข\n", DIAG_ARCHIVE_LINE_NONE},
        {"ที่:\n", DIAG_ARCHIVE_LINE_NONE},
        {"ที่: [สม 1/]\n", DIAG_ARCHIVE_LINE_NONE},
        {"ที่: สม 1/5\n", DIAG_ARCHIVE_LINE_FILLED},
        {"ที่: |\n  สม 1/\n", DIAG_ARCHIVE_LINE_FORM},
        {"ที่: >\n  สม 1/\n", DIAG_ARCHIVE_LINE_FORM},
        {"ที่:\n  สม 1/\n", DIAG_ARCHIVE_LINE_FORM},
        {"ที่: AB\n  CD 1/\n", DIAG_ARCHIVE_LINE_FORM},
        {"ที่: \"AB\n  CD 1/\"\n", DIAG_ARCHIVE_LINE_FORM},
        {"ที่: กค\n  สม 1/\n", DIAG_YAML_FOLD},
        {"ที่: !!str สม 1/\n", DIAG_YAML_TAG},
        {"? ที่\n: สม 1/\n", DIAG_ARCHIVE_LINE_FORM},
        {"ที่: \"สม\\x20 1/\"\n", DIAG_ARCHIVE_LINE_FORM},
        {"ที่: 'สม '' 1/'\n", DIAG_ARCHIVE_LINE_FORM},
        {"ที่: &n สม 1/\nก: *n\n", DIAG_ARCHIVE_LINE_FORM},
        {"ก: &n สม 1/\nที่: *n\n", DIAG_ARCHIVE_LINE_FORM},
        {"{ที่: สม 1/, ก: ข}\n", DIAG_ARCHIVE_LINE_FORM},
        {"\"ที่\": สม 1/\n", DIAG_ARCHIVE_LINE_FORM},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        enum diag_code code;
        assert_int_equal(put(f, str_of(cases[i].text), &code).len, 0);
        assert_int_equal(code, cases[i].code);
    }
}

/* In another encoding the bytes of the line are others than those that were read. */
static void
is_left_alone_in_another_encoding(void **state)
{
    struct fixture *f = *state;
    enum diag_code code;

    assert_int_equal(put(f, STR("\xB7\xD5\xE8: \xCA\xC1 1/\n"), &code).len, 0);
    assert_int_equal(code, DIAG_ARCHIVE_LINE_FORM);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, fixture_setup, fixture_teardown)
        CASE(gets_the_number_and_nothing_else_changes),
        CASE(is_left_alone_where_more_could_change),
        CASE(is_left_alone_in_another_encoding),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
