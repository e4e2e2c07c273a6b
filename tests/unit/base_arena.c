/* Arenas: what comes out is zero, also where it was given out before, and the last piece grows
 * where it is. */
#include "test.h"

#include "base/arena.h"
#include "base/str.h"

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

static void
last_piece_grows(void **state)
{
    struct arena *arena = arena_new(0);
    struct arena_mark mark = arena_mark(arena);
    char *first = arena_alloc(arena, 20), *second;

    (void)state;
    memset(first, 'x', 20);
    /* sanitizers give each piece a block of its own, so it is asked whether there is room */
    if (arena_extend(arena, first, 20, 1000)) {
        assert_true(is_zero(first + 20, 980));
        memset(first, 'x', 1000);
        second = arena_alloc(arena, 8);
        assert_false(arena_extend(arena, first, 1000, 1001 + 15));
        assert_false(arena_extend(arena, second, 8, (size_t)1 << 30));
        assert_true(arena_used(arena) >= 1008);
    }
    arena_reset(arena, mark);
    first = arena_alloc(arena, 20);
    assert_true(is_zero(first, 20));
    if (arena_extend(arena, first, 20, 1000))
        assert_true(is_zero(first, 1000));
    assert_false(arena_extend(arena, NULL, 0, 64));
    arena_free(arena);
}

static void
buffers_stay(void **state)
{
    struct arena *arena = arena_new(0);
    struct buf buf = buf_in(arena);

    (void)state;
    buf_byte(&buf, 'a');
    const char *place = buf.ptr;
    bool stays = arena_extend(arena, buf.ptr, buf.cap, buf.cap + 1);
    buf.cap += stays;
    for (int i = 0; i < 2000; i++)
        buf_byte(&buf, 'b');
    assert_true(!stays || buf.ptr == place);
    assert_int_equal(buf.len, 2001);
    assert_int_equal(buf.ptr[2001], '\0');
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zero),
        cmocka_unit_test(last_piece_grows),
        cmocka_unit_test(buffers_stay),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
