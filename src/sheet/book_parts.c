/* The parts of a workbook (ECMA-376 part 1, 18), in the order and with the attributes that Excel
 * writes. No date stands in them, so that the bytes do not depend on today. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "sheet/inner.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml."

#define FONT "TH SarabunPSK"
#define LINE_HEIGHT 24
#define FORMAT_TEXT 164 /* the first number of a format that is not built in */
#define FORMAT_NUMBER (FORMAT_TEXT + 1)
/* A column's width is told in 256ths of a digit, with a margin of 5 pixels; a digit has 7. */
#define DIGIT_PIXELS 7
#define MARGIN_PIXELS 5

struct parts {
    struct arena *arena;
    struct archive *archive;
    struct buf strings;
    size_t string_count;
};

/* ---- text */

static bool
looks_escaped(struct str rest)
{
    static const char digits[] = "0123456789abcdefABCDEF";

    if (rest.len < 7 || rest.ptr[0] != '_' || rest.ptr[1] != 'x' || rest.ptr[6] != '_')
        return false;
    for (size_t i = 2; i < 6; i++) {
        if (memchr(digits, rest.ptr[i], sizeof digits - 1) == NULL)
            return false;
    }
    return true;
}

void
book_xml(struct buf *out, struct str text, bool is_attribute)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (is_attribute && (c == '\n' || c == '\t'))
            buf_printf(out, "&#%d;", c);
        else if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F)
            buf_printf(out, "_x%04X_", c);
        else if (c == '_' && looks_escaped(str_sub(text, i, text.len)))
            buf_text(out, "_x005F_");
        else
            buf_xml(out, str_sub(text, i, 1));
    }
}

void
book_xml_quoted(struct buf *out, struct str name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '\'')
            buf_byte(out, '\'');
        book_xml(out, str_sub(name, i, 1), false);
    }
}

static bool
keeps_space(struct str text)
{
    return str_trim(text).len != text.len || str_find(text, STR("\n")) != SIZE_MAX;
}

/* ---- styles */

struct look {
    int font, fill, border, format; /* format 0 is none */
    bool wrap;
};

static const struct look looks[BOOK_LOOK_COUNT] = {
    [BOOK_TITLE] = {2, 0, 0, 0, false},
    [BOOK_HELP] = {3, 0, 0, 0, true},
    [BOOK_HEAD] = {4, 2, 1, 0, true},
    [BOOK_HEAD_NEEDED] = {4, 4, 1, 0, true},
    [BOOK_FIXED] = {1, 3, 1, FORMAT_TEXT, true},
    [BOOK_TEXT] = {1, 0, 1, FORMAT_TEXT, true},
};

static const char fonts[] =
    "<fonts count=\"5\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>"
    "<font><sz val=\"16\"/><name val=\"" FONT "\"/><family val=\"2\"/></font>"
    "<font><b/><sz val=\"20\"/><name val=\"" FONT "\"/><family val=\"2\"/></font>"
    "<font><sz val=\"14\"/><color rgb=\"FF595959\"/><name val=\"" FONT
    "\"/><family val=\"2\"/></font>"
    "<font><b/><sz val=\"16\"/><name val=\"" FONT "\"/><family val=\"2\"/></font></fonts>";

#define SOLID(colour)                                                   \
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF" colour \
    "\"/><bgColor indexed=\"64\"/></patternFill></fill>"
#define SIDE(name) "<" name " style=\"thin\"><color rgb=\"FFA6A6A6\"/></" name ">"

/* The first two fills are Excel's own. */
static const char fills[] = "<fills count=\"5\"><fill><patternFill patternType=\"none\"/></fill>"
                            "<fill><patternFill patternType=\"gray125\"/></fill>" SOLID("D9E2F3")
                                SOLID("F2F2F2") SOLID("B4C6E7") "</fills>";
static const char borders[] =
    "<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>"
    "<border>" SIDE("left") SIDE("right") SIDE("top")
        SIDE("bottom") "<diagonal/></border></borders>";

static void
add_formats(struct buf *out)
{
    buf_printf(out, "<numFmts count=\"%d\"><numFmt numFmtId=\"%d\" formatCode=\"@\"/>",
               BOOK_PLACES_MAX + 2, FORMAT_TEXT);
    for (int places = 0; places <= BOOK_PLACES_MAX; places++)
        buf_printf(out, "<numFmt numFmtId=\"%d\" formatCode=\"0%s%.*s\"/>", FORMAT_NUMBER + places,
                   places > 0 ? "." : "", places, "000000000");
    buf_text(out, "</numFmts>");
}

static void
add_look(struct buf *out, struct look look)
{
    buf_printf(out,
               "<xf numFmtId=\"%d\" fontId=\"%d\" fillId=\"%d\" borderId=\"%d\" xfId=\"0\"%s"
               " applyFont=\"1\"%s%s",
               look.format, look.font, look.fill, look.border,
               look.format == 0 ? "" : " applyNumberFormat=\"1\"",
               look.fill == 0 ? "" : " applyFill=\"1\"",
               look.border == 0 ? "" : " applyBorder=\"1\"");
    buf_text(out, look.wrap
                      ? " applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>"
                      : "/>");
}

/* In the order of enum book_xf. What a whole column looks like has no lines: they would go on to
 * the end of the sheet. */
static void
add_looks(struct buf *out)
{
    buf_printf(out, "<cellXfs count=\"%d\">", BOOK_XF_COUNT);
    buf_text(out, "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>");
    for (int i = 0; i < BOOK_LOOK_COUNT; i++)
        add_look(out, looks[i]);
    add_look(out, (struct look){1, 0, 0, FORMAT_TEXT, true});
    for (int border = 1; border >= 0; border--) {
        for (int places = 0; places <= BOOK_PLACES_MAX; places++)
            add_look(out, (struct look){1, 0, border, FORMAT_NUMBER + places, true});
    }
    buf_text(out, "</cellXfs>");
}

static void
write_styles(struct parts *parts)
{
    struct buf out = buf_in(parts->arena);

    buf_text(&out, HEAD "<styleSheet xmlns=\"" MAIN "\">");
    add_formats(&out);
    buf_text(&out, fonts);
    buf_text(&out, fills);
    buf_text(&out, borders);
    buf_text(&out, "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\""
                   " borderId=\"0\"/></cellStyleXfs>");
    add_looks(&out);
    buf_text(&out, "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\""
                   " builtinId=\"0\"/></cellStyles></styleSheet>");
    archive_add(parts->archive, "xl/styles.xml", buf_str(&out));
}

/* ---- sheets */

static void
add_place(struct buf *out, const struct book_cell *cell)
{
    char letters[4];
    size_t at = sizeof letters;

    for (size_t left = cell->column + 1; left > 0; left = (left - 1) / 26)
        letters[--at] = (char)('A' + (left - 1) % 26);
    buf_add(out, (struct str){letters + at, sizeof letters - at});
    buf_printf(out, "%u", cell->row + 1);
}

static void
add_string(struct parts *parts, struct str text)
{
    buf_text(&parts->strings, keeps_space(text) ? "<si><t xml:space=\"preserve\">" : "<si><t>");
    book_xml(&parts->strings, text, false);
    buf_text(&parts->strings, "</t></si>");
    parts->string_count++;
}

static void
add_cell(struct parts *parts, struct buf *out, const struct book_cell *cell)
{
    buf_text(out, "<c r=\"");
    add_place(out, cell);
    buf_printf(out, "\" s=\"%d\"", cell->xf);
    if (cell->kind == BOOK_EMPTY) {
        buf_text(out, "/>");
    } else if (cell->kind == BOOK_NUMBER) {
        buf_printf(out, "><v>%.*s</v></c>", STR_FMT(cell->text));
    } else {
        buf_printf(out, " t=\"s\"><v>%zu</v></c>", parts->string_count);
        add_string(parts, cell->text);
    }
}

static int
in_order(const void *a, const void *b)
{
    const struct book_cell *x = a, *y = b;

    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static void
start_row(const struct book_sheet *sheet, struct buf *out, size_t row)
{
    int height = LINE_HEIGHT;

    if (row < sheet->height_count && sheet->heights[row] > 0)
        height = (int)sheet->heights[row];
    buf_printf(out, "<row r=\"%zu\" ht=\"%d\" customHeight=\"1\">", row + 1, height);
}

static void
add_cells(struct parts *parts, struct buf *out, const struct book_sheet *sheet)
{
    const struct book_cell *cells = sheet->cells;
    size_t count = sheet->cell_count;

    if (count > 0)
        qsort(sheet->cells, count, sizeof *cells, in_order);
    buf_text(out, "<sheetData>");
    for (size_t i = 0; i < count; i++) {
        const struct book_cell *cell = &cells[i], *next = i + 1 < count ? &cells[i + 1] : NULL;
        if (i == 0 || cells[i - 1].row != cell->row)
            start_row(sheet, out, cell->row);
        if (next == NULL || next->row != cell->row || next->column != cell->column)
            add_cell(parts, out, cell);
        if (next == NULL || next->row != cell->row)
            buf_text(out, "</row>");
    }
    buf_text(out, "</sheetData>");
}

static int
by_column(const void *a, const void *b)
{
    const struct book_width *x = a, *y = b;

    return (x->column > y->column) - (x->column < y->column);
}

/* Columns that were asked for, each once. No number is printed as a double: its point would be the
 * locale's. */
static void
add_columns(struct buf *out, const struct book_sheet *sheet)
{
    if (sheet->column_count == 0)
        return;
    qsort(sheet->columns, sheet->column_count, sizeof *sheet->columns, by_column);
    buf_text(out, "<cols>");
    for (size_t i = 0; i < sheet->column_count; i++) {
        const struct book_width *column = &sheet->columns[i];
        double pixels = column->width * DIGIT_PIXELS + MARGIN_PIXELS;
        unsigned parts = (unsigned)(pixels * 256 / DIGIT_PIXELS);
        if (i > 0 && column[-1].column == column->column)
            continue;
        buf_printf(
            out, "<col min=\"%zu\" max=\"%zu\" width=\"%u.%08u\" style=\"%d\" customWidth=\"1\"/>",
            column->column + 1, column->column + 1, parts / 256, parts % 256 * 390625, column->xf);
    }
    buf_text(out, "</cols>");
}

static void
add_view(struct buf *out, const struct book_sheet *sheet, bool first)
{
    buf_printf(out, "<sheetViews><sheetView%s workbookViewId=\"0\">",
               first ? " tabSelected=\"1\"" : "");
    if (sheet->frozen > 0)
        buf_printf(out,
                   "<pane ySplit=\"%zu\" topLeftCell=\"A%zu\" activePane=\"bottomLeft\""
                   " state=\"frozen\"/><selection pane=\"bottomLeft\"/>",
                   sheet->frozen, sheet->frozen + 1);
    buf_text(out, "</sheetView></sheetViews>");
}

static void
write_sheet(struct parts *parts, const struct book_sheet *sheet, size_t number)
{
    struct buf out = buf_in(parts->arena);

    buf_text(&out, HEAD "<worksheet xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\">"
                        "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>");
    add_view(&out, sheet, number == 1);
    buf_printf(&out, "<sheetFormatPr defaultRowHeight=\"%d\" customHeight=\"1\"/>", LINE_HEIGHT);
    add_columns(&out, sheet);
    add_cells(parts, &out, sheet);
    if (sheet->rule_count > 0) {
        buf_printf(&out, "<dataValidations count=\"%zu\">", sheet->rule_count);
        buf_add(&out, buf_str(&sheet->rules));
        buf_text(&out, "</dataValidations>");
    }
    buf_text(&out, "<pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\""
                   " header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" fitToHeight=\"0\""
                   " orientation=\"landscape\"/><headerFooter><oddFooter>&amp;C&amp;A  "
                   "&amp;P/&amp;N</oddFooter></headerFooter></worksheet>");
    archive_add(parts->archive, arena_printf(parts->arena, "xl/worksheets/sheet%zu.xml", number),
                buf_str(&out));
}

static void
write_strings(struct parts *parts)
{
    struct buf out = buf_in(parts->arena);

    buf_printf(&out, HEAD "<sst xmlns=\"" MAIN "\" count=\"%zu\" uniqueCount=\"%zu\">",
               parts->string_count, parts->string_count);
    buf_add(&out, buf_str(&parts->strings));
    buf_text(&out, "</sst>");
    archive_add(parts->archive, "xl/sharedStrings.xml", buf_str(&out));
}

/* ---- the workbook */

/* The first rows of each sheet are printed on all of its pages. */
static void
add_printed_titles(struct buf *out, const struct book_sheet *sheets)
{
    size_t index = 0, count = 0;

    for (const struct book_sheet *sheet = sheets; sheet != NULL; sheet = sheet->next, index++) {
        if (sheet->frozen == 0)
            continue;
        buf_printf(out, "%s<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"%zu\">'",
                   count++ == 0 ? "<definedNames>" : "", index);
        book_xml_quoted(out, sheet->name);
        buf_printf(out, "'!$1:$%zu</definedName>", sheet->frozen);
    }
    buf_text(out, count == 0 ? "" : "</definedNames>");
}

static void
write_workbook(struct parts *parts, const struct book_sheet *sheets)
{
    struct buf out = buf_in(parts->arena);
    size_t number = 0;

    buf_text(&out, HEAD "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><bookViews>"
                        "<workbookView/></bookViews><sheets>");
    for (const struct book_sheet *sheet = sheets; sheet != NULL; sheet = sheet->next) {
        buf_text(&out, "<sheet name=\"");
        book_xml(&out, sheet->name, true);
        number++;
        buf_printf(&out, "\" sheetId=\"%zu\" r:id=\"rId%zu\"/>", number, number);
    }
    buf_text(&out, "</sheets>");
    add_printed_titles(&out, sheets);
    buf_text(&out, "</workbook>");
    archive_add(parts->archive, "xl/workbook.xml", buf_str(&out));
}

static void
write_relations(struct parts *parts, size_t sheet_count)
{
    struct buf out = buf_in(parts->arena);

    buf_text(&out, HEAD "<Relationships xmlns=\"" PACKAGE "relationships\">");
    for (size_t i = 1; i <= sheet_count; i++)
        buf_printf(&out,
                   "<Relationship Id=\"rId%zu\" Type=\"" OFFICE
                   "/worksheet\" Target=\"worksheets/sheet%zu.xml\"/>",
                   i, i);
    buf_printf(&out,
               "<Relationship Id=\"rId%zu\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/>"
               "<Relationship Id=\"rId%zu\" Type=\"" OFFICE
               "/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>",
               sheet_count + 1, sheet_count + 2);
    archive_add(parts->archive, "xl/_rels/workbook.xml.rels", buf_str(&out));
}

static void
write_types(struct parts *parts, size_t sheet_count)
{
    struct buf out = buf_in(parts->arena);

    buf_text(&out, HEAD "<Types xmlns=\"" PACKAGE "content-types\">"
                        "<Default Extension=\"rels\" ContentType=\"application/"
                        "vnd.openxmlformats-package.relationships+xml\"/>"
                        "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                        "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPE
                        "sheet.main+xml\"/>");
    for (size_t i = 1; i <= sheet_count; i++)
        buf_printf(&out,
                   "<Override PartName=\"/xl/worksheets/sheet%zu.xml\" ContentType=\"" TYPE
                   "worksheet+xml\"/>",
                   i);
    buf_text(&out, "<Override PartName=\"/xl/styles.xml\" ContentType=\"" TYPE "styles+xml\"/>"
                   "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"" TYPE
                   "sharedStrings+xml\"/></Types>");
    archive_add(parts->archive, "[Content_Types].xml", buf_str(&out));
}

struct str
book_archive(struct arena *arena, struct book_sheet *sheets)
{
    struct parts parts = {arena, archive_open(arena), buf_in(arena), 0};
    size_t count = 0;

    for (const struct book_sheet *sheet = sheets; sheet != NULL; sheet = sheet->next)
        count++;
    write_types(&parts, count);
    archive_add(parts.archive, "_rels/.rels",
                STR(HEAD "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship"
                         " Id=\"rId1\" Type=\"" OFFICE "/officeDocument\""
                         " Target=\"xl/workbook.xml\"/></Relationships>"));
    write_workbook(&parts, sheets);
    write_relations(&parts, count);
    count = 0;
    for (const struct book_sheet *sheet = sheets; sheet != NULL; sheet = sheet->next)
        write_sheet(&parts, sheet, ++count);
    write_styles(&parts);
    write_strings(&parts);
    return archive_close(parts.archive);
}
