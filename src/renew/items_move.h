/* Putting the entries of keyed fields under the codes that they have this year. */
#ifndef RENEW_ITEMS_MOVE_H
#define RENEW_ITEMS_MOVE_H

#include "base/str.h"

struct arena;
struct carry_told;
struct carry_years;
struct schema;
struct value;

/* A report's text and its tree. */
struct items_text {
    struct str text;
    const struct value *root;
};

/* `carried`, in which each entry stands as it did in `last` but with what it keeps, with its keyed
 * fields in this year's order and under this year's codes: of several that became one the texts
 * are joined, what this year's rubric does not have becomes a remark, as it stood in `last`, and
 * new ones are added with holes. Remarks say what each entry was. An example gets no remarks, and
 * new entries like its first. Fields whose entries nobody can follow (chain.h) stay as they are. */
struct str items_move(struct arena *arena, const struct schema *schema,
                      const struct items_text *last, const struct items_text *carried,
                      const struct carry_years *years, bool example, struct carry_told *told);

#endif
