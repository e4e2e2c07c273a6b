/* CSV as RFC 4180 defines it and as Excel, LibreOffice and people save it: the separator is found
 * out, blanks around a cell do not count, a quote inside a cell that does not begin with one is a
 * character like others. */
#include "sheet/sheet.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "sheet/inner.h"
#include "thai/normal.h"
#include "value/reader.h"

/* So many lines are looked at to find the separator. */
#define LINES_SEEN 20
/* Separators beyond this on one line are not told apart. */
#define COUNT_MAX 64

struct csv {
    struct reader *reader;
    struct sheet *sheet;
    struct str text;
    size_t at;
    char separator;
    unsigned line, column; /* of `at` */
    size_t cells;
};

/* ---- the separator */

/* Notes how many separators stood on a line. */
static void
end_line(unsigned tally[3][COUNT_MAX], unsigned count[3])
{
    for (size_t i = 0; i < 3; i++) {
        tally[i][count[i] < COUNT_MAX ? count[i] : COUNT_MAX - 1]++;
        count[i] = 0;
    }
}

/* Where in the lines a look for separators is. */
struct look {
    bool quoted;
    bool begins; /* only blanks since the last separator: a quote here is no letter of the cell */
};

/* Moves over the byte at *at, which is no separator when this says false. */
static bool
look_over(struct look *look, struct str text, size_t *at)
{
    static const struct str ends = {",;\t\n\r", 5};
    char c = text.ptr[(*at)++];

    if (c == '"' && look->quoted && *at < text.len && text.ptr[*at] == '"')
        (*at)++;
    else if (c == '"' && (look->quoted || look->begins))
        look->quoted = !look->quoted;
    bool is_end = !look->quoted && str_find(ends, (struct str){&c, 1}) != SIZE_MAX;
    look->begins = is_end || (look->begins && c == ' ');
    return is_end;
}

/* The separator that stands equally often on the most lines; of two, the one that stands more
 * often. */
static char
find_separator(struct str text)
{
    static const char separators[3] = {'\t', ';', ','};
    unsigned tally[3][COUNT_MAX] = {{0}}, count[3] = {0}, lines = 0, best = 0, most = 0;
    struct look look = {.begins = true};
    char found = ',';

    for (size_t i = 0; i < text.len && lines < LINES_SEEN;) {
        char c = text.ptr[i];
        if (!look_over(&look, text, &i))
            continue;
        for (size_t k = 0; k < 3; k++)
            count[k] += c == separators[k];
        if (c == '\n' || c == '\r') {
            end_line(tally, count);
            lines++;
        }
    }
    end_line(tally, count);
    for (size_t k = 0; k < 3; k++)
        for (unsigned often = 1; often < COUNT_MAX; often++)
            if (tally[k][often] > best || (tally[k][often] == best && best > 0 && often > most)) {
                best = tally[k][often];
                most = often;
                found = separators[k];
            }
    return found;
}

/* ---- moving on */

static bool
is_at(const struct csv *csv, char c)
{
    return csv->at < csv->text.len && csv->text.ptr[csv->at] == c;
}

static bool
is_line_end(const struct csv *csv)
{
    return is_at(csv, '\n') || is_at(csv, '\r');
}

static bool
is_cell_end(const struct csv *csv)
{
    return csv->at == csv->text.len || is_at(csv, csv->separator) || is_line_end(csv);
}

/* Over one code point or one line end. */
static void
step(struct csv *csv)
{
    if (!is_line_end(csv)) {
        (void)utf8_next(csv->text, &csv->at);
        csv->column++;
        return;
    }
    bool first = is_at(csv, '\r');
    csv->at++;
    if (first && is_at(csv, '\n'))
        csv->at++;
    csv->line++;
    csv->column = 1;
}

static void
skip_blanks(struct csv *csv)
{
    while (!is_cell_end(csv) && (is_at(csv, ' ') || is_at(csv, '\t')))
        step(csv);
}

static struct pos
place(const struct csv *csv)
{
    return (struct pos){csv->reader->file, csv->line, csv->column};
}

/* ---- cells */

/* The sign that cannot stand where it does; the rest of the line is passed over, which would only
 * give more errors. */
static void
refuse_tail(struct csv *csv)
{
    size_t from = csv->at;
    struct pos pos = place(csv);

    while (csv->at < csv->text.len && !is_line_end(csv))
        step(csv);
    reader_error(csv->reader, DIAG_CSV_QUOTE_TAIL, pos,
                 diag_str(csv->reader->diags, str_sub(csv->text, from, csv->at - from)), NULL,
                 NULL);
}

/* The text between quotes, *out in the scratch arena; false when they do not close. */
static bool
read_quoted(struct csv *csv, struct str *out)
{
    struct buf text = buf_in(csv->reader->scratch);
    struct pos pos = place(csv);

    for (step(csv); csv->at < csv->text.len; step(csv)) {
        if (is_at(csv, '"')) {
            step(csv);
            if (!is_at(csv, '"')) {
                *out = buf_str(&text);
                return true;
            }
        }
        size_t from = csv->at, next = csv->at;
        (void)utf8_next(csv->text, &next);
        if (is_line_end(csv))
            buf_byte(&text, '\n');
        else
            buf_add(&text, str_sub(csv->text, from, next - from));
    }
    reader_error(csv->reader, DIAG_CSV_QUOTE_OPEN, pos, NULL, NULL, NULL);
    return false;
}

static struct str
read_bare(struct csv *csv)
{
    size_t from = csv->at;

    while (!is_cell_end(csv))
        step(csv);
    return str_sub(csv->text, from, csv->at - from);
}

static void
tell_size(struct csv *csv, struct pos pos)
{
    reader_error(csv->reader, DIAG_CSV_TOO_LARGE, pos,
                 diag_printf(csv->reader->diags, "%d", SHEET_ROWS_MAX),
                 diag_printf(csv->reader->diags, "%d", SHEET_COLUMNS_MAX),
                 diag_printf(csv->reader->diags, "%d", SHEET_CELLS_MAX));
    csv->reader->stop = true;
}

static void
put(struct csv *csv, size_t row, size_t column, struct pos pos, struct str text)
{
    struct str normal = sheet_trim(csv->reader->arena, reader_text(csv->reader, pos, text));

    if (normal.len == 0)
        return;
    if (row >= SHEET_ROWS_MAX || column >= SHEET_COLUMNS_MAX || csv->cells >= SHEET_CELLS_MAX) {
        tell_size(csv, pos);
        return;
    }
    csv->cells++;
    struct cell *cell = sheet_put(csv->reader->arena, csv->sheet, row, column);
    *cell = (struct cell){.kind = CELL_TEXT, .text = normal, .pos = pos};
}

static void
read_cell(struct csv *csv, size_t row, size_t column)
{
    struct arena_mark mark = arena_mark(csv->reader->scratch);
    struct str text;

    skip_blanks(csv);
    struct pos pos = place(csv);
    if (!is_at(csv, '"')) {
        put(csv, row, column, pos, read_bare(csv));
    } else if (read_quoted(csv, &text)) {
        skip_blanks(csv);
        if (is_cell_end(csv))
            put(csv, row, column, pos, text);
        else
            refuse_tail(csv);
    }
    arena_reset(csv->reader->scratch, mark);
}

static void
read_row(struct csv *csv, size_t row)
{
    if (row < SHEET_ROWS_MAX)
        sheet_begin_row(csv->reader->arena, csv->sheet, row, csv->line);
    for (size_t column = 0; !csv->reader->stop; column++) {
        read_cell(csv, row, column);
        if (!is_at(csv, csv->separator))
            break;
        step(csv);
    }
    if (is_line_end(csv))
        step(csv);
}

/* "sep=;" as the first line is how Excel is told the separator. */
static void
begin(struct csv *csv)
{
    bool said = str_starts(csv->text, STR("sep=")) && csv->text.len > 5 &&
                (csv->text.ptr[5] == '\n' || csv->text.ptr[5] == '\r') &&
                str_find(STR(",;\t"), str_sub(csv->text, 4, 1)) != SIZE_MAX;

    if (said)
        csv->separator = csv->text.ptr[4];
    else
        csv->separator = find_separator(csv->text);
    while (said && csv->line == 1)
        step(csv);
}

/* A workbook named .csv would be read as letters that nobody wrote. */
static bool
check_text(struct reader *reader, struct str bytes)
{
    if (!str_starts(bytes, STR("PK\3\4")) && !str_starts(bytes, STR("\xD0\xCF\x11\xE0")))
        return true;
    reader_error(reader, DIAG_CSV_WORKBOOK, (struct pos){reader->file, 0, 0}, NULL, NULL, NULL);
    return false;
}

struct sheet *
sheet_read_csv(struct arena *arena, struct diags *diags, const char *file, struct str bytes)
{
    struct reader reader = reader_open(arena, diags, file);
    struct csv csv = {.reader = &reader, .line = 1, .column = 1};
    bool good = reader_check_size(&reader, bytes) && reader_check_filled(&reader, bytes) &&
                check_text(&reader, bytes) &&
                normal_decode(reader.scratch, diags, (struct pos){file, 0, 0}, bytes, &csv.text) &&
                reader_check_filled(&reader, csv.text) &&
                normal_check(diags, (struct pos){file, 1, 1}, csv.text);

    if (good) {
        csv.sheet = sheet_new(arena, str_dup(arena, str_of(file)), file, false);
        begin(&csv);
        for (size_t row = 0; csv.at < csv.text.len && !reader.stop; row++)
            read_row(&csv, row);
    }
    reader_close(&reader);
    return good && reader.errors == 0 ? csv.sheet : NULL;
}
