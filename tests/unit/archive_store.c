/* The store: opening what is and is not an archive, transactions, queries, contents. */
#include "archive_kit.h"

#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "archive/chain.h"
#include "archive/place.h"

/* ---- opening */

static void
makes_one_that_only_its_owner_reads(void **state)
{
    struct store_fixture *f = *state;
    struct stat info;
    struct str id, again;

    assert_null(archive_open_as(f, STORE_WRITE));
    assert_diag(f->diags, 0, ARCHIVE_NONE);
    f->path = arena_printf(f->arena, "%s/new/folders/a.db", f->dir);
    struct store *store = archive_open_as(f, STORE_CREATE);
    assert_non_null(store);
    assert_int_equal(stat(f->path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_true(store_meta(store, f->arena, "id", &id));
    assert_int_equal(id.len, 32);
    store_close(store);
    store = archive_open_as(f, STORE_READ);
    assert_non_null(store);
    assert_true(store_meta(store, f->arena, "id", &again));
    assert_true(str_eq(id, again));
    assert_false(store_begin(store));
    assert_diag(f->diags, 1, ARCHIVE_READ_ONLY);
    store_close(store);
}

/* Whoever made the file was ended before there were tables: it is as if there were none. */
static void
an_empty_file_is_no_archive_yet(void **state)
{
    struct store_fixture *f = *state;

    assert_true(place_make(f->arena, f->diags, f->path));
    assert_null(archive_open_as(f, STORE_READ));
    assert_diag(f->diags, 0, ARCHIVE_NONE);
    store_close(archive_open_as(f, STORE_CREATE));
    store_close(archive_open_as(f, STORE_READ));
    assert_int_equal(diags_count(f->diags), 1);
}

static void
tells_what_a_file_is_instead(void **state)
{
    static const struct {
        const char *sql;
        enum diag_code code;
    } cases[] = {
        {"PRAGMA application_id = 7", DIAG_ARCHIVE_OTHER},
        {"PRAGMA user_version = 1000", DIAG_ARCHIVE_NEWER},
        {"CREATE TABLE mine (x)", DIAG_ARCHIVE_DAMAGED},
        {"DROP TABLE removed; CREATE VIEW removed AS SELECT 1 AS chain, 2 AS n, 3 AS by",
         DIAG_ARCHIVE_DAMAGED},
        {"DROP INDEX document_list", DIAG_ARCHIVE_DAMAGED},
        {"CREATE TRIGGER t AFTER INSERT ON entry BEGIN SELECT 1; END", DIAG_ARCHIVE_DAMAGED},
    };
    struct store_fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        f->path = arena_printf(f->arena, "%s/%zu.db", f->dir, i);
        store_close(archive_open_as(f, STORE_CREATE));
        archive_run_sql(f, cases[i].sql);
        assert_null(archive_open_as(f, STORE_CREATE));
        assert_int_equal(diags_at(f->diags, diags_count(f->diags) - 1)->code, cases[i].code);
    }
    assert_int_equal(diags_count(f->diags), sizeof cases / sizeof cases[0]);
}

/* Counting is no change. */
static void
takes_what_was_counted(void **state)
{
    struct store_fixture *f = *state;

    store_close(archive_open_as(f, STORE_CREATE));
    archive_run_sql(f, "INSERT INTO meta VALUES ('name', 'x'); ANALYZE");
    store_close(archive_open_as(f, STORE_WRITE));
    assert_int_equal(diags_count(f->diags), 0);
}

static void
tells_that_another_writes(void **state)
{
    struct store_fixture *f = *state;
    struct store *one = archive_open_as(f, STORE_CREATE), *two = archive_open_as(f, STORE_WRITE);

    assert_true(store_begin(one));
    assert_true(store_begin_read(two));
    store_end(two);
    assert_false(store_begin(two));
    assert_diag(f->diags, 0, ARCHIVE_LOCKED);
    assert_true(store_commit(one));
    assert_true(store_begin(two));
    store_end(two);
    store_close(one);
    store_close(two);
}

/* ---- versions */

static const struct schema_object made_up_1[] = {
    {"meta", "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)"},
    {"old", "CREATE TABLE old (x)"},
};
static const struct schema_object made_up_2[] = {
    {"old", "CREATE TABLE old (x, y)"},
    {"more", "CREATE TABLE more (z)"},
};
static const char *const made_up_changes[] = {
    "ALTER TABLE old ADD COLUMN y",
    "UPDATE old SET y = 2 * x",
};

/* An archive of an older version is brought up; one that is newer than it is refused, and so is an
 * older one that can only be read. */
static void
brings_an_older_version_up(void **state)
{
    const struct schema_version versions[] = {{made_up_1, 2, NULL, 0},
                                              {made_up_2, 2, made_up_changes, 2}};
    const struct schema one = {versions, 1}, two = {versions, 2};
    struct store_fixture *f = *state;
    struct store store = {.arena = f->arena, .diags = f->diags, .path = f->path, .writes = true};
    sqlite3_stmt *row;

    assert_int_equal(sqlite3_open(f->path, &store.db), SQLITE_OK);
    assert_int_equal(schema_upgrade(store.db, &one, 0), SQLITE_OK);
    archive_run_sql(f, "PRAGMA application_id = 1112819777; INSERT INTO old VALUES (21)");
    store.writes = false;
    assert_false(store_become(&store, STORE_READ, &two));
    assert_diag(f->diags, 0, ARCHIVE_OLDER);
    store.writes = true;
    assert_true(store_become(&store, STORE_WRITE, &two));
    assert_int_equal(sqlite3_prepare_v2(store.db, "SELECT y FROM old", -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(row, 0), 42);
    (void)sqlite3_finalize(row);
    assert_int_equal(sqlite3_prepare_v2(store.db, "PRAGMA user_version", -1, &row, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(row, 0), 2);
    (void)sqlite3_finalize(row);
    assert_true(store_become(&store, STORE_WRITE, &two));
    assert_int_equal(diags_count(f->diags), 1);
    assert_false(store_become(&store, STORE_WRITE, &one));
    assert_diag(f->diags, 1, ARCHIVE_NEWER);
    for (size_t i = 0; i < STORE_QUERIES; i++)
        (void)sqlite3_finalize(store.kept[i]);
    assert_int_equal(sqlite3_close(store.db), SQLITE_OK);
}

/* ---- transactions and queries */

static void
what_was_not_committed_is_gone(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);
    struct str name;

    assert_true(store_begin(store));
    assert_true(store_set_meta(store, "name", STR("one")));
    assert_true(store_commit(store));
    assert_true(store_begin(store));
    assert_true(store_set_meta(store, "name", STR("two")));
    store_end(store);
    assert_true(store_meta(store, f->arena, "name", &name));
    assert_str(name, "one");
    store_end(store); /* without one nothing is done */
    store_close(store);
}

static void
rows_may_be_asked_for_inside_rows(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);
    const struct cell key[] = {cell_text(STR("id"))};
    struct rows outer = store_ask(store, STORE_META_GET, key, 1);
    struct str inner;

    assert_true(rows_next(&outer));
    assert_true(store_meta(store, f->arena, "id", &inner));
    assert_true(str_eq(inner, rows_text(&outer, 0)));
    assert_false(rows_next(&outer));
    assert_true(rows_end(&outer));
    assert_true(rows_end(&outer));
    store_close(store);
}

/* Makes a folder one that can only be read, for this process alone; false where nobody may. */
static bool
make_fixed(const char *dir)
{
    const unsigned long flags = MS_BIND | MS_NOSUID | MS_NODEV;

    return unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 && mount(dir, dir, NULL, MS_BIND, NULL) == 0 &&
           mount(NULL, dir, NULL, flags | MS_REMOUNT | MS_RDONLY, NULL) == 0;
}

#define NOT_ALLOWED 77

/* What a process finds on a disk that can only be read: 0, or the code of what it was told. */
static int
open_fixed(struct store_fixture *f, const char *dir)
{
    int status;
    pid_t pid = fork();

    if (pid == 0) {
        f->path = arena_printf(f->arena, "%s/a.db", dir);
        struct store *store = make_fixed(dir) ? archive_open_as(f, STORE_READ) : NULL;
        if (store == NULL && diags_count(f->diags) == 0)
            _exit(NOT_ALLOWED);
        _exit(store != NULL ? 0 : diags_at(f->diags, 0)->code == DIAG_ARCHIVE_LOG_LEFT ? 1 : 2);
    }
    assert_true(pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* What was copied while somebody wrote is not the whole without its log, which is not read where
 * nobody can write. */
static void
leaves_no_log_out(void **state)
{
    struct store_fixture *f = *state;
    const char *dir = arena_printf(f->arena, "%s/fixed", f->dir);
    struct store *store = archive_open_as(f, STORE_CREATE);

    assert_int_equal(system(arena_printf(f->arena, "mkdir '%s'; cp '%s' '%s-wal' '%s'", dir,
                                         f->path, f->path, dir)),
                     0);
    store_close(store);
    int found = open_fixed(f, dir);
    if (found == NOT_ALLOWED)
        skip();
    assert_int_equal(found, 1);
    assert_int_equal(
        system(arena_printf(f->arena, "cp '%s' '%s'; rm '%s/a.db-wal'", f->path, dir, dir)), 0);
    assert_int_equal(open_fixed(f, dir), 0);
}

/* What fails is told by what it is, and leaves nothing behind. */
static void
tells_faults_apart(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);
    char *large = memset(arena_alloc(f->arena, 1000000), 'x', 1000000);
    int64_t key;
    struct hash hash;

    assert_int_equal(sqlite3_exec(store->db, "PRAGMA max_page_count = 60", NULL, NULL, NULL),
                     SQLITE_OK);
    assert_true(store_begin(store));
    assert_false(
        content_put(store, CONTENT_GIVEN, (struct str){large, 1000000}, &hash, &key, NULL));
    assert_diag(f->diags, 0, ARCHIVE_FULL);
    store_end(store);
    assert_true(content_find(store, &hash, &key));
    assert_int_equal(key, 0);
    assert_false(store_failed(store, SQLITE_IOERR_WRITE));
    assert_diag(f->diags, 1, ARCHIVE_IO);
    assert_false(store_failed(store, SQLITE_READONLY_DBMOVED));
    assert_diag(f->diags, 2, ARCHIVE_READ_ONLY);
    store_close(store);
}

/* ---- contents */

static void
keeps_bytes_once(void **state)
{
    static const enum content_kind kinds[] = {CONTENT_GIVEN, CONTENT_PART, CONTENT_ASSET};
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);
    char *large = memset(arena_alloc(f->arena, 100000), 'x', 100000);
    const struct str texts[] = {STR(""), STR("a\0b"), {large, 100000}};
    int64_t key, again;
    struct hash hash;
    struct str bytes;
    bool is_new;

    for (size_t i = 0; i < 3; i++) {
        assert_true(store_begin(store));
        assert_true(content_put(store, kinds[i], texts[i], &hash, &key, &is_new));
        assert_true(is_new);
        assert_true(content_put(store, kinds[i], texts[i], &hash, &again, &is_new));
        assert_true(!is_new && again == key);
        assert_true(store_commit(store));
        assert_true(content_get(store, f->arena, key, &bytes));
        assert_true(str_eq(bytes, texts[i]));
    }
    store_close(store);
}

static void
notices_bytes_that_are_others(void **state)
{
    static const char *const changes[] = {
        "UPDATE content SET bytes = x'00' WHERE id = 1",
        "UPDATE content SET bytes = x'ffffffffffffffffff' WHERE id = 1",
        "UPDATE content SET bytes = x'81808080800000' WHERE id = 1",
        "UPDATE content SET bytes = x'' WHERE id = 1",
        "UPDATE content SET sha256 = x'00' WHERE id = 1",
        "UPDATE content SET kind = 1 WHERE id = 1",
    };
    struct store_fixture *f = *state;
    int64_t key;
    struct hash hash;
    struct str bytes;
    size_t i = 0;

    for (; i < sizeof changes / sizeof changes[0]; i++) {
        f->path = arena_printf(f->arena, "%s/%zu.db", f->dir, i);
        struct store *store = archive_open_as(f, STORE_CREATE);
        assert_true(store_begin(store));
        assert_true(content_put(store, CONTENT_PART, STR("a part"), &hash, &key, NULL));
        assert_true(store_commit(store));
        archive_run_sql(f, changes[i]);
        assert_false(content_get(store, f->arena, key, &bytes));
        assert_diag(f->diags, i, ARCHIVE_CONTENT);
        store_close(store);
    }
    struct store *store = archive_open_as(f, STORE_READ);
    assert_false(content_get(store, f->arena, 99, &bytes));
    assert_diag(f->diags, i, ARCHIVE_DAMAGED);
    store_close(store);
}

/* ---- where it lies */

static const char *const sql_of[] = {
#define Q(name, sql) [STORE_##name] = sql,
#include "archive/store_all.def"
#undef Q
};

/* Looks for one of two texts at the beginning or inside of a step of a query's plan. */
static void
check_plan(struct store_fixture *f, struct store *store, enum store_query query, const char *begin,
           const char *inside)
{
    const char *sql = arena_printf(f->arena, "EXPLAIN QUERY PLAN %s", sql_of[query]);
    sqlite3_stmt *plan;

    assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &plan, NULL), SQLITE_OK);
    while (sqlite3_step(plan) == SQLITE_ROW) {
        const char *step = (const char *)sqlite3_column_text(plan, 3);
        if (strstr(step, inside) != NULL || strncmp(step, begin, strlen(begin)) == 0)
            fail_msg("%s: %s", sql_of[query], step);
    }
    assert_int_equal(sqlite3_finalize(plan), SQLITE_OK);
}

/* Adding a document must not take longer the more there are: rows are found by an index that tells
 * few apart, not by walking the chain. */
static void
no_query_of_adding_walks_the_chain(void **state)
{
    static const enum store_query asked[] = {
        STORE_CONTENT_FIND,   STORE_DOCUMENT_OF_CONTENT, STORE_DOCUMENT_NEWER, STORE_STATE_FIND,
        STORE_DOCUMENT_ALIKE, STORE_NUMBER_SAME,         STORE_PARAGRAPH_FIND, STORE_HOLDERS,
        STORE_SEARCH_LATER,   STORE_NOTE_LAST,
    };
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);

    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
        check_plan(f, store, asked[i], "SCAN", "(chain=?)");
    store_close(store);
}

/* What gives a row of each document has them from an index in their order: rows that SQLite sorts
 * all stand in memory. */
static void
no_query_of_all_documents_sorts(void **state)
{
    static const enum store_query asked[] = {
        STORE_LIST,        STORE_SEARCH_WALK, STORE_CHAIN_WALK, STORE_NUMBER_DOCUMENTS,
        STORE_NUMBER_LIST, STORE_BAG_PAGE,
    };
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);

    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
        check_plan(f, store, asked[i], "USE TEMP B-TREE", "FOR ORDER BY");
    store_close(store);
}

static void
shares_are_no_place(void **state)
{
    static const char mounts[] =
        "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        "36 35 0:31 / /mnt/disk rw,noatime shared:1 - fuseblk /dev/sdb1 rw\n"
        "37 35 0:33 / /mnt/far rw - fuse.sshfs host:/ rw\n";
    static const struct {
        uint64_t magic;
        const char *device, *bad;
    } cases[] = {
        {0xEF53, "8:1", NULL},       {0x9123683E, "8:1", NULL},
        {0x01021994, "8:1", NULL},   {0x6969, "8:1", "NFS"},
        {0xFF534D42, "8:1", "SMB"},  {0xFE534D42, "8:1", "SMB"},
        {0x517B, "8:1", "SMB"},      {0x01021997, "8:1", "9p"},
        {0x65735546, "0:31", NULL},  {0x65735546, "0:33", "FUSE, fuse.sshfs"},
        {0x65735546, "0:3", "FUSE"},
    };
    struct store_fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *bad =
            place_bad(f->arena, cases[i].magic, str_of(mounts), str_of(cases[i].device));
        assert_true((bad == NULL) == (cases[i].bad == NULL));
        if (bad != NULL)
            assert_string_equal(bad, cases[i].bad);
    }
    assert_null(place_bad(f->arena, 0xEF53, STR("- - -\n\n -"), STR("")));
    assert_non_null(place_bad(f->arena, 0x65735546, STR("- - -\n\n - "), STR("")));
    assert_false(place_judge(f->arena, f->diags, f->path, 0x6969, STR(""), STR("8:1")));
    assert_diag(f->diags, 0, ARCHIVE_PLACE);
    assert_true(place_check(f->arena, f->diags, f->path));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, archive_setup, archive_teardown)
    const struct CMUnitTest tests[] = {
        TEST(makes_one_that_only_its_owner_reads),
        TEST(an_empty_file_is_no_archive_yet),
        TEST(tells_what_a_file_is_instead),
        TEST(takes_what_was_counted),
        TEST(tells_that_another_writes),
        TEST(brings_an_older_version_up),
        TEST(what_was_not_committed_is_gone),
        TEST(rows_may_be_asked_for_inside_rows),
        TEST(tells_faults_apart),
        TEST(leaves_no_log_out),
        TEST(keeps_bytes_once),
        TEST(notices_bytes_that_are_others),
        TEST(no_query_of_adding_walks_the_chain),
        TEST(no_query_of_all_documents_sorts),
        TEST(shares_are_no_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
