/* Files that are no archive, or not all of one, or lie beside one: each is told, and stays as it
 * is. */
#include "storm_kit.h"

#include <sys/stat.h>

#include "archive/place.h"
#include "base/files.h"

static struct str
read_file(struct store_fixture *f, const char *path)
{
    struct str bytes;

    assert_true(files_read(files_system(), f->arena, f->diags, POS_NONE, path, SIZE_MAX, &bytes));
    return str_dup(f->arena, bytes);
}

static void
write_file(const char *path, struct str bytes)
{
    FILE *out = fopen(path, "wb");

    assert_non_null(out);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, out), bytes.len);
    assert_int_equal(fclose(out), 0);
}

static const char *
beside(struct store_fixture *f, const char *ending)
{
    return arena_printf(f->arena, "%s%s", f->path, ending);
}

static void
make(struct store_fixture *f, int documents)
{
    struct store *store = archive_open_as(f, STORE_CREATE);

    assert_non_null(store);
    for (int n = 1; n <= documents; n++)
        assert_true(storm_add(store, n));
    store_close(store);
}

static enum diag_code
last_code(struct store_fixture *f)
{
    size_t count = diags_count(f->diags);

    assert_true(count > 0);
    return diags_at(f->diags, count - 1)->code;
}

/* Neither who reads nor who writes opens it, and it stays as it is. */
static void
must_refuse(struct store_fixture *f, enum diag_code code)
{
    static const enum store_mode modes[] = {STORE_READ, STORE_WRITE, STORE_CREATE};
    struct str before = read_file(f, f->path);

    for (size_t i = 0; i < 3; i++) {
        assert_null(archive_open_as(f, modes[i]));
        if (last_code(f) != code)
            fail_msg("%s", diag_code_name(last_code(f)));
        assert_true(str_eq(read_file(f, f->path), before));
    }
}

/* ---- not all of one */

/* Nothing of it is there, or it is told. */
static void
cut_anywhere_it_is_told(void **state)
{
    struct store_fixture *f = *state;
    const int step = storm_times(997, 7);

    make(f, 3);
    struct str whole = read_file(f, f->path);
    for (size_t len = 1; len < whole.len; len += (size_t)step) {
        write_file(f->path, str_sub(whole, 0, len));
        assert_null(archive_open_as(f, STORE_READ));
        assert_null(archive_open_as(f, STORE_CREATE));
        enum diag_code code = last_code(f);
        /* the head of a file has 100 bytes */
        if (code != DIAG_ARCHIVE_TRUNCATED && code != DIAG_ARCHIVE_OTHER &&
            (len >= 100 || code != DIAG_ARCHIVE_DAMAGED))
            fail_msg("cut to %zu bytes: %s", len, diag_code_name(code));
        assert_true(str_eq(read_file(f, f->path), str_sub(whole, 0, len)));
        diags_free(f->diags);
        f->diags = diags_new();
    }
    write_file(f->path, whole);
    struct store *store = archive_open_as(f, STORE_WRITE);
    assert_non_null(store);
    storm_check(store, 3, 3);
    store_close(store);
}

/* ---- beside one */

/* What `sql` leaves beside a file while it is not over. */
static struct str
left_by(struct store_fixture *f, const char *sql, const char *ending)
{
    const char *path = arena_printf(f->arena, "%s/other.db", f->dir);
    sqlite3 *db;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    struct str bytes = read_file(f, arena_printf(f->arena, "%s%s", path, ending));
    assert_true(bytes.len > 100);
    (void)sqlite3_close(db);
    return bytes;
}

#define ROWS                                                                                \
    "CREATE TABLE t (x); WITH RECURSIVE n (i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE" \
    " i < 300) INSERT INTO t SELECT randomblob(900) FROM n;"

static void
a_journal_of_another_program_is_not_played_back(void **state)
{
    struct store_fixture *f = *state;

    make(f, 2);
    write_file(beside(f, "-journal"), left_by(f,
                                              "PRAGMA page_size = 1024; PRAGMA cache_size = 5;" ROWS
                                              "BEGIN; UPDATE t SET x = randomblob(900)",
                                              "-journal"));
    must_refuse(f, DIAG_ARCHIVE_BESIDE);
    assert_int_equal(remove(beside(f, "-journal")), 0);
    struct store *store = archive_open_as(f, STORE_WRITE);
    storm_check(store, 2, 2);
    store_close(store);
}

static void
a_log_of_another_program_is_not_played_back(void **state)
{
    struct store_fixture *f = *state;

    make(f, 2);
    write_file(beside(f, "-wal"),
               left_by(f, "PRAGMA page_size = 1024; PRAGMA journal_mode = WAL;" ROWS, "-wal"));
    must_refuse(f, DIAG_ARCHIVE_BESIDE);
    assert_int_equal(remove(beside(f, "-wal")), 0);
    struct store *store = archive_open_as(f, STORE_WRITE);
    storm_check(store, 2, 2);
    store_close(store);
}

/* An archive that was put in the place of another one whose process was killed. */
static void
a_log_of_another_archive_is_not_played_back(void **state)
{
    struct store_fixture *f = *state;
    const char *own = f->path;

    make(f, 2);
    f->path = arena_printf(f->arena, "%s/other.db", f->dir);
    struct store *other = archive_open_as(f, STORE_CREATE);
    assert_true(storm_add(other, 9));
    struct str log = read_file(f, beside(f, "-wal"));
    store_close(other);
    f->path = own;
    write_file(beside(f, "-wal"), log);
    must_refuse(f, DIAG_ARCHIVE_BESIDE);
    assert_int_equal(remove(beside(f, "-wal")), 0);
    struct store *store = archive_open_as(f, STORE_WRITE);
    storm_check(store, 2, 2);
    store_close(store);
}

/* Its own is played back, also where the archive was given another id meanwhile. */
static void
its_own_log_is_played_back(void **state)
{
    struct store_fixture *f = *state;
    const char *own = f->path;

    make(f, 1);
    struct store *store = archive_open_as(f, STORE_WRITE);
    assert_true(storm_add(store, 2));
    assert_true(store_begin(store));
    assert_true(store_set_meta(store, "id", STR("00000000000000000000000000000001")));
    assert_true(store_commit(store));
    struct str bytes = read_file(f, f->path), log = read_file(f, beside(f, "-wal"));
    store_close(store);
    f->path = arena_printf(f->arena, "%s/copy.db", f->dir);
    write_file(f->path, bytes);
    write_file(beside(f, "-wal"), log);
    store = archive_open_as(f, STORE_READ);
    assert_non_null(store);
    assert_int_equal(storm_count(store, "SELECT count(*) FROM document"), 2);
    store_close(store);
    f->path = own;
}

/* ---- other kinds of files */

static void
other_kinds_of_files_are_told(void **state)
{
    struct store_fixture *f = *state;
    const char *folder = arena_printf(f->arena, "%s/folder", f->dir);
    const char *pipe = arena_printf(f->arena, "%s/pipe", f->dir);
    const char *const paths[] = {folder, pipe, "/dev/null", "/dev/zero"};

    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        f->path = paths[i];
        for (enum store_mode mode = STORE_READ; mode <= STORE_CREATE; mode++) {
            assert_null(archive_open_as(f, mode));
            assert_int_equal(last_code(f), DIAG_ARCHIVE_OTHER);
        }
    }
}

static void
links_lead_to_an_archive_or_nowhere(void **state)
{
    struct store_fixture *f = *state;
    const char *own = f->path, *link = arena_printf(f->arena, "%s/link.db", f->dir);

    assert_int_equal(symlink("a.db", link), 0);
    f->path = link;
    assert_null(archive_open_as(f, STORE_CREATE));
    assert_int_equal(last_code(f), DIAG_ARCHIVE_CREATE);
    f->path = own;
    make(f, 1);
    f->path = link;
    struct store *store = archive_open_as(f, STORE_WRITE);
    assert_true(storm_add(store, 2));
    /* who comes by the other name waits for the same locks */
    f->path = own;
    struct store *direct = archive_open_as(f, STORE_WRITE);
    assert_true(store_begin(store));
    assert_false(store_begin(direct));
    assert_int_equal(last_code(f), DIAG_ARCHIVE_LOCKED);
    store_end(store);
    storm_check(direct, 2, 2);
    store_close(direct);
    store_close(store);
}

static void
paths_are_no_uris(void **state)
{
    static const char *const names[] = {"a?mode=memory", "a%41.db", "a#b", "file:x.db",
                                        ":memory:",      "a b",     "-x",  "ก"};
    struct store_fixture *f = *state;
    struct stat info;
    char *here = getcwd(NULL, 0);

    assert_int_equal(chdir(f->dir), 0);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        f->path = names[i];
        make(f, 1);
        assert_int_equal(stat(arena_printf(f->arena, "%s/%s", f->dir, names[i]), &info), 0);
        assert_true(info.st_size > 10000);
    }
    assert_int_equal(chdir(here), 0);
    free(here);
}

/* SQLite takes no longer ones; nothing is left of the attempt. */
static void
paths_may_be_too_long(void **state)
{
    struct store_fixture *f = *state;
    char name[300] = {0};
    const char *folder = f->dir;
    struct stat info;

    memset(name, 'n', 250);
    f->path = arena_printf(f->arena, "%s/%s", f->dir, name);
    assert_null(archive_open_as(f, STORE_CREATE));
    assert_int_equal(last_code(f), DIAG_ARCHIVE_CREATE);
    assert_int_not_equal(stat(f->path, &info), 0);
    for (int i = 0; i < 3; i++)
        folder = arena_printf(f->arena, "%s/%.200s", folder, name);
    f->path = arena_printf(f->arena, "%s/a.db", folder);
    assert_null(archive_open_as(f, STORE_CREATE));
    assert_int_equal(last_code(f), DIAG_ARCHIVE_CREATE);
    assert_int_not_equal(stat(f->path, &info), 0);
}

/* ---- who may read it */

static int
mode_of(const char *path)
{
    struct stat info;

    assert_int_equal(stat(path, &info), 0);
    return (int)(info.st_mode & 0777);
}

static void
nobody_else_reads_what_lies_beside(void **state)
{
    struct store_fixture *f = *state;
    mode_t was = umask(0);

    /* one that somebody made empty becomes private, too */
    write_file(f->path, STR(""));
    assert_int_equal(mode_of(f->path), 0666);
    struct store *store = archive_open_as(f, STORE_CREATE);
    assert_true(storm_add(store, 1));
    assert_int_equal(mode_of(f->path), 0600);
    assert_int_equal(mode_of(beside(f, "-wal")), 0600);
    assert_int_equal(mode_of(beside(f, "-shm")), 0600);
    store_close(store);
    (void)umask(was);
}

/* ---- while it is open */

/* Another file in its place: what is written meanwhile does not get lost in what is gone. */
static void
a_file_in_its_place_is_told(void **state)
{
    struct store_fixture *f = *state;

    make(f, 1);
    struct str bytes = read_file(f, f->path);
    struct store *store = archive_open_as(f, STORE_WRITE);
    assert_int_equal(storm_count(store, "SELECT count(*) FROM document"), 1);
    assert_int_equal(rename(f->path, beside(f, ".old")), 0);
    write_file(f->path, bytes);
    assert_false(storm_add(store, 2));
    assert_int_equal(last_code(f), DIAG_ARCHIVE_IO);
    store_close(store);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, archive_setup, archive_teardown)
    const struct CMUnitTest tests[] = {
        TEST(cut_anywhere_it_is_told),
        TEST(a_journal_of_another_program_is_not_played_back),
        TEST(a_log_of_another_program_is_not_played_back),
        TEST(a_log_of_another_archive_is_not_played_back),
        TEST(its_own_log_is_played_back),
        TEST(other_kinds_of_files_are_told),
        TEST(links_lead_to_an_archive_or_nowhere),
        TEST(paths_are_no_uris),
        TEST(paths_may_be_too_long),
        TEST(nobody_else_reads_what_lies_beside),
        TEST(a_file_in_its_place_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
