#include "schema/score_path.h"

#include "schema/names.h"
#include "schema/schema.h"
#include "value/value.h"

const struct value *
score_rubric_value(const struct schema *schema, const struct value *rubric, struct str path)
{
    if (schema->rubric == NULL || !name_eq(name_cut(&path), schema->rubric->name))
        return NULL;
    return name_path(rubric, path);
}

/* A name of the path with the key, and after it the part's, in place of {}. */
static struct str
fill(struct arena *arena, struct str name, struct str *key, struct str part)
{
    size_t at = str_find(name, STR("{}"));
    struct buf out = buf_in(arena);

    if (at == SIZE_MAX)
        return name;
    buf_add(&out, str_sub(name, 0, at));
    buf_add(&out, *key);
    buf_add(&out, str_sub(name, at + 2, name.len));
    *key = part;
    return buf_str(&out);
}

static const struct value *
entry_of(const struct value *list, const struct field *keyed, struct str key)
{
    if (list == NULL || list->kind != VALUE_LIST)
        return NULL;
    for (const struct value *entry = list->first; entry != NULL; entry = entry->next) {
        const struct value *code = value_get(entry, keyed->key);
        if (code != NULL && name_eq(code->text, key))
            return entry;
    }
    return NULL;
}

struct walk {
    struct arena *arena;
    struct score_place place;
    const struct value *value; /* where it has come to, or NULL beyond what the report has */
    struct buf path;
};

static void
step(struct walk *walk, const struct field *field, const struct value *value, struct str name)
{
    walk->place.field = field;
    walk->value = value;
    if (value != NULL && value->pos.file != NULL)
        walk->place.pos = value->pos;
    if (name.len > 0 && walk->path.len > 0)
        buf_byte(&walk->path, '.');
    buf_add(&walk->path, name);
}

/* One name further; false when the schema has nothing of that name. */
static bool
go(struct walk *walk, struct str name, const struct field *keyed)
{
    const struct field *field = walk->place.field;

    if (field->type == FIELD_KEYED) {
        step(walk, field->item, entry_of(walk->value, field, name), name);
        return true;
    }
    const struct field *child = schema_is_map(field) ? schema_find(field, name) : NULL;
    if (child == NULL)
        return false;
    bool plain = keyed != NULL && str_eq(child->name, keyed->value);
    step(walk, child, value_get(walk->value, child->name), plain ? STR("") : child->name);
    return true;
}

struct score_place
score_find(struct arena *arena, const struct schema *schema, const struct value *data,
           const struct score_level *level, struct str key, struct str part)
{
    struct walk walk = {.arena = arena,
                        .place = {.field = &schema->root, .pos = POS_NONE},
                        .value = data,
                        .path = buf_in(arena)};
    const struct field *keyed = NULL;
    struct str rest = level->value;

    /* keys may hold dots, so the path is cut before keys are put in */
    while (rest.len > 0) {
        struct str name = fill(arena, name_cut(&rest), &key, part);
        const struct field *before = walk.place.field;
        if (!go(&walk, name, keyed)) {
            walk.place.field = NULL;
            return walk.place;
        }
        keyed = before->type == FIELD_KEYED ? before : NULL;
    }
    if (walk.place.field->type == FIELD_MAP && level->own.len > 0 && !go(&walk, level->own, NULL))
        walk.place.field = NULL;
    if (walk.value != NULL && walk.value->kind == VALUE_NUMBER)
        walk.place.value = walk.value;
    walk.place.path = buf_str(&walk.path);
    return walk.place;
}
