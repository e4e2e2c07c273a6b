#include "renew/last.h"

#include "base/arena.h"
#include "renew/carry.h"
#include "renew/edit.h"
#include "renew/items.h"
#include "schema/code.h"
#include "schema/names.h"
#include "schema/schema.h"
#include "thai/digits.h"
#include "value/read.h"
#include "value/value.h"
#include "value/write.h"

struct last {
    struct arena *arena;
    const struct schema *schema;
    const struct value *report;
    const struct carry_years *years;
    size_t count;   /* of values taken */
    size_t figures; /* of them, all but whose they are and of which year */
    struct str dropped;
};

static bool
has_last(const struct field *field)
{
    if (field->last.len > 0)
        return true;
    if (field->type != FIELD_MAP)
        return false;
    for (size_t i = 0; i < field->field_count; i++) {
        if (has_last(&field->fields[i]))
            return true;
    }
    return false;
}

bool
last_is_asked(const struct schema *schema)
{
    return has_last(&schema->root);
}

/* ---- taking values out of last year's report */

/* A figure with as many decimals as its field has: a spreadsheet keeps no zeros at the end. */
static struct str
with_places(struct last *last, const struct field *field, struct str text)
{
    struct decimal number;

    if (field->type == FIELD_DECIMAL && field->places > 0 &&
        decimal_parse(digits_to_arabic(last->arena, text), &number) &&
        number.places < field->places && decimal_round(number, (uint8_t)field->places, &number))
        return decimal_text(last->arena, number, false);
    return text;
}

/* A copy of a single datum; NULL for one that is not there, or still to be filled in. */
static struct value *
take_single(struct last *last, const struct field *field, const struct value *given)
{
    bool is_text = given != NULL && given->kind == VALUE_TEXT;

    if (given == NULL || (!is_text && given->kind != VALUE_BOOL) ||
        (is_text &&
         (str_trim(given->text).len == 0 || str_find(given->text, STR(SCHEMA_HOLE)) != SIZE_MAX)))
        return NULL;
    last->count++;
    struct value *copy = value_copy(last->arena, given);
    copy->text = with_places(last, field, str_trim(copy->text));
    return copy;
}

static const struct value *
entry_of(const struct value *list, struct str key, struct str code)
{
    for (const struct value *entry = list == NULL ? NULL : list->first; entry != NULL;
         entry = entry->next) {
        const struct value *own = value_get(entry, key);
        if (own != NULL && name_eq(own->text, code))
            return entry;
    }
    return NULL;
}

/* False when this year's rubric does not have the entry, or gives its code to another thing: then
 * none of its texts has the name that last year's rubric gives it. */
static bool
is_same_entry(const struct last *last, const struct field *source, struct str code)
{
    const struct value *now = items_list(last->schema, source, last->years->now);
    const struct value *then = items_list(last->schema, source, last->years->last);
    const struct value *new = entry_of(now, source->key, code);
    const struct value *old = entry_of(then, source->key, code);

    if (now == NULL)
        return true;
    for (const struct value *text = old == NULL || new == NULL ? NULL : old->first; text != NULL;
         text = text->next) {
        if (text->kind == VALUE_TEXT && !str_eq(text->key, source->key) &&
            code_names(source, new, text->text))
            return true;
    }
    return new != NULL &&old == NULL;
}

/* The figures of a keyed field, a line for each entry. */
static struct value *
take_keyed(struct last *last, const struct field *source, const struct value *given)
{
    const struct field *plain = schema_find(source, source->value);
    const struct value *then = items_list(last->schema, source, last->years->last);
    struct value *out = value_new(last->arena, VALUE_MAP, POS_NONE);

    if (given == NULL || plain == NULL || (given->kind != VALUE_MAP && given->kind != VALUE_LIST))
        return NULL;
    given = code_settle(last->arena, source, then, given);
    for (const struct value *entry = given->first; entry != NULL; entry = entry->next) {
        const struct value *code =
            given->kind == VALUE_LIST ? value_get(entry, source->key) : entry;
        struct str key = code == NULL                ? STR("")
                         : given->kind == VALUE_LIST ? code->text
                                                     : code->key;
        if (key.len == 0 || !is_same_entry(last, source, key))
            continue;
        struct value *value = take_single(
            last, plain, entry->kind == VALUE_MAP ? schema_datum(entry, source, plain) : entry);
        if (value == NULL)
            continue;
        value->key = key;
        value_append(out, value);
    }
    return out->first == NULL ? NULL : out;
}

static struct value *
take(struct last *last, const struct field *field)
{
    const struct schema *schema = last->schema;
    const struct field *source = schema_at(schema, field->last);
    const struct value *given = schema_datum_at(last->report, &schema->root, field->last);
    size_t count = last->count;
    struct value *value = field->type == FIELD_KEYED ? take_keyed(last, source, given)
                                                     : take_single(last, source, given);

    if (field->same.len == 0 && field->before.len == 0)
        last->figures += last->count - count;
    return value;
}

/* The datum of a field in the new report: what last year's gives, and in maps what stands there
 * already in fields that ask for nothing. NULL when that is nothing. */
static struct value *
build(struct last *last, const struct field *field, const struct value *there)
{
    struct value *map, *value;

    if (field->last.len > 0)
        return take(last, field);
    if (!has_last(field))
        return there == NULL ? NULL : value_copy(last->arena, there);
    map = value_new(last->arena, VALUE_MAP, POS_NONE);
    for (size_t i = 0; i < field->field_count; i++) {
        const struct field *inner = &field->fields[i];
        value = build(last, inner, schema_datum(there, field, inner));
        if (value == NULL)
            continue;
        value->key = inner->name;
        value_append(map, value);
    }
    return map->first == NULL ? NULL : map;
}

/* ---- putting them into the text of the new report */

/* Where what belongs to the key after `value` begins: comments and empty lines that stand above it
 * from the left margin are its own. Without a key after it the end of the text. */
static size_t
end_of(const struct edits *edits, const struct value *value)
{
    size_t at = value->next == NULL ? edits->text.len : edits_byte(edits, value->next->key_pos);

    while (value->next != NULL && at > 0) {
        size_t line = edits_line_start(edits, at - 1);
        struct str above = str_sub(edits->text, line, at - line);
        if (above.ptr[0] != '#' && str_trim(above).len > 0)
            break;
        at = line;
    }
    return at;
}

/* What of the new report the field comes behind: the nearest before it in the schema that is there.
 */
static const struct value *
before(const struct field *root, const struct value *report, const struct field *field)
{
    for (const struct field *at = field; at > root->fields; at--) {
        const struct value *there = schema_datum(report, root, at - 1);
        if (there != NULL)
            return there;
    }
    return NULL;
}

static struct str
block(const struct last *last, const struct field *field, struct value *value, bool is_new)
{
    struct value *root = value_new(last->arena, VALUE_MAP, POS_NONE);
    struct buf out = buf_in(last->arena);

    if (value == NULL)
        return STR("");
    value->key = field->name;
    value_append(root, value);
    if (is_new && field->help.len > 0)
        buf_printf(&out, "\n# %.*s\n", STR_FMT(field->help));
    value_write_yaml(root, &out);
    return buf_str(&out);
}

/* The text with the lines of one field in it. */
static struct str
put_lines(struct last *last, const struct field *field, const struct value *report, struct str text,
          struct value *value)
{
    const struct field *root = &last->schema->root;
    const struct value *there = schema_datum(report, root, field);
    const struct value *above = there != NULL ? there : before(root, report, field);
    struct edits edits = edits_of(last->arena, text, report);
    size_t to = above == NULL ? text.len : end_of(&edits, above);
    size_t from = there == NULL ? to : edits_byte(&edits, there->key_pos);
    struct buf out = buf_in(last->arena);

    if (there == NULL && value == NULL)
        return text;
    buf_add(&out, str_sub(text, 0, from));
    if (out.len > 0 && out.ptr[out.len - 1] != '\n')
        buf_byte(&out, '\n');
    buf_add(&out, block(last, field, value, there == NULL));
    buf_add(&out, str_sub(text, to, text.len));
    return buf_str(&out);
}

/* The tree with one field in it, written anew. */
static struct str
put_anew(struct last *last, const struct field *field, const struct value *report,
         struct value *value)
{
    const struct field *root = &last->schema->root;
    const struct value *there = schema_datum(report, root, field);
    const struct value *above = before(root, report, field);
    struct value *map = value_hollow(last->arena, report);
    struct buf out = buf_in(last->arena);
    struct value *own = value == NULL ? NULL : value_copy(last->arena, value);

    if (own != NULL)
        own->key = field->name;
    for (const struct value *child = report->first; child != NULL; child = child->next) {
        if (child != there)
            value_append(map, value_copy(last->arena, child));
        if (own != NULL && child == (there != NULL ? there : above))
            value_append(map, own);
    }
    if (own != NULL && there == NULL && above == NULL)
        value_append(map, own);
    value_write_yaml(map, &out);
    return buf_str(&out);
}

/* True when a text is a report that has the field, or has it no more, beside all that there was. */
static bool
is_right(struct last *last, const struct field *field, const struct value *before,
         const struct value *value, const struct value *after)
{
    const struct field *root = &last->schema->root;
    size_t was = schema_datum(before, root, field) != NULL;

    return after != NULL && after->kind == VALUE_MAP &&
           (schema_datum(after, root, field) != NULL) == (value != NULL) &&
           after->count == before->count - was + (value != NULL);
}

static struct str
put(struct last *last, const struct field *field, struct str text)
{
    struct diags *quiet = diags_new();
    const struct value *report = value_read_yaml(last->arena, quiet, "", text);

    if (report != NULL && report->kind == VALUE_MAP) {
        size_t count = last->count, figures = last->figures;
        struct value *value = build(last, field, schema_datum(report, &last->schema->root, field));
        if (last->figures == figures) { /* nothing of which to tell whose it is */
            last->count = count;
            value = NULL;
        }
        if (value == NULL && last->dropped.len == 0 &&
            schema_datum(report, &last->schema->root, field) != NULL)
            last->dropped = field->name;
        struct str put = (report->flags & VALUE_FLOW) != 0
                             ? STR("")
                             : put_lines(last, field, report, text, value);
        if (!is_right(last, field, report, value, value_read_yaml(last->arena, quiet, "", put)))
            put = put_anew(last, field, report, value);
        text = put;
    }
    diags_free(quiet);
    return text;
}

struct str
last_fill(struct arena *arena, const struct schema *schema, const struct value *report,
          struct str text, const struct carry_years *years, struct last_told *told)
{
    struct last last = {.arena = arena, .schema = schema, .report = report, .years = years};

    *told = (struct last_told){.field = STR("")};
    for (size_t i = 0; i < schema->root.field_count; i++) {
        const struct field *field = &schema->root.fields[i];
        size_t count = last.count;
        if (!has_last(field))
            continue;
        text = put(&last, field, text);
        if (last.count > count && told->field.len == 0)
            told->field = field->name;
    }
    told->count = last.count;
    told->dropped = last.dropped;
    return text;
}
