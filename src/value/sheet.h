/* A table of cells, out of a CSV file or of one sheet of an XLSX workbook. */
#ifndef VALUE_SHEET_H
#define VALUE_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;

/* Limits: absurd dimensions are refused, not allocated. */
#define SHEET_ROWS_MAX 100000
#define SHEET_COLUMNS_MAX 1000
#define SHEET_CELLS_MAX 1000000
#define SHEETS_MAX 100

enum cell_kind {
    CELL_TEXT,   /* normalised; line ends inside are "\n" */
    CELL_NUMBER, /* shortest text that says the number to 15 significant digits: "86.17" for a stored
                    86.170000000000002; never with an exponent */
    CELL_DATE,   /* "2566-09-29", of the Buddhist era; a time of day is left out */
    CELL_BOOL    /* "ใช่" or "ไม่ใช่" */
};

/* A cell that is not empty. Its place: file, line and column in CSV; in XLSX `file` says it all,
 * "คะแนน.xlsx#แผ่น1!C7", and the line is 0. */
struct cell {
    enum cell_kind kind;
    struct str text;
    struct pos pos;
};

struct sheet {
    struct str name;  /* of the sheet; of a CSV file its own */
    const char *file; /* "คะแนน.xlsx#แผ่น1", "คะแนน.csv" */
    bool hidden;
    size_t rows;      /* as far as there are cells */
    size_t columns;
    struct sheet_rows *cells; /* see sheet_cell() */
};

/* The cell in a row and column, from 0, or NULL when it is empty or outside. A cell that is merged
 * into another is empty: only the first of them has the value. */
const struct cell *sheet_cell(const struct sheet *sheet, size_t row, size_t column);

/* Reads CSV (RFC 4180 and as offices save it): UTF-8 with or without BOM, UTF-16 with BOM,
 * CP874/TIS-620; comma, semicolon or tab, found by looking at the first lines; quoted cells may hold
 * line ends. All cells are CELL_TEXT. NULL with diagnostics CSV_…. */
struct sheet *sheet_read_csv(struct arena *arena, struct diags *diags, const char *file,
                             struct str bytes);

/* A workbook: its sheets in order. */
struct workbook {
    struct sheet **sheets;
    size_t count;
};

/* Reads XLSX (ECMA-376): shared and inline strings, numbers, dates of both epochs, the stored values
 * of formulas, merged cells, hidden sheets. `file` is the name that places carry. NULL with
 * diagnostics XLSX_…. */
struct workbook *workbook_read_xlsx(struct arena *arena, struct diags *diags, const char *file,
                                    struct str bytes);

/* The sheet of this name, or NULL. */
const struct sheet *workbook_sheet(const struct workbook *workbook, struct str name);

#endif
