/* Pages as people name them. */
#include "test.h"

#include "paper/ranges.h"

#define PAGES 22

static const char *
read_as(struct fixture *f, const char *text)
{
    struct page_ranges ranges;
    const char *out = "";

    if (!ranges_read(f->arena, f->diags, str_of(text), PAGES, &ranges))
        return diag_code_name(diags_at(f->diags, diags_count(f->diags) - 1)->code);
    for (size_t i = 0; i < ranges.count; i++)
        out = arena_printf(f->arena, "%s%s%zu-%zu", out, i == 0 ? "" : ",", ranges.list[i].from,
                           ranges.list[i].to);
    return arena_printf(f->arena, "%s=%zu", out, ranges_pages(&ranges));
}

static void
reads_pages(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(read_as(f, "3"), "3-3=1");
    assert_string_equal(read_as(f, "1-3,5"), "1-3,5-5=4");
    assert_string_equal(read_as(f, " 4- "), "4-22=19");
    assert_string_equal(read_as(f, "๑-๓, ๕"), "1-3,5-5=4");
    assert_string_equal(read_as(f, "22"), "22-22=1");
}

/* A printer is told of them in order, and of none twice. */
static void
puts_them_in_order(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(read_as(f, "5-,1-2,2"), "1-2,5-22=20");
    assert_string_equal(read_as(f, "3,2,1"), "1-3=3");
    assert_string_equal(read_as(f, "1-10,2-3"), "1-10=10");
}

static void
refuses_the_rest(void **state)
{
    static const char *const none[] = {"",     "0",     "x",    "3-1", "-3",  "1,",          ",1",
                                       "1,,2", "1-2-3", "1--3", "+1",  "1 2", "99999999999", "1.5"};
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_string_equal(read_as(f, none[i]), "PRINT_PAGES");
    assert_string_equal(read_as(f, "23"), "PRINT_PAGES_BEYOND");
    assert_string_equal(read_as(f, "1-23"), "PRINT_PAGES_BEYOND");
    assert_string_equal(read_as(f, "30-"), "PRINT_PAGES_BEYOND");
}

static void
has_a_limit(void **state)
{
    struct fixture *f = *state;
    struct buf text = buf_in(f->arena);

    for (size_t i = 0; i < RANGES_MAX; i++)
        buf_text(&text, i == 0 ? "1" : ",1");
    assert_string_equal(read_as(f, str_cstr(f->arena, buf_str(&text))), "1-1=1");
    buf_text(&text, ",1");
    assert_string_equal(read_as(f, str_cstr(f->arena, buf_str(&text))), "PRINT_PAGES");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_pages, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(puts_them_in_order, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(refuses_the_rest, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(has_a_limit, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
