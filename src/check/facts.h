/* What a report says besides figures: official names, persons, dates, the order of its items.
 * schema.yaml declares which fields hold such facts (`official`, `person`, `fiscal`, `after`, and
 * keyed fields with `complete`; schema.h). */
#ifndef CHECK_FACTS_H
#define CHECK_FACTS_H

#include "base/diag.h"

struct arena;
struct schema;
struct value;

/* Adds the findings NAME_…, PERSON_…, DATE_… and ITEM_… of the tree of schema_apply(); `rubric` is
 * that of rubric_load(), or NULL.
 *
 * A fiscal year N goes from 1 October N-1 to 30 September N. The open day of a date that is checked
 * counts as the last of its month, that of the date it is compared with as the first. A person has
 * one of the titles of words.def and at least two words behind it. */
void facts_check(struct arena *arena, struct diags *findings, const struct schema *schema,
                 const struct value *data, const struct value *rubric);

#endif
