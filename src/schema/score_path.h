/* Where a figure stands in a report, and what it is reckoned by in the rubric. For this room only.
 */
#ifndef SCHEMA_SCORE_PATH_H
#define SCHEMA_SCORE_PATH_H

#include "base/diag.h"
#include "base/str.h"

/* More figures than this are not compared; see RUBRIC_TOO_LARGE. */
#define SCORES_MAX 500

struct arena;
struct field;
struct schema;
struct score_level;
struct value;

struct score_place {
    const struct field *field; /* NULL when the path leads nowhere in the schema */
    const struct value *value; /* a VALUE_NUMBER, or NULL when the report does not give it */
    struct str path; /* as a person writes it: without the field that a plain datum fills */
    struct pos pos;  /* of the value, else of the last thing on the way to it */
};

/* The figure at `level->value` of an entry with this key, and of a part of it. */
struct score_place score_find(struct arena *arena, const struct schema *schema,
                              const struct value *data, const struct score_level *level,
                              struct str key, struct str part);

/* The value of the typed rubric at a path ("เกณฑ์.ความคลาดเคลื่อน.คะแนนรวม"), or NULL. */
const struct value *score_rubric_value(const struct schema *schema, const struct value *rubric,
                                       struct str path);

#endif
