/* Bags of which all hashes are right, and whose entries say what no archive would. */
#include "archive_kit.h"
#include "made_bag_kit.h"

#include "archive/archive.h"
#include "archive/entry.h"
#include "archive/register.h"
#include "base/unfinished.h"

struct importing_fixture {
    struct store_fixture base;
    struct banthuek *b;
};

static int
setup(void **state)
{
    int result = archive_setup_sized(state, sizeof(struct importing_fixture));
    struct importing_fixture *f = *state;

    f->b = banthuek_open(NULL, NULL);
    return result;
}

static int
teardown(void **state)
{
    struct importing_fixture *f = *state;

    banthuek_close(f->b);
    return archive_teardown(state);
}

static struct banthuek_archive *
open_archive(struct importing_fixture *f)
{
    const struct banthuek_archive_options options = {
        .struct_size = sizeof options, .path = f->base.path, .mode = BANTHUEK_ARCHIVE_CREATE};
    struct banthuek_archive *archive = banthuek_archive_open(f->b, &options);

    assert_non_null(archive);
    return archive;
}

/* Imports what the lines say; the code of the first error, NULL where it was taken. */
static const char *
import(struct importing_fixture *f, struct banthuek_archive *archive, struct str lines, bool other)
{
    struct arena *arena = arena_new(0);
    char *path = arena_printf(f->base.arena, "%s/bag", f->base.dir);
    const struct banthuek_message *message = NULL;

    unfinished_remove_path(path);
    made_bag(arena, f->base.diags, path, lines, other);
    arena_free(arena);
    banthuek_close(f->b);
    f->b = banthuek_open(NULL, NULL);
    if (banthuek_archive_import(f->b, archive, path, NULL) != NULL)
        return NULL;
    for (size_t i = 0; i < banthuek_message_count(f->b); i++) {
        message = banthuek_message(f->b, i, BANTHUEK_ENGLISH);
        if (message->level == BANTHUEK_ERROR)
            return message->code;
    }
    fail_msg("refused without an error");
    return NULL;
}

#define NUMBER "\1agency=กองคลัง\ndate=2569-11-29\nn=1\nyear=2569"
#define VOID "\2agency=กองคลัง\nn=1\nreason=พิมพ์ผิด\nyear=2569"
#define MEMO "\7file=a.txt\nyear=2566"
#define NEXT "\xFF"
#define DOCUMENT "\20" /* with what stands behind \xFE */

/* Of the own chain, where the archive becomes that of the bag. */
static void
entries_that_cannot_be_are_refused(void **state)
{
    static const struct {
        const char *lines;
        bool taken;
    } cases[] = {
        {NUMBER NEXT VOID, true},
        {NUMBER NEXT NUMBER, false},
        {VOID, false},
        {NUMBER NEXT VOID NEXT VOID, false},
        {"\1agency=\ndate=2569-11-29\nn=1\nyear=2569", false},
        {"\1agency=ก\ndate=2569-11-29\nn=0\nyear=2569", false},
        {"\1agency=ก\ndate=2569-11-29\nn=1\nyear=99999", false},
        {"\1{\"agency\":\"ก\",\"n\":\"1\",\"year\":2569}", false},
        {"\1{\"agency\":\"ก\",\"n\":99999999999999999999,\"year\":2569}", false},
        /* removals of what is no document, comes later, is the removal, or was removed */
        {NUMBER NEXT "\4entry=1", false},
        {"\4entry=1", false},
        {"\4entry=2", false},
        {"\4entry=0", false},
        {"\4who=นาง ก", false},
        {"\4{\"entry\":9223372036854775807}", false},
        {"\4{\"entry\":-1}", false},
        /* a document without content; columns that no add writes */
        {MEMO, false},
        {"\1file=x", false},
        {"\6anything=x", true},
        /* notes on what comes later, or of no day */
        {NUMBER NEXT "\3entry=1\nretention=ever", true},
        {NUMBER NEXT "\3entry=1\nretention=2577-01-01", true},
        {NUMBER NEXT "\3entry=1\nretention=soon", false},
        {NUMBER NEXT "\3entry=2\nretention=ever", false},
        {"\3about=99\ntext=x", false},
        {DOCUMENT "file=a.txt\xFEown" NEXT "\4entry=1\nreason=x", true},
        {DOCUMENT "file=a.txt\xFEown" NEXT "\4entry=1\nnewer=2", false},
        {DOCUMENT "file=a.txt\xFEown" NEXT "\4entry=1\nsupersedes=-1", false},
    };
    struct importing_fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        f->base.path = arena_printf(f->base.arena, "%s/%zu.db", f->base.dir, i);
        struct banthuek_archive *archive = open_archive(f);
        const char *code = import(f, archive, str_of(cases[i].lines), false);
        struct chain_entry head;
        if (cases[i].taken != (code == NULL) ||
            (code != NULL && strcmp(code, "ARCHIVE_BAG_FORM") != 0))
            fail_msg("%s: %s", cases[i].lines, code == NULL ? "taken" : code);
        store_use(archive->store, f->base.diags);
        assert_true(chain_head(archive->store, f->base.arena, CHAIN_OWN, &head));
        assert_true((head.n > 0) == cases[i].taken);
        banthuek_archive_close(archive);
    }
}

/* What another archive says of its own numbers, removals and versions touches nothing of this one.
 */
static void
others_keep_to_themselves(void **state)
{
    struct importing_fixture *f = *state;
    struct banthuek_archive *archive = open_archive(f);
    struct entry_added added;
    const struct columns columns = {.file = STR("own.txt"), .year = 2566};
    const struct entry_document own = {.bytes = STR("own"), .columns = &columns};
    int64_t count;

    store_use(archive->store, f->base.diags);
    assert_true(store_begin(archive->store));
    assert_true(entry_add(archive->store, f->base.arena, &own, &added));
    assert_true(store_commit(archive->store));
    assert_null(import(f, archive,
                       STR(DOCUMENT "file=a.txt\nnewer=1\nsupersedes=1\xFEown" NEXT NUMBER NEXT
                               NUMBER NEXT VOID NEXT "\4entry=1"),
                       false));
    assert_true(store_number(archive->store, STORE_DOCUMENT_OF_CONTENT,
                             CELLS(cell_number(1), cell_number(CHAIN_OWN)), 0, &count));
    assert_int_equal(count, 1);
    struct register_list list;
    store_use(archive->store, f->base.diags);
    assert_false(register_read(archive->store, f->base.arena, STR(""), 0, &list));
    assert_diag(f->base.diags, 0, ARCHIVE_REGISTER_EMPTY);
    banthuek_archive_close(archive);
}

static size_t
search(struct importing_fixture *f, struct banthuek_archive *archive, const char *words)
{
    const struct banthuek_archive_query query = {.struct_size = sizeof query, .words = words};
    const struct banthuek_archive_found *found = banthuek_archive_search(f->b, archive, &query);

    assert_non_null(found);
    return found->count;
}

/* Each document has two that came after it, and the last leads to the first: there are more ways
 * through them than anybody can go. */
static void
versions_in_a_net_are_found(void **state)
{
    struct importing_fixture *f = *state;
    struct banthuek_archive *archive = open_archive(f);
    struct buf lines = buf_in(f->base.arena);
    const int documents = 80;

    for (int n = 1; n <= documents; n++) {
        buf_printf(&lines, "%s" DOCUMENT "file=%d.txt\nsubject=%s\nnewer=%d", n == 1 ? "" : NEXT, n,
                   n <= 2 ? "แรกสุด" : "อื่น", n % documents + 1);
        if (n > 2)
            buf_printf(&lines, "\nsupersedes=%d", n - 2);
        buf_printf(&lines, "\xFE%d", n);
    }
    assert_null(import(f, archive, buf_str(&lines), false));
    assert_int_equal(search(f, archive, "แรกสุด"), 1);
    assert_true(search(f, archive, "อื่น") <= 1);
    banthuek_archive_close(archive);
}

/* A bag that is shorter than what came before changes nothing; one that goes on apart is refused.
 */
static void
chains_only_grow(void **state)
{
    static const char shorter[] = DOCUMENT "file=a.txt\xFE"
                                           "a";
    static const char longer[] = DOCUMENT "file=a.txt\xFE"
                                          "a" NEXT DOCUMENT "file=b.txt\xFE"
                                          "b";
    static const char fork[] = DOCUMENT "file=a.txt\xFE"
                                        "a" NEXT DOCUMENT "file=c.txt\xFE"
                                        "c";
    struct importing_fixture *f = *state;
    struct banthuek_archive *archive = open_archive(f);
    struct chain_entry head, after;

    for (int other = 0; other < 2; other++) {
        assert_null(import(f, archive, str_of(longer), other == 1));
        store_use(archive->store, f->base.diags);
        assert_true(chain_head(archive->store, f->base.arena, CHAIN_OWN, &head));
        assert_null(import(f, archive, str_of(shorter), other == 1));
        assert_string_equal(import(f, archive, str_of(fork), other == 1), "ARCHIVE_BAG_FORK");
        store_use(archive->store, f->base.diags);
        assert_true(chain_head(archive->store, f->base.arena, CHAIN_OWN, &after));
        assert_memory_equal(&head.hash, &after.hash, sizeof head.hash);
    }
    banthuek_archive_close(archive);
}

/* ---- what goes out comes back */

static struct banthuek_archive *
open_named(struct importing_fixture *f, const char *name)
{
    f->base.path = arena_printf(f->base.arena, "%s/%s.db", f->base.dir, name);
    return open_archive(f);
}

static const char *
folder_of(struct importing_fixture *f, const char *name)
{
    return arena_printf(f->base.arena, "%s/%s", f->base.dir, name);
}

static void
add_text(struct importing_fixture *f, struct banthuek_archive *archive, const char *text,
         const char *number)
{
    const struct banthuek_archive_given given = {
        .struct_size = sizeof given, .agency = "กองคลัง", .number = number, .date = "2569-11-30"};
    const char *path = folder_of(f, "file.txt");
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    (void)fputs(text, file);
    (void)fclose(file);
    assert_non_null(banthuek_archive_add(f->b, archive, path, &given));
}

static const char *
register_json(struct importing_fixture *f, struct banthuek_archive *archive)
{
    const struct banthuek_archive_register *list =
        banthuek_archive_register_list(f->b, archive, NULL, 0);
    struct banthuek_bytes json;

    assert_non_null(list);
    banthuek_archive_register_json(f->b, list, &json);
    return arena_strndup(f->base.arena, json.data, json.size);
}

/* Numbers that are used, used twice, void, and neither. */
static void
numbers_come_back(void **state)
{
    struct importing_fixture *f = *state;
    const struct banthuek_archive_number_wish wish = {.struct_size = sizeof wish,
                                                      .agency = "กองคลัง",
                                                      .date = "2569-11-30",
                                                      .subject = "เรื่อง",
                                                      .first = 0};
    struct banthuek_archive *archive = open_named(f, "one"), *other = open_named(f, "two");

    for (int n = 1; n <= 4; n++)
        assert_non_null(banthuek_archive_register_next(f->b, archive, &wish));
    assert_true(banthuek_archive_register_void(f->b, archive, NULL, 0, "๓", "พิมพ์ผิด"));
    add_text(f, archive, "a memo", "สม 1/1");
    add_text(f, archive, "another", "สม 1/๑");
    add_text(f, archive, "a third", "สม 1/2");
    const char *before = register_json(f, archive);
    assert_non_null(strstr(before, "\"documents\": [6, 7]"));
    assert_non_null(banthuek_archive_export(f->b, archive, folder_of(f, "bag"), NULL));
    assert_non_null(banthuek_archive_import(f->b, other, folder_of(f, "bag"), NULL));
    assert_string_equal(register_json(f, other), before);
    /* and it goes on */
    const struct banthuek_archive_number *next = banthuek_archive_register_next(f->b, other, &wish);
    assert_int_equal(next->number, 5);
    banthuek_archive_close(other);
    banthuek_archive_close(archive);
}

/* Many that are called the same stay apart: archives are told by their ids. */
static void
archives_of_one_name_stay_apart(void **state)
{
    struct importing_fixture *f = *state;
    const size_t many = getenv("ARCHIVE_LONG") == NULL ? 7 : 77;
    struct banthuek_archive *all = open_named(f, "all"), *back = open_named(f, "back");
    const struct banthuek_archive_import_options beside = {.struct_size = sizeof beside,
                                                           .flags = BANTHUEK_ARCHIVE_NO_RESTORE};

    for (size_t i = 0; i < many; i++) {
        const char *name = arena_printf(f->base.arena, "bag-%zu", i);
        struct banthuek_archive *one = open_named(f, name);
        add_text(f, one, name, "1");
        assert_non_null(banthuek_archive_export(f->b, one, folder_of(f, name), NULL));
        banthuek_archive_close(one);
        const struct banthuek_archive_imported *done =
            banthuek_archive_import(f->b, all, folder_of(f, name), &beside);
        assert_non_null(done);
        assert_int_equal(done->what, BANTHUEK_ARCHIVE_TAKEN);
    }
    const struct banthuek_archive_exported *out =
        banthuek_archive_export(f->b, all, folder_of(f, "all"), NULL);
    assert_int_equal(out->entries, 2 * many);
    assert_int_equal(out->documents, many);
    const struct banthuek_archive_imported *done =
        banthuek_archive_import(f->b, back, folder_of(f, "all"), NULL);
    assert_int_equal(done->archives, many);
    assert_string_equal(done->head, out->head);
    assert_int_equal(search(f, back, "กองคลัง"), many < 20 ? many : 20);
    banthuek_archive_close(back);
    banthuek_archive_close(all);
}

/* Each takes in the other, which has taken it in, and so on: nothing grows but by what is new. */
static void
two_that_take_each_other_in_settle(void **state)
{
    struct importing_fixture *f = *state;
    struct banthuek_archive *one = open_named(f, "one"), *two = open_named(f, "two");
    size_t grown = 0;

    add_text(f, one, "of one", "1");
    add_text(f, two, "of two", "2");
    for (int round = 0; round < 6; round++) {
        const char *name = arena_printf(f->base.arena, "round-%d", round);
        struct banthuek_archive *from = round % 2 == 0 ? one : two;
        struct banthuek_archive *to = round % 2 == 0 ? two : one;
        assert_non_null(banthuek_archive_export(f->b, from, folder_of(f, name), NULL));
        const struct banthuek_archive_imported *done =
            banthuek_archive_import(f->b, to, folder_of(f, name), NULL);
        assert_non_null(done);
        assert_int_equal(done->documents, round < 2);
        grown = done->entries;
    }
    /* the entry that tells of the last import is new to the other each time, and nothing else */
    assert_true(grown <= 1);
    banthuek_archive_close(two);
    banthuek_archive_close(one);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(entries_that_cannot_be_are_refused),
        TEST(others_keep_to_themselves),
        TEST(versions_in_a_net_are_found),
        TEST(chains_only_grow),
        TEST(numbers_come_back),
        TEST(archives_of_one_name_stay_apart),
        TEST(two_that_take_each_other_in_settle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
