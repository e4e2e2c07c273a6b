/* What only callers of the library meet: no report, no memory, a second report. */
#include "test.h"

#include "banthuek.h"

#define SAMPLE "samples/memo/report.yaml"

static void
assert_last(struct banthuek *b, const char *code)
{
    size_t count = banthuek_message_count(b);

    assert_true(count > 0);
    assert_string_equal(banthuek_message(b, count - 1, BANTHUEK_ENGLISH)->code, code);
    assert_true(strlen(banthuek_message(b, count - 1, BANTHUEK_THAI)->message) > 0);
}

static void
nothing_is_done_without_a_report(void **state)
{
    struct banthuek *b = banthuek_open(NULL, NULL);
    struct banthuek_bytes bytes;

    (void)state;
    assert_false(banthuek_check(b));
    assert_last(b, "ENGINE_NOTHING_LOADED");
    assert_false(banthuek_dump(b, BANTHUEK_STAGE_DATA, &bytes));
    assert_false(banthuek_render(b, &bytes));
    assert_last(b, "ENGINE_NO_PDF");
    assert_int_equal(banthuek_level_count(b, BANTHUEK_ERROR), 1);
    banthuek_close(b);
    banthuek_close(NULL);
}

static void
the_memory_of_a_document_is_limited(void **state)
{
    /* this sample takes less than 64 MiB and more than 1 MiB */
    struct banthuek_context_options data = {.struct_size = sizeof data, .data_dir = "."};
    struct banthuek_options options = {
        .struct_size = sizeof options, .flags = BANTHUEK_PREPRINTED, .memory_limit = 1 << 20};
    struct banthuek_context *context = banthuek_context_open(&data);
    struct banthuek_bytes bytes;

    (void)state;
    struct banthuek *b = banthuek_open(context, &options);
    assert_true(banthuek_load(b, "samples/ita-2566"));
    assert_false(banthuek_dump(b, BANTHUEK_STAGE_PAGES, &bytes));
    assert_last(b, "MEMORY_BUDGET");
    /* where it ran out depends on what a rubric holds */
    assert_non_null(
        strstr(banthuek_message(b, 0, BANTHUEK_ENGLISH)->text,
               "error: this document needs more than the 1 MB of memory allowed; split it "
               "[MEMORY_BUDGET]"));
    banthuek_close(b);
    options.memory_limit = (size_t)64 << 20;
    b = banthuek_open(context, &options);
    assert_true(banthuek_load(b, "samples/ita-2566"));
    assert_true(banthuek_render(b, &bytes));
    assert_true(bytes.size > 0);
    assert_int_equal(banthuek_message_count(b), 0);
    banthuek_close(b);
    banthuek_context_close(context);
}

static void
messages_know_their_parts(void **state)
{
    struct banthuek *b = banthuek_open(NULL, NULL);

    (void)state;
    assert_false(banthuek_load(b, "no such file.yaml"));
    const struct banthuek_message *message = banthuek_message(b, 0, BANTHUEK_ENGLISH);
    assert_int_equal(message->level, BANTHUEK_ERROR);
    assert_string_equal(message->code, "IO_OPEN");
    assert_null(message->file);
    assert_string_equal(
        message->text, "error: cannot open no such file.yaml: No such file or directory [IO_OPEN]");
    assert_true(banthuek_system_failed(b));
    banthuek_close(b);
}

/* where these tests run */
static const struct banthuek_context_options here = {.struct_size = sizeof here, .data_dir = "."};

static void
one_report_for_each_object(void **state)
{
    struct banthuek_options options = {.struct_size = sizeof options, .flags = BANTHUEK_PREPRINTED};
    struct banthuek_context *context = banthuek_context_open(&here);
    struct banthuek *b = banthuek_open(context, &options);
    struct banthuek_bytes first, second;

    (void)state;
    /* what was tried before does not matter */
    assert_false(banthuek_check(b));
    assert_false(banthuek_load(b, "no such file.yaml"));
    assert_false(banthuek_load(b, "README.md"));
    assert_true(banthuek_load(b, SAMPLE));
    assert_true(banthuek_dump(b, BANTHUEK_STAGE_DOCUMENT, &first));
    assert_false(banthuek_load(b, "samples/ita-2566"));
    assert_last(b, "ENGINE_LOADED_TWICE");
    assert_true(banthuek_render(b, &first));
    assert_true(banthuek_render(b, &second));
    assert_int_equal(first.size, second.size);
    banthuek_close(b);
    banthuek_context_close(context);
}

static void
a_rubric_makes_no_pages(void **state)
{
    struct banthuek_context *context = banthuek_context_open(&here);

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct banthuek *b = banthuek_open(context, NULL);
        struct banthuek_bytes bytes;
        size_t count;
        assert_true(banthuek_load(b, "templates/ita-report/rubric/2566.yaml"));
        assert_null(banthuek_rubric_lines(b, &count));
        /* in either order */
        assert_true(i == 1 || banthuek_check(b));
        for (int stage = BANTHUEK_STAGE_TEMPLATE; stage <= BANTHUEK_STAGE_PAGES; stage++)
            assert_false(banthuek_dump(b, (enum banthuek_stage)stage, &bytes));
        assert_last(b, "ENGINE_IS_RUBRIC");
        assert_false(banthuek_render(b, &bytes));
        assert_true(banthuek_check(b));
        assert_true(banthuek_dump(b, BANTHUEK_STAGE_DATA, &bytes));
        assert_true(banthuek_dump(b, BANTHUEK_STAGE_CANONICAL, &bytes));
        assert_non_null(banthuek_rubric_lines(b, &count));
        assert_true(count > 1);
        banthuek_close(b);
    }
    banthuek_context_close(context);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_done_without_a_report),
        cmocka_unit_test(the_memory_of_a_document_is_limited),
        cmocka_unit_test(messages_know_their_parts),
        cmocka_unit_test(one_report_for_each_object),
        cmocka_unit_test(a_rubric_makes_no_pages),
    };

    return cmocka_run_group_tests_name("engine_library", tests, NULL, NULL);
}
