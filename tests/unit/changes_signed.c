/* Signatures that are none, PDFs that cannot be read for sure, and the files of others. */
#include "changes_kit.h"

#include "base/files.h"

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
        TEST(wrong_ranges),       TEST(range_beside), TEST(value_followed_by_more),
        TEST(hidden_signature),   TEST(unsure),       TEST(broken),
        TEST(sections_in_a_loop), TEST(no_pdf),       TEST(attack_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
