/* Every digit of every score of the sample is changed to every other digit, one at a time. What
 * moves a figure beyond its rounding or the rubric's tolerance must be found; which changes those
 * are is reckoned here, in whole hundredths and without the code that is tested. */
#include "check_case.h"

#include <stdio.h>

#include "check/report.h"

#define FIGURES 15
#define SHARE_LEAST 95 /* per cent of all changes that must be found */

/* What stands before each figure in the sample, and the figure. */
struct figure {
    const char *before;
    const char *text;
};

enum { TOTAL, IIT, PART_1, PART_2, OIT, INDICATOR };

static const struct figure figures[FIGURES] = {
    {"  คะแนนรวม: ", "86.17"}, {"  IIT: ", "99.49"}, {"    ส่วนที่ 1: ", "83.76"},
    {"    ส่วนที่ 2: ", "85.03"}, {"  OIT: ", "77.50"}, {"    1: ", "100.00"},
    {"    2: ", "98.16"},      {"    3: ", "99.82"}, {"    4: ", "99.45"},
    {"    5: ", "100.00"},     {"    6: ", "82.98"}, {"    7: ", "86.70"},
    {"    8: ", "83.51"},      {"    9: ", "75.00"}, {"    10: ", "80.00"},
};

struct bench {
    struct check_case files; /* schema, rubric */
    struct str sample;
};

static void
bench_open(struct bench *bench)
{
    case_open_ita(&bench->files);
    bench->sample = str_of(case_file(&bench->files, "samples/ita-2566/report.yaml"));
}

/* The sample with other text in place of a figure. */
static struct str
sample_with(const struct bench *bench, struct arena *arena, const struct figure *figure,
            const char *text)
{
    const char *found = arena_printf(arena, "\n%s%s", figure->before, figure->text);
    size_t at = str_find(bench->sample, str_of(found));
    struct buf out = buf_in(arena);

    assert_true(at != SIZE_MAX);
    buf_add(&out, str_sub(bench->sample, 0, at));
    buf_printf(&out, "\n%s%s", figure->before, text);
    buf_add(&out, str_sub(bench->sample, at + strlen(found), bench->sample.len));
    return buf_str(&out);
}

/* True when one of the messages names `right` as what a figure would have to be. */
static bool
is_named(struct arena *arena, const struct diags *diags, const char *right)
{
    struct str arrow = str_of(arena_printf(arena, "→ %s", right));

    for (size_t i = 0; i < diags_count(diags); i++)
        if (str_find(diag_message(arena, diags_at(diags, i), DIAG_ENGLISH), arrow) != SIZE_MAX)
            return true;
    return false;
}

struct verdict {
    bool error;   /* a check of the sample found an error */
    bool warning; /* or a warning */
    bool named;   /* and named what the figure would have to be */
};

static struct verdict
check(const struct bench *bench, struct str yaml, const char *right)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    const struct value *report = value_read_yaml(arena, diags, "report.yaml", yaml);

    assert_non_null(report);
    const struct value *typed =
        schema_apply(arena, diags, bench->files.schema, report, bench->files.rubric);
    (void)report_check(arena, diags, bench->files.schema, typed, bench->files.rubric);
    struct verdict verdict = {diags_level_count(diags, DIAG_ERROR) > 0,
                              diags_level_count(diags, DIAG_WARNING) > 0,
                              is_named(arena, diags, right)};
    diags_free(diags);
    arena_free(arena);
    return verdict;
}

/* ---- the reckoning of this test */

static long
hundredths(const char *text)
{
    long value = 0;

    for (; *text != '\0'; text++)
        if (*text != '.')
            value = value * 10 + (*text - '0');
    return value;
}

static long
sum(const long *figure, int from, int to)
{
    long total = 0;

    for (int i = from; i <= to; i++)
        total += figure[INDICATOR + i - 1];
    return total;
}

/* "ผ่าน" follows: a total of 85 or more, and an instrument below. */
static bool
level_is_as_given(const long *figure)
{
    long eit = sum(figure, 6, 8);

    return figure[TOTAL] >= 8500 && (figure[IIT] < 8500 || eit < 3 * 8500 || figure[OIT] < 8500);
}

static bool
must_be_found(const long *figure)
{
    long iit = sum(figure, 1, 5), eit = sum(figure, 6, 8), oit = sum(figure, 9, 10);

    for (int i = 0; i < FIGURES; i++)
        if (figure[i] > 10000)
            return true;
    /* tolerances: half a hundredth of a mean, one hundredth of the total */
    return labs(5 * figure[IIT] - iit) * 2 > 5 || labs(2 * figure[OIT] - oit) * 2 > 2 ||
           labs(3 * (figure[PART_1] + figure[PART_2]) - 2 * eit) > 3 ||
           labs(100 * figure[TOTAL] - (6 * iit + 10 * eit + 20 * oit)) > 100 ||
           !level_is_as_given(figure);
}

struct tally {
    int changes, due, found, named;
};

/* One figure of the sample with another text. */
static void
try_text(const struct bench *bench, int figure, const char *text, long *now, struct tally *tally)
{
    struct arena *arena = arena_new(0);
    struct str yaml = sample_with(bench, arena, &figures[figure], text);
    struct verdict verdict = check(bench, yaml, figures[figure].text);
    long kept = now[figure];

    now[figure] = hundredths(text);
    bool due = must_be_found(now);
    if (due && !verdict.error)
        print_message("not found: %s%s\n", figures[figure].before, text);
    assert_true(verdict.error || !due);
    tally->changes++;
    tally->due += due;
    tally->found += verdict.error;
    tally->named += verdict.named;
    now[figure] = kept;
    arena_free(arena);
}

static void
try_digits(const struct bench *bench, int figure, long *now, struct tally *tally)
{
    char text[16];

    (void)snprintf(text, sizeof text, "%s", figures[figure].text);
    for (char *digit = text; *digit != '\0'; digit++) {
        char kept = *digit;
        for (char other = '0'; kept != '.' && other <= '9'; other++) {
            *digit = other;
            if (other != kept)
                try_text(bench, figure, text, now, tally);
        }
        *digit = kept;
    }
}

static void
every_digit_of_every_score(void **state)
{
    struct bench bench;
    struct tally tally = {0, 0, 0, 0};
    long now[FIGURES];

    (void)state;
    bench_open(&bench);
    for (int i = 0; i < FIGURES; i++)
        now[i] = hundredths(figures[i].text);
    assert_false(must_be_found(now));
    struct verdict verdict = check(&bench, bench.sample, "");
    assert_false(verdict.error || verdict.warning);
    for (int i = 0; i < FIGURES; i++)
        try_digits(&bench, i, now, &tally);
    print_message("%d changes of one digit: %d must be found, %d are (%.1f %%); the right figure "
                  "is named for %d\n",
                  tally.changes, tally.due, tally.found, 100.0 * tally.found / tally.changes,
                  tally.named);
    assert_true(tally.found * 100 >= tally.changes * SHARE_LEAST);
    case_close(&bench.files);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_digit_of_every_score)};

    return cmocka_run_group_tests_name("check_mutation", tests, NULL, NULL);
}
