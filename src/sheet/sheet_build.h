/* How the readers of this room fill a sheet. For files of this room only. */
#ifndef SHEET_SHEET_BUILD_H
#define SHEET_SHEET_BUILD_H

#include "sheet/sheet.h"

/* A new, empty sheet. `lettered`: places are written "!C7" instead of as line and column. */
struct sheet *sheet_new(struct arena *arena, struct str name, const char *file, bool lettered);

/* A new cell in a row and column below the limits of sheet.h, or NULL when there is one already.
 * The pointer holds until the next call. Cheapest when the cells come in order. */
struct cell *sheet_put(struct arena *arena, struct sheet *sheet, size_t row, size_t column);

/* Notes the line of the file in which a row begins. */
void sheet_begin_row(struct arena *arena, struct sheet *sheet, size_t row, unsigned line);

/* Empties the cells of a span but the first. Returns how many rows it looked at. */
size_t sheet_merge(struct arena *arena, struct sheet *sheet, const struct span *span);

/* Notes that a row that has cells, or columns, are hidden; columns beyond the limit are passed
 * over.
 */
void sheet_hide_row(struct sheet *sheet, size_t row);
void sheet_hide_columns(struct arena *arena, struct sheet *sheet, size_t from, size_t to);

/* To be called when all cells and spans are in. */
void sheet_end(struct sheet *sheet);

/* A text without blanks and empty lines at its ends, and without the indentation that all its lines
 * have. In the arena, or a part of the text. */
struct str sheet_trim(struct arena *arena, struct str text);

#endif
