/* Judges the rules of tables on finished pages: they join, and none lies on another. */
#ifndef LAYOUT_RULES_H
#define LAYOUT_RULES_H

#include "layout_kit.h"

static inline bool
is_table_rule(const struct item *item)
{
    return item->kind == ITEM_RULE && item->role == ROLE_RULE &&
           item->node->element == ELEMENT_table;
}

static inline size_t
count_rules(const struct pages *pages, size_t page)
{
    size_t count = 0;

    for (size_t i = 0; i < pages->page[page].count; i++)
        count += is_table_rule(&pages->page[page].items[i]);
    return count;
}

static inline bool
touches(const struct item *rule, mpt x, mpt y)
{
    return x >= rule->x && x <= rule->x + rule->width && y >= rule->y &&
           y <= rule->y + rule->height;
}

/* True when a rule across `rule` passes the point. */
static inline bool
is_joined(const struct page *page, const struct item *rule, mpt x, mpt y)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct item *other = &page->items[i];
        if (is_table_rule(other) && (other->width == 0) != (rule->width == 0) &&
            touches(other, x, y))
            return true;
    }
    return false;
}

/* True when two rules of one direction share more than a point. */
static inline bool
lie_on_each_other(const struct item *a, const struct item *b)
{
    if (a->width == 0 && b->width == 0)
        return a->x == b->x && a->y < b->y + b->height && b->y < a->y + a->height;
    if (a->height == 0 && b->height == 0)
        return a->y == b->y && a->x < b->x + b->width && b->x < a->x + a->width;
    return false;
}

static inline void
assert_page_joins(const struct page *page, size_t number)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct item *rule = &page->items[i];
        if (!is_table_rule(rule))
            continue;
        if (!is_joined(page, rule, rule->x, rule->y) ||
            !is_joined(page, rule, rule->x + rule->width, rule->y + rule->height))
            fail_msg("page %zu: a rule at %d %d ends in the open", number, rule->x, rule->y);
        for (size_t k = i + 1; k < page->count; k++)
            if (is_table_rule(&page->items[k]) && lie_on_each_other(rule, &page->items[k]))
                fail_msg("page %zu: two rules at %d %d", number, rule->x, rule->y);
    }
}

static inline void
assert_rules_join(const struct pages *pages)
{
    assert_non_null(pages);
    for (size_t i = 0; i < pages->count; i++)
        assert_page_joins(&pages->page[i], i + 1);
}

#endif
