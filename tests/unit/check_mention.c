/* What sentences say of figures, levels, names of indicators and years. */
#include "check_case.h"

#include <stdio.h>
#include <time.h>

#include "check/inner.h"
#include "check/score.h"

static const char schema[] =
    "fields:\n"
    "  ปี: {type: year}\n"
    "  เรื่อง: {figures: yes, years: yes, lines: yes}\n"
    "  เนื้อความ: {type: paragraphs, figures: yes, years: yes}\n"
    "  มาตรการ: {type: list, item: {type: map, fields: {ผล: {type: paragraphs, figures: yes}}}}\n"
    "  อื่น: {type: paragraphs}\n"
    "  ผล:\n"
    "    type: map\n"
    "    fields:\n"
    "      คะแนนรวม: {type: decimal, places: 2, range: [0, 100]}\n"
    "      ระดับ: {}\n"
    "      IIT: {type: decimal, places: 2, range: [0, 100]}\n"
    "      EIT:\n"
    "        type: map\n"
    "        fields:\n"
    "          รวม: {type: decimal, places: 2, range: [0, 100]}\n"
    "          ส่วนที่ 1: {type: decimal, places: 2, range: [0, 100]}\n"
    "          ส่วนที่ 2: {type: decimal, places: 2, range: [0, 100]}\n"
    "      OIT: {type: decimal, places: 2, range: [0, 100]}\n"
    "      ตัวชี้วัด:\n"
    "        type: keyed\n"
    "        from: เกณฑ์.ตัวชี้วัด\n"
    "        key: ลำดับ\n"
    "        value: คะแนน\n"
    "        fields: {คะแนน: {type: decimal, places: 2, range: [0, 100]}}\n"
    "  เกณฑ์:\n"
    "    type: rubric\n"
    "    file: ปี\n"
    "    fields:\n"
    "      ชื่อ: {assessment: yes}\n"
    "      ชื่อย่อ: {assessment: yes}\n"
    "      เครื่องมือ:\n"
    "        type: list\n"
    "        item:\n"
    "          type: map\n"
    "          fields:\n"
    "            รหัส: {unique: yes}\n"
    "            ชื่อ: {official: ชื่ออื่น}\n"
    "            ชื่ออื่น: {type: list, item: {}}\n"
    "            น้ำหนัก: {type: decimal}\n"
    "            ส่วน: {type: list, item: {type: map, fields: {รหัส: {unique: yes}}}}\n"
    "      ตัวชี้วัด:\n"
    "        type: list\n"
    "        item:\n"
    "          type: map\n"
    "          fields:\n"
    "            ลำดับ: {type: integer, unique: yes}\n"
    "            ชื่อ: {official: ชื่ออื่น}\n"
    "            ชื่ออื่น: {type: list, item: {}}\n"
    "            เครื่องมือ: {type: reference, from: เกณฑ์.เครื่องมือ, key: รหัส}\n"
    "      ระดับ: &levels\n"
    "        type: list\n"
    "        item: {type: map, fields: {ชื่อ: {}, คะแนนรวม: {type: decimal}, ทุก: {type: decimal}}}\n"
    "      เดิม: *levels\n"
    "scores:\n"
    "  - {name: คะแนนรวม, value: ผล.คะแนนรวม}\n"
    "  - name: \"{}\"\n"
    "    each: เกณฑ์.เครื่องมือ\n"
    "    key: รหัส\n"
    "    weight: น้ำหนัก\n"
    "    value: ผล.{}\n"
    "    own: รวม\n"
    "    parts: {name: \"{}\", each: ส่วน, key: รหัส, value: \"ผล.{}.{}\"}\n"
    "  - name: ตัวชี้วัดที่ {} {ชื่อ}\n"
    "    each: เกณฑ์.ตัวชี้วัด\n"
    "    key: ลำดับ\n"
    "    in: เครื่องมือ\n"
    "    value: ผล.ตัวชี้วัด.{}.คะแนน\n"
    "levels:\n"
    "  {value: ผล.ระดับ, from: เกณฑ์.ระดับ, name: ชื่อ, total: คะแนนรวม, every: ทุก, before: เกณฑ์.เดิม}\n";

/* An assessment's names in its rubric, and those of others in the schema. */
struct assessment {
    const char *names, *others;
};

static const struct assessment ita = {
    "ชื่อ: การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ\nชื่อย่อ: ITA\n",
    "others: [LPA, PMQA]\n"};

static const char rubric[] =
    "เครื่องมือ:\n"
    "  - {รหัส: IIT, ชื่อ: แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน, น้ำหนัก: 30}\n"
    "  - รหัส: EIT\n"
    "    ชื่อ: แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก\n"
    "    น้ำหนัก: 30\n"
    "    ส่วน: [{รหัส: ส่วนที่ 1}, {รหัส: ส่วนที่ 2}]\n"
    "  - {รหัส: OIT, ชื่อ: แบบตรวจการเปิดเผยข้อมูลสาธารณะ, น้ำหนัก: 40}\n"
    "ตัวชี้วัด:\n"
    "  - {ลำดับ: 1, ชื่อ: การปฏิบัติหน้าที่, เครื่องมือ: IIT}\n"
    "  - {ลำดับ: 2, ชื่อ: การใช้งบประมาณ, เครื่องมือ: IIT}\n"
    "  - {ลำดับ: 3, ชื่อ: การใช้อำนาจ, เครื่องมือ: IIT}\n"
    "  - {ลำดับ: 4, ชื่อ: การใช้ทรัพย์สินของราชการ, เครื่องมือ: IIT}\n"
    "  - {ลำดับ: 5, ชื่อ: การแก้ไขปัญหาการทุจริต, เครื่องมือ: IIT}\n"
    "  - {ลำดับ: 6, ชื่อ: คุณภาพการดำเนินงาน, เครื่องมือ: EIT}\n"
    "  - {ลำดับ: 7, ชื่อ: ประสิทธิภาพการสื่อสาร, เครื่องมือ: EIT}\n"
    "  - {ลำดับ: 8, ชื่อ: การปรับปรุงระบบการทำงาน, ชื่ออื่น: [การปรับปรุงการทำงาน], เครื่องมือ: EIT}\n"
    "  - {ลำดับ: 9, ชื่อ: การเปิดเผยข้อมูล, เครื่องมือ: OIT}\n"
    "  - {ลำดับ: 10, ชื่อ: การป้องกันการทุจริต, เครื่องมือ: OIT}\n"
    "ระดับ:\n"
    "  - {ชื่อ: ผ่านดีเยี่ยม, คะแนนรวม: 95, ทุก: 95}\n"
    "  - {ชื่อ: ผ่านดี, คะแนนรวม: 85, ทุก: 85}\n"
    "  - {ชื่อ: ผ่าน, คะแนนรวม: 85}\n"
    "  - {ชื่อ: ต้องปรับปรุง, คะแนนรวม: 70}\n"
    "  - {ชื่อ: ต้องปรับปรุงโดยด่วน, คะแนนรวม: 0}\n"
    "เดิม:\n"
    "  - {ชื่อ: AA, คะแนนรวม: 95}\n"
    "  - {ชื่อ: A, คะแนนรวม: 85}\n"
    "  - {ชื่อ: B, คะแนนรวม: 0}\n";

static const char figures[] = "ปี: 2566\n"
                              "ผล:\n"
                              "  คะแนนรวม: 86.17\n"
                              "  ระดับ: ผ่าน\n"
                              "  IIT: 99.49\n"
                              "  EIT: {ส่วนที่ 1: 83.76, ส่วนที่ 2: 85.03}\n"
                              "  OIT: 77.50\n"
                              "  ตัวชี้วัด: {1: 100.00, 2: 98.16, 3: 99.82, 4: 99.45, 5: 100.00,\n"
                              "    6: 82.98, 7: 86.70, 8: 83.51, 9: 75.00, 10: 80.00}\n";

struct said {
    struct check_case test;
    struct scores *scores;
};

/* Reads the figures above and the text below them, and checks it. */
static void
say_of(struct said *said, const struct assessment *assessment, const char *report, bool consistent)
{
    struct check_case *test = &said->test;

    case_open(test);
    case_schema(test, arena_printf(test->arena, "%s%s", schema, assessment->others));
    case_rubric(test, arena_printf(test->arena, "%s%s", assessment->names, rubric));
    assert_good(test);
    case_report(test, arena_printf(test->arena, "%s%s", figures, report));
    assert_int_equal(diags_level_count(test->diags, DIAG_ERROR), 0);
    said->scores = scores_of(test->arena, test->schema, test->typed, test->rubric);
    struct mentions *mentions =
        mention_collect(test->arena, test->schema, test->typed, test->rubric, said->scores);
    said->scores->consistent = consistent;
    diags_free(test->diags);
    test->diags = diags_new();
    mention_check(test->arena, test->diags, mentions, said->scores);
}

static void
say(struct said *said, const char *report, bool consistent)
{
    say_of(said, &ita, report, consistent);
}

static void
say_body(struct said *said, const struct assessment *assessment, const char *sentence)
{
    size_t size = strlen(sentence) + 100;
    char *report = malloc(size);

    assert_non_null(report);
    (void)snprintf(report, size, "เนื้อความ: |\n  %s\n", sentence);
    say_of(said, assessment, report, true);
    free(report);
}

/* A sentence, and the findings that it gives: "" for none, else CODE or CODE:ARG of each. */
struct sentence {
    const char *text;
    const char *findings;
};

static void
check_sentences(const struct assessment *assessment, const struct sentence *sentences, size_t count)
{
    size_t failed = 0;

    for (size_t i = 0; i < count; i++) {
        struct said said;
        say_body(&said, assessment, sentences[i].text);
        struct buf got = buf_in(said.test.arena);
        for (size_t j = 0; j < diags_count(said.test.diags); j++) {
            const struct diag *diag = diags_at(said.test.diags, j);
            buf_printf(&got, "%s%s:%s", j == 0 ? "" : " ", diag_code_name(diag->code),
                       diag->arg[1]);
        }
        if (!str_is(buf_str(&got), sentences[i].findings)) {
            print_message("%s\n  expected %s\n  got      %.*s\n", sentences[i].text,
                          sentences[i].findings, STR_FMT(buf_str(&got)));
            case_print(&said.test);
            failed++;
        }
        case_close(&said.test);
    }
    assert_int_equal(failed, 0);
}

#define CHECK_OF(assessment, sentences) \
    check_sentences(assessment, sentences, sizeof(sentences) / sizeof((sentences)[0]))
#define CHECK(sentences) CHECK_OF(&ita, sentences)

static void
figures_that_agree(void **state)
{
    static const struct sentence sentences[] = {
        {"ได้คะแนนรวม 86.17 คะแนน อยู่ในระดับ ผ่าน ดังรายละเอียด", ""},
        {"มีคะแนน ๘๖.๑๗ คะแนน อยู่ในระดับผ่าน", ""},
        {"โดยภาพรวมได้คะแนน 86.17 อยู่ในระดับ ผ่าน", ""},
        {"คะแนนรวม 86.2 คะแนน หรือประมาณ 86 คะแนน", ""},
        {"IIT 99.49 คะแนน EIT 84.40 คะแนน OIT 77.50 คะแนน", ""},
        {"แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT) คะแนนรวม ๙๙.๔๙ คะแนน", ""},
        {"แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT) ส่วนที่ 1 คะแนนรวม 83.76 คะแนน ส่วนที่ 2 คะแนนรวม "
         "85.03 คะแนน",
         ""},
        {"เครื่องมือ IIT, EIT และ OIT ได้คะแนน 99.49, 84.40 และ 77.50 คะแนน ตามลำดับ", ""},
        {"ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล ซึ่งได้คะแนนต่ำที่สุด ได้ 75.00 คะแนน", ""},
        {"ตัวชี้วัดที่ ๘ การปรับปรุงการทำงาน (ร้อยละ ๘๓.๕๑)", ""},
        {"การใช้อำนาจ ได้ 99.82 คะแนน", ""},
        {"ประเมินตามเครื่องมือ IIT EIT และ OIT ได้คะแนน 86.17 คะแนน", ""},
        {"ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่ ได้ 100 คะแนน", ""},
        {"คะแนน IIT สูงกว่า OIT 21.99 คะแนน", ""},
    };

    (void)state;
    CHECK(sentences);
}

/* What is near a figure and means something else. */
static void
numbers_that_are_no_figures(void **state)
{
    static const struct sentence sentences[] = {
        {"มีผู้เข้าร่วมอบรม 25 คน คิดเป็นร้อยละ 86.71 ของบุคลากรทั้งหมด", ""},
        {"เบิกจ่ายงบประมาณได้ร้อยละ 86.07 ของงบประมาณ", ""},
        {"ปี 2565 ได้คะแนน 80.12 คะแนน และปี 2566 ได้คะแนน 86.17 คะแนน เพิ่มขึ้น 6.05 คะแนน", ""},
        {"คะแนนรวมเพิ่มขึ้น 6.05 คะแนน จากปีที่ผ่านมา", ""},
        {"ปีที่ผ่านมาได้คะแนนรวม 80.12 คะแนน อยู่ในระดับ B", ""},
        {"คะแนนรวม 86.17 คะแนน จากคะแนนเต็ม 100.00 คะแนน", ""},
        {"เกณฑ์ผ่านคือ 85.00 คะแนนขึ้นไป", ""},
        {"ผู้ได้ 85.00 คะแนนขึ้นไปทุกเครื่องมือ", ""},
        {"ระดับ A หมายถึง 85.00 – 94.99 คะแนน", "MENTION_LEVEL:A"},
        {"สูงกว่าค่าเฉลี่ยทั้งประเทศ 90.19 คะแนน", ""},
        {"ตั้งเป้าหมายให้ได้คะแนนรวม 90.00 คะแนน อยู่ในระดับ ผ่านดี", ""},
        {"ความพึงพอใจของประชาชนต่อการให้บริการ ได้คะแนนเฉลี่ย 92.30 คะแนน", ""},
        {"ผลการประเมิน LPA ประจำปี 2566 ได้คะแนนรวม 85.23 คะแนน", ""},
        {"IIT มีน้ำหนักร้อยละ 30 EIT ร้อยละ 30 และ OIT ร้อยละ 40 ของคะแนนรวม", ""},
        {"ตัวชี้วัดที่ 1-8 (IIT และ EIT) และตัวชี้วัดที่ 9, 10", ""},
        {"ตัวชี้วัดย่อยที่ 9.1 ข้อมูลพื้นฐาน ข้อ O1 ถึง O10", ""},
        {"ดำเนินการตามแผนปฏิบัติการป้องกันการทุจริต ร้อยละ 85.00", ""},
        {"วันที่ 29/9/2566 เวลา 08.30 น. โทร 0 4400 0000", ""},
        {"ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล จำนวน 3 ข้อ ได้ 75.00 คะแนน", ""},
        {"ส่วนที่ 1 ข้อมูลทั่วไป ได้ 12.50 คะแนน จากคะแนนเต็ม 20.00 คะแนน", "MENTION_UNKNOWN:12.50"},
        {"ตัวชี้วัดที่ 8 ยกระดับการให้บริการ จัดอบรมบุคลากร มีผู้ผ่านร้อยละ 83.15", ""},
        {"ราคา 86.71 บาท", ""},
        {"ประชุมติดตาม OIT เวลา 13.30 น.", ""},
        {"ชี้แจง IIT 09.00 นาฬิกา ได้คะแนนรวม 86.17 คะแนน", ""},
        {"ค่าพิมพ์แบบ EIT 1,500.00 บาท", ""},
        {"บุคลากรร้อยละ 98.61 ลงชื่อรับทราบ", ""},
        {"แผนพัฒนาท้องถิ่นดำเนินการแล้วเสร็จร้อยละ 77.05", ""},
        {"ระบบ OIT ข้อ O26 และ O43 มี 2 เรื่อง ภายใน 15 วัน", ""},
    };

    (void)state;
    CHECK(sentences);
}

static void
figures_that_disagree(void **state)
{
    static const struct sentence sentences[] = {
        {"ได้คะแนนรวม 86.71 คะแนน", "MENTION_FIGURE:คะแนนรวม"},
        {"ได้คะแนนรวม ๙๖.๑๗ คะแนน", "MENTION_FIGURE:คะแนนรวม"},
        {"ได้คะแนนรวม 86.1 คะแนน", "MENTION_FIGURE:คะแนนรวม"},
        {"ได้คะแนนรวม 87 คะแนน", "MENTION_FIGURE:คะแนนรวม"},
        {"ได้คะแนน 86.71 คะแนน", "MENTION_SLIP:86.71"},
        {"มีคะแนน ๘๖.๑๘ คะแนน", "MENTION_SLIP:86.18"},
        {"ได้คะแนน 12.34 คะแนน", "MENTION_UNKNOWN:12.34"},
        {"IIT 89.49 คะแนน EIT 84.40 คะแนน", "MENTION_FIGURE:IIT"},
        {"IIT ได้ 89.49", "MENTION_FIGURE:IIT"},
        {"EIT 84.90 คะแนน", "MENTION_FIGURE:EIT"},
        {"แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT) คะแนนรวม ๘๙.๔๙ คะแนน", "MENTION_FIGURE:IIT"},
        {"(EIT) ส่วนที่ 2 คะแนนรวม 75.03 คะแนน", "MENTION_FIGURE:EIT ส่วนที่ 2"},
        {"เครื่องมือ IIT, EIT และ OIT ได้คะแนน 99.49, 84.40 และ 77.05 คะแนน ตามลำดับ",
         "MENTION_FIGURE:OIT"},
        {"ตัวชี้วัดที่ 8 การปรับปรุงระบบการทำงาน ได้ 83.15 คะแนน",
         "MENTION_FIGURE:ตัวชี้วัดที่ 8 การปรับปรุงระบบการทำงาน"},
        {"ตัวชี้วัด ๘ ร้อยละ ๘๓.๑๕", "MENTION_FIGURE:ตัวชี้วัดที่ 8 การปรับปรุงระบบการทำงาน"},
        {"การใช้อำนาจ ได้ 98.92 คะแนน", "MENTION_FIGURE:ตัวชี้วัดที่ 3 การใช้อำนาจ"},
        {"ตัวชี้วัดการใช้อำนาจได้ 98.92 คะแนน", "MENTION_FIGURE:ตัวชี้วัดที่ 3 การใช้อำนาจ"},
        {"ผลการประเมิน ITA คิดเป็นร้อยละ 86.71", "MENTION_SLIP:86.71"},
        {"ปี 2565 ได้ 80.12 คะแนน ปีนี้ได้ 86.71 คะแนน", "MENTION_SLIP:86.71"},
    };

    (void)state;
    CHECK(sentences);
}

/* What an assessment is called, and which others there are, the data alone says. */
static void
other_assessments(void **state)
{
    static const struct assessment lpa = {
        "ชื่อ: การประเมินประสิทธิภาพขององค์กรปกครองส่วนท้องถิ่น\nชื่อย่อ: LPA\n",
        "others: [ITA, LPA, การประเมินคุณธรรมและความโปร่งใส]\n"};
    static const struct sentence of_lpa[] = {
        {"ผลการประเมิน LPA ประจำปี 2566 ได้คะแนนรวม 86.71 คะแนน", "MENTION_FIGURE:คะแนนรวม"},
        {"ผลประเมินประสิทธิภาพของเทศบาล ได้คะแนนรวม 86.71 คะแนน", "MENTION_FIGURE:คะแนนรวม"},
        {"LPA อยู่ในระดับ ผ่านดี", "MENTION_LEVEL:ผ่านดี"},
        {"ผลการประเมิน LPA ประจำปี 2566 ได้คะแนนรวม 86.17 คะแนน", ""},
        {"ผลการประเมิน ITA ได้คะแนนรวม 85.23 คะแนน อยู่ในระดับ ผ่านดี", ""},
        {"เทศบาลมี ITA คะแนนรวม 85.23 คะแนน", ""},
        {"การประเมินคุณธรรมและความโปร่งใส ได้คะแนนรวม 85.23 คะแนน", ""},
        {"ผลการประเมิน ITA ได้ 85.23 คะแนน ส่วน LPA ได้คะแนนรวม 86.71 คะแนน",
         "MENTION_FIGURE:คะแนนรวม"},
        {"ผลการประเมิน PMQA ได้คะแนนรวม 85.23 คะแนน", "MENTION_FIGURE:คะแนนรวม"},
        {"ผลสำรวจความพึงพอใจ ได้คะแนนรวม 85.23 คะแนน", ""},
    };
    static const struct assessment unlisted = {"ชื่อ: การสำรวจความพึงพอใจของผู้รับบริการ\nชื่อย่อ: CSI\n",
                                               ""};
    static const struct sentence of_unlisted[] = {
        {"ผลการประเมิน CSI ได้คะแนนรวม 86.71 คะแนน", "MENTION_FIGURE:คะแนนรวม"},
        {"ผลสำรวจความพึงพอใจ ได้คะแนนรวม 86.71 คะแนน", "MENTION_FIGURE:คะแนนรวม"},
        {"ผลการประเมิน OIT ได้คะแนน 77.05 คะแนน", "MENTION_FIGURE:OIT"},
        {"ผลการประเมิน LPA ได้คะแนนรวม 85.23 คะแนน", ""},
        {"มีคะแนน LPA 85.23 คะแนน อยู่ในระดับ ผ่านดี", ""},
        {"เผยแพร่ทาง LINE แล้ว ได้คะแนนรวม 86.71 คะแนน", "MENTION_FIGURE:คะแนนรวม"},
        {"ผลการประเมิน AA ได้คะแนนรวม 86.71 คะแนน", "MENTION_FIGURE:คะแนนรวม"},
        {"ผลการประเมิน O12 Excel X ได้คะแนนรวม 86.71 คะแนน", "MENTION_FIGURE:คะแนนรวม"},
    };

    (void)state;
    CHECK_OF(&lpa, of_lpa);
    CHECK_OF(&unlisted, of_unlisted);
}

static void
levels(void **state)
{
    static const struct sentence sentences[] = {
        {"อยู่ในระดับ ผ่านดี", "MENTION_LEVEL:ผ่านดี"},
        {"อยู่ในระดับผ่านดีเยี่ยม", "MENTION_LEVEL:ผ่านดีเยี่ยม"},
        {"อยู่ในระดับ “ผ่านดี”", "MENTION_LEVEL:ผ่านดี"},
        {"อยู่ในระดับ A หรือ ผ่าน", "MENTION_LEVEL:A"},
        {"อยู่ในระดับผ่านซึ่งเป็นผลดี", ""},
        {"อยู่ในระดับ ผ่าน/A", "MENTION_LEVEL:A"},
        {"อยู่ในระดับผ่านเกณฑ์", ""},
        {"OIT ได้ 77.50 คะแนน อยู่ในระดับ ต้องปรับปรุง", ""},
        {"เพื่อยกระดับผ่านดีในปีถัดไป", ""},
        {"ยังไม่ถึงระดับ ผ่านดี", ""},
        {"ในปีหน้าจะอยู่ในระดับ ผ่านดี", ""},
        {"ยกระดับ A ระดับ B2 ประดับ A", ""},
        {"ระดับอำเภอ ระดับ Assessment", ""},
    };

    (void)state;
    CHECK(sentences);
}

static void
names_of_numbered_scores(void **state)
{
    static const struct sentence sentences[] = {
        {"ตัวชี้วัดที่ 8 การปรับปรุงระบบการทำงาน ชี้ให้เห็นว่า", ""},
        {"ตัวชี้วัดที่ 8 การปรับปรุงการทำงาน", ""},
        {"ตัวชี้วัดที่ 3 การใช้อำนาจหน้าที่", ""},
        {"ตัวชี้วัดที่ 9: การเปิดเผยข้อมูลสาธารณะ", ""},
        {"ตัวชี้วัดที่ 8 ได้คะแนน 83.51 คะแนน", ""},
        {"ตัวชี้วัดที่ 8 ซึ่งเป็นเรื่องของการให้บริการ", ""},
        {"ตัวชี้วัดที่ 3 การใช้งบประมาณ", "MENTION_NUMBER:การใช้งบประมาณ"},
        {"ตัวชี้วัดที่ 11 การใช้งบประมาณ", "MENTION_NUMBER:การใช้งบประมาณ"},
        {"ตัวชี้วัดที่ ๘ (การปรับปรุงระบบการทำงาร)", "MENTION_NAME:การปรับปรุงระบบการทำงาน"},
        {"ตัวชี้วัดที่ 4 การใช้ทรัพย์สินของรัฐ", "MENTION_NAME:การใช้ทรัพย์สินของราชการ"},
        {"ตัวชี้วัดที่ 1 การปฏิบัติหน้าทีได้คะแนนสูง", "MENTION_NAME:การปฏิบัติหน้าที่"},
        {"ตัวชี้วัดที่ 3 การใช้งบประมาน", "MENTION_NUMBER:การใช้งบประมาณ"},
        {"ตัวชี้วัดที่ 12 ของแผนพัฒนา", ""},
    };

    (void)state;
    CHECK(sentences);
}

static void
years(void **state)
{
    static const struct sentence sentences[] = {
        {"ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2566", ""},
        {"ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. ๒๕๖๕", "YEAR_OTHER:2565"},
        {"การประเมินประจำปีงบประมาณ 2567 ได้เสร็จสิ้นลงแล้ว", "YEAR_OTHER:2567"},
        {"การประเมิน ITA ปี 65", "YEAR_OTHER:2565"},
        {"สรุปคะแนนตามเครื่องมือและตัวชี้วัดของปี 2568 ได้ว่า", "YEAR_OTHER:2568"},
        {"เปรียบเทียบผลการประเมิน ITA ปี 2565 กับปี 2566", ""},
        {"ผลการประเมิน ITA ปี 2566 สูงกว่าปี 2565", ""},
        {"ผลการประเมิน ITA ช่วงตุลาคม 2564 – กันยายน 2565", ""},
        {"การประเมิน ITA ปี 2564 – 2566", ""},
        {"นำผลการประเมินไปจัดทำแผนปฏิบัติการ ประจำปี 2567", ""},
        {"เพื่อเตรียมการประเมิน ITA ประจำปีงบประมาณ 2567", ""},
        {"ตามพระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. 2540", ""},
        {"โครงการฝึกอบรม ประจำปีงบประมาณ 2565", ""},
        {"การประเมินความเสี่ยงการทุจริต ประจำปี 2567", ""},
        {"ระยะเวลา 1 ปี 6 เดือน ปี 2", ""},
        {"ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 0566", "YEAR_OTHER:566"},
    };

    (void)state;
    CHECK(sentences);
}

static void
all_years_of_a_title_count(void **state)
{
    struct said said;

    (void)state;
    say(&said, "เรื่อง: รายงานผล ปี 2565\n", true);
    assert_only(&said.test, YEAR_OTHER, 10, 9);
    assert_string_equal(diags_at(said.test.diags, 0)->arg[2], "2566");
    case_close(&said.test);
    say(&said, "เรื่อง: รายงานผล ปี 2566 และแผนปี 2567\n", true);
    assert_good(&said.test);
    case_close(&said.test);
}

static void
inconsistent_data_make_warnings(void **state)
{
    const char *report =
        "มาตรการ:\n  - ผล: |\n      ก\n      - ได้คะแนนรวม 86.71 คะแนน อยู่ในระดับ ผ่านดี\n";
    struct said said;

    (void)state;
    say(&said, report, true);
    assert_int_equal(diags_level_count(said.test.diags, DIAG_ERROR), 2);
    assert_int_equal(diags_at(said.test.diags, 0)->pos.line, 13);
    assert_string_equal(diags_at(said.test.diags, 0)->arg[0], "คะแนนรวม 86.71 คะแนน");
    assert_string_equal(diags_at(said.test.diags, 0)->arg[2], "86.17");
    case_close(&said.test);
    say(&said, report, false);
    assert_int_equal(diags_level_count(said.test.diags, DIAG_ERROR), 0);
    assert_int_equal(diags_level_count(said.test.diags, DIAG_WARNING), 2);
    case_close(&said.test);
    say(&said, "อื่น: ได้คะแนนรวม 86.71 คะแนน\n", true);
    assert_good(&said.test);
    case_close(&said.test);
}

static void
mentions_are_attached(void **state)
{
    struct said said;

    (void)state;
    say_body(&said, &ita, "IIT ๙๙.๔๙ คะแนน ได้คะแนนรวม 86.71 คะแนน");
    const struct mention *mention = said.scores->total->mentions;
    assert_non_null(mention);
    assert_null(mention->next);
    assert_str(mention->text, "86.71");
    assert_int_equal(mention->number.units, 8671);
    assert_int_equal(mention->pos.line, 11);
    assert_non_null(said.scores->total->first->mentions);
    assert_str(said.scores->total->first->mentions->text, "๙๙.๔๙");
    assert_null(said.scores->total->first->next->mentions);
    case_close(&said.test);
}

#define LONG ((size_t)1 << 20)

/* Reads a megabyte of `first`, `before` for `share` bytes, and `piece` for the rest. */
static void
read_long(const char *first, const char *before, size_t share, const char *piece)
{
    size_t size = strlen(piece), at = strlen(first);
    char *text = malloc(LONG + at + 1);

    assert_non_null(text);
    memcpy(text, first, at);
    for (size_t from = at; at + strlen(before) <= from + share; at += strlen(before))
        memcpy(text + at, before, strlen(before));
    for (; at + size <= LONG; at += size)
        memcpy(text + at, piece, size);
    text[at] = '\0';
    clock_t begin = clock();
    struct said said;
    say_body(&said, &ita, text);
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    case_close(&said.test);
    free(text);
    if (seconds > 3.0)
        print_message("%s%s: %.1f s\n", first, piece, seconds);
    assert_true(seconds < 3.0);
}

/* A megabyte of what looks like the beginning of something takes less than three seconds. */
static void
long_texts_take_no_longer(void **state)
{
    static const char *const pieces[] = {"แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภาย",
                                         "ตัวชี้วัดที่ 1 การปฏิบัต ",
                                         "ส่วนที่ 1 ",
                                         "IIT 1.00 คะแนน ",
                                         "ระดับ A หรือ ",
                                         "1.",
                                         "ปี ",
                                         "(",
                                         "ปี 2565 – ",
                                         "99.49 "};

    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++)
        read_long("", " ", 0, pieces[i]);
    read_long("1 -", " ", LONG / 2, "1x ");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_that_agree),
        cmocka_unit_test(numbers_that_are_no_figures),
        cmocka_unit_test(figures_that_disagree),
        cmocka_unit_test(other_assessments),
        cmocka_unit_test(levels),
        cmocka_unit_test(names_of_numbered_scores),
        cmocka_unit_test(years),
        cmocka_unit_test(all_years_of_a_title_count),
        cmocka_unit_test(inconsistent_data_make_warnings),
        cmocka_unit_test(mentions_are_attached),
        cmocka_unit_test(long_texts_take_no_longer),
    };

    return cmocka_run_group_tests_name("check_mention", tests, NULL, NULL);
}
