/* Blocks: which part of layout sets which element, and what they share. */
#include "layout/block.h"

#include "base/arena.h"
#include "layout/text.h"

struct measure
measure_of(mpt width)
{
    return (struct measure){.width = width, .page_room = UNIT_MAX, .align = -1};
}

bool
layout_over(struct layout *layout)
{
    size_t used = arena_used(layout->arena) + arena_used(layout->strips);

    if (arena_budget(layout->arena) == 0 || used <= arena_budget(layout->arena))
        return false;
    if (!layout->over)
        diag_add(layout->diags, DIAG_MEMORY_BUDGET, POS_NONE,
                 diag_printf(layout->diags, "%zu", arena_budget(layout->arena) >> 20), NULL, NULL);
    layout->over = true;
    return true;
}

const char *
layout_cm(struct layout *layout, int64_t length)
{
    int64_t tenths = (length * 254 + 360000) / 720000; /* 1 cm is 72000/2.54 mpt */

    return diag_printf(layout->diags, "%lld.%lld", (long long)(tenths / 10),
                       (long long)(tenths % 10));
}

int
layout_align(struct str name)
{
    static const char *const names[] = {
        [STYLE_LEFT] = "left",
        [STYLE_RIGHT] = "right",
        [STYLE_CENTER] = "center",
        [STYLE_JUSTIFY] = "justify",
    };

    for (int i = 0; i < 4; i++) {
        if (str_is(name, names[i]))
            return i;
    }
    return -1;
}

static const char *
nearest_class(struct layout *layout, struct str name)
{
    size_t best = 3; /* further away is another word */
    struct str found = STR("");

    for (size_t i = 0; i < layout->style->para_count; i++) {
        size_t distance = str_distance(name, layout->style->paras[i].name);
        if (distance < best) {
            best = distance;
            found = layout->style->paras[i].name;
        }
    }
    return found.len == 0 ? CLASS_BODY : diag_str(layout->diags, found);
}

const struct style_para *
layout_class(struct layout *layout, struct str name, struct pos pos, const char *otherwise)
{
    struct str wanted = name.len > 0 ? name : str_of(otherwise);
    const struct style_para *class = style_find_para(layout->style, wanted);

    if (class == NULL)
        diag_add(layout->diags, DIAG_LAYOUT_CLASS, pos, diag_str(layout->diags, wanted),
                 nearest_class(layout, wanted), NULL);
    return class;
}

/* ---- children and blocks */

/* Appends the strips of one block node. False after a diagnostic. */
static bool format_block(struct layout *layout, const struct node *node,
                         const struct measure *measure, struct strips *out);

bool
block_range(struct layout *layout, const struct node *parent, const struct node *first,
            const struct node *end, const struct measure *measure, struct strips *out)
{
    const struct node *node = first;

    while (node != end) {
        const struct node *stop = node;
        while (stop != end && node_is_inline(stop))
            stop = stop->next;
        if (stop != node) {
            if (!paragraph_run(layout, parent, node, stop, measure, out))
                return false;
            node = stop;
            continue;
        }
        if (!format_block(layout, node, measure, out))
            return false;
        node = node->element == ELEMENT_field ? field_after(node) : node->next;
    }
    return true;
}

bool
block_children(struct layout *layout, const struct node *parent, const struct measure *measure,
               struct strips *out)
{
    return block_range(layout, parent, parent->first, NULL, measure, out);
}

static bool
format_keep(struct layout *layout, const struct node *node, const struct measure *measure,
            struct strips *out)
{
    size_t from = out->count;

    if (!block_children(layout, node, measure, out))
        return false;
    strips_keep(out, from, KEEP_WEAK);
    return true;
}

static bool
format_page_break(struct layout *layout, const struct node *node, struct strips *out)
{
    struct strip *strip = strips_add(layout->arena, out);

    strip->new_page = true;
    strip->node = node;
    return true;
}

static bool
format_one(struct layout *layout, const struct node *node, const struct measure *measure,
           struct strips *out)
{
    switch (node->element) {
    case ELEMENT_p:
    case ELEMENT_h1:
    case ELEMENT_h2:
    case ELEMENT_h3:
        return paragraph_block(layout, node, measure, out);
    case ELEMENT_ul:
    case ELEMENT_ol:
        return list_format(layout, node, measure, out);
    case ELEMENT_table:
        return table_format(layout, node, measure, out);
    case ELEMENT_img:
        return picture_format(layout, node, measure, out);
    case ELEMENT_qr:
        return qr_format(layout, node, measure, out);
    case ELEMENT_chart:
        return chart_format(layout, node, measure, out);
    case ELEMENT_signature:
        return signature_format(layout, node, measure, out);
    case ELEMENT_opinion:
        return opinion_format(layout, node, measure, out);
    case ELEMENT_keep:
        return format_keep(layout, node, measure, out);
    case ELEMENT_pagebreak:
        return format_page_break(layout, node, out);
    case ELEMENT_head:
        return head_format(layout, node, measure, out);
    case ELEMENT_field:
        return field_format(layout, node, measure, out);
    default:
        /* node_check() has refused everything that may not stand here */
        return block_children(layout, node, measure, out);
    }
}

static bool
format_block(struct layout *layout, const struct node *node, const struct measure *measure,
             struct strips *out)
{
    if (layout->depth >= LAYOUT_DEPTH_MAX) {
        diag_add(layout->diags, DIAG_LAYOUT_TOO_DEEP, node->pos, NULL, NULL, NULL);
        return false;
    }
    layout->depth++;
    bool good = !layout_over(layout) && format_one(layout, node, measure, out);
    layout->depth--;
    return good;
}
