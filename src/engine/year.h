/* Last year's report as the start of this year's: its years moved, its figures left out. Works on
 * the text of the file, so that comments and order stay as the office knows them. */
#ifndef ENGINE_YEAR_H
#define ENGINE_YEAR_H

#include "base/str.h"

struct arena;
struct value;

/* The year (Buddhist era) that a report is about: its ปีงบประมาณ, else the year of its วันที่; 0
 * when it tells neither. */
int year_of_report(struct arena *arena, const struct value *report);

/* The text with every `from` become `to`, and `from` - 1 become `to` - 1, in Thai and Arabic
 * digits; longer numbers that contain them stay, and so does all else. */
struct str year_moved(struct arena *arena, struct str text, int from, int to);

/* The text without its scores: plain scalars with decimals ("86.17") become empty, so that a check
 * asks for each of them. */
struct str year_without_figures(struct arena *arena, const struct value *report, struct str text);

#endif
