/* What the fields of a schema say of each other. */
#include "schema/link.h"

#include "base/arena.h"
#include "schema/names.h"

#define MARK_OPEN (-1) /* on the way from the root; others hold 1 + the references below */

bool
link_check(struct loader *loader, struct pos pos, size_t fields)
{
    if (fields <= SCHEMA_FIELDS_MAX - loader->fields) {
        loader->fields += fields;
        return true;
    }
    diag_add(loader->diags, DIAG_SCHEMA_TOO_LARGE, pos,
             diag_printf(loader->diags, "%d", SCHEMA_FIELDS_MAX),
             diag_printf(loader->diags, "%d", SCHEMA_DEPTH_MAX), NULL);
    return false;
}

static bool
is_scalar(const struct field *field)
{
    return field->type == FIELD_TEXT || field->type == FIELD_INTEGER || field->type == FIELD_YEAR ||
           field->type == FIELD_ENUM;
}

static void
check_beside(struct loader *loader, const struct field *map, const struct field *field,
             struct str name, const char *key)
{
    if (name.len > 0 && schema_find(map, name) == NULL)
        diag_add(loader->diags, DIAG_SCHEMA_NO_FIELD, field->pos, key,
                 diag_str(loader->diags, name), NULL);
}

/* No two fields of a map may be meant by one key. */
static void
check_names(struct loader *loader, const struct field *map)
{
    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *field = &map->fields[i];
        bool twice = schema_find(map, field->name) != field;
        for (size_t j = 0; j < field->alias_count; j++)
            twice = twice || schema_find(map, field->aliases[j]) != field;
        if (twice)
            diag_add(loader->diags, DIAG_SCHEMA_TWICE, field->pos,
                     diag_str(loader->diags, field->name), NULL, NULL);
    }
}

const struct field *
link_path(const struct schema *schema, struct str path, bool *in_rubric)
{
    const struct field *field = &schema->root;

    *in_rubric = false;
    while (path.len > 0) {
        if (!schema_is_map(field) || field->type == FIELD_REFERENCE)
            return NULL;
        field = schema_find(field, name_cut(&path));
        if (field == NULL)
            return NULL;
        *in_rubric = *in_rubric || field->type == FIELD_RUBRIC;
    }
    return field;
}

const struct field *
schema_at(const struct schema *schema, struct str path)
{
    bool in_rubric;

    return link_path(schema, path, &in_rubric);
}

bool
link_is_map_list(const struct field *field)
{
    return field->type == FIELD_LIST && field->item != NULL && field->item->type == FIELD_MAP;
}

/* Sets `target`, and tells when `from` or `key` names nothing that can be used. */
static bool
find_target(struct loader *loader, struct field *field)
{
    bool in_rubric;
    const struct field *target = link_path(loader->schema, field->from, &in_rubric);
    bool keyed = target != NULL && target->type == FIELD_KEYED && field->type == FIELD_REFERENCE;

    if (target == NULL || !(keyed || (in_rubric && link_is_map_list(target)))) {
        diag_add(loader->diags, DIAG_SCHEMA_BAD_PATH, field->pos,
                 diag_str(loader->diags, field->from), NULL, NULL);
        return false;
    }
    field->target = target;
    /* what a keyed field sees of an entry is not made yet: ask its list */
    const struct field *list = keyed ? target->target : target;
    const struct field *key = list == NULL ? NULL : schema_find(list->item, field->key);
    if (key != NULL && is_scalar(key))
        return true;
    diag_add(loader->diags, DIAG_SCHEMA_NO_FIELD, field->pos, "key",
             diag_str(loader->diags, field->key), NULL);
    return false;
}

/* The entry that templates see of a keyed field: the rubric's fields, with the report's own. */
static void
merge_entry(struct loader *loader, struct field *field)
{
    const struct field *theirs = field->target->item;
    size_t most = theirs->field_count + field->field_count;

    if (!link_check(loader, field->pos, most))
        return;
    struct field *item = arena_alloc(loader->arena, sizeof *item);
    item->type = FIELD_MAP;
    item->places = -1;
    item->pos = field->pos;
    item->fields = arena_array(loader->arena, most, sizeof item->fields[0]);
    for (size_t i = 0; i < theirs->field_count; i++) {
        const struct field *own = schema_find(field, theirs->fields[i].name);
        item->fields[item->field_count++] = own == NULL ? theirs->fields[i] : *own;
    }
    for (size_t i = 0; i < field->field_count; i++)
        if (schema_find(theirs, field->fields[i].name) == NULL)
            item->fields[item->field_count++] = field->fields[i];
    field->item = item;
}

static void
no_field(struct loader *loader, const struct field *field, const char *key, struct str name)
{
    diag_add(loader->diags, DIAG_SCHEMA_NO_FIELD, field->pos, key, diag_str(loader->diags, name),
             NULL);
}

/* A name that stands for the rubric's, and the list of other accepted ones beside that. */
static void
check_official(struct loader *loader, const struct field *map, const struct field *entry)
{
    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *field = &map->fields[i];
        if (field->official.len == 0)
            continue;
        const struct field *others = schema_find(entry, field->official);
        const struct field *name = schema_find(entry, field->name);
        if (others == NULL || others->type != FIELD_LIST || others->item->type != FIELD_TEXT)
            no_field(loader, field, "official", field->official);
        else if (name == NULL || name->type != FIELD_TEXT)
            no_field(loader, field, "official", field->name);
    }
}

/* What dates are compared with. */
static void
check_dates(struct loader *loader, const struct field *field)
{
    const struct field *year = schema_find(&loader->schema->root, field->fiscal);
    bool in_rubric;

    if (field->fiscal.len > 0 && (year == NULL || year->type != FIELD_YEAR))
        no_field(loader, field, "fiscal", field->fiscal);
    if (field->after.len == 0)
        return;
    const struct field *date = link_path(loader->schema, field->after, &in_rubric);
    if (date == NULL || date->type != FIELD_DATE)
        no_field(loader, field, "after", field->after);
}

/* Fields of the report that a field is filled from or compared with. */
static void
check_other(struct loader *loader, const struct field *field, const char *word, struct str path)
{
    bool in_rubric;
    const struct field *other = path.len == 0 ? NULL : link_path(loader->schema, path, &in_rubric);
    bool keyed = field->type == FIELD_KEYED;

    if (path.len > 0 && (other == NULL || in_rubric || other->type != field->type ||
                         (keyed && (!str_eq(other->from, field->from) ||
                                    !str_eq(other->key, field->key) || other->value.len == 0))))
        diag_add(loader->diags, DIAG_SCHEMA_OTHER_FIELD, field->pos, word,
                 diag_str(loader->diags, path), NULL);
}

static void
check_others(struct loader *loader, const struct field *field)
{
    check_other(loader, field, "last", field->last);
    check_other(loader, field, "same", field->same);
    check_other(loader, field, "before", field->before);
}

static bool
has_role(const struct field *item)
{
    for (size_t i = 0; i < item->field_count; i++)
        if (item->fields[i].role)
            return true;
    return false;
}

/* Those who sign, and what stands for the first of them. */
static void
check_routing(struct loader *loader, const struct field *map, const struct field *field)
{
    const struct field *first = schema_find(map, field->first);

    if (field->routing && !(link_is_map_list(field) && has_role(field->item)))
        diag_add(loader->diags, DIAG_SCHEMA_NEEDS, field->pos, schema_type_name(field->type),
                 "item: {type: map, fields: {…: {role: yes}}}", NULL);
    if (field->first.len > 0 && (first == NULL || first->type != FIELD_MAP))
        no_field(loader, field, "first", field->first);
    check_beside(loader, map, field, field->instead, "instead");
    if (field->replaces && map != &loader->schema->root)
        diag_add(loader->diags, DIAG_SCHEMA_AT_ROOT, field->pos, "replaces", NULL, NULL);
}

static void
link_keyed(struct loader *loader, struct field *field, bool in_rubric)
{
    if (in_rubric) {
        diag_add(loader->diags, DIAG_SCHEMA_BAD_PATH, field->pos,
                 diag_str(loader->diags, field->from), NULL, NULL);
        return;
    }
    if (schema_find(field, field->key) != NULL)
        diag_add(loader->diags, DIAG_SCHEMA_TWICE, field->pos, diag_str(loader->diags, field->key),
                 NULL, NULL);
    check_beside(loader, field, field, field->value, "value");
    if (find_target(loader, field)) {
        check_official(loader, field, field->target->item);
        merge_entry(loader, field);
    }
}

/* First all maps and keyed fields: references look at their entries. */
static void
link_maps(struct loader *loader, struct field *field, bool in_rubric)
{
    in_rubric = in_rubric || field->type == FIELD_RUBRIC;
    check_names(loader, field);
    check_dates(loader, field);
    check_others(loader, field);
    if (field->type != FIELD_KEYED)
        check_official(loader, field, field);
    for (size_t i = 0; i < field->field_count; i++) {
        struct field *child = &field->fields[i];
        check_beside(loader, field, child, child->needs, "needs");
        check_beside(loader, field, child, child->repeats, "repeats");
        check_beside(loader, field, child, child->about, "about");
        check_beside(loader, field, child, child->former, "former");
        check_routing(loader, field, child);
        if (child->type == FIELD_RUBRIC &&
            (field != &loader->schema->root || loader->schema->rubric != NULL))
            diag_add(loader->diags, DIAG_SCHEMA_RUBRIC_PLACE, child->pos, NULL, NULL, NULL);
        else if (child->type == FIELD_RUBRIC)
            loader->schema->rubric = child;
        link_maps(loader, child, in_rubric);
    }
    if (field->type == FIELD_LIST)
        link_maps(loader, field->item, in_rubric);
}

static void
link_all_keyed(struct loader *loader, struct field *field, bool in_rubric)
{
    in_rubric = in_rubric || field->type == FIELD_RUBRIC;
    for (size_t i = 0; i < field->field_count; i++)
        link_all_keyed(loader, &field->fields[i], in_rubric);
    if (field->type == FIELD_LIST)
        link_all_keyed(loader, field->item, in_rubric);
    if (field->type == FIELD_KEYED)
        link_keyed(loader, field, in_rubric);
}

static void
link_references(struct loader *loader, struct field *field)
{
    if (field->type == FIELD_REFERENCE) {
        if (find_target(loader, field) && field->target->item != NULL) {
            field->fields = field->target->item->fields;
            field->field_count = field->target->item->field_count;
        }
        return;
    }
    for (size_t i = 0; i < field->field_count; i++)
        link_references(loader, &field->fields[i]);
    if (field->item != NULL)
        link_references(loader, field->item);
}

/* The longest chain of references from here; refuses those that do not end. */
static int
measure(struct loader *loader, struct field *field)
{
    int hops = 0;

    if (field->mark > 0)
        return field->mark - 1;
    if (field->mark == MARK_OPEN)
        return SCHEMA_HOPS_MAX + 1;
    field->mark = MARK_OPEN;
    for (size_t i = 0; i < field->field_count; i++) {
        int below = measure(loader, &field->fields[i]);
        hops = below > hops ? below : hops;
    }
    if (field->item != NULL) {
        int below = measure(loader, field->item);
        hops = below > hops ? below : hops;
    }
    if (field->type == FIELD_REFERENCE) {
        if (++hops > SCHEMA_HOPS_MAX)
            diag_add(loader->diags, DIAG_SCHEMA_CYCLE, field->pos,
                     diag_str(loader->diags, field->from), NULL, NULL);
    }
    field->mark = 1 + hops;
    return hops;
}

static void
check_file(struct loader *loader)
{
    const struct field *rubric = loader->schema->rubric;
    const struct field *file =
        rubric == NULL ? NULL : schema_find(&loader->schema->root, rubric->file);

    if (rubric != NULL && (file == NULL || !is_scalar(file)))
        diag_add(loader->diags, DIAG_SCHEMA_NO_FIELD, rubric->pos, "file",
                 diag_str(loader->diags, rubric->file), NULL);
    if (rubric == NULL || rubric->variant.len == 0)
        return;
    const struct field *variant = schema_find(&loader->schema->root, rubric->variant);
    if (variant == NULL || variant->type != FIELD_TEXT)
        diag_add(loader->diags, DIAG_SCHEMA_NO_FIELD, rubric->pos, "variant",
                 diag_str(loader->diags, rubric->variant), NULL);
}

void
link_fields(struct loader *loader)
{
    size_t errors = diags_level_count(loader->diags, DIAG_ERROR);

    link_maps(loader, &loader->schema->root, false);
    check_file(loader);
    link_all_keyed(loader, &loader->schema->root, false);
    if (diags_level_count(loader->diags, DIAG_ERROR) != errors)
        return;
    link_references(loader, &loader->schema->root);
    link_scores(loader);
    if (diags_level_count(loader->diags, DIAG_ERROR) == errors)
        (void)measure(loader, &loader->schema->root);
}
