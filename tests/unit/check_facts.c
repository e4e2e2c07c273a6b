/* Names, persons, dates and the order of items of a report. */
#include "check_case.h"

#include <stdio.h>

#include "base/files.h"
#include "check/inner.h"

static const char schema[] =
    "fields:\n"
    "  ปี: {type: year}\n"
    "  วันที่: {type: date, fiscal: ปี, after: เกณฑ์.ประกาศ}\n"
    "  ชื่อ: {person: yes}\n"
    "  พยาน: {type: list, item: {type: map, fields: {ชื่อ: {person: yes}}}}\n"
    "  ข้อ:\n"
    "    type: keyed\n"
    "    from: เกณฑ์.ข้อ\n"
    "    key: รหัส\n"
    "    value: ผล\n"
    "    complete: yes\n"
    "    fields: {ผล: {}, ชื่อ: {official: ชื่ออื่น}}\n"
    "  เกณฑ์:\n"
    "    type: rubric\n"
    "    file: ปี\n"
    "    fields:\n"
    "      ประกาศ: {type: date}\n"
    "      ข้อ:\n"
    "        type: list\n"
    "        item:\n"
    "          type: map\n"
    "          fields:\n"
    "            รหัส: {unique: yes}\n"
    "            ชื่อ: {official: ชื่ออื่น}\n"
    "            ชื่ออื่น: {type: list, item: {}}\n";

static const char rubric[] =
    "ประกาศ: 2566-08-10\n"
    "ข้อ:\n"
    "  - {รหัส: O1, ชื่อ: แผนดำเนินงานประจำปี, ชื่ออื่น: [แผนการดำเนินงาน, แผน 1 ปี]}\n"
    "  - {รหัส: O2, ชื่อ: โครงสร้าง}\n"
    "  - {รหัส: O3, ชื่อ: ข้อมูลผู้บริหาร}\n";

/* A report that is well typed; test.diags then holds the findings. */
static void
open_facts(struct check_case *test, const char *report)
{
    case_open(test);
    case_schema(test, schema);
    case_rubric(test, rubric);
    case_report(test, report);
    assert_good(test);
    facts_check(test->arena, test->diags, test->schema, test->typed, test->rubric);
}

static void
assert_no_finding(const char *report)
{
    struct check_case test;

    open_facts(&test, report);
    assert_good(&test);
    case_close(&test);
}

static void
names_are_official_or_accepted(void **state)
{
    (void)state;
    assert_no_finding("ข้อ: {O1: {ชื่อ: แผนการดำเนินงาน}, O2: {ชื่อ: โครงสร้าง}, O3: ก}\n");
    assert_no_finding("ข้อ: {O1: {ชื่อ: แผน  ๑ ปี}, O2: ก, O3: ก}\n");
}

static void
other_names_are_told_with_the_nearest(void **state)
{
    struct check_case test;

    (void)state;
    open_facts(&test, "ข้อ:\n  O1: {ชื่อ: แผนการดำเนินการ}\n  O2: ก\n  O3: ก\n");
    assert_only(&test, NAME_OFFICIAL, 2, 14);
    assert_string_equal(diags_at(test.diags, 0)->arg[1], "O1");
    assert_string_equal(diags_at(test.diags, 0)->arg[2], "แผนการดำเนินงาน");
    case_close(&test);
    open_facts(&test, "ข้อ:\n  O1: ก\n  O2: {ชื่อ: แผนการดำเนินงาน}\n  O3: ก\n");
    assert_only(&test, NAME_OFFICIAL, 3, 14);
    assert_string_equal(diags_at(test.diags, 0)->arg[2], "โครงสร้าง");
    case_close(&test);
}

static void
names_of_persons_are_complete(void **state)
{
    static const char *const good[] = {
        "นายสมมติ นามตัวอย่าง",         "นาย สมมติ นามตัวอย่าง",         "นางสาวตัวอย่าง  นามสมมติ",
        "น.ส.ตัวอย่าง นามสมมติ",        "ว่าที่ร้อยตรีสมมติ นามตัวอย่าง",     "ว่าที่ ร.ต.หญิง ตัวอย่าง นามสมมติ",
        "ว่าที่พันตรี ดร.สมมติ นามตัวอย่าง", "พ.ต.อ.สมมติ นามตัวอย่าง",       "ผศ.ดร. สมมติ ณ อยุธยา",
        "จ่าเอกสมมติ นามตัวอย่าง",       "นายแพทย์สมมติ นามตัวอย่าง",      "Mr. John Smith",
        "ม.ล.สมมติ นามตัวอย่าง",        "พันจ่าอากาศเอก สมมติ นามตัวอย่าง"};

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct check_case test;
        char report[200];
        (void)snprintf(report, sizeof report, "ชื่อ: %s\n", good[i]);
        open_facts(&test, report);
        if (diags_count(test.diags) != 0)
            print_message("%s\n", good[i]);
        assert_good(&test);
        case_close(&test);
    }
}

static void
assert_person(const char *name, const char *code)
{
    struct check_case test;
    char report[200];

    (void)snprintf(report, sizeof report, "พยาน:\n  - ชื่อ: \"%s\"\n", name);
    open_facts(&test, report);
    if (diags_count(test.diags) != 1)
        case_print(&test);
    assert_int_equal(diags_count(test.diags), 1);
    assert_string_equal(diag_code_name(diags_at(test.diags, 0)->code), code);
    assert_int_equal(diags_at(test.diags, 0)->pos.line, 2);
    assert_int_equal(diags_at(test.diags, 0)->pos.column, 11);
    assert_string_equal(diags_at(test.diags, 0)->arg[0], name);
    case_close(&test);
}

static void
names_of_persons_that_are_not(void **state)
{
    (void)state;
    assert_person("สมมติ นามตัวอย่าง", "PERSON_TITLE");
    assert_person("นายสมมติ", "PERSON_NAMES");
    assert_person("นาย สมมติ", "PERSON_NAMES");
    assert_person("นาย", "PERSON_NAMES");
    assert_person("ว่าที่ ร.ต.", "PERSON_NAMES");
    assert_person("(นายสมมติ นามตัวอย่าง)", "PERSON_BRACKETS");
    assert_person("( นางสมมติ นามตัวอย่าง )", "PERSON_BRACKETS");
}

static void
dates_within_the_year_and_after_it(void **state)
{
    (void)state;
    assert_no_finding("ปี: 2566\nวันที่: 2566-08-10\n");
    assert_no_finding("ปี: 2566\nวันที่: 2566-08\n");
    assert_no_finding("ปี: 2566\nวันที่: 2570-01-01\n");
}

static void
dates_before_what_they_speak_of(void **state)
{
    struct check_case test;

    (void)state;
    open_facts(&test, "ปี: 2566\nวันที่: 2566-08-09\n");
    assert_only(&test, DATE_BEFORE_RESULTS, 2, 9);
    assert_string_equal(diags_at(test.diags, 0)->arg[1], "10 สิงหาคม 2566");
    case_close(&test);
    open_facts(&test, "ปี: 2566\nวันที่: 2565-10\n");
    assert_only(&test, DATE_BEFORE_RESULTS, 2, 9);
    case_close(&test);
    open_facts(&test, "ปี: 2566\nวันที่: 2565-09-30\n");
    assert_only(&test, DATE_BEFORE_YEAR, 2, 9);
    assert_string_equal(diags_at(test.diags, 0)->arg[2], "1 ตุลาคม 2565");
    assert_int_equal(diags_at(test.diags, 0)->level, DIAG_ERROR);
    case_close(&test);
    open_facts(&test, "ปี: 2566\nวันที่: 2565-09\n");
    assert_diag(test.diags, 0, DATE_BEFORE_YEAR);
    case_close(&test);
}

static void
items_in_the_rubrics_order(void **state)
{
    struct check_case test;

    (void)state;
    assert_no_finding("ข้อ: {O1: ก, O2: ข, O3: ค}\n");
    assert_no_finding("ข้อ: [{รหัส: O1}, {รหัส: O2}, {รหัส: O3}]\n");
    open_facts(&test, "ข้อ:\n  O1: ก\n  O3: ข\n  O2: ค\n");
    assert_only(&test, ITEM_ORDER, 3, 3);
    assert_string_equal(diags_at(test.diags, 0)->arg[0], "O3");
    assert_string_equal(diags_at(test.diags, 0)->arg[1], "O2");
    assert_string_equal(diags_at(test.diags, 0)->arg[2], "ข้อ");
    case_close(&test);
    open_facts(&test, "ข้อ: [{รหัส: O2}, {รหัส: O3}, {รหัส: O1}]\n");
    assert_only(&test, ITEM_ORDER, 1, 14);
    assert_string_equal(diags_at(test.diags, 0)->arg[0], "O2");
    case_close(&test);
}

/* What stands in order is no proof that all is there. */
static void
items_are_there_once_and_known(void **state)
{
    struct check_case test;

    (void)state;
    case_open(&test);
    case_schema(&test, schema);
    case_rubric(&test, rubric);
    case_report(&test, "ข้อ:\n  O1: ก\n  O3: ข\n  o๓: ข\n  O4: ค\n");
    assert_int_equal(diags_count(test.diags), 3);
    assert_diag(test.diags, 0, FIELD_NOT_UNIQUE);
    assert_int_equal(diags_at(test.diags, 0)->pos.line, 4);
    assert_diag(test.diags, 1, FIELD_CODE_NEAR);
    assert_int_equal(diags_at(test.diags, 1)->pos.line, 5);
    assert_diag(test.diags, 2, FIELD_CODE_MISSING);
    assert_string_equal(diags_at(test.diags, 2)->arg[1], "O2");
    case_close(&test);
}

static void
assert_schema_fault(const char *yaml, const char *code, const char *key, const char *name)
{
    struct check_case test;

    case_open(&test);
    case_schema(&test, yaml);
    assert_null(test.schema);
    if (diags_count(test.diags) != 1)
        case_print(&test);
    assert_int_equal(diags_count(test.diags), 1);
    assert_string_equal(diag_code_name(diags_at(test.diags, 0)->code), code);
    assert_string_equal(diags_at(test.diags, 0)->arg[0], key);
    assert_string_equal(diags_at(test.diags, 0)->arg[1], name);
    case_close(&test);
}

static void
attributes_name_what_is_there(void **state)
{
    (void)state;
    assert_schema_fault("fields: {a: {type: date, fiscal: b}, b: {}}\n", "SCHEMA_NO_FIELD",
                        "fiscal", "b");
    assert_schema_fault("fields: {a: {type: date, after: b.c}, b: {}}\n", "SCHEMA_NO_FIELD",
                        "after", "b.c");
    assert_schema_fault("fields: {a: {official: b}}\n", "SCHEMA_NO_FIELD", "official", "b");
    assert_schema_fault("fields: {a: {official: b}, b: {}}\n", "SCHEMA_NO_FIELD", "official", "b");
    assert_schema_fault("fields:\n"
                        "  y: {}\n"
                        "  k: {type: keyed, from: r.l, key: c, fields: {a: {official: b}}}\n"
                        "  r:\n"
                        "    type: rubric\n"
                        "    file: y\n"
                        "    fields:\n"
                        "      l:\n"
                        "        type: list\n"
                        "        item:\n"
                        "          type: map\n"
                        "          fields: {c: {}, b: {type: list, item: {}}}\n",
                        "SCHEMA_NO_FIELD", "official", "a");
}

/* ---- the rubric of 2566 */

static const struct value *
read_file(struct check_case *test, const char *path)
{
    struct str text;

    assert_true(
        files_read(files_system(), test->arena, test->diags, POS_NONE, path, 1 << 20, &text));
    return value_read_yaml(test->arena, test->diags, path, text);
}

static const struct value *
entry_at(const struct value *list, size_t number)
{
    const struct value *entry = list->first;

    while (--number > 0)
        entry = entry->next;
    return entry;
}

static void
assert_names(const struct value *entry, const char *official, const char *other)
{
    const struct value *others = value_get(entry, STR("ชื่ออื่น"));

    assert_str(value_get(entry, STR("ชื่อ"))->text, official);
    assert_int_equal(others->count, 1);
    assert_str(others->first->text, other);
}

/* Where published reports differ from the manual, both names are known. */
static void
the_rubric_of_2566_has_official_and_other_names(void **state)
{
    struct check_case test;

    (void)state;
    case_open(&test);
    test.schema =
        schema_load(test.arena, test.diags, read_file(&test, "templates/ita-report/schema.yaml"));
    test.rubric = rubric_load(test.arena, test.diags, test.schema,
                              read_file(&test, "templates/ita-report/rubric/2566.yaml"));
    assert_good(&test);
    const struct value *items = value_get(test.rubric, STR("รายการ"));
    assert_int_equal(items->count, 43);
    assert_names(entry_at(items, 11), "แผนดำเนินงานและการใช้งบประมาณประจำปี",
                 "แผนดำเนินงานและการใช้จ่ายงบประมาณประจำปี");
    assert_names(entry_at(items, 12),
                 "รายงานการกำกับติดตามการดำเนินงานและการใช้งบประมาณประจำปี รอบ 6 เดือน",
                 "รายงานการกำกับติดตามการดำเนินงานและการใช้จ่ายงบประมาณประจำปี รอบ 6 เดือน");
    assert_names(entry_at(items, 23), "นโยบายหรือแผนการบริหารทรัพยากรบุคคล",
                 "นโยบายการบริหารทรัพยากรบุคคล");
    assert_names(entry_at(items, 24), "การดำเนินการตามนโยบายหรือแผนการบริหารทรัพยากรบุคคล",
                 "การดำเนินการตามนโยบายการบริหารทรัพยากรบุคคล");
    assert_names(entry_at(value_get(test.rubric, STR("ตัวชี้วัด")), 8), "การปรับปรุงระบบการทำงาน",
                 "การปรับปรุงการทำงาน");
    struct date published = value_get(test.rubric, STR("วันประกาศผล"))->date;
    assert_int_equal(published.year * 10000 + published.month * 100 + published.day, 25660810);
    case_close(&test);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_official_or_accepted),
        cmocka_unit_test(other_names_are_told_with_the_nearest),
        cmocka_unit_test(names_of_persons_are_complete),
        cmocka_unit_test(names_of_persons_that_are_not),
        cmocka_unit_test(dates_within_the_year_and_after_it),
        cmocka_unit_test(dates_before_what_they_speak_of),
        cmocka_unit_test(items_in_the_rubrics_order),
        cmocka_unit_test(items_are_there_once_and_known),
        cmocka_unit_test(attributes_name_what_is_there),
        cmocka_unit_test(the_rubric_of_2566_has_official_and_other_names),
    };

    return cmocka_run_group_tests_name("check_facts", tests, NULL, NULL);
}
