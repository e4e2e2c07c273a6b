/* Keyed fields as a map of one entry a line, so that single entries can be changed in the text. */
#ifndef RENEW_ITEMS_BLOCK_H
#define RENEW_ITEMS_BLOCK_H

#include "base/str.h"

struct arena;
struct carry_years;
struct field;
struct schema;
struct value;

/* The report with its keyed fields as maps: the entries of a list that all have a code of their own
 * stand under it. */
struct value *items_as_maps(struct arena *arena, const struct field *root,
                            const struct value *report);

/* The text of a report in which the keyed fields that stand in brackets, or otherwise so that
 * entries share lines, are written anew, one entry a line; comments inside them are lost. Where
 * this cannot be done in place the whole report is written anew. Fields that the rubrics of both
 * years ask no change of stay as they are. */
struct str items_in_lines(struct arena *arena, const struct schema *schema,
                          const struct value *report, struct str text,
                          const struct carry_years *years);

#endif
