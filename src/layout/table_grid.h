/* What the parts of table setting share: table_grid.c makes the grid of cells out of nodes,
 * table_width.c the columns' widths, table.c sets the cells, table_band.c turns rows into strips,
 * table_split.c parts them at page ends. Only for src/layout. */
#ifndef LAYOUT_TABLE_GRID_H
#define LAYOUT_TABLE_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout/block.h"
#include "layout/strip.h"

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

/* Fills rows, cells and the count of columns from the nodes; places no cell covers get one
 * without content. False with LAYOUT_TABLE_SPANS, LAYOUT_TABLE_ROW or MEMORY_BUDGET. */
bool table_grid(struct table *table);

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

/* The part of a cell that stands in one band. */
struct table_part {
    const struct table_cell *cell;
    unsigned row, rowspan; /* in the band */
    size_t from, to;       /* strips of its content */
    /* strips that stand for the first and the last one, where a page end parted them, or NULL */
    const struct strip *first, *last;
    bool parted;  /* stands at the top, whatever its valign */
    bool goes_on; /* a page ends below it, and there is more of it */
};

/* Rows that spans tie together, or what a page end leaves of them: one strip. */
struct table_band {
    const struct table *table;
    size_t first_row, rows; /* in the table */
    struct table_part *part;
    size_t count;
    int64_t *y;  /* tops of the rows and the bottom of the last, rows + 1 of them */
    bool closed; /* the last of the table: paints the rule below itself */
};

/* The band of the rows from..to-1. */
struct table_band *table_band(const struct table *table, size_t from, size_t to);

/* Computes y from the parts. */
void table_band_heights(struct table_band *band);

/* Height of a part's content, and the strip at an index of it. */
int64_t table_part_height(const struct table_part *part);
const struct strip *table_part_strip(const struct table_part *part, size_t index);

/* Fills a zeroed strip: height, items (when it fits on a page), foot, split. */
void table_band_strip(struct table_band *band, struct strip *strip);

/* The split() of such strips (strip.h). */
bool table_band_split(struct layout *layout, const struct strip *strip, mpt room, bool force,
                      struct strip *upper, struct strip *rest);

#endif
