
#include <stdlib.h>

#include "base/arena.h"
#include "check/inner.h"
#include "value/value.h"

#define TRIED_MAX 200 /* values of one figure that are tried */

/* ---- slips of the typist */

struct digits {
    char at[20]; /* from the last digit on */
    size_t count;
};

static struct digits
digits_of(int64_t units)
{
    struct digits digits = {.count = 0};

    do {
        digits.at[digits.count++] = (char)(units % 10);
        units /= 10;
    } while (units > 0);
    return digits;
}

static enum slip
slip_in_place(const struct digits *a, const struct digits *b)
{
    size_t count = 0, first = 0, last = 0;

    for (size_t i = 0; i < a->count; i++) {
        if (a->at[i] == b->at[i])
            continue;
        first = count++ == 0 ? i : first;
        last = i;
    }
    if (count == 1)
        return SLIP_DIGIT;
    bool swapped = count == 2 && last == first + 1 && a->at[first] == b->at[last] &&
                   a->at[last] == b->at[first];
    return swapped ? SLIP_SWAP : SLIP_NONE;
}

/* True when the longer one without one of its digits is the shorter one. */
static bool
is_one_left_out(const struct digits *longer, const struct digits *shorter)
{
    size_t skipped = 0;

    for (size_t i = 0; i < shorter->count; i++) {
        if (longer->at[i + skipped] == shorter->at[i])
            continue;
        if (skipped++ > 0 || longer->at[i + 1] != shorter->at[i])
            return false;
    }
    return true;
}

enum slip
slip_between(struct decimal a, struct decimal b)
{
    if (a.units < 0 || b.units < 0 || a.places != b.places)
        return SLIP_NONE;
    struct digits x = digits_of(a.units), y = digits_of(b.units);
    if (x.count == y.count)
        return slip_in_place(&x, &y);
    if (x.count == y.count + 1)
        return is_one_left_out(&x, &y) ? SLIP_MISSING : SLIP_NONE;
    return y.count == x.count + 1 && is_one_left_out(&y, &x) ? SLIP_MISSING : SLIP_NONE;
}

/* ---- trying other figures */

struct repair {
    struct scores *scores;
    const struct level_due *due;
    struct score *score; /* whose comparison fails */
    bool of_parts;
    bool *agreed; /* two for each score: what holds before anything is changed */
    bool over;    /* one of the figures is above its full mark: then that is the wrong one */
    bool level_fitted;
    struct suspects found;
};

/* Where the two ways to the figure part: what one says less what the other says. */
static struct ratio
difference(const struct repair *repair)
{
    const struct score *score = repair->score;
    struct ratio mean = score_mean(score->first);

    if (repair->of_parts)
        return ratio_sub(score_mean(score->parts), ratio_is_known(mean) ? mean : score->figure);
    return ratio_sub(score->figure, mean);
}

static struct ratio
difference_at(const struct repair *repair, struct score *suspect, struct ratio figure)
{
    struct ratio kept = suspect->figure;

    suspect->figure = figure;
    struct ratio result = difference(repair);
    suspect->figure = kept;
    return result;
}

static void
note_agreements(const struct scores *scores, bool *agreed)
{
    for (size_t i = 0; i < scores->count; i++) {
        agreed[2 * i] = score_agrees(scores->all[i]);
        agreed[2 * i + 1] = score_parts_agree(scores->all[i]);
    }
}

/* A sentence that says the same as the data now would disagree with the repaired figure. */
static bool
mentions_allow(const struct score *suspect, struct decimal value)
{
    for (const struct mention *mention = suspect->mentions; mention != NULL;
         mention = mention->next)
        if (decimal_cmp(mention->number, suspect->given->number) == 0 &&
            decimal_cmp(mention->number, value) != 0)
            return false;
    return true;
}

/* True when nothing that holds now fails with this value, and the comparison itself holds. */
static bool
fits(const struct repair *repair, struct score *suspect, struct decimal value)
{
    struct ratio kept = suspect->figure;
    bool good = mentions_allow(suspect, value);

    suspect->figure = ratio_of(value);
    good =
        good && (repair->of_parts ? score_parts_agree(repair->score) : score_agrees(repair->score));
    for (size_t i = 0; good && i < repair->scores->count; i++) {
        const struct score *score = repair->scores->all[i];
        good = (!repair->agreed[2 * i] || score_agrees(score)) &&
               (!repair->agreed[2 * i + 1] || score_parts_agree(score));
    }
    good = good && (!repair->level_fitted || level_fits(repair->due, repair->scores));
    suspect->figure = kept;
    return good;
}

/* A slip is the better explanation; else the value in the middle of those that are possible. */
static bool
is_better(const struct suspect *a, const struct suspect *b, struct decimal middle)
{
    if (a->fits != b->fits)
        return a->fits;
    if ((a->slip != SLIP_NONE) != (b->slip != SLIP_NONE))
        return a->slip != SLIP_NONE;
    return llabs(a->value.units - middle.units) < llabs(b->value.units - middle.units);
}

static int64_t
within(int64_t units, int64_t least, int64_t most)
{
    return units < least ? least : units > most ? most : units;
}

/* Without zeros that nobody would type: 40, not 40.0, for 46. */
static struct decimal
as_typed(const struct score *suspect, struct decimal value)
{
    while (suspect->open && value.places > suspect->given->number.places && value.units % 10 == 0) {
        value.units /= 10;
        value.places--;
    }
    return value;
}

/* The best of the values from `low` to `high`. */
static struct suspect
best_of(const struct repair *repair, struct score *suspect, struct decimal low,
        struct decimal middle, struct decimal high)
{
    struct suspect best = {.score = NULL};
    int64_t from = within(low.units, middle.units - TRIED_MAX / 2, high.units);
    int64_t to = within(high.units, from, middle.units + TRIED_MAX / 2);

    for (int64_t units = from; units <= to; units++) {
        struct decimal value = {units, low.places};
        struct suspect now = {suspect, value,
                              slip_between(suspect->given->number, as_typed(suspect, value)),
                              fits(repair, suspect, value)};
        if (best.score == NULL || is_better(&now, &best, middle))
            best = now;
    }
    if (best.score != NULL)
        best.value = as_typed(suspect, best.value);
    return best;
}

/* The values of a suspect with which the two ways agree: the difference is a straight line in it,
 * so that two points tell where it lies within the tolerance. */
static bool
find_range(const struct repair *repair, struct score *suspect, struct decimal *low,
           struct decimal *middle, struct decimal *high)
{
    struct decimal tolerance =
        repair->of_parts ? repair->score->part_tolerance : repair->score->tolerance;
    struct ratio at_zero = difference_at(repair, suspect, ratio_int_of(0));
    struct ratio slope = ratio_sub(difference_at(repair, suspect, ratio_int_of(1)), at_zero);
    struct ratio centre = ratio_div(ratio_sub(ratio_int_of(0), at_zero), slope);
    struct ratio reach = ratio_div(ratio_of(tolerance), slope);
    struct decimal least, most;

    if (reach.num < 0)
        reach.num = -reach.num;
    if (!ratio_round(ratio_sub(centre, reach), suspect->finest, RATIO_UP, low) ||
        !ratio_round(ratio_add(centre, reach), suspect->finest, RATIO_DOWN, high) ||
        !ratio_round(centre, suspect->finest, RATIO_NEAREST, middle) ||
        !decimal_round(suspect->least, suspect->finest, &least) ||
        !decimal_round(suspect->most, suspect->finest, &most))
        return false;
    low->units = low->units < least.units ? least.units : low->units;
    high->units = high->units > most.units ? most.units : high->units;
    return low->units <= high->units;
}

static void
try_score(struct repair *repair, struct score *suspect)
{
    struct suspects *found = &repair->found;
    struct decimal low, middle, high;

    if (suspect->given == NULL || (repair->over && !score_is_over(suspect)) ||
        !find_range(repair, suspect, &low, &middle, &high))
        return;
    struct suspect best = best_of(repair, suspect, low, middle, high);
    if (best.score == NULL)
        return;
    found->list[found->count] = best;
    if (best.fits) {
        found->list[found->count] = found->list[found->fitting];
        found->list[found->fitting++] = best;
    }
    found->count++;
}

/* The figures from which the mean at `score` is reckoned. */
static void
try_below(struct repair *repair, struct score *score)
{
    for (struct score *below = score->first; below != NULL; below = below->next) {
        if (!ratio_is_known(score_mean(below->first)))
            try_score(repair, below);
        try_below(repair, below);
    }
}

static bool
is_over_below(const struct score *score)
{
    for (const struct score *below = score->first; below != NULL; below = below->next)
        if (score_is_over(below) || is_over_below(below))
            return true;
    return false;
}

struct suspects
score_suspects(struct arena *arena, struct scores *scores, struct score *score, bool of_parts,
               const struct level_due *due)
{
    struct repair repair = {.scores = scores, .due = due, .score = score, .of_parts = of_parts};

    repair.agreed = arena_array(arena, 2 * scores->count, sizeof repair.agreed[0]);
    repair.found.list = arena_array(arena, scores->count + 1, sizeof repair.found.list[0]);
    note_agreements(scores, repair.agreed);
    repair.level_fitted = level_fits(due, scores);
    repair.over = score_is_over(score) || is_over_below(score);
    for (struct score *part = of_parts ? score->parts : NULL; part != NULL; part = part->next)
        try_score(&repair, part);
    if (!of_parts || !ratio_is_known(score_mean(score->first)))
        try_score(&repair, score);
    try_below(&repair, score);
    return repair.found;
}
