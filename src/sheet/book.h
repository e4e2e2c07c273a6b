/* Writing an XLSX workbook that people fill in. Sheets are written from top to bottom, looks are
 * few: what a clerk fills is white, what is there to be read is grey. Texts are texts whatever they
 * begin with: nothing that is written here is ever a formula. The same calls give the same bytes.
 */
#ifndef SHEET_BOOK_H
#define SHEET_BOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/decimal.h"
#include "base/diag.h"
#include "base/str.h"

struct arena;

enum book_look {
    BOOK_TITLE,       /* of the sheet */
    BOOK_HELP,        /* small, grey */
    BOOK_HEAD,        /* title of a column */
    BOOK_HEAD_NEEDED, /* of one that must be filled */
    BOOK_FIXED,       /* there to be read: grey */
    BOOK_TEXT,        /* to be filled with a text; stays text whatever is typed */
    BOOK_LOOK_COUNT
};

struct book;
struct book_sheet;

/* Cells of a column of any sheet that hold the words of a list: it grows as people fill them. */
struct book_source {
    struct str sheet;
    size_t column, first, last;
};

/* What may be typed into cells, and what is said of them. Nothing is refused: spreadsheets ask
 * whether to keep what does not fit. */
struct book_rule {
    const struct str
        *choices; /* a list to choose from, when all of it has at most 255 characters */
    size_t choice_count;
    const struct book_source *source; /* the list stands in cells; or NULL */
    const struct decimal *range; /* least and most of a number, or NULL */
    bool whole;                  /* of a whole number */
    struct str title, help;      /* shown when the cell is chosen; cut to 32 and 255 characters */
};

/* Opens a workbook; book_close() must follow. */
struct book *book_open(struct arena *arena);

/* A new sheet at the end. The name has at most 31 characters and none of [ ] : * ? / \. */
struct book_sheet *book_sheet(struct book *book, struct str name);

/* Sets how wide a column is, in digits of the font; `places` of decimals make it one of numbers, -1
 * one of texts. */
void book_column(struct book_sheet *sheet, size_t column, double width, int places);

/* Writes a text; an empty one gives the cell its look. */
void book_text(struct book_sheet *sheet, size_t row, size_t column, enum book_look look,
               struct str text);

/* Writes a number, or with NULL an empty cell for one. */
void book_number(struct book_sheet *sheet, size_t row, size_t column, int places,
                 const struct decimal *number);

/* Writes a text into a cell that is for a number: what is typed over it is one. */
void book_instead(struct book_sheet *sheet, size_t row, size_t column, int places, struct str text);

/* Sets the rule for the cells of a column between two rows. */
void book_rule(struct book_sheet *sheet, size_t column, size_t first, size_t last,
               const struct book_rule *rule);

/* Keeps the first rows in sight, and prints them on each page. */
void book_freeze(struct book_sheet *sheet, size_t rows);

/* The bytes of the workbook, in the arena of book_open(). Frees what the workbook holds besides.
 * False with FORM_WRITE. */
bool book_close(struct book *book, struct diags *diags, struct str *bytes);

#endif
