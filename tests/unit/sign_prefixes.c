/* The states of a PDF that was added to. */
#include "test.h"

#include "base/arena.h"
#include "sign/prefixes.h"

#define FIRST "%PDF-1.7\nstartxref\n9\n%%EOF\n"
#define SECOND FIRST "1 0 obj null endobj\nstartxref\r\n30\r\n%%EOF\r\n"

static void
ends_are_found(void **state)
{
    struct arena *arena = arena_new(0);
    struct prefixes found = prefixes_of(arena, STR(SECOND "rest"));

    (void)state;
    assert_int_equal(found.count, 3);
    assert_int_equal(found.prefix[0].size, sizeof FIRST - 1);
    assert_int_equal(found.prefix[1].size, sizeof SECOND - 1);
    assert_int_equal(found.prefix[2].size, sizeof SECOND - 1 + 4);
    arena_free(arena);
}

static void
hashes_are_those_of_the_first_bytes(void **state)
{
    struct arena *arena = arena_new(0);
    struct prefixes found = prefixes_of(arena, STR(SECOND));
    struct hash first = hash_of(STR(FIRST)), second = hash_of(STR(SECOND));

    (void)state;
    assert_int_equal(found.count, 2);
    assert_memory_equal(&found.prefix[0].hash, &first, sizeof first);
    assert_memory_equal(&found.prefix[1].hash, &second, sizeof second);
    arena_free(arena);
}

static void
what_is_no_end_is_passed_over(void **state)
{
    struct arena *arena = arena_new(0);

    (void)state;
    assert_int_equal(prefixes_of(arena, STR("")).count, 1);
    assert_int_equal(prefixes_of(arena, STR("startxref")).count, 1);
    assert_int_equal(prefixes_of(arena, STR("startxref\n%%EOF\n.")).count, 1);
    assert_int_equal(prefixes_of(arena, STR("startxref 1 %%EO\n%%EOF\n.")).count, 1);
    assert_int_equal(prefixes_of(arena, STR("startxref startxref 1 %%EOF.")).count, 2);
    arena_free(arena);
}

static void
ends_are_counted(void **state)
{
    struct arena *arena = arena_new(0);
    struct buf file = buf_in(arena);

    (void)state;
    for (int i = 0; i < 3 * PREFIXES_MAX; i++)
        buf_text(&file, "startxref\n1\n%%EOF\n");
    struct prefixes found = prefixes_of(arena, buf_str(&file));
    assert_int_equal(found.count, PREFIXES_MAX);
    assert_int_equal(found.prefix[found.count - 1].size, file.len);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_are_found),
        cmocka_unit_test(hashes_are_those_of_the_first_bytes),
        cmocka_unit_test(what_is_no_end_is_passed_over),
        cmocka_unit_test(ends_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
