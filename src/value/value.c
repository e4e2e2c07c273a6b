/* The value tree. */
#include "value/value.h"

#include "base/arena.h"
#include "value/yaml.h"

#define SHOWN_LINES 4

struct value *
value_new(struct arena *arena, enum value_kind kind, struct pos pos)
{
    struct value *value = arena_alloc(arena, sizeof *value);

    value->kind = kind;
    value->pos = pos;
    return value;
}

struct value *
value_copy(struct arena *arena, const struct value *value)
{
    struct value *copy = value_new(arena, value->kind, value->pos);

    *copy = *value;
    copy->next = NULL;
    return copy;
}

struct value *
value_hollow(struct arena *arena, const struct value *value)
{
    struct value *copy = value_copy(arena, value);

    copy->first = copy->last = NULL;
    copy->count = 0;
    return copy;
}

void
value_append(struct value *parent, struct value *child)
{
    child->next = NULL;
    if (parent->last == NULL)
        parent->first = child;
    else
        parent->last->next = child;
    parent->last = child;
    parent->count++;
}

const struct value *
value_get(const struct value *map, struct str key)
{
    if (map == NULL || map->kind != VALUE_MAP)
        return NULL;
    for (const struct value *child = map->first; child != NULL; child = child->next)
        if (str_eq(child->key, key))
            return child;
    return NULL;
}

bool
value_is_empty_list(const struct value *value)
{
    if (value->kind != VALUE_LIST)
        return false;
    return value->count == 0 || (value->count == 1 && value->first->kind == VALUE_NONE);
}

const char *
value_as_block(struct arena *arena, const struct value *value)
{
    struct buf out = buf_in(arena);
    struct str rest = str_trim(value->source), line;
    size_t column = value->pos.column == 0 ? 0 : value->pos.column - 1;

    if (value->source.len == 0)
        return "";
    if (value->key.len > 0) {
        buf_add(&out, value->key);
        buf_text(&out, ": |");
    } else {
        buf_text(&out, "- |");
    }
    for (int count = 0; str_line(&rest, &line); count++) {
        /* what the first line stands in from the left, the others need not keep */
        size_t indent = str_indent(line), cut = indent < column ? indent : column;
        buf_text(&out, "\n  ");
        if (count == SHOWN_LINES) {
            buf_text(&out, "…");
            break;
        }
        yaml_add_shown(&out, count == 0 ? line : str_sub(line, cut, line.len));
    }
    buf_byte(&out, '\n');
    return str_cstr(arena, buf_str(&out));
}
