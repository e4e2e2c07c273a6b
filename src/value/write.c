#include "value/write.h"

#include "value/value.h"

static void
indent(struct buf *out, int level)
{
    for (int i = 0; i < level; i++)
        buf_text(out, "  ");
}

/* True when a text can stand in a line as it is. */
static bool
is_plain(struct str text)
{
    static const char *const inside[] = {": ", " #", "\n", "\t", "\""};
    static const char *const words[] = {"~", "null", "Null", "NULL", "<<"};

    if (text.len == 0 || text.ptr[0] == ' ' || text.ptr[text.len - 1] == ' ' ||
        text.ptr[text.len - 1] == ':' ||
        str_find(STR("-?:,[]{}#&*!|>'\"%@`"), str_sub(text, 0, 1)) != SIZE_MAX)
        return false;
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++)
        if (str_find(text, str_of(inside[i])) != SIZE_MAX)
            return false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_is(text, words[i]))
            return false;
    return true;
}

/* A block keeps all but what is blank at its end and begins with blanks. */
static bool
is_block(struct str text)
{
    return text.len > 0 && text.ptr[0] != ' ' && text.ptr[0] != '\t' && text.ptr[0] != '\n' &&
           text.ptr[text.len - 1] != '\n' && str_find(text, STR("\t")) == SIZE_MAX;
}

static void
add_text(struct buf *out, struct str text, int level)
{
    struct str rest = text, line;

    if (is_plain(text)) {
        buf_add(out, text);
    } else if (!is_block(text)) {
        buf_quoted(out, text);
    } else {
        buf_byte(out, '|');
        while (str_line(&rest, &line)) {
            buf_byte(out, '\n');
            if (line.len > 0)
                indent(out, level);
            buf_add(out, line);
        }
    }
}

static void add_value(struct buf *out, const struct value *value, int level, bool in_list);

/* The first child stands in the line that is begun already when `begun`. */
static void
add_children(struct buf *out, const struct value *value, int level, bool begun)
{
    for (const struct value *child = value->first; child != NULL; child = child->next) {
        if (!begun)
            indent(out, level);
        begun = false;
        if (value->kind == VALUE_LIST) {
            buf_byte(out, '-');
        } else {
            if (is_plain(child->key))
                buf_add(out, child->key);
            else
                buf_quoted(out, child->key);
            buf_byte(out, ':');
        }
        add_value(out, child, level + 1, value->kind == VALUE_LIST);
    }
}

/* What stands behind a colon or dash, with the line's end. `level` is that of lines below. */
static void
add_value(struct buf *out, const struct value *value, int level, bool in_list)
{
    bool is_collection = value->kind == VALUE_LIST || value->kind == VALUE_MAP;

    if (is_collection && value->count > 0) {
        bool begun = in_list && value->kind == VALUE_MAP; /* "- key: text" */
        buf_byte(out, begun ? ' ' : '\n');
        add_children(out, value, level, begun);
        return;
    }
    if (value->kind != VALUE_NONE)
        buf_byte(out, ' ');
    if (is_collection)
        buf_text(out, value->kind == VALUE_LIST ? "[]" : "{}");
    else if (value->kind == VALUE_BOOL)
        buf_text(out, value->boolean ? "true" : "false");
    else if (value->kind != VALUE_NONE)
        add_text(out, value->text, level);
    buf_byte(out, '\n');
}

void
value_write_yaml(const struct value *root, struct buf *out)
{
    if (root->kind == VALUE_MAP && root->count > 0)
        add_children(out, root, 0, false);
    else
        add_value(out, root, 0, false);
}
