/* Files of finished objects: what is where, object streams of many. */
#include "pdf_reader.h"

#include "pdf/deflate.h"
#include "pdf/save.h"

static const struct str id = {"\xab\1abcdefghijklmn", 16};

static struct str
text_of(struct arena *arena, unsigned number)
{
    return str_of(arena_printf(arena, "<</Number %u\n/Is (object of number %u)>>", number, number));
}

/* Objects 1 … count, every seventh a stream, every eleventh left out. */
static struct str
file_of(struct arena *arena, unsigned count)
{
    struct deflate *deflate = deflate_open(arena);
    struct save *save = save_open(arena, deflate, count);

    for (unsigned i = 1; i <= count; i++) {
        if (i % 11 == 0)
            continue;
        if (i % 7 == 0)
            save_stream(save, i, STR("<</Length 3>>"), STR("abc"));
        else
            save_object(save, i, text_of(arena, i), false);
    }
    struct str file = save_close(save, &(struct save_trailer){1, 2, id});
    deflate_close(deflate);
    return file;
}

static void
every_object_is_found(void **state)
{
    struct arena *arena = arena_new(0);
    struct reader reader = reader_open(arena, file_of(arena, 3000));

    (void)state;
    for (unsigned i = 1; i <= 3000; i++) {
        if (i % 11 == 0)
            assert_int_equal(reader.objects[i].len, 0);
        else if (i % 7 == 0)
            assert_str(reader_stream(&reader, i), "abc");
        else
            assert_true(str_eq(reader_dict(&reader, i), text_of(arena, i)));
    }
    assert_int_equal(reader_value(reader.trailer, "/Root "), 1);
    assert_int_equal(reader_value(reader.trailer, "/Info "), 2);
    assert_true(reader_find(reader.trailer, "/ID [<AB016162") != SIZE_MAX);
    arena_free(arena);
}

/* Objects of structure, of which there are many, take few bytes. */
static void
many_objects_are_small(void **state)
{
    struct arena *arena = arena_new(0);
    struct deflate *deflate = deflate_open(arena);
    struct save *save = save_open(arena, deflate, 2500);

    (void)state;
    for (unsigned i = 1; i <= 2500; i++)
        save_object(save, i,
                    str_of(arena_printf(arena, "<</S /P\n/P %u 0 R\n/K %u>>", i / 40 + 1, i % 40)),
                    false);
    struct str file = save_close(save, &(struct save_trailer){1, 0, id});
    assert_true(file.len < (size_t)2500 * 3);
    assert_true(reader_find(file, "/Info") == SIZE_MAX);
    deflate_close(deflate);
    arena_free(arena);
}

static void
no_object_at_all(void **state)
{
    struct arena *arena = arena_new(0);
    struct reader reader = reader_open(arena, file_of(arena, 0));

    (void)state;
    assert_int_equal(reader.count, 2);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_object_is_found),
        cmocka_unit_test(many_objects_are_small),
        cmocka_unit_test(no_object_at_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
