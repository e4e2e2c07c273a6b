/* Tells of data that the template never refers to: what is written there is not printed. */
#include "base/arena.h"
#include "schema/schema.h"
#include "tmpl/tree.h"
#include "value/value.h"

struct unused {
    struct diags *diags;
    const struct used *used;
    const struct field *variant; /* tells which rubric is used, so it need not be printed */
};

static void tell_unused(const struct unused *unused, const struct field *map,
                        const struct field *own, const struct value *data);

static bool
is_given(const struct value *value)
{
    if (value == NULL || value->kind == VALUE_NONE)
        return false;
    if (value->pos.file == NULL) /* made by the schema: only what it holds can be given */
        return value->first != NULL;
    return value->kind != VALUE_LIST || value->first != NULL;
}

/* Each field of the entries of a list is told once. */
static void
tell_unused_in_list(const struct unused *unused, const struct field *item, const struct field *own,
                    const struct value *list)
{
    struct value first_of_each = {.kind = VALUE_MAP};
    struct arena *arena = arena_new(0);

    for (size_t i = 0; i < own->field_count; i++) {
        const struct value *entry = list->first;
        while (entry != NULL && !is_given(value_get(entry, own->fields[i].name)))
            entry = entry->next;
        if (entry == NULL)
            continue;
        struct value *copy = value_new(arena, VALUE_NONE, POS_NONE);
        *copy = *value_get(entry, own->fields[i].name);
        copy->next = NULL;
        value_append(&first_of_each, copy);
    }
    tell_unused(unused, item, own, &first_of_each);
    arena_free(arena);
}

static void
tell_unused_field(const struct unused *unused, const struct field *field, const struct value *value)
{
    const struct field *item = schema_item(field);

    if (!used_has(unused->used, field)) {
        struct pos pos = value->key_pos.file == NULL ? value->pos : value->key_pos;
        diag_add(unused->diags, DIAG_TMPL_UNUSED, pos, diag_str(unused->diags, field->name), NULL,
                 NULL);
    } else if (field->type == FIELD_MAP) {
        tell_unused(unused, field, field, value);
    } else if (field->type == FIELD_KEYED && item != NULL) {
        tell_unused_in_list(unused, item, field, value);
    } else if (field->type == FIELD_LIST && item->type == FIELD_MAP) {
        tell_unused_in_list(unused, item, item, value);
    }
}

/* `own` has the fields that a report may give, `map` those that the template sees. */
static void
tell_unused(const struct unused *unused, const struct field *map, const struct field *own,
            const struct value *data)
{
    for (size_t i = 0; i < own->field_count; i++) {
        const struct field *field = schema_find(map, own->fields[i].name);
        const struct value *value = value_get(data, own->fields[i].name);
        if (field != NULL && field->type != FIELD_RUBRIC && field != unused->variant &&
            !field->replaces && is_given(value))
            tell_unused_field(unused, field, value);
    }
}

void
unused_tell(struct diags *diags, const struct tmpl *tmpl, const struct value *data)
{
    const struct field *root = &tmpl->schema->root, *rubric = tmpl->schema->rubric;
    struct unused unused = {.diags = diags, .used = &tmpl->used};

    if (rubric != NULL && rubric->variant.len > 0)
        unused.variant = schema_find(root, rubric->variant);
    tell_unused(&unused, root, root, data);
}
