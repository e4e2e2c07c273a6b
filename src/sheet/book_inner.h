/* What the files that write workbooks share: the workbook before it is written. */
#ifndef SHEET_BOOK_INNER_H
#define SHEET_BOOK_INNER_H

#include <stdint.h>

#include "sheet/book.h"

#define BOOK_PLACES_MAX 9

/* Numbers of looks in the workbook (cellXfs): 0 is that of cells nobody asked for. */
enum book_xf {
    BOOK_XF_LOOKS = 1, /* those of enum book_look */
    BOOK_XF_COLUMN = BOOK_XF_LOOKS + BOOK_LOOK_COUNT,
    BOOK_XF_NUMBERS, /* by decimals */
    BOOK_XF_NUMBER_COLUMNS = BOOK_XF_NUMBERS + BOOK_PLACES_MAX + 1,
    BOOK_XF_COUNT = BOOK_XF_NUMBER_COLUMNS + BOOK_PLACES_MAX + 1
};

enum book_kind { BOOK_EMPTY, BOOK_STRING, BOOK_NUMBER };

struct book_cell {
    uint32_t row, column;
    size_t order; /* in which it was written */
    uint8_t xf, kind;
    struct str text; /* digits of a number */
};

struct book_width {
    size_t column;
    double width; /* in digits of the font; 0 is none */
    uint8_t xf;
};

struct book_sheet {
    struct book *book;
    struct str name;
    bool is_bad; /* is not in the workbook */
    struct book_cell *cells;
    size_t cell_count, cell_cap;
    struct book_width *columns;
    size_t column_count, column_cap;
    double *heights; /* of rows in points, as far as there are texts of several lines */
    size_t height_count;
    size_t frozen;
    struct buf rules; /* as XML */
    size_t rule_count;
    struct book_sheet *next;
};

/* Writes the parts of a workbook into an archive. Cells are sorted; one that was written twice is
 * the last one. */
struct str book_archive(struct arena *arena, struct book_sheet *sheets);

/* The text as an attribute or a content of XML: control characters as Excel has them ("_x000B_").
 */
void book_xml(struct buf *out, struct str text, bool is_attribute);

#endif
