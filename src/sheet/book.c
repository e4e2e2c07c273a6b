#include "sheet/book.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "sheet/inner.h"

#define LINE_HEIGHT 24
#define TITLE_HEIGHT 30
#define HEIGHT_MAX 400    /* of a row; the format's own limit is 409 */
#define LETTER_WIDTH 0.85 /* Thai letters of the font for each digit that a column is wide */
#define TITLE_MAX 32      /* of a help text: limits of the format */
#define HELP_MAX 255
#define NAME_MAX_LETTERS 31
#define TEXT_MAX 32767
#define ROWS_MAX 1048576
#define COLUMNS_MAX 16384

struct book {
    struct arena *arena;
    struct book_sheet *sheets, *last;
    const char *error[2]; /* the first one, in both languages; NULL is none */
};

static void
note(struct book *book, const char *english, const char *thai)
{
    if (book->error[0] != NULL)
        return;
    book->error[0] = english;
    book->error[1] = thai;
}

struct book *
book_open(struct arena *arena)
{
    struct book *book = arena_alloc(arena, sizeof *book);

    book->arena = arena;
    return book;
}

/* Spreadsheets take large and small letters for the same. */
static bool
is_taken(const struct book *book, struct str name)
{
    for (const struct book_sheet *sheet = book->sheets; sheet != NULL; sheet = sheet->next) {
        if (str_same(sheet->name, name))
            return true;
    }
    return false;
}

static bool
is_name(struct str name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (strchr("[]:*?/\\", name.ptr[i]) != NULL)
            return false;
    }
    return name.len > 0 && utf8_count(name) <= NAME_MAX_LETTERS && name.ptr[0] != '\'' &&
           name.ptr[name.len - 1] != '\'';
}

struct book_sheet *
book_sheet(struct book *book, struct str name)
{
    struct book_sheet *sheet = arena_alloc(book->arena, sizeof *sheet);

    sheet->book = book;
    sheet->name = str_dup(book->arena, name);
    sheet->rules = buf_in(book->arena);
    sheet->is_bad = is_taken(book, name) || !is_name(name);
    if (sheet->is_bad) {
        note(book, "a sheet cannot have its name, or two have the same",
             "ชื่อแผ่นงานใช้ไม่ได้ หรือชื่อซ้ำกัน");
        return sheet;
    }
    if (book->last == NULL)
        book->sheets = sheet;
    else
        book->last->next = sheet;
    book->last = sheet;
    return sheet;
}

static uint8_t
places_index(int places)
{
    return (uint8_t)(places > BOOK_PLACES_MAX ? BOOK_PLACES_MAX : places < 0 ? 0 : places);
}

void
book_column(struct book_sheet *sheet, size_t column, double width, int places)
{
    int xf = places < 0 ? BOOK_XF_COLUMN : BOOK_XF_NUMBER_COLUMNS + places_index(places);

    *ARENA_ADD(sheet->book->arena, sheet->columns, sheet->column_count, sheet->column_cap, 16) =
        (struct book_width){column, width, (uint8_t)xf};
}

static double
width_of(const struct book_sheet *sheet, size_t column)
{
    double width = 0;

    for (size_t i = 0; i < sheet->column_count; i++) {
        if (sheet->columns[i].column == column)
            width = sheet->columns[i].width;
    }
    return width;
}

/* How many lines a text takes in a column: spreadsheets do not all measure rows when they open. */
static size_t
lines_of(struct str text, double width)
{
    size_t lines = 0, room = width > 1 / LETTER_WIDTH ? (size_t)(width * LETTER_WIDTH) : 1;
    struct str line;

    while (str_line(&text, &line)) {
        size_t letters = 0;
        for (size_t at = 0; at < line.len;)
            letters += !utf8_is_thai_mark(utf8_next(line, &at));
        lines += letters == 0 ? 1 : (letters + room - 1) / room;
    }
    return lines;
}

static void
make_room(struct book_sheet *sheet, size_t row, double height)
{
    if (row >= sheet->height_count) {
        size_t count = 2 * row + 1;
        double *heights = arena_array(sheet->book->arena, count, sizeof *heights);
        if (sheet->height_count > 0)
            memcpy(heights, sheet->heights, sheet->height_count * sizeof *heights);
        sheet->heights = heights;
        sheet->height_count = count;
    }
    if (height > sheet->heights[row])
        sheet->heights[row] = height < HEIGHT_MAX ? height : HEIGHT_MAX;
}

static void
add_cell(struct book_sheet *sheet, size_t row, size_t column, int xf, enum book_kind kind,
         struct str text)
{
    struct book *book = sheet->book;

    if (sheet->is_bad)
        return;
    if (row >= ROWS_MAX || column >= COLUMNS_MAX)
        note(book, "there are too many rows or columns", "มีแถวหรือคอลัมน์มากเกินไป");
    else if (utf8_count(text) > TEXT_MAX)
        note(book, "a text has more than 32,767 characters", "มีข้อความยาวเกิน 32,767 ตัวอักษร");
    sheet->cells = arena_grow(book->arena, sheet->cells, sheet->cell_count, &sheet->cell_cap,
                              sizeof *sheet->cells, 64);
    sheet->cells[sheet->cell_count] = (struct book_cell){.row = (uint32_t)row,
                                                         .column = (uint32_t)column,
                                                         .order = sheet->cell_count,
                                                         .xf = (uint8_t)xf,
                                                         .kind = (uint8_t)kind,
                                                         .text = str_dup(book->arena, text)};
    sheet->cell_count++;
}

void
book_text(struct book_sheet *sheet, size_t row, size_t column, enum book_look look, struct str text)
{
    double width = width_of(sheet, column);
    size_t lines = look == BOOK_TITLE || width <= 0 ? 1 : lines_of(text, width);

    if (row < ROWS_MAX && (look == BOOK_TITLE || lines > 1))
        make_room(sheet, row, look == BOOK_TITLE ? TITLE_HEIGHT : (double)lines * LINE_HEIGHT);
    add_cell(sheet, row, column, BOOK_XF_LOOKS + (int)look,
             text.len == 0 ? BOOK_EMPTY : BOOK_STRING, text);
}

/* Its digits, as spreadsheets write them: without zeros at the end. */
static struct str
digits_of(struct arena *arena, struct decimal number)
{
    struct str text = decimal_text(arena, number, false);

    if (str_find(text, STR(".")) == SIZE_MAX)
        return text;
    while (text.len > 0 && text.ptr[text.len - 1] == '0')
        text.len--;
    if (text.len > 0 && text.ptr[text.len - 1] == '.')
        text.len--;
    return text;
}

void
book_number(struct book_sheet *sheet, size_t row, size_t column, int places,
            const struct decimal *number)
{
    struct str text = number == NULL ? STR("") : digits_of(sheet->book->arena, *number);

    add_cell(sheet, row, column, BOOK_XF_NUMBERS + places_index(places),
             number == NULL ? BOOK_EMPTY : BOOK_NUMBER, text);
}

void
book_instead(struct book_sheet *sheet, size_t row, size_t column, int places, struct str text)
{
    add_cell(sheet, row, column, BOOK_XF_NUMBERS + places_index(places),
             text.len == 0 ? BOOK_EMPTY : BOOK_STRING, text);
}

/* ---- rules */

/* The text's first code points. */
static struct str
cut(struct str text, size_t most)
{
    size_t at = 0;

    for (size_t i = 0; i < most && at < text.len; i++)
        (void)utf8_next(text, &at);
    return str_sub(text, 0, at);
}

/* True when a rule can hold the words: they are not too long for it, and none holds the comma that
 * parts them. */
static bool
can_list(const struct book_rule *rule)
{
    size_t size = 0;

    for (size_t i = 0; i < rule->choice_count; i++) {
        size += utf8_count(rule->choices[i]) + 1;
        if (size > HELP_MAX || str_find(rule->choices[i], STR(",")) != SIZE_MAX ||
            str_find(rule->choices[i], STR("\"")) != SIZE_MAX)
            return false;
    }
    return rule->choice_count > 0;
}

static void
add_list(struct buf *out, const struct book_rule *rule)
{
    buf_text(out, "<formula1>\"");
    for (size_t i = 0; i < rule->choice_count; i++) {
        buf_text(out, i == 0 ? "" : ",");
        book_xml(out, rule->choices[i], false);
    }
    buf_text(out, "\"</formula1>");
}

static void
add_words(struct buf *out, const char *name, struct str text)
{
    if (text.len == 0)
        return;
    buf_printf(out, " %s=\"", name);
    book_xml(out, text, true);
    buf_byte(out, '"');
}

/* "AB" of column 27. */
static void
add_column(struct buf *out, size_t column)
{
    if (column >= 26)
        add_column(out, column / 26 - 1);
    buf_byte(out, (char)('A' + column % 26));
}

static void
add_range(struct buf *out, size_t column, size_t first, size_t last)
{
    add_column(out, column);
    buf_printf(out, "%zu", first + 1);
    if (last == first)
        return;
    buf_byte(out, ':');
    add_column(out, column);
    buf_printf(out, "%zu", last + 1);
}

/* "'ข้อ'!$A$5:$A$20" */
static void
add_source(struct buf *out, const struct book_source *source)
{
    struct buf column = buf_in(out->arena);

    add_column(&column, source->column);
    buf_text(out, "<formula1>'");
    book_xml_quoted(out, source->sheet);
    buf_printf(out, "'!$%.*s$%zu:$%.*s$%zu</formula1>", STR_FMT(buf_str(&column)),
               source->first + 1, STR_FMT(buf_str(&column)), source->last + 1);
}

void
book_rule(struct book_sheet *sheet, size_t column, size_t first, size_t last,
          const struct book_rule *rule)
{
    struct buf *out = &sheet->rules;
    bool list = rule->source != NULL || can_list(rule), range = !list && rule->range != NULL;

    /* it would neither refuse nor say anything */
    if (!list && !range && rule->title.len == 0 && rule->help.len == 0)
        return;
    sheet->rule_count++;
    buf_text(out, "<dataValidation");
    if (list || range)
        buf_printf(out, " type=\"%s\"", list ? "list" : rule->whole ? "whole" : "decimal");
    buf_text(out, " errorStyle=\"warning\" allowBlank=\"1\" showInputMessage=\"1\""
                  " showErrorMessage=\"1\"");
    add_words(out, "promptTitle", cut(rule->title, TITLE_MAX));
    add_words(out, "prompt", cut(rule->help, HELP_MAX));
    buf_text(out, " sqref=\"");
    add_range(out, column, first, last);
    buf_text(out, "\">");
    if (rule->source != NULL)
        add_source(out, rule->source);
    else if (list)
        add_list(out, rule);
    if (range)
        buf_printf(out, "<formula1>%.*s</formula1><formula2>%.*s</formula2>",
                   STR_FMT(digits_of(sheet->book->arena, rule->range[0])),
                   STR_FMT(digits_of(sheet->book->arena, rule->range[1])));
    buf_text(out, "</dataValidation>");
}

void
book_freeze(struct book_sheet *sheet, size_t rows)
{
    sheet->frozen = rows;
}

bool
book_close(struct book *book, struct diags *diags, struct str *bytes)
{
    if (book->error[0] == NULL) {
        *bytes = book_archive(book->arena, book->sheets);
        return true;
    }
    diag_add(diags, DIAG_FORM_WRITE, POS_NONE, diag_both(diags, book->error[0], book->error[1]),
             NULL, NULL);
    return false;
}
