/* What a report of an assessment has besides a memo: a rubric made for it, scores that agree, an
 * attachment of tables. */
#include <stdio.h>
#include <string.h>

#include "random/random.h"

#define SCORE "90.00"
#define SCORE_THAI "๙๐.๐๐"
#define YEAR "2566"
#define INDICATORS 9
#define ITEMS 12

struct entry {
    char code[16];
    struct str name, elements;
};

struct assessment {
    struct str office, tambon, amphoe, province;
    struct str instruments[3];
    struct entry indicators[INDICATORS], items[ITEMS];
    uint32_t indicator_count, item_count;
    struct str groups[ITEMS], subtitles[ITEMS]; /* by the item that a group begins with */
    bool continues[ITEMS];                      /* a group of the same name */
};

static const char *const codes[3] = {"IIT", "EIT", "OIT"};

/* ---- the rubric */

static void
put_head(struct making *rubric)
{
    static const char *const lines[][2] = {{"ใช้กับ", "ita-report"},
                                           {"การประเมิน", "การประเมินคุณธรรมและความโปร่งใส"},
                                           {"ชื่อย่อ", "ITA"},
                                           {"ปี", YEAR},
                                           {"วันประกาศผล", "2566-08-10"},
                                           {"ยืนยันแล้ว", "ใช่"}};

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        data_plain(&rubric->data, lines[i][0], lines[i][1]);
    data_open(&rubric->data, "ความคลาดเคลื่อน", '{');
    data_plain(&rubric->data, "เครื่องมือ", "0.01");
    data_plain(&rubric->data, "ส่วน", "0.01");
    data_plain(&rubric->data, "คะแนนรวม", "0.01");
    data_close(&rubric->data, '}');
    data_open(&rubric->data, "ระดับ", '[');
    data_open(&rubric->data, NULL, '{');
    data_plain(&rubric->data, "ชื่อ", "ผ่าน");
    data_plain(&rubric->data, "คะแนนรวม", "0");
    data_close(&rubric->data, '}');
    data_close(&rubric->data, ']');
}

static void
put_instruments(struct making *rubric, struct assessment *assessment)
{
    static const char *const weights[3] = {"30", "30", "40"};

    data_open(&rubric->data, "เครื่องมือ", '[');
    for (int i = 0; i < 3; i++) {
        data_open(&rubric->data, NULL, '{');
        data_plain(&rubric->data, "รหัส", codes[i]);
        assessment->instruments[i] = make_plain(rubric, "ชื่อ");
        data_plain(&rubric->data, "น้ำหนัก", weights[i]);
        if (i == 1) {
            data_open(&rubric->data, "ส่วน", '[');
            for (int j = 1; j <= 2; j++) {
                data_open(&rubric->data, NULL, '{');
                data_plain(&rubric->data, "รหัส", j == 1 ? "ส่วนที่ 1" : "ส่วนที่ 2");
                make_plain(rubric, "ชื่อ");
                data_close(&rubric->data, '}');
            }
            data_close(&rubric->data, ']');
        }
        data_close(&rubric->data, '}');
    }
    data_close(&rubric->data, ']');
}

static void
put_entries(struct making *rubric, struct assessment *assessment)
{
    assessment->indicator_count = 3 + make_below(rubric, INDICATORS - 2);
    assessment->item_count = 1 + make_below(rubric, ITEMS);
    data_open(&rubric->data, "ตัวชี้วัด", '[');
    for (uint32_t i = 0; i < assessment->indicator_count; i++) {
        struct entry *entry = &assessment->indicators[i];

        data_open(&rubric->data, NULL, '{');
        snprintf(entry->code, sizeof entry->code, "%u", i + 1);
        data_plain(&rubric->data, "ลำดับ", entry->code);
        entry->name = make_plain(rubric, "ชื่อ");
        data_plain(&rubric->data, "เครื่องมือ", codes[i % 3]);
        data_close(&rubric->data, '}');
    }
    data_close(&rubric->data, ']');
    data_open(&rubric->data, "รายการ", '[');
    for (uint32_t i = 0; i < assessment->item_count; i++) {
        struct entry *entry = &assessment->items[i];

        data_open(&rubric->data, NULL, '{');
        snprintf(entry->code, sizeof entry->code, "O%u", i + 1);
        data_plain(&rubric->data, "รหัส", entry->code);
        entry->name = make_plain(rubric, "ชื่อ");
        entry->elements = make_paragraphs(rubric, "องค์ประกอบ", DIGITS_TYPED, "-");
        data_close(&rubric->data, '}');
    }
    data_close(&rubric->data, ']');
}

static void
put_groups(struct making *rubric, struct assessment *assessment)
{
    struct str last = STR("");

    data_open(&rubric->data, "กลุ่ม", '[');
    for (uint32_t i = 0; i < assessment->item_count;) {
        uint32_t end = i + 1 + make_below(rubric, 5), from = i;

        data_open(&rubric->data, NULL, '{');
        data_plain(&rubric->data, "ตัวชี้วัด", "1");
        assessment->groups[from] = make_plain(rubric, "ชื่อ");
        assessment->continues[from] = i > 0 && str_eq(assessment->groups[from], last);
        last = assessment->groups[from];
        if (make_hit(rubric, 30))
            assessment->subtitles[from] = make_plain(rubric, "ชื่อรอง");
        data_open(&rubric->data, "รายการ", '[');
        for (; i < end && i < assessment->item_count; i++)
            data_text(&rubric->data, NULL, str_of(assessment->items[i].code));
        data_close(&rubric->data, ']');
        data_close(&rubric->data, '}');
    }
    data_close(&rubric->data, ']');
}

static const struct assessment *
make_rubric(struct making *making)
{
    struct assessment *assessment = arena_alloc(making->maker->arena, sizeof *assessment);
    struct making rubric = *making;

    making->report->rubric = buf_in(making->maker->arena);
    rubric.data = (struct data){making->maker, &making->report->rubric, false, 0, true};
    data_open(&rubric.data, NULL, '{');
    put_head(&rubric);
    put_instruments(&rubric, assessment);
    put_entries(&rubric, assessment);
    put_groups(&rubric, assessment);
    data_close(&rubric.data, '}');
    assessment->office = make_plain(making, "ชื่อ");
    assessment->tambon = make_plain(making, "ตำบล");
    assessment->amphoe = make_plain(making, "อำเภอ");
    assessment->province = make_plain(making, "จังหวัด");
    return assessment;
}

void
assessment_begin(struct making *making)
{
    data_plain(&making->data, "ปีงบประมาณ", making->report->is_json ? YEAR : "๒๕๖๖");
    data_open(&making->data, "หน่วยงาน", '{');
    making->assessment = make_rubric(making);
    data_close(&making->data, '}');
}

/* ---- scores */

static void
want_score(struct making *making, int instrument, const char *part)
{
    report_want(making->report, "เครื่องมือ.ชื่อ", making->assessment->instruments[instrument]);
    make_want(making, "เครื่องมือ.รหัส",
              arena_printf(making->maker->arena, "(%s)%s", codes[instrument], part));
    make_want(making, "คะแนน", "คะแนนรวม" SCORE_THAI "คะแนน");
}

static void
instruments(struct making *making)
{
    bool total = make_hit(making, 50);

    data_plain(&making->data, "คะแนนรวม", SCORE);
    data_text(&making->data, "ระดับ", STR("ผ่าน"));
    data_plain(&making->data, "IIT", making->report->is_json ? SCORE : "\"" SCORE_THAI "\"");
    want_score(making, 0, "");
    data_open(&making->data, "EIT", '{');
    if (total) {
        data_plain(&making->data, "รวม", SCORE);
        want_score(making, 1, "");
    }
    data_plain(&making->data, "ส่วนที่ 1", SCORE);
    want_score(making, 1, "ส่วนที่๑");
    data_plain(&making->data, "ส่วนที่ 2", SCORE);
    want_score(making, 1, "ส่วนที่๒");
    data_close(&making->data, '}');
    data_plain(&making->data, "OIT", SCORE);
    want_score(making, 2, "");
}

static void
chart(struct making *making)
{
    struct str title = STR("");

    if (make_hit(making, 50)) {
        data_open(&making->data, "แผนภูมิ", '{');
        title = make_maybe(making, "ชื่อ", DIGITS_TYPED, 70);
        data_text(&making->data, "คำบรรยาย", STR("แผนภูมิ"));
        data_close(&making->data, '}');
    }
    report_want(making->report, "แผนภูมิ.ชื่อ",
                title.len > 0 ? title : STR("ผลการประเมิน ITA รายตัวชี้วัด ปี " YEAR));
}

void
assessment_scores(struct making *making)
{
    const struct assessment *assessment = making->assessment;

    data_open(&making->data, "ผลประเมิน", '{');
    instruments(making);
    data_open(&making->data, "ตัวชี้วัด", '{');
    for (uint32_t i = 0; i < assessment->indicator_count; i++)
        data_plain(&making->data, assessment->indicators[i].code, SCORE);
    data_close(&making->data, '}');
    data_close(&making->data, '}');
    chart(making);
    struct str caption = make_maybe(making, "ชื่อตาราง", DIGITS_TYPED, 30);
    report_want(making->report, "ชื่อตาราง", caption.len > 0 ? caption : STR("ปี " YEAR));
    make_want(making, "(ตารางคะแนน)", "ลำดับที่รายละเอียดตัวชี้วัดคะแนน");
    for (uint32_t i = 0; i < assessment->indicator_count; i++) {
        make_want(making, "ตัวชี้วัด.ลำดับ", assessment->indicators[i].code);
        report_want(making->report, "ตัวชี้วัด.ชื่อ", assessment->indicators[i].name);
        make_want(making, "ตัวชี้วัด.คะแนน", SCORE);
    }
}

/* ---- the attachment */

static void
titles(struct making *making)
{
    const struct assessment *a = making->assessment;
    struct report *report = making->report;

    data_open(&making->data, "เอกสารแนบ", '{');
    if (make_hit(making, 30)) {
        data_open(&making->data, "ชื่อเรื่อง", '[');
        for (uint32_t i = 1 + make_below(making, 4); i > 0; i--)
            report_want(report, "ชื่อเรื่อง", make_plain(making, NULL));
        data_close(&making->data, ']');
    } else {
        make_want(making, "(ชื่อเรื่อง)", "รายงานผลการดำเนินการเพื่อยกระดับคุณธรรมและความโปร่งใสของ");
        report_want(report, "หน่วยงาน.ชื่อ", a->office);
        make_want(making, "(ชื่อเรื่อง)", "ประจำปีงบประมาณ พ.ศ. " YEAR);
        report_want(report, "หน่วยงาน.ชื่อ", a->office);
        make_want(making, "(ตำบล)", "ตำบล");
        report_want(report, "หน่วยงาน.ตำบล", a->tambon);
        make_want(making, "(อำเภอ)", "อำเภอ");
        report_want(report, "หน่วยงาน.อำเภอ", a->amphoe);
        make_want(making, "(จังหวัด)", "จังหวัด");
        report_want(report, "หน่วยงาน.จังหวัด", a->province);
    }
    report_want(report, "บทนำ", make_paragraphs(making, "บทนำ", DIGITS_TYPED, NULL));
    data_close(&making->data, '}');
}

static void
measures(struct making *making)
{
    struct report *report = making->report;
    uint32_t count = 1 + make_below(making, 4);

    make_want(making, "(มาตรการ)",
              "ลำดับมาตรการ/กิจกรรมวิธีดำเนินการระยะเวลาในการดำเนินการผู้รับผิดชอบ"
              "สรุปผลการดำเนินการตามมาตรการหรือกิจกรรมผลลัพธ์หรือความสำเร็จในการดำเนินการ"
              "รายละเอียดการดำเนินการ");
    data_open(&making->data, "มาตรการ", '[');
    for (uint32_t i = 1; i <= count; i++) {
        data_open(&making->data, NULL, '{');
        make_want(making, "(ลำดับ)", arena_printf(making->maker->arena, "%u", i));
        report_want(report, "มาตรการ.ชื่อ", make_text(making, "ชื่อ", DIGITS_TYPED));
        report_want(report, "รายละเอียด", make_paragraphs(making, "รายละเอียด", DIGITS_TYPED, NULL));
        report_want(report, "การดำเนินการ",
                    make_paragraphs(making, "การดำเนินการ", DIGITS_TYPED, NULL));
        report_want(report, "ระยะเวลา", make_text(making, "ระยะเวลา", DIGITS_TYPED));
        report_want(report, "ผู้รับผิดชอบ", make_text(making, "ผู้รับผิดชอบ", DIGITS_TYPED));
        report_want(report, "สรุปผล", make_paragraphs(making, "สรุปผล", DIGITS_TYPED, NULL));
        report_want(report, "ผลลัพธ์", make_paragraphs(making, "ผลลัพธ์", DIGITS_TYPED, NULL));
        data_close(&making->data, '}');
    }
    data_close(&making->data, ']');
}

/* State and progress, of a cell at the end of a row. */
static void
progress(struct making *making)
{
    static const char *const ways[][2] = {
        {"ดำเนินการ", "☐ยังไม่ได้ดำเนินการ☑ดำเนินการ"},
        {"ทำแล้ว", "☐ยังไม่ได้ดำเนินการ☑ดำเนินการ"},
        {"ยัง", "☑ยังไม่ได้ดำเนินการ☐ดำเนินการ"},
    };

    make_want(making, "สถานะ", make_either(making, "สถานะ", ways, 3));
    if (make_hit(making, 70))
        report_want(making->report, "ความก้าวหน้า",
                    make_paragraphs(making, "ความก้าวหน้า", DIGITS_TYPED, "-"));
}

static void
guidance(struct making *making)
{
    const struct assessment *assessment = making->assessment;
    struct report *report = making->report;
    uint32_t count = 1 + make_below(making, assessment->indicator_count);

    make_want(making, "(แนวทาง)",
              "ตัวชี้วัดแนวทางในการยกระดับการประเมินผู้รับผิดชอบระยะเวลาความก้าวหน้า/ผลการดำเนินการ");
    data_open(&making->data, "แนวทาง", '[');
    for (uint32_t i = 0; i < count; i++) {
        const struct entry *entry = &assessment->indicators[i];

        data_open(&making->data, NULL, '{');
        data_plain(&making->data, "ตัวชี้วัด", entry->code);
        make_want(making, "(ตัวชี้วัด)", arena_printf(making->maker->arena, "ตัวชี้วัดที่%s", entry->code));
        report_want(report, "ตัวชี้วัด.ชื่อ", entry->name);
        report_want(report, "แนวทาง", make_paragraphs(making, "แนวทาง", DIGITS_TYPED, NULL));
        report_want(report, "ผู้รับผิดชอบ", make_text(making, "ผู้รับผิดชอบ", DIGITS_TYPED));
        report_want(report, "ระยะเวลา", make_text(making, "ระยะเวลา", DIGITS_TYPED));
        progress(making);
        data_close(&making->data, '}');
    }
    data_close(&making->data, ']');
}

static void
items(struct making *making)
{
    const struct assessment *assessment = making->assessment;
    struct report *report = making->report;

    data_open(&making->data, "รายการ", '{');
    for (uint32_t i = 0; i < assessment->item_count; i++) {
        const struct entry *entry = &assessment->items[i];

        if (assessment->groups[i].len > 0) {
            report_want(report, "กลุ่ม.ชื่อ", assessment->groups[i]);
            make_want(making, "(ต่อ)", assessment->continues[i] ? "(ต่อ)" : "");
            report_want(report, "กลุ่ม.ชื่อรอง", assessment->subtitles[i]);
            make_want(making, "(รายการ)", "ข้อข้อมูลองค์ประกอบด้านข้อมูลผู้รับผิดชอบความก้าวหน้า/ผลการดำเนินการ");
        }
        data_open(&making->data, entry->code, '{');
        make_want(making, "รหัส", entry->code);
        report_want(report, "รายการ.ชื่อ", entry->name);
        report_want(report, "องค์ประกอบ", entry->elements);
        report_want(report, "ผู้รับผิดชอบ", make_text(making, "ผู้รับผิดชอบ", DIGITS_TYPED));
        progress(making);
        data_close(&making->data, '}');
    }
    data_close(&making->data, '}');
}

void
assessment_attachment(struct making *making)
{
    titles(making);
    measures(making);
    guidance(making);
    items(making);
}
