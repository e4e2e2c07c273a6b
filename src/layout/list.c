/* Lists: ul, ol, li. Markers are numbers and letters, counted on from the first one. */
#include "base/ascii.h"
#include "layout/text.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "thai/digits.h"

/* The consonants as official lists use them: the obsolete U+0E03 and U+0E05 are left out, and
 * ฤ ฦ are no consonants. */
static const uint32_t letters[] = {
    0x0E01, 0x0E02, 0x0E04, 0x0E07, 0x0E08, 0x0E09, 0x0E0A, 0x0E0B, 0x0E0C, 0x0E0D, 0x0E0E,
    0x0E0F, 0x0E10, 0x0E11, 0x0E12, 0x0E13, 0x0E14, 0x0E15, 0x0E16, 0x0E17, 0x0E18, 0x0E19,
    0x0E1A, 0x0E1B, 0x0E1C, 0x0E1D, 0x0E1E, 0x0E1F, 0x0E20, 0x0E21, 0x0E22, 0x0E23, 0x0E25,
    0x0E27, 0x0E28, 0x0E29, 0x0E2A, 0x0E2B, 0x0E2C, 0x0E2D, 0x0E2E,
};

#define LETTERS (sizeof letters / sizeof letters[0])
#define NUMBER_DIGITS_MAX 9

enum mark_kind { MARK_PLAIN, MARK_ARABIC, MARK_THAI, MARK_LETTER };

static enum mark_kind
kind_of(uint32_t code)
{
    if (ascii_is_digit(code))
        return MARK_ARABIC;
    if (code >= 0x0E50 && code <= 0x0E59)
        return MARK_THAI;
    for (size_t i = 0; i < LETTERS; i++) {
        if (letters[i] == code)
            return MARK_LETTER;
    }
    return MARK_PLAIN;
}

/* Finds the last stretch of digits of one kind, or the last Thai letter. */
static enum mark_kind
find_count(struct str pattern, size_t *from, size_t *to)
{
    enum mark_kind found = MARK_PLAIN, last = MARK_PLAIN;

    for (size_t at = 0; at < pattern.len;) {
        size_t start = at;
        enum mark_kind kind = kind_of(utf8_next(pattern, &at));
        if (kind != MARK_PLAIN) {
            if (kind != last || kind == MARK_LETTER)
                *from = start;
            *to = at;
            found = kind;
        }
        last = kind;
    }
    return found;
}

static void
add_number(struct buf *out, struct arena *arena, struct str first, size_t index, bool thai)
{
    struct str digits = thai ? digits_to_arabic(arena, first) : first;
    unsigned long long number = 0;

    for (size_t i = 0; i < digits.len && i < NUMBER_DIGITS_MAX; i++)
        number = number * 10 + (unsigned long long)(digits.ptr[i] - '0');
    struct buf text = buf_in(arena);
    buf_printf(&text, "%llu", number + index);
    buf_add(out, thai ? digits_to_thai(arena, buf_str(&text)) : buf_str(&text));
}

/* Counts like the columns of a spreadsheet: after the last letter come pairs. */
static void
add_letter(struct buf *out, uint32_t first, size_t index)
{
    uint32_t code[16];
    size_t number = index, count = 0;

    for (size_t i = 0; i < LETTERS; i++) {
        if (letters[i] == first)
            number += i;
    }
    do {
        code[count++] = letters[number % LETTERS];
        number = number / LETTERS;
    } while (number-- > 0 && count < 16);
    while (count > 0)
        buf_utf8(out, code[--count]);
}

struct str
list_marker(struct arena *arena, struct str pattern, size_t index)
{
    size_t from = 0, to = 0, at;
    enum mark_kind kind = find_count(pattern, &from, &to);
    struct buf out = buf_in(arena);

    if (kind == MARK_PLAIN)
        return pattern;
    buf_add(&out, str_sub(pattern, 0, from));
    at = from;
    if (kind == MARK_LETTER)
        add_letter(&out, utf8_next(pattern, &at), index);
    else
        add_number(&out, arena, str_sub(pattern, from, to - from), index, kind == MARK_THAI);
    buf_add(&out, str_sub(pattern, to, pattern.len));
    return buf_str(&out);
}

/* ---- items: their strips are set further in, the marker stands before the first line */

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
    if (measure->class != NULL && str_is(measure->class->name, CLASS_OPINION_TEXT))
        return opinion_item(layout, node, measure);
    if (measure->class != NULL)
        return measure->class;
    return layout_class(layout, STR(""), node->pos, CLASS_ITEM);
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
    bool alone = beside->count == 0 || beside->items[0].kind == ITEM_FIELD;

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
