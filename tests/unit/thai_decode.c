/* Encodings: UTF-8, UTF-16 with a mark, CP874/TIS-620. */
#include "test.h"

#include "thai/normal.h"

static const struct pos file = {"a.yaml", 0, 0};

struct result {
    bool good;
    const char *text;
    size_t notes;
    struct diag last; /* its texts live in `diags` */
    struct arena *arena;
    struct diags *diags;
};

static struct result
decode(const char *bytes, size_t len)
{
    struct result r = {.arena = arena_new(0), .diags = diags_new()};
    struct str out = {NULL, 0};

    r.good = normal_decode(r.arena, r.diags, file, (struct str){bytes, len}, &out);
    r.text = str_cstr(r.arena, out);
    r.notes = diags_count(r.diags);
    if (r.notes > 0)
        r.last = *diags_at(r.diags, r.notes - 1);
    return r;
}

static void
done(struct result r)
{
    arena_free(r.arena);
    diags_free(r.diags);
}

#define DECODE(literal) decode(literal, sizeof(literal) - 1)

static void
expect_text(struct result r, const char *text, size_t notes)
{
    assert_true(r.good);
    assert_string_equal(r.text, text);
    assert_int_equal(r.notes, notes);
    if (notes > 0)
        assert_int_equal(r.last.code, DIAG_ENCODING_CONVERTED);
    done(r);
}

static void
expect_refused(struct result r, const char *byte, unsigned line, unsigned column)
{
    assert_false(r.good);
    assert_int_equal(r.last.code, DIAG_ENCODING_UNKNOWN);
    assert_string_equal(r.last.arg[0], byte);
    assert_int_equal(r.last.pos.line, line);
    assert_int_equal(r.last.pos.column, column);
    done(r);
}

static void
utf8_stays_and_loses_its_mark(void **state)
{
    (void)state;
    expect_text(DECODE(""), "", 0);
    expect_text(DECODE("ก: ข"), "ก: ข", 0);
    expect_text(DECODE("\xEF\xBB\xBFก"), "ก", 0);
    struct str bytes = STR("ก"), out;
    struct diags *diags = diags_new();
    assert_true(normal_decode(NULL, diags, file, bytes, &out));
    assert_ptr_equal(out.ptr, bytes.ptr);
    diags_free(diags);
}

static void
utf16_with_a_mark_is_converted(void **state)
{
    (void)state;
    expect_text(DECODE("\xFF\xFE\x01\x0E:\0\x3D\xD8\x00\xDE"), "ก:😀", 1);
    expect_text(DECODE("\xFE\xFF\x0E\x01\0:\xD8\x3D\xDE\x00"), "ก:😀", 1);
}

static void
utf16_without_a_mark_is_found(void **state)
{
    (void)state;
    expect_text(DECODE("a\0,\0\x01\x0E\n\0"), "a,ก\n", 1);
    expect_text(DECODE("\0a\0,\x0E\x01\0\n"), "a,ก\n", 1);
    /* a character more of another script does no harm */
    expect_text(DECODE("\x01\x0E\x02\x0E\x03\x0E\x13\x20\x04\x0E\x05\x0E\n\0"), "กขฃ–คฅ\n", 1);
    /* a zero in a text of bytes stays one */
    struct result zero = DECODE("abcdef\0g");
    assert_true(zero.good);
    assert_int_equal(zero.notes, 0);
    done(zero);
}

static void
marks_may_be_two(void **state)
{
    (void)state;
    expect_text(DECODE("\xEF\xBB\xBF\xEF\xBB\xBFก"), "ก", 0);
    expect_text(DECODE("\xFF\xFE\xFF\xFE\x01\x0E"), "ก", 1);
}

static void
broken_utf16_is_refused(void **state)
{
    (void)state;
    expect_refused(DECODE("\xFF\xFE\x01\x0E\x0A\0\x0A\0\x41"), "0x41", 3, 1);
    expect_refused(DECODE("\xFF\xFE\x01\x0E\x3D\xD8"), "0x3D", 1, 2);
    expect_refused(DECODE("\xFE\xFF\xD8\x3D\0A"), "0xD8", 1, 1);
    expect_refused(DECODE("\xFE\xFF\xDE\x00\xD8\x3D"), "0xDE", 1, 1);
}

static void
cp874_is_converted(void **state)
{
    (void)state;
    expect_text(DECODE("\xA1\xD2\xC3: \xB7\xD5\xE8 \xF2\xF5\xF6\xF6\n"), "การ: ที่ ๒๕๖๖\n", 1);
    expect_text(DECODE("\x93\xA1\x94\x85\x80 \x96"), "“ก”…€ –", 1);
    /* pairs and threes of these bytes are UTF-8 of other scripts */
    expect_text(DECODE("\xC5\xD3\xB4\xD1\xBA,\xA4\xD0\xE1\xB9\xB9"), "ลำดับ,คะแนน", 1);
}

static void
damaged_utf8_is_not_taken_for_cp874(void **state)
{
    (void)state;
    /* a byte that CP874 has not */
    expect_refused(DECODE("ก\nขค\xFF"), "0xFF", 2, 3);
    /* all bytes are of CP874, but most of them are good UTF-8 */
    expect_refused(DECODE("\xE0\xB8\xA1\xE0\xB8\xA1\xE0\xB8"), "0xE0", 1, 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_stays_and_loses_its_mark),
        cmocka_unit_test(utf16_with_a_mark_is_converted),
        cmocka_unit_test(utf16_without_a_mark_is_found),
        cmocka_unit_test(marks_may_be_two),
        cmocka_unit_test(broken_utf16_is_refused),
        cmocka_unit_test(cp874_is_converted),
        cmocka_unit_test(damaged_utf8_is_not_taken_for_cp874),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
