#include "paper/sort.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

static bool
same_code(const struct code *a, const struct code *b)
{
    return strcmp(a->text, b->text) == 0;
}

/* Whether a code that was found may be the one that was typed, where one was. */
static bool
is_wanted(const struct sheet *sheet, const struct sheet_code *found)
{
    const struct sheet_code *typed = &sheet->typed;

    return !sheet->is_typed || (same_code(&found->code, &typed->code) &&
                                (typed->page == 0 || typed->page == found->page));
}

/* The one code among those that were found, one in the corner before others; NULL where there is
 * none, or they differ. */
static const struct sheet_code *
agreed(const struct sheet *sheet)
{
    const struct sheet_code *out = NULL;

    for (size_t i = 0; i < sheet->code_count; i++) {
        const struct sheet_code *found = &sheet->codes[i];
        if (!is_wanted(sheet, found))
            continue;
        if (out != NULL && (!same_code(&found->code, &out->code) || found->page != out->page))
            return NULL;
        if (out == NULL || (found->is_in_corner && !out->is_in_corner))
            out = found;
    }
    return out;
}

static bool
has_wanted(const struct sheet *sheet)
{
    bool has = false;

    for (size_t i = 0; i < sheet->code_count; i++)
        has = has || is_wanted(sheet, &sheet->codes[i]);
    return has;
}

enum sheet_state
sheet_state(const struct sheet *sheet, struct sheet_code *code)
{
    const struct sheet_code *found = agreed(sheet);

    if (sheet->is_damaged)
        return SHEET_DAMAGED;
    if (sheet->code_count == 0 && !sheet->is_typed)
        return sheet->is_blank ? SHEET_BLANK : SHEET_NO_CODE;
    if (sheet->code_count > 0 && found == NULL && !(sheet->is_typed && !has_wanted(sheet)))
        return SHEET_TWO_CODES;
    *code = found == NULL ? sheet->typed : *found;
    if (sheet->is_typed)
        return SHEET_TYPED;
    return found->is_in_corner ? SHEET_KNOWN : SHEET_ELSEWHERE;
}

bool
sheet_contradicts(const struct sheet *sheet)
{
    bool other = false;

    for (size_t i = 0; i < sheet->code_count && sheet->is_typed; i++)
        other = other || sheet->codes[i].is_in_corner;
    return other && !has_wanted(sheet);
}

/* ---- gathering */

static int
by_page(const void *left, const void *right)
{
    const struct placed *a = left, *b = right;

    if (a->page != b->page)
        return a->page < b->page ? -1 : 1;
    return a->sheet->index < b->sheet->index ? -1 : a->sheet->index > b->sheet->index;
}

/* What is gathered of one code; lists have room for all sheets of it. */
static struct sorted *
find(struct sorted_all *all, const struct code *code)
{
    for (size_t i = all->count; i-- > 0;) {
        if (same_code(&all->list[i].code, code))
            return &all->list[i];
    }
    return NULL;
}

/* The very same page of a file that was given twice tells nothing new. Two scans of one sheet of
 * paper are never the same. */
static bool
is_same(const struct sorted *sorted, const struct sheet *sheet, unsigned page)
{
    for (size_t i = 0; i < sorted->count; i++) {
        if (sorted->pages[i].page == page &&
            memcmp(&sorted->pages[i].sheet->image, &sheet->image, sizeof sheet->image) == 0)
            return true;
    }
    return false;
}

static void
put(struct arena *arena, struct sorted *sorted, size_t room, const struct sheet *sheet,
    const struct sheet_code *code)
{
    if (sorted->pages == NULL) {
        sorted->code = code->code;
        sorted->pages = arena_array(arena, room, sizeof *sorted->pages);
        sorted->same = arena_array(arena, room, sizeof *sorted->same);
    }
    if (is_same(sorted, sheet, code->page)) {
        sorted->same[sorted->same_count++] = sheet;
        return;
    }
    sorted->pages[sorted->count++] =
        (struct placed){.sheet = sheet, .page = code->page, .turn = code->turn};
}

static void
finish(struct sorted *sorted)
{
    qsort(sorted->pages, sorted->count, sizeof *sorted->pages, by_page);
    sorted->was_sorted = true;
    for (size_t i = 1; i < sorted->count; i++) {
        struct placed *placed = &sorted->pages[i], *before = placed - 1;
        placed->is_double = placed->page != 0 && placed->page == before->page;
        if (before->page != 0 && placed->sheet->index < before->sheet->index)
            sorted->was_sorted = false;
    }
}

/* How many sheets have this code. */
static size_t
count_of(const struct sheet *sheets, size_t count, const struct code *code)
{
    struct sheet_code found;
    size_t same = 0;

    for (size_t i = 0; i < count; i++) {
        if (sheet_state(&sheets[i], &found) <= SHEET_TYPED)
            same += same_code(&found.code, code);
    }
    return same;
}

struct sorted_all
sort_sheets(struct arena *arena, const struct sheet *sheets, size_t count)
{
    struct sorted_all all = {.list = arena_array(arena, count, sizeof *all.list),
                             .others = arena_array(arena, count, sizeof *all.others)};

    for (size_t i = 0; i < count; i++) {
        struct sheet_code code;
        if (sheet_state(&sheets[i], &code) > SHEET_TYPED) {
            all.others[all.other_count++] = &sheets[i];
            continue;
        }
        struct sorted *sorted = find(&all, &code.code);
        if (sorted == NULL)
            sorted = &all.list[all.count++];
        put(arena, sorted, sorted->pages == NULL ? count_of(sheets + i, count - i, &code.code) : 0,
            &sheets[i], &code);
    }
    for (size_t i = 0; i < all.count; i++)
        finish(&all.list[i]);
    return all;
}

/* ---- what is missing */

/* The sheet that says no page, when it is the only one, gets the only page that is left. */
static void
place_unknown(struct sorted *sorted, struct missing *missing)
{
    if (missing->unknown == NULL || missing->count != 1 ||
        (sorted->count > 1 && sorted->pages[1].page == 0))
        return;
    sorted->pages[0].page = missing->page[0];
    sorted->pages[0].is_guessed = true;
    missing->count = 0;
    missing->unknown = NULL;
    finish(sorted);
}

struct missing
sorted_missing(struct arena *arena, struct sorted *sorted, size_t pages)
{
    struct missing out = {.page = arena_array(arena, pages, sizeof *out.page)};
    unsigned next = 1;

    for (size_t i = 0; i < sorted->count; i++) {
        const struct placed *placed = &sorted->pages[i];
        if (placed->page == 0 && out.unknown == NULL)
            out.unknown = placed;
        if (placed->page > pages && out.beyond == NULL)
            out.beyond = placed;
        for (; next < placed->page && next <= pages; next++)
            out.page[out.count++] = next;
        if (placed->page == next)
            next++;
    }
    for (; next <= pages; next++)
        out.page[out.count++] = next;
    place_unknown(sorted, &out);
    return out;
}
