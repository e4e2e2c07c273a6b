/* What became of signed PDFs: every alteration is refused for its reason, every addition named. */
#include "revisions_kit.h"

#include "base/files.h"
#include "changes/changes.h"

#define TEST(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

struct outcome {
    struct revisions *revisions;
    struct changes changes;
};

static struct outcome
judge(struct fixture *f, struct str bytes, const struct drawing *drawing)
{
    struct outcome out = {.revisions = revisions_open(f->arena, "a.pdf", bytes)};

    out.changes = changes_find(f->arena, out.revisions, drawing);
    return out;
}

static struct outcome
judge_file(struct fixture *f, const struct rev_file *file)
{
    return judge(f, buf_str(&file->out), NULL);
}

static bool
has_change(const struct outcome *out, enum change_code code)
{
    for (size_t i = 0; i < out->changes.count; i++) {
        if (out->changes.list[i].code == code)
            return true;
    }
    return false;
}

/* So that a test that fails tells what was found. */
static void
print_outcome(struct fixture *f, const struct outcome *out)
{
    for (size_t i = 0; i < revisions_doubt_count(out->revisions); i++)
        print_message(
            "doubt: %.*s\n",
            STR_FMT(doubt_text(f->arena, revisions_doubt(out->revisions, i), DIAG_ENGLISH)));
    for (size_t i = 0; i < out->changes.count; i++) {
        const struct change *change = &out->changes.list[i];
        print_message("%zu %s: %.*s\n", change->revision, change_name(change->code),
                      STR_FMT(change_text(f->arena, change, DIAG_ENGLISH)));
    }
}

static void
assert_answer(struct fixture *f, const struct outcome *out, size_t signature,
              enum changes_answer answer)
{
    if (revisions_signature_count(out->revisions) <= signature ||
        out->changes.answers[signature] != answer)
        print_outcome(f, out);
    assert_true(revisions_signature_count(out->revisions) > signature);
    assert_string_equal(changes_answer_name(out->changes.answers[signature]),
                        changes_answer_name(answer));
}

static void
assert_refused(struct fixture *f, const struct rev_file *file, enum change_code code)
{
    struct outcome out = judge_file(f, file);

    assert_answer(f, &out, 0, CHANGES_REFUSED);
    if (!has_change(&out, code)) {
        print_outcome(f, &out);
        fail_msg("no %s", change_name(code));
    }
}

/* Signed by a, not yet ended by anything else. */
static struct rev_file
signed_by_a(struct fixture *f)
{
    struct rev_file file = rev_document(f->arena);

    rev_sign_a(&file);
    return file;
}

/* ---- what is allowed */

static void
signed_once(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = signed_by_a(f);
    struct outcome out = judge_file(f, &file);

    assert_answer(f, &out, 0, CHANGES_NONE);
    assert_int_equal(out.changes.count, 0);
    assert_int_equal(revisions_count(out.revisions), 2);
    const struct signed_part *s = revisions_signature(out.revisions, 0);
    assert_str(s->field, "a.signature");
    assert_str(s->name, "A");
    assert_str(s->reason, "first");
    assert_str(s->time, "2026-11-29T01:45:02Z");
    assert_str(s->subfilter, "ETSI.CAdES.detached");
    assert_int_equal(s->fault, SIGNATURE_WHOLE);
    assert_true(s->covers_all && s->certifies && s->is_seen && !s->is_hidden && !s->is_time_stamp);
    assert_int_equal(s->docmdp, 2);
    assert_int_equal(s->page, 1);
    assert_int_equal(s->lock.action, MDP_INCLUDE);
    assert_int_equal(s->lock.count, 2);
    assert_str(s->lock.fields[0], "a.opinion");
    assert_int_equal(s->der.len, 6);
    assert_int_equal(s->signs[0].len + s->signs[1].len + REV_CONTENTS + 2, file.out.len);
}

static void
signed_twice(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = signed_by_a(f);

    rev_sign_b(&file);
    struct outcome out = judge_file(f, &file);
    assert_answer(f, &out, 0, CHANGES_ALLOWED);
    assert_answer(f, &out, 1, CHANGES_NONE);
    if (out.changes.count != 2)
        print_outcome(f, &out);
    assert_int_equal(out.changes.count, 2);
    const struct change *filled = &out.changes.list[0], *added = &out.changes.list[1];
    assert_int_equal(filled->code, CHANGE_FIELD_FILLED);
    assert_str(filled->field, "b.opinion");
    assert_str(filled->is, "Agreed");
    assert_int_equal(filled->appearance, 31);
    assert_int_equal(filled->page, 1);
    assert_int_equal(added->code, CHANGE_SIGNATURE_ADDED);
    assert_int_equal(added->signature, 1);
    assert_str(change_text(f->arena, filled, DIAG_ENGLISH),
               "field b.opinion on page 1 was filled in: \"Agreed\"");
    assert_str(change_text(f->arena, filled, DIAG_THAI), "กรอกช่อง b.opinion หน้า 1 เป็น \"Agreed\"");
}

static void
with_dss(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = signed_by_a(f);

    rev_add(&file, 1,
            "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/Perms<</DocMDP 20 0 R>>/DSS 40 0 R>>");
    rev_add(&file, 40, "<</Certs[41 0 R]>>");
    rev_stream(&file, 41, "", "a certificate");
    rev_end(&file);
    rev_add(&file, 40, "<</Certs[]>>");
    rev_end(&file);
    struct outcome out = judge_file(f, &file);
    assert_answer(f, &out, 0, CHANGES_ALLOWED);
    assert_int_equal(out.changes.count, 2);
    assert_int_equal(out.changes.list[0].code, CHANGE_DSS_ADDED);
    assert_int_equal(out.changes.list[1].code, CHANGE_DSS_TAKEN);
    struct dss dss = revisions_dss(out.revisions, f->arena, 2);
    assert_int_equal(dss.certificate_count, 1);
    assert_str(dss.certificates[0], "a certificate");
    assert_int_equal(revisions_dss(out.revisions, f->arena, 3).certificate_count, 0);
}

#define STAMP_FIELD \
    "<</Type/Annot/Subtype/Widget/FT/Sig/T(Stamp)/F 132/Rect[0 0 0 0]/P 3 0 R/V 50 0 R>>"

/* A time stamp of the document comes with a field of its own. */
static void
with_time_stamp(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = signed_by_a(f);

    rev_add(&file, 4, "<</Fields[7 0 R 12 0 R 51 0 R]/SigFlags 3/DA(/F1 10 Tf 0 g)>>");
    rev_add(&file, 3, REV_PAGE "/Annots[5 0 R 6 0 R 8 0 R 9 0 R 51 0 R]>>");
    rev_add(&file, 51, STAMP_FIELD);
    rev_signature(&file, 50, "/Type/DocTimeStamp");
    rev_end(&file);
    struct outcome out = judge_file(f, &file);
    assert_answer(f, &out, 0, CHANGES_ALLOWED);
    assert_answer(f, &out, 1, CHANGES_NONE);
    assert_true(has_change(&out, CHANGE_TIME_STAMP_ADDED));
    assert_true(revisions_signature(out.revisions, 1)->is_time_stamp);
}

/* Anybody can have a file stamped: where a person signs, that would look like a signature. */
static void
time_stamp_for_a_person(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = signed_by_a(f);

    rev_add(&file, 9, REV_SIGN_B "/V 50 0 R/AP<</N 32 0 R>>>>");
    rev_stream(&file, 32, REV_FORM, "0 0 100 20 re S");
    rev_signature(&file, 50, "/Type/DocTimeStamp");
    rev_end(&file);
    struct outcome out = judge_file(f, &file);
    assert_answer(f, &out, 0, CHANGES_REFUSED);
    assert_true(has_change(&out, CHANGE_TIME_STAMP_SEEN));
}

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

/* ---- what is odd in what was signed */

static void
warnings(void **state)
{
    struct fixture *f = *state;
    static const struct {
        enum change_code code;
        size_t number;
        const char *text;
    } cases[] = {
        {CHANGE_HIDDEN_LAYERS, 1, "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/OCProperties<<>>>>"},
        {CHANGE_NO_APPEARANCES, 4, "<</Fields[7 0 R 12 0 R]/NeedAppearances true>>"},
        {CHANGE_XFA, 4, "<</Fields[7 0 R 12 0 R]/XFA(x)>>"},
        {CHANGE_OUTSIDE, 10, "<</F(other.bin)/Length 0>>\nstream\n\nendstream"},
        {CHANGE_COVERED, 8, REV_FIELD("opinion", "12", "50 50 140 70") "/FT/Tx/AP<</N 16 0 R>>>>"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct rev_file file = rev_document(f->arena);
        rev_add(&file, cases[i].number, cases[i].text);
        rev_end(&file);
        rev_add(&file, 6, REV_SIGN "/V 20 0 R/AP<</N 15 0 R>>>>");
        rev_signature(&file, 20, "/Type/Sig");
        rev_end(&file);
        struct outcome out = judge_file(f, &file);
        assert_answer(f, &out, 0, CHANGES_NONE);
        assert_int_equal(out.changes.count, 1);
        assert_string_equal(change_name(out.changes.list[0].code), change_name(cases[i].code));
        assert_int_equal(out.changes.list[0].sort, SORT_WARNING);
    }
}

/* ---- what is not */

/* Each writes objects of one revision behind the first signature. */
struct alteration {
    const char *what;
    enum change_code code;
    size_t number[3];
    const char *text[3]; /* "stream:…": one with these data */
};

static const struct alteration alterations[] = {
    {"locked value",
     CHANGE_FIELD_LOCKED_VALUE,
     {5, 31},
     {REV_TEXT "/V(Never)/AP<</N 31 0 R>>>>", "stream:" REV_DRAW("Never")}},
    {"locked value alone",
     CHANGE_FIELD_LOCKED_VALUE,
     {5},
     {REV_TEXT "/V(Never)/AP<</N 21 0 R>>>>"}},
    {"appearance alone",
     CHANGE_APPEARANCE_ALONE,
     {5, 31},
     {REV_TEXT "/V(Seen)/AP<</N 31 0 R>>>>", "stream:" REV_DRAW("Never")}},
    {"appearance of another role",
     CHANGE_APPEARANCE_ALONE,
     {8, 31},
     {REV_TEXT_B "/AP<</N 31 0 R>>>>", "stream:" REV_DRAW("Agreed")}},
    {"appearance in place", CHANGE_APPEARANCE_IN_PLACE, {21}, {"stream:" REV_DRAW("Never")}},
    {"value without appearance",
     CHANGE_NOT_DRAWN,
     {8},
     {REV_TEXT_B "/V(Agreed)/AP<</N 16 0 R>>>>"}},
    {"value that is not drawn",
     CHANGE_NOT_DRAWN,
     {8, 31},
     {REV_TEXT_B "/V(Agreed)/AP<</N 31 0 R>>>>", "stream:" REV_DRAW("Not agreed")}},
    {"value that is hidden",
     CHANGE_DRAWN_UNKNOWN,
     {8, 31},
     {REV_TEXT_B "/V(Agreed)/AP<</N 31 0 R>>>>", "stream:3 Tr " REV_DRAW("Agreed")}},
    {"value that is covered",
     CHANGE_DRAWN_UNKNOWN,
     {8, 31},
     {REV_TEXT_B "/V(Agreed)/AP<</N 31 0 R>>>>",
      "stream:" REV_DRAW("Agreed") " 1 g 0 0 100 20 re f"}},
    {"value in white",
     CHANGE_DRAWN_UNKNOWN,
     {8, 31},
     {REV_TEXT_B "/V(Agreed)/AP<</N 31 0 R>>>>", "stream:BT /F1 10 Tf 1 g 2 5 Td (Agreed) Tj ET"}},
    {"value outside of the box",
     CHANGE_DRAWN_UNKNOWN,
     {8, 31},
     {REV_TEXT_B "/V(Agreed)/AP<</N 31 0 R>>>>",
      "stream:BT /F1 10 Tf 0 g 2 500 Td (Agreed) Tj ET"}},
    {"value pushed out of the box",
     CHANGE_NOT_DRAWN,
     {8, 31},
     {REV_TEXT_B "/V(Agreed)/AP<</N 31 0 R>>>>",
      "stream:" REV_DRAW("Agr                                                            eed")}},
    {"appearance overwritten with its value",
     CHANGE_APPEARANCE_IN_PLACE,
     {8, 16},
     {REV_TEXT_B "/V(Agreed)/AP<</N 16 0 R>>>>", "stream:" REV_DRAW("Agreed")}},
    {"no appearance", CHANGE_APPEARANCE_MISSING, {8}, {REV_TEXT_B "/V(Agreed)>>"}},
    {"field moved",
     CHANGE_FIELD_MOVED,
     {8},
     {REV_FIELD("opinion", "12",
                "250 500 350 520") "/FT/Tx/Ff 1/DA(/F1 10 Tf 0 g)/AP<</N 16 0 R>>>>"}},
    {"value above the fields", CHANGE_FIELD_OTHER, {7}, {"<</T(a)/Kids[5 0 R 6 0 R]/V(Never)>>"}},
    {"value in a layer",
     CHANGE_DRAWN_UNKNOWN,
     {8, 31},
     {REV_TEXT_B "/V(Agreed)/AP<</N 31 0 R>>>>", "stream:/OC /MC0 BDC " REV_DRAW("Agreed") " EMC"}},
    {"field renamed", CHANGE_FIELD_OTHER, {12}, {"<</T(c)/Kids[8 0 R 9 0 R]>>"}},
    {"field with a look", CHANGE_FIELD_OTHER, {8}, {REV_TEXT_B "/MK<</BG[1]>>/AP<</N 16 0 R>>>>"}},
    {"lock taken away",
     CHANGE_FIELD_OTHER,
     {13},
     {"<</Type/SigFieldLock/Action/Include/Fields[]>>"}},
    {"signature's look",
     CHANGE_SIGNATURE_LOOK,
     {6, 31},
     {REV_SIGN "/V 20 0 R/AP<</N 31 0 R>>>>", "stream:" REV_DRAW("B")}},
    {"signature's look in place", CHANGE_SIGNATURE_LOOK, {22}, {"stream:" REV_DRAW("B")}},
    {"signature removed", CHANGE_SIGNATURE_REMOVED, {6}, {REV_SIGN "/AP<</N 22 0 R>>>>"}},
    {"false signature",
     CHANGE_SIGNATURE_FALSE,
     {9, 31},
     {REV_SIGN_B "/V 31 0 R/AP<</N 17 0 R>>>>", "<</Type/Sig/Filter/Adobe.PPKLite/Contents<00>>>"}},
    {"content", CHANGE_PAGE_CONTENT, {10}, {"stream:BT /F1 12 Tf 100 700 Td (Another) Tj ET"}},
    {"content at another place",
     CHANGE_PAGE_CONTENT,
     {3, 33},
     {"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 33 0 R/Resources<</Font<</F1 11 0 "
      "R>>>>/Annots[5 0 R 6 0 R 8 0 R 9 0 R]>>",
      "stream:BT ET"}},
    {"page turned",
     CHANGE_PAGE_TURNED,
     {3},
     {REV_PAGE "/Rotate 180/Annots[5 0 R 6 0 R 8 0 R 9 0 R]>>"}},
    {"font",
     CHANGE_PAGE_RESOURCES,
     {11},
     {"<</Type/Font/Subtype/Type1/BaseFont/Symbol/Encoding/WinAnsiEncoding>>"}},
    {"note on the page",
     CHANGE_PAGE_ANNOTATION,
     {3, 33},
     {REV_PAGE "/Annots[5 0 R 6 0 R 8 0 R 9 0 R 33 0 R]>>",
      "<</Type/Annot/Subtype/FreeText/Rect[0 0 99 99]/Contents(No)>>"}},
    {"widget in a new form",
     CHANGE_FORM,
     {4},
     {"<</Fields[12 0 R]/SigFlags 3/DA(/F1 10 Tf 0 g)>>"}},
    {"field added",
     CHANGE_FIELD_ADDED,
     {4, 33},
     {"<</Fields[7 0 R 12 0 R 33 0 R]/SigFlags 3/DA(/F1 10 Tf 0 g)>>", "<</T(more)/FT/Tx/V(x)>>"}},
    {"programs to draw",
     CHANGE_FORM,
     {4},
     {"<</Fields[7 0 R 12 0 R]/SigFlags 3/DA(/F1 10 Tf 0 g)/NeedAppearances true>>"}},
    {"page added",
     CHANGE_PAGES,
     {2, 33},
     {"<</Type/Pages/Kids[3 0 R 33 0 R]/Count 2>>",
      "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"}},
    {"fields of roles swapped",
     CHANGE_FIELD_OTHER,
     {7, 12},
     {"<</T(a)/Kids[8 0 R 9 0 R]>>", "<</T(b)/Kids[5 0 R 6 0 R]>>"}},
    {"layers",
     CHANGE_LAYERS,
     {1},
     {"<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/Perms<</DocMDP 20 0 R>>/OCProperties<<>>>>"}},
    {"action",
     CHANGE_ACTIONS,
     {1},
     {"<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/Perms<</DocMDP 20 0 "
      "R>>/OpenAction<</S/JavaScript/JS(1)>>>>"}},
    {"names",
     CHANGE_FILES,
     {1},
     {"<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/Perms<</DocMDP 20 0 R>>/Names<<>>>>"}},
    {"structure",
     CHANGE_STRUCTURE,
     {1},
     {"<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/Perms<</DocMDP 20 0 R>>/StructTreeRoot<<>>>>"}},
    {"certification", CHANGE_PERMISSIONS, {1}, {"<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>"}},
    {"DSS with more",
     CHANGE_DSS_OTHER,
     {1},
     {"<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/Perms<</DocMDP 20 0 R>>/DSS<</Odd 1>>>>"}},
};

static void
altered(void **state)
{
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof alterations / sizeof alterations[0]; i++) {
        const struct alteration *a = &alterations[i];
        struct rev_file file = signed_by_a(f);
        for (size_t k = 0; k < 3 && a->number[k] > 0; k++) {
            if (strncmp(a->text[k], "stream:", 7) == 0)
                rev_stream(&file, a->number[k],
                           a->number[k] == 10 || a->number[k] == 33 ? "" : REV_FORM,
                           a->text[k] + 7);
            else
                rev_add(&file, a->number[k], a->text[k]);
        }
        rev_end(&file);
        print_message("%s\n", a->what);
        assert_refused(f, &file, a->code);
    }
}

/* A signature's dictionary written anew, with the old range: the words shown stay the old ones. */
static void
reason_replaced(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = signed_by_a(f);
    struct str old = buf_str(&file.out);
    size_t range = str_find(old, STR("/ByteRange "));
    char *copy = arena_printf(
        f->arena,
        "<</Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/Type/Sig/Name(A)"
        "/Reason(EVIL)/M(D:20261129014502Z)%.*s",
        (int)(str_find(str_sub(old, range, old.len), STR("endobj")) - 1), old.ptr + range);

    rev_add(&file, 20, copy);
    rev_end(&file);
    struct outcome out = judge_file(f, &file);
    assert_int_equal(revisions_signature_count(out.revisions), 1);
    assert_str(revisions_signature(out.revisions, 0)->reason, "first");
    assert_true(has_change(&out, CHANGE_SIGNATURE_CHANGED));
    assert_answer(f, &out, 0, CHANGES_REFUSED);
}

/* The same words at another place: its own bytes are not those that are left out. */
static void
written_again(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = signed_by_a(f);
    struct str bytes = buf_str(&file.out);
    size_t at = str_find(bytes, STR("<</Filter/Adobe"));
    struct str text = str_sub(bytes, at, str_find(str_sub(bytes, at, bytes.len), STR("\nendobj")));

    rev_add(&file, 20, str_cstr(f->arena, text));
    rev_end(&file);
    assert_refused(f, &file, CHANGE_SIGNATURE_CHANGED);
}

/* A table that leaves out the revisions before it, with all signatures. */
static void
left_out(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = signed_by_a(f);

    file.is_first = true;
    rev_add(&file, 1, "<</Type/Catalog/Pages 2 0 R>>");
    rev_add(&file, 2, "<</Type/Pages/Kids[]/Count 0>>");
    rev_end(&file);
    struct outcome out = judge_file(f, &file);
    assert_int_equal(revisions_signature_count(out.revisions), 0);
    assert_true(revisions_mention_signature(out.revisions));
    assert_int_equal(revisions_doubt_count(out.revisions), 1);
    assert_int_equal(revisions_doubt(out.revisions, 0)->code, DOUBT_SIGNATURE_LOST);
}

#define CERTIFIED_3 \
    "/Type/Sig/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</P 3>>>>]"

/* A small mark of a note may come where the certification allows notes; nothing that could cover
 * what was signed. */
static void
notes(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *note;
        enum changes_answer answer;
    } cases[] = {
        {"<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/Contents(Yes)>>", CHANGES_ALLOWED},
        {"<</Type/Annot/Subtype/Text/Rect[10 10 330 30]/Contents(Yes)>>", CHANGES_REFUSED},
        {"<</Type/Annot/Subtype/Stamp/Rect[10 10 30 30]>>", CHANGES_REFUSED},
        {"<</Type/Annot/Subtype/FreeText/Rect[10 10 30 30]/Contents(No)>>", CHANGES_REFUSED},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct rev_file file = rev_document(f->arena);
        rev_add(&file, 6, REV_SIGN "/V 20 0 R/AP<</N 15 0 R>>>>");
        rev_signature(&file, 20, CERTIFIED_3);
        rev_end(&file);
        rev_add(&file, 3, REV_PAGE "/Annots[5 0 R 6 0 R 8 0 R 9 0 R 33 0 R]>>");
        rev_add(&file, 33, cases[i].note);
        rev_end(&file);
        struct outcome out = judge_file(f, &file);
        assert_answer(f, &out, 0, cases[i].answer);
        assert_int_equal(has_change(&out, CHANGE_ANNOTATION_ADDED),
                         cases[i].answer == CHANGES_ALLOWED);
    }
}

/* ---- descriptions */

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

/* No object at all, only a table that points an old number at other signed bytes. */
static void
table_elsewhere(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = rev_document(f->arena);
    size_t hidden = file.out.len;

    /* made before it was signed: a second object 10 that no table names */
    rev_stream(&file, 10, "", "BT /F1 12 Tf 100 700 Td (Another) Tj ET");
    file.offset[10] = 0;
    rev_sign_a(&file);
    struct outcome out = judge_file(f, &file);
    assert_answer(f, &out, 0, CHANGES_NONE);
    assert_true(has_change(&out, CHANGE_HIDDEN_OBJECT));
    file.offset[10] = hidden;
    rev_end(&file);
    assert_refused(f, &file, CHANGE_PAGE_CONTENT);
}

/* Changed, and changed back: who signed in between saw something else. */
static void
changed_and_back(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = signed_by_a(f);

    rev_stream(&file, 10, "", "BT /F1 12 Tf 100 700 Td (Another) Tj ET");
    rev_end(&file);
    rev_sign_b(&file);
    rev_stream(&file, 10, "", "BT /F1 12 Tf 100 700 Td (A memo) Tj ET");
    rev_end(&file);
    struct outcome out = judge_file(f, &file);
    assert_answer(f, &out, 0, CHANGES_REFUSED);
    assert_answer(f, &out, 1, CHANGES_REFUSED);
}

static void
bytes_of_nothing(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = signed_by_a(f);

    buf_text(&file.out, "10 0 obj\n<<>>\nendobj\n");
    rev_add(&file, 90, "(x)");
    rev_end(&file);
    assert_refused(f, &file, CHANGE_LOOSE_BYTES);
    struct outcome out = judge_file(f, &file);
    assert_true(has_change(&out, CHANGE_UNUSED_OBJECT));
}

/* What a page uses is there since before, but as nothing: the number is given a place later. */
static void
dangling(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = rev_document(f->arena);

    rev_add(&file, 3,
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents[10 0 R 31 0 R]"
            "/Resources<</Font<</F1 11 0 R>>>>/Annots[5 0 R 6 0 R 8 0 R 9 0 R]>>");
    rev_end(&file);
    rev_sign_a(&file);
    rev_sign_b(&file); /* 31 is the appearance of its opinion */
    assert_refused(f, &file, CHANGE_PAGE_CONTENT);
}

/* ---- signatures that are none */

static void
wrong_ranges(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *range;
        enum signature_fault fault;
    } cases[] = {
        {"[0 10 20]", SIGNATURE_NO_RANGE},    {"[1 10 20 30]", SIGNATURE_NO_RANGE},
        {"[0 10 20 30]", SIGNATURE_GAP},      {"[0 10 20 999999]", SIGNATURE_NO_RANGE},
        {"[0 -1 20 30]", SIGNATURE_NO_RANGE}, {"[0 10 20 30.5]", SIGNATURE_NO_RANGE},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct rev_file file = signed_by_a(f);
        size_t at = str_find(buf_str(&file.out), STR("/ByteRange ")) + 11;
        memset(file.out.ptr + at, ' ', 40);
        memcpy(file.out.ptr + at, cases[i].range, strlen(cases[i].range));
        struct outcome out = judge_file(f, &file);
        assert_answer(f, &out, 0, CHANGES_REFUSED);
        assert_string_equal(signature_fault_name(revisions_signature(out.revisions, 0)->fault),
                            signature_fault_name(cases[i].fault));
    }
}

/* The gap takes in a byte more than the value, or ends before the file did. */
static void
range_beside(void **state)
{
    struct fixture *f = *state;

    for (int i = 0; i < 3; i++) {
        struct rev_file file = signed_by_a(f);
        size_t at = str_find(buf_str(&file.out), STR("/ByteRange ")) + 11;
        size_t end = file.out.len - file.gap_to;
        char *range = arena_printf(f->arena, "[0 %zu %zu %zu]", file.gap_from - (i == 0),
                                   file.gap_to + (i == 1),
                                   end - (i == 0   ? 0u
                                          : i == 1 ? 1u
                                                   : 9u));
        memset(file.out.ptr + at, ' ', 40);
        memcpy(file.out.ptr + at, range, strlen(range));
        struct outcome out = judge_file(f, &file);
        assert_answer(f, &out, 0, CHANGES_REFUSED);
        assert_int_equal(revisions_signature(out.revisions, 0)->fault,
                         i < 2 ? SIGNATURE_GAP : SIGNATURE_NO_END);
    }
}

static void
value_followed_by_more(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = signed_by_a(f);

    file.out.ptr[file.gap_to - 2] = '1';
    struct outcome out = judge_file(f, &file);
    assert_answer(f, &out, 0, CHANGES_REFUSED);
    assert_int_equal(revisions_signature(out.revisions, 0)->fault, SIGNATURE_CONTENTS);
}

/* The form no longer leads to it: it is a signature all the same. */
static void
hidden_signature(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = signed_by_a(f);

    rev_add(&file, 1, "<</Type/Catalog/Pages 2 0 R>>");
    rev_end(&file);
    struct outcome out = judge_file(f, &file);
    assert_answer(f, &out, 0, CHANGES_REFUSED);
    assert_true(revisions_signature(out.revisions, 0)->is_hidden);
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

/* ---- cannot be read for sure */

static void
unsure(void **state)
{
    struct fixture *f = *state;
    static const char *const trailers[] = {"/Encrypt null", "/XRefStm 9",
                                           "/Encrypt<</Filter/Standard>>"};

    for (size_t i = 0; i < 3; i++) {
        struct rev_file file = signed_by_a(f);
        file.trailer = trailers[i];
        rev_sign_b(&file);
        struct outcome out = judge_file(f, &file);
        assert_answer(f, &out, 0, CHANGES_UNSURE);
        assert_true(revisions_mention_signature(out.revisions));
    }
}

static void
broken(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *find, *put;
    } damages[] = {
        {"22 0 obj", "23 0 obj"}, /* not the one that the table names */
        {"/V(Seen)", "/V(Seen("}, /* a string without an end */
        {"/F 4/Par", "/F 4/F 4"}, /* an entry twice */
        {"endstream", "endstreem"}, {"/Prev ", "/Prev 0"},
    };

    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        struct rev_file file = signed_by_a(f);
        size_t from = str_find(buf_str(&file.out), STR("%%EOF"));
        size_t at = from + str_find(str_sub(buf_str(&file.out), from, file.out.len),
                                    str_of(damages[i].find));
        memcpy(file.out.ptr + at, damages[i].put, strlen(damages[i].put));
        struct outcome out = judge_file(f, &file);
        assert_true(revisions_doubt_count(out.revisions) > 0);
        for (size_t k = 0; k < revisions_signature_count(out.revisions); k++)
            assert_true(out.changes.answers[k] != CHANGES_NONE &&
                        out.changes.answers[k] != CHANGES_ALLOWED);
        assert_true(revisions_mention_signature(out.revisions));
    }
}

static void
sections_in_a_loop(void **state)
{
    struct fixture *f = *state;
    struct rev_file file = signed_by_a(f);
    size_t prev = str_find(buf_str(&file.out), STR("/Prev ")) + 6;
    char *own = arena_printf(f->arena, "%zu>>", file.prev);

    /* as long as the other, or the test says nothing */
    memcpy(file.out.ptr + prev, own, strlen(own));
    struct outcome out = judge_file(f, &file);
    assert_true(revisions_doubt_count(out.revisions) > 0);
}

static void
no_pdf(void **state)
{
    struct fixture *f = *state;
    static const char *const texts[] = {"", "PK", "%PDF-1.7\n", "%PDF-1.7\nstartxref\n9\n%%EOF",
                                        "%PDF-1.7\nstartxref\n0\n%%EOF"};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct outcome out = judge(f, str_of(texts[i]), NULL);
        assert_true(revisions_doubt_count(out.revisions) > 0);
        assert_int_equal(out.changes.count, 0);
    }
}

/* ---- the files of others */

struct attack {
    const char *file;
    enum changes_answer answers[3];
    int count; /* of signatures, -1: not asked */
    enum change_code code;
};

static const struct attack attacks[] = {
    {"dss/replace.pdf", {CHANGES_REFUSED}, 1, CHANGE_APPEARANCE_ALONE},
    {"dss/hide.pdf", {CHANGES_UNSURE}, 1, CHANGE_PAGE_RESOURCES},
    {"dss/annotation-and-visible-change.pdf",
     {CHANGES_REFUSED, CHANGES_REFUSED, CHANGES_NONE},
     3,
     CHANGE_PAGE_ANNOTATION},
    {"dss/modified_after_signature.pdf", {CHANGES_UNSURE}, 1, CHANGE_PAGE_CONTENT},
    {"dss/pades-spoofing-replaced-reason.pdf", {CHANGES_REFUSED}, 1, CHANGE_SIGNATURE_CHANGED},
    {"dss/pdf-spoofing-attack.pdf", {CHANGES_UNSURE, CHANGES_REFUSED}, 2, CHANGE_FIELD_REMOVED},
    {"shadow/hide-and-replace/manipulated.pdf", {CHANGES_REFUSED}, 1, CHANGE_PAGES},
    {"shadow/hide-text/manipulated.pdf", {CHANGES_REFUSED}, 1, CHANGE_PAGE_ANNOTATION},
    {"shadow/replace-overlay/manipulated.pdf", {CHANGES_REFUSED}, 1, CHANGE_PAGE_ANNOTATION},
    {"shadow/hide-and-replace/signed.pdf", {CHANGES_NONE}, 1, CHANGE_HIDDEN_OBJECT},
    {"shadow/hide-text/signed.pdf", {CHANGES_NONE}, 1, CHANGE_CODE_COUNT},
    {"shadow/replace-overlay/signed.pdf", {CHANGES_NONE}, 1, CHANGE_CODE_COUNT},
};

static void
attack_files(void **state)
{
    struct fixture *f = *state;
    const char *shared = getenv("BANTHUEK_SHARED");

    if (shared == NULL)
        skip();
    for (size_t i = 0; i < sizeof attacks / sizeof attacks[0]; i++) {
        const struct attack *a = &attacks[i];
        const char *path = arena_printf(f->arena, "%s/attacks/%s", shared, a->file);
        struct str bytes;
        assert_true(
            files_read(files_system(), f->arena, f->diags, POS_NONE, path, SIZE_MAX, &bytes));
        print_message("%s\n", a->file);
        struct outcome out = judge(f, bytes, NULL);
        assert_int_equal(revisions_signature_count(out.revisions), a->count);
        for (int k = 0; k < a->count; k++)
            assert_answer(f, &out, (size_t)k, a->answers[k]);
        assert_true(a->code == CHANGE_CODE_COUNT ? out.changes.count == 0
                                                 : has_change(&out, a->code));
        for (size_t k = 0; k < revisions_signature_count(out.revisions); k++)
            assert_false(str_is(revisions_signature(out.revisions, k)->reason, "EVIL"));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(signed_once),
        TEST(signed_twice),
        TEST(with_dss),
        TEST(with_time_stamp),
        TEST(time_stamp_for_a_person),
        TEST(empty_again),
        TEST(empty_value),
        TEST(empty_that_draws),
        TEST(drawn_small),
        TEST(drawn_in_encoding),
        TEST(altered),
        TEST(reason_replaced),
        TEST(table_elsewhere),
        TEST(warnings),
        TEST(written_again),
        TEST(left_out),
        TEST(notes),
        TEST(described),
        TEST(described_otherwise),
        TEST(changed_and_back),
        TEST(bytes_of_nothing),
        TEST(dangling),
        TEST(wrong_ranges),
        TEST(range_beside),
        TEST(value_followed_by_more),
        TEST(hidden_signature),
        TEST(asks_who_knows),
        TEST(font_that_is_signed),
        TEST(same_objects),
        TEST(unsure),
        TEST(broken),
        TEST(sections_in_a_loop),
        TEST(no_pdf),
        TEST(attack_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
