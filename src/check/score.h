/* The figures of a report and how they hang together: a tree in which each figure is the mean, or
 * the weighted mean, of those below it.
 *
 * schema.yaml declares the tree under `scores`, a list of its levels from the total down:
 *
 *   name       what people call the figure ("คะแนนรวม"); {} is the key of the entry, {field} another
 *              field of it ("ตัวชี้วัดที่ {} {ชื่อ}")
 *   each       all levels but the first: the list of the rubric that has an entry for each figure
 *              ("เกณฑ์.เครื่องมือ")
 *   key        the field that tells these entries apart
 *   in         the field that names the entry of the level above (left out below the first level)
 *   weight     the field with the figure's weight in that mean; the weights of one mean make 100.
 *              Left out: all weigh alike
 *   value      the path of the figure in the report ("ผลประเมิน.{}"); through a keyed field it leads
 *              by the key ("ผลประเมิน.ตัวชี้วัด.{}.คะแนน")
 *   own        where the path leads to a map, the figure's field in it ("รวม")
 *   tolerance  the path of what a published figure may differ from the mean, before rounding
 *   parts      another way to the same figure: a map of each (a list inside the entry), key, name,
 *              value ("ผลประเมิน.{}.{}": first the entry's key, then the part's) and tolerance; the
 *              mean of the parts is compared with the same mean as the figure itself
 *
 * and under `levels` how the figures are named:
 *
 *   value      the path of the level in the report
 *   from       the list of the rubric, from high to low; the first level whose conditions hold is due
 *   name       the field with its name
 *   total      the field with the least total
 *   every      the field with the least figure of every entry below the total
 *   before     the path of such a list that was used in the years before
 *   until      the path of the last of these years */
#ifndef CHECK_SCORE_H
#define CHECK_SCORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/decimal.h"
#include "base/diag.h"
#include "base/str.h"

struct arena;
struct schema;
struct value;

/* A figure that a sentence gives for a score: "ได้คะแนน 86.17 คะแนน". */
struct mention {
    struct decimal number;
    struct str text; /* the number as it stands there */
    struct pos pos;
    struct mention *next;
};

struct score {
    struct str name;
    struct str code;            /* the entry's key: "IIT", "8"; empty for the total */
    const struct value *entry;  /* of the rubric; NULL for the total */
    const struct value *given;  /* VALUE_NUMBER of the report, or NULL when it does not say it */
    const char *path;           /* of the figure in the report, for messages and findings */
    struct decimal weight;      /* 1 where none is declared */
    struct decimal tolerance;
    uint8_t places; /* decimals that the figure is published with */
    struct decimal least, most; /* the range that the schema allows */
    struct score *parent;       /* NULL for the total, and for parts the score they are parts of */
    struct score *first, *next; /* the figures below, in the rubric's order */
    size_t count;               /* of them */
    struct score *parts;        /* linked through next, or NULL */
    size_t part_count;
    struct decimal part_tolerance;
    struct mention *mentions; /* of this score in sentences; set by mention_collect() */
};

/* All scores of a report. */
struct scores {
    struct score *total; /* the root; NULL when the schema declares no scores */
    struct score **all;  /* the tree from the root down, parts after their score */
    size_t count;
    bool consistent; /* set by the checks of the figures: none of them disagrees */
};

/* Builds the tree of a report. `data` is the tree of schema_apply(), `rubric` that of
 * rubric_load(). Never NULL; without `scores` in the schema it has no total. */
struct scores *scores_of(struct arena *arena, const struct schema *schema, const struct value *data,
                         const struct value *rubric);

/* Compares each figure with the mean of those below it, adds the findings FIGURE_… and sets
 * `consistent`. A total is compared with what the figures of the lowest level make of it. */
void scores_check(struct arena *arena, struct diags *findings, struct scores *scores);

/* Compares the level that the report names with the one that its figures make due: findings
 * LEVEL_…. */
void levels_check(struct arena *arena, struct diags *findings, const struct schema *schema,
                  const struct value *data, const struct value *rubric,
                  const struct scores *scores);

#endif
