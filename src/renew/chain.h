/* What the entries of a keyed field were in another year, told by what the rubrics of the years
 * between say of the year before each (`former`, schema.h). */
#ifndef RENEW_CHAIN_H
#define RENEW_CHAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;
struct carry_years;
struct field;
struct schema;
struct value;

/* An entry of this year's rubric, and its codes in the year from which one comes. */
struct chain_link {
    const struct value *entry;
    struct str code;
    struct str *was;
    size_t count;
};

struct chain {
    struct chain_link *links; /* in this year's order */
    size_t count;
};

/* The chain of a keyed field. False when the years are not told apart, a rubric of one between is
 * not there, or one says nothing of the year before. */
bool chain_of(struct arena *arena, const struct schema *schema, const struct field *field,
              const struct carry_years *years, struct chain *out);

#endif
