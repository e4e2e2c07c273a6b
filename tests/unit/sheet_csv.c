/* The CSV reader: separators, encodings, quotes, places, faults, limits. */
#include "test.h"

#include "sheet/sheet.h"

static const struct sheet *
read_bytes(struct fixture *f, struct str bytes)
{
    return sheet_read_csv(f->arena, f->diags, "คะแนน.csv", bytes);
}

static const struct sheet *
read_csv(struct fixture *f, const char *text)
{
    return read_bytes(f, str_of(text));
}

/* All cells, "·" for an empty one: a line per row, a bar between columns. */
static const char *
show(struct fixture *f, const struct sheet *sheet)
{
    struct buf out = buf_in(f->arena);

    assert_non_null(sheet);
    for (size_t row = 0; row < sheet->rows; row++)
        for (size_t column = 0; column < sheet->columns; column++) {
            const struct cell *cell = sheet_cell(sheet, row, column);
            if (cell == NULL)
                buf_text(&out, "·");
            else
                buf_add(&out, cell->text);
            buf_byte(&out, column + 1 < sheet->columns ? '|' : '\n');
        }
    buf_byte(&out, '\0');
    return out.ptr;
}

static void
cells_have_text_and_place(void **state)
{
    struct fixture *f = *state;
    const struct sheet *sheet = read_csv(f, "ที่,ชื่อ\r\n1 , การปฏิบัติหน้าที่\r\n");
    const struct cell *cell = sheet_cell(sheet, 1, 1);

    assert_string_equal(show(f, sheet), "ที่|ชื่อ\n1|การปฏิบัติหน้าที่\n");
    assert_str(sheet->name, "คะแนน.csv");
    assert_string_equal(sheet->file, "คะแนน.csv");
    assert_false(sheet->hidden);
    assert_int_equal(cell->kind, CELL_TEXT);
    assert_string_equal(cell->pos.file, "คะแนน.csv");
    assert_int_equal(cell->pos.line, 2);
    assert_int_equal(cell->pos.column, 5);
    assert_true(cell_check(f->diags, cell));
    assert_null(sheet_cell(sheet, 2, 0));
    assert_null(sheet_cell(sheet, 0, 2));
    assert_null(sheet_cell(sheet, SIZE_MAX, SIZE_MAX));
    assert_int_equal(diags_count(f->diags), 0);
}

static void
every_separator_is_found(void **state)
{
    static const char *const texts[] = {
        "ก,ข;1,ค\n1,2,3\n",
        "ก;ข;1;ค\n1,5;2,5;3,5;4\n",
        "ก\tข, 1\tค\n1,0\t2;2\t3\n",
        "\"ก;1\",\"ข;2\"\n1,\"2\n3\"",
        "รายงาน, ฉบับที่ 1\nก;ข\n1;2\n3;4",
        "กว้าง 12\" ยาว, สูง\nก;ข\n1;2\n3;4", /* no quote, an inch */
        "\"ก\"\",\"\";ข\"\t1\n \"2,3\"\t4",
        "sep=;\nก,ข;ค\n",
        "sep=,\r\nก,ข\r\n",
        "ก",
        "sep=x\n1",
    };
    static const char *const shown[] = {
        "ก|ข;1|ค\n1|2|3\n",
        "ก|ข|1|ค\n1,5|2,5|3,5|4\n",
        "ก|ข, 1|ค\n1,0|2;2|3\n",
        "ก;1|ข;2\n1|2\n3\n",
        "รายงาน, ฉบับที่ 1|·\nก|ข\n1|2\n3|4\n",
        "กว้าง 12\" ยาว, สูง|·\nก|ข\n1|2\n3|4\n",
        "ก\",\";ข|1\n2,3|4\n",
        "ก,ข|ค\n",
        "ก|ข\n",
        "ก\n",
        "sep=x\n1\n",
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_string_equal(show(f, read_csv(f, texts[i])), shown[i]);
    assert_int_equal(sheet_cell(read_csv(f, "sep=;\nก;ข"), 0, 1)->pos.line, 2);
}

static void
every_encoding_is_read(void **state)
{
    static const struct str files[] = {
        {"\xEF\xBB\xBF\xE0\xB8\x81,\xE0\xB8\x82\n", 11},
        {"\xFF\xFE\x01\x0E,\0\x02\x0E\n\0", 10},
        {"\xFE\xFF\x0E\x01\0,\x0E\x02\0\n", 10},
        {"\xA1,\xA2\n", 4},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        const struct sheet *sheet = read_bytes(f, files[i]);
        assert_string_equal(show(f, sheet), "ก|ข\n");
        assert_int_equal(sheet_cell(sheet, 0, 1)->pos.column, 3);
    }
    assert_int_equal(diags_count(f->diags), 3);
    assert_diag(f->diags, 2, ENCODING_CONVERTED);
    assert_null(read_csv(f, "ก,\xE0\xB8"));
    assert_diag(f->diags, 3, ENCODING_UNKNOWN);
}

static void
quoted_cells_hold_anything(void **state)
{
    struct fixture *f = *state;
    const struct sheet *sheet = read_csv(
        f, "\"ก, ข\";\"หนึ่ง\r\nสอง\rสาม\nสี่\"; \"เรียก \"\"ก\"\"\" ;\"\"\r\nนาย \"ก\";\"ท้าย\"");

    assert_string_equal(show(f, sheet), "ก, ข|หนึ่ง\nสอง\nสาม\nสี่|เรียก \"ก\"\nนาย \"ก\"|ท้าย|·\n");
    assert_int_equal(sheet_cell(sheet, 0, 2)->pos.line, 4);
    assert_int_equal(sheet_cell(sheet, 0, 2)->pos.column, 7);
    assert_int_equal(sheet_cell(sheet, 1, 1)->pos.line, 5);
    assert_int_equal(sheet_cell(sheet, 1, 1)->pos.column, 9);
}

static void
empty_lines_are_rows(void **state)
{
    struct fixture *f = *state;
    const struct sheet *sheet = read_csv(f, "ก,ข\r\r ,\t\r,3\r,,,,\r\r");

    assert_int_equal(sheet->rows, 4);
    assert_int_equal(sheet->columns, 2);
    assert_string_equal(show(f, sheet), "ก|ข\n·|·\n·|·\n·|3\n");
    assert_int_equal(sheet_pos(f->arena, sheet, 2, 1).line, 3);
    assert_int_equal(sheet_pos(f->arena, sheet, 4, 0).line, 5);
    assert_int_equal(sheet_pos(f->arena, sheet, 99, 0).line, 0);
    assert_string_equal(sheet_pos(f->arena, sheet, 0, 0).file, "คะแนน.csv");
    assert_int_equal(diags_count(f->diags), 0);
    assert_null(sheet_read_csv(f->arena, f->diags, "t.csv", STR("")));
    assert_null(sheet_read_csv(f->arena, f->diags, "t.csv", STR("\xEF\xBB\xBF\n \n")));
    assert_diag(f->diags, 0, DATA_EMPTY);
    assert_diag(f->diags, 1, DATA_EMPTY);
}

static void
text_is_normalised_with_one_note(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(show(f, read_csv(f, "เเละ,น\u0e4d้า\n")), "และ|น้ำ\n");
    assert_int_equal(diags_count(f->diags), 1);
    assert_diag(f->diags, 0, DATA_NORMALISED);
}

static void
faults_have_their_place(void **state)
{
    static const struct {
        const char *text;
        const char *code;
        unsigned line, column;
    } cases[] = {{"ก,ข\n1,\"2\n3,4\n", "CSV_QUOTE_OPEN", 2, 3},
                 {"ก,\"ข\" ค,ง\n", "CSV_QUOTE_TAIL", 1, 7},
                 {"\"\"\"\"\"\"x\"\"", "CSV_QUOTE_TAIL", 1, 7},
                 {"\"", "CSV_QUOTE_OPEN", 1, 1},
                 {"ก,\"\"\"\"\n\"ข\n\"\"\"\"\a\"", "TEXT_FORBIDDEN", 3, 5},
                 {"ก่่่่่่่่่", "TEXT_MARKS", 1, 1},
                 {"PK\3\4", "CSV_WORKBOOK", 0, 0},
                 {"\xD0\xCF\x11\xE0\xA1\xB1", "CSV_WORKBOOK", 0, 0}};
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_null(read_csv(f, cases[i].text));
        const struct diag *diag = diags_at(f->diags, i);
        assert_string_equal(diag_code_name(diag->code), cases[i].code);
        assert_int_equal(diag->pos.line, cases[i].line);
        assert_int_equal(diag->pos.column, cases[i].column);
    }
    assert_string_equal(diags_at(f->diags, 1)->arg[0], "ค,ง");
    assert_int_equal(diags_count(f->diags), sizeof cases / sizeof cases[0]);
}

static void
one_fault_does_not_hide_the_next(void **state)
{
    struct fixture *f = *state;

    assert_null(read_csv(f, "\"ก\"x,\"y\"z\n1,2\n\"ข\"x,1\n"));
    assert_int_equal(diags_count(f->diags), 2);
    assert_int_equal(diags_at(f->diags, 1)->pos.line, 3);
}

/* `count` times `piece`, then `end`. */
static struct str
repeat(struct fixture *f, const char *piece, size_t count, const char *end)
{
    struct buf out = buf_in(f->arena);

    for (size_t i = 0; i < count; i++)
        buf_text(&out, piece);
    buf_text(&out, end);
    return buf_str(&out);
}

static void
absurd_tables_are_refused(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(read_bytes(f, repeat(f, "\n", SHEET_ROWS_MAX - 1, "x"))->rows, SHEET_ROWS_MAX);
    assert_null(read_bytes(f, repeat(f, "\n", SHEET_ROWS_MAX, "x")));
    assert_int_equal(diags_at(f->diags, 0)->pos.line, SHEET_ROWS_MAX + 1);
    assert_int_equal(read_bytes(f, repeat(f, ",", SHEET_COLUMNS_MAX - 1, "x"))->columns,
                     SHEET_COLUMNS_MAX);
    assert_null(read_bytes(f, repeat(f, ",", SHEET_COLUMNS_MAX, "x")));
    struct str line = repeat(f, "1,", SHEET_COLUMNS_MAX, "\n");
    const char *row = str_cstr(f->arena, line);
    assert_non_null(read_bytes(f, repeat(f, row, SHEET_CELLS_MAX / SHEET_COLUMNS_MAX, "")));
    assert_null(read_bytes(f, repeat(f, row, SHEET_CELLS_MAX / SHEET_COLUMNS_MAX, "x")));
    assert_int_equal(diags_count(f->diags), 3);
    for (size_t i = 0; i < 3; i++)
        assert_diag(f->diags, i, CSV_TOO_LARGE);
    assert_int_equal(read_bytes(f, repeat(f, ",,\n", 3 * SHEET_ROWS_MAX, ""))->rows, 0);
    assert_null(read_bytes(f, repeat(f, "\"a\"b\n", 100000, "")));
    assert_true(diags_count(f->diags) <= 3 + 100);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(cells_have_text_and_place), TEST(every_separator_is_found),
        TEST(every_encoding_is_read),    TEST(quoted_cells_hold_anything),
        TEST(empty_lines_are_rows),      TEST(text_is_normalised_with_one_note),
        TEST(faults_have_their_place),   TEST(one_fault_does_not_hide_the_next),
        TEST(absurd_tables_are_refused),
    };
    return cmocka_run_group_tests_name("sheet/csv", tests, NULL, NULL);
}
