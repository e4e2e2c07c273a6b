/* Object descriptions: how values are written, and compressed streams. */
#include "test.h"

#include <libdeflate.h>

#include "pdf/object.h"

struct room {
    struct arena *arena;
    struct buf out;
};

static int
setup(void **state)
{
    struct arena *arena = arena_new(0);
    struct room *fixture = arena_alloc(arena, sizeof(*fixture));

    fixture->arena = arena;
    fixture->out = buf_in(arena);
    *state = fixture;
    return 0;
}

static int
teardown(void **state)
{
    const struct room *fixture = *state;

    arena_free(fixture->arena);
    return 0;
}

static struct str
written(struct room *fixture, const struct pdf_value *value)
{
    static const unsigned numbers[] = {0, 7, 12};

    fixture->out.len = 0;
    pdf_write_value(&fixture->out, value, numbers);
    return buf_str(&fixture->out);
}

static struct str
number(struct room *fixture, int64_t units, unsigned places)
{
    fixture->out.len = 0;
    pdf_decimal(&fixture->out, units, places);
    return buf_str(&fixture->out);
}

static void
numbers_are_short(void **state)
{
    struct room *f = *state;

    assert_str(number(f, 12500, 3), "12.5");
    assert_str(number(f, -3000, 3), "-3");
    assert_str(number(f, 1, 3), "0.001");
    assert_str(number(f, -1, 3), "-0.001");
    assert_str(number(f, 0, 3), "0");
    assert_str(number(f, 100, 3), "0.1");
    assert_str(number(f, 1000000, 3), "1000");
    assert_str(number(f, 120, 0), "120");
    assert_str(number(f, 21260000, 10), "0.002126");
    assert_str(number(f, 595276, 3), "595.276");
    assert_str(number(f, INT64_MIN, 3), "-9223372036854775.808");
    assert_str(number(f, INT64_MAX, 0), "9223372036854775807");
}

static void
strings_are_escaped(void **state)
{
    struct room *f = *state;

    assert_str(written(f, pdf_string(f->arena, STR("a(b)c\\d"))), "(a\\(b\\)c\\\\d)");
    assert_str(written(f, pdf_string(f->arena, STR("a\nb"))), "<610A62>");
    assert_str(written(f, pdf_string(f->arena, STR("\0\xff"))), "<00FF>");
    assert_str(written(f, pdf_string(f->arena, STR(""))), "()");
}

static void
text_is_ascii_or_utf16(void **state)
{
    struct room *f = *state;

    assert_str(written(f, pdf_text(f->arena, STR("Report"))), "(Report)");
    assert_str(written(f, pdf_text(f->arena, STR("น้ำ"))), "<FEFF0E190E490E33>");
    assert_str(written(f, pdf_text(f->arena, STR("\xf0\x9f\x99\x82"))), "<FEFFD83DDE42>");
    assert_str(written(f, pdf_text(f->arena, STR("a\x80"))), "<FEFF0061FFFD>");
}

/* Strings end at the limit of PDF/A-3, and never inside a character. */
static void
long_text_is_cut(void **state)
{
    struct room *f = *state;
    struct buf text = buf_in(f->arena);

    for (int i = 0; i < 20000; i++)
        buf_text(&text, "\xf0\x9f\x99\x82");
    assert_int_equal(pdf_text(f->arena, buf_str(&text))->text.len, 2 + 4 * 8191);
    text.len = 0;
    for (int i = 0; i < 40000; i++)
        buf_byte(&text, 'a');
    assert_int_equal(pdf_text(f->arena, buf_str(&text))->text.len, PDF_STRING_MAX);
}

static void
names_are_escaped(void **state)
{
    struct room *f = *state;

    assert_str(written(f, pdf_name(f->arena, "A;Name_With-Various***")), "/A;Name_With-Various***");
    assert_str(written(f, pdf_name(f->arena, "a b/c#d(")), "/a#20b#2Fc#23d#28");
    assert_str(written(f, pdf_name(f->arena, "\xe0\xb8\x81")), "/#E0#B8#81");
}

static void
containers_nest(void **state)
{
    struct room *f = *state;
    struct pdf_value *dict = pdf_dict(f->arena), *array = pdf_array(f->arena);

    pdf_add(array, pdf_int(f->arena, -1));
    pdf_add(array, pdf_real(f->arena, 1500));
    pdf_add(array, pdf_bool(f->arena, true));
    pdf_add(array, pdf_null(f->arena));
    pdf_add(array, pdf_ref(f->arena, 2));
    pdf_add(array, pdf_dict(f->arena));
    pdf_set(dict, "Kids", array);
    pdf_set(dict, "Off", pdf_bool(f->arena, false));
    assert_int_equal(array->count, 6);
    assert_str(written(f, dict), "<</Kids [-1 1.5 true null 12 0 R <<>>]\n/Off false>>");
}

static void
colours_are_gray_where_they_can(void **state)
{
    struct room *f = *state;

    pdf_colour(&f->out, 0, 0, 0, false);
    pdf_colour(&f->out, 255, 255, 255, true);
    pdf_colour(&f->out, 255, 0, 128, false);
    pdf_colour(&f->out, 0, 51, 0, true);
    assert_str(buf_str(&f->out), "0 g\n1 G\n1 0 0.502 rg\n0 0.2 0 RG\n");
}

static void
old_objects_keep_their_numbers(void **state)
{
    struct room *f = *state;
    struct pdf_value *array = pdf_array(f->arena);

    pdf_add(array, pdf_ref(f->arena, 2));
    pdf_add(array, pdf_old_ref(f->arena, 2));
    pdf_add(array, pdf_old_ref(f->arena, 4000000));
    assert_str(written(f, array), "[12 0 R 2 0 R 4000000 0 R]");
}

static void
utf16_hex_has_surrogates(void **state)
{
    struct room *f = *state;

    pdf_utf16_hex(&f->out, STR("aน\xf0\x9f\x99\x82"));
    assert_str(buf_str(&f->out), "00610E19D83DDE42");
}

static void
streams_are_compressed(void **state)
{
    struct room *f = *state;
    struct pdf_objects *objects = pdf_objects_open(f->arena);
    char text[5000], back[5000];
    size_t got = 0;

    memset(text, 'x', sizeof(text));
    unsigned handle = pdf_put_stream(objects, NULL, (struct str){text, sizeof(text)});
    const struct pdf_object *object = &objects->object[handle];
    assert_non_null(object->stream.ptr);
    assert_true(object->stream.len < 100);
    assert_str(written(f, object->value), "<</Filter /FlateDecode>>");
    struct libdeflate_decompressor *inflate = libdeflate_alloc_decompressor();
    assert_int_equal(libdeflate_zlib_decompress(inflate, object->stream.ptr, object->stream.len,
                                                back, sizeof(back), &got),
                     LIBDEFLATE_SUCCESS);
    libdeflate_free_decompressor(inflate);
    assert_int_equal(got, sizeof(text));
    assert_memory_equal(back, text, sizeof(text));
    assert_true(objects->object[pdf_put_stream(objects, NULL, (struct str){NULL, 0})].stream.len >
                0);
    pdf_objects_close(objects);
}

static void
handles_grow(void **state)
{
    struct room *f = *state;
    struct pdf_objects *objects = pdf_objects_open(f->arena);
    unsigned first = pdf_reserve(objects);

    for (unsigned i = 2; i < 1000; i++)
        assert_int_equal(pdf_put(objects, pdf_dict(f->arena)), i);
    pdf_fill(objects, first, pdf_dict(f->arena));
    assert_int_equal(first, 1);
    assert_non_null(objects->object[1].value);
    assert_int_equal(objects->count, 1000);
    pdf_objects_close(objects);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(numbers_are_short),
        TEST(strings_are_escaped),
        TEST(text_is_ascii_or_utf16),
        TEST(long_text_is_cut),
        TEST(names_are_escaped),
        TEST(containers_nest),
        TEST(colours_are_gray_where_they_can),
        TEST(old_objects_keep_their_numbers),
        TEST(utf16_hex_has_surrogates),
        TEST(streams_are_compressed),
        TEST(handles_grow),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
