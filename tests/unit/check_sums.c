/* Figures that are sums: what the tree makes of them, and every digit of every figure changed to
 * every other digit, in the park of tests/golden/check-sums and in the sample of plant-genetics.
 * Each figure is in a sum, or is one, so that every change must be found.
 *
 * With a number as its argument it goes on with so many reports of random figures
 * (tests/long/figures). */
#include "check_case.h"

#include <ctype.h>
#include <stdio.h>

#include "check/report.h"
#include "check/score.h"

#define PARK "tests/golden/check-sums/"

#define PLANT "templates/plant-genetics/"

static int random_reports; /* the argument */

static void
open_plant(struct check_case *test)
{
    case_open(test);
    case_schema(test, case_file(test, PLANT "schema.yaml"));
    case_rubric(test, case_file(test, PLANT "rubric/2569.yaml"));
    assert_non_null(test->rubric);
}

static void
open_park(struct check_case *test)
{
    case_open(test);
    case_schema(test, case_file(test, PARK "park/schema.yaml"));
    case_rubric(test, case_file(test, PARK "park/rubric/2568.yaml"));
    assert_good(test);
}

static const struct score *
find_score(const struct scores *scores, const char *name)
{
    for (size_t i = 0; i < scores->count; i++)
        if (str_is(scores->all[i]->name, name))
            return scores->all[i];
    fail_msg("no score %s", name);
    return NULL;
}

static const char *
computed(struct check_case *test, const struct scores *scores, const char *name)
{
    return str_cstr(test->arena, ratio_text(test->arena, find_score(scores, name)->computed, 0, 4));
}

static void
figures_are_summed_over_levels_of_any_depth(void **state)
{
    struct check_case test;

    (void)state;
    open_park(&test);
    case_report(&test, case_file(&test, PARK "good.yaml"));
    const struct scores *scores =
        report_check(test.arena, test.diags, test.schema, test.typed, test.rubric);
    assert_good(&test);
    assert_int_equal(scores->count, 1 + 2 + 2 + 5 + 2);
    assert_string_equal(computed(&test, scores, "คะแนนรวม"), "243.5");
    assert_string_equal(computed(&test, scores, "ด้านที่ 1"), "82.5");
    assert_string_equal(computed(&test, scores, "งาน ก"), "101");
    assert_string_equal(computed(&test, scores, "ข้อ 1.1"), "50.5");
    assert_false(ratio_is_known(find_score(scores, "ข้อ 1.2")->computed));
    assert_ptr_equal(find_score(scores, "ข้อ 1.2")->parent, find_score(scores, "ด้านที่ 1"));
    assert_ptr_equal(find_score(scores, "ข้อ ข.1")->parent, find_score(scores, "งาน ข"));
    assert_int_equal(find_score(scores, "ข้อ ก.2")->most.units, 500); /* one decimal is used */
    assert_true(scores->consistent);
    case_close(&test);
}

static bool
is_found(const struct check_case *files, const char *yaml)
{
    struct check_case test = *files;

    test.arena = arena_new(0);
    test.diags = diags_new();
    case_report(&test, yaml);
    (void)report_check(test.arena, test.diags, test.schema, test.typed, test.rubric);
    bool found = diags_level_count(test.diags, DIAG_ERROR) > 0;
    case_close(&test);
    return found;
}

static void
try_digit(const struct check_case *files, char *digit, const char *yaml)
{
    char kept = *digit;

    for (*digit = '0'; *digit <= '9'; (*digit)++) {
        bool found = is_found(files, yaml);
        if (found == (*digit == kept))
            print_message("%s: %s", found ? "told" : "not found", yaml);
        assert_true(found != (*digit == kept));
    }
    *digit = kept;
}

/* A digit of a value, not of a key. */
static bool
is_of_figure(const char *text, const char *digit)
{
    const char *from = digit;

    while (from > text && (isdigit((unsigned char)from[-1]) || from[-1] == '.'))
        from--;
    return from - text > 2 && from[-1] == ' ' && from[-2] == ':';
}

/* All digits of figures between two texts of a report; the count of changes. */
static int
try_digits(const struct check_case *files, struct str report, const char *from, const char *to)
{
    char *text = (char *)(uintptr_t)str_cstr(files->arena, str_dup(files->arena, report));
    char *at = strstr(text, from);
    int tried = 0;

    assert_non_null(at);
    for (const char *end = strstr(at, to); at < end; at++) {
        if (!isdigit((unsigned char)*at) || !is_of_figure(text, at))
            continue;
        try_digit(files, at, text);
        tried += 9;
    }
    return tried;
}

static void
every_digit_of_every_figure(void **state)
{
    struct check_case files;

    (void)state;
    open_park(&files);
    int tried =
        try_digits(&files, str_of(case_file(&files, PARK "good.yaml")), "รวม: ", "\n  ข้อย่อย");
    tried += try_digits(&files, str_of(case_file(&files, PARK "good.yaml")), "  ข้อย่อย", "}\n");
    print_message("park: %d changes of one digit, all are found (100 %%)\n", tried);
    assert_int_equal(tried, 9 * 31);
    case_close(&files);
    open_plant(&files);
    tried = try_digits(&files, str_of(case_file(&files, "samples/plant-genetics/report.yaml")),
                       "\nผลประเมิน:\n", "\nสรุป:");
    print_message("plant-genetics: %d changes of one digit, all are found (100 %%)\n", tried);
    assert_true(tried > 1000);
    case_close(&files);
}

/* ---- random marks */

struct marks {
    struct check_case *files;
    unsigned seed;
    int depth;        /* how many of the lists the report has */
    struct buf lists; /* what the report says of them, from the sides down */
};

static long
random_to(struct marks *marks, long most)
{
    marks->seed = marks->seed * 1103515245U + 12345U;
    return most - (long)(marks->seed >> 8) % (most / 2 + 1);
}

static bool
is_named(const struct value *entry, const char *field, struct str code)
{
    const struct value *in = value_get(entry, str_of(field));

    return in != NULL && in->kind != VALUE_NONE && str_eq(in->text, code);
}

/* The lists of the rubric, what tells their entries apart, and what these are below. */
static const struct list {
    const char *name, *key, *in;
} lists[] = {{"ด้าน", "ลำดับ", NULL},
             {"งาน", "ลำดับ", "ด้าน"},
             {"รายการ", "รหัส", "ด้าน"},
             {"รายการของงาน", "รหัส", "งาน"},
             {"ข้อย่อย", "รหัส", "รายการ"}};
#define LISTS (sizeof lists / sizeof lists[0])

static long mark_of(struct marks *marks, const struct list *list, const struct value *entry);

/* The sum of what is below an entry, or -1. */
static long
sum_below(struct marks *marks, const struct list *above, struct str code)
{
    long sum = -1;

    for (size_t i = 0; i < LISTS; i++) {
        const struct value *list = value_get(marks->files->rubric, str_of(lists[i].name));
        if (lists[i].in == NULL || strcmp(lists[i].in, above->name) != 0)
            continue;
        for (const struct value *entry = list->first; entry != NULL; entry = entry->next)
            if (is_named(entry, lists[i].in, code))
                sum = (sum < 0 ? 0 : sum) + mark_of(marks, &lists[i], entry);
    }
    return sum;
}

/* The mark of an entry: by its place in the rubric, so that it is the same wherever it is asked. */
static long
mark_of(struct marks *marks, const struct list *list, const struct value *entry)
{
    long sum = sum_below(marks, list, value_get(entry, str_of(list->key))->text);
    struct marks own = {.seed = marks->seed + entry->pos.line * 7919U + entry->pos.column};

    if (sum >= 0)
        return sum;
    return random_to(&own, (long)value_get(entry, STR("เต็ม"))->number.units);
}

/* Adds a list to the report; the sum of its marks. */
static long
add_list(struct marks *marks, const struct list *list)
{
    const struct value *entries = value_get(marks->files->rubric, str_of(list->name));
    long sum = 0;

    buf_printf(&marks->lists, "  %s:\n", list->name);
    for (const struct value *entry = entries->first; entry != NULL; entry = entry->next) {
        long mark = mark_of(marks, list, entry);
        buf_printf(&marks->lists, "    %.*s: %ld\n",
                   STR_FMT(value_get(entry, str_of(list->key))->text), mark);
        sum += mark;
    }
    return sum;
}

/* Passed: 650 in all, and 150, 350 and 150 of the sides. */
static const char *
level_of(struct marks *marks, long total)
{
    static const long least[] = {150, 350, 150};
    const struct value *entry = value_get(marks->files->rubric, STR("ด้าน"))->first;
    bool passed = total >= 650;

    for (size_t i = 0; entry != NULL; entry = entry->next, i++)
        passed = passed && mark_of(marks, &lists[0], entry) >= least[i];
    return passed ? "ผ่าน" : "ไม่ผ่าน";
}

/* The sample with other figures, and without sentences that name its own. */
static struct str
report_of(struct marks *marks)
{
    struct arena *arena = marks->files->arena;
    struct str sample = str_of(case_file(marks->files, "samples/plant-genetics/report.yaml"));
    size_t body = str_find(sample, STR("\nเนื้อความ:")), after = str_find(sample, STR("\nข้อเสนอ:"));
    size_t figures = str_find(sample, STR("\nผลประเมิน:")), end = str_find(sample, STR("\nสรุป:"));
    struct buf out = buf_in(arena);
    long total = 0;

    assert_true(body < after && after < figures && figures < end && end < sample.len);
    marks->lists = buf_in(arena);
    for (int i = 0; i < marks->depth; i++)
        total = i == 0 ? add_list(marks, &lists[i]) : (add_list(marks, &lists[i]), total);
    buf_add(&out, str_sub(sample, 0, body));
    buf_text(&out, "\nเนื้อความ: คณะกรรมการได้แจ้งผลการประเมินแล้ว");
    buf_add(&out, str_sub(sample, after, figures - after));
    buf_printf(&out, "\nผลประเมิน:\n  คะแนนรวม: %ld\n  ผล: %s\n", total, level_of(marks, total));
    buf_add(&out, buf_str(&marks->lists));
    buf_add(&out, str_sub(sample, end, sample.len));
    return buf_str(&out);
}

/* Whether the marks go down to the works, to the items or to their parts. */
static void
every_digit_of_random_marks(void **state)
{
    int tried = 0;

    (void)state;
    for (int seed = 0; seed < random_reports; seed++) {
        struct check_case files;
        open_plant(&files);
        struct marks marks = {&files, (unsigned)seed * 65537U, (int)LISTS - seed % 2, .lists = {0}};
        tried += try_digits(&files, report_of(&marks), "\nผลประเมิน:\n", "\nสรุป:");
        case_close(&files);
    }
    print_message(
        "plant-genetics, random figures: %d changes of one digit, all are found (100 %%)\n", tried);
}

/* An entry with nothing below it is a fault unless the level may end. */
static void
entries_may_end_where_the_schema_says_so(void **state)
{
    struct check_case test;

    (void)state;
    open_park(&test);
    case_rubric(&test, "ปี: 2568\nเต็ม: 10\nด้าน: [{เลข: 1, เต็ม: 10}]\n"
                       "งาน: [{รหัส: ก, ด้าน: 1, เต็ม: 10}]\nข้อ: [{รหัส: ก.1, งาน: ก, เต็ม: 10}]\n"
                       "ข้อย่อย: []\nระดับ: [{ชื่อ: ผ่าน, รวม: 0}]\n");
    assert_good(&test);
    case_rubric(&test, "ปี: 2568\nเต็ม: 20\nด้าน: [{เลข: 1, เต็ม: 20}]\n"
                       "งาน: [{รหัส: ก, ด้าน: 1, เต็ม: 10}]\nข้อ: [{รหัส: 1.1, ด้าน: 1, เต็ม: 10}]\n"
                       "ระดับ: [{ชื่อ: ผ่าน, รวม: 0}]\n");
    assert_null(test.rubric);
    assert_string_equal(diag_code_name(diags_at(test.diags, 0)->code), "RUBRIC_NO_INDICATOR");
    case_close(&test);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_summed_over_levels_of_any_depth),
        cmocka_unit_test(every_digit_of_every_figure),
        cmocka_unit_test(every_digit_of_random_marks),
        cmocka_unit_test(entries_may_end_where_the_schema_says_so),
    };

    random_reports = argc > 1 ? atoi(argv[1]) : 1;
    return cmocka_run_group_tests_name("check_sums", tests, NULL, NULL);
}
