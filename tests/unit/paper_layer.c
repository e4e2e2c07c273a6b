/* The text layer: of a page's content what shows text, and nothing of what is not understood. That
 * it reads as the report does is tests/whole/scan. */
#include "revisions_kit.h"

#include "paper/layer.h"

#define TEST(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

/* A PDF of one page with this content, and more entries of its font. */
static struct str
page_of(struct fixture *f, const char *content, const char *font)
{
    struct rev_file file = rev_begin(f->arena);

    rev_add(&file, 1, "<</Type/Catalog/Pages 2 0 R>>");
    rev_add(&file, 2, "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>");
    rev_add(&file, 3,
            "<</Type/Page/Parent 2 0 R/Contents 10 0 R/Resources<</Font<</F1 11 0 R>>"
            "/Properties<</Said<</ActualText(said)>>>>>>>>");
    rev_stream(&file, 10, "", content);
    rev_add(
        &file, 11,
        arena_printf(f->arena,
                     "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 13 0 R"
                     "/DescendantFonts[12 0 R]/Parent 2 0 R%s>>",
                     font));
    rev_add(
        &file, 12,
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDToGIDMap/Identity/DW 500/W[1[500 600.5]]"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        "/FontDescriptor 14 0 R>>");
    rev_stream(&file, 13, "", "1 beginbfchar <0001> <0E01> endbfchar");
    rev_add(&file, 14,
            "<</Type/FontDescriptor/FontName/A/Flags 4/FontBBox[0 0 1 1]/FontFile2 15 0 R>>");
    rev_stream(&file, 15, "/Length1 4", "file");
    rev_end(&file);
    return buf_str(&file.out);
}

/* What is left of the content; "!" when it is not understood. */
static struct str
left_of(struct fixture *f, struct str pdf)
{
    struct pdf_objects *objects = pdf_objects_open(f->arena);
    struct layer *layer = layer_open(objects, pdf);
    struct layer_page page;
    bool good = layer_page(layer, 1, &page);

    assert_false(layer_page(layer, 0, &(struct layer_page){.width = 0}));
    assert_false(layer_page(layer, 2, &(struct layer_page){.width = 0}));
    pdf_objects_close(objects);
    return good ? page.content : STR("!");
}

#define LEFT(content, expected) assert_str(left_of(f, page_of(f, (content), "")), (expected))

static void
test_text_is_left(void **state)
{
    struct fixture *f = *state;

    LEFT("", "");
    LEFT(
        "0 g BT /F1 12 Tf 1 0 0 1 5 6 Tm 0.5 0 0 rg <0001> Tj [<0001> -20 <0001>] TJ T* ET 0 0 m S",
        "BT\n/F1 12 Tf\n1 0 0 1 5 6 Tm\n<0001> Tj\n[<0001> -20 <0001>] TJ\nT*\nET\n");
    LEFT("BT /F1 1 Tf 3 Tr 2 Tc (a\\)) ' 1 2 (b) \" ET",
         "BT\n/F1 1 Tf\n2 Tc\n(a\\)) '\n1 2 (b) \"\nET\n");
    LEFT("q 1 0 0 1 2 3 cm BT ET Q", "q\n1 0 0 1 2 3 cm\nBT\nET\nQ\n");
}

static void
test_what_paints_is_gone(void **state)
{
    struct fixture *f = *state;

    LEFT("q 1 0 0 1 2 3 cm /I1 Do Q BT ET", "BT\nET\n");
    LEFT("q q 10 0 0 10 0 0 cm /I1 Do Q q 1 0 0 1 0 0 cm Q Q", "");
    LEFT("0 0 9 9 re W n /G gs /S sh 1 0 0 RG [1] 0 d f*", "");
}

static void
test_text_that_is_given_stays(void **state)
{
    struct fixture *f = *state;

    LEFT("/P<</MCID 3>>BDC BT /Span<</ActualText(a\\0)/MCID 4>>BDC ET EMC EMC", "!");
    LEFT("/P<</MCID 3>>BDC BT /Span<</ActualText(a)/MCID 4>>BDC EMC ET EMC",
         "BT\n/Span<</ActualText<61>>>BDC\nEMC\nET\n");
    LEFT("/Artifact BMC q /Span/Said BDC EMC Q EMC",
         "/Artifact BMC\nq\n/Span<</ActualText<73616964>>>BDC\nEMC\nQ\nEMC\n");
    LEFT("/Artifact BMC q 1 0 0 1 5 5 cm 0 0 m 9 9 l S Q EMC BT ET", "BT\nET\n");
}

static void
test_what_is_not_understood_is_left_out(void **state)
{
    struct fixture *f = *state;
    static const char *const contents[] = {"BT BT ET ET",
                                           "ET",
                                           "BT",
                                           "Q",
                                           "q",
                                           "BT q Q ET",
                                           "<0001> Tj",
                                           "BT 1 Tj ET",
                                           "BT (a) 1 Tj ET",
                                           "BT [(a) /N] TJ ET",
                                           "BT /F2 1 Tf ET",
                                           "BT 1 /F1 Tf ET",
                                           "BT 1 0 0 1 0 0 cm ET",
                                           "EMC",
                                           "/P BMC",
                                           "1 0 0 cm",
                                           "BI /W 1 ID x EI",
                                           "BT ( ET",
                                           "BT << ET",
                                           ")"};

    for (size_t i = 0; i < sizeof contents / sizeof contents[0]; i++) {
        struct str left = left_of(f, page_of(f, contents[i], ""));
        if (!str_is(left, "!"))
            fail_msg("%s gives %.*s", contents[i], STR_FMT(left));
    }
}

static void
test_only_what_a_font_has_is_copied(void **state)
{
    struct fixture *f = *state;
    struct str pdf = page_of(f, "BT /F1 1 Tf /F1 2 Tf ET BT /F1 1 Tf ET", "/Other[2 0 R]");
    struct pdf_objects *objects = pdf_objects_open(f->arena);
    struct layer *layer = layer_open(objects, pdf);
    struct layer_page page;
    struct buf out = buf_in(f->arena);
    const unsigned numbers[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

    assert_true(layer_page(layer, 1, &page));
    assert_true(layer_page(layer, 1, &page));
    /* the font, its descendant, descriptor, file and ToUnicode, once */
    assert_int_equal(objects->count, 6);
    pdf_write_value(&out, page.fonts, numbers);
    assert_str(buf_str(&out), "<</F1 5 0 R>>");
    out.len = 0;
    pdf_write_object(&out, &objects->object[5], numbers);
    assert_str(buf_str(&out), "/Type /Font\n/Subtype /Type0\n/BaseFont /A\n/Encoding /Identity-H\n"
                              "/DescendantFonts [3 0 R]\n/ToUnicode 4 0 R");
    out.len = 0;
    pdf_write_object(&out, &objects->object[3], numbers);
    assert_true(str_find(buf_str(&out), STR("/W [1 [500 600.5]]")) != SIZE_MAX);
    pdf_objects_close(objects);
}

static void
test_another_font_is_none(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = rev_begin(f->arena);

    rev_add(&file, 1, "<</Type/Catalog/Pages 2 0 R>>");
    rev_add(&file, 2, "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>");
    rev_add(&file, 3,
            "<</Type/Page/Parent 2 0 R/Contents 10 0 R/Resources<</Font<</F1 11 0 R>>>>>>");
    rev_stream(&file, 10, "", "BT /F1 1 Tf ET");
    rev_add(&file, 11, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    rev_end(&file);
    assert_str(left_of(f, buf_str(&file.out)), "!");
    assert_str(left_of(f, STR("%PDF-1.7 and nothing")), "!");
    assert_str(left_of(f, STR("")), "!");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_text_is_left),
        TEST(test_what_paints_is_gone),
        TEST(test_text_that_is_given_stays),
        TEST(test_what_is_not_understood_is_left_out),
        TEST(test_only_what_a_font_has_is_copied),
        TEST(test_another_font_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
