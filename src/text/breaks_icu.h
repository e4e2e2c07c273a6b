/* What ICU knows of break places: grapheme clusters (UAX #29), and lines (UAX #14) wherever two
 * Thai letters do not meet. For breaks.c. */
#ifndef TEXT_BREAKS_ICU_H
#define TEXT_BREAKS_ICU_H

#include <stdbool.h>

#include "base/str.h"

/* The iterators of one thread, and room for the text at hand. */
struct breaks_icu;

/* NULL when ICU has no data. */
struct breaks_icu *breaks_icu_open(void);
void breaks_icu_close(struct breaks_icu *icu);

/* Sets place[i] to BREAK_NONE wherever no grapheme cluster begins, and to BREAK_EMERGENCY where one
 * does and it is BREAK_NONE, but between two Thai letters. Without ICU (NULL) clusters of Thai,
 * Latin and the usual punctuation are found, others are single characters. */
void breaks_icu_clusters(struct breaks_icu *icu, struct str text, unsigned char *place);

/* Sets place[i] to BREAK_GOOD, or BREAK_MUST after a line end, at each place but BREAK_NONE where a
 * line may end outside Thai. */
void breaks_icu_lines(struct breaks_icu *icu, struct str text, unsigned char *place);

#endif
