/* QR codes. */
#include "test.h"

#include <pthread.h>
#include <string.h>

#include "image/qr.h"

static bool
dark(const struct qr *qr, unsigned row, unsigned column)
{
    return qr->modules[row * qr->side + column] == 1;
}

/* The square at a corner: dark around white around three by three dark ones. */
static void
assert_finder(const struct qr *qr, unsigned row, unsigned column)
{
    for (unsigned r = 0; r < 7; r++) {
        for (unsigned c = 0; c < 7; c++) {
            bool ring = r == 0 || r == 6 || c == 0 || c == 6;
            bool middle = r >= 2 && r <= 4 && c >= 2 && c <= 4;
            assert_int_equal(dark(qr, row + r, column + c), ring || middle);
        }
    }
}

static void
version_1_holds_a_code(void **state)
{
    struct fixture *f = *state;
    const struct qr *qr = qr_make(f->arena, STR("0123456789ABCDEFG001"));

    assert_non_null(qr);
    assert_int_equal(qr->side, QR_SIDE_LEAST);
    assert_finder(qr, 0, 0);
    assert_finder(qr, 0, 14);
    assert_finder(qr, 14, 0);
    assert_true(dark(qr, 13, 8)); /* always */
    /* one letter more, or a small one, needs the next version */
    assert_int_equal(qr_make(f->arena, STR("0123456789ABCDEFG0012"))->side, 25);
    assert_int_equal(qr_make(f->arena, STR("0123456789abcdefg001"))->side, 25);
}

static void
only_some_lengths_fit(void **state)
{
    struct fixture *f = *state;
    char *text = arena_alloc(f->arena, 8000);

    memset(text, 'a', 8000);
    assert_null(qr_make(f->arena, STR("")));
    assert_int_equal(qr_make(f->arena, (struct str){text, 2331})->side, 177);
    assert_null(qr_make(f->arena, (struct str){text, 2332}));
    assert_null(qr_make(f->arena, (struct str){text, 8000}));
    assert_int_equal(qr_make(f->arena, (struct str){"\0\xff\n", 3})->side, QR_SIDE_LEAST);
    memset(text, 'A', 8000);
    assert_int_equal(qr_make(f->arena, (struct str){text, 3391})->side, 177);
    assert_null(qr_make(f->arena, (struct str){text, 3392}));
}

/* Codes of all sizes, so that tables are made while others are at it. */
static void *
make_many(void *sum)
{
    struct arena *arena = arena_new(0);
    char text[600];

    memset(text, 'x', sizeof text);
    for (size_t len = 1; len <= sizeof text; len += 7) {
        const struct qr *qr = qr_make(arena, (struct str){text, len});
        for (unsigned i = 0; i < qr->side * qr->side; i++)
            *(size_t *)sum = *(size_t *)sum * 31 + qr->modules[i];
    }
    arena_free(arena);
    return NULL;
}

static void
threads_make_the_same(void **state)
{
    pthread_t threads[8];
    size_t sums[8] = {0};

    (void)state;
    for (int i = 0; i < 8; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, make_many, &sums[i]), 0);
    for (int i = 0; i < 8; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (int i = 1; i < 8; i++)
        assert_int_equal(sums[i], sums[0]);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(version_1_holds_a_code),
        T(only_some_lengths_fit),
        T(threads_make_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
