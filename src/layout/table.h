/* What the parts of table setting share: table.c makes a grid of cells out of nodes and sets them,
 * table_width.c computes the columns' widths, table_band.c turns rows into strips and parts these
 * at page ends. */
#ifndef LAYOUT_TABLE_H
#define LAYOUT_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout/block.h"

/* More columns have no room on any paper. */
#define TABLE_COLUMNS_MAX 60

/* Rows that spans tie to each other are one strip; its parting costs time with each page. */
#define TABLE_TIED_ROWS_MAX 2000

struct table_cell {
    const struct node *node; /* td or th; the row for a place that has no cell */
    unsigned row;            /* index in the table */
    unsigned column, colspan, rowspan;
    struct strips content;
    /* below[i]: height of content strips 0..i-1 with the spaces between them; count + 1 of them */
    int64_t *below;
    mpt least_height; /* of the content: a line, where there is none */
    enum { TABLE_TOP, TABLE_MIDDLE, TABLE_BOTTOM } valign;
};

struct table_row {
    const struct node *node;
    size_t first_cell, cell_count; /* cells that begin in this row, by column */
    bool tied;                     /* a cell reaches into the next row */
    bool keep;                     /* keep-with-next */
};

struct table {
    struct layout *layout;
    const struct node *node;
    const struct style_table *style;
    struct table_row *row;
    size_t row_count, row_cap;
    size_t head_rows;
    struct table_cell *cell;
    size_t cell_count, cell_cap;
    unsigned columns;
    mpt x[TABLE_COLUMNS_MAX + 1]; /* middles of the vertical rules, from the measure's left edge */
    mpt page_room;                /* height of an empty page's text area */
    mpt paper;                    /* no strip that is higher is ever painted whole */
    bool whole_rows;              /* split-rows="no" */
    const struct strips *repeat;  /* the head on following pages, or NULL */
};

/* True for a th. */
bool table_is_head(const struct table_cell *cell);

/* Where the text of a cell is set: its class, alignment and width. The class is NULL after
 * LAYOUT_CLASS. */
struct measure table_cell_measure(const struct table *table, const struct table_cell *cell,
                                  const struct measure *outer);

/* Fills table->x for a measure. False with LAYOUT_TABLE_TOO_WIDE or LAYOUT_TABLE_COLUMNS. */
bool table_columns(struct table *table, const struct measure *measure);

/* Number of columns that the attribute names, 0 when it is absent; false with
 * LAYOUT_TABLE_COLUMNS. */
bool table_named_columns(struct table *table, unsigned *count);

/* What the columns ask for, as sums. */
bool table_needs(struct table *table, const struct measure *measure, struct widths *widths);

/* Sets the rows from..to-1, which spans tie together, as one strip (zeroed before). */
void table_band(const struct table *table, size_t from, size_t to, struct strip *strip);

#endif
