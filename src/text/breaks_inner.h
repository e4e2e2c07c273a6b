/* What the files of finding break places share. */
#ifndef TEXT_BREAKS_INNER_H
#define TEXT_BREAKS_INNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* ---- breaks_rules.c: keep rules of line breaking, where UAX #14 or the words would allow a break
 * and a Thai reader would not; names are found by breaks_names.c */

/* What kind of character it is to the rules. */
bool rules_is_digit(uint32_t c);
bool rules_is_letter(uint32_t c); /* Thai letter, vowel or mark, no digit or sign */
bool rules_never_start(uint32_t c);
bool rules_never_end(uint32_t c);

/* True for a word that leads on to what follows and so should not end a line. */
#define RULES_CONNECTIVE_MAX 15 /* bytes of the longest one */
bool rules_is_connective(struct str word);

/* True for the kind of a division of an office (กอง, สำนัก), whose name follows. */
#define RULES_DIVISION_MAX 15 /* bytes of the longest one */
bool rules_is_division(struct str word);

/* True when a rule holds together what the spaces from `from` to `to` part; `grade` are the places
 * as far as known, which tell where words end. */
bool rules_hold(struct str text, size_t from, size_t to, const unsigned char *grade);

/* True where "ที่" with a number after it begins. */
bool rules_ordinal(struct str text, size_t at);

/* A title with its name ("นายสมมติ ตัวอย่าง"): what lies in the first name, title included, and in the
 * family name is broken only as a last resort. */
struct rules_name {
    size_t first_end;
    size_t family,
        end; /* where the family name begins and ends; both first_end when there is none */
};

/* True when a title with a name begins at `at` < text.len, which begins a word; `grade` are the
 * places as far as known, which tell where words end. */
bool rules_name(struct str text, size_t at, const unsigned char *grade, struct rules_name *name);

/* End of the reference number of a letter, or of a telephone number, that begins at `at`; `at`
 * itself when there is none. What lies between is broken only as a last resort. */
size_t rules_reference(struct str text, size_t at);
size_t rules_telephone(struct str text, size_t at);

/* Grades runs of a sign ("......", "=====") and the places around them (breaks_runs.c). */
void runs_grade(struct str text, unsigned char *grade);

/* ---- breaks_icu.c: what ICU knows of break places, grapheme clusters (UAX #29), and lines (UAX
 * #14) wherever two Thai letters do not meet */

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
