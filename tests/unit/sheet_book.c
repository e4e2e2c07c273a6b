/* Workbooks that are written: read back with our own reader. */
#include "test.h"

#include "sheet/book.h"
#include "sheet/sheet.h"

struct book_case {
    struct arena *arena;
    struct diags *diags;
    struct book *book;
};

static struct book_case
open_book(void)
{
    struct book_case f = {arena_new(0), diags_new(), NULL};

    f.book = book_open(f.arena);
    return f;
}

static void
close_all(struct book_case *f)
{
    diags_free(f->diags);
    arena_free(f->arena);
}

static const struct sheet *
written(struct book_case *f, struct str name)
{
    struct str bytes;

    assert_true(book_close(f->book, f->diags, &bytes));
    const struct workbook *workbook = workbook_read_xlsx(f->arena, f->diags, "x.xlsx", bytes);
    assert_non_null(workbook);
    const struct sheet *sheet = workbook_sheet(workbook, name);
    assert_non_null(sheet);
    return sheet;
}

static void
texts_never_become_formulas(void **state)
{
    static const char *const texts[] = {
        "=1+1", "+66 2 000 0000", "- ข้อหนึ่ง\n- ข้อสอง",     "@SUM(A1)",
        "{=1}", "\t=1",           "http://example.go.th", "0123"};
    struct book_case f = open_book();
    struct book_sheet *sheet = book_sheet(f.book, STR("แผ่น"));

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        book_text(sheet, i, 0, BOOK_TEXT, str_of(texts[i]));
    const struct sheet *read = written(&f, STR("แผ่น"));
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const struct cell *cell = sheet_cell(read, i, 0);
        assert_non_null(cell);
        assert_int_equal(cell->kind, CELL_TEXT);
        assert_str(cell->text, str_cstr(f.arena, str_trim(str_of(texts[i]))));
    }
    close_all(&f);
}

/* Excel has control characters as _x000B_; what looks like one stays what it is. Marks of XML and
 * spaces stay too. */
static void
texts_stay_what_they_are(void **state)
{
    static const char *const texts[] = {
        "_x000B_", "a_x0041_b & <c> \"d\" 'e'", "_x00_", "__x0041__", "ก\nข\n\nค", "ก  ข"};
    struct book_case f = open_book();
    struct book_sheet *sheet = book_sheet(f.book, STR("ก'ข & <ค>"));

    (void)state;
    book_freeze(sheet, 1);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        book_text(sheet, i, 30, BOOK_TEXT, STR("written over"));
        book_text(sheet, i, 30, BOOK_TEXT, str_of(texts[i]));
    }
    const struct sheet *read = written(&f, STR("ก'ข & <ค>"));
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_str(sheet_cell(read, i, 30)->text, texts[i]);
    close_all(&f);
}

static void
numbers_keep_their_digits(void **state)
{
    static const struct decimal numbers[] = {{8617, 2}, {10000, 2}, {2566, 0}, {1, 9}, {-5, 1}};
    static const char *const texts[] = {"86.17", "100", "2566", "0.000000001", "-0.5"};
    struct book_case f = open_book();
    struct book_sheet *sheet = book_sheet(f.book, STR("ก"));

    (void)state;
    for (size_t i = 0; i < 5; i++)
        book_number(sheet, i, 2, numbers[i].places, &numbers[i]);
    book_number(sheet, 5, 2, 2, NULL);
    const struct sheet *read = written(&f, STR("ก"));
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(sheet_cell(read, i, 2)->kind, CELL_NUMBER);
        assert_str(sheet_cell(read, i, 2)->text, texts[i]);
    }
    assert_null(sheet_cell(read, 5, 2));
    close_all(&f);
}

static struct str
sample(struct book_case *f)
{
    struct str words[60], bytes;
    struct decimal range[2] = {{0, 0}, {100, 0}};
    struct book_sheet *sheet = book_sheet(f->book, STR("ก"));
    struct book_rule rule = {.title = STR("ช่องที่มีชื่อยาวเกินกว่าสามสิบสองตัวอักษรซึ่งต้องตัด")};

    for (size_t i = 0; i < 60; i++)
        words[i] = str_of(arena_printf(f->arena, "คำที่ยาว %zu", i));
    book_column(sheet, 0, 20, -1);
    book_column(sheet, 1, 20, 2);
    book_text(sheet, 0, 0, BOOK_HEAD, STR("ก"));
    book_freeze(sheet, 1);
    rule.choices = words;
    rule.choice_count = 60;
    book_rule(sheet, 0, 1, 9, &rule); /* too long for a rule */
    words[0] = STR("ก,ข");
    rule.choice_count = 2;
    book_rule(sheet, 1, 1, 9, &rule); /* a comma parts words */
    words[0] = STR("ก");
    book_rule(sheet, 2, 1, 9, &rule);
    rule.choice_count = 0;
    rule.range = range;
    book_rule(sheet, 3, 1, 9, &rule);
    assert_true(book_close(f->book, f->diags, &bytes));
    return bytes;
}

static void
the_same_calls_give_the_same_bytes(void **state)
{
    struct book_case f = open_book(), g = open_book();

    (void)state;
    assert_true(str_eq(sample(&f), sample(&g)));
    close_all(&f);
    close_all(&g);
}

static void
what_does_not_fit_is_told(void **state)
{
    struct book_case f = open_book();
    struct str bytes, longest = {arena_alloc(f.arena, 40000), 40000};

    (void)state;
    memset((char *)longest.ptr, 'x', longest.len);
    book_text(book_sheet(f.book, STR("ก")), 0, 0, BOOK_TEXT, longest);
    assert_false(book_close(f.book, f.diags, &bytes));
    assert_diag(f.diags, 0, FORM_WRITE);
    close_all(&f);
    f = open_book();
    (void)book_sheet(f.book, STR("ก"));
    book_text(book_sheet(f.book, STR("ก")), 0, 0, BOOK_TEXT, STR("x"));
    assert_false(book_close(f.book, f.diags, &bytes));
    assert_diag(f.diags, 0, FORM_WRITE);
    close_all(&f);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_never_become_formulas),
        cmocka_unit_test(texts_stay_what_they_are),
        cmocka_unit_test(numbers_keep_their_digits),
        cmocka_unit_test(the_same_calls_give_the_same_bytes),
        cmocka_unit_test(what_does_not_fit_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
