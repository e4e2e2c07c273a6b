#include "check/inner.h"

bool
score_is_below(const struct score *score, const struct score *above)
{
    for (score = score->parent; score != NULL; score = score->parent)
        if (score == above)
            return true;
    return false;
}

bool
score_is_summand(const struct score *score)
{
    return ratio_is_known(score->full) && score->parent != NULL && !score->is_part;
}

bool
score_is_over(const struct score *score)
{
    return ratio_is_known(score->full) && ratio_is_known(score->figure) &&
           ratio_cmp(score->figure, score->full) > 0;
}

/* The mean by weight, or the sum, of what `value` takes for the figures. */
static struct ratio
mean_of(const struct score *first, struct ratio (*value)(const struct score *score))
{
    struct ratio sum = ratio_int_of(0), weights = ratio_int_of(0);

    for (const struct score *score = first; score != NULL; score = score->next) {
        sum = ratio_add(sum, ratio_mul(score->weight, value(score)));
        weights = ratio_add(weights, score->weight);
    }
    return first != NULL && score_is_summand(first) ? sum : ratio_div(sum, weights);
}

struct ratio
score_mean(const struct score *first)
{
    return first == NULL ? RATIO_UNKNOWN : mean_of(first, score_value);
}

struct ratio
score_value(const struct score *score)
{
    struct ratio mean = score_mean(score->first);

    if (ratio_is_known(mean))
        return mean;
    return ratio_is_known(score->figure) ? score->figure : score_mean(score->parts);
}

struct ratio
score_published(const struct score *score)
{
    return ratio_is_known(score->figure) ? score->figure : score_value(score);
}

static bool
near(struct ratio a, struct ratio b, struct decimal tolerance)
{
    return !ratio_is_known(a) || !ratio_is_known(b) || ratio_near(a, b, tolerance);
}

bool
score_agrees(const struct score *score)
{
    return score->trusted || near(score->figure, score_mean(score->first), score->tolerance);
}

bool
score_parts_agree(const struct score *score)
{
    struct ratio mean = score_mean(score->first);

    return score->parts_weighted ||
           near(score_mean(score->parts), ratio_is_known(mean) ? mean : score->figure,
                score->part_tolerance);
}

static struct ratio
value_as_published(const struct score *score)
{
    if (!score->agrees)
        return score->figure;
    if (!score->parts_agree)
        return score_mean(score->parts);
    return score->first == NULL ? score_value(score) : mean_of(score->first, value_as_published);
}

bool
score_is_explained(const struct score *score)
{
    return ratio_near(score->figure, mean_of(score->first, value_as_published), score->tolerance);
}
