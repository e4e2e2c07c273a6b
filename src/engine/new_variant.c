/* Which of several rubrics of a year a new report is for. */
#include "base/arena.h"
#include "engine/new.h"
#include "engine/rubric.h"
#include "renew/edit.h"
#include "schema/schema.h"
#include "value/read.h"
#include "value/value.h"
#include "value/write.h"

static struct value *
pair(struct work *w, struct str key, struct str text)
{
    struct value *value = value_new(w->arena, VALUE_TEXT, POS_NONE);

    value->key = key;
    value->text = text;
    return value;
}

/* "key: text", as YAML writes it. */
static struct str
line_of(struct work *w, struct str key, struct str text)
{
    struct value *map = value_new(w->arena, VALUE_MAP, POS_NONE);
    struct buf out = buf_in(w->arena);

    value_append(map, pair(w, key, text));
    value_write_yaml(map, &out);
    return str_trim(buf_str(&out));
}

/* Writes the field into the text, below the year where it does not stand yet. */
static bool
write_into(struct work *w, struct new_start *start, const struct field *field, struct str variant)
{
    struct edits edits = edits_of(w->arena, start->text, start->report);
    const struct field *root = &start->schema->root;
    const struct value *old = schema_datum(start->report, root, field);
    const struct value *year =
        schema_datum(start->report, root, schema_find(root, start->schema->rubric->file));
    struct str line = line_of(w, old == NULL ? field->name : old->key, variant);
    size_t from, to;

    if (old != NULL) {
        size_t key = edits_byte(&edits, old->key_pos);
        to = edits_span(&edits, old, &from, &to) ? to : edits_line_end(&edits, key);
        edits_put(&edits, key, to, line);
    } else {
        size_t key = year == NULL ? 0 : edits_line_end(&edits, edits_byte(&edits, year->pos));
        edits_put(
            &edits, key, key,
            str_of(arena_printf(w->arena, year == NULL ? "%.*s\n" : "\n%.*s", STR_FMT(line))));
    }
    start->text = edits_apply(&edits, NULL, NULL);
    start->report = value_read_yaml(w->arena, w->diags, start->source, start->text);
    return start->report != NULL;
}

bool
new_variant(struct work *w, struct new_start *start)
{
    struct str wished = str_trim(str_of(w->wishes->variant == NULL ? "" : w->wishes->variant));
    const struct field *rubric = start->schema->rubric;

    start->variant = schema_rubric_variant(start->schema, start->report);
    if (wished.len == 0 || str_eq(wished, start->variant))
        return true;
    if (rubric == NULL || rubric->variant.len == 0) {
        diag_add(w->diags, DIAG_ENGINE_NEW_NO_VARIANT, POS_NONE, diag_str(w->diags, wished),
                 diag_str(w->diags, start->template_name), NULL);
        return false;
    }
    start->variant = wished;
    return write_into(w, start, schema_find(&start->schema->root, rubric->variant), wished);
}
