/* The sections `scores` and `levels` of schema.yaml; their keys are described in score.h. */
#include <stddef.h>

#include "base/arena.h"
#include "schema/link.h"
#include "value/value.h"

struct text_key {
    const char *name;
    size_t offset; /* of the struct str */
};

#define LEVEL_MEMBER(name) offsetof(struct score_level, name)
static const struct text_key score_keys[] = {
    {"name", LEVEL_MEMBER(name)},     {"each", LEVEL_MEMBER(each)},
    {"key", LEVEL_MEMBER(key)},       {"in", LEVEL_MEMBER(in)},
    {"weight", LEVEL_MEMBER(weight)}, {"value", LEVEL_MEMBER(value)},
    {"own", LEVEL_MEMBER(own)},       {"tolerance", LEVEL_MEMBER(tolerance)},
};
#define SCORE_KEYS (sizeof score_keys / sizeof score_keys[0])

#define SCHEME_MEMBER(name) offsetof(struct level_scheme, name)
static const struct text_key level_keys[] = {
    {"value", SCHEME_MEMBER(value)}, {"from", SCHEME_MEMBER(from)},
    {"name", SCHEME_MEMBER(name)},   {"total", SCHEME_MEMBER(total)},
    {"every", SCHEME_MEMBER(every)}, {"before", SCHEME_MEMBER(before)},
    {"since", SCHEME_MEMBER(since)}, {"until", SCHEME_MEMBER(until)},
};
#define LEVEL_KEYS (sizeof level_keys / sizeof level_keys[0])

static void
read_key(struct loader *loader, const struct value *child, const struct text_key *keys,
         size_t count, void *out)
{
    struct buf names = buf_in(loader->arena);

    for (size_t i = 0; i < count; i++) {
        buf_printf(&names, "%s%s", i == 0 ? "" : ", ", keys[i].name);
        if (!str_is(child->key, keys[i].name))
            continue;
        if (child->kind != VALUE_TEXT || str_find(child->text, STR("\n")) != SIZE_MAX)
            diag_add(loader->diags, DIAG_SCHEMA_BAD_VALUE, child->pos,
                     diag_str(loader->diags, child->key), diag_str(loader->diags, child->text),
                     "one line of text");
        else
            *(struct str *)(void *)((char *)out + keys[i].offset) = str_trim(child->text);
        return;
    }
    diag_add(loader->diags, DIAG_SCHEMA_UNKNOWN_KEY, child->key_pos,
             diag_str(loader->diags, child->key), str_cstr(loader->arena, buf_str(&names)), NULL);
}

static void
need_map(struct loader *loader, const struct value *value, const char *section)
{
    diag_add(loader->diags, DIAG_SCHEMA_NOT_MAP, value->pos, section, NULL, NULL);
}

static void
read_score(struct loader *loader, const struct value *map, struct score_level *level, bool in_level)
{
    level->pos = map->pos;
    if (map->kind != VALUE_MAP) {
        need_map(loader, map, in_level ? "parts" : "scores");
        return;
    }
    for (const struct value *child = map->first; child != NULL; child = child->next) {
        if (!in_level && str_is(child->key, "parts")) {
            level->parts = arena_alloc(loader->arena, sizeof *level->parts);
            read_score(loader, child, level->parts, true);
        } else {
            read_key(loader, child, score_keys, SCORE_KEYS, level);
        }
    }
}

void
link_read_scores(struct loader *loader, const struct value *list)
{
    struct schema *schema = loader->schema;

    if (list->kind != VALUE_LIST || list->count > SCHEMA_SCORES_MAX) {
        diag_add(loader->diags, DIAG_SCHEMA_BAD_VALUE, list->pos, "scores",
                 diag_str(loader->diags, list->text),
                 diag_printf(loader->diags, "- …, - … (%d)", SCHEMA_SCORES_MAX));
        return;
    }
    schema->scores = arena_array(loader->arena, list->count, sizeof schema->scores[0]);
    for (const struct value *child = list->first; child != NULL; child = child->next)
        read_score(loader, child, &schema->scores[schema->score_count++], false);
}

void
link_read_levels(struct loader *loader, const struct value *map)
{
    loader->schema->levels.pos = map->pos;
    if (map->kind != VALUE_MAP) {
        need_map(loader, map, "levels");
        return;
    }
    for (const struct value *child = map->first; child != NULL; child = child->next)
        read_key(loader, child, level_keys, LEVEL_KEYS, &loader->schema->levels);
}

/* ---- what they name */

static void
need(struct loader *loader, struct pos pos, const char *section, struct str given, const char *key)
{
    if (given.len == 0)
        diag_add(loader->diags, DIAG_SCHEMA_NEEDS, pos, section, key, NULL);
}

static void
bad_path(struct loader *loader, struct pos pos, struct str path)
{
    diag_add(loader->diags, DIAG_SCHEMA_BAD_PATH, pos, diag_str(loader->diags, path), NULL, NULL);
}

/* A list of maps in the rubric; NULL after a message. */
static const struct field *
rubric_list(struct loader *loader, struct pos pos, struct str path)
{
    bool in_rubric;
    const struct field *field = link_path(loader->schema, path, &in_rubric);

    if (field != NULL && in_rubric && link_is_map_list(field))
        return field;
    bad_path(loader, pos, path);
    return NULL;
}

/* One value of the rubric at a path that may be left out. */
static void
check_rubric_value(struct loader *loader, struct pos pos, struct str path)
{
    bool in_rubric;

    if (path.len == 0)
        return;
    const struct field *field = link_path(loader->schema, path, &in_rubric);
    if (field == NULL || !in_rubric ||
        (field->type != FIELD_DECIMAL && field->type != FIELD_INTEGER && field->type != FIELD_YEAR))
        bad_path(loader, pos, path);
}

/* A field of the entries of a list, which may be left out. */
static const struct field *
check_entry_field(struct loader *loader, struct pos pos, const struct field *list, const char *key,
                  struct str name)
{
    const struct field *field = name.len == 0 ? NULL : schema_find(list->item, name);

    if (name.len > 0 && field == NULL)
        diag_add(loader->diags, DIAG_SCHEMA_NO_FIELD, pos, key, diag_str(loader->diags, name),
                 NULL);
    return field;
}

static void
check_parts(struct loader *loader, const struct score_level *parts, const struct field *list)
{
    const struct field *inner = check_entry_field(loader, parts->pos, list, "each", parts->each);

    need(loader, parts->pos, "parts", parts->each, "each");
    need(loader, parts->pos, "parts", parts->key, "key");
    need(loader, parts->pos, "parts", parts->value, "value");
    check_rubric_value(loader, parts->pos, parts->tolerance);
    if (inner == NULL)
        return;
    if (link_is_map_list(inner))
        (void)check_entry_field(loader, parts->pos, inner, "key", parts->key);
    else
        bad_path(loader, parts->pos, parts->each);
}

/* `in` must name an entry of the level above. */
static void
check_in(struct loader *loader, const struct score_level *level, const struct field *list,
         const struct score_level *above)
{
    const struct field *in = check_entry_field(loader, level->pos, list, "in", level->in);

    if (above->each.len > 0)
        need(loader, level->pos, "scores", level->in, "in");
    if (in != NULL && (in->type != FIELD_REFERENCE || !str_eq(in->from, above->each) ||
                       !str_eq(in->key, above->key)))
        bad_path(loader, level->pos, level->in);
}

static void
check_score(struct loader *loader, size_t at)
{
    const struct score_level *level = &loader->schema->scores[at];

    need(loader, level->pos, "scores", level->value, "value");
    need(loader, level->pos, "scores", level->name, "name");
    check_rubric_value(loader, level->pos, level->tolerance);
    if (at == 0) {
        if (level->each.len > 0)
            bad_path(loader, level->pos, level->each);
        return;
    }
    need(loader, level->pos, "scores", level->each, "each");
    need(loader, level->pos, "scores", level->key, "key");
    const struct field *list = rubric_list(loader, level->pos, level->each);
    if (list == NULL)
        return;
    (void)check_entry_field(loader, level->pos, list, "key", level->key);
    (void)check_entry_field(loader, level->pos, list, "weight", level->weight);
    check_in(loader, level, list, level - 1);
    if (level->parts != NULL)
        check_parts(loader, level->parts, list);
}

static void
check_scheme(struct loader *loader, const struct level_scheme *levels)
{
    need(loader, levels->pos, "levels", levels->value, "value");
    need(loader, levels->pos, "levels", levels->name, "name");
    need(loader, levels->pos, "levels", levels->total, "total");
    check_rubric_value(loader, levels->pos, levels->since);
    check_rubric_value(loader, levels->pos, levels->until);
    const struct field *list = rubric_list(loader, levels->pos, levels->from);
    if (list != NULL) {
        (void)check_entry_field(loader, levels->pos, list, "name", levels->name);
        (void)check_entry_field(loader, levels->pos, list, "total", levels->total);
        (void)check_entry_field(loader, levels->pos, list, "every", levels->every);
    }
    if (levels->before.len > 0)
        (void)rubric_list(loader, levels->pos, levels->before);
}

void
link_scores(struct loader *loader)
{
    for (size_t i = 0; i < loader->schema->score_count; i++)
        check_score(loader, i);
    if (loader->schema->levels.pos.line > 0)
        check_scheme(loader, &loader->schema->levels);
}
