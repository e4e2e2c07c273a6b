/* Ids, words that speak of elements, and where links may lead. */
#include "test.h"

#include "doc/refer.h"

struct fixture_words {
    struct node *memo;
    struct refers *refers;
};

/* A memo with a paragraph for each `refer`, up to NULL; its id is "p" and its number. */
static struct fixture_words
with_words(struct fixture *f, const char *const *refer)
{
    struct fixture_words words = {node_element(f->arena, ELEMENT_memo, POS_NONE), NULL};

    for (size_t i = 0; refer[i] != NULL; i++) {
        struct node *p = node_element(f->arena, ELEMENT_p, POS_NONE);

        node_set(f->arena, p, ATTRIBUTE_p_refer, str_of(refer[i]), POS_NONE);
        node_set(f->arena, p, ATTRIBUTE_p_id, str_of(arena_printf(f->arena, "p%zu", i + 1)),
                 POS_NONE);
        node_append(words.memo, p);
    }
    node_number(words.memo);
    words.refers = refers_new(f->arena, words.memo);
    return words;
}

/* The text with what was found in brackets, before it the number of the paragraph. */
static const char *
found(struct fixture *f, struct fixture_words words, const char *text)
{
    struct str all = str_of(text);
    struct buf out = buf_in(f->arena);
    size_t from = 0, to = 0, done = 0;
    const struct node *node;

    while ((node = refers_next(words.refers, all, &from, &to)) != NULL) {
        assert_true(from >= done && to > from);
        buf_add(&out, str_sub(all, done, from - done));
        buf_printf(&out, "%u[", node->id - 1);
        buf_add(&out, str_sub(all, from, to - from));
        buf_byte(&out, ']');
        done = to;
    }
    buf_add(&out, str_sub(all, done, all.len));
    return str_cstr(f->arena, buf_str(&out));
}

static void
codes_are_words_of_their_own(void **state)
{
    const struct fixture_words words =
        with_words(*state, (const char *const[]){"O2", "O26", "A-1", NULL});

    assert_string_equal(found(*state, words, "O26"), "2[O26]");
    assert_string_equal(found(*state, words, "ข้อO26และ(O2), O2–O26 O2/O26."),
                        "ข้อ2[O26]และ(1[O2]), 1[O2]–2[O26] 1[O2]/2[O26].");
    assert_string_equal(found(*state, words, "O260 PO26 O26a O2_ O๒๖๐ xO2"),
                        "O260 PO26 O26a O2_ O๒๖๐ xO2");
    assert_string_equal(found(*state, words, "O2.1 O2. 1 O2.ก"), "O2.1 1[O2]. 1 1[O2].ก");
    assert_string_equal(found(*state, words, "O๒๖ O๒ A-1 A-๑ A-11"),
                        "2[O๒๖] 1[O๒] 3[A-1] 3[A-๑] A-11");
    assert_string_equal(found(*state, words, ""), "");
}

static void
longest_words_win(void **state)
{
    const struct fixture_words words =
        with_words(*state, (const char *const[]){"ตัวชี้วัด | ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่", "ตัวชี้วัดที่ 1",
                                                 "ตัวชี้วัดที่ 10|สิบ||", NULL});

    assert_string_equal(found(*state, words, "ตัวชี้วัดที่ 1 การปฏิบัติ"), "2[ตัวชี้วัดที่ 1] การปฏิบัติ");
    assert_string_equal(found(*state, words, "ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่"), "1[ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่]");
    assert_string_equal(found(*state, words, "ในตัวชี้วัดที่\xC2\xA0๑๐และสิบ"),
                        "ใน3[ตัวชี้วัดที่\xC2\xA0๑๐]และ3[สิบ]");
    assert_string_equal(found(*state, words, "ตัวชี้วัดที่\t1\nการ"), "2[ตัวชี้วัดที่\t1]\nการ");
}

/* A vowel before its consonant and signs behind one belong to the same syllable. */
static void
no_syllable_is_cut(void **state)
{
    const struct fixture_words words = with_words(*state, (const char *const[]){"กา", "แผน", NULL});

    assert_string_equal(found(*state, words, "กา เกา กาะ การ กา่ แผน แผนก"),
                        "1[กา] เกา กาะ 1[กา]ร กา่ 2[แผน] 2[แผน]ก");
}

/* Broken text is passed over, and text that ends within a character. */
static void
bytes_are_safe(void **state)
{
    const struct fixture_words words =
        with_words(*state, (const char *const[]){"O1", "ก", "\xE0\xB9", NULL});

    assert_string_equal(found(*state, words, "\xE0\xB9"), "3[\xE0\xB9]");
    assert_string_equal(found(*state, words, "\xFF O1 \xC2"), "\xFF 1[O1] \xC2");
}

static void
too_long_words_are_none(void **state)
{
    struct fixture *f = *state;
    struct buf text = buf_in(f->arena);

    for (int i = 0; i < REFER_MAX; i++)
        buf_byte(&text, 'a');
    const char *longest = str_cstr(f->arena, buf_str(&text));
    const char *longer = arena_printf(f->arena, "%sa", longest);
    const struct fixture_words words = with_words(f, (const char *const[]){longest, longer, NULL});

    assert_string_equal(found(f, words, longer), longer);
    assert_string_equal(found(f, words, longest), arena_printf(f->arena, "1[%s]", longest));
}

static void
ids_are_found(void **state)
{
    const struct fixture_words words =
        with_words(*state, (const char *const[]){"a", "b", "c", NULL});

    assert_ptr_equal(refers_find(words.refers, STR("p2")), words.memo->first->next);
    assert_null(refers_find(words.refers, STR("p")));
    assert_null(refers_find(words.refers, STR("p4")));
    assert_null(refers_find(words.refers, STR("")));
    assert_int_equal(refers_nodes(words.refers), 5);
}

static void
addresses_have_known_schemes(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *href;
        enum href_kind kind;
    } cases[] = {
        {"", HREF_NONE},
        {" \t", HREF_NONE},
        {"#", HREF_NONE},
        {"#ก", HREF_INSIDE},
        {" #ก ", HREF_INSIDE},
        {"https://a.th", HREF_OUTSIDE},
        {"HTTP://a.th", HREF_OUTSIDE},
        {"mailto:a@b.th", HREF_OUTSIDE},
        {"tel:02", HREF_OUTSIDE},
        {"https://", HREF_REFUSED},
        {"https:a.th", HREF_REFUSED},
        {"javascript:alert(1)", HREF_REFUSED},
        {"JavaScript://https://a.th", HREF_REFUSED},
        {"file:///etc/passwd", HREF_REFUSED},
        {"data:text/html,x", HREF_REFUSED},
        {"www.a.th", HREF_REFUSED},
        {"//a.th", HREF_REFUSED},
        {"java\nscript:x", HREF_REFUSED},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(href_kind(str_of(cases[i].href)), cases[i].kind);
    struct buf text = buf_in(f->arena);
    buf_text(&text, "https://");
    while (text.len < HREF_MAX)
        buf_byte(&text, 'a');
    assert_int_equal(href_kind(buf_str(&text)), HREF_OUTSIDE);
    buf_byte(&text, 'a');
    assert_int_equal(href_kind(buf_str(&text)), HREF_REFUSED);
}

/* Time is in proportion to text and words, whatever they are. */
static void
many_words_are_fast(void **state)
{
    struct fixture *f = *state;
    const char **refer = arena_array(f->arena, 20001, sizeof *refer);
    struct buf text = buf_in(f->arena);
    size_t from = 0, to = 0, count = 0;

    for (int i = 0; i < 20000; i++) {
        refer[i] = arena_printf(f->arena, "a a a a a a a a a a a a a a a a a a O%d", i);
        buf_printf(&text, "a a a a a a a a a a a a a a a a a a a a O%d ", i);
    }
    const struct fixture_words words = with_words(f, refer);
    while (refers_next(words.refers, buf_str(&text), &from, &to) != NULL)
        count++;
    assert_int_equal(count, 20000);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(codes_are_words_of_their_own), TEST(longest_words_win),
        TEST(no_syllable_is_cut),           TEST(bytes_are_safe),
        TEST(too_long_words_are_none),      TEST(ids_are_found),
        TEST(addresses_have_known_schemes), TEST(many_words_are_fast),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
