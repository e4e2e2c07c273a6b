/* Checking what a rubric says of figures and levels: that weights make 100, each figure above the
 * lowest level of `scores` has some below it, the report has a field for each, levels descend. */
#include "base/arena.h"
#include "base/ratio.h"
#include "schema/apply.h"
#include "schema/rubric_inner.h"
#include "schema/score_path.h"

#define LEVELS_MAX 100 /* compared with each other */

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
        const struct value *weight = rubric_child(entry, level->weight);
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
        const struct value *key = rubric_child(entry, level->key);
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
        const struct value *code = rubric_child(entry, level->key);
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
    const struct value *code = rubric_child(entry, level->key);
    struct str own = code == NULL ? STR("") : code->text;
    struct score_place place =
        score_find(apply->arena, apply->schema, NULL, level, of_part ? key : own, own);

    if (code != NULL && place.field == NULL)
        diag_add(apply->diags, DIAG_RUBRIC_NO_FIELD, code->pos, diag_str(apply->diags, own),
                 diag_str(apply->diags, level->value), NULL);
    if (level->parts == NULL)
        return;
    for (const struct value *part = rubric_first(entry, level->parts->each); part != NULL;
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

void
rubric_check_scores(struct apply *apply)
{
    const struct schema *schema = apply->schema;
    size_t count = 1;

    for (size_t i = 1; i < schema->score_count; i++) {
        const struct value *list = rubric_list(apply, schema->scores[i].each);
        count += list == NULL ? 0 : count_figures(&schema->scores[i], list);
    }
    if (count > SCORES_MAX) {
        diag_add(apply->diags, DIAG_RUBRIC_TOO_LARGE, apply->rubric->pos,
                 diag_printf(apply->diags, "%d", SCORES_MAX), NULL, NULL);
        return;
    }
    for (size_t i = 1; i < schema->score_count; i++) {
        const struct score_level *level = &schema->scores[i];
        const struct value *list = rubric_list(apply, level->each);
        const struct value *below =
            i + 1 < schema->score_count ? rubric_list(apply, level[1].each) : NULL;
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

/* ---- levels */

/* The score from which a level is given; 0 when it is not said. */
static struct decimal
threshold(const struct value *level, struct str key)
{
    const struct value *value = rubric_child(level, key);

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

void
rubric_check_levels(struct apply *apply)
{
    check_levels(apply, rubric_list(apply, apply->schema->levels.from));
    check_levels(apply, rubric_list(apply, apply->schema->levels.before));
}
