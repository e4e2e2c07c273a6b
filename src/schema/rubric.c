/* Checking that the parts of a rubric fit together, as far as the schema declares them: the figures
 * of `scores` and the levels of `levels` (rubric_scores.c), lists that `covers` another one
 * (schema.h), and the keys that every rubric may have: ปี (its year) and ยืนยันแล้ว (whether people
 * compared it with the publication).
 *
 * What names each other (a figure the one that it belongs to, a group its items) are references of
 * the schema, and what may not come twice is `unique` there. */
#include "schema/rubric.h"

#include "base/arena.h"
#include "schema/apply.h"
#include "schema/doubt.h"
#include "schema/link.h"
#include "schema/rubric_inner.h"
#include "schema/score_path.h"

const struct value *
rubric_child(const struct value *map, struct str key)
{
    const struct value *child = value_get(map, key);

    return child != NULL && child->kind != VALUE_NONE ? child : NULL;
}

const struct value *
rubric_first(const struct value *map, struct str key)
{
    const struct value *list = value_get(map, key);

    return list != NULL && list->kind == VALUE_LIST ? list->first : NULL;
}

const struct value *
rubric_list(const struct apply *apply, struct str path)
{
    const struct value *list = score_rubric_value(apply->schema, apply->rubric, path);

    return list != NULL && list->kind == VALUE_LIST ? list : NULL;
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

    for (const struct value *code = rubric_first(entry, cover->codes->name); code != NULL;
         code = code->next) {
        const struct name_entry *found = name_index_find(&cover->index, code->text);
        if (found == NULL)
            continue;
        if (cover->seen[found->ordinal] != NULL)
            diag_add(diags, DIAG_RUBRIC_TWO_GROUPS, code->pos, diag_str(diags, code->text),
                     diag_place(diags, cover->seen[found->ordinal]->pos), NULL);
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
        const struct value *code = rubric_child(item, codes->item->key);
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

/* Whether people compared a rubric with the publication; NULL when it does not say. */
static const struct value *
confirmation(const struct value *rubric)
{
    const struct value *value = rubric_child(rubric, STR("ยืนยันแล้ว"));

    return value != NULL && value->kind == VALUE_BOOL ? value : NULL;
}

bool
rubric_is_confirmed(const struct value *rubric)
{
    const struct value *value = confirmation(rubric);

    return value != NULL && value->boolean;
}

bool
rubric_is_doubted(const struct value *rubric)
{
    const struct value *value = confirmation(rubric);

    return value != NULL && !value->boolean;
}

/* A rubric that is confirmed has nothing left that is doubtful and was not compared. */
static void
check_confirmed(struct apply *apply, const struct value *confirmed, const char *year)
{
    struct doubts doubts = doubts_of(apply->arena, apply->schema, apply->rubric);
    const struct doubt *first = NULL;
    size_t count = 0;

    for (size_t i = 0; i < doubts.count; i++) {
        if (!doubts.items[i].is_open)
            continue;
        first = first == NULL ? &doubts.items[i] : first;
        count++;
    }
    if (first != NULL)
        diag_add(apply->diags, DIAG_RUBRIC_NOT_COMPARED, confirmed->pos, year,
                 diag_printf(apply->diags, "%zu", count), diag_place(apply->diags, first->pos));
}

static void
check_years(struct apply *apply)
{
    const struct value *year = rubric_child(apply->rubric, STR("ปี"));
    const struct value *last =
        score_rubric_value(apply->schema, apply->rubric, apply->schema->levels.until);
    const struct value *confirmed = confirmation(apply->rubric);
    struct diags *diags = apply->diags;

    if (year != NULL && last != NULL && last->kind == VALUE_NUMBER &&
        decimal_cmp(last->number, year->number) >= 0)
        diag_add(diags, DIAG_RUBRIC_YEAR, last->pos, diag_str(diags, last->text),
                 diag_str(diags, year->text), NULL);
    if (year == NULL || confirmed == NULL)
        return;
    if (confirmed->boolean)
        check_confirmed(apply, confirmed, diag_str(diags, year->text));
    else
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
    rubric_check_scores(&apply);
    rubric_check_former(&apply);
    check_covers(&apply);
    rubric_check_levels(&apply);
    check_years(&apply);
    return diags_level_count(diags, DIAG_ERROR) == errors ? typed : NULL;
}
