#include "form/official.h"

#include "schema/schema.h"
#include "schema/score_path.h"
#include "value/value.h"

const struct field *
official_naming(const struct field *field)
{
    if (field->type == FIELD_KEYED)
        return field;
    for (size_t i = 0; i < field->item->field_count; i++)
        if (field->item->fields[i].type == FIELD_REFERENCE && field->item->fields[i].unique)
            return &field->item->fields[i];
    return NULL;
}

const struct value *
official_list(const struct schema *schema, const struct value *rubric, const struct field *naming)
{
    struct str path = naming->from;

    if (naming->target != NULL && naming->target->type == FIELD_KEYED)
        path = naming->target->from;
    const struct value *value = score_rubric_value(schema, rubric, path);
    return value != NULL && value->kind == VALUE_LIST ? value : NULL;
}

struct str
official_code(const struct field *naming, const struct value *entry)
{
    const struct value *code = value_get(entry, naming->key);

    return code == NULL ? STR("") : code->text;
}
