/* Entries of the rubric beside the rows of a table: a keyed field's, and those that a field of a
 * list refers to. For files of this room only. */
#ifndef FORM_OFFICIAL_H
#define FORM_OFFICIAL_H

#include "base/str.h"

struct field;
struct schema;
struct value;

/* The field that says which entry of the rubric an entry of a list or keyed field is about: the
 * keyed field itself, or a reference that no two entries share. NULL when there is none. */
const struct field *official_naming(const struct field *field);

/* The list of the rubric that a reference or keyed field names entries of, in the rubric's typed
 * tree; NULL when it is not there. */
const struct value *official_list(const struct schema *schema, const struct value *rubric,
                                  const struct field *naming);

/* The code of an entry of that list. */
struct str official_code(const struct field *naming, const struct value *entry);

#endif
