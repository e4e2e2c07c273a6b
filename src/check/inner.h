/* What the files of this room share. */
#ifndef CHECK_INNER_H
#define CHECK_INNER_H

#include "base/diag.h"
#include "check/score.h"

struct arena;
struct level_scheme;
struct mentions;
struct schema;
struct scores;
struct value;

/* ---- texts with Thai and Arabic digits */

/* Adds DIGITS_MIXED for each text of a report with a line that has digits of both kinds, codes,
 * addresses and the like left aside (thai/digits.h). `data` is the tree of schema_apply(). */
void digits_check(struct diags *findings, const struct schema *schema, const struct value *data);

/* ---- what a report says besides figures: official names, persons, dates, the order of its items
 * schema.yaml declares which fields hold such facts (`official`, `person`, `fiscal`, `after`, `same`,
 * `before`, and keyed fields with `complete`; schema.h). */

/* Adds the findings NAME_…, PERSON_…, DATE_…, ITEM_…, OTHER_NAME and YEAR_NOT_BEFORE of the tree of schema_apply(); `rubric` is
 * that of rubric_load(), or NULL.
 *
 * A fiscal year N goes from 1 October N-1 to 30 September N. The open day of a date that is checked
 * counts as the last of its month, that of the date it is compared with as the first. A person has
 * one of the titles of words.def and at least two words behind it. */
void facts_check(struct arena *arena, struct diags *findings, const struct schema *schema,
                 const struct value *data, const struct value *rubric);

/* Adds LAST_FIGURES for each figure of last year that those which the report gives beside it do not
 * make, by this year's rubric: fields with `last` in place of those that they are taken from. */
void last_check(struct arena *arena, struct diags *findings, const struct schema *schema,
                const struct value *data, const struct value *rubric);

/* ---- the level that figures make due */

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

/* The first of the least figures that a level of the rubric asks of single entries, or NULL. */
const struct value *level_first_minimum(const struct level_scheme *levels,
                                        const struct value *level);

/* True when the report names the level that is due, and where nothing can be said. */
bool level_fits(const struct level_due *due, const struct scores *scores);

/* ---- reckoning with the tree of figures */

/* The score of an entry by its key, on this level of schema->scores, or NULL. */
struct score *score_of_entry(const struct scores *scores, size_t level, struct str code);

/* True when the score is one of those that make the other, on any level. */
bool score_is_below(const struct score *score, const struct score *above);

/* True for the figures of a sum, whose parent is not their mean. */
bool score_is_summand(const struct score *score);

/* True when it is above its full mark. */
bool score_is_over(const struct score *score);

/* The weighted mean of a list of scores, or their sum where they are summands, each taken from
 * those below it where they are known, else as it is given, else as the mean of its parts. Not
 * known when one of them is not. */
struct ratio score_mean(const struct score *first);

/* What a score is, by the same rule. */
struct ratio score_value(const struct score *score);

/* What is said of a score elsewhere: as published where it is given, else as it is reckoned. */
struct ratio score_published(const struct score *score);

/* Two comparisons may be made at each score: with the mean of those below it, and of its parts with
 * that mean (with the score itself, where nothing is below). True when the figures agree, and where
 * one of them is not known. */
bool score_agrees(const struct score *score);
bool score_parts_agree(const struct score *score);

/* With the published figures in place of the means of those that disagree with what is below them
 * (`agrees`): true when the score then agrees, so that its disagreement is that of these. */
bool score_is_explained(const struct score *score);

/* ---- which figure may be the wrong one where two ways to it disagree */

enum slip {
    SLIP_NONE,
    SLIP_DIGIT,  /* one digit is another */
    SLIP_SWAP,   /* two neighbouring digits changed places */
    SLIP_MISSING /* a digit was left out, or typed twice */
};

/* A figure that would put a comparison right, and what it would have to be. */
struct suspect {
    const struct score *score;
    struct decimal value;
    enum slip slip;
    bool fits; /* no other comparison would then fail that holds now */
};

struct suspects {
    struct suspect *list;
    size_t count;
    size_t fitting; /* of them; they stand first */
};

/* The suspects of the comparison at `score`: that of its parts, or with those below it. The figures
 * are changed to try, and are as before when it returns. */
struct suspects score_suspects(struct arena *arena, struct scores *scores, struct score *score,
                               bool of_parts, const struct level_due *due);

/* Recognises the figures below one that were typed as their shares of it by weight ("OIT 31.00", of
 * 40, for 77.50) and puts what they stand for in their place: all when none is above its weight and
 * their plain sum is the figure above; else those for which the figures below them say so, or a
 * single one with which the figure above follows, when no slip of one digit explains it. True when
 * there are such. */
bool score_find_weighted(struct arena *arena, struct scores *scores, struct score *parent,
                         const struct level_due *due);

/* "OIT 31.00 of 40", and "OIT 77.50". */
void score_weighted_words(struct arena *arena, const struct score *parent, const char *of,
                          struct buf *shares, struct buf *meant);

/* How the one may have become the other when it was typed; both have the same number of decimals.
 */
enum slip slip_between(struct decimal a, struct decimal b);

/* ---- figures, levels, names of numbered figures and years that sentences name
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
