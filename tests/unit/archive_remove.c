/* What is removed is gone from the file, and the chain holds. */
#include "storm_kit.h"

#include "archive/canon.h"
#include "archive/paragraphs.h"
#include "archive/remove.h"
#include "base/files.h"

static int64_t
remove_entry(struct store_fixture *f, struct store *store, int64_t n)
{
    int64_t by = 0;

    assert_true(store_begin(store));
    bool good = entry_remove(store, f->arena, n, STR("ครบกำหนด"), STR("นาง ข"), &by);
    if (good)
        assert_true(store_commit(store));
    store_end(store);
    return by;
}

static int64_t
add(struct store_fixture *f, struct store *store, const char *bytes, const char *part,
    const char *subject)
{
    struct column_part own = {STR("report"), STR("report.yaml"), hash_of(str_of(part))};
    struct column_person person = {STR(""), STR("นายคนเดียว ในแฟ้ม"), STR(""), false};
    struct column_score score = {STR("IIT"), STR("12.34")};
    struct entry_file file = {.kind = CONTENT_PART, .bytes = str_of(part)};
    const struct columns columns = {.subject = str_of(subject),
                                    .ours = true,
                                    .kind = STR("memo"),
                                    .date = STR("2566-01-01"),
                                    .persons = &person,
                                    .person_count = 1,
                                    .scores = &score,
                                    .score_count = 1,
                                    .parts = &own,
                                    .part_count = 1};
    const struct hash hash = hash_of(str_of(bytes));
    struct prefix state = {strlen(bytes), hash};
    const struct entry_document document = {
        .bytes = str_of(bytes), .columns = &columns, .files = {&file, 1}, .states = {&state, 1}};
    struct text_paragraph paragraph = {.page = 1, .text = str_of(subject)};
    struct entry_added added;

    assert_true(store_begin(store));
    assert_true(entry_add(store, f->arena, &document, &added));
    assert_true(
        paragraphs_put(store, CHAIN_OWN, added.n, &(struct text_paragraphs){&paragraph, 1}));
    assert_true(store_commit(store));
    return added.n;
}

/* True when the bytes stand anywhere in the file or its log. */
static bool
holds(struct store_fixture *f, struct str bytes)
{
    static const char *const endings[] = {"", "-wal"};

    for (size_t i = 0; i < 2; i++) {
        const char *path = arena_printf(f->arena, "%s%s", f->path, endings[i]);
        struct str file;
        if (files_exists(files_system(), path) &&
            files_read(files_system(), f->arena, f->diags, POS_NONE, path, SIZE_MAX, &file) &&
            str_find(file, bytes) != SIZE_MAX)
            return true;
    }
    return false;
}

static void
nothing_of_it_is_left(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);
    const char *const gone[] = {"the memo to go", "its own data", "เรื่องที่จะลบ", "คนเดียว ในแฟ้ม"};
    struct chain_sealed sealed;
    struct chain_checked checked;
    int64_t content;

    assert_int_equal(add(f, store, "the memo to go", "its own data", "เรื่องที่จะลบ"), 1);
    (void)store_tidy(store);
    for (size_t i = 0; i < sizeof gone / sizeof gone[0]; i++)
        assert_true(holds(f, str_of(gone[i])));
    assert_true(chain_sealed(store, f->arena, CHAIN_OWN, 1, &sealed, &content));
    struct str salt = str_dup(f->arena, sealed.salt);
    assert_int_equal(remove_entry(f, store, 1), 2);
    (void)store_tidy(store);
    for (size_t i = 0; i < sizeof gone / sizeof gone[0]; i++)
        assert_false(holds(f, str_of(gone[i])));
    assert_false(holds(f, salt));
    assert_true(chain_check(store, CHAIN_OWN, &checked, NULL, NULL));
    assert_int_equal(checked.fault, CHAIN_GOOD);
    assert_int_equal(checked.n, 2);
    assert_int_equal(checked.removed, 1);
    assert_true(chain_sealed(store, f->arena, CHAIN_OWN, 2, &sealed, &content));
    assert_str(sealed.columns, "{\"entry\":1,\"reason\":\"ครบกำหนด\",\"who\":\"นาง ข\"}");
    assert_int_equal(storm_count(store, "SELECT count(*) FROM content"), 0);
    assert_int_equal(storm_count(store, "SELECT count(*) FROM paragraph"), 0);
    store_close(store);
}

static void
what_others_share_stays(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);

    (void)add(f, store, "one", "shared data", "s");
    assert_int_equal(add(f, store, "two", "shared data", "s"), 2);
    assert_int_equal(storm_count(store, "SELECT newer FROM document WHERE n = 1"), 2);
    (void)remove_entry(f, store, 2);
    assert_int_equal(storm_count(store, "SELECT count(*) FROM content"), 2);
    assert_int_equal(storm_count(store, "SELECT newer IS NULL FROM document WHERE n = 1"), 1);
    (void)remove_entry(f, store, 1);
    assert_int_equal(storm_count(store, "SELECT count(*) FROM content"), 0);
    storm_check_text(store, "PRAGMA integrity_check", "ok");
    /* the same bytes may come again: as another entry */
    assert_int_equal(add(f, store, "one", "shared data", "s"), 5);
    store_close(store);
}

static void
what_cannot_be_removed_is_told(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);

    (void)add(f, store, "one", "data", "s");
    assert_int_equal(remove_entry(f, store, 7), 0);
    assert_diag(f->diags, 0, ARCHIVE_NO_ENTRY);
    assert_int_equal(remove_entry(f, store, 1), 2);
    assert_int_equal(remove_entry(f, store, 1), 0);
    assert_diag(f->diags, 1, ARCHIVE_REMOVED);
    assert_int_equal(remove_entry(f, store, 2), 0);
    assert_diag(f->diags, 2, ARCHIVE_NOT_DOCUMENT);
    store_close(store);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, archive_setup, archive_teardown)
    const struct CMUnitTest tests[] = {
        TEST(nothing_of_it_is_left),
        TEST(what_others_share_stays),
        TEST(what_cannot_be_removed_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
