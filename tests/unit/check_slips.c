/* Slips in what is not a table of figures: the sample with one thing changed at a time, and the
 * share of the changes that is found, for each kind. */
#include "check_case.h"

#include <stdio.h>

#include "base/utf8.h"
#include "check/report.h"

struct bench {
    struct check_case files; /* schema, rubric */
    struct str sample;
    int tried, found;
};

static void
bench_open(struct bench *bench)
{
    *bench = (struct bench){.tried = 0};
    case_open_ita(&bench->files);
    bench->sample = str_of(case_file(&bench->files, "samples/ita-2566/report.yaml"));
}

static void
bench_close(struct bench *bench, const char *kind, int least)
{
    print_message("%s: %d of %d changes found\n", kind, bench->found, bench->tried);
    assert_true(bench->tried > 0);
    assert_true(bench->found * 100 >= bench->tried * least);
    case_close(&bench->files);
}

/* Puts `to` in place of `length` bytes of the sample and looks whether anything is found. */
static bool
is_found(struct bench *bench, size_t at, size_t length, struct str to)
{
    struct check_case test = bench->files;
    struct buf text;

    test.arena = arena_new(0);
    test.diags = diags_new();
    text = buf_in(test.arena);
    buf_add(&text, str_sub(bench->sample, 0, at));
    buf_add(&text, to);
    buf_add(&text, str_sub(bench->sample, at + length, bench->sample.len));
    const struct value *report =
        value_read_yaml(test.arena, test.diags, "report.yaml", buf_str(&text));
    if (report != NULL) { /* else a key is there twice */
        test.typed = schema_apply(test.arena, test.diags, test.schema, report, test.rubric);
        (void)report_check(test.arena, test.diags, test.schema, test.typed, test.rubric);
    }
    bool found = diags_level_count(test.diags, DIAG_ERROR) > 0 ||
                 diags_level_count(test.diags, DIAG_WARNING) > 0;
    case_close(&test);
    return found;
}

static void
try_change(struct bench *bench, size_t at, size_t length, struct str to)
{
    bench->tried++;
    if (is_found(bench, at, length, to))
        bench->found++;
    else
        print_message("  not found: %.*s[%.*s]\n", STR_FMT(str_sub(bench->sample, at - 30, 30)),
                      STR_FMT(to));
}

/* Each digit of `text` becomes each other, where it stands behind `before`. */
static void
try_digits(struct bench *bench, const char *before, const char *text)
{
    size_t at =
        str_find(bench->sample, str_of(arena_printf(bench->files.arena, "%s%s", before, text)));
    struct str changed = str_dup(bench->files.arena, str_of(text));

    assert_true(at != SIZE_MAX);
    at += strlen(before);
    for (size_t i = 0; i < changed.len; i++) {
        char *digit = (char *)(uintptr_t)changed.ptr + i;
        for (char other = '0'; *digit >= '0' && *digit <= '9' && other <= '9'; other++) {
            char own = *digit;
            *digit = other;
            if (own != other)
                try_change(bench, at, changed.len, changed);
            *digit = own;
        }
    }
}

/* Each character of a text is left out. */
static void
try_letters(struct bench *bench, const char *before, const char *text)
{
    size_t at =
        str_find(bench->sample, str_of(arena_printf(bench->files.arena, "%s%s", before, text)));

    assert_true(at != SIZE_MAX);
    at += strlen(before);
    for (size_t i = 0; i < strlen(text);) {
        size_t next = i;
        (void)utf8_next(str_of(text), &next);
        try_change(bench, at + i, next - i, STR(""));
        i = next;
    }
}

static void
try_text(struct bench *bench, const char *text, const char *to)
{
    size_t at = str_find(bench->sample, str_of(text));

    assert_true(at != SIZE_MAX);
    try_change(bench, at, strlen(text), str_of(to));
}

static void
the_sample_has_no_finding(void **state)
{
    struct bench bench;

    (void)state;
    bench_open(&bench);
    assert_false(is_found(&bench, 0, 0, STR("")));
    case_close(&bench.files);
}

static void
figures_and_levels_of_sentences(void **state)
{
    static const char *const levels[] = {"ผ่านดี", "ผ่านดีเยี่ยม", "ต้องปรับปรุง", "ต้องปรับปรุงโดยด่วน",
                                         "AA",   "A",        "B",         "F"};
    struct bench bench;

    (void)state;
    bench_open(&bench);
    try_digits(&bench, "ได้คะแนนรวม ", "86.17");
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
        try_text(&bench, "อยู่ในระดับ ผ่าน ",
                 arena_printf(bench.files.arena, "อยู่ในระดับ %s ", levels[i]));
    bench_close(&bench, "figures and levels in sentences", 100);
}

static void
years_of_titles_and_sentences(void **state)
{
    struct bench bench;

    (void)state;
    bench_open(&bench);
    try_digits(&bench, "(ITA)\n  ประจำปีงบประมาณ พ.ศ. ", "2566");
    try_digits(&bench, "Assessment : ITA) ประจำปีงบประมาณ พ.ศ. ", "2566");
    try_digits(&bench, "การประเมินประจำปีงบประมาณ ", "2566");
    try_digits(&bench, "ตัวชี้วัดของปี ", "2566");
    bench_close(&bench, "years", 95);
}

static void
names_of_indicators(void **state)
{
    struct bench bench;

    (void)state;
    bench_open(&bench);
    try_letters(&bench, "ตัวชี้วัดที่ 1 ", "การปฏิบัติหน้าที่");
    try_letters(&bench, "ตัวชี้วัดที่ 8 ", "การปรับปรุงระบบการทำงาน");
    try_letters(&bench, "ตัวชี้วัดที่ 4 ", "การใช้ทรัพย์สินของราชการ");
    try_digits(&bench, "ตัวชี้วัดที่ ", "1 การปฏิบัติหน้าที่");
    try_digits(&bench, "ตัวชี้วัดที่ ", "8 การปรับปรุงระบบการทำงาน");
    bench_close(&bench, "names of indicators", 95);
}

static void
names_of_persons(void **state)
{
    struct bench bench;

    (void)state;
    bench_open(&bench);
    try_text(&bench, "ชื่อ: นายสมมติ นามตัวอย่าง", "ชื่อ: สมมติ นามตัวอย่าง");
    try_text(&bench, "ชื่อ: นายสมมติ นามตัวอย่าง", "ชื่อ: นายสมมตินามตัวอย่าง");
    try_text(&bench, "ชื่อ: นายสมมติ นามตัวอย่าง", "ชื่อ: (นายสมมติ นามตัวอย่าง)");
    try_text(&bench, "ชื่อ: นางสาวตัวอย่าง นามสมมติ", "ชื่อ: นางสาวตัวอย่าง");
    try_text(&bench, "ตำแหน่ง: นักจัดการงานทั่วไปปฏิบัติการ", "ตำแหน่ง: \"\"");
    bench_close(&bench, "names and posts of persons", 100);
}

/* Each item's code becomes the next one's (twice there, one missing), or changes places with it. */
static void
items(void **state)
{
    struct bench bench;

    (void)state;
    bench_open(&bench);
    for (int i = 1; i < 43; i++) {
        const char *now = arena_printf(bench.files.arena, "\n  O%d:\n", i);
        const char *next = arena_printf(bench.files.arena, "\n  O%d:\n", i + 1);
        try_text(&bench, now, next);
        size_t from = str_find(bench.sample, str_of(now)),
               to = str_find(bench.sample, str_of(next));
        struct str between = str_sub(bench.sample, from + strlen(now), to - from - strlen(now));
        const char *swapped =
            arena_printf(bench.files.arena, "%s%.*s%s", next, STR_FMT(between), now);
        try_change(&bench, from, to + strlen(next) - from, str_of(swapped));
    }
    bench_close(&bench, "items", 100);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_has_no_finding),
        cmocka_unit_test(figures_and_levels_of_sentences),
        cmocka_unit_test(years_of_titles_and_sentences),
        cmocka_unit_test(names_of_indicators),
        cmocka_unit_test(names_of_persons),
        cmocka_unit_test(items),
    };

    return cmocka_run_group_tests_name("check_slips", tests, NULL, NULL);
}
