/* Scanned pages find their report and their place in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "paper/sort.h"

#define SHEETS 40

struct scan {
    struct arena *arena;
    struct sheet sheet[SHEETS];
    struct sheet_code found[SHEETS][2];
    size_t count;
};

static struct code
code_of(const char *letters)
{
    struct code code = {{0}};

    assert_true(code_of_text(str_of(letters), &code));
    return code;
}

#define ONE "0123456789ABCDEF"
#define TWO "ZYXWVTSRQPNMKJHG"

static struct sheet *
add(struct scan *scan)
{
    struct sheet *sheet = &scan->sheet[scan->count];

    *sheet = (struct sheet){.index = scan->count, .codes = scan->found[scan->count]};
    sheet->image.bytes[0] = (uint8_t)++scan->count;
    return sheet;
}

static void
see(struct scan *scan, const char *letters, unsigned page)
{
    struct sheet *sheet = add(scan);

    scan->found[sheet->index][sheet->code_count++] =
        (struct sheet_code){.code = code_of(letters), .page = page, .is_in_corner = true};
}

static void
type(struct scan *scan, const char *letters, unsigned page)
{
    struct sheet *sheet = add(scan);

    sheet->is_typed = true;
    sheet->typed = (struct sheet_code){.code = code_of(letters), .page = page};
}

/* "1 2 2+": + is a page that is there already. */
static const char *
pages_of(const struct sorted *sorted, char out[static 200])
{
    size_t len = 0;

    out[0] = '\0';
    for (size_t i = 0; i < sorted->count; i++)
        len += (size_t)snprintf(out + len, 200 - len, "%s%u%s", i > 0 ? " " : "",
                                sorted->pages[i].page, sorted->pages[i].is_double ? "+" : "");
    return out;
}

static int
setup(void **state)
{
    struct scan *scan = test_calloc(1, sizeof *scan);

    scan->arena = arena_new(0);
    *state = scan;
    return 0;
}

static int
teardown(void **state)
{
    struct scan *scan = *state;

    arena_free(scan->arena);
    test_free(scan);
    return 0;
}

static void
test_shuffled_and_mixed(void **state)
{
    struct scan *scan = *state;
    char text[200];

    see(scan, TWO, 2);
    see(scan, ONE, 3);
    see(scan, ONE, 1);
    see(scan, TWO, 3);
    see(scan, ONE, 2);
    struct sorted_all all = sort_sheets(scan->arena, scan->sheet, scan->count);
    assert_int_equal(all.count, 2);
    assert_string_equal(all.list[0].code.text, TWO);
    assert_string_equal(pages_of(&all.list[0], text), "2 3");
    assert_true(all.list[0].was_sorted);
    assert_string_equal(pages_of(&all.list[1], text), "1 2 3");
    assert_false(all.list[1].was_sorted);
    struct missing missing = sorted_missing(scan->arena, &all.list[0], 5);
    assert_int_equal(missing.count, 3);
    assert_int_equal(missing.page[0], 1);
    assert_int_equal(missing.page[1], 4);
    assert_int_equal(missing.page[2], 5);
    assert_int_equal(sorted_missing(scan->arena, &all.list[1], 3).count, 0);
}

static void
test_doubles(void **state)
{
    struct scan *scan = *state;
    char text[200];

    see(scan, ONE, 1);
    see(scan, ONE, 2);
    see(scan, ONE, 2);
    see(scan, ONE, 1);
    scan->sheet[3].image = scan->sheet[0].image; /* the same file once more */
    struct sorted_all all = sort_sheets(scan->arena, scan->sheet, scan->count);
    assert_int_equal(all.count, 1);
    assert_string_equal(pages_of(&all.list[0], text), "1 2 2+");
    assert_int_equal(all.list[0].pages[1].sheet->index, 1);
    assert_int_equal(all.list[0].same_count, 1);
    assert_int_equal(all.list[0].same[0]->index, 3);
    assert_int_equal(sorted_missing(scan->arena, &all.list[0], 2).count, 0);
}

static void
test_what_has_no_place(void **state)
{
    struct scan *scan = *state;
    struct sheet_code code;

    see(scan, ONE, 1);
    add(scan)->is_blank = true;
    (void)add(scan);
    see(scan, ONE, 2);
    scan->found[3][1] = (struct sheet_code){.code = code_of(ONE), .page = 2};
    scan->sheet[3].code_count = 2; /* found twice at two scales */
    see(scan, ONE, 2);
    scan->found[4][1] = (struct sheet_code){.code = code_of(TWO), .page = 2};
    scan->sheet[4].code_count = 2;
    struct sorted_all all = sort_sheets(scan->arena, scan->sheet, scan->count);
    assert_int_equal(all.count, 1);
    assert_int_equal(all.list[0].count, 2);
    assert_int_equal(all.other_count, 3);
    assert_int_equal(sheet_state(all.others[0], &code), SHEET_BLANK);
    assert_int_equal(sheet_state(all.others[1], &code), SHEET_NO_CODE);
    assert_int_equal(sheet_state(all.others[2], &code), SHEET_TWO_CODES);
}

static void
test_typed(void **state)
{
    struct scan *scan = *state;
    char text[200];

    see(scan, ONE, 3);
    type(scan, ONE, 0);
    see(scan, ONE, 1);
    struct sorted_all all = sort_sheets(scan->arena, scan->sheet, scan->count);
    assert_int_equal(sorted_missing(scan->arena, &all.list[0], 3).count, 0);
    assert_string_equal(pages_of(&all.list[0], text), "1 2 3");
    assert_false(all.list[0].was_sorted);
    /* of four pages nobody knows which one it is */
    all = sort_sheets(scan->arena, scan->sheet, scan->count);
    struct missing missing = sorted_missing(scan->arena, &all.list[0], 4);
    assert_int_equal(missing.count, 2);
    assert_ptr_equal(missing.unknown, &all.list[0].pages[0]);
    type(scan, ONE, 4);
    all = sort_sheets(scan->arena, scan->sheet, scan->count);
    missing = sorted_missing(scan->arena, &all.list[0], 4);
    assert_int_equal(missing.count, 0);
    assert_null(missing.unknown);
}

static void
test_typed_in_its_place(void **state)
{
    struct scan *scan = *state;

    see(scan, ONE, 1);
    type(scan, ONE, 0);
    see(scan, ONE, 3);
    struct sorted_all all = sort_sheets(scan->arena, scan->sheet, scan->count);
    assert_int_equal(sorted_missing(scan->arena, &all.list[0], 3).count, 0);
    assert_true(all.list[0].was_sorted);
}

static void
test_two_of_unknown_pages(void **state)
{
    struct scan *scan = *state;

    see(scan, ONE, 1);
    type(scan, ONE, 0);
    type(scan, ONE, 0);
    struct sorted_all all = sort_sheets(scan->arena, scan->sheet, scan->count);
    struct missing missing = sorted_missing(scan->arena, &all.list[0], 2);
    assert_int_equal(missing.count, 1);
    assert_non_null(missing.unknown);
}

static void
test_typed_against_what_is_read(void **state)
{
    struct scan *scan = *state;

    see(scan, ONE, 1);
    scan->sheet[0].is_typed = true;
    scan->sheet[0].typed = (struct sheet_code){.code = code_of(ONE), .page = 0};
    assert_false(sheet_contradicts(&scan->sheet[0]));
    scan->sheet[0].typed.page = 2;
    assert_true(sheet_contradicts(&scan->sheet[0]));
    scan->sheet[0].typed = (struct sheet_code){.code = code_of(TWO), .page = 1};
    assert_true(sheet_contradicts(&scan->sheet[0]));
}

/* Two codes on a sheet: who sees it knows which is the sheet's own. */
static void
test_typed_among_two(void **state)
{
    struct scan *scan = *state;
    struct sheet *sheet = &scan->sheet[0];
    struct sheet_code code;

    see(scan, ONE, 1);
    scan->found[0][sheet->code_count++] =
        (struct sheet_code){.code = code_of(TWO), .page = 5, .turn = 90};
    assert_int_equal(sheet_state(sheet, &code), SHEET_TWO_CODES);
    sheet->is_typed = true;
    sheet->typed = (struct sheet_code){.code = code_of(TWO)};
    assert_false(sheet_contradicts(sheet));
    assert_int_equal(sheet_state(sheet, &code), SHEET_TYPED);
    assert_string_equal(code.code.text, TWO);
    assert_int_equal(code.page, 5);
    assert_int_equal(code.turn, 90);
    sheet->typed.page = 1;
    assert_true(sheet_contradicts(sheet));
    /* two pages of one report: the page says which */
    scan->found[0][0].code = code_of(TWO);
    sheet->typed.page = 0;
    assert_int_equal(sheet_state(sheet, &code), SHEET_TWO_CODES);
    sheet->typed.page = 1;
    assert_int_equal(sheet_state(sheet, &code), SHEET_TYPED);
    assert_int_equal(code.page, 1);
}

static void
test_code_elsewhere(void **state)
{
    struct scan *scan = *state;
    struct sheet *sheet = &scan->sheet[0];
    struct sheet_code code;

    see(scan, ONE, 1);
    scan->found[0][0].is_in_corner = false;
    assert_int_equal(sheet_state(sheet, &code), SHEET_ELSEWHERE);
    assert_int_equal(sort_sheets(scan->arena, scan->sheet, 1).other_count, 1);
    sheet->is_typed = true;
    sheet->typed = (struct sheet_code){.code = code_of(ONE), .page = 1};
    assert_int_equal(sheet_state(sheet, &code), SHEET_TYPED);
    /* what lies on the sheet does not keep its own code from being typed */
    sheet->typed.code = code_of(TWO);
    assert_false(sheet_contradicts(sheet));
    assert_int_equal(sheet_state(sheet, &code), SHEET_TYPED);
    assert_string_equal(code.code.text, TWO);
    /* the same one in the corner, too */
    sheet->is_typed = false;
    scan->found[0][1] = scan->found[0][0];
    scan->found[0][sheet->code_count++].is_in_corner = true;
    assert_int_equal(sheet_state(sheet, &code), SHEET_KNOWN);
}

/* What nobody can look at is of no report, whatever somebody types. */
static void
test_damaged(void **state)
{
    struct scan *scan = *state;
    struct sheet_code code;

    type(scan, ONE, 1);
    scan->sheet[0].is_damaged = true;
    assert_int_equal(sheet_state(&scan->sheet[0], &code), SHEET_DAMAGED);
    struct sorted_all all = sort_sheets(scan->arena, scan->sheet, 1);
    assert_int_equal(all.count, 0);
    assert_int_equal(all.other_count, 1);
}

static void
test_page_that_there_is_not(void **state)
{
    struct scan *scan = *state;

    see(scan, ONE, 1);
    see(scan, ONE, 4);
    struct sorted_all all = sort_sheets(scan->arena, scan->sheet, scan->count);
    struct missing missing = sorted_missing(scan->arena, &all.list[0], 2);
    assert_ptr_equal(missing.beyond, &all.list[0].pages[1]);
    assert_int_equal(missing.count, 1);
    assert_int_equal(missing.page[0], 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_shuffled_and_mixed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_doubles, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_has_no_place, setup, teardown),
        cmocka_unit_test_setup_teardown(test_typed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_typed_in_its_place, setup, teardown),
        cmocka_unit_test_setup_teardown(test_two_of_unknown_pages, setup, teardown),
        cmocka_unit_test_setup_teardown(test_typed_against_what_is_read, setup, teardown),
        cmocka_unit_test_setup_teardown(test_typed_among_two, setup, teardown),
        cmocka_unit_test_setup_teardown(test_code_elsewhere, setup, teardown),
        cmocka_unit_test_setup_teardown(test_damaged, setup, teardown),
        cmocka_unit_test_setup_teardown(test_page_that_there_is_not, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
