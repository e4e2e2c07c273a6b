/* The second half of reading a schema. For files of this room only. */
#ifndef SCHEMA_LINK_H
#define SCHEMA_LINK_H

#include "schema/schema.h"

struct loader {
    struct arena *arena;
    struct diags *diags;
    struct schema *schema;
    size_t fields; /* made so far */
};

/* Counts fields; false with SCHEMA_TOO_LARGE beyond the limit. */
bool link_check(struct loader *loader, struct pos pos, size_t fields);

/* Finds what fields name: those beside them, the lists of keyed fields and references. Makes the
 * entries that templates see of keyed fields. Refuses chains of references that do not end. */
void link_fields(struct loader *loader);

/* The field at a path of map fields ("เกณฑ์.เครื่องมือ"), or NULL; *in_rubric says whether it leads
 * through the rubric. */
const struct field *link_path(const struct schema *schema, struct str path, bool *in_rubric);

/* True for a list whose entries are maps. */
bool link_is_map_list(const struct field *field);

/* score_load.c: the sections `scores` and `levels` (score.h), and what they name. */
void link_read_scores(struct loader *loader, const struct value *list);
void link_read_levels(struct loader *loader, const struct value *map);
void link_scores(struct loader *loader);

#endif
