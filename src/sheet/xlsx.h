/* The parts of an XLSX workbook (ECMA-376 part 1, SpreadsheetML). For files of this room only. */
#ifndef SHEET_XLSX_H
#define SHEET_XLSX_H

#include <locale.h>
#include <stdint.h>

#include "sheet/package.h"
#include "sheet/sheet.h"

struct reader;

/* What a format of numbers makes of them. */
enum format {
    FORMAT_NUMBER,
    FORMAT_DATE,
    FORMAT_TIME,   /* of day */
    FORMAT_ELAPSED /* hours beyond 24 too */
};

/* The format of a cell's style. */
struct number_format {
    enum format kind;
    struct str code; /* empty when it is shown as it is stored */
};

/* A text of sharedStrings.xml, made ready by the first cell that uses it. */
struct shared {
    struct str raw;
    struct str text;
    bool ready, bad;
    enum diag_code fault;
};

struct xlsx {
    struct reader *reader;
    struct package package;
    struct diags *faults; /* told only when a cell is used */
    locale_t c_locale;
    bool date1904;
    bool uncalculated; /* the program that wrote the workbook left calculating to the next */
    struct shared *shared;
    size_t shared_count, shared_cap;
    struct number_format *formats; /* by the number of a cell's style */
    size_t format_count, format_cap;
    bool no_formats;      /* the part that holds them is missing */
    struct pos formatted; /* the first cell that has one then */
    size_t cells;
    size_t formulas; /* with a stored value */
    struct pos formula_pos;
};

/* ---- xlsx_value.c */

/* Sets kind, text (or fault) and look of a cell to what a stored number means under a format. */
void xlsx_number(struct xlsx *x, struct cell *cell, struct str stored,
                 const struct number_format *format);

/* Sets the look of a text under a format. */
void xlsx_set_text_look(struct xlsx *x, struct cell *cell, const struct number_format *format);

/* Likewise for a date written as ISO 8601 has it. */
void xlsx_iso_date(struct xlsx *x, struct cell *cell, struct str stored);

void xlsx_fault(struct cell *cell, enum diag_code code, struct str text);

/* ---- xlsx_format.c */

/* What a format code ("d mmm bbbb", "0.00%") is. */
enum format xlsx_format(struct str code);

/* ---- xlsx_shown.c: what is shown of a plain number ("-86.17") or a text. False when that is not
 * known, or nothing. */
bool xlsx_shown_number(struct arena *arena, struct str code, struct str number, struct str *out);
bool xlsx_shown_text(struct arena *arena, struct str code, struct str text, struct str *out);

/* ---- xlsx_format.c again: reads styles.xml. */
bool xlsx_read_styles(struct xlsx *x, const struct member *member);

/* ---- xlsx_text.c */

/* Collects the text of an item of rich text: runs are joined, how to pronounce it is left out. */
struct xlsx_text {
    struct buf buf;
    bool on, preserve;
    size_t from;
    unsigned phonetic;
};

void xlsx_text_start(struct xlsx_text *text, const char *name, const char **attributes);
void xlsx_text_end(struct xlsx_text *text, const char *name);
void xlsx_text_add(struct xlsx_text *text, struct str piece);

/* Sets a cell to a text as it is stored: escapes resolved, normalised. False when it is empty. */
bool xlsx_set_text(struct xlsx *x, struct cell *cell, struct str raw);
bool xlsx_set_shared(struct xlsx *x, struct cell *cell, struct shared *shared);

/* Without the escapes _xHHHH_, and with "\n" for line ends of all kinds. */
struct str xlsx_unescape(struct arena *arena, struct str raw);

/* Reads sharedStrings.xml. */
bool xlsx_read_shared(struct xlsx *x, const struct member *member);

/* ---- xlsx_sheet.c */

/* Reads the cells of a sheet. */
bool xlsx_read_sheet(struct xlsx *x, const struct member *member, struct sheet *sheet);

#endif
