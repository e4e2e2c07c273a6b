/* Changing single values in the text of a YAML file. */
#include "renew/edit.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "value/value.h"

/* The byte of a place. */
static size_t
byte_of(struct str text, struct pos pos)
{
    size_t at = 0;

    for (unsigned line = 1; line < pos.line; line++) {
        size_t end = str_find(str_sub(text, at, SIZE_MAX), STR("\n"));
        if (end == SIZE_MAX)
            return text.len;
        at += end + 1;
    }
    for (unsigned column = 1; column < pos.column && at < text.len; column++)
        (void)utf8_next(text, &at);
    return at;
}

struct edits
edits_of(struct arena *arena, struct str text, const struct value *root)
{
    const char *base =
        root->source.ptr == NULL ? NULL : root->source.ptr - byte_of(text, root->pos);

    return (struct edits){.arena = arena, .text = text, .base = base};
}

size_t
edits_byte(const struct edits *edits, struct pos pos)
{
    return byte_of(edits->text, pos);
}

static bool
own_span(const struct edits *edits, const struct value *value, size_t *from, size_t *to)
{
    if (edits->base == NULL || value->source.ptr == NULL || value->source.len == 0)
        return false;
    *from = (size_t)(value->source.ptr - edits->base);
    *to = *from + value->source.len;
    return *to <= edits->text.len &&
           str_eq(str_sub(edits->text, *from, value->source.len), value->source);
}

bool
edits_span(const struct edits *edits, const struct value *value, size_t *from, size_t *to)
{
    bool is_collection = value->kind == VALUE_LIST || value->kind == VALUE_MAP;
    bool any = false;

    if (!is_collection || (value->flags & VALUE_FLOW) != 0)
        return own_span(edits, value, from, to);
    for (const struct value *child = value->first; child != NULL; child = child->next) {
        size_t child_from, child_to;
        if (!edits_span(edits, child, &child_from, &child_to))
            continue;
        if (!any)
            *from = child_from;
        *to = child_to;
        any = true;
    }
    return any;
}

size_t
edits_line_start(const struct edits *edits, size_t at)
{
    while (at > 0 && edits->text.ptr[at - 1] != '\n')
        at--;
    return at;
}

size_t
edits_line_end(const struct edits *edits, size_t at)
{
    while (at < edits->text.len && edits->text.ptr[at] != '\n')
        at++;
    return at;
}

void
edits_put(struct edits *edits, size_t from, size_t to, struct str text)
{
    *ARENA_ADD(edits->arena, edits->items, edits->count, edits->cap, 64) =
        (struct edit){from, to, text};
}

static int
by_place(const void *a, const void *b)
{
    const struct edit *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->to < y->to ? -1 : x->to > y->to;
}

struct str
edits_apply(struct edits *edits, struct str (*untouched)(void *context, struct str stretch),
            void *context)
{
    struct buf out = buf_in(edits->arena);
    size_t at = 0;

    if (edits->count > 0)
        qsort(edits->items, edits->count, sizeof edits->items[0], by_place);
    for (size_t i = 0; i <= edits->count; i++) {
        bool last = i == edits->count;
        if (!last && edits->items[i].from < at)
            continue;
        struct str stretch =
            str_sub(edits->text, at, (last ? edits->text.len : edits->items[i].from) - at);
        buf_add(&out, untouched == NULL ? stretch : untouched(context, stretch));
        if (last)
            break;
        buf_add(&out, edits->items[i].text);
        at = edits->items[i].to;
    }
    return buf_str(&out);
}

struct str
edits_line_ends(struct arena *arena, struct str text)
{
    size_t first = str_find(text, STR("\n"));
    struct buf out = buf_in(arena);

    if (first == SIZE_MAX || first == 0 || text.ptr[first - 1] != '\r')
        return text;
    for (size_t at = 0; at < text.len; at++) {
        if (text.ptr[at] == '\n' && text.ptr[at - 1] != '\r')
            buf_byte(&out, '\r');
        buf_byte(&out, text.ptr[at]);
    }
    return buf_str(&out);
}
