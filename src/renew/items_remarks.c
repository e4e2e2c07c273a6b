#include "renew/items_remarks.h"

#include "base/arena.h"
#include "renew/edit.h"
#include "value/value.h"

struct spans {
    struct arena *arena;
    struct span {
        size_t from, to;
    } * items;
    size_t count, cap;
};

static void
add_span(struct spans *spans, size_t from, size_t to)
{
    *ARENA_ADD(spans->arena, spans->items, spans->count, spans->cap, 16) = (struct span){from, to};
}

/* The bytes that hold data: the single values, blocks without their first line, and keys. */
static void
add_data(struct spans *spans, const struct edits *edits, const struct value *value)
{
    size_t from, to;

    if (value->key.len > 0) {
        size_t key = edits_byte(edits, value->key_pos);
        add_span(spans, key, key + value->key.len);
    }
    if (value->kind == VALUE_MAP || value->kind == VALUE_LIST) {
        for (const struct value *child = value->first; child != NULL; child = child->next)
            add_data(spans, edits, child);
        return;
    }
    if (!edits_span(edits, value, &from, &to))
        return;
    if ((value->flags & VALUE_BLOCK) != 0)
        from = edits_line_end(edits, from);
    if (from < to)
        add_span(spans, from, to);
}

static bool
is_data(const struct spans *spans, size_t at)
{
    for (size_t i = 0; i < spans->count; i++) {
        if (at >= spans->items[i].from && at < spans->items[i].to)
            return true;
    }
    return false;
}

bool
items_own_remark(struct str line)
{
    const struct str mark = STR("# ปี ");
    size_t year;

    line = str_trim(line);
    return str_starts(line, mark) && str_number(str_sub(line, mark.len, 4), 9999, &year) &&
           str_starts(str_sub(line, mark.len + 4, SIZE_MAX), STR(": "));
}

/* The byte of the # of the first remark in a line, or the line's end. */
static size_t
remark_in(const struct edits *edits, const struct spans *spans, size_t from, size_t end)
{
    const char *text = edits->text.ptr;

    for (size_t at = from; at < end; at++) {
        bool is_open = at == from || text[at - 1] == ' ' || text[at - 1] == '\t';
        if (text[at] == '#' && is_open && !is_data(spans, at))
            return at;
    }
    return end;
}

void
items_add_remarks(const struct edits *edits, const struct value *entry, size_t from, size_t to,
                  struct str indent, struct buf *out)
{
    struct spans spans = {.arena = edits->arena};

    add_data(&spans, edits, entry);
    for (size_t end; from < to; from = end + 1) {
        end = edits_line_end(edits, from);
        size_t at = remark_in(edits, &spans, from, end);
        struct str remark = str_trim(str_sub(edits->text, at, end - at));
        if (remark.len > 0 && !items_own_remark(remark))
            buf_printf(out, "%.*s%.*s\n", STR_FMT(indent), STR_FMT(remark));
    }
}

struct str
items_remark_behind(const struct edits *edits, const struct value *text, size_t to)
{
    size_t from, end;

    if ((text->flags & VALUE_BLOCK) != 0 && edits_span(edits, text, &from, &end)) {
        struct str line = str_sub(edits->text, from, edits_line_end(edits, from) - from);
        size_t sign = str_find(line, STR(" #"));
        return sign == SIZE_MAX ? STR("") : str_sub(line, sign, SIZE_MAX);
    }
    struct str rest = str_sub(edits->text, to, edits_line_end(edits, to) - to);
    return str_starts(str_trim(rest), STR("#")) ? rest : STR("");
}
