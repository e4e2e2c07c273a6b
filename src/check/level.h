/* The level that figures make due. For this room only. */
#ifndef CHECK_LEVEL_H
#define CHECK_LEVEL_H

#include "check/score.h"

/* What is needed to tell it; all NULL when the schema declares no levels. */
struct level_due {
    const struct schema *schema;
    const struct value *list;   /* of the rubric, from high to low */
    const struct value *before; /* of the years before, or NULL */
    const struct value *given;  /* what the report says, or NULL */
};

/* Cuts the first name off what a report says of its level, "A หรือ ผ่าน"; no more than
 * LEVELS_NAMED_MAX of them are looked at. */
#define LEVELS_NAMED_MAX 8
struct str level_cut(struct str *rest);

struct level_due level_due_of(const struct schema *schema, const struct value *data,
                              const struct value *rubric);

/* True when the report names the level that is due, and where nothing can be said. */
bool level_fits(const struct level_due *due, const struct scores *scores);

#endif
