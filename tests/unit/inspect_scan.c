/* The record of a scan: what is written is read again, and what is none is refused with a place. */
#include "inspect/scan.h"
#include "test.h"

#define SHA "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static struct scan_record
sample(struct fixture *f)
{
    struct scan_record out = {
        .sha256 = STR(SHA), .code = STR("0123456789ABCDEF"), .report_pages = 4, .count = 2};

    out.pages = arena_array(f->arena, 2, sizeof *out.pages);
    out.pages[0] =
        (struct scan_record_page){.page = 1, .file = STR("ลงนาม \"ก\".pdf"), .number = 2};
    out.pages[1] =
        (struct scan_record_page){.page = 3, .file = STR("b.tif"), .number = 1, .turned = 270};
    out.pages[1].recoded = arena_array(f->arena, 2, sizeof *out.pages[1].recoded);
    out.pages[1].recoded[out.pages[1].recoded_count++] = STR("cmyk");
    out.pages[1].recoded[out.pages[1].recoded_count++] = STR("icc");
    scan_record_complete(f->arena, &out);
    return out;
}

static struct str
written(struct fixture *f, const struct scan_record *record)
{
    struct buf out = buf_in(f->arena);

    scan_record_write(record, &out);
    return buf_str(&out);
}

static void
test_missing_pages_are_those_of_none(void **state)
{
    struct fixture *f = *state;
    const struct scan_record record = sample(f);

    assert_int_equal(record.missing_count, 2);
    assert_int_equal(record.missing[0], 2);
    assert_int_equal(record.missing[1], 4);
}

static void
test_is_written_and_read_again(void **state)
{
    struct fixture *f = *state;
    const struct scan_record record = sample(f);
    struct str bytes = written(f, &record);
    struct scan_record again;

    assert_str(bytes,
               "{\n\"scan\": 1,\n\"report\": {\"sha256\": \"" SHA
               "\", \"code\": \"0123456789ABCDEF\", "
               "\"pages\": 4},\n\"pages\": [\n"
               "{\"page\": 1, \"file\": \"ลงนาม \\\"ก\\\".pdf\", \"number\": 2, \"turned\": 0},\n"
               "{\"page\": 3, \"file\": \"b.tif\", \"number\": 1, \"turned\": 270, \"recoded\": "
               "[\"cmyk\", \"icc\"]}\n],\n\"missing\": [2, 4]\n}\n");
    assert_true(scan_record_read(f->arena, f->diags, "scan.json", bytes, &again));
    assert_str(written(f, &again), str_cstr(f->arena, bytes));
    assert_int_equal(again.pages[1].recoded_count, 2);
    assert_int_equal(again.missing_count, 2);
}

static void
assert_damaged(struct fixture *f, const char *text, const char *key)
{
    struct scan_record out;
    size_t before = diags_count(f->diags);

    assert_false(scan_record_read(f->arena, f->diags, "scan.json", str_of(text), &out));
    assert_int_equal(diags_count(f->diags), before + 1);
    const struct diag *diag = diags_at(f->diags, before);
    assert_int_equal(diag->code, DIAG_SCAN_RECORD_DAMAGED);
    assert_string_equal(diag->arg[0], key);
    assert_true(diag->pos.line > 0);
}

#define REPORT "\"report\": {\"sha256\": \"" SHA "\", \"code\": \"\", \"pages\": 2}"
#define PAGE(more) "{\"page\": 1, \"file\": \"a\", \"number\": 1, \"turned\": 0" more "}"

static void
test_what_is_none_is_refused(void **state)
{
    struct fixture *f = *state;

    assert_damaged(f, "[]", "scan");
    assert_damaged(f, "{\"scan\": 2}", "scan");
    assert_damaged(f, "{\"scan\": 1}", "report");
    assert_damaged(f,
                   "{\"scan\": 1, \"report\": {\"sha256\": \"00\", \"code\": \"\", \"pages\": 2}}",
                   "sha256");
    assert_damaged(
        f, "{\"scan\": 1, \"report\": {\"sha256\": \"" SHA "\", \"code\": \"\", \"pages\": 0}}",
        "pages");
    assert_damaged(f, "{\"scan\": 1, " REPORT ", \"pages\": []}", "pages");
    assert_damaged(f, "{\"scan\": 1, " REPORT ", \"pages\": [7]}", "pages");
    assert_damaged(f, "{\"scan\": 1, " REPORT ", \"pages\": [" PAGE(", \"recoded\": [1, []]") "]}",
                   "recoded");
    assert_damaged(f,
                   "{\"scan\": 1, " REPORT ", \"pages\": [{\"page\": 3, \"file\": \"a\", "
                   "\"number\": 1, \"turned\": 0}]}",
                   "page");
    assert_damaged(f,
                   "{\"scan\": 1, " REPORT ", \"pages\": [{\"page\": 1, \"file\": \"a\", "
                   "\"number\": 1, \"turned\": 45}]}",
                   "turned");
    assert_damaged(f, "{\"scan\": 1, " REPORT ", \"pages\": [" PAGE("") "]}", "missing");
    assert_damaged(f, "{\"scan\": 1, " REPORT ", \"pages\": [" PAGE("") "], \"missing\": []}",
                   "missing");
    assert_damaged(f, "{\"scan\": 1, " REPORT ", \"pages\": [" PAGE("") "], \"missing\": [1]}",
                   "missing");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_missing_pages_are_those_of_none, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_is_written_and_read_again, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_what_is_none_is_refused, fixture_setup,
                                        fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
