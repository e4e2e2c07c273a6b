#include "renew/items.h"

#include "base/arena.h"
#include "renew/edit.h"
#include "renew/year.h"
#include "schema/schema.h"
#include "thai/digits.h"
#include "value/value.h"

const struct value *
items_list(const struct schema *schema, const struct field *field, const struct value *rubric)
{
    struct str path = field->from;
    size_t dot = str_find(path, STR("."));

    if (rubric == NULL || schema->rubric == NULL || dot == SIZE_MAX)
        return NULL;
    path = str_sub(path, dot + 1, SIZE_MAX);
    while ((dot = str_find(path, STR("."))) != SIZE_MAX) {
        rubric = value_get(rubric, str_sub(path, 0, dot));
        path = str_sub(path, dot + 1, SIZE_MAX);
    }
    rubric = value_get(rubric, path);
    return rubric == NULL || rubric->kind != VALUE_LIST ? NULL : rubric;
}

bool
items_wanted(const struct items *items, const struct value *value)
{
    return items->now != NULL && items->now->count > 0 && items->now->count <= ITEMS_MAX &&
           (items->last == NULL || items->last->count <= ITEMS_MAX) &&
           (value->kind == VALUE_MAP || value->kind == VALUE_LIST) && value->count > 0 &&
           value->count <= ITEMS_MAX;
}

/* ---- entries of a rubric */

static struct str
text_of(const struct value *map, struct str key)
{
    const struct value *value = value_get(map, key);

    return value == NULL || value->kind != VALUE_TEXT ? STR("") : value->text;
}

bool
items_is_code(struct arena *arena, struct str a, struct str b)
{
    return str_same(digits_to_arabic(arena, str_trim(a)), digits_to_arabic(arena, str_trim(b)));
}

const struct value *
items_find(const struct items *items, const struct value *list, struct str code)
{
    for (const struct value *entry = list == NULL ? NULL : list->first; entry != NULL;
         entry = entry->next) {
        if (items_is_code(items->edits->arena, text_of(entry, items->field->key), code))
            return entry;
    }
    return NULL;
}

struct str
items_name(const struct items *items, const struct value *entry)
{
    const struct field *item = schema_item(items->field->target);

    for (size_t i = 0; i < item->field_count; i++) {
        const struct field *field = &item->fields[i];
        if (field->type == FIELD_TEXT && field->required && !str_eq(field->name, items->field->key))
            return text_of(entry, field->name);
    }
    return STR("");
}

/* ---- lines of an entry */

bool
items_lines(const struct items *items, const struct value *entry, struct items_lines *out)
{
    size_t key = edits_byte(items->edits, items->is_list ? entry->pos : entry->key_pos);
    size_t from, to = key;

    if (edits_span(items->edits, entry, &from, &to) && to < key)
        return false;
    out->from = edits_line_start(items->edits, key);
    out->to = edits_line_end(items->edits, to);
    struct str before = str_sub(items->edits->text, out->from, key - out->from);
    if (items->is_list) {
        size_t dash = str_find(before, STR("-"));
        if (dash == SIZE_MAX || str_trim(str_sub(before, dash + 1, SIZE_MAX)).len > 0)
            return false;
        before.len = dash;
    }
    out->indent = before;
    return str_trim(before).len == 0;
}

struct str
items_code(const struct items *items, const struct value *entry)
{
    return items->is_list ? text_of(entry, items->field->key) : entry->key;
}

bool
items_can(const struct items *items, const struct value *value)
{
    struct items_lines lines;

    if (!items_wanted(items, value) || (value->flags & VALUE_FLOW) != 0)
        return false;
    for (const struct value *entry = value->first; entry != NULL; entry = entry->next) {
        if (items_code(items, entry).len == 0 || !items_lines(items, entry, &lines))
            return false;
    }
    return true;
}

/* Adds a line as it stood, without marks of holes: what is a comment is not to be filled in. */
static void
add_without_holes(struct buf *out, struct str line)
{
    const struct str hole = STR(SCHEMA_HOLE);

    for (size_t at; (at = str_find(line, hole)) != SIZE_MAX;
         line = str_sub(line, at + hole.len, SIZE_MAX)) {
        buf_add(out, str_sub(line, 0, at));
        buf_text(out, "…");
    }
    buf_add(out, line);
}

void
items_add_dropped(const struct items *items, const struct items_lines *lines, struct buf *out)
{
    struct str rest, line;

    buf_printf(out, "%.*s# ไม่มีในเกณฑ์ปี %d", STR_FMT(lines->indent), items->to);
    rest = str_sub(items->edits->text, lines->from, lines->to - lines->from);
    while (str_line(&rest, &line)) {
        if (str_starts(line, lines->indent))
            line = str_sub(line, lines->indent.len, SIZE_MAX);
        buf_printf(out, "\n%.*s#%s", STR_FMT(lines->indent), line.len == 0 ? "" : " ");
        add_without_holes(out, line);
    }
}

bool
items_keep(const struct items *items, const struct value *entry)
{
    struct buf out = buf_in(items->edits->arena);
    struct items_lines lines;

    if (items_find(items, items->now, items_code(items, entry)) != NULL ||
        !items_lines(items, entry, &lines))
        return true;
    if (!items->example)
        items_add_dropped(items, &lines, &out);
    else if (lines.from > 0)
        lines.from--; /* the line end before it, so that new entries can stand behind it */
    edits_put(items->edits, lines.from, lines.to, buf_str(&out));
    return false;
}

/* True when both years' rubrics have the code, under different names. */
static bool
is_renamed(const struct items *items, struct str code, struct str *before, struct str *after)
{
    const struct value *last = items_find(items, items->last, code);
    const struct value *now = items_find(items, items->now, code);

    if (last == NULL || now == NULL)
        return false;
    *before = items_name(items, last);
    *after = items_name(items, now);
    return !str_eq(year_moved(items->edits->arena, *before, items->from, items->to), *after);
}

bool
items_changed(const struct items *items, const struct value *entry)
{
    struct str code = items_code(items, entry), before, after;
    struct arena *arena = items->edits->arena;
    struct items_lines lines;

    if (items->example || !is_renamed(items, code, &before, &after) ||
        !items_lines(items, entry, &lines))
        return false;
    struct str note = str_of(arena_printf(arena, "%.*s# %.*s ปี %d: %.*s ปี %d: %.*s\n",
                                          STR_FMT(lines.indent), STR_FMT(code), items->from,
                                          STR_FMT(before), items->to, STR_FMT(after)));
    edits_put(items->edits, lines.from, lines.from, note);
    return true;
}

/* ---- new entries */

void
items_add_open(const struct items *items, const struct value *entry, struct str indent,
               struct buf *out)
{
    struct str code = text_of(entry, items->field->key), name = items_name(items, entry);
    bool plain = items->field->value.len > 0 && !items->is_list;

    if (items->is_list)
        buf_printf(out, "\n%.*s- %.*s: %.*s", STR_FMT(indent), STR_FMT(items->field->key),
                   STR_FMT(code));
    else
        buf_printf(out, "\n%.*s%.*s:%s", STR_FMT(indent), STR_FMT(code),
                   plain ? " " SCHEMA_HOLE : "");
    if (name.len > 0)
        buf_printf(out, "  # %.*s", STR_FMT(name));
    for (size_t i = 0; i < items->field->field_count && !plain; i++) {
        const struct field *field = &items->field->fields[i];
        if (field->required || field->yearly == YEARLY_HOLE)
            buf_printf(out, "\n%.*s  %.*s: " SCHEMA_HOLE, STR_FMT(indent), STR_FMT(field->name));
    }
}

void
items_add_alike(const struct items *items, const struct value *entry, const struct value *first,
                struct buf *out)
{
    struct str code = text_of(entry, items->field->key);
    struct items_lines lines;

    if (!items_lines(items, first, &lines))
        return;
    struct str text = items->edits->text;
    struct str body = str_sub(text, lines.from, lines.to - lines.from);
    if (!items->is_list) {
        buf_printf(out, "\n%.*s%.*s%.*s", STR_FMT(lines.indent), STR_FMT(code),
                   STR_FMT(str_sub(body, str_find(body, STR(":")), SIZE_MAX)));
        return;
    }
    size_t from, to;
    if (edits_span(items->edits, value_get(first, items->field->key), &from, &to))
        buf_printf(out, "\n%.*s%.*s%.*s", STR_FMT(str_sub(text, lines.from, from - lines.from)),
                   STR_FMT(code), STR_FMT(str_sub(text, to, lines.to - to)));
}

static bool
has_code(const struct items *items, const struct value *value, struct str code)
{
    for (const struct value *entry = value->first; entry != NULL; entry = entry->next) {
        if (items_is_code(items->edits->arena, items_code(items, entry), code))
            return true;
    }
    return false;
}

void
items_add_new(const struct items *items, const struct value *value)
{
    struct buf out = buf_in(items->edits->arena);
    struct items_lines first, last;

    if (!items_lines(items, value->first, &first) || !items_lines(items, value->last, &last))
        return;
    for (const struct value *entry = items->now->first; entry != NULL; entry = entry->next) {
        struct str code = text_of(entry, items->field->key);
        if (code.len == 0 || has_code(items, value, code))
            continue;
        if (items->example)
            items_add_alike(items, entry, value->first, &out);
        else
            items_add_open(items, entry, first.indent, &out);
    }
    edits_put(items->edits, last.to, last.to, buf_str(&out));
}

bool
items_differ(const struct items *items, const struct value *value)
{
    struct str before, after;

    for (const struct value *entry = value->first; entry != NULL; entry = entry->next) {
        struct str code = items_code(items, entry);
        if (items_find(items, items->now, code) == NULL || is_renamed(items, code, &before, &after))
            return true;
    }
    for (const struct value *entry = items->now->first; entry != NULL; entry = entry->next) {
        if (!has_code(items, value, text_of(entry, items->field->key)))
            return true;
    }
    return false;
}
