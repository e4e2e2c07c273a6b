/* Checking what a rubric says of figures and levels: that weights make 100 and full marks those
 * above, each figure above the lowest level of `scores` has some below it, the report has a field
 * for each, levels descend and can be reached. */
#include "base/arena.h"
#include "base/ratio.h"
#include "schema/apply.h"
#include "schema/rubric_inner.h"
#include "schema/score_path.h"

#define LEVELS_MAX 100 /* compared with each other */

/* The entries of a level that are below one of the level above. */
struct below {
    const struct score_level *level;
    const struct value *list;
    struct str in;    /* the field that names the one above; empty below the total */
    struct str above; /* its key */
};

static bool
is_below(const struct below *below, const struct value *entry)
{
    const struct value *in = value_get(entry, below->in);

    return below->in.len == 0 || (in != NULL && name_eq(in->text, below->above));
}

/* The sum of the numbers in a field of the entries below one; *any says whether there are any. */
static struct ratio
sum_below(const struct below *below, struct str field, bool *any)
{
    struct ratio sum = ratio_int_of(0);

    *any = false;
    for (const struct value *entry = below->list->first; entry != NULL; entry = entry->next) {
        const struct value *number = rubric_child(entry, field);
        if (number == NULL || number->kind != VALUE_NUMBER || !is_below(below, entry))
            continue;
        *any = true;
        sum = ratio_add(sum, ratio_of(number->number));
    }
    return sum;
}

static const char *
sum_text(struct apply *apply, struct ratio sum, uint8_t places)
{
    return str_cstr(apply->arena, ratio_text(apply->arena, sum, places, 6));
}

/* The weights of the figures below one make 100. */
static void
check_weights(struct apply *apply, const struct below *below)
{
    bool any;
    struct ratio sum = sum_below(below, below->level->weight, &any);
    struct str above = below->in.len == 0 ? apply->schema->scores[0].name : below->above;

    if (any && (!ratio_is_known(sum) || ratio_cmp(sum, ratio_int_of(100)) != 0))
        diag_add(apply->diags, DIAG_RUBRIC_WEIGHTS, below->list->pos, sum_text(apply, sum, 2),
                 diag_str(apply->diags, above), NULL);
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

/* ---- full marks */

/* The full mark of the entry that those are below, or of the total. */
static const struct value *
full_above(const struct apply *apply, const struct score_level *level, const struct value *entry)
{
    return entry == NULL ? score_rubric_value(apply->schema, apply->rubric, level->full)
                         : rubric_child(entry, level->full);
}

/* The full marks of the figures below one make its own. */
static void
check_full(struct apply *apply, const struct value *full, struct str above, struct ratio sum)
{
    if (full == NULL || full->kind != VALUE_NUMBER ||
        (ratio_is_known(sum) && ratio_cmp(sum, ratio_of(full->number)) == 0))
        return;
    diag_add(apply->diags, DIAG_RUBRIC_FULL, full->pos, sum_text(apply, sum, 0),
             diag_str(apply->diags, above), diag_str(apply->diags, full->text));
}

/* Each entry of a level with full marks has one. */
static void
check_full_marks(struct apply *apply, const struct score_level *level, const struct value *list)
{
    for (const struct value *entry = list->first; level->full.len > 0 && entry != NULL;
         entry = entry->next) {
        const struct value *code = rubric_child(entry, level->key);
        const struct value *full = rubric_child(entry, level->full);
        if (code != NULL && (full == NULL || full->kind != VALUE_NUMBER))
            diag_add(apply->diags, DIAG_RUBRIC_NO_FULL, code->pos,
                     diag_str(apply->diags, code->text), diag_str(apply->diags, level->full), NULL);
    }
}

/* ---- the tree */

/* The field by which entries of `level` name those of the level `above`; false when they do not. */
static bool
leads_to(const struct score_level *level, size_t above, struct str *in)
{
    *in = STR("");
    if (level->in_count == 0)
        return above == 0;
    for (size_t i = 0; i < level->in_count; i++) {
        if (level->in[i].level != above)
            continue;
        *in = level->in[i].field;
        return true;
    }
    return false;
}

/* What is below the entries of a level: for each level that leads to it, its entries by the one
 * that they name. */
struct children {
    struct below below[SCHEMA_SCORES_MAX];
    struct name_index index[SCHEMA_SCORES_MAX];
    size_t count;
};

static struct children
children_of(struct apply *apply, size_t above)
{
    struct children children = {.count = 0};

    for (size_t i = above + 1; i < apply->schema->score_count; i++) {
        const struct score_level *level = &apply->schema->scores[i];
        struct below below = {.level = level, .list = rubric_list(apply, level->each)};
        if (below.list == NULL || !leads_to(level, above, &below.in))
            continue;
        children.index[children.count] = name_index_of(apply->arena, below.list, below.in);
        children.below[children.count++] = below;
    }
    return children;
}

/* What is below one entry, or below the total: weights and full marks; false when nothing is. */
static bool
check_below(struct apply *apply, const struct children *children, size_t at,
            const struct value *entry, struct str code)
{
    const struct score_level *level = &apply->schema->scores[at];
    struct ratio sum = ratio_int_of(0);
    bool found = false, full = false, any;

    for (size_t i = 0; i < children->count; i++) {
        struct below below = children->below[i];
        below.above = code;
        if (entry != NULL && name_index_find(&children->index[i], code) == NULL)
            continue;
        found = true;
        check_weights(apply, &below);
        sum = ratio_add(sum, sum_below(&below, below.level->full, &any));
        full = full || any;
    }
    if (full)
        check_full(apply, full_above(apply, level, entry), entry == NULL ? level->name : code, sum);
    return found;
}

/* Each entry of a level has figures below it when there is a level below, unless that may end. */
static void
check_children(struct apply *apply, size_t at, const struct value *list)
{
    const struct score_level *level = &apply->schema->scores[at];
    struct children children = children_of(apply, at);

    for (const struct value *entry = list->first; entry != NULL; entry = entry->next) {
        const struct value *code = rubric_child(entry, level->key);
        if (code == NULL || check_below(apply, &children, at, entry, code->text) ||
            children.count == 0 || level->leaf)
            continue;
        diag_add(apply->diags, DIAG_RUBRIC_NO_INDICATOR, code->pos,
                 diag_str(apply->diags, code->text), NULL, NULL);
    }
}

/* "ด้าน, งาน" */
static const char *
in_names(struct apply *apply, const struct score_level *level)
{
    struct buf out = buf_in(apply->arena);

    for (size_t i = 0; i < level->in_count; i++) {
        buf_text(&out, i == 0 ? "" : ", ");
        buf_add(&out, level->in[i].field);
    }
    return str_cstr(apply->arena, buf_str(&out));
}

/* Where several levels may be above, each entry names one of their entries. */
static void
check_in(struct apply *apply, const struct score_level *level, const struct value *list)
{
    for (const struct value *entry = list->first; level->in_count > 1 && entry != NULL;
         entry = entry->next) {
        const struct value *code = rubric_child(entry, level->key);
        int named = 0;
        for (size_t i = 0; i < level->in_count; i++)
            named += rubric_child(entry, level->in[i].field) != NULL;
        if (code != NULL && named != 1)
            diag_add(apply->diags, DIAG_RUBRIC_IN, code->pos, diag_str(apply->diags, code->text),
                     in_names(apply, level), NULL);
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
    if (schema->score_count > 0) {
        struct children children = children_of(apply, 0);
        (void)check_below(apply, &children, 0, NULL, STR(""));
    }
    for (size_t i = 1; i < schema->score_count; i++) {
        const struct score_level *level = &schema->scores[i];
        const struct value *list = rubric_list(apply, level->each);
        if (list == NULL)
            continue;
        check_in(apply, level, list);
        check_order(apply, level, list);
        check_full_marks(apply, level, list);
        check_children(apply, i, list);
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

/* What a level asks of the entry that another level's `minimum` names. */
static struct decimal
least_of(const struct level_scheme *levels, const struct value *level, const struct value *minimum)
{
    const struct value *code = value_get(minimum, levels->in);
    const struct value *own = rubric_first(level, levels->each);

    for (; own != NULL && code != NULL; own = own->next) {
        const struct value *in = value_get(own, levels->in);
        if (in != NULL && name_eq(in->text, code->text))
            return threshold(own, levels->least);
    }
    return (struct decimal){0, 0};
}

/* True when each score that reaches `low` reaches `high`, which stands before it. */
static bool
is_covered(const struct level_scheme *levels, const struct value *high, const struct value *low)
{
    bool covered =
        decimal_cmp(threshold(high, levels->total), threshold(low, levels->total)) <= 0 &&
        decimal_cmp(threshold(high, levels->every), threshold(low, levels->every)) <= 0;

    for (const struct value *minimum = rubric_first(high, levels->each); covered && minimum != NULL;
         minimum = minimum->next)
        covered =
            decimal_cmp(threshold(minimum, levels->least), least_of(levels, low, minimum)) <= 0;
    return covered;
}

/* True when a level is given for whatever figures there are. */
static bool
asks_nothing(const struct level_scheme *levels, const struct value *level)
{
    struct decimal zero = {0, 0};
    bool nothing = decimal_cmp(threshold(level, levels->total), zero) == 0 &&
                   decimal_cmp(threshold(level, levels->every), zero) == 0;

    for (const struct value *minimum = rubric_first(level, levels->each);
         nothing && minimum != NULL; minimum = minimum->next)
        nothing = decimal_cmp(threshold(minimum, levels->least), zero) == 0;
    return nothing;
}

static const char *
level_name(struct apply *apply, const struct value *level)
{
    const struct value *name = value_get(level, apply->schema->levels.name);

    return diag_str(apply->diags, name == NULL ? STR("") : name->text);
}

/* No level asks for more than a full mark. */
static void
check_reach(struct apply *apply, const struct value *level, const struct value *least,
            const struct value *full, struct str of, struct str name)
{
    if (least == NULL || least->kind != VALUE_NUMBER || full == NULL ||
        full->kind != VALUE_NUMBER || decimal_cmp(least->number, full->number) <= 0)
        return;
    diag_add(apply->diags, DIAG_RUBRIC_REACH, least->pos, level_name(apply, level),
             diag_printf(apply->diags, "%.*s%s%.*s ≥ %.*s", STR_FMT(of), of.len == 0 ? "" : " ",
                         STR_FMT(name), STR_FMT(least->text)),
             diag_str(apply->diags, full->text));
}

static void
check_reaches(struct apply *apply, const struct value *level)
{
    const struct level_scheme *levels = &apply->schema->levels;
    const struct score_level *total = &apply->schema->scores[0];
    const struct score_level *asked = &apply->schema->scores[levels->in_level];

    if (apply->schema->score_count == 0)
        return;
    check_reach(apply, level, rubric_child(level, levels->total), full_above(apply, total, NULL),
                STR(""), total->name);
    for (const struct value *minimum = rubric_first(level, levels->each); minimum != NULL;
         minimum = minimum->next) {
        const struct value *code = rubric_child(minimum, levels->in);
        const struct value *entry = rubric_list(apply, asked->each);
        entry = code == NULL || entry == NULL ? NULL : entry->first;
        for (; entry != NULL; entry = entry->next) {
            const struct value *key = rubric_child(entry, asked->key);
            if (key != NULL && name_eq(key->text, code->text))
                break;
        }
        if (entry != NULL)
            check_reach(apply, level, rubric_child(minimum, levels->least),
                        rubric_child(entry, asked->full), levels->in, code->text);
    }
}

static void
check_levels(struct apply *apply, const struct value *list)
{
    const struct level_scheme *levels = &apply->schema->levels;
    const struct value *lowest = NULL;
    int count = 0;

    for (const struct value *level = list == NULL ? NULL : list->first;
         level != NULL && count < LEVELS_MAX; level = level->next, count++) {
        lowest = level;
        check_reaches(apply, level);
        for (const struct value *high = list->first; high != level; high = high->next) {
            if (!is_covered(levels, high, level))
                continue;
            diag_add(apply->diags, DIAG_RUBRIC_LEVELS, level->pos, level_name(apply, level), NULL,
                     NULL);
            break;
        }
    }
    if (lowest != NULL && !asks_nothing(levels, lowest))
        diag_add(apply->diags, DIAG_RUBRIC_LOWEST, lowest->pos, level_name(apply, lowest), NULL,
                 NULL);
}

void
rubric_check_levels(struct apply *apply)
{
    check_levels(apply, rubric_list(apply, apply->schema->levels.from));
    check_levels(apply, rubric_list(apply, apply->schema->levels.before));
}
