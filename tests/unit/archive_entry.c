/* Documents: each once, what takes the place of what, and columns that are read again as they were
 * written. */
#include "archive_kit.h"

#include "archive/canon.h"
#include "archive/chain.h"
#include "archive/entry.h"
#include "archive/kit.h"
#include "value/value.h"

static struct column_person signers[] = {
    {{"preparer", 8}, {"นาง ก", sizeof "นาง ก" - 1}, {"", 0}, true},
};

/* What the tests say of a document. */
struct said {
    const char *number, *date, *subject, *score;
    bool is_signed;
    const char *to;
};

static struct columns
columns_of(const struct said *said)
{
    return (struct columns){.ours = true,
                            .kind = STR("memo"),
                            .year = 2566,
                            .agency = STR("อบต.หนองสมมติ"),
                            .office = STR("กองคลัง"),
                            .number = str_of(said->number),
                            .date = str_of(said->date),
                            .subject = str_of(said->subject),
                            .score = said->score == NULL ? STR("") : str_of(said->score),
                            .to = said->to == NULL ? STR("") : str_of(said->to),
                            .persons = signers,
                            .person_count = said->is_signed ? 1 : 0};
}

static struct entry_added
add_document(struct store_fixture *f, struct store *store, const struct entry_document *document)
{
    struct entry_added added;

    assert_true(store_begin(store));
    assert_true(entry_add(store, f->arena, document, &added));
    assert_true(store_commit(store));
    return added;
}

/* A document that ends its states at these many bytes. */
static struct entry_added
add(struct store_fixture *f, struct store *store, const char *bytes, const struct said *said,
    size_t first_state)
{
    struct columns columns = columns_of(said);
    struct str all = str_of(bytes);
    struct prefix states[] = {{first_state, hash_of(str_sub(all, 0, first_state))},
                              {all.len, hash_of(all)}};
    struct entry_document document = {.bytes = all, .columns = &columns};

    document.states =
        first_state == 0 ? (struct prefixes){states + 1, 1} : (struct prefixes){states, 2};
    return add_document(f, store, &document);
}

static int64_t
newer_of(struct store *store, int64_t n)
{
    sqlite3_stmt *row;

    assert_int_equal(
        sqlite3_prepare_v2(store->db, "SELECT newer FROM document WHERE n = ?1", -1, &row, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_bind_int64(row, 1, n), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    int64_t newer = sqlite3_column_int64(row, 0);
    (void)sqlite3_finalize(row);
    return newer;
}

static const struct said memo = {"กค 1/", "2566-09-29", "เรื่องหนึ่ง", NULL, false, NULL};

static void
the_same_bytes_are_one_entry(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);
    struct entry_added one = add(f, store, "a memo", &memo, 0);
    struct entry_added again = add(f, store, "a memo", &memo, 0);
    struct chain_entry head;

    assert_true(one.is_new && !again.is_new && one.n == again.n);
    assert_true(chain_head(store, f->arena, CHAIN_OWN, &head));
    assert_int_equal(head.n, 1);
    store_close(store);
}

/* A PDF that somebody signed on begins with the bytes of the one before. */
static void
what_goes_on_takes_the_place(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);
    const struct said other = {"x", "2560-01-01", "another", NULL, false, NULL};

    (void)add(f, store, "a memo", &memo, 0);
    struct entry_added two = add(f, store, "a memo, signed", &other, 6);
    assert_int_equal(two.supersedes, 1);
    assert_int_equal(newer_of(store, 1), 2);
    assert_int_equal(newer_of(store, 2), 0);
    /* the state that it goes on from may come later */
    (void)add(f, store, "another memo, signed", &other, 12);
    struct entry_added four = add(f, store, "another memo", &other, 0);
    assert_int_equal(four.newer, 3);
    assert_int_equal(four.supersedes, 0);
    assert_int_equal(newer_of(store, 3), 0);
    store_close(store);
}

static void
what_corrects_takes_the_place(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);
    const struct said other = {"x", "2560-01-01", "another", NULL, false, NULL};
    struct columns columns = columns_of(&other);
    char hex[2 * HASH_SIZE + 1];
    const struct hash hash = hash_of(STR("a memo"));

    (void)add(f, store, "a memo, signed", &memo, 6);
    hash_hex(&hash, hex);
    const struct entry_document document = {
        .bytes = STR("corrected"), .columns = &columns, .replaces = str_of(hex)};
    assert_int_equal(add_document(f, store, &document).supersedes, 1);
    store_close(store);
}

static void
the_same_report_takes_the_place(void **state)
{
    static const struct {
        struct said first, then;
        bool same;
    } cases[] = {
        {{"1/", "2566-09-29", "s", NULL, false, NULL},
         {"1/", "2566-09-29", "s", NULL, false, NULL},
         true},
        {{"1/", "2566-09-29", "s", NULL, false, NULL},
         {"1/", "2566-09", "s", NULL, false, NULL},
         true},
        {{"1/", "2566-09-29", "s", NULL, false, NULL},
         {"1/", "2566-09-30", "s", NULL, false, NULL},
         false},
        {{"1/", "2566-09-29", "s", NULL, false, NULL},
         {"1/7", "2566-09-29", "s", NULL, false, NULL},
         true},
        {{"1/7", "2566-09-29", "s", NULL, false, NULL},
         {"1/7", "2566-10-02", "s", NULL, false, NULL},
         true},
        {{"ก 1/7", "2566-09-29", "s", NULL, false, NULL},
         {"ก ๑/๗", "2566-10-02", "s", NULL, false, NULL},
         true},
        {{"1/7", "2566-09-29", "s", NULL, false, NULL},
         {"1/8", "2566-09-29", "s", NULL, false, NULL},
         false},
        {{"1/", "2566-09-29", "s", "86", false, NULL},
         {"1/", "2566-10-02", "s", "87", false, NULL},
         true},
        {{"1/", "2566-09-29", "s", "86", false, NULL},
         {"1/", "2566-10-02", "s", NULL, false, NULL},
         false},
        {{"1/", "2566-09-29", "s", NULL, false, NULL},
         {"1/", "2566-09-29", "t", NULL, false, NULL},
         false},
        {{"1/", "2566-09-29", "s", NULL, true, NULL},
         {"1/", "2566-09-29", "s", NULL, false, NULL},
         false},
        {{"1/", "2566-09-29", "s", NULL, true, NULL},
         {"1/", "2566-09-29", "s", NULL, true, NULL},
         true},
        {{"1/", "2566-09-29", "s", NULL, false, "ก"},
         {"1/", "2566-09-29", "s", NULL, false, "ข"},
         false},
        {{"1/", "2566-09-29", "s", NULL, false, "ก"},
         {"1/7", "2566-09-29", "s", NULL, false, "ก"},
         true},
        {{"1/7", "2566-09-29", "s", NULL, false, "ก"},
         {"1/7", "2566-09-29", "s", NULL, false, "ข"},
         true},
        {{"1/", "2566-09-29", "s", "86", false, "ก"},
         {"1/", "2566-09-29", "s", "86", false, "ข"},
         true},
        {{"1/", "2566-09-29", "", NULL, false, NULL},
         {"1/", "2566-09-29", "", NULL, false, NULL},
         false},
    };
    struct store_fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        f->path = arena_printf(f->arena, "%s/%zu.db", f->dir, i);
        struct store *store = archive_open_as(f, STORE_CREATE);
        (void)add(f, store, "first", &cases[i].first, 0);
        int64_t supersedes = add(f, store, "then", &cases[i].then, 0).supersedes;
        if (supersedes != cases[i].same)
            fail_msg("case %zu", i);
        store_close(store);
    }
}

/* ---- columns */

static void
columns_are_read_as_they_were_written(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);
    struct column_score scores[] = {{STR("IIT"), STR("99.49")}, {STR("ข้อ 1.1"), STR("-")}};
    struct column_part parts[] = {{STR("report"), STR("report.yaml"), hash_of(STR("r"))}};
    struct columns columns = columns_of(&memo), back;
    struct buf one = buf_in(f->arena), two = buf_in(f->arena);

    columns.persons = signers;
    columns.person_count = 1;
    columns.scores = scores;
    columns.score_count = 2;
    columns.parts = parts;
    columns.part_count = 1;
    columns.file = STR("ก\xff\x01\x1b[31m.pdf");
    columns.subject = STR("a\nb\te\xcc\x81 ู่ \xef\xbf\xbf \xee\x80\x80");
    columns.level = STR(" - ");
    columns.supersedes = 7;
    canon_write(columns_write(f->arena, &columns), &one);
    const struct value *tree = canon_read(f->arena, f->diags, "x", buf_str(&one));
    assert_non_null(tree);
    assert_true(columns_read(store, f->arena, tree, &back));
    canon_write(columns_write(f->arena, &back), &two);
    assert_true(str_eq(buf_str(&one), buf_str(&two)));
    assert_str(back.file, "ก[31m.pdf");
    assert_str(back.level, "");
    assert_int_equal(back.supersedes, 7);
    assert_int_equal(back.year, 2566);
    assert_true(back.persons[0].has_signed);
    assert_memory_equal(&back.parts[0].sha256, &parts[0].sha256, HASH_SIZE);
    store_close(store);
}

static void
other_trees_are_no_columns(void **state)
{
    static const char *const trees[] = {
        "[]",
        "{\"year\":\"2566\"}",
        "{\"year\":99999}",
        "{\"nothing\":1}",
        "{\"parts\":[{\"name\":\"a\",\"role\":\"b\",\"sha256\":\"xy\"}]}",
        "{\"persons\":[1]}",
        "{\"ours\":2}",
    };
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);
    struct columns columns;

    for (size_t i = 0; i < sizeof trees / sizeof trees[0]; i++) {
        const struct value *tree = canon_read(f->arena, f->diags, "x", str_of(trees[i]));
        assert_non_null(tree);
        assert_false(columns_read(store, f->arena, tree, &columns));
        assert_diag(f->diags, i, ARCHIVE_DAMAGED);
    }
    store_close(store);
}

/* Many documents are made with the same: the list stands there once. */
static void
kits_are_kept_once(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);
    const struct column_part shared[] = {{STR("template"), STR("memo.xml"), hash_of(STR("t"))},
                                         {STR("font"), STR("A.ttf"), hash_of(STR("f"))}};
    struct columns columns = columns_of(&memo);
    struct entry_file file = {.kind = CONTENT_PART, .bytes = STR("t")};
    const char *const bytes[] = {"one", "two"};
    int64_t contents;

    for (size_t i = 0; i < 2; i++) {
        const struct entry_document document = {.bytes = str_of(bytes[i]),
                                                .columns = &columns,
                                                .shared = shared,
                                                .shared_count = 2,
                                                .files = {&file, 1}};
        int64_t n = add_document(f, store, &document).n;
        struct rows rows = store_ask(store, STORE_PARTS, CELLS(cell_number(0), cell_number(n)));
        assert_true(rows_next(&rows));
        assert_str(rows_text(&rows, 1), "memo.xml");
        assert_false(rows_is_none(&rows, 3));
        assert_true(rows_next(&rows));
        assert_str(rows_text(&rows, 0), "font");
        assert_true(rows_is_none(&rows, 3));
        assert_false(rows_next(&rows));
        assert_true(rows_end(&rows));
    }
    /* two documents, a template, a kit */
    assert_true(content_find(store, &(struct hash){{0}}, &contents));
    sqlite3_stmt *row;
    assert_int_equal(sqlite3_prepare_v2(store->db, "SELECT count(*) FROM content", -1, &row, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(row, 0), 4);
    (void)sqlite3_finalize(row);
    store_close(store);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, archive_setup, archive_teardown)
    const struct CMUnitTest tests[] = {
        TEST(the_same_bytes_are_one_entry),
        TEST(what_goes_on_takes_the_place),
        TEST(what_corrects_takes_the_place),
        TEST(the_same_report_takes_the_place),
        TEST(columns_are_read_as_they_were_written),
        TEST(other_trees_are_no_columns),
        TEST(kits_are_kept_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
