/* What printers say, as far as no printer at hand says it: values of other types, far too many of
 * them, papers, reasons. */
#include "test.h"

#include "paper/ability.h"
#include "paper/job.h"
#include "paper/printer.h"
#include "paper/reason.h"

static struct banthuek_printer_reason
reason_of(struct fixture *f, const char *name)
{
    struct banthuek_printer_reason reason;

    assert_true(reason_read(f->arena, str_of(name), &reason));
    return reason;
}

static void
takes_reasons_by_their_ends(void **state)
{
    struct fixture *f = *state;
    struct banthuek_printer_reason reason;

    assert_int_equal(reason_of(f, "media-empty").level, BANTHUEK_ERROR);
    assert_int_equal(reason_of(f, "media-empty-warning").level, BANTHUEK_WARNING);
    assert_int_equal(reason_of(f, "media-low-report").level, BANTHUEK_WARNING);
    /* as CUPS has it */
    assert_int_equal(reason_of(f, "offline-report").level, BANTHUEK_ERROR);
    assert_string_equal(reason_of(f, "media-empty-error").code, "media-empty");
    assert_false(reason_read(f->arena, STR("none"), &reason));
    assert_false(reason_read(f->arena, STR(""), &reason));
    assert_false(reason_read(f->arena, STR("-error"), &reason));
    assert_false(reason_read(f->arena, STR("job-printing"), &reason));
}

static void
shows_reasons_that_nobody_knows(void **state)
{
    struct fixture *f = *state;
    const struct banthuek_printer_reason reason = reason_of(f, "com.example-\033[2J-error");

    assert_int_equal(reason.level, BANTHUEK_ERROR);
    assert_string_equal(reason.text[BANTHUEK_ENGLISH],
                        "the printer says \"com.example-<U+001B>[2J\"");
}

/* Numbers where texts belong, and the other way round, are none. */
static void
passes_over_other_types(void **state)
{
    struct fixture *f = *state;
    ipp_t *answer = ippNew();
    struct ability ability;
    struct job job;

    for (int i = 0; i < ability_attribute_count; i++)
        (void)ippAddOutOfBand(answer, IPP_TAG_PRINTER, IPP_TAG_NOVALUE, ability_attributes[i]);
    for (int i = 0; i < job_attribute_count; i++)
        (void)ippAddString(answer, IPP_TAG_JOB, IPP_TAG_TEXT, job_attributes[i], NULL, "x");
    ability_read(f->arena, answer, &ability);
    job_read(f->arena, answer, &job);
    assert_false(ability.takes_pdf || ability.creates_jobs || ability.ranges);
    assert_int_equal(ability.copies, 1);
    assert_int_equal(ability.trays.count + ability.papers.count, 0);
    assert_int_equal(job.id, 0);
    assert_int_equal(job.state, 0);
    assert_int_equal(job.done + job.total + job.ahead, 0);
    ippDelete(answer);
}

static void
keeps_so_many(void **state)
{
    struct fixture *f = *state;
    const int many = 5000;
    ipp_t *answer = ippNew();
    struct ability ability;
    struct job job;
    ipp_attribute_t *trays = ippAddStrings(answer, IPP_TAG_PRINTER, IPP_TAG_KEYWORD,
                                           "media-source-supported", many, NULL, NULL);
    ipp_attribute_t *reasons =
        ippAddStrings(answer, IPP_TAG_JOB, IPP_TAG_KEYWORD, "job-state-reasons", many, NULL, NULL);

    for (int i = 0; i < many; i++) {
        (void)ippSetString(answer, &trays, i, arena_printf(f->arena, "tray-%d", i));
        (void)ippSetString(answer, &reasons, i, arena_printf(f->arena, "odd-%d", i));
    }
    ability_read(f->arena, answer, &ability);
    job_read(f->arena, answer, &job);
    assert_int_equal(ability.trays.count, ABILITY_NAMES_MAX);
    assert_int_equal(job.reason_count, REASON_MAX);
    ippDelete(answer);
}

/* The paper that is asked for, or NULL. */
static const char *
paper_asked(struct fixture *f, const char *own, mpt width, mpt height, const char *tray)
{
    struct ability ability = {.paper = own,
                              .papers = {{"iso_a4_210x297mm", "iso_a3_297x420mm"}, 2}};
    const struct wish wish = {.copies = 1, .width = width, .height = height, .tray = tray};
    ipp_t *request = ippNew();

    ability_ask(request, &ability, &wish);
    assert_string_equal(
        ippGetString(ippFindAttribute(request, "print-scaling", IPP_TAG_KEYWORD), 0, NULL), "none");
    const char *media = ippGetString(ippFindAttribute(request, "media", IPP_TAG_KEYWORD), 0, NULL);
    media = media == NULL ? NULL : str_cstr(f->arena, str_of(media));
    if (tray != NULL)
        assert_non_null(ippFindAttribute(request, "media-col", IPP_TAG_BEGIN_COLLECTION));
    ippDelete(request);
    return media;
}

static void
asks_for_paper_where_it_has_to(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(paper_asked(f, "na_letter_8.5x11in", 595276, 841890, NULL),
                        "iso_a4_210x297mm");
    assert_null(paper_asked(f, "iso_a4_210x297mm", 595276, 841890, NULL));
    /* lying: the printer turns it */
    assert_null(paper_asked(f, "iso_a4_210x297mm", 841890, 595276, NULL));
    assert_string_equal(paper_asked(f, "iso_a4_210x297mm", 841890, 1190551, NULL),
                        "iso_a3_297x420mm");
    assert_null(paper_asked(f, "iso_a4_210x297mm", 612000, 792000, NULL)); /* it has no letter */
    assert_null(paper_asked(f, "iso_a4_210x297mm", 123456, 654321, NULL));
    assert_null(paper_asked(f, "iso_a4_210x297mm", 0, 0, NULL));
    assert_null(paper_asked(f, "iso_a4_210x297mm", 2147483647, 2147483647, NULL));
    assert_null(paper_asked(f, "iso_a4_210x297mm", 595276, 841890,
                            "tray-1")); /* it stands beside the tray */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(takes_reasons_by_their_ends, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(shows_reasons_that_nobody_knows, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(passes_over_other_types, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(keeps_so_many, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(asks_for_paper_where_it_has_to, fixture_setup,
                                        fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
