/* The year that a report is about, and moving years in a text. */
#ifndef RENEW_YEAR_H
#define RENEW_YEAR_H

#include "base/str.h"

struct arena;
struct field;
struct value;

/* The year (Buddhist era) that a report or, with its field, a rubric is about: that of the first
 * field of type year at the top, else of the first date there; 0 when it tells neither. `map` is
 * the schema's root or its rubric field. */
int year_of(const struct field *map, const struct value *report);

/* The text with every `from` become `to`, and `from` - 1 become `to` - 1, in Thai and Arabic
 * digits; years of two digits too where the name of a month stands before them. Longer numbers and
 * amounts that contain them stay, and so do the years of laws ("พระราชบัญญัติ … พ.ศ. 2560"). The same
 * text when either year is 0. */
struct str year_moved(struct arena *arena, struct str text, int from, int to);

#endif
