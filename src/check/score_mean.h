/* Reckoning with the tree of figures. For this room only. */
#ifndef CHECK_SCORE_MEAN_H
#define CHECK_SCORE_MEAN_H

#include "check/score.h"

/* The weighted mean of a list of scores, each taken from those below it where they are known, else
 * as it is given, else as the mean of its parts. Not known when one of them is not. */
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

#endif
