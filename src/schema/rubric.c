/* Checking that the parts of a rubric fit together, as far as the schema declares them: the figures
 * of `scores` and the levels of `levels` (score.h), lists that `covers` another one (schema.h), and
 * the keys that every rubric may have: ปี (its year) and ยืนยันแล้ว (whether people compared it with
 * the publication).
 *
 * What names each other (a figure the one that it belongs to, a group its items) are references of the
 * schema, and what may not come twice is `unique` there. */
#include "schema/rubric.h"

#include "base/arena.h"
#include "base/ratio.h"
#include "schema/apply.h"
#include "schema/link.h"
#include "schema/score_path.h"

#define LEVELS_MAX 100 /* compared with each other */

static const struct value *
text_child(const struct value *map, struct str key)
{
    const struct value *child = value_get(map, key);

    return child != NULL && child->kind != VALUE_NONE ? child : NULL;
}

static const struct value *
first_of(const struct value *map, struct str key)
{
    const struct value *list = value_get(map, key);

    return list != NULL && list->kind == VALUE_LIST ? list->first : NULL;
}

static const struct value *
list_at(const struct apply *apply, struct str path)
{
    const struct value *list = score_rubric_value(apply->schema, apply->rubric, path);

    return list != NULL && list->kind == VALUE_LIST ? list : NULL;
}

/* True for the entries of a level that are below the entry `code` of the level above. */
static bool
is_below(const struct score_level *level, const struct value *entry, struct str code)
{
    const struct value *in = value_get(entry, level->in);

    return level->in.len == 0 || (in != NULL && name_eq(in->text, code));
}

/* The weights of the figures below one make 100. */
static void
check_weights(struct apply *apply, const struct score_level *level, const struct value *list,
              struct str above)
{
    struct ratio sum = ratio_int_of(0);
    bool any = false;

    for (const struct value *entry = list->first; entry != NULL; entry = entry->next) {
        const struct value *weight = text_child(entry, level->weight);
        if (weight == NULL || weight->kind != VALUE_NUMBER || !is_below(level, entry, above))
            continue;
        any = true;
        sum = ratio_add(sum, ratio_of(weight->number));
    }
    if (any && (!ratio_is_known(sum) || ratio_cmp(sum, ratio_int_of(100)) != 0))
        diag_add(apply->diags, DIAG_RUBRIC_WEIGHTS, list->pos,
                 str_cstr(apply->arena, ratio_text(apply->arena, sum, 2, 6)),
                 diag_str(apply->diags, above.len == 0 ? apply->schema->scores[0].name : above),
                 NULL);
}

/* Numbers that name entries are 1, 2, 3 …. */
static void
check_order(struct apply *apply, const struct score_level *level, const struct value *list)
{
    int64_t number = 0;

    for (const struct value *entry = list->first; entry != NULL; entry = entry->next) {
        const struct value *key = text_child(entry, level->key);
        if (key == NULL || key->kind != VALUE_NUMBER || key->number.units == ++number)
            continue;
        diag_add(apply->diags, DIAG_RUBRIC_ORDER, key->pos, diag_str(apply->diags, key->text), NULL,
                 NULL);
        return;
    }
}

/* Each entry of a level has figures below it when there is a level below. */
static void
check_children(struct apply *apply, const struct score_level *level, const struct value *list,
               const struct value *below)
{
    struct name_index used = name_index_of(apply->arena, below, level[1].in);

    for (const struct value *entry = list->first; entry != NULL; entry = entry->next) {
        const struct value *code = text_child(entry, level->key);
        if (code == NULL)
            continue;
        if (name_index_find(&used, code->text) == NULL)
            diag_add(apply->diags, DIAG_RUBRIC_NO_INDICATOR, code->pos,
                     diag_str(apply->diags, code->text), NULL, NULL);
        else
            check_weights(apply, level + 1, below, code->text);
    }
}

/* The report must have a field for each figure. */
static void
check_places(struct apply *apply, const struct score_level *level, const struct value *entry,
             struct str key)
{
    bool of_part = level->parts == NULL && key.len > 0;
    const struct value *code = text_child(entry, level->key);
    struct str own = code == NULL ? STR("") : code->text;
    struct score_place place =
        score_find(apply->arena, apply->schema, NULL, level, of_part ? key : own, own);

    if (code != NULL && place.field == NULL)
        diag_add(apply->diags, DIAG_RUBRIC_NO_FIELD, code->pos, diag_str(apply->diags, own),
                 diag_str(apply->diags, level->value), NULL);
    if (level->parts == NULL)
        return;
    for (const struct value *part = first_of(entry, level->parts->each); part != NULL;
         part = part->next)
        check_places(apply, level->parts, part, own);
}

static size_t
count_figures(const struct score_level *level, const struct value *list)
{
    size_t count = list->count;

    for (const struct value *entry = list->first; entry != NULL && level->parts != NULL;
         entry = entry->next) {
        const struct value *parts = value_get(entry, level->parts->each);
        count += parts == NULL ? 0 : parts->count;
    }
    return count;
}

static void
check_scores(struct apply *apply)
{
    const struct schema *schema = apply->schema;
    size_t count = 1;

    for (size_t i = 1; i < schema->score_count; i++) {
        const struct value *list = list_at(apply, schema->scores[i].each);
        count += list == NULL ? 0 : count_figures(&schema->scores[i], list);
    }
    if (count > SCORES_MAX) {
        diag_add(apply->diags, DIAG_RUBRIC_TOO_LARGE, apply->rubric->pos,
                 diag_printf(apply->diags, "%d", SCORES_MAX), NULL, NULL);
        return;
    }
    for (size_t i = 1; i < schema->score_count; i++) {
        const struct score_level *level = &schema->scores[i];
        const struct value *list = list_at(apply, level->each);
        const struct value *below =
            i + 1 < schema->score_count ? list_at(apply, level[1].each) : NULL;
        if (list == NULL)
            continue;
        if (i == 1)
            check_weights(apply, level, list, STR(""));
        check_order(apply, level, list);
        if (below != NULL)
            check_children(apply, level, list, below);
        for (const struct value *entry = list->first; entry != NULL; entry = entry->next)
            check_places(apply, level, entry, STR(""));
    }
}

/* A list that `covers` another one: its entries, each a list of codes in the field `codes`. */
struct cover {
    const struct field *codes;
    const struct value *target;
    struct name_index index;
    const struct value **seen; /* for each entry of the target where it was named */
};

static void
check_cover_of(struct apply *apply, struct cover *cover, const struct value *entry)
{
    struct diags *diags = apply->diags;

    for (const struct value *code = first_of(entry, cover->codes->name); code != NULL;
         code = code->next) {
        const struct name_entry *found = name_index_find(&cover->index, code->text);
        if (found == NULL)
            continue;
        if (cover->seen[found->ordinal] != NULL)
            diag_add(diags, DIAG_RUBRIC_TWO_GROUPS, code->pos, diag_str(diags, code->text),
                     diag_printf(diags, "%u", cover->seen[found->ordinal]->pos.line), NULL);
        else
            cover->seen[found->ordinal] = code;
    }
}

/* Each entry of the list that the codes name is named once. */
static void
check_cover(struct apply *apply, const struct value *list, const struct field *codes)
{
    struct cover cover = {.codes = codes, .target = apply_target(apply, codes->item)};
    size_t at = 0;

    cover.index = name_index_of(apply->arena, cover.target, codes->item->key);
    if (cover.index.count == 0 || list == NULL || list->kind != VALUE_LIST)
        return;
    cover.seen = arena_array(apply->arena, cover.target->count, sizeof(const struct value *));
    for (const struct value *entry = list->first; entry != NULL; entry = entry->next)
        check_cover_of(apply, &cover, entry);
    for (const struct value *item = cover.target->first; item != NULL; item = item->next, at++) {
        const struct value *code = text_child(item, codes->item->key);
        if (code != NULL && cover.seen[at] == NULL)
            diag_add(apply->diags, DIAG_RUBRIC_NO_GROUP, code->pos,
                     diag_str(apply->diags, code->text), NULL, NULL);
    }
}

static void
check_covers(struct apply *apply)
{
    const struct field *rubric = apply->schema->rubric;

    for (size_t i = 0; i < rubric->field_count; i++) {
        const struct field *list = &rubric->fields[i];
        for (size_t j = 0; link_is_map_list(list) && j < list->item->field_count; j++)
            if (list->item->fields[j].covers)
                check_cover(apply, value_get(apply->rubric, list->name), &list->item->fields[j]);
    }
}

/* The score from which a level is given; 0 when it is not said. */
static struct decimal
threshold(const struct value *level, struct str key)
{
    const struct value *value = text_child(level, key);

    return value != NULL && value->kind == VALUE_NUMBER ? value->number : (struct decimal){0, 0};
}

/* True when each score that reaches `low` reaches `high`, which stands before it. */
static bool
is_covered(const struct level_scheme *levels, const struct value *high, const struct value *low)
{
    return decimal_cmp(threshold(high, levels->total), threshold(low, levels->total)) <= 0 &&
           decimal_cmp(threshold(high, levels->every), threshold(low, levels->every)) <= 0;
}

static const char *
level_name(struct apply *apply, const struct value *level)
{
    const struct value *name = value_get(level, apply->schema->levels.name);

    return diag_str(apply->diags, name == NULL ? STR("") : name->text);
}

static void
check_levels(struct apply *apply, const struct value *list)
{
    const struct level_scheme *levels = &apply->schema->levels;
    const struct value *lowest = NULL;
    struct decimal zero = {0, 0};
    int count = 0;

    for (const struct value *level = list == NULL ? NULL : list->first;
         level != NULL && count < LEVELS_MAX; level = level->next, count++) {
        lowest = level;
        for (const struct value *high = list->first; high != level; high = high->next) {
            if (!is_covered(levels, high, level))
                continue;
            diag_add(apply->diags, DIAG_RUBRIC_LEVELS, level->pos, level_name(apply, level), NULL,
                     NULL);
            break;
        }
    }
    if (lowest != NULL && (decimal_cmp(threshold(lowest, levels->total), zero) != 0 ||
                           decimal_cmp(threshold(lowest, levels->every), zero) != 0))
        diag_add(apply->diags, DIAG_RUBRIC_LOWEST, lowest->pos, level_name(apply, lowest), NULL,
                 NULL);
}

static void
check_years(struct apply *apply)
{
    const struct value *year = text_child(apply->rubric, STR("ปี"));
    const struct value *last =
        score_rubric_value(apply->schema, apply->rubric, apply->schema->levels.until);
    const struct value *confirmed = text_child(apply->rubric, STR("ยืนยันแล้ว"));
    struct diags *diags = apply->diags;

    if (year != NULL && last != NULL && last->kind == VALUE_NUMBER &&
        decimal_cmp(last->number, year->number) >= 0)
        diag_add(diags, DIAG_RUBRIC_YEAR, last->pos, diag_str(diags, last->text),
                 diag_str(diags, year->text), NULL);
    if (year != NULL && confirmed != NULL && confirmed->kind == VALUE_BOOL && !confirmed->boolean)
        diag_add(diags, DIAG_RUBRIC_UNCONFIRMED, confirmed->pos, diag_str(diags, year->text), NULL,
                 NULL);
}

struct value *
rubric_load(struct arena *arena, struct diags *diags, const struct schema *schema,
            const struct value *file)
{
    const struct field *field = schema->rubric;
    size_t errors = diags_level_count(diags, DIAG_ERROR);
    struct apply apply = {.arena = arena,
                          .diags = diags,
                          .schema = schema,
                          .nearest_left = APPLY_NEAREST_MAX,
                          .alone = true};

    if (file->kind != VALUE_MAP) {
        diag_add(diags, DIAG_FIELD_NOT_MAP, file->pos, diag_str(diags, field->name),
                 diag_str(diags, field->help), NULL);
        return NULL;
    }
    struct value *typed = apply_map(&apply, field, field->name, file, file->pos, STR(""));
    apply.rubric = typed;
    apply_references(&apply, field, typed, field->name);
    if (diags_level_count(diags, DIAG_ERROR) != errors)
        return NULL;
    check_scores(&apply);
    check_covers(&apply);
    check_levels(&apply, list_at(&apply, schema->levels.from));
    check_levels(&apply, list_at(&apply, schema->levels.before));
    check_years(&apply);
    return diags_level_count(diags, DIAG_ERROR) == errors ? typed : NULL;
}
