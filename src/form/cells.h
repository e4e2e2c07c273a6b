/* Cells as values. For files of this room only. */
#ifndef FORM_CELLS_H
#define FORM_CELLS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct cell;
struct field;
struct sheet;
struct value;

/* The text of a cell without blanks and line ends around it; empty for NULL. */
struct str cell_text(const struct cell *cell);

/* True when there is nothing in a cell but blanks. */
bool cell_is_empty(const struct cell *cell);

/* The untyped value of a cell that is not empty: VALUE_TEXT with VALUE_CELL; VALUE_NONE for "-",
 * and with an error for what cannot be used (cell_check()) or is a date where a number is meant
 * (JOIN_CELL_DATE_NUMBER). Warns when a spreadsheet has made a date of what is to be a text
 * (JOIN_CELL_DATE), shows a number otherwise than it is stored (JOIN_CELL_SHOWN), or in a way that
 * is not known (JOIN_CELL_FORMAT). `of` is NULL for a code. */
struct value *cell_value(struct arena *arena, struct diags *diags, const struct field *of,
                         const struct cell *cell);

/* The place of a cell, an empty one too. */
struct pos cell_place(struct arena *arena, const struct sheet *sheet, size_t row, size_t column);

#endif
