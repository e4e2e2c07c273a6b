/* Widths that content needs, for columns that follow it: of a paragraph its widest word and its
 * unbroken length, of what stands below each other the largest. Nothing of it is kept. */
#include "base/arena.h"
#include "layout/inline.h"
#include "layout/list.h"
#include "layout/paragraph.h"
#include "layout/picture.h"
#include "layout/set.h"
#include "layout/table.h"

/* No cell needs more. */
#define WIDTHS_BUDGET ((size_t)64 * 1024 * 1024)

struct widths {
    mpt least, natural;
};

static void
widen(struct widths *widths, int64_t least, int64_t natural)
{
    if (least > widths->least)
        widths->least = least > UNIT_MAX ? UNIT_MAX : (mpt)least;
    if (natural > widths->natural)
        widths->natural = natural > UNIT_MAX ? UNIT_MAX : (mpt)natural;
}

static bool
widen_by_text(struct layout *layout, const struct node *owner, const struct node *first,
              const struct node *end, const struct style_para *class, struct widths *widths)
{
    struct inline_text content;

    if (class == NULL ||
        !inline_collect(layout, first, end, owner, class, UNIT_MAX, true, &content))
        return false;
    if (content.text.len == 0)
        return true;
    const struct para *para = set_shape(layout, owner, &content);
    if (para == NULL)
        return false;
    int64_t around = (int64_t) class->left + class->right;
    widen(widths, para_widest_word(para) + around,
          para_natural(para) + around + (class->indent > 0 ? class->indent : 0));
    return true;
}

static bool measure_children(struct layout *layout, const struct node *parent,
                             const struct measure *measure, struct widths *widths);

static bool
widen_by_list(struct layout *layout, const struct node *list, const struct measure *measure,
              struct widths *widths)
{
    mpt indent = 0;

    if (!list_indent(layout, list, measure, &indent))
        return false;
    for (const struct node *item = list->first; item != NULL; item = item->next) {
        struct widths inner = {0, 0};
        if (!measure_children(layout, item, measure, &inner))
            return false;
        widen(widths, (int64_t)inner.least + indent, (int64_t)inner.natural + indent);
    }
    return true;
}

static bool
widen_by_block(struct layout *layout, const struct node *node, const struct measure *measure,
               struct widths *widths)
{
    mpt least = 0, natural = 0;

    switch (node->element) {
    case ELEMENT_p:
    case ELEMENT_h1:
    case ELEMENT_h2:
    case ELEMENT_h3:
        return widen_by_text(layout, node, node->first, NULL,
                             paragraph_class(layout, node, measure), widths);
    case ELEMENT_ul:
    case ELEMENT_ol:
        return widen_by_list(layout, node, measure, widths);
    case ELEMENT_table:
        if (!table_widths(layout, node, measure, &least, &natural))
            return false;
        break;
    case ELEMENT_img:
        if (!picture_width(layout, node, &natural))
            return false;
        break;
    case ELEMENT_chart:
        natural = measure->width;
        break;
    default:
        return measure_children(layout, node, measure, widths);
    }
    widen(widths, least, natural);
    return true;
}

static bool
measure_children(struct layout *layout, const struct node *parent, const struct measure *measure,
                 struct widths *widths)
{
    const struct node *node = parent->first;

    if (layout->depth >= LAYOUT_DEPTH_MAX) {
        diag_add(layout->diags, DIAG_LAYOUT_TOO_DEEP, parent->pos, NULL, NULL, NULL);
        return false;
    }
    layout->depth++;
    bool good = true;
    while (good && node != NULL) {
        const struct node *end = node;
        while (end != NULL && inline_is(end))
            end = end->next;
        if (end != node) {
            good = widen_by_text(layout, parent, node, end,
                                 paragraph_run_class(layout, parent, measure), widths);
            node = end;
        } else {
            good = widen_by_block(layout, node, measure, widths);
            node = node->next;
        }
    }
    layout->depth--;
    return good;
}

bool
block_widths(struct layout *layout, const struct node *parent, const struct measure *measure,
             mpt *least, mpt *natural)
{
    struct arena_mark mark = arena_mark(layout->scratch);
    struct layout inner = *layout;
    struct widths widths = {0, 0};

    /* everything that is set here is thrown away */
    inner.arena = arena_new(WIDTHS_BUDGET);
    inner.lines = NULL;
    bool good = measure_children(&inner, parent, measure, &widths);
    arena_free(inner.arena);
    arena_reset(layout->scratch, mark);
    *least = widths.least;
    *natural = widths.natural;
    return good;
}
