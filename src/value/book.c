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

/* Lists too long for a cell's own rule stand in a hidden sheet. */
#define LISTS_NAME "ตัวเลือก"

struct book {
    struct arena *arena;
    lxw_workbook *workbook;
    lxw_format *looks[BOOK_LOOK_COUNT];
    lxw_format *numbers[PLACES_MAX + 1];
    lxw_worksheet *lists;
    lxw_col_t list_count;
    int file;
    lxw_error error; /* the first one */
};

struct book_sheet {
    struct book *book;
    lxw_worksheet *sheet;
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

static lxw_format *
number_look(struct book *book, int places)
{
    size_t at = places < 0 ? 0 : places > PLACES_MAX ? PLACES_MAX : (size_t)places;
    char *format = arena_printf(book->arena, "0%s%.*s", at > 0 ? "." : "", (int)at, "000000000");

    if (book->numbers[at] == NULL) {
        book->numbers[at] = new_cell(book, 0);
        format_set_num_format(book->numbers[at], format);
    }
    return book->numbers[at];
}

void
book_column(struct book_sheet *sheet, size_t column, double width, enum book_look look, int places)
{
    struct book *book = sheet->book;
    lxw_format *format = places >= 0 ? number_look(book, places) : book->looks[look];

    if (sheet->sheet != NULL)
        note(book, worksheet_set_column(sheet->sheet, (lxw_col_t)column, (lxw_col_t)column, width,
                                        format));
}

void
book_text(struct book_sheet *sheet, size_t row, size_t column, enum book_look look, struct str text)
{
    struct book *book = sheet->book;

    if (sheet->sheet != NULL)
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

/* The words as the format wants them inside the rule; NULL when they are too long for it, or hold
 * the comma that parts them. */
static char **
short_list(struct book *book, const struct book_rule *rule)
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

/* The range of a hidden sheet that holds the words. */
static char *
long_list(struct book *book, const struct book_rule *rule)
{
    char letters[LXW_MAX_COL_NAME_LENGTH];
    lxw_col_t column = book->list_count++;

    if (book->lists == NULL) {
        book->lists = workbook_add_worksheet(book->workbook, LISTS_NAME);
        if (book->lists == NULL)
            return NULL;
        worksheet_hide(book->lists);
    }
    for (size_t i = 0; i < rule->choice_count; i++)
        note(book, worksheet_write_string(book->lists, (lxw_row_t)i, column,
                                          str_cstr(book->arena, rule->choices[i]),
                                          book->looks[BOOK_FIXED]));
    lxw_col_to_name(letters, column, 1);
    return arena_printf(book->arena, "='%s'!%s$1:%s$%zu", LISTS_NAME, letters, letters,
                        rule->choice_count);
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

    form.input_title = cut(book->arena, rule->title, TITLE_MAX);
    form.input_message = cut(book->arena, rule->help, HELP_MAX);
    if (rule->choice_count > 0) {
        char **words = short_list(book, rule);
        form.validate = words == NULL ? LXW_VALIDATION_TYPE_LIST_FORMULA : LXW_VALIDATION_TYPE_LIST;
        form.value_list = words;
        form.value_formula = words == NULL ? long_list(book, rule) : NULL;
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

bool
book_close(struct book *book, struct diags *diags, struct str *bytes)
{
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
