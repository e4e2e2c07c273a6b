#include "renew/items_block.h"

#include "renew/carry.h"
#include "renew/chain.h"
#include "renew/edit.h"
#include "renew/items.h"
#include "schema/schema.h"
#include "value/read.h"
#include "value/value.h"
#include "value/write.h"

/* ---- lists of entries as maps */

static struct value *
hollow_map(struct arena *arena, const struct value *value)
{
    struct value *map = value_hollow(arena, value);

    map->kind = VALUE_MAP;
    return map;
}

/* An entry without its code, under it. */
static struct value *
under_code(struct arena *arena, const struct field *field, const struct value *entry)
{
    const struct value *code = value_get(entry, field->key);
    struct value *out = hollow_map(arena, entry);

    for (const struct value *child = entry->first; child != NULL; child = child->next)
        if (child != code)
            value_append(out, value_copy(arena, child));
    out->key = code->text;
    out->key_pos = code->pos;
    return out;
}

/* A keyed field's list as a map; the list itself when an entry has no code or one that another has
 * too: the message that tells it is to find both. */
static struct value *
list_as_map(struct arena *arena, const struct field *field, const struct value *list)
{
    struct value *map = hollow_map(arena, list);

    if (list->count > ITEMS_MAX)
        return value_copy(arena, list);
    for (const struct value *entry = list->first; entry != NULL; entry = entry->next) {
        const struct value *code = value_get(entry, field->key);
        if (entry->kind != VALUE_MAP || code == NULL || code->kind != VALUE_TEXT ||
            code->text.len == 0 || value_get(map, code->text) != NULL)
            return value_copy(arena, list);
        value_append(map, under_code(arena, field, entry));
    }
    return map;
}

static const struct field *
inner_of(const struct field *field, const struct value *child)
{
    if (field->type == FIELD_LIST)
        return field->item;
    return schema_find(field, child->key);
}

struct value *
items_as_maps(struct arena *arena, const struct field *root, const struct value *report)
{
    bool is_map = report->kind == VALUE_MAP && root->type == FIELD_MAP;
    bool is_list = report->kind == VALUE_LIST && root->type == FIELD_LIST;

    if (root->type == FIELD_KEYED && report->kind == VALUE_LIST)
        return list_as_map(arena, root, report);
    if (!is_map && !is_list)
        return value_copy(arena, report);
    struct value *out = value_hollow(arena, report);
    for (const struct value *child = report->first; child != NULL; child = child->next) {
        const struct field *field = inner_of(root, child);
        value_append(out,
                     field == NULL ? value_copy(arena, child) : items_as_maps(arena, field, child));
    }
    return out;
}

/* ---- keyed fields of which entries share lines */

struct blocks {
    struct arena *arena;
    const struct schema *schema;
    const struct carry_years *years;
    struct edits edits;
    bool whole; /* one cannot be rewritten where it stands */
};

/* Adds lines with blanks before each that is not empty, without the last line end. */
static void
add_indented(struct buf *out, struct str lines, struct str indent)
{
    struct str line;

    while (str_line(&lines, &line)) {
        buf_byte(out, '\n');
        if (line.len > 0)
            buf_printf(out, "%.*s  %.*s", STR_FMT(indent), STR_FMT(line));
    }
}

/* The byte behind the colon of a key that begins its line, with the blanks before it; false for
 * any other key. */
static bool
after_colon(struct blocks *blocks, const struct value *value, struct str *indent, size_t *at)
{
    struct str text = blocks->edits.text;
    size_t key = edits_byte(&blocks->edits, value->key_pos);
    size_t start = edits_line_start(&blocks->edits, key);
    struct str rest = str_sub(text, key, edits_line_end(&blocks->edits, key) - key);
    size_t colon = str_find(rest, STR(":"));

    *indent = str_sub(text, start, key - start);
    *at = key + colon + 1;
    return str_trim(*indent).len == 0 && colon != SIZE_MAX &&
           str_eq(str_trim(str_sub(rest, 0, colon)), value->key);
}

/* The field's entries written one a line, in place. */
static bool
rewrite(struct blocks *blocks, const struct field *field, const struct value *value)
{
    struct buf lines = buf_in(blocks->arena), out = buf_in(blocks->arena);
    const struct value *map =
        value->kind == VALUE_LIST ? list_as_map(blocks->arena, field, value) : value;
    size_t from, to, begin;
    struct str indent;

    if (!after_colon(blocks, value, &indent, &begin) ||
        !edits_span(&blocks->edits, value, &from, &to))
        return false;
    size_t end = edits_line_end(&blocks->edits, to);
    struct str behind = str_sub(blocks->edits.text, to, end - to);
    if (str_trim(behind).len > 0 && !str_starts(str_trim(behind), STR("#")))
        return false;
    value_write_yaml(map, &lines);
    buf_add(&out, behind);
    add_indented(&out, buf_str(&lines), indent);
    edits_put(&blocks->edits, begin, end, buf_str(&out));
    return true;
}

static void
look_at(struct blocks *blocks, const struct field *field, const struct value *value)
{
    const struct carry_years *years = blocks->years;

    if (field->type == FIELD_KEYED) {
        const struct items items = {.edits = &blocks->edits,
                                    .field = field,
                                    .last = items_list(blocks->schema, field, years->last),
                                    .now = items_list(blocks->schema, field, years->now),
                                    .from = years->from,
                                    .to = years->to,
                                    .is_list = value->kind == VALUE_LIST};
        struct chain chain;
        bool follows = chain_of(blocks->arena, blocks->schema, field, years, &chain);
        if (items_wanted(&items, value) && !items_can(&items, value) &&
            (follows || items_differ(&items, value)) && !rewrite(blocks, field, value))
            blocks->whole = true;
        return;
    }
    bool is_map = value->kind == VALUE_MAP && field->type == FIELD_MAP;
    bool is_list = value->kind == VALUE_LIST && field->type == FIELD_LIST;
    for (const struct value *child = is_map || is_list ? value->first : NULL; child != NULL;
         child = child->next) {
        const struct field *inner = inner_of(field, child);
        if (inner != NULL)
            look_at(blocks, inner, child);
    }
}

struct str
items_in_lines(struct arena *arena, const struct schema *schema, const struct value *report,
               struct str text, const struct carry_years *years)
{
    struct blocks blocks = {.arena = arena, .schema = schema, .years = years};
    struct diags *quiet = diags_new();
    struct buf out = buf_in(arena);

    blocks.edits = edits_of(arena, text, report);
    if (years->now != NULL)
        look_at(&blocks, &schema->root, report);
    if (blocks.edits.count > 0 && !blocks.whole) {
        struct str lines = edits_apply(&blocks.edits, NULL, NULL);
        blocks.whole = value_read_yaml(arena, quiet, "", lines) == NULL;
        text = blocks.whole ? text : lines;
    }
    if (blocks.whole) {
        value_write_yaml(items_as_maps(arena, &schema->root, report), &out);
        if (value_read_yaml(arena, quiet, "", buf_str(&out)) != NULL)
            text = buf_str(&out);
    }
    diags_free(quiet);
    return text;
}
