/* Object streams: what is alike becomes rows, and every object is found again as it was but for
 * blanks before numbers. */
#include "pdf_reader.h"

#include "pdf/deflate.h"
#include "pdf/save.h"

static const struct str id = {"\1abcdefghijklmno", 16};

/* The number in place of each "#". */
static struct str
text_of(struct arena *arena, const char *pattern, unsigned number)
{
    struct buf out = buf_in(arena);

    for (; *pattern != '\0'; pattern++)
        if (*pattern == '#')
            buf_printf(&out, "%u", number);
        else
            buf_byte(&out, *pattern);
    return buf_str(&out);
}

/* Without the blanks that may be put before numbers. */
static struct str
tight(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != ' ' || i == 0 || (text.ptr[i - 1] != ' ' && text.ptr[i - 1] != '['))
            buf_byte(&out, text.ptr[i]);
    return buf_str(&out);
}

static bool
is_found(const struct reader *reader, unsigned number, struct str text)
{
    struct arena *arena = reader->arena;

    return str_eq(tight(arena, reader_dict(reader, number)), tight(arena, text));
}

/* `count` objects, each a pattern with a number. */
static struct str
file_of(struct arena *arena, const char *pattern, unsigned count, unsigned step)
{
    struct deflate *deflate = deflate_open(arena);
    struct save *save = save_open(arena, deflate, count);

    for (unsigned i = 1; i <= count; i++)
        save_object(save, i, text_of(arena, pattern, i * step), false);
    struct str file = save_close(save, &(struct save_trailer){1, 0, id});
    deflate_close(deflate);
    return file;
}

static void
check(const char *pattern, unsigned count, unsigned step, bool rows)
{
    struct arena *arena = arena_new(0);
    struct str file = file_of(arena, pattern, count, step);
    struct reader reader = reader_open(arena, file);

    for (unsigned i = 1; i <= count; i++)
        assert_true(is_found(&reader, i, text_of(arena, pattern, i * step)));
    assert_int_equal(reader_find(file, "/Predictor 12/Columns") != SIZE_MAX, rows);
    arena_free(arena);
}

static void
alike_objects_are_rows(void **state)
{
    (void)state;
    check("<</S/P/P # 0 R/K #>>", 1, 1, false);
    check("<</S/P/P # 0 R/K #>>", 7, 1, false);
    check("<</S/P/P # 0 R/K #>>", 8, 1, true);
    check("<</S/P/P # 0 R/K[#]>>", 999, 1, true);
    check("<</S/P/P # 0 R/K[#]>>", 1001, 99, true);
    check("<</K #>>", 30, 9999, true);
    check("#", 30, 1, false);
}

static void
long_objects_are_loose(void **state)
{
    (void)state;
    check("<</A #/L(a text so long that it is in no row, however alike the others of it are, and "
          "there are no others)>>",
          30, 1, false);
}

/* More objects than are looked through at once. */
static void
batches(void **state)
{
    (void)state;
    check("<</S/TD/P # 0 R/K #>>", 20000, 3, true);
}

/* Numbers in strings, names and fractions are no fields. */
static void
other_numbers_stay(void **state)
{
    (void)state;
    check("<</A( # )/B< # >>>", 40, 7, false);
    check("<</A(\\( # )/B((x) # )>>", 40, 7, false);
    check("<</A #.5/B -#>>", 40, 7, false);
    check("<</F# 5/G# 5>>", 40, 7, false);
    check("<</A(\\) #", 40, 7, false);
    check("<</A< #", 40, 7, false);
    check("<</A(1 2)/B #/C<12>/D[ # 3]>>", 40, 7, true);
}

/* Kinds that take turns, as rows of several lengths and loose ones among them. */
static void
kinds_are_sorted(void **state)
{
    static const char *const patterns[] = {
        "<</A #>>", "<</A #/B[# 0 R]/C/VeryLong>>", "<</T(#)>>",
        "<</A #/L(a text so long that it is in no row, however alike the others of it are, #)>>",
        "<</K #>>"};
    struct arena *arena = arena_new(0);
    struct deflate *deflate = deflate_open(arena);
    struct save *save = save_open(arena, deflate, 3000);

    (void)state;
    for (unsigned i = 1; i <= 3000; i++)
        save_object(save, i, text_of(arena, patterns[i * i % 5], i), i % 3 == 0);
    struct reader reader = reader_open(arena, save_close(save, &(struct save_trailer){1, 0, id}));
    for (unsigned i = 1; i <= 3000; i++)
        assert_true(is_found(&reader, i, text_of(arena, patterns[i * i % 5], i)));
    deflate_close(deflate);
    arena_free(arena);
}

/* What is kept aside is in another stream than what is not, whichever came first. */
static void
aside_is_apart(void **state)
{
    struct arena *arena = arena_new(0);
    struct deflate *deflate = deflate_open(arena);
    struct save *save = save_open(arena, deflate, 6);
    size_t count[2] = {0, 0};

    (void)state;
    for (unsigned i = 1; i <= 6; i++)
        save_object(save, i, text_of(arena, i % 3 == 1 ? "<</Aside #>>" : "<</Other #>>", i),
                    i % 3 == 1);
    struct reader reader = reader_open(arena, save_close(save, &(struct save_trailer){1, 0, id}));
    for (size_t i = 7; i < reader.count; i++) {
        if (!reader_check_filled(&reader, i, "/ObjStm"))
            continue;
        struct str held = reader_unpacked(arena, reader.objects[i]);
        bool aside = reader_find(held, "/Aside") != SIZE_MAX;
        assert_true(aside != (reader_find(held, "/Other") != SIZE_MAX));
        count[aside] += reader_value(reader_dict(&reader, i), "/N ");
    }
    assert_int_equal(count[true], 2);
    assert_int_equal(count[false], 4);
    deflate_close(deflate);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alike_objects_are_rows),
        cmocka_unit_test(long_objects_are_loose),
        cmocka_unit_test(batches),
        cmocka_unit_test(other_numbers_stay),
        cmocka_unit_test(kinds_are_sorted),
        cmocka_unit_test(aside_is_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
