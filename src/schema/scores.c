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
    {"name", LEVEL_MEMBER(name)}, {"each", LEVEL_MEMBER(each)},
    {"key", LEVEL_MEMBER(key)},   {"weight", LEVEL_MEMBER(weight)},
    {"full", LEVEL_MEMBER(full)}, {"value", LEVEL_MEMBER(value)},
    {"own", LEVEL_MEMBER(own)},   {"tolerance", LEVEL_MEMBER(tolerance)},
};
#define SCORE_KEYS (sizeof score_keys / sizeof score_keys[0])

#define SCHEME_MEMBER(name) offsetof(struct level_scheme, name)
static const struct text_key level_keys[] = {
    {"value", SCHEME_MEMBER(value)},   {"from", SCHEME_MEMBER(from)},
    {"name", SCHEME_MEMBER(name)},     {"total", SCHEME_MEMBER(total)},
    {"every", SCHEME_MEMBER(every)},   {"each", SCHEME_MEMBER(each)},
    {"in", SCHEME_MEMBER(in)},         {"least", SCHEME_MEMBER(least)},
    {"before", SCHEME_MEMBER(before)}, {"since", SCHEME_MEMBER(since)},
    {"until", SCHEME_MEMBER(until)},
};
#define LEVEL_KEYS (sizeof level_keys / sizeof level_keys[0])

static void
bad_value(struct loader *loader, const struct value *value, struct str key, const char *expected)
{
    diag_add(loader->diags, DIAG_SCHEMA_BAD_VALUE, value->pos, diag_str(loader->diags, key),
             diag_str(loader->diags, value->text), expected);
}

/* One line of text; an empty one after a message. */
static struct str
read_line(struct loader *loader, const struct value *value, struct str key)
{
    if (value->kind == VALUE_TEXT && str_find(value->text, STR("\n")) == SIZE_MAX)
        return str_trim(value->text);
    bad_value(loader, value, key, diag_both(loader->diags, "one line of text", "ข้อความบรรทัดเดียว"));
    return STR("");
}

/* `more` are the keys that may stand here besides, for the message. */
static void
read_key(struct loader *loader, const struct value *child, const struct text_key *keys,
         size_t count, const char *more, void *out)
{
    struct buf names = buf_in(loader->arena);

    for (size_t i = 0; i < count; i++) {
        buf_printf(&names, "%s%s", i == 0 ? "" : ", ", keys[i].name);
        if (!str_is(child->key, keys[i].name))
            continue;
        *(struct str *)(void *)((char *)out + keys[i].offset) =
            read_line(loader, child, child->key);
        return;
    }
    buf_text(&names, more);
    diag_add(loader->diags, DIAG_SCHEMA_UNKNOWN_KEY, child->key_pos,
             diag_str(loader->diags, child->key), str_cstr(loader->arena, buf_str(&names)), NULL);
}

static void
need_map(struct loader *loader, const struct value *value, const char *section)
{
    diag_add(loader->diags, DIAG_SCHEMA_NOT_MAP, value->pos, section, NULL, NULL);
}

/* The names of the fields that lead to the level above: a text, or a list of them. */
static void
read_in(struct loader *loader, const struct value *value, struct score_level *level)
{
    bool list = value->kind == VALUE_LIST;

    if (list && (value->count == 0 || value->count > SCHEMA_SCORES_MAX)) {
        bad_value(loader, value, value->key, "[…, …]");
        return;
    }
    for (const struct value *name = list ? value->first : value; name != NULL;
         name = list ? name->next : NULL)
        level->in[level->in_count++].field = read_line(loader, name, value->key);
}

static void
read_leaf(struct loader *loader, const struct value *value, struct score_level *level)
{
    bool yes = str_is(value->text, "yes") || str_is(value->text, "true");
    bool no = str_is(value->text, "no") || str_is(value->text, "false");

    if (value->kind == VALUE_BOOL)
        level->leaf = value->boolean;
    else if (value->kind == VALUE_TEXT && (yes || no))
        level->leaf = yes;
    else
        bad_value(loader, value, value->key, "yes / no");
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
        } else if (str_is(child->key, "in")) {
            read_in(loader, child, level);
        } else if (!in_level && str_is(child->key, "leaf")) {
            read_leaf(loader, child, level);
        } else {
            read_key(loader, child, score_keys, SCORE_KEYS, in_level ? "" : ", in, leaf, parts",
                     level);
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
        read_key(loader, child, level_keys, LEVEL_KEYS, "", &loader->schema->levels);
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

static bool
is_number(const struct field *field)
{
    return field->type == FIELD_DECIMAL || field->type == FIELD_INTEGER;
}

/* One value of the rubric at a path that may be left out. */
static void
check_rubric_value(struct loader *loader, struct pos pos, struct str path)
{
    bool in_rubric;

    if (path.len == 0)
        return;
    const struct field *field = link_path(loader->schema, path, &in_rubric);
    if (field == NULL || !in_rubric || (!is_number(field) && field->type != FIELD_YEAR))
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

/* The same for a field that holds a number. */
static void
check_entry_number(struct loader *loader, struct pos pos, const struct field *list, const char *key,
                   struct str name)
{
    const struct field *field = check_entry_field(loader, pos, list, key, name);

    if (field != NULL && !is_number(field))
        diag_add(loader->diags, DIAG_SCHEMA_BAD_VALUE, pos, key, diag_str(loader->diags, name),
                 diag_both(loader->diags, "a field of type decimal or integer",
                           "ช่องชนิด decimal หรือ integer"));
}

static void
check_parts(struct loader *loader, const struct score_level *parts, const struct field *list)
{
    const struct field *inner = check_entry_field(loader, parts->pos, list, "each", parts->each);

    need(loader, parts->pos, "parts", parts->each, "each");
    need(loader, parts->pos, "parts", parts->key, "key");
    need(loader, parts->pos, "parts", parts->value, "value");
    check_rubric_value(loader, parts->pos, parts->tolerance);
    if (parts->full.len > 0)
        diag_add(loader->diags, DIAG_SCHEMA_BAD_VALUE, parts->pos, "full",
                 diag_str(loader->diags, parts->full),
                 diag_both(loader->diags, "it outside of parts, or leave it out",
                           "ไว้นอก parts หรือตัดออก"));
    if (inner == NULL)
        return;
    if (link_is_map_list(inner))
        (void)check_entry_field(loader, parts->pos, inner, "key", parts->key);
    else
        bad_path(loader, parts->pos, parts->each);
}

/* The level from 1 up to `end` whose entries a field names, or 0. */
static size_t
find_level(const struct loader *loader, const struct field *in, size_t end)
{
    const struct score_level *levels = loader->schema->scores;

    for (size_t i = 1; i < end && in->type == FIELD_REFERENCE; i++)
        if (str_eq(in->from, levels[i].each) && str_eq(in->key, levels[i].key))
            return i;
    return 0;
}

static bool
is_below(const struct score_level *level, size_t above)
{
    bool below = above == 0 && level->in_count == 0;

    for (size_t i = 0; i < level->in_count; i++)
        below = below || level->in[i].level == above;
    return below;
}

/* Full marks add up from the lowest figures to the total: where those of a level are known, those
 * of the level above must be, and one mean is not made of both kinds. */
static void
check_full(struct loader *loader, const struct score_level *level, size_t above)
{
    const struct schema *schema = loader->schema;
    const struct score_level *upper = &schema->scores[above];

    if (level->full.len > 0)
        need(loader, upper->pos, "scores", upper->full, "full");
    for (const struct score_level *other = upper + 1; other < level; other++) {
        bool apart = (other->full.len > 0) != (level->full.len > 0);
        /* of one that is above as well it is told for itself */
        if (apart && is_below(other, above) && !is_below(level, (size_t)(other - schema->scores)))
            need(loader, other->full.len > 0 ? level->pos : other->pos, "scores", STR(""), "full");
    }
}

/* Each field of `in` must name an entry of a level above. */
static void
check_in(struct loader *loader, size_t at, const struct field *list)
{
    struct score_level *level = &loader->schema->scores[at];

    if (at > 1)
        need(loader, level->pos, "scores", level->in[0].field, "in");
    if (level->in_count == 0)
        check_full(loader, level, 0);
    for (size_t i = 0; i < level->in_count; i++) {
        struct score_in *in = &level->in[i];
        const struct field *field = check_entry_field(loader, level->pos, list, "in", in->field);
        if (field == NULL)
            continue;
        in->level = find_level(loader, field, at);
        if (in->level == 0)
            bad_path(loader, level->pos, in->field);
    }
    for (size_t i = 0; i < level->in_count; i++)
        check_full(loader, level, level->in[i].level);
}

/* A figure is a summand or has a weight, not both. */
static void
check_weight(struct loader *loader, const struct score_level *level, const struct field *list)
{
    (void)check_entry_field(loader, level->pos, list, "weight", level->weight);
    check_entry_number(loader, level->pos, list, "full", level->full);
    if (level->weight.len > 0 && level->full.len > 0)
        diag_add(
            loader->diags, DIAG_SCHEMA_BAD_VALUE, level->pos, "weight",
            diag_str(loader->diags, level->weight),
            diag_both(loader->diags, "weight or full, not both", "weight หรือ full อย่างใดอย่างหนึ่ง"));
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
        check_rubric_value(loader, level->pos, level->full);
        return;
    }
    need(loader, level->pos, "scores", level->each, "each");
    need(loader, level->pos, "scores", level->key, "key");
    const struct field *list = rubric_list(loader, level->pos, level->each);
    if (list == NULL)
        return;
    (void)check_entry_field(loader, level->pos, list, "key", level->key);
    check_weight(loader, level, list);
    check_in(loader, at, list);
    if (level->parts != NULL)
        check_parts(loader, level->parts, list);
}

/* The least figures that a level asks of entries: a list inside the level's entry. */
static void
check_least(struct loader *loader, struct level_scheme *levels, const struct field *list)
{
    const struct field *each = check_entry_field(loader, levels->pos, list, "each", levels->each);

    if (each == NULL)
        return;
    need(loader, levels->pos, "levels", levels->in, "in");
    need(loader, levels->pos, "levels", levels->least, "least");
    if (!link_is_map_list(each)) {
        bad_path(loader, levels->pos, levels->each);
        return;
    }
    check_entry_number(loader, levels->pos, each, "least", levels->least);
    const struct field *in = check_entry_field(loader, levels->pos, each, "in", levels->in);
    if (in == NULL)
        return;
    levels->in_level = find_level(loader, in, loader->schema->score_count);
    if (levels->in_level == 0)
        bad_path(loader, levels->pos, levels->in);
}

static void
check_scheme(struct loader *loader, struct level_scheme *levels)
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
        check_least(loader, levels, list);
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
