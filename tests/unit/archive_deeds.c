/* Giving numbers, importing and removing: what was acknowledged outlasts a power cut, a write that
 * fails and a kill at any moment, and nothing of the rest is there by half. */
#include "power_kit.h"
#include "storm_kit.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "archive/archive.h"
#include "archive/canon.h"
#include "archive/chain.h"
#include "archive/register.h"
#include "archive/remove.h"

#define AGENCY "องค์การบริหารส่วนตำบลหนองสมมติ"
#define DEEDS_MAX 100000
#define BAGS 3
#define TO_REMOVE 6

struct deeds {
    struct store_fixture base;
    struct banthuek *b;
    const char *bag[BAGS];
};

/* Something that is done again and again to an archive. */
struct deed {
    void (*prepare)(struct deeds *d, struct store *store);
    bool (*act)(struct deeds *d, struct store *store, int n); /* from 1; true: acknowledged */
    void (*check)(struct deeds *d, struct store *store, int count);
    int (*count)(struct store *store); /* how many were done */
    int most;                          /* so many can be done */
};

/* ---- what holds of any archive */

/* Each document has its rows, each content is what its hash says, each chain holds. */
static void
check_whole(struct store *store)
{
    struct arena *arena = arena_new(0);
    struct chain_checked checked;
    int64_t chains = storm_count(store, "SELECT max(id) FROM chain"), last;
    struct str bytes;

    storm_check_text(store, "PRAGMA integrity_check", "ok");
    assert_int_equal(storm_count(store, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    for (int64_t chain = 0; chain <= chains; chain++) {
        assert_true(chain_check(store, chain, &checked, NULL, NULL));
        assert_int_equal(checked.fault, CHAIN_GOOD);
    }
    int64_t documents = storm_count(
        store, "SELECT count(*) FROM entry JOIN sealed USING (chain, n) WHERE kind = 'add'");
    assert_int_equal(storm_count(store, "SELECT count(*) FROM document"), documents);
    assert_int_equal(storm_count(store, "SELECT count(*) FROM text"), documents);
    assert_int_equal(storm_count(store, "SELECT count(*) FROM score"), documents);
    last = storm_count(store, "SELECT coalesce(max(id), 0) FROM content");
    for (int64_t id = 1; id <= last; id++) {
        struct arena_mark mark = arena_mark(arena);
        sqlite3_stmt *row;
        assert_int_equal(
            sqlite3_prepare_v2(store->db, "SELECT 1 FROM content WHERE id = ?1", -1, &row, NULL),
            SQLITE_OK);
        (void)sqlite3_bind_int64(row, 1, id);
        bool there = sqlite3_step(row) == SQLITE_ROW;
        (void)sqlite3_finalize(row);
        assert_true(!there || content_get(store, arena, id, &bytes));
        arena_reset(arena, mark);
    }
    arena_free(arena);
}

/* ---- numbers */

static void
prepare_numbers(struct deeds *d, struct store *store)
{
    (void)d;
    assert_true(storm_add(store, 1));
}

static bool
give_number(struct deeds *d, struct store *store, int n)
{
    struct arena *arena = arena_new(0);
    const struct register_wish wish = {.agency = STR(AGENCY), .date = {2569, 11, 29}};
    struct register_given given;
    bool good =
        store_begin(store) && register_next(store, arena, &wish, &given) && store_commit(store);

    (void)d;
    store_end(store);
    if (good)
        assert_int_equal(given.n, n);
    arena_free(arena);
    return good;
}

static int
count_numbers(struct store *store)
{
    return (int)storm_count(store, "SELECT count(*) FROM number");
}

struct given {
    struct deeds *d;
    int64_t last;
};

/* Counts the entries that gave a number, each the next one. */
static bool
count_next(void *user, const struct chain_seen *seen)
{
    struct given *given = user;

    if (str_is(seen->entry.kind, CHAIN_NUMBER)) {
        const struct value *said =
            canon_read(given->d->base.arena, given->d->base.diags, "number", seen->sealed.columns);
        assert_int_equal(canon_number(said, "n", 0), ++given->last);
    }
    return true;
}

static void
check_numbers(struct deeds *d, struct store *store, int count)
{
    struct given given = {d, 0};

    assert_int_equal(storm_count(store, "SELECT coalesce(max(n), 0) FROM number"), count);
    assert_int_equal(storm_count(store, "SELECT count(*) FROM entry WHERE kind = 'number'"), count);
    assert_true(chain_walk(store, CHAIN_OWN, count_next, &given));
    assert_int_equal(given.last, count);
    assert_int_equal(storm_count(store,
                                 "SELECT count(*) FROM number JOIN (SELECT n AS at, row_number()"
                                 " OVER (ORDER BY n) AS n FROM entry WHERE kind = 'number') AS e"
                                 " ON e.at = number.entry AND e.n = number.n"),
                     count);
}

/* ---- bags: of one archive, of the same later, of another one */

static void
make_bag(struct deeds *d, const char *archive, int64_t from, int64_t to, int numbers, size_t bag)
{
    const struct banthuek_archive_options options = {
        .struct_size = sizeof options, .path = archive, .mode = BANTHUEK_ARCHIVE_CREATE};
    struct banthuek_archive *made = banthuek_archive_open(d->b, &options);

    assert_non_null(made);
    for (int64_t n = from; n <= to; n++)
        assert_true(storm_add(made->store, n));
    for (int n = 1; n <= numbers; n++)
        assert_true(give_number(d, made->store, n));
    d->bag[bag] = arena_printf(d->base.arena, "%s/bag-%zu", d->base.dir, bag);
    assert_non_null(banthuek_archive_export(d->b, made, d->bag[bag], NULL));
    banthuek_archive_close(made);
}

static void
make_bags(struct deeds *d)
{
    const char *one = arena_printf(d->base.arena, "%s/one.db", d->base.dir);
    const char *other = arena_printf(d->base.arena, "%s/other.db", d->base.dir);

    make_bag(d, one, 11, 13, 2, 0);
    make_bag(d, one, 14, 15, 0, 1);
    make_bag(d, other, 13, 16, 0, 2);
}

static void
prepare_import(struct deeds *d, struct store *store)
{
    (void)d;
    assert_true(storm_add(store, 1));
    assert_true(storm_add(store, 12)); /* a bag has it, too */
}

static bool
import_bag(struct deeds *d, struct store *store, int n)
{
    struct banthuek_archive archive = {store};
    const struct banthuek_archive_imported *done =
        banthuek_archive_import(d->b, &archive, d->bag[n - 1], NULL);

    store_use(store, d->base.diags);
    return done != NULL && done->what != BANTHUEK_ARCHIVE_UNCHANGED;
}

static int
count_imports(struct store *store)
{
    return (int)storm_count(store,
                            "SELECT count(*) FROM entry WHERE chain = 0 AND kind = 'import'");
}

static void
check_imports(struct deeds *d, struct store *store, int count)
{
    static const int entries[] = {0, 5, 7, 11}, documents[] = {2, 5, 7, 11};

    (void)d;
    assert_in_range(count, 0, BAGS);
    assert_int_equal(storm_count(store, "SELECT count(*) FROM chain"),
                     count == 0 ? 1 : 1 + (count + 1) / 2);
    assert_int_equal(storm_count(store, "SELECT count(*) FROM entry WHERE chain > 0"),
                     entries[count]);
    assert_int_equal(storm_count(store, "SELECT count(*) FROM document"), documents[count]);
    assert_int_equal(storm_count(store, "SELECT count(*) FROM number"), 0);
}

/* ---- removing */

static void
prepare_removal(struct deeds *d, struct store *store)
{
    (void)d;
    for (int n = 1; n <= TO_REMOVE; n++)
        assert_true(storm_add(store, n));
}

static bool
remove_one(struct deeds *d, struct store *store, int n)
{
    struct arena *arena = arena_new(0);
    int64_t by;
    bool good = store_begin(store) &&
                entry_remove(store, arena, n, STR("ครบกำหนด"), STR("นาง ก"), &by) &&
                store_commit(store);

    (void)d;
    store_end(store);
    arena_free(arena);
    return good;
}

static int
count_removed(struct store *store)
{
    return (int)storm_count(store, "SELECT count(*) FROM removed");
}

static void
check_removed(struct deeds *d, struct store *store, int count)
{
    (void)d;
    assert_int_equal(storm_count(store, "SELECT count(*) FROM document"), TO_REMOVE - count);
    assert_int_equal(storm_count(store, "SELECT coalesce(min(n), 7) FROM document"), count + 1);
    assert_int_equal(storm_count(store, "SELECT count(*) FROM content WHERE kind = 1"),
                     TO_REMOVE - count);
    assert_int_equal(storm_count(store, "SELECT count(*) FROM entry"), TO_REMOVE + count);
    assert_int_equal(storm_count(store, "SELECT count(*) FROM sealed"), TO_REMOVE);
}

static const struct deed numbers = {prepare_numbers, give_number, check_numbers, count_numbers,
                                    DEEDS_MAX};
static const struct deed imports = {prepare_import, import_bag, check_imports, count_imports, BAGS};
static const struct deed removals = {prepare_removal, remove_one, check_removed, count_removed,
                                     TO_REMOVE};

/* What is there, of which at least so many deeds were acknowledged and at most so many begun; how
 * many are there. */
static int
check_deeds(struct deeds *d, const struct deed *deed, struct store *store, int least, int most)
{
    int count = deed->count(store);

    assert_in_range(count, least, most);
    check_whole(store);
    deed->check(d, store, count);
    return count;
}

static void
prepare(struct deeds *d, const struct deed *deed)
{
    struct store *store = archive_open_as(&d->base, STORE_CREATE);

    assert_non_null(store);
    deed->prepare(d, store);
    store_close(store);
}

/* ---- the power is cut */

static void
cut_power(struct deeds *d, const struct deed *deed, int deeds, int seeds, size_t step)
{
    struct store_fixture *f = &d->base;
    const char *before = f->path;

    power_begin();
    prepare(d, deed);
    size_t from = power.count;
    struct store *store = archive_open_as(f, STORE_WRITE);
    for (int n = 1; n <= deeds; n++) {
        assert_true(deed->act(d, store, n));
        power_mark(n);
        if (n % 2 == 0)
            (void)store_tidy(store);
    }
    store_close(store);
    power.quiet = true;
    f->path = arena_printf(f->arena, "%s/after.db", f->dir);
    for (int seed = 1; seed <= seeds; seed++) {
        for (size_t prefix = from; prefix <= power.count; prefix += step) {
            power_replay(f->path, prefix, (uint32_t)(prefix * 37 + (size_t)seed));
            store = archive_open_as(f, STORE_WRITE);
            assert_non_null(store);
            int there = check_deeds(d, deed, store, (int)power_marked(prefix), deeds);
            /* and it goes on */
            if (there < deed->most)
                assert_true(deed->act(d, store, there + 1));
            store_close(store);
        }
    }
    power_end();
    (void)printf("%zu events\n", power.count);
    power_free();
    f->path = before;
}

static void
numbers_outlast_a_power_cut(void **state)
{
    cut_power(*state, &numbers, storm_times(4, 60), storm_times(1, 3), (size_t)storm_times(4, 1));
}

static void
imports_outlast_a_power_cut(void **state)
{
    struct deeds *d = *state;

    make_bags(d);
    cut_power(d, &imports, BAGS, storm_times(1, 3), (size_t)storm_times(40, 1));
}

static void
removals_outlast_a_power_cut(void **state)
{
    cut_power(*state, &removals, storm_times(3, TO_REMOVE), storm_times(1, 3),
              (size_t)storm_times(20, 1));
}

/* ---- a write fails */

/* Does deeds while the write, sync or truncation `at` fails; true when it came to that. */
static bool
fail_at(struct deeds *d, const struct deed *deed, int deeds, long at, int fault)
{
    struct store_fixture *f = &d->base;
    int done = 0;

    f->path = arena_printf(f->arena, "%s/%ld-%d.db", f->dir, at, fault);
    power_begin();
    power.quiet = true; /* it syncs nothing, too */
    prepare(d, deed);
    power.fail_in = at;
    power.fault = fault;
    struct store *store = archive_open_as(f, STORE_WRITE);
    for (int n = 1; n <= deeds && store != NULL; n++) {
        /* what failed may be tried again */
        if (n == done + 1 && (deed->act(d, store, n) || deed->act(d, store, n)))
            done = n;
        (void)store_tidy(store);
    }
    store_close(store);
    power.fail_in = 0;
    bool failed = power.failed;
    store = archive_open_as(f, STORE_WRITE);
    assert_non_null(store);
    assert_in_range(done, deeds - 1, deeds);
    (void)check_deeds(d, deed, store, done, deeds);
    store_close(store);
    power_end();
    power_free();
    (void)remove(f->path);
    return failed;
}

static void
fail_each(struct deeds *d, const struct deed *deed, int deeds, long step)
{
    static const int faults[] = {SQLITE_IOERR_WRITE, SQLITE_FULL};

    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        for (long at = 1 + (long)i; fail_at(d, deed, deeds, at, faults[i]); at += step) {
            diags_free(d->base.diags);
            d->base.diags = diags_new();
        }
    }
}

static void
a_number_is_given_or_not(void **state)
{
    fail_each(*state, &numbers, storm_times(2, 8), storm_times(4, 1));
}

static void
a_bag_is_there_or_not(void **state)
{
    struct deeds *d = *state;

    make_bags(d);
    fail_each(d, &imports, BAGS, storm_times(60, 1));
}

static void
a_document_is_removed_or_not(void **state)
{
    fail_each(*state, &removals, storm_times(2, TO_REMOVE), storm_times(30, 1));
}

/* ---- the process is killed */

static void
child(struct deeds *d, const struct deed *deed, int from, int tell)
{
    struct store *store =
        store_open(d->base.diags, d->base.path, &(struct store_options){STORE_WRITE, 60000});

    for (int n = from; store != NULL && n <= deed->most; n++) {
        if (!deed->act(d, store, n) || write(tell, &n, sizeof n) != (ssize_t)sizeof n)
            _exit(1);
    }
    store_close(store);
    _exit(store == NULL ? 2 : 0);
}

/* Kills a process that goes on at deed `from` after a while; the last that it acknowledged. */
static int
kill_one(struct deeds *d, const struct deed *deed, int from, long microseconds)
{
    const struct timespec time = {0, microseconds * 1000};
    int ends[2], last = from - 1, n;

    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        child(d, deed, from, ends[1]);
    (void)close(ends[1]);
    (void)nanosleep(&time, NULL);
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    while (read(ends[0], &n, sizeof n) == (ssize_t)sizeof n)
        last = n;
    (void)close(ends[0]);
    return last;
}

/* How long it takes to do all, in microseconds. */
static long
time_of(struct deeds *d, const struct deed *deed)
{
    struct timespec before, after;

    d->base.path = arena_printf(d->base.arena, "%s/timed.db", d->base.dir);
    prepare(d, deed);
    (void)clock_gettime(CLOCK_MONOTONIC, &before);
    struct store *store = archive_open_as(&d->base, STORE_WRITE);
    for (int n = 1; n <= deed->most && n <= 100; n++)
        assert_true(deed->act(d, store, n));
    store_close(store);
    (void)clock_gettime(CLOCK_MONOTONIC, &after);
    return (after.tv_sec - before.tv_sec) * 1000000 + (after.tv_nsec - before.tv_nsec) / 1000 + 1;
}

/* Begins anew where all was done. */
static void
kill_often(struct deeds *d, const struct deed *deed, int kills)
{
    struct store_fixture *f = &d->base;
    int there = deed->most, began = 0, half = 0;
    long longest = time_of(d, deed);

    srand(2);
    for (int i = 0; i < kills; i++) {
        if (there == deed->most) {
            f->path = arena_printf(f->arena, "%s/killed-%d.db", f->dir, began++);
            prepare(d, deed);
            there = 0;
        }
        int last = kill_one(d, deed, there + 1, rand() % longest);
        struct store *store = archive_open_as(f, STORE_WRITE);
        assert_non_null(store);
        half += last < deed->most;
        there = check_deeds(d, deed, store, last, last == deed->most ? last : last + 1);
        store_close(store);
    }
    assert_true(kills < 100 || half > kills / 4);
    (void)printf("%d of %d kills before the end\n", half, kills);
}

static void
numbers_outlast_a_kill(void **state)
{
    kill_often(*state, &numbers, storm_times(6, 200));
}

static void
imports_outlast_a_kill(void **state)
{
    struct deeds *d = *state;

    make_bags(d);
    kill_often(d, &imports, storm_times(6, 200));
}

static void
removals_outlast_a_kill(void **state)
{
    kill_often(*state, &removals, storm_times(6, 200));
}

static int
setup(void **state)
{
    int result = archive_setup_sized(state, sizeof(struct deeds));
    struct deeds *d = *state;

    d->b = banthuek_open(NULL, NULL);
    return result;
}

static int
teardown(void **state)
{
    struct deeds *d = *state;

    banthuek_close(d->b);
    return archive_teardown(state);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(numbers_outlast_a_power_cut),  TEST(imports_outlast_a_power_cut),
        TEST(removals_outlast_a_power_cut), TEST(a_number_is_given_or_not),
        TEST(a_bag_is_there_or_not),        TEST(a_document_is_removed_or_not),
        TEST(numbers_outlast_a_kill),       TEST(imports_outlast_a_kill),
        TEST(removals_outlast_a_kill),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
