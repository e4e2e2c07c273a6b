/* What became of signed PDFs: every alteration is refused for its reason, every addition named. */
#include "changes_kit.h"

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
    {"date of a locked field",
     CHANGE_FIELD_OTHER,
     {5},
     {REV_TEXT "/V(Seen)/M(D:20200101)/AP<</N 21 0 R>>>>"}},
    {"extension with a program",
     CHANGE_ROOT,
     {1},
     {"<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/Perms<</DocMDP 20 0 R>>"
      "/Extensions<</X<</BaseVersion/1.7/JS(x)>>>>>>"}},
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

/* A field that is something else besides: there nothing of it may change. */
static void
field_of_two_kinds(void **state)
{
    struct fixture *f = *state;
    static const char *const catalogs[] = {
        "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/OCProperties<</D 70 0 R>>>>",
        "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/OCProperties<</Configs[70 0 R]>>>>",
        "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>"};

    for (size_t i = 0; i < sizeof catalogs / sizeof catalogs[0]; i++) {
        struct rev_file file = rev_document(f->arena);
        rev_add(&file, 1, catalogs[i]);
        rev_add(&file, 4, "<</Fields[7 0 R 12 0 R 70 0 R]/SigFlags 3/DA(/F1 10 Tf 0 g)>>");
        rev_add(&file, 70, "<</T(layers)/FT/Btn/V/Off/AS[]>>");
        rev_end(&file);
        rev_add(&file, 6, REV_SIGN "/V 20 0 R/AP<</N 15 0 R>>>>");
        rev_signature(&file, 20, "/Type/Sig");
        rev_end(&file);
        rev_add(&file, 70, "<</T(layers)/FT/Btn/V/On/AS[(view)]>>");
        rev_end(&file);
        struct outcome out = judge_file(f, &file);
        assert_answer(f, &out, 0, i < 2 ? CHANGES_REFUSED : CHANGES_ALLOWED);
        assert_int_equal(has_change(&out, CHANGE_LAYERS), i < 2);
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
        TEST(warnings),
        TEST(altered),
        TEST(reason_replaced),
        TEST(written_again),
        TEST(left_out),
        TEST(notes),
        TEST(table_elsewhere),
        TEST(changed_and_back),
        TEST(bytes_of_nothing),
        TEST(dangling),
        TEST(field_of_two_kinds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
