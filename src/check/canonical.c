/* The typed tree, without what the rubric put in, as JSON. The report's own tree walks along: it
 * tells what the report said. */
#include "check/canonical.h"

#include <string.h>

#include "check/accept.h"
#include "schema/apply.h"
#include "value/json_write.h"

struct writer {
    struct arena *arena;
    const struct schema *schema;
    struct buf *out;
    int depth;
    bool first; /* nothing stands yet in the innermost list or map */
};

/* ---- JSON */

static void
next_line(struct writer *writer)
{
    buf_text(writer->out, writer->first ? "\n" : ",\n");
    writer->first = false;
    for (int i = 0; i < writer->depth; i++)
        buf_text(writer->out, "  ");
}

static void
begin(struct writer *writer, char bracket)
{
    buf_byte(writer->out, bracket);
    writer->depth++;
    writer->first = true;
}

static void
end(struct writer *writer, char bracket)
{
    writer->depth--;
    if (!writer->first) {
        buf_byte(writer->out, '\n');
        for (int i = 0; i < writer->depth; i++)
            buf_text(writer->out, "  ");
    }
    writer->first = false;
    buf_byte(writer->out, bracket);
}

static void
put_key(struct writer *writer, struct str key)
{
    next_line(writer);
    json_add_string(writer->out, key);
    buf_text(writer->out, ": ");
}

/* Texts and lists of texts as they were typed. */
static void
put_typed(struct writer *writer, const struct value *given)
{
    if (given->kind != VALUE_LIST) {
        json_add_string(writer->out, given->text);
        return;
    }
    begin(writer, '[');
    for (const struct value *child = given->first; child != NULL; child = child->next) {
        if (child->kind != VALUE_TEXT && child->kind != VALUE_LIST)
            continue;
        next_line(writer);
        put_typed(writer, child);
    }
    end(writer, ']');
}

/* ---- text of several entries */

static void
add_entry_line(struct buf *out, int level, struct str line)
{
    if (out->len > 0)
        buf_byte(out, '\n');
    for (int i = 0; i < level; i++)
        buf_text(out, "  ");
    buf_add(out, line);
}

/* An entry with its marker; a paragraph after an empty line. */
static void
add_entry(struct buf *out, const struct value *entry)
{
    struct str rest = entry->text, line = STR("");
    struct buf first = buf_in(out->arena);

    buf_add(&first, entry->marker);
    if (entry->marker.len > 0)
        buf_byte(&first, ' ');
    else if (out->len > 0)
        buf_byte(out, '\n');
    (void)str_line(&rest, &line);
    buf_add(&first, line);
    add_entry_line(out, entry->level, buf_str(&first));
    while (str_line(&rest, &line))
        add_entry_line(out, entry->level + (entry->marker.len > 0), line);
}

static bool
same_entries(const struct value *a, const struct value *b)
{
    const struct value *x = a->first, *y = b->first;

    for (; x != NULL && y != NULL; x = x->next, y = y->next)
        if (x->kind != VALUE_ENTRY || y->kind != VALUE_ENTRY || x->level != y->level ||
            !str_eq(x->marker, y->marker) || !str_eq(x->text, y->text))
            return false;
    return x == NULL && y == NULL;
}

/* Where no such text gives the same entries (a plain paragraph on a deeper level) the text stays as
 * it was typed. */
static void
put_paragraphs(struct writer *writer, const struct field *field, const struct value *given,
               const struct value *typed)
{
    struct diags *unheard = diags_new();
    struct apply apply = {.arena = writer->arena, .diags = unheard, .schema = writer->schema};
    struct buf text = buf_in(writer->arena);
    struct value again = {.kind = VALUE_TEXT};

    for (const struct value *entry = typed->first; entry != NULL; entry = entry->next)
        add_entry(&text, entry);
    again.text = buf_str(&text);
    if (same_entries(typed, apply_paragraphs(&apply, field, field->name, &again)))
        json_add_string(writer->out, again.text);
    else
        put_typed(writer, given);
    diags_free(unheard);
}

/* ---- the report beside its typed tree */

static void put(struct writer *writer, const struct field *field, const struct value *given,
                const struct value *typed);

static struct str
code_text(const struct value *entry, struct str key)
{
    const struct value *code = value_get(entry, key);

    return code == NULL ? STR("") : code->text;
}

/* What a report's map says of a field, or NULL. */
static const struct value *
given_of(const struct field *map, const struct value *given, const struct field *field)
{
    const struct value *child = schema_datum(given, map, field);

    return child == NULL || apply_is_absent(child) ? NULL : child;
}

static void
put_fields(struct writer *writer, const struct field *map, const struct value *given,
           const struct value *typed)
{
    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *field = &map->fields[i];
        const struct value *child = given_of(map, given, field);
        const struct value *value = value_get(typed, field->name);
        if (child == NULL || value == NULL || value->kind == VALUE_NONE)
            continue;
        put_key(writer, field->name);
        put(writer, field, child, value);
    }
}

static void
put_list(struct writer *writer, const struct field *field, const struct value *given,
         const struct value *typed)
{
    const struct value *child = given->kind == VALUE_LIST ? given->first : NULL;

    begin(writer, '[');
    for (const struct value *value = typed->first; value != NULL; value = value->next) {
        while (child != NULL && apply_is_absent(child))
            child = child->next;
        next_line(writer);
        put(writer, field->item, child == NULL ? given : child, value);
        child = child == NULL ? NULL : child->next;
    }
    end(writer, ']');
}

/* Where the code of a keyed field's datum stands. */
static struct pos
code_place(const struct field *keyed, const struct value *given, const struct value *datum)
{
    if (given->kind != VALUE_LIST)
        return datum->key_pos;
    for (const struct value *part = datum->first; part != NULL; part = part->next)
        if (name_eq(part->key, keyed->key))
            return part->pos;
    return POS_NONE;
}

/* The report's datum for an entry of a keyed field, or NULL. It is found by its place: the code may
 * be written otherwise than in the rubric. */
static const struct value *
datum_of(const struct field *keyed, const struct value *given, const struct value *entry)
{
    struct pos pos = entry->key_pos;

    for (const struct value *child = given->first; child != NULL; child = child->next) {
        struct pos at = code_place(keyed, given, child);
        if (at.file != NULL && pos.file != NULL && strcmp(at.file, pos.file) == 0 &&
            at.line == pos.line && at.column == pos.column)
            return apply_is_absent(child) ? NULL : child;
    }
    return NULL;
}

/* True when a map says nothing but the field that a plain datum would fill. */
static bool
is_plain(const struct field *keyed, const struct value *datum)
{
    if (keyed->value.len == 0 || datum->kind != VALUE_MAP)
        return keyed->value.len > 0;
    for (size_t i = 0; i < keyed->field_count; i++) {
        const struct field *field = &keyed->fields[i];
        bool is_value = str_eq(field->name, keyed->value);
        if ((given_of(keyed, datum, field) != NULL) != is_value)
            return false;
    }
    return true;
}

static void
put_keyed(struct writer *writer, const struct field *field, const struct value *given,
          const struct value *typed)
{
    begin(writer, '{');
    for (const struct value *entry = typed->first; entry != NULL; entry = entry->next) {
        struct str code = code_text(entry, field->key);
        const struct value *datum = datum_of(field, given, entry);
        if (datum == NULL)
            continue;
        put_key(writer, code);
        if (is_plain(field, datum)) {
            const struct field *plain = schema_find(field, field->value);
            const struct value *inner =
                datum->kind == VALUE_MAP ? given_of(field, datum, plain) : datum;
            put(writer, plain, inner, value_get(entry, plain->name));
            continue;
        }
        begin(writer, '{');
        put_fields(writer, field, datum, entry);
        end(writer, '}');
    }
    end(writer, '}');
}

static void
put_scalar(struct writer *writer, const struct value *typed)
{
    struct buf *out = writer->out;

    if (typed->kind == VALUE_BOOL)
        buf_text(out, typed->boolean ? "true" : "false");
    else if (typed->kind == VALUE_DATE)
        json_add_string(out, date_iso(writer->arena, typed->date));
    else
        json_add_string(out, typed->text);
}

static void
put(struct writer *writer, const struct field *field, const struct value *given,
    const struct value *typed)
{
    switch (field->type) {
    case FIELD_PARAGRAPHS:
        put_paragraphs(writer, field, given, typed);
        break;
    case FIELD_LIST:
        put_list(writer, field, given, typed);
        break;
    case FIELD_MAP:
        begin(writer, '{');
        put_fields(writer, field, given, typed);
        end(writer, '}');
        break;
    case FIELD_KEYED:
        put_keyed(writer, field, given, typed);
        break;
    case FIELD_REFERENCE:
        /* in a rubric alone references are still codes */
        json_add_string(writer->out,
                        typed->kind == VALUE_MAP ? code_text(typed, field->key) : typed->text);
        break;
    default:
        put_scalar(writer, typed);
        break;
    }
}

/* ---- keys of the engine */

static void
put_template(struct writer *writer, const struct value *report)
{
    const struct value *name = value_get(report, STR("template"));

    if (name == NULL)
        name = value_get(report, STR("แม่แบบ"));
    if (name == NULL || name->kind != VALUE_TEXT)
        return;
    put_key(writer, STR("template"));
    json_add_string(writer->out, name->text);
}

static void
put_words(struct writer *writer, const struct value *report)
{
    const struct value *words = value_get(report, STR("คำเฉพาะ"));

    if (words == NULL || apply_is_absent(words))
        return;
    put_key(writer, STR("คำเฉพาะ"));
    put_typed(writer, words);
}

static void
put_accepted(struct writer *writer, const struct value *report)
{
    struct diags *unheard = diags_new();
    const struct value *list = accept_read(writer->arena, unheard, writer->schema, report);

    diags_free(unheard);
    if (list->kind != VALUE_LIST)
        return;
    put_key(writer, STR("ยอมรับ"));
    begin(writer, '[');
    for (const struct value *entry = list->first; entry != NULL; entry = entry->next) {
        next_line(writer);
        begin(writer, '{');
        for (const struct value *part = entry->first; part != NULL; part = part->next) {
            if (part->kind != VALUE_TEXT)
                continue;
            put_key(writer, part->key);
            json_add_string(writer->out, part->text);
        }
        end(writer, '}');
    }
    end(writer, ']');
}

void
canonical_write(struct arena *arena, const struct schema *schema, const struct value *report,
                const struct value *data, struct buf *out)
{
    struct writer writer = {.arena = arena, .schema = schema, .out = out};

    begin(&writer, '{');
    put_template(&writer, report);
    put_fields(&writer, &schema->root, report, data);
    put_words(&writer, report);
    put_accepted(&writer, report);
    end(&writer, '}');
    buf_byte(out, '\n');
}

void
canonical_write_rubric(struct arena *arena, const struct schema *schema, const struct value *rubric,
                       const struct value *data, struct buf *out)
{
    struct writer writer = {.arena = arena, .schema = schema, .out = out};
    const struct value *names = value_get(rubric, STR(SCHEMA_RUBRIC_KEY));

    begin(&writer, '{');
    if (names != NULL && !apply_is_absent(names)) {
        put_key(&writer, STR(SCHEMA_RUBRIC_KEY));
        put_typed(&writer, names);
    }
    put_fields(&writer, schema->rubric, rubric, data);
    end(&writer, '}');
    buf_byte(out, '\n');
}
