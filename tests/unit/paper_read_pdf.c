/* PDFs of office machines become pages whose images are the bytes of the file. */
#include "pdfin_kit.h"
#include "read_kit.h"

#define A4 "/MediaBox[0 0 595 842]"
#define GRAY8 "/BitsPerComponent 8/ColorSpace/DeviceGray"
#define IMAGE(sides) "/Type/XObject/Subtype/Image" sides
#define SIDES IMAGE("/Width 160/Height 120")
#define PAGE "/Resources<</XObject<</I 5 0 R/J 6 0 R>>/ExtGState<</G 7 0 R>>>>/Contents 4 0 R"
#define WHOLE "q 595 0 0 842 0 0 cm /I Do Q"

/* A PDF of one page with this content and these images. */
static struct str
pdf_of(struct fixture *f, const char *page, const char *content, struct str image, struct str other)
{
    struct kit kit = kit_start(f->arena, "", page);

    kit.object[3] = kit_stream(f->arena, "", str_of(content));
    kit.object[4] = image;
    kit.object[5] = other;
    kit.object[6] = STR("<</Type/ExtGState/SA true/ca 1/BM/Normal>>");
    return kit_write(f->arena, &kit);
}

static const struct scan_page *
page_of(struct fixture *f, struct str pdf)
{
    struct scan_pages pages = read_file(f, pdf);

    assert_int_equal(pages.count, 1);
    assert_ptr_equal(pages.page[0].pdf.ptr, pdf.ptr);
    return &pages.page[0];
}

static void
test_pdf(void **state)
{
    struct fixture *f = *state;
    struct scan_kit kit = kit_picture(f->arena, WIDTH, HEIGHT, 1);
    struct str jpeg = kit_jpeg_of(f->arena, &kit, 98, false);
    struct str pdf = pdf_of(f, PAGE "/Rotate -90", WHOLE,
                            kit_stream(f->arena, SIDES GRAY8 "/Filter/DCTDecode", jpeg), STR(""));
    const struct scan_page *page = page_of(f, pdf);
    const struct scan_image *image = only_image(page);

    assert_int_equal(page->width, 595000);
    assert_int_equal(page->height, 842000);
    assert_int_equal(page->turn, 270);
    assert_int_equal(page->number, 1);
    assert_string_equal(page->file, "scan");
    assert_int_equal(image->filter, SCAN_DCT);
    assert_int_equal(image->recoded, SCAN_AS_IT_CAME);
    assert_true(is_part_of(image->bytes, pdf) && str_eq(image->bytes, jpeg));
    assert_true(page->places[0].matrix[0] == 595 && page->places[0].matrix[3] == 842);
    expect_picture(f, page, &kit, 20);
}

/* Every filter keeps its bytes, and its parameters come along. */
static void
test_pdf_filters(void **state)
{
    struct fixture *f = *state;
    struct scan_kit kit = kit_picture(f->arena, WIDTH, HEIGHT, 1);
    struct str bits = kit_bits(f->arena, &kit, false);
    const struct {
        const char *entries;
        enum scan_filter filter;
        struct str bytes;
        unsigned most;
    } kinds[] = {
        {SIDES GRAY8, SCAN_RAW, kit_raw(&kit), 0},
        {SIDES GRAY8 "/Filter/FlateDecode", SCAN_FLATE, kit_zlib(f->arena, kit_raw(&kit)), 0},
        {SIDES GRAY8 "/Filter[/FlateDecode]/DecodeParms[<</Predictor 15/Columns 160>>]", SCAN_FLATE,
         kit_zlib(f->arena, kit_filtered(f->arena, kit_raw(&kit), WIDTH)), 0},
        {SIDES "/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/CCITTFaxDecode/DecodeParms<</K -1"
               "/Columns 160/Rows 120>>",
         SCAN_CCITT, kit_g4(f->arena, &kit), 255},
        {SIDES "/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode", SCAN_JBIG2,
         kit_jbig2(f->arena, &kit), 255},
        {SIDES "/Filter/JPXDecode", SCAN_JPX, kit_jpx(f->arena, &kit), 0},
        {SIDES "/BitsPerComponent 1/ColorSpace[/Indexed/DeviceRGB 1<000000FFFFFF>]", SCAN_RAW, bits,
         255},
        {SIDES "/BitsPerComponent 1/ColorSpace/DeviceGray/Decode[1 0]", SCAN_RAW,
         kit_bits(f->arena, &kit, true), 255},
        {SIDES "/BitsPerComponent 1/ColorSpace[/Separation/Black/DeviceGray 9 0 R]", SCAN_RAW,
         kit_bits(f->arena, &kit, true), 255},
        {SIDES "/BitsPerComponent 8/ColorSpace[/CalGray<</WhitePoint[1 1 1]>>]", SCAN_RAW,
         kit_raw(&kit), 0},
    };

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct str pdf =
            pdf_of(f, PAGE, WHOLE, kit_stream(f->arena, kinds[i].entries, kinds[i].bytes), STR(""));
        const struct scan_page *page = page_of(f, pdf);
        if (page->is_drawn)
            fail_msg("%s", kinds[i].entries);
        const struct scan_image *image = only_image(page);
        assert_int_equal(image->filter, kinds[i].filter);
        assert_true(is_part_of(image->bytes, pdf) && str_eq(image->bytes, kinds[i].bytes));
        assert_int_equal(image->recoded, SCAN_AS_IT_CAME);
        expect_picture(f, page, &kit, kinds[i].most);
    }
}

static struct str
in_hex(struct arena *arena, struct str bytes)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < bytes.len; i++)
        buf_printf(&out, "%02x", (unsigned char)bytes.ptr[i]);
    buf_byte(&out, '>');
    return buf_str(&out);
}

static struct str
in_85(struct arena *arena, struct str bytes)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < bytes.len; i += 4) {
        uint32_t number = 0;
        size_t count = bytes.len - i < 4 ? bytes.len - i : 4;
        char group[5];
        for (size_t k = 0; k < 4; k++)
            number = number << 8 | (k < count ? (unsigned char)bytes.ptr[i + k] : 0);
        for (size_t k = 5; k > 0; k--, number /= 85)
            group[k - 1] = (char)('!' + number % 85);
        buf_add(&out, (struct str){group, count + 1});
    }
    buf_text(&out, "~>");
    return buf_str(&out);
}

/* Runs of one byte each, which every reader takes. */
static struct str
in_runs(struct arena *arena, struct str bytes)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < bytes.len; i++) {
        buf_byte(&out, 0);
        buf_byte(&out, bytes.ptr[i]);
    }
    buf_byte(&out, (char)128);
    return buf_str(&out);
}

/* What is packed twice or by LZW is unpacked as far as need be, and told. */
static void
test_pdf_chains(void **state)
{
    struct fixture *f = *state;
    struct scan_kit kit = kit_picture(f->arena, WIDTH, HEIGHT, 1);
    const struct kit_tiff lzw = {
        .compression = COMPRESSION_LZW, .bits = 8, .photometric = PHOTOMETRIC_MINISBLACK};
    struct str jpeg = kit_jpeg_of(f->arena, &kit, 98, false), raw = kit_raw(&kit);
    const struct {
        const char *filters;
        enum scan_filter filter;
        enum scan_recoded recoded;
        struct str bytes;
        unsigned most;
    } kinds[] = {
        {"[/ASCII85Decode/DCTDecode]", SCAN_DCT, SCAN_WAS_OUTER, in_85(f->arena, jpeg), 20},
        {"[/FlateDecode/DCTDecode]", SCAN_DCT, SCAN_WAS_OUTER, kit_zlib(f->arena, jpeg), 20},
        {"[/ASCIIHexDecode/FlateDecode/DCTDecode]", SCAN_DCT, SCAN_WAS_OUTER,
         in_hex(f->arena, kit_zlib(f->arena, jpeg)), 20},
        {"/ASCIIHexDecode", SCAN_FLATE, SCAN_WAS_OUTER, in_hex(f->arena, raw), 0},
        {"/RunLengthDecode", SCAN_FLATE, SCAN_WAS_RUNS, in_runs(f->arena, raw), 0},
        {"[/LZWDecode]", SCAN_FLATE, SCAN_WAS_LZW, kit_strip(f->arena, &kit, &lzw, raw), 0},
    };

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const char *entries = arena_printf(f->arena, "%s/Filter%s", SIDES GRAY8, kinds[i].filters);
        struct str pdf =
            pdf_of(f, PAGE, WHOLE, kit_stream(f->arena, entries, kinds[i].bytes), STR(""));
        const struct scan_page *page = page_of(f, pdf);
        if (page->is_drawn)
            fail_msg("%s", kinds[i].filters);
        assert_int_equal(only_image(page)->filter, kinds[i].filter);
        assert_int_equal(only_image(page)->recoded, kinds[i].recoded);
        expect_picture(f, page, &kit, kinds[i].most);
    }
}

static const struct scan_page *
page_with(struct fixture *f, const char *page, const char *content)
{
    struct scan_kit kit = kit_picture(f->arena, WIDTH, HEIGHT, 1);
    struct str image = kit_stream(f->arena, SIDES GRAY8 "/SMask 6 0 R", kit_raw(&kit));
    struct str stencil = kit_stream(f->arena, SIDES GRAY8, kit_raw(&kit));

    return page_of(f, pdf_of(f, page, content, image, stencil));
}

/* Only what paints nothing else leaves the images as they are. */
static void
test_pdf_content(void **state)
{
    static const char *const plain[] = {
        WHOLE,
        "q q 595 0 0 842 0 0 cm /I Do Q Q",
        "595 0 0 842 0 0 cm /I Do",
        "/G gs 1 1 1 rg 0 0 595 842 re f " WHOLE,
        "q 0 0 595 842 re W n " WHOLE " Q",
        "q -5 -5 700 900 re W* n " WHOLE " Q",
        WHOLE " BT 3 Tr /F 12 Tf 1 0 0 1 10 10 Tm (not shown) Tj [(x)-3(y)] TJ ET",
        "/Artifact BMC " WHOLE " EMC /P <</MCID 0>> BDC EMC",
        "0.5 w 1 J 0 j [] 0 d /Perceptual ri 1 0 0 RG " WHOLE,
        "% a comment\n" WHOLE,
    };
    static const char *const drawn[] = {
        WHOLE " BT /F 12 Tf (shown) Tj ET",
        WHOLE " 0 g 0 0 10 10 re f",
        WHOLE " 1 g 0 0 10 10 re f", /* white over an image */
        WHOLE " 0 0 m 10 10 l S",
        "q 0 0 300 842 re W n " WHOLE " Q", /* half of it is cut off */
        "q 0 0 m 10 0 l 10 10 l W n " WHOLE " Q",
        WHOLE " /S sh",
        "/OC /L BDC " WHOLE " EMC",
        "/X gs " WHOLE,
        "/None Do",
        "q Q Q " WHOLE,
        WHOLE " what",
        WHOLE " (without end",
        "q 595 0 0 cm /I Do Q",
        "BT 7 Tr (what cuts off) Tj ET " WHOLE,
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        const struct scan_page *page = page_with(f, PAGE, plain[i]);
        if (page->is_drawn || page->place_count != 1)
            fail_msg("%s", plain[i]);
        assert_non_null(page->places[0].image->mask);
        assert_true(page->places[0].image->mask_is_soft);
    }
    for (size_t i = 0; i < sizeof drawn / sizeof drawn[0]; i++) {
        const struct scan_page *page = page_with(f, PAGE, drawn[i]);
        if (!page->is_drawn || page->place_count != 0)
            fail_msg("%s", drawn[i]);
    }
    assert_true(page_with(f, PAGE "/Annots[<</Type/Annot/Subtype/Stamp>>]", WHOLE)->is_drawn);
    assert_false(page_with(f, PAGE "/Annots[<</Type/Annot/Subtype/Link>>]", WHOLE)->is_drawn);
    const struct scan_page *empty = page_with(f, PAGE, "q Q");
    assert_true(!empty->is_drawn && empty->place_count == 0);
}

/* A state of graphics with a mask, a function or a list of ways to blend is painted otherwise. */
static void
test_pdf_states(void **state)
{
    static const char *const drawn[] = {
        "/SMask<</S/Luminosity/G 6 0 R>>", "/BM[/Multiply]",           "/BM/Multiply",
        "/TR<</FunctionType 2/N 1>>",      "/TR2[/Identity/Identity]", "/ca 0.5",
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof drawn / sizeof drawn[0]; i++) {
        const char *page = arena_printf(
            f->arena,
            "/Resources<</XObject<</I 5 0 R/J 6 0 R>>/ExtGState<</G<<%s>>>>>>/Contents 4 0 R",
            drawn[i]);
        if (!page_with(f, page, "/G gs " WHOLE)->is_drawn)
            fail_msg("%s", drawn[i]);
    }
}

/* Layers lie over each other in their order, a form is what is in it, and an image may stand in the
 * content itself. */
static void
test_pdf_layers(void **state)
{
    struct fixture *f = *state;
    struct scan_kit kit = kit_picture(f->arena, WIDTH, HEIGHT, 1);
    struct str image = kit_stream(f->arena, SIDES GRAY8, kit_raw(&kit));
    struct str stencil = kit_stream(f->arena, SIDES "/ImageMask true/BitsPerComponent 1",
                                    kit_bits(f->arena, &kit, false));
    const struct scan_page *page = page_of(
        f, pdf_of(f, PAGE, WHOLE " q 1 0 0 rg 100 0 0 200 30 40 cm /J Do Q", image, stencil));

    assert_int_equal(page->place_count, 2);
    assert_int_equal(page->places[1].image->space, SCAN_STENCIL);
    assert_int_equal(page->places[1].red, 255);
    assert_int_equal(page->places[1].blue, 0);
    assert_true(page->places[1].matrix[4] == 30 && page->places[1].matrix[5] == 40);
    struct str form = kit_stream(
        f->arena, "/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Matrix[2 0 0 2 0 0]", STR("/I Do"));
    page = page_of(f, pdf_of(f, PAGE, "q 100 0 0 100 0 0 cm /J Do Q", image, form));
    assert_int_equal(page->place_count, 1);
    assert_true(page->places[0].matrix[0] == 200);
    form = kit_stream(f->arena, "/Type/XObject/Subtype/Form/BBox[0 0 1 1]", STR("/J Do"));
    assert_true(page_of(f, pdf_of(f, PAGE, "/J Do", image, form))->is_drawn); /* in itself */
    page = page_of(f, pdf_of(f, PAGE,
                             "q 8 0 0 2 0 0 cm BI /W 8 /H 2 /BPC 8 /CS /G ID 01234567 EI  abc "
                             "EI Q q 8 0 0 2 0 0 cm BI /W 4 /H 1 /IM true /F /AHx ID F0> EI Q",
                             image, form));
    assert_int_equal(page->place_count, 2);
    assert_true(str_is(page->places[0].image->bytes, "01234567 EI  abc"));
    assert_int_equal(page->places[1].image->space, SCAN_STENCIL);
}

static void
test_pdf_boxes(void **state)
{
    struct fixture *f = *state;
    const struct scan_page *page = page_with(f, PAGE "/CropBox[595 842 100 200]/UserUnit 2", WHOLE);

    assert_int_equal(page->width, 2 * 495000);
    assert_int_equal(page->height, 2 * 642000);
    assert_true(page->places[0].matrix[0] == 1190 && page->places[0].matrix[4] == -200);
    page = page_with(f, PAGE "/MediaBox[0 0 0 0]/Rotate 91", WHOLE);
    assert_int_equal(page->width, 612000);
    assert_int_equal(page->turn, 0);
}

static void
test_many_pages(void **state)
{
    struct fixture *f = *state;
    struct buf kids = buf_in(f->arena), out = buf_in(f->arena);
    size_t count = SCAN_PAGES_MAX + 1;
    size_t *offset = arena_array(f->arena, count + 3, sizeof *offset);

    buf_text(&out, "%PDF-1.7\n");
    offset[0] = out.len;
    buf_text(&out, "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n");
    for (size_t i = 0; i < count; i++)
        buf_printf(&kids, "%zu 0 R ", i + 3);
    offset[1] = out.len;
    buf_printf(&out, "2 0 obj\n<</Type/Pages/Count %zu/Kids[%.*s]>>\nendobj\n", count,
               STR_FMT(buf_str(&kids)));
    for (size_t i = 0; i < count; i++) {
        offset[i + 2] = out.len;
        buf_printf(&out, "%zu 0 obj\n<</Type/Page/Parent 2 0 R>>\nendobj\n", i + 3);
    }
    size_t xref = out.len;
    buf_printf(&out, "xref\n0 %zu\n0000000000 65535 f \n", count + 3);
    for (size_t i = 0; i < count + 2; i++)
        buf_printf(&out, "%010zu 00000 n \n", offset[i]);
    buf_printf(&out, "trailer\n<</Size %zu/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", count + 3,
               xref);
    expect_error(f, buf_str(&out), DIAG_PAPER_FILE_PAGES);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_pdf, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_pdf_filters, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_pdf_chains, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_pdf_content, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_pdf_states, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_pdf_layers, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_pdf_boxes, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_many_pages, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
