/* Tables for a terminal: columns stand below each other by what a terminal shows, not by bytes.
 * Lines come as the table goes on, so that a long one neither waits nor is held: columns are as
 * wide as the first CLI_TABLE_BLOCK lines need, and may grow with each further block. */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include "cli/cli.h"

#define CLI_TABLE_COLUMNS 8
#define CLI_TABLE_BLOCK 1000

struct cli_table {
    size_t columns, width[CLI_TABLE_COLUMNS];
    unsigned right; /* columns, as bits, that end at their right side */
    size_t room;    /* of a line on the terminal; 0: no terminal */
    char *text;     /* of the lines that are not printed yet */
    size_t len, size, count;
    size_t *from; /* where each cell begins, and how wide it is */
    size_t *wide;
};

void cli_table_begin(struct cli_table *table, size_t columns, unsigned right);

/* Begins the next cell, adds a text to it (one from outside is shown as banthuek_show() does, and
 * may lack a NUL), and ends it; one without text gets a dash. The last one of a line is cut where
 * the terminal ends. */
void cli_table_text(struct cli_table *table, const char *text);
void cli_table_shown(struct cli_table *table, struct banthuek_bytes text);
void cli_table_next(struct cli_table *table);

/* Prints what is left. */
void cli_table_end(struct cli_table *table);

#endif
