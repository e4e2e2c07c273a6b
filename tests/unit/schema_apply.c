/* Reports typed by a schema: what each type takes, and each fault of a report. */
#include "check_case.h"

#include <stdio.h>
#include <time.h>

static void
assert_value(const char *field, const char *report, const char *expected)
{
    struct check_case test;

    case_open(&test);
    case_schema(&test, arena_printf(test.arena, "fields:\n  x: %s\n", field));
    case_report(&test, report);
    assert_good(&test);
    assert_string_equal(case_dump(&test, case_get(&test, "x")), expected);
    case_close(&test);
}

/* The one message, in line 1 from this column, with this second argument. */
static void
assert_fault(const char *field, const char *report, const char *code, const char *shown)
{
    struct check_case test;

    case_open(&test);
    case_schema(&test, arena_printf(test.arena, "fields:\n  x: %s\n", field));
    case_report(&test, report);
    if (diags_count(test.diags) != 1)
        case_print(&test);
    assert_int_equal(diags_count(test.diags), 1);
    assert_string_equal(diag_code_name(diags_at(test.diags, 0)->code), code);
    assert_int_equal(diags_at(test.diags, 0)->pos.line, 1);
    assert_string_equal(diags_at(test.diags, 0)->arg[0], "x");
    if (shown != NULL)
        assert_string_equal(diags_at(test.diags, 0)->arg[1], shown);
    assert_int_equal(case_get(&test, "x")->kind, VALUE_NONE);
    case_close(&test);
}

static void
text_is_taken_as_written(void **state)
{
    (void)state;
    assert_value("{}", "x:  86.10 \n", "\"86.10\"\n");
    assert_value("{}", "x: no\n", "\"no\"\n");
    assert_value("{name: yes}", "x: 0 4400 0000\n", "\"0 4400 0000\" name\n");
    assert_value("{}", "x: |\n  one line\n", "\"one line\"\n");
}

static void
line_breaks_only_where_allowed(void **state)
{
    struct check_case test;

    (void)state;
    assert_fault("{}", "x: |\n  a\n  b\n", "FIELD_LINE_BREAK", NULL);
    case_apply(&test, "fields:\n  x: {lines: yes}\n", "x: |\n  a  \n\n   b\n");
    assert_good(&test);
    assert_str(case_get(&test, "x")->text, "a\nb");
    case_close(&test);
}

static void
text_that_became_something_else(void **state)
{
    struct check_case test;

    (void)state;
    assert_fault("{}", "x: [a, b]\n", "FIELD_TEXT_IS_LIST", NULL);
    case_apply(&test, "fields:\n  x: {}\n", "x:\n  Assessment: ITA\n");
    assert_only(&test, FIELD_TEXT_IS_MAP, 2, 3);
    assert_non_null(strstr(diags_at(test.diags, 0)->arg[1], "x: |\n  Assessment: ITA"));
    case_close(&test);
}

static void
json_values_are_not_texts(void **state)
{
    struct check_case test;

    (void)state;
    case_open(&test);
    case_schema(&test,
                "fields:\n  a: {}\n  b: {type: bool}\n  c: {type: enum, choices: {ทำ: [true]}}\n");
    const struct value *report = value_read_json(test.arena, test.diags, "r.json",
                                                 STR("{\"a\":true,\"b\":true,\"c\":true}"));
    test.typed = schema_apply(test.arena, test.diags, test.schema, report, NULL);
    assert_int_equal(diags_count(test.diags), 1);
    assert_diag(test.diags, 0, FIELD_NOT_TEXT);
    assert_true(case_get(&test, "b")->boolean);
    assert_str(case_get(&test, "c")->text, "ทำ");
    case_close(&test);
}

static void
numbers(void **state)
{
    (void)state;
    assert_value("{type: decimal}", "x: ๘๖.๑๗\n", "number 86.17 name\n");
    assert_value("{type: decimal, places: 2}", "x: 86.10\n", "number 86.10 name\n");
    assert_value("{type: decimal, places: 2, range: [0, 100]}", "x: 100\n", "number 100.00 name\n");
    assert_value("{type: decimal, unit: คะแนน}", "x: 86.17 คะแนน\n", "number 86.17 name\n");
    assert_value("{type: integer, range: [1, 10]}", "x: ๑๐\n", "number 10 name\n");
    assert_fault("{type: decimal}", "x: 86,17\n", "FIELD_NUMBER_COMMA", "86,17");
    assert_fault("{type: decimal}", "x: 1e3\n", "FIELD_NOT_NUMBER", "1e3");
    assert_fault("{type: decimal}", "x: 86.17 คะแนน\n", "FIELD_NUMBER_WORDS", "86.17 คะแนน");
    assert_fault("{type: decimal}", "x: 86.17%\n", "FIELD_NUMBER_WORDS", "86.17%");
    assert_fault("{type: decimal, places: 2}", "x: 86.175\n", "FIELD_DECIMALS", "86.175");
    assert_fault("{type: decimal, places: 9}", "x: 99999999999\n", "FIELD_NOT_NUMBER",
                 "99999999999");
    assert_fault("{type: decimal, range: [0, 100]}", "x: 100.01\n", "FIELD_RANGE", "100.01");
    assert_fault("{type: decimal, range: [0, 100]}", "x: -0.5\n", "FIELD_RANGE", "-0.5");
    assert_fault("{type: integer}", "x: 1.0\n", "FIELD_NOT_INTEGER", "1.0");
    assert_fault("{type: integer}", "x: [1]\n", "FIELD_NOT_SCALAR", NULL);
}

/* What stands at the ends of a number is no part of it, seen or not; of what is, the message says
 * what to write. */
static void
numbers_as_they_are_pasted(void **state)
{
    static const char *const around[] = {"\u00a0", "\u202f", "\u2009", "\u2007",
                                         "\u3000", "\u2003", "\u205f"};
    static const struct {
        const char *text, *code, *meant;
    } faults[] = {
        {"98,16", "FIELD_NUMBER_COMMA", "98.16"},
        {"๙๘,๑๖", "FIELD_NUMBER_COMMA", "98.16"},
        {"1.234,56", "FIELD_NUMBER_COMMA", "1234.56"},
        {"1,200,50", "FIELD_NOT_NUMBER", ""},
        {"98.16%", "FIELD_NUMBER_WORDS", "98.16"},
        {"ร้อยละ 98.16", "FIELD_NUMBER_WORDS", "98.16"},
        {"98,16\u00a0คะแนน", "FIELD_NUMBER_WORDS", "98.16"},
        {"-5 องศา", "FIELD_NUMBER_WORDS", "-5"},
        {"83.51 (ผ่าน)", "FIELD_NUMBER_WORDS", "83.51"},
        {"98.16*", "FIELD_NUMBER_WORDS", "98.16"},
        {"98.16.", "FIELD_NUMBER_WORDS", "98.16"},
        {"98 .16", "FIELD_NUMBER_INSIDE", "98.16"},
        {"1\u202f234.50", "FIELD_NUMBER_INSIDE", "1234.50"},
        {"83.51 / 100", "FIELD_NOT_NUMBER", ""},
        {"83.51 85.03", "FIELD_NOT_NUMBER", ""},
        {"(83.51)", "FIELD_NOT_NUMBER", ""},
        {".5", "FIELD_NOT_NUMBER", ""},
        {"−5", "FIELD_NOT_NUMBER", ""},
        {"O26", "FIELD_NOT_NUMBER", ""},
        {"3 ปี 5 เดือน", "FIELD_NOT_NUMBER", ""},
    };
    char report[64];

    (void)state;
    for (size_t i = 0; i < sizeof around / sizeof around[0]; i++) {
        (void)snprintf(report, sizeof report, "x: \"%s98.16%s\"\n", around[i], around[i]);
        assert_value("{type: decimal}", report, "number 98.16 name\n");
        (void)snprintf(report, sizeof report, "x: \"98.16%sคะแนน%s\"\n", around[i], around[i]);
        assert_value("{type: decimal, unit: คะแนน}", report, "number 98.16 name\n");
        (void)snprintf(report, sizeof report, "x: \"%s2566-09-29%s\"\n", around[i], around[i]);
        assert_value("{type: date}", report, "date 2566-09-29 name\n");
        (void)snprintf(report, sizeof report, "x: \"ใช่%s\"\n", around[i]);
        assert_value("{type: bool}", report, "true\n");
    }
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        struct check_case test;
        case_open(&test);
        case_schema(&test, "fields:\n  x: {type: decimal}\n");
        (void)snprintf(report, sizeof report, "x: \"%s\"\n", faults[i].text);
        case_report(&test, report);
        assert_int_equal(diags_count(test.diags), 1);
        assert_string_equal(diag_code_name(diags_at(test.diags, 0)->code), faults[i].code);
        assert_string_equal(diags_at(test.diags, 0)->arg[2], faults[i].meant);
        case_close(&test);
    }
}

/* The figure stays, and the warning says how many decimals are expected. */
static void
decimals_may_be_missing(void **state)
{
    const char *schema = "fields:\n  x: {type: decimal, places: 2, range: [0, 100]}\n";
    struct check_case test;
    struct value cell = {.kind = VALUE_TEXT, .flags = VALUE_CELL, .text = STR("86.1")};
    struct value map = {.kind = VALUE_MAP, .count = 1, .first = &cell, .last = &cell};

    (void)state;
    case_apply(&test, schema, "x: ๘๖.๑\n");
    assert_only(&test, FIELD_FEW_DECIMALS, 1, 4);
    assert_string_equal(diags_at(test.diags, 0)->arg[1], "๘๖.๑");
    assert_string_equal(diags_at(test.diags, 0)->arg[2], "2");
    assert_int_equal(case_get(&test, "x")->number.units, 8610);
    case_close(&test);
    case_apply(&test, schema, "x: 86\n");
    assert_only(&test, FIELD_FEW_DECIMALS, 1, 4);
    cell.key = STR("x");
    test.typed = schema_apply(test.arena, test.diags, test.schema, &map, NULL);
    assert_int_equal(diags_count(test.diags), 1);
    assert_int_equal(case_get(&test, "x")->number.units, 8610);
    case_close(&test);
}

static void
commas_between_thousands_stay(void **state)
{
    struct check_case test;

    (void)state;
    case_apply(&test, "fields:\n  x: {type: decimal, places: 2}\n", "x: ๑,๒๓๔.๕๐\n");
    assert_good(&test);
    assert_str(case_get(&test, "x")->text, "1,234.50");
    case_close(&test);
}

static void
dates_months_years(void **state)
{
    (void)state;
    assert_value("{type: date}", "x: ๒๙ กันยายน ๒๕๖๖\n", "date 2566-09-29 name\n");
    assert_value("{type: date}", "x: 2566-09\n", "date 2566-09 name\n");
    assert_value("{type: month}", "x: ก.ย. 66\n", "date 2566-09 name\n");
    assert_value("{type: year}", "x: พ.ศ. ๒๕๖๖\n", "number 2566 name\n");
    assert_fault("{type: date}", "x: เมื่อวาน\n", "FIELD_NOT_DATE", "เมื่อวาน");
    assert_fault("{type: date}", "x: 31 กันยายน 2566\n", "FIELD_NO_SUCH_DATE", "31 กันยายน 2566");
    assert_fault("{type: date}", "x: 2023-09-29\n", "FIELD_WRONG_ERA", "2023-09-29");
    assert_fault("{type: month}", "x: 29 ก.ย. 66\n", "FIELD_NOT_MONTH", "29 ก.ย. 66");
    assert_fault("{type: month}", "x: ก.ย. 2023\n", "FIELD_WRONG_ERA", "ก.ย. 2023");
    assert_fault("{type: year}", "x: 66\n", "FIELD_NOT_YEAR", "66");
    assert_fault("{type: year}", "x: 2023\n", "FIELD_WRONG_ERA", "2023");
    assert_fault("{type: year, range: [2562, 2600]}", "x: 2561\n", "FIELD_RANGE", "2561");
}

static void
yes_and_no(void **state)
{
    (void)state;
    assert_value("{type: bool}", "x: ใช่\n", "true\n");
    assert_value("{type: bool}", "x: YES\n", "true\n");
    assert_value("{type: bool}", "x: ไม่ใช่\n", "false\n");
    assert_fault("{type: bool}", "x: อาจจะ\n", "FIELD_NOT_BOOL", "อาจจะ");
}

static void
choices(void **state)
{
    const char *field = "{type: enum, choices: {ดำเนินการ: [ทำแล้ว, yes], ยังไม่ได้ดำเนินการ: [ยัง]}}";
    struct check_case test;

    (void)state;
    assert_value(field, "x: ดำเนินการ\n", "\"ดำเนินการ\"\n");
    assert_value(field, "x: Yes\n", "\"ดำเนินการ\"\n");
    assert_value(field, "x: ยัง\n", "\"ยังไม่ได้ดำเนินการ\"\n");
    assert_fault(field, "x: ดำเนินกาน\n", "FIELD_CHOICE_NEAR", "ดำเนินกาน");
    assert_fault(field, "x: ครึ่งหนึ่ง\n", "FIELD_NOT_CHOICE", "ครึ่งหนึ่ง");
    case_apply(&test, "fields:\n  x: {type: enum, choices: [ก, ข]}\n", "x: มาก\n");
    assert_string_equal(diags_at(test.diags, 0)->arg[2], "ก, ข");
    case_close(&test);
}

static void
lists(void **state)
{
    (void)state;
    assert_value("{type: list, item: {}}", "x: [a, b]\n", "list of 2\n  - \"a\"\n  - \"b\"\n");
    assert_value("{type: list, item: {}}", "x: |\n  a\n\n  b\n",
                 "list of 2\n  - \"a\"\n  - \"b\"\n");
    assert_value("{type: list, item: {}}", "x: [a, \"\"]\n", "list of 1\n  - \"a\"\n");
}

static void
faults_of_lists(void **state)
{
    struct check_case test;

    (void)state;
    assert_fault("{type: list, item: {type: map, fields: {a: {}}}}", "x: text\n", "FIELD_NOT_LIST",
                 NULL);
    case_apply(&test, "fields:\n  x: {type: list, item: {type: map, fields: {a: {}}}}\n",
               "x:\n  a: 1\n");
    assert_only(&test, FIELD_NOT_LIST, 2, 3);
    case_close(&test);
    case_apply(&test, "fields:\n  x: {type: list, item: {}, count: [2, 3]}\n", "x: [a]\n");
    assert_only(&test, FIELD_TOO_FEW, 1, 4);
    case_close(&test);
    case_apply(&test, "fields:\n  x: {type: list, item: {}, count: [2, 3]}\n", "x: [a, b, c, d]\n");
    assert_only(&test, FIELD_TOO_MANY, 1, 4);
    case_close(&test);
}

static void
unique_fields(void **state)
{
    struct check_case test;

    (void)state;
    case_apply(&test,
               "fields:\n  x:\n    type: list\n    item:\n      type: map\n"
               "      fields: {a: {unique: yes}, b: {}}\n",
               "x:\n  - {a: ๑, b: 1}\n  - {a: 2, b: 1}\n  - {a: 1}\n  - {b: 1}\n  - {b: 1}\n");
    assert_only(&test, FIELD_NOT_UNIQUE, 4, 9);
    assert_int_equal(strncmp(diags_at(test.diags, 0)->arg[2], "in line 2", 9), 0);
    case_close(&test);
}

static void
repeats_are_computed(void **state)
{
    struct check_case test;

    (void)state;
    case_apply(&test,
               "fields:\n  x:\n    type: list\n    item:\n      type: map\n"
               "      fields: {a: {}, again: {type: bool, repeats: a}}\n",
               "x:\n  - a: 1\n  - a: 1\n  - a: 2\n  -\n  - a: 2\n");
    assert_good(&test);
    assert_string_equal(case_dump(&test, case_get(&test, "x")),
                        "list of 4\n"
                        "  - map of 2\n    a: \"1\"\n    again: false\n"
                        "  - map of 2\n    a: \"1\"\n    again: true\n"
                        "  - map of 2\n    a: \"2\"\n    again: false\n"
                        "  - map of 2\n    a: \"2\"\n    again: true\n");
    case_close(&test);
    case_apply(&test,
               "fields:\n  x:\n    type: list\n    item:\n      type: map\n"
               "      fields: {a: {}, again: {type: bool, repeats: a}}\n",
               "x:\n  - again: yes\n");
    assert_only(&test, FIELD_COMPUTED, 2, 5);
    case_close(&test);
}

#define PERSON                                                          \
    "fields:\n"                                                         \
    "  เรื่อง: {required: yes, help: ใจความ}\n" \
    "  โทร: {aliases: [โทรศัพท์]}\n"              \
    "  ลงนาม:\n"                                              \
    "    type: map\n"                                                   \
    "    fields: {ชื่อ: {required: yes}, ฐานะ: {needs: แทน}, แทน: {}}\n"

static void
maps_have_every_field_in_order(void **state)
{
    struct check_case test;

    (void)state;
    case_apply(&test, PERSON, "ลงนาม: {ชื่อ: ก}\nโทรศัพท์: ๑\ntemplate: memo\nยอมรับ: [x]\nเรื่อง: ข\n");
    assert_good(&test);
    assert_string_equal(case_dump(&test, test.typed), "map of 3\n"
                                                      "  เรื่อง: \"ข\"\n"
                                                      "  โทร: \"๑\"\n"
                                                      "  ลงนาม: map of 3\n"
                                                      "    ชื่อ: \"ก\"\n"
                                                      "    ฐานะ: none\n"
                                                      "    แทน: none\n");
    case_close(&test);
}

static void
missing_fields(void **state)
{
    struct check_case test;

    (void)state;
    case_apply(&test, PERSON, "\nโทร: ๑\n");
    assert_only(&test, FIELD_MISSING, 2, 1);
    assert_string_equal(diags_at(test.diags, 0)->arg[0], "เรื่อง");
    assert_string_equal(diags_at(test.diags, 0)->arg[1], "ใจความ");
    case_close(&test);
    case_apply(&test, PERSON, "โทร: ๑\nเรื่อง:\n");
    assert_only(&test, FIELD_MISSING, 2, 1);
    case_close(&test);
    case_apply(&test, PERSON, "เรื่อง: x\nลงนาม: {แทน: x}\n");
    assert_only(&test, FIELD_MISSING, 2, 8);
    case_close(&test);
}

static void
unknown_fields(void **state)
{
    struct check_case test;

    (void)state;
    case_apply(&test, PERSON, "เรื่อง: x\nผู้เขียนบันทึก: y\n");
    assert_only(&test, FIELD_UNKNOWN, 2, 1);
    case_close(&test);
    case_apply(&test, PERSON, "เรื่อง: x\nโทรศัพ: y\n");
    assert_only(&test, FIELD_UNKNOWN_NEAR, 2, 1);
    assert_string_equal(diags_at(test.diags, 0)->arg[1], "โทรศัพท์");
    case_close(&test);
    case_apply(&test, PERSON, "เรื่อง: x\nโทร: 1\nโทรศัพท์: 2\n");
    assert_only(&test, FIELD_TWICE, 3, 1);
    case_close(&test);
}

static void
misplaced_fields(void **state)
{
    struct check_case test;

    (void)state;
    case_apply(&test, PERSON, "เรื่อง: x\nลงนาม:\nชื่อ: y\n");
    assert_only(&test, FIELD_INSIDE, 3, 1);
    assert_string_equal(diags_at(test.diags, 0)->arg[1], "ลงนาม");
    case_close(&test);
    case_apply(&test, PERSON, "เรื่อง: x\nลงนาม:\n  ชื่อ: y\n  โทร: z\n");
    assert_only(&test, FIELD_OUTSIDE, 4, 3);
    assert_string_equal(diags_at(test.diags, 0)->arg[1], "ลงนาม");
    case_close(&test);
}

static void
fields_that_need_each_other(void **state)
{
    struct check_case test;

    (void)state;
    case_apply(&test, PERSON, "เรื่อง: x\nลงนาม:\n  ชื่อ: y\n  ฐานะ: z\n");
    assert_only(&test, FIELD_NEEDS, 4, 3);
    case_close(&test);
}

static void
no_map_where_one_is_meant(void **state)
{
    struct check_case test;

    (void)state;
    case_apply(&test, PERSON, "เรื่อง: x\nลงนาม: นายสมมติ\n");
    assert_only(&test, FIELD_NOT_MAP, 2, 8);
    assert_string_equal(diags_at(test.diags, 0)->arg[1], "ชื่อ, ฐานะ, แทน");
    case_close(&test);
    case_apply(&test, PERSON, "เพียงข้อความ\n");
    assert_int_equal(diags_count(test.diags), 2);
    assert_diag(test.diags, 0, FIELD_NOT_REPORT);
    case_close(&test);
}

static void
hostile_sizes_take_little_time(void **state)
{
    struct arena *arena = arena_new(0);
    struct buf yaml = buf_in(arena);
    struct check_case test;
    clock_t before = clock();

    (void)state;
    for (int i = 0; i < 100000; i++)
        buf_printf(&yaml, "เรื่องที่ไม่มีในแม่แบบ%d: x\n", i);
    case_apply(&test, PERSON, str_cstr(arena, buf_str(&yaml)));
    assert_int_equal(diags_level_count(test.diags, DIAG_ERROR), 100001);
    case_close(&test);
    assert_true(clock() - before < 10 * CLOCKS_PER_SEC);
    arena_free(arena);
}

/* Each hole is told where it stands; a text keeps its words, all else is as if it were absent. */
static void
holes(void **state)
{
    struct check_case test;

    (void)state;
    case_apply(&test, "fields: {a: {type: decimal, required: yes}, b: {type: paragraphs}, c: {}}\n",
               "a: <กรอก>\nb: |  # หมายเหตุ\n  ได้ <กรอก>\n  ระดับ <กรอก>\nc: <กรอก\n");
    assert_int_equal(diags_level_count(test.diags, DIAG_ERROR), 3);
    assert_diag(test.diags, 0, FIELD_HOLE);
    assert_int_equal(diags_at(test.diags, 0)->pos.column, 4);
    assert_int_equal(diags_at(test.diags, 1)->pos.line, 3);
    assert_int_equal(diags_at(test.diags, 1)->pos.column, 7);
    assert_int_equal(diags_at(test.diags, 2)->pos.line, 4);
    assert_int_equal(case_get(&test, "a")->kind, VALUE_NONE);
    assert_int_equal(case_get(&test, "b")->kind, VALUE_LIST);
    case_close(&test);
    case_apply(&test, "fields: {b: {type: paragraphs}, d: {type: list, item: {}}}\n",
               "b: [ก, <กรอก>, [ข <กรอก>]]\nd: <กรอก>\n");
    assert_int_equal(diags_count(test.diags), 3);
    assert_int_equal(diags_at(test.diags, 1)->pos.column, 19);
    case_close(&test);
}

static void
many_holes_take_no_longer(void **state)
{
    struct check_case test;
    struct arena *arena = arena_new(0);
    struct buf yaml = buf_in(arena);

    (void)state;
    buf_text(&yaml, "b: |\n");
    for (int i = 0; i < 50000; i++)
        buf_text(&yaml, "  ได้ <กรอก>\n");
    clock_t begin = clock();
    case_apply(&test, "fields: {b: {type: paragraphs}}\n", str_cstr(arena, buf_str(&yaml)));
    assert_int_equal(diags_level_count(test.diags, DIAG_ERROR), 50000);
    assert_true(clock() - begin < 10 * CLOCKS_PER_SEC);
    case_close(&test);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_taken_as_written),
        cmocka_unit_test(holes),
        cmocka_unit_test(many_holes_take_no_longer),
        cmocka_unit_test(line_breaks_only_where_allowed),
        cmocka_unit_test(text_that_became_something_else),
        cmocka_unit_test(json_values_are_not_texts),
        cmocka_unit_test(numbers),
        cmocka_unit_test(numbers_as_they_are_pasted),
        cmocka_unit_test(decimals_may_be_missing),
        cmocka_unit_test(commas_between_thousands_stay),
        cmocka_unit_test(dates_months_years),
        cmocka_unit_test(yes_and_no),
        cmocka_unit_test(choices),
        cmocka_unit_test(lists),
        cmocka_unit_test(faults_of_lists),
        cmocka_unit_test(unique_fields),
        cmocka_unit_test(repeats_are_computed),
        cmocka_unit_test(maps_have_every_field_in_order),
        cmocka_unit_test(missing_fields),
        cmocka_unit_test(unknown_fields),
        cmocka_unit_test(misplaced_fields),
        cmocka_unit_test(fields_that_need_each_other),
        cmocka_unit_test(no_map_where_one_is_meant),
        cmocka_unit_test(hostile_sizes_take_little_time),
    };

    return cmocka_run_group_tests_name("schema_apply", tests, NULL, NULL);
}
