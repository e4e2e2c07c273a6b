/* What a new report says of last year: a field of which the schema says `last` gets what stands at
 * that path of last year's report, so that nobody types figures a second time. */
#ifndef RENEW_LAST_H
#define RENEW_LAST_H

#include <stddef.h>

#include "base/str.h"

struct arena;
struct carry_years;
struct schema;
struct value;

struct last_told {
    struct str field;   /* of the root, the first that got something; empty: none did */
    size_t count;       /* of all values */
    struct str dropped; /* the first that was there and went, as nothing new is known; or empty */
};

/* True when the schema has such fields. */
bool last_is_asked(const struct schema *schema);

/* `report` is last year's as it was read, `text` the new one as carry_report() made it. Returns the
 * new text with the fields in it, each behind the field that stands before it in the schema; those
 * of the year before that, which stood there already, are replaced, or go where there is nothing
 * new. Values still to be filled in (SCHEMA_HOLE) are left out, and so are entries that this year's
 * rubric does not have, or uses for another thing than last year's did. Only those lines change,
 * unless the text has them inside brackets: then the file is written anew, without comments. */
struct str last_fill(struct arena *arena, const struct schema *schema, const struct value *report,
                     struct str text, const struct carry_years *years, struct last_told *told);

#endif
