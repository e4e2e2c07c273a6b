/* What PDFs say of themselves: dates and programs of the last saving may change, no other words. */
#include "changes_kit.h"

#define XMP_HEAD                                               \
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "            \
    "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' " \
    "xmlns:dc='http://purl.org/dc/elements/1.1/' "             \
    "xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmlns:pdf='http://ns.adobe.com/pdf/1.3/'>"
#define XMP_FOOT "</rdf:RDF></x:xmpmeta>"
#define XMP_OPEN XMP_HEAD "<rdf:Description rdf:about=''>"
#define XMP_CLOSE "</rdf:Description>" XMP_FOOT

static void
described(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *xmp, *info;
        enum changes_answer answer;
    } cases[] = {
        {XMP_HEAD "<rdf:Description rdf:about='' xmp:ModifyDate='2027'><dc:title>A</dc:title>"
                  "</rdf:Description><rdf:Description><pdf:Producer>B</pdf:Producer></"
                  "rdf:Description>" XMP_FOOT,
         "<</Title(A)/ModDate(D:2027)/Producer(B)>>", CHANGES_ALLOWED},
        {XMP_HEAD "<rdf:Description rdf:about='' xmp:ModifyDate='2026'><dc:title>B</dc:title>"
                  "</rdf:Description>" XMP_FOOT,
         "<</Title(A)>>", CHANGES_REFUSED},
        {XMP_HEAD "<rdf:Description rdf:about='' dc:creator='X'><dc:title>A</dc:title>"
                  "</rdf:Description>" XMP_FOOT,
         "<</Title(A)>>", CHANGES_REFUSED},
        {XMP_HEAD "<rdf:Description rdf:about=''><dc:title>A</dc:title><xmp:ModifyDate>"
                  "<dc:title>B</dc:title></xmp:ModifyDate></rdf:Description>" XMP_FOOT,
         "<</Title(A)>>", CHANGES_REFUSED},
        {XMP_HEAD "<rdf:Description", "<</Title(A)>>", CHANGES_REFUSED},
        {XMP_HEAD "<rdf:Description rdf:about=''><dc:title>A</dc:title></rdf:Description>" XMP_FOOT,
         "<</Title(B)>>", CHANGES_REFUSED},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct rev_file file = rev_document(f->arena);
        file.trailer = "/Info 61 0 R";
        rev_add(&file, 1, "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/Metadata 60 0 R>>");
        rev_stream(&file, 60, "/Type/Metadata/Subtype/XML",
                   XMP_HEAD "<rdf:Description rdf:about='' xmp:ModifyDate='2026'>"
                            "<dc:title>A</dc:title></rdf:Description>" XMP_FOOT);
        rev_add(&file, 61, "<</Title(A)/ModDate(D:2026)>>");
        rev_add(&file, 6, REV_SIGN "/V 20 0 R/AP<</N 15 0 R>>>>");
        rev_signature(&file, 20, "/Type/Sig");
        rev_end(&file);
        rev_stream(&file, 60, "/Type/Metadata/Subtype/XML", cases[i].xmp);
        rev_add(&file, 61, cases[i].info);
        rev_end(&file);
        struct outcome out = judge_file(f, &file);
        assert_answer(f, &out, 0, cases[i].answer);
        assert_true(
            has_change(&out, cases[i].answer == CHANGES_ALLOWED ? CHANGE_METADATA : CHANGE_XMP));
    }
}

/* Programs write properties as elements or attributes, and values in a description of their own;
 * where there was no description, one may come that says when the file was saved. */
static void
described_otherwise(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *old, *new;
        enum changes_answer answer;
    } cases[] = {
        {"<dc:a rdf:parseType='Resource'><dc:b>B</dc:b><dc:c>C</dc:c></dc:a>",
         "<dc:a><rdf:Description dc:b='B'><dc:c rdf:resource='C'/></rdf:Description></dc:a>",
         CHANGES_ALLOWED},
        {"<dc:a rdf:parseType='Resource'><dc:b>B</dc:b></dc:a>",
         "<dc:a><rdf:Description dc:b='X'/></dc:a>", CHANGES_REFUSED},
        {NULL, "<xmp:ModifyDate>2027</xmp:ModifyDate>", CHANGES_ALLOWED},
        {NULL, "<dc:title>B</dc:title>", CHANGES_REFUSED},
    };
    static const char catalog[] = "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/Metadata 60 0 R>>";

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct rev_file file = rev_document(f->arena);
        if (cases[i].old != NULL) {
            rev_add(&file, 1, catalog);
            rev_stream(&file, 60, "/Type/Metadata/Subtype/XML",
                       arena_printf(f->arena, "%s%s%s", XMP_OPEN, cases[i].old, XMP_CLOSE));
        }
        rev_add(&file, 6, REV_SIGN "/V 20 0 R/AP<</N 15 0 R>>>>");
        rev_signature(&file, 20, "/Type/Sig");
        rev_end(&file);
        rev_add(&file, 1, catalog);
        rev_stream(&file, 60, "/Type/Metadata/Subtype/XML",
                   arena_printf(f->arena, "%s%s%s", XMP_OPEN, cases[i].new, XMP_CLOSE));
        rev_end(&file);
        struct outcome out = judge_file(f, &file);
        assert_answer(f, &out, 0, cases[i].answer);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(described),
        TEST(described_otherwise),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
