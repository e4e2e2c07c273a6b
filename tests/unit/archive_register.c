/* The register: numbers once each, in order, whoever asks; what became of them. */
#include "archive_kit.h"

#include <sys/wait.h>

#include "archive/canon.h"
#include "archive/chain.h"
#include "archive/entry.h"
#include "archive/register.h"
#include "value/value.h"

#define AGENCY "องค์การบริหารส่วนตำบลหนองสมมติ"

static struct register_wish
wish_of(const char *agency, struct date date)
{
    return (struct register_wish){.agency = str_of(agency), .date = date};
}

static int64_t
next(struct store_fixture *f, struct store *store, const struct register_wish *wish)
{
    struct register_given given = {.n = 0};
    bool good =
        store_begin(store) && register_next(store, f->arena, wish, &given) && store_commit(store);

    store_end(store);
    return good ? given.n : 0;
}

static bool
make_void(struct store_fixture *f, struct store *store, int year, int64_t n)
{
    bool good = store_begin(store) &&
                register_void(store, f->arena, STR(AGENCY), year, n, STR("พิมพ์ผิด")) &&
                store_commit(store);

    store_end(store);
    return good;
}

static void
read_list(struct store_fixture *f, struct store *store, int year, struct register_list *list)
{
    assert_true(store_begin_read(store));
    assert_true(register_read(store, f->arena, STR(AGENCY), year, list));
    store_end(store);
}

static void
must_have(struct store_fixture *f, enum diag_code code)
{
    size_t count = 0;

    for (size_t i = 0; i < diags_count(f->diags); i++)
        count += diags_at(f->diags, i)->code == code;
    assert_int_equal(count, 1);
}

/* ---- numbers */

static void
follow_each_other_in_each_agency_and_year(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);
    struct register_wish own = wish_of(AGENCY, (struct date){2569, 12, 30});
    struct register_wish other = wish_of("เทศบาลตำบลสมมติ", (struct date){2569, 12, 30});
    struct chain_checked checked;

    assert_int_equal(next(f, store, &own), 1);
    assert_int_equal(next(f, store, &own), 2);
    assert_int_equal(next(f, store, &other), 1);
    own.date = (struct date){2570, 1, 2};
    assert_int_equal(next(f, store, &own), 1);
    assert_int_equal(next(f, store, &other), 2);
    assert_true(chain_check(store, CHAIN_OWN, &checked, NULL, NULL));
    assert_int_equal(checked.fault, CHAIN_GOOD);
    assert_int_equal(checked.n, 5);
    assert_int_equal(diags_count(f->diags), 0);
    store_close(store);
}

static void
begin_with_the_first_that_is_asked_for_once(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);
    struct register_wish wish = wish_of(AGENCY, (struct date){2569, 12, 30});

    wish.first = 121;
    assert_int_equal(next(f, store, &wish), 121);
    assert_int_equal(next(f, store, &wish), 0);
    must_have(f, DIAG_ARCHIVE_REGISTER_BEGUN);
    wish.first = 0;
    assert_int_equal(next(f, store, &wish), 122);
    store_close(store);
}

/* 17:00 UTC is midnight in Thailand. */
static void
change_the_year_at_midnight_in_thailand(void **state)
{
    struct date date;
    const int64_t midnight = 1798736400; /* 2026-12-31T17:00:00Z */

    (void)state;
    assert_true(register_day(midnight - 1, &date));
    assert_true(date.year == 2569 && date.month == 12 && date.day == 31);
    assert_true(register_day(midnight, &date));
    assert_true(date.year == 2570 && date.month == 1 && date.day == 1);
}

static void
tell_a_day_before_the_last(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);
    struct register_wish wish = wish_of(AGENCY, (struct date){2569, 11, 30});

    assert_int_equal(next(f, store, &wish), 1);
    wish.date.day = 29;
    assert_int_equal(next(f, store, &wish), 2);
    must_have(f, DIAG_ARCHIVE_REGISTER_BACK);
    store_close(store);
}

/* ---- two processes */

/* Takes `count` numbers and tells them. */
static int
take(const char *path, int count, int to)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct store *store = store_open(diags, path, &(struct store_options){STORE_WRITE, 0});
    struct register_wish wish = wish_of(AGENCY, (struct date){2569, 11, 29});
    struct register_given given;
    int taken = 0;

    while (store != NULL && taken < count && store_begin(store) &&
           register_next(store, arena, &wish, &given) && store_commit(store)) {
        store_end(store);
        taken += write(to, &given.n, sizeof given.n) == (ssize_t)sizeof given.n;
    }
    return taken == count ? 0 : 1;
}

static void
read_taken(int from, int64_t *seen, int each)
{
    int64_t n, last = 0;

    for (int i = 0; i < each; i++) {
        assert_int_equal(read(from, &n, sizeof n), sizeof n);
        assert_in_range(n, last + 1, 2 * each);
        assert_int_equal(seen[n - 1], 0);
        seen[n - 1] = 1;
        last = n;
    }
}

static void
are_given_once_to_two_processes(void **state)
{
    struct store_fixture *f = *state;
    int each = getenv("ARCHIVE_LONG") == NULL ? 100 : 1000, status, pipes[2][2];
    int64_t *seen = arena_array(f->arena, 2 * (size_t)each, sizeof *seen);
    struct register_list list;
    pid_t child[2];

    store_close(archive_open_as(f, STORE_CREATE));
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pipe(pipes[i]), 0);
        child[i] = fork();
        assert_int_not_equal(child[i], -1);
        if (child[i] == 0)
            _exit(take(f->path, each, pipes[i][1]));
    }
    for (int i = 0; i < 2; i++) {
        assert_int_equal(waitpid(child[i], &status, 0), child[i]);
        assert_int_equal(status, 0);
        read_taken(pipes[i][0], seen, each);
        (void)close(pipes[i][0]);
        (void)close(pipes[i][1]);
    }
    struct store *store = archive_open_as(f, STORE_READ);
    read_list(f, store, 2569, &list);
    assert_int_equal(list.count, 2 * each);
    assert_int_equal(list.gap_count, 0);
    assert_int_equal(list.rows[2 * each - 1].n, 2 * each);
    store_close(store);
}

/* ---- what became of them */

static void
are_void_once_and_for_ever(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);
    struct register_wish wish = wish_of(AGENCY, (struct date){2569, 11, 30});
    struct register_list list;

    assert_int_equal(next(f, store, &wish), 1);
    assert_true(make_void(f, store, 2569, 1));
    assert_false(make_void(f, store, 2569, 1));
    must_have(f, DIAG_ARCHIVE_REGISTER_VOID);
    assert_false(make_void(f, store, 2569, 2));
    assert_false(make_void(f, store, 2568, 1));
    assert_int_equal(next(f, store, &wish), 2);
    read_list(f, store, 0, &list);
    assert_int_equal(list.year, 2569);
    assert_int_equal(list.count, 2);
    assert_int_equal(list.voids, 1);
    assert_int_equal(list.given, 1);
    assert_true(str_is(list.rows[0].reason, "พิมพ์ผิด"));
    store_close(store);
}

/* Adds a document that says it has a number. */
static int64_t
add(struct store_fixture *f, struct store *store, const char *agency, const char *number,
    const char *date)
{
    const struct columns columns = {
        .agency = str_of(agency), .number = str_of(number), .date = str_of(date)};
    const struct entry_document document = {
        .bytes = str_of(arena_printf(f->arena, "%s %s %s", agency, number, date)),
        .columns = &columns};
    struct entry_added added = {.n = 0};
    bool good =
        store_begin(store) && entry_add(store, f->arena, &document, &added) && store_commit(store);

    store_end(store);
    return good ? added.n : 0;
}

static void
are_used_by_documents_of_the_agency_and_year(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);
    struct register_wish wish = wish_of(AGENCY, (struct date){2569, 11, 30});
    struct register_list list;

    wish.said.prefix = STR("สม 99902/");
    for (int64_t n = 1; n <= 4; n++)
        assert_int_equal(next(f, store, &wish), n);
    int64_t used = add(f, store, "กองคลัง " AGENCY, "สม ๙๙๙๐๒/๑", "2569-11-30");
    assert_true(used > 0);
    assert_true(add(f, store, AGENCY, "สม 99902/2", "2568-11-30") > 0);
    assert_true(add(f, store, "เทศบาลตำบลสมมติ", "สม 99902/3", "2569-11-30") > 0);
    assert_true(add(f, store, AGENCY, "สม 99903/4", "2569-11-30") > 0);
    read_list(f, store, 2569, &list);
    assert_int_equal(list.used, 1);
    assert_int_equal(list.given, 3);
    assert_int_equal(list.rows[0].document_count, 1);
    assert_int_equal(list.rows[0].documents[0], used);
    assert_int_equal(diags_count(f->diags), 0);
    store_close(store);
}

static void
are_told_of_when_two_documents_have_one(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);
    struct register_wish wish = wish_of(AGENCY, (struct date){2569, 11, 30});
    struct register_list list;

    assert_int_equal(next(f, store, &wish), 1);
    assert_true(make_void(f, store, 2569, 1));
    assert_true(add(f, store, AGENCY, "สม 99902/1", "2569-11-30") > 0);
    must_have(f, DIAG_ARCHIVE_REGISTER_WAS_VOID);
    assert_int_equal(diags_count(f->diags), 1);
    assert_true(add(f, store, AGENCY, "สม ๙๙๙๐๒/๑", "2569-12-01") > 0);
    must_have(f, DIAG_ARCHIVE_REGISTER_TWICE);
    read_list(f, store, 2569, &list);
    assert_int_equal(list.rows[0].document_count, 2);
    assert_int_equal(list.rows[0].state, REGISTER_VOID);
    store_close(store);
}

/* The rows come back from the entries alone, and a number that is missing is told. */
static void
come_back_from_the_chain(void **state)
{
    struct store_fixture *f = *state;
    struct store *store = archive_open_as(f, STORE_CREATE);
    struct register_wish wish = wish_of(AGENCY, (struct date){2569, 11, 30});
    struct chain_sealed sealed;
    struct chain_entry entry;
    struct register_list list;
    int64_t content;

    for (int64_t n = 1; n <= 3; n++)
        assert_int_equal(next(f, store, &wish), n);
    assert_true(make_void(f, store, 2569, 3));
    store_close(store);
    archive_run_sql(f, "DELETE FROM number");
    store = archive_open_as(f, STORE_WRITE);
    assert_true(store_begin(store));
    for (int64_t n = 1; n <= 4; n++) {
        assert_true(chain_entry(store, f->arena, CHAIN_OWN, n, &entry));
        assert_true(chain_sealed(store, f->arena, CHAIN_OWN, n, &sealed, &content));
        if (n != 2)
            assert_true(register_rows(store, n, entry.kind,
                                      canon_read(f->arena, f->diags, "entry", sealed.columns)));
    }
    assert_true(store_commit(store));
    store_end(store);
    read_list(f, store, 2569, &list);
    assert_int_equal(list.count, 2);
    assert_int_equal(list.voids, 1);
    assert_int_equal(list.gap_count, 1);
    assert_true(list.gaps[0].from == 2 && list.gaps[0].to == 2);
    store_close(store);
}

static void
belong_to_the_agency_that_is_named(void **state)
{
    struct store_fixture *f = *state;
    const struct str agencies[] = {STR("อบต.ก"), STR("กองคลัง อบต.ก"), STR("เทศบาล  ข")};

    assert_true(str_is(register_agency(f->arena, agencies, 3, STR("อบต.ก")), "อบต.ก"));
    assert_true(str_is(register_agency(f->arena, agencies, 3, STR("สำนักปลัด อบต.ก")), "อบต.ก"));
    assert_true(
        str_is(register_agency(f->arena, agencies, 3, STR("ฝ่ายพัสดุ กองคลัง อบต.ก")), "กองคลัง อบต.ก"));
    assert_true(str_is(register_agency(f->arena, agencies, 3, STR("เทศบาล ข")), "เทศบาล  ข"));
    assert_true(str_is(register_agency(f->arena, agencies, 3, STR("กองคลัง")), "กองคลัง อบต.ก"));
    assert_int_equal(register_agency(f->arena, agencies, 3, STR("อบต.")).len, 0);
    assert_int_equal(register_agency(f->arena, agencies, 3, STR("")).len, 0);
    /* whose name goes on is another */
    assert_int_equal(register_agency(f->arena, agencies, 3, STR("อบต.กข")).len, 0);
    assert_int_equal(register_agency(f->arena, agencies, 3, STR("กอง")).len, 0);
    assert_true(str_is(register_agency(f->arena, agencies, 3, STR("อบต.กข อบต.ก")), "อบต.ก"));
    assert_true(
        str_is(register_agency(f->arena, agencies, 3, STR("สำนักปลัดอบต.ก โทร. 1")), "อบต.ก"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, archive_setup, archive_teardown)
        CASE(follow_each_other_in_each_agency_and_year),
        CASE(begin_with_the_first_that_is_asked_for_once),
        CASE(change_the_year_at_midnight_in_thailand),
        CASE(tell_a_day_before_the_last),
        CASE(are_given_once_to_two_processes),
        CASE(are_void_once_and_for_ever),
        CASE(are_used_by_documents_of_the_agency_and_year),
        CASE(are_told_of_when_two_documents_have_one),
        CASE(come_back_from_the_chain),
        CASE(belong_to_the_agency_that_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
