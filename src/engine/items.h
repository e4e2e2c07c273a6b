/* The entries of a keyed field (O1, O2 …) against the rubric of another year: the same code may
 * mean another thing there, entries are gone and new ones are asked for. */
#ifndef ENGINE_ITEMS_H
#define ENGINE_ITEMS_H

#include <stdbool.h>

#include "base/str.h"

struct edits;
struct field;
struct schema;
struct value;

struct items {
    struct edits *edits;
    const struct field *field;      /* the keyed field */
    const struct value *last, *now; /* its list in both years' rubrics, or NULL */
    int from, to;                   /* years */
    bool example; /* new entries are filled in like the first one, not left open */
};

/* The list of a rubric, as it was read, that a keyed field names; NULL without a rubric. */
const struct value *items_list(const struct schema *schema, const struct field *field,
                               const struct value *rubric);

/* True for a keyed field whose lines can be changed: a map of one entry a line. */
bool items_can(const struct items *items, const struct value *value);

/* An entry that this year's rubric does not have becomes a comment, in an example nothing: false.
 */
bool items_keep(const struct items *items, const struct value *entry);

/* True, and a comment is put above, when this year's rubric calls the entry's code another name. */
bool items_changed(const struct items *items, const struct value *entry);

/* Adds the entries that only this year's rubric has, with holes. */
void items_add_new(const struct items *items, const struct value *value);

#endif
