/* Names and codes as people type them: compared with Thai digits as Arabic ones, letters A-Z and
 * a-z alike, and runs of blanks as one; what is not seen does not count. For files of
 * this room only. */
#ifndef SCHEMA_NAMES_H
#define SCHEMA_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;
struct value;

bool name_eq(struct str a, struct str b);

/* The same without any blanks: "ลำ ดับ" is "ลำดับ". */
bool name_eq_joined(struct str a, struct str b);

/* True when `text` equals (name_eq) one of `count` words. */
bool name_is_one_of(struct str text, const char *const *words, size_t count);

/* The path of a name below another path, which may be empty. */
struct str name_joined(struct arena *arena, struct str above, struct str name);

/* Cuts the first name off a path at its dot. */
struct str name_cut(struct str *path);

/* The child of a map whose key is `name`; NULL where there is none, and in what is no map. */
const struct value *name_child(const struct value *map, struct str name);

/* What stands at a path of maps below `value`, or NULL. */
const struct value *name_path(const struct value *value, struct str path);

/* Looks for the name nearest to `wanted`; what is too far away is not taken. Begin with
 * {.name.len = 0}. */
struct nearest {
    struct str name;
    size_t distance;
};
void nearest_try(struct nearest *nearest, struct str wanted, struct str name);

/* The entries of a list of maps, found by the text of one of their keys. */
struct name_entry {
    struct str name;
    struct value *value;
    size_t ordinal; /* place in the list, from 0 */
};
struct name_index {
    struct name_entry *entries; /* sorted by name, equal ones by place */
    size_t count;
};

/* Entries that have no text under `key` are left out. */
struct name_index name_index_of(struct arena *arena, const struct value *list, struct str key);

/* The first entry with this name, or NULL. */
const struct name_entry *name_index_find(const struct name_index *index, struct str name);

#endif
