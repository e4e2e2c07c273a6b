/* Paths of data, found by the places of messages. */
#include "schema/path.h"

#include <string.h>

#include "schema/names.h"
#include "schema/schema.h"
#include "value/value.h"

struct step {
    const struct step *up;
    const struct value *value;
    const struct field *field; /* that the value fills, or NULL */
    bool is_entry;             /* of the keyed field `field` */
    struct str name;           /* in the path, or empty */
    size_t number;             /* in a list, from 1, or 0 */
};

struct search {
    struct arena *arena;
    const struct schema *schema;
    struct pos pos;
    struct str
        about; /* the name that the message begins with, and the last of it when it is a path */
    struct str last;
    const char *found;
};

static void
add_step(struct buf *out, const struct step *step)
{
    if (step == NULL)
        return;
    add_step(out, step->up);
    if (step->number > 0)
        buf_printf(out, "[%zu]", step->number);
    if (step->name.len > 0 && out->len > 0)
        buf_byte(out, '.');
    buf_add(out, step->name);
}

static bool
take(struct search *search, const struct step *step)
{
    struct buf out = buf_in(search->arena);

    add_step(&out, step);
    search->found = out.len == 0 ? NULL : str_cstr(search->arena, buf_str(&out));
    return true;
}

static bool
is_file(const struct search *search, struct pos pos)
{
    return pos.file != NULL && strcmp(pos.file, search->pos.file) == 0;
}

static bool
is_place(const struct search *search, struct pos pos)
{
    return pos.line == search->pos.line && pos.column == search->pos.column && is_file(search, pos);
}

/* True when the place is inside of a text of one line or several. */
static bool
spans(const struct search *search, const struct value *value)
{
    unsigned line = value->pos.line;

    if (value->kind != VALUE_TEXT || value->source.len == 0 || line > search->pos.line ||
        !is_file(search, value->pos))
        return false;
    if (line == search->pos.line)
        return search->pos.column == 0 || search->pos.column > value->pos.column;
    for (size_t i = 0; i < value->source.len && line < search->pos.line; i++)
        line += value->source.ptr[i] == '\n';
    return line == search->pos.line;
}

/* ---- names of steps */

static bool
is_keyed(const struct step *step)
{
    return step->field != NULL && step->field->type == FIELD_KEYED && !step->is_entry;
}

/* The field whose `fields` a map of this step has as keys, or NULL. */
static const struct field *
map_field(const struct step *step)
{
    bool is_map = step->field != NULL && (schema_is_map(step->field) || step->is_entry);

    return is_map ? step->field : NULL;
}

/* The code of an entry of a keyed field that is written as a list. */
static struct str
code_of(const struct field *keyed, const struct value *entry)
{
    const struct value *code = name_child(entry, keyed->key);

    return code == NULL ? STR("") : code->text;
}

static struct step
step_down(const struct step *up, const struct value *child, size_t number)
{
    const struct field *map = map_field(up), *field;
    struct step step = {.up = up, .value = child};
    bool in_map = up->value->kind == VALUE_MAP;

    if (is_keyed(up)) {
        step.field = up->field;
        step.is_entry = true;
        step.name = in_map ? child->key : code_of(up->field, child);
        step.number = step.name.len == 0 ? number : 0;
        return step;
    }
    if (!in_map) {
        step.field = up->field != NULL && up->field->type == FIELD_LIST ? up->field->item : NULL;
        step.number = number;
        return step;
    }
    field = map == NULL ? NULL : schema_find(map, child->key);
    step.field = field;
    step.name = field == NULL ? child->key : field->name;
    if (up->is_entry && field != NULL && str_eq(field->name, map->value))
        step.name = STR("");
    return step;
}

/* ---- the search */

/* A map begins where its first key does; the message's name tells which of them it is about. */
static bool
find_at_map(struct search *search, const struct step *step)
{
    const struct value *map = step->value;
    struct step down;

    for (const struct value *child = map->first; child != NULL; child = child->next) {
        if (!is_place(search, child->key_pos) && !is_place(search, child->pos))
            continue;
        down = step_down(step, child, 0);
        if (name_eq(child->key, search->about) || name_eq(child->key, search->last) ||
            name_eq(down.name, search->about) || name_eq(down.name, search->last))
            return take(search, &down);
    }
    return take(search, step);
}

static bool
find(struct search *search, const struct step *step)
{
    const struct value *value = step->value;
    bool in_map = step->up != NULL && step->up->value->kind == VALUE_MAP;
    size_t number = 0;

    if (is_place(search, value->pos))
        return value->kind == VALUE_MAP ? find_at_map(search, step) : take(search, step);
    if (in_map && is_place(search, value->key_pos))
        return take(search, step);
    if (spans(search, value))
        (void)take(search, step); /* of several the last, which is the innermost */
    for (const struct value *child = value->first; child != NULL; child = child->next) {
        struct step down = step_down(step, child, ++number);
        if (find(search, &down))
            return true;
    }
    return false;
}

/* "ชื่อ" of "ความเห็น[2].ชื่อ". */
static struct str
last_name(struct str name)
{
    for (size_t dot; (dot = str_find(name, STR("."))) != SIZE_MAX;)
        name = str_sub(name, dot + 1, SIZE_MAX);
    return name;
}

const char *
path_of(struct arena *arena, const struct schema *schema, const struct value *report,
        const struct diag *diag)
{
    struct search search = {
        .arena = arena, .schema = schema, .pos = diag->pos, .about = str_of(diag->arg[0])};
    search.last = last_name(search.about);
    struct step root = {.value = report, .field = schema == NULL ? NULL : &schema->root};

    if (report == NULL || diag->pos.file == NULL)
        return NULL;
    (void)find(&search, &root);
    return search.found;
}
