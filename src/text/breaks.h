/* Where a line may end: ICU's break places (UAX #14 with its Thai dictionary) and keep rules. */
#ifndef TEXT_BREAKS_H
#define TEXT_BREAKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;

enum break_grade {
    BREAK_NONE,
    BREAK_EMERGENCY, /* between clusters, only when nothing else helps */
    BREAK_SPACE,     /* at a space that a keep rule or a keep forbids; before BREAK_EMERGENCY */
    BREAK_COMPOUND,  /* inside a compound word */
    BREAK_GOOD,
    BREAK_MUST /* after a line end in the text */
};

/* Opens and closes what is needed once per process or thread (the ICU iterators). Never NULL: an
 * ICU without its data gives breaks at spaces only. */
struct breaker;
struct breaker *breaker_open(void);
void breaker_close(struct breaker *breaker);

/* A part of the text that is broken inside only as a last resort: a name, number or date. */
struct break_keep {
    size_t from, to;
};

/* Fills grade[0 … text.len]: grade[i] is that of a break before byte i (after a space where there
 * is one); places inside a character or grapheme cluster are BREAK_NONE, grade[0] and the end too.
 * Keep rules and their sources stand in breaks_rules.c. Emergency grades are everywhere between
 * grapheme clusters where no better one is, except before what may never start a line
 * (ๆ ฯ dependent vowels, marks, closing punctuation), after what may never end one (เ แ โ ใ ไ,
 * opening punctuation), before spaces and inside numbers of up to 20 digits. Ill-formed UTF-8 does
 * no harm. Takes time in proportion to the text. */
void breaks_find(struct breaker *breaker, struct arena *arena, struct str text,
                 const struct break_keep *keeps, size_t keep_count, unsigned char *grade);

/* A line of plain text with a mark inserted at each break and nothing else changed: "|" good, "¦"
 * inside a compound and, when `emergency` is set, "!" for the last resorts. */
struct str breaks_mark(struct breaker *breaker, struct arena *arena, struct str line,
                       bool emergency);

#endif
