/* What was acknowledged outlasts a power cut at any moment, and a write that fails. */
#include "power_kit.h"
#include "storm_kit.h"

/* ---- the power is cut */

/* Writes an archive of so many documents on the disk that is written down, and closes it now and
 * then. */
static void
write_archive(struct store_fixture *f, int documents)
{
    struct store *store = archive_open_as(f, STORE_CREATE);

    for (int n = 1; n <= documents; n++) {
        assert_true(storm_add(store, n));
        power_mark(n);
        if (n % 3 == 0)
            (void)store_tidy(store);
        if (n % 4 == 0) {
            store_close(store);
            store = archive_open_as(f, STORE_WRITE);
        }
    }
    store_close(store);
}

/* Where nothing was acknowledged there may be no archive yet. */
static void
check_disk(struct store_fixture *f, size_t prefix, int documents)
{
    int64_t least = power_marked(prefix);
    struct diags *told = f->diags;

    f->diags = diags_new();
    struct store *store = archive_open_as(f, least == 0 ? STORE_CREATE : STORE_WRITE);
    if (store == NULL)
        fail_msg("after %zu of %zu: %s", prefix, power.count,
                 diags_count(f->diags) == 0 ? "" : diag_code_name(diags_at(f->diags, 0)->code));
    storm_check(store, least, documents);
    /* and it goes on */
    assert_true(storm_add(store, documents + 1));
    store_close(store);
    diags_free(f->diags);
    f->diags = told;
}

static void
what_was_acknowledged_outlasts_a_power_cut(void **state)
{
    struct store_fixture *f = *state;
    int documents = storm_times(4, 30), seeds = storm_times(1, 3);
    size_t step = (size_t)storm_times(3, 1);

    power_begin();
    write_archive(f, documents);
    power.quiet = true;
    f->path = arena_printf(f->arena, "%s/after.db", f->dir);
    for (int seed = 1; seed <= seeds; seed++) {
        for (size_t prefix = 0; prefix <= power.count; prefix += step) {
            power_replay(f->path, prefix, (uint32_t)(prefix * 31 + (size_t)seed));
            check_disk(f, prefix, documents);
        }
    }
    power_end();
    (void)printf("%zu events\n", power.count);
    power_free();
}

/* ---- a write fails */

/* Adds documents to a new archive while the write, sync or truncation `at` fails; true when it came
 * to that. */
static bool
fail_at(struct store_fixture *f, long at, int fault, int documents)
{
    int added = 0;

    f->path = arena_printf(f->arena, "%s/%ld-%d.db", f->dir, at, fault);
    power_begin();
    power.fail_in = at;
    power.fault = fault;
    struct store *store = archive_open_as(f, STORE_CREATE);
    for (int n = 1; n <= documents && store != NULL; n++) {
        bool good = storm_add(store, n);
        if (!good)
            good = storm_add(store, n); /* what failed may be tried again */
        if (good && n == added + 1)
            added = n;
        if (n % 3 == 0)
            (void)store_tidy(store);
    }
    store_close(store);
    power.fail_in = 0;
    bool failed = power.failed;
    power.quiet = true;
    store = archive_open_as(f, STORE_CREATE);
    assert_non_null(store);
    storm_check(store, added, documents);
    store_close(store);
    power_end();
    power_free();
    return failed;
}

static void
a_write_that_fails_takes_nothing_along(void **state)
{
    static const int faults[] = {SQLITE_IOERR_WRITE, SQLITE_FULL};
    struct store_fixture *f = *state;
    int documents = storm_times(2, 8);
    long step = storm_times(4, 1);

    for (size_t i = 0; i < 2; i++) {
        for (long at = 1 + (long)i; fail_at(f, at, faults[i], documents); at += step) {
            diags_free(f->diags);
            f->diags = diags_new();
        }
    }
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, archive_setup, archive_teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_was_acknowledged_outlasts_a_power_cut),
        TEST(a_write_that_fails_takes_nothing_along),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
