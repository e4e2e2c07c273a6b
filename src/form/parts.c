/* Which sheets a rubric has as a workbook. */
#include "base/arena.h"
#include "form/inner.h"
#include "schema/names.h"
#include "schema/schema.h"

#define NUMBER_POINTS 4 /* of a name kept for the number that tells two of a name apart */

struct sorting {
    struct arena *arena;
    struct diags *diags; /* NULL: what has no place is not told */
    struct parts *parts;
};

static void
tell_no_place(const struct sorting *sorting, const struct field *field)
{
    if (sorting->diags != NULL)
        diag_add(sorting->diags, DIAG_FORM_NO_PLACE, field->pos,
                 diag_str(sorting->diags, field->name), NULL, NULL);
}

static bool
is_table(const struct field *field)
{
    return field->type == FIELD_LIST && field->item->type == FIELD_MAP;
}

/* ---- what entries are named by */

static bool
can_name(const struct field *field)
{
    return field->type == FIELD_TEXT || field->type == FIELD_INTEGER || field->type == FIELD_YEAR ||
           field->type == FIELD_ENUM || field->type == FIELD_REFERENCE;
}

/* What no two entries share; else the first that each entry has. */
static const struct field *
key_of(const struct field *map)
{
    const struct field *key = NULL;

    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *field = &map->fields[i];
        if (!can_name(field))
            continue;
        if (field->unique)
            return field;
        if (key == NULL && field->required)
            key = field;
    }
    return key;
}

/* A column that names the entry above: "รหัสของเครื่องมือ". */
static struct field
naming_column(struct arena *arena, const struct part *above)
{
    const struct field *key = above->key;
    const char *name =
        arena_printf(arena, "%.*sของ%.*s", STR_FMT(key->name), STR_FMT(above->list->name));

    return (struct field){
        .name = str_of(name),
        .pos = key->pos,
        .type = FIELD_REFERENCE,
        .help = str_of(arena_printf(arena, "แถวนี้เป็นของข้อใดในแผ่น %.*s", STR_FMT(above->name))),
        .required = true,
        .places = -1};
}

/* The list as a table: before its own columns those that name the entries above, the outermost
 * first. */
static const struct field *
table_of(struct arena *arena, const struct field *list, const struct part *above)
{
    size_t depth = above == NULL ? 0 : above->depth + 1, own = list->item->field_count;
    struct field *table = arena_alloc(arena, sizeof *table);
    struct field *item = arena_alloc(arena, sizeof *item);
    struct field *fields = arena_array(arena, depth + own + 1, sizeof *fields);

    if (depth == 0)
        return list;
    for (size_t i = depth; i > 0; i--, above = above->above)
        fields[i - 1] = naming_column(arena, above);
    for (size_t i = 0; i < own; i++)
        fields[depth + i] = list->item->fields[i];
    *table = *list;
    *item = *list->item;
    item->fields = fields;
    item->field_count = depth + own;
    table->item = item;
    return table;
}

/* ---- the sheets */

static bool
is_taken(const struct parts *parts, struct str name)
{
    for (size_t i = 0; i < parts->count; i++)
        if (name_eq(parts->all[i].name, name))
            return true;
    return false;
}

/* The name that the schema gives, else that of the list, behind what it lies in. */
static struct str
name_of(struct sorting *sorting, const struct field *list, struct str path,
        const struct part *above)
{
    struct arena *arena = sorting->arena;
    struct buf wanted = buf_in(arena);
    struct str rest = path;

    if (above != NULL)
        buf_printf(&wanted, "%.*s - ", STR_FMT(above->name));
    while (list->sheet.len == 0 && rest.len > 0) {
        buf_add(&wanted, name_cut(&rest));
        buf_text(&wanted, rest.len == 0 ? "" : " - ");
    }
    if (list->sheet.len > 0)
        wanted = buf_in(arena);
    buf_add(&wanted, list->sheet);
    struct str name = form_sheet_name(arena, buf_str(&wanted), FORM_NAME_MAX);
    struct str begin = form_sheet_name(arena, buf_str(&wanted), FORM_NAME_MAX - NUMBER_POINTS);
    for (int i = 2; is_taken(sorting->parts, name); i++)
        name = str_of(arena_printf(arena, "%.*s %d", STR_FMT(begin), i));
    return name;
}

static void
add_lists(struct sorting *sorting, const struct field *map, struct str path, bool required,
          const struct part *above)
{
    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *field = &map->fields[i];
        struct str inner = name_joined(sorting->arena, path, field->name);
        bool needed = required && field->required;
        if (field->type == FIELD_MAP) {
            add_lists(sorting, field, inner, needed, above);
        } else if (is_table(field) && (above == NULL || above->key != NULL)) {
            struct part *part = &sorting->parts->all[sorting->parts->count];
            *part = (struct part){.name = name_of(sorting, field, inner, above),
                                  .field = table_of(sorting->arena, field, above),
                                  .list = field,
                                  .key = key_of(field->item),
                                  .path = inner,
                                  .above = above,
                                  .depth = above == NULL ? 0 : above->depth + 1,
                                  .required = needed};
            sorting->parts->count++;
            add_lists(sorting, field->item, STR(""), needed, part);
        } else if (!leaf_fits(field) && field->repeats.len == 0) {
            tell_no_place(sorting, field);
        }
    }
}

static size_t
count_lists(const struct field *map)
{
    size_t count = 0;

    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *field = &map->fields[i];
        if (field->type == FIELD_MAP)
            count += count_lists(field);
        else if (is_table(field))
            count += 1 + count_lists(field->item);
    }
    return count;
}

struct parts
parts_of(struct arena *arena, struct diags *diags, const struct schema *schema)
{
    const struct field *rubric = schema->rubric;
    struct field *rows = arena_alloc(arena, sizeof *rows);
    struct parts parts = {arena_array(arena, count_lists(rubric) + 1, sizeof parts.all[0]), 1};
    struct sorting sorting = {arena, diags, &parts};
    struct str name = rubric->sheet.len > 0 ? rubric->sheet : rubric->name;

    *rows = *rubric;
    rows->type = FIELD_MAP;
    parts.all[0] = (struct part){
        .name = form_sheet_name(arena, name, FORM_NAME_MAX), .field = rows, .required = true};
    add_lists(&sorting, rubric, STR(""), true, NULL);
    return parts;
}
