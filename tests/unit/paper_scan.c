/* Scans bound to a report by codes that were typed: what QR codes tell is tests/whole/paper. */
#include "test.h"

#include "banthuek-paper.h"
#include "base/code.h"
#include "bound_kit.h"
#include "inspect/lent.h"

struct job {
    struct arena *arena;
    struct diags *diags;
    struct banthuek *b;
    const char *typed; /* for the first page */
};

static void
add_file(struct job *job, const char *name, struct str bytes)
{
    banthuek_add_file(job->b, name, lent_bytes(bytes));
}

static int
setup(void **state)
{
    const struct banthuek_options options = {.struct_size = sizeof options,
                                             .flags = BANTHUEK_PREPRINTED};
    const struct banthuek_context_options data = {.struct_size = sizeof data, .data_dir = "."};
    int result = fixture_open(state, sizeof(struct job));
    struct job *job = *state;
    struct banthuek_bytes pdf;
    struct banthuek_context *context = banthuek_context_open(&data);
    struct banthuek *b = banthuek_open(context, &options);
    struct report_facts facts;
    struct code code;
    char printed[CODE_PRINTED + 1];

    assert_true(banthuek_load(b, "samples/memo"));
    assert_true(banthuek_render(b, &pdf));
    job->b = banthuek_open(NULL, NULL);
    add_file(job, "memo.pdf", (struct str){pdf.data, pdf.size});
    add_file(job, "scan.jpg", bound_jpeg(job->arena, IMAGE_RGB));
    assert_true(report_facts(b, "memo.pdf", (struct str){pdf.data, pdf.size}, &facts));
    assert_true(code_of_text(facts.code, &code));
    code_print(&code, printed);
    job->typed = arena_printf(job->arena, "1=%s", printed);
    banthuek_close(b);
    banthuek_context_close(context);
    return result;
}

static int
teardown(void **state)
{
    struct job *job = *state;

    banthuek_close(job->b);
    return fixture_teardown(state);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

static struct banthuek_scan *
open_scan(struct job *job)
{
    static const char *const files[] = {"scan.jpg"};
    const struct banthuek_scan_options options = {
        .struct_size = sizeof options, .codes = &job->typed, .code_count = 1};

    return banthuek_scan_open(job->b, files, 1, &options);
}

static enum diag_code
last_code(struct job *job)
{
    const struct diags *diags = lent_of(job->b).diags;

    return diags_at(diags, diags_count(diags) - 1)->code;
}

static void
binds_what_was_typed(void **state)
{
    struct job *job = *state;
    struct banthuek_bytes pdf;
    struct banthuek_scan *scan = open_scan(job);
    size_t count;

    assert_non_null(scan);
    const struct banthuek_scan_page *const *pages = banthuek_scan_pages(scan, &count);
    assert_int_equal(count, 1);
    assert_int_equal(pages[0]->state, BANTHUEK_SCAN_TYPED);
    assert_string_equal(pages[0]->code, job->typed + 2);
    const struct banthuek_scanned *done = banthuek_scan_bind(job->b, scan, "memo.pdf", &pdf);
    assert_non_null(done);
    assert_int_equal(done->pages, 1);
    assert_int_equal(done->missing_count, 0);
    assert_true(done->is_bound);
    assert_memory_equal(pdf.data, "%PDF-1.7", 8);
    banthuek_scan_close(scan);
}

/* The scanner may still be writing. */
static void
refuses_a_file_that_changed(void **state)
{
    struct job *job = *state;
    struct banthuek_bytes pdf;
    struct banthuek_scan *scan = open_scan(job);

    add_file(job, "scan.jpg", bound_jpeg(job->arena, IMAGE_GRAY));
    assert_null(banthuek_scan_bind(job->b, scan, "memo.pdf", &pdf));
    assert_int_equal(last_code(job), DIAG_PAPER_CHANGED);
    banthuek_scan_close(scan);
}

static void
refuses_what_cannot_be_read(void **state)
{
    struct job *job = *state;
    static const char *const files[] = {"other.jpg"};
    const struct banthuek_scan_options options = {.struct_size = sizeof options};

    add_file(job, "other.jpg", STR("\xff\xd8\xff no picture"));
    assert_null(banthuek_scan_open(job->b, files, 1, &options));
    assert_true(banthuek_level_count(job->b, BANTHUEK_ERROR) > 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(binds_what_was_typed),
        TEST(refuses_a_file_that_changed),
        TEST(refuses_what_cannot_be_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
