/* What a PDF is said to hold: pages, tags, fonts, signatures, claims. */
#include "pdfin_kit.h"

/* NULL when there are errors. */
static const struct pdfin_info *
describe(struct job *job, const struct kit *kit)
{
    pdfin_close(job->pdf);
    job->pdf = pdfin_open(job->arena, job->diags, "a.pdf", kit_write(job->arena, kit));
    return job->pdf == NULL ? NULL : pdfin_describe(job->pdf);
}

static void
pages_are_turned(void **state)
{
    struct job *job = *state;
    struct kit kit = kit_start(job->arena, "/Version/2.0/Lang(th-TH)", "/Rotate -90");

    kit.object[1] = STR("<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/MediaBox[0 0 100.5 200]>>");
    kit.object[3] = STR("<</Kids[6 0 R]/MediaBox[10 20 5 10]>>");
    kit.object[4] = STR("<</Type/Page/MediaBox[0 0 1e9 7]/Rotate(x)>>");
    kit.object[5] = STR("<</Type/Page/MediaBox[0 0 (a) 7]>>");
    const struct pdfin_info *info = describe(job, &kit);
    assert_int_equal(info->page_count, 3);
    assert_int_equal(info->pages[0].width, 200000);
    assert_int_equal(info->pages[0].height, 100500);
    assert_int_equal(info->pages[1].width, 5000);
    assert_int_equal(info->pages[1].height, 10000);
    assert_int_equal(info->pages[2].width, 100500);
    assert_str(info->version, "2.0");
    assert_str(info->language, "th-TH");
}

static const struct pdfin_tag *
tag(const struct pdfin_info *info, const char *type)
{
    for (size_t i = 0; i < info->tag_count; i++) {
        if (str_is(info->tags[i].type, type))
            return &info->tags[i];
    }
    fail_msg("no element %s", type);
    return NULL;
}

static void
tags_are_counted(void **state)
{
    struct job *job = *state;
    struct kit kit = kit_start(job->arena, "/MarkInfo<</Marked true>>/StructTreeRoot 4 0 R", "");

    kit.object[3] = STR("<</Type/StructTreeRoot/K 5 0 R>>");
    kit.object[4] = STR("<</S/Document/K[6 0 R 0 <</Type/MCR/MCID 1>> 7 0 R <</S/P/K 2>>]>>");
    kit.object[5] = STR("<</S/P/K[1 2]>>");
    kit.object[6] = STR("<</S/Link/K[<</Type/OBJR/Obj 3 0 R>> 1]>>");
    const struct pdfin_info *info = describe(job, &kit);
    assert_true(info->marked && info->has_structure);
    assert_int_equal(info->element_count, 4);
    assert_int_equal(tag(info, "P")->count, 2);
    assert_int_equal(tag(info, "Document")->count, 1);
    assert_int_equal(tag(info, "Link")->count, 1);
}

/* Who adds to a PDF asks for neither elements nor fonts; what is wrong there is not looked at. */
static void
brief_descriptions(void **state)
{
    struct job *job = *state;
    struct kit kit =
        kit_start(job->arena, "/StructTreeRoot 4 0 R", "/Resources<</Font<</F 7 0 R>>>>");

    kit.object[3] = STR("<</K 5 0 R>>");
    kit.object[4] = STR("<</S/Sect/K 6 0 R>>");
    kit.object[5] = STR("<</S/Sect/K[5 0 R]>>");
    kit.object[6] = STR("<</Type/Font/BaseFont/A>>");
    job->pdf = pdfin_open(job->arena, job->diags, "a.pdf", kit_write(job->arena, &kit));
    const struct pdfin_info *info = pdfin_describe_briefly(job->pdf);
    assert_non_null(info);
    assert_int_equal(info->page_count, 1);
    assert_int_equal(info->pages[0].object, 3);
    assert_int_equal(info->font_count, 0);
    assert_int_equal(info->element_count, 0);
    assert_null(describe(job, &kit));
}

static void
tags_in_circles(void **state)
{
    struct job *job = *state;
    struct kit kit = kit_start(job->arena, "/StructTreeRoot 4 0 R", "");

    kit.object[3] = STR("<</K 5 0 R>>");
    kit.object[4] = STR("<</S/Sect/K 6 0 R>>");
    kit.object[5] = STR("<</S/Sect/K[5 0 R]>>");
    assert_null(describe(job, &kit));
    assert_diag(job->diags, 0, PDFIN_LOOP);
}

/* An element under two parents would be walked twice, its children four times, and so on. */
static void
tags_that_double(void **state)
{
    struct job *job = *state;
    struct kit kit = kit_start(job->arena, "/StructTreeRoot<</K 4 0 R>>", "");

    for (size_t i = 3; i < KIT_OBJECTS - 1; i++)
        kit.object[i] =
            str_of(arena_printf(job->arena, "<</S/Sect/K[%zu 0 R %zu 0 R]>>", i + 2, i + 2));
    kit.object[KIT_OBJECTS - 1] = STR("<</S/P>>");
    assert_null(describe(job, &kit));
    assert_diag(job->diags, 0, PDFIN_LOOP);
}

static void
many_types(void **state)
{
    struct job *job = *state;
    struct kit kit = kit_start(job->arena, "/StructTreeRoot<</K 4 0 R>>", "");
    struct buf out = buf_in(job->arena);

    buf_byte(&out, '[');
    for (int i = 0; i <= PDFIN_TAGS_MAX; i++)
        buf_printf(&out, "<</S/T%d>>", i);
    buf_byte(&out, ']');
    kit.object[3] = buf_str(&out);
    assert_null(describe(job, &kit));
    assert_diag(job->diags, 0, PDFIN_TOO_MUCH);
}

static void
fonts_of_pages_and_forms(void **state)
{
    struct job *job = *state;
    struct kit kit = kit_start(job->arena, "",
                               "/Resources<</Font<</A 4 0 R/B 5 0 R/C 4 0 R>>"
                               "/XObject<</X 6 0 R>>>>");

    kit.object[3] = STR("<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Sarabun/ToUnicode 10 0 R"
                        "/DescendantFonts[7 0 R]>>");
    kit.object[4] = STR("<</Type/Font/Subtype/TrueType/BaseFont/Tahoma>>");
    kit.object[5] = kit_stream(job->arena,
                               "/Subtype/Form/Resources<</Font<</D 8 0 R>>"
                               "/XObject<</X 6 0 R>>>>",
                               STR(""));
    kit.object[6] = STR("<</Type/Font/FontDescriptor<</FontFile2 9 0 R>>>>");
    kit.object[7] = STR("<</Type/Font/Subtype/Type3>>");
    kit.object[8] = kit_stream(job->arena, "", STR("font"));
    kit.object[9] = kit_stream(job->arena, "", STR("map"));
    const struct pdfin_info *info = describe(job, &kit);
    assert_int_equal(info->font_count, 3);
    assert_str(info->fonts[0].name, "Sarabun");
    assert_str(info->fonts[0].subtype, "Type0");
    assert_true(info->fonts[0].embedded && info->fonts[0].to_unicode);
    assert_str(info->fonts[1].name, "Tahoma");
    assert_false(info->fonts[1].embedded || info->fonts[1].to_unicode);
    assert_str(info->fonts[2].subtype, "Type3");
    assert_true(info->fonts[2].embedded);
}

#define SIGNED                                                                      \
    "/Type/Sig/SubFilter/ETSI.CAdES.detached/Name(\\376\\377\\16\\1)/Reason(agree)" \
    "/M(D:20230929101500+07'00')"

/* Writes an object with these entries that is signed around its Contents and so much after it, or
 * to the end of the file. */
static void
kit_sign(struct job *job, struct kit *kit, size_t object, const char *entries, size_t after)
{
    static const char format[] = "<<%s/ByteRange[0 %06zu %06zu %06zu]/Contents<0a0B>>>";
    struct str *text = &kit->object[object];

    *text = str_of(arena_printf(job->arena, format, entries, (size_t)0, (size_t)0, (size_t)0));
    struct str file = kit_write(job->arena, kit);
    size_t gap = str_find(file, STR("<0a0B>")), end = gap + STR("<0a0B>").len;
    if (after == SIZE_MAX)
        after = file.len - end;
    *text = str_of(arena_printf(job->arena, format, entries, gap, end, after));
}

static void
signatures_are_described(void **state)
{
    struct job *job = *state;
    struct kit kit = kit_start(job->arena, "/AcroForm<</Fields[4 0 R 6 0 R 7 0 R]>>", "");

    kit.object[3] = STR("<</FT/Sig/T(a)/Kids[5 0 R]>>");
    kit.object[4] = STR("<</T(b)/V 8 0 R/Parent 4 0 R>>");
    kit.object[5] = STR("<</FT/Sig/T(open)>>");
    kit.object[6] = STR("<</FT/Tx/T(text)/V<</Name(no)>>>>");
    kit_sign(job, &kit, 7, SIGNED, 10);
    struct str file = kit_write(job->arena, &kit);
    const struct pdfin_info *info = describe(job, &kit);
    assert_int_equal(info->signature_count, 1);
    assert_str(info->signatures[0].field, "a.b");
    assert_str(info->signatures[0].name, "ก");
    assert_str(info->signatures[0].reason, "agree");
    assert_str(info->signatures[0].time, "2023-09-29T10:15:00+07:00");
    assert_str(info->signatures[0].format, "ETSI.CAdES.detached");
    assert_int_equal(info->signatures[0].covers, str_find(file, STR("<0a0B>")) + 16);
    assert_false(info->signatures[0].covers_all);
}

/* Ranges that overlap, run backwards or beyond the end, or leave out more than the signature, cover
 * nothing. */
static void
ranges_that_lie(void **state)
{
    struct job *job = *state;
    static const char *const ranges[] = {
        "0 100 200 10", "0 100 101 10",
        "0 100 100 10", "0 100 200 9999999",
        "0 300 200 10", "5 100 200 10",
        "0 100 200",    "0 -1 9223372036854775807 9223372036854775807",
        "0 (a) 200 10", "0 100 200 10 1",
    };

    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        struct kit kit = kit_start(job->arena, "/AcroForm<</Fields[4 0 R]>>", "");
        kit.object[3] =
            str_of(arena_printf(job->arena, "<</FT/Sig/V<</M(now)/ByteRange[%s]>>>>", ranges[i]));
        const struct pdfin_info *info = describe(job, &kit);
        assert_int_equal(info->signature_count, 1);
        assert_int_equal(info->signatures[0].covers, 0);
        assert_str(info->signatures[0].time, "now");
    }
}

static void
signature_to_the_end(void **state)
{
    struct job *job = *state;
    struct kit kit = kit_start(job->arena, "/AcroForm<</Fields[4 0 R]>>", "");

    kit.object[3] = STR("<</FT/Sig/V 5 0 R>>");
    kit_sign(job, &kit, 4, "", SIZE_MAX);
    assert_true(describe(job, &kit)->signatures[0].covers_all);
}

#define XMP_START                                                                            \
    "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>" \
    "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"

static const char xmp[] =
    XMP_START "<r:Description xmlns:a='http://www.aiim.org/pdfa/ns/id/' a:part='3'>"
              "<a:conformance>A</a:conformance></r:Description>"
              "<r:Description xmlns:u='http://www.aiim.org/pdfua/ns/id/'><u:part>1</u:part>"
              "<d:title xmlns:d='http://purl.org/dc/elements/1.1/'><r:Alt>"
              "<r:li xml:lang='x-default'>บันทึก</r:li><r:li>memo</r:li></r:Alt></d:title>"
              "</r:Description></r:RDF></x:xmpmeta><?xpacket end='w'?>";

static void
claims(void **state)
{
    struct job *job = *state;
    struct kit kit = kit_start(job->arena, "/Metadata 4 0 R", "");

    kit.object[3] =
        kit_stream(job->arena, "/Filter[/FlateDecode]", kit_deflate(job->arena, str_of(xmp)));
    kit.object[4] = STR("<</Title(old)/Producer(press)>>");
    kit.trailer = "/Info 5 0 R";
    const struct pdfin_info *info = describe(job, &kit);
    assert_str(info->claims.pdfa, "3A");
    assert_str(info->claims.pdfua, "1");
    assert_str(info->title, "บันทึก");
    assert_str(info->producer, "press");
    assert_int_equal(diags_count(job->diags), 0);
}

/* Metadata that is none is a warning; the rest is told. */
static void
claims_that_cannot_be_read(void **state)
{
    struct job *job = *state;
    static const char laughs[] = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><x>&b;</x>";
    struct str all[] = {STR("<x"), str_of(laughs), STR(""), STR("x")};
    struct buf deep = buf_in(job->arena);

    for (int i = 0; i < 1000; i++)
        buf_text(&deep, "<x>");
    all[3] = buf_str(&deep);
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        struct kit kit = kit_start(job->arena, "/Metadata 4 0 R", "");
        kit.object[3] = kit_stream(job->arena, "", all[i]);
        const struct pdfin_info *info = describe(job, &kit);
        assert_int_equal(info->claims.pdfa.len, 0);
        assert_diag(job->diags, i, PDFIN_XMP);
    }
}

/* What libqpdf cannot read is null, and told. */
static void
odd_parts(void **state)
{
    struct job *job = *state;
    struct kit kit = kit_start(job->arena, "/AcroForm 4 0 R/Lang<FE0E>", "");

    kit.object[3] = STR("<</Fields[)");
    assert_non_null(describe(job, &kit));
    assert_diag(job->diags, 0, PDFIN_ODD);
    assert_int_equal(diags_level_count(job->diags, DIAG_ERROR), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(pages_are_turned, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(tags_are_counted, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(brief_descriptions, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(tags_in_circles, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(tags_that_double, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(many_types, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(fonts_of_pages_and_forms, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(signatures_are_described, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(ranges_that_lie, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(signature_to_the_end, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(claims, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(claims_that_cannot_be_read, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(odd_parts, job_setup, job_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
