/* Slices, buffers, UTF-8 and the distance for "did you mean". */
#include "test.h"

#include <ctype.h>

#include "base/ascii.h"
#include "base/utf8.h"

static void
find_and_cut(void **state)
{
    (void)state;
    assert_int_equal(str_find(STR("a/b"), STR("/")), 1);
    assert_true(str_find(STR("ab"), STR("x")) == SIZE_MAX);
    assert_int_equal(str_find_last(STR("a/b/c"), STR("/")), 3);
    assert_int_equal(str_find_last(STR("xobj obobjob"), STR("obj")), 7);
    assert_int_equal(str_find_last(STR("aaa"), STR("aa")), 1);
    assert_true(str_find_last(STR("ab"), STR("x")) == SIZE_MAX);
    assert_true(str_find_last(STR("ab"), STR("abc")) == SIZE_MAX);
    assert_int_equal(str_find_last(STR("ab"), STR("")), 2);
    assert_str(str_sub(STR("abc"), 1, 99), "bc");
    assert_str(str_trim(STR(" \t a b \r\n")), "a b");
}

static void
lines_end_with_lf_or_crlf(void **state)
{
    struct str rest = STR("a\r\n\nb"), line;

    (void)state;
    assert_true(str_line(&rest, &line));
    assert_str(line, "a");
    assert_true(str_line(&rest, &line));
    assert_str(line, "");
    assert_true(str_line(&rest, &line));
    assert_str(line, "b");
    assert_false(str_line(&rest, &line));
}

static void
distance_counts_code_points(void **state)
{
    (void)state;
    assert_int_equal(str_distance(STR("เรือง"), STR("เรื่อง")), 1);
    assert_int_equal(str_distance(STR("ab"), STR("ba")), 1);
    assert_int_equal(str_distance(STR(""), STR("abc")), 3);
}

static void
utf8_refuses_ill_formed(void **state)
{
    static const char *const bad[] = {"\xC0\x80",         "\xE0\x80\x80", "\xED\xA0\x80",
                                      "\xF4\x90\x80\x80", "\xFF",         "\xE0\xB8"};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(utf8_invalid_at(str_of(bad[i])), 0);
    assert_true(utf8_invalid_at(STR("ก😀é")) == SIZE_MAX);
}

static void
utf8_walks_both_ways(void **state)
{
    struct str s = STR("ก😀");
    size_t at = 0;

    (void)state;
    assert_int_equal(utf8_next(s, &at), 0x0E01);
    assert_int_equal(utf8_next(s, &at), 0x1F600);
    assert_int_equal(utf8_prev(s, &at), 0x1F600);
    assert_int_equal(utf8_prev(s, &at), 0x0E01);
    assert_int_equal(at, 0);
}

static void
blanks_of_all_kinds_are_trimmed(void **state)
{
    static const uint32_t blanks[] = {' ',    '\t',   '\n',   0x85,   0xA0,   0x2007,
                                      0x2009, 0x202F, 0x205F, 0x3000, 0x200B, 0x200C,
                                      0x200D, 0x2060, 0xFEFF, 0xAD,   0x180E, 0xFE0F};
    char text[16];

    (void)state;
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++) {
        size_t len = utf8_put(blanks[i], text);
        text[len++] = 'x';
        len += utf8_put(blanks[i], text + len);
        assert_str(utf8_trim((struct str){text, len}), "x");
    }
    assert_str(utf8_trim(STR("ก์ ะ")), "ก์ ะ");
    assert_str(utf8_trim(STR(" \t")), "");
    assert_str(utf8_trim(STR("")), "");
    assert_str(utf8_trim(STR("\xFFx\xA0")), "\xFFx\xA0");
}

static void
buffers_grow(void **state)
{
    struct arena *arena = arena_new(0);
    struct buf buf = buf_in(arena);

    (void)state;
    for (int i = 0; i < 1000; i++)
        buf_printf(&buf, "%d,", i % 10);
    assert_int_equal(buf_str(&buf).len, 2000);
    buf_utf8(&buf, 0x0E01);
    assert_true(str_ends(buf_str(&buf), STR("9,ก")));
    arena_free(arena);
}

static void
arrays_grow(void **state)
{
    struct arena *arena = arena_new(0);
    int *numbers = NULL;
    size_t cap = 0;

    (void)state;
    for (size_t i = 0; i < 1000; i++) {
        numbers = arena_grow(arena, numbers, i, &cap, sizeof *numbers, 3);
        assert_int_equal(numbers[i], 0);
        numbers[i] = (int)i;
    }
    assert_int_equal(cap, 1536);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(numbers[i], i);
    arena_free(arena);
}

/* Also where what is printed does not fit at first. */
static void
numbers_and_long_texts_are_written(void **state)
{
    struct arena *arena = arena_new(0);
    struct buf buf = buf_in(arena);

    (void)state;
    buf_unsigned(&buf, 0, 1);
    buf_byte(&buf, ' ');
    buf_unsigned(&buf, 7, 3);
    buf_byte(&buf, ' ');
    buf_unsigned(&buf, UINT64_MAX, 3);
    assert_str(buf_str(&buf), "0 007 18446744073709551615");
    buf.len = 0;
    buf_printf(&buf, "%300s|", "x");
    assert_int_equal(buf.len, 301);
    assert_int_equal(buf.ptr[299], 'x');
    assert_int_equal(buf.ptr[301], '\0');
    buf_printf(&buf, "%s", "");
    assert_int_equal(buf.len, 301);
    arena_free(arena);
}

/* Arrays that grow in turns, of sizes that are no multiple of the alignment, and pieces between
 * them keep what they hold, and what is new is zero. */
static void
growing_arrays_do_not_meet(void **state)
{
    struct arena *arena = arena_new(0);
    struct odd {
        char bytes[7];
    } *odd = NULL;
    short *shorts = NULL;
    size_t odd_cap = 0, short_cap = 0;

    (void)state;
    for (size_t i = 0; i < 20000; i++) {
        odd = arena_grow(arena, odd, i, &odd_cap, sizeof *odd, 1);
        assert_int_equal(odd[i].bytes[6], 0);
        memset(odd[i].bytes, (int)(i % 100 + 1), 7);
        if (i % 3 == 0) {
            shorts = arena_grow(arena, shorts, i / 3, &short_cap, sizeof *shorts, 5);
            assert_int_equal(shorts[i / 3], 0);
            shorts[i / 3] = (short)(i / 3);
        }
        if (i % 50 == 0)
            memset(arena_alloc(arena, i % 70), 0xff, i % 70);
    }
    for (size_t i = 0; i < 20000; i++) {
        assert_int_equal(odd[i].bytes[0], i % 100 + 1);
        assert_int_equal(odd[i].bytes[6], i % 100 + 1);
        assert_int_equal(shorts[i / 3], i / 3);
    }
    arena_free(arena);
}

/* An array that nothing came after stays where it is. */
static void
last_array_grows_in_place(void **state)
{
    struct arena *arena = arena_new(0);
    size_t cap = 0;
    char *bytes = arena_grow(arena, NULL, 0, &cap, 1, 16), *first = bytes;

    (void)state;
    for (size_t i = 0; i < 4096; i++) {
        bytes = arena_grow(arena, bytes, i, &cap, 1, 16);
        bytes[i] = 'x';
    }
    assert_int_equal(cap, 4096);
#ifndef __SANITIZE_ADDRESS__
    assert_ptr_equal(bytes, first);
    assert_int_equal(arena_used(arena), 4096);
#else
    (void)first;
#endif
    arena_free(arena);
}

static void
markup_is_escaped(void **state)
{
    struct arena *arena = arena_new(0);
    struct buf buf = buf_in(arena);

    (void)state;
    buf_xml(&buf, STR("ก <a href=\"x\">&amp;</a> '"));
    assert_str(buf_str(&buf), "ก &lt;a href=&quot;x&quot;&gt;&amp;amp;&lt;/a&gt; '");
    arena_free(arena);
}

static void
letters_are_those_of_ascii(void **state)
{
    size_t number;

    (void)state;
    for (int c = -128; c < 256; c++) { /* as bytes of either sign */
        assert_int_equal(ascii_is_digit(c), c > 0 && strchr("0123456789", c) != NULL);
        assert_int_equal(ascii_is_alnum(c), c > 0 && c < 128 && isalnum(c) != 0);
    }
    assert_int_equal(ascii_hex('F'), 15);
    assert_int_equal(ascii_hex('g'), -1);
    assert_true(str_same(STR("ก.CSV"), STR("ก.csv")) && !str_same(STR("[a"), STR("{A")));
    assert_true(str_starts_same(STR("Am/PM"), STR("AM")) && !str_starts_same(STR("a"), STR("AM")));
    assert_true(str_ends_same(STR("a.XLSX"), STR(".xlsx")) && !str_ends_same(STR("x"), STR(".x")));
    assert_true(str_number(STR("0999"), 999, &number) && number == 999);
    assert_false(str_number(STR("1000"), 999, &number) || str_number(STR(""), 9, &number) ||
                 str_number(STR("1a"), 99, &number));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(find_and_cut),
        cmocka_unit_test(lines_end_with_lf_or_crlf),
        cmocka_unit_test(distance_counts_code_points),
        cmocka_unit_test(utf8_refuses_ill_formed),
        cmocka_unit_test(utf8_walks_both_ways),
        cmocka_unit_test(blanks_of_all_kinds_are_trimmed),
        cmocka_unit_test(buffers_grow),
        cmocka_unit_test(numbers_and_long_texts_are_written),
        cmocka_unit_test(arrays_grow),
        cmocka_unit_test(growing_arrays_do_not_meet),
        cmocka_unit_test(last_array_grows_in_place),
        cmocka_unit_test(markup_is_escaped),
        cmocka_unit_test(letters_are_those_of_ascii),
    };

    return cmocka_run_group_tests_name("base_str", tests, NULL, NULL);
}
