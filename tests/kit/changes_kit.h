/* Judging what became of signed PDFs. */
#ifndef CHANGES_KIT_H
#define CHANGES_KIT_H

#include "revisions_kit.h"

#include "changes/changes.h"

#define TEST(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

struct outcome {
    struct revisions *revisions;
    struct changes changes;
};

static inline struct outcome
judge(struct fixture *f, struct str bytes, const struct drawing *drawing)
{
    struct outcome out = {.revisions = revisions_open(f->arena, "a.pdf", bytes)};

    out.changes = changes_find(f->arena, out.revisions, drawing);
    return out;
}

static inline struct outcome
judge_file(struct fixture *f, const struct rev_file *file)
{
    return judge(f, buf_str(&file->out), NULL);
}

static inline bool
has_change(const struct outcome *out, enum change_code code)
{
    for (size_t i = 0; i < out->changes.count; i++) {
        if (out->changes.list[i].code == code)
            return true;
    }
    return false;
}

/* So that a test that fails tells what was found. */
static inline void
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

static inline void
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

static inline void
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
static inline struct rev_file
signed_by_a(struct fixture *f)
{
    struct rev_file file = rev_document(f->arena);

    rev_sign_a(&file);
    return file;
}

#endif
