/* All steps from the first signature's revision on, and the verdict on each signature. */
#include "base/arena.h"
#include "changes/compare.h"
#include "pdfin/map.h"

const char *
changes_answer_name(enum changes_answer answer)
{
    static const char *const names[] = {"unchanged", "additions", "changed", "unsure"};

    return names[answer];
}

static void
compare_step(struct found *found, struct revisions *r, size_t b, const struct drawing *drawing,
             size_t *steps)
{
    struct compare c = {.arena = arena_new(0),
                        .r = r,
                        .a = b - 1,
                        .b = b,
                        .rules = rules_at(r, b - 1),
                        .drawing = drawing,
                        .found = found,
                        .first = found->count,
                        .steps = steps};

    c.pairs = map_new(c.arena);
    c.roles = map_new(c.arena);
    c.added = map_new(c.arena);
    judge_set_roles(&c);
    judge_form_roles(&c);
    judge_form_dict(&c);
    judge_pages(&c);
    compare_rest(&c);
    judge_fields(&c);
    judge_root(&c);
    compare_rest(&c);
    if (revisions_at(r, b)->loose_bytes)
        compare_add(&c, (struct change){.code = CHANGE_LOOSE_BYTES, .signature = SIZE_MAX});
    warn_unused(&c);
    arena_free(c.arena);
}

static enum changes_answer
answer_of(const struct found *found, const struct revisions *r, const struct signed_part *s)
{
    enum changes_answer answer = CHANGES_NONE;

    if (s->fault != SIGNATURE_WHOLE)
        return CHANGES_REFUSED;
    if (revisions_doubt_count(r) > 0)
        return CHANGES_UNSURE;
    for (size_t i = 0; i < found->count && answer != CHANGES_REFUSED; i++) {
        const struct change *change = &found->list[i];
        if (change->revision > s->revision && change->sort != SORT_WARNING)
            answer = change->sort == SORT_REFUSED ? CHANGES_REFUSED : CHANGES_ALLOWED;
    }
    /* a revision that brings nothing is an addition too, and what was not kept may be anything */
    if (answer == CHANGES_NONE && s->revision + 1 < revisions_count(r))
        answer = CHANGES_ALLOWED;
    return found->dropped > 0 && s->revision + 1 < revisions_count(r) ? CHANGES_REFUSED : answer;
}

/* The first revision that is signed, or none. */
static size_t
first_signed(const struct revisions *r)
{
    size_t first = REVISION_NONE;

    for (size_t i = 0; i < revisions_signature_count(r); i++) {
        size_t revision = revisions_signature(r, i)->revision;
        first = revision < first ? revision : first;
    }
    return first;
}

struct changes
changes_before(struct arena *arena, struct revisions *r, const struct drawing *drawing)
{
    struct found found = {.arena = arena};
    size_t first = first_signed(r), steps = 0;

    for (size_t b = 1; b <= first && first != REVISION_NONE; b++)
        compare_step(&found, r, b, drawing, &steps);
    return (struct changes){.list = found.list, .count = found.count, .dropped = found.dropped};
}

struct changes
changes_find(struct arena *arena, struct revisions *r, const struct drawing *drawing)
{
    struct found found = {.arena = arena};
    size_t count = revisions_signature_count(r), first = first_signed(r), steps = 0;
    enum changes_answer *answers = arena_array(arena, count + 1, sizeof *answers);

    if (first != REVISION_NONE)
        warn_of(&found, r, first);
    for (size_t b = first; b + 1 < revisions_count(r) && first != REVISION_NONE; b++)
        compare_step(&found, r, b + 1, drawing, &steps);
    for (size_t i = 0; i < count; i++)
        answers[i] = answer_of(&found, r, revisions_signature(r, i));
    return (struct changes){
        .list = found.list, .count = found.count, .dropped = found.dropped, .answers = answers};
}

size_t
changes_after(const struct changes *changes, const struct revisions *r, size_t signature)
{
    size_t revision = revisions_signature(r, signature)->revision;

    for (size_t i = 0; i < changes->count; i++) {
        if (changes->list[i].revision > revision)
            return i;
    }
    return changes->count;
}
