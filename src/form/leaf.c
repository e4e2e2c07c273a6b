#include "form/inner.h"

#include <stdint.h>

#include "base/arena.h"
#include "schema/names.h"
#include "schema/schema.h"
#include "value/value.h"

bool
leaf_fits(const struct field *field)
{
    switch (field->type) {
    case FIELD_MAP:
    case FIELD_KEYED:
    case FIELD_RUBRIC:
        return false;
    case FIELD_LIST:
        return field->item->type != FIELD_LIST && leaf_fits(field->item);
    default:
        return field->repeats.len == 0;
    }
}

static size_t
count_of(const struct field *map)
{
    size_t count = 0;

    for (size_t i = 0; i < map->field_count; i++)
        count += map->fields[i].type == FIELD_MAP ? count_of(&map->fields[i]) : 1;
    return count;
}

static void
collect(struct arena *arena, const struct field *map, struct str above, bool required,
        struct leaves *leaves)
{
    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *field = &map->fields[i];
        struct str path = name_joined(arena, above, field->name);
        if (field->type == FIELD_MAP)
            collect(arena, field, path, required && field->required, leaves);
        else if (leaf_fits(field))
            leaves->all[leaves->count++] = (struct leaf){field, path, required && field->required};
    }
}

struct leaves
leaves_of(struct arena *arena, const struct field *map)
{
    struct leaves leaves = {arena_array(arena, count_of(map) + 1, sizeof leaves.all[0]), 0};

    collect(arena, map, STR(""), true, &leaves);
    return leaves;
}

size_t
leaves_find(const struct leaves *leaves, const struct field *map, struct str title)
{
    const struct field *field = NULL;

    if (str_ends(title, STR("*")))
        title.len--;
    while (title.len > 0) {
        struct str part = name_cut(&title);
        if (field != NULL && field->type != FIELD_MAP)
            return SIZE_MAX;
        field = schema_find(field == NULL ? map : field, part);
        if (field == NULL)
            return SIZE_MAX;
    }
    for (size_t i = 0; field != NULL && i < leaves->count; i++)
        if (leaves->all[i].field == field)
            return i;
    return SIZE_MAX;
}

struct str
leaves_nearest(const struct leaves *leaves, struct str title)
{
    struct nearest nearest = {.name.len = 0};

    for (size_t i = 0; i < leaves->count; i++)
        nearest_try(&nearest, title, leaves->all[i].path);
    return nearest.name;
}

struct value *
leaf_child_map(struct arena *arena, struct value *map, struct str name, struct pos place)
{
    for (struct value *child = map->first; child != NULL; child = child->next)
        if (child->kind == VALUE_MAP && name_eq(child->key, name))
            return child;
    struct value *made = value_new(arena, VALUE_MAP, place);
    made->key = name;
    made->key_pos = place;
    value_append(map, made);
    return made;
}

struct value *
leaf_map(struct arena *arena, struct value *map, struct str path, struct pos place)
{
    while (path.len > 0)
        map = leaf_child_map(arena, map, name_cut(&path), place);
    return map;
}

void
leaf_put(struct arena *arena, struct value *map, struct str path, struct value *value,
         struct pos place)
{
    struct str part = name_cut(&path);

    while (path.len > 0) {
        map = leaf_child_map(arena, map, part, place);
        part = name_cut(&path);
    }
    value->key = part;
    value->key_pos = place;
    value_append(map, value);
}
