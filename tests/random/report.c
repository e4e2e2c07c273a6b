/* Makes a report of each template at random, and what its PDF must say. */
#include <stdio.h>
#include <string.h>

#include "random/random.h"

void
report_want(struct report *report, const char *field, struct str text)
{
    report->wants = arena_grow(report->arena, report->wants, report->count, &report->cap,
                               sizeof *report->wants, 64);
    report->wants[report->count++] = (struct want){field, text, false};
}

bool
make_hit(struct making *making, uint32_t percent)
{
    return rng_hit(&making->maker->rng, percent);
}

uint32_t
make_below(struct making *making, uint32_t limit)
{
    return rng_below(&making->maker->rng, limit);
}

void
make_want(struct making *making, const char *field, const char *text)
{
    report_want(making->report, field, str_of(text));
    making->report->wants[making->report->count - 1].loose = true;
}

/* A field of text: written now, its outcome given back. */
struct str
make_text(struct making *making, const char *field, enum digits digits)
{
    struct said said = said_in(making->maker->arena);

    making->maker->lines = true;
    say_words(making->maker, digits, &said);
    making->maker->lines = false;
    data_text(&making->data, field, buf_str(&said.in));
    return buf_str(&said.out);
}

struct str
make_plain(struct making *making, const char *field)
{
    struct said said = said_in(making->maker->arena);

    say_plain(making->maker, 1 + make_below(making, making->maker->hostile ? 25 : 4), &said);
    data_text(&making->data, field, buf_str(&said.in));
    return buf_str(&said.out);
}

static struct str
person(struct making *making)
{
    struct said said = said_in(making->maker->arena);

    say_person(making->maker, &said);
    data_text(&making->data, "ชื่อ", buf_str(&said.in));
    return buf_str(&said.out);
}

/* One that need not be there: empty text when it is not. */
struct str
make_maybe(struct making *making, const char *field, enum digits digits, uint32_t percent)
{
    if (make_hit(making, percent))
        return make_text(making, field, digits);
    if (make_hit(making, 10))
        data_plain(&making->data, field, "null");
    else if (make_hit(making, 10))
        data_text(&making->data, field, STR(""));
    else if (make_hit(making, 10))
        data_text(&making->data, field, STR("-"));
    return STR("");
}

/* One of two ways, with what comes out. */
const char *
make_either(struct making *making, const char *field, const char *const (*ways)[2], uint32_t count)
{
    uint32_t which = make_below(making, count);

    data_text(&making->data, field, str_of(ways[which][0]));
    return ways[which][1];
}

/* ---- paragraphs and lists */

static void
item(struct making *making, enum digits digits, int depth, unsigned number, struct said *said)
{
    char marker[16] = "-";

    for (int i = 0; i < depth; i++)
        say_text(DIGITS_TYPED, "  ", said);
    if (depth < 2)
        snprintf(marker, sizeof marker, depth == 0 ? "%u." : "(%u)", number);
    say_text(digits, marker, said);
    buf_byte(&said->in, ' ');
    buf_byte(&said->out, '\n'); /* there is a gap, whatever it is made of */
    say_words(making->maker, digits, said);
    say_text(digits, "\n", said);
}

static void
list(struct making *making, enum digits digits, int depth, struct said *said)
{
    unsigned count = 1 + make_below(making, making->maker->hostile ? 12 : 4);

    for (unsigned i = 1; i <= count; i++) {
        item(making, digits, depth, i, said);
        if (depth < 2 && make_hit(making, 20))
            list(making, digits, depth + 1, said);
    }
}

/* `bullet`: what stands before a paragraph without a marker; NULL nothing. */
struct str
make_paragraphs(struct making *making, const char *field, enum digits digits, const char *bullet)
{
    struct said said = said_in(making->maker->arena);
    unsigned count = 1 + make_below(making, making->maker->hostile ? 6 : 3);

    making->maker->lines = bullet == NULL;
    for (unsigned i = 0; i < count; i++) {
        if (i > 0)
            buf_byte(&said.in, '\n');
        if (make_hit(making, 30)) {
            list(making, digits, 0, &said);
            continue;
        }
        if (bullet != NULL)
            buf_printf(&said.out, "%s\n", bullet);
        say_words(making->maker, digits, &said);
        if (bullet == NULL && make_hit(making, 30)) {
            say_text(digits, "\n", &said);
            say_words(making->maker, digits, &said);
        }
        say_text(digits, "\n", &said);
    }
    making->maker->lines = false;
    data_text(&making->data, field, buf_str(&said.in));
    return buf_str(&said.out);
}

/* ---- what all memos have */

static const char *const acting[][2] = {
    {"รักษาราชการแทน", "รักษาราชการแทน"},
    {"ปฏิบัติราชการแทน", "ปฏิบัติราชการแทน"},
};

/* The fields of one who signs: those of the report stand in any order, those of the page in this
 * one. `of_position` stands above, where what is above has the position in it. */
static void
signer(struct making *making, const char *of_position)
{
    struct report *report = making->report;
    const char *as = "";
    struct str of = STR(""), position = make_text(making, "ตำแหน่ง", DIGITS_SENTENCE);
    struct str name = person(making);

    if (of_position != NULL)
        report_want(report, "เส้นทาง.หัวข้อ",
                    str_of(arena_printf(report->arena, "%s%.*s", of_position, STR_FMT(position))));
    report_want(report, "(", STR("("));
    report_want(report, "ชื่อ", name);
    report_want(report, ")", STR(")"));
    report_want(report, "ตำแหน่ง", position);
    if (make_hit(making, 30)) {
        as = make_either(making, "ฐานะ", acting, 2);
        of = make_text(making, "แทน", DIGITS_TYPED);
    }
    make_want(making, "ฐานะ", as);
    report_want(report, "แทน", of);
}

static void
opinions(struct making *making)
{
    unsigned count = make_below(making, 4);

    if (count == 0)
        return;
    data_open(&making->data, "ความเห็น", '[');
    for (unsigned i = 0; i < count; i++) {
        data_open(&making->data, NULL, '{');
        report_want(making->report, "ความเห็น.หัวข้อ", make_text(making, "หัวข้อ", DIGITS_SENTENCE));
        if (make_hit(making, 60))
            report_want(making->report, "ความเห็น.ข้อความ",
                        make_paragraphs(making, "ข้อความ", DIGITS_SENTENCE, NULL));
        signer(making, NULL);
        data_close(&making->data, '}');
    }
    data_close(&making->data, ']');
}

/* A hash in the forms that people copy; it stands on no page. */
static void
hash(struct making *making, const char *field)
{
    static const char *const between[] = {"", ":", " "};
    const char *sign = between[make_below(making, 3)];
    struct buf digits = buf_in(making->report->arena);

    for (int i = 0; i < 32; i++)
        buf_printf(&digits, "%s%02X", i == 0 ? "" : sign, (unsigned)make_below(making, 256));
    data_text(&making->data, field, buf_str(&digits));
}

/* Those who sign with certificates, in place of ลงนาม and ความเห็น: the first made the report. */
static void
route(struct making *making)
{
    static const char *const roles[] = {"เจ้าหน้าที่", "head-2", "ปลัด", "นายก"};
    unsigned count = 1 + make_below(making, 4);

    data_open(&making->data, "เส้นทาง", '[');
    for (unsigned i = 0; i < count; i++) {
        bool titled = make_hit(making, i == 0 ? 20 : 70);
        data_open(&making->data, NULL, '{');
        data_text(&making->data, "บทบาท", str_of(roles[i]));
        if (titled)
            report_want(making->report, "เส้นทาง.หัวข้อ", make_text(making, "หัวข้อ", DIGITS_SENTENCE));
        if (make_hit(making, 30))
            hash(making, "ใบรับรอง");
        signer(making, titled || i == 0 ? NULL : "ความเห็นของ");
        data_close(&making->data, '}');
    }
    data_close(&making->data, ']');
    if (make_hit(making, 30))
        hash(making, "แทนฉบับ");
}

static void
head_office(struct making *making)
{
    struct report *report = making->report;
    struct said mail = said_in(report->arena), phone = said_in(report->arena);

    make_want(making, "(หัว)", "บันทึกข้อความส่วนราชการ");
    report_want(report, "ส่วนราชการ", make_text(making, "ส่วนราชการ", DIGITS_SENTENCE));
    if (make_hit(making, 50)) {
        say_text(DIGITS_THAI, make_hit(making, 50) ? "0 2123 4567 ต่อ 89" : "0-2123-4567", &phone);
        data_text(&making->data, "โทร", buf_str(&phone.in));
        make_want(making, "(โทร)", "โทร.");
        report_want(report, "โทร", buf_str(&phone.out));
    }
    if (make_hit(making, 50)) {
        say_text(DIGITS_TYPED,
                 make_hit(making, 70) ? "saraban.2566@example.go.th"
                                      : "a-very-long-name-of-a-mailbox-with-99-and-more.letters-"
                                        "than-a-line-could-ever-hold-for-a-reader@sub.domain.of."
                                        "an-office.example.go.th",
                 &mail);
        data_text(&making->data, "อีเมล", buf_str(&mail.in));
        make_want(making, "(อีเมล)", "ไปรษณีย์อิเล็กทรอนิกส์");
        report_want(report, "อีเมล", buf_str(&mail.out));
    }
}

static void
head(struct making *making)
{
    static const char *const dates[][2] = {{"2566-09-29", "๒๙ กันยายน ๒๕๖๖"},
                                           {"๑ ต.ค. ๖๖", "๑ ตุลาคม ๒๕๖๖"},
                                           {"29/9/2566", "๒๙ กันยายน ๒๕๖๖"},
                                           {"5 ธันวาคม 2566", "๕ ธันวาคม ๒๕๖๖"},
                                           {"2566-10", "ตุลาคม ๒๕๖๖"}};
    static const char *const numbers[][2] = {{"สม 99901/", "สม ๙๙๙๐๑/"},
                                             {"ที่ 12/2566", "ที่ ๑๒/๒๕๖๖"},
                                             {"สม 99901.3-4/๕๖๗", "สม ๙๙๙๐๑.๓-๔/๕๖๗"},
                                             {"กท 1234567890/1234567890/1234567890-1234567890",
                                              "กท ๑๒๓๔๕๖๗๘๙๐/๑๒๓๔๕๖๗๘๙๐/๑๒๓๔๕๖๗๘๙๐-๑๒๓๔๕๖๗๘๙๐"}};
    struct report *report = making->report;

    head_office(making);
    make_want(making, "(ที่)", "ที่");
    make_want(making, "ที่", make_either(making, "ที่", numbers, make_hit(making, 10) ? 4 : 3));
    make_want(making, "(วันที่)", "วันที่");
    make_want(making, "วันที่", make_either(making, "วันที่", dates, 5));
    make_want(making, "(เรื่อง)", "เรื่อง");
    report_want(report, "เรื่อง", make_text(making, "เรื่อง", DIGITS_SENTENCE));
    make_want(making, "(เรียน)", "เรียน");
    report_want(report, "เรียน", make_text(making, "เรียน", DIGITS_SENTENCE));
    struct str through = make_maybe(making, "ผ่าน", DIGITS_SENTENCE, 20);
    if (through.len > 0) {
        make_want(making, "(ผ่าน)", "(ผ่าน");
        report_want(report, "ผ่าน", through);
        make_want(making, "(ผ่าน)", ")");
    }
}

static void
marks(struct making *making)
{
    static const char *const urgent[][2] = {{"ด่วนที่สุด", "ด่วนที่สุด"}, {"ด่วน", "ด่วน"}};
    static const char *const secret[][2] = {{"ลับที่สุด", "ลับที่สุด"}, {"ลับ", "ลับ"}};

    if (make_hit(making, 20))
        make_want(making, "ชั้นความลับ", make_either(making, "ชั้นความลับ", secret, 2));
    if (make_hit(making, 20))
        make_want(making, "ชั้นความเร็ว", make_either(making, "ชั้นความเร็ว", urgent, 2));
}

static void
closing(struct making *making)
{
    report_want(making->report, "สรุป", make_text(making, "สรุป", DIGITS_SENTENCE));
    if (make_hit(making, 40)) {
        route(making);
        return;
    }
    data_open(&making->data, "ลงนาม", '{');
    signer(making, NULL);
    data_close(&making->data, '}');
    opinions(making);
}

static void
body(struct making *making)
{
    report_want(making->report, "เนื้อความ",
                make_paragraphs(making, "เนื้อความ", DIGITS_SENTENCE, NULL));
}

static void
memo(struct making *making, bool assessed)
{
    if (assessed)
        assessment_begin(making);
    marks(making);
    head(making);
    body(making);
    if (assessed)
        assessment_scores(making);
    closing(making);
    if (assessed)
        assessment_attachment(making);
}

struct report
report_make(struct maker *maker, const char *template_name)
{
    struct report report = {.arena = maker->arena};
    struct making making = {.maker = maker, .report = &report};

    report.file = buf_in(maker->arena);
    report.is_json = rng_hit(&maker->rng, 40);
    making.data = (struct data){maker, &report.file, report.is_json, 0, true};
    data_open(&making.data, NULL, '{');
    data_text(&making.data, "template", str_of(template_name == NULL ? "grid" : template_name));
    if (template_name == NULL)
        grid_make(&making);
    else
        memo(&making, strcmp(template_name, "ita-report") == 0);
    data_close(&making.data, '}');
    return report;
}
