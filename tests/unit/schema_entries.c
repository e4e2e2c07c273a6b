/* Text fields of paragraphs and lists. */
#include "check_case.h"

#define PLAIN "fields:\n  x: {type: paragraphs}\n"
#define DASHED "fields:\n  x:\n    type: paragraphs\n    marker: \"-\"\n"
#define LINED "fields:\n  x: {type: paragraphs, lines: yes}\n"

static void
assert_entries(const char *schema, const char *report, const char *expected)
{
    struct check_case test;

    case_apply(&test, schema, report);
    assert_good(&test);
    assert_string_equal(case_dump(&test, case_get(&test, "x")), expected);
    case_close(&test);
}

static void
empty_lines_part_paragraphs(void **state)
{
    (void)state;
    assert_entries(PLAIN, "x: |\n  one\n\n  two\n\n\n  three\n",
                   "list of 3 lines\n"
                   "  - entry 0 \"one\"\n"
                   "  - entry 0 \"two\"\n"
                   "  - entry 0 \"three\"\n");
    assert_entries(PLAIN, "x: one\n", "list of 1 lines\n  - entry 0 \"one\"\n");
}

static void
markers_make_entries(void **state)
{
    (void)state;
    assert_entries(PLAIN,
                   "x: |\n  ดังนี้\n  1. ก่อน\n  ๒. หลัง\n  (1) ใน\n  (ก) นอก\n  ข. บน\n  2) ล่าง\n"
                   "  - ซ้าย\n  • ขวา\n  – กลาง\n  1.จัดทำ\n  -จัดทำ\n",
                   "list of 12 lines\n"
                   "  - entry 0 \"ดังนี้\"\n"
                   "  - entry 0 \"1.\" \"ก่อน\"\n"
                   "  - entry 0 \"๒.\" \"หลัง\"\n"
                   "  - entry 0 \"(1)\" \"ใน\"\n"
                   "  - entry 0 \"(ก)\" \"นอก\"\n"
                   "  - entry 0 \"ข.\" \"บน\"\n"
                   "  - entry 0 \"2)\" \"ล่าง\"\n"
                   "  - entry 0 \"-\" \"ซ้าย\"\n"
                   "  - entry 0 \"•\" \"ขวา\"\n"
                   "  - entry 0 \"–\" \"กลาง\"\n"
                   "  - entry 0 \"1.\" \"จัดทำ\"\n"
                   "  - entry 0 \"-\" \"จัดทำ\"\n");
}

/* What Word puts before the lines of a list; without a blank it is no marker. */
static void
signs_make_entries(void **state)
{
    (void)state;
    assert_entries(PLAIN, "x: |\n  ❖ ก\n  ➢ ข\n  ✔ ค\n  ■ ง\n  ◦ จ\n",
                   "list of 5 lines\n"
                   "  - entry 0 \"❖\" \"ก\"\n"
                   "  - entry 0 \"➢\" \"ข\"\n"
                   "  - entry 0 \"✔\" \"ค\"\n"
                   "  - entry 0 \"■\" \"ง\"\n"
                   "  - entry 0 \"◦\" \"จ\"\n");
    assert_entries(PLAIN, "x: |\n  ■ก\n", "list of 1 lines\n  - entry 0 \"■ก\"\n");
}

/* As texts are indented that were pasted. */
static void
other_blanks_indent_too(void **state)
{
    (void)state;
    assert_entries(PLAIN,
                   "x: |\n  \xC2\xA0\xC2\xA0หนึ่ง\n  1. ก\n  \xC2\xA0\xC2\xA0(1)\xE3\x80\x80ข\n"
                   "  \xE3\x80\x80\xE3\x80\x80(2) ค\n  2.\xE2\x80\xAFง\n  \xC2\xA0\n  จ\n",
                   "list of 6 lines\n"
                   "  - entry 0 \"หนึ่ง\"\n"
                   "  - entry 0 \"1.\" \"ก\"\n"
                   "  - entry 1 \"(1)\" \"ข\"\n"
                   "  - entry 1 \"(2)\" \"ค\"\n"
                   "  - entry 0 \"2.\" \"ง\"\n"
                   "  - entry 0 \"จ\"\n");
}

static void
starts_of_sentences_are_no_markers(void **state)
{
    static const char *const lines[] = {
        "86.17 คะแนน",    "10.00 น.",          "2566. ปี",    "ก.พ. เห็นชอบ", "น. สิบโมง",
        "-5 องศา",        "3.1 ล้าน",           "(1 คน)",     "(ITA) คือ",    "*หมายเหตุ",
        "1234) ยาวเกินไป", "พ. ศ. ๒๕๖๖ กล่าวว่า", "1.5.2 ไม่มีข้อ"};
    struct check_case test;

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        case_open(&test);
        case_schema(&test, PLAIN);
        case_report(&test, arena_printf(test.arena, "x: |\n  %s\n", lines[i]));
        assert_str(case_get(&test, "x")->first->marker, "");
        assert_str(case_get(&test, "x")->first->text, lines[i]);
        case_close(&test);
    }
}

static void
numbers_with_points_follow_each_other(void **state)
{
    (void)state;
    assert_entries(PLAIN,
                   "x: |\n  1. หนึ่ง\n  1.1 หนึ่งหนึ่ง\n  1.1.1 ลึก\n  1.2 หนึ่งสอง\n  2. สอง\n"
                   "\n  2.5 ล้าน\n",
                   "list of 6 lines\n"
                   "  - entry 0 \"1.\" \"หนึ่ง\"\n"
                   "  - entry 1 \"1.1\" \"หนึ่งหนึ่ง\"\n"
                   "  - entry 2 \"1.1.1\" \"ลึก\"\n"
                   "  - entry 1 \"1.2\" \"หนึ่งสอง\"\n"
                   "  - entry 0 \"2.\" \"สอง\"\n"
                   "  - entry 0 \"2.5 ล้าน\"\n");
}

static void
deeper_indentation_is_a_deeper_level(void **state)
{
    (void)state;
    assert_entries(PLAIN, "x: |\n  1. a\n    - b\n       (1) c\n    - d\n  2. e\n   - f\n",
                   "list of 6 lines\n"
                   "  - entry 0 \"1.\" \"a\"\n"
                   "  - entry 1 \"-\" \"b\"\n"
                   "  - entry 2 \"(1)\" \"c\"\n"
                   "  - entry 1 \"-\" \"d\"\n"
                   "  - entry 0 \"2.\" \"e\"\n"
                   "  - entry 1 \"-\" \"f\"\n");
}

static void
lists_of_yaml_nest_too(void **state)
{
    (void)state;
    assert_entries(PLAIN, "x:\n  - one\n  - - (1) two\n    - - three\n  - 1. four\n",
                   "list of 4 lines\n"
                   "  - entry 0 \"one\"\n"
                   "  - entry 1 \"(1)\" \"two\"\n"
                   "  - entry 2 \"three\"\n"
                   "  - entry 0 \"1.\" \"four\"\n");
}

static void
a_field_with_a_marker_takes_each_line(void **state)
{
    (void)state;
    assert_entries(DASHED, "x: |\n  one\n  two\n    (1) three\n    four\n\n  • five\n",
                   "list of 5 lines\n"
                   "  - entry 0 \"-\" \"one\"\n"
                   "  - entry 0 \"-\" \"two\"\n"
                   "  - entry 1 \"(1)\" \"three\"\n"
                   "  - entry 1 \"-\" \"four\"\n"
                   "  - entry 0 \"•\" \"five\"\n");
    assert_entries(DASHED, "x: [one, two]\n",
                   "list of 2 lines\n"
                   "  - entry 0 \"-\" \"one\"\n"
                   "  - entry 0 \"-\" \"two\"\n");
}

static void
wrapped_lines_join(void **state)
{
    (void)state;
    assert_entries(PLAIN, "x: |\n  ITA\n  2566\n", "list of 1 lines\n  - entry 0 \"ITA 2566\"\n");
    assert_entries(PLAIN, "x: |\n  1. one\n     two\n  three\n",
                   "list of 2 lines\n"
                   "  - entry 0 \"1.\" \"one two\"\n"
                   "  - entry 0 \"three\"\n");
}

static void
joining_thai_is_told_once(void **state)
{
    struct check_case test;

    (void)state;
    case_apply(&test, PLAIN, "x: |\n  ข้อความ\n  ที่ยาว\n  มาก\n");
    assert_only(&test, FIELD_LINES_JOINED, 3, 0);
    assert_string_equal(diags_at(test.diags, 0)->arg[1], "ข้อความ");
    assert_str(case_get(&test, "x")->first->text, "ข้อความที่ยาวมาก");
    case_close(&test);
}

static void
lines_stay_where_the_schema_keeps_them(void **state)
{
    struct check_case test;

    (void)state;
    case_apply(&test, LINED, "x: |\n  หนึ่ง\n  สอง\n\n  สาม\n");
    assert_good(&test);
    assert_int_equal(case_get(&test, "x")->count, 2);
    assert_str(case_get(&test, "x")->first->text, "หนึ่ง\nสอง");
    case_close(&test);
}

static void
four_levels_are_too_many(void **state)
{
    struct check_case test;

    (void)state;
    case_apply(&test, PLAIN, "x: |\n  - a\n    - b\n      - c\n        - d\n          - e\n");
    assert_only(&test, FIELD_LEVELS, 5, 0);
    case_close(&test);
    case_apply(&test, PLAIN, "x:\n  - - - - a\n");
    assert_int_equal(diags_count(test.diags), 1);
    assert_diag(test.diags, 0, FIELD_LEVELS);
    case_close(&test);
}

static void
a_mapping_in_a_list_is_shown_as_a_block(void **state)
{
    struct check_case test;

    (void)state;
    case_apply(&test, PLAIN, "x:\n  - หนึ่ง\n  - Assessment: ITA\n");
    assert_int_equal(diags_count(test.diags), 1);
    assert_diag(test.diags, 0, FIELD_TEXT_IS_MAP);
    assert_non_null(strstr(diags_at(test.diags, 0)->arg[1], "- |\n  Assessment: ITA"));
    case_close(&test);
    case_apply(&test, PLAIN, "x:\n  a: 1\n");
    assert_diag(test.diags, 0, FIELD_TEXT_IS_MAP);
    case_close(&test);
}

static void
entries_stand_where_their_text_does(void **state)
{
    static const char json[] = "{\"x\": \"ก\\n\\nข\"}";
    struct check_case test;

    (void)state;
    case_apply(&test, PLAIN, "x: |\n  ก\n\n  ข\n");
    const struct value *second = case_get(&test, "x")->first->next;
    assert_int_equal(second->pos.line, 4);
    assert_int_equal(second->pos.column, 0);
    const struct value *report =
        value_read_json(test.arena, test.diags, "report.json", str_of(json));
    test.typed = schema_apply(test.arena, test.diags, test.schema, report, NULL);
    second = case_get(&test, "x")->first->next;
    assert_int_equal(second->pos.line, 1);
    assert_int_equal(second->pos.column, 7);
    case_close(&test);
}

static void
nothing_is_none(void **state)
{
    static const char *const nothing[] = {"x:\n",    "x: -\n",   "x: \"\"\n",   "x: \"  \"\n",
                                          "x: []\n", "x: |\n\n", "x: [\"\"]\n", "y: 1\n"};
    struct check_case test;

    (void)state;
    for (size_t i = 0; i < sizeof nothing / sizeof nothing[0]; i++) {
        case_apply(&test, PLAIN, nothing[i]);
        assert_int_equal(case_get(&test, "x")->kind, VALUE_NONE);
        case_close(&test);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty_lines_part_paragraphs),
        cmocka_unit_test(markers_make_entries),
        cmocka_unit_test(signs_make_entries),
        cmocka_unit_test(other_blanks_indent_too),
        cmocka_unit_test(starts_of_sentences_are_no_markers),
        cmocka_unit_test(numbers_with_points_follow_each_other),
        cmocka_unit_test(deeper_indentation_is_a_deeper_level),
        cmocka_unit_test(lists_of_yaml_nest_too),
        cmocka_unit_test(a_field_with_a_marker_takes_each_line),
        cmocka_unit_test(wrapped_lines_join),
        cmocka_unit_test(joining_thai_is_told_once),
        cmocka_unit_test(lines_stay_where_the_schema_keeps_them),
        cmocka_unit_test(four_levels_are_too_many),
        cmocka_unit_test(a_mapping_in_a_list_is_shown_as_a_block),
        cmocka_unit_test(entries_stand_where_their_text_does),
        cmocka_unit_test(nothing_is_none),
    };

    return cmocka_run_group_tests_name("schema_entries", tests, NULL, NULL);
}
