/* Names, dates and the order of items; persons are in person.c. */
#include "check/inner.h"

#include <string.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "check/person.h"
#include "schema/apply.h"

#define YEAR_BEGINS 10 /* October */

struct facts {
    struct arena *arena;
    struct diags *findings;
    struct apply look; /* for apply_path() */
};

/* ---- official names */

static void
check_official(struct facts *facts, const struct field *field, const struct value *value,
               const struct value *entry, struct str code)
{
    const struct value *official = value_get(entry, field->name);
    const struct value *others = value_get(entry, field->official);
    struct diags *findings = facts->findings;

    if (official == NULL || official->kind != VALUE_TEXT || name_eq(official->text, value->text))
        return;
    struct str nearest = official->text;
    size_t best = str_distance(value->text, nearest);
    for (const struct value *other = others == NULL ? NULL : others->first; other != NULL;
         other = other->next) {
        if (name_eq(other->text, value->text))
            return;
        size_t distance = str_distance(value->text, other->text);
        if (distance < best) {
            best = distance;
            nearest = other->text;
        }
    }
    diag_add(findings, DIAG_NAME_OFFICIAL, value->pos, diag_str(findings, value->text),
             diag_str(findings, code), str_cstr(facts->arena, nearest));
}

/* ---- dates */

static const char *
date_shown(struct facts *facts, struct date date)
{
    return str_cstr(facts->arena, date_text(facts->arena, date, false, false));
}

/* False after a finding. */
static bool
check_fiscal(struct facts *facts, const struct field *field, const struct value *value)
{
    const struct value *year =
        field->fiscal.len == 0 ? NULL : apply_path(&facts->look, field->fiscal);
    struct diags *findings = facts->findings;
    struct date date = value->date;

    if (year == NULL || year->kind != VALUE_NUMBER)
        return true;
    struct date begin = {(int)year->number.units - 1, YEAR_BEGINS, 1};
    if (date.year > begin.year || (date.year == begin.year && date.month >= begin.month))
        return true;
    diag_add(findings, DIAG_DATE_BEFORE_YEAR, value->pos, date_shown(facts, date),
             diag_str(findings, year->text), date_shown(facts, begin));
    return false;
}

static void
check_after(struct facts *facts, const struct field *field, const struct value *value)
{
    const struct value *other =
        field->after.len == 0 ? NULL : apply_path(&facts->look, field->after);
    struct date last = value->date;

    if (last.day == 0)
        last.day = 31;
    if (other == NULL || other->kind != VALUE_DATE || date_cmp(last, other->date) >= 0)
        return;
    diag_add(facts->findings, DIAG_DATE_BEFORE_RESULTS, value->pos, date_shown(facts, value->date),
             date_shown(facts, other->date), NULL);
}

/* ---- figures of another year that are compared with this one's */

/* What was taken over with this name belongs to it alone. */
static void
check_same(struct facts *facts, const struct field *field, const struct value *value)
{
    const struct value *other = field->same.len == 0 ? NULL : apply_path(&facts->look, field->same);

    if (other == NULL || other->kind != VALUE_TEXT || name_eq_joined(other->text, value->text))
        return;
    diag_add(facts->findings, DIAG_OTHER_NAME, value->pos, diag_str(facts->findings, value->text),
             diag_str(facts->findings, other->text), diag_str(facts->findings, field->same));
}

static void
check_before(struct facts *facts, const struct field *field, const struct value *value)
{
    const struct value *other =
        field->before.len == 0 ? NULL : apply_path(&facts->look, field->before);

    if (other == NULL || other->kind != VALUE_NUMBER ||
        decimal_cmp(value->number, other->number) < 0)
        return;
    diag_add(facts->findings, DIAG_YEAR_NOT_BEFORE, value->pos,
             diag_str(facts->findings, value->text), diag_str(facts->findings, other->text),
             diag_str(facts->findings, field->before));
}

/* ---- order of items */

static bool
is_before(struct pos a, struct pos b)
{
    if (a.line == 0 || b.line == 0 || a.file == NULL || b.file == NULL ||
        strcmp(a.file, b.file) != 0)
        return false;
    return a.line < b.line || (a.line == b.line && a.column < b.column);
}

static struct str
code_of(const struct field *field, const struct value *entry)
{
    const struct value *code = value_get(entry, field->key);

    return code == NULL ? STR("") : code->text;
}

/* The entries stand in the rubric's order; their places are those of the report. */
static void
check_order(struct facts *facts, const struct field *field, const struct value *list)
{
    const struct value *before = NULL;
    struct diags *findings = facts->findings;

    for (const struct value *entry = list->first; entry != NULL; entry = entry->next) {
        if (entry->key_pos.line == 0)
            continue;
        if (before != NULL && is_before(entry->key_pos, before->key_pos)) {
            diag_add(findings, DIAG_ITEM_ORDER, entry->key_pos,
                     diag_str(findings, code_of(field, entry)),
                     diag_str(findings, code_of(field, before)), diag_str(findings, field->name));
            return;
        }
        before = entry;
    }
}

/* ---- all fields */

static void walk(struct facts *facts, const struct field *field, const struct value *value);

/* `entry` is the rubric's where `map` is an entry of a keyed field, else NULL. */
static void
walk_map(struct facts *facts, const struct field *fields, const struct value *map,
         const struct value *entry, struct str code)
{
    const struct value *value = map->first;

    /* a typed map has a child per field, in the same order */
    for (size_t i = 0; i < fields->field_count && value != NULL; i++, value = value->next) {
        const struct field *field = &fields->fields[i];
        if (field->official.len > 0 && entry != NULL && value->kind == VALUE_TEXT)
            check_official(facts, field, value, entry, code);
        walk(facts, field, value);
    }
}

/* "O12", "ตัวชี้วัด 8" */
static struct str
entry_name(struct facts *facts, const struct field *field, const struct value *map)
{
    struct str code = code_of(field, map);

    if (code.len == 0 || !ascii_is_digit(code.ptr[0]))
        return code;
    return str_of(arena_printf(facts->arena, "%.*s %.*s", STR_FMT(field->name), STR_FMT(code)));
}

static void
walk_keyed(struct facts *facts, const struct field *field, const struct value *list)
{
    const struct value *theirs = apply_path(&facts->look, field->from);
    const struct value *entry = theirs == NULL ? NULL : theirs->first;

    if (field->complete)
        check_order(facts, field, list);
    for (const struct value *map = list->first; map != NULL; map = map->next) {
        walk_map(facts, field->item, map, entry, entry_name(facts, field, map));
        entry = entry == NULL ? NULL : entry->next;
    }
}

static void
walk(struct facts *facts, const struct field *field, const struct value *value)
{
    if (value->kind == VALUE_TEXT && field->person)
        person_check(facts->findings, value);
    if (value->kind == VALUE_TEXT)
        check_same(facts, field, value);
    if (value->kind == VALUE_NUMBER)
        check_before(facts, field, value);
    if (value->kind == VALUE_DATE && check_fiscal(facts, field, value))
        check_after(facts, field, value);
    if (field->type == FIELD_KEYED && value->kind == VALUE_LIST)
        walk_keyed(facts, field, value);
    else if (field->type == FIELD_MAP && value->kind == VALUE_MAP)
        walk_map(facts, field, value, NULL, STR(""));
    else if (field->type == FIELD_LIST && value->kind == VALUE_LIST)
        for (const struct value *child = value->first; child != NULL; child = child->next)
            walk(facts, field->item, child);
}

void
facts_check(struct arena *arena, struct diags *findings, const struct schema *schema,
            const struct value *data, const struct value *rubric)
{
    struct facts facts = {.arena = arena,
                          .findings = findings,
                          .look = {.schema = schema, .rubric = rubric, .root = data}};

    walk(&facts, &schema->root, data);
}
