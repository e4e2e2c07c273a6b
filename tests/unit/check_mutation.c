/* Every digit of every score is changed to every other digit, one at a time: in the sample and, for
 * the rubric of each year, in a report made of the sample. What moves a figure beyond its rounding
 * or the rubric's tolerance must be found; which changes those are is reckoned here, in whole
 * hundredths and without the code that is tested.
 *
 * With a number as its argument it goes on with so many reports of random figures for each year
 * (tests/long/figures). */
#include "check_case.h"

#include <stdio.h>

#include "check/report.h"

#define FIGURES 15
#define SHARE_LEAST 95  /* per cent of all changes of the sample that must be found */
#define SHARE_RANDOM 90 /* of random figures, of which more lie within tolerances */

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

static const char sentence[] = "ได้คะแนนรวม 86.17 คะแนน อยู่ในระดับ ผ่าน ";

/* A year's rubric beside that of the sample. */
struct year {
    const char *rubric;
    int year;
};

static const struct year years[] = {
    {"2566", 2566}, {"2567", 2567}, {"2568", 2568}, {"2569", 2569}, {"2569-อาชีวศึกษา", 2569}};
#define YEARS (sizeof years / sizeof years[0])

static int random_reports; /* the argument */

struct bench {
    struct check_case files; /* schema, rubric */
    struct str report;
    long now[FIGURES];
    const char *level;
};

/* ---- reports */

/* `text` with `to` in place of each `from`. */
static struct str
replaced(struct arena *arena, struct str text, const char *from, const char *to)
{
    struct buf out = buf_in(arena);
    size_t at;

    while ((at = str_find(text, str_of(from))) != SIZE_MAX) {
        buf_add(&out, str_sub(text, 0, at));
        buf_text(&out, to);
        text = str_sub(text, at + strlen(from), text.len);
    }
    buf_add(&out, text);
    return buf_str(&out);
}

/* The sample of another year: its years moved, and an entry for each item of that year's rubric. */
static struct str
report_of(struct bench *bench, const struct year *year)
{
    struct arena *arena = bench->files.arena;
    struct str sample = str_of(case_file(&bench->files, "samples/ita-2566/report.yaml"));

    if (year->year == 2566)
        return sample;
    sample = replaced(arena, sample, "2565", "LAST");
    sample = replaced(arena, sample, "2566", arena_printf(arena, "%d", year->year));
    sample = replaced(arena, sample, "LAST", arena_printf(arena, "%d", year->year - 1));
    size_t items = str_find(sample, STR("\nรายการ:\n"));
    assert_true(items != SIZE_MAX);
    struct buf out = buf_in(arena);
    buf_add(&out, str_sub(sample, 0, items));
    buf_text(&out, "\nรายการ:\n");
    const struct value *list = value_get(bench->files.rubric, STR("รายการ"));
    for (const struct value *item = list->first; item != NULL; item = item->next)
        buf_printf(&out, "  %.*s: {ผู้รับผิดชอบ: สำนักปลัด, สถานะ: ดำเนินการ}\n",
                   STR_FMT(value_get(item, STR("รหัส"))->text));
    return buf_str(&out);
}

static long
hundredths(const char *text)
{
    long value = 0;

    for (; *text != '\0'; text++)
        if (*text != '.')
            value = value * 10 + (*text - '0');
    return value;
}

static void
bench_open(struct bench *bench, const struct year *year)
{
    case_open(&bench->files);
    case_schema(&bench->files, case_file(&bench->files, "templates/ita-report/schema.yaml"));
    case_rubric(&bench->files,
                case_file(&bench->files,
                          arena_printf(bench->files.arena, "templates/ita-report/rubric/%s.yaml",
                                       year->rubric)));
    assert_non_null(bench->files.rubric);
    bench->report = report_of(bench, year);
    bench->level = "ผ่าน";
    for (int i = 0; i < FIGURES; i++)
        bench->now[i] = hundredths(figures[i].text);
}

static const char *
figure_text(struct arena *arena, long hundredths)
{
    return arena_printf(arena, "%ld.%02ld", hundredths / 100, hundredths % 100);
}

/* The report with other text in place of a figure. */
static struct str
report_with(const struct bench *bench, struct arena *arena, int figure, const char *text)
{
    const char *now = figure_text(arena, bench->now[figure]);
    const char *found = arena_printf(arena, "\n%s%s", figures[figure].before, now);
    size_t at = str_find(bench->report, str_of(found));
    struct buf out = buf_in(arena);

    assert_true(at != SIZE_MAX);
    buf_add(&out, str_sub(bench->report, 0, at));
    buf_printf(&out, "\n%s%s", figures[figure].before, text);
    buf_add(&out, str_sub(bench->report, at + strlen(found), bench->report.len));
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
sum(const long *figure, int from, int to)
{
    long total = 0;

    for (int i = from; i <= to; i++)
        total += figure[INDICATOR + i - 1];
    return total;
}

/* The level of a total and three instruments, as the rubrics have had it since 2566. */
static const char *
level_of(const long *figure)
{
    long eit = sum(figure, 6, 8);
    long least = figure[IIT] < figure[OIT] ? figure[IIT] : figure[OIT];
    bool all_95 = least >= 9500 && eit >= 3 * 9500, all_85 = least >= 8500 && eit >= 3 * 8500;

    if (figure[TOTAL] >= 9500 && all_95)
        return "ผ่านดีเยี่ยม";
    if (figure[TOTAL] >= 8500)
        return all_85 ? "ผ่านดี" : "ผ่าน";
    return figure[TOTAL] >= 7000 ? "ต้องปรับปรุง" : "ต้องปรับปรุงโดยด่วน";
}

static bool
must_be_found(const long *figure, const char *level)
{
    long iit = sum(figure, 1, 5), eit = sum(figure, 6, 8), oit = sum(figure, 9, 10);

    for (int i = 0; i < FIGURES; i++)
        if (figure[i] > 10000)
            return true;
    /* tolerances: half a hundredth of a mean, one hundredth of the total */
    return labs(5 * figure[IIT] - iit) * 2 > 5 || labs(2 * figure[OIT] - oit) * 2 > 2 ||
           labs(3 * (figure[PART_1] + figure[PART_2]) - 2 * eit) > 3 ||
           labs(100 * figure[TOTAL] - (6 * iit + 10 * eit + 20 * oit)) > 100 ||
           strcmp(level_of(figure), level) != 0;
}

/* ---- random figures that agree */

static long
rounded(long number, long divisor)
{
    return (2 * number + divisor) / (2 * divisor);
}

static long
random_of(unsigned *seed, long least, long most)
{
    *seed = *seed * 1103515245U + 12345U;
    return least + (long)(*seed >> 8) % (most - least + 1);
}

static void
make_figures(unsigned seed, long *figure)
{
    long low = random_of(&seed, 5000, 9000);

    for (int i = INDICATOR; i < FIGURES; i++)
        figure[i] = random_of(&seed, low, 10000);
    long iit = sum(figure, 1, 5), eit = sum(figure, 6, 8), oit = sum(figure, 9, 10);
    long apart = random_of(&seed, 0, 300), both = rounded(2 * eit, 3);
    figure[PART_1] = both / 2 + apart > 10000 ? 10000 : both / 2 + apart;
    figure[PART_2] = both - figure[PART_1];
    figure[IIT] = rounded(iit, 5);
    figure[OIT] = rounded(oit, 2);
    figure[TOTAL] = rounded(6 * iit + 10 * eit + 20 * oit, 100);
}

/* Puts other figures that agree into the report, in its sentence too. */
static void
set_figures(struct bench *bench, unsigned seed)
{
    struct arena *arena = bench->files.arena;
    long figure[FIGURES];

    make_figures(seed, figure);
    const char *level = level_of(figure), *total = figure_text(arena, figure[TOTAL]);
    const char *said = arena_printf(arena, "ได้คะแนนรวม %s คะแนน อยู่ในระดับ %s ", total, level);
    bench->report = replaced(arena, bench->report, sentence, said);
    assert_true(str_find(bench->report, str_of(said)) != SIZE_MAX);
    bench->report = replaced(arena, bench->report, "\n  ระดับ: ผ่าน\n",
                             arena_printf(arena, "\n  ระดับ: %s\n", level));
    for (int i = 0; i < FIGURES; i++) {
        bench->report = report_with(bench, arena, i, figure_text(arena, figure[i]));
        bench->now[i] = figure[i];
    }
    bench->level = level;
}

/* ---- changes */

struct tally {
    int changes, due, found, named;
};

/* One figure of the report with another text. */
static void
try_text(struct bench *bench, int figure, const char *text, struct tally *tally)
{
    struct arena *arena = arena_new(0);
    struct str yaml = report_with(bench, arena, figure, text);
    long kept = bench->now[figure];
    struct verdict verdict = check(bench, yaml, figure_text(arena, kept));

    bench->now[figure] = hundredths(text);
    bool due = must_be_found(bench->now, bench->level);
    if (due && !verdict.error)
        print_message("not found: %s%s\n", figures[figure].before, text);
    assert_true(verdict.error || !due);
    tally->changes++;
    tally->due += due;
    tally->found += verdict.error;
    tally->named += verdict.named;
    bench->now[figure] = kept;
    arena_free(arena);
}

static void
try_digits(struct bench *bench, int figure, struct tally *tally)
{
    char text[48];

    (void)snprintf(text, sizeof text, "%ld.%02ld", bench->now[figure] / 100,
                   bench->now[figure] % 100);
    for (char *digit = text; *digit != '\0'; digit++) {
        char kept = *digit;
        for (char other = '0'; kept != '.' && other <= '9'; other++) {
            *digit = other;
            if (other != kept)
                try_text(bench, figure, text, tally);
        }
        *digit = kept;
    }
}

static void
try_report(struct bench *bench, struct tally *tally)
{
    struct verdict verdict = check(bench, bench->report, "");

    assert_false(must_be_found(bench->now, bench->level));
    assert_false(verdict.error || verdict.warning);
    for (int i = 0; i < FIGURES; i++)
        try_digits(bench, i, tally);
}

static void
tell(const struct year *year, const char *what, const struct tally *tally, int least)
{
    print_message("%s, %s: %d changes of one digit: %d must be found, %d are (%.1f %%); the right "
                  "figure is named for %d\n",
                  year->rubric, what, tally->changes, tally->due, tally->found,
                  100.0 * tally->found / tally->changes, tally->named);
    assert_true(tally->found * 100 >= tally->changes * least);
}

static void
every_digit_of_every_score(void **state)
{
    (void)state;
    for (size_t i = 0; i < YEARS; i++) {
        struct tally tally = {0, 0, 0, 0};
        struct bench bench;
        bench_open(&bench, &years[i]);
        try_report(&bench, &tally);
        tell(&years[i], "the sample", &tally, SHARE_LEAST);
        case_close(&bench.files);
    }
}

static void
every_digit_of_random_scores(void **state)
{
    (void)state;
    for (size_t i = 0; i < YEARS && random_reports > 0; i++) {
        struct tally tally = {0, 0, 0, 0};
        for (int seed = 1; seed <= random_reports; seed++) {
            struct bench bench;
            bench_open(&bench, &years[i]);
            set_figures(&bench, (unsigned)seed * 97 + (unsigned)i);
            try_report(&bench, &tally);
            case_close(&bench.files);
        }
        tell(&years[i], "random figures", &tally, SHARE_RANDOM);
    }
}

/* The only finding names the score that a share stands for, as such or as a slip of one digit. */
static void
assert_share_told(const struct bench *bench, int figure, long weight, const char *name)
{
    struct check_case test = bench->files;
    long score = bench->now[figure];

    test.arena = arena_new(0);
    test.diags = diags_new();
    const char *share = figure_text(test.arena, rounded(score * weight, 100));
    struct str yaml = report_with(bench, test.arena, figure, share);
    test.typed =
        schema_apply(test.arena, test.diags, test.schema,
                     value_read_yaml(test.arena, test.diags, "report.yaml", yaml), test.rubric);
    (void)report_check(test.arena, test.diags, test.schema, test.typed, test.rubric);
    assert_int_equal(diags_count(test.diags), 1);
    const struct diag *diag = diags_at(test.diags, 0);
    struct str message = diag_message(test.arena, diag, DIAG_ENGLISH);
    const char *right = figure_text(test.arena, score);
    bool told =
        str_find(message, str_of(arena_printf(test.arena, "%s %s of %ld", name, share, weight))) !=
            SIZE_MAX &&
        str_find(message, str_of(arena_printf(test.arena, ": %s %s", name, right))) != SIZE_MAX;
    if (!told && !is_named(test.arena, test.diags, right))
        print_message("%.*s\n", STR_FMT(message));
    assert_true(told || is_named(test.arena, test.diags, right));
    case_close(&test);
}

static void
every_share_is_told_with_its_score(void **state)
{
    (void)state;
    for (int seed = 1; seed <= 20 + random_reports * 20; seed++) {
        struct bench bench;
        bench_open(&bench, &years[(size_t)seed % YEARS]);
        set_figures(&bench, (unsigned)seed * 31);
        assert_share_told(&bench, IIT, 30, "IIT");
        assert_share_told(&bench, OIT, 40, "OIT");
        case_close(&bench.files);
    }
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_digit_of_every_score),
        cmocka_unit_test(every_digit_of_random_scores),
        cmocka_unit_test(every_share_is_told_with_its_score),
    };

    random_reports = argc > 1 ? atoi(argv[1]) : 0;
    return cmocka_run_group_tests_name("check_mutation", tests, NULL, NULL);
}
