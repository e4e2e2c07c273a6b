/* Last year's report and rubric as the start of a new one. */
#include "test.h"

#include "renew/carry.h"
#include "schema/schema.h"
#include "value/read.h"

#define SCHEMA                                                                                                                       \
    "fields:\n"                                                                                                                      \
    "  ปี: {type: year, yearly: yes}\n"                                                                                          \
    "  วัน: {type: date, yearly: yes}\n"                                                                                       \
    "  ที่: {name: yes, yearly: tail}\n"                                                                                       \
    "  โทร: {name: yes}\n"                                                                                                     \
    "  เรื่อง: {lines: yes}\n"                                                                                           \
    "  เนื้อความ: {type: paragraphs}\n"                                                                            \
    "  คำสั่ง: {type: paragraphs, yearly: drop}\n"                                                                       \
    "  ผ่าน: {type: bool, yearly: yes}\n"                                                                                    \
    "  ผล:\n"                                                                                                                    \
    "    type: map\n"                                                                                                                \
    "    yearly: yes\n"                                                                                                              \
    "    fields: {รวม: {type: decimal, unit: คะแนน}, ระดับ: {}, หมายเหตุ: {yearly: no}}\n" \
    "  ข้อ: {type: keyed, from: เกณฑ์.ข้อ, key: รหัส, value: ค่า,\n"                             \
    "    fields: {ค่า: {type: decimal, yearly: yes}, ผู้ทำ: {}, ผล: {type: paragraphs, yearly: "                 \
    "yes}}}\n"                                                                                                                       \
    "  งาน: {type: list, item: {type: map, fields: {ชื่อ: {}, ผล: {type: paragraphs, yearly: "                     \
    "yes}}}}\n"                                                                                                                      \
    "  เกณฑ์: {type: rubric, file: ปี, fields: {ปี: {type: year, yearly: yes}, ประกาศ: {type: date, "  \
    "yearly: drop, help: วันประกาศ},\n"                                                                            \
    "    เดิม: {type: year}, ครบ: {type: bool, yearly: yes},\n"                                                        \
    "    ข้อ: {type: list, item: {type: map, fields: {รหัส: {}, ขอ: {type: paragraphs}}}}}}\n"

struct carry_case {
    struct arena *arena;
    struct diags *diags;
    const struct schema *schema;
};

static struct carry_case
begin(void)
{
    struct carry_case f = {arena_new(0), diags_new(), NULL};

    f.schema = schema_load(f.arena, f.diags, value_read_yaml(f.arena, f.diags, "s", STR(SCHEMA)));
    assert_non_null(f.schema);
    return f;
}

static void
end(struct carry_case *f)
{
    diags_free(f->diags);
    arena_free(f->arena);
}

/* The report of 2566 becomes that of 2569, and what comes out can be read again. */
static void
check(struct carry_case *f, const char *report, const char *expected)
{
    const struct value *value = value_read_yaml(f->arena, f->diags, "x", str_of(report));

    assert_non_null(value);
    const struct carry_years years = {.from = 2566, .to = 2569};
    struct carry_told told;
    struct str text = carry_report(f->arena, f->schema, value, str_of(report), &years, &told);
    assert_str(text, expected);
    assert_non_null(value_read_yaml(f->arena, f->diags, "y", text));
}

static void
what_is_of_one_year_becomes_a_hole(void **state)
{
    struct carry_case f = begin();

    (void)state;
    check(&f, "ปี: ๒๕๖๖  # ปีที่รายงาน 2566\nวัน: '2566-09-29'   # วัน\n",
          "ปี: ๒๕๖๙  # ปีที่รายงาน 2569\nวัน: <กรอก>   # วัน\n");
    check(&f, "ผล: {รวม: 86.17, ระดับ: A, หมายเหตุ: ปี 2566}\nผ่าน: ใช่\n",
          "ผล: {รวม: <กรอก>, ระดับ: <กรอก>, หมายเหตุ: ปี 2569}\nผ่าน: ไม่\n");
    check(&f, "ข้อ:\n  O1: {ผู้ทำ: ก, ผล: ข}\n  O2: 5.00  # ห้า\n",
          "ข้อ:\n  O1: {ผู้ทำ: ก, ผล: <กรอก>}\n  O2: <กรอก>  # ห้า\n");
    check(&f, "ข้อ:\n- รหัส: O1\n  ผล:\n  - ก\n  - ข  # สุดท้าย\n  ผู้ทำ: ก\n",
          "ข้อ:\n- รหัส: O1\n  ผล:\n  - <กรอก>  # สุดท้าย\n  ผู้ทำ: ก\n");
    check(
        &f,
        "งาน:\n  - ชื่อ: ก\n    ผล: |  # ยาว\n      หนึ่ง\n\n      สอง\n\n  - ชื่อ: ข\n    ผล: [ก, ข]\n",
        "งาน:\n  - ชื่อ: ก\n    ผล: <กรอก>  # ยาว\n\n  - ชื่อ: ข\n    ผล: <กรอก>\n");
    end(&f);
}

static void
nothing_becomes_no_hole(void **state)
{
    struct carry_case f = begin();

    (void)state;
    check(&f, "วัน: -\nผล:\n  รวม:\n  ระดับ: ~\n", "วัน: -\nผล:\n  รวม:\n  ระดับ: ~\n");
    check(&f, "ไม่รู้จัก: 2566\n", "ไม่รู้จัก: 2569\n");
    end(&f);
}

static void
numbers_of_letters_keep_their_beginning(void **state)
{
    struct carry_case f = begin();

    (void)state;
    check(&f, "ที่: สม 99901/123  # เลข\nโทร: 0 2566 0000\n",
          "ที่: สม 99901/  # เลข\nโทร: 0 2566 0000\n");
    check(&f, "ที่: สม 99901/\n", "ที่: สม 99901/\n");
    check(&f, "ที่: \"สม 99901/123\"  # เลข\n", "ที่: \"สม 99901/\"  # เลข\n");
    check(&f, "ที่: 'สม 99901/'\n", "ที่: 'สม 99901/'\n");
    check(&f, "ที่: '99901'\n", "ที่: <กรอก>\n");
    check(&f, "ที่: สม 99901\n", "ที่: <กรอก>\n");
    end(&f);
}

static void
orders_of_last_year_are_left_out(void **state)
{
    struct carry_case f = begin();

    (void)state;
    check(&f, "คำสั่ง: |\n  ทราบ\n  ดำเนินการ\nปี: 2566\n", "คำสั่ง:\nปี: 2569\n");
    check(&f, "ก: {คำสั่ง: ทราบ}\nคำสั่ง: ทราบ  # เดิม\n", "ก: {คำสั่ง: ทราบ}\nคำสั่ง:   # เดิม\n");
    check(&f, "ปี: 2566\nยอมรับ:\n  # เพราะ\n  - {รหัส: A, เหตุผล: ข}\n  - รหัส: B\n# ต่อไป\nเรื่อง: ก\n",
          "ปี: 2569\n# ยอมรับ: ของปีก่อนไม่ได้นำมา\n# ต่อไป\nเรื่อง: ก\n");
    check(&f, "{ปี: 2566, ยอมรับ: [{รหัส: A}]}\n", "{ปี: 2569, ยอมรับ: []}\n");
    end(&f);
}

static void
sentences_lose_last_years_figures(void **state)
{
    struct carry_case f = begin();

    (void)state;
    check(&f,
          "ผล: {รวม: 86.17, ระดับ: A หรือ ผ่าน}\n"
          "เนื้อความ: |\n  ปี 2566 ได้ ๘๖.๑๗ จาก 86.170 ระดับ ผ่าน และ 12.5 คะแนน เต็ม 100 คะแนน\n"
          "  ระดับ A หรือ ผ่าน ระดับผ่านดี ข้อ 9.1 รุ่น 1.86.17\nเรื่อง: 86.17\n",
          "ผล: {รวม: <กรอก>, ระดับ: <กรอก>}\n"
          "เนื้อความ: |\n  ปี 2569 ได้ <กรอก> จาก <กรอก> ระดับ <กรอก> และ <กรอก> คะแนน เต็ม 100 คะแนน\n"
          "  ระดับ <กรอก> ระดับผ่านดี ข้อ 9.1 รุ่น 1.86.17\nเรื่อง: <กรอก>\n");
    end(&f);
}

/* Fiscal years come again, a day does not. */
static void
days_of_last_year_are_asked_for(void **state)
{
    struct carry_case f = begin();

    (void)state;
    check(&f,
          "ปี: 2566\nเรื่อง: เมื่อ 22 มิถุนายน 2566 ๕ ก.ย. ๖๕ วันที่ 3 มกราคม พ.ศ. 2566 และ 5 มกราคม 2560\n",
          "ปี: 2569\nเรื่อง: เมื่อ <กรอก> <กรอก> วันที่ <กรอก> และ 5 มกราคม 2560\n");
    check(&f, "เรื่อง: 1 ต.ค. 65 – 31 มี.ค. 66 กันยายน 2566 ข้อ 5 ปี 2566\n",
          "เรื่อง: 1 ต.ค. 68 – 31 มี.ค. 69 กันยายน 2569 ข้อ 5 ปี 2569\n");
    check(&f, "เรื่อง: 123 มิถุนายน 2566 12345 มี.ค. 66 22 มิถุนายน 25666\n",
          "เรื่อง: 123 มิถุนายน 2569 12345 มี.ค. 69 22 มิถุนายน 25666\n");
    end(&f);
}

/* The rubrics of both years: O2 means another thing, O3 is gone, O4 is new. */
static void
entries_follow_the_rubric(void **state)
{
    struct carry_case f = begin();
    struct carry_years years = {
        .from = 2566,
        .to = 2567,
        .last = value_read_yaml(
            f.arena, f.diags, "a",
            STR("ข้อ: [{รหัส: O1, ชื่อ: แผนปี 2566}, {รหัส: O2, ชื่อ: ข}, {รหัส: O3, ชื่อ: ค}]\n")),
        .now = value_read_yaml(
            f.arena, f.diags, "b",
            STR("ข้อ: [{รหัส: O1, ชื่อ: แผนปี 2567}, {รหัส: O2, ชื่อ: ง}, {รหัส: O4, ชื่อ: จ}]\n")),
    };
    struct str report = STR(
        "งานข้อ:\n  o๑: {ผู้ทำ: ก}\n  O2:  # สอง\n    ผู้ทำ: ก\n  O3:\n    ผู้ทำ: ค\n\n# จบ\nปี: 2566\n");
    const struct schema *schema = schema_load(
        f.arena, f.diags,
        value_read_yaml(
            f.arena, f.diags, "s",
            STR("fields:\n  ปี: {type: year, yearly: yes}\n"
                "  งานข้อ: {type: keyed, from: เกณฑ์.ข้อ, key: รหัส, fields: {ผู้ทำ: {required: yes}, "
                "ผล: {yearly: yes}, อื่น: {}}}\n"
                "  เกณฑ์: {type: rubric, file: ปี, fields: {ข้อ: {type: list, item: {type: map, "
                "fields: {รหัส: {required: yes}, ชื่อ: {required: yes}}}}}}\n")));

    struct carry_told told;

    (void)state;
    assert_non_null(schema);
    const struct value *value = value_read_yaml(f.arena, f.diags, "x", report);
    assert_str(carry_report(f.arena, schema, value, report, &years, &told),
               "งานข้อ:\n  o๑: {ผู้ทำ: ก}\n  # O2 ปี 2566: ข ปี 2567: ง\n  O2:  # สอง\n    ผู้ทำ: <กรอก>\n"
               "  # ไม่มีในเกณฑ์ปี 2567\n  # O3:\n  #   ผู้ทำ: ค\n  O4:  # จ\n    ผู้ทำ: <กรอก>\n    ผล: "
               "<กรอก>\n\n# จบ\nปี: 2567\n");
    assert_str(
        carry_example(f.arena, schema, value, report, &years),
        "งานข้อ:\n  o๑: {ผู้ทำ: ก}\n  O2:  # สอง\n    ผู้ทำ: ก\n  O4: {ผู้ทำ: ก}\n\n# จบ\nปี: 2567\n");
    end(&f);
}

/* In a rubric comments tell where its lines come from; years of other fields are facts. */
static void
a_rubric_keeps_its_comments_and_facts(void **state)
{
    struct carry_case f = begin();
    const char *rubric =
        "# เทียบเมื่อ 2566\nใช้กับ: ก\nปี: 2566\nประกาศ: 2566-08-10\nเดิม: 2565  # ถึง 2565\nครบ: ใช่\n"
        "ข้อ:\n  - รหัส: O1\n    ขอ: |\n      ของปี พ.ศ. 2566\n";
    const struct value *value = value_read_yaml(f.arena, f.diags, "x", str_of(rubric));

    (void)state;
    struct str text = carry_rubric(f.arena, f.schema, value, str_of(rubric), 2566, 2569);
    assert_str(text, "# เทียบเมื่อ 2566\nใช้กับ: ก\nปี: 2569\nประกาศ:  # <กรอก> วันประกาศ\nเดิม: 2565  # "
                     "ถึง 2565\nครบ: ไม่\n"
                     "ข้อ:\n  - รหัส: O1\n    ขอ: |\n      ของปี พ.ศ. 2569\n");
    assert_int_equal(carry_holes(text), 1);
    end(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_of_one_year_becomes_a_hole),
        cmocka_unit_test(nothing_becomes_no_hole),
        cmocka_unit_test(numbers_of_letters_keep_their_beginning),
        cmocka_unit_test(orders_of_last_year_are_left_out),
        cmocka_unit_test(sentences_lose_last_years_figures),
        cmocka_unit_test(days_of_last_year_are_asked_for),
        cmocka_unit_test(entries_follow_the_rubric),
        cmocka_unit_test(a_rubric_keeps_its_comments_and_facts),
    };

    return cmocka_run_group_tests_name("renew_carry", tests, NULL, NULL);
}
