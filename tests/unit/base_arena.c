/* Arenas: what comes out is zero, also where it was given out before, and pieces grow. */
#include "test.h"

#include "base/arena.h"

static bool
is_zero(const char *piece, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (piece[i] != 0)
            return false;
    }
    return true;
}

static void
pieces_are_zero(void **state)
{
    struct arena *arena = arena_new(0);
    struct arena_mark mark;

    (void)state;
    (void)arena_alloc(arena, 10);
    mark = arena_mark(arena);
    for (size_t size = 1; size < 100000; size = 2 * size + 1) {
        char *piece = arena_alloc(arena, size);
        assert_true(is_zero(piece, size));
        memset(piece, 'x', size);
        if (size % 3 == 0)
            arena_reset(arena, mark);
    }
    arena_free(arena);
}

/* What is behind `from` is zeroed, also where it was given out before. */
static void
pieces_grow(void **state)
{
    struct arena *arena = arena_new(0);
    struct arena_mark mark;

    (void)state;
    (void)arena_alloc(arena, 10);
    mark = arena_mark(arena);
    for (int again = 0; again < 2; again++) {
        size_t size = 20;
        char *piece = arena_alloc(arena, size);
        memset(piece, 'x', size);
        for (; size < 9000000; size = 2 * size) {
            (void)(size % 3 == 0 ? arena_alloc(arena, 100) : NULL);
            piece = arena_resize(arena, piece, size, size, 2 * size);
            assert_int_equal(piece[0], 'x');
            assert_int_equal(piece[size - 1], 'x');
            assert_true(is_zero(piece + size, size));
            memset(piece, 'x', 2 * size);
        }
        assert_true(arena_used(arena) >= size);
        arena_reset(arena, mark);
    }
    arena_free(arena);
}

/* A block that a mark knows does not move. */
static void
marks_stay_good(void **state)
{
    struct arena *arena = arena_new(0);
    size_t size = (size_t)3 << 20;

    (void)state;
    char *large = arena_alloc(arena, size);
    struct arena_mark mark = arena_mark(arena);
    memset(large, 'x', size);
    for (size_t i = 1; i < 4; i++)
        large = arena_resize(arena, large, size, i * size, (i + 1) * size);
    assert_int_equal(large[size - 1], 'x');
    arena_reset(arena, mark);
    assert_int_equal(arena_used(arena), size);
    large = arena_alloc(arena, size);
    assert_true(is_zero(large, size));
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zero),
        cmocka_unit_test(pieces_grow),
        cmocka_unit_test(marks_stay_good),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
