/* The entries of a keyed field (O1, O2 …) against the rubric of another year: the same code may
 * mean another thing there, entries are gone and new ones are asked for. */
#ifndef RENEW_ITEMS_H
#define RENEW_ITEMS_H

#include <stdbool.h>

#include "base/str.h"

#define ITEMS_MAX 2000 /* each is looked for among all */

struct buf;
struct edits;
struct field;
struct schema;
struct value;

struct items {
    struct edits *edits;
    const struct field *field;      /* the keyed field */
    const struct value *last, *now; /* its list in both years' rubrics, or NULL */
    int from, to;                   /* years */
    bool is_list; /* the field is a list of maps that hold their codes, not a map of codes */
    bool example; /* new entries are filled in like the first one, not left open */
};

/* The list of a rubric, as it was read, that a keyed field names; NULL without a rubric. */
const struct value *items_list(const struct schema *schema, const struct field *field,
                               const struct value *rubric);

/* True for a keyed field whose entries are to follow the rubric. */
bool items_wanted(const struct items *items, const struct value *value);

/* True when the rubrics ask for a change of any entry. */
bool items_differ(const struct items *items, const struct value *value);

/* True when the entries can be changed in the text: each begins a line (items_block.h). */
bool items_can(const struct items *items, const struct value *value);

/* True for two writings of one code: digits and letters may be of either kind. */
bool items_is_code(struct arena *arena, struct str a, struct str b);

/* The entry of a year's list that has the code, or NULL. */
const struct value *items_find(const struct items *items, const struct value *list,
                               struct str code);

/* The code of an entry. */
struct str items_code(const struct items *items, const struct value *entry);

/* False for an entry that this year's rubric does not have: it was made a comment, and
 * is gone from an example. */
bool items_keep(const struct items *items, const struct value *entry);

/* True for an entry whose code this year's rubric calls by another name: a comment above it says
 * so. */
bool items_changed(const struct items *items, const struct value *entry);

/* Adds the entries that only this year's rubric has, with holes. */
void items_add_new(const struct items *items, const struct value *value);

/* ---- lines of entries; for items_move.c too */

/* Where an entry stands: bytes from the start of its key's line to the end of its last. */
struct items_lines {
    size_t from, to;
    struct str indent;
};
bool items_lines(const struct items *items, const struct value *entry, struct items_lines *out);

/* What people call an entry of a rubric: its first required text that is not its code. */
struct str items_name(const struct items *items, const struct value *entry);

/* Adds an entry of this year's rubric with holes, as lines that begin with a line end. */
void items_add_open(const struct items *items, const struct value *entry, struct str indent,
                    struct buf *out);

/* Adds it with the lines of the first entry of the report. */
void items_add_alike(const struct items *items, const struct value *entry,
                     const struct value *first, struct buf *out);

/* Adds an entry that this year's rubric does not have, as remarks without marks of holes. */
void items_add_dropped(const struct items *items, const struct items_lines *lines, struct buf *out);

#endif
