/* Scores that were typed as they are printed in some tables: already multiplied by their weight
 * (31.00 of 40 for 77.50). */
#include "base/arena.h"
#include "check/inner.h"
#include "value/value.h"

#define MOST_OPEN 1000000 /* a range beyond says nothing of the scale */
#define SCALE 100         /* of scores whose range is open */

/* A score whose parent is a mean by weights that the rubric gives; what was typed for it is its own
 * figure, or its parts. */
struct share {
    struct score *score;
    bool of_parts;
    struct ratio typed; /* of parts their mean, or their sum */
    struct ratio part;  /* the weight as a fraction of 1 */
    struct ratio mean;  /* of the figures below it, where they are known */
};

static struct ratio
absolute(struct ratio a)
{
    return a.num < 0 ? ratio_sub(ratio_int_of(0), a) : a;
}

/* Half of the last decimal: by so much a printed share may have been rounded. */
static struct ratio
rounding(const struct score *score)
{
    return ratio_of((struct decimal){5, (uint8_t)(score->finest + 1)});
}

static bool
within(struct ratio a, struct ratio b, struct ratio reach)
{
    return ratio_is_known(a) && ratio_is_known(b) &&
           ratio_cmp(absolute(ratio_sub(a, b)), reach) <= 0;
}

static bool
has_weights(const struct score *first)
{
    struct ratio sum = ratio_int_of(0);

    for (const struct score *score = first; score != NULL; score = score->next)
        sum = ratio_add(sum, score->weight);
    return first != NULL && first->has_weight && ratio_is_known(sum) &&
           ratio_cmp(sum, ratio_int_of(100)) == 0;
}

static struct ratio
sum_of_parts(const struct score *score)
{
    struct ratio sum = ratio_int_of(0);

    for (const struct score *part = score->parts; part != NULL; part = part->next)
        sum = ratio_add(sum, part->figure);
    return score->parts == NULL ? RATIO_UNKNOWN : sum;
}

static struct share
share_of(struct score *score, bool of_parts, bool summed)
{
    struct share share = {.score = score, .of_parts = of_parts};

    share.typed = !of_parts ? score->figure
                  : summed  ? sum_of_parts(score)
                            : score_mean(score->parts);
    share.part = ratio_div(score->weight, ratio_int_of(100));
    share.mean = score_mean(score->first);
    return share;
}

/* The most that a share can be: 40 of a score out of 100 with the weight 40. */
static struct ratio
most_of(const struct share *share)
{
    const struct score *score = share->of_parts ? share->score->parts : share->score;
    struct ratio most = ratio_of(score->most);

    if (ratio_cmp(most, ratio_int_of(MOST_OPEN)) > 0)
        most = ratio_int_of(SCALE);
    return ratio_mul(most, share->part);
}

static bool
can_be_share(const struct share *share)
{
    return ratio_is_known(share->typed) && share->typed.num > 0 &&
           ratio_cmp(share->part, ratio_int_of(1)) < 0 &&
           ratio_cmp(share->typed, most_of(share)) <= 0;
}

/* A slip of one digit explains a figure better. */
static bool
is_slip(const struct share *share)
{
    const struct score *score = share->score;
    struct decimal mean;

    return !share->of_parts && ratio_round(share->mean, score->finest, RATIO_NEAREST, &mean) &&
           slip_between(score->given->number, mean) != SLIP_NONE;
}

/* The figures below make the score, and by its weight what was typed for it. */
static bool
fits_below(const struct share *share)
{
    struct decimal tolerance =
        share->of_parts ? share->score->part_tolerance : share->score->tolerance;
    struct ratio reach =
        ratio_add(rounding(share->score), ratio_mul(ratio_of(tolerance), share->part));

    return can_be_share(share) && ratio_is_known(share->mean) &&
           !ratio_near(share->typed, share->mean, tolerance) &&
           within(share->typed, ratio_mul(share->mean, share->part), reach) && !is_slip(share);
}

/* ---- what is noted */

static void
note_own(const struct share *share)
{
    struct score *score = share->score;
    struct decimal rounded;

    score->weighted = true;
    score->share = most_of(share);
    score->figure =
        fits_below(share) && ratio_round(share->mean, score->finest, RATIO_NEAREST, &rounded)
            ? ratio_of(rounded)
            : ratio_div(share->typed, share->part);
}

/* `summed`: the parts have the weight among them. */
static void
note_parts(const struct share *share, bool summed)
{
    struct score *score = share->score;
    long count = 0;

    score->parts_make = score_mean(score->parts);
    score->parts_weighted = true;
    for (const struct score *part = score->parts; part != NULL; part = part->next)
        count++;
    struct ratio divisor = ratio_int_of(summed ? count : 1);
    for (struct score *part = score->parts; part != NULL; part = part->next) {
        part->weighted = true;
        part->share = ratio_div(most_of(share), divisor);
        part->figure = ratio_div(part->figure, ratio_div(share->part, divisor));
    }
}

static void
note(const struct share *share, bool summed)
{
    if (share->of_parts)
        note_parts(share, summed);
    else
        note_own(share);
}

/* ---- recognising them */

/* All at once: none is above its weight, and what was typed makes the total by plain addition. */
static bool
by_plain_sum(struct score *parent, bool summed)
{
    struct ratio sum = ratio_int_of(0), reach = ratio_of(parent->tolerance);

    for (struct score *score = parent->first; score != NULL; score = score->next) {
        struct share share = share_of(score, score->given == NULL, summed);
        if (!can_be_share(&share) ||
            (ratio_is_known(share.mean) && ratio_near(share.typed, share.mean, score->tolerance)))
            return false;
        sum = ratio_add(sum, share.typed);
        reach = ratio_add(reach, rounding(score));
    }
    if (!within(sum, parent->figure, reach))
        return false;
    for (struct score *score = parent->first; score != NULL; score = score->next) {
        struct share share = share_of(score, score->given == NULL, summed);
        note(&share, summed);
    }
    parent->trusted = true;
    return true;
}

/* Each by the figures below it. */
static bool
by_figures_below(struct score *parent)
{
    bool any = false;

    for (struct score *score = parent->first; score != NULL; score = score->next) {
        struct share own = share_of(score, false, false);
        if (fits_below(&own)) {
            note(&own, false);
            any = true;
        }
        for (int summed = 0; summed <= 1 && !score->parts_weighted; summed++) {
            struct share parts = share_of(score, true, summed != 0);
            if (!fits_below(&parts))
                continue;
            note(&parts, summed != 0);
            any = true;
        }
    }
    return any;
}

/* What was typed for `share` makes the total as it stands, beside the others by their weights. */
static bool
makes_total(const struct score *parent, const struct share *share)
{
    struct ratio sum = share->typed;

    for (const struct score *score = parent->first; score != NULL; score = score->next)
        if (score != share->score)
            sum = ratio_add(
                sum, ratio_mul(score_value(score), ratio_div(score->weight, ratio_int_of(100))));
    return within(sum, parent->figure,
                  ratio_add(ratio_of(parent->tolerance), rounding(share->score)));
}

/* A single one, where nothing is below it: the total follows with this alone, and with no slip. */
static bool
by_total(struct arena *arena, struct scores *scores, struct score *parent,
         const struct level_due *due)
{
    struct share found = {.score = NULL};

    for (struct score *score = parent->first; score != NULL; score = score->next) {
        struct share share = share_of(score, score->given == NULL, false);
        if (!can_be_share(&share) || ratio_is_known(share.mean) || !makes_total(parent, &share))
            continue;
        if (found.score != NULL)
            return false;
        found = share;
    }
    if (found.score == NULL)
        return false;
    struct suspects suspects = score_suspects(arena, scores, parent, false, due);
    for (size_t i = 0; i < suspects.fitting; i++)
        if (suspects.list[i].slip != SLIP_NONE)
            return false;
    note(&found, false);
    parent->trusted = true;
    return true;
}

/* The first of those below that were typed so tells of all. */
static void
note_teller(struct score *parent)
{
    const struct score *teller = NULL;

    for (struct score *score = parent->first; score != NULL; score = score->next) {
        if (!score->weighted && !score->parts_weighted)
            continue;
        if (teller == NULL)
            teller = score->weighted ? score : score->parts;
        score->teller = teller;
        for (struct score *part = score->parts; part != NULL; part = part->next)
            part->teller = teller;
    }
}

bool
score_find_weighted(struct arena *arena, struct scores *scores, struct score *parent,
                    const struct level_due *due)
{
    if (!has_weights(parent->first))
        return false;
    bool found = by_plain_sum(parent, false) || by_plain_sum(parent, true) ||
                 by_figures_below(parent) ||
                 (!score_agrees(parent) && by_total(arena, scores, parent, due));
    if (found)
        note_teller(parent);
    return found;
}

/* ---- in words */

static void
add_words(struct arena *arena, const struct score *score, const char *of, struct buf *shares,
          struct buf *meant)
{
    struct buf name = buf_in(arena);

    if (!score->weighted)
        return;
    if (score->is_part)
        buf_printf(&name, "%.*s ", STR_FMT(score->parent->name));
    buf_add(&name, score->name);
    buf_text(shares, shares->len == 0 ? "" : ", ");
    buf_printf(shares, "%.*s %.*s %s %.*s", STR_FMT(buf_str(&name)),
               STR_FMT(decimal_text(arena, score->given->number, false)), of,
               STR_FMT(ratio_text(arena, score->share, 0, score->finest)));
    buf_text(meant, meant->len == 0 ? "" : ", ");
    buf_printf(meant, "%.*s %.*s", STR_FMT(buf_str(&name)),
               STR_FMT(ratio_text(arena, score->figure, score->places, score->finest)));
}

void
score_weighted_words(struct arena *arena, const struct score *parent, const char *of,
                     struct buf *shares, struct buf *meant)
{
    for (const struct score *score = parent->first; score != NULL; score = score->next) {
        add_words(arena, score, of, shares, meant);
        for (const struct score *part = score->parts; part != NULL; part = part->next)
            add_words(arena, part, of, shares, meant);
    }
}
