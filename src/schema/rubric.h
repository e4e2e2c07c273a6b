/* The rubric: what an assessment asks for in one year, as data (templates/NAME/rubric/YEAR.yaml).
 * Its shape is declared by the field of type `rubric` in the template's schema.yaml; here it is
 * read, and what its parts say of each other is checked. The figures of a report are compared
 * with it elsewhere. */
#ifndef SCHEMA_RUBRIC_H
#define SCHEMA_RUBRIC_H

#include "base/diag.h"

struct arena;
struct schema;
struct value;

/* Types a rubric file by the schema and checks that its parts fit together: codes are unique and
 * known where they are named, what is to be covered (`covers`) is named once, the weights of one
 * mean make 100, each figure above the lowest level of `scores` has some below it, levels descend
 * to 0. A part that the schema does not declare is not asked for. Returns the typed tree
 * for schema_apply(), in which references are still codes, or NULL with diagnostics. */
struct value *rubric_load(struct arena *arena, struct diags *diags, const struct schema *schema,
                          const struct value *file);

#endif
