/* Filters that work on lists: joining, counting, choosing entries, making paragraphs and list
 * entries. */
#include "tmpl/filter.h"
#include "value/value.h"

bool
filter_join(struct filter_call *call)
{
    struct str between = call->args[0];
    struct str last = call->arg_count > 1 ? call->args[1] : between;
    struct buf out = buf_in(call->arena);
    size_t left = 0, done = 0;

    if (call->value->kind != VALUE_LIST)
        return false;
    for (const struct value *v = call->value->first; v != NULL; v = v->next)
        left += filter_text(call->arena, v).len > 0;
    for (const struct value *v = call->value->first; v != NULL; v = v->next) {
        struct str text = filter_text(call->arena, v);
        if (v->kind == VALUE_LIST || v->kind == VALUE_MAP)
            return false;
        if (text.len == 0)
            continue;
        left--;
        if (done++ > 0)
            buf_add(&out, left == 0 ? last : between);
        buf_add(&out, text);
    }
    filter_give(call, buf_str(&out), 0);
    return true;
}

bool
filter_count(struct filter_call *call)
{
    const struct value *list = call->value;
    struct value *out = value_new(call->arena, VALUE_NUMBER, list->pos);

    if (list->kind != VALUE_LIST && list->kind != VALUE_NONE)
        return false;
    out->number = (struct decimal){(int64_t)list->count, 0};
    out->text = decimal_text(call->arena, out->number, false);
    out->flags = VALUE_NAME;
    call->value = out;
    return true;
}

/* The value as a list of VALUE_ENTRY that may be changed; NULL when it cannot be one. */
static struct value *
entries_of(struct filter_call *call)
{
    const struct value *value = call->value;
    bool list = value->kind == VALUE_LIST;
    struct value *out = value_new(call->arena, VALUE_LIST, value->pos);

    out->flags = VALUE_LINES;
    if (!list && value->kind != VALUE_TEXT && value->kind != VALUE_ENTRY)
        return NULL;
    for (const struct value *v = list ? value->first : value; v != NULL;
         v = list ? v->next : NULL) {
        struct value *entry = value_new(call->arena, VALUE_ENTRY, v->pos);
        if (v->kind == VALUE_LIST || v->kind == VALUE_MAP)
            return NULL;
        entry->text = filter_text(call->arena, v);
        entry->flags = v->flags;
        if (v->kind == VALUE_ENTRY) {
            entry->marker = v->marker;
            entry->level = v->level;
        }
        if (entry->text.len > 0)
            value_append(out, entry);
    }
    return out;
}

bool
filter_paragraphs(struct filter_call *call)
{
    struct value *entries = entries_of(call);

    if (entries == NULL)
        return false;
    call->value = entries;
    if (call->arg_count > 0)
        call->class = call->args[0];
    return true;
}

bool
filter_bullets(struct filter_call *call)
{
    struct value *entries = entries_of(call);
    size_t index = 0;

    if (entries == NULL)
        return false;
    for (struct value *v = entries->first; v != NULL; v = v->next) {
        if (v->marker.len == 0)
            v->marker = filter_marker_at(call->arena, call->args[0], index++);
    }
    call->value = entries;
    return true;
}

/* ---- choosing entries */

struct choice {
    struct filter_call *call;
    const struct value *like; /* the number or value that is looked for */
};

/* What stands in an entry at a path of names, or NULL. */
static const struct value *
at_path(const struct value *entry, struct str path)
{
    size_t dot;

    while (entry != NULL && (dot = str_find(path, STR("."))) != SIZE_MAX) {
        entry = value_get(entry, str_sub(path, 0, dot));
        path = str_sub(path, dot + 1, SIZE_MAX);
    }
    return value_get(entry, path);
}

static bool
is_wanted(const struct choice *choice, const struct value *entry,
          bool (*wanted)(const struct choice *choice, const struct value *field))
{
    static const struct value none = {.kind = VALUE_NONE};
    const struct value *field = at_path(entry, choice->call->args[0]);

    return wanted(choice, field == NULL ? &none : field);
}

/* The entries whose value in the field that the first argument names is wanted. */
static bool
choose(struct filter_call *call, const struct value *like,
       bool (*wanted)(const struct choice *choice, const struct value *field))
{
    const struct choice choice = {call, like};
    struct value *out = value_hollow(call->arena, call->value);

    if (call->value->kind != VALUE_LIST)
        return false;
    for (const struct value *v = call->value->first; v != NULL; v = v->next) {
        if (is_wanted(&choice, v, wanted))
            value_append(out, value_copy(call->arena, v));
    }
    call->value = out;
    return true;
}

static bool
is_like(const struct choice *choice, const struct value *field)
{
    const struct value *like = choice->like;

    if (field->kind == VALUE_NUMBER && like->kind == VALUE_NUMBER)
        return decimal_cmp(field->number, like->number) == 0;
    return field->kind != VALUE_NONE && field->kind == like->kind &&
           str_eq(filter_text(choice->call->arena, field), filter_text(choice->call->arena, like));
}

static bool
is_nothing(const struct choice *choice, const struct value *field)
{
    if (field->kind == VALUE_LIST || field->kind == VALUE_MAP)
        return field->first == NULL;
    return field->kind == VALUE_NONE || filter_text(choice->call->arena, field).len == 0;
}

static bool
is_listed(const struct choice *choice, const struct value *field)
{
    const struct filter_call *call = choice->call;

    if (call->arg_count == 1)
        return !is_nothing(choice, field);
    for (size_t i = 1; i < call->arg_count; i++) {
        if (filter_is_equal(call->arena, field, call->args[i]))
            return true;
    }
    return false;
}

/* Entries at one end of a list whose numbers differ: where all are alike none is an end. */
static bool
choose_end(struct filter_call *call, int end)
{
    const struct value *best = NULL;
    bool differ = false;

    if (call->value->kind != VALUE_LIST)
        return false;
    for (const struct value *v = call->value->first; v != NULL; v = v->next) {
        const struct value *field = at_path(v, call->args[0]);
        if (field == NULL || field->kind != VALUE_NUMBER)
            continue;
        int order = best == NULL ? 0 : decimal_cmp(field->number, best->number);
        differ = differ || order != 0;
        if (best == NULL || order * end > 0)
            best = field;
    }
    if (differ)
        return choose(call, best, is_like);
    call->value = value_hollow(call->arena, call->value);
    return true;
}

bool
filter_lowest(struct filter_call *call)
{
    return choose_end(call, -1);
}

bool
filter_highest(struct filter_call *call)
{
    return choose_end(call, 1);
}

bool
filter_with(struct filter_call *call)
{
    return choose(call, NULL, is_listed);
}

/* Whether there is an entry that is wanted. Templates ask it in each row of a table, so nothing is
 * made of those before. */
static bool
give_any(struct filter_call *call,
         bool (*wanted)(const struct choice *choice, const struct value *field))
{
    const struct choice choice = {call, NULL};
    const struct value *entry = call->value->first;
    struct value *answer = value_new(call->arena, VALUE_BOOL, call->value->pos);

    if (call->value->kind != VALUE_LIST)
        return false;
    while (entry != NULL && !is_wanted(&choice, entry, wanted))
        entry = entry->next;
    answer->boolean = entry != NULL;
    call->value = answer;
    return true;
}

bool
filter_any(struct filter_call *call)
{
    return give_any(call, is_listed);
}

bool
filter_lacking(struct filter_call *call)
{
    return give_any(call, is_nothing);
}

bool
filter_same(struct filter_call *call)
{
    return choose(call, call->operand, is_like);
}
