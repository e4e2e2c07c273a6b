/* Break places: what may end a line, rule by rule. "|" is a good place, "¦" one inside a compound,
 * "!" a last resort. */
#include "test.h"

#include <time.h>

#include "text/breaks.h"

/* Takes the marks out, finds the breaks and compares. */
static void
assert_breaks(const char *marked, bool emergency)
{
    struct arena *arena = arena_new(0);
    struct breaker *breaker = breaker_open();
    struct buf plain = buf_in(arena);

    for (const char *c = marked; *c != '\0'; c++) {
        if (strncmp(c, "¦", 2) == 0)
            c++;
        else if (*c != '|' && (*c != '!' || !emergency))
            buf_byte(&plain, *c);
    }
    assert_str(breaks_mark(breaker, arena, buf_str(&plain), emergency), marked);
    breaker_close(breaker);
    arena_free(arena);
}

static void
each(const char *const *marked, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_breaks(marked[i], false);
}

#define EACH(...)                                        \
    do {                                                 \
        static const char *const list[] = {__VA_ARGS__}; \
        each(list, sizeof list / sizeof list[0]);        \
    } while (0)

static void
repetition_and_abbreviation_signs_stay(void **state)
{
    (void)state;
    EACH("ต่าง ๆ |กับ|อื่น ๆ", "ต่างๆ", "วัด |ถนน ฯลฯ |และ|คน", "ต่าง ๆ ฯลฯ", "กรุงเทพฯ");
}

static void
quotes_and_brackets_hold_what_they_enclose(void **state)
{
    (void)state;
    EACH("“ คน ”", "( คน )", "“คน” |‘คน’", "\" คน \" |คน |\"คน\"", "[ คน ] |{ คน }", "« คน »",
         "คน ! |คน ? |คน : |คน ; |คน , |คน", "๑๐ % |คน");
}

static void
years_and_dates(void **state)
{
    (void)state;
    EACH("พ.ศ. ๒๕๖๖ |และ", "ค.ศ. 2023 |และ", "๒๙ กันยายน ๒๕๖๖ |และ", "๑ ก.ย. |๖๖", "ปี พ.ศ. ๒๕๖๖",
         "ปี ๒๕๖๖");
}

static void
numbers_with_what_they_count(void **state)
{
    (void)state;
    EACH("๘๖.๑๗ คะแนน |คน", "๑๐๐ บาท", "เวลา ๑๐.๐๐ น. |คน", "๕ ปี |๓ เดือน |๒ วัน",
         "๙ แห่ง |๔ คน |๖ แห่ง |๓ ครั้ง", "มาตรา ๙ |หน่วย¦งาน|ต้อง", "กันยายน ๒๕๖๖ |เรื่อง |ขอ",
         "ร้อยละ ๘๖ |และ", "฿ ๑๐๐", "มาตรา ๖๙ |และ", "ข้อ ๓ |และ", "วันที่ ๒ |และ", "ครั้งที่ ๑",
         "ตัว¦ชี้¦วัดที่ ๗", "วัน ที่ ๑๕ สิงหาคม ๒๕๖๖ |เวลา ๑๐.๐๐ น.", "ส่วนที่ ๑", "ฉบับที่ ๓", "86.17 คะแนน",
         "ข้อ -๑", "พุทธศักราช ๒๕๖๖", "ชั้น ๓ |อาคาร", "๔๕.๒๕ ตร.กม. |คน", "๒๙ °C |และ");
}

static void
numbers_of_sections_count_nothing(void **state)
{
    (void)state;
    EACH("มาตรา ๖๙/๑ |แห่ง|พระราชบัญญัติ", "หมู่ที่ ๕ |ตำบล|ตัวอย่าง", "ไตรมาสที่ ๔ |ปี ๒๕๖๖", "ข้อ ๒-๓ |เรื่อง",
         "เจ้า¦หน้าที่ ๓ คน", "วันที่ ๕ เดือน|กันยายน", "ราย |๑,๐๐๐/๒ คน");
    EACH("ตาม|ข้อ ๖ (๒) |ของ", "มาตรา ๖๙ (ก) |แห่ง", "ข้อ ๗ |(เจ็ด)", "ข้อ ๗ |(1234)", "คน |(๑) |คน",
         "๕ |(๒)");
}

static void
single_letters_keep_their_hyphen(void **state)
{
    (void)state;
    EACH("ระบบ |e-GP |E-Local", "D-M-H-T-T-A", "well-|known |on-|line", "ก-|ข");
    EACH("ใช้ |Wi-Fi |In-|house |Thai-|Lao |wi-|Fi");
}

static void
numbers_next_to_other_words_are_free(void **state)
{
    (void)state;
    EACH("คน |๕ |และ |๖", "๕   |คะแนน" /* three spaces are a gap */);
}

static void
numbers_are_never_parted(void **state)
{
    (void)state;
    EACH("๑๒๓,๔๕๖.๗๘", "๑๐๐%", "๑๐:๓๐", "๒๕๖๖-๒๕๗๐", "1,234.50", "O1-O43 |และ");
    assert_breaks("๑๒๓๔๕๖๗๘๙๐๑๒๓๔๕๖๗๘๙๐", true);
    assert_breaks("๑!๒!๓!๔!๕!๖!๗!๘!๙!๐!๑!๒!๓!๔!๕!๖!๗!๘!๙!๐!๑", true);
}

/* As a last resort behind their signs: a range at its hyphen first. */
static void
numbers_part_behind_signs_at_last(void **state)
{
    static const char range[] = "1/10/2565-30/9/2566";
    struct arena *arena = arena_new(0);
    struct breaker *breaker = breaker_open();
    unsigned char grade[sizeof range];

    (void)state;
    assert_breaks("๑๒๓,!๔๕๖.!๗๘", true);
    assert_breaks("1-!2345-!67890-!12-!3", true);
    assert_breaks("31/!10/!2565-!3/!9/!2566", true);
    assert_breaks("08-!1234-!5678", true);
    assert_breaks("O!1!-!O!43", true);
    breaks_find(breaker, str_of(range), NULL, 0, grade);
    assert_int_equal(grade[strlen("1/")], BREAK_SYLLABLE);
    assert_int_equal(grade[strlen("1/10/2565-")], BREAK_SPACE);
    assert_int_equal(grade[strlen("1/1")], BREAK_NONE);
    breaker_close(breaker);
    arena_free(arena);
}

/* Behind what is filled in by hand a word begins; the word before it keeps the first dots. */
static void
dots_to_be_filled_in(void **state)
{
    (void)state;
    EACH("ข้าพเจ้า..............|ตำแหน่ง.......|สังกัด........|ขอ", "ลงชื่อ........|ผู้¦รับ",
         "วันที่.........|เดือน..........|พ.ศ.........", "เขียนที่ .......... |วันที่.......", "…|ก",
         "ชื่อ__________|ตำแหน่ง…………|อายุ........|ปี", "(..................)", "และ...|คน", "คน….|และ",
         "ณ |วันที่...../...../......|คน", "จำนวน..........|บาท |(..........|บาท|ถ้วน)",
         "ชื่อ----------|คน", "ก. |ข. |ค.ศ. ๒๕");
    assert_breaks("ก..!.!.!.!.!.!.!..", true);
    assert_breaks("ก. !. !. !. !. .", true);
}

static void
runs_of_other_signs(void **state)
{
    (void)state;
    assert_breaks("ab!!!!!!", false);
    EACH("ดี!!!!!!!!! |คน", "%%%%%%%", "(((((((คน)))))))", "********", "a....|b |c");
}

static void
what_begins_with_a_sign(void **state)
{
    (void)state;
    EACH("แฟ้ม |.png |และ |.๕ |หรือ |.5", "ใน |/etc/|hosts", "คน . |คน", "คน .คน", "คน /คน");
}

static void
addresses_prefer_signs(void **state)
{
    static const char text[] = "somchai.jaidee@nongsommut.go.th/a_b";
    struct arena *arena = arena_new(0);
    struct breaker *breaker = breaker_open();
    unsigned char grade[sizeof text];

    (void)state;
    breaks_find(breaker, str_of(text), NULL, 0, grade);
    for (size_t i = 1; text[i] != '\0'; i++) {
        bool sign = strchr("@._", text[i - 1]) != NULL;
        if (sign)
            assert_int_equal(grade[i], BREAK_SYLLABLE);
        else
            assert_true(text[i - 1] == '/' || grade[i] < BREAK_SYLLABLE);
    }
    breaks_find(breaker, STR("http://x"), NULL, 0, grade);
    for (size_t i = strlen("http"); i <= strlen("http://"); i++)
        assert_true(i == 4 || grade[i] == BREAK_NONE);
    breaker_close(breaker);
    arena_free(arena);
}

static void
references_of_letters(void **state)
{
    (void)state;
    EACH("ที่ นม ๘๓๗๐๑/๑๒๓ |และ", "ที่ มท ๐๘๑๐.๗/ว ๑๒๓๔ |และ", "ที่ ศธ 0210/55");
}

static void
telephone_numbers(void **state)
{
    (void)state;
    EACH("โทร. ๐ ๔๔๐๐ ๐๐๐๐ |และ", "๐๘ ๑๒๓๔ ๕๖๗๘", "0 4400 0000 |และ", "๐ |๑ |๒");
}

static void
abbreviations(void **state)
{
    (void)state;
    EACH("อบต.ตัวอย่าง |คน", "ป.ป.ช. |คน", "รัฐ(Integrity |and)", "จ.ตัวอย่าง |อ.ตัวอย่าง");
}

static void
names_with_titles(void **state)
{
    (void)state;
    EACH("นายสมชาย |ณ อยุธยา |คน", "นายสมชาย |ณ อยุธยา|ได้|มา", "นายสมชาย |ณ |ห้อง|ประชุม");
    EACH("(นายสมมติ |ตัวอย่าง)", "นางสาวตัวอย่าง |สมมติ |คน", "น.ส.สมมติ |ตัวอย่าง", "ว่าที่ ร.ต.สมมติ |ตัวอย่าง",
         "นาย สมมติ |ตัวอย่าง");
}

static void
names_in_a_sentence(void **state)
{
    (void)state;
    EACH("โดย|นางสาวตัวอย่าง |สมมติธรรมดา|ตำแหน่ง|นัก¦วิชาการ", "นายสมมติ|และ|นางตัวอย่าง",
         "บ้าน|นายบุญมี |ถึง|บ้าน", "นายบุญ|มี|หน้าที่", "โดย |ร.ต.อ.หญิง สุภาพร |วงศ์ไทย |และ");
}

static void
what_only_looks_like_a_name(void **state)
{
    (void)state;
    /* an office, a sentence longer than a name, a title inside a word */
    EACH("นายก|องค์การ", "นาย|และ|นาง|และ|นาย|และ|นาง|และ|นาย", "ขาย|นาย|และ|คน");
}

static void
words_that_icu_parts(void **state)
{
    (void)state;
    EACH("วัน¦ศุกร์ที่ ๒๙", "ราย¦ละ |๖๐๐ บาท", "ดาวน์¦โหลด|เอกสาร", "ด่วน¦ที่สุด", "ส่ง|อีเมล|มา",
         "โรค|โควิด-19", "ร้อยละ", "ผู้¦อำนวยการ|กอง|คลัง", "ผู้¦อำนวยการ|กอง|ช่าง", "ธรรมาภิบาล",
         "สำนัก¦งาน|ป.ป.ช.");
}

static void
web_addresses_break_after_bars_only(void **state)
{
    (void)state;
    EACH("คน |http://www.example.go.th/|b");
}

static void
invisible_hints(void **state)
{
    (void)state;
    EACH("กขค\xE2\x80\x8B|งจฉ" /* U+200B allows */, "คน\xE2\x81\xA0คน" /* U+2060 forbids */,
         "คน \xE2\x81\xA0คน", "คน\xC2\xA0คน" /* U+00A0 forbids */,
         "a\xC2\xAD"
         "b" /* U+00AD no hyphen */);
}

static void
last_resorts_keep_syllables_readable(void **state)
{
    (void)state;
    /* not after a leading vowel, not before a following one, not before a silenced letter */
    assert_breaks("เกาะ", true);
    assert_breaks("แส!ด!ง", true);
    assert_breaks("อ!งค์!กา!ร", true);
    assert_breaks("a!b!c", true);
    assert_breaks("ต่า!ง ๆ", true);
    assert_breaks("ก!ข |๑ !บา!ท", true);
}

static void
marks_change_nothing_else(void **state)
{
    struct arena *arena = arena_new(0);
    struct breaker *breaker = breaker_open();

    (void)state;
    assert_str(breaks_mark(breaker, arena, STR(""), true), "");
    assert_str(breaks_mark(breaker, arena, STR("ก|ข คน"), false), "ก||ข |คน");
    assert_str(breaks_mark(breaker, arena, STR("\xFF \xE0\xB8 x"), false), "\xFF |\xE0\xB8 |x");
    breaker_close(breaker);
    arena_free(arena);
}

static void
keeps_break_only_as_a_last_resort(void **state)
{
    struct str text = STR("ab คน คน cd");
    struct break_keep keep = {3, 16};
    struct arena *arena = arena_new(0);
    struct breaker *breaker = breaker_open();
    unsigned char grade[32];

    (void)state;
    breaks_find(breaker, text, &keep, 1, grade);
    assert_int_equal(grade[3], BREAK_GOOD);
    assert_int_equal(grade[6], BREAK_EMERGENCY);
    assert_int_equal(grade[10], BREAK_SPACE);
    assert_int_equal(grade[17], BREAK_GOOD);
    assert_int_equal(grade[text.len], BREAK_NONE);
    breaker_close(breaker);
    arena_free(arena);
}

/* The last byte of U+0E20 is that of U+00A0 too. */
static void
a_letter_in_a_keep_is_no_space(void **state)
{
    struct str text = STR("โชคลาภสมบูรณ์");
    struct break_keep keep = {0, text.len};
    struct arena *arena = arena_new(0);
    struct breaker *breaker = breaker_open();
    unsigned char grade[64];
    size_t after = str_find(text, STR("สม"));

    (void)state;
    breaks_find(breaker, text, NULL, 0, grade);
    assert_int_equal(grade[after], BREAK_GOOD);
    breaks_find(breaker, text, &keep, 1, grade);
    assert_int_equal(grade[after], BREAK_SYLLABLE);
    breaker_close(breaker);
    arena_free(arena);
}

/* A mark that is set on a space is one cluster with it. */
static void
a_mark_on_a_space_stays(void **state)
{
    (void)state;
    assert_breaks("a \xCC\x81!b", true);
}

static void
line_ends_must_break(void **state)
{
    struct arena *arena = arena_new(0);
    struct breaker *breaker = breaker_open();
    unsigned char grade[8];

    (void)state;
    breaks_find(breaker, STR("a\n)b"), NULL, 0, grade);
    assert_int_equal(grade[2], BREAK_MUST);
    breaker_close(breaker);
    arena_free(arena);
}

static void
own_words_stay_whole(void **state)
{
    static const struct str words[] = {{"ปลาที่ตลาด", sizeof "ปลาที่ตลาด" - 1},
                                       {"รุ่น 3/2 ก", sizeof "รุ่น 3/2 ก" - 1}};
    struct arena *arena = arena_new(0);
    struct breaker *breaker = breaker_open();

    (void)state;
    breaker_words(breaker, words, 2);
    assert_str(breaks_mark(breaker, arena, STR("ซื้อปลาที่ตลาดรุ่น 3/2 ก ด้วย"), false),
               "ซื้อ|ปลาที่ตลาด|รุ่น 3/2 ก |ด้วย");
    assert_str(breaks_mark(breaker, arena, STR("รุ่น ๓/๒ ก ด้วย"), false), "รุ่น ๓/๒ ก |ด้วย");
    breaker_words(breaker, NULL, 0);
    assert_str(breaks_mark(breaker, arena, STR("ซื้อปลาที่ตลาด"), false), "ซื้อ|ปลา|ที่|ตลาด");
    breaker_close(breaker);
    arena_free(arena);
}

/* An own word that is wider than a line is parted between the words that it is made of, but not
 * behind the kind of a division. */
static void
own_words_part_well(void **state)
{
    static const struct str words[] = {{"กองสวัสดิการสังคม", sizeof "กองสวัสดิการสังคม" - 1},
                                       {"ปลาที่ตลาด", sizeof "ปลาที่ตลาด" - 1}};
    static const char text[] = "กองสวัสดิการสังคมปลาที่ตลาด";
    struct arena *arena = arena_new(0);
    struct breaker *breaker = breaker_open();
    unsigned char grade[sizeof text];

    (void)state;
    breaker_words(breaker, words, 2);
    breaks_find(breaker, str_of(text), NULL, 0, grade);
    assert_int_equal(break_grade(grade[strlen("กอง")]), BREAK_EMERGENCY);
    assert_int_equal(break_grade(grade[strlen("กองสวัสดิการ")]), BREAK_SYLLABLE);
    assert_int_equal(break_grade(grade[strlen("กองสวัสดิการสังคม")]), BREAK_GOOD);
    assert_int_equal(break_grade(grade[strlen("กองสวัสดิการสังคมปลา")]), BREAK_SYLLABLE);
    breaker_close(breaker);
    arena_free(arena);
}

static double
seconds(struct breaker *breaker, struct str text, unsigned char *place)
{
    struct timespec from, to;
    double best = 0;

    for (int i = 0; i < 3; i++) {
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
        breaks_find(breaker, text, NULL, 0, place);
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
        double took = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
        best = i == 0 || took < best ? took : best;
    }
    return best;
}

/* Eight times the text takes no more than sixteen times as long. */
static void
long_texts_take_time_in_proportion(void **state)
{
    static const char *const units[] = {"ข", "ก่้๊๋็์ํ๎", "ฮ", "นาย", "๑ ", "a", "ที่ ", " ", "นาง ก "};
    struct arena *arena = arena_new(0);
    struct breaker *breaker = breaker_open();

    (void)state;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        size_t len = strlen(units[i]), count = 400000 / len;
        char *text = arena_alloc(arena, len * count);
        unsigned char *place = arena_alloc(arena, len * count + 1);
        for (size_t k = 0; k < count; k++)
            memcpy(text + k * len, units[i], len);
        double part = seconds(breaker, (struct str){text, count / 8 * len}, place);
        double all = seconds(breaker, (struct str){text, count * len}, place);
        assert_true(all < part * 16 + 0.001);
    }
    breaker_close(breaker);
    arena_free(arena);
}

/* Every Thai base with every vowel and tone: no break may part a letter from what belongs to it,
 * and no line may begin with a sign. */
static void
syllables_stay_whole(void **state)
{
    static const char *const forms[][2] = {
        {"", "า"}, {"", "ะ"}, {"", "ำ"}, {"", "้ำ"}, {"", "ิ"},  {"", "ี่"},  {"", "ึ้"},
        {"", "ือ"}, {"", "ื้อ"}, {"", "ุ"},  {"", "ู่"},  {"", "็ก"}, {"", "ัก"}, {"", "ั่ว"},
        {"เ", ""}, {"แ", "่"}, {"โ", ""}, {"ใ", ""}, {"ไ", "่"}, {"ก", "์"}, {"ก", "ิ์"}};
    struct arena *arena = arena_new(0);
    struct breaker *breaker = breaker_open();

    (void)state;
    for (int letter = 0; letter < 46; letter++) {
        char base[4] = {(char)0xE0, (char)0xB8, (char)(0x81 + letter), 0};
        for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
            if (letter == 0 && strcmp(forms[i][1], "็ก") == 0) /* ก็ is a word */
                continue;
            const char *text = arena_printf(arena, "%s%s%s", forms[i][0], base, forms[i][1]);
            assert_str(breaks_mark(breaker, arena, str_of(text), true), text);
        }
    }
    breaker_close(breaker);
    arena_free(arena);
}

/* Asks for the flag at the place marked "+" and for none at "|". */
static void
connectives_are_bad_line_ends(void **state)
{
    static const char marked[] = "คน|และ+คน|หรือ +วัด|ที่+คน|ซื้อ |๒ แห่ง";
    struct arena *arena = arena_new(0);
    struct breaker *breaker = breaker_open();
    struct buf plain = buf_in(arena), flagged = buf_in(arena);
    unsigned char place[sizeof marked];

    (void)state;
    for (const char *c = marked; *c != '\0'; c++) {
        if (*c != '|' && *c != '+')
            buf_byte(&plain, *c);
    }
    breaks_find(breaker, buf_str(&plain), NULL, 0, place);
    for (size_t i = 0; i < plain.len; i++) {
        if (break_grade(place[i]) >= BREAK_COMPOUND)
            buf_byte(&flagged, (place[i] & BREAK_BAD_END) != 0 ? '+' : '|');
        buf_byte(&flagged, plain.ptr[i]);
    }
    assert_str(buf_str(&flagged), "คน|และ+คน|หรือ +วัด|ที่+คน|ซื้อ |๒ แห่ง");
    breaker_close(breaker);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repetition_and_abbreviation_signs_stay),
        cmocka_unit_test(quotes_and_brackets_hold_what_they_enclose),
        cmocka_unit_test(years_and_dates),
        cmocka_unit_test(numbers_with_what_they_count),
        cmocka_unit_test(numbers_of_sections_count_nothing),
        cmocka_unit_test(single_letters_keep_their_hyphen),
        cmocka_unit_test(numbers_next_to_other_words_are_free),
        cmocka_unit_test(numbers_are_never_parted),
        cmocka_unit_test(numbers_part_behind_signs_at_last),
        cmocka_unit_test(dots_to_be_filled_in),
        cmocka_unit_test(runs_of_other_signs),
        cmocka_unit_test(what_begins_with_a_sign),
        cmocka_unit_test(addresses_prefer_signs),
        cmocka_unit_test(references_of_letters),
        cmocka_unit_test(telephone_numbers),
        cmocka_unit_test(abbreviations),
        cmocka_unit_test(names_with_titles),
        cmocka_unit_test(names_in_a_sentence),
        cmocka_unit_test(own_words_stay_whole),
        cmocka_unit_test(own_words_part_well),
        cmocka_unit_test(long_texts_take_time_in_proportion),
        cmocka_unit_test(what_only_looks_like_a_name),
        cmocka_unit_test(words_that_icu_parts),
        cmocka_unit_test(web_addresses_break_after_bars_only),
        cmocka_unit_test(invisible_hints),
        cmocka_unit_test(last_resorts_keep_syllables_readable),
        cmocka_unit_test(marks_change_nothing_else),
        cmocka_unit_test(keeps_break_only_as_a_last_resort),
        cmocka_unit_test(a_letter_in_a_keep_is_no_space),
        cmocka_unit_test(a_mark_on_a_space_stays),
        cmocka_unit_test(line_ends_must_break),
        cmocka_unit_test(connectives_are_bad_line_ends),
        cmocka_unit_test(syllables_stay_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
