/* What of a schema a spreadsheet can give: the fields that hold one value, which fits a cell, with
 * those of maps inside, named by their path ("ลงนาม.ชื่อ"). For files of this room only. */
#ifndef FORM_LEAF_H
#define FORM_LEAF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;
struct field;
struct pos;
struct value;

struct leaf {
    const struct field *field;
    struct str path; /* from the map on; ends of names as the schema has them */
    bool required;   /* and all maps on its way */
};

struct leaves {
    struct leaf *all; /* in the schema's order */
    size_t count;
};

/* True for a field whose value fits a cell: no map, and no list but of texts. */
bool leaf_fits(const struct field *field);

/* The leaves of a map's fields. Lists of maps and keyed fields inside are left out. */
struct leaves leaves_of(struct arena *arena, const struct field *map);

/* The leaf that a title or path means, compared as names are, a "*" at its end left out; its index
 * or SIZE_MAX. */
size_t leaves_find(const struct leaves *leaves, const struct field *map, struct str title);

/* The path of the leaf that is nearest to a title, or an empty text. */
struct str leaves_nearest(const struct leaves *leaves, struct str title);

/* The map of this name inside `map`; made when it is not there. `place` is that of the name. */
struct value *leaf_child_map(struct arena *arena, struct value *map, struct str name,
                             struct pos place);

/* The map at a path of maps inside `map`; what is not there is made. */
struct value *leaf_map(struct arena *arena, struct value *map, struct str path, struct pos place);

/* Puts a value into a map at a path, making the maps on the way. `place` is that of the name. */
void leaf_put(struct arena *arena, struct value *map, struct str path, struct value *value,
              struct pos place);

/* The child of a report's map that means `field`, by name or alias, or NULL. */
const struct value *leaf_child(const struct value *map, const struct field *of,
                               const struct field *field);

/* The value in a map of the report at a path of the schema, or NULL. */
const struct value *leaf_at(const struct value *value, const struct field *map, struct str path);

#endif
