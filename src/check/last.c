/* Figures of last year that a report is compared with: what the schema fills in from last year's
 * report (`last`) is put back to where it stood there, and reckoned like this year's. */
#include "base/arena.h"
#include "check/inner.h"
#include "check/score.h"
#include "schema/schema.h"
#include "value/value.h"

#define TEXT_PLACES 4 /* decimals of a mean that are written out */

/* A field with `last`: what the report says there, and the field that it was taken from. */
struct taken {
    const struct field *field, *source;
    const struct value *value; /* NULL where the report has none */
};

struct last {
    struct arena *arena;
    const struct schema *schema;
    struct taken *taken;
    size_t count, cap;
    bool any; /* a figure at least is there */
};

static const struct value *
given(const struct value *map, const struct field *field)
{
    const struct value *value = value_get(map, field->name);

    return value == NULL || value->kind == VALUE_NONE ? NULL : value;
}

static void
collect(struct last *last, const struct field *map, const struct value *data)
{
    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *field = &map->fields[i];
        const struct value *value = given(data, field);
        if (field->last.len == 0 && field->type == FIELD_MAP)
            collect(last, field, value);
        if (field->last.len == 0)
            continue;
        *ARENA_ADD(last->arena, last->taken, last->count, last->cap, 16) =
            (struct taken){field, schema_at(last->schema, field->last), value};
        last->any = last->any ||
                    (value != NULL && (value->kind == VALUE_NUMBER || value->kind == VALUE_LIST));
    }
}

static const struct taken *
find(const struct last *last, const struct field *source)
{
    for (size_t i = 0; i < last->count; i++) {
        if (last->taken[i].source == source)
            return &last->taken[i];
    }
    return NULL;
}

/* True when something was taken from inside a map. */
static bool
holds_source(const struct last *last, const struct field *map)
{
    for (size_t i = 0; map->type == FIELD_MAP && i < map->field_count; i++) {
        if (find(last, &map->fields[i]) != NULL || holds_source(last, &map->fields[i]))
            return true;
    }
    return false;
}

static struct value *
named(struct last *last, const struct value *value, const struct field *field)
{
    struct value *copy = value == NULL ? value_new(last->arena, VALUE_NONE, POS_NONE)
                                       : value_copy(last->arena, value);

    copy->key = field->name;
    return copy;
}

/* The entries of this year, each with last year's figure: both lists follow the rubric. */
static struct value *
entries(struct last *last, const struct taken *taken, const struct value *now)
{
    const struct value *then = taken->value == NULL ? NULL : taken->value->first;
    const struct field *plain = schema_find(taken->source, taken->source->value);
    const struct field *own = schema_find(taken->field, taken->field->value);
    struct value *out = named(last, then == NULL ? NULL : taken->value, taken->source);

    out->first = out->last = NULL;
    out->count = 0;
    if (now == NULL || plain == NULL || own == NULL)
        return out;
    for (const struct value *entry = now->first; entry != NULL && then != NULL;
         entry = entry->next, then = then->next) {
        struct value *map = value_hollow(last->arena, entry);
        for (const struct value *child = entry->first; child != NULL; child = child->next)
            value_append(map, value_copy(last->arena, child));
        for (struct value *child = map->first; child != NULL; child = child->next) {
            const struct value *figure = value_get(then, own->name);
            if (!str_eq(child->key, plain->name) || figure == NULL)
                continue;
            struct value *next = child->next;
            *child = *figure;
            child->key = plain->name;
            child->next = next;
        }
        value_append(out, map);
    }
    return out;
}

/* What last year's report had at a field. What was not taken over is not known, but outside of the
 * maps with figures it is this year's (`keep`). */
static struct value *
then_at(struct last *last, const struct field *field, const struct value *now, bool keep)
{
    const struct taken *taken = find(last, field);
    struct value *map;

    if (taken != NULL && field->type == FIELD_KEYED)
        return entries(last, taken, now);
    if (taken != NULL)
        return named(last, taken->value, field);
    if (!holds_source(last, field))
        return named(last, keep ? now : NULL, field);
    map = value_new(last->arena, VALUE_MAP, POS_NONE);
    map->key = field->name;
    for (size_t i = 0; i < field->field_count; i++) {
        const struct field *inner = &field->fields[i];
        struct value *value =
            then_at(last, inner, value_get(now, inner->name), field == &last->schema->root);
        if (map->pos.file == NULL)
            map->pos = value->pos;
        value_append(map, value);
    }
    return map;
}

static void
tell(struct last *last, struct diags *findings, const struct score *score)
{
    struct ratio said = score->agrees ? score->parts_make : score->figure;

    diag_add(
        findings, DIAG_LAST_FIGURES, score->pos, diag_str(findings, score->name),
        diag_str(findings, ratio_text(last->arena, said, score->places, TEXT_PLACES)),
        diag_str(findings, ratio_text(last->arena, score->computed, score->places, TEXT_PLACES)));
}

void
last_check(struct arena *arena, struct diags *findings, const struct schema *schema,
           const struct value *data, const struct value *rubric)
{
    struct last last = {.arena = arena, .schema = schema};

    collect(&last, &schema->root, data);
    if (!last.any)
        return;
    const struct value *then = then_at(&last, &schema->root, data, true);
    struct scores *scores = scores_of(arena, schema, then, rubric);
    struct level_due due = level_due_of(schema, then, rubric);
    struct diags *quiet = diags_new();
    scores_check(arena, quiet, scores, &due);
    for (size_t i = 0; i < scores->count; i++) {
        const struct score *score = scores->all[i];
        if (!score->is_part && !score->told_below && !(score->agrees && score->parts_agree))
            tell(&last, findings, score);
    }
    diags_free(quiet);
}
