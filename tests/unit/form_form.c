/* Forms: which sheets a schema gives, and what is written is read again. */
#include "check_case.h"

#include "form/form.h"

static const char schema[] =
    "help: แบบทดสอบ\n"
    "fields:\n"
    "  เรื่อง: {required: yes, lines: yes, help: ชื่อเรื่อง}\n"
    "  ปี: {type: year, required: yes, range: [2560, 2699]}\n"
    "  วันที่: {type: date}\n"
    "  จริง: {type: bool}\n"
    "  เนื้อความ: {type: paragraphs}\n"
    "  คำ: {type: list, item: {}}\n"
    "  คน:\n"
    "    type: map\n"
    "    fields:\n"
    "      ชื่อ: {}\n"
    "      ยศ: {type: enum, choices: {พันเอก: [พ.อ.], พันโท: }}\n"
    "      งาน:\n"
    "        type: list\n"
    "        item: {type: map, fields: {ชื่อ: {required: yes}, ที่: {type: map, fields: {ถนน: {}}}}}\n"
    "  ผล:\n"
    "    type: map\n"
    "    sheet: 'คะแนน/ผล'\n"
    "    fields:\n"
    "      รวม: {type: decimal, places: 2, range: [0, 100]}\n"
    "      ข้อ:\n"
    "        type: keyed\n"
    "        from: เกณฑ์.ข้อ\n"
    "        key: รหัส\n"
    "        value: คะแนน\n"
    "        complete: yes\n"
    "        fields: {คะแนน: {type: decimal, places: 1, required: yes}}\n"
    "  รายการ:\n"
    "    type: keyed\n"
    "    from: เกณฑ์.ข้อ\n"
    "    key: รหัส\n"
    "    fields: {ทำ: {type: bool, required: yes}, ผลงาน: {type: paragraphs, marker: '-'}}\n"
    "  แนวทาง:\n"
    "    type: list\n"
    "    item:\n"
    "      type: map\n"
    "      fields:\n"
    "        ข้อ: {type: reference, from: เกณฑ์.ข้อ, key: รหัส, unique: yes, required: yes}\n"
    "        วิธี: {type: paragraphs}\n"
    "  เกณฑ์:\n"
    "    type: rubric\n"
    "    file: ปี\n"
    "    fields:\n"
    "      ข้อ:\n"
    "        type: list\n"
    "        item:\n"
    "          type: map\n"
    "          fields:\n"
    "            รหัส: {required: yes, unique: yes}\n"
    "            ชื่อ: {required: yes}\n"
    "            สิ่งที่ต้องมี: {type: paragraphs}\n";

static const char rubric[] = "ข้อ:\n"
                             "  - {รหัส: O1, ชื่อ: หนึ่ง, สิ่งที่ต้องมี: '- ก'}\n"
                             "  - {รหัส: O2, ชื่อ: สอง}\n";

static const char report[] = "เรื่อง: |\n"
                             "  =บรรทัดหนึ่ง\n"
                             "  สอง\n"
                             "ปี: ๒๕๖๖\n"
                             "วันที่: 29 กันยายน 2566\n"
                             "จริง: ใช่\n"
                             "เนื้อความ: |\n"
                             "  ย่อหน้าหนึ่ง\n"
                             "\n"
                             "  1. ก\n"
                             "    (1) ข\n"
                             "  2. ค\n"
                             "คำ: [ก, ข]\n"
                             "คน: {ชื่อ: ก, ยศ: พ.อ., งาน: [{ชื่อ: ก, ที่: {ถนน: ข}}, {ชื่อ: ค}]}\n"
                             "ผล: {รวม: 86.10, ข้อ: {O1: 70.0, O2: {คะแนน: 80.5}}}\n"
                             "รายการ:\n"
                             "  O1: {ทำ: ใช่, ผลงาน: [ก, [ข]]}\n"
                             "  O2: {ทำ: ไม่ใช่}\n"
                             "แนวทาง:\n"
                             "  - {ข้อ: O2, วิธี: ก}\n";

static void
open_case(struct check_case *test)
{
    case_open(test);
    case_schema(test, schema);
    assert_non_null(test->schema);
    case_rubric(test, rubric);
    assert_non_null(test->rubric);
}

static const struct workbook *
write_form(struct check_case *test, const char *yaml)
{
    struct form_start start = {.template_name = STR("ทดสอบ"), .rubric = test->rubric};
    struct str bytes;
    size_t holes;

    start.report = case_read(test, "report.yaml", yaml);
    assert_true(form_write(test->arena, test->diags, test->schema, &start, &bytes, &holes));
    return workbook_read_xlsx(test->arena, test->diags, "f.xlsx", bytes);
}

static void
sheets_follow_from_the_schema(void **state)
{
    static const char *const names[] = {"บันทึก", "งาน", "คะแนน-ผล", "รายการ", "แนวทาง", "ยอมรับ"};
    struct check_case test;

    (void)state;
    open_case(&test);
    struct form form = form_of(test.arena, test.schema);
    assert_int_equal(form.count, 6);
    for (size_t i = 0; i < form.count; i++)
        assert_str(form.sheets[i].name, names[i]);
    assert_str(form.sheets[1].path, "คน.งาน");
    assert_str(form.sheets[5].field->name, "ยอมรับ");
    assert_str(form.sheets[5].field->item->fields[0].name, "รหัส");
    case_close(&test);
}

static void
what_is_written_is_read_again(void **state)
{
    struct check_case test;
    struct str name;
    struct pos pos;

    (void)state;
    open_case(&test);
    const struct workbook *workbook = write_form(&test, report);
    assert_non_null(workbook);
    assert_true(form_template(test.diags, workbook, "f.xlsx", &name, &pos));
    assert_str(name, "ทดสอบ");
    const struct value *read = form_read(test.arena, test.diags, test.schema, workbook, "f.xlsx");
    assert_non_null(read);
    assert_good(&test);
    const struct value *again =
        schema_apply(test.arena, test.diags, test.schema, read, test.rubric);
    case_report(&test, report);
    assert_good(&test);
    assert_string_equal(case_dump(&test, again), case_dump(&test, test.typed));
    case_close(&test);
}

static void
a_new_form_has_the_rubric_in_it(void **state)
{
    struct check_case test;

    (void)state;
    open_case(&test);
    const struct workbook *workbook = write_form(&test, "ปี: 2566\n");
    const struct sheet *items = case_sheet(workbook, "รายการ"),
                       *ways = case_sheet(workbook, "แนวทาง");
    const struct sheet *scores = case_sheet(workbook, "คะแนน-ผล");
    assert_str(sheet_cell(items, 3, 0)->text, "O1");
    assert_str(sheet_cell(items, 3, 1)->text, "หนึ่ง");
    assert_str(sheet_cell(items, 3, 4)->text, "- ก");
    assert_str(sheet_cell(ways, 4, 0)->text, "O2");
    assert_str(sheet_cell(ways, 4, 1)->text, "สอง");
    assert_str(sheet_cell(scores, 3, 0)->text, "ข้อ.O1");
    assert_str(sheet_cell(scores, 3, 2)->text, "หนึ่ง");
    /* and nothing was filled in yet */
    const struct value *read = form_read(test.arena, test.diags, test.schema, workbook, "f.xlsx");
    assert_null(value_get(read, STR("แนวทาง")));
    assert_null(value_get(read, STR("รายการ")));
    case_close(&test);
}

static void
rows_that_were_moved_are_told(void **state)
{
    struct check_case test;

    (void)state;
    open_case(&test);
    const struct workbook *workbook = write_form(&test, report);
    const struct sheet *ways = case_sheet(workbook, "แนวทาง");
    form_compare(test.arena, test.diags, test.schema, workbook, test.rubric);
    assert_good(&test);
    ((struct cell *)sheet_cell(ways, 3, 0))->text = STR("O1");
    form_compare(test.arena, test.diags, test.schema, workbook, test.rubric);
    assert_only(&test, JOIN_OFFICIAL, 0, 0);
    assert_string_equal(diags_at(test.diags, 0)->pos.file, "f.xlsx#แนวทาง!B4");
    case_close(&test);
}

static void
long_names_of_sheets_are_cut_and_told_apart(void **state)
{
    struct check_case test;

    (void)state;
    case_open(&test);
    case_schema(
        &test,
        "fields:\n"
        "  รายการที่มีชื่อยาวมากเกินกว่าสามสิบเอ็ดตัวหนึ่ง: {type: list, item: {type: map, fields: {ก: {}}}}\n"
        "  รายการที่มีชื่อยาวมากเกินกว่าสามสิบเอ็ดตัวสอง: {type: list, item: {type: map, fields: {ก: "
        "{}}}}\n"
        "  a: {type: list, sheet: 1 สองสามสี่ห้าหกเจ็ด, item: {type: map, fields: {ก: {}}}}\n"
        "  b: {type: list, sheet: 1 สองสามสี่ห้าหกเจ็ด, item: {type: map, fields: {ก: {}}}}\n");
    struct form form = form_of(test.arena, test.schema);
    assert_int_equal(form.count, 6);
    assert_str(form.sheets[1].name, "รายการที่มีชื่อยาวมากเกินกว่าสา");
    assert_str(form.sheets[2].name, "รายการที่มีชื่อยาวมากเกินกว 2");
    assert_str(form.sheets[4].name, "1 สองสามสี่ห้าหกเจ็ด 2");
    struct form_start start = {.template_name = STR("x"), .report = case_read(&test, "r", "{}")};
    struct str bytes;
    size_t holes;
    assert_true(form_write(test.arena, test.diags, test.schema, &start, &bytes, &holes));
    case_close(&test);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(sheets_follow_from_the_schema),
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(a_new_form_has_the_rubric_in_it),
        cmocka_unit_test(rows_that_were_moved_are_told),
        cmocka_unit_test(long_names_of_sheets_are_cut_and_told_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
