/* The chain of entries: what its hashes are of, and that nothing in it can be changed unseen. */
#include "archive_kit.h"

#include "archive/canon.h"
#include "archive/chain.h"
#include "value/value.h"

static struct chain_entry
append(struct store_fixture *f, struct store *store, const char *kind, const char *subject,
       int64_t content)
{
    struct value *columns = canon_map(f->arena);
    struct chain_entry entry;

    canon_add_text(f->arena, columns, "subject", str_of(subject));
    canon_add_number(f->arena, columns, "year", 2566);
    assert_true(store_begin(store));
    assert_true(chain_append(store, f->arena, kind, content, columns, &entry));
    assert_true(store_commit(store));
    return entry;
}

/* A chain of five, the second with a content. */
static struct store *
five(struct store_fixture *f)
{
    struct store *store = archive_open_as(f, STORE_CREATE);
    int64_t key;
    struct hash hash;

    (void)append(f, store, CHAIN_ADD, "เรื่องที่หนึ่ง", 0);
    assert_true(store_begin(store));
    assert_true(content_put(store, CONTENT_GIVEN, STR("bytes"), &hash, &key, NULL));
    assert_true(content_put(store, CONTENT_GIVEN, STR("other"), &hash, &key, NULL));
    assert_true(store_commit(store));
    (void)append(f, store, CHAIN_ADD, "two", 1);
    (void)append(f, store, CHAIN_NUMBER, "three", 0);
    (void)append(f, store, CHAIN_NOTE, "four", 0);
    (void)append(f, store, CHAIN_ADD, "five", 0);
    return store;
}

static void
count(void *user, int64_t n)
{
    int64_t *last = user;

    assert_int_equal(n, *last + 1);
    *last = n;
}

static void
holds_from_the_id_to_the_head(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = five(f);
    struct chain_checked checked;
    struct chain_entry head;
    int64_t told = 0;

    assert_true(chain_check(store, CHAIN_OWN, &checked, count, &told));
    assert_int_equal(checked.fault, CHAIN_GOOD);
    assert_int_equal(checked.n, 5);
    assert_int_equal(told, 5);
    assert_int_equal(checked.removed, 0);
    assert_true(chain_head(store, f->arena, CHAIN_OWN, &head));
    assert_int_equal(head.n, 5);
    assert_memory_equal(&head.hash, &checked.head, sizeof head.hash);
    store_close(store);
}

/* What chain.h says the hashes are of, put together by hand: other programs have to be able to. */
static void
hashes_are_of_what_is_written_down(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = five(f);
    struct chain_entry entry, first;
    struct chain_sealed sealed;
    struct buf bytes = buf_in(f->arena);
    char hex[2 * HASH_SIZE + 1];
    int64_t content;
    struct str id;

    assert_true(chain_entry(store, f->arena, CHAIN_OWN, 2, &entry));
    assert_true(chain_entry(store, f->arena, CHAIN_OWN, 1, &first));
    assert_true(chain_sealed(store, f->arena, CHAIN_OWN, 2, &sealed, &content));
    assert_int_equal(sealed.salt.len, 32);
    buf_add(&bytes, sealed.salt);
    buf_text(&bytes, "{\"columns\":{\"subject\":\"two\",\"year\":2566},\"content\":"
                     "\"277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9\"}");
    struct hash hash = hash_of(buf_str(&bytes));
    assert_memory_equal(&hash, &entry.digest, sizeof hash);
    bytes.len = 0;
    hash_hex(&entry.digest, hex);
    buf_add(&bytes, (struct str){(const char *)first.hash.bytes, HASH_SIZE});
    buf_printf(&bytes, "{\"digest\":\"%s\",\"kind\":\"add\",\"n\":2,\"time\":\"%.*s\"}", hex,
               STR_FMT(entry.time));
    hash = hash_of(buf_str(&bytes));
    assert_memory_equal(&hash, &entry.hash, sizeof hash);
    assert_memory_equal(&entry.previous, &first.hash, sizeof hash);
    assert_true(store_meta(store, f->arena, "id", &id));
    hash = hash_of(id);
    assert_memory_equal(&first.previous, &hash, sizeof hash);
    store_close(store);
}

static void
tells_the_first_fault(void **state)
{
    static const struct {
        const char *sql;
        enum chain_fault fault;
        int64_t n;
    } cases[] = {
        {"PRAGMA foreign_keys = OFF; DELETE FROM entry WHERE n = 3", CHAIN_GAP, 3},
        {"PRAGMA foreign_keys = OFF; DELETE FROM entry WHERE n = 1", CHAIN_GAP, 1},
        {"UPDATE entry SET time = '2020-01-01T00:00:00Z' WHERE n = 4", CHAIN_HASH, 4},
        {"UPDATE entry SET kind = 'note' WHERE n = 2", CHAIN_HASH, 2},
        {"UPDATE entry SET kind = 'add ' WHERE n = 2", CHAIN_HASH, 2},
        {"UPDATE entry SET hash = zeroblob(32) WHERE n = 2", CHAIN_HASH, 2},
        {"UPDATE entry SET hash = x'00' WHERE n = 2", CHAIN_HASH, 2},
        {"UPDATE entry SET previous = zeroblob(32) WHERE n = 2", CHAIN_HASH, 2},
        {"UPDATE entry SET digest = zeroblob(32) WHERE n = 2", CHAIN_HASH, 2},
        {"UPDATE sealed SET columns = x'047b7d' WHERE n = 5", CHAIN_DIGEST, 5},
        {"UPDATE sealed SET columns = x'05' WHERE n = 5", CHAIN_DIGEST, 5},
        {"UPDATE sealed SET salt = zeroblob(32) WHERE n = 5", CHAIN_DIGEST, 5},
        {"UPDATE sealed SET content = NULL WHERE n = 2", CHAIN_DIGEST, 2},
        {"UPDATE sealed SET content = 2 WHERE n = 2", CHAIN_DIGEST, 2},
        {"UPDATE sealed SET content = 2 WHERE n = 3", CHAIN_DIGEST, 3},
        {"UPDATE content SET sha256 = zeroblob(32) WHERE id = 1", CHAIN_DIGEST, 2},
        {"DELETE FROM sealed WHERE n = 4", CHAIN_LOST, 4},
        {"INSERT INTO removed VALUES (0, 4, 5)", CHAIN_DIGEST, 4},
        {"UPDATE chain SET archive_id = 'other' WHERE id = 0", CHAIN_PREVIOUS, 1},
        {"DELETE FROM sealed WHERE n = 4; INSERT INTO removed VALUES (0, 4, 5)", CHAIN_GOOD, 5},
    };
    struct store_fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct chain_checked checked;
        f->path = arena_printf(f->arena, "%s/%zu.db", f->dir, i);
        store_close(five(f));
        archive_run_sql(f, cases[i].sql);
        struct store *store = archive_open_as(f, STORE_READ);
        assert_true(chain_check(store, CHAIN_OWN, &checked, NULL, NULL));
        assert_int_equal(checked.fault, cases[i].fault);
        assert_int_equal(checked.n, cases[i].n);
        store_close(store);
    }
    assert_int_equal(diags_count(f->diags), 0);
}

/* An entry that is made anew, with a hash that is right for it, is not tied to the next. */
static void
an_entry_made_anew_breaks_the_next(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = five(f);
    struct chain_entry entry;
    struct chain_checked checked;
    struct chain_sealed sealed = {.salt = STR("01234567890123456789012345678901"),
                                  .columns = STR("{\"subject\":\"another\"}")};

    assert_true(chain_entry(store, f->arena, CHAIN_OWN, 3, &entry));
    entry.digest = chain_digest(f->arena, &sealed);
    entry.hash = chain_hash(f->arena, &entry);
    store_close(store);
    archive_run_sql(f, "PRAGMA foreign_keys = OFF; DELETE FROM sealed WHERE n = 3;"
                       "DELETE FROM entry WHERE n = 3");
    store = archive_open_as(f, STORE_WRITE);
    assert_true(store_begin(store));
    assert_true(chain_put(store, &entry, &sealed, 0));
    assert_true(store_commit(store));
    assert_true(chain_check(store, CHAIN_OWN, &checked, NULL, NULL));
    assert_int_equal(checked.fault, CHAIN_PREVIOUS);
    assert_int_equal(checked.n, 4);
    store_close(store);
}

/* A clock that was set back gives the time of the newest entry again, and that is said. */
static void
time_never_goes_back(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);
    struct chain_entry entry = {.n = 1, .time = STR("2999-12-31T23:59:59Z"), .kind = STR("note")};
    struct chain_sealed sealed = {.salt = STR("01234567890123456789012345678901"),
                                  .columns = STR("{}")};
    struct chain_checked checked;
    struct str id;

    assert_true(store_meta(store, f->arena, "id", &id));
    entry.previous = chain_begin(id);
    entry.digest = chain_digest(f->arena, &sealed);
    entry.hash = chain_hash(f->arena, &entry);
    assert_true(store_begin(store));
    assert_true(chain_put(store, &entry, &sealed, 0));
    assert_true(store_commit(store));
    entry = append(f, store, CHAIN_NOTE, "later", 0);
    assert_str(entry.time, "2999-12-31T23:59:59Z");
    assert_diag(f->diags, 0, ARCHIVE_CLOCK);
    assert_true(chain_check(store, CHAIN_OWN, &checked, NULL, NULL));
    assert_int_equal(checked.fault, CHAIN_GOOD);
    store_close(store);
}

static void
salts_differ(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);
    struct chain_entry a = append(f, store, CHAIN_NOTE, "same", 0);
    struct chain_entry b = append(f, store, CHAIN_NOTE, "same", 0);

    assert_memory_not_equal(&a.digest, &b.digest, sizeof a.digest);
    store_close(store);
}

/* ---- canonical JSON */

static void
json_has_one_form(void **state)
{
    static const char *const others[] = {"{\"b\":1,\"a\":1}", "{\"a\": 1}", " {}", "{}\n",
                                         "{\"a\":\"\\u0041\"}"};
    struct store_fixture *f = *state;
    struct value *map = canon_map(f->arena), *list = canon_list(f->arena);
    struct buf out = buf_in(f->arena);

    canon_add_text(f->arena, map, "ปี", STR("๒๕๖๖"));
    canon_add_text(f->arena, map, "b", STR("\"\nc\n"));
    canon_add_number(f->arena, map, "a", -7);
    canon_add_text(f->arena, map, "none", STR(""));
    canon_add_text(f->arena, map, "dash", STR(" - "));
    canon_add(map, "empty", canon_list(f->arena));
    value_append(list, canon_map(f->arena));
    canon_add(map, "list", list);
    canon_write(map, &out);
    assert_str(buf_str(&out), "{\"a\":-7,\"b\":\"\\\"\\nc\",\"list\":[{}],\"ปี\":\"๒๕๖๖\"}");
    const struct value *back = canon_read(f->arena, f->diags, "x", buf_str(&out));
    assert_non_null(back);
    assert_int_equal(canon_number(back, "a", 0), -7);
    assert_int_equal(canon_number(back, "b", 3), 3);
    assert_str(canon_text(back, "ปี"), "๒๕๖๖");
    assert_str(canon_text(back, "a"), "");
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_null(canon_read(f->arena, f->diags, "x", str_of(others[i])));
        assert_diag(f->diags, i, ARCHIVE_NOT_CANONICAL);
    }
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, archive_setup, archive_teardown)
    const struct CMUnitTest tests[] = {
        TEST(holds_from_the_id_to_the_head),
        TEST(hashes_are_of_what_is_written_down),
        TEST(tells_the_first_fault),
        TEST(an_entry_made_anew_breaks_the_next),
        TEST(time_never_goes_back),
        TEST(salts_differ),
        TEST(json_has_one_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
