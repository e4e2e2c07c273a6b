/* How long documents are kept, and what a reader in the way means for removing. */
#include "storm_kit.h"

#include "archive/archive.h"
#include "archive/canon.h"
#include "archive/entry.h"
#include "archive/retention.h"
#include "base/files.h"
#include "value/value.h"

static void
ten_calendar_years_count_from_the_date(void **state)
{
    struct store_fixture *f = *state;
    static const struct {
        const char *date, *time, *day;
        int year;
    } cases[] = {
        {"2566-09-29", "2026-11-29T20:53:47Z", "2577-01-01", 2565},
        {"2566-01", "2026-11-29T20:53:47Z", "2577-01-01", 0},
        {"2566", "2026-11-29T20:53:47Z", "2577-01-01", 0},
        {"", "2026-11-29T20:53:47Z", "2576-01-01", 2565},
        {"", "2026-11-29T20:53:47Z", "2580-01-01", 0},
        /* new year begins seven hours earlier in Thailand */
        {"", "2026-12-31T16:59:59Z", "2580-01-01", 0},
        {"", "2026-12-31T17:00:00Z", "2581-01-01", 0},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct columns columns = {.date = str_of(cases[i].date), .year = cases[i].year};
        assert_str(retention_day(f->arena, &columns, str_of(cases[i].time), RETENTION_YEARS),
                   cases[i].day);
    }
    assert_true(str_cmp(STR(RETENTION_EVER), STR("9999-99-99")) > 0);
}

static void
notes_that_nobody_writes_so_are_none(void **state)
{
    struct store_fixture *f = *state;
    static const char *const bad[] = {
        "{}",
        "{\"entry\":0}",
        "{\"entry\":-1,\"retention\":\"ever\"}",
        "{\"entry\":2,\"retention\":\"ever\"}",
        "{\"entry\":\"1\",\"retention\":\"ever\"}",
        "{\"entry\":1,\"retention\":\"never\"}",
        "{\"entry\":1,\"retention\":\"2577-1-1\"}",
        "{\"entry\":1,\"retention\":\"2577-13-01\"}",
        "{\"entry\":1,\"retention\":\"xxxx-01-01\"}",
    };
    struct store *store = archive_open_as(f, STORE_CREATE);
    bool good;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const struct value *map = canon_read(f->arena, f->diags, "note", str_of(bad[i]));
        assert_non_null(map);
        good = true;
        assert_true(retention_rows(store, CHAIN_OWN, 2, map, &good));
        assert_false(good);
    }
    assert_int_equal(storm_count(store, "SELECT count(*) FROM note"), 0);
    store_close(store);
}

static bool
was_told(struct banthuek *b, const char *code)
{
    for (size_t i = 0; i < banthuek_message_count(b); i++) {
        if (strcmp(banthuek_message(b, i, BANTHUEK_ENGLISH)->code, code) == 0)
            return true;
    }
    return false;
}

static bool
holds(struct store_fixture *f, const char *bytes)
{
    static const char *const endings[] = {"", "-wal"};

    for (size_t i = 0; i < 2; i++) {
        const char *path = arena_printf(f->arena, "%s%s", f->path, endings[i]);
        struct str file;
        if (files_exists(files_system(), path) &&
            files_read(files_system(), f->arena, f->diags, POS_NONE, path, SIZE_MAX, &file) &&
            str_find(file, str_of(bytes)) != SIZE_MAX)
            return true;
    }
    return false;
}

static void
a_reader_in_the_way_is_told(void **state)
{
    struct store_fixture *f = *state;
    const struct banthuek_archive_options options = {.struct_size = sizeof options,
                                                     .path = f->path,
                                                     .mode = BANTHUEK_ARCHIVE_CREATE,
                                                     .wait_ms = 50};
    const struct banthuek_archive_given given = {.struct_size = sizeof given, .year = 2500};
    const struct banthuek_archive_remove_wish wish = {.struct_size = sizeof wish, .reason = "x"};
    static const char *const texts[] = {"the first secret", "the second secret"};
    struct banthuek *b = banthuek_open(NULL, NULL);
    struct banthuek_archive *archive = banthuek_archive_open(b, &options);

    assert_non_null(archive);
    for (size_t i = 0; i < 2; i++) {
        const char *path = arena_printf(f->arena, "%s/%zu.txt", f->dir, i);
        assert_true(files_write(f->arena, f->diags, path, str_of(texts[i])));
        assert_non_null(banthuek_archive_add(b, archive, path, &given));
    }
    struct store *reader = archive_open_as(f, STORE_READ);
    assert_true(store_begin_read(reader));
    assert_int_equal(storm_count(reader, "SELECT count(*) FROM document"), 2);
    assert_non_null(banthuek_archive_remove(b, archive, "1", &wish));
    assert_true(was_told(b, "ARCHIVE_REMOVE_LOG"));
    assert_true(holds(f, texts[0]));
    store_end(reader);
    store_close(reader);
    banthuek_archive_close(archive);
    banthuek_close(b);
    /* and with the next thing that is done it is gone */
    b = banthuek_open(NULL, NULL);
    archive = banthuek_archive_open(b, &options);
    assert_non_null(banthuek_archive_remove(b, archive, "2", &wish));
    assert_false(was_told(b, "ARCHIVE_REMOVE_LOG"));
    for (size_t i = 0; i < 2; i++)
        assert_false(holds(f, texts[i]));
    banthuek_archive_close(archive);
    banthuek_close(b);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, archive_setup, archive_teardown)
    const struct CMUnitTest tests[] = {
        TEST(ten_calendar_years_count_from_the_date),
        TEST(notes_that_nobody_writes_so_are_none),
        TEST(a_reader_in_the_way_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
