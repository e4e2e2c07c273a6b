/* Whether two objects, in two files, are the same with all that they refer to. Streams are by what
 * they hold: another version of a library may pack it otherwise. */
#include "changes/compare.h"

#define DEPTH_MAX 24
#define STREAM_MAX ((size_t)16 << 20)

struct side {
    struct revisions *revisions;
    size_t revision;
};

static bool same(const struct side *x, const struct cos *a, const struct side *y,
                 const struct cos *b, size_t depth);

/* All entries but /Length, which follows from the data. */
static bool
same_entries(const struct side *x, const struct cos *a, const struct side *y, const struct cos *b,
             size_t depth)
{
    if (a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++) {
        if (!str_eq(a->entries[i].key, b->entries[i].key))
            return false;
        if (!str_is(a->entries[i].key, "Length") &&
            !same(x, &a->entries[i].value, y, &b->entries[i].value, depth + 1))
            return false;
    }
    return true;
}

static bool
same_stream(const struct side *x, const struct cos *a, const struct side *y, const struct cos *b,
            size_t depth)
{
    struct str one, other;
    bool good;

    if (!same_entries(x, &a->stream->dict, y, &b->stream->dict, depth))
        return false;
    if (str_eq(a->stream->data, b->stream->data))
        return true;
    struct arena *arena = arena_new(0);
    good = cos_unpack(x->revisions, x->revision, a, STREAM_MAX, arena, &one) &&
           cos_unpack(y->revisions, y->revision, b, STREAM_MAX, arena, &other) &&
           str_eq(one, other);
    arena_free(arena);
    return good;
}

static bool
same(const struct side *x, const struct cos *a, const struct side *y, const struct cos *b,
     size_t depth)
{
    a = cos_resolve(x->revisions, x->revision, a);
    b = cos_resolve(y->revisions, y->revision, b);
    if (depth > DEPTH_MAX || a->type != b->type)
        return false;
    switch (a->type) {
    case COS_ARRAY:
        if (a->count != b->count)
            return false;
        for (uint32_t i = 0; i < a->count; i++) {
            if (!same(x, &a->items[i], y, &b->items[i], depth + 1))
                return false;
        }
        return true;
    case COS_DICT:
        return same_entries(x, a, y, b, depth);
    case COS_STREAM:
        return same_stream(x, a, y, b, depth);
    default:
        return compare_same_scalar(a, b);
    }
}

bool
changes_same_objects(struct revisions *r, size_t revision, size_t number, struct revisions *other,
                     size_t other_revision, size_t other_number)
{
    const struct side x = {r, revision}, y = {other, other_revision};

    return revisions_has(r, revision, number) &&
           revisions_has(other, other_revision, other_number) &&
           same(&x, revisions_object(r, revision, number), &y,
                revisions_object(other, other_revision, other_number), 0);
}
