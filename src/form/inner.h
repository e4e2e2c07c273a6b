/* What the files of this room share. */
#ifndef FORM_INNER_H
#define FORM_INNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"
#include "form/join.h"

struct book_sheet;
struct cell;
struct span;
struct workbook;

/* ---- cells as values */

/* The text of a cell without blanks and line ends around it; empty for NULL. */
struct str cell_text(const struct cell *cell);

/* True when there is nothing in a cell but blanks. */
bool cell_is_empty(const struct cell *cell);

/* The untyped value of a cell that is not empty: VALUE_TEXT with VALUE_CELL; VALUE_NONE for "-",
 * and with an error for what cannot be used (cell_check()) or is a date where a number is meant
 * (JOIN_CELL_DATE_NUMBER). Warns when a spreadsheet has made a date of what is to be a text
 * (JOIN_CELL_DATE), shows a number otherwise than it is stored (JOIN_CELL_SHOWN), or in a way that
 * is not known (JOIN_CELL_FORMAT). A list of codes (holds_codes()) is VALUE_LIST: commas or lines
 * part them. `of` is NULL for a code. */
struct value *cell_value(struct arena *arena, struct diags *diags, const struct field *of,
                         const struct cell *cell);

/* True for a list of codes of the rubric, this year's or last year's. */
bool holds_codes(const struct field *field);

/* The place of a cell, an empty one too. */
struct pos cell_place(struct arena *arena, const struct sheet *sheet, size_t row, size_t column);

/* ---- leaves: the fields that hold one value, which fits a cell, with those of maps inside, named
 * by their path ("ลงนาม.ชื่อ") */

struct leaf {
    const struct field *field;
    struct str path; /* from the map on; ends of names as the schema has them */
    bool required;   /* and all maps on its way */
};

struct leaves {
    struct leaf *all; /* in the schema's order */
    size_t count;
};

/* True for a field whose value fits a cell: no map, and no list but of texts. */
bool leaf_fits(const struct field *field);

/* The leaves of a map's fields. Lists of maps and keyed fields inside are left out. */
struct leaves leaves_of(struct arena *arena, const struct field *map);

/* The leaf that a title or path means, compared as names are, a "*" at its end left out; its index
 * or SIZE_MAX. */
size_t leaves_find(const struct leaves *leaves, const struct field *map, struct str title);

/* The path of the leaf that is nearest to a title, or an empty text. */
struct str leaves_nearest(const struct leaves *leaves, struct str title);

/* The map of this name inside `map`; made when it is not there. `place` is that of the name. */
struct value *leaf_child_map(struct arena *arena, struct value *map, struct str name,
                             struct pos place);

/* The map at a path of maps inside `map`; what is not there is made. */
struct value *leaf_map(struct arena *arena, struct value *map, struct str path, struct pos place);

/* Puts a value into a map at a path, making the maps on the way. `place` is that of the name. */
void leaf_put(struct arena *arena, struct value *map, struct str path, struct value *value,
              struct pos place);

/* ---- entries of the rubric beside the rows of a table: a keyed field's, and those that a field of
 * a list refers to */

/* The field that says which entry of the rubric an entry of a list or keyed field is about: the
 * keyed field itself, or a reference that no two entries share. NULL when there is none. */
const struct field *official_naming(const struct field *field);

/* The list of the rubric that a reference or keyed field names entries of, in the rubric's typed
 * tree; NULL when it is not there. */
const struct value *official_list(const struct schema *schema, const struct value *rubric,
                                  const struct field *naming);

/* The code of an entry of that list. */
struct str official_code(const struct field *naming, const struct value *entry);

/* ---- put.c: cells of a form that is written */

/* An untyped value as a text to be typed again; empty for NULL. */
struct str put_value(struct arena *arena, const struct value *value);

/* True for fields whose cells are for numbers, and with how many decimals these are shown. */
bool put_is_number(const struct field *field);
int put_places(const struct field *field);

/* Writes a cell to be filled, with what is there already. */
void put_input(struct arena *arena, struct book_sheet *sheet, size_t row, size_t column,
               const struct field *field, struct str text);

/* How wide a column for a field is. */
double put_width(const struct field *field);

/* ---- what a workbook says of itself, and sheets by their names */

/* The value beside one of these names in the first sheets that have one, or NULL. Rows and columns
 * may stand anywhere: titles say where, else what is beside the name. */
const struct cell *form_marked(const struct workbook *workbook, const char *const *names,
                               size_t count);

/* The same where titles say where, alone. */
const struct cell *form_marked_below(const struct workbook *workbook, const char *const *names,
                                     size_t count);

/* False with FORM_NEWER for a workbook whose kind (a row of this name) is newer than `newest`. */
bool form_check_kind(struct diags *diags, const struct workbook *workbook, const char *name,
                     int newest);

const struct sheet *form_sheet_named(const struct workbook *workbook, struct str name);

/* A name that spreadsheets take for a sheet, of at most `most` characters. */
struct str form_sheet_name(struct arena *arena, struct str wanted, size_t most);
#define FORM_NAME_MAX 31 /* characters of it; a limit of the format */

/* ---- parts.c: the sheets of a rubric as a workbook */

struct part {
    struct str name;           /* of the sheet */
    const struct field *field; /* FIELD_MAP: rows; else a list as a table, with a column for each
                                  list above it */
    const struct field *list;  /* as the schema has it; NULL: the rubric itself */
    const struct field *key;   /* the field by which sheets below name entries, or NULL */
    struct str path;           /* from the map around it, the rubric or an entry */
    const struct part *above;  /* in whose entries the list is, or NULL */
    size_t depth;              /* how many lists are above */
    bool required;             /* the rubric must have it */
};

struct parts {
    struct part *all; /* those above before those below; the rubric itself is the first */
    size_t count;
};

/* The sheets for a rubric. What has no place is told with FORM_NO_PLACE when `diags` is not NULL.
 */
struct parts parts_of(struct arena *arena, struct diags *diags, const struct schema *schema);

/* ---- words by which rows of an office's table say that they are no entries */

/* True for a text of nothing but what stands before a total or a mean: "รวม", "คะแนนเฉลี่ย IIT",
 * "รวม (ร้อยละ):", "grand total". */
bool row_says_total(struct str text);

/* True for a text that begins as notes and signatures do: "หมายเหตุ : …", "* …", "ลงชื่อ …". */
bool row_says_note(struct str text);

/* ---- words that stand in a form and are found there again */

#define FORM_FIRST_SHEET "บันทึก"
#define FORM_RUBRIC_KIND "รุ่นของแบบเกณฑ์"
#define FORM_TEMPLATE "แม่แบบ"
#define FORM_KIND "รุ่นของแบบกรอก"
#define FORM_NAME "ช่อง"
#define FORM_VALUE "ค่า"
#define FORM_HELP "คำอธิบาย"

/* ---- tables of cells whose columns are known by their titles */

/* What is written behind the title of a column that a form takes from the rubric: it is there to be
 * read by people. */
#define TABLE_OFFICIAL " (ตามเกณฑ์)"

/* How the title of a column ends that shows what another year's rubric says. */
#define TABLE_LAST " (เดิม ปี "

/* True for the title of such a column: it is there to be read by people. */
bool title_is_last(struct str title);

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
