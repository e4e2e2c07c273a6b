/* Dates as offices write them: Buddhist era, Thai month names, a day that may be left for the
 * pen. Stored as year of the Buddhist era (B.E. = A.D. + 543). */
#ifndef THAI_DATE_H
#define THAI_DATE_H

#include <stdbool.h>

#include "base/str.h"

struct arena;

/* day 0: left open, only month and year are given. month 1 to 12, year of the Buddhist era. */
struct date {
    int year;
    int month;
    int day;
};

enum date_fault { DATE_GOOD, DATE_NOT_A_DATE, DATE_IMPOSSIBLE, DATE_WRONG_ERA };

/* Reads "2566-09-29", "2566-09", "๒๙ กันยายน ๒๕๖๖", "29 ก.ย. 66", "29/9/2566", "กันยายน ๒๕๖๖",
 * with "พ.ศ." before the year allowed and digits of either kind. A year from 1900 to 2199 is
 * one of A.D. written by mistake: DATE_WRONG_ERA. 29 February is checked in the A.D. year. */
enum date_fault date_parse(struct str text, struct date *out);

/* "๒๙ กันยายน ๒๕๖๖" (long) or "๒๙ ก.ย. ๖๖" (short), with Thai digits or Arabic ones. An open
 * day gives the month and year only. */
struct str date_text(struct arena *arena, struct date date, bool brief, bool thai_digits);

/* "2566-09-29" or "2566-09". */
struct str date_iso(struct arena *arena, struct date date);

/* Below, equal to or above 0; an open day counts as the first. */
int date_cmp(struct date a, struct date b);

/* Name of month 1 to 12: "กันยายน", brief "ก.ย.". */
const char *date_month_name(int month, bool brief);

#endif
