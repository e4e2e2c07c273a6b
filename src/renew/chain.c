#include "renew/chain.h"

#include "base/arena.h"
#include "renew/carry.h"
#include "renew/items.h"
#include "schema/rubric.h"
#include "schema/schema.h"
#include "thai/digits.h"
#include "value/value.h"

#define CODES_MAX ((size_t)4 * ITEMS_MAX) /* of the year before, in one list */

/* The entries of one year's list, with codes that can be compared as they stand. */
struct year_list {
    struct chain_link *links; /* `was`: the year before */
    size_t count;
};

static struct str
plain_code(struct arena *arena, struct str code)
{
    return digits_to_arabic(arena, str_trim(code));
}

static void
add_code(struct arena *arena, struct chain_link *link, size_t *cap, struct str code)
{
    for (size_t i = 0; i < link->count; i++)
        if (str_same(link->was[i], code))
            return;
    *ARENA_ADD(arena, link->was, link->count, *cap, 4) = code;
}

/* The codes that an entry names: a list, or one alone. False where it names none. */
static bool
read_former(struct arena *arena, const struct value *former, struct chain_link *link)
{
    size_t cap = 0;

    if (former == NULL || former->kind == VALUE_NONE)
        return false;
    if (former->kind == VALUE_TEXT)
        add_code(arena, link, &cap, plain_code(arena, former->text));
    for (const struct value *code = former->kind == VALUE_LIST ? former->first : NULL; code != NULL;
         code = code->next)
        if (code->kind == VALUE_TEXT && link->count < CODES_MAX)
            add_code(arena, link, &cap, plain_code(arena, code->text));
    return true;
}

/* False for a list that says nothing of the year before. */
static bool
read_year(struct arena *arena, const struct field *field, const struct value *list,
          struct year_list *out)
{
    const struct field *former = rubric_former(field->target);
    bool says = false;

    *out = (struct year_list){NULL, 0};
    if (former == NULL || list == NULL || list->count > ITEMS_MAX)
        return false;
    out->links = arena_array(arena, list->count, sizeof out->links[0]);
    for (const struct value *entry = list->first; entry != NULL; entry = entry->next) {
        const struct value *code = value_get(entry, field->key);
        struct chain_link *link = &out->links[out->count];
        if (code == NULL || code->kind != VALUE_TEXT)
            continue;
        *link = (struct chain_link){.entry = entry, .code = plain_code(arena, code->text)};
        says = read_former(arena, value_get(entry, former->name), link) || says;
        out->count++;
    }
    return says;
}

static const struct chain_link *
find(const struct year_list *list, struct str code)
{
    for (size_t i = 0; i < list->count; i++)
        if (str_same(list->links[i].code, code))
            return &list->links[i];
    return NULL;
}

/* Makes of codes of the year of `list` those of the year before it. */
static void
step_back(struct arena *arena, const struct year_list *list, struct chain_link *link)
{
    struct chain_link before = {.entry = link->entry, .code = link->code};
    size_t cap = 0;

    for (size_t i = 0; i < link->count; i++) {
        const struct chain_link *at = find(list, link->was[i]);
        for (size_t j = 0; at != NULL && j < at->count && before.count < CODES_MAX; j++)
            add_code(arena, &before, &cap, at->was[j]);
    }
    *link = before;
}

bool
chain_of(struct arena *arena, const struct schema *schema, const struct field *field,
         const struct carry_years *years, struct chain *out)
{
    struct year_list list;

    if (years->between == NULL || years->from == 0 || years->to <= years->from ||
        !read_year(arena, field, items_list(schema, field, years->now), &list))
        return false;
    *out = (struct chain){list.links, list.count};
    for (int year = years->to - 1; year > years->from; year--) {
        const struct value *rubric = years->between[year - years->from - 1];
        if (rubric == NULL || !read_year(arena, field, items_list(schema, field, rubric), &list))
            return false;
        for (size_t i = 0; i < out->count; i++)
            step_back(arena, &list, &out->links[i]);
    }
    return true;
}
