/* What an archive asks of a PDF: told by the schema's words, by those of the template at hand, by
 * types alone. */
#include "test.h"

#include <stdio.h>

#include "banthuek.h"
#include "base/files.h"
#include "inspect/summary.h"

struct summary_fixture {
    struct arena *arena;
    struct diags *diags;
    struct banthuek_context *context;
    struct banthuek *b;
};

static int
setup(void **state)
{
    const struct banthuek_context_options data = {.struct_size = sizeof data, .data_dir = "."};
    int result = fixture_open(state, sizeof(struct summary_fixture));
    struct summary_fixture *f = *state;

    f->context = banthuek_context_open(&data);
    f->b = banthuek_open(f->context, NULL);
    return result;
}

static int
teardown(void **state)
{
    struct summary_fixture *f = *state;

    banthuek_close(f->b);
    banthuek_context_close(f->context);
    return fixture_teardown(state);
}

/* The PDF of a sample; with a template whose schema is of before there was the word `archive`,
 * called `old_name`, unless that is NULL. */
static struct str
render(struct summary_fixture *f, const char *sample, const char *old_name, unsigned flags)
{
    struct banthuek_options options = {.struct_size = sizeof options,
                                       .flags = BANTHUEK_PREPRINTED | flags};
    struct str schema, line;
    struct buf without = buf_in(f->arena);
    struct banthuek_bytes pdf;

    if (old_name != NULL)
        options.template_dir = arena_printf(f->arena, "templates/%s", old_name);
    struct banthuek *b = banthuek_open(f->context, &options);
    if (old_name != NULL) {
        const char *path = arena_printf(f->arena, "templates/%s/schema.yaml", old_name);
        assert_true(
            files_read(files_system(), f->arena, f->diags, POS_NONE, path, SIZE_MAX, &schema));
        while (str_line(&schema, &line)) {
            if (str_find(line, STR(" archive: ")) != SIZE_MAX)
                continue;
            buf_add(&without, line);
            buf_byte(&without, '\n');
        }
        banthuek_add_file(b, path, (struct banthuek_bytes){without.ptr, without.len});
    }
    assert_true(banthuek_load(b, sample));
    assert_true(banthuek_render(b, &pdf));
    struct str out = str_dup(f->arena, (struct str){pdf.data, pdf.size});
    banthuek_close(b);
    return out;
}

static const struct summary_score *
score_of(const struct summary *summary, const char *item)
{
    for (size_t i = 0; i < summary->score_count; i++) {
        if (str_is(summary->scores[i].item, item))
            return &summary->scores[i];
    }
    return NULL;
}

static const struct summary_part *
part_of(const struct summary *summary, const char *name)
{
    for (size_t i = 0; i < summary->part_count; i++) {
        if (str_is(summary->parts[i].name, name))
            return &summary->parts[i];
    }
    return NULL;
}

static void
check_memo(const struct summary *summary)
{
    assert_true(summary->ours && summary->has_data);
    assert_int_equal(summary->pages, 1);
    assert_str(summary->kind, "memo");
    assert_str(summary->office, "กองคลัง องค์การบริหารส่วนตำบลหนองสมมติ");
    assert_str(summary->agency, "กองคลัง องค์การบริหารส่วนตำบลหนองสมมติ");
    assert_str(summary->number, "สม 99902/");
    assert_str(summary->to, "ปลัดองค์การบริหารส่วนตำบลหนองสมมติ");
    assert_str(summary->date, "2566-08-15");
    assert_int_equal(summary->year, 2566);
    assert_str(summary->subject, "ขออนุมัติจัดอบรมการใช้ระบบสารบรรณอิเล็กทรอนิกส์");
    assert_int_equal(summary->person_count, 2);
    assert_str(summary->persons[0].name, "นางสมใจ นามสมมติ");
    assert_false(summary->persons[0].has_signed);
}

static void
a_memo_says_what_it_is(void **state)
{
    struct summary_fixture *f = *state;
    struct summary summary;

    summary_read(f->b, "memo.pdf", render(f, "samples/memo", NULL, 0), NULL, &summary);
    check_memo(&summary);
    assert_str(summary.persons[0].role, "preparer");
    assert_str(summary.persons[1].position, "ปลัดองค์การบริหารส่วนตำบลหนองสมมติ");
    const struct summary_part *report = part_of(&summary, "report.yaml");
    assert_non_null(report);
    assert_true(report->is_here);
    assert_str(report->role, "report");
    struct hash hash = hash_of(report->bytes);
    assert_memory_equal(&hash, &report->sha256, sizeof hash);
    assert_non_null(part_of(&summary, "template/memo.xml"));
    assert_non_null(part_of(&summary, "findings.json"));
    assert_null(part_of(&summary, "manifest.json"));
    assert_int_equal(banthuek_message_count(f->b), 0);
}

/* Fonts are not carried, and are found where the PDF is read. */
static void
fonts_are_found_by_their_hash(void **state)
{
    struct summary_fixture *f = *state;
    struct summary summary;
    size_t fonts = 0;

    summary_read(f->b, "memo.pdf", render(f, "samples/memo", NULL, 0), NULL, &summary);
    for (size_t i = 0; i < summary.part_count; i++) {
        const struct summary_part *part = &summary.parts[i];
        struct hash hash = hash_of(part->bytes);
        if (!str_is(part->role, "font"))
            continue;
        assert_true(part->is_here);
        assert_memory_equal(&hash, &part->sha256, sizeof hash);
        fonts++;
    }
    assert_int_equal(fonts, 2);
}

static bool
has_all(void *user, const struct hash *hash)
{
    (void)hash;
    *(size_t *)user += 1;
    return true;
}

/* Who has them already need not wait for that. */
static void
fonts_are_not_looked_for_twice(void **state)
{
    struct summary_fixture *f = *state;
    struct summary summary;
    size_t asked = 0;
    const struct summary_had had = {has_all, &asked};

    summary_read(f->b, "memo.pdf", render(f, "samples/memo", NULL, 0), &had, &summary);
    assert_int_equal(asked, 2);
    for (size_t i = 0; i < summary.part_count; i++)
        assert_int_equal(summary.parts[i].is_here, !str_is(summary.parts[i].role, "font"));
}

static void
an_assessment_says_its_figures(void **state)
{
    struct summary_fixture *f = *state;
    struct summary summary;

    summary_read(f->b, "a.pdf", render(f, "samples/ita-2566", NULL, 0), NULL, &summary);
    assert_str(summary.kind, "ita-report");
    assert_str(summary.agency, "องค์การบริหารส่วนตำบลหนองสมมติ");
    assert_str(summary.office, "สำนักปลัดองค์การบริหารส่วนตำบลหนองสมมติ");
    assert_int_equal(summary.year, 2566);
    assert_str(summary.level, "ผ่าน");
    assert_str(summary.score, "86.17");
    assert_non_null(score_of(&summary, "IIT"));
    assert_str(score_of(&summary, "ตัวชี้วัดที่ 8")->value, "83.51");
    assert_non_null(part_of(&summary, "template/rubric/2566.yaml"));
}

/* Keys that begin anew below each entry have that before them. */
static void
items_are_told_apart(void **state)
{
    struct summary_fixture *f = *state;
    struct summary summary;

    summary_read(f->b, "a.pdf", render(f, "samples/plant-genetics", NULL, 0), NULL, &summary);
    assert_str(score_of(&summary, "ด้านที่ 1")->value, "181");
    assert_non_null(score_of(&summary, "ด้านที่ 1 ข้อ 1.1"));
    assert_non_null(score_of(&summary, "ด้านที่ 2 ข้อ 1.1"));
    for (size_t i = 0; i < summary.score_count; i++)
        assert_ptr_equal(score_of(&summary, str_cstr(f->arena, summary.scores[i].item)),
                         &summary.scores[i]);
}

/* A PDF of before there was the word: the template of its name that is at hand tells. */
static void
an_older_schema_is_understood(void **state)
{
    struct summary_fixture *f = *state;
    struct summary summary;

    summary_read(f->b, "memo.pdf", render(f, "samples/memo", "memo", 0), NULL, &summary);
    check_memo(&summary);
}

/* A template is read once for all reports that carry the same; another one of its name is another.
 */
static void
templates_are_told_apart(void **state)
{
    struct summary_fixture *f = *state;
    struct str now = render(f, "samples/memo", NULL, 0);
    struct str ita = render(f, "samples/ita-2566", NULL, 0);
    struct str old = render(f, "samples/memo", "memo", 0);
    struct summary summary;

    for (size_t i = 0; i < 2; i++) {
        summary_read(f->b, "memo.pdf", now, NULL, &summary);
        check_memo(&summary);
        summary_read(f->b, "memo.pdf", ita, NULL, &summary);
        assert_str(summary.kind, "ita-report");
        assert_int_equal(summary.year, 2566);
        summary_read(f->b, "memo.pdf", old, NULL, &summary);
        check_memo(&summary);
    }
}

static void
without_the_data_the_title_remains(void **state)
{
    struct summary_fixture *f = *state;
    struct summary summary;

    summary_read(f->b, "memo.pdf", render(f, "samples/memo", NULL, BANTHUEK_NO_DATA), NULL,
                 &summary);
    assert_true(summary.ours && !summary.has_data);
    assert_str(summary.subject, "ขออนุมัติจัดอบรมการใช้ระบบสารบรรณอิเล็กทรอนิกส์");
    assert_str(summary.number, "");
    assert_null(part_of(&summary, "report.yaml"));
}

static void
what_is_none_of_ours_is_no_fault(void **state)
{
    struct summary_fixture *f = *state;
    struct summary summary;

    summary_read(f->b, "x", STR("%PDF-1.7\nnothing"), NULL, &summary);
    assert_false(summary.is_pdf || summary.ours);
    assert_int_equal(banthuek_level_count(f->b, BANTHUEK_ERROR), 0);
    assert_int_equal(banthuek_level_count(f->b, BANTHUEK_WARNING), 1);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_memo_says_what_it_is),
        TEST(fonts_are_found_by_their_hash),
        TEST(fonts_are_not_looked_for_twice),
        TEST(an_assessment_says_its_figures),
        TEST(items_are_told_apart),
        TEST(an_older_schema_is_understood),
        TEST(templates_are_told_apart),
        TEST(without_the_data_the_title_remains),
        TEST(what_is_none_of_ours_is_no_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
