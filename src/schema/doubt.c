#include "schema/doubt.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "schema/link.h"
#include "value/value.h"

/* What is being found out of one entry. */
struct finding {
    struct doubt *doubt;
    bool says_certainty, says_compared, denies_compared;
};

static const struct value *
said(const struct value *map, struct str key)
{
    const struct value *value = value_get(map, key);

    return value != NULL && value->kind != VALUE_NONE ? value : NULL;
}

static struct str
text_of(const struct value *value)
{
    return value == NULL ? STR("") : value->text;
}

static size_t
rank_of(const struct field *field, struct str certainty)
{
    size_t rank = 0;

    while (rank < field->choice_count && !str_eq(field->choices[rank].name, certainty))
        rank++;
    return rank;
}

/* The source that stands in a map, or nothing. */
static struct str
source_in(const struct field *map, const struct value *value)
{
    for (size_t i = 0; i < map->field_count; i++)
        if (map->fields[i].source)
            return text_of(said(value, map->fields[i].name));
    return STR("");
}

/* Of several certainties the most doubtful counts, with its own source. */
static void
look(struct finding *finding, const struct field *map, const struct value *value)
{
    struct doubt *doubt = finding->doubt;

    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *field = &map->fields[i];
        const struct value *child = said(value, field->name);
        if (child == NULL)
            continue;
        if (field->certainty) {
            size_t rank = rank_of(field, child->text);
            if (!finding->says_certainty || rank > doubt->rank) {
                doubt->rank = rank;
                doubt->certainty = child->text;
                doubt->source = source_in(map, value);
            }
            finding->says_certainty = true;
        } else if (field->compared && child->kind == VALUE_BOOL) {
            finding->says_compared = finding->says_compared || child->boolean;
            finding->denies_compared = finding->denies_compared || !child->boolean;
        } else if (field->type == FIELD_MAP) {
            look(finding, field, child);
        }
    }
}

/* True for a map that can say how sure something is. */
static bool
can_say(const struct field *map)
{
    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *field = &map->fields[i];
        if (field->certainty || field->compared || (field->type == FIELD_MAP && can_say(field)))
            return true;
    }
    return false;
}

/* The code and the name of an entry. */
static void
name_entry(struct doubt *doubt, const struct field *item, const struct value *entry)
{
    const struct field *code = NULL;

    for (size_t i = 0; i < item->field_count && code == NULL; i++)
        if (item->fields[i].unique)
            code = &item->fields[i];
    if (code != NULL)
        doubt->code = text_of(said(entry, code->name));
    for (size_t i = 0; i < item->field_count && doubt->name.len == 0; i++) {
        const struct field *field = &item->fields[i];
        if (field != code && field->type == FIELD_TEXT && field->required)
            doubt->name = text_of(said(entry, field->name));
    }
}

static void
settle(struct finding *finding, const struct field *map, const struct value *value)
{
    struct doubt *doubt = finding->doubt;

    doubt->rank = SIZE_MAX;
    look(finding, map, value);
    if (!finding->says_certainty)
        doubt->rank = SIZE_MAX;
    doubt->is_compared = finding->says_compared && !finding->denies_compared;
    doubt->is_open = !doubt->is_compared &&
                     (finding->denies_compared || (finding->says_certainty && doubt->rank > 0));
}

/* ---- all entries */

/* At least as many as there may be. */
static size_t
count_most(const struct field *rubric, const struct value *value)
{
    size_t most = 0;

    for (size_t i = 0; i < rubric->field_count; i++) {
        const struct value *child = said(value, rubric->fields[i].name);
        most += child != NULL && child->kind == VALUE_LIST ? child->count : 1;
    }
    return most;
}

static void
add_list(struct doubts *doubts, const struct field *list, const struct value *value)
{
    for (const struct value *entry = value->first; entry != NULL; entry = entry->next) {
        struct doubt *doubt = &doubts->items[doubts->count++];
        struct finding finding = {.doubt = doubt};
        *doubt = (struct doubt){.pos = entry->pos, .list = list->name};
        name_entry(doubt, list->item, entry);
        settle(&finding, list->item, entry);
        doubts->compared += doubt->is_compared;
    }
}

/* A field beside which a map tells of it. What is not there needs no comparing. */
static void
add_about(struct doubts *doubts, const struct field *map, const struct value *rubric)
{
    const struct value *about = said(rubric, map->about);
    const struct value *value = said(rubric, map->name);

    if (about == NULL)
        return;
    struct doubt *doubt = &doubts->items[doubts->count++];
    struct finding finding = {.doubt = doubt};
    *doubt = (struct doubt){.pos = about->pos, .list = map->about, .name = about->text};
    settle(&finding, map, value);
    doubts->compared += doubt->is_compared;
}

/* ---- order */

/* A doubt with its place among all, and that of the first one of its source. */
struct placed {
    struct doubt doubt;
    size_t place, group;
};

static int
compare_sources(struct str a, struct str b)
{
    size_t least = a.len < b.len ? a.len : b.len;
    int order = least == 0 ? 0 : memcmp(a.ptr, b.ptr, least);

    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static int
by_source(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    int order = compare_sources(x->doubt.source, y->doubt.source);

    if (x->doubt.rank != y->doubt.rank)
        return x->doubt.rank > y->doubt.rank ? -1 : 1;
    return order != 0 ? order : (x->place > y->place) - (x->place < y->place);
}

static int
by_group(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;

    if (x->doubt.rank != y->doubt.rank)
        return x->doubt.rank > y->doubt.rank ? -1 : 1;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* The most doubtful first, in it each source where it is named first. */
static void
sort(struct arena *arena, struct doubts *doubts)
{
    struct placed *all = arena_array(arena, doubts->count, sizeof all[0]);

    for (size_t i = 0; i < doubts->count; i++)
        all[i] = (struct placed){.doubt = doubts->items[i], .place = i};
    qsort(all, doubts->count, sizeof all[0], by_source);
    for (size_t i = 0; i < doubts->count; i++) {
        bool same = i > 0 && all[i].doubt.rank == all[i - 1].doubt.rank &&
                    str_eq(all[i].doubt.source, all[i - 1].doubt.source);
        all[i].group = same ? all[i - 1].group : all[i].place;
    }
    qsort(all, doubts->count, sizeof all[0], by_group);
    for (size_t i = 0; i < doubts->count; i++)
        doubts->items[i] = all[i].doubt;
}

struct doubts
doubts_of(struct arena *arena, const struct schema *schema, const struct value *rubric)
{
    const struct field *fields = schema->rubric;
    struct doubts doubts = {NULL, 0, 0};

    doubts.items = arena_array(arena, count_most(fields, rubric), sizeof doubts.items[0]);
    for (size_t i = 0; i < fields->field_count; i++) {
        const struct field *field = &fields->fields[i];
        const struct value *value = said(rubric, field->name);
        if (field->type == FIELD_MAP && field->about.len > 0)
            add_about(&doubts, field, rubric);
        else if (value != NULL && link_is_map_list(field) && can_say(field->item))
            add_list(&doubts, field, value);
    }
    if (doubts.count > 1)
        sort(arena, &doubts);
    return doubts;
}
