/* The rubric of a year, and reports typed with it. */
#include "check_case.h"

/* Two instruments, three indicators, three items in two groups. */
#define SCHEMA                                                                                                                                                                               \
    "fields:\n"                                                                                                                                                                              \
    "  ปี: {type: year, required: yes, help: ปีงบประมาณ}\n"                                                                                                          \
    "  คะแนน:\n"                                                                                                                                                                   \
    "    type: keyed\n"                                                                                                                                                                      \
    "    from: เกณฑ์.ตัวชี้วัด\n"                                                                                                                                \
    "    key: ลำดับ\n"                                                                                                                                                             \
    "    value: คะแนน\n"                                                                                                                                                           \
    "    fields: {คะแนน: {type: decimal, places: 2, required: yes}}\n"                                                                                                             \
    "  ผล: {type: map, fields: {รวม: {type: decimal}, IN: {type: decimal}, OUT: {type: "                                                                                           \
    "decimal}}}\n"                                                                                                                                                                           \
    "  แนวทาง:\n"                                                                                                                                                                \
    "    type: list\n"                                                                                                                                                                       \
    "    item:\n"                                                                                                                                                                            \
    "      type: map\n"                                                                                                                                                                      \
    "      fields: {ตัวชี้วัด: {type: reference, from: เกณฑ์.ตัวชี้วัด, key: ลำดับ, unique: yes}}\n"                                 \
    "  รายการ:\n"                                                                                                                                                                \
    "    type: keyed\n"                                                                                                                                                                      \
    "    from: เกณฑ์.รายการ\n"                                                                                                                                         \
    "    key: รหัส\n"                                                                                                                                                                \
    "    complete: yes\n"                                                                                                                                                                    \
    "    fields: {ชื่อ: {}, สถานะ: {required: yes}}\n"                                                                                                                     \
    "  เกณฑ์:\n"                                                                                                                                                                   \
    "    type: rubric\n"                                                                                                                                                                     \
    "    file: ปี\n"                                                                                                                                                                     \
    "    help: เกณฑ์ของปี\n"                                                                                                                                             \
    "    fields:\n"                                                                                                                                                                          \
    "      ปี: {type: year}\n"                                                                                                                                                           \
    "      ยืนยันแล้ว: {type: bool}\n"                                                                                                                                   \
    "      เครื่องมือ:\n"                                                                                                                                                \
    "        type: list\n"                                                                                                                                                                   \
    "        item:\n"                                                                                                                                                                        \
    "          type: map\n"                                                                                                                                                                  \
    "          fields: {รหัส: {required: yes, unique: yes}, น้ำหนัก: {type: decimal}}\n"                                                                               \
    "      ตัวชี้วัด:\n"                                                                                                                                                   \
    "        type: list\n"                                                                                                                                                                   \
    "        item:\n"                                                                                                                                                                        \
    "          type: map\n"                                                                                                                                                                  \
    "          fields:\n"                                                                                                                                                                    \
    "            ลำดับ: {type: integer, unique: yes}\n"                                                                                                                            \
    "            ชื่อ: {}\n"                                                                                                                                                         \
    "            เครื่องมือ: {type: reference, from: เกณฑ์.เครื่องมือ, key: รหัส}\n"                                               \
    "      กลุ่ม:\n"                                                                                                                                                               \
    "        type: list\n"                                                                                                                                                                   \
    "        item:\n"                                                                                                                                                                        \
    "          type: map\n"                                                                                                                                                                  \
    "          fields:\n"                                                                                                                                                                    \
    "            ชื่อ: {}\n"                                                                                                                                                         \
    "            ต่อ: {type: bool, repeats: ชื่อ}\n"                                                                                                                           \
    "            รายการ: {type: list, covers: yes, item: {type: reference, from: รายการ, key: "                                                                      \
    "รหัส}}\n"                                                                                                                                                                       \
    "      รายการ:\n"                                                                                                                                                            \
    "        type: list\n"                                                                                                                                                                   \
    "        item: {type: map, fields: {รหัส: {unique: yes}, ชื่อ: {}}}\n"                                                                                                   \
    "      ระดับ: &levels\n"                                                                                                                                                       \
    "        type: list\n"                                                                                                                                                                   \
    "        item:\n"                                                                                                                                                                        \
    "          type: map\n"                                                                                                                                                                  \
    "          fields: {ชื่อ: {}, คะแนนรวม: {type: decimal}, ทุกเครื่องมือ: {type: decimal}}\n"                                            \
    "      ระดับแบบเดิม: {type: map, fields: {ใช้ถึงปี: {type: year}, ระดับ: *levels}}\n"                                                  \
    "scores:\n"                                                                                                                                                                              \
    "  - {name: คะแนนรวม, value: ผล.รวม}\n"                                                                                                                        \
    "  - {name: '{}', each: เกณฑ์.เครื่องมือ, key: รหัส, weight: น้ำหนัก, value: 'ผล.{}'}\n"                                         \
    "  - {name: 'ที่ {}', each: เกณฑ์.ตัวชี้วัด, key: ลำดับ, in: เครื่องมือ, value: 'คะแนน.{}.คะแนน'}\n" \
    "levels: {value: ผล.รวม, from: เกณฑ์.ระดับ, name: ชื่อ, total: คะแนนรวม, every: ทุกเครื่องมือ,\n"        \
    "  before: เกณฑ์.ระดับแบบเดิม.ระดับ, until: เกณฑ์.ระดับแบบเดิม.ใช้ถึงปี}\n"

#define TOOLS "เครื่องมือ: [{รหัส: IN, น้ำหนัก: 40}, {รหัส: OUT, น้ำหนัก: 60.0}]\n"
#define INDICATORS                                                                                                                                                                                                       \
    "ตัวชี้วัด:\n  - {ลำดับ: 1, ชื่อ: หนึ่ง, เครื่องมือ: IN}\n  - {ลำดับ: 2, ชื่อ: สอง, เครื่องมือ: IN}\n" \
    "  - {ลำดับ: 3, ชื่อ: สาม, เครื่องมือ: OUT}\n"
#define GROUPS                                                                                                                                                                                  \
    "กลุ่ม:\n  - {ชื่อ: แรก, รายการ: [O1]}\n  - {ชื่อ: แรก, รายการ: [O2]}\n  - {ชื่อ: หลัง, รายการ: " \
    "[O3]}\n"
#define ITEMS "รายการ: [{รหัส: O1, ชื่อ: ก}, {รหัส: O2, ชื่อ: ข}, {รหัส: O3, ชื่อ: ค}]\n"
#define LEVELS "ระดับ: [{ชื่อ: ผ่าน, คะแนนรวม: 85}, {ชื่อ: ตก, คะแนนรวม: 0}]\n"
#define GOOD TOOLS INDICATORS GROUPS ITEMS LEVELS "ปี: 2566\nยืนยันแล้ว: ใช่\n"

static void
open_with(struct check_case *test, const char *rubric, const char *report)
{
    case_open(test);
    case_schema(test, SCHEMA);
    assert_non_null(test->schema);
    case_rubric(test, rubric);
    if (report != NULL)
        case_report(test, report);
}

static void
keyed_data_come_in_the_rubrics_order(void **state)
{
    struct check_case test;

    (void)state;
    open_with(&test, GOOD,
              "ปี: 2566\nคะแนน: {3: ๘๐.๐๐, 1: 99.50}\n"
              "รายการ: {o2: {สถานะ: b}, O๑: {สถานะ: a}, O3: {สถานะ: c, ชื่อ: ของเรา}}\n");
    assert_good(&test);
    assert_string_equal(case_dump(&test, case_get(&test, "รายการ")),
                        "list of 3\n"
                        "  - map of 3\n    รหัส: \"O1\"\n    ชื่อ: \"ก\"\n    สถานะ: \"a\"\n"
                        "  - map of 3\n    รหัส: \"O2\"\n    ชื่อ: \"ข\"\n    สถานะ: \"b\"\n"
                        "  - map of 3\n    รหัส: \"O3\"\n    ชื่อ: \"ของเรา\"\n    สถานะ: \"c\"\n");
    const struct value *scores = case_get(&test, "คะแนน");
    assert_int_equal(scores->count, 3);
    assert_str(value_get(scores->first, STR("คะแนน"))->text, "99.50");
    assert_int_equal(value_get(scores->first->next, STR("คะแนน"))->kind, VALUE_NONE);
    assert_str(value_get(scores->last, STR("คะแนน"))->text, "80.00");
    assert_str(value_get(value_get(scores->last, STR("เครื่องมือ")), STR("รหัส"))->text, "OUT");
    case_close(&test);
}

static void
keyed_data_may_be_a_list(void **state)
{
    struct check_case test;

    (void)state;
    open_with(&test, GOOD,
              "ปี: 2566\nรายการ:\n  - {รหัส: O3, สถานะ: c}\n  - {สถานะ: a, รหัส: O1}\n"
              "  - {รหัส: O2, สถานะ: b}\n");
    assert_good(&test);
    assert_str(value_get(case_get(&test, "รายการ")->first, STR("สถานะ"))->text, "a");
    case_close(&test);
    open_with(&test, GOOD,
              "ปี: 2566\nรายการ:\n  - {รหัส: O3, สถานะ: c}\n  - สถานะ: a\n"
              "  - {รหัส: O2, สถานะ: b}\n");
    assert_int_equal(diags_count(test.diags), 2);
    assert_diag(test.diags, 0, FIELD_MISSING);
    assert_diag(test.diags, 1, FIELD_CODE_MISSING);
    case_close(&test);
}

static void
references_become_what_they_name(void **state)
{
    struct check_case test;

    (void)state;
    open_with(&test, GOOD,
              "ปี: 2566\nแนวทาง: [{ตัวชี้วัด: ๒}]\n"
              "รายการ: {O1: {สถานะ: a}, O2: {สถานะ: b}, O3: {สถานะ: c}}\n");
    assert_good(&test);
    assert_string_equal(case_dump(&test, case_get(&test, "แนวทาง")),
                        "list of 1\n"
                        "  - map of 1\n"
                        "    ตัวชี้วัด: map of 3\n"
                        "      ลำดับ: number 2 name\n"
                        "      ชื่อ: \"สอง\"\n"
                        "      เครื่องมือ: map of 2\n"
                        "        รหัส: \"IN\"\n"
                        "        น้ำหนัก: number 40 name\n");
    const struct value *groups = value_get(case_get(&test, "เกณฑ์"), STR("กลุ่ม"));
    assert_string_equal(case_dump(&test, groups->first->next), "map of 3\n"
                                                               "  ชื่อ: \"แรก\"\n"
                                                               "  ต่อ: true\n"
                                                               "  รายการ: list of 1\n"
                                                               "    - map of 3\n"
                                                               "      รหัส: \"O2\"\n"
                                                               "      ชื่อ: \"ข\"\n"
                                                               "      สถานะ: \"b\"\n");
    case_close(&test);
}

static void
the_rubrics_tree_is_not_changed(void **state)
{
    struct check_case test;

    (void)state;
    open_with(&test, GOOD, NULL);
    const char *before = case_dump(&test, test.rubric);
    case_report(&test, "ปี: 2566\nรายการ: {O1: {สถานะ: a}, O2: {สถานะ: b}, O3: {สถานะ: c}}\n");
    assert_string_equal(case_dump(&test, test.rubric), before);
    assert_non_null(strstr(before, "เครื่องมือ: \"IN\""));
    case_close(&test);
}

/* A report's one message. */
static void
assert_report(const char *report, const char *code, unsigned line, const char *shown)
{
    struct check_case test;

    open_with(&test, GOOD, report);
    if (diags_count(test.diags) != 1)
        case_print(&test);
    assert_int_equal(diags_count(test.diags), 1);
    assert_string_equal(diag_code_name(diags_at(test.diags, 0)->code), code);
    assert_int_equal(diags_at(test.diags, 0)->pos.line, line);
    if (shown != NULL)
        assert_string_equal(diags_at(test.diags, 0)->arg[1], shown);
    case_close(&test);
}

#define ALL "O1: {สถานะ: a}, O2: {สถานะ: b}, O3: {สถานะ: c}"

static void
faults_of_keyed_data(void **state)
{
    (void)state;
    assert_report("ปี: 2566\nรายการ: {" ALL ", O4: {สถานะ: d}}\n", "FIELD_CODE_NEAR", 2, "O4");
    assert_report("ปี: 2566\nรายการ: {" ALL ", อื่นใด: {สถานะ: d}}\n", "FIELD_CODE_UNKNOWN", 2,
                  "อื่นใด");
    assert_report("ปี: 2566\nรายการ: {O2: {สถานะ: a}}\n", "FIELD_CODE_MISSING", 2, "O1, O3");
    assert_report("ปี: 2566\nรายการ: {" ALL ", o3: {สถานะ: a}}\n", "FIELD_NOT_UNIQUE", 2, "o3");
    assert_report("ปี: 2566\nรายการ:\n  O1: {สถานะ: a}\n  O2:\n  O3: {สถานะ: a}\n", "FIELD_MISSING",
                  4, "");
    assert_report("ปี: 2566\nรายการ:\n  O1: {สถานะ: a}\n  O2: b\n  O3: {สถานะ: a}\n",
                  "FIELD_NOT_MAP", 4, NULL);
    assert_report("ปี: 2566\nรายการ: {" ALL "}\nคะแนน: {1: มาก}\n", "FIELD_NOT_NUMBER", 3, "มาก");
    assert_report("ปี: 2566\nรายการ: {" ALL "}\nคะแนน:\n  1:\n", "FIELD_MISSING", 4, "");
    assert_report("ปี: 2566\nรายการ: {" ALL "}\nคะแนน: {1: [80]}\n", "FIELD_NOT_MAP", 3, NULL);
    assert_report("ปี: 2566\nรายการ: {" ALL "}\nคะแนน: 86\n", "FIELD_NOT_MAP", 3, NULL);
}

/* What is no code, but means an entry without doubt, is read; what means two is told. */
static void
codes_may_be_written_as_offices_write_them(void **state)
{
    static const char *const good[] = {
        "สอง",     "2. สอง", "2 สอง", "ตัวชี้วัดที่ 2", "ตัวชี้วัดที่ ๒ สอง", "ข้อ 2",
        "(2) สอง", "02",     "2.0",   "2.",       "คะแนน 2: สอง",
    };
    static const char *const codes[] = {"O 2", "O-2", "O.2", "O02", "O-๐๒", "O - 2"};
    struct check_case test;

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        open_with(&test, GOOD, NULL);
        case_report(&test,
                    arena_printf(test.arena, "ปี: 2566\nรายการ: {" ALL "}\nคะแนน: {\"%s\": 50.00}\n",
                                 good[i]));
        assert_only(&test, FIELD_CODE_READ, 3, 9);
        assert_str(value_get(case_get(&test, "คะแนน")->first->next, STR("คะแนน"))->text, "50.00");
        case_close(&test);
    }
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        open_with(&test, GOOD, NULL);
        case_report(&test, arena_printf(test.arena,
                                        "ปี: 2566\nรายการ:\n  O1: {สถานะ: a}\n  O3: {สถานะ: a}\n"
                                        "  \"%s\": {สถานะ: a}\n",
                                        codes[i]));
        assert_only(&test, FIELD_CODE_READ, 5, 3);
        case_close(&test);
    }
    assert_report("ปี: 2566\nรายการ: {" ALL "}\nคะแนน: {1. สอง: 50.00}\n", "FIELD_CODE_TWO", 3, "1");
    assert_report("ปี: 2566\nรายการ: {" ALL "}\nคะแนน: {2. อื่น: 50.00}\n", "FIELD_CODE_NEAR", 3,
                  "2. อื่น");
    assert_report("ปี: 2566\nรายการ: {" ALL "}\nคะแนน: {ข้อ 7: 50.00}\n", "FIELD_CODE_UNKNOWN", 3,
                  "ข้อ 7");
    /* the same entry by two names is found */
    open_with(&test, GOOD, "ปี: 2566\nรายการ: {" ALL "}\nแนวทาง: [{ตัวชี้วัด: 2}, {ตัวชี้วัด: สอง}]\n");
    assert_int_equal(diags_count(test.diags), 2);
    assert_diag(test.diags, 0, FIELD_CODE_READ);
    assert_diag(test.diags, 1, FIELD_NOT_UNIQUE);
    case_close(&test);
}

static void
faults_of_references(void **state)
{
    (void)state;
    assert_report("ปี: 2566\nรายการ: {" ALL "}\nแนวทาง: [{ตัวชี้วัด: สิบเอ็ด}]\n", "FIELD_CODE_UNKNOWN", 3,
                  "สิบเอ็ด");
    assert_report("ปี: 2566\nรายการ: {" ALL "}\nแนวทาง: [{ตัวชี้วัด: 31}]\n", "FIELD_CODE_NEAR", 3,
                  "31");
    assert_report("ปี: 2566\nรายการ: {" ALL "}\nแนวทาง: [{ตัวชี้วัด: 1}, {ตัวชี้วัด: ๑}]\n",
                  "FIELD_NOT_UNIQUE", 3, "๑");
    assert_report("ปี: 2566\nรายการ: {" ALL "}\nแนวทาง: [{ตัวชี้วัด: [1]}]\n", "FIELD_NOT_SCALAR", 3,
                  NULL);
}

static void
the_rubric_is_not_written_in_reports(void **state)
{
    (void)state;
    assert_report("ปี: 2566\nรายการ: {" ALL "}\nเกณฑ์: x\n", "FIELD_FROM_RUBRIC", 3, NULL);
}

static void
without_a_rubric_keyed_data_are_not_read(void **state)
{
    struct check_case test;

    (void)state;
    case_apply(&test, SCHEMA, "ปี: 2566\nรายการ: {" ALL "}\nแนวทาง: [{ตัวชี้วัด: 1}]\n");
    assert_only(&test, FIELD_NO_RUBRIC, 1, 1);
    assert_int_equal(case_get(&test, "รายการ")->kind, VALUE_NONE);
    case_close(&test);
}

/* A rubric's one message, an error unless it is loaded. */
static void
assert_rubric(const char *rubric, const char *code, unsigned line, const char *shown)
{
    struct check_case test;

    open_with(&test, rubric, NULL);
    assert_null(test.rubric);
    if (diags_count(test.diags) != 1)
        case_print(&test);
    assert_int_equal(diags_count(test.diags), 1);
    assert_string_equal(diag_code_name(diags_at(test.diags, 0)->code), code);
    assert_int_equal(diags_at(test.diags, 0)->pos.line, line);
    if (shown != NULL)
        assert_string_equal(diags_at(test.diags, 0)->arg[0], shown);
    case_close(&test);
}

static void
faults_of_rubrics(void **state)
{
    (void)state;
    assert_rubric("x\n", "FIELD_NOT_MAP", 1, NULL);
    assert_rubric("เครื่องมือ: [{น้ำหนัก: 100}]\n", "FIELD_MISSING", 1, "เครื่องมือ[1].รหัส");
    assert_rubric(GOOD "ระดบ: x\n", "FIELD_UNKNOWN_NEAR", 14, "ระดบ");
    assert_rubric(GOOD "แนวทาง: x\n", "FIELD_UNKNOWN", 14, "แนวทาง");
    assert_rubric("เครื่องมือ: [{รหัส: IN, น้ำหนัก: 40}, {รหัส: OUT, น้ำหนัก: 50.5}]\n" INDICATORS,
                  "RUBRIC_WEIGHTS", 1, "90.50");
    assert_rubric("เครื่องมือ: [{รหัส: A}, {รหัส: a}]\n", "FIELD_NOT_UNIQUE", 1, "รหัส");
    assert_rubric(TOOLS "ตัวชี้วัด: [{ลำดับ: 1, เครื่องมือ: IN}]\n", "RUBRIC_NO_INDICATOR", 1, "OUT");
    assert_rubric(TOOLS "ตัวชี้วัด: [{ลำดับ: 1, เครื่องมือ: IN}, {ลำดับ: 3, เครื่องมือ: OUT}]\n",
                  "RUBRIC_ORDER", 2, "3");
    assert_rubric(TOOLS "ตัวชี้วัด:\n  - {ลำดับ: 1, เครื่องมือ: มือถือ}\n", "FIELD_CODE_UNKNOWN", 3, NULL);
    assert_rubric("กลุ่ม: [{ชื่อ: ก, รายการ: [O1, O3]}, {ชื่อ: ข, รายการ: [O2, O9]}]\n" ITEMS,
                  "FIELD_CODE_NEAR", 1, NULL);
    assert_rubric("กลุ่ม: [{ชื่อ: ก, รายการ: [O1, O3]}]\n" ITEMS, "RUBRIC_NO_GROUP", 2, "O2");
    assert_rubric("กลุ่ม:\n  - {รายการ: [O1, O3]}\n  - {รายการ: [O2, O3]}\n" ITEMS,
                  "RUBRIC_TWO_GROUPS", 3, "O3");
    assert_rubric("รายการ: [{รหัส: O1}, {รหัส: O1}]\n", "FIELD_NOT_UNIQUE", 1, "รหัส");
    assert_rubric("ปี: 2023\n", "FIELD_WRONG_ERA", 1, "ปี");
}

static void
faults_of_levels(void **state)
{
    (void)state;
    assert_rubric("ระดับ:\n  - {ชื่อ: ก, คะแนนรวม: 85}\n  - {ชื่อ: ข, คะแนนรวม: 90}\n"
                  "  - {ชื่อ: ค, คะแนนรวม: 0}\n",
                  "RUBRIC_LEVELS", 3, "ข");
    assert_rubric("ระดับ:\n  - {ชื่อ: ก, คะแนนรวม: 85}\n  - {ชื่อ: ข, คะแนนรวม: 85, ทุกเครื่องมือ: 85}\n"
                  "  - {ชื่อ: ค, คะแนนรวม: 0}\n",
                  "RUBRIC_LEVELS", 3, "ข");
    assert_rubric("ระดับ: [{ชื่อ: ก, คะแนนรวม: 85}, {ชื่อ: ข, คะแนนรวม: 70}]\n", "RUBRIC_LOWEST", 1,
                  "ข");
    assert_rubric("ระดับ: [{ชื่อ: ก, คะแนนรวม: 85}, {ชื่อ: ข, คะแนนรวม: 0, ทุกเครื่องมือ: 1}]\n",
                  "RUBRIC_LOWEST", 1, "ข");
    assert_rubric("ปี: 2566\nระดับแบบเดิม: {ใช้ถึงปี: 2566}\n", "RUBRIC_YEAR", 2, "2566");
    assert_rubric("ระดับแบบเดิม: {ระดับ: [{ชื่อ: ก, คะแนนรวม: 1}]}\n", "RUBRIC_LOWEST", 1, "ก");
}

static void
levels_with_conditions_are_good(void **state)
{
    struct check_case test;

    (void)state;
    open_with(&test,
              "ระดับ: [{ชื่อ: ก, คะแนนรวม: 85, ทุกเครื่องมือ: 85}, {ชื่อ: ข, คะแนนรวม: 85}, {ชื่อ: ค, "
              "คะแนนรวม: 0}]\n",
              NULL);
    assert_good(&test);
    case_close(&test);
}

static void
an_unconfirmed_rubric_is_told(void **state)
{
    struct check_case test;

    (void)state;
    open_with(&test, "ปี: 2567\nยืนยันแล้ว: ไม่ใช่\n", NULL);
    assert_non_null(test.rubric);
    assert_only(&test, RUBRIC_UNCONFIRMED, 2, 13);
    case_close(&test);
}

static void
the_report_names_its_rubric(void **state)
{
    static const struct {
        const char *report, *code;
    } bad[] = {{"x: 1\n", "FIELD_MISSING"},      {"ปี:\n", "FIELD_MISSING"},
               {"ปี: ๖๖\n", "FIELD_NOT_YEAR"},    {"ปี: 2023\n", "FIELD_WRONG_ERA"},
               {"ปี: [1]\n", "FIELD_NOT_SCALAR"}, {"ปี: ../x\n", "FIELD_NOT_YEAR"},
               {"[1]\n", "FIELD_MISSING"}};
    struct check_case test;
    struct str name;

    (void)state;
    case_open(&test);
    case_schema(&test, SCHEMA);
    assert_true(schema_rubric_name(test.arena, test.diags, test.schema,
                                   case_read(&test, "r", "ปี: พ.ศ. ๒๕๖๖\n"), &name));
    assert_str(name, "2566");
    case_close(&test);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        case_open(&test);
        case_schema(&test, SCHEMA);
        assert_false(schema_rubric_name(test.arena, test.diags, test.schema,
                                        case_read(&test, "r", bad[i].report), &name));
        assert_int_equal(diags_count(test.diags), 1);
        assert_string_equal(diag_code_name(diags_at(test.diags, 0)->code), bad[i].code);
        case_close(&test);
    }
}

static void
a_schema_without_rubric_asks_for_none(void **state)
{
    struct check_case test;
    struct str name;

    (void)state;
    case_open(&test);
    case_schema(&test, "fields: {a: {}}\n");
    assert_false(schema_rubric_name(test.arena, test.diags, test.schema,
                                    case_read(&test, "r", "a: 1\n"), &name));
    assert_good(&test);
    case_close(&test);
}

static void
the_rubric_of_2566_and_the_sample_are_good(void **state)
{
    struct check_case test;

    (void)state;
    case_open(&test);
    case_schema(&test, case_file(&test, "templates/ita-report/schema.yaml"));
    case_rubric(&test, case_file(&test, "templates/ita-report/rubric/2566.yaml"));
    assert_good(&test);
    const struct value *items = value_get(test.rubric, STR("รายการ"));
    assert_int_equal(items->count, 43);
    assert_str(value_get(items->last, STR("รหัส"))->text, "O43");
    assert_int_equal(value_get(test.rubric, STR("กลุ่ม"))->count, 11);
    assert_int_equal(value_get(test.rubric, STR("ตัวชี้วัด"))->count, 10);
    case_report(&test, case_file(&test, "samples/ita-2566/report.yaml"));
    assert_good(&test);
    assert_int_equal(case_get(&test, "รายการ")->count, 43);
    case_close(&test);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keyed_data_come_in_the_rubrics_order),
        cmocka_unit_test(keyed_data_may_be_a_list),
        cmocka_unit_test(references_become_what_they_name),
        cmocka_unit_test(the_rubrics_tree_is_not_changed),
        cmocka_unit_test(faults_of_keyed_data),
        cmocka_unit_test(codes_may_be_written_as_offices_write_them),
        cmocka_unit_test(faults_of_references),
        cmocka_unit_test(the_rubric_is_not_written_in_reports),
        cmocka_unit_test(without_a_rubric_keyed_data_are_not_read),
        cmocka_unit_test(faults_of_rubrics),
        cmocka_unit_test(faults_of_levels),
        cmocka_unit_test(levels_with_conditions_are_good),
        cmocka_unit_test(an_unconfirmed_rubric_is_told),
        cmocka_unit_test(the_report_names_its_rubric),
        cmocka_unit_test(a_schema_without_rubric_asks_for_none),
        cmocka_unit_test(the_rubric_of_2566_and_the_sample_are_good),
    };

    return cmocka_run_group_tests_name("schema_rubric", tests, NULL, NULL);
}
