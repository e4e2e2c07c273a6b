/* The functions of filter.def. For files of this room only. */
#ifndef TMPL_FILTERS_H
#define TMPL_FILTERS_H

#include "tmpl/filter.h"

#define F(function, name, alias, takes, gives, least, most, argument, flags, english, thai) \
    bool filter_##function(struct filter_call *call);
#include "tmpl/filter.def"
#undef F

/* The text of a single value or an entry as it is printed without a filter; a date long and with
 * Thai digits. Empty for lists and maps. */
struct str filter_text(struct arena *arena, const struct value *value);

/* Replaces the value by a text with the place of the old one. */
void filter_give(struct filter_call *call, struct str text, unsigned flags);

/* True for "-", "•", "1.", "(1)", "๑)", "ก." and the like. */
bool filter_is_marker(struct str text);

/* The marker that stands `index` entries after one with this marker: "1." and 2 give "3."; "-"
 * stays. */
struct str filter_marker_at(struct arena *arena, struct str marker, size_t index);

#endif
