/* The rubric: what an assessment asks for in one year, as data (templates/NAME/rubric/YEAR.yaml).
 * Its shape is declared by the field of type `rubric` in the template's schema.yaml; here it is
 * read, and what its parts say of each other is checked. The figures of a report are compared
 * with it elsewhere. */
#ifndef SCHEMA_RUBRIC_H
#define SCHEMA_RUBRIC_H

#include <stdbool.h>

#include "base/diag.h"

struct arena;
struct field;
struct schema;
struct value;

/* Types a rubric file by the schema and checks that its parts fit together: codes are unique and
 * known where they are named, what is to be covered (`covers`) is
 * named once, no two entries were the same one in the year before (`former`), the weights of one
 * mean make 100, each figure above the lowest level of `scores` has some below it, levels descend
 * to 0, and what is said to be confirmed is not doubtful. A part that the schema does not declare
 * is not asked for. Returns the typed tree for schema_apply(), in which references are still codes,
 * or NULL with diagnostics. */
struct value *rubric_load(struct arena *arena, struct diags *diags, const struct schema *schema,
                          const struct value *file);

/* True for a typed rubric that people compared with the publication as a whole. */
bool rubric_is_confirmed(const struct value *rubric);

/* True for one that says of itself that they did not. */
bool rubric_is_doubted(const struct value *rubric);

/* The field of a list's entries that holds their codes of the year before (`former`), or NULL. */
const struct field *rubric_former(const struct field *list);

/* The rubric of the year before, typed too, or NULL; and what it is called. */
struct rubric_last {
    const struct value *rubric;
    const char *name;
};

/* Tells what is worth a look when a rubric, typed, is checked by itself: codes whose numbers do not
 * go 1, 2, 3 …, and codes of the year before that the rubric of that year does not have. */
void rubric_review(struct arena *arena, struct diags *diags, const struct schema *schema,
                   const struct value *rubric, const struct rubric_last *last);

#endif
