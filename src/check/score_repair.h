/* Which figure may be the wrong one where two ways to it disagree. For this room only. */
#ifndef CHECK_SCORE_REPAIR_H
#define CHECK_SCORE_REPAIR_H

#include "check/score.h"

struct level_due;

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

/* How the one may have become the other when it was typed; both have the same number of decimals.
 */
enum slip slip_between(struct decimal a, struct decimal b);

#endif
