/* The static check of names and filters: every name is resolved against the schema to a fixed
 * level of the context stack, so that an absent value never falls through to one of the same name
 * further out. */
#include "schema/schema.h"

#include <stdint.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "thai/date.h"
#include "tmpl/tree.h"

/* ---- fields that are used */

static size_t
slot_of(const struct used *used, const struct field *field)
{
    size_t slot = ((uintptr_t)field >> 4) * 31 & (used->cap - 1);

    while (used->slots[slot] != NULL && used->slots[slot] != field)
        slot = (slot + 1) & (used->cap - 1);
    return slot;
}

static void
add_used(struct arena *arena, struct used *used, const struct field *field)
{
    if (used->count * 2 >= used->cap) {
        struct used grown = {NULL, 0, used->cap == 0 ? 128 : used->cap * 2};
        grown.slots = arena_array(arena, grown.cap, sizeof(struct field *));
        for (size_t i = 0; i < used->cap; i++) {
            if (used->slots[i] != NULL)
                add_used(arena, &grown, used->slots[i]);
        }
        *used = grown;
    }
    size_t slot = slot_of(used, field);
    if (used->slots[slot] == NULL)
        used->count++;
    used->slots[slot] = field;
}

bool
used_has(const struct used *used, const struct field *field)
{
    return used->cap > 0 && used->slots[slot_of(used, field)] == field;
}

/* A reference shows an entry of the list it names, so that list is used too. */
static void
mark_used(struct check *check, const struct field *field)
{
    add_used(check->arena, &check->used, field);
    if (field->type == FIELD_REFERENCE && field->target != NULL)
        add_used(check->arena, &check->used, field->target);
}

/* ---- types */

/* What templates see of a field. */
static unsigned
type_of(const struct field *field)
{
    static const unsigned seen[] = {
#define T(type, name, thai, seen) TYPE_##seen,
#include "schema/types.def"
#undef T
    };
    const struct field *item = schema_item(field);
    bool list = field->type == FIELD_LIST || field->type == FIELD_KEYED;

    return list && item != NULL && (type_of(item) & TYPE_SINGLE) != 0 ? TYPE_TEXTS
                                                                      : seen[field->type];
}

/* ---- names */

static bool
fail(struct check *check)
{
    check->good = false;
    return false;
}

static bool
unknown(struct check *check, struct pos pos, struct str name, struct str nearest)
{
    tmpl_tell(check->diags, nearest.len == 0 ? DIAG_TMPL_UNKNOWN_NAME : DIAG_TMPL_UNKNOWN_NEAR, pos,
              diag_str(check->diags, name),
              nearest.len == 0 ? NULL : diag_str(check->diags, nearest), NULL);
    return fail(check);
}

static bool
level_has_names(const struct check_level *level)
{
    return level->field != NULL && (level->type & TYPE_MAP) != 0 && schema_is_map(level->field);
}

/* The nearest name on any level, the innermost of equally near ones. */
static struct str
nearest_of_all(const struct check *check, struct str name)
{
    struct str best = STR("");
    size_t best_distance = SIZE_MAX;

    for (size_t i = check->level_count; i > 0; i--) {
        const struct check_level *level = &check->levels[i - 1];
        if (!level_has_names(level))
            continue;
        struct str near = schema_nearest(level->field, name);
        size_t distance = near.len == 0 ? SIZE_MAX : str_distance(name, near);
        if (distance < best_distance) {
            best = near;
            best_distance = distance;
        }
    }
    return best;
}

static void
add_key(struct check *check, struct expr *expr, const struct field *field)
{
    expr->keys[expr->key_count++] = field->name;
    mark_used(check, field);
}

/* The first name of a path: on the innermost of the levels that has it. */
static const struct field *
find_first(struct check *check, struct expr *expr, struct str name, size_t levels)
{
    for (size_t i = levels; i > 0; i--) {
        const struct check_level *level = &check->levels[i - 1];
        if (!level_has_names(level))
            continue;
        const struct field *field = schema_find(level->field, name);
        if (field != NULL) {
            expr->level = i - 1;
            add_key(check, expr, field);
            return field;
        }
    }
    (void)unknown(check, expr->pos, name, nearest_of_all(check, name));
    return NULL;
}

static size_t
count_dots(struct str path)
{
    size_t count = 0;

    for (size_t i = 0; i < path.len; i++)
        count += path.ptr[i] == '.';
    return count;
}

static bool
find_path(struct check *check, struct expr *expr, struct found *out)
{
    struct str path = expr_from_root(expr->path);
    size_t levels = path.len > 0 ? 1 : check->level_count;

    if (path.len == 0)
        path = expr->path;
    size_t dot = str_find(path, STR("."));
    expr->keys = arena_array(check->arena, count_dots(path) + 1, sizeof *expr->keys);
    expr->key_count = 0;
    const struct field *field = find_first(check, expr, str_trim(str_sub(path, 0, dot)), levels);
    while (field != NULL && dot != SIZE_MAX) {
        path = str_sub(path, dot + 1, path.len);
        dot = str_find(path, STR("."));
        struct str name = str_trim(str_sub(path, 0, dot));
        if (!schema_is_map(field)) {
            tmpl_tell(check->diags, DIAG_TMPL_NO_PARTS, expr->pos,
                      diag_str(check->diags, field->name), diag_str(check->diags, name),
                      filter_type_name(check->diags, type_of(field)));
            return fail(check);
        }
        const struct field *child = schema_find(field, name);
        if (child == NULL)
            return unknown(check, expr->pos, name, schema_nearest(field, name));
        add_key(check, expr, child);
        field = child;
    }
    if (field == NULL)
        return false;
    *out = (struct found){field, type_of(field)};
    return true;
}

static bool
find_special(struct check *check, const struct expr *expr, struct found *out)
{
    *out = (struct found){NULL, expr->special == SPECIAL_INDEX ? TYPE_NUMBER : TYPE_BOOL};
    for (size_t i = 0; i < check->level_count; i++) {
        if (check->levels[i].loop)
            return true;
    }
    tmpl_tell(check->diags, DIAG_TMPL_NOT_IN_LOOP, expr->pos, diag_str(check->diags, expr->path),
              NULL, NULL);
    return fail(check);
}

/* ---- filters */

static bool
is_choice(const struct field *field, struct str word)
{
    for (size_t i = 0; i < field->choice_count; i++) {
        if (str_eq(field->choices[i].name, word))
            return true;
    }
    return false;
}

static struct str
all_choices(struct arena *arena, const struct field *field)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < field->choice_count; i++) {
        buf_text(&out, i == 0 ? "" : ", ");
        buf_add(&out, field->choices[i].name);
    }
    return buf_str(&out);
}

/* What a value is compared with must be one that it can have. */
static bool
check_compared(struct check *check, const struct filter_use *use, const struct found *found,
               struct str arg)
{
    bool is_enum = found->field != NULL && found->field->type == FIELD_ENUM;
    struct decimal number;
    struct date date;
    const char *form = NULL;

    if (is_enum && arg.len > 0 && !is_choice(found->field, arg)) {
        tmpl_tell(check->diags, DIAG_TMPL_NOT_A_CHOICE, use->pos, diag_str(check->diags, arg),
                  diag_str(check->diags, found->field->name),
                  diag_str(check->diags, all_choices(check->arena, found->field)));
        return fail(check);
    }
    if (found->type == TYPE_NUMBER && !decimal_parse(arg, &number))
        form = "86, 86.17";
    else if (found->type == TYPE_DATE && date_parse(arg, &date) != DATE_GOOD)
        form = "2566-09-29";
    else if (found->type == TYPE_BOOL && !str_is(arg, "ใช่") && !str_is(arg, "ไม่ใช่") &&
             !str_is(arg, "yes") && !str_is(arg, "no"))
        form = "ใช่, ไม่ใช่, yes, no";
    if (form == NULL)
        return true;
    tmpl_tell(check->diags, DIAG_TMPL_FILTER_ARGUMENT, use->pos, use->filter->name,
              diag_str(check->diags, arg), form);
    return fail(check);
}

static bool find_name(struct check *check, struct expr *expr, struct found *out);

static bool
wrong_type(struct check *check, const struct filter_use *use, struct str name, unsigned type)
{
    tmpl_tell(check->diags, DIAG_TMPL_FILTER_TYPE, use->pos, use->filter->name,
              diag_str(check->diags, name), filter_type_name(check->diags, type));
    return fail(check);
}

/* What the first argument names in the entries of a list, or in what a reference there leads to; it
 * gets the names that the schema has. */
static bool
check_entry(struct check *check, struct filter_use *use, const struct found *list,
            struct found *out)
{
    const struct field *field = list->field == NULL ? NULL : schema_item(list->field);
    struct str rest = use->args[0];
    struct buf path = buf_in(check->arena);

    do {
        size_t dot = str_find(rest, STR("."));
        struct str name = str_trim(str_sub(rest, 0, dot));
        const struct field *map = field;
        bool has_names = map != NULL && schema_is_map(map);
        field = has_names ? schema_find(map, name) : NULL;
        if (field == NULL)
            return unknown(check, use->pos, name, has_names ? schema_nearest(map, name) : STR(""));
        buf_printf(&path, "%s%.*s", path.len == 0 ? "" : ".", STR_FMT(field->name));
        mark_used(check, field);
        rest = dot == SIZE_MAX ? STR("") : str_sub(rest, dot + 1, SIZE_MAX);
    } while (rest.len > 0);
    *out = (struct found){field, type_of(field)};
    use->args[0] = buf_str(&path);
    bool numbers = use->filter->argument == ARGUMENT_NUMBERS;
    bool alone = use->filter->argument == ARGUMENT_ENTRY && use->arg_count == 1;
    return alone || (out->type & (numbers ? (unsigned)TYPE_NUMBER : (unsigned)TYPE_SINGLE)) != 0 ||
           wrong_type(check, use, field->name, out->type);
}

/* Names and words that the filter was given. */
static bool
check_arguments(struct check *check, struct filter_use *use, const struct found *found)
{
    enum argument argument = use->filter->argument;
    struct found named = *found;

    if (argument == ARGUMENT_NAME)
        return find_name(check, use->operand, &named) &&
               (named.type == TYPE_NUMBER ||
                wrong_type(check, use, use->operand->path, named.type));
    bool entries =
        argument == ARGUMENT_ENTRY || argument == ARGUMENT_NUMBERS || argument == ARGUMENT_SAME;
    if (entries && !check_entry(check, use, found, &named))
        return false;
    if (argument == ARGUMENT_SAME)
        return find_name(check, use->operand, &named);
    bool compared = argument == ARGUMENT_VALUE || argument == ARGUMENT_ENTRY;
    for (size_t i = entries ? 1 : 0; compared && i < use->arg_count; i++) {
        if (!check_compared(check, use, &named, use->args[i]))
            return false;
    }
    return true;
}

static bool
check_filter(struct check *check, const struct expr *expr, struct filter_use *use,
             struct found *found)
{
    unsigned type = 0;

    if (!filter_type(use->filter, found->type, &type))
        return wrong_type(check, use, expr->path, found->type);
    if (!check_arguments(check, use, found))
        return false;
    if (type != found->type)
        found->field = NULL;
    found->type = type;
    return true;
}

static bool
find_name(struct check *check, struct expr *expr, struct found *out)
{
    const struct check_level *top = &check->levels[check->level_count - 1];

    if (expr->special != SPECIAL_NONE)
        return find_special(check, expr, out);
    if (!str_is(expr->path, "."))
        return find_path(check, expr, out);
    expr->level = check->level_count - 1;
    expr->key_count = 0;
    *out = (struct found){top->field, top->type};
    return true;
}

bool
check_expr(struct check *check, struct expr *expr, struct found *out)
{
    bool good = find_name(check, expr, out);

    for (struct filter_use *use = expr->filters; good && use != NULL; use = use->next)
        good = check_filter(check, expr, use, out);
    expr->type = out->type;
    return good;
}

/* ---- levels */

bool
check_push(struct check *check, const struct found *found, struct pos pos, bool *pushed)
{
    const struct field *item = found->field == NULL ? NULL : schema_item(found->field);
    struct check_level level = {found->field, found->type, false};

    *pushed = found->type != TYPE_BOOL;
    if (!*pushed)
        return true;
    if (check->level_count == TMPL_LEVELS_MAX) {
        tmpl_tell(check->diags, DIAG_TMPL_NESTING, pos,
                  diag_printf(check->diags, "%d", TMPL_LEVELS_MAX), NULL, NULL);
        return fail(check);
    }
    if (item != NULL)
        mark_used(check, item);
    if ((found->type & (TYPE_LIST | TYPE_TEXTS)) != 0)
        level = (struct check_level){item, item == NULL ? TYPE_TEXT : type_of(item), true};
    else if ((found->type & TYPE_PARAS) != 0)
        level = (struct check_level){NULL, TYPE_TEXT, true};
    check->levels[check->level_count++] = level;
    return true;
}
