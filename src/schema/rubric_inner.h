/* What the files that check a rubric share. For them only. */
#ifndef SCHEMA_RUBRIC_INNER_H
#define SCHEMA_RUBRIC_INNER_H

#include "base/str.h"

struct apply;
struct value;

/* What a map gives for a key, or NULL. */
const struct value *rubric_child(const struct value *map, struct str key);

/* The first entry of the list that a map has for a key, or NULL. */
const struct value *rubric_first(const struct value *map, struct str key);

/* The list at a path of the rubric, or NULL. */
const struct value *rubric_list(const struct apply *apply, struct str path);

/* Adds the diagnostics RUBRIC_… of the figures, and of the levels. */
void rubric_check_scores(struct apply *apply);
void rubric_check_levels(struct apply *apply);

/* rubric_codes.c: no two entries were the same one in the year before. */
void rubric_check_former(struct apply *apply);

#endif
