/* What every unit test includes: cmocka and the headers it needs before it. */
#ifndef TEST_H
#define TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

/* What most tests work in. A file that needs more makes a struct that begins with the same. */
struct fixture {
    struct arena *arena;
    struct diags *diags;
};

/* Set-up and tear-down for cmocka: *state becomes a struct fixture; with fixture_open() one of
 * `size` bytes, what is beyond zeroed. */
static inline int
fixture_open(void **state, size_t size)
{
    struct fixture *f = calloc(1, size);

    assert_non_null(f);
    f->arena = arena_new(0);
    f->diags = diags_new();
    *state = f;
    return 0;
}

static inline int
fixture_setup(void **state)
{
    return fixture_open(state, sizeof(struct fixture));
}

static inline int
fixture_teardown(void **state)
{
    struct fixture *f = *state;

    arena_free(f->arena);
    diags_free(f->diags);
    free(f);
    return 0;
}

/* Asserts that a slice equals a NUL-ended text and shows both when it does not. */
#define assert_str(slice, text)                                     \
    do {                                                            \
        struct arena *test_arena = arena_new(0);                    \
        assert_string_equal(str_cstr(test_arena, (slice)), (text)); \
        arena_free(test_arena);                                     \
    } while (0)

/* Asserts that the diagnostic at `index` has this code. */
#define assert_diag(diags, index, expected)                                               \
    do {                                                                                  \
        assert_true((index) < diags_count(diags));                                        \
        assert_string_equal(diag_code_name(diags_at((diags), (index))->code), #expected); \
    } while (0)

#endif
