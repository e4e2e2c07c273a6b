#include "layout/text.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "doc/refer.h"

/* ---- where text leads */

void
link_start(struct layout *layout)
{
    struct arena *arena = layout->arena;

    layout->refers = refers_new(arena, layout->job->document);
    layout->target_of = arena_array(arena, refers_nodes(layout->refers), sizeof(struct target *));
    layout->targets = arena_array(arena, refers_count(layout->refers), sizeof(struct target));
}

static struct target *
target_of(struct layout *layout, const struct node *node)
{
    struct target **place = &layout->target_of[node->id];

    if (*place == NULL) {
        *place = &layout->targets[layout->target_count++];
        (*place)->node = node;
    }
    return *place;
}

static void
append(struct arena *arena, struct link_list *links, struct text_link link)
{
    *ARENA_ADD(arena, links->link, links->count, links->cap, 4) = link;
}

void
link_add(struct layout *layout, struct link_list *links, const struct node *node, size_t from,
         size_t to)
{
    struct str href = str_trim(node_get(node, ATTRIBUTE_a_href));
    enum href_kind kind = href_kind(href);
    struct link *link;

    if (from >= to || (kind != HREF_INSIDE && kind != HREF_OUTSIDE))
        return;
    link = arena_alloc(layout->arena, sizeof *link);
    link->address = href;
    if (kind == HREF_INSIDE) {
        const struct node *target = refers_find(layout->refers, str_sub(href, 1, href.len));
        if (target == NULL)
            return;
        link->target = target_of(layout, target);
    }
    append(layout->arena, links, (struct text_link){from, to, link});
}

static bool
is_inside(const struct node *node, const struct node *target)
{
    while (node != NULL && node != target)
        node = node->parent;
    return node != NULL;
}

/* Puts those of `old` that begin before `end` to the others; false when one reaches behind `from`.
 */
static bool
pass_old(struct arena *arena, struct link_list *links, const struct link_list *old, size_t *next,
         size_t from, size_t end)
{
    for (; *next < old->count && old->link[*next].from < end; ++*next)
        append(arena, links, old->link[*next]);
    return links->count == 0 || links->link[links->count - 1].to <= from;
}

void
link_find(struct layout *layout, struct link_list *links, struct str text, const struct node *owner)
{
    const struct link_list old = *links;
    const struct node *target;
    size_t from = 0, to = 0, next = 0;

    *links = (struct link_list){0};
    while ((target = refers_next(layout->refers, text, &from, &to)) != NULL) {
        if (is_inside(owner, target) || !pass_old(layout->arena, links, &old, &next, from, to))
            continue;
        struct link *link = arena_alloc(layout->arena, sizeof *link);
        link->target = target_of(layout, target);
        link->found = true;
        append(layout->arena, links, (struct text_link){from, to, link});
    }
    if (links->count == 0)
        *links = old;
    else
        (void)pass_old(layout->arena, links, &old, &next, 0, text.len);
}

/* True unless the place is inside a Thai word. */
static bool
is_word_end(const struct para *para, size_t at)
{
    size_t before = at, after = at;

    if (at == 0 || at >= para->text.len)
        return true;
    return !utf8_is_thai_letter(utf8_prev(para->text, &before)) ||
           !utf8_is_thai_letter(utf8_next(para->text, &after)) ||
           break_grade(para->grade[at]) >= BREAK_SYLLABLE;
}

void
link_settle(struct arena *arena, struct para *para)
{
    struct text_link *kept = arena_array(arena, para->link_count, sizeof *kept);
    size_t count = 0;

    for (size_t i = 0; i < para->link_count; i++) {
        const struct text_link *link = &para->links[i];

        if (!link->link->found || (is_word_end(para, link->from) && is_word_end(para, link->to)))
            kept[count++] = *link;
    }
    para->links = kept;
    para->link_count = count;
}

/* ---- where that stands */

static bool
counts(const struct item *item)
{
    if (item->kind == ITEM_FIELD)
        return false;
    switch (item->role) {
    case ROLE_PAGE_NUMBER:
    case ROLE_CONTINUATION:
    case ROLE_REPEATED:
    case ROLE_MARK:
    case ROLE_STAMP:
        return false;
    default:
        return true;
    }
}

static mpt
top_of(const struct item *item)
{
    bool text = item->kind == ITEM_TEXT && item->as.text.count > 0;

    return text ? item->y - item->as.text.clusters[0].run->size : item->y;
}

static void
place(const struct layout *layout, struct pages *pages, size_t page, struct target *target, mpt top)
{
    if (!target->placed) {
        target->placed = true;
        target->page = page;
        target->top = top;
        *ARENA_ADD(layout->arena, pages->targets, pages->target_count, pages->target_cap, 8) =
            target;
    } else if (target->page == page && top < target->top) {
        target->top = top;
    }
}

/* True when the item belongs to a target. */
static bool
place_item(const struct layout *layout, struct pages *pages, size_t page, const struct item *item)
{
    bool any = false;

    for (const struct node *node = item->node; node != NULL; node = node->parent) {
        struct target *target = layout->target_of[node->id];
        if (target == NULL)
            continue;
        place(layout, pages, page, target, top_of(item));
        any = true;
    }
    return any;
}

void
link_place(const struct layout *layout, struct pages *pages)
{
    const struct node *none = NULL; /* belongs to no target */

    if (layout->target_count == 0)
        return;
    for (size_t i = 0; i < pages->count; i++) {
        for (size_t k = 0; k < pages->page[i].count; k++) {
            const struct item *item = &pages->page[i].items[k];
            if (item->node != none && counts(item) && !place_item(layout, pages, i, item))
                none = item->node;
        }
    }
}
