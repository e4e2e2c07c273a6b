/* The second half of reading a schema. For files of this room only. */
#ifndef CHECK_LINK_H
#define CHECK_LINK_H

#include "check/schema.h"

struct loader {
    struct arena *arena;
    struct diags *diags;
    struct schema *schema;
    size_t fields; /* made so far */
};

/* Counts fields; false with SCHEMA_TOO_LARGE beyond the limit. */
bool link_takes(struct loader *loader, struct pos pos, size_t fields);

/* Finds what fields name: those beside them, the lists of keyed fields and references. Makes the
 * entries that templates see of keyed fields. Refuses chains of references that do not end. */
void link_fields(struct loader *loader);

#endif
