/* Building the tree of figures out of the schema, the rubric and the report. */
#include "check/score.h"

#include "base/arena.h"
#include "check/inner.h"
#include "schema/names.h"
#include "schema/rubric.h"
#include "schema/schema.h"
#include "schema/score_path.h"
#include "value/value.h"

struct builder {
    struct arena *arena;
    const struct schema *schema;
    const struct value *data;
    const struct value *rubric;
    struct scores *scores;
};

/* One value of the rubric at a path of maps, whose first name is the rubric's. */
static const struct value *
rubric_value(const struct builder *builder, struct str path)
{
    return score_rubric_value(builder->schema, builder->rubric, path);
}

static struct decimal
rubric_number(const struct builder *builder, struct str path)
{
    const struct value *value = path.len == 0 ? NULL : rubric_value(builder, path);

    return value != NULL && value->kind == VALUE_NUMBER ? value->number : (struct decimal){0, 0};
}

static struct str
entry_text(const struct value *entry, struct str name)
{
    const struct value *value = value_get(entry, name);

    return value == NULL ? STR("") : value->text;
}

/* A name like "ตัวชี้วัดที่ {} {ชื่อ}". */
static struct str
fill_name(struct arena *arena, struct str name, struct str key, const struct value *entry)
{
    struct buf out = buf_in(arena);

    while (name.len > 0) {
        size_t open = str_find(name, STR("{")), close = str_find(name, STR("}"));
        if (open == SIZE_MAX || close == SIZE_MAX || close < open)
            break;
        struct str field = str_sub(name, open + 1, close - open - 1);
        buf_add(&out, str_sub(name, 0, open));
        buf_add(&out, field.len == 0 ? key : entry_text(entry, field));
        name = str_sub(name, close + 1, name.len);
    }
    buf_add(&out, name);
    return buf_str(&out);
}

static struct ratio
figure_of(const struct value *value)
{
    return value != NULL && value->kind == VALUE_NUMBER ? ratio_of(value->number) : RATIO_UNKNOWN;
}

static struct score *
new_score(struct builder *builder, const struct score_level *level, const struct value *entry,
          struct score *parent)
{
    struct scores *scores = builder->scores;
    struct score *score = arena_alloc(builder->arena, sizeof *score);

    score->entry = entry;
    score->code = entry == NULL ? STR("") : entry_text(entry, level->key);
    score->name = fill_name(builder->arena, level->name, score->code, entry);
    score->parent = parent;
    score->tolerance = rubric_number(builder, level->tolerance);
    score->weight = ratio_int_of(1);
    score->agrees = score->parts_agree = true;
    struct ratio weight = figure_of(value_get(entry, level->weight));
    score->has_weight = ratio_is_known(weight);
    if (score->has_weight)
        score->weight = weight;
    score->full = figure_of(entry == NULL ? rubric_value(builder, level->full)
                                          : value_get(entry, level->full));
    scores->all[scores->count++] = score;
    return score;
}

/* Looks up what the report says of a score. */
static void
set_given(struct builder *builder, struct score *score, const struct score_level *level,
          struct str key, struct str part)
{
    struct score_place place =
        score_find(builder->arena, builder->schema, builder->data, level, key, part);

    score->given = place.value;
    score->path = place.path;
    score->pos = place.pos;
    score->figure = figure_of(place.value);
    score->least = (struct decimal){0, 0};
    score->most = (struct decimal){INT64_C(1000000000), 0};
    if (place.field != NULL && place.field->places >= 0)
        score->places = (uint8_t)place.field->places;
    score->open = place.field != NULL && place.field->places < 0;
    if (place.field != NULL && place.field->has_range) {
        score->least = place.field->range[0];
        score->most = place.field->range[1];
    }
}

/* Where the schema does not say how many decimals figures have, those that the report gives do; and
 * none is above its full mark. */
static void
set_finest(struct scores *scores)
{
    uint8_t finest = 0;

    for (size_t i = 0; i < scores->count; i++) {
        const struct score *score = scores->all[i];
        if (score->open && score->given != NULL && score->given->number.places > finest)
            finest = score->given->number.places;
    }
    for (size_t i = 0; i < scores->count; i++) {
        struct score *score = scores->all[i];
        struct decimal full;
        score->finest = score->open ? finest : score->places;
        if (ratio_round(score->full, score->finest, RATIO_DOWN, &full) &&
            decimal_cmp(full, score->most) < 0)
            score->most = full;
    }
}

static void
append(struct score **first, struct score **last, struct score *score)
{
    if (*last == NULL)
        *first = score;
    else
        (*last)->next = score;
    *last = score;
}

static void
add_parts(struct builder *builder, struct score *score, const struct score_level *level)
{
    const struct value *list = value_get(score->entry, level->each);
    struct score *last = NULL;

    score->part_tolerance = rubric_number(builder, level->tolerance);
    if (list == NULL || list->kind != VALUE_LIST)
        return;
    for (const struct value *entry = list->first;
         entry != NULL && builder->scores->count < SCORES_MAX; entry = entry->next) {
        struct score *part = new_score(builder, level, entry, score);
        part->is_part = true;
        part->level = score->level;
        set_given(builder, part, level, score->code, part->code);
        append(&score->parts, &last, part);
    }
}

/* The score that an entry belongs to: the total, or that of the first entry which it names. */
static struct score *
find_parent(const struct builder *builder, const struct score_level *level,
            const struct value *entry)
{
    struct scores *scores = builder->scores;

    for (size_t i = 0; i < level->in_count; i++) {
        struct score *score =
            score_of_entry(scores, level->in[i].level, entry_text(entry, level->in[i].field));
        if (score != NULL)
            return score;
    }
    return level->in_count == 0 ? scores->total : NULL;
}

static void
add_level(struct builder *builder, size_t at)
{
    const struct score_level *level = &builder->schema->scores[at];
    const struct value *list = rubric_value(builder, level->each);

    if (list == NULL || list->kind != VALUE_LIST)
        return;
    for (const struct value *entry = list->first;
         entry != NULL && builder->scores->count < SCORES_MAX; entry = entry->next) {
        struct score *parent = find_parent(builder, level, entry);
        if (parent == NULL)
            continue;
        struct score *score = new_score(builder, level, entry, parent);
        score->level = at;
        set_given(builder, score, level, score->code, STR(""));
        append(&parent->first, &parent->last, score);
        if (level->parts != NULL)
            add_parts(builder, score, level->parts);
    }
}

struct score *
score_of_entry(const struct scores *scores, size_t level, struct str code)
{
    for (size_t i = 0; i < scores->count; i++) {
        struct score *score = scores->all[i];
        if (score->level == level && !score->is_part && name_eq(score->code, code))
            return score;
    }
    return NULL;
}

struct str
score_family(const struct score *score, bool ordinal)
{
    size_t at = score->code.len == 0 ? SIZE_MAX : str_find(score->name, score->code);
    struct str word = at == SIZE_MAX ? STR("") : str_trim(str_sub(score->name, 0, at));
    struct str sign = STR("ที่");

    return !ordinal && str_ends(word, sign) ? str_sub(word, 0, word.len - sign.len) : word;
}

/* Notes the figures by which levels are given. */
static void
mark_asked(struct builder *builder)
{
    const struct level_scheme *levels = &builder->schema->levels;
    const struct value *list = rubric_value(builder, levels->from);
    struct scores *scores = builder->scores;

    for (size_t i = 0; i < scores->count; i++) {
        const struct score *parent = scores->all[i]->parent;
        scores->all[i]->asked =
            !scores->all[i]->is_part && (parent == NULL || parent == scores->total);
    }
    for (const struct value *level = list == NULL ? NULL : list->first; level != NULL;
         level = level->next)
        for (const struct value *minimum = level_first_minimum(levels, level); minimum != NULL;
             minimum = minimum->next) {
            struct score *score =
                score_of_entry(scores, levels->in_level, entry_text(minimum, levels->in));
            if (score != NULL)
                score->asked = true;
        }
}

struct scores *
scores_of(struct arena *arena, const struct schema *schema, const struct value *data,
          const struct value *rubric)
{
    struct scores *scores = arena_alloc(arena, sizeof *scores);
    struct builder builder = {arena, schema, data, rubric, scores};

    scores->consistent = true;
    scores->doubted = rubric_is_doubted(rubric);
    if (schema->score_count == 0)
        return scores;
    scores->all = arena_array(arena, SCORES_MAX, sizeof(struct score *));
    scores->total = new_score(&builder, &schema->scores[0], NULL, NULL);
    set_given(&builder, scores->total, &schema->scores[0], STR(""), STR(""));
    for (size_t i = 1; i < schema->score_count; i++)
        add_level(&builder, i);
    set_finest(scores);
    mark_asked(&builder);
    return scores;
}
