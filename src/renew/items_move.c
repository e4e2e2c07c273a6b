#include "renew/items_move.h"

#include "base/arena.h"
#include "renew/carry.h"
#include "renew/chain.h"
#include "renew/edit.h"
#include "renew/items.h"
#include "renew/items_remarks.h"
#include "schema/code.h"
#include "schema/names.h"
#include "schema/schema.h"
#include "value/value.h"
#include "value/write.h"

/* What is being put together for one report. */
struct move {
    struct arena *arena;
    const struct schema *schema;
    const struct carry_years *years;
    struct edits last, carried;
    struct carry_told *told;
    bool example;
};

/* A keyed field: its entries as they stood, with codes as the rubric writes them, and as they are
 * carried over, one beside the other. */
struct keyed {
    struct move *move;
    const struct field *field;
    struct items last, now;
    struct chain chain;
    const struct value **was, **is;
    size_t count;
    size_t begin, last_begin; /* of the first entry, with the remarks above it, in both texts */
    bool *used;
};

/* An entry's lines in the carried text: the remarks above it, then itself. */
struct stretch {
    size_t from, to;
    struct items_lines lines;
};

static struct stretch
stretch_of(const struct keyed *keyed, size_t at)
{
    struct stretch out = {.from = keyed->begin};
    struct items_lines before;

    (void)items_lines(&keyed->now, keyed->is[at], &out.lines);
    if (at > 0 && items_lines(&keyed->now, keyed->is[at - 1], &before))
        out.from = before.to + 1;
    out.to = out.lines.to;
    return out;
}

/* ---- changing the lines of one entry; places are those of the stretch */

/* Where a key that begins at a byte ends. */
static size_t
key_end(struct str text, size_t at)
{
    char first = at < text.len ? text.ptr[at] : '\0';

    if (first == '"' || first == '\'') {
        size_t close =
            str_find(str_sub(text, at + 1, SIZE_MAX), first == '"' ? STR("\"") : STR("'"));
        return close == SIZE_MAX ? at : at + 1 + close + 1;
    }
    for (size_t end = at; end < text.len && text.ptr[end] != '\n'; end++) {
        if (text.ptr[end] == ':' &&
            (end + 1 == text.len ||
             str_find(STR(" \t\r\n"), str_sub(text, end + 1, 1)) != SIZE_MAX))
            return end;
    }
    return at;
}

static void
put_code(const struct keyed *keyed, struct edits *edits, const struct stretch *stretch,
         const struct value *entry, struct str code)
{
    const struct edits *all = &keyed->move->carried;
    size_t from, to;

    if (keyed->now.is_list) {
        if (!edits_span(all, value_get(entry, keyed->field->key), &from, &to))
            return;
    } else {
        from = edits_byte(all, entry->key_pos);
        to = key_end(all->text, from);
    }
    edits_put(edits, from - stretch->from, to - stretch->from, code);
}

/* "key: text" as YAML writes it, its later lines indented, and the remark behind its first. */
static struct str
pair(struct arena *arena, struct str key, struct str text, struct str indent, struct str remark)
{
    struct value *map = value_new(arena, VALUE_MAP, POS_NONE);
    struct value *value = value_new(arena, VALUE_TEXT, POS_NONE);
    struct buf lines = buf_in(arena), out = buf_in(arena);
    struct str rest, line;

    value->key = key;
    value->text = text;
    value_append(map, value);
    value_write_yaml(map, &lines);
    rest = str_trim(buf_str(&lines));
    for (bool first = true; str_line(&rest, &line); first = false) {
        if (!first)
            buf_printf(&out, "\n%.*s", line.len == 0 ? 0 : (int)indent.len, indent.ptr);
        buf_add(&out, line);
        if (first)
            buf_add(&out, remark);
    }
    return buf_str(&out);
}

/* The blanks before a key that begins its line; false for any other. */
static bool
indent_of(const struct edits *edits, const struct value *child, struct str *indent)
{
    size_t key = edits_byte(edits, child->key_pos);
    size_t start = edits_line_start(edits, key);

    *indent = str_sub(edits->text, start, key - start);
    return str_trim(*indent).len == 0;
}

static bool
is_hole(struct str text)
{
    return str_is(str_trim(text), SCHEMA_HOLE);
}

/* True for a text that has these lines already. */
static bool
has_lines(struct str text, struct str lines)
{
    size_t at = str_find(text, lines);

    while (at != SIZE_MAX) {
        size_t end = at + lines.len;
        if ((at == 0 || text.ptr[at - 1] == '\n') && (end == text.len || text.ptr[end] == '\n'))
            return true;
        size_t next = str_find(str_sub(text, at + 1, SIZE_MAX), lines);
        at = next == SIZE_MAX ? next : at + 1 + next;
    }
    return false;
}

/* The text of a field in all entries that became one; what several of them say alike stands once.
 */
static struct str
joined(const struct keyed *keyed, const struct field *field, const size_t *at, size_t count)
{
    struct buf out = buf_in(keyed->move->arena);

    for (size_t i = 0; i < count; i++) {
        const struct value *entry = keyed->is[at[i]];
        const struct value *child = schema_datum(entry, keyed->field, field);
        if (child == NULL || child->kind != VALUE_TEXT || is_hole(child->text))
            continue;
        struct str text = str_trim(child->text);
        if (text.len > 0 && !has_lines(buf_str(&out), text))
            buf_printf(&out, "%s%.*s", out.len == 0 ? "" : "\n", STR_FMT(text));
    }
    return buf_str(&out);
}

/* Puts the joined text into the first of the entries. One that has no room for several lines is
 * left, and a remark above says what the others had. */
static void
join_field(const struct keyed *keyed, struct edits *edits, const struct stretch *stretch,
           const struct field *field, const size_t *at, size_t count, struct buf *remarks)
{
    const struct edits *all = &keyed->move->carried;
    const struct value *first = keyed->is[at[0]];
    const struct value *own = schema_datum(first, keyed->field, field);
    struct str text = joined(keyed, field, at, count), indent = stretch->lines.indent;
    bool has_room = field->lines || field->type == FIELD_PARAGRAPHS;
    size_t from, to;

    if (text.len == 0 ||
        (own != NULL && own->kind == VALUE_TEXT && str_eq(str_trim(own->text), text)))
        return;
    if (own == NULL || own->kind != VALUE_TEXT || (!has_room && !is_hole(own->text)) ||
        (first->flags & VALUE_FLOW) != 0 || !indent_of(all, own, &indent) ||
        !edits_span(all, own, &from, &to)) {
        struct str rest = text, line;
        while (str_line(&rest, &line))
            buf_printf(remarks, "%.*s# %.*s: %.*s\n", STR_FMT(stretch->lines.indent),
                       STR_FMT(field->name), STR_FMT(line));
        return;
    }
    struct str remark = items_remark_behind(all, own, to);
    from = edits_byte(all, own->key_pos);
    if ((own->flags & VALUE_BLOCK) == 0)
        to += remark.len;
    edits_put(edits, from - stretch->from, to - stretch->from,
              pair(keyed->move->arena, own->key, text, indent, remark));
}

/* Names that this year's rubric does not accept become remarks. */
static void
drop_names(const struct keyed *keyed, struct edits *edits, const struct stretch *stretch,
           const struct chain_link *link, const struct value *entry)
{
    const struct edits *all = &keyed->move->carried;
    struct str indent;
    size_t from, to;

    for (const struct value *child = entry->first; child != NULL; child = child->next) {
        const struct field *field = schema_find(keyed->field, child->key);
        if (field == NULL || field->official.len == 0 || child->kind != VALUE_TEXT ||
            is_hole(child->text) || code_names(keyed->field, link->entry, child->text) ||
            (entry->flags & VALUE_FLOW) != 0 || !indent_of(all, child, &indent) ||
            !edits_span(all, child, &from, &to))
            continue;
        size_t key = edits_byte(all, child->key_pos);
        if (edits_line_end(all, key) >= to)
            edits_put(edits, key - stretch->from, key - stretch->from, STR("# "));
    }
}

/* What an entry was is told anew: remarks of other years would be read as this one's. */
static void
drop_remarks(const struct keyed *keyed, struct edits *edits, const struct stretch *stretch)
{
    struct str above =
        str_sub(keyed->move->carried.text, stretch->from, stretch->lines.from - stretch->from);
    size_t at = 0;

    while (at < above.len) {
        size_t end = str_find(str_sub(above, at, SIZE_MAX), STR("\n"));
        end = end == SIZE_MAX ? above.len : at + end + 1;
        if (items_own_remark(str_sub(above, at, end - at)))
            edits_put(edits, at, end, STR(""));
        at = end;
    }
}

/* ---- one entry of this year */

/* "O1 โครงสร้าง, O3 อำนาจหน้าที่", and in *changed whether that is another thing than now. */
static struct str
what_it_was(const struct keyed *keyed, const struct chain_link *link, const size_t *at,
            size_t count, bool *changed)
{
    struct buf out = buf_in(keyed->move->arena);

    *changed = count != 1;
    for (size_t i = 0; i < count; i++) {
        struct str code = items_code(&keyed->last, keyed->was[at[i]]);
        const struct value *entry = items_find(&keyed->last, keyed->last.last, code);
        struct str name = entry == NULL ? STR("") : items_name(&keyed->last, entry);
        buf_printf(&out, "%s%.*s%s%.*s", i == 0 ? "" : ", ", STR_FMT(code),
                   name.len == 0 ? "" : " ", STR_FMT(name));
        if (!items_is_code(keyed->move->arena, code, link->code) ||
            !str_eq(name, items_name(&keyed->now, link->entry)))
            *changed = true;
    }
    return buf_str(&out);
}

static void
tell(const struct keyed *keyed, const struct chain_link *link, const size_t *at, size_t count)
{
    struct arena *arena = keyed->move->arena;
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < count; i++)
        buf_printf(&out, "%s%.*s", i == 0 ? "" : " + ",
                   STR_FMT(items_code(&keyed->last, keyed->was[at[i]])));
    if (count == 1 && items_is_code(arena, buf_str(&out), link->code))
        return;
    buf_printf(&out, " → %.*s", STR_FMT(link->code));
    if (!keyed->move->example)
        carry_tell(arena, keyed->move->told, keyed->field->name,
                   count > 1 ? CARRY_MERGED : CARRY_MOVED, buf_str(&out));
}

/* Lines of a text as remarks, from where the first of them begins. */
static void
add_lines(struct str lines, struct str indent, struct buf *out)
{
    struct str line;
    size_t inner = 0;

    for (bool first = true; str_line(&lines, &line); first = false) {
        size_t blanks = str_indent(line);
        if (first)
            inner = blanks;
        if (str_trim(line).len > 0)
            buf_printf(out, "%.*s# %.*s\n", STR_FMT(indent),
                       STR_FMT(str_sub(line, blanks < inner ? blanks : inner, SIZE_MAX)));
    }
}

/* What of an entry that becomes part of another one no join of texts takes along: keys that the
 * schema does not know, lists, a text without keys. It is somebody's work, so it stays to be read.
 */
static void
add_unjoined(const struct keyed *keyed, const struct value *entry, const struct stretch *stretch,
             struct str indent, struct buf *out)
{
    const struct edits *all = &keyed->move->carried;
    struct str own;

    if (entry->kind == VALUE_TEXT && !is_hole(entry->text))
        add_lines(str_sub(all->text, stretch->lines.from, stretch->to - stretch->lines.from),
                  indent, out);
    for (const struct value *child = entry->first; child != NULL; child = child->next) {
        if (child->kind == VALUE_NONE || name_eq(child->key, keyed->field->key) ||
            (child->kind == VALUE_TEXT && schema_find(keyed->field, child->key) != NULL))
            continue;
        if (!indent_of(all, child, &own)) { /* several in a line: the whole of it */
            add_lines(str_sub(all->text, stretch->lines.from, stretch->to - stretch->lines.from),
                      indent, out);
            return;
        }
        size_t from = edits_line_start(all, edits_byte(all, child->key_pos));
        size_t to = child->next == NULL
                        ? stretch->to
                        : edits_line_start(all, edits_byte(all, child->next->key_pos));
        add_lines(str_sub(all->text, from, to - from), indent, out);
    }
}

/* Remarks that the others of several entries had, and what cannot be joined, stay with the first.
 */
static void
add_others(const struct keyed *keyed, const struct stretch *first, const size_t *at, size_t count,
           struct buf *out)
{
    for (size_t i = 1; i < count; i++) {
        struct stretch other = stretch_of(keyed, at[i]);
        items_add_remarks(&keyed->move->carried, keyed->is[at[i]], other.from, other.to,
                          first->lines.indent, out);
        add_unjoined(keyed, keyed->is[at[i]], &other, first->lines.indent, out);
    }
}

/* The entries of the report at `at`, under this year's code. */
static void
add_moved(const struct keyed *keyed, const struct chain_link *link, const size_t *at, size_t count,
          struct buf *out)
{
    struct arena *arena = keyed->move->arena;
    const struct value *first = keyed->is[at[0]];
    struct stretch stretch = stretch_of(keyed, at[0]);
    struct edits edits = {
        .arena = arena,
        .text = str_sub(keyed->move->carried.text, stretch.from, stretch.to - stretch.from)};
    struct buf remarks = buf_in(arena);
    bool changed;
    struct str was = what_it_was(keyed, link, at, count, &changed);

    put_code(keyed, &edits, &stretch, first, value_get(link->entry, keyed->field->key)->text);
    if (changed)
        buf_printf(&remarks, "%.*s# ปี %d: %.*s\n", STR_FMT(stretch.lines.indent), keyed->last.from,
                   STR_FMT(was));
    for (size_t i = 0; i < keyed->field->field_count && count > 1; i++)
        join_field(keyed, &edits, &stretch, &keyed->field->fields[i], at, count, &remarks);
    add_others(keyed, &stretch, at, count, &remarks);
    drop_names(keyed, &edits, &stretch, link, first);
    drop_remarks(keyed, &edits, &stretch);
    if (!keyed->move->example) {
        size_t above = stretch.lines.from - stretch.from;
        edits_put(&edits, above, above, buf_str(&remarks));
    }
    buf_byte(out, '\n');
    buf_add(out, edits_apply(&edits, NULL, NULL));
    tell(keyed, link, at, count);
}

/* What the report has of an entry of this year. */
static size_t
entries_of(struct keyed *keyed, const struct chain_link *link, size_t *at)
{
    size_t count = 0;

    for (size_t i = 0; i < link->count; i++) {
        for (size_t j = 0; j < keyed->count; j++) {
            if (keyed->used[j] || !items_is_code(keyed->move->arena, link->was[i],
                                                 items_code(&keyed->last, keyed->was[j])))
                continue;
            keyed->used[j] = true;
            at[count++] = j;
            break;
        }
    }
    return count;
}

/* ---- a keyed field */

static void
add_left_out(const struct keyed *keyed, struct buf *out)
{
    struct items_lines lines;

    for (size_t i = 0; i < keyed->count && !keyed->move->example; i++) {
        if (keyed->used[i] || !items_lines(&keyed->last, keyed->was[i], &lines))
            continue;
        size_t from = keyed->last_begin;
        struct items_lines before;
        if (i > 0 && items_lines(&keyed->last, keyed->was[i - 1], &before))
            from = before.to + 1;
        buf_byte(out, '\n');
        items_add_remarks(&keyed->move->last, keyed->was[i], from, lines.from, lines.indent, out);
        items_add_dropped(&keyed->last, &lines, out);
        carry_tell(keyed->move->arena, keyed->move->told, keyed->field->name, CARRY_DROPPED,
                   items_code(&keyed->last, keyed->was[i]));
    }
}

static void
rearrange(struct keyed *keyed)
{
    struct arena *arena = keyed->move->arena;
    struct buf out = buf_in(arena);
    size_t *at = arena_array(arena, keyed->count, sizeof at[0]);
    size_t end = stretch_of(keyed, keyed->count - 1).to;
    struct items_lines first;

    (void)items_lines(&keyed->now, keyed->is[0], &first);
    for (size_t i = 0; i < keyed->chain.count; i++) {
        const struct chain_link *link = &keyed->chain.links[i];
        size_t count = entries_of(keyed, link, at);
        if (count > 0)
            add_moved(keyed, link, at, count, &out);
        else if (keyed->move->example)
            items_add_alike(&keyed->now, link->entry, keyed->is[0], &out);
        else
            items_add_open(&keyed->now, link->entry, first.indent, &out);
    }
    add_left_out(keyed, &out);
    edits_put(&keyed->move->carried, keyed->begin, end,
              str_sub(buf_str(&out), 1, SIZE_MAX)); /* without the first line end */
}

/* The entries of both trees beside each other. False when they are not the same. */
static bool
pair_entries(struct keyed *keyed, const struct value *last, const struct value *carried)
{
    size_t at = 0;

    keyed->count = carried->count;
    if (last->count != carried->count || last->kind != carried->kind || carried->count == 0)
        return false;
    keyed->was = arena_array(keyed->move->arena, keyed->count, sizeof keyed->was[0]);
    keyed->is = arena_array(keyed->move->arena, keyed->count, sizeof keyed->is[0]);
    keyed->used = arena_array(keyed->move->arena, keyed->count, sizeof keyed->used[0]);
    for (const struct value *was = last->first, *is = carried->first; was != NULL;
         was = was->next, is = is->next, at++) {
        keyed->was[at] = was;
        keyed->is[at] = is;
    }
    return true;
}

static void
move_keyed(struct move *move, const struct field *field, const struct value *last,
           const struct value *carried)
{
    const struct items items = {.field = field,
                                .last = items_list(move->schema, field, move->years->last),
                                .now = items_list(move->schema, field, move->years->now),
                                .from = move->years->from,
                                .to = move->years->to,
                                .is_list = carried->kind == VALUE_LIST,
                                .example = move->example};
    struct keyed keyed = {.move = move, .field = field, .last = items, .now = items};

    keyed.last.edits = &move->last;
    keyed.now.edits = &move->carried;
    keyed.last_begin = edits_line_end(&move->last, edits_byte(&move->last, last->key_pos)) + 1;
    if (items.last != NULL)
        last = code_settle(move->arena, field, items.last, last);
    if (!chain_of(move->arena, move->schema, field, move->years, &keyed.chain) ||
        !items_can(&keyed.last, last) || !items_can(&keyed.now, carried) ||
        !pair_entries(&keyed, last, carried))
        return;
    keyed.begin = edits_line_end(&move->carried, edits_byte(&move->carried, carried->key_pos)) + 1;
    rearrange(&keyed);
}

/* ---- the whole report */

static void
walk(struct move *move, const struct field *field, const struct value *last,
     const struct value *carried)
{
    if (last == NULL || carried == NULL || last->kind != carried->kind)
        return;
    if (field->type == FIELD_KEYED) {
        if (carried->kind == VALUE_MAP || carried->kind == VALUE_LIST)
            move_keyed(move, field, last, carried);
    } else if (field->type == FIELD_MAP && carried->kind == VALUE_MAP) {
        for (const struct value *child = carried->first; child != NULL; child = child->next) {
            const struct field *inner = schema_find(field, child->key);
            if (inner != NULL)
                walk(move, inner, value_get(last, child->key), child);
        }
    } else if (field->type == FIELD_LIST && carried->kind == VALUE_LIST) {
        const struct value *was = last->first;
        for (const struct value *is = carried->first; was != NULL && is != NULL;
             was = was->next, is = is->next)
            walk(move, field->item, was, is);
    }
}

struct str
items_move(struct arena *arena, const struct schema *schema, const struct items_text *last,
           const struct items_text *carried, const struct carry_years *years, bool example,
           struct carry_told *told)
{
    struct move move = {.arena = arena,
                        .schema = schema,
                        .years = years,
                        .last = edits_of(arena, last->text, last->root),
                        .carried = edits_of(arena, carried->text, carried->root),
                        .told = told,
                        .example = example};

    if (schema->rubric != NULL)
        walk(&move, &schema->root, last->root, carried->root);
    return move.carried.count == 0 ? carried->text : edits_apply(&move.carried, NULL, NULL);
}
