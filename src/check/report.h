/* Whether what a report says is true of itself: its figures, its level, what its sentences say of
 * them, names and dates. */
#ifndef CHECK_REPORT_H
#define CHECK_REPORT_H

struct arena;
struct diags;
struct schema;
struct scores;
struct value;

/* Adds findings (base/diag/finding.def) to `findings`, a list of their own that accept.h moves to
 * the report's messages. `data` is the tree of schema_apply(), `rubric` that of rubric_load(), or
 * NULL. Returns the figures as they were compared, never NULL. */
struct scores *report_check(struct arena *arena, struct diags *findings,
                            const struct schema *schema, const struct value *data,
                            const struct value *rubric);

#endif
