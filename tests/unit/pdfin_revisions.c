/* Reading signed PDFs revision by revision: what is read strictly, and what an appearance shows. */
#include "revisions_kit.h"

#include "base/files.h"
#include "pdfin/cos.h"

#define TEST(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

static struct revisions *
open_file(struct fixture *f, const struct rev_file *file)
{
    return revisions_open(f->arena, "a.pdf", buf_str(&file->out));
}

/* ---- syntax */

/* An object 40 of the first revision, which the catalog has. */
static struct revisions *
open_with(struct fixture *f, const char *object)
{
    struct rev_file file = rev_begin(f->arena);

    rev_add(&file, 1, "<</Type/Catalog/Pages 2 0 R/Thing 40 0 R>>");
    rev_add(&file, 2, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
    rev_add(&file, 3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>");
    rev_add(&file, 40, object);
    rev_end(&file);
    return open_file(f, &file);
}

static void
bad_objects(void **state)
{
    struct fixture *f = *state;
    static const char *const objects[] = {
        "<</A 1/A 2>>",
        "<</A 1/#41 2>>",
        "(open",
        "(a(b)",
        "<4G>",
        "<41",
        "[1 2",
        "<</A>>",
        "<<1 2>>",
        "1.2.3",
        "1e5",
        "--1",
        "/A#0",
        "/A#00",
        "truth",
        "]",
        "",
        "1 2",
        "<</A 1>",
        "1 0 R 2",
        "<</Length 3>>\nstream\nabcdef\nendstream",
        "<</Length 99999>>\nstream\nabc\nendstream",
        "<</Length -1>>\nstream\n\nendstream",
        "<</Length 40 0 R>>\nstream\nabc\nendstream",
        "<</Length 3>>\nstream\rabc\nendstream",
    };

    for (size_t i = 0; i < sizeof objects / sizeof objects[0]; i++) {
        struct revisions *r = open_with(f, objects[i]);
        if (revisions_doubt_count(r) == 0)
            fail_msg("taken: %s", objects[i]);
    }
}

static void
good_objects(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *object;
        enum cos_type type;
        const char *text;
    } cases[] = {
        {"(a\\(b\\)(c)\\101\\\nd\\n)", COS_STRING, "a(b)(c)Ad\n"},
        {"<41 4>", COS_STRING, "A@"},
        {"<FEFF0E010E33>", COS_STRING, "กำ"},
        {"<EFBBBFE0B881>", COS_STRING, "ก"},
        {"<FEFFD83DDE00>", COS_STRING, "😀"},
        {"<FEFFD83D>", COS_STRING, "\xEF\xBF\xBD"},
        {"(\\200\\240)", COS_STRING, "•€"},
        {"/A#42#20c", COS_NAME, "AB c"},
        {"% a note\n-.50", COS_REAL, NULL},
        {"+17", COS_INTEGER, NULL},
        {"4.", COS_INTEGER, NULL},
        {"[1 0 R null true]", COS_ARRAY, NULL},
        {"<</Length 3>>\nstream\r\nabc\r\nendstream", COS_STREAM, NULL},
        {"<</Length 3>>\nstream\nabcendstream", COS_STREAM, NULL},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct revisions *r = open_with(f, cases[i].object);
        for (size_t k = 0; k < revisions_doubt_count(r); k++)
            fail_msg("%s: %s", cases[i].object,
                     str_cstr(f->arena, doubt_text(f->arena, revisions_doubt(r, k), DIAG_ENGLISH)));
        const struct cos *node = revisions_object(r, 0, 40);
        assert_int_equal(node->type, cases[i].type);
        if (cases[i].text != NULL)
            assert_str(cos_text(f->arena, node), cases[i].text);
    }
    assert_true(cos_real(revisions_object(open_with(f, "-12.750"), 0, 40)) == -12.75);
}

/* Object streams, a table that is a stream, both with predictors or without. */
static void
object_streams(void **state)
{
    struct fixture *f = *state;
    struct str bytes;

    assert_true(files_read(files_system(), f->arena, f->diags, POS_NONE,
                           "tests/fuzz/seeds/changes_changes/streams.pdf", SIZE_MAX, &bytes));
    struct revisions *r = revisions_open(f->arena, "a.pdf", bytes);
    assert_int_equal(revisions_doubt_count(r), 0);
    assert_int_equal(revisions_count(r), 2);
    assert_int_equal(revisions_signature_count(r), 1);
    assert_true(revisions_signature(r, 0)->covers_all);
    /* a byte of the object stream: nothing of it can be read */
    char *copy = arena_strndup(f->arena, bytes.ptr, bytes.len);
    size_t at = str_find(bytes, STR("/ObjStm"));
    at += str_find(str_sub(bytes, at, bytes.len), STR("stream")) + 20;
    copy[at] = (char)(copy[at] ^ 0x55);
    r = revisions_open(f->arena, "a.pdf", (struct str){copy, bytes.len});
    assert_true(revisions_doubt_count(r) > 0);
}

static void
tables_of_many_revisions(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = rev_document(f->arena);

    for (int i = 0; i < REVISIONS_MAX; i++) {
        rev_stream(&file, 10, "", arena_printf(f->arena, "%% %d", i));
        rev_end(&file);
    }
    struct revisions *r = open_file(f, &file);
    assert_true(revisions_doubt_count(r) > 0);
    assert_int_equal(revisions_doubt(r, 0)->code, DOUBT_TOO_MUCH);
}

/* Each number is what it was in its revision. */
static void
numbers_of_revisions(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = rev_document(f->arena);

    for (int i = 1; i < 40; i++) {
        rev_add(&file, 100, arena_printf(f->arena, "%d", i));
        rev_end(&file);
    }
    struct revisions *r = open_file(f, &file);
    assert_int_equal(revisions_count(r), 40);
    assert_false(revisions_has(r, 0, 100));
    for (size_t i = 1; i < 40; i++) {
        assert_int_equal(revisions_object(r, i, 100)->integer, i);
        assert_true(revisions_names(r, i, 100) && !revisions_names(r, i, 10));
    }
}

/* ---- trees */

static void
fields(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = rev_document(f->arena);
    size_t count;

    rev_sign_a(&file);
    struct revisions *r = open_file(f, &file);
    const struct form_field *list = revisions_fields(r, 0, &count);
    assert_int_equal(count, 4);
    assert_str(list[0].name, "a.opinion");
    assert_str(list[0].type, "Tx");
    assert_false(list[0].has_value);
    assert_int_equal(list[0].page, 1);
    list = revisions_fields(r, 1, &count);
    assert_str(list[0].value, "Seen");
    assert_true(list[1].has_value);
    assert_str(list[3].name, "b.signature");
}

/* A tree that comes back to itself, of fields or of pages. */
static void
loops(void **state)
{
    struct fixture *f = *state;
    static const struct {
        size_t number;
        const char *text;
    } cases[] = {
        {7, "<</T(a)/Kids[5 0 R 7 0 R]>>"},
        {2, "<</Type/Pages/Kids[3 0 R 2 0 R]/Count 1>>"},
        {2, "<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct rev_file file = rev_document(f->arena);
        size_t count;
        rev_add(&file, cases[i].number, cases[i].text);
        rev_end(&file);
        struct revisions *r = open_file(f, &file);
        (void)revisions_fields(r, 1, &count);
        (void)revisions_pages(r, 1, &count);
        assert_true(revisions_doubt_count(r) > 0);
    }
}

/* ---- what is shown */

#define ENGLISH_FONT                                                                \
    "/Resources<</Font<</F1 11 0 R/F2 50 0 R/F3 53 0 R/F4 54 0 R"                   \
    "/F5<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 97/Widths[-9 -9]>>" \
    "/F6<</Type/Font/Subtype/Type1/BaseFont/Symbol>>>>>>"

static void
add_fonts(struct rev_file *file)
{
    rev_add(file, 50,
            "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H"
            "/DescendantFonts[<</Subtype/CIDFontType2>>]/ToUnicode 51 0 R>>");
    rev_stream(file, 51, "",
               "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange "
               "<0000> <FFFF> endcodespacerange 2 beginbfchar <0001> <0E01> <0002> <0E4D0E32> "
               "endbfchar 2 beginbfrange <0003> <0005> <0E02> <0006> <0007> [<0061> <0062>] "
               "endbfrange endcmap");
    rev_add(
        file, 53,
        "<</Type/Font/Subtype/TrueType/BaseFont/B/Encoding<</Differences[65/uni0E01/space/x]>>>>");
    rev_add(file, 54, "<</Type/Font/Subtype/Type3>>");
}

static void
shown(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *content, *text;
    } cases[] = {
        {"", ""},
        {"/Tx BMC q 0 0 100 20 re W n BT /F1 10 Tf 0 g 2 5 Td (A\\251) Tj ET Q EMC", "A©"},
        {"BT /F1 9 Tf 1 0 0 1 2 12 Tm (Two) Tj 0 -10 Td (lines) Tj ET", "Two\nlines"},
        {"BT /F1 9 Tf 10 TL 2 12 Td (a) Tj (b) ' ET", "a\nb"},
        {"BT /F1 9 Tf 2 5 Td [(a) -300 (b)] TJ ET", "ab"},
        {"1 1 0.9 rg 0 0 100 20 re f 0 G 1 w 0 0 100 20 re S BT /F1 9 Tf 0 g 2 5 Td (a) Tj ET",
         "a"},
        {"BT /F2 9 Tf 2 5 Td <00010002000300040006> Tj ET", "กํา\xE0\xB8\x82\xE0\xB8\x83"
                                                            "a"},
        {"BT /F3 9 Tf 2 5 Td (ABC) Tj ET", "ก x"},
        {"BT /F3 9 Tf 2 5 Td (ABCd) Tj ET", NULL},
        {"q 1 0 0 1 2 5 cm BT /F1 9 Tf (a) Tj ET Q", "a"},
        {"BT /F4 9 Tf 2 5 Td (a) Tj ET", NULL},
        {"BT /F9 9 Tf 2 5 Td (a) Tj ET", NULL},
        {"BT /F2 9 Tf 2 5 Td <0009> Tj ET", NULL},
        {"BT /F1 1 Tf 2 5 Td (a) Tj ET", NULL},
        {"BT /F1 9 Tf 2 5 Td 7 Tr (a) Tj ET", NULL},
        {"BT /F1 9 Tf 2 5 Td [(a) 9000 (b)] TJ ET", NULL},
        {"BT /F1 9 Tf 20 5 Td (a) Tj -10 0 Td (b) Tj ET", NULL},
        {"BT /F1 9 Tf 2 5 Td (a) Tj 0 9 Td (b) Tj ET", NULL},
        {"BT /F1 9 Tf 0 1 -1 0 2 5 Tm (a) Tj ET", NULL},
        {"0 g 0 0 100 20 re f BT /F1 9 Tf 2 5 Td (a) Tj ET", NULL},
        {"BT /F1 9 Tf 2 5 Td (a) Tj ET 20 w 0 5 m 100 5 l S", NULL},
        {"0 0 1 1 re W n BT /F1 9 Tf 50 5 Td (a) Tj ET", NULL},
        {"/Im1 Do", NULL},
        {"/GS1 gs BT /F1 9 Tf 2 5 Td (a) Tj ET", NULL},
        {"BI /W 1 /H 1 ID x EI", NULL},
        {"q 0.9 g 0 0 100 20 re f Q 0.5 g BT /F1 9 Tf 2 5 Td (a) Tj ET", "a"},
        {"0.7 g 0 0 100 20 re f BT /F1 9 Tf 2 5 Td (a) Tj ET", NULL},
        {"0.8 g 0 0 100 20 re f 0.6 g BT /F1 9 Tf 2 5 Td (a) Tj ET", NULL},
        {"BT /F1 9 Tf 0.01 0 0 1 2 5 Tm (a) Tj ET", NULL},
        {"BT /F1 900 Tf 1 0 0 0.01 2 5 Tm (a) Tj ET", NULL},
        {"BT /F1 9 Tf 4 Ts 2 5 Td (a) Tj ET", "a"},
        {"BT /F1 9 Tf 19 Ts 2 5 Td (a) Tj ET", NULL},
        {"BT /F1 9 Tf 2 21 Td (a) Tj ET", NULL},
        {"BT /F1 9 Tf 101 5 Td (a) Tj ET", NULL},
        {"0 0 0 0 re W n BT /F1 9 Tf 1 1 Td (a) Tj ET", NULL},
        {"0 5 100 0.1 re W n BT /F1 9 Tf 2 5 Td (a) Tj ET", NULL},
        {"0 0 100 20 re W* 0 0 100 20 re n BT /F1 9 Tf 2 5 Td (a) Tj ET", NULL},
        {"0 0 100 20 re W 100 0 -100 20 re n BT /F1 9 Tf 2 5 Td (a) Tj ET", NULL},
        {"BT /F1 9 Tf 2 5 Td [(a) -99000 (b)] TJ ET", NULL},
        {"BT /F1 9 Tf 2 5 Td [(a) 400 400 (b)] TJ ET", NULL},
        {"BT /F1 9 Tf 2 5 Td [(a) 400 (b) 400 (c)] TJ ET", "abc"},
        {"BT /F1 9 Tf 2 5 Td [(a) -3000 (b)] TJ 8 0 Td (c) Tj ET", NULL},
        {"BT /F1 9 Tf 0.5 Tc 2 5 Td (ab) Tj ET", "ab"},
        {"BT /F1 9 Tf -12 Tc 60 5 Td (ab) Tj ET", NULL},
        {"BT /F1 1 Tf -1 Tc 9 0 0 9 60 5 Tm (ab) Tj ET", NULL},
        {"BT /F1 9 Tf 90 Tw 2 5 Td (a b) Tj ET", NULL},
        {"0 G 1 w 20 0 m 20 20 l 40 0 m 40 20 l S BT /F1 9 Tf 2 5 Td (a) Tj ET", "a"},
        {"0 G 3 w 0 3 m 100 3 l 0 6 m 100 6 l 0 9 m 100 9 l S BT /F1 9 Tf 2 5 Td (a) Tj ET", NULL},
        {"q 100 0 0 100 0 0 cm 2 w 0 0 m 1 0 l S Q BT /F1 9 Tf 2 5 Td (a) Tj ET", NULL},
        {"BT /F5 9 Tf 60 5 Td (ab) Tj ET", NULL},
        {"BT /F6 9 Tf 2 5 Td (a) Tj ET", NULL},
        {"0 0 m 1 1 2 2 3 3 c S", NULL},
        {"BT /F1 9 Tf 2 5 Td (a Tj ET", NULL},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct rev_file file = rev_document(f->arena);
        struct str text;
        add_fonts(&file);
        rev_end(&file);
        rev_stream(&file, 60, "/Type/XObject/Subtype/Form/BBox[0 0 100 20]" ENGLISH_FONT,
                   cases[i].content);
        rev_end(&file);
        struct revisions *r = open_file(f, &file);
        enum shown got = revisions_shown(r, f->arena, 2, 60, 1, &text);
        if ((got == SHOWN_TEXT) != (cases[i].text != NULL))
            fail_msg("%s: %s", cases[i].content, str_cstr(f->arena, text));
        if (cases[i].text != NULL)
            assert_str(text, cases[i].text);
    }
}

/* A font that came with the appearance may call its letters what it likes. */
static void
new_font_is_not_trusted(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = rev_document(f->arena);
    struct str text;

    add_fonts(&file);
    rev_stream(&file, 60, "/Type/XObject/Subtype/Form/BBox[0 0 100 20]" ENGLISH_FONT,
               "BT /F2 9 Tf 2 5 Td <0001> Tj ET");
    rev_end(&file);
    struct revisions *r = open_file(f, &file);
    assert_int_equal(revisions_shown(r, f->arena, 1, 60, 1, &text), SHOWN_TEXT);
    assert_int_equal(revisions_shown(r, f->arena, 1, 60, 0, &text), SHOWN_UNKNOWN);
    /* the same of one whose letters were renamed later */
    rev_stream(&file, 51, "", "1 beginbfchar <0001> <0E02> endbfchar");
    rev_end(&file);
    r = open_file(f, &file);
    assert_int_equal(revisions_shown(r, f->arena, 2, 60, 1, &text), SHOWN_UNKNOWN);
    struct appearance_stream stream;
    assert_true(revisions_appearance(r, f->arena, 2, 60, &stream));
    assert_int_equal(stream.box[2], 100000);
    assert_str(stream.content, "BT /F2 9 Tf 2 5 Td <0001> Tj ET");
    assert_false(revisions_appearance(r, f->arena, 2, 51, &stream));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(bad_objects),
        TEST(good_objects),
        TEST(object_streams),
        TEST(tables_of_many_revisions),
        TEST(numbers_of_revisions),
        TEST(fields),
        TEST(loops),
        TEST(shown),
        TEST(new_font_is_not_trusted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
