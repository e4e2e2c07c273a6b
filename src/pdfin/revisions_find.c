/* The chain of sections, put together into revisions. */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "pdfin/revisions_inner.h"

#define TAIL 1024 /* bytes at the end of a file that hold startxref */

static bool
fail_at(struct revisions *r, enum doubt_code code, size_t offset)
{
    revisions_doubt_add(r, code, offset, 0, NULL);
    return false;
}

/* What the last "startxref" names, and where the last "%%EOF" ends. */
static bool
read_tail(struct revisions *r, size_t *startxref, size_t *eof)
{
    size_t from = r->bytes.len > TAIL ? r->bytes.len - TAIL : 0;
    struct str tail = str_sub(r->bytes, from, TAIL);
    size_t word = str_find_last(tail, STR("startxref")), end = str_find_last(tail, STR("%%EOF"));
    struct cos_parser *p = &r->parser;

    if (word == SIZE_MAX || end == SIZE_MAX || end < word)
        return fail_at(r, DOUBT_NO_END, r->bytes.len);
    *eof = from + end + 5;
    p->bytes = r->bytes;
    p->at = from + word + 9;
    while (p->at < *eof && parse_is_space(r->bytes.ptr[p->at]))
        p->at++;
    if (!parse_unsigned(p, SIZE_MAX / 2, startxref))
        return fail_at(r, DOUBT_NO_END, from + word);
    while (p->at < *eof && parse_is_space(r->bytes.ptr[p->at]))
        p->at++;
    if (p->at != from + end)
        return fail_at(r, DOUBT_NO_END, p->at);
    for (size_t i = *eof; i < r->bytes.len; i++) {
        if (!ascii_is_space(r->bytes.ptr[i])) {
            revisions_doubt_add(r, DOUBT_BYTES_BEHIND, i, 0, NULL);
            break;
        }
    }
    return true;
}

/* Sections from the newest to the oldest; *count of them are good even where false comes back. */
static bool
read_chain(struct revisions *r, size_t startxref, struct section **sections, size_t *count)
{
    size_t cap = 0, entries = 0;

    for (size_t offset = startxref;;) {
        struct section s;
        if (*count == REVISIONS_MAX)
            return fail_at(r, DOUBT_TOO_MUCH, offset);
        for (size_t i = 0; i < *count; i++) {
            if ((*sections)[i].offset == offset)
                return fail_at(r, DOUBT_SECTION_LOOP, offset);
        }
        if (!section_read(r, offset, &s))
            return false;
        entries += s.count;
        *ARENA_ADD(r->arena, *sections, *count, cap, 8) = s;
        if (entries > REVISIONS_ENTRIES_MAX)
            return fail_at(r, DOUBT_TOO_MUCH, offset);
        if (s.prev == 0)
            return true;
        offset = s.prev;
    }
}

/* A linearised file: its first section stands before the second, which ends the file for it. */
static bool
is_linearised(const struct section *s, size_t left)
{
    return left > 1 && s[1].offset > s[0].offset && s[1].prev == 0 && s[1].has_end &&
           s[1].startxref == s[0].offset;
}

static size_t
past_line_end(struct str bytes, size_t at)
{
    if (at < bytes.len && bytes.ptr[at] == '\n')
        return at + 1;
    if (at < bytes.len && bytes.ptr[at] == '\r')
        return at + 1 < bytes.len && bytes.ptr[at + 1] == '\n' ? at + 2 : at + 1;
    return at;
}

/* Sections into revisions, the oldest first. */
static bool
group(struct revisions *r, struct section *sections, size_t count)
{
    struct revision_inner *list = arena_array(r->arena, count, sizeof *list);
    size_t made = 0;
    bool good = true;

    for (size_t i = 0; i < count; i++) {
        struct revision_inner *one = &list[made++];
        bool both = is_linearised(&sections[i], count - i);
        const struct section *last = &sections[both ? i + 1 : i];
        if (!last->has_end || last->startxref != sections[i].offset)
            good = fail_at(r, DOUBT_NO_END, last->end);
        one->sections[one->section_count++] = &sections[i];
        if (both)
            one->sections[one->section_count++] = &sections[++i];
        one->eof = last->has_end ? last->eof : last->end;
        one->shown.end = past_line_end(r->bytes, one->eof);
    }
    r->list = arena_array(r->arena, made, sizeof *r->list);
    for (size_t i = 0; i < made; i++)
        r->list[i] = list[made - 1 - i];
    r->count = made;
    return good;
}

static bool
check_order(struct revisions *r, size_t eof)
{
    size_t before = 0;

    for (size_t i = 0; i < r->count; i++) {
        struct revision_inner *one = &r->list[i];
        one->shown.start = before;
        for (size_t k = 0; k < one->section_count; k++) {
            if (one->sections[k]->offset < before || one->sections[k]->end > one->shown.end)
                return fail_at(r, DOUBT_SECTION_ORDER, one->sections[k]->offset);
        }
        before = one->shown.end;
    }
    return r->list[r->count - 1].eof == eof || fail_at(r, DOUBT_SECTION_ORDER, eof);
}

/* ---- entries */

static int
in_order(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;

    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return x->revision < y->revision ? -1 : x->revision > y->revision;
}

static void
collect_entries(struct revisions *r)
{
    size_t total = 0, at = 0;

    for (size_t i = 0; i < r->count; i++) {
        for (size_t k = 0; k < r->list[i].section_count; k++)
            total += r->list[i].sections[k]->count;
    }
    r->entries = arena_array(r->arena, total == 0 ? 1 : total, sizeof *r->entries);
    for (size_t i = 0; i < r->count; i++) {
        for (size_t k = 0; k < r->list[i].section_count; k++) {
            const struct section *s = r->list[i].sections[k];
            for (size_t e = 0; e < s->count; e++) {
                r->entries[at] = s->entries[e];
                r->entries[at++].revision = (uint32_t)i;
            }
        }
    }
    r->entry_count = total;
    qsort(r->entries, total, sizeof *r->entries, in_order);
}

static void
index_entries(struct revisions *r)
{
    for (size_t i = 0; i < r->entry_count; i++) {
        struct entry *e = &r->entries[i];
        bool is_first = i == 0 || e[-1].number != e->number;
        if (!is_first && e[-1].revision == e->revision)
            revisions_doubt_add(r, DOUBT_ENTRY_TWICE, 0, e->number, NULL);
        if (is_first && e->number > 0)
            *map_put(r->groups, e->number) = e;
        r->list[e->revision].shown.changed++;
        r->list[e->revision].own_count += e->type != ENTRY_FREE && e->number > 0;
        if (e->type == ENTRY_PLAIN && e->place >= r->list[e->revision].shown.end)
            revisions_doubt_add(r, DOUBT_ENTRY_OUTSIDE, e->place, e->number, NULL);
    }
}

static void
list_own(struct revisions *r)
{
    for (size_t i = 0; i < r->count; i++) {
        size_t count = r->list[i].own_count;
        r->list[i].own = arena_array(r->arena, count == 0 ? 1 : count, sizeof(uint32_t));
        r->list[i].own_count = 0;
    }
    for (size_t i = 0; i < r->entry_count; i++) {
        struct revision_inner *one = &r->list[r->entries[i].revision];
        if (r->entries[i].type != ENTRY_FREE && r->entries[i].number > 0)
            one->own[one->own_count++] = r->entries[i].number;
    }
}

bool
revisions_find(struct revisions *r)
{
    struct section *sections = NULL;
    size_t startxref, eof, count = 0;

    if (!read_tail(r, &startxref, &eof))
        return false;
    bool good = read_chain(r, startxref, &sections, &count);
    if (count == 0)
        return false;
    good = group(r, sections, count) && good;
    good = check_order(r, eof) && good;
    collect_entries(r);
    index_entries(r);
    list_own(r);
    return good;
}
