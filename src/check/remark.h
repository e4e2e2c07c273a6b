/* What sentences say that can be compared with the data. For this room only. */
#ifndef CHECK_REMARK_H
#define CHECK_REMARK_H

#include "check/score.h"
#include "check/sentence.h"

#define REMARKS_MAX 20000 /* kept of one report */

enum remark_kind {
    REMARK_FIGURE, /* `number` is named for `score` */
    REMARK_ROUND,  /* likewise, without decimals */
    REMARK_LOOSE,  /* `number` is named for none */
    REMARK_LEVEL,  /* the report's level is called `name` */
    REMARK_CALLED, /* `score` is called `name`, which is that of `other`, or of none but near */
    REMARK_YEAR    /* `year` is named where the report's is meant */
};

struct remark {
    enum remark_kind kind;
    struct pos pos;
    struct str part; /* of the sentence, for the message */
    bool cut;        /* there is more of it before */
    struct str name;
    struct score *score, *other;
    struct decimal number;
    bool percent;
    int year;
    struct remark *next;
};

struct mentions {
    struct remark *first, *last;
    size_t count;
    int year;                  /* the report's, or 0 */
    const struct value *level; /* what the report says, or NULL */
};

/* Where a text stands and what is asked of it. */
struct passage {
    struct str text;
    struct pos pos;
    bool years;    /* the years that it names are looked at */
    bool is_title; /* all of them, not only those of the assessment */
};

/* Adds the remarks of a line whose tokens are these. */
void remark_line(struct arena *arena, struct mentions *mentions, const struct scores *scores,
                 const struct passage *passage, const struct token *tokens, size_t count);

/* True when a score is `number`, with the decimals that it has there: as given, else as it is
 * reckoned. True also where nothing is known of it. */
bool remark_agrees(const struct score *score, struct decimal number);

#endif
