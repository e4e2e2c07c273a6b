/* Dates as offices write them: Buddhist era, Thai month names, a day that may be left for the
 * pen. Stored as year of the Buddhist era (B.E. = A.D. + 543). */
#ifndef THAI_DATE_H
#define THAI_DATE_H

#include <stdbool.h>
#include <time.h>

#include "base/str.h"

struct arena;

/* day 0: left open, only month and year are given. month 1 to 12, year of the Buddhist era. */
struct date {
    int year;
    int month;
    int day;
};

/* From one date to a later or the same one, each with or without a day. */
struct date_range {
    struct date from;
    struct date to;
};

/* Years of the Buddhist era less those of A.D. */
#define DATE_ERA 543

/* Years of the Buddhist era that are taken for dates. */
#define DATE_YEAR_MIN 2400
#define DATE_YEAR_MAX 2799

enum date_fault { DATE_GOOD, DATE_NOT_A_DATE, DATE_IMPOSSIBLE, DATE_WRONG_ERA };

/* Reads "2566-09-29", "2566-09", "๒๙ กันยายน ๒๕๖๖", "29 ก.ย. 66", "ต.ค. 65", "29/9/2566",
 * "9/2566", "กันยายน ๒๕๖๖", with "วันที่" before and "พ.ศ." before the year allowed and digits of
 * either kind. A year of two digits is one of B.E. 25xx. A year from 1900 to 2199, or one after
 * "ค.ศ.", is of A.D.: DATE_WRONG_ERA. 29 February is checked in the A.D. year. DATE_IMPOSSIBLE is
 * what looks like a date but is none (31 April, month 13, a year outside the limits above).
 * *out is set for DATE_GOOD, and for DATE_WRONG_ERA to the date turned into B.E. */
enum date_fault date_parse(struct str text, struct date *out);

/* A year alone: "2566", "พ.ศ. ๒๕๖๖"; faults and *year as above, but of four digits. */
enum date_fault date_year(struct str text, int *year);

/* Reads "ต.ค. 65 ถึง ก.ย. 66", "ตุลาคม 2565 – กันยายน 2566", "1 ต.ค. 65 - 31 มี.ค. 66": two dates
 * with "ถึง", "จนถึง" or a dash of any kind between. What the first leaves out is that of the second
 * ("ตุลาคม – ธันวาคม 2565", "1 – 15 มี.ค. 66"). DATE_IMPOSSIBLE also when it ends before it begins.
 */
enum date_fault date_range_parse(struct str text, struct date_range *out);

/* "๒๙ กันยายน ๒๕๖๖" (long) or "๒๙ ก.ย. ๖๖" (brief), with Thai digits or Arabic ones. An open
 * day gives the month and year only. */
struct str date_text(struct arena *arena, struct date date, bool brief, bool thai_digits);

/* "ตุลาคม ๒๕๖๕ – กันยายน ๒๕๖๖" (long) or "ต.ค. ๖๕ ถึง ก.ย. ๖๖" (brief); one date when both are. */
struct str date_range_text(struct arena *arena, struct date_range range, bool brief,
                           bool thai_digits);

/* "2566-09-29" or "2566-09". */
struct str date_iso(struct arena *arena, struct date date);

/* A moment as clocks in Thailand show it, seven hours ahead of UTC all the year; false for one that
 * no calendar reaches. And the day of any such time. */
bool date_there(time_t at, struct tm *out);
struct date date_from_tm(const struct tm *time);

/* Such a moment in words: "2026-11-29 08:45 (UTC+7)", in Thai "29 พ.ย. 2569 เวลา 08.45 น.";
 * "?" for one that no calendar reaches. */
struct str date_moment_text(struct arena *arena, time_t at, bool thai);

/* Below, equal to or above 0; an open day counts as the first. */
int date_cmp(struct date a, struct date b);

/* Name of month 1 to 12: "กันยายน", brief "ก.ย.". */
const char *date_month_name(int month, bool brief);

#endif
