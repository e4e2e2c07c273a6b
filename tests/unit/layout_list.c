/* Lists and their markers. */
#include "layout_kit.h"

#include "layout/block.h"

static void
check_marker(const char *pattern, size_t index, const char *expected)
{
    struct arena *arena = arena_new(0);

    assert_str(list_marker(arena, str_of(pattern), index), expected);
    arena_free(arena);
}

static void
test_numbers_count_on(void **state)
{
    (void)state;
    check_marker("1.", 0, "1.");
    check_marker("1.", 11, "12.");
    check_marker("(9)", 1, "(10)");
    check_marker("๑.", 9, "๑๐.");
    check_marker("๓.๙", 1, "๓.๑๐");
    check_marker("2.1.", 2, "2.3.");
    check_marker("ข้อ 4", 1, "ข้อ 5");
}

static void
test_letters_count_on_without_the_obsolete_ones(void **state)
{
    (void)state;
    check_marker("ก.", 0, "ก.");
    check_marker("ก.", 2, "ค.");
    check_marker("ก.", 3, "ง.");
    check_marker("(ก)", 1, "(ข)");
    check_marker("ข)", 1, "ค)");
    check_marker("ก.", 40, "ฮ.");
    check_marker("ก.", 41, "กก.");
    check_marker("ก.", 42, "กข.");
    check_marker("ก.", 41 + 41, "ขก.");
}

static void
test_other_marks_stay(void **state)
{
    (void)state;
    check_marker("-", 5, "-");
    check_marker("•", 5, "•");
    check_marker("", 5, "");
}

static void
test_a_huge_number_does_not_overflow(void **state)
{
    (void)state;
    check_marker("99999999999999999999.", 0, "999999999.");
}

static void
test_lists_nest(void **state)
{
    struct pages *pages = kit_pages(
        *state,
        "<memo><ol><li>a<ul><li>b</li><li>c<ol marker=\"(ก)\"><li>d</li><li>e</li></ol></li></ul>"
        "</li><li>f</li></ol></memo>");

    assert_string_equal(kit_lines(*state, pages), "1|1. a\n1|- b\n1|- c\n1|(ก) d\n1|(ข) e\n1|2. f");
    const struct item *items = pages->page[0].items;
    /* marker, text, marker, text …: each level begins where the text of the outer one does */
    assert_int_equal(items[0].x, 85039);
    assert_true(items[1].x >= items[0].x + items[0].width);
    assert_int_equal(items[2].x, items[1].x);
    assert_int_equal(items[6].x, items[5].x);
    assert_int_equal(items[10].x, items[0].x);
}

static void
test_texts_hang(void **state)
{
    struct pages *pages = kit_pages(*state, "<memo><ol><li>a<br/>b</li></ol></memo>");
    const struct item *items = pages->page[0].items;

    assert_int_equal(pages->page[0].count, 3);
    assert_int_equal(items[2].x, items[1].x);
    assert_int_equal(items[0].role, ROLE_MARKER);
    assert_int_equal(items[1].role, ROLE_CONTENT);
    assert_int_equal(items[0].y, items[1].y);
}

static void
test_wide_markers_make_room(void **state)
{
    struct pages *pages =
        kit_pages(*state, "<memo><ol marker=\"(998)\"><li>a</li><li>b</li><li>c</li></ol></memo>");
    const struct item *items = pages->page[0].items;

    assert_true(items[1].x >= items[4].x);
    assert_true(items[5].x >= items[4].x + items[4].width + 4000);
    assert_int_equal(items[1].x, items[5].x);
}

static void
test_an_item_may_have_its_own_marker(void **state)
{
    struct pages *pages = kit_pages(
        *state, "<memo><ul marker=\"•\"><li>a</li><li marker=\"๕.\">b</li><li/></ul></memo>");

    assert_string_equal(kit_lines(*state, pages), "1|• a\n1|๕. b\n1|• ");
    const struct item *items = pages->page[0].items;
    assert_true(items[4].as.text.para_end);
}

static void
test_blocks_in_items(void **state)
{
    struct pages *pages = kit_pages(
        *state, "<memo><ol><li><p>a</p><p>b</p></li><li><ul><li>c</li></ul></li></ol></memo>");

    assert_string_equal(kit_lines(*state, pages), "1|1. a\n1|b\n1|2. - c");
}

/* Where the body's list stands, so does an opinion's, in the opinion's letters. */
static void
test_lists_of_an_opinion_hang(void **state)
{
    static const char list[] = "<ol><li>a<br/>b</li><li><p>c</p><ul><li>d</li></ul></li></ol>";
    struct kit *kit = *state;

    kit_style(kit,
              "paragraph: {p: {indent: 2.5cm}, li: {like: p, left: 2.5cm, indent: 0, before: 0},"
              " opinion: {like: p, size: 14pt}}");
    struct buf out = buf_in(kit->arena);
    buf_printf(&out, "<memo>%s<opinion>%s<signature name=\"x\"/></opinion></memo>", list, list);
    struct pages *pages = kit_pages(kit, str_cstr(kit->arena, buf_str(&out)));
    const struct item *items = pages->page[0].items;

    assert_string_equal(kit_lines(kit, pages),
                        "1|1. a\n1|b\n1|2. c\n1|- d\n1|1. a\n1|b\n1|2. c\n1|- d\n1|(x)");
    assert_int_equal(items[0].x, 85039 + 70866);
    assert_int_equal(items[2].x, items[1].x);
    assert_int_equal(items[4].x, items[1].x);
    for (size_t i = 0; i < 7; i++)
        assert_int_equal(items[i + 7].x, items[i].x);
    assert_true(items[8].width < items[1].width);
}

static void
test_a_list_of_an_opinion_in_a_cell(void **state)
{
    struct kit *kit = *state;

    kit_style(kit, "paragraph: {li: {like: p, left: 2.5cm, indent: 0, before: 0}}");
    struct pages *pages =
        kit_pages(kit, "<memo><table columns=\"2cm 1*\"><tr><td><opinion><ol><li>a</li></ol>"
                       "<signature/></opinion></td><td/></tr></table></memo>");
    assert_non_null(strstr(kit_lines(kit, pages), "1|1. a"));
}

/* A row is painted anew when a page end parts it: one that fits on a page, and one that does not.
 */
static void
test_a_marker_beside_a_parted_row_stays(void **state)
{
    struct kit *kit = *state;

    for (int lines = 20; lines <= 60; lines += 40) {
        struct buf out = buf_in(kit->arena);
        buf_text(&out, "<memo><p class=\"plain\">a");
        for (int i = 1; i < 20; i++)
            buf_text(&out, "<br/>a");
        buf_text(&out, "</p><ol><li><ul><li><table><tr><td>b");
        for (int i = 1; i < lines; i++)
            buf_text(&out, "<br/>b");
        buf_text(&out, "</td></tr></table></li></ul></li></ol></memo>");
        struct pages *pages = kit_pages(kit, str_cstr(kit->arena, buf_str(&out)));
        assert_true(pages->count > 1);
        assert_non_null(strstr(kit_lines(kit, pages),
                               lines == 20 ? "1|a\n1|1. - b\n1|b" : "1|a\n1|1. - \n1|b"));
        const struct item *markers = &pages->page[0].items[20];
        assert_int_equal(markers[0].role, ROLE_MARKER);
        assert_int_equal(markers[1].role, ROLE_MARKER);
        assert_true(markers[0].x < markers[1].x);
    }
}

static void
test_deep_nesting_is_refused(void **state)
{
    struct kit *kit = *state;
    struct buf out = buf_in(kit->arena);

    buf_text(&out, "<memo>");
    for (int i = 0; i < 60; i++)
        buf_text(&out, "<ul><li>");
    buf_text(&out, "x");
    for (int i = 0; i < 60; i++)
        buf_text(&out, "</li></ul>");
    buf_text(&out, "</memo>");
    assert_null(kit_pages(kit, str_cstr(kit->arena, buf_str(&out))));
    assert_diag(kit->diags, 0, LAYOUT_TOO_DEEP);
}

static void
test_a_list_too_far_in_has_no_room(void **state)
{
    struct kit *kit = *state;

    kit_style(kit, "list: {indent: 9cm}");
    assert_null(kit_pages(kit, "<memo><ul><li><ul><li>กขคง</li></ul></li></ul></memo>"));
    assert_diag(kit->diags, 0, LAYOUT_WORD_TOO_WIDE);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_count_on),
        cmocka_unit_test(test_letters_count_on_without_the_obsolete_ones),
        cmocka_unit_test(test_other_marks_stay),
        cmocka_unit_test(test_a_huge_number_does_not_overflow),
        T(test_lists_nest),
        T(test_texts_hang),
        T(test_wide_markers_make_room),
        T(test_an_item_may_have_its_own_marker),
        T(test_blocks_in_items),
        T(test_lists_of_an_opinion_hang),
        T(test_a_list_of_an_opinion_in_a_cell),
        T(test_a_marker_beside_a_parted_row_stays),
        T(test_deep_nesting_is_refused),
        T(test_a_list_too_far_in_has_no_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
