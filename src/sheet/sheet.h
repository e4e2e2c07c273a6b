/* A table of cells, out of a CSV file or of one sheet of an XLSX workbook. */
#ifndef SHEET_SHEET_H
#define SHEET_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;

/* Limits: absurd dimensions are refused, not allocated. The cells are those of a whole workbook. */
#define SHEET_ROWS_MAX 100000
#define SHEET_COLUMNS_MAX 1000
#define SHEET_CELLS_MAX 1000000
#define SHEETS_MAX 100

enum cell_kind {
    CELL_TEXT,   /* normalised, without blanks at its ends and the indentation that all its lines
                    have; line ends inside are "\n" */
    CELL_NUMBER, /* shortest text that says the number to 15 significant digits: "86.17" for a
                    stored 86.170000000000002; never with an exponent */
    CELL_DATE,   /* "2566-09-29", of the Buddhist era; a time of day is left out */
    CELL_BOOL,   /* "ใช่" or "ไม่ใช่" */
    CELL_FAULT   /* there is something, but nothing to be used: see cell_check() */
};

/* How a spreadsheet shows a cell where that is otherwise than its text. */
struct cell_look {
    struct str shown;  /* "5.0%", "O7"; empty when it is not known, as of fractions */
    struct str stored; /* of CELL_DATE and times of day: the number that was made one */
};

/* A cell that is not empty. Its place: file, line and column in CSV; in XLSX `file` says it all,
 * "คะแนน.xlsx#แผ่น1!C7", and the line is 0. Of CELL_FAULT `text` is what stands there ("#DIV/0!",
 * "=A1").
 */
struct cell {
    enum cell_kind kind;
    struct str text;
    struct pos pos;
    enum diag_code fault;         /* of CELL_FAULT */
    const struct cell_look *look; /* or NULL */
};

struct sheet {
    struct str name;  /* of the sheet; of a CSV file its own */
    const char *file; /* "คะแนน.xlsx#แผ่น1", "คะแนน.csv" */
    bool hidden;
    bool lost;   /* the workbook names it, but its cells are not there */
    size_t rows; /* as far as there are cells */
    size_t columns;
    struct sheet_rows *cells; /* see sheet_cell() */
};

/* The cell in a row and column, from 0, or NULL when it is empty or outside. A cell that is merged
 * into another is empty: only the first of them has the value. */
const struct cell *sheet_cell(const struct sheet *sheet, size_t row, size_t column);

/* The first cell of a row in or behind *column, which becomes its column; NULL when there is none.
 */
const struct cell *sheet_next(const struct sheet *sheet, size_t row, size_t *column);

/* Cells that are merged into the first of them, which is not empty; to the last row and column,
 * counted in. */
struct span {
    size_t row, column, last_row, last_column;
};

/* The merged cells that begin in this cell, or NULL. */
const struct span *sheet_span(const struct sheet *sheet, size_t row, size_t column);

/* The merged cells that begin in this column, in this row or above it, and reach down to this row;
 * or NULL. */
const struct span *sheet_span_over(const struct sheet *sheet, size_t row, size_t column);

/* How spreadsheets call a column: "A", "AB". */
const char *sheet_column(struct arena *arena, size_t column);

/* "D4:D6" */
const char *sheet_range(struct arena *arena, const struct span *span);

/* True for what the spreadsheet does not show: a filter, or a person, has hidden it. */
bool sheet_hides_row(const struct sheet *sheet, size_t row);
bool sheet_hides_column(const struct sheet *sheet, size_t column);

/* To be called for each cell whose text is used. False when it is CELL_FAULT, with a diagnostic at
 * its place: XLSX_ERROR_VALUE for "#DIV/0!" and its like, XLSX_NO_VALUE for a formula that was
 * never calculated, XLSX_DATE, XLSX_DATE_ERA, XLSX_VALUE, TEXT_FORBIDDEN, TEXT_MARKS. They wait for
 * this call so that faults in cells that the report does not use do no harm. */
bool cell_check(struct diags *diags, const struct cell *cell);

/* The place of a cell, also of an empty one, for messages; in CSV that of its row. */
struct pos sheet_pos(struct arena *arena, const struct sheet *sheet, size_t row, size_t column);

/* Reads CSV (RFC 4180 and as offices save it): UTF-8 with or without BOM, UTF-16 with BOM,
 * CP874/TIS-620; comma, semicolon or tab, found by looking at the first lines or said by a first
 * line "sep=;"; quoted cells may hold line ends. An empty line is a row without cells. All cells
 * are CELL_TEXT. NULL with diagnostics CSV_…, ENCODING_UNKNOWN, TEXT_… or DATA_TOO_LARGE. */
struct sheet *sheet_read_csv(struct arena *arena, struct diags *diags, const char *file,
                             struct str bytes);

/* A workbook: its sheets in order; sheets that hold no cells but a chart are left out. */
struct workbook {
    struct sheet **sheets;
    size_t count;
};

/* Reads XLSX (ECMA-376): shared and inline strings, numbers, dates of both epochs, the stored
 * values of formulas, merged cells, what is hidden. A time of day alone is CELL_TEXT "08:30", as it
 * looks in the sheet. `file` is the name that places carry.
 * NULL with diagnostics XLSX_… or DATA_TOO_LARGE. */
struct workbook *workbook_read_xlsx(struct arena *arena, struct diags *diags, const char *file,
                                    struct str bytes);

/* The sheet of this name, or NULL. Capital and small letters of ASCII are the same, as in Excel. */
const struct sheet *workbook_sheet(const struct workbook *workbook, struct str name);

#endif
