/* Asking a schema: its fields by name, what a template sees of them, the listing for people. */
#include "schema/schema.h"

#include "base/arena.h"
#include "schema/names.h"
#include "thai/date.h"
#include "thai/digits.h"
#include "value/value.h"

static bool
has_name(const struct field *field, struct str name)
{
    if (name_eq(field->name, name))
        return true;
    for (size_t i = 0; i < field->alias_count; i++)
        if (name_eq(field->aliases[i], name))
            return true;
    return false;
}

const struct field *
schema_find(const struct field *map, struct str name)
{
    for (size_t i = 0; i < map->field_count; i++)
        if (has_name(&map->fields[i], name))
            return &map->fields[i];
    return NULL;
}

const struct value *
schema_datum(const struct value *datum, const struct field *map, const struct field *field)
{
    if (datum == NULL || datum->kind != VALUE_MAP)
        return NULL;
    for (const struct value *child = datum->first; child != NULL; child = child->next)
        if (schema_find(map, child->key) == field)
            return child;
    return NULL;
}

const struct value *
schema_datum_at(const struct value *datum, const struct field *map, struct str path)
{
    while (path.len > 0 && datum != NULL) {
        const struct field *field = schema_find(map, name_cut(&path));
        datum = field == NULL ? NULL : schema_datum(datum, map, field);
        map = field;
    }
    return datum;
}

struct str
schema_nearest(const struct field *map, struct str name)
{
    struct nearest nearest = {.name.len = 0};

    for (size_t i = 0; i < map->field_count; i++) {
        nearest_try(&nearest, name, map->fields[i].name);
        for (size_t j = 0; j < map->fields[i].alias_count; j++)
            nearest_try(&nearest, name, map->fields[i].aliases[j]);
    }
    return nearest.name;
}

const struct field *
schema_item(const struct field *field)
{
    bool is_list = field->type == FIELD_LIST || field->type == FIELD_KEYED;

    return is_list ? field->item : NULL;
}

bool
schema_is_map(const struct field *field)
{
    return field->type == FIELD_MAP || field->type == FIELD_REFERENCE ||
           field->type == FIELD_RUBRIC;
}

bool
schema_key_is_engines(struct str key)
{
    static const char *const keys[] = {"template", "แม่แบบ", "ข้อมูล", "ยอมรับ", "คำเฉพาะ"};

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (str_is(key, keys[i]))
            return true;
    return false;
}

/* The child of a report's root that means `field`, by name or alias. */
static const struct value *
given(const struct value *report, const struct field *field)
{
    if (report == NULL || report->kind != VALUE_MAP)
        return NULL;
    for (const struct value *child = report->first; child != NULL; child = child->next)
        if (has_name(field, child->key))
            return child;
    return NULL;
}

struct str
schema_rubric_variant(const struct schema *schema, const struct value *report)
{
    if (schema->rubric == NULL || schema->rubric->variant.len == 0)
        return STR("");
    const struct value *value = given(report, schema_find(&schema->root, schema->rubric->variant));
    return value == NULL || value->kind != VALUE_TEXT ? STR("") : str_trim(value->text);
}

/* The text of the field that names the rubric; a year in four Arabic digits. False with a
 * diagnostic. */
static bool
file_name(struct arena *arena, struct diags *diags, const struct field *field,
          const struct value *report, struct str *out)
{
    const struct value *value = given(report, field);
    const char *name = diag_str(diags, field->name);
    if (value == NULL || value->kind == VALUE_NONE) {
        diag_add(diags, DIAG_FIELD_MISSING, report == NULL ? POS_NONE : report->pos, name,
                 str_cstr(arena, field->help), NULL);
        return false;
    }
    if (value->kind != VALUE_TEXT) {
        diag_add(diags, DIAG_FIELD_NOT_SCALAR, value->pos, name, NULL, NULL);
        return false;
    }
    *out = str_trim(digits_to_arabic(arena, value->text));
    if (field->type != FIELD_YEAR)
        return true;
    int year = 0;
    const char *text = diag_str(diags, value->text);
    switch (date_year(value->text, &year)) {
    case DATE_GOOD:
        *out = str_of(arena_printf(arena, "%d", year));
        return true;
    case DATE_WRONG_ERA:
        diag_add(diags, DIAG_FIELD_WRONG_ERA, value->pos, name, text,
                 diag_printf(diags, "%d", year));
        return false;
    default:
        diag_add(diags, DIAG_FIELD_NOT_YEAR, value->pos, name, text, NULL);
        return false;
    }
}

bool
schema_rubric_name(struct arena *arena, struct diags *diags, const struct schema *schema,
                   const struct value *report, struct str *out)
{
    if (schema->rubric == NULL)
        return false;
    const struct field *field = schema_find(&schema->root, schema->rubric->file);
    struct str variant = schema_rubric_variant(schema, report);
    if (!file_name(arena, diags, field, report, out))
        return false;
    if (variant.len > 0)
        *out = str_of(arena_printf(arena, "%.*s-%.*s", STR_FMT(*out), STR_FMT(variant)));
    return true;
}
