/* What the codes of a rubric's entries say of each other, and of the year before. */
#include "base/arena.h"
#include "schema/apply.h"
#include "schema/link.h"
#include "schema/rubric.h"
#include "schema/rubric_inner.h"
#include "thai/digits.h"

#define NUMBER_MAX 100000 /* a longer one is no number that entries are counted with */

/* ---- numbers */

/* "O26" is "O" and 26; false for a code that ends with no number. */
static bool
cut_number(struct arena *arena, struct str code, struct str *before, size_t *number)
{
    struct str plain = digits_to_arabic(arena, str_trim(code));
    size_t at = plain.len;

    while (at > 0 && plain.ptr[at - 1] >= '0' && plain.ptr[at - 1] <= '9')
        at--;
    *before = str_sub(plain, 0, at);
    return str_number(str_sub(plain, at, SIZE_MAX), NUMBER_MAX, number);
}

/* Each number is the one after that of the entry before, as long as what stands before them is the
 * same; the first of a kind is 1. */
static void
check_numbers_of(struct arena *arena, struct diags *diags, const struct value *list, struct str key)
{
    struct str kind = STR("");
    size_t last = 0;

    for (const struct value *entry = list->first; entry != NULL; entry = entry->next) {
        const struct value *code = value_get(entry, key);
        struct str before;
        size_t number;
        if (code == NULL || code->kind != VALUE_TEXT ||
            !cut_number(arena, code->text, &before, &number))
            continue;
        if (entry == list->first || !str_same(before, kind))
            last = 0;
        kind = before;
        if (number != last + 1)
            diag_add(diags, DIAG_RUBRIC_NUMBERS, code->pos, diag_str(diags, code->text),
                     diag_printf(diags, "%.*s%zu", STR_FMT(before), last + 1), NULL);
        last = number;
    }
}

/* The field by which a keyed field or a reference names entries of the list, or an empty name. */
static struct str
key_of(const struct field *field, const struct field *list)
{
    struct str key = STR("");

    if ((field->type == FIELD_KEYED || field->type == FIELD_REFERENCE) && field->target == list)
        return field->key;
    if (field->type == FIELD_REFERENCE)
        return key; /* its fields are those of the entry that it names */
    for (size_t i = 0; i < field->field_count && key.len == 0; i++)
        key = key_of(&field->fields[i], list);
    if (field->type == FIELD_LIST && key.len == 0)
        key = key_of(field->item, list);
    return key;
}

/* The numbers of codes that reports and other entries name. */
static void
check_numbers(struct arena *arena, struct diags *diags, const struct schema *schema,
              const struct value *rubric)
{
    for (size_t i = 0; i < schema->rubric->field_count; i++) {
        const struct field *list = &schema->rubric->fields[i];
        const struct value *value = value_get(rubric, list->name);
        struct str key = link_is_map_list(list) ? key_of(&schema->root, list) : STR("");
        if (key.len > 0 && value != NULL && value->kind == VALUE_LIST)
            check_numbers_of(arena, diags, value, key);
    }
}

/* ---- what entries were in the year before */

const struct field *
rubric_former(const struct field *list)
{
    for (size_t i = 0; link_is_map_list(list) && i < list->item->field_count; i++)
        if (list->item->fields[i].former.len > 0)
            return &list->item->fields[i];
    return NULL;
}

/* The codes of all entries, one list of them. */
static const struct value *
all_former(struct arena *arena, const struct value *list, struct str name)
{
    struct value *all = value_new(arena, VALUE_LIST, list->pos);

    for (const struct value *entry = list->first; entry != NULL; entry = entry->next) {
        const struct value *codes = value_get(entry, name);
        if (codes == NULL || codes->kind != VALUE_LIST)
            continue;
        for (const struct value *code = codes->first; code != NULL; code = code->next) {
            struct value *map = value_new(arena, VALUE_MAP, code->pos);
            struct value *copy = value_copy(arena, code);
            copy->key = STR("");
            value_append(map, copy);
            value_append(all, map);
        }
    }
    return all;
}

/* The codes of the year before that a list of the rubric names, each in a map under "". NULL when
 * it has none. */
static const struct value *
former_codes(struct arena *arena, const struct field *list, const struct value *rubric)
{
    const struct field *former = rubric_former(list);
    const struct value *value = former == NULL ? NULL : value_get(rubric, list->name);

    return value == NULL || value->kind != VALUE_LIST ? NULL
                                                      : all_former(arena, value, former->name);
}

static void
check_former_of(struct apply *apply, const struct value *codes)
{
    struct name_index index = name_index_of(apply->arena, codes, STR(""));
    struct diags *diags = apply->diags;

    for (const struct value *map = codes->first; map != NULL; map = map->next) {
        const struct value *code = map->first;
        const struct name_entry *found = name_index_find(&index, code->text);
        if (found == NULL || found->value == map)
            continue;
        diag_add(diags, DIAG_RUBRIC_FORMER_TWICE, code->pos, diag_str(diags, code->text),
                 diag_place(diags, found->value->pos), NULL);
    }
}

void
rubric_check_former(struct apply *apply)
{
    const struct field *rubric = apply->schema->rubric;

    for (size_t i = 0; i < rubric->field_count; i++) {
        const struct value *codes = former_codes(apply->arena, &rubric->fields[i], apply->rubric);
        if (codes != NULL)
            check_former_of(apply, codes);
    }
}

/* Codes of the year before that its rubric does not have. */
static void
compare_former(struct arena *arena, struct diags *diags, const struct schema *schema,
               const struct value *rubric, const struct rubric_last *last)
{
    for (size_t i = 0; i < schema->rubric->field_count; i++) {
        const struct field *list = &schema->rubric->fields[i];
        const struct value *codes = former_codes(arena, list, rubric);
        if (codes == NULL || codes->count == 0)
            continue;
        struct name_index index =
            name_index_of(arena, value_get(last->rubric, list->name), rubric_former(list)->former);
        for (const struct value *map = codes->first; map != NULL; map = map->next)
            if (name_index_find(&index, map->first->text) == NULL)
                diag_add(diags, DIAG_RUBRIC_FORMER_UNKNOWN, map->first->pos,
                         diag_str(diags, map->first->text), last->name, NULL);
    }
}

void
rubric_review(struct arena *arena, struct diags *diags, const struct schema *schema,
              const struct value *rubric, const struct rubric_last *last)
{
    check_numbers(arena, diags, schema, rubric);
    if (last->rubric != NULL)
        compare_former(arena, diags, schema, rubric, last);
}
