#include "check/score_mean.h"

struct ratio
score_mean(const struct score *first)
{
    struct ratio sum = ratio_int_of(0), weights = ratio_int_of(0);

    if (first == NULL)
        return RATIO_UNKNOWN;
    for (const struct score *score = first; score != NULL; score = score->next) {
        sum = ratio_add(sum, ratio_mul(score->weight, score_value(score)));
        weights = ratio_add(weights, score->weight);
    }
    return ratio_div(sum, weights);
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
    return near(score->figure, score_mean(score->first), score->tolerance);
}

bool
score_parts_agree(const struct score *score)
{
    struct ratio mean = score_mean(score->first);

    return near(score_mean(score->parts), ratio_is_known(mean) ? mean : score->figure,
                score->part_tolerance);
}

static struct ratio
mean_as_published(const struct score *first)
{
    struct ratio sum = ratio_int_of(0), weights = ratio_int_of(0);

    for (const struct score *score = first; score != NULL; score = score->next) {
        struct ratio value =
            score->first == NULL ? score_value(score) : mean_as_published(score->first);
        if (!score->agrees)
            value = score->figure;
        else if (!score->parts_agree)
            value = score_mean(score->parts);
        sum = ratio_add(sum, ratio_mul(score->weight, value));
        weights = ratio_add(weights, score->weight);
    }
    return ratio_div(sum, weights);
}

bool
score_is_explained(const struct score *score)
{
    return ratio_near(score->figure, mean_as_published(score->first), score->tolerance);
}
