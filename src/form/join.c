/* Where a joined field belongs, and what stands there already. */
#include "form/join.h"

#include <stdint.h>

#include "base/arena.h"
#include "form/inner.h"
#include "schema/apply.h"
#include "schema/names.h"
#include "sheet/sheet.h"

/* ---- the field that a key names */

struct found {
    const struct field *field;
    struct str path;
    struct str other; /* the path of another one */
    const struct field
        *copy; /* one that is filled out of another field (`last`): meant only alone */
    struct str copy_path;
    struct nearest nearest;
};

static bool
is_table(const struct field *field)
{
    return field->type == FIELD_LIST || field->type == FIELD_KEYED || field->type == FIELD_MAP;
}

/* Looks for a field by its name in maps inside maps. */
static void
search(struct arena *arena, const struct field *map, struct str above, struct str key,
       struct found *found)
{
    const struct field *here = schema_find(map, key);

    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *field = &map->fields[i];
        struct str path = name_joined(arena, above, field->name);
        if (is_table(field))
            nearest_try(&found->nearest, key, field->name);
        if (field == here && field->last.len > 0) {
            found->copy = field;
            found->copy_path = path;
        } else if (field == here && found->field == NULL) {
            found->field = field;
            found->path = path;
        } else if (field == here) {
            found->other = path;
        }
        if (field->type == FIELD_MAP)
            search(arena, field, path, key, found);
    }
}

/* Follows a path from the root. */
static void
follow(struct arena *arena, const struct field *map, struct str key, struct found *found)
{
    const struct field *field = map;

    while (key.len > 0 && field != NULL) {
        field = field->type == FIELD_MAP ? schema_find(field, name_cut(&key)) : NULL;
        if (field != NULL)
            found->path = name_joined(arena, found->path, field->name);
    }
    found->field = field == map ? NULL : field;
}

const struct field *
join_field(struct arena *arena, struct diags *diags, const struct schema *schema, struct str key,
           struct pos pos, struct str *path)
{
    struct found found = {.field = schema_find(&schema->root, key)};

    if (found.field != NULL)
        found.path = found.field->name;
    else if (str_find(key, STR(".")) != SIZE_MAX)
        follow(arena, &schema->root, key, &found);
    else
        search(arena, &schema->root, STR(""), key, &found);
    if (found.field == NULL && found.copy != NULL)
        found = (struct found){.field = found.copy, .path = found.copy_path};
    *path = found.path;
    if (found.field == NULL)
        diag_add(diags, found.nearest.name.len > 0 ? DIAG_JOIN_FIELD_NEAR : DIAG_JOIN_FIELD_UNKNOWN,
                 pos, diag_str(diags, key), diag_str(diags, found.nearest.name), NULL);
    else if (found.other.len > 0)
        diag_add(diags, DIAG_JOIN_FIELD_TWICE, pos, diag_str(diags, key),
                 diag_str(diags, found.path), diag_str(diags, found.other));
    else if (is_table(found.field) &&
             (found.field->type != FIELD_LIST || found.field->item->type == FIELD_MAP ||
              leaf_fits(found.field)))
        return found.field;
    else
        diag_add(diags, DIAG_JOIN_FIELD_KIND, pos, diag_str(diags, key), NULL, NULL);
    return NULL;
}

struct value *
join_read(struct arena *arena, struct diags *diags, const struct field *field,
          const struct sheet *sheet, struct join_how how)
{
    size_t errors = diags_level_count(diags, DIAG_ERROR);
    struct value *value = field->type == FIELD_MAP ? pairs_read(arena, diags, field, sheet, how)
                                                   : table_read(arena, diags, field, sheet, how);

    return diags_level_count(diags, DIAG_ERROR) == errors ? value : NULL;
}

/* ---- what stands there already */

struct merge {
    struct arena *arena;
    struct diags *diags;
    const struct schema *schema;
    bool good;
};

static const struct value *merge_values(struct merge *merge, const struct field *field,
                                        const struct value *old, const struct value *joined);

static bool
is_same(const struct value *a, const struct value *b)
{
    if (a->kind != b->kind || a->count != b->count || a->level != b->level)
        return false;
    if (a->kind == VALUE_NUMBER && decimal_cmp(a->number, b->number) != 0)
        return false;
    if (a->kind == VALUE_DATE && (a->date.year != b->date.year || a->date.month != b->date.month ||
                                  a->date.day != b->date.day))
        return false;
    if (a->kind == VALUE_BOOL && a->boolean != b->boolean)
        return false;
    if ((a->kind == VALUE_TEXT || a->kind == VALUE_ENTRY) &&
        (!str_eq(a->text, b->text) || !str_eq(a->marker, b->marker)))
        return false;
    const struct value *x = a->first, *y = b->first;
    while (x != NULL && y != NULL && is_same(x, y)) {
        x = x->next;
        y = y->next;
    }
    return x == NULL && y == NULL;
}

/* Two values are the same when they say the same to the schema: 86.1 and ๘๖.๑๐, a choice and its
 * synonym. What the schema does not take must be written alike. */
static bool
says_same(struct merge *merge, const struct field *field, const struct value *old,
          const struct value *joined)
{
    struct diags *unheard = diags_new();
    struct apply apply = {
        .arena = merge->arena, .diags = unheard, .schema = merge->schema, .nearest_left = 0};
    const struct value *a = apply_field(&apply, field, field->name, old);
    const struct value *b = apply_field(&apply, field, field->name, joined);
    bool typed = a->kind != VALUE_NONE && b->kind != VALUE_NONE;
    bool same =
        typed ? is_same(a, b) : old->kind == joined->kind && str_eq(old->text, joined->text);

    diags_free(unheard);
    return same;
}

static const char *
place_text(struct merge *merge, struct pos pos)
{
    if (pos.line == 0)
        return pos.file == NULL ? "?" : pos.file;
    return arena_printf(merge->arena, "%s:%u:%u", pos.file, pos.line, pos.column);
}

static const char *
shown(struct merge *merge, const struct value *value)
{
    const struct value *text = value;

    while (text->kind == VALUE_LIST && text->first != NULL)
        text = text->first;
    return diag_str(merge->diags, str_trim(text->text));
}

static void
tell_differs(struct merge *merge, const struct field *field, const struct value *old,
             const struct value *joined)
{
    diag_add(
        merge->diags, DIAG_JOIN_DIFFERS, joined->pos,
        diag_printf(merge->diags, "\"%s\"", diag_str(merge->diags, field->name)),
        diag_printf(merge->diags, "\"%s\"", shown(merge, joined)),
        diag_printf(merge->diags, "\"%s\" (%s)", shown(merge, old), place_text(merge, old->pos)));
    merge->good = false;
}

static const struct value *
merge_maps(struct merge *merge, const struct field *map, const struct value *old,
           const struct value *joined)
{
    struct value *both = value_hollow(merge->arena, old);

    for (const struct value *child = old->first; child != NULL; child = child->next) {
        const struct field *field = schema_find(map, child->key);
        const struct value *other = field == NULL ? NULL : schema_datum(joined, map, field);
        const struct value *value =
            other == NULL ? child : merge_values(merge, field, child, other);
        value_append(both, value_copy(merge->arena, value));
    }
    for (const struct value *child = joined->first; child != NULL; child = child->next) {
        const struct field *field = schema_find(map, child->key);
        if (field == NULL || schema_datum(old, map, field) == NULL)
            value_append(both, value_copy(merge->arena, child));
    }
    return both;
}

static const struct value *
merge_lists(struct merge *merge, const struct field *item, const struct value *old,
            const struct value *joined)
{
    struct value *both = value_hollow(merge->arena, old);
    const struct value *other = joined->first;

    if (old->count != joined->count) {
        diag_add(merge->diags, DIAG_JOIN_COUNT, joined->pos,
                 diag_printf(merge->diags, "%zu", joined->count),
                 diag_printf(merge->diags, "%zu", old->count), place_text(merge, old->pos));
        merge->good = false;
        return old;
    }
    for (const struct value *child = old->first; child != NULL;
         child = child->next, other = other->next)
        value_append(both, value_copy(merge->arena, merge_values(merge, item, child, other)));
    return both;
}

/* An entry of a keyed field, a datum or a map, as a map. */
static struct value *
entry_map(struct merge *merge, const struct field *field, const struct value *datum)
{
    struct value *entry = value_new(merge->arena, VALUE_MAP, datum->pos);

    if (datum->kind != VALUE_MAP && field->value.len > 0) {
        struct value *plain = value_copy(merge->arena, datum);
        plain->key = field->value;
        value_append(entry, plain);
    }
    for (const struct value *child = datum->kind == VALUE_MAP ? datum->first : NULL; child != NULL;
         child = child->next)
        value_append(entry, value_copy(merge->arena, child));
    return entry;
}

/* A keyed field as a list of maps that hold their codes. */
static struct value *
keyed_list(struct merge *merge, const struct field *field, const struct value *keyed)
{
    struct value *list = value_hollow(merge->arena, keyed);

    list->kind = VALUE_LIST;
    for (const struct value *child = keyed->first; child != NULL; child = child->next) {
        struct value *entry = entry_map(merge, field, child);
        if (keyed->kind == VALUE_MAP) {
            struct value *code = value_new(merge->arena, VALUE_TEXT, child->key_pos);
            code->text = child->key;
            code->key = field->key;
            code->key_pos = child->key_pos;
            value_append(entry, code);
        }
        value_append(list, entry);
    }
    return list;
}

/* Entries of the same code are one. */
static const struct value *
merge_keyed(struct merge *merge, const struct field *field, const struct value *old,
            const struct value *joined)
{
    struct value *ours = keyed_list(merge, field, old), *theirs = keyed_list(merge, field, joined);
    struct value *both = value_hollow(merge->arena, ours);
    struct name_index known = name_index_of(merge->arena, theirs, field->key);
    struct name_index first = name_index_of(merge->arena, ours, field->key);

    for (const struct value *entry = ours->first; entry != NULL; entry = entry->next) {
        const struct value *code = value_get(entry, field->key);
        const struct name_entry *same = code == NULL ? NULL : name_index_find(&known, code->text);
        value_append(
            both, value_copy(merge->arena,
                             same == NULL ? entry : merge_maps(merge, field, entry, same->value)));
    }
    for (const struct value *entry = theirs->first; entry != NULL; entry = entry->next) {
        const struct value *code = value_get(entry, field->key);
        if (code == NULL || name_index_find(&first, code->text) == NULL)
            value_append(both, value_copy(merge->arena, entry));
    }
    return both;
}

static bool
is_list_of_maps(const struct field *field, const struct value *a, const struct value *b)
{
    return field->type == FIELD_LIST && field->item->type == FIELD_MAP && a->kind == VALUE_LIST &&
           b->kind == VALUE_LIST;
}

static bool
is_collection(const struct value *value)
{
    return value->kind == VALUE_MAP || value->kind == VALUE_LIST;
}

/* The key stays that of the report. */
static const struct value *
merge_values(struct merge *merge, const struct field *field, const struct value *old,
             const struct value *joined)
{
    if (apply_is_absent(joined))
        return old;
    if (apply_is_absent(old))
        return joined;
    if (field->type == FIELD_MAP && old->kind == VALUE_MAP && joined->kind == VALUE_MAP)
        return merge_maps(merge, field, old, joined);
    if (field->type == FIELD_KEYED && is_collection(old) && is_collection(joined))
        return merge_keyed(merge, field, old, joined);
    if (is_list_of_maps(field, old, joined))
        return merge_lists(merge, field->item, old, joined);
    if (!says_same(merge, field, old, joined))
        tell_differs(merge, field, old, joined);
    return old;
}

/* The map with the value put in at a path; `place` is where new maps on the way stand. */
static const struct value *
put(struct merge *merge, const struct field *map, const struct value *old, struct str path,
    const struct value *joined)
{
    struct str name = name_cut(&path);
    const struct field *field = schema_find(map, name);
    const struct value *there = schema_datum(old, map, field);
    const struct value *none = value_new(merge->arena, VALUE_MAP, joined->pos);
    struct value *both = value_hollow(merge->arena, old);
    const struct value *value = joined;

    bool empty = there == NULL || apply_is_absent(there);
    if (path.len > 0 && !empty && there->kind != VALUE_MAP)
        return old; /* the schema complains of it */
    if (path.len > 0)
        value = put(merge, field, empty ? none : there, path, joined);
    else if (there != NULL)
        value = merge_values(merge, field, there, joined);
    for (const struct value *child = old->first; child != NULL; child = child->next)
        if (child != there)
            value_append(both, value_copy(merge->arena, child));
    struct value *added = value_copy(merge->arena, value);
    added->key = there == NULL ? field->name : there->key;
    added->key_pos = there == NULL ? joined->pos : there->key_pos;
    value_append(both, added);
    return both;
}

const struct value *
join_put(struct arena *arena, struct diags *diags, const struct schema *schema,
         const struct value *report, struct str path, const struct value *value)
{
    struct merge merge = {arena, diags, schema, true};
    const struct value *both = put(&merge, &schema->root, report, path, value);

    return merge.good ? both : NULL;
}

const struct value *
join_at(const struct schema *schema, const struct value *report, struct str path)
{
    return schema_datum_at(report, &schema->root, path);
}
