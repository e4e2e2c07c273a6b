/* Spreadsheets joined into a report: columns by their titles, rows, what the report says already.
 */
#include "check_case.h"

#include "form/join.h"
#include "sheet/sheet.h"

static const char schema[] =
    "fields:\n"
    "  เรื่อง: {help: ชื่อเรื่อง}\n"
    "  ปี: {type: year}\n"
    "  งาน:\n"
    "    type: list\n"
    "    item:\n"
    "      type: map\n"
    "      fields:\n"
    "        ชื่อ: {required: yes, lines: yes}\n"
    "        ผู้รับผิดชอบ: {required: yes, aliases: [เจ้าของ]}\n"
    "        ผล: {type: paragraphs}\n"
    "        คน:\n"
    "          type: map\n"
    "          fields: {ตำแหน่ง: {}}\n"
    "  คำ: {type: list, item: {}}\n"
    "  ผลประเมิน:\n"
    "    type: map\n"
    "    required: yes\n"
    "    fields:\n"
    "      รวม: {type: decimal, places: 2, required: yes}\n"
    "      ระดับ: {type: enum, choices: {ผ่าน: [ได้]}}\n"
    "      EIT: {type: map, fields: {ส่วนที่ 1: {type: decimal, places: 2}}}\n"
    "      ข้อ:\n"
    "        type: keyed\n"
    "        from: เกณฑ์.ข้อ\n"
    "        key: รหัส\n"
    "        value: คะแนน\n"
    "        complete: yes\n"
    "        required: yes\n"
    "        fields:\n"
    "          คะแนน: {type: decimal, places: 2, required: yes}\n"
    "          หมายเหตุ: {}\n"
    "  ก: {type: map, fields: {ซ้ำ: {type: list, item: {}}}}\n"
    "  ข: {type: map, fields: {ซ้ำ: {type: list, item: {}}}}\n"
    "  เกณฑ์:\n"
    "    type: rubric\n"
    "    file: ปี\n"
    "    fields:\n"
    "      ข้อ:\n"
    "        type: list\n"
    "        item:\n"
    "          type: map\n"
    "          fields: {รหัส: {required: yes, unique: yes}, ชื่อ: {}}\n";

static const struct field *
find(struct check_case *test, const char *key)
{
    struct str path;

    return join_field(test->arena, test->diags, test->schema, str_of(key), POS_NONE, &path);
}

static const struct value *
read_how(struct check_case *test, const char *key, const char *csv, struct join_how how)
{
    const struct field *field = find(test, key);
    const struct sheet *sheet = sheet_read_csv(test->arena, test->diags, "t.csv", str_of(csv));

    assert_non_null(field);
    assert_non_null(sheet);
    return join_read(test->arena, test->diags, field, sheet, how);
}

static const struct value *
read_csv(struct check_case *test, const char *key, const char *csv)
{
    return read_how(test, key, csv, (struct join_how){.partly = false});
}

/* A field out of CSV; the messages are for the test to look at. */
static const struct value *
open_csv(struct check_case *test, const char *key, const char *csv)
{
    case_open(test);
    case_schema(test, schema);
    return read_csv(test, key, csv);
}

static void
titles_are_found_below_other_rows(void **state)
{
    struct check_case test;
    const struct value *list = open_csv(&test, "งาน",
                                        "ตารางงาน,,\n"
                                        ",,\n"
                                        "ชื่อ *,เจ้าของ,คน.ตำแหน่ง\n"
                                        "ก,นาย ก,ปลัด\n"
                                        ",,\n"
                                        "\"ข\nค\",นาย ข,-\n");

    (void)state;
    assert_good(&test);
    assert_string_equal(case_dump(&test, list), "list of 2\n"
                                                "  - map of 3\n"
                                                "    ชื่อ: \"ก\" cell\n"
                                                "    ผู้รับผิดชอบ: \"นาย ก\" cell\n"
                                                "    คน: map of 1\n"
                                                "      ตำแหน่ง: \"ปลัด\" cell\n"
                                                "  - map of 3\n"
                                                "    ชื่อ: \"ข\\nค\" cell\n"
                                                "    ผู้รับผิดชอบ: \"นาย ข\" cell\n"
                                                "    คน: map of 1\n"
                                                "      ตำแหน่ง: none cell\n");
    assert_int_equal(list->first->next->first->pos.line, 6);
    case_close(&test);
}

static void
a_title_may_stand_above_the_others(void **state)
{
    struct check_case test;
    const struct value *list = open_csv(&test, "งาน",
                                        "ชื่อ,ผล\n"
                                        ",,ผู้รับผิดชอบ,คน.ตำแหน่ง,ผล\n"
                                        "ก,x,นาย ก,ปลัด,ดี\n");

    (void)state;
    assert_non_null(list);
    assert_string_equal(value_get(list->first, STR("ชื่อ"))->text.ptr, "ก");
    assert_true(str_is(value_get(list->first, STR("ผล"))->text, "ดี"));
    case_close(&test);
}

static void
what_is_no_field_is_told_and_totals_are_left_out(void **state)
{
    struct check_case test;
    const struct value *list = open_csv(&test, "งาน",
                                        "ชื่อ,ผู้รับผิดชอบ,เบอร์,ผลล,ว่าง\n"
                                        "ก,นาย ก,1,2,\n"
                                        "รวม,,1,2,\n");

    (void)state;
    assert_int_equal(list->count, 1);
    assert_int_equal(diags_count(test.diags), 3);
    assert_diag(test.diags, 0, JOIN_COLUMN_EXTRA);
    assert_diag(test.diags, 1, JOIN_COLUMN_NEAR);
    assert_diag(test.diags, 2, JOIN_TOTAL);
    case_close(&test);
}

static void
columns_must_be_there_once(void **state)
{
    struct check_case test;

    (void)state;
    assert_null(open_csv(&test, "งาน", "ชื่อ,ผล\nก,ข\n"));
    assert_only(&test, JOIN_COLUMN_MISSING, 1, 1);
    case_close(&test);
    assert_null(open_csv(&test, "งาน", "ชื่อ,ผู้รับผิดชอบ,เจ้าของ\nก,ข,ค\n"));
    assert_only(&test, JOIN_COLUMN_TWICE, 1, 19);
    case_close(&test);
    assert_null(open_csv(&test, "งาน", "x,y\nก,ข\n"));
    assert_only(&test, JOIN_NO_TITLES, 0, 0);
    case_close(&test);
    assert_null(open_csv(&test, "ข้อ", "คะแนน\n1\n"));
    assert_only(&test, JOIN_COLUMN_MISSING, 1, 1);
    case_close(&test);
}

/* What is to be read differs from what is written by blanks alone. */
static void
titles_are_read_as_they_are_meant(void **state)
{
    static const char *const titles[] = {
        "ชื่ อ,ผู้รับผิด ชอบ",         "\"ชื่\nอ\",\"ผู้รับ\nผิดชอบ\"", "ชื่อ :,ผู้รับผิดชอบ*",
        "\u00a0ชื่อ,เจ้าของ\u202f", "ชื่อ * :,เจ้า\u00a0ของ",
    };

    (void)state;
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        struct check_case test;
        case_open(&test);
        case_schema(&test, schema);
        const struct value *list =
            read_csv(&test, "งาน", arena_printf(test.arena, "%s\nก,นาย ก\n", titles[i]));
        assert_good(&test);
        assert_non_null(list);
        assert_non_null(value_get(list->first, STR("ผู้รับผิดชอบ")));
        case_close(&test);
    }
}

/* Nothing that stands in the row of an entry is lost without a word. */
static void
cells_without_titles_are_told(void **state)
{
    struct check_case test;

    (void)state;
    (void)open_csv(&test, "งาน", "ชื่อ,ผู้รับผิดชอบ\nก,นาย ก\nข,นาย ข, เพิ่ม,อีก\nค,นาย ค,,\n");
    assert_only(&test, JOIN_ROW_LONGER, 3, 10);
    case_close(&test);
    (void)open_csv(&test, "งาน", "ชื่อ,,ผู้รับผิดชอบ,\nก,,นาย ก,\nข,x,นาย ข,\nค,y,นาย ค,\n");
    assert_only(&test, JOIN_COLUMN_UNTITLED, 3, 3);
    assert_string_equal(diags_at(test.diags, 0)->arg[1], "B");
    case_close(&test);
    /* of one fault a hundred times, twenty are told */
    case_open(&test);
    case_schema(&test, schema);
    struct buf csv = buf_in(test.arena);
    buf_text(&csv, "รหัส,คะแนน\n");
    for (int i = 0; i < 100; i++)
        buf_printf(&csv, "%d,98,16\n", i);
    (void)read_csv(&test, "ข้อ", str_cstr(test.arena, buf_str(&csv)));
    assert_int_equal(diags_count(test.diags), 20);
    case_close(&test);
}

static void
titles_stand_in_one_row_above_all(void **state)
{
    struct check_case test;

    (void)state;
    /* sorted with the titles */
    assert_null(open_csv(&test, "งาน", "ก,นาย ก\nข,นาย ข\nชื่อ,ผู้รับผิดชอบ\nค,นาย ค\n"));
    assert_only(&test, JOIN_ROWS_ABOVE, 1, 1);
    assert_string_equal(diags_at(test.diags, 0)->arg[0], "2");
    case_close(&test);
    assert_null(open_csv(&test, "ข้อ", "O1,80\nรหัส,คะแนน\nO2,90\n"));
    assert_only(&test, JOIN_ROWS_ABOVE, 1, 1);
    case_close(&test);
    /* a title above titles is no entry */
    assert_non_null(open_csv(&test, "งาน", "โครงการ,หน่วยงาน\nชื่อ,ผู้รับผิดชอบ\nค,นาย ค\n"));
    assert_good(&test);
    case_close(&test);
    /* one below the other */
    assert_null(open_csv(&test, "งาน", "ชื่อ,\nผู้รับผิดชอบ,\n"));
    assert_int_equal(diags_count(test.diags), 2);
    assert_diag(test.diags, 0, JOIN_TITLE_ELSEWHERE);
    assert_int_equal(diags_at(test.diags, 0)->pos.line, 2);
    assert_diag(test.diags, 1, JOIN_COLUMN_MISSING);
    case_close(&test);
    /* on each page */
    const struct value *list =
        open_csv(&test, "งาน", "ชื่อ,ผู้รับผิดชอบ\nก,นาย ก\n ชื่อ,ผู้รับผิดชอบ\nข,นาย ข\n");
    assert_only(&test, JOIN_TITLES_AGAIN, 3, 2);
    assert_int_equal(list->count, 2);
    case_close(&test);
}

/* What stands in an office's table beside its entries. */
static void
rows_that_are_no_entries_are_told(void **state)
{
    static const char *const totals[] = {
        "รวม",           "เฉลี่ย",          "คะแนนรวม",  "รวม IIT",       "คะแนนเฉลี่ย IIT",
        "เฉลี่ย IIT",      "ค่าเฉลี่ยรวม",     "รวม:",      "รวมคะแนนทั้งหมด", "รวม (ร้อยละ)",
        "คะแนนรวมทั้งหมด", "รวมทั้งสิ้น",       "ภาพรวม",    "รวม 10 ตัวชี้วัด",  "คะแนนเฉลี่ยถ่วงน้ำหนัก",
        "Grand Total",   "Average score", "ผลรวมทุกข้อ", "รวม\u00a0EIT",
    };
    static const char *const notes[] = {
        "หมายเหตุ : ก",  "หมายเหตุข้อมูล ณ วันนี้", "* ก",     "ที่มา: สำนักงาน",  "ลงชื่อ .......",
        "(ลงชื่อ) นาย ก", "ข้อมูล ณ วันที่ 1",      "Note: x", "\u00a0หมายเหตุ",
    };
    struct check_case test;

    (void)state;
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < (i == 0 ? sizeof totals : sizeof notes) / sizeof totals[0]; j++) {
            const char *text = i == 0 ? totals[j] : notes[j];
            case_open(&test);
            case_schema(&test, schema);
            const struct value *list = read_csv(
                &test, "งาน",
                arena_printf(test.arena, "ชื่อ,ผู้รับผิดชอบ,ผล\n%s,นาย ก,\n\"%s\",,\n", text, text));
            assert_int_equal(diags_count(test.diags), 1);
            if (i == 0)
                assert_diag(test.diags, 0, JOIN_TOTAL);
            else
                assert_diag(test.diags, 0, JOIN_NOTE_ROW);
            assert_int_equal(list->count, 1); /* a whole entry may be called so */
            list = read_csv(&test, "ข้อ",
                            arena_printf(test.arena, "รหัส,คะแนน\nO1,1\n\"%s\",%s\n", text,
                                         i == 0 ? "86.17" : ""));
            assert_int_equal(diags_count(test.diags), 2);
            assert_int_equal(list->count, 1);
            case_close(&test);
        }
    assert_int_equal(open_csv(&test, "ข้อ", "รหัส,คะแนน\nรวมพลัง,1\n")->count, 1);
    assert_good(&test);
    case_close(&test);
}

static void
a_row_of_one_text_is_told_once(void **state)
{
    struct check_case test;
    const struct value *list;

    (void)state;
    list = open_csv(&test, "งาน", "ชื่อ,ผู้รับผิดชอบ,ผล\nก,นาย ก,\n,,ด้านการป้องกัน\nข,นาย ข,\n");
    assert_only(&test, JOIN_ROW_ALONE, 3, 3);
    assert_null(list);
    case_close(&test);
    /* below a signature stands who signs */
    list = open_csv(&test, "งาน", "ชื่อ,ผู้รับผิดชอบ,ผล\nก,นาย ก,\n,ลงชื่อ ....,\n,(นาย ก),\n,ปลัด,\n");
    assert_int_equal(list->count, 1);
    assert_int_equal(diags_count(test.diags), 3);
    assert_int_equal(diags_level_count(test.diags, DIAG_NOTE), 3);
    case_close(&test);
    /* but an entry below a note is one */
    list = open_csv(&test, "งาน", "ชื่อ,ผู้รับผิดชอบ\nหมายเหตุ ก,\nข,\nค,นาย ค\n");
    assert_int_equal(list->count, 2);
    case_close(&test);
}

static void
a_keyed_field_is_named_by_its_codes(void **state)
{
    struct check_case test;
    const struct value *list = open_csv(&test, "ข้อ",
                                        "รหัส,ชื่อ,คะแนน\n"
                                        "O1,หนึ่ง,80\n"
                                        "๒,สอง,90.5\n"
                                        ",รวม,170.5\n");

    (void)state;
    assert_int_equal(diags_count(test.diags), 1);
    assert_diag(test.diags, 0, JOIN_TOTAL);
    assert_string_equal(case_dump(&test, list), "list of 2\n"
                                                "  - map of 2\n"
                                                "    รหัส: \"O1\" cell\n"
                                                "    คะแนน: \"80\" cell\n"
                                                "  - map of 2\n"
                                                "    รหัส: \"๒\" cell\n"
                                                "    คะแนน: \"90.5\" cell\n");
    case_close(&test);
}

static void
a_list_of_texts_is_one_column(void **state)
{
    struct check_case test;
    const struct value *list = open_csv(&test, "คำ", "ที่,คำ\n1,ก\n2,ข\n");

    (void)state;
    assert_string_equal(case_dump(&test, list), "list of 2\n"
                                                "  - \"ก\" cell\n"
                                                "  - \"ข\" cell\n");
    case_close(&test);
}

static void
a_map_is_pairs(void **state)
{
    static const char expected[] = "map of 3\n"
                                   "  รวม: \"86.1\" cell\n"
                                   "  EIT: map of 1\n"
                                   "    ส่วนที่ 1: \"80\" cell\n"
                                   "  ข้อ: map of 2\n"
                                   "    O1: map of 1\n"
                                   "      คะแนน: \"70\" cell\n"
                                   "    O2: map of 1\n"
                                   "      หมายเหตุ: \"ดี\" cell\n";
    struct check_case test;
    const struct value *map = open_csv(&test, "ผลประเมิน",
                                       "ที่,ช่อง,ค่า\n"
                                       "1,รวม,86.1\n"
                                       "2,EIT.ส่วนที่ 1,80\n"
                                       "3,ระดับ,\n"
                                       "4,ข้อ.O1,70\n"
                                       "5,ข้อ.O2.หมายเหตุ,ดี\n");

    (void)state;
    assert_only(&test, JOIN_PAIRS_EXTRA, 1, 1);
    assert_string_equal(case_dump(&test, map), expected);
    case_close(&test);
    map = open_csv(&test, "ผลประเมิน",
                   "ผลการประเมิน ปี 2566\n"
                   "รวม,86.1,คะแนน\n"
                   "EIT.ส่วนที่ 1,80\n"
                   "ข้อ.O1,70\n"
                   "ข้อ.O2.หมายเหตุ,ดี\n");
    assert_only(&test, JOIN_PAIRS_EXTRA, 2, 10);
    assert_string_equal(case_dump(&test, map), expected);
    case_close(&test);
}

static void
names_of_pairs_are_read_as_they_are_meant(void **state)
{
    struct check_case test;
    const struct value *map = open_csv(&test, "ผลประเมิน",
                                       "รายการ,คะแนน\nรวม,86.1\nEIT ส่วนที่ 1,80\n"
                                       "คะแนน EIT ส่วนที่ 1,81\nข้อที่ O1,70\nหมายเหตุ: ก,ข\n");

    (void)state;
    assert_int_equal(diags_count(test.diags), 2);
    assert_diag(test.diags, 0, JOIN_NAME_READ);
    assert_int_equal(diags_at(test.diags, 0)->pos.line, 4);
    assert_diag(test.diags, 1, JOIN_NOTE_ROW);
    assert_string_equal(case_dump(&test, map), "map of 3\n"
                                               "  รวม: \"86.1\" cell\n"
                                               "  EIT: map of 2\n"
                                               "    ส่วนที่ 1: \"80\" cell\n"
                                               "    ส่วนที่ 1: \"81\" cell\n"
                                               "  ข้อ: map of 1\n"
                                               "    ที่ O1: map of 1\n"
                                               "      คะแนน: \"70\" cell\n");
    case_close(&test);
}

static void
pairs_need_names(void **state)
{
    struct check_case test;
    const struct value *map;

    (void)state;
    assert_null(open_csv(&test, "ผลประเมิน", "ช่อง,ค่า\nรวม,86.1\n,80\n"));
    assert_only(&test, JOIN_NO_NAME, 3, 2);
    case_close(&test);
    assert_null(open_csv(&test, "ผลประเมิน", "x,86.1\n"));
    assert_only(&test, JOIN_NO_PAIRS, 0, 0);
    case_close(&test);
    /* what must be filled keeps its place */
    map = open_csv(&test, "ผลประเมิน", "ช่อง,ค่า\nรวม,\nข้อ.O1,\nEIT.ส่วนที่ 1,\nไม่รู้จัก,1\n");
    assert_string_equal(case_dump(&test, map), "map of 3\n"
                                               "  รวม: none\n"
                                               "  ข้อ: map of 1\n"
                                               "    O1: map of 1\n"
                                               "      คะแนน: none\n"
                                               "  ไม่รู้จัก: \"1\" cell\n");
    case_close(&test);
}

static void
fields_are_named_by_name_or_path(void **state)
{
    struct check_case test;
    struct str path;

    (void)state;
    case_open(&test);
    case_schema(&test, schema);
    assert_ptr_equal(find(&test, "ข้อ"), find(&test, "ผลประเมิน.ข้อ"));
    assert_non_null(join_field(test.arena, test.diags, test.schema, STR("ข้อ"), POS_NONE, &path));
    assert_true(str_is(path, "ผลประเมิน.ข้อ"));
    assert_non_null(find(&test, "ก.ซ้ำ"));
    assert_good(&test);
    assert_null(find(&test, "ซ้ำ"));
    assert_null(find(&test, "เรื่อง"));
    assert_null(find(&test, "ผลประเมนิ"));
    assert_null(find(&test, "nonsense"));
    assert_null(find(&test, "ผลประเมิน.nonsense"));
    assert_null(find(&test, "เกณฑ์"));
    assert_diag(test.diags, 0, JOIN_FIELD_TWICE);
    assert_diag(test.diags, 1, JOIN_FIELD_KIND);
    assert_diag(test.diags, 2, JOIN_FIELD_NEAR);
    assert_diag(test.diags, 3, JOIN_FIELD_UNKNOWN);
    assert_diag(test.diags, 4, JOIN_FIELD_UNKNOWN);
    assert_diag(test.diags, 5, JOIN_FIELD_KIND);
    case_close(&test);
}

/* Joins CSV into a report at the path of the key. */
static const struct value *
put(struct check_case *test, const char *yaml, const char *key, const char *csv)
{
    struct str path;

    case_open(test);
    case_schema(test, schema);
    const struct value *report = case_read(test, "report.yaml", yaml);
    (void)join_field(test->arena, test->diags, test->schema, str_of(key), POS_NONE, &path);
    const struct value *value = read_how(test, key, csv, (struct join_how){.partly = true});
    assert_non_null(value);
    return join_put(test->arena, test->diags, test->schema, report, path, value);
}

static void
joined_fields_go_where_they_belong(void **state)
{
    struct check_case test;
    const struct value *report =
        put(&test, "เรื่อง: x\nผลประเมิน: {รวม: 80.00}\n", "ข้อ", "รหัส,คะแนน\nO1,80\n");

    (void)state;
    assert_good(&test);
    assert_string_equal(case_dump(&test, report), "map of 2\n"
                                                  "  เรื่อง: \"x\"\n"
                                                  "  ผลประเมิน: map of 2 flow\n"
                                                  "    รวม: \"80.00\"\n"
                                                  "    ข้อ: list of 1\n"
                                                  "      - map of 2\n"
                                                  "        รหัส: \"O1\" cell\n"
                                                  "        คะแนน: \"80\" cell\n");
    case_close(&test);
    report = put(&test, "เรื่อง: x\nผลประเมิน:\n", "ข้อ", "รหัส,คะแนน\nO1,80\n");
    assert_good(&test);
    assert_non_null(value_get(value_get(report, STR("ผลประเมิน")), STR("ข้อ")));
    case_close(&test);
}

static void
the_same_twice_is_fine(void **state)
{
    struct check_case test;

    (void)state;
    assert_non_null(put(&test, "ผลประเมิน: {รวม: ๘๖.๑๐, ระดับ: ได้, ข้อ: {O1: 80.00, O2: 7.00}}",
                        "ผลประเมิน", "ช่อง,ค่า\nรวม,86.1\nระดับ,ผ่าน\nข้อ.o1,80\n"));
    assert_good(&test);
    case_close(&test);
    const struct value *report = put(&test, "ผลประเมิน: {ข้อ: {O1: 80.00, O2: {หมายเหตุ: ดี}}}", "ข้อ",
                                     "รหัส,คะแนน,หมายเหตุ\nO2,70,ดี\nO1,80,\nO3,60,\n");
    assert_good(&test);
    assert_int_equal(value_get(value_get(report, STR("ผลประเมิน")), STR("ข้อ"))->count, 3);
    case_close(&test);
    report = put(&test, "งาน: [{ชื่อ: ก, เจ้าของ: นาย ก}, {ชื่อ: ข}]", "งาน",
                 "ชื่อ,ผู้รับผิดชอบ\nก,นาย ก\nข,นาย ข\n");
    assert_good(&test);
    assert_true(
        str_is(value_get(value_get(report, STR("งาน"))->last, STR("ผู้รับผิดชอบ"))->text, "นาย ข"));
    case_close(&test);
}

static void
different_values_are_told_with_both_places(void **state)
{
    struct check_case test;

    (void)state;
    assert_null(put(&test, "ผลประเมิน: {ข้อ: {O1: 80.00}}", "ข้อ", "รหัส,คะแนน\nO1,80.5\n"));
    assert_only(&test, JOIN_DIFFERS, 2, 4);
    assert_non_null(strstr(diags_at(test.diags, 0)->arg[2], "report.yaml:1:"));
    case_close(&test);
    assert_null(put(&test, "งาน: [{ชื่อ: ก}]", "งาน", "ชื่อ\nก\nข\n"));
    assert_only(&test, JOIN_COUNT, 1, 1);
    case_close(&test);
    assert_null(put(&test, "คำ: [ก, ข]", "คำ", "คำ\nก\nค\n"));
    assert_only(&test, JOIN_DIFFERS, 1, 1);
    case_close(&test);
}

static void
a_report_is_not_changed_by_joining(void **state)
{
    struct check_case test;
    struct str path;

    (void)state;
    case_open(&test);
    case_schema(&test, schema);
    const struct value *report = case_read(&test, "r.yaml", "ผลประเมิน: {ข้อ: {O1: {คะแนน: 1}}}");
    const char *before = case_dump(&test, report);
    (void)join_field(test.arena, test.diags, test.schema, STR("ข้อ"), POS_NONE, &path);
    const struct value *value = read_csv(&test, "ข้อ", "รหัส,คะแนน,หมายเหตุ\nO1,1,ก\nO2,2,\n");
    assert_non_null(join_put(test.arena, test.diags, test.schema, report, path, value));
    assert_string_equal(case_dump(&test, report), before);
    case_close(&test);
}

static void
lines_of_a_cell_keep_their_depth(void **state)
{
    struct check_case test;
    const struct value *list =
        open_csv(&test, "งาน", "ชื่อ,ผู้รับผิดชอบ,ผล\n ก ,ข,\"\n  - หนึ่ง\n  - สอง\n    - สาม\n\"\n");
    const struct value *report = value_new(test.arena, VALUE_MAP, POS_NONE);

    (void)state;
    assert_str(value_get(list->first, STR("ชื่อ"))->text, "ก");
    assert_str(value_get(list->first, STR("ผล"))->text, "- หนึ่ง\n- สอง\n  - สาม");
    report = join_put(test.arena, test.diags, test.schema, report, STR("งาน"), list);
    const struct value *typed = schema_apply(test.arena, test.diags, test.schema, report, NULL);
    const struct value *entries = value_get(value_get(typed, STR("งาน"))->first, STR("ผล"));
    assert_int_equal(entries->count, 3);
    assert_int_equal(entries->first->level, 0);
    assert_int_equal(entries->first->next->level, 0);
    assert_int_equal(entries->last->level, 1);
    case_close(&test);
}

static void
dates_made_of_texts_are_told(void **state)
{
    struct check_case test;
    const struct sheet *sheet;

    (void)state;
    case_open(&test);
    case_schema(&test, schema);
    sheet = sheet_read_csv(test.arena, test.diags, "t.csv", STR("คำ\n2566-09-29\n"));
    ((struct cell *)sheet_cell(sheet, 1, 0))->kind = CELL_DATE;
    assert_non_null(join_read(test.arena, test.diags, find(&test, "คำ"), sheet,
                              (struct join_how){.partly = false}));
    assert_only(&test, JOIN_CELL_DATE, 2, 1);
    case_close(&test);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(titles_are_found_below_other_rows),
        cmocka_unit_test(a_title_may_stand_above_the_others),
        cmocka_unit_test(what_is_no_field_is_told_and_totals_are_left_out),
        cmocka_unit_test(columns_must_be_there_once),
        cmocka_unit_test(titles_are_read_as_they_are_meant),
        cmocka_unit_test(cells_without_titles_are_told),
        cmocka_unit_test(titles_stand_in_one_row_above_all),
        cmocka_unit_test(rows_that_are_no_entries_are_told),
        cmocka_unit_test(a_row_of_one_text_is_told_once),
        cmocka_unit_test(a_keyed_field_is_named_by_its_codes),
        cmocka_unit_test(a_list_of_texts_is_one_column),
        cmocka_unit_test(a_map_is_pairs),
        cmocka_unit_test(names_of_pairs_are_read_as_they_are_meant),
        cmocka_unit_test(pairs_need_names),
        cmocka_unit_test(fields_are_named_by_name_or_path),
        cmocka_unit_test(joined_fields_go_where_they_belong),
        cmocka_unit_test(the_same_twice_is_fine),
        cmocka_unit_test(different_values_are_told_with_both_places),
        cmocka_unit_test(a_report_is_not_changed_by_joining),
        cmocka_unit_test(lines_of_a_cell_keep_their_depth),
        cmocka_unit_test(dates_made_of_texts_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
