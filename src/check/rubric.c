/* Checking that the parts of a rubric fit together. Looked at are, where the schema declares them:
 *
 *   เครื่องมือ[].รหัส, น้ำหนัก                instruments and their weights, which make 100
 *   ตัวชี้วัด[].ลำดับ, เครื่องมือ              indicators: numbered from 1, each instrument has one
 *   กลุ่ม[].รายการ[], รายการ[].รหัส          each item is in one group
 *   ระดับ[].ชื่อ, คะแนนรวม, ทุกเครื่องมือ       levels: each can be reached, the last begins at 0
 *   ระดับแบบเดิม.ระดับ[], ใช้ถึงปี; ปี         the levels of the years before
 *   ยืนยันแล้ว                             whether people compared it with the publication
 *
 * What names each other (an indicator its instrument, a group its items) are references of the
 * schema, and what may not come twice is `unique` there. */
#include "check/rubric.h"

#include "base/arena.h"
#include "check/apply.h"

#define WEIGHT_PLACES 6
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

static void
check_weights(struct apply *apply)
{
    const struct value *list = value_get(apply->rubric, STR("เครื่องมือ"));
    struct decimal sum = {0, WEIGHT_PLACES}, hundred = {100, 0}, weight;
    bool any = false;

    for (const struct value *entry = first_of(apply->rubric, STR("เครื่องมือ")); entry != NULL;
         entry = entry->next) {
        const struct value *value = text_child(entry, STR("น้ำหนัก"));
        if (value == NULL || value->kind != VALUE_NUMBER ||
            !decimal_round(value->number, WEIGHT_PLACES, &weight))
            continue;
        any = true;
        sum.units += weight.units; /* each at most 10^8, and a file has at most 10^6 values */
    }
    if (!any || decimal_cmp(sum, hundred) == 0)
        return;
    (void)decimal_round(sum, 2, &sum);
    diag_add(apply->diags, DIAG_RUBRIC_WEIGHTS, list->pos,
             str_cstr(apply->arena, decimal_text(apply->arena, sum, false)), NULL, NULL);
}

static void
check_indicators(struct apply *apply)
{
    const struct value *list = value_get(apply->rubric, STR("ตัวชี้วัด"));
    struct name_index used = name_index_of(apply->arena, list, STR("เครื่องมือ"));
    struct diags *diags = apply->diags;
    int64_t number = 0;

    for (const struct value *entry = first_of(apply->rubric, STR("ตัวชี้วัด")); entry != NULL;
         entry = entry->next) {
        const struct value *value = text_child(entry, STR("ลำดับ"));
        if (value != NULL && value->kind == VALUE_NUMBER && value->number.units != ++number) {
            diag_add(diags, DIAG_RUBRIC_ORDER, value->pos, diag_str(diags, value->text), NULL,
                     NULL);
            break;
        }
    }
    for (const struct value *entry = first_of(apply->rubric, STR("เครื่องมือ"));
         list != NULL && entry != NULL; entry = entry->next) {
        const struct value *code = text_child(entry, STR("รหัส"));
        if (code != NULL && name_index_find(&used, code->text) == NULL)
            diag_add(diags, DIAG_RUBRIC_NO_INDICATOR, code->pos, diag_str(diags, code->text), NULL,
                     NULL);
    }
}

/* Marks the items of one group; `seen` holds for each item of the rubric where it was named. */
static void
check_group(struct apply *apply, const struct value *group, const struct name_index *items,
            const struct value **seen)
{
    struct diags *diags = apply->diags;

    for (const struct value *code = first_of(group, STR("รายการ")); code != NULL;
         code = code->next) {
        const struct name_entry *entry = name_index_find(items, code->text);
        if (entry == NULL)
            continue;
        if (seen[entry->ordinal] != NULL)
            diag_add(diags, DIAG_RUBRIC_TWO_GROUPS, code->pos, diag_str(diags, code->text),
                     diag_printf(diags, "%u", seen[entry->ordinal]->pos.line), NULL);
        else
            seen[entry->ordinal] = code;
    }
}

static void
check_groups(struct apply *apply)
{
    const struct value *list = value_get(apply->rubric, STR("รายการ"));
    const struct value *groups = value_get(apply->rubric, STR("กลุ่ม"));
    struct name_index items = name_index_of(apply->arena, list, STR("รหัส"));

    if (items.count == 0 || groups == NULL || groups->kind != VALUE_LIST)
        return;
    const struct value **seen =
        arena_array(apply->arena, list->count, sizeof(const struct value *));
    for (const struct value *group = groups->first; group != NULL; group = group->next)
        check_group(apply, group, &items, seen);
    size_t at = 0;
    for (const struct value *item = list->first; item != NULL; item = item->next, at++) {
        const struct value *code = text_child(item, STR("รหัส"));
        if (code != NULL && seen[at] == NULL)
            diag_add(apply->diags, DIAG_RUBRIC_NO_GROUP, code->pos,
                     diag_str(apply->diags, code->text), NULL, NULL);
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
is_covered(const struct value *high, const struct value *low)
{
    return decimal_cmp(threshold(high, STR("คะแนนรวม")), threshold(low, STR("คะแนนรวม"))) <= 0 &&
           decimal_cmp(threshold(high, STR("ทุกเครื่องมือ")), threshold(low, STR("ทุกเครื่องมือ"))) <= 0;
}

static const char *
level_name(struct apply *apply, const struct value *level)
{
    const struct value *name = value_get(level, STR("ชื่อ"));

    return diag_str(apply->diags, name == NULL ? STR("") : name->text);
}

static void
check_levels(struct apply *apply, const struct value *map)
{
    const struct value *lowest = NULL;
    struct decimal zero = {0, 0};
    int count = 0;

    for (const struct value *level = first_of(map, STR("ระดับ"));
         level != NULL && count < LEVELS_MAX; level = level->next, count++) {
        lowest = level;
        for (const struct value *high = first_of(map, STR("ระดับ")); high != level;
             high = high->next) {
            if (!is_covered(high, level))
                continue;
            diag_add(apply->diags, DIAG_RUBRIC_LEVELS, level->pos, level_name(apply, level), NULL,
                     NULL);
            break;
        }
    }
    if (lowest != NULL && (decimal_cmp(threshold(lowest, STR("คะแนนรวม")), zero) != 0 ||
                           decimal_cmp(threshold(lowest, STR("ทุกเครื่องมือ")), zero) != 0))
        diag_add(apply->diags, DIAG_RUBRIC_LOWEST, lowest->pos, level_name(apply, lowest), NULL,
                 NULL);
}

static void
check_years(struct apply *apply)
{
    const struct value *year = text_child(apply->rubric, STR("ปี"));
    const struct value *last =
        text_child(value_get(apply->rubric, STR("ระดับแบบเดิม")), STR("ใช้ถึงปี"));
    const struct value *confirmed = text_child(apply->rubric, STR("ยืนยันแล้ว"));
    struct diags *diags = apply->diags;

    if (year != NULL && last != NULL && decimal_cmp(last->number, year->number) >= 0)
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
    check_weights(&apply);
    check_indicators(&apply);
    check_groups(&apply);
    check_levels(&apply, typed);
    check_levels(&apply, value_get(typed, STR("ระดับแบบเดิม")));
    check_years(&apply);
    return diags_level_count(diags, DIAG_ERROR) == errors ? typed : NULL;
}
