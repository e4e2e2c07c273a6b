/* Documents that are made of a number, and what has to be true of an archive of them after whatever
 * happened to it: the first `least` are there, and no entry is there by half. */
#ifndef STORM_KIT_H
#define STORM_KIT_H

#include "archive_kit.h"

#include "archive/chain.h"
#include "archive/entry.h"
#include "archive/paragraphs.h"

#define STORM_BYTES_MAX 9000

/* The bytes of document `n`: of different lengths, all different. */
static inline struct str
storm_bytes(struct arena *arena, int64_t n)
{
    size_t len = 32 + (size_t)(n * 7919) % STORM_BYTES_MAX;
    char *bytes = arena_alloc(arena, len + 1);
    uint32_t seed = (uint32_t)n * 2654435761u + 1;

    for (size_t i = 0; i < len; i++) {
        seed = seed * 1664525u + 1013904223u;
        bytes[i] = (char)(seed >> 24);
    }
    (void)snprintf(bytes, 32, "document %lld", (long long)n);
    return (struct str){bytes, len};
}

static inline bool
storm_add(struct store *store, int64_t n)
{
    struct arena *arena = arena_new(0);
    struct column_person person = {STR("preparer"), STR("นาง ก"), STR("นักวิชาการ"), false};
    struct column_score score = {STR("IIT"), STR("99.49")};
    struct column_part part = {STR("report"), STR("report.yaml"), hash_of(STR("r"))};
    struct column_part shared = {STR("font"), STR("A.ttf"), hash_of(STR("font"))};
    struct entry_file file = {.kind = CONTENT_ASSET, .bytes = STR("font")};
    const struct columns columns = {.ours = true,
                                    .kind = STR("memo"),
                                    .year = 2566,
                                    .agency = STR("อบต.หนองสมมติ"),
                                    .number =
                                        str_of(arena_printf(arena, "กค 1/%lld", (long long)n)),
                                    .subject = STR("เรื่อง"),
                                    .persons = &person,
                                    .person_count = 1,
                                    .scores = &score,
                                    .score_count = 1,
                                    .parts = &part,
                                    .part_count = 1};
    const struct entry_document document = {.bytes = storm_bytes(arena, n),
                                            .columns = &columns,
                                            .shared = &shared,
                                            .shared_count = 1,
                                            .files = {&file, 1}};
    struct text_paragraph paragraphs[] = {
        {.page = 1, .text = STR("ส่วนราชการ องค์การบริหารส่วนตำบลหนองสมมติ")},
        {.page = 1, .text = columns.number}};
    const struct text_paragraphs text = {paragraphs, 2};
    struct entry_added added;
    bool good = store_begin(store) && entry_add(store, arena, &document, &added) &&
                paragraphs_put(store, CHAIN_OWN, added.n, &text) && store_commit(store);

    store_end(store);
    arena_free(arena);
    return good;
}

static inline int64_t
storm_count(struct store *store, const char *sql)
{
    sqlite3_stmt *row;

    assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    int64_t count = sqlite3_column_int64(row, 0);
    (void)sqlite3_finalize(row);
    return count;
}

static inline void
storm_check_text(struct store *store, const char *sql, const char *expected)
{
    sqlite3_stmt *row;

    assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(row, 0), expected);
    (void)sqlite3_finalize(row);
}

/* Every document row has bytes that some storm_add() made, whatever their order; `each` documents
 * come from numbers 1 … of one process. */
static inline void
storm_check_contents(struct store *store)
{
    struct arena *arena = arena_new(0);
    struct str bytes;
    sqlite3_stmt *row;
    long long n;

    assert_int_equal(
        sqlite3_prepare_v2(store->db, "SELECT content FROM document ORDER BY n", -1, &row, NULL),
        SQLITE_OK);
    while (sqlite3_step(row) == SQLITE_ROW) {
        struct arena_mark mark = arena_mark(arena);
        assert_true(content_get(store, arena, sqlite3_column_int64(row, 0), &bytes));
        assert_int_equal(sscanf(bytes.ptr, "document %lld", &n), 1);
        assert_true(str_eq(bytes, storm_bytes(arena, n)));
        arena_reset(arena, mark);
    }
    (void)sqlite3_finalize(row);
    arena_free(arena);
}

/* Checks a whole archive that has at least and at most so many entries. */
static inline void
storm_check(struct store *store, int64_t least, int64_t most)
{
    struct chain_checked checked;

    storm_check_text(store, "PRAGMA integrity_check", "ok");
    assert_int_equal(storm_count(store, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    assert_true(chain_check(store, CHAIN_OWN, &checked, NULL, NULL));
    assert_int_equal(checked.fault, CHAIN_GOOD);
    assert_in_range(checked.n, least, most);
    assert_int_equal(storm_count(store, "SELECT count(*) FROM document"), checked.n);
    assert_int_equal(storm_count(store, "SELECT count(*) FROM person"), checked.n);
    assert_int_equal(storm_count(store, "SELECT count(*) FROM score"), checked.n);
    assert_int_equal(storm_count(store, "SELECT count(*) FROM part"), checked.n);
    assert_int_equal(storm_count(store, "SELECT count(*) FROM text"), checked.n);
    assert_int_equal(storm_count(store, "SELECT count(*) FROM pairs WHERE pairs MATCH 'สม'"),
                     checked.n > 0);
    storm_check_contents(store);
}

/* How often: `short_form` in make test, `long_form` where $ARCHIVE_LONG is set (make test-long). */
static inline int
storm_times(int short_form, int long_form)
{
    return getenv("ARCHIVE_LONG") == NULL ? short_form : long_form;
}

#endif
