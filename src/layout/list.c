/* Lists: each item's strips are set further in, its marker stands before the first line. */
#include "layout/list.h"

#include <string.h>

#include "base/arena.h"
#include "layout/inline.h"
#include "layout/paragraph.h"

/* The class of lists with the letters of an opinion, whose own class begins its paragraphs further
 * in, which is nothing for what hangs. In a cell every millimetre is text. */
static const struct style_para *
opinion_item(struct layout *layout, const struct node *node, const struct measure *measure)
{
    const struct style_para *opinion = layout_class(layout, STR(""), node->pos, CLASS_OPINION_TEXT);
    const struct style_para *item = layout_class(layout, STR(""), node->pos, CLASS_ITEM);
    struct style_para *class = arena_alloc(layout->arena, sizeof *class);

    if (opinion == NULL || item == NULL)
        return NULL;
    *class = *item;
    class->size = opinion->size;
    class->pitch = opinion->pitch;
    class->bold = opinion->bold;
    class->italic = opinion->italic;
    class->underline = opinion->underline;
    if (measure->paper_width == 0)
        class->left = 0;
    return class;
}

/* Class of the items' text: that of the list, cell or opinion around the list, else that of
 * lists. */
static const struct style_para *
item_class(struct layout *layout, const struct node *node, const struct measure *measure)
{
    if (measure->item != NULL)
        return measure->item;
    if (measure->class != NULL && strcmp(measure->class, CLASS_OPINION_TEXT) == 0)
        return opinion_item(layout, node, measure);
    return layout_class(layout, STR(""), node->pos,
                        measure->class != NULL ? measure->class : CLASS_ITEM);
}

static struct str
marker_text(struct layout *layout, const struct node *list, const struct node *item, size_t index)
{
    struct str own = node_get(item, ATTRIBUTE_li_marker);
    struct buf out = buf_in(layout->arena);

    if (own.len == 0 && list->element == ELEMENT_ol) {
        struct str first = node_get(list, ATTRIBUTE_ol_marker);
        own = list_marker(layout->arena, first.len == 0 ? STR("1.") : first, index);
    } else if (own.len == 0) {
        struct str mark = node_get(list, ATTRIBUTE_ul_marker);
        own = mark.len == 0 ? STR("-") : mark;
    }
    /* the space makes marker and text two words for whoever copies the line */
    buf_add(&out, own);
    buf_byte(&out, ' ');
    return buf_str(&out);
}

static bool
set_marker(struct layout *layout, const struct node *list, const struct node *item, size_t index,
           const struct style_para *class, struct set_text *out)
{
    const struct text_look look = {
        .face = class->bold ? FONT_BOLD : FONT_REGULAR,
        .size = class->size,
        .role = ROLE_MARKER,
        .node = item,
    };

    return text_set(layout, &look, marker_text(layout, list, item, index), out);
}

/* Sets all markers; the texts stand where the widest of them leaves the gap of the style, on a
 * page at least at the style's indent. In a cell every millimetre is text. */
static struct set_text *
set_markers(struct layout *layout, const struct node *list, const struct measure *measure,
            const struct style_para *class, mpt *indent)
{
    size_t count = 0, index = 0;

    for (const struct node *item = list->first; item != NULL; item = item->next)
        count++;
    struct set_text *markers = arena_array(layout->arena, count + 1, sizeof *markers);
    *indent = measure->paper_width > 0 ? layout->style->list_indent : 0;
    for (const struct node *item = list->first; item != NULL; item = item->next, index++) {
        if (layout_over(layout) || !set_marker(layout, list, item, index, class, &markers[index]))
            return NULL;
        mpt need = markers[index].width + layout->style->list_gap;
        if (need > *indent)
            *indent = need;
    }
    return markers;
}

bool
list_indent(struct layout *layout, const struct node *node, const struct measure *measure,
            mpt *indent)
{
    const struct style_para *class = item_class(layout, node, measure);

    return class != NULL && set_markers(layout, node, measure, class, indent) != NULL;
}

/* Baseline and line number of the first text in the strip; its own when there is none. */
static mpt
first_baseline(struct layout *layout, const struct strip *strip, const struct style_para *class,
               unsigned *line)
{
    for (size_t i = 0; i < strip->count; i++) {
        if (strip->items[i].kind == ITEM_TEXT) {
            *line = strip->items[i].as.text.line;
            return strip->items[i].y;
        }
    }
    *line = layout->next_line++;
    return text_baseline(layout, class->pitch, class->size);
}

/* Puts the marker in front of the strip's items: it is read first, in the line of the text that
 * `beside` (the strip itself, or the next one) begins with. */
static void
put_marker(struct layout *layout, const struct set_text *marker, const struct style_para *class,
           mpt indent, const struct strip *beside, struct strip *strip)
{
    struct strip items = {0};
    unsigned line = 0;
    mpt y = first_baseline(layout, beside, class, &line);
    bool alone = beside->count == 0;

    text_put(layout, marker, class->left - indent - strip->shift, y, STYLE_LEFT, &items);
    for (size_t i = 0; i < items.count; i++) {
        items.items[i].as.text.line = line;
        items.items[i].as.text.line_end = alone && i + 1 == items.count;
        items.items[i].as.text.para_end = alone && i + 1 == items.count;
    }
    for (size_t i = 0; i < strip->count; i++)
        *strip_item(layout->arena, &items) = strip->items[i];
    strip->items = items.items;
    strip->count = items.count;
    strip->cap = items.cap;
}

/* Inserts a strip without height before the one at `at`, on the same place. A strip that may be
 * parted is painted anew then: what was put into it would be lost. */
static void
add_in_front(struct layout *layout, size_t at, struct strips *out)
{
    strips_add(layout->arena, out);
    struct strip *front = &out->strip[at], *next = front + 1;
    memmove(next, front, (out->count - 1 - at) * sizeof *front);
    *front = (struct strip){
        .before = next->before,
        .shift = next->shift,
        .keep = KEEP_STRONG,
        .node = next->node,
    };
    next->before = 0;
}

static bool
format_item(struct layout *layout, const struct node *item, const struct measure *measure,
            const struct set_text *marker, const struct style_para *class, mpt indent,
            struct strips *out)
{
    struct measure inner = *measure;
    size_t from = out->count;

    inner.width = measure->width - indent;
    inner.paper_left = measure->paper_left + indent;
    inner.align = -1;
    inner.item = class;
    if (!block_children(layout, item, &inner, out))
        return false;
    if (out->count == from) {
        struct strip *strip = strips_add(layout->arena, out);
        strip->height = class->pitch;
        strip->before = class->before;
        strip->node = item;
    }
    bool parted = out->strip[from].split != NULL;
    if (parted)
        add_in_front(layout, from, out);
    put_marker(layout, marker, class, indent, &out->strip[from + parted], &out->strip[from]);
    for (size_t i = from; i < out->count; i++)
        out->strip[i].shift += indent;
    return true;
}

bool
list_format(struct layout *layout, const struct node *node, const struct measure *measure,
            struct strips *out)
{
    const struct style_para *class = item_class(layout, node, measure);
    size_t index = 0;
    mpt indent = 0;

    if (class == NULL)
        return false;
    const struct set_text *markers = set_markers(layout, node, measure, class, &indent);
    if (markers == NULL)
        return false;
    for (const struct node *item = node->first; item != NULL; item = item->next, index++) {
        if (!format_item(layout, item, measure, &markers[index], class, indent, out))
            return false;
    }
    return true;
}
