/* Where a line may end: between Thai words, elsewhere as UAX #14 says, and keep rules over both. */
#ifndef TEXT_BREAKS_H
#define TEXT_BREAKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;

/* From worst to best. A place is a byte: its grade, and what else is known of it as flags. */
enum break_grade {
    BREAK_NONE,
    BREAK_EMERGENCY, /* between clusters, only when nothing else helps */
    BREAK_SYLLABLE,  /* where a syllable seems to end in an unknown or unparted word */
    BREAK_SPACE,     /* at a space that a keep rule or a keep forbids */
    BREAK_COMPOUND,  /* inside a compound word */
    BREAK_GOOD,
    BREAK_MUST /* after a line end in the text */
};

enum break_flag {
    BREAK_GRADES = 0x0F,
    BREAK_BAD_END = 0x80 /* a connective (ที่ และ ของ …) would end the line: allowed, but weighed */
};

static inline enum break_grade
break_grade(unsigned char place)
{
    return (enum break_grade)(place & BREAK_GRADES);
}

/* Opens and closes what is needed once per process or thread (the ICU iterators). Never NULL: an
 * ICU without its data gives breaks at spaces only. */
struct breaker;
struct breaker *breaker_open(void);
void breaker_close(struct breaker *breaker);

/* Sets the office's own words, of any letters, instead of those set before; they are copied. Inside
 * of one lines are broken as a last resort only. */
void breaker_words(struct breaker *breaker, const struct str *words, size_t count);

/* A part of the text that is broken inside only as a last resort: a name, number or date. */
struct break_keep {
    size_t from, to;
};

/* Fills place[0 … text.len]: place[i] is the break before byte i (after a space where there is
 * one), see break_grade() and enum break_flag; places inside a character or grapheme cluster are
 * BREAK_NONE, place[0] and the end too. Keep rules and their sources stand in breaks_rules.c.
 * Emergency grades are everywhere between grapheme clusters where no better one is, except before
 * what may never start a line (ๆ ฯ dependent vowels, marks, closing punctuation), after what may
 * never end one (เ แ โ ใ ไ, opening punctuation), before spaces and inside numbers of up to 20
 * digits but behind their signs. What is still wider than a line is broken between any clusters
 * (fill.h). Flags stand on BREAK_COMPOUND
 * and BREAK_GOOD only. Ill-formed UTF-8 does no harm. Takes time in proportion to the text. */
void breaks_find(struct breaker *breaker, struct str text, const struct break_keep *keeps,
                 size_t keep_count, unsigned char *place);

/* A line of plain text with a mark inserted at each break and nothing else changed: "|" good, "¦"
 * inside a compound and, when `emergency` is set, "!" for the last resorts. */
struct str breaks_mark(struct breaker *breaker, struct arena *arena, struct str line,
                       bool emergency);

/* Version of ICU, whose headers and library go together. */
const char *breaks_version(void);

#endif
