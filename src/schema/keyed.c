/* Keyed fields and references: where the report and the rubric meet. */
#include "base/arena.h"
#include "schema/apply.h"
#include "schema/code.h"

#define SHOWN_CODES 12

const struct value *
apply_path(const struct apply *apply, struct str path)
{
    const struct field *rubric = apply->schema->rubric;
    struct str rest = path;

    if (rubric != NULL && name_eq(name_cut(&rest), rubric->name))
        return name_path(apply->rubric, rest);
    return name_path(apply->root, path);
}

struct value *
apply_alias(struct apply *apply, const struct value *value, const struct field *field)
{
    struct value *copy = value_new(apply->arena, VALUE_NONE, POS_NONE);

    *copy = *value;
    copy->key = field->name;
    copy->next = NULL;
    return copy;
}

static const struct name_index *
index_of(struct apply *apply, const struct value *list, struct str key)
{
    for (struct apply_index *at = apply->indexes; at != NULL; at = at->next)
        if (at->list == list && str_eq(at->key, key))
            return &at->index;
    struct apply_index *made = arena_alloc(apply->arena, sizeof *made);
    *made = (struct apply_index){list, key, name_index_of(apply->arena, list, key), apply->indexes};
    apply->indexes = made;
    return &made->index;
}

/* A text that is no code, as it stands in the field `name`. */
struct unknown {
    const struct field *field;
    struct str name, code;
    struct pos pos;
    bool cell; /* of a spreadsheet */
};

static void
tell_unknown(struct apply *apply, const struct name_index *index, const struct unknown *unknown,
             struct nearest nearest)
{
    struct diags *diags = apply->diags;

    if (nearest.name.len == 0 && apply->nearest_left > 0) {
        apply->nearest_left--;
        for (size_t i = 0; i < index->count; i++)
            nearest_try(&nearest, unknown->code, index->entries[i].name);
    }
    diag_add(diags,
             nearest.name.len > 0 ? DIAG_FIELD_CODE_NEAR
             : unknown->cell      ? DIAG_FIELD_CODE_ROW
                                  : DIAG_FIELD_CODE_UNKNOWN,
             unknown->pos, diag_str(diags, unknown->name), diag_str(diags, unknown->code),
             diag_str(diags, nearest.name));
}

static void
tell_read(struct apply *apply, struct str name, struct str text, const struct name_entry *entry,
          struct pos pos)
{
    struct diags *diags = apply->diags;

    diag_add(diags, DIAG_FIELD_CODE_READ, pos, diag_str(diags, name), diag_str(diags, text),
             diag_str(diags, entry->name));
}

/* The entry that is meant, or NULL with a message. What a rubric alone says must be right. */
static const struct name_entry *
find_entry(struct apply *apply, const struct name_index *index, const struct unknown *unknown)
{
    const struct name_entry *entry = name_index_find(index, unknown->code);
    struct diags *diags = apply->diags;
    struct code_guess guess = {.nearest = STR("")};

    if (entry != NULL)
        return entry;
    if (!apply->alone && apply->guessed < CODE_GUESS_MAX)
        guess = code_guess(apply->arena, index, unknown->field, unknown->name, unknown->code);
    apply->guessed += index->count;
    if (guess.entry != NULL)
        tell_read(apply, unknown->name, unknown->code, guess.entry, unknown->pos);
    else if (guess.code != NULL)
        diag_add(diags, DIAG_FIELD_CODE_TWO, unknown->pos, diag_str(diags, unknown->code),
                 diag_str(diags, guess.code->name), diag_str(diags, guess.named->name));
    else
        tell_unknown(apply, index, unknown, (struct nearest){.name = guess.nearest});
    return guess.entry;
}

/* ---- keyed fields */

struct keyed {
    const struct field *field;
    struct str name;
    const struct value *list; /* the rubric's */
    const struct name_index *index;
    const struct value **slots; /* the report's datum for each entry of the list, or NULL */
    struct pos *places;
};

static void
put(struct apply *apply, struct keyed *keyed, struct str code, struct pos pos,
    const struct value *datum, bool cell)
{
    const struct unknown unknown = {keyed->field, keyed->name, code, pos, cell};
    const struct name_entry *entry = find_entry(apply, keyed->index, &unknown);
    struct diags *diags = apply->diags;

    if (entry == NULL)
        return;
    if (keyed->slots[entry->ordinal] != NULL) {
        diag_add(diags, DIAG_FIELD_NOT_UNIQUE, pos, diag_str(diags, keyed->name),
                 diag_str(diags, code), diag_place(diags, keyed->places[entry->ordinal]));
        return;
    }
    keyed->slots[entry->ordinal] = datum;
    keyed->places[entry->ordinal] = pos;
}

/* The child of an entry that holds its code, in a keyed field written as a list. */
static const struct value *
code_of(const struct keyed *keyed, const struct value *entry)
{
    if (entry->kind != VALUE_MAP)
        return NULL;
    for (const struct value *child = entry->first; child != NULL; child = child->next)
        if (name_eq(child->key, keyed->field->key) && child->kind == VALUE_TEXT)
            return child;
    return NULL;
}

static void
put_all(struct apply *apply, struct keyed *keyed, const struct value *given)
{
    bool is_map = given->kind == VALUE_MAP;

    size_t number = 0;

    for (const struct value *child = given->first; child != NULL; child = child->next) {
        const struct value *code = is_map ? NULL : code_of(keyed, child);
        number++;
        if (is_map) {
            put(apply, keyed, child->key, child->key_pos, child, false);
        } else if (code != NULL) {
            put(apply, keyed, code->text, code->pos, child, (code->flags & VALUE_CELL) != 0);
        } else {
            const struct apply_step step = {.up = apply->step, .number = number};
            apply->step = &step;
            apply_missing(apply, keyed->field->key, keyed->field->help, child->pos);
            apply->step = step.up;
        }
    }
}

/* The report's own fields of one entry. */
static struct value *
own_fields(struct apply *apply, const struct keyed *keyed, const struct value *datum,
           struct str code)
{
    const struct field *field = keyed->field, *plain = NULL;
    struct value *own = value_new(apply->arena, VALUE_MAP, POS_NONE);

    if (datum == NULL)
        return own;
    if (datum->kind == VALUE_MAP || (apply_is_absent(datum) && field->value.len == 0))
        return apply_map(apply, field, code, datum->kind == VALUE_MAP ? datum : NULL, datum->pos,
                         field->key);
    if (field->value.len > 0)
        plain = schema_find(field, field->value);
    if (plain == NULL || datum->kind == VALUE_LIST) {
        struct diags *diags = apply->diags;
        diag_add(diags, DIAG_FIELD_NOT_MAP, datum->pos, diag_str(diags, code),
                 diag_str(diags, field->fields[0].name), NULL);
        return own;
    }
    if (apply_is_absent(datum) && plain->required) {
        apply_missing(apply, STR(""), plain->help, datum->key_pos); /* the entry is its value */
        return own;
    }
    struct value *value = apply_field(apply, plain, code, datum);
    value->key = plain->name;
    value_append(own, value);
    return own;
}

static const struct value *
child_of(const struct value *map, struct str name)
{
    const struct value *child = value_get(map, name);

    return child == NULL || child->kind == VALUE_NONE ? NULL : child;
}

/* One entry as the template sees it. */
static struct value *
merged(struct apply *apply, const struct keyed *keyed, const struct value *entry,
       const struct value *datum, struct str code)
{
    const struct field *item = keyed->field->item;
    const struct apply_step step = {.up = apply->step, .name = code};
    apply->step = &step;
    struct value *own = own_fields(apply, keyed, datum, code);
    apply->step = step.up;
    struct value *map = value_new(apply->arena, VALUE_MAP, datum == NULL ? entry->pos : datum->pos);

    for (size_t i = 0; i < item->field_count; i++) {
        const struct field *field = &item->fields[i];
        const struct value *value = child_of(own, field->name);
        if (value == NULL)
            value = child_of(entry, field->name);
        struct value *child = value == NULL ? value_new(apply->arena, VALUE_NONE, map->pos)
                                            : apply_alias(apply, value, field);
        child->key = field->name;
        value_append(map, child);
    }
    return map;
}

static void
tell_missing(struct apply *apply, const struct keyed *keyed, struct pos pos)
{
    struct buf codes = buf_in(apply->arena);
    struct diags *diags = apply->diags;
    size_t missing = 0, at = 0;

    for (const struct value *entry = keyed->list->first; entry != NULL; entry = entry->next, at++) {
        const struct value *code = value_get(entry, keyed->field->key);
        if (keyed->slots[at] != NULL || code == NULL)
            continue;
        missing++;
        if (missing <= SHOWN_CODES) {
            buf_text(&codes, missing == 1 ? "" : ", ");
            buf_add(&codes, code->text);
        } else if (missing == SHOWN_CODES + 1) {
            buf_text(&codes, " …");
        }
    }
    if (missing > 0)
        diag_add(diags, DIAG_FIELD_CODE_MISSING, pos, diag_str(diags, keyed->name),
                 str_cstr(apply->arena, buf_str(&codes)), diag_printf(diags, "%zu", missing));
}

struct value *
apply_keyed(struct apply *apply, const struct field *field, struct str name,
            const struct value *given)
{
    struct value *list = value_new(apply->arena, VALUE_LIST, given->pos);
    struct keyed keyed = {.field = field, .name = name};
    struct diags *diags = apply->diags;

    keyed.list = apply_path(apply, field->from);
    if (given->kind != VALUE_MAP && given->kind != VALUE_LIST)
        diag_add(diags, DIAG_FIELD_NOT_MAP, given->pos, diag_str(diags, name),
                 str_cstr(apply->arena, field->help), NULL);
    if ((given->kind != VALUE_MAP && given->kind != VALUE_LIST) || keyed.list == NULL ||
        keyed.list->count == 0)
        return value_new(apply->arena, VALUE_NONE, given->pos);
    keyed.index = index_of(apply, keyed.list, field->key);
    keyed.slots = arena_array(apply->arena, keyed.list->count, sizeof(const struct value *));
    keyed.places = arena_array(apply->arena, keyed.list->count, sizeof keyed.places[0]);
    put_all(apply, &keyed, given);
    if (field->complete)
        tell_missing(apply, &keyed, given->key_pos);
    size_t at = 0;
    for (const struct value *entry = keyed.list->first; entry != NULL; entry = entry->next) {
        const struct value *code = value_get(entry, field->key);
        struct value *map =
            merged(apply, &keyed, entry, keyed.slots[at], code == NULL ? name : code->text);
        map->key_pos = keyed.places[at++];
        value_append(list, map);
    }
    return list;
}

/* ---- references */

/* In a rubric alone a keyed field is not there, so the list stands for it that its entries come
 * from. */
const struct value *
apply_target(const struct apply *apply, const struct field *field)
{
    if (apply->alone && field->target->type == FIELD_KEYED)
        return apply_path(apply, field->target->from);
    return apply_path(apply, field->from);
}

void
apply_reference_code(struct apply *apply, const struct field *field, struct str name,
                     struct value *value)
{
    bool keyed = field->target != NULL && field->target->type == FIELD_KEYED;
    const struct value *list =
        value->text.len == 0 ? NULL : apply_path(apply, keyed ? field->target->from : field->from);

    if (apply->alone || list == NULL || list->kind != VALUE_LIST ||
        apply->guessed >= CODE_GUESS_MAX)
        return;
    const struct name_index *index = index_of(apply, list, field->key);
    if (name_index_find(index, value->text) != NULL)
        return;
    struct code_guess guess = code_guess(apply->arena, index, field, name, value->text);
    apply->guessed += index->count;
    if (guess.entry == NULL)
        return;
    tell_read(apply, name, value->text, guess.entry, value->pos);
    value->text = guess.entry->name;
}

static void
put_reference(struct apply *apply, const struct field *field, struct value *value, struct str name)
{
    const struct value *list = apply_target(apply, field);
    const struct name_index *index = index_of(apply, list, field->key);
    const struct unknown unknown = {field, name, value->text, value->pos, value->pos.line == 0};
    const struct name_entry *entry = NULL;

    /* a list that is missing or faulty has its own message */
    if (list != NULL && list->kind == VALUE_LIST)
        entry = find_entry(apply, index, &unknown);
    if (apply->alone)
        return;
    value->kind = VALUE_NONE;
    if (entry == NULL)
        return;
    value->kind = VALUE_MAP;
    value->first = entry->value->first;
    value->last = entry->value->last;
    value->count = entry->value->count;
}

void
apply_references(struct apply *apply, const struct field *field, struct value *value,
                 struct str name)
{
    const struct field *item = schema_item(field);
    struct str own = field->name.len > 0 ? field->name : name;
    size_t i = 0;

    if (field->type == FIELD_REFERENCE) {
        if (value->kind == VALUE_TEXT)
            put_reference(apply, field, value, own);
        return;
    }
    if (item != NULL && value->kind == VALUE_LIST) {
        for (struct value *child = value->first; child != NULL; child = child->next)
            apply_references(apply, item, child, own);
    } else if (schema_is_map(field) && value->kind == VALUE_MAP) {
        /* a typed map has a child per field, in the same order */
        for (struct value *child = value->first; child != NULL && i < field->field_count;
             child = child->next)
            apply_references(apply, &field->fields[i++], child, own);
    }
}
