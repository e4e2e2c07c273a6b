/* What the signatures up to a revision forbid in the next. */
#include "changes/compare.h"

static int
stricter(int a, int b)
{
    if (a == 0 || b == 0)
        return a + b;
    return a < b ? a : b;
}

struct rules
rules_at(const struct revisions *r, size_t revision)
{
    struct rules rules = {0};

    for (size_t i = 0; i < revisions_signature_count(r); i++) {
        const struct signed_part *s = revisions_signature(r, i);
        if (s->revision > revision)
            continue;
        rules.level = stricter(rules.level, stricter(s->docmdp, s->lock.level));
        rules.certified = rules.certified || s->docmdp > 0 || s->lock.level > 0;
        rules.signed_before = rules.signed_before || !s->is_time_stamp;
    }
    return rules;
}

/* A field is named by itself or by one above it. */
static bool
is_named(const struct mdp_lock *lock, struct str field)
{
    for (size_t i = 0; i < lock->count; i++) {
        struct str name = lock->fields[i];
        if (name.len > 0 && str_starts(field, name) &&
            (field.len == name.len || field.ptr[name.len] == '.'))
            return true;
    }
    return false;
}

static bool
locks(const struct mdp_lock *lock, struct str field)
{
    switch (lock->action) {
    case MDP_ALL:
        return true;
    case MDP_INCLUDE:
        return is_named(lock, field);
    case MDP_EXCLUDE:
        return !is_named(lock, field);
    default:
        return false;
    }
}

bool
rules_signed_at(const struct revisions *r, size_t revision)
{
    for (size_t i = 0; i < revisions_signature_count(r); i++) {
        const struct signed_part *s = revisions_signature(r, i);
        if (s->revision == revision && s->fault == SIGNATURE_WHOLE && !s->is_time_stamp)
            return true;
    }
    return false;
}

bool
rules_lock(const struct revisions *r, size_t revision, struct str field)
{
    for (size_t i = 0; i < revisions_signature_count(r); i++) {
        const struct signed_part *s = revisions_signature(r, i);
        if (s->revision <= revision && (locks(&s->lock, field) || locks(&s->fieldmdp, field)))
            return true;
    }
    return false;
}
