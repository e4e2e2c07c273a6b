#include "check/report.h"

#include "check/inner.h"
#include "check/score.h"

struct scores *
report_check(struct arena *arena, struct diags *findings, const struct schema *schema,
             const struct value *data, const struct value *rubric)
{
    struct scores *scores = scores_of(arena, schema, data, rubric);
    struct level_due due = level_due_of(schema, data, rubric);

    struct mentions *mentions = mention_collect(arena, schema, data, rubric, scores);
    scores_check(arena, findings, scores, &due);
    levels_check(arena, findings, schema, data, rubric, scores);
    mention_check(arena, findings, mentions, scores);
    last_check(arena, findings, schema, data, rubric);
    facts_check(arena, findings, schema, data, rubric);
    digits_check(findings, schema, data);
    return scores;
}
