#include "value/book.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "base/arena.h"
#include "base/utf8.h"

#define FONT "TH SarabunPSK"
#define FONT_SIZE 16
#define HELP_SIZE 14
#define TITLE_SIZE 20
#define LINE_HEIGHT 24
#define TITLE_HEIGHT 30
#define HEIGHT_MAX 400    /* of a row; the format's own limit is 409 */
#define LETTER_WIDTH 0.85 /* Thai letters of the font for each digit that a column is wide */
#define PAPER_A4 9
#define PLACES_MAX 9
#define TITLE_MAX 32 /* of a help text: limits of the format */
#define HELP_MAX 255
#define CREATED 1672531200 /* a fixed day, so that the bytes do not depend on today */

#define GREY 0xF2F2F2
#define BLUE 0xD9E2F3
#define DARK 0xB4C6E7
#define LINE 0xA6A6A6
#define HELP_COLOUR 0x595959

struct book {
    struct arena *arena;
    lxw_workbook *workbook;
    lxw_format *looks[BOOK_LOOK_COUNT];
    lxw_format *numbers[PLACES_MAX + 1];
    lxw_format *columns[PLACES_MAX + 2]; /* of cells that nothing is written to: texts, numbers */
    struct book_sheet *sheets;
    int file;
    lxw_error error; /* the first one */
};

#define COLUMNS_MAX 200 /* whose widths are remembered */

struct book_sheet {
    struct book *book;
    lxw_worksheet *sheet;
    double widths[COLUMNS_MAX];
    double *heights; /* of rows in points, as far as there are texts of several lines */
    size_t height_count;
    struct book_sheet *next;
};

static void
note(struct book *book, lxw_error error)
{
    if (book->error == LXW_NO_ERROR)
        book->error = error;
}

static lxw_format *
new_look(struct book *book, double size)
{
    lxw_format *look = workbook_add_format(book->workbook);

    format_set_font_name(look, FONT);
    format_set_font_size(look, size);
    format_set_text_wrap(look);
    format_set_align(look, LXW_ALIGN_VERTICAL_TOP);
    return look;
}

static lxw_format *
new_cell(struct book *book, lxw_color_t colour)
{
    lxw_format *look = new_look(book, FONT_SIZE);

    format_set_border(look, LXW_BORDER_THIN);
    format_set_border_color(look, LINE);
    if (colour != 0)
        format_set_bg_color(look, colour);
    return look;
}

static void
make_looks(struct book *book)
{
    lxw_format **looks = book->looks;

    looks[BOOK_TITLE] = workbook_add_format(book->workbook);
    format_set_font_name(looks[BOOK_TITLE], FONT);
    format_set_font_size(looks[BOOK_TITLE], TITLE_SIZE);
    format_set_bold(looks[BOOK_TITLE]);
    looks[BOOK_HELP] = new_look(book, HELP_SIZE);
    format_set_font_color(looks[BOOK_HELP], HELP_COLOUR);
    looks[BOOK_HEAD] = new_cell(book, BLUE);
    looks[BOOK_HEAD_NEEDED] = new_cell(book, DARK);
    format_set_bold(looks[BOOK_HEAD]);
    format_set_bold(looks[BOOK_HEAD_NEEDED]);
    looks[BOOK_FIXED] = new_cell(book, GREY);
    looks[BOOK_TEXT] = new_cell(book, 0);
    format_set_num_format(looks[BOOK_FIXED], "@");
    format_set_num_format(looks[BOOK_TEXT], "@");
}

/* libxlsxwriter writes to a file it opens by name; one in memory leaves nothing behind. */
struct book *
book_open(struct arena *arena)
{
    struct book *book = arena_alloc(arena, sizeof *book);
    lxw_doc_properties properties = {.created = CREATED};

    book->arena = arena;
    book->file = memfd_create("form.xlsx", MFD_CLOEXEC);
    book->workbook = workbook_new(arena_printf(arena, "/proc/self/fd/%d", book->file));
    if (book->workbook == NULL)
        arena_oom(sizeof *book->workbook);
    note(book, workbook_set_properties(book->workbook, &properties));
    make_looks(book);
    return book;
}

struct book_sheet *
book_sheet(struct book *book, struct str name)
{
    struct book_sheet *sheet = arena_alloc(book->arena, sizeof *sheet);

    const char *text = str_cstr(book->arena, name);

    sheet->book = book;
    /* libxlsxwriter would refuse it too, but not without printing */
    if (workbook_get_worksheet_by_name(book->workbook, text) == NULL)
        sheet->sheet = workbook_add_worksheet(book->workbook, text);
    if (sheet->sheet == NULL) {
        note(book, LXW_ERROR_SHEETNAME_ALREADY_USED);
        return sheet;
    }
    sheet->next = book->sheets;
    book->sheets = sheet;
    worksheet_set_default_row(sheet->sheet, LINE_HEIGHT, LXW_FALSE);
    worksheet_set_landscape(sheet->sheet);
    worksheet_set_paper(sheet->sheet, PAPER_A4);
    worksheet_fit_to_pages(sheet->sheet, 1, 0);
    note(book, worksheet_set_footer(sheet->sheet, "&C&A  &P/&N"));
    return sheet;
}

/* The format keeps numbers as doubles; the digits of a score come out of one unharmed. */
static double
as_double(struct book *book, struct decimal number)
{
    return strtod(str_cstr(book->arena, decimal_text(book->arena, number, false)), NULL);
}

static size_t
places_index(int places)
{
    return places > PLACES_MAX ? PLACES_MAX : places < 0 ? 0 : (size_t)places;
}

static void
set_number(struct book *book, lxw_format *look, int places)
{
    size_t count = places_index(places);

    format_set_num_format(
        look, arena_printf(book->arena, "0%s%.*s", count > 0 ? "." : "", (int)count, "000000000"));
}

static lxw_format *
number_look(struct book *book, int places)
{
    lxw_format **look = &book->numbers[places_index(places)];

    if (*look == NULL) {
        *look = new_cell(book, 0);
        set_number(book, *look, places);
    }
    return *look;
}

/* Without lines: they would go on to the end of the sheet. */
static lxw_format *
column_look(struct book *book, int places)
{
    lxw_format **look = &book->columns[places < 0 ? 0 : 1 + places_index(places)];

    if (*look == NULL) {
        *look = new_look(book, FONT_SIZE);
        if (places < 0)
            format_set_num_format(*look, "@");
        else
            set_number(book, *look, places);
    }
    return *look;
}

void
book_column(struct book_sheet *sheet, size_t column, double width, int places)
{
    struct book *book = sheet->book;

    if (column < COLUMNS_MAX)
        sheet->widths[column] = width;
    if (sheet->sheet != NULL)
        note(book, worksheet_set_column(sheet->sheet, (lxw_col_t)column, (lxw_col_t)column, width,
                                        column_look(book, places)));
}

static bool
is_mark(uint32_t code)
{
    return code == 0x0E31 || (code >= 0x0E34 && code <= 0x0E3A) ||
           (code >= 0x0E47 && code <= 0x0E4E);
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
            letters += !is_mark(utf8_next(line, &at));
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

void
book_text(struct book_sheet *sheet, size_t row, size_t column, enum book_look look, struct str text)
{
    struct book *book = sheet->book;
    double width = column < COLUMNS_MAX ? sheet->widths[column] : 0;

    if (sheet->sheet == NULL)
        return;
    size_t lines = look == BOOK_TITLE || width == 0 ? 1 : lines_of(text, width);
    if (look == BOOK_TITLE || lines > 1)
        make_room(sheet, row, look == BOOK_TITLE ? TITLE_HEIGHT : (double)lines * LINE_HEIGHT);
    note(book, worksheet_write_string(sheet->sheet, (lxw_row_t)row, (lxw_col_t)column,
                                      str_cstr(book->arena, text), book->looks[look]));
}

void
book_number(struct book_sheet *sheet, size_t row, size_t column, int places,
            const struct decimal *number)
{
    struct book *book = sheet->book;
    lxw_format *look = number_look(book, places);

    if (sheet->sheet == NULL)
        return;
    if (number == NULL) {
        note(book, worksheet_write_blank(sheet->sheet, (lxw_row_t)row, (lxw_col_t)column, look));
        return;
    }
    note(book, worksheet_write_number(sheet->sheet, (lxw_row_t)row, (lxw_col_t)column,
                                      as_double(book, *number), look));
}

void
book_instead(struct book_sheet *sheet, size_t row, size_t column, int places, struct str text)
{
    struct book *book = sheet->book;

    if (sheet->sheet != NULL)
        note(book, worksheet_write_string(sheet->sheet, (lxw_row_t)row, (lxw_col_t)column,
                                          str_cstr(book->arena, text), number_look(book, places)));
}

/* The text's first code points. */
static char *
cut(struct arena *arena, struct str text, size_t most)
{
    size_t at = 0;

    for (size_t i = 0; i < most && at < text.len; i++)
        (void)utf8_next(text, &at);
    return arena_strndup(arena, text.ptr == NULL ? "" : text.ptr, at);
}

/* The words as a rule holds them; NULL when they are too long for it, or hold the comma that parts
 * them. */
static char **
word_list(struct book *book, const struct book_rule *rule)
{
    char **words = arena_array(book->arena, rule->choice_count + 1, sizeof *words);
    size_t size = 0;

    for (size_t i = 0; i < rule->choice_count; i++) {
        size += utf8_count(rule->choices[i]) + 1;
        if (size > HELP_MAX || str_find(rule->choices[i], STR(",")) != SIZE_MAX ||
            str_find(rule->choices[i], STR("\"")) != SIZE_MAX)
            return NULL;
        words[i] = cut(book->arena, rule->choices[i], HELP_MAX);
    }
    return words;
}

void
book_rule(struct book_sheet *sheet, size_t column, size_t first, size_t last,
          const struct book_rule *rule)
{
    struct book *book = sheet->book;
    lxw_data_validation form = {.validate = LXW_VALIDATION_TYPE_ANY,
                                .ignore_blank = LXW_VALIDATION_ON,
                                .show_input = LXW_VALIDATION_ON,
                                .show_error = LXW_VALIDATION_ON,
                                .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING,
                                .dropdown = LXW_VALIDATION_ON};

    char **words = rule->choice_count > 0 ? word_list(book, rule) : NULL;

    form.input_title = cut(book->arena, rule->title, TITLE_MAX);
    form.input_message = cut(book->arena, rule->help, HELP_MAX);
    if (words != NULL) {
        form.validate = LXW_VALIDATION_TYPE_LIST;
        form.value_list = words;
    } else if (rule->range != NULL) {
        form.validate = rule->whole ? LXW_VALIDATION_TYPE_INTEGER : LXW_VALIDATION_TYPE_DECIMAL;
        form.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
        form.minimum_number = as_double(book, rule->range[0]);
        form.maximum_number = as_double(book, rule->range[1]);
    }
    if (sheet->sheet != NULL)
        note(book,
             worksheet_data_validation_range(sheet->sheet, (lxw_row_t)first, (lxw_col_t)column,
                                             (lxw_row_t)last, (lxw_col_t)column, &form));
}

void
book_freeze(struct book_sheet *sheet, size_t rows)
{
    if (sheet->sheet == NULL)
        return;
    worksheet_freeze_panes(sheet->sheet, (lxw_row_t)rows, 0);
    note(sheet->book, worksheet_repeat_rows(sheet->sheet, 0, (lxw_row_t)(rows - 1)));
}

static bool
read_back(struct book *book, struct str *bytes)
{
    struct stat info;

    if (fstat(book->file, &info) != 0)
        return false;
    char *all = arena_alloc(book->arena, (size_t)info.st_size + 1);
    size_t done = 0;
    while (done < (size_t)info.st_size) {
        ssize_t got = pread(book->file, all + done, (size_t)info.st_size - done, (off_t)done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        done += (size_t)got;
    }
    *bytes = (struct str){all, done};
    return true;
}

/* Rows of several lines get their height; the others grow as they are filled. */
static void
set_heights(struct book *book)
{
    for (const struct book_sheet *sheet = book->sheets; sheet != NULL; sheet = sheet->next)
        for (size_t row = 0; row < sheet->height_count; row++)
            if (sheet->heights[row] > 0)
                note(book,
                     worksheet_set_row(sheet->sheet, (lxw_row_t)row, sheet->heights[row], NULL));
}

bool
book_close(struct book *book, struct diags *diags, struct str *bytes)
{
    set_heights(book);
    lxw_error error = workbook_close(book->workbook);

    note(book, error);
    if (book->error == LXW_NO_ERROR && !read_back(book, bytes))
        book->error = LXW_ERROR_READING_TMPFILE;
    if (book->file >= 0)
        (void)close(book->file);
    if (book->error == LXW_NO_ERROR)
        return true;
    diag_add(diags, DIAG_FORM_WRITE, POS_NONE, lxw_strerror(book->error), NULL, NULL);
    return false;
}
