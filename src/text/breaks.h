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

/* Opens and closes what is needed once per process or thread (the ICU iterator). */
struct breaker;
struct breaker *breaker_open(void);
void breaker_close(struct breaker *breaker);

/* A part of the text that is broken inside only as a last resort: a name, number or date. */
struct break_keep {
    size_t from, to;
};

/* Fills grade[0 … text.len]: grade[i] is that of a break before byte i (after a space where there
 * is one); places inside a character or grapheme cluster are BREAK_NONE, grade[0] and the end too.
 * Keep rules: ../README.md names them and their sources. Emergency grades are everywhere between
 * grapheme clusters where no better one is, except before what may never start a line
 * (ๆ ฯ dependent vowels, marks). */
void breaks_find(struct breaker *breaker, struct arena *arena, struct str text,
                 const struct break_keep *keeps, size_t keep_count, unsigned char *grade);

#endif
