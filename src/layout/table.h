/* Tables: column widths, spans, rows as strips. */
#ifndef LAYOUT_TABLE_H
#define LAYOUT_TABLE_H

#include <stdbool.h>

struct layout;
struct measure;
struct node;
struct strips;
struct widths;

/* Appends the strips of a table. One strip is one row, or the rows that a rowspan ties together:
 * - the head rows are one strip (kept with the first body row, KEEP_STRONG); every later strip has
 *   `repeat` = the same head with ROLE_REPEATED, below the words of `continued` where asked for;
 * - a row that may run over a page end has `split`: the cells are parted between their strips
 *   (honouring KEEP_STRONG between these where it can), rules are drawn for both parts. It refuses
 *   (unless forced) to leave or carry over less than two lines of a cell that has more;
 * - tr keep-with-next is KEEP_STRONG;
 * - each strip paints its left, right and inner rules and the rule above it; the one below it is in
 *   `foot`, and in `items` for the last row, so that rules join and none is painted twice;
 * - items of cells carry `row` = 1 + index of the row in the table, and the td/th as node, or the
 *   block inside it.
 * The items of cells come in reading order: cell by cell, line by line.
 * The widths of columns come from the `columns` attribute ("2cm 1* auto", measured on the measure's
 * width; a table without it shares the width by content); the table is centred when narrower.
 * space before and after come from its class (style_find_table, default "table").
 * False after a diagnostic: LAYOUT_TABLE_TOO_WIDE, LAYOUT_TABLE_COLUMNS (the attribute does not fit
 * the rows), LAYOUT_CLASS …, or those of the cells. */
bool table_format(struct layout *layout, const struct node *table, const struct measure *measure,
                  struct strips *out);

/* For block_widths(): what the whole table asks for, rules included. */
bool table_widths(struct layout *layout, const struct node *table, const struct measure *measure,
                  struct widths *widths);

#endif
