/* What was acknowledged outlasts a process that is killed at any moment; and two processes write to
 * one archive at once. */
#include "storm_kit.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#define NEVER 1000000

/* Adds documents `from`, `from` + `step`, … and tells each that was acknowledged through a pipe. It
 * ends with 0 when it came to `count`. */
static void
child(const char *path, int64_t from, int64_t step, int64_t count, int tell)
{
    struct diags *diags = diags_new();
    struct store *store = store_open(diags, path, &(struct store_options){STORE_CREATE, 60000});

    for (int64_t i = 0; store != NULL && i < count; i++) {
        int64_t n = from + i * step;
        if (!storm_add(store, n) || write(tell, &n, sizeof n) != (ssize_t)sizeof n)
            _exit(1);
    }
    if (store == NULL) {
        (void)fprintf(stderr, "%s: %s\n", diag_code_name(diags_at(diags, 0)->code),
                      diags_at(diags, 0)->arg[0] == NULL ? "" : diags_at(diags, 0)->arg[0]);
        _exit(2);
    }
    store_close(store);
    _exit(0);
}

static pid_t
start(const char *path, int64_t from, int64_t step, int64_t count, int *told)
{
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        (void)close(ends[0]);
        child(path, from, step, count, ends[1]);
    }
    (void)close(ends[1]);
    *told = ends[0];
    return pid;
}

/* How many were acknowledged. */
static int64_t
read_told(int told, int64_t *last)
{
    int64_t count = 0, n;

    while (read(told, &n, sizeof n) == (ssize_t)sizeof n) {
        *last = n;
        count++;
    }
    (void)close(told);
    return count;
}

static void
wait_a_while(long microseconds)
{
    const struct timespec time = {microseconds / 1000000, microseconds % 1000000 * 1000};

    (void)nanosleep(&time, NULL);
}

/* A process may be killed between its commit and what it tells of it: so there may be one more. */
static void
what_was_acknowledged_outlasts_a_kill(void **state)
{
    struct store_fixture *f = *state;
    int64_t acknowledged = 0, last = 0;
    int kills = storm_times(12, 200), told;

    srand(1);
    for (int i = 1; i <= kills; i++) {
        pid_t pid = start(f->path, last + 1, 1, NEVER, &told);
        wait_a_while(rand() % 60000);
        assert_int_equal(kill(pid, SIGKILL), 0);
        assert_int_equal(waitpid(pid, NULL, 0), pid);
        (void)read_told(told, &last);
        acknowledged = last;
        struct store *store = archive_open_as(f, STORE_CREATE);
        assert_non_null(store);
        int64_t there = storm_count(store, "SELECT count(*) FROM entry");
        assert_in_range(there, acknowledged, acknowledged + 1);
        if (i % 10 == 0 || i == kills)
            storm_check(store, acknowledged, acknowledged + 1);
        store_close(store);
        last = there;
    }
    assert_true(acknowledged > 0);
}

static void
two_processes_write_at_once(void **state)
{
    struct store_fixture *f = *state;
    int64_t each = storm_times(40, 1000), last;
    int told[2], status;
    pid_t pids[2];

    for (int i = 0; i < 2; i++)
        pids[i] = start(f->path, i + 1, 2, each, &told[i]);
    for (int i = 0; i < 2; i++)
        assert_int_equal(read_told(told[i], &last), each);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_int_equal(status, 0);
    }
    struct store *store = archive_open_as(f, STORE_READ);
    storm_check(store, 2 * each, 2 * each);
    store_close(store);
}

/* Somebody reads all the time: what a reader sees is whole. */
static void
readers_see_whole_states(void **state)
{
    struct store_fixture *f = *state;
    int64_t each = storm_times(20, 500), seen = 0, last;
    int told, status;

    store_close(archive_open_as(f, STORE_CREATE));
    pid_t pid = start(f->path, 1, 1, each, &told);
    while (waitpid(pid, &status, WNOHANG) == 0) {
        struct store *store =
            store_open(f->diags, f->path, &(struct store_options){STORE_READ, 60000});
        assert_non_null(store);
        assert_true(store_begin_read(store));
        int64_t there = storm_count(store, "SELECT count(*) FROM entry");
        assert_true(there >= seen);
        assert_int_equal(storm_count(store, "SELECT count(*) FROM document"), there);
        assert_int_equal(storm_count(store, "SELECT count(*) FROM part"), there);
        seen = there;
        store_close(store);
    }
    assert_int_equal(status, 0);
    assert_int_equal(read_told(told, &last), each);
    assert_int_equal(diags_count(f->diags), 0);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, archive_setup, archive_teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_was_acknowledged_outlasts_a_kill),
        TEST(two_processes_write_at_once),
        TEST(readers_see_whole_states),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
