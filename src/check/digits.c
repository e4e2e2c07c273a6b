/* Sentences with digits of both kinds: one of them was pasted from elsewhere. */
#include "check/inner.h"

#include "schema/schema.h"
#include "thai/digits.h"
#include "value/value.h"

static void
check_text(struct diags *findings, const struct value *value)
{
    struct str rest = value->text, line;
    struct digits_mixed mixed;

    while (str_line(&rest, &line)) {
        if (!digits_are_mixed(line, &mixed))
            continue;
        diag_add(findings, DIAG_DIGITS_MIXED, value->pos, diag_str(findings, mixed.thai),
                 diag_str(findings, mixed.arabic), NULL);
        return;
    }
}

static void
walk(struct diags *findings, const struct field *field, const struct value *value)
{
    const struct value *child = value->first;

    if (field->type == FIELD_TEXT && value->kind == VALUE_TEXT)
        check_text(findings, value);
    if (field->type == FIELD_PARAGRAPHS)
        for (; child != NULL; child = child->next)
            check_text(findings, child);
    if (field->type == FIELD_MAP && value->kind == VALUE_MAP) {
        /* a typed map has a child per field, in the same order */
        for (size_t i = 0; i < field->field_count && child != NULL; i++, child = child->next)
            walk(findings, &field->fields[i], child);
    } else if (schema_item(field) != NULL && value->kind == VALUE_LIST) {
        for (; child != NULL; child = child->next)
            walk(findings, field->item, child);
    }
}

void
digits_check(struct diags *findings, const struct schema *schema, const struct value *data)
{
    walk(findings, &schema->root, data);
}
