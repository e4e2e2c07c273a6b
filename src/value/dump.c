/* The value tree as text: a value per line, with its place, indented by level. */
#include "value/value.h"

/* A typed tree is a level or two deeper than what was read. */
#define DUMP_DEPTH_MAX (VALUE_DEPTH_MAX + 16)

static void
add_date(struct buf *out, struct date date)
{
    buf_printf(out, "date %04d-%02d", date.year, date.month);
    if (date.day != 0)
        buf_printf(out, "-%02d", date.day);
}

static void
add_marker(struct buf *out, const struct value *value)
{
    buf_printf(out, "entry %d ", value->level);
    if (value->marker.len > 0) {
        buf_quoted(out, value->marker);
        buf_byte(out, ' ');
    }
}

static void
add_scalar(struct buf *out, const struct value *value)
{
    switch (value->kind) {
    case VALUE_NONE:
        buf_text(out, "none");
        break;
    case VALUE_BOOL:
        buf_text(out, value->boolean ? "true" : "false");
        break;
    case VALUE_LIST:
        buf_printf(out, "list of %zu", value->count);
        break;
    case VALUE_MAP:
        buf_printf(out, "map of %zu", value->count);
        break;
    case VALUE_NUMBER:
        buf_text(out, "number ");
        buf_add(out, decimal_text(out->arena, value->number, false));
        break;
    case VALUE_DATE:
        add_date(out, value->date);
        break;
    case VALUE_ENTRY:
        add_marker(out, value);
        buf_quoted(out, value->text);
        break;
    case VALUE_TEXT:
        buf_quoted(out, value->text);
        break;
    }
}

static void
add_flags(struct buf *out, unsigned flags)
{
    static const struct {
        unsigned flag;
        const char *name;
    } names[] = {{VALUE_NAME, " name"},   {VALUE_LINES, " lines"}, {VALUE_QUOTED, " quoted"},
                 {VALUE_BLOCK, " block"}, {VALUE_FLOW, " flow"},   {VALUE_CELL, " cell"}};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if ((flags & names[i].flag) != 0)
            buf_text(out, names[i].name);
}

static void
add_key(struct buf *out, struct str key)
{
    bool plain = key.len > 0 && str_eq(key, str_trim(key));

    for (size_t i = 0; i < key.len; i++)
        plain = plain && (unsigned char)key.ptr[i] >= 0x20 && key.ptr[i] != '"';
    if (plain)
        buf_add(out, key);
    else
        buf_quoted(out, key);
    buf_text(out, ": ");
}

static void
add_value(struct buf *out, const struct value *parent, const struct value *value, int depth)
{
    buf_printf(out, "%u:%u\t", value->pos.line, value->pos.column);
    for (int i = 0; i < depth; i++)
        buf_text(out, "  ");
    if (parent != NULL && parent->kind == VALUE_MAP)
        add_key(out, value->key);
    else if (parent != NULL)
        buf_text(out, "- ");
    add_scalar(out, value);
    add_flags(out, value->flags);
    buf_byte(out, '\n');
    if (depth == DUMP_DEPTH_MAX)
        return;
    for (const struct value *child = value->first; child != NULL; child = child->next)
        add_value(out, value, child, depth + 1);
}

void
value_dump(const struct value *value, struct buf *out)
{
    add_value(out, NULL, value, 0);
}
