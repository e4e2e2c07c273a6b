/* Rubrics as workbooks: which sheets a schema gives, and what is written is read again. */
#include "check_case.h"

#include "check/canonical.h"
#include "form/form.h"
#include "form/rubric.h"

static const char schema[] =
    "fields:\n"
    "  ปี: {type: year}\n"
    "  ข้อ: {type: keyed, from: เกณฑ์.ข้อ, key: รหัส, fields: {ผล: {}}}\n"
    "  เกณฑ์:\n"
    "    type: rubric\n"
    "    file: ปี\n"
    "    help: เกณฑ์ของปี\n"
    "    fields:\n"
    "      ชื่อ: {required: yes, help: ชื่อเต็ม}\n"
    "      ปี: {type: year, required: yes, yearly: yes}\n"
    "      วันที่: {type: date, yearly: drop}\n"
    "      ยืนยันแล้ว: {type: bool, yearly: yes}\n"
    "      คำ: {type: list, item: {}}\n"
    "      ด้าน:\n"
    "        type: list\n"
    "        required: yes\n"
    "        help: ด้านที่ประเมิน\n"
    "        item:\n"
    "          type: map\n"
    "          fields:\n"
    "            รหัส: {required: yes, unique: yes}\n"
    "            ชื่อ: {required: yes}\n"
    "            น้ำหนัก: {type: decimal, range: [0, 100]}\n"
    "            แบบ: {type: enum, choices: {วัด: [measure], ตรวจ: }}\n"
    "            ที่มา: {type: map, fields: {แน่ใจ: {type: enum, choices: [ใช่, ไม่]}, จาก: {}}}\n"
    "            ส่วน:\n"
    "              type: list\n"
    "              item:\n"
    "                type: map\n"
    "                fields:\n"
    "                  ลำดับ: {type: integer, required: yes, unique: yes}\n"
    "                  ชื่อ: {required: yes}\n"
    "                  คำถาม:\n"
    "                    type: list\n"
    "                    item: {type: map, fields: {ถาม: {required: yes, lines: yes}}}\n"
    "      กลุ่ม:\n"
    "        type: list\n"
    "        item:\n"
    "          type: map\n"
    "          fields:\n"
    "            ด้าน: {type: reference, from: เกณฑ์.ด้าน, key: รหัส}\n"
    "            ชื่อ: {required: yes}\n"
    "            ต่อ: {type: bool, repeats: ชื่อ}\n"
    "            ข้อ: {type: list, item: {type: reference, from: ข้อ, key: รหัส}}\n"
    "      ข้อ:\n"
    "        type: list\n"
    "        item:\n"
    "          type: map\n"
    "          fields:\n"
    "            รหัส: {required: yes, unique: yes}\n"
    "            ชื่อ: {required: yes}\n"
    "            สิ่งที่ต้องมี: {type: paragraphs, marker: '-'}\n"
    "      แบบเดิม:\n"
    "        type: map\n"
    "        fields:\n"
    "          ถึงปี: {type: year, required: yes}\n"
    "          ระดับ: {type: list, required: yes, item: {type: map, fields: {ชื่อ: {required: "
    "yes}}}}\n";

static const char rubric[] = "ใช้กับ: [ทดสอบ, อื่น]\n"
                             "ชื่อ: =เกณฑ์ทดสอบ\n"
                             "ปี: ๒๕๖๘\n"
                             "วันที่: 15 สิงหาคม 2568\n"
                             "ยืนยันแล้ว: yes\n"
                             "คำ: [ก ข, 'ค, ง']\n"
                             "ด้าน:\n"
                             "  - รหัส: A\n"
                             "    ชื่อ: ด้านแรก\n"
                             "    น้ำหนัก: 62.50\n"
                             "    แบบ: measure\n"
                             "    ที่มา: {แน่ใจ: ใช่, จาก: คู่มือ}\n"
                             "    ส่วน:\n"
                             "      - {ลำดับ: 1, ชื่อ: หนึ่ง, คำถาม: [{ถาม: ก}, {ถาม: \"ข\\nค\"}]}\n"
                             "      - {ลำดับ: 2, ชื่อ: สอง}\n"
                             "  - รหัส: '9.1'\n"
                             "    ชื่อ: ด้านที่สอง\n"
                             "    น้ำหนัก: 37.505\n"
                             "    ส่วน: [{ลำดับ: 1, ชื่อ: สาม, คำถาม: [{ถาม: ง}]}]\n"
                             "กลุ่ม:\n"
                             "  - {ด้าน: A, ชื่อ: กลุ่มหนึ่ง, ข้อ: [O1, O2]}\n"
                             "  - {ด้าน: '9.1', ชื่อ: กลุ่มหนึ่ง, ข้อ: [O3]}\n"
                             "ข้อ:\n"
                             "  - รหัส: O1\n"
                             "    ชื่อ: โครงสร้าง\n"
                             "    สิ่งที่ต้องมี: |\n"
                             "      แผนผัง\n"
                             "        - ลึกกว่า\n"
                             "      รายชื่อ\n"
                             "  - {รหัส: O2, ชื่อ: ข้อมูล}\n"
                             "  - {รหัส: O3, ชื่อ: แผน, สิ่งที่ต้องมี: [ก, [ข]]}\n"
                             "แบบเดิม: {ถึงปี: 2565, ระดับ: [{ชื่อ: AA}, {ชื่อ: A}]}\n";

static void
open_case(struct check_case *test)
{
    case_open(test);
    case_schema(test, schema);
    assert_non_null(test->schema);
}

static const struct workbook *
write_rubric(struct check_case *test, const struct form_rubric_start *start)
{
    struct str bytes;

    assert_true(form_write_rubric(test->arena, test->diags, test->schema, start, &bytes));
    return workbook_read_xlsx(test->arena, test->diags, "r.xlsx", bytes);
}

static const char *
canonical(struct check_case *test, const struct value *file)
{
    struct buf out = buf_in(test->arena);

    assert_non_null(file);
    const struct value *typed = rubric_load(test->arena, test->diags, test->schema, file);
    assert_non_null(typed);
    canonical_write_rubric(test->arena, test->schema, file, typed, &out);
    return str_cstr(test->arena, buf_str(&out));
}

/* The workbook is the rubric `file`, and nothing is told of it. */
static void
assert_read_again(struct check_case *test, const struct workbook *workbook,
                  const struct value *file)
{
    const struct value *read =
        form_read_rubric(test->arena, test->diags, test->schema, workbook, "r.xlsx");

    assert_string_equal(canonical(test, read), canonical(test, file));
    assert_good(test);
}

static void
what_is_written_is_read_again(void **state)
{
    struct check_case test;

    (void)state;
    open_case(&test);
    const struct value *file = case_read(&test, "2568.yaml", rubric);
    const struct form_rubric_start start = {.rubric = file};
    const struct workbook *workbook = write_rubric(&test, &start);
    assert_good(&test);
    assert_true(form_is_rubric(workbook));
    assert_read_again(&test, workbook, file);
    case_close(&test);
}

/* What may be left out stays left out, though its sheets are there. */
static void
what_is_left_out_is_not_made(void **state)
{
    struct check_case test;

    (void)state;
    open_case(&test);
    const struct value *file =
        case_read(&test, "2568.yaml", "ชื่อ: ก\nปี: 2568\nด้าน: [{รหัส: A, ชื่อ: ข}]\n");
    const struct form_rubric_start start = {.rubric = file, .template_name = STR("ทดสอบ")};
    const struct workbook *workbook = write_rubric(&test, &start);
    const struct value *read =
        form_read_rubric(test.arena, test.diags, test.schema, workbook, "r.xlsx");
    (void)canonical(&test, read);
    assert_null(value_get(read, STR("แบบเดิม")));
    assert_null(value_get(read, STR("กลุ่ม")));
    assert_good(&test);
    case_close(&test);
}

static void
sheets_follow_from_the_schema(void **state)
{
    static const char *const names[] = {"เกณฑ์", "ด้าน", "ด้าน - ส่วน",    "ด้าน - ส่วน - คำถาม",
                                        "กลุ่ม",  "ข้อ",  "แบบเดิม - ระดับ"};
    struct check_case test;

    (void)state;
    open_case(&test);
    const struct form_rubric_start start = {.rubric = case_read(&test, "2568.yaml", rubric)};
    const struct workbook *workbook = write_rubric(&test, &start);
    assert_int_equal(workbook->count, 7);
    for (size_t i = 0; i < 7; i++)
        assert_str(workbook->sheets[i]->name, names[i]);
    /* a list inside an entry says whose it is, the outermost first */
    const struct sheet *asked = case_sheet(workbook, "ด้าน - ส่วน - คำถาม");
    assert_str(sheet_cell(asked, 2, 0)->text, "รหัสของด้าน");
    assert_str(sheet_cell(asked, 2, 1)->text, "ลำดับของส่วน");
    assert_str(sheet_cell(asked, 5, 0)->text, "9.1");
    assert_str(sheet_cell(asked, 5, 1)->text, "1");
    assert_str(sheet_cell(asked, 5, 2)->text, "ง");
    /* nested maps are columns, codes a line */
    assert_str(sheet_cell(case_sheet(workbook, "ด้าน"), 2, 4)->text, "ที่มา.แน่ใจ");
    assert_str(sheet_cell(case_sheet(workbook, "กลุ่ม"), 3, 2)->text, "O1, O2");
    case_close(&test);
}

/* The column of a title in the row of titles. */
static size_t
column_of(const struct sheet *sheet, const char *title)
{
    for (size_t i = 0; i < sheet->columns; i++)
        if (sheet_cell(sheet, 2, i) != NULL && str_is(sheet_cell(sheet, 2, i)->text, title))
            return i;
    fail_msg("no column %s", title);
    return 0;
}

static void
another_year_stands_beside_it_and_is_not_read(void **state)
{
    struct check_case test;

    (void)state;
    open_case(&test);
    const struct value *last = case_read(&test, "2567.yaml",
                                         "ชื่อ: เดิม\nปี: 2567\nคำ: [ก]\n"
                                         "ด้าน: [{รหัส: A, ชื่อ: ก่อน, น้ำหนัก: 100}]\n"
                                         "ข้อ: [{รหัส: O2, ชื่อ: ข้อมูลเดิม}]\n");
    const struct value *file = case_read(&test, "2568.yaml", rubric);
    const struct form_rubric_start start = {.rubric = file, .last = last, .last_year = 2567};
    const struct workbook *workbook = write_rubric(&test, &start);
    const struct sheet *items = case_sheet(workbook, "ข้อ"), *sides = case_sheet(workbook, "ด้าน");
    size_t beside = column_of(items, "ชื่อ (เดิม ปี 2567)");
    assert_null(sheet_cell(items, 3, beside));
    assert_str(sheet_cell(items, 4, beside)->text, "ข้อมูลเดิม");
    assert_str(sheet_cell(sides, 3, column_of(sides, "น้ำหนัก (เดิม ปี 2567)"))->text, "100");
    assert_read_again(&test, workbook, file);
    case_close(&test);
}

static void
a_rubric_is_told_from_a_form(void **state)
{
    struct check_case test;
    struct str bytes;
    size_t holes;

    (void)state;
    open_case(&test);
    const struct form_start start = {.template_name = STR("ทดสอบ"),
                                     .report = case_read(&test, "r.yaml", "ปี: 2568\n")};
    assert_true(form_write(test.arena, test.diags, test.schema, &start, &bytes, &holes));
    const struct workbook *form = workbook_read_xlsx(test.arena, test.diags, "f.xlsx", bytes);
    assert_false(form_is_rubric(form));
    const struct form_rubric_start own = {.rubric = case_read(&test, "r.yaml", "ปี: 2568\n"),
                                          .template_name = STR("ทดสอบ")};
    const struct workbook *workbook = write_rubric(&test, &own);
    assert_true(form_is_rubric(workbook));
    const struct value *names = form_rubric_names(test.arena, test.diags, workbook, "r.xlsx");
    assert_str(value_get(names, STR(SCHEMA_RUBRIC_KEY))->text, "ทดสอบ");
    case_close(&test);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(what_is_left_out_is_not_made),
        cmocka_unit_test(sheets_follow_from_the_schema),
        cmocka_unit_test(another_year_stands_beside_it_and_is_not_read),
        cmocka_unit_test(a_rubric_is_told_from_a_form),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
