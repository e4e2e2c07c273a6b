/* Those who are to sign a report: the list of them, and what says the same beside it. */
#include "base/arena.h"
#include "schema/apply.h"

/* The field by this name of a map, as an index; the map must have it. */
static size_t
index_of(const struct field *map, struct str name)
{
    return (size_t)(schema_find(map, name) - map->fields);
}

static bool
says_nothing(const struct value *value)
{
    if (apply_is_absent(value))
        return true;
    for (const struct value *child = value->first; child != NULL; child = child->next)
        if (!apply_is_absent(child))
            return false;
    return value->kind == VALUE_MAP;
}

static void
check_instead(struct apply *apply, const struct field *list, const struct value *given,
              const struct value *other)
{
    struct diags *diags = apply->diags;

    if (!apply_is_absent(other))
        diag_add(diags, DIAG_FIELD_INSTEAD, given->key_pos, diag_str(diags, list->name),
                 diag_str(diags, other->key), NULL);
}

void
apply_beside(struct apply *apply, const struct field *map, const struct value **given)
{
    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *list = &map->fields[i];
        if (!list->routing || apply_is_absent(given[i]))
            continue;
        if (list->instead.len > 0)
            check_instead(apply, list, given[i], given[index_of(map, list->instead)]);
        if (list->first.len > 0 && says_nothing(given[index_of(map, list->first)]))
            given[index_of(map, list->first)] = NULL;
    }
}

bool
apply_stands_in(const struct field *map, const struct field *field, const struct value **given)
{
    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *list = &map->fields[i];
        if (list->first.len > 0 && schema_find(map, list->first) == field)
            return !apply_is_absent(given[i]);
    }
    return false;
}

/* ---- the first entry */

static struct value *
child_of(struct value *map, struct str key)
{
    for (struct value *child = map->first; child != NULL; child = child->next)
        if (str_eq(child->key, key))
            return child;
    return NULL;
}

/* The map as the first entry has it. */
static void
put_in_place(struct apply *apply, const struct field *field, const struct value *entry,
             struct value *place)
{
    place->kind = VALUE_MAP;
    place->pos = entry->pos;
    place->key_pos = entry->pos;
    for (size_t i = 0; i < field->field_count; i++) {
        const struct field *inner = &field->fields[i];
        const struct value *from = value_get(entry, inner->name);
        struct value *copy = value_new(apply->arena, VALUE_NONE, entry->pos);
        if (from != NULL)
            *copy = *from;
        copy->key = inner->name;
        copy->next = NULL;
        value_append(place, copy);
    }
}

static bool
says_otherwise(const struct value *one, const struct value *other)
{
    bool here = one->kind == VALUE_TEXT, there = other->kind == VALUE_TEXT;

    return here != there || (here && !str_eq(one->text, other->text));
}

/* What is faulty was told already, and is nothing here. */
static bool
is_faulty(const struct value *given, const struct field *map, const struct field *field,
          const struct value *typed)
{
    return typed->kind == VALUE_NONE && !apply_is_absent(schema_datum(given, map, field));
}

static void
compare(struct apply *apply, const struct field *list, const struct field *field,
        const struct value *const given[2], const struct value *entry, const struct value *map)
{
    struct diags *diags = apply->diags;

    for (size_t i = 0; i < field->field_count; i++) {
        const struct field *inner = &field->fields[i], *same = schema_find(list->item, inner->name);
        const struct value *here = value_get(map, inner->name);
        const struct value *there = same == NULL ? NULL : value_get(entry, same->name);
        if (here == NULL || there == NULL || !says_otherwise(here, there) ||
            is_faulty(given[0], field, inner, here) || is_faulty(given[1], list->item, same, there))
            continue;
        bool missing = here->kind == VALUE_NONE;
        diag_add(diags, DIAG_FIELD_NOT_FIRST, missing ? map->pos : here->pos,
                 diag_printf(diags, "%.*s.%.*s", STR_FMT(field->name), STR_FMT(inner->name)),
                 diag_str(diags, list->name), diag_place(diags, there->pos));
    }
}

static const struct value *
first_given(const struct value *list)
{
    const struct value *child = list->kind == VALUE_LIST ? list->first : NULL;

    while (child != NULL && apply_is_absent(child))
        child = child->next;
    return child;
}

void
apply_first(struct apply *apply, const struct field *map, const struct value **given,
            struct value *typed)
{
    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *list = &map->fields[i];
        const struct value *all = list->first.len == 0 ? NULL : value_get(typed, list->name);
        const struct value *entry = all == NULL || all->kind != VALUE_LIST ? NULL : all->first;
        if (entry == NULL || entry->kind != VALUE_MAP)
            continue;
        size_t at = index_of(map, list->first);
        const struct field *field = &map->fields[at];
        struct value *place = child_of(typed, field->name);
        const struct value *const both[] = {given[at], first_given(given[i])};
        if (apply_is_absent(given[at]))
            put_in_place(apply, field, entry, place);
        else if (place->kind == VALUE_MAP)
            compare(apply, list, field, both, entry, place);
    }
}

struct str
schema_replaces(const struct schema *schema, const struct value *typed)
{
    for (size_t i = 0; i < schema->root.field_count; i++) {
        const struct field *field = &schema->root.fields[i];
        const struct value *value = field->replaces ? value_get(typed, field->name) : NULL;
        if (value == NULL || value->kind != VALUE_TEXT)
            continue;
        return value->text;
    }
    return STR("");
}
