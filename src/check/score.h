/* The figures of a report and how they hang together: a tree in which each figure is the mean, or
 * the weighted mean, or the sum of those below it.
 *
 * schema.yaml declares the tree under `scores`, a list of its levels from the total down:
 *
 *   name       what people call the figure ("คะแนนรวม"); {} is the key of the entry,
 *              {field} another field of it ("ตัวชี้วัดที่ {} {ชื่อ}")
 *   each       all levels but the first: the list of the rubric ("เกณฑ์.เครื่องมือ")
 *              that has an entry for each figure
 *   key        the field that tells these entries apart
 *   in         the field that names the entry of the level above (left out below the first level).
 *              A list of fields, where that may be an entry of one of several levels: an item below
 *              a side, or below a work of a side. Each entry then names one of them
 *   leaf       yes: an entry may have no figures below it, though there is a level below; without
 *              it that is a fault of the rubric
 *   weight     the field with the figure's weight in that mean; the weights of one mean make 100.
 *              Left out: all weigh alike
 *   full       instead of weights: the field with the figure's full mark; at the first level the
 *              path of the total's in the rubric. What is above is the sum of such figures, not
 *              their mean, and its full mark is the sum of theirs. No figure may be above its full
 *              mark. Where a level has full marks, the level above has them too
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
 *   from       the list of the rubric, from high to low; the first level whose
 *              conditions hold is due
 *   name       the field with its name
 *   total      the field with the least total
 *   every      the field with the least figure of every entry below the total
 *   each       the field with the least figures of single entries: a list of maps, in which
 *   in         is a reference to the entry, of any level of `scores`, and
 *   least      the least figure that it needs
 *   before     the path of such a list that was used in the years before
 *   since      the path of the first of these years
 *   until      the path of the last of them */
#ifndef CHECK_SCORE_H
#define CHECK_SCORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/decimal.h"
#include "base/diag.h"
#include "base/ratio.h"
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
    struct str code;           /* the entry's key: "IIT", "8"; empty for the total */
    size_t level;              /* an index in schema->scores; of a part that of its score */
    struct pos pos;            /* of the figure, or of what should hold it */
    const struct value *entry; /* of the rubric; NULL for the total */
    const struct value *given; /* VALUE_NUMBER of the report, or NULL when it does not say it */
    struct str path; /* of the figure in the report: "ผลประเมิน.EIT.ส่วนที่ 1" */
    struct ratio figure;      /* the same as a fraction; not known when it is not given */
    struct ratio computed;    /* what the figures below make of it; set by scores_check() */
    struct ratio parts_make;  /* what its parts make of it; likewise */
    bool agrees, parts_agree; /* likewise; true where there is nothing to compare */
    bool told_below;          /* likewise: it disagrees only because figures below it do */
    bool accepted;            /* a disagreement was let through; set by accept_mark() */
    struct ratio weight;      /* 1 where none is declared */
    struct ratio full;        /* its full mark; not known where there are none */
    struct decimal tolerance, part_tolerance;
    uint8_t places;             /* decimals that the figure is published with */
    uint8_t finest;             /* that it may have; more than `places` where these are open */
    bool open;                  /* the schema does not say how many */
    struct decimal least, most; /* the range that the schema allows */
    struct score *parent;       /* NULL for the total; for a part the score that it is part of */
    struct score *first, *last; /* the figures below, in the rubric's order */
    struct score *parts;        /* linked through next, or NULL */
    struct score *next;
    bool is_part;
    bool has_weight;     /* one is declared */
    bool weighted;       /* typed as its share of the mean: `figure` is what that stands for */
    bool parts_weighted; /* its parts were; set by scores_check(), as what follows */
    bool trusted;        /* found to agree in another way */
    struct ratio share;  /* the most that such a share can be: 40 */
    const struct score *teller; /* at which the finding of shares stands, or NULL */
    bool asked;                 /* levels are given by it */
    struct mention *mentions;   /* of this score in sentences; set by mention_collect() */
};

/* All scores of a report. */
struct scores {
    struct score *total; /* the root; NULL when the schema declares no scores */
    struct score **all;  /* the tree from the root down, parts after their score */
    size_t count;
    bool doubted;    /* nobody compared the rubric with the publication */
    bool consistent; /* set by the checks of the figures: none of them disagrees */
};

/* Builds the tree of a report. `data` is the tree of schema_apply(), `rubric` that of
 * rubric_load(). Never NULL; without `scores` in the schema it has no total. */
struct scores *scores_of(struct arena *arena, const struct schema *schema, const struct value *data,
                         const struct value *rubric);

/* What is needed to tell which level is due (level.h). */
struct level_due;

/* The word before the number in the name of a score: "ตัวชี้วัดที่", or "ตัวชี้วัด" without the ordinal;
 * empty where there is none. */
struct str score_family(const struct score *score, bool ordinal);

/* Compares each figure with the mean of those below it, adds the findings FIGURE_… and sets
 * `computed`, `agrees` and `consistent`. A figure is compared with what those of the lowest level
 * make of it; a disagreement that was told further down is not told again. */
void scores_check(struct arena *arena, struct diags *findings, struct scores *scores,
                  const struct level_due *due);

/* Compares the level that the report names with the one that its figures make due: findings
 * LEVEL_…. */
void levels_check(struct arena *arena, struct diags *findings, const struct schema *schema,
                  const struct value *data, const struct value *rubric,
                  const struct scores *scores);

#endif
