/* A rubric as a file of its own: checked, and told in few lines. */
#include "base/arena.h"
#include "engine/engine.h"
#include "engine/rubric.h"
#include "schema/schema.h"
#include "value/value.h"

#define SHOWN 8 /* entries of a list; of more the first and the last */

bool
banthuek_is_rubric(const struct banthuek *b)
{
    return b->report != NULL && rubric_is(b->report);
}

/* The folder of the template whose rubric was loaded. */
static const char *
template_of(struct banthuek *b)
{
    struct str name = rubric_template(b->report);

    if (b->options.template_dir != NULL)
        return b->options.template_dir;
    return engine_find_template(b, name, value_get(b->report, STR(SCHEMA_RUBRIC_KEY))->pos);
}

bool
engine_rubric(struct banthuek *b)
{
    if (b->data_step != STEP_OPEN)
        return b->data_step == STEP_DONE;
    b->data_step = STEP_FAILED;
    b->template_dir = template_of(b);
    b->schema = b->template_dir == NULL ? NULL : engine_schema(b, b->template_dir);
    if (b->schema == NULL)
        return false;
    if (b->schema->rubric == NULL) {
        diag_add(b->diags, DIAG_ENGINE_RUBRIC_NOT_TAKEN, b->report->pos, b->template_dir, NULL,
                 NULL);
        return false;
    }
    b->data = rubric_read(b, b->schema, b->report);
    if (b->data == NULL)
        return false;
    b->data_step = STEP_DONE;
    return true;
}

/* ---- the summary */

static bool
is_percent(const struct field *field)
{
    return field->type == FIELD_DECIMAL && field->has_range && field->range[0].units == 0 &&
           decimal_cmp(field->range[1], (struct decimal){100, 0}) == 0;
}

/* An entry in a word: what tells it from the others, and its weight when it has one. */
static void
add_entry(const struct field *item, const struct value *entry, struct buf *out)
{
    const char *blank = "";

    for (size_t i = 0; i < item->field_count; i++) {
        const struct field *field = &item->fields[i];
        const struct value *value = value_get(entry, field->name);
        if ((!field->unique && !(is_percent(field) && field->required)) || value == NULL ||
            value->kind == VALUE_NONE)
            continue;
        buf_printf(out, "%s%.*s", blank, STR_FMT(value->text));
        blank = " ";
    }
}

/* "3 (IIT 30, EIT 30, OIT 40)" */
static void
add_list(const struct field *item, const struct value *list, struct buf *out)
{
    struct buf names = buf_in(out->arena);
    size_t at = 0;

    for (const struct value *entry = list->first; entry != NULL; entry = entry->next, at++) {
        bool few = list->count <= SHOWN;
        if (entry->kind != VALUE_MAP || (!few && at > 0 && at < list->count - 1))
            continue;
        if (at > 0)
            buf_text(&names, few ? ", " : " … ");
        add_entry(item, entry, &names);
    }
    buf_printf(out, "%zu", list->count);
    if (item->field_count > 0 && item->fields[0].unique)
        buf_printf(out, " (%.*s)", STR_FMT(buf_str(&names)));
}

static void
add_field(const struct field *field, const struct value *value, int level, struct buf *out)
{
    if (value == NULL || value->kind == VALUE_NONE)
        return;
    buf_printf(out, "%*s%.*s:", level * 2, "", STR_FMT(field->name));
    if (field->type == FIELD_MAP) {
        buf_byte(out, '\n');
        for (size_t i = 0; i < field->field_count; i++)
            add_field(&field->fields[i], value_get(value, field->fields[i].name), level + 1, out);
        return;
    }
    buf_byte(out, ' ');
    if (value->kind == VALUE_LIST)
        add_list(field->item, value, out);
    else if (value->kind == VALUE_BOOL)
        buf_text(out, value->boolean ? "ใช่" : "ไม่");
    else
        buf_add(out, value->text);
    buf_byte(out, '\n');
}

/* The templates that it is for. */
static void
add_names(const struct value *names, struct buf *out)
{
    buf_text(out, SCHEMA_RUBRIC_KEY ":");
    if (names->kind == VALUE_TEXT)
        buf_printf(out, " %.*s", STR_FMT(names->text));
    for (const struct value *name = names->first; name != NULL; name = name->next)
        buf_printf(out, "%s%.*s", name == names->first ? " " : ", ", STR_FMT(name->text));
    buf_byte(out, '\n');
}

bool
banthuek_rubric_summary(struct banthuek *b, struct banthuek_bytes *text)
{
    struct buf out = buf_in(b->arena);

    if (!banthuek_is_rubric(b) || !engine_rubric(b))
        return false;
    add_names(value_get(b->report, STR(SCHEMA_RUBRIC_KEY)), &out);
    for (size_t i = 0; i < b->schema->rubric->field_count; i++) {
        const struct field *field = &b->schema->rubric->fields[i];
        add_field(field, value_get(b->data, field->name), 0, &out);
    }
    *text = engine_bytes(buf_str(&out));
    return true;
}
