/* Figures, levels, names of numbered figures and years that sentences name.
 *
 * schema.yaml says in which texts to look (`figures`, `years`; schema.h). A figure is a number with
 * "คะแนน" or "ร้อยละ" beside it, or one with the published number of decimals close behind the name
 * of a score. It belongs to the score that is named nearest before it in the same line: by its
 * name, its code ("IIT"), for parts after their score ("EIT ส่วนที่ 1"), for numbered ones with the
 * word before the number ("ตัวชี้วัดที่ 8"), or an official or other accepted name in the rubric. Several
 * names followed by as many figures are taken in order. A number is no figure of the report where
 * the words before it say so (words.def): another year, a difference, a limit, another survey. So
 * do the names of other assessments, which schema.yaml lists (`others`). Where it lists none,
 * capital letters right behind a word for assessing or for points are taken for such a name
 * ("ผลการประเมิน ABC"), unless the schema or the rubric knows them. */
#ifndef CHECK_MENTION_H
#define CHECK_MENTION_H

#include "base/diag.h"

struct arena;
struct mentions;
struct schema;
struct scores;
struct value;

/* Reads the texts of a report once. Attaches each figure that a sentence names for a score to
 * score->mentions, and keeps the others. `data` is the tree of schema_apply(), `rubric` that of
 * rubric_load(), or NULL. Takes time in proportion to the texts. */
struct mentions *mention_collect(struct arena *arena, const struct schema *schema,
                                 const struct value *data, const struct value *rubric,
                                 struct scores *scores);

/* Adds the findings MENTION_… and YEAR_… of what disagrees with the data. Figures and levels are
 * errors where scores_check() found the data consistent, else warnings. */
void mention_check(struct arena *arena, struct diags *findings, const struct mentions *mentions,
                   const struct scores *scores);

#endif
