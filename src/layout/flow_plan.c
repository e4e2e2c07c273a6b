/* Choosing page ends. From each strip with which a page may begin, the page is filled as flow.c
 * would, without painting; it may end where that says, or before, wherever nothing holds together,
 * in its lowest part. Of all ways through the section the one with the fewest pages is taken, and
 * among these that with the least demerits:
 *
 *   room left blank at the foot   10 for each hundredth of a page, so that pages stay full unless
 *                                 that saves something else
 *   a page that ends early        as much as a hundredth of a page
 *   a row of a table parted       a fifth of a page
 *   a single row of a table left at the foot or carried to the next page   a seventh
 *   a paragraph parted            hardly anything
 *   hardly a line on the last page   a little more than a line
 *
 * What must not be at all (widows, orphans, headings at the foot …) is held together by the strips.
 */
#include "layout/flow.h"

#include <string.h>

#include "base/arena.h"

/* Longer sections are filled first fit. */
#define STRIPS_MAX 5000

/* A page ends early only when no more than this part of it stays blank. */
#define EARLY_PART 4

#define BLANK 10
#define EARLY 10
#define PARTED_ROW 200
#define SINGLE_ROW 140
#define PARTED_PARAGRAPH 5
#define LAST_EMPTY 60

/* A page is all but empty when it is filled to less than this part. */
#define EMPTY_PART 20

/* The best way to a page that begins with some strip. */
struct way {
    size_t pages; /* 0: there is none */
    int64_t demerits;
    size_t from; /* the strip with which a page before it began */
    bool early;  /* the page before ends though the strip would have fitted */
};

struct planner {
    struct layout *layout;
    const struct flow_section *section;
    const struct strips *strips;
    struct strips copy; /* which parting changes */
    struct way *way;    /* to each strip, and to the end */
};

static mpt
page_height(const struct planner *planner)
{
    const struct flow_section *section = planner->section;

    return section->height - section->top - section->bottom;
}

static int64_t
blank_demerits(const struct planner *planner, mpt y)
{
    int64_t blank = (int64_t)planner->section->height - planner->section->bottom - y;

    return blank <= 0 ? 0 : blank * 100 * BLANK / page_height(planner);
}

/* True when strip i is a row of the table that `repeat` is the head of. */
static bool
is_row(const struct planner *planner, size_t i, const struct strips *repeat)
{
    return i < planner->strips->count && repeat != NULL &&
           planner->strips->strip[i].repeat == repeat;
}

/* What is bad about a page that ends before strip `at`, whatever room is left. */
static int64_t
parting_demerits(const struct planner *planner, size_t at)
{
    const struct strip *above = &planner->strips->strip[at - 1], *below = above + 1;
    int64_t sum = 0;

    if (above->lead.len > 0 && below->lead.len > 0 && above->node == below->node)
        sum += PARTED_PARAGRAPH;
    if (!is_row(planner, at - 1, below->repeat))
        return sum;
    if (at < 2 || !is_row(planner, at - 2, below->repeat))
        sum += SINGLE_ROW;
    if (!is_row(planner, at + 1, below->repeat))
        sum += SINGLE_ROW;
    return sum;
}

static int64_t
last_demerits(const struct planner *planner, mpt y)
{
    return (int64_t)(y - planner->section->top) * EMPTY_PART < page_height(planner) ? LAST_EMPTY
                                                                                    : 0;
}

static void
offer(struct planner *planner, size_t from, size_t at, size_t pages, int64_t demerits, bool early)
{
    struct way *way = &planner->way[at];

    /* of two that are alike the page that is full */
    if (way->pages > 0 &&
        (way->pages < pages ||
         (way->pages == pages &&
          (way->demerits < demerits || (way->demerits == demerits && (early || !way->early))))))
        return;
    *way = (struct way){pages, demerits, from, early};
}

/* The page before strip `at` could end there; the flow is still on it. */
static void
offer_early(struct planner *planner, const struct flow *flow, size_t from, size_t at, size_t pages,
            int64_t demerits)
{
    mpt bottom = planner->section->height - planner->section->bottom;

    if (flow->break_asked || flow->fresh || planner->strips->strip[at].new_page ||
        (int64_t)(bottom - flow->y) * EARLY_PART > page_height(planner))
        return;
    demerits += EARLY + blank_demerits(planner, flow->y) + parting_demerits(planner, at);
    offer(planner, from, at, pages, demerits, true);
}

/* Takes back what parting changed in the strips from `from` up to `to`. */
static void
restore(struct planner *planner, size_t from, size_t to)
{
    size_t end = to < planner->copy.count ? to + 1 : to;

    memcpy(&planner->copy.strip[from], &planner->strips->strip[from],
           (end - from) * sizeof *planner->copy.strip);
}

/* Fills the page that begins with strip `from`, and those after it while they begin with what is
 * left of a parted strip; offers all ends. Returns the strip that it came to, or SIZE_MAX when one
 * fits on no page. */
static size_t
try_from(struct planner *planner, size_t from)
{
    struct flow flow = {.layout = planner->layout, .dry = true};
    size_t pages = planner->way[from].pages, at = from, seen = 1;
    int64_t demerits = planner->way[from].demerits;

    (void)flow_begin(&flow, planner->section);
    while (at < planner->copy.count) {
        if (!flow_step(&flow, &planner->copy, &at))
            return SIZE_MAX;
        if (flow.begun == seen) {
            if (at < planner->copy.count)
                offer_early(planner, &flow, from, at, pages + 1, demerits);
            continue;
        }
        seen = flow.begun;
        pages++;
        bool parted = planner->copy.strip[at].height != planner->strips->strip[at].height;
        demerits +=
            flow.asked ? last_demerits(planner, flow.end_y) : blank_demerits(planner, flow.end_y);
        if (!parted) {
            demerits += flow.asked ? 0 : parting_demerits(planner, at);
            offer(planner, from, at, pages, demerits, false);
            return at;
        }
        demerits += PARTED_ROW;
    }
    offer(planner, from, at, pages + 1, demerits + last_demerits(planner, flow.y), false);
    return at;
}

/* Number of pages when they end like this; 0 when a strip fits on no page. */
static size_t
count_pages(struct planner *planner, const bool *ends)
{
    struct flow flow = {.layout = planner->layout, .ends = ends, .dry = true};

    restore(planner, 0, planner->copy.count);
    (void)flow_begin(&flow, planner->section);
    for (size_t at = 0; at < planner->copy.count;) {
        if (!flow_step(&flow, &planner->copy, &at))
            return 0;
    }
    return flow.begun;
}

/* Finds the best ways to all strips. */
static bool
search(struct planner *planner)
{
    restore(planner, 0, planner->copy.count);
    for (size_t at = 0; at < planner->strips->count; at++) {
        struct arena_mark mark = arena_mark(planner->layout->arena);
        struct arena_mark parted = arena_mark(planner->layout->strips);
        if (planner->way[at].pages == 0 && at > 0)
            continue;
        size_t end = try_from(planner, at);
        if (end == SIZE_MAX)
            return false;
        restore(planner, at, end);
        arena_reset(planner->layout->arena, mark);
        arena_reset(planner->layout->strips, parted);
    }
    return true;
}

/* Marks the early ends; false when there are none. */
static bool
mark_ends(const struct planner *planner, bool *ends)
{
    bool any = false;

    for (size_t at = planner->strips->count; at > 0; at = planner->way[at].from) {
        if (planner->way[at].early)
            any = ends[at] = true;
    }
    return any;
}

static const bool *
plan(struct planner *planner, bool *ends)
{
    size_t pages = count_pages(planner, NULL);

    if (pages < 2 || !search(planner) || !mark_ends(planner, ends))
        return NULL;
    size_t planned = count_pages(planner, ends);
    return planned > 0 && planned <= pages ? ends : NULL;
}

const bool *
flow_plan(struct layout *layout, const struct flow_section *section, const struct strips *strips)
{
    struct planner planner = {.layout = layout, .section = section, .strips = strips};
    size_t count = strips->count;

    if (count == 0 || count > STRIPS_MAX)
        return NULL;
    bool *ends = arena_array(layout->arena, count + 1, sizeof *ends);
    struct arena_mark mark = arena_mark(layout->arena), scratch = arena_mark(layout->scratch);
    struct arena_mark parted = arena_mark(layout->strips);
    planner.copy = (struct strips){arena_array(layout->arena, count, sizeof *planner.copy.strip),
                                   count, count};
    planner.way = arena_array(layout->arena, count + 1, sizeof *planner.way);
    const bool *planned = plan(&planner, ends);
    arena_reset(layout->arena, mark);
    arena_reset(layout->scratch, scratch);
    arena_reset(layout->strips, parted);
    return planned;
}
