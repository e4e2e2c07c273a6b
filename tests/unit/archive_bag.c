/* Bags: names, lists of hashes, what an archive becomes as one and comes back as. */
#include "archive_kit.h"

#include <sys/resource.h>

#include "archive/archive.h"
#include "archive/bag.h"
#include "archive/bag_read.h"
#include "archive/bag_tree.h"
#include "archive/canon.h"
#include "archive/chain.h"
#include "archive/entry.h"
#include "archive/export_inner.h"
#include "archive/remove.h"
#include "base/files.h"

/* ---- names */

static void
names_are_plain_on_any_system(void **state)
{
    struct store_fixture *f = *state;
    static const char *const cases[][2] = {
        {"รายงาน ITA (ฉบับแก้ไข).pdf", "รายงาน-ITA-ฉบับแก้ไข-.pdf"},
        {"a/b\\c:d*?.pdf", "a-b-c-d-.pdf"},
        {"50%.txt", "50-.txt"},
        {"../../etc/passwd", "etc-passwd"},
        {".hidden.", "hidden"},
        {"con", "x-con"},
        {"NUL.txt", "x-NUL.txt"},
        {"com1.pdf", "x-com1.pdf"},
        {"common.pdf", "common.pdf"},
        {"\n\t", "otherwise"},
        {"", "otherwise"},
        {"caf\xCC\x81.pdf", "caf-.pdf"},
        {"\xFF\xFEx", "x"},
        /* tone before vowel, as some type it */
        {"ท่\xE0\xB8\xB5.pdf", "ที่.pdf"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str name = bag_name(f->arena, str_of(cases[i][0]), "otherwise");
        if (!str_is(name, cases[i][1]))
            fail_msg("%s becomes %.*s", cases[i][0], STR_FMT(name));
        assert_true(bag_is_name(name));
    }
}

static void
long_names_keep_their_ending(void **state)
{
    struct store_fixture *f = *state;
    struct buf text = buf_in(f->arena);

    for (int i = 0; i < 100; i++)
        buf_text(&text, "ที่");
    buf_text(&text, ".pdf");
    struct str name = bag_name(f->arena, buf_str(&text), "x");
    assert_true(name.len <= 120 && name.len > 100);
    assert_true(str_ends(name, STR("ที่.pdf")));
}

/* Letters and marks in any order. */
static void
any_name_that_is_made_is_one(void **state)
{
    struct store_fixture *f = *state;
    uint32_t chance = 15;

    for (int i = 0; i < 20000; i++) {
        struct buf text = buf_in(f->arena);
        for (int j = 0; j < 1 + i % 12; j++) {
            chance = chance * 1664525 + 1013904223;
            buf_utf8(&text, (chance >> 24) < 200 ? 0x0E00 + (chance >> 16) % 0x60
                                                 : 0x20 + (chance >> 16) % 0x60);
        }
        struct str name = bag_name(f->arena, buf_str(&text), "x");
        if (!bag_is_name(name))
            fail_msg("\"%.*s\" is none, made of \"%.*s\"", STR_FMT(name), STR_FMT(buf_str(&text)));
    }
}

static void
other_names_are_none(void **state)
{
    static const char *const bad[] = {
        "",     "/",    "a/",    "/a",   "../a", "a/../b",        "a/./b",
        "a//b", "a b",  "a%20b", "a\\b", ".a",   "a/.b",          "a.",
        "a./b", "a\nb", "é",     "a_b",  "\xFF", "ท่\xE0\xB8\xB5", "data/a:b",
    };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        if (bag_is_name(str_of(bad[i])))
            fail_msg("\"%s\" is taken", bad[i]);
    }
    assert_true(bag_is_name(STR("data/2566/ที่ทำการ/000001-ก.pdf")));
}

static void
entries_are_found_by_name(void **state)
{
    static const struct {
        const char *path, *chain;
        int64_t n;
    } cases[] = {
        {"data/2566/ก/000012.json", "", 12},
        {"data/other/1000000.json", "", 1000000},
        {"data/chains/ab/other/000003.json", "ab", 3},
        {"data/2566/ก/000012-a.json", "", 0},
        {"data/2566/ก/000012.1-findings.json", "", 0},
        {"data/2566/ก/12.json", "", 0},
        {"data/assets/000012.json", "", 0},
        {"data/kits/000012.json", "", 0},
        {"data/archive.json", "", 0},
        {"data/000012.json", "", 0},
        {"data/other/99999999999999999999.json", "", 0},
        {"other/000012.json", "", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str chain;
        assert_int_equal(bag_entry_of(str_of(cases[i].path), &chain), cases[i].n);
        if (cases[i].n != 0)
            assert_true(str_is(chain, cases[i].chain));
    }
}

/* ---- lists of hashes */

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

static bool
reads(struct store_fixture *f, const char *text, struct bag_manifest *out)
{
    return bag_manifest_read(f->arena, f->diags, "manifest", str_of(text), 64, out);
}

static void
lists_are_read_as_programs_print_them(void **state)
{
    struct store_fixture *f = *state;
    struct bag_manifest list;

    assert_true(reads(f, "", &list));
    assert_int_equal(list.count, 0);
    assert_true(reads(f, ZEROS "  data/b\r\n" ZEROS "\tdata/a\n", &list));
    assert_int_equal(list.count, 2);
    assert_true(str_is(list.line[0].path, "data/a"));
    assert_true(str_is(list.line[0].hex, ZEROS));
}

static void
other_lists_are_told(void **state)
{
    struct store_fixture *f = *state;
    static const char *const bad[] = {
        ZEROS "data/a\n",
        ZEROS "0  data/a\n",
        "00  data/a\n",
        ZEROS "  ../a\n",
        ZEROS "  /etc/passwd\n",
        ZEROS "  data/%41\n",
        ZEROS "  ~/a\n",
        ZEROS "  data\\a\n",
        ZEROS "\n",
        "\n",
        "x\n",
        ZEROS "  data/a b\n",
    };
    struct bag_manifest list;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        if (reads(f, bad[i], &list))
            fail_msg("%s is taken", bad[i]);
    }
    assert_false(reads(f, ZEROS "  data/a\n" ZEROS "  data/a\n", &list));
}

/* ---- folders */

static void
folders_have_limits(void **state)
{
    struct store_fixture *f = *state;
    struct tree_files files;
    struct rlimit was, none;

    assert_int_equal(
        system(arena_printf(f->arena, "cd '%s' && mkdir a && touch a/1 a/2 a/3", f->dir)), 0);
    struct tree *tree = tree_open(f->arena, f->diags, f->dir);
    assert_non_null(tree);
    assert_true(tree_list(tree, f->arena, 3, &files));
    assert_int_equal(files.count, 3);
    assert_false(tree_list(tree, f->arena, 2, &files));
    assert_int_equal(diags_at(f->diags, 0)->code, DIAG_ARCHIVE_BAG_MANY);
    /* what the system does not give */
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &was), 0);
    none = was;
    none.rlim_cur = 0;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    bool good = tree_list(tree, f->arena, 3, &files);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &was), 0);
    assert_false(good);
    assert_int_equal(diags_at(f->diags, 1)->code, DIAG_ARCHIVE_BAG_READ);
    tree_close(tree);
}

static void
set_has_each_hash_once(void **state)
{
    struct store_fixture *f = *state;
    struct hash_set set = {NULL, 0, 0};

    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 1000; i++) {
            struct hash hash = hash_of(str_of(arena_printf(f->arena, "%d", i)));
            assert_int_equal(hash_set_has(&set, &hash), round == 1);
            assert_int_equal(hash_set_add(f->arena, &set, &hash), round == 0);
        }
    }
}

/* ---- an archive that goes out and comes back */

struct out_and_back {
    struct store_fixture base;
    struct banthuek *b;
};

static int
setup(void **state)
{
    int result = archive_setup_sized(state, sizeof(struct out_and_back));
    struct out_and_back *f = *state;

    f->b = banthuek_open(NULL, NULL);
    return result;
}

static int
teardown(void **state)
{
    struct out_and_back *f = *state;

    banthuek_close(f->b);
    return archive_teardown(state);
}

static const char *
path_of(struct out_and_back *f, const char *name)
{
    return arena_printf(f->base.arena, "%s/%s", f->base.dir, name);
}

static struct banthuek_archive *
open_archive(struct out_and_back *f, const char *name)
{
    const struct banthuek_archive_options options = {
        .struct_size = sizeof options, .path = path_of(f, name), .mode = BANTHUEK_ARCHIVE_CREATE};
    struct banthuek_archive *archive = banthuek_archive_open(f->b, &options);

    assert_non_null(archive);
    return archive;
}

static void
add_given(struct out_and_back *f, struct banthuek_archive *archive, const char *text,
          const struct banthuek_archive_given *given)
{
    const char *path = path_of(f, text);
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    (void)fputs(text, file);
    (void)fclose(file);
    assert_non_null(banthuek_archive_add(f->b, archive, path, given));
}

static void
add(struct out_and_back *f, struct banthuek_archive *archive, const char *text)
{
    add_given(f, archive, text, NULL);
}

static void
remove_first(struct out_and_back *f, struct banthuek_archive *archive)
{
    struct store *store = archive->store;
    int64_t by;

    assert_true(store_begin(store));
    assert_true(
        entry_remove(store, f->base.arena, 1, STR("ครบกำหนด"), STR("นางสมใจ นามสมมติ"), &by));
    assert_true(store_commit(store));
}

static struct str
head_of(struct out_and_back *f, struct banthuek_archive *archive)
{
    struct chain_entry head;

    assert_true(chain_head(archive->store, f->base.arena, CHAIN_OWN, &head));
    return bag_hex(f->base.arena, &head.hash);
}

static void
check(struct banthuek_archive *archive, int64_t chain, int64_t entries, int64_t removed)
{
    struct chain_checked checked;

    assert_true(chain_check(archive->store, chain, &checked, NULL, NULL));
    assert_int_equal(checked.fault, CHAIN_GOOD);
    assert_int_equal(checked.n, entries);
    assert_int_equal(checked.removed, removed);
}

static void
same_folders(struct out_and_back *f, const char *one, const char *other)
{
    assert_int_equal(system(arena_printf(f->base.arena, "diff -r '%s' '%s'", path_of(f, one),
                                         path_of(f, other))),
                     0);
}

static void
what_was_removed_stays_removed(void **state)
{
    struct out_and_back *f = *state;
    struct banthuek_archive *archive = open_archive(f, "one.db"), *other;

    add(f, archive, "one");
    add(f, archive, "two");
    remove_first(f, archive);
    assert_non_null(banthuek_archive_export(f->b, archive, path_of(f, "bag"), NULL));
    assert_int_not_equal(
        system(arena_printf(f->base.arena, "grep -rqx one '%s'", path_of(f, "bag"))), 0);
    other = open_archive(f, "other.db");
    assert_non_null(banthuek_archive_import(f->b, other, path_of(f, "bag"), NULL));
    assert_true(str_eq(head_of(f, archive), head_of(f, other)));
    check(other, CHAIN_OWN, 3, 1);
    assert_non_null(banthuek_archive_export(f->b, other, path_of(f, "again"), NULL));
    same_folders(f, "bag", "again");
    banthuek_archive_close(archive);
    banthuek_archive_close(other);
}

/* Who has the document of an earlier bag loses it, too. */
static void
a_removal_follows(void **state)
{
    struct out_and_back *f = *state;
    struct banthuek_archive *archive = open_archive(f, "one.db"), *other = open_archive(f, "o.db");
    const struct banthuek_archive_imported *done;
    struct hash hash = hash_of(STR("one"));
    int64_t key;

    add(f, archive, "one");
    add(f, other, "two");
    assert_non_null(banthuek_archive_export(f->b, archive, path_of(f, "bag"), NULL));
    done = banthuek_archive_import(f->b, other, path_of(f, "bag"), NULL);
    assert_int_equal(done->what, BANTHUEK_ARCHIVE_TAKEN);
    assert_true(content_find(other->store, &hash, &key) && key != 0);
    remove_first(f, archive);
    assert_non_null(banthuek_archive_export(f->b, archive, path_of(f, "later"), NULL));
    done = banthuek_archive_import(f->b, other, path_of(f, "later"), NULL);
    assert_int_equal(done->what, BANTHUEK_ARCHIVE_CONTINUED);
    assert_true(content_find(other->store, &hash, &key) && key == 0);
    check(other, 1, 2, 1);
    check(other, CHAIN_OWN, 3, 0);
    /* an earlier bag brings nothing back */
    done = banthuek_archive_import(f->b, other, path_of(f, "bag"), NULL);
    assert_int_equal(done->what, BANTHUEK_ARCHIVE_UNCHANGED);
    assert_true(content_find(other->store, &hash, &key) && key == 0);
    banthuek_archive_close(archive);
    banthuek_archive_close(other);
}

static struct str
file_of(struct out_and_back *f, const char *name)
{
    struct str text;

    assert_true(files_read(files_system(), f->base.arena, f->base.diags, POS_NONE, path_of(f, name),
                           1000000, &text));
    return text;
}

/* Finds a text behind the last one that was found. */
static void
goes_on(struct str text, size_t *at, const char *with)
{
    size_t found = str_find(str_sub(text, *at, text.len), str_of(with));

    if (found == SIZE_MAX)
        fail_msg("\"%s\" does not follow", with);
    *at += found + strlen(with);
}

/* The page has documents as lists have them, the table as they came. */
static void
people_find_documents_in_order(void **state)
{
    static const struct {
        const char *agency, *number, *date, *text;
    } documents[] = {
        {"ข", "10", "2566-01-01", "one"},  {"ก", "2", "2566-01-01", "two"},
        {"ข", "9", "2566-01-01", "three"}, {"ก", "1", "2567-01-01", "four"},
        {"ก", NULL, "2566-01-01", "five"},
    };
    static const char *const page[] = {"2567",         "000004-four", "ปี 2566 · ก",
                                       "000005-five",  "000002-two",  "ปี 2566 · ข",
                                       "000003-three", "000001-one",  "</table>"};
    struct out_and_back *f = *state;
    struct banthuek_archive *archive = open_archive(f, "a.db");
    size_t at = 0, in_table = 0;

    for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++) {
        const struct banthuek_archive_given given = {.struct_size = sizeof given,
                                                     .agency = documents[i].agency,
                                                     .number = documents[i].number,
                                                     .date = documents[i].date};
        add_given(f, archive, documents[i].text, &given);
    }
    assert_non_null(banthuek_archive_export(f->b, archive, path_of(f, "bag"), NULL));
    struct str html = file_of(f, "bag/data/index.html"), csv = file_of(f, "bag/data/entries.csv");
    for (size_t i = 0; i < sizeof page / sizeof page[0]; i++)
        goes_on(html, &at, page[i]);
    for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++)
        goes_on(csv, &in_table,
                arena_printf(f->base.arena, "00000%zu-%s\"", i + 1, documents[i].text));
    banthuek_archive_close(archive);
}

/* A content that is damaged in the archive: it is told, and the rest goes out. */
static void
what_cannot_be_read_is_left_out(void **state)
{
    struct out_and_back *f = *state;
    struct banthuek_archive *archive = open_archive(f, "a.db");

    add(f, archive, "one");
    add(f, archive, "two");
    banthuek_archive_close(archive);
    archive_run_sql(&f->base, "UPDATE content SET bytes = x'6f6e66' WHERE bytes = x'6f6e65'");
    archive = open_archive(f, "a.db");
    const struct banthuek_archive_exported *done =
        banthuek_archive_export(f->b, archive, path_of(f, "bag"), NULL);
    assert_non_null(done);
    assert_int_equal(done->unread, 1);
    assert_int_equal(done->documents, 1);
    assert_int_equal(done->entries, 2);
    /* lists lead to what there is of it */
    struct str html = file_of(f, "bag/data/index.html"), csv = file_of(f, "bag/data/entries.csv");
    assert_int_not_equal(str_find(html, STR("000001.json\">one</a>")), SIZE_MAX);
    assert_int_not_equal(str_find(html, STR("000002-two\">two</a>")), SIZE_MAX);
    assert_int_not_equal(str_find(csv, STR("000001.json\",")), SIZE_MAX);
    assert_int_equal(str_find(csv, STR("000001-one")), SIZE_MAX);
    struct banthuek_archive *other = open_archive(f, "other.db");
    const struct banthuek_archive_imported *back =
        banthuek_archive_import(f->b, other, path_of(f, "bag"), NULL);
    assert_non_null(back);
    assert_int_equal(back->withheld, 1);
    check(other, CHAIN_OWN, 2, 1);
    banthuek_archive_close(archive);
    banthuek_archive_close(other);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_are_plain_on_any_system, archive_setup,
                                        archive_teardown),
        cmocka_unit_test_setup_teardown(long_names_keep_their_ending, archive_setup,
                                        archive_teardown),
        cmocka_unit_test_setup_teardown(any_name_that_is_made_is_one, archive_setup,
                                        archive_teardown),
        cmocka_unit_test(other_names_are_none),
        cmocka_unit_test(entries_are_found_by_name),
        cmocka_unit_test_setup_teardown(lists_are_read_as_programs_print_them, archive_setup,
                                        archive_teardown),
        cmocka_unit_test_setup_teardown(other_lists_are_told, archive_setup, archive_teardown),
        cmocka_unit_test_setup_teardown(folders_have_limits, archive_setup, archive_teardown),
        cmocka_unit_test_setup_teardown(set_has_each_hash_once, archive_setup, archive_teardown),
        cmocka_unit_test_setup_teardown(what_was_removed_stays_removed, setup, teardown),
        cmocka_unit_test_setup_teardown(a_removal_follows, setup, teardown),
        cmocka_unit_test_setup_teardown(people_find_documents_in_order, setup, teardown),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_left_out, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
