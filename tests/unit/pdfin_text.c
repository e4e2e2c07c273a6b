/* The text of tagged PDFs by paragraphs. */
#include "revisions_kit.h"

#include "pdfin/text.h"

#define TEST(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

/* F1 has an encoding, F2 a ToUnicode, F3 neither. */
#define FONTS                                                                           \
    "/Resources<</Font<</F1 11 0 R/F2 12 0 R/F3 14 0 R>>/Properties<</Named<</MCID 3>>" \
    ">>>>"

/* A PDF of two pages with these contents, whose structure root has these kids. */
static struct rev_file
tagged(struct fixture *f, const char *kids, const char *first, const char *second)
{
    struct rev_file file = rev_begin(f->arena);

    rev_add(&file, 1,
            "<</Type/Catalog/Pages 2 0 R/StructTreeRoot 20 0 R/AcroForm<</Fields[7 0 R]>>>>");
    rev_add(&file, 2, "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 595 842]" FONTS ">>");
    rev_add(&file, 3, "<</Type/Page/Parent 2 0 R/Contents 10 0 R/Annots[7 0 R]>>");
    rev_add(&file, 4, "<</Type/Page/Parent 2 0 R/Contents[15 0 R 16 0 R]>>");
    rev_add(&file, 7, "<</Type/Annot/Subtype/Widget/FT/Tx/T(n)/V(12\\0153)/Rect[0 0 9 9]>>");
    rev_stream(&file, 10, "", first);
    rev_add(&file, 11, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
    rev_add(&file, 12,
            "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 13 0 R>>");
    rev_stream(&file, 13, "", "1 beginbfchar <0001> <0E01> <0002> <0E020E49> endbfchar");
    rev_add(&file, 14, "<</Type/Font/Subtype/Type0/BaseFont/B/Encoding/Identity-H>>");
    rev_stream(&file, 15, "", second);
    rev_stream(&file, 16, "", "");
    rev_add(
        &file, 20,
        arena_printf(f->arena, "<</Type/StructTreeRoot/RoleMap<</Line/P/Odd/Line>>/K[%s]>>", kids));
    return file;
}

/* "page: text" of each paragraph, with "|" and the page where it goes on; or "!". */
static struct str
texts_of(struct fixture *f, struct rev_file file)
{
    struct text_paragraphs paragraphs;
    struct buf out = buf_in(f->arena);

    rev_end(&file);
    struct revisions *r = revisions_open_alone(f->arena, buf_str(&file.out), false);
    assert_int_equal(revisions_doubt_count(r), 0);
    if (!revisions_paragraphs(r, f->arena, &paragraphs))
        return STR("!");
    for (size_t i = 0; i < paragraphs.count; i++) {
        const struct text_paragraph *one = &paragraphs.list[i];
        size_t at = 0;
        buf_printf(&out, "%zu: ", one->page);
        for (size_t k = 0; k < one->turn_count; k++) {
            buf_add(&out, str_sub(one->text, at, one->turns[k].at - at));
            buf_printf(&out, "|%zu ", one->turns[k].page);
            at = one->turns[k].at;
        }
        buf_add(&out, str_sub(one->text, at, SIZE_MAX));
        buf_byte(&out, '\n');
    }
    return buf_str(&out);
}

#define P(type, kids) "<</S/" type "/Pg 3 0 R/K[" kids "]>>"
#define SHOW(number, text) "/Span<</MCID " #number ">>BDC BT /F1 9 Tf (" text ") Tj ET EMC\n"

static void
lines_are_no_gaps_and_paragraphs_are(void **state)
{
    struct fixture *f = *state;

    assert_str(
        texts_of(
            f,
            tagged(
                f, P("H1", "0") P("P", "1") P("Odd", "2"),
                SHOW(2, " c ") SHOW(
                    0, "a") "/Span<</MCID 1>>BDC BT /F1 9 Tf (one) Tj ET BT [(t)-300(wo )] TJ ET\n"
                            "BT 3 TL (three) ' ET EMC",
                "")),
        "1: a\n1: onetwo three\n1: c\n");
}

static void
what_stands_in_a_paragraph_is_a_part_of_it(void **state)
{
    struct fixture *f = *state;

    assert_str(
        texts_of(
            f, tagged(f,
                      P("P", "0 " P("Span", "1") " 2")
                          P("LI", P("Lbl", "3") P(
                                      "LBody",
                                      "4 " P("Link", "5") " <</S/Form/K<</Type/OBJR/Obj 7 0 R>>>>"))
                              P("TR", P("TD", "6") P("TD", P("P", "7") P("P", "8"))),
                      SHOW(0, "a") SHOW(1, "b") SHOW(2, "c") SHOW(3, "1.") SHOW(4, "d")
                          SHOW(5, "e/") SHOW(6, "f") SHOW(7, "g") SHOW(8, "h"),
                      "")),
        "1: abc\n1: 1. de/12 3\n1: f\n1: g\n1: h\n");
}

static void
fields_stand_by_themselves_outside(void **state)
{
    struct fixture *f = *state;

    assert_str(texts_of(f, tagged(f, P("Sect", "<</S/Form/K<</Type/OBJR/Obj 7 0 R>>>>" P("P", "0")),
                                  SHOW(0, "a"), "")),
               "1: 12\n1: 3\n1: a\n");
}

static void
lines_of_figures_stand_by_themselves(void **state)
{
    struct fixture *f = *state;

    assert_str(
        texts_of(f, tagged(f, P("Figure", "0"),
                           "/Span<</MCID 0>>BDC BT /F1 9 Tf (a) Tj ET BT (b) Tj ET EMC", "")),
        "1: a\n1: b\n");
}

static void
paragraphs_go_on_on_other_pages(void **state)
{
    struct fixture *f = *state;

    assert_str(
        texts_of(f, tagged(f, P("P", "0 <</Type/MCR/Pg 4 0 R/MCID 0>>") "<</S/P/Pg 4 0 R/K 1>>",
                           SHOW(0, " one "), SHOW(0, "two") SHOW(1, "three"))),
        "1: one |2 two\n2: three\n");
}

static void
text_that_was_given_counts(void **state)
{
    struct fixture *f = *state;

    assert_str(
        texts_of(f, tagged(f, P("P", "0 1") "<</S/P/ActualText(given)/Pg 3 0 R/K 2>>",
                           "/Span<</MCID 0>>BDC BT /F3 9 Tf /Span<</ActualText<FEFF0E01>>>BDC "
                           "<0009> Tj EMC /F2 9 Tf <00010002> Tj ET EMC " SHOW(1, "b") SHOW(2, "c"),
                           "")),
        "1: กกข้b\n1: given\n");
}

static void
artifacts_are_left_out_and_names_are_looked_up(void **state)
{
    struct fixture *f = *state;

    assert_str(texts_of(f, tagged(f, P("P", "3 3 9"),
                                  "/Artifact BMC BT /F3 9 Tf <0001> Tj ET EMC "
                                  "/Span /Named BDC BT /F1 9 Tf (a) Tj ET EMC",
                                  "")),
               "1: a\n");
}

static void
what_cannot_be_told_is_not(void **state)
{
    struct fixture *f = *state;
    static const char *const contents[] = {
        "/Span<</MCID 0>>BDC BT /F3 9 Tf <0001> Tj ET EMC", /* no ToUnicode */
        "/Span<</MCID 0>>BDC BT /F2 9 Tf <0003> Tj ET EMC", /* not in it */
        "/Span<</MCID 0>>BDC BT /F2 9 Tf <01> Tj ET EMC",
        "/Span<</MCID 0>>BDC BT /F9 9 Tf (a) Tj ET EMC",
        "/Span<</MCID 0>>BDC BT (a) Tj ET EMC",
        "/Span<</MCID -1>>BDC EMC",
        "/Span<</MCID 9999999>>BDC EMC",
        "EMC",
        "BI /W 1 ID x EI",
        "(open",
    };

    for (size_t i = 0; i < sizeof contents / sizeof contents[0]; i++)
        assert_str(texts_of(f, tagged(f, P("P", "0"), contents[i], "")), "!");
    struct rev_file looped = tagged(f, "21 0 R", "", "");
    rev_add(&looped, 21, "<</S/P/K[21 0 R]>>");
    assert_str(texts_of(f, looped), "!");
    struct rev_file untagged = rev_document(f->arena);
    struct text_paragraphs none;
    assert_false(revisions_paragraphs(revisions_open_alone(f->arena, buf_str(&untagged.out), false),
                                      f->arena, &none));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lines_are_no_gaps_and_paragraphs_are),
        TEST(what_stands_in_a_paragraph_is_a_part_of_it),
        TEST(fields_stand_by_themselves_outside),
        TEST(lines_of_figures_stand_by_themselves),
        TEST(paragraphs_go_on_on_other_pages),
        TEST(text_that_was_given_counts),
        TEST(artifacts_are_left_out_and_names_are_looked_up),
        TEST(what_cannot_be_told_is_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
