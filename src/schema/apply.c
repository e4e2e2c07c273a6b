/* Typing a report by its schema: maps and lists, and what every field has in common. */
#include "schema/apply.h"

#include "base/arena.h"
#include "base/utf8.h"

bool
apply_is_absent(const struct value *given)
{
    if (given == NULL || given->kind == VALUE_NONE)
        return true;
    if (given->kind == VALUE_TEXT)
        return utf8_trim(given->text).len == 0;
    return value_is_empty_list(given);
}

static void
add_steps(struct buf *out, const struct apply_step *step)
{
    if (step == NULL)
        return;
    add_steps(out, step->up);
    if (step->number > 0)
        buf_printf(out, "[%zu]", step->number);
    else if (step->name.len > 0)
        buf_printf(out, "%s%.*s", out->len == 0 ? "" : ".", STR_FMT(step->name));
}

void
apply_missing(struct apply *apply, struct str name, struct str help, struct pos pos)
{
    struct diags *diags = apply->diags;
    struct buf path = buf_in(apply->arena);
    const struct apply_step step = {.up = apply->step, .name = name};

    add_steps(&path, &step);
    diag_add(diags, DIAG_FIELD_MISSING, pos, diag_str(diags, buf_str(&path)),
             str_cstr(apply->arena, help), NULL);
}

struct value *
apply_below(struct apply *apply, const struct field *field, struct apply_step step, struct str name,
            const struct value *given)
{
    step.up = apply->step;
    apply->step = &step;
    struct value *value = apply_field(apply, field, name, given);
    apply->step = step.up;
    return value;
}

/* ---- lists */

static void
check_count(struct apply *apply, const struct field *field, struct str name,
            const struct value *list)
{
    struct diags *diags = apply->diags;
    bool few = list->count < field->count_min;
    bool many = field->count_max > 0 && list->count > field->count_max;

    if (few || many)
        diag_add(diags, few ? DIAG_FIELD_TOO_FEW : DIAG_FIELD_TOO_MANY, list->pos,
                 diag_str(diags, name), diag_printf(diags, "%zu", list->count),
                 diag_printf(diags, "%zu", few ? field->count_min : field->count_max));
}

/* The value that comes twice in a field of the maps of a list is told at its later place. */
static void
check_unique(struct apply *apply, const struct field *field, const struct value *list)
{
    struct name_index index = name_index_of(apply->arena, list, field->name);
    struct diags *diags = apply->diags;

    for (size_t i = 1; i < index.count; i++) {
        if (!name_eq(index.entries[i - 1].name, index.entries[i].name))
            continue;
        const struct value *first = value_get(index.entries[i - 1].value, field->name);
        const struct value *again = value_get(index.entries[i].value, field->name);
        diag_add(diags, DIAG_FIELD_NOT_UNIQUE, again->pos, diag_str(diags, field->name),
                 diag_str(diags, again->text), diag_place(diags, first->pos));
    }
}

/* Sets a field that says whether another one repeats that of the entry before. */
static void
mark_repeats(const struct field *field, const struct value *list)
{
    const struct value *before = NULL;

    for (struct value *entry = list->first; entry != NULL; entry = entry->next) {
        const struct value *now = value_get(entry, field->repeats);
        for (struct value *child = entry->first; child != NULL; child = child->next) {
            if (!str_eq(child->key, field->name))
                continue;
            child->kind = VALUE_BOOL;
            child->boolean = now != NULL && before != NULL && now->kind == VALUE_TEXT &&
                             before->kind == VALUE_TEXT && name_eq(now->text, before->text);
        }
        before = now;
    }
}

static void
check_entries(struct apply *apply, const struct field *item, const struct value *list)
{
    if (item->type != FIELD_MAP)
        return;
    for (size_t i = 0; i < item->field_count; i++) {
        if (item->fields[i].unique)
            check_unique(apply, &item->fields[i], list);
        if (item->fields[i].repeats.len > 0)
            mark_repeats(&item->fields[i], list);
    }
}

/* A text where a list of texts is meant: each of its lines is an entry. */
static void
add_lines(struct apply *apply, const struct field *item, struct str name, const struct value *given,
          struct value *list)
{
    struct str rest = given->text, line;
    struct value part = *given;

    part.flags = 0;
    while (str_line(&rest, &line)) {
        part.text = str_trim(line);
        if (part.text.len > 0)
            value_append(list, apply_field(apply, item, name, &part));
    }
}

static struct value *
apply_list(struct apply *apply, const struct field *field, struct str name,
           const struct value *given)
{
    struct value *list = value_new(apply->arena, VALUE_LIST, given->pos);
    const struct field *item = field->item;
    bool texts = item->type != FIELD_MAP && item->type != FIELD_LIST;

    if (given->kind == VALUE_TEXT && texts) {
        add_lines(apply, item, name, given, list);
    } else if (given->kind != VALUE_LIST) {
        diag_add(apply->diags, DIAG_FIELD_NOT_LIST, given->pos, diag_str(apply->diags, name), NULL,
                 NULL);
        return value_new(apply->arena, VALUE_NONE, given->pos);
    }
    size_t number = 0;
    for (const struct value *child = given->first; child != NULL; child = child->next) {
        const struct apply_step step = {.number = ++number};
        if (!apply_is_absent(child))
            value_append(list, apply_below(apply, item, step, name, child));
    }
    check_count(apply, field, name, list);
    check_entries(apply, item, list);
    return list;
}

/* ---- maps */

/* The field of the report's root or of a nested map of `map` where an unknown key would fit. */
static bool
tell_misplaced(struct apply *apply, const struct field *map, struct str name,
               const struct value *child)
{
    const struct field *root = &apply->schema->root;
    struct diags *diags = apply->diags;

    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *inner = &map->fields[i];
        if (inner->type != FIELD_MAP || schema_find(inner, child->key) == NULL)
            continue;
        diag_add(diags, DIAG_FIELD_INSIDE, child->key_pos, diag_str(diags, child->key),
                 diag_str(diags, inner->name), NULL);
        return true;
    }
    if (apply->alone || map == root || schema_find(root, child->key) == NULL)
        return false;
    diag_add(diags, DIAG_FIELD_OUTSIDE, child->key_pos, diag_str(diags, child->key),
             diag_str(diags, name), NULL);
    return true;
}

static void
unknown_key(struct apply *apply, const struct field *map, struct str name,
            const struct value *child)
{
    struct diags *diags = apply->diags;
    struct str nearest = STR("");

    if (apply->nearest_left > 0) {
        apply->nearest_left--;
        if (tell_misplaced(apply, map, name, child))
            return;
        nearest = schema_nearest(map, child->key);
    }
    diag_add(diags, nearest.len > 0 ? DIAG_FIELD_UNKNOWN_NEAR : DIAG_FIELD_UNKNOWN, child->key_pos,
             diag_str(diags, child->key), diag_str(diags, nearest), NULL);
}

static const struct value *
with_key(const struct value *value, struct str key)
{
    return value != NULL && name_eq(value->key, key) ? value : NULL;
}

/* Sorts the children of a report's map to the fields they mean. */
static void
assign(struct apply *apply, const struct field *map, struct str name, const struct value *given,
       struct str skip, const struct value **found)
{
    bool at_root = map == &apply->schema->root;
    struct diags *diags = apply->diags;

    for (const struct value *child = given->first; child != NULL; child = child->next) {
        if ((at_root && schema_key_is_engines(child->key)) ||
            (map == apply->schema->rubric && str_is(child->key, SCHEMA_RUBRIC_KEY)) ||
            (skip.len > 0 && with_key(child, skip) != NULL))
            continue;
        const struct field *field = schema_find(map, child->key);
        if (field == NULL) {
            unknown_key(apply, map, name, child);
            continue;
        }
        size_t at = (size_t)(field - map->fields);
        if (field->repeats.len > 0)
            diag_add(diags, DIAG_FIELD_COMPUTED, child->key_pos, diag_str(diags, child->key), NULL,
                     NULL);
        else if (field->type == FIELD_RUBRIC)
            diag_add(diags, DIAG_FIELD_FROM_RUBRIC, child->key_pos, diag_str(diags, child->key),
                     NULL, NULL);
        else if (found[at] != NULL)
            diag_add(diags, DIAG_FIELD_TWICE, child->key_pos, diag_str(diags, child->key),
                     diag_str(diags, found[at]->key), NULL);
        else
            found[at] = child;
    }
}

static void
check_needs(struct apply *apply, const struct field *map, const struct value **found)
{
    struct diags *diags = apply->diags;

    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *field = &map->fields[i];
        if (field->needs.len == 0 || apply_is_absent(found[i]))
            continue;
        const struct field *other = schema_find(map, field->needs);
        if (apply_is_absent(found[other - map->fields]))
            diag_add(diags, DIAG_FIELD_NEEDS, found[i]->key_pos, diag_str(diags, field->name),
                     diag_str(diags, other->name), NULL);
    }
}

struct value *
apply_map(struct apply *apply, const struct field *map, struct str name, const struct value *given,
          struct pos pos, struct str skip)
{
    struct value *typed = value_new(apply->arena, VALUE_MAP, pos);
    const struct value **found =
        arena_array(apply->arena, map->field_count + 1, sizeof(const struct value *));

    if (given != NULL)
        assign(apply, map, name, given, skip, found);
    check_needs(apply, map, found);
    apply_beside(apply, map, found);
    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *field = &map->fields[i];
        const struct apply_step step = {.name = field->name};
        struct value *value = apply_below(apply, field, step, field->name, found[i]);
        if (found[i] == NULL)
            value->pos = pos;
        if (field->required && apply_is_absent(found[i]) && field->type != FIELD_RUBRIC &&
            !apply_stands_in(map, field, found))
            apply_missing(apply, field->name, field->help,
                          found[i] == NULL ? pos : found[i]->key_pos);
        value->key = field->name;
        value->key_pos = found[i] == NULL ? pos : found[i]->key_pos;
        value_append(typed, value);
    }
    apply_first(apply, map, found, typed);
    return typed;
}

static struct value *
apply_inner_map(struct apply *apply, const struct field *field, struct str name,
                const struct value *given)
{
    struct buf fields = buf_in(apply->arena);

    if (given->kind == VALUE_MAP)
        return apply_map(apply, field, name, given, given->pos, STR(""));
    for (size_t i = 0; i < field->field_count; i++) {
        buf_text(&fields, i == 0 ? "" : ", ");
        buf_add(&fields, field->fields[i].name);
    }
    diag_add(apply->diags, DIAG_FIELD_NOT_MAP, given->pos, diag_str(apply->diags, name),
             str_cstr(apply->arena, buf_str(&fields)), NULL);
    return value_new(apply->arena, VALUE_NONE, given->pos);
}

/* A text with a hole in it is one for a draft; what is nothing but a hole is as if it were absent.
 */
static bool
hole_leaves_words(const struct field *field, const struct value *given)
{
    bool is_text = field->type == FIELD_TEXT || field->type == FIELD_PARAGRAPHS;

    return is_text && !(given->kind == VALUE_TEXT && str_is(given->text, SCHEMA_HOLE));
}

struct value *
apply_field(struct apply *apply, const struct field *field, struct str name,
            const struct value *given)
{
    if (field->type == FIELD_RUBRIC && apply->rubric != NULL)
        return apply_alias(apply, apply->rubric, field);
    if (apply_is_absent(given))
        return value_new(apply->arena, VALUE_NONE, given == NULL ? POS_NONE : given->pos);
    if (apply_holes(apply, field, name, given) && !hole_leaves_words(field, given))
        return value_new(apply->arena, VALUE_NONE, given->pos);
    switch (field->type) {
    case FIELD_PARAGRAPHS:
        return apply_paragraphs(apply, field, name, given);
    case FIELD_LIST:
        return apply_list(apply, field, name, given);
    case FIELD_MAP:
        return apply_inner_map(apply, field, name, given);
    case FIELD_KEYED:
        return apply_keyed(apply, field, name, given);
    default:
        return apply_scalar(apply, field, name, given);
    }
}

/* The rubric's tree is changed where references are put in: a copy, all levels. */
static struct value *
copy_tree(struct arena *arena, const struct value *from)
{
    struct value *copy = value_new(arena, from->kind, from->pos);

    *copy = *from;
    copy->first = copy->last = copy->next = NULL;
    copy->count = 0;
    for (const struct value *child = from->first; child != NULL; child = child->next)
        value_append(copy, copy_tree(arena, child));
    return copy;
}

struct value *
schema_apply(struct arena *arena, struct diags *diags, const struct schema *schema,
             const struct value *report, const struct value *rubric)
{
    struct apply apply = {.arena = arena,
                          .diags = diags,
                          .schema = schema,
                          .rubric = rubric == NULL ? NULL : copy_tree(arena, rubric),
                          .nearest_left = APPLY_NEAREST_MAX};

    if (report->kind != VALUE_MAP) {
        diag_add(diags, DIAG_FIELD_NOT_REPORT, report->pos, NULL, NULL, NULL);
        report = value_new(arena, VALUE_MAP, report->pos);
    }
    if (schema->rubric != NULL && rubric == NULL)
        diag_add(diags, DIAG_FIELD_NO_RUBRIC, report->pos, diag_str(diags, schema->rubric->name),
                 NULL, NULL);
    struct value *typed = apply_map(&apply, &schema->root, STR(""), report, report->pos, STR(""));
    apply.root = typed;
    apply_references(&apply, &schema->root, typed, STR(""));
    return typed;
}
