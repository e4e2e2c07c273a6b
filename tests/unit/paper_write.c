/* The PDF of a scan: images as they came, pages upright, the report's files and text inside. What
 * other programs read of it is tests/whole/scan. */
#include "test.h"

#include "banthuek.h"
#include "bound_kit.h"
#include "inspect/lent.h"
#include "inspect/scan.h"
#include "pdf_file.h"
#include "pdfin/cos.h"
#include "pdfin/pdfin.h"
#include "pdfin/text.h"
#include "revisions_kit.h"

struct job {
    struct arena *arena;
    struct diags *diags;
    struct banthuek *b;
    struct str bytes;
    struct report_facts facts;
    struct scan_of report;
};

/* A report, with its PDF and what is to be known of it. */
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

    assert_true(banthuek_load(b, "samples/memo"));
    assert_true(banthuek_render(b, &pdf));
    job->bytes = str_dup(job->arena, (struct str){pdf.data, pdf.size});
    banthuek_close(b);
    banthuek_context_close(context);
    job->b = banthuek_open(NULL, NULL);
    assert_true(report_facts(job->b, "memo.pdf", job->bytes, &job->facts));
    job->report = (struct scan_of){"memo.pdf", job->bytes, &job->facts};
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

static struct str
bound(struct job *job, const struct scan_entry *entries, size_t count)
{
    struct str out = STR("");

    if (!scan_write(job->arena, job->diags, &job->report, entries, count, &out))
        fail_msg("%s", diag_code_name(diags_at(job->diags, diags_count(job->diags) - 1)->code));
    return out;
}

/* The first page of an image that is upright. */
static struct str
bound_alone(struct job *job, const struct scan_image *image)
{
    const struct scan_entry entry = {bound_page(job->arena, image, 1, 0), 0, 1};

    return bound(job, &entry, 1);
}

static bool
has(struct str file, struct str bytes)
{
    return str_find(file, bytes) != SIZE_MAX;
}

static void
test_facts_are_those_of_the_report(void **state)
{
    const struct job *job = *state;
    const struct hash hash = hash_of(job->bytes);

    assert_true(job->facts.is_ours && job->facts.has_data && !job->facts.is_scan);
    assert_int_equal(job->facts.pages, 1);
    assert_int_equal(job->facts.made, job->bytes.len);
    assert_memory_equal(&job->facts.sha256, &hash, sizeof hash);
    assert_true(job->facts.title.len > 0 && job->facts.created.len > 0);
}

static void
test_images_come_out_as_they_went_in(void **state)
{
    struct job *job = *state;

    for (size_t kind = 0; kind < BOUND_KINDS; kind++) {
        const char *name;
        const struct scan_image *image = bound_image(job->arena, kind, &name);
        struct str file = bound_alone(job, image);

        print_message("%s\n", name);
        assert_true(image->bytes.len > 0);
        assert_true(has(file, image->bytes));
        assert_true(image->mask == NULL || has(file, image->mask->bytes));
        assert_true(has(file, image->jbig2_globals));
        assert_int_equal(diags_count(job->diags), 0);
        assert_qpdf(file);
    }
}

static void
test_an_image_on_many_pages_stands_there_once(void **state)
{
    struct job *job = *state;
    const char *name;
    const struct scan_image *image = bound_image(job->arena, 0, &name);
    const struct scan_entry entries[] = {{bound_page(job->arena, image, 1, 0), 0, 1},
                                         {bound_page(job->arena, image, 2, 0), 0, 1}};
    struct str file = bound(job, entries, 2);
    size_t first = str_find(file, image->bytes);

    assert_int_equal(str_find_last(file, image->bytes), first);
    /* the same input gives the same bytes */
    struct str again = bound(job, entries, 2);
    assert_true(str_eq(file, again));
}

static void
test_pages_are_upright(void **state)
{
    struct job *job = *state;
    const char *name;
    const struct scan_image *image = bound_image(job->arena, 2, &name);
    struct scan_entry entries[8];

    for (size_t i = 0; i < 8; i++) {
        int turn = (int)(i % 4) * 90;
        struct scan_page *page = bound_page(job->arena, image, i + 1, turn);
        page->turn = i < 4 ? turn : 0;
        entries[i] = (struct scan_entry){page, i < 4 ? 0 : (unsigned)turn, 1};
    }
    struct str file = bound(job, entries, 8);
    struct pdfin *pdf = pdfin_open(job->arena, job->diags, "scan.pdf", file);
    const struct pdfin_info *info = pdfin_describe(pdf);
    assert_int_equal(info->page_count, 8);
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(info->pages[i].width, 595200);
        assert_int_equal(info->pages[i].height, 842400);
    }
    assert_str(info->claims.pdfa, "3B");
    assert_str(info->claims.pdfua, "");
    /* a document of figures, with the paragraphs of the memo in each */
    size_t paragraphs = (info->element_count - 9) / 8;
    assert_true(paragraphs >= 15 && info->element_count == 9 + 8 * paragraphs);
    assert_str(info->tags[1].type, "Figure");
    pdfin_close(pdf);
}

/* Words that go over a line end are found, in an archive too. */
static void
test_paragraphs_are_the_reports(void **state)
{
    struct job *job = *state;
    const char *name;
    struct str file = bound_alone(job, bound_image(job->arena, 2, &name));
    struct text_paragraphs then, now;

    assert_true(revisions_paragraphs(revisions_open_alone(job->arena, job->bytes, true), job->arena,
                                     &then));
    assert_true(
        revisions_paragraphs(revisions_open_alone(job->arena, file, true), job->arena, &now));
    assert_int_equal(now.count, then.count);
    for (size_t i = 0; i < now.count; i++) {
        assert_true(str_eq(now.list[i].text, then.list[i].text));
        assert_int_equal(now.list[i].page, then.list[i].page);
    }
}

static void
test_what_is_inside_is_the_reports(void **state)
{
    struct job *job = *state;
    const char *name;
    struct str file = bound_alone(job, bound_image(job->arena, 2, &name)), now, then;
    struct pdfin *pdf = pdfin_open(job->arena, job->diags, "scan.pdf", file);
    struct pdfin *old = pdfin_open(job->arena, job->diags, "memo.pdf", job->bytes);
    const struct pdfin_info *info = pdfin_describe(pdf), *before = pdfin_describe(old);
    struct scan_record record;

    assert_int_equal(info->file_count, before->file_count + 1);
    for (size_t i = 0; i < info->file_count; i++) {
        assert_true(pdfin_read(pdf, job->arena, i, &now));
        size_t k = 0;
        while (k < before->file_count && !str_eq(before->files[k].name, info->files[i].name))
            k++;
        if (k == before->file_count) {
            assert_str(info->files[i].name, SCAN_RECORD_NAME);
            assert_true(scan_record_read(job->arena, job->diags, "scan.json", now, &record));
            continue;
        }
        assert_true(pdfin_read(old, job->arena, k, &then));
        assert_true(str_eq(now, then));
        assert_true(str_eq(info->files[i].relation, before->files[k].relation));
        assert_true(str_eq(info->files[i].mime, before->files[k].mime));
        assert_true(str_eq(info->files[i].description, before->files[k].description));
    }
    assert_str(record.pages[0].file, "ลงนาม 1.pdf");
    assert_int_equal(record.missing_count, 0);
    assert_true(str_eq(info->author, before->author));
    assert_true(str_starts(info->title, before->title));
    pdfin_close(pdf);
    pdfin_close(old);
}

static void
test_what_was_made_is_known_as_a_scan(void **state)
{
    struct job *job = *state;
    const char *name;
    struct str file = bound_alone(job, bound_image(job->arena, 2, &name)), out;
    struct report_facts facts;
    struct scan_entry entry = {bound_page(job->arena, bound_image(job->arena, 2, &name), 1, 0), 0,
                               1};

    assert_true(has(file, STR(META_SCAN)));
    assert_false(has(job->bytes, STR(META_SCAN)));
    assert_true(report_facts(job->b, "scan.pdf", file, &facts));
    assert_true(facts.is_ours && facts.has_data && facts.is_scan);
    assert_memory_equal(&facts.sha256, &job->facts.sha256, sizeof facts.sha256);
    const struct scan_of of_scan = {"scan.pdf", file, &facts};
    assert_false(scan_write(job->arena, job->diags, &of_scan, &entry, 1, &out));
    assert_diag(job->diags, 0, PAPER_SCAN_OF_SCAN);
}

static void
test_what_cannot_be_bound_is_refused(void **state)
{
    struct job *job = *state;
    const char *name;
    struct scan_page *page = bound_page(job->arena, bound_image(job->arena, 2, &name), 1, 0);
    struct scan_entry entry = {page, 0, 2};
    struct str out;

    assert_false(scan_write(job->arena, job->diags, &job->report, &entry, 0, &out));
    assert_diag(job->diags, 0, PAPER_NO_PAGES);
    assert_false(scan_write(job->arena, job->diags, &job->report, &entry, 1, &out));
    assert_diag(job->diags, 1, PAPER_NO_SUCH_PAGE);
    entry.report_page = 1;
    page->is_drawn = true;
    page->place_count = 0;
    assert_false(scan_write(job->arena, job->diags, &job->report, &entry, 1, &out));
    assert_diag(job->diags, 2, PAPER_NOT_DRAWN);
    page->is_drawn = false; /* a blank page is one */
    assert_true(scan_write(job->arena, job->diags, &job->report, &entry, 1, &out));
}

static void
test_a_file_of_the_records_name_is_in_the_way(void **state)
{
    struct job *job = *state;
    struct rev_file file = rev_begin(job->arena);
    const char *name;
    struct scan_entry entry = {bound_page(job->arena, bound_image(job->arena, 2, &name), 1, 0), 0,
                               1};
    struct str out;

    rev_add(&file, 1,
            "<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(scan.json) 4 0 R]>>>>>>");
    rev_add(&file, 2, "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>");
    rev_add(&file, 3, "<</Type/Page/Parent 2 0 R>>");
    rev_add(&file, 4, "<</Type/Filespec/UF(scan.json)/EF<</F 5 0 R>>>>");
    rev_stream(&file, 5, "", "{}");
    rev_end(&file);
    const struct scan_of report = {"other.pdf", buf_str(&file.out), &job->facts};
    assert_false(scan_write(job->arena, job->diags, &report, &entry, 1, &out));
    assert_diag(job->diags, diags_count(job->diags) - 1, PAPER_NAME_TAKEN);
}

/* What the images of the first page are, by the names of the content. */
static const struct cos *
image_of(struct job *job, struct str file, struct revisions **r)
{
    size_t count;

    *r = revisions_open_alone(job->arena, file, false);
    const size_t *pages = revisions_pages(*r, 0, &count);
    const struct cos *resources = cos_at(*r, 0, revisions_object(*r, 0, pages[0]), "Resources");
    return cos_at(*r, 0, cos_at(*r, 0, resources, "XObject"), "I0");
}

static void
assert_space(struct revisions *r, const struct cos *image, const char *space)
{
    assert_true(cos_is_name(cos_at(r, 0, image, "ColorSpace"), space));
}

/* CMYK without a profile: white, and half of each ink. */
static void
test_inks_become_lights(void **state)
{
    struct job *job = *state;
    const char *name;
    struct scan_image *image = bound_image(job->arena, 12, &name);
    struct revisions *r;

    image->bits = 8;
    image->width = 2;
    image->height = 1;
    image->space = SCAN_CMYK;
    image->bytes = STR("\0\0\0\0\x80\x80\x80\0");
    struct str file = bound_alone(job, image);
    assert_diag(job->diags, 0, PAPER_RECODED);
    const struct cos *put = image_of(job, file, &r);
    assert_space(r, put, "DeviceRGB");
    assert_qpdf(file);
    /* with a profile they stay: what they look like is known */
    char *icc = arena_strndup(job->arena, icc_srgb(job->arena).ptr, icc_srgb(job->arena).len);
    memcpy(icc + 16, "CMYK", 4);
    image->icc = (struct str){icc, icc_srgb(job->arena).len};
    assert_int_equal(diags_count(job->diags), 1);
    assert_true(has(bound_alone(job, image), image->bytes));
    assert_int_equal(diags_count(job->diags), 1);
}

/* A JPEG 2000 whose colours PDF/A does not read. */
static void
test_what_cannot_be_copied_is_written_anew(void **state)
{
    struct job *job = *state;
    const char *name;
    struct scan_image *image = bound_image(job->arena, 11, &name);
    struct revisions *r;

    image->bytes = bound_jpx(job->arena, 0, 19);
    struct str file = bound_alone(job, image);
    assert_diag(job->diags, 0, PAPER_RECODED);
    const struct cos *put = image_of(job, file, &r);
    assert_true(cos_is_name(cos_at(r, 0, put, "Filter"), "FlateDecode"));
    assert_false(has(file, image->bytes));
}

/* A soft mask has to be gray; one that is not becomes so. */
static void
test_a_mask_of_colours_becomes_gray(void **state)
{
    struct job *job = *state;
    const char *name;
    struct scan_image *image = bound_image(job->arena, 9, &name);
    struct revisions *r;

    image->mask = bound_image(job->arena, 3, &name);
    const struct cos *put = image_of(job, bound_alone(job, image), &r);
    const struct cos *mask = cos_at(r, 0, put, "SMask");
    assert_space(r, mask, "DeviceGray");
    assert_diag(job->diags, 0, PAPER_RECODED);
}

static void
test_a_profile_that_is_none_is_left_out(void **state)
{
    struct job *job = *state;
    const char *name;
    struct scan_image *image = bound_image(job->arena, 10, &name);

    assert_true(has(bound_alone(job, image), image->bytes));
    assert_int_equal(diags_count(job->diags), 0);
    image->icc = STR("no profile");
    assert_true(has(bound_alone(job, image), image->bytes));
    assert_diag(job->diags, 0, PAPER_RECODED);
}

static void
test_a_palette_of_inks_becomes_one_of_lights(void **state)
{
    struct job *job = *state;
    const char *name;
    struct scan_image *image = bound_image(job->arena, 5, &name);

    image->base = SCAN_CMYK;
    image->palette = STR("\0\0\0\0\xff\0\0\0");
    struct str file = bound_alone(job, image);
    assert_true(has(file, image->bytes));
    assert_true(has(file, STR("<FFFFFF00FFFF>")));
    assert_diag(job->diags, 0, PAPER_RECODED);
}

static void
test_text_that_cannot_be_read_is_told(void **state)
{
    struct job *job = *state;
    const char *name;
    struct scan_entry entry = {bound_page(job->arena, bound_image(job->arena, 2, &name), 1, 0), 0,
                               2};

    job->facts.pages = 2; /* as a file that lies */
    (void)bound(job, &entry, 1);
    assert_diag(job->diags, 0, PAPER_NO_TEXT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_facts_are_those_of_the_report),
        TEST(test_images_come_out_as_they_went_in),
        TEST(test_an_image_on_many_pages_stands_there_once),
        TEST(test_pages_are_upright),
        TEST(test_paragraphs_are_the_reports),
        TEST(test_what_is_inside_is_the_reports),
        TEST(test_what_was_made_is_known_as_a_scan),
        TEST(test_what_cannot_be_bound_is_refused),
        TEST(test_a_file_of_the_records_name_is_in_the_way),
        TEST(test_inks_become_lights),
        TEST(test_what_cannot_be_copied_is_written_anew),
        TEST(test_a_mask_of_colours_becomes_gray),
        TEST(test_a_profile_that_is_none_is_left_out),
        TEST(test_a_palette_of_inks_becomes_one_of_lights),
        TEST(test_text_that_cannot_be_read_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
