/* What fields show: an appearance must draw the value that it comes with. */
#include "changes_kit.h"

/* An empty field gets a new appearance that draws nothing. */
static void
empty_again(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = signed_by_a(f);

    rev_add(&file, 8, REV_TEXT_B "/AP<</N 31 0 R>>>>");
    rev_stream(&file, 31, REV_FORM, "/Tx BMC\nEMC");
    rev_end(&file);
    struct outcome out = judge_file(f, &file);
    assert_answer(f, &out, 0, CHANGES_ALLOWED);
    assert_int_equal(out.changes.count, 0);
}

/* Some programs write an empty value, and leave what is seen. */
static void
empty_value(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = signed_by_a(f);

    rev_stream(&file, 33, "/Type/XObject/Subtype/Form/BBox[0 0 0 0]", "");
    rev_add(&file, 8, REV_TEXT_B "/V()/AP<</N 33 0 R>>>>");
    rev_end(&file);
    struct outcome out = judge_file(f, &file);
    assert_answer(f, &out, 0, CHANGES_ALLOWED);
}

/* It draws something all the same: words may be joined to what stands before them. */
static void
empty_that_draws(void **state)
{
    struct fixture *f = *state;
    static const char *const contents[] = {
        "0 0 100 20 re 0[]f",  "0 0 100 20 re /a[]f", "BT /F1 9 Tf 0(Never)Tj ET", "/F1()Do",
        "0 0 100 20 re 0%\rf", "0 0 100 20 re 5f",
    };

    for (size_t i = 0; i < sizeof contents / sizeof contents[0]; i++) {
        struct rev_file file = signed_by_a(f);
        rev_add(&file, 8, REV_TEXT_B "/AP<</N 31 0 R>>>>");
        rev_stream(&file, 31, REV_FORM, contents[i]);
        rev_end(&file);
        struct outcome out = judge_file(f, &file);
        assert_answer(f, &out, 0, CHANGES_REFUSED);
        assert_true(has_change(&out, CHANGE_APPEARANCE_ALONE));
    }
}

/* What is large in a large box is small in the field. */
static void
drawn_small(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = signed_by_a(f);

    rev_add(&file, 8, REV_TEXT_B "/V(Agreed)/AP<</N 31 0 R>>>>");
    rev_stream(&file, 31,
               "/Type/XObject/Subtype/Form/BBox[0 0 10000 2000]/Resources<</Font<</F1 11 0 R>>>>",
               REV_DRAW("Agreed"));
    rev_end(&file);
    struct outcome out = judge_file(f, &file);
    assert_answer(f, &out, 0, CHANGES_REFUSED);
    assert_true(has_change(&out, CHANGE_DRAWN_UNKNOWN));
}

/* Codes mean what the font's encoding says: without one, what the font itself has. */
static void
drawn_in_encoding(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *font, *value, *drawn;
        enum changes_answer answer;
    } cases[] = {
        {"/Helvetica", "Yes", "Yes", CHANGES_ALLOWED},
        {"/Helvetica", "It's", "It's", CHANGES_REFUSED},   /* drawn is a closing mark */
        {"/Helvetica", "\\351", "\\351", CHANGES_REFUSED}, /* an accent, and Oslash */
        {"/Helvetica/Encoding/WinAnsiEncoding", "\\351's", "\\351's", CHANGES_ALLOWED},
        {"/Helvetica/Encoding/WinAnsiEncoding", "ab", "a\\255b", CHANGES_REFUSED},
        {"/Helvetica/Encoding/MacRomanEncoding", "It's", "It's", CHANGES_ALLOWED},
        {"/Helvetica/Encoding/MacRomanEncoding", "\\351", "\\351", CHANGES_REFUSED},
        {"/Helvetica/Encoding<</Differences[65/B]>>", "BYes", "AYes", CHANGES_ALLOWED},
        {"/Helvetica/Encoding<</Differences[65/B]>>", "\\351", "\\351", CHANGES_REFUSED},
        {"/Helvetica/Encoding<</BaseEncoding/WinAnsiEncoding>>", "\\351", "\\351", CHANGES_ALLOWED},
        {"/Other", "Yes", "Yes", CHANGES_REFUSED},
        {"/Other/FontDescriptor<</Flags 32>>", "Yes", "Yes", CHANGES_ALLOWED},
        {"/Other/FontDescriptor<</Flags 4>>", "Yes", "Yes", CHANGES_REFUSED},
        {"/Other/FontDescriptor<</Flags 32/FontFile 10 0 R>>", "Yes", "Yes", CHANGES_REFUSED},
        {"/Symbol", "Yes", "Yes", CHANGES_REFUSED},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct rev_file file = rev_document(f->arena);
        rev_add(&file, 70,
                arena_printf(f->arena, "<</Type/Font/Subtype/Type1/BaseFont%s>>", cases[i].font));
        rev_add(&file, 11, "<</Type/Font/Subtype/Type1/BaseFont/Courier/X 70 0 R>>");
        rev_end(&file);
        rev_sign_a(&file);
        rev_add(&file, 8,
                arena_printf(f->arena, REV_TEXT_B "/V(%s)/AP<</N 31 0 R>>>>", cases[i].value));
        rev_stream(&file, 31,
                   "/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F1 70 0 R>>>>",
                   arena_printf(f->arena, REV_DRAW("%s"), cases[i].drawn));
        rev_end(&file);
        struct outcome out = judge_file(f, &file);
        if (out.changes.answers[0] != cases[i].answer)
            print_message("%s: %s\n", cases[i].font, cases[i].value);
        assert_answer(f, &out, 0, cases[i].answer);
    }
}

/* ---- drawing */

static enum drawn
answer_drawn(void *context, const struct change *change)
{
    (void)change;
    return *(enum drawn *)context;
}

/* A value in a font of its own: nobody has signed what its letters mean, so it is asked. */
static void
add_number(struct rev_file *file)
{
    rev_add(file, 8, REV_TEXT_B "/V(1)/AP<</N 31 0 R>>>>");
    rev_stream(file, 31,
               "/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F9 70 0 R>>>>",
               "BT /F9 10 Tf 0 g 2 5 Td <0001> Tj ET");
    rev_add(file, 70,
            "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H"
            "/DescendantFonts[<</Subtype/CIDFontType2>>]/ToUnicode 71 0 R>>");
    rev_stream(file, 71, "", "1 beginbfchar <0001> <0031> endbfchar");
}

static void
asks_who_knows(void **state)
{
    struct fixture *f = *state;
    static const enum changes_answer answers[] = {[DRAWN_YES] = CHANGES_ALLOWED,
                                                  [DRAWN_NO] = CHANGES_REFUSED,
                                                  [DRAWN_UNKNOWN] = CHANGES_REFUSED};

    for (enum drawn answer = DRAWN_YES; answer <= DRAWN_UNKNOWN; answer++) {
        const struct drawing drawing = {answer_drawn, &answer};
        struct rev_file file = signed_by_a(f);
        add_number(&file);
        rev_end(&file);
        struct outcome out = judge(f, buf_str(&file.out), &drawing);
        assert_answer(f, &out, 0, answers[answer]);
        assert_int_equal(has_change(&out, CHANGE_NOT_DRAWN), answer == DRAWN_NO);
        assert_int_equal(has_change(&out, CHANGE_DRAWN_UNKNOWN), answer == DRAWN_UNKNOWN);
    }
}

/* The same is believed of who signs it. */
static void
font_that_is_signed(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = signed_by_a(f);

    add_number(&file);
    rev_add(&file, 9, REV_SIGN_B "/V 30 0 R/AP<</N 17 0 R>>>>");
    rev_signature(&file, 30, "/Type/Sig");
    rev_end(&file);
    struct outcome out = judge_file(f, &file);
    assert_answer(f, &out, 0, CHANGES_ALLOWED);
}

/* An appearance in two files, under other numbers. */
static void
same_objects(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = rev_document(f->arena), other = rev_document(f->arena);

    rev_stream(&file, 31, REV_FORM, REV_DRAW("Agreed"));
    rev_end(&file);
    rev_stream(&other, 71, REV_FORM, REV_DRAW("Agreed"));
    rev_end(&other);
    rev_add(&other, 11, "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>");
    rev_stream(&other, 72, REV_FORM, REV_DRAW("Never"));
    rev_end(&other);
    struct revisions *a = revisions_open(f->arena, "a.pdf", buf_str(&file.out));
    struct revisions *b = revisions_open(f->arena, "b.pdf", buf_str(&other.out));
    assert_true(changes_same_objects(a, 1, 31, b, 1, 71));
    assert_false(changes_same_objects(a, 1, 31, b, 2, 71)); /* another font */
    assert_false(changes_same_objects(a, 1, 31, b, 2, 72));
    assert_false(changes_same_objects(a, 1, 31, b, 2, 99));
    assert_false(changes_same_objects(a, 0, 31, b, 0, 71));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(empty_again),         TEST(empty_value),       TEST(empty_that_draws),
        TEST(drawn_small),         TEST(drawn_in_encoding), TEST(asks_who_knows),
        TEST(font_that_is_signed), TEST(same_objects),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
