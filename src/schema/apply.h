/* Typing a report by its schema: what the files of this have in common. For this room only. */
#ifndef SCHEMA_APPLY_H
#define SCHEMA_APPLY_H

#include "schema/names.h"
#include "schema/schema.h"
#include "value/value.h"

/* After so many names that are not known no nearest one is looked for: hostile input must not
 * cost a search per message. */
#define APPLY_NEAREST_MAX 100

struct apply_index {
    const struct value *list;
    struct str key;
    struct name_index index;
    struct apply_index *next;
};

/* A step of the path on which fields are applied: a name, or the number of a list's entry. */
struct apply_step {
    const struct apply_step *up;
    struct str name;
    size_t number;
};

struct apply {
    struct arena *arena;
    struct diags *diags;
    const struct schema *schema;
    const struct value *rubric; /* its typed tree, or NULL */
    const struct value *root;   /* the typed report, for references */
    struct apply_index *indexes;
    const struct apply_step *step; /* the innermost, or NULL at the root */
    int nearest_left;
    size_t guessed; /* entries looked at for texts that are no codes */
    bool alone;     /* a rubric is typed, not a report */
};

/* The typed value of `given`, which may be NULL: absent. `name` is for messages. Never NULL:
 * VALUE_NONE for what is absent or faulty. */
struct value *apply_field(struct apply *apply, const struct field *field, struct str name,
                          const struct value *given);

/* A map's fields, in the schema's order, from a VALUE_MAP or NULL. `skip` is a key that is not of
 * the map's (the code in an entry of a keyed list), or empty. */
struct value *apply_map(struct apply *apply, const struct field *map, struct str name,
                        const struct value *given, struct pos pos, struct str skip);

/* True for what stands for nothing: NULL, VALUE_NONE, blank text, an empty list. */
bool apply_is_absent(const struct value *given);

/* apply_field() one step further down the path. */
struct value *apply_below(struct apply *apply, const struct field *field, struct apply_step step,
                          struct str name, const struct value *given);

/* Adds FIELD_MISSING, with the path to a field of this name. */
void apply_missing(struct apply *apply, struct str name, struct str help, struct pos pos);

/* routing.c: what lists of those who sign have beside them. `given` are the data of the fields of
 * `map`, by index. Adds FIELD_INSTEAD. A map without any value, as forms have it, is as one that is
 * not there where it stands for the first entry of a list that is. */
void apply_beside(struct apply *apply, const struct field *map, const struct value **given);

/* True when the list for whose first entry `field` stands is given. */
bool apply_stands_in(const struct field *map, const struct field *field,
                     const struct value **given);

/* Puts the first entry of each such list in the place of its map in `typed`, or adds
 * FIELD_NOT_FIRST where they do not agree. */
void apply_first(struct apply *apply, const struct field *map, const struct value **given,
                 struct value *typed);

/* hole.c: adds FIELD_HOLE for each hole in a text, or in the texts of paragraphs. True when there
 * is one. */
bool apply_holes(struct apply *apply, const struct field *field, struct str name,
                 const struct value *given);

/* scalar.c: all types of one value. */
struct value *apply_scalar(struct apply *apply, const struct field *field, struct str name,
                           const struct value *given);

/* entries.c: FIELD_PARAGRAPHS. */
struct value *apply_paragraphs(struct apply *apply, const struct field *field, struct str name,
                               const struct value *given);

/* Adds FIELD_TEXT_IS_MAP or FIELD_TEXT_IS_LIST. */
void apply_not_text(struct apply *apply, struct str name, const struct value *given);

/* keyed.c */
struct value *apply_keyed(struct apply *apply, const struct field *field, struct str name,
                          const struct value *given);

/* Makes of a reference that is no code, but means an entry of the rubric without doubt, its code; a
 * note tells it. */
void apply_reference_code(struct apply *apply, const struct field *field, struct str name,
                          struct value *value);

/* Puts the maps that references name in their place, all through a typed tree. For a rubric
 * alone it only checks them. */
void apply_references(struct apply *apply, const struct field *field, struct value *value,
                      struct str name);

/* The value at a path of maps, in the rubric or, for its own keyed fields, in the typed report. */
const struct value *apply_path(const struct apply *apply, struct str path);

/* The list in which the codes of a reference are looked up, or NULL. */
const struct value *apply_target(const struct apply *apply, const struct field *field);

/* A copy of one value under another name; its children are shared. */
struct value *apply_alias(struct apply *apply, const struct value *value,
                          const struct field *field);

#endif
