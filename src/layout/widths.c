/* Widths that content asks for, for columns that follow it: of a paragraph its widest part as far
 * as it is broken and its unbroken length, of what stands below each other the largest. Nothing of
 * it is kept. */
#include "base/arena.h"
#include "layout/inline.h"
#include "layout/list.h"
#include "layout/paragraph.h"
#include "layout/picture.h"
#include "layout/set.h"
#include "layout/table.h"

/* No cell needs more. */
#define WIDTHS_BUDGET ((size_t)64 * 1024 * 1024)

/* No column gets narrower than so many sizes of its text for want of room: letters below each other
 * are no text. What is shorter needs no more than it has. */
#define FEW_SIZES 4

static void
widen(struct widths *widths, enum need need, int64_t width)
{
    if (width > widths->of[need])
        widths->of[need] = width > UNIT_MAX ? UNIT_MAX : (mpt)width;
}

static void
widen_by(struct widths *widths, const struct widths *inner, int64_t around)
{
    for (enum need need = 0; need < NEEDS; need++)
        widen(widths, need, inner->of[need] + around);
}

static int64_t
larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static void
widen_by_para(const struct para *para, const struct style_para *class, struct widths *widths)
{
    int64_t around = (int64_t) class->left + class->right;
    int64_t part = para_widest(para, BREAK_SYLLABLE), few = (int64_t) class->size * FEW_SIZES;

    widen(widths, NEED_FEW,
          around + larger(para_widest(para, BREAK_NONE), few < part ? few : part));
    widen(widths, NEED_PART, around + part);
    widen(widths, NEED_WORD, around + para_widest(para, BREAK_COMPOUND));
    widen(widths, NEED_WHOLE, around + para_widest(para, BREAK_GOOD));
    widen(widths, NEED_LINE, around + para_natural(para) + (class->indent > 0 ? class->indent : 0));
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
    widen_by_para(para, class, widths);
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
        struct widths inner = {{0}};
        if (!measure_children(layout, item, measure, &inner))
            return false;
        widen_by(widths, &inner, indent);
    }
    return true;
}

static bool
widen_by_block(struct layout *layout, const struct node *node, const struct measure *measure,
               struct widths *widths)
{
    struct widths inner = {{0}};

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
        if (!table_widths(layout, node, measure, &inner))
            return false;
        break;
    case ELEMENT_img:
        if (!picture_width(layout, node, &inner.of[NEED_LINE]))
            return false;
        break;
    case ELEMENT_chart:
        inner.of[NEED_LINE] = measure->width;
        break;
    default:
        return measure_children(layout, node, measure, widths);
    }
    widen_by(widths, &inner, 0);
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
             struct widths *widths)
{
    struct arena_mark mark = arena_mark(layout->scratch);
    struct layout inner = *layout;

    *widths = (struct widths){{0}};
    /* everything that is set here is thrown away */
    inner.arena = arena_new(WIDTHS_BUDGET);
    inner.lines = NULL;
    bool good = measure_children(&inner, parent, measure, widths);
    arena_free(inner.arena);
    arena_reset(layout->scratch, mark);
    return good;
}
