/* What the files of this room share: filling sheets, reading workbooks, writing them. */
#ifndef SHEET_INNER_H
#define SHEET_INNER_H

#include <locale.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"
#include "sheet/book.h"
#include "sheet/sheet.h"

struct archive;
struct arena;
struct reader;
struct unzip;
struct zip;

/* ---- how the readers fill a sheet */

/* A new, empty sheet. `lettered`: places are written "!C7" instead of as line and column. */
struct sheet *sheet_new(struct arena *arena, struct str name, const char *file, bool lettered);

/* A new cell in a row and column below the limits of sheet.h, or NULL when there is one already.
 * The pointer holds until the next call. Cheapest when the cells come in order. */
struct cell *sheet_put(struct arena *arena, struct sheet *sheet, size_t row, size_t column);

/* Notes the line of the file in which a row begins. */
void sheet_begin_row(struct arena *arena, struct sheet *sheet, size_t row, unsigned line);

/* Empties the cells of a span but the first. Returns how many rows it looked at. */
size_t sheet_merge(struct arena *arena, struct sheet *sheet, const struct span *span);

/* Notes that a row that has cells, or columns, are hidden; columns beyond the limit are passed
 * over.
 */
void sheet_hide_row(struct sheet *sheet, size_t row);
void sheet_hide_columns(struct arena *arena, struct sheet *sheet, size_t from, size_t to);

/* To be called when all cells and spans are in. */
void sheet_end(struct sheet *sheet);

/* A text without blanks and empty lines at its ends, and without the indentation that all its lines
 * have. In the arena, or a part of the text. */
struct str sheet_trim(struct arena *arena, struct str text);

/* ---- an OPC package (ECMA-376 part 2): the ZIP archive a workbook is, and the XML in its members
 * Whatever bytes it is given, it reads no more than the limits below. */

#define PACKAGE_MEMBERS_MAX 5000
#define PACKAGE_MEMBER_BYTES_MAX ((size_t)64 << 20) /* unpacked */
#define PACKAGE_BYTES_MAX ((size_t)128 << 20)       /* all that is read, unpacked */
#define PACKAGE_TOKEN_MAX ((size_t)1 << 20)         /* a tag of XML */
#define PACKAGE_DEPTH_MAX 64                        /* elements in elements */
#define PACKAGE_RELATIONS_MAX 10000

struct member {
    struct str name; /* with "/" between, as it stands otherwise */
    size_t index;    /* in the archive */
};

struct package {
    struct reader *reader;
    const struct unzip *unzip;
    struct zip *zip;
    struct member *members; /* by name, capitals and small letters alike */
    size_t count;
    size_t unpacked; /* bytes so far */
};

/* Opens the archive in `bytes`, which must stay. False with XLSX_KIND, XLSX_DAMAGED, XLSX_UNSAFE,
 * XLSX_NO_LIBRARY.
 */
bool package_open(struct package *package, struct reader *reader, struct str bytes);
void package_close(struct package *package);

/* The member of this name, or NULL. */
const struct member *package_member(const struct package *package, struct str name);

/* One pass through the XML of a member. Elements of other namespaces than those of spreadsheets and
 * relationships are passed over with all that is in them; names come without namespace. */
struct xml {
    void *context;
    void (*start)(struct xml *xml, const char *name, const char **attributes);
    void (*end)(struct xml *xml, const char *name);
    void (*text)(struct xml *xml, struct str text); /* in pieces; NULL when not wanted */
    /* the rest is package_read()'s */
    struct package *package;
    const struct member *member;
    void *parser;
    unsigned depth, skipped;
    bool failed;
};

/* Reads a member. False with XLSX_DAMAGED, XLSX_UNSAFE (a DTD), XLSX_UNPACKED, XLSX_PASSWORD. */
bool package_read(struct package *package, const struct member *member, struct xml *xml);

/* Ends the reading: with XLSX_DAMAGED, for what disagrees with the standard; without a message,
 * when the handler has added its own. */
void xml_damaged(struct xml *xml, const char *english, const char *thai);
void xml_stop(struct xml *xml);

/* The value of an attribute, or NULL; of r:id; of xml:space="preserve". */
const char *xml_attribute(const char **attributes, const char *name);
const char *xml_relation_id(const char **attributes);
bool xml_preserves(const char **attributes);

/* The relationships of a part: `type` is what follows the last "/" of its address ("worksheet");
 * `target` the name of a member, NULL when it is outside of the file. */
struct relation {
    struct str id, type, target;
    bool external;
};

struct relations {
    struct relation *list;
    size_t count;
};

/* Reads those of the member `source`, or of the whole package for the empty name. None when there
 * is no such part. False with diagnostics. */
bool package_relations(struct package *package, struct str source, struct relations *out);

/* The first of a type, or of an id; NULL when there is none. */
const struct relation *relation_of_type(const struct relations *relations, const char *type);
const struct relation *relation_of_id(const struct relations *relations, struct str id);

/* XLSX_DAMAGED about a member. Both texts are copied. */
void package_damaged(struct package *package, struct str member, const char *english,
                     const char *thai);

/* ---- the parts of an XLSX workbook (ECMA-376 part 1, SpreadsheetML) */

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

/* ---- a workbook before it is written */

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

/* The name of a sheet as it stands between the quotes of a reference. */
void book_xml_quoted(struct buf *out, struct str name);

/* ---- writing a ZIP archive in memory (APPNOTE.TXT 6.3)
 * Every member is deflated and has no date, so that the same members give the same bytes. Reading
 * archives is libzip's; writing needs four small records. */

/* Opens an archive; archive_close() must follow. */
struct archive *archive_open(struct arena *arena);

/* Adds a member; the name is ASCII. */
void archive_add(struct archive *archive, const char *name, struct str bytes);

/* The bytes of the archive, in the arena. */
struct str archive_close(struct archive *archive);

#endif
