/* A table of cells whose columns are known by their titles. For files of this room only. */
#ifndef FORM_TABLE_H
#define FORM_TABLE_H

#include "form/join.h"
#include "form/leaf.h"

/* What is written behind the title of a column that a form takes from the rubric: it is there to be
 * read by people. */
#define TABLE_OFFICIAL " (ตามเกณฑ์)"

#define TABLE_NONE SIZE_MAX

/* What a title means: a leaf's index, or one of these. */
enum {
    TITLE_KEY = -1,
    TITLE_UNKNOWN = -2,
    TITLE_OFFICIAL = -3, /* what the rubric says, to be read by people */
    TITLE_NONE = -4      /* it is empty */
};

enum table_column {
    COLUMN_UNTITLED,
    COLUMN_TITLED,
    COLUMN_TOLD /* untitled, and told */
};

struct table {
    struct arena *arena;
    struct diags *diags;
    const struct field *field; /* list or keyed */
    const struct sheet *sheet;
    const struct field
        *map; /* whose fields the columns are: an entry's; NULL for a list of texts */
    struct leaves leaves;
    size_t *columns;          /* of each leaf, or TABLE_NONE; of a list of texts the only one */
    size_t key;               /* column of a keyed field's code, or TABLE_NONE */
    size_t titles;            /* the row of the titles */
    size_t first;             /* the first row below them */
    size_t width;             /* columns up to the last one that has a title */
    enum table_column *kinds; /* of the sheet's columns */
    size_t beside;            /* cells without titles that were told */
    size_t last;              /* the last row that has what makes an entry */
    bool below;               /* a note or signature was found */
    size_t hidden;            /* rows that the spreadsheet hides and that were read */
    size_t hidden_row;        /* the first of them */
    const struct span **told; /* of each column of the sheet the merged cells spoken of last */
};

/* In how many rows titles are looked for. */
size_t table_title_rows(const struct sheet *sheet, struct join_how how);

/* Finds the titles. False with JOIN_NO_TITLES, JOIN_COLUMN_TWICE, JOIN_ROWS_ABOVE or
 * JOIN_COLUMN_MISSING (not when `partly`). Columns that are not known are told in notes and
 * warnings. */
bool table_open(struct table *table, struct join_how how);

/* What a title means for a table. */
int table_meaning(const struct table *table, struct str title);

/* Finds the columns by the row of titles. `year` is the report's. False with JOIN_COLUMN_TWICE. */
bool table_take_columns(struct table *table, struct str year);

/* Tells of cells of an entry's row that stand in columns without titles: they are not read. */
void table_check_beside(struct table *table, size_t row);

/* join_read() of lists and keyed fields. */
struct value *table_read(struct arena *arena, struct diags *diags, const struct field *field,
                         const struct sheet *sheet, struct join_how how);

/* join_read() of maps. Columns that are not read are told in notes. */
struct value *pairs_read(struct arena *arena, struct diags *diags, const struct field *map,
                         const struct sheet *sheet, struct join_how how);

/* Where names and values of a map stand in a sheet. */
struct pairs_place {
    size_t name, value; /* columns */
    size_t row;         /* the first that may hold a pair */
};

/* Finds the row that names the columns ("ช่อง", "ค่า") among the first `rows`. */
bool pairs_titles(const struct sheet *sheet, size_t rows, struct pairs_place *place);

#endif
