/* Normalising of text: what is put right, what is refused, what is left alone. */
#include "test.h"

#include <stdio.h>

#include "base/utf8.h"
#include "thai/normal.h"

static const struct pos start = {"a.yaml", 7, 11};

/* The normalised text, or "!" when it was refused. */
static struct str
normal(struct fixture *f, const char *text)
{
    struct str out;

    if (!normal_text(f->arena, f->diags, start, str_of(text), &out))
        return STR("!");
    return out;
}

static void
plain_text_returns_itself(void **state)
{
    static const char *const texts[] = {
        "",       "abc", "การประเมินคุณธรรม (ITA) ปี ๒๕๖๖", "น้ำ",        "ที่",  "เก็บ",
        "กตัญญุตา", "แก้",  "“ก” – ข… ☐ ☑ ✓ ฿ €",           "a\tb\r\nc", "é à"};
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_ptr_equal(normal(f, texts[i]).ptr, texts[i]);
    assert_int_equal(diags_count(f->diags), 0);
}

static void
sara_am_typed_apart_is_joined(void **state)
{
    struct fixture *f = *state;

    assert_str(normal(f, "จํานวน"), "จำนวน");
    assert_str(normal(f, "นํ้า"), "น้ำ");
    assert_str(normal(f, "น้ํา"), "น้ำ");
    assert_str(normal(f, "นำ้"), "น้ำ");
    for (size_t i = 0; i < 4; i++)
        assert_diag(f->diags, i, TEXT_NORMALISED);
    assert_int_equal(diags_at(f->diags, 0)->pos.line, 7);
    assert_int_equal(diags_at(f->diags, 0)->pos.column, 11);
}

static void
a_mark_before_its_vowel_changes_places(void **state)
{
    static const char *const pairs[][2] = {
        {"ท่ี", "ที่"},     {"น้ันเปน็", "นั้นเปน็"}, {"ก่ิุ", "กิุ่"}, {"บริสุทธ์ิ", "บริสุทธิ์"}, {"ลักษม์ี", "ลักษมี์"},
        {"พันธ์ุ", "พันธุ์"}, {"ก์ูข์ฺ", "กู์ขฺ์"},       {"ก่็", "ก็่"}, {"กตํุ", "กตุํ"},       {"กํิ", "กิํ"},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        assert_str(normal(f, pairs[i][0]), pairs[i][1]);
        assert_diag(f->diags, i, TEXT_NORMALISED);
        assert_str(normal(f, pairs[i][1]), pairs[i][1]);
    }
    assert_int_equal(diags_count(f->diags), sizeof pairs / sizeof pairs[0]);
}

static void
two_sara_e_are_sara_ae(void **state)
{
    struct fixture *f = *state;

    assert_str(normal(f, "เเละเเก้"), "และแก้");
    assert_str(normal(f, "เ\u200Bเละ"), "และ");
    assert_str(normal(f, "เเเก"), "แเก");
}

static void
nikhahit_alone_stays(void **state)
{
    struct fixture *f = *state;

    assert_str(normal(f, "สํสาร พุทธํ"), "สํสาร พุทธํ");
    assert_int_equal(diags_count(f->diags), 0);
}

static void
old_private_marks_become_real_ones(void **state)
{
    /* U+F700-F71A in their order, each after ก so that none meets another */
    static const char *const real[] = {"ฐ", "ิ",  "ี", "ึ", "ื", "่", "้", "๊", "๋", "์", "่", "้", "๊", "๋",
                                       "์",  "ญ", "ั", "ํ", "็", "่", "้", "๊", "๋", "์", "ุ", "ู", "ฺ"};
    struct fixture *f = *state;

    for (uint32_t i = 0; i < 27; i++) {
        struct buf from = buf_in(f->arena), to = buf_in(f->arena);
        buf_text(&from, "ก");
        buf_utf8(&from, 0xF700 + i);
        buf_printf(&to, "ก%s", real[i]);
        assert_str(normal(f, from.ptr), to.ptr);
    }
    assert_str(normal(f, "น\uF70A\uF711า"), "น่ำ");
}

static void
what_nobody_sees_is_dropped(void **state)
{
    static const char *const unseen[] = {
        "\u00AD",     "\u034F",     "\u061C",     "\u180E",     "\u200B",    "\u200C",
        "\u200D",     "\u200E",     "\u200F",     "\u202A",     "\u202E",    "\u2060",
        "\u2064",     "\u2066",     "\u2069",     "\u206A",     "\u206F",    "\uFE00",
        "\uFE0F",     "\uFEFF",     "\u115F",     "\u3164",     "\uFFA0",    "\uFFF9",
        "\U000E0001", "\U000E0041", "\U000E007F", "\U000E0100", "\U000E01EF"};
    struct fixture *f = *state;
    size_t count = sizeof unseen / sizeof unseen[0];

    for (size_t i = 0; i < count; i++) {
        struct buf text = buf_in(f->arena);
        buf_printf(&text, "กา%sดี", unseen[i]);
        assert_str(normal(f, text.ptr), "กาดี");
        assert_diag(f->diags, i, TEXT_UNSEEN);
        assert_string_equal(diags_at(f->diags, i)->arg[0], "1");
        assert_int_equal(diags_at(f->diags, i)->pos.line, 7);
    }
    assert_str(normal(f, "ท\u200Cี\u200D่\uFEFF\u200C"), "ที่");
    assert_string_equal(diags_at(f->diags, count)->arg[0], "4");
    assert_string_equal(diags_at(f->diags, count)->arg[1], "U+200C, U+200D, U+FEFF");
}

static void
signs_of_one_font_and_wide_forms_are_replaced(void **state)
{
    static const char *const pairs[][2] = {
        {"\uF0B7 \uF0A7 \uF0FC \uF0D8 \uF076", "• ▪ ✔ ➢ ❖"},
        {"\uF0A8\uF06F\uF0FE\uF0FD\uF0FB", "□□☑☒✘"},
        {"\uF0E0 \uF0B3 \uF0B1\uF020\uF02D", "→ ≥ ± -"},
        {"‐‑‒―", "--–—"},
        {"（ก）：１２％～", "(ก):12%~"},
        {"25 ℃ № 5 ㎡", "25 °C No. 5 m²"},
        {"﹙ก﹚", "(ก)"},
        {"ก\u2028ข\u2029ค\vง\fจ", "ก\nข\nค\nง\nจ"},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        assert_str(normal(f, pairs[i][0]), pairs[i][1]);
        assert_diag(f->diags, i, TEXT_REPLACED);
    }
    assert_string_equal(diags_at(f->diags, 0)->arg[0], "5");
    assert_string_equal(
        str_cstr(f->arena, diag_message(f->arena, diags_at(f->diags, 4), DIAG_ENGLISH)),
        "from here on, 7 characters that belong to one font or have a plainer form "
        "were replaced: （ (U+FF08) → (, ） (U+FF09) → ), ： (U+FF1A) → :, １ "
        "(U+FF11) → 1, ２ (U+FF12) → 2 …");
    assert_string_equal(
        str_cstr(f->arena, diag_message(f->arena, diags_at(f->diags, 7), DIAG_ENGLISH)),
        "from here on, 4 characters that belong to one font or have a plainer form were replaced: "
        "U+2028 → a line end, U+2029 → a line end, U+000B → a line end, U+000C → a line end");
}

/* A file of thousands is told in one note of each kind. */
static void
a_log_counts_what_many_texts_have(void **state)
{
    struct fixture *f = *state;
    struct normal_log log = {0};
    struct str out;

    for (unsigned i = 0; i < 5000; i++) {
        struct pos at = {"a.yaml", 10 + i, 3};
        assert_true(
            normal_quietly(f->arena, f->diags, at, STR("ก\u200Bข\uF0B7\uF0B7เเก"), &out, &log));
        assert_str(out, "กข••แก");
    }
    normal_tell(f->diags, &log);
    assert_int_equal(log.mended, 5000);
    assert_int_equal(diags_count(f->diags), 2);
    assert_diag(f->diags, 0, TEXT_UNSEEN);
    assert_string_equal(diags_at(f->diags, 0)->arg[0], "5000");
    assert_diag(f->diags, 1, TEXT_REPLACED);
    assert_string_equal(diags_at(f->diags, 1)->arg[0], "10000");
    assert_int_equal(diags_at(f->diags, 1)->pos.line, 10);
}

static void
nfc_alone_adds_no_note(void **state)
{
    struct fixture *f = *state;

    assert_str(normal(f, "e\u0301 \u212B"), "é Å");
    assert_str(normal(f, "กุ่"), "กุ่");
    assert_str(normal(f, "ﬁ ①"), "ﬁ ①"); /* never NFKC */
    assert_int_equal(diags_count(f->diags), 0);
}

static void
what_cannot_be_printed_is_refused_with_its_place(void **state)
{
    static const struct {
        const char *text;
        const char *name;
        unsigned line;
        unsigned column;
    } cases[] = {{"กข\x01", "U+0001", 7, 13},      {"ก\nข\x7F", "U+007F", 8, 2},
                 {"ก\r\nข\r\x1B", "U+001B", 9, 1}, {"\xC2\x85", "U+0085", 7, 11},
                 {"ก\uF0C0", "U+F0C0", 7, 12},     {"\uE000", "U+E000", 7, 11},
                 {"\uF71B", "U+F71B", 7, 11},      {"\uF8FF", "U+F8FF", 7, 11},
                 {"\U000F0000", "U+F0000", 7, 11}, {"\U00100000", "U+100000", 7, 11},
                 {"\uFDD0", "U+FDD0", 7, 11},      {"\uFFFE", "U+FFFE", 7, 11},
                 {"\U0001FFFF", "U+1FFFF", 7, 11}, {"\uF061", "U+F061", 7, 11},
                 {"\xE0\xB8", "0xE0", 7, 11},      {"ก\u0E00", "U+0E00", 7, 12},
                 {"\u0E3B", "U+0E3B", 7, 11},      {"\u0E3E", "U+0E3E", 7, 11},
                 {"\u0E5C", "U+0E5C", 7, 11},      {"\u0E7F", "U+0E7F", 7, 11}};
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_str(normal(f, cases[i].text), "!");
        assert_diag(f->diags, i, TEXT_FORBIDDEN);
        assert_string_equal(diags_at(f->diags, i)->arg[0], cases[i].name);
        assert_int_equal(diags_at(f->diags, i)->pos.line, cases[i].line);
        assert_int_equal(diags_at(f->diags, i)->pos.column, cases[i].column);
    }
}

static void
nul_is_refused(void **state)
{
    struct fixture *f = *state;
    struct str out;

    assert_false(normal_text(f->arena, f->diags, start, STR("ก\0ข"), &out));
    assert_diag(f->diags, 0, TEXT_FORBIDDEN);
    assert_false(normal_check(f->diags, start, STR("\0")));
}

static void
eight_marks_are_the_most(void **state)
{
    struct fixture *f = *state;

    assert_str(normal(f, "ก่้่้่้่้"), "ก่้่้่้่้");
    assert_int_equal(diags_count(f->diags), 0);
    assert_str(normal(f, "ขก่่่่่่่่่"), "!");
    assert_diag(f->diags, 0, TEXT_MARKS);
    assert_int_equal(diags_at(f->diags, 0)->pos.column, 12);
    assert_str(normal(f, "กำำำำำำำำำ"), "!");
    /* neither invisible signs nor marks that NFC takes apart are a way around it */
    assert_str(normal(f, "ก่่่่\u200B่่่่่"), "!");
    assert_str(normal(f, "a\u0344\u0344\u0344\u0344\u0344"), "!");
    for (size_t i = 1; i < 4; i++)
        assert_diag(f->diags, i, TEXT_MARKS);
}

static void
a_mark_typed_twice_becomes_one(void **state)
{
    static const char *const pairs[][2] = {
        {"ไม่่", "ไม่"},   {"ทีี่", "ที่"},   {"กุ้้้ง", "กุ้ง"}, {"ก็็", "ก็"},
        {"สิทธิ์์", "สิทธิ์"}, {"นํํา", "นำ"}, {"ที่่ี", "ที่ี"},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        assert_str(normal(f, pairs[i][0]), pairs[i][1]);
        assert_diag(f->diags, i, TEXT_NORMALISED);
    }
    assert_str(normal(f, "กรรม ฯฯ ๆๆ"), "กรรม ฯฯ ๆๆ");
}

static void
once_normalised_it_stays(void **state)
{
    static const char *const texts[] = {
        "ก่ิุ", "เเเเเ",          "ก่้ี", "กำ่้", "จํา้ํา", "นํ้่า", "ํ้ํา", "ก่ำ้", "กํิา", "กํุา", "ก์ิุ",
        "ก่็ิ", "ก\u200Cํ\u200Dา", "ก่ี่", "กํํ่่า", "ก่่ี่ี",   "ก้้ํ้า", "ก้ืุ้ืุ"};
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct str once = normal(f, texts[i]), twice;
        assert_true(normal_text(f->arena, f->diags, start, once, &twice));
        assert_true(str_eq(once, twice));
    }
}

static void
a_long_text_costs_in_proportion(void **state)
{
    struct fixture *f = *state;
    size_t used[2];

    for (size_t n = 0; n < 2; n++) {
        struct buf text = buf_in(f->arena);
        for (size_t i = 0; i < (n + 1) * 20000; i++)
            buf_text(&text, "นํ้าเเละ");
        size_t before = arena_used(f->arena);
        assert_int_equal(utf8_count(normal(f, text.ptr)), (n + 1) * 20000 * 6);
        used[n] = arena_used(f->arena) - before;
    }
    assert_true(used[1] <= used[0] * 5 / 2);
}

/* Strings that are known to be right, one a line. */
static void
right_strings_come_out_unchanged(void **state)
{
    struct fixture *f = *state;
    const char *shared = getenv("BANTHUEK_SHARED");
    char line[4096];

    if (shared == NULL)
        skip();
    FILE *file = fopen(arena_printf(f->arena, "%s/thai/strings.txt", shared), "r");
    if (file == NULL)
        skip();
    while (fgets(line, sizeof line, file) != NULL)
        assert_string_equal(str_cstr(f->arena, normal(f, line)), line);
    assert_int_equal(diags_count(f->diags), 0);
    assert_int_equal(fclose(file), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(plain_text_returns_itself),
        TEST(sara_am_typed_apart_is_joined),
        TEST(a_mark_before_its_vowel_changes_places),
        TEST(two_sara_e_are_sara_ae),
        TEST(nikhahit_alone_stays),
        TEST(old_private_marks_become_real_ones),
        TEST(what_nobody_sees_is_dropped),
        TEST(signs_of_one_font_and_wide_forms_are_replaced),
        TEST(a_log_counts_what_many_texts_have),
        TEST(nfc_alone_adds_no_note),
        TEST(what_cannot_be_printed_is_refused_with_its_place),
        TEST(nul_is_refused),
        TEST(eight_marks_are_the_most),
        TEST(a_mark_typed_twice_becomes_one),
        TEST(once_normalised_it_stays),
        TEST(a_long_text_costs_in_proportion),
        TEST(right_strings_come_out_unchanged),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
