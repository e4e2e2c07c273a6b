/* Verifying as a library does it, with a caller that says what came of each document: what it says
 * is believed as far as bytes prove it. */
#include "storm_kit.h"

#include "archive/canon.h"
#include "archive/chain.h"
#include "archive/entry.h"
#include "archive/paragraphs.h"
#include "archive/remove.h"
#include "archive/retention.h"
#include "archive/verify.h"

#define PDF "%PDF-1.7\nas it was made\n"

struct verify_fixture {
    struct store_fixture base;
    struct banthuek *b;
    struct banthuek_archive *archive;
    /* of the caller */
    struct banthuek_archive_examined says;
    bool refuses;
    size_t asked, done;
    bool made_again;
    size_t file_count;
    char good[2 * HASH_SIZE + 1];
};

static int
setup(void **state)
{
    int result = archive_setup_sized(state, sizeof(struct verify_fixture));
    struct verify_fixture *f = *state;
    const struct banthuek_archive_options options = {
        .struct_size = sizeof options, .path = f->base.path, .mode = BANTHUEK_ARCHIVE_CREATE};

    f->b = banthuek_open(NULL, NULL);
    f->archive = banthuek_archive_open(f->b, &options);
    assert_non_null(f->archive);
    return result;
}

static int
teardown(void **state)
{
    struct verify_fixture *f = *state;

    banthuek_archive_close(f->archive);
    banthuek_close(f->b);
    return archive_teardown(state);
}

/* ---- a document of ours, as far as the archive can tell */

static int64_t
add(struct verify_fixture *f, const char *bytes)
{
    struct arena *arena = f->base.arena;
    struct column_part report = {STR("report"), STR("report.yaml"), hash_of(STR("data"))};
    struct column_part font = {STR("font"), STR("Some.ttf"), hash_of(STR("a font"))};
    struct entry_file files[] = {{.kind = CONTENT_PART, .bytes = STR("data")},
                                 {.kind = CONTENT_ASSET, .bytes = STR("a font")}};
    const struct columns columns = {
        .subject = STR("s"), .ours = true, .parts = &report, .part_count = 1};
    const struct entry_document document = {.bytes = str_of(bytes),
                                            .columns = &columns,
                                            .shared = &font,
                                            .shared_count = 1,
                                            .files = {files, 2},
                                            .states = prefixes_of(arena, str_of(bytes))};
    struct store *store = f->archive->store;
    struct entry_added added;

    store_use(store, f->base.diags);
    assert_true(store_begin(store));
    assert_true(entry_add(store, arena, &document, &added));
    struct text_paragraph text[] = {{.page = 1, .text = STR("ข้อความที่ทุกฉบับมี")},
                                    {.page = 2, .text = str_of(bytes)}};
    assert_true(paragraphs_put(store, CHAIN_OWN, added.n, &(struct text_paragraphs){text, 2}));
    assert_true(store_commit(store));
    return added.n;
}

static bool
examine(void *user, const struct banthuek_archive_job *job,
        struct banthuek_archive_examined *examined)
{
    struct verify_fixture *f = user;

    f->asked++;
    f->made_again = job->make_again;
    f->file_count = job->file_count;
    *examined = f->says;
    return !f->refuses;
}

static bool
before(void *user, const char *hash)
{
    return strcmp(((struct verify_fixture *)user)->good, hash) == 0;
}

static void
done(void *user, const char *hash)
{
    struct verify_fixture *f = user;

    f->done++;
    (void)snprintf(f->good, sizeof f->good, "%s", hash);
}

static const struct banthuek_archive_verified *
verify(struct verify_fixture *f)
{
    const struct banthuek_archive_verify_options options = {.struct_size = sizeof options,
                                                            .examine = examine,
                                                            .before = before,
                                                            .done = done,
                                                            .user = f};

    return banthuek_archive_verify(f->b, f->archive, &options);
}

static struct banthuek_bytes
bytes(const char *text)
{
    return (struct banthuek_bytes){text, strlen(text)};
}

static struct banthuek_bytes
hash_text(struct verify_fixture *f, const char *text)
{
    const struct hash hash = hash_of(str_of(text));
    char *hex = arena_alloc(f->base.arena, 2 * HASH_SIZE + 1);

    hash_hex(&hash, hex);
    return bytes(hex);
}

static void
assert_found(const struct banthuek_archive_verified *v, const char *code, size_t entry)
{
    assert_non_null(v);
    for (size_t i = 0; i < v->finding_count; i++) {
        if (strcmp(v->findings[i].code, code) == 0 && v->findings[i].entry == entry)
            return;
    }
    fail_msg("no %s of entry %zu", code, entry);
}

/* ---- what was made again */

static void
the_same_bytes_are_good_once(void **state)
{
    struct verify_fixture *f = *state;

    (void)add(f, PDF);
    f->says.again = BANTHUEK_AGAIN_OTHER; /* whatever it says: bytes are bytes */
    f->says.made_sha256 = hash_text(f, PDF);
    const struct banthuek_archive_verified *v = verify(f);
    assert_int_equal(v->verdict, BANTHUEK_VERDICT_GOOD);
    assert_int_equal(v->same_bytes, 1);
    assert_int_equal(f->asked, 1);
    assert_true(f->made_again);
    assert_int_equal(f->file_count, 1);
    assert_int_equal(f->done, 1);
    /* a caller that remembers it is not asked again, and that is said */
    v = verify(f);
    assert_int_equal(v->verdict, BANTHUEK_VERDICT_GOOD);
    assert_int_equal(v->before, 1);
    assert_int_equal(v->same_bytes, 0);
    assert_int_equal(f->asked, 1);
}

static void
what_was_added_later_is_left_out(void **state)
{
    static const char more[] = "%PDF-1.7\nas made\nstartxref\n9\n%%EOF\nand signed\n"
                               "startxref\n9\n%%EOF\n";
    struct verify_fixture *f = *state;

    (void)add(f, more);
    f->says.made_sha256 = hash_text(f, "%PDF-1.7\nas made\nstartxref\n9\n%%EOF\n");
    assert_int_equal(verify(f)->same_bytes, 1);
}

static void
a_caller_that_lies_is_not_believed(void **state)
{
    static const char *const hashes[] = {"", "the same", NULL};
    struct verify_fixture *f = *state;

    (void)add(f, PDF);
    for (size_t i = 0; i < sizeof hashes / sizeof hashes[0]; i++) {
        f->says.again = BANTHUEK_AGAIN_SAME;
        f->says.made_sha256 = hashes[i] == NULL ? hash_text(f, "another") : bytes(hashes[i]);
        const struct banthuek_archive_verified *v = verify(f);
        assert_found(v, "ARCHIVE_BAD_PAGES", 1);
        assert_int_equal(v->verdict, BANTHUEK_VERDICT_BAD);
        assert_int_equal(v->other, 1);
        assert_int_equal(v->same_bytes, 0);
    }
    assert_int_equal(f->done, 0);
}

static void
with_other_versions_pages_count(void **state)
{
    struct verify_fixture *f = *state;

    (void)add(f, PDF);
    f->says =
        (struct banthuek_archive_examined){.again = BANTHUEK_AGAIN_SAME,
                                           .made_sha256 = hash_text(f, "another"),
                                           .differences = 1,
                                           .why = {bytes("HarfBuzz 99"), bytes("HarfBuzz 99")}};
    const struct banthuek_archive_verified *v = verify(f);
    assert_int_equal(v->verdict, BANTHUEK_VERDICT_GOOD);
    assert_int_equal(v->same_pages, 1);
    f->good[0] = '\0';
    f->says.again = BANTHUEK_AGAIN_OTHER;
    f->says.page = 3;
    f->says.then_text = bytes("สิบ");
    f->says.now_text = bytes("ร้อย");
    v = verify(f);
    assert_found(v, "ARCHIVE_UNSURE_PAGES", 1);
    assert_int_equal(v->verdict, BANTHUEK_VERDICT_CANNOT_TELL);
    struct str told = {v->findings[0].text[0].data, v->findings[0].text[0].size};
    assert_true(str_find(told, STR("page 3, where \"สิบ\" stands and \"ร้อย\" was made")) !=
                SIZE_MAX);
    assert_true(str_find(told, STR("HarfBuzz 99")) != SIZE_MAX);
    /* the same pages by their hash, and another text on them: it is told */
    f->says.again = BANTHUEK_AGAIN_SAME;
    assert_found(verify(f), "ARCHIVE_UNSURE_PAGES", 1);
}

static void
what_cannot_be_made_is_not_bad(void **state)
{
    struct verify_fixture *f = *state;

    (void)add(f, PDF);
    f->says = (struct banthuek_archive_examined){.again = BANTHUEK_AGAIN_FAILED,
                                                 .why = {bytes("no room"), bytes("ไม่มีที่")}};
    const struct banthuek_archive_verified *v = verify(f);
    assert_found(v, "ARCHIVE_UNSURE_MADE", 1);
    assert_int_equal(v->verdict, BANTHUEK_VERDICT_CANNOT_TELL);
    f->says = (struct banthuek_archive_examined){.again = BANTHUEK_AGAIN_FOREIGN};
    assert_found(verify(f), "ARCHIVE_UNSURE_MADE", 1);
    f->says = (struct banthuek_archive_examined){.end = BANTHUEK_ARCHIVE_CRASHED};
    assert_found(verify(f), "ARCHIVE_UNSURE_READ", 1);
    f->refuses = true;
    assert_null(verify(f));
}

static void
signatures_are_the_callers(void **state)
{
    struct verify_fixture *f = *state;

    (void)add(f, PDF);
    f->says = (struct banthuek_archive_examined){.made_sha256 = hash_text(f, PDF),
                                                 .signatures = 1,
                                                 .signed_verdict = BANTHUEK_VERDICT_BAD,
                                                 .signed_why = {bytes("changed"), bytes("ถูกแก้")}};
    const struct banthuek_archive_verified *v = verify(f);
    assert_found(v, "ARCHIVE_BAD_SIGNATURE", 1);
    assert_int_equal(v->signed_bad, 1);
    f->says.signed_verdict = BANTHUEK_VERDICT_CANNOT_TELL;
    assert_found(verify(f), "ARCHIVE_UNSURE_SIGNATURE", 1);
    f->says.signed_verdict = BANTHUEK_VERDICT_GOOD;
    v = verify(f);
    assert_int_equal(v->verdict, BANTHUEK_VERDICT_GOOD);
    assert_int_equal(v->signed_good, 1);
}

/* ---- the index */

static void
an_index_that_lacks_something_is_found(void **state)
{
    struct verify_fixture *f = *state;

    (void)add(f, PDF);
    (void)add(f, PDF "another");
    f->says.made_sha256 = hash_text(f, PDF);
    archive_run_sql(&f->base, "DELETE FROM pairs_data WHERE id > 10");
    assert_found(verify(f), "ARCHIVE_BAD_INDEX", 0);
    archive_run_sql(&f->base, "UPDATE meta SET value = 'other' WHERE key = 'pairs'");
    assert_found(verify(f), "ARCHIVE_UNSURE_INDEX", 0);
}

/* All terms are listed by pages that a search does not come by: there are more than one of them,
 * for each letter stands beside each other. */
static void
an_index_that_leads_nowhere_is_found(void **state)
{
    struct verify_fixture *f = *state;
    struct buf text = buf_in(f->base.arena);

    buf_text(&text, PDF);
    for (unsigned i = 0; i < 40; i++) {
        for (unsigned k = 0; k < 40; k++)
            buf_printf(&text, "\xE0\xB8%c\xE0\xB8%c", 0x81 + i, 0x81 + k);
    }
    const char *all = str_cstr(f->base.arena, buf_str(&text));
    (void)add(f, all);
    f->says.made_sha256 = hash_text(f, all);
    assert_int_equal(verify(f)->verdict, BANTHUEK_VERDICT_GOOD);
    archive_run_sql(&f->base, "DELETE FROM pairs_idx WHERE length(term) > 0");
    assert_found(verify(f), "ARCHIVE_BAD_INDEX", 0);
}

/* ---- removals */

static void
a_removal_is_told_and_no_fault(void **state)
{
    struct verify_fixture *f = *state;
    struct store *store = f->archive->store;
    int64_t by;

    (void)add(f, PDF);
    (void)add(f, PDF "another");
    assert_true(store_begin(store));
    assert_true(entry_remove(store, f->base.arena, 1, STR("ครบกำหนด"), STR("นาง ข"), &by));
    assert_true(store_commit(store));
    f->says.made_sha256 = hash_text(f, PDF "another");
    const struct banthuek_archive_verified *v = verify(f);
    assert_int_equal(v->verdict, BANTHUEK_VERDICT_GOOD);
    assert_int_equal(v->removal_count, 1);
    assert_int_equal(v->removals[0].entry, 1);
    assert_int_equal(v->removals[0].by, 3);
    assert_memory_equal(v->removals[0].who.data, "นาง ข", strlen("นาง ข"));
    assert_int_equal(v->chains[0].removed, 1);
    archive_run_sql(&f->base, "DELETE FROM removed");
    v = verify(f);
    assert_found(v, "ARCHIVE_BAD_LOST", 1);
    assert_found(v, "ARCHIVE_BAD_REMOVAL", 3);
    /* marked as removed by an entry that says nothing of the kind */
    archive_run_sql(&f->base, "INSERT INTO removed VALUES (0, 1, 2)");
    assert_found(verify(f), "ARCHIVE_BAD_LOST", 1);
}

static int64_t
take_out(struct verify_fixture *f, int64_t n)
{
    struct store *store = f->archive->store;
    int64_t by;

    assert_true(store_begin(store));
    assert_true(entry_remove(store, f->base.arena, n, STR("ครบกำหนด"), STR("นาง ข"), &by));
    assert_true(store_commit(store));
    return by;
}

#define STATE(text) text "\nstartxref\n9\n%%EOF\n"

/* 1, 2, 3 and 4 go on from each other; 5 is another document. */
static void
a_removal_hides_no_change_of_versions(void **state)
{
    static const char *const versions[] = {STATE("%PDF-1.7\na"), STATE("%PDF-1.7\na") STATE("b"),
                                           STATE("%PDF-1.7\na") STATE("b") STATE("c"),
                                           STATE("%PDF-1.7\na") STATE("b") STATE("c") STATE("d"),
                                           STATE("%PDF-1.7\nother")};
    static const int64_t removals[] = {2, 3, 4};
    struct verify_fixture *f = *state;

    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++)
        assert_int_equal(add(f, versions[i]), i + 1);
    f->says.made_sha256 = hash_text(f, versions[0]);
    for (size_t i = 0; i < sizeof removals / sizeof removals[0]; i++) {
        (void)take_out(f, removals[i]);
        const struct banthuek_archive_verified *v = verify(f);
        for (size_t k = 0; k < v->finding_count; k++) /* the other one is not made again */
            assert_string_not_equal(v->findings[k].code, "ARCHIVE_BAD_ROW");
    }
    archive_run_sql(&f->base, "UPDATE document SET newer = 1 WHERE n = 5");
    assert_found(verify(f), "ARCHIVE_BAD_ROW", 5);
    archive_run_sql(&f->base, "UPDATE document SET newer = 4 WHERE n = 5"); /* which is gone */
    assert_found(verify(f), "ARCHIVE_BAD_ROW", 5);
    archive_run_sql(&f->base,
                    "UPDATE document SET newer = NULL; UPDATE document SET newer = 5 WHERE n = 1");
    assert_found(verify(f), "ARCHIVE_BAD_ROW", 1);
}

static void
a_note_that_was_changed_is_found(void **state)
{
    struct verify_fixture *f = *state;
    struct store *store = f->archive->store;
    struct chain_entry note;

    (void)add(f, PDF);
    f->says.made_sha256 = hash_text(f, PDF);
    assert_true(store_begin(store));
    assert_true(retention_put(store, f->base.arena, 1, STR("2599-01-01"), STR("คดียังไม่ถึงที่สุด"),
                              STR("นาง ข"), &note));
    assert_true(store_commit(store));
    assert_int_equal(verify(f)->verdict, BANTHUEK_VERDICT_GOOD);
    archive_run_sql(&f->base, "UPDATE note SET retention = '2570-01-01'");
    assert_found(verify(f), "ARCHIVE_BAD_ROW", 2);
    archive_run_sql(&f->base, "DELETE FROM note");
    assert_found(verify(f), "ARCHIVE_BAD_ROW", 2);
}

/* ---- what only somebody can write who knows how hashes are made */

static void
forge(struct verify_fixture *f, const char *time, const char *columns)
{
    struct store *store = f->archive->store;
    const struct chain_sealed sealed = {
        {"0123456789abcdef0123456789abcdef", 32}, NULL, str_of(columns)};
    struct chain_entry head;

    assert_true(store_begin(store));
    assert_true(chain_head(store, f->base.arena, CHAIN_OWN, &head));
    struct chain_entry entry = {.n = head.n + 1,
                                .time = str_of(time),
                                .kind = STR(CHAIN_ADD),
                                .digest = chain_digest(f->base.arena, &sealed),
                                .previous = head.hash};
    entry.hash = chain_hash(f->base.arena, &entry);
    assert_true(chain_put(store, &entry, &sealed, 0));
    assert_true(store_commit(store));
}

static void
forged_entries_are_found(void **state)
{
    struct verify_fixture *f = *state;

    (void)add(f, PDF);
    forge(f, "2001-01-01T00:00:00Z", "{}");
    f->says.made_sha256 = hash_text(f, PDF);
    const struct banthuek_archive_verified *v = verify(f);
    assert_found(v, "ARCHIVE_BAD_TIME", 2);
    assert_found(v, "ARCHIVE_BAD_ROW", 2);
    forge(f, "2099-01-01T00:00:00Z", "{ }");
    forge(f, "2099-01-01T00:00:00Z", "{\"year\":-1}");
    v = verify(f);
    assert_found(v, "ARCHIVE_BAD_COLUMNS", 3);
    assert_found(v, "ARCHIVE_BAD_COLUMNS", 4);
}

static void
more_findings_than_are_kept(void **state)
{
    struct verify_fixture *f = *state;

    (void)add(f, PDF);
    for (int i = 0; i < VERIFY_FINDINGS_MAX + 50; i++)
        forge(f, "2099-01-01T00:00:00Z", "{ }");
    f->says.end = BANTHUEK_ARCHIVE_NO_TIME;
    const struct banthuek_archive_verified *v = verify(f);
    assert_int_equal(v->bad, VERIFY_FINDINGS_MAX + 50);
    assert_int_equal(v->cannot_tell, 1);
    assert_int_equal(v->finding_count, VERIFY_FINDINGS_MAX);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_bytes_are_good_once, setup, teardown),
        cmocka_unit_test_setup_teardown(what_was_added_later_is_left_out, setup, teardown),
        cmocka_unit_test_setup_teardown(a_caller_that_lies_is_not_believed, setup, teardown),
        cmocka_unit_test_setup_teardown(with_other_versions_pages_count, setup, teardown),
        cmocka_unit_test_setup_teardown(what_cannot_be_made_is_not_bad, setup, teardown),
        cmocka_unit_test_setup_teardown(signatures_are_the_callers, setup, teardown),
        cmocka_unit_test_setup_teardown(an_index_that_lacks_something_is_found, setup, teardown),
        cmocka_unit_test_setup_teardown(an_index_that_leads_nowhere_is_found, setup, teardown),
        cmocka_unit_test_setup_teardown(a_removal_is_told_and_no_fault, setup, teardown),
        cmocka_unit_test_setup_teardown(a_removal_hides_no_change_of_versions, setup, teardown),
        cmocka_unit_test_setup_teardown(a_note_that_was_changed_is_found, setup, teardown),
        cmocka_unit_test_setup_teardown(forged_entries_are_found, setup, teardown),
        cmocka_unit_test_setup_teardown(more_findings_than_are_kept, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
