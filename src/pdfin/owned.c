/* Bytes of a revision that belong to no object and no section of its own. Something that stands
 * there is part of what a signature signs, but nothing yet: until a later table points at it. */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "pdfin/revisions_inner.h"

struct extent {
    size_t from, to;
};

static int
in_order(const void *a, const void *b)
{
    const struct extent *x = a, *y = b;

    return x->from < y->from ? -1 : x->from > y->from;
}

static bool
is_section(const struct revision_inner *one, size_t offset)
{
    return one->sections[0]->offset == offset ||
           (one->section_count > 1 && one->sections[1]->offset == offset);
}

/* The places of all objects that the revision's own table gives, and of its sections. */
static struct extent *
collect(struct revisions *r, size_t revision, size_t *count)
{
    const struct revision_inner *one = &r->list[revision];
    size_t made = 0;
    struct extent *list =
        arena_array(r->arena, one->own_count + one->section_count + 1, sizeof *list);

    for (size_t i = 0; i < one->own_count; i++) {
        const struct entry *e = entry_find(r, revision, one->own[i]);
        if (e == NULL || e->type == ENTRY_FREE)
            continue;
        const struct object *object = object_find(r, revision, e);
        if (object != NULL && e->type == ENTRY_PLAIN && object->start >= one->shown.start &&
            !is_section(one, object->start))
            list[made++] = (struct extent){object->start, object->end};
    }
    for (size_t i = 0; i < one->section_count; i++) {
        const struct section *s = one->sections[i];
        list[made++] = (struct extent){s->offset, s->has_end ? s->eof : s->end};
    }
    *count = made;
    return list;
}

/* Whether a number and "obj" stand in a piece of the file. */
static size_t
find_object(struct str bytes, size_t from, size_t to)
{
    struct str piece = str_sub(bytes, from, to - from);
    size_t at = 0, found;

    while ((found = str_find(str_sub(piece, at, piece.len), STR(" obj"))) != SIZE_MAX) {
        size_t here = at + found;
        if (here > 0 && ascii_is_digit(piece.ptr[here - 1]))
            return from + here;
        at = here + 4;
    }
    return SIZE_MAX;
}

/* A table that leaves out revisions before it leaves out their signatures, too. */
static bool
holds_signature(struct str piece)
{
    return str_find(piece, STR("/ByteRange")) != SIZE_MAX;
}

static size_t
find_any(struct str bytes, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (!parse_is_space(bytes.ptr[i]))
            return i;
    }
    return SIZE_MAX;
}

void
revisions_find_loose(struct revisions *r, size_t revision, bool strictly)
{
    struct revision *one = &r->list[revision].shown;
    size_t count, at = one->start;
    bool was_quiet = r->is_quiet;

    r->is_quiet = !strictly;
    struct extent *list = collect(r, revision, &count);
    r->is_quiet = was_quiet;
    qsort(list, count, sizeof *list, in_order);
    for (size_t i = 0; i <= count; i++) {
        size_t to = i == count ? one->end : list[i].from;
        size_t found = to <= at   ? SIZE_MAX
                       : strictly ? find_any(r->bytes, at, to)
                                  : find_object(r->bytes, at, to);
        if (found != SIZE_MAX && !one->loose_bytes) {
            one->loose_bytes = true;
            one->loose_at = found;
        }
        if (to > at && holds_signature(str_sub(r->bytes, at, to - at)))
            revisions_doubt_add(r, DOUBT_SIGNATURE_LOST, at, 0, NULL);
        /* what overlaps is read in two ways */
        if (i < count && list[i].from < at && strictly)
            revisions_doubt_add(r, DOUBT_OBJECT, list[i].from, 0, NULL);
        if (i < count && list[i].to > at)
            at = list[i].to;
    }
}
