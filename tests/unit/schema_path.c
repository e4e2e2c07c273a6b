/* Paths of data, found by the places of messages. */
#include "check_case.h"

#include "schema/path.h"

#define SCHEMA                                                                                                                                                              \
    "fields:\n"                                                                                                                                                             \
    "  โทร: {aliases: [โทรศัพท์]}\n"                                                                                                                  \
    "  เนื้อความ: {type: paragraphs}\n"                                                                                                                   \
    "  ผล: {type: map, fields: {IIT: {}, EIT: {type: map, fields: {ส่วนที่ 1: {}}}}}\n"                                                                   \
    "  ความเห็น: {type: list, item: {type: map, fields: {หัวข้อ: {}, ชื่อ: {}}}}\n"                                                     \
    "  คะแนน: {type: keyed, from: เกณฑ์.ข้อ, key: รหัส, value: คะแนน, fields: {คะแนน: {}, หมายเหตุ: " \
    "{}}}\n"                                                                                                                                                                \
    "  เกณฑ์:\n"                                                                                                                                                  \
    "    type: rubric\n"                                                                                                                                                    \
    "    file: โทร\n"                                                                                                                                                 \
    "    fields: {ข้อ: {type: list, item: {type: map, fields: {รหัส: {}}}}}\n"

/* The path at a place in a report, with the name that the message gives first. */
static void
expect_about(const char *report, const char *file, unsigned line, unsigned column,
             const char *about, const char *path)
{
    struct check_case test;

    case_open(&test);
    case_schema(&test, SCHEMA);
    assert_non_null(test.schema);
    struct value *value = value_read(test.arena, test.diags, file, str_of(report));
    struct diag diag = {.pos = {file, line, column}, .arg = {about, NULL, NULL}};
    const char *found = path_of(test.arena, test.schema, value, &diag);
    if (path == NULL)
        assert_null(found);
    else
        assert_string_equal(found == NULL ? "nothing" : found, path);
    case_close(&test);
}

static void
expect(const char *report, unsigned line, unsigned column, const char *path)
{
    expect_about(report, "report.yaml", line, column, NULL, path);
}

static void
paths_name_fields(void **state)
{
    static const char report[] = "ผล:\n"
                                 "  IIT: 89.49\n"
                                 "  EIT:\n"
                                 "    ส่วนที่ 1: 83.76\n"
                                 "โทรศัพท์: 1\n"
                                 "อื่น: x\n";

    (void)state;
    expect(report, 2, 8, "ผล.IIT");
    expect(report, 2, 3, "ผล"); /* where the map begins */
    expect_about(report, "report.yaml", 2, 3, "IIT", "ผล.IIT");
    expect(report, 3, 3, "ผล.EIT");
    expect(report, 4, 16, "ผล.EIT.ส่วนที่ 1");
    expect(report, 5, 11, "โทร");
    expect(report, 6, 1, "อื่น");
    expect(report, 1, 1, NULL); /* the report as a whole */
    expect_about(report, "report.yaml", 1, 1, "ผล", "ผล");
    expect_about("{\"ผล\": {\"IIT\": \"1\"}}", "report.json", 1, 16, NULL, "ผล.IIT");
}

static void
entries_of_lists_count_from_one(void **state)
{
    static const char report[] = "ความเห็น:\n"
                                 "  - หัวข้อ: ก\n"
                                 "    ชื่อ: ข\n"
                                 "  - หัวข้อ: ค\n"
                                 "    ชื่อ: ง\n";

    (void)state;
    expect(report, 3, 11, "ความเห็น[1].ชื่อ");
    expect(report, 4, 5, "ความเห็น[2]");
    expect_about(report, "report.yaml", 4, 5, "หัวข้อ", "ความเห็น[2].หัวข้อ");
    expect(report, 5, 5, "ความเห็น[2].ชื่อ");
}

static void
codes_name_entries(void **state)
{
    (void)state;
    expect("คะแนน:\n  1: 86.10\n", 2, 6, "คะแนน.1");
    expect("คะแนน:\n  1:\n    คะแนน: 86.10\n", 3, 12, "คะแนน.1");
    expect("คะแนน:\n  1:\n    หมายเหตุ: ก\n", 3, 15, "คะแนน.1.หมายเหตุ");
    expect("คะแนน:\n  - รหัส: 1\n    คะแนน: 86.10\n", 3, 12, "คะแนน.1");
    expect("คะแนน:\n  - คะแนน: 86.10\n", 2, 12, "คะแนน[1]");
}

static void
places_inside_of_a_text_count(void **state)
{
    static const char report[] = "โทร: 1\n"
                                 "เนื้อความ: |\n"
                                 "  ก\n"
                                 "\n"
                                 "  ข\n"
                                 "# ค\n"
                                 "ผล: {IIT: 1}\n";

    (void)state;
    expect(report, 5, 0, "เนื้อความ");
    expect(report, 5, 3, "เนื้อความ");
    expect(report, 7, 11, "ผล.IIT");
    expect("เนื้อความ:\n  - ก\n  - - ข\n", 3, 7, "เนื้อความ[2][1]");
}

static void
other_files_have_no_path(void **state)
{
    struct check_case test;
    struct diag diag = {.pos = {"2566.yaml", 1, 8}, .arg = {NULL, NULL, NULL}};

    (void)state;
    case_open(&test);
    const struct value *report = case_read(&test, "report.yaml", "โทร: 1\n");
    assert_null(path_of(test.arena, NULL, report, &diag));
    diag.pos = (struct pos){"report.yaml", 1, 6};
    assert_string_equal(path_of(test.arena, NULL, report, &diag), "โทร");
    diag.pos = POS_NONE;
    assert_null(path_of(test.arena, NULL, report, &diag));
    assert_null(path_of(test.arena, NULL, NULL, &diag));
    case_close(&test);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_name_fields),
        cmocka_unit_test(entries_of_lists_count_from_one),
        cmocka_unit_test(codes_name_entries),
        cmocka_unit_test(places_inside_of_a_text_count),
        cmocka_unit_test(other_files_have_no_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
