/* Every digit of every score of an assessment by points is changed to every other digit, one at a
 * time: those of the sample of plant-genetics. Each score is a summand or has some, so each change
 * breaks a sum and must be found, whatever its size. */
#include "check_case.h"

#include <stdio.h>

#include "check/report.h"
#include "renew/edit.h"
#include "schema/schema.h"

struct tally {
    int figures, changes, found, named;
};

struct bench {
    struct check_case files; /* schema, rubric */
    struct str report;
    struct edits edits; /* of the report */
    struct tally tally;
};

/* True when one of the messages names `right` as what a figure would have to be. */
static bool
is_named(struct arena *arena, const struct diags *diags, struct str right)
{
    for (size_t i = 0; i < diags_count(diags); i++) {
        struct str rest = diag_message(arena, diags_at(diags, i), DIAG_ENGLISH), arrow = STR("→ ");
        size_t at;
        while ((at = str_find(rest, arrow)) != SIZE_MAX) {
            rest = str_sub(rest, at + arrow.len, SIZE_MAX);
            bool whole =
                rest.len == right.len || rest.ptr[right.len] < '0' || rest.ptr[right.len] > '9';
            if (str_starts(rest, right) && whole)
                return true;
        }
    }
    return false;
}

/* Checks the report in another text. */
static bool
has_errors(struct bench *bench, struct str yaml, struct str right, bool *named)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    const struct value *report = value_read_yaml(arena, diags, "report.yaml", yaml);

    assert_non_null(report);
    const struct value *typed =
        schema_apply(arena, diags, bench->files.schema, report, bench->files.rubric);
    (void)report_check(arena, diags, bench->files.schema, typed, bench->files.rubric);
    bool errors = diags_level_count(diags, DIAG_ERROR) > 0;
    *named = is_named(arena, diags, right);
    diags_free(diags);
    arena_free(arena);
    return errors;
}

static void
try_digit(struct bench *bench, size_t from, size_t to, size_t at, char digit)
{
    struct arena *arena = arena_new(0);
    struct buf out = buf_in(arena);
    bool named;

    buf_add(&out, bench->report);
    out.ptr[at] = digit;
    bool found = has_errors(bench, buf_str(&out), str_sub(bench->report, from, to - from), &named);
    if (!found)
        print_message("not found: %.*s\n", (int)(to - from), out.ptr + from);
    assert_true(found);
    bench->tally.changes++;
    bench->tally.found += found;
    bench->tally.named += named;
    arena_free(arena);
}

/* Every figure below a value of the report. */
static void
walk(struct bench *bench, const struct value *value)
{
    size_t from, to;

    for (const struct value *child = value->first; child != NULL; child = child->next)
        walk(bench, child);
    if (value->kind != VALUE_TEXT || value->text.ptr[0] < '0' || value->text.ptr[0] > '9')
        return;
    assert_true(edits_span(&bench->edits, value, &from, &to));
    bench->tally.figures++;
    for (size_t at = from; at < to; at++)
        for (char digit = '0'; digit <= '9'; digit++)
            if (digit != bench->report.ptr[at])
                try_digit(bench, from, to, at, digit);
}

static void
every_digit_of_every_score(void **state)
{
    struct bench bench = {.tally = {0}};
    struct check_case *files = &bench.files;
    bool named;

    (void)state;
    case_open(files);
    case_schema(files, case_file(files, "templates/plant-genetics/schema.yaml"));
    case_rubric(files, case_file(files, "templates/plant-genetics/rubric/2569.yaml"));
    assert_non_null(files->rubric);
    bench.report = str_of(case_file(files, "samples/plant-genetics/report.yaml"));
    const struct value *report =
        value_read_yaml(files->arena, files->diags, "report.yaml", bench.report);
    bench.edits = edits_of(files->arena, bench.report, report);
    assert_false(has_errors(&bench, bench.report, STR("-"), &named));
    walk(&bench, value_get(report, STR("ผลประเมิน")));
    print_message("%d figures, %d changes of one digit: %d are found (%.1f %%); the right figure "
                  "is named for %d\n",
                  bench.tally.figures, bench.tally.changes, bench.tally.found,
                  100.0 * bench.tally.found / bench.tally.changes, bench.tally.named);
    assert_int_equal(bench.tally.figures, 74);
    case_close(files);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_digit_of_every_score),
    };

    return cmocka_run_group_tests_name("check_points", tests, NULL, NULL);
}
