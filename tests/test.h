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
