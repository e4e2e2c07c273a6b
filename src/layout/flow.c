/* Filling pages: first fit, but for the pages that flow_plan.c ends earlier. Strips that hold on to
 * each other are a chain; a chain is placed when all of it fits, else a strip in it that may be
 * parted is, else the page ends. A chain that is taller than an empty page gives way level by
 * level: first what is only kept together, then widows and headings; the level holds until the
 * chain is through, so that pages stay full meanwhile. */
#include "layout/flow.h"

/* Chains are looked at this far; that many lines fit on no page. */
#define CHAIN_MAX 2000

/* Above the strongest hold: every strip by itself. */
#define LEVEL_ALONE (KEEP_STRONG + 1)

/* How far a chain reaches. */
struct reach {
    bool fits;
    size_t end;  /* fits: one past its last strip */
    size_t over; /* else: the strip that does not fit … */
    mpt room;    /* … and the room left for it */
};

struct flow
flow_start(struct layout *layout, struct pages *pages)
{
    return (struct flow){.layout = layout, .pages = pages, .fresh = true, .level = KEEP_WEAK};
}

static struct page *
current_page(const struct flow *flow)
{
    return &flow->pages->page[flow->pages->count - 1];
}

static bool
begin_page(struct flow *flow, bool first)
{
    const struct flow_section *section = flow->section;

    flow->y = section->top;
    flow->fresh = true;
    flow->break_asked = false;
    flow->begun++;
    if (flow->dry)
        return true;
    struct page *page = pages_add(flow->layout->arena, flow->pages);
    flow->number = first && section->first > 0 ? section->first : flow->number + 1;
    page->width = section->width;
    page->height = section->height;
    page->left = section->left;
    page->bottom = section->bottom;
    page->node = section->node;
    page->section = section->number;
    page->number = flow->number;
    return frame_begin(flow->layout, section, page, first);
}

static void
put_items(struct flow *flow, const struct item *items, size_t count, mpt dx, mpt dy)
{
    if (flow->dry)
        return;
    struct page *page = current_page(flow);
    for (size_t i = 0; i < count; i++) {
        struct item *item = page_add(flow->layout->arena, page);
        *item = items[i];
        item->x += dx;
        item->y += dy;
    }
}

/* Paints what the last strip wants below it when a page ends there. */
static void
end_page(struct flow *flow)
{
    const struct strip *last = &flow->last;

    if (!flow->fresh)
        put_items(flow, last->foot, last->foot_count, flow->section->left + last->shift,
                  flow->y - last->height);
}

/* Ends the page and begins the next one, on which `next` comes first. */
static bool
next_page(struct flow *flow, const struct strip *next, bool asked)
{
    const struct flow_section *section = flow->section;

    end_page(flow);
    flow->end_y = flow->y;
    flow->asked = asked;
    if (!flow->dry && !asked && section->continuation && next->lead.len > 0 &&
        !frame_continue(flow->layout, section, current_page(flow), next, flow->y))
        return false;
    return begin_page(flow, false);
}

static mpt
bottom(const struct flow *flow)
{
    return flow->section->height - flow->section->bottom;
}

/* Heads repeat unless they would take half of the page or more. */
static bool
repeats(const struct flow *flow, const struct strip *strip)
{
    const struct flow_section *section = flow->section;

    return flow->fresh && strip->repeat != NULL &&
           strips_height(strip->repeat, 0, strip->repeat->count) <
               (section->height - section->top - section->bottom) / 2;
}

/* Where the top of `strip` would be after `above` (NULL: on the page as it is now). */
static int64_t
top_of(const struct flow *flow, const struct strip *above, const struct strip *strip, int64_t y)
{
    if (above != NULL)
        return y + strip_gap(above, strip);
    if (!flow->fresh)
        return y + strip_gap(&flow->last, strip);
    y -= strip->rise < y ? strip->rise : y;
    if (repeats(flow, strip))
        y += strips_height(strip->repeat, 0, strip->repeat->count);
    return y;
}

static void
place_one(struct flow *flow, const struct strip *strip)
{
    flow->y = (mpt)top_of(flow, NULL, strip, flow->y);
    put_items(flow, strip->items, strip->count, flow->section->left + strip->shift, flow->y);
    flow->y += strip->height;
    flow->last = *strip;
    flow->fresh = false;
}

static void
place(struct flow *flow, const struct strip *strip)
{
    if (repeats(flow, strip)) {
        for (size_t i = 0; i < strip->repeat->count; i++) {
            struct strip head = strip->repeat->strip[i];
            head.shift += strip->shift;
            head.repeat = NULL;
            place_one(flow, &head);
        }
        struct strip below = *strip;
        below.before = 0;
        flow->last.after = 0;
        place_one(flow, &below);
    } else {
        place_one(flow, strip);
    }
    /* a hold that is weaker ends the chain for which the level was raised */
    if ((int)strip->keep + 1 < flow->level)
        flow->level = (int)strip->keep + 1;
}

static struct reach
measure_chain(const struct flow *flow, const struct strips *strips, size_t from)
{
    const struct strip *above = NULL;
    int64_t y = flow->y;

    for (size_t i = from;; i++) {
        const struct strip *strip = &strips->strip[i];
        y = top_of(flow, above, strip, y);
        if (y + strip->height > bottom(flow)) {
            int64_t room = bottom(flow) - y;
            return (struct reach){.over = i, .room = room < 0 ? 0 : (mpt)room};
        }
        y += strip->height;
        if ((int)strip->keep < flow->level || i + 1 == strips->count || i - from == CHAIN_MAX ||
            strips->strip[i + 1].new_page)
            return (struct reach){.fits = true, .end = i + 1};
        above = strip;
    }
}

/* Parts the strip that does not fit, when it lets itself be parted: what is before it and its
 * upper part go onto this page, its rest takes its place. */
static bool
part(struct flow *flow, struct strips *strips, size_t *at, const struct reach *reach)
{
    struct strip *strip = &strips->strip[reach->over];
    bool force = flow->fresh && flow->level == LEVEL_ALONE;
    struct strip upper = {0}, rest = {0};

    if (strip->split == NULL ||
        !strip->split(flow->layout, strip, reach->room, force, &upper, &rest))
        return false;
    if (upper.height > reach->room || upper.height <= 0 || rest.height >= strip->height)
        return false;
    upper.shift = strip->shift;
    upper.before = strip->before;
    upper.repeat = strip->repeat;
    upper.keep = strip->keep;
    for (; *at < reach->over; (*at)++)
        place(flow, &strips->strip[*at]);
    place(flow, &upper);
    rest.shift = strip->shift;
    rest.after = strip->after;
    rest.keep = strip->keep;
    rest.repeat = strip->repeat;
    rest.node = strip->node;
    *strip = rest;
    return true;
}

static bool
refuse_tall(struct flow *flow, const struct strip *strip)
{
    const struct flow_section *section = flow->section;
    struct diags *diags = flow->layout->diags;
    mpt room = section->height - section->top - section->bottom;

    if (!flow->dry)
        diag_add(diags, DIAG_LAYOUT_TOO_TALL, strip->node->pos,
                 element_info(strip->node->element)->name, layout_cm(flow->layout, strip->height),
                 layout_cm(flow->layout, room));
    return false;
}

/* Places the chain that begins at *at, or a part of it, or ends the page, or gives way a level:
 * each call comes nearer to the end. */
static bool
step(struct flow *flow, struct strips *strips, size_t *at)
{
    const struct strip *strip = &strips->strip[*at];
    struct reach reach = measure_chain(flow, strips, *at);

    if (reach.fits) {
        for (; *at < reach.end; (*at)++)
            place(flow, &strips->strip[*at]);
        return true;
    }
    if (part(flow, strips, at, &reach))
        return next_page(flow, &strips->strip[*at], false);
    if (!flow->fresh)
        return next_page(flow, strip, false);
    if (flow->level == LEVEL_ALONE)
        return refuse_tall(flow, strip);
    flow->level++;
    return true;
}

bool
flow_step(struct flow *flow, struct strips *strips, size_t *at)
{
    const struct strip *strip = &strips->strip[*at];

    flow->break_asked = flow->break_asked || strip->new_page;
    if (strip->height == 0 && strip->count == 0) {
        ++*at;
        return true;
    }
    if (flow->break_asked && !flow->fresh)
        return next_page(flow, strip, true);
    flow->break_asked = false;
    if (flow->ends != NULL && flow->ends[*at] && !flow->fresh)
        return next_page(flow, strip, false);
    return step(flow, strips, at);
}

bool
flow_begin(struct flow *flow, const struct flow_section *section)
{
    flow->section = section;
    flow->level = KEEP_WEAK;
    return begin_page(flow, true);
}

bool
flow_fill(struct flow *flow, const struct flow_section *section, struct strips *strips)
{
    flow->ends = flow_plan(flow->layout, section, strips);
    if (!flow_begin(flow, section))
        return false;
    for (size_t at = 0; at < strips->count;) {
        if (layout_over(flow->layout) || !flow_step(flow, strips, &at))
            return false;
    }
    end_page(flow);
    return true;
}
