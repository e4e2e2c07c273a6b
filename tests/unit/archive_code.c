/* Documents are found by the code on their paper, and an archive from before there were codes is
 * brought up. */
#include "archive_kit.h"

#include "archive/chain.h"
#include "archive/code.h"
#include "archive/entry.h"

#define ONE "0123456789ABCDEF"
#define TWO "ZYXWVTSRQPNMKJHG"

static struct code
code_of(const char *letters)
{
    struct code code = {{0}};

    assert_true(code_of_text(str_of(letters), &code));
    return code;
}

/* A report of the year, of which each version has a code of its own. */
static struct entry_added
add(struct store_fixture *f, struct store *store, const char *bytes, const char *code, bool scan)
{
    struct str all = str_of(bytes);
    struct prefix state = {all.len, hash_of(all)};
    struct columns columns = {.ours = true,
                              .kind = STR("ita-report"),
                              .subject = STR("รายงานผลการประเมิน"),
                              .agency = STR("อบต.หนองสมมติ"),
                              .year = 2566,
                              .score = STR("86.17"),
                              .code = code == NULL ? STR("") : str_of(code),
                              .is_scan = scan};
    const struct entry_document document = {
        .bytes = all, .columns = &columns, .states = {&state, 1}};
    struct entry_added added;

    assert_true(store_begin(store));
    assert_true(entry_add(store, f->arena, &document, &added));
    assert_true(store_commit(store));
    return added;
}

static struct coded
find(struct store_fixture *f, struct store *store, const char *letters)
{
    const struct code code = code_of(letters);
    struct coded coded;

    assert_true(code_find_document(store, f->arena, &code, &coded));
    return coded;
}

static void
finds_the_report_of_a_code(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);

    (void)add(f, store, "of one", ONE, false);
    assert_int_equal(find(f, store, ONE).n, 1);
    assert_int_equal(find(f, store, ONE).later, 0);
    assert_int_equal(find(f, store, TWO).n, 0);
    /* changed and rendered anew */
    assert_int_equal(add(f, store, "of two", TWO, false).supersedes, 1);
    assert_int_equal(find(f, store, ONE).later, 2);
    assert_int_equal(find(f, store, TWO).n, 2);
    assert_int_equal(find(f, store, TWO).later, 0);
    /* the same for the pen */
    assert_int_equal(add(f, store, "of two, for the pen", TWO, false).supersedes, 2);
    assert_int_equal(find(f, store, TWO).n, 3);
    assert_int_equal(find(f, store, ONE).later, 3);
    store_close(store);
}

static void
a_scan_takes_the_place_of_its_report(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);

    (void)add(f, store, "of one", ONE, false);
    assert_int_equal(add(f, store, "scan of one", ONE, true).supersedes, 1);
    assert_int_equal(find(f, store, ONE).n, 1);
    assert_int_equal(find(f, store, ONE).scan, 2);
    assert_int_equal(find(f, store, ONE).later, 0);
    /* the same paper once more */
    assert_int_equal(add(f, store, "another scan of one", ONE, true).supersedes, 2);
    assert_int_equal(find(f, store, ONE).scan, 3);
    /* what nobody signed is not in the place of what somebody did */
    assert_int_equal(add(f, store, "of one again", ONE, false).supersedes, 0);
    store_close(store);
}

static void
a_scan_alone_takes_nobodys_place(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);

    (void)add(f, store, "of one", ONE, false);
    assert_int_equal(add(f, store, "scan of two", TWO, true).supersedes, 0);
    assert_int_equal(find(f, store, TWO).n, 0);
    assert_int_equal(find(f, store, TWO).scan, 2);
    store_close(store);
}

/* ---- archives of version 1 */

static void
make_version_1(struct store_fixture *f)
{
    const struct schema one = {schema_now.versions, 1};
    struct store store = {.arena = f->arena, .diags = f->diags, .path = f->path};

    assert_int_equal(sqlite3_open(f->path, &store.db), SQLITE_OK);
    assert_int_equal(store_add_tokenizers(store.db), SQLITE_OK);
    assert_int_equal(store_add_functions(&store), SQLITE_OK);
    assert_int_equal(schema_upgrade(store.db, &one, 0), SQLITE_OK);
    (void)sqlite3_close(store.db);
    archive_run_sql(f, "PRAGMA application_id = 1112819777;"
                       "INSERT INTO chain VALUES (0, 'an id', '');"
                       "INSERT INTO content VALUES (1, x'00', 1, 1, x'00');"
                       "INSERT INTO entry VALUES (0, 1, '', 'add', x'', x'', x'');"
                       "INSERT INTO document VALUES (0, 1, 1, 2566, 'a', 'b', 'c', 'd', 'e', 'f',"
                       " 'g', 'h', 'i', NULL, 1, NULL, NULL, NULL)");
}

/* Whoever comes first, also to read. */
static void
brings_up_version_1(void **state)
{
    struct store_fixture *f = *state;
    static const enum store_mode modes[] = {STORE_READ, STORE_WRITE};
    int64_t count;

    for (size_t i = 0; i < 2; i++) {
        f->path = arena_printf(f->arena, "%s/%zu.db", f->dir, i);
        make_version_1(f);
        struct store *store = archive_open_as(f, modes[i]);
        assert_non_null(store);
        assert_true(code_unknown(store, &count));
        assert_int_equal(count, 1);
        assert_int_equal(find(f, store, ONE).n, 0);
        store_close(store);
        archive_run_sql(f, "UPDATE document SET code = '" ONE "'");
        store = archive_open_as(f, STORE_READ);
        assert_non_null(store);
        assert_int_equal(find(f, store, ONE).n, 1);
        assert_true(code_unknown(store, &count));
        assert_int_equal(count, 0);
        store_close(store);
    }
    assert_int_equal(diags_count(f->diags), 0);
}

/* A column that is there already, or tables that only look like those of version 1. */
static void
refuses_what_is_no_version_1(void **state)
{
    struct store_fixture *f = *state;

    make_version_1(f);
    archive_run_sql(f, "ALTER TABLE document ADD COLUMN code INTEGER");
    assert_null(archive_open_as(f, STORE_WRITE));
    assert_int_equal(diags_count(f->diags), 1);
    f->path = arena_printf(f->arena, "%s/other.db", f->dir);
    make_version_1(f);
    archive_run_sql(f, "CREATE TRIGGER t AFTER INSERT ON entry BEGIN SELECT 1; END");
    assert_null(archive_open_as(f, STORE_WRITE));
    assert_diag(f->diags, 1, ARCHIVE_DAMAGED);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_the_report_of_a_code, archive_setup,
                                        archive_teardown),
        cmocka_unit_test_setup_teardown(a_scan_takes_the_place_of_its_report, archive_setup,
                                        archive_teardown),
        cmocka_unit_test_setup_teardown(a_scan_alone_takes_nobodys_place, archive_setup,
                                        archive_teardown),
        cmocka_unit_test_setup_teardown(brings_up_version_1, archive_setup, archive_teardown),
        cmocka_unit_test_setup_teardown(refuses_what_is_no_version_1, archive_setup,
                                        archive_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
