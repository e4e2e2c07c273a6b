/* Digits of either kind in text, and numbers in words. */
#include "test.h"

#include "thai/digits.h"

static void
converts_all_digits(void **state)
{
    struct arena *arena = arena_new(0);

    (void)state;
    assert_str(digits_to_thai(arena, STR("O26 ปี 2566")), "O๒๖ ปี ๒๕๖๖");
    assert_str(digits_to_arabic(arena, STR("๘๖.๑๗ คะแนน A๔")), "86.17 คะแนน A4");
    assert_str(digits_to_thai(arena, STR("")), "");
    assert_str(digits_to_arabic(arena, STR("ก\xFF๑")), "ก\xFF"
                                                       "1");
    arena_free(arena);
}

static void
converts_numbers_of_a_sentence(void **state)
{
    static const char *const pairs[][2] = {
        {"ประจำปี พ.ศ. 2566", "ประจำปี พ.ศ. ๒๕๖๖"},
        {"พ.ศ.2566มี", "พ.ศ.๒๕๖๖มี"},
        {"ITA 2566", "ITA ๒๕๖๖"},
        {"(ITA) 2566 (2566)", "(ITA) ๒๕๖๖ (๒๕๖๖)"},
        {"(ITA)2566", "(ITA)๒๕๖๖"},
        {"ข้อ 3.1 และ (1)", "ข้อ ๓.๑ และ (๑)"},
        {"1,234.50 บาท", "๑,๒๓๔.๕๐ บาท"},
        {"เวลา 09.00 – 12.00 น.", "เวลา ๐๙.๐๐ – ๑๒.๐๐ น."},
        {"ปี 2566/67", "ปี ๒๕๖๖/๖๗"},
        {"29 ก.ย. 66", "๒๙ ก.ย. ๖๖"},
        {"29/9/2566", "๒๙/๙/๒๕๖๖"},
        {"โทร. 0-4400-0000 ต่อ 12", "โทร. ๐-๔๔๐๐-๐๐๐๐ ต่อ ๑๒"},
        {"ที่ นร 0106/ว 2019", "ที่ นร ๐๑๐๖/ว ๒๐๑๙"},
        {"50% และ +5", "๕๐% และ +๕"},
        {"EIT ส่วนที่ 1, 2", "EIT ส่วนที่ ๑, ๒"},
        {"“86.17”", "“๘๖.๑๗”"},
        {"คะแนน ๘๖.17", "คะแนน ๘๖.๑๗"},
    };
    struct arena *arena = arena_new(0);

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        assert_str(digits_in_sentence(arena, str_of(pairs[i][0])), pairs[i][1]);
    arena_free(arena);
}

static void
leaves_codes_and_addresses(void **state)
{
    static const char *const kept[] = {
        "O26",
        "ข้อ O1-O43",
        "O1, O2 และ(O3)",
        "COVID-19",
        "A4",
        "5G",
        "PM2.5",
        "https://www.example.go.th/ita/2566?id=12&p=(3),4",
        "https://example.go.th/ข่าว/2566",
        "www.example.go.th/2566",
        "mail2@example.go.th",
        "รายงาน2566.pdf",
        "ITA2566",
        "Café7",
        "HTTP://A.TH/1",
    };
    struct arena *arena = arena_new(0);

    (void)state;
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        assert_str(digits_in_sentence(arena, str_of(kept[i])), kept[i]);
    assert_str(digits_in_sentence(arena, STR("ดู https://a.th/1 ปี 2566")),
               "ดู https://a.th/1 ปี ๒๕๖๖");
    assert_str(digits_in_sentence(arena, STR("a.th/1\n2566")), "a.th/1\n๒๕๖๖");
    arena_free(arena);
}

static void
sees_mixed_digits(void **state)
{
    (void)state;
    assert_true(digits_are_mixed(STR("ปี ๒๕๖๖ คะแนน 86.17")));
    assert_false(digits_are_mixed(STR("ปี ๒๕๖๖ ข้อ O26 และ https://a.th/๑/1")));
    assert_false(digits_are_mixed(STR("ปี 2566 คะแนน 86.17")));
    assert_false(digits_are_mixed(STR("")));
}

static void
assert_words(const char *number, const char *words)
{
    struct arena *arena = arena_new(0);
    struct decimal value;

    assert_true(decimal_parse(str_of(number), &value));
    assert_str(digits_words(arena, value), words);
    arena_free(arena);
}

static void
reads_numbers(void **state)
{
    (void)state;
    assert_words("0", "ศูนย์");
    assert_words("1", "หนึ่ง");
    assert_words("10", "สิบ");
    assert_words("11", "สิบเอ็ด");
    assert_words("21", "ยี่สิบเอ็ด");
    assert_words("101", "หนึ่งร้อยเอ็ด");
    assert_words("121", "หนึ่งร้อยยี่สิบเอ็ด");
    assert_words("110", "หนึ่งร้อยสิบ");
    assert_words("123456", "หนึ่งแสนสองหมื่นสามพันสี่ร้อยห้าสิบหก");
    assert_words("1000001", "หนึ่งล้านเอ็ด");
    assert_words("21000000", "ยี่สิบเอ็ดล้าน");
    assert_words("1000000000000", "หนึ่งล้านล้าน");
    assert_words("-86.10", "ลบแปดสิบหกจุดหนึ่งศูนย์");
    assert_words("0.05", "ศูนย์จุดศูนย์ห้า");
    assert_words("999999999999999999",
                 "เก้าแสนเก้าหมื่นเก้าพันเก้าร้อยเก้าสิบเก้าล้านเก้าแสนเก้าหมื่นเก้าพันเก้าร้อยเก้าสิบเก้าล้าน"
                 "เก้าแสนเก้าหมื่นเก้าพันเก้าร้อยเก้าสิบเก้า");
}

static void
assert_baht(const char *number, const char *words)
{
    struct arena *arena = arena_new(0);
    struct decimal value;

    assert_true(decimal_parse(str_of(number), &value));
    assert_str(digits_baht(arena, value), words);
    arena_free(arena);
}

static void
reads_money(void **state)
{
    (void)state;
    assert_baht("100", "หนึ่งร้อยบาทถ้วน");
    assert_baht("100.50", "หนึ่งร้อยบาทห้าสิบสตางค์");
    assert_baht("0.01", "หนึ่งสตางค์");
    assert_baht("0", "ศูนย์บาทถ้วน");
    assert_baht("0.005", "หนึ่งสตางค์");
    assert_baht("9.995", "สิบบาทถ้วน");
    assert_baht("1.214", "หนึ่งบาทยี่สิบเอ็ดสตางค์");
    assert_baht("-2.5", "ลบสองบาทห้าสิบสตางค์");
    assert_baht("-0.001", "ศูนย์บาทถ้วน");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(converts_all_digits),
        cmocka_unit_test(leaves_codes_and_addresses),
        cmocka_unit_test(converts_numbers_of_a_sentence),
        cmocka_unit_test(sees_mixed_digits),
        cmocka_unit_test(reads_numbers),
        cmocka_unit_test(reads_money),
    };

    return cmocka_run_group_tests_name("thai_digits", tests, NULL, NULL);
}
