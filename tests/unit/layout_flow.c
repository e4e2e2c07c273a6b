/* Filling pages: a page of the official form holds 33 lines of 21.3 pt. */
#include "layout_kit.h"

#define LINES_PER_PAGE 33
#define PLAIN "paragraph: {p: {before: 0, indent: 0, align: left}, li: {before: 0}}"

static void
add_lines(struct buf *out, unsigned count)
{
    for (unsigned i = 1; i <= count; i++)
        buf_printf(out, "<p>L%u</p>", i);
}

/* <memo><section> (count plain lines) rest </section></memo> */
static const char *
after_lines(struct kit *kit, unsigned count, const char *rest)
{
    struct buf out = buf_in(kit->arena);

    buf_text(&out, "<memo><section>");
    add_lines(&out, count);
    buf_text(&out, rest);
    buf_text(&out, "</section></memo>");
    return str_cstr(kit->arena, buf_str(&out));
}

/* The set lines from the one that holds `from` on. */
static const char *
lines_from(struct kit *kit, const struct pages *pages, const char *from)
{
    const char *all = kit_lines(kit, pages), *found = strstr(all, from);

    assert_non_null(found);
    return found;
}

static int
setup(void **state)
{
    kit_setup(state);
    kit_style(*state, PLAIN);
    return 0;
}

static void
test_a_full_page_stays_one_page(void **state)
{
    struct pages *pages = kit_pages(*state, after_lines(*state, LINES_PER_PAGE, ""));

    assert_int_equal(pages->count, 1);
    pages = kit_pages(*state, after_lines(*state, LINES_PER_PAGE, "<p>more</p><p>yet</p>"));
    assert_int_equal(pages->count, 2);
    assert_string_equal(lines_from(*state, pages, "1|L33"),
                        "1|L33\n1|C:/more...\n2|P:- ๒ -\n2|more\n2|yet");
}

static void
test_the_last_line_takes_one_along(void **state)
{
    struct pages *pages = kit_pages(*state, after_lines(*state, 2 * LINES_PER_PAGE + 1, ""));

    assert_int_equal(pages->count, 3);
    assert_string_equal(lines_from(*state, pages, "2|L65"),
                        "2|L65\n2|C:/L66...\n3|P:- ๓ -\n3|L66\n3|L67");
}

static void
test_no_orphan_stays(void **state)
{
    struct pages *pages =
        kit_pages(*state, after_lines(*state, 32, "<p>a<br/>b<br/>c<br/>d<br/>e</p>"));

    assert_string_equal(lines_from(*state, pages, "1|L32"),
                        "1|L32\n1|C:/a...\n2|P:- ๒ -\n2|a\n2|b\n2|c\n2|d\n2|e");
}

static void
test_no_widow_goes(void **state)
{
    struct pages *pages =
        kit_pages(*state, after_lines(*state, 29, "<p>a<br/>b<br/>c<br/>d<br/>e</p>"));

    assert_string_equal(lines_from(*state, pages, "1|a"),
                        "1|a\n1|b\n1|c\n1|C:/d...\n2|P:- ๒ -\n2|d\n2|e");
}

static void
test_a_short_paragraph_is_not_parted(void **state)
{
    struct pages *pages = kit_pages(*state, after_lines(*state, 31, "<p>a<br/>b<br/>c</p>"));

    assert_string_equal(lines_from(*state, pages, "1|L31"),
                        "1|L31\n1|C:/a...\n2|P:- ๒ -\n2|a\n2|b\n2|c");
}

static void
test_headings_go_with_what_follows(void **state)
{
    struct pages *pages = kit_pages(
        *state,
        after_lines(*state, 31, "<h1>one</h1><h2>two</h2><p keep-with-next=\"yes\">x</p><p>y</p>"));

    assert_string_equal(lines_from(*state, pages, "1|L31"),
                        "1|L31\n1|C:/one...\n2|P:- ๒ -\n2|one\n2|two\n2|x\n2|y");
}

static void
test_kept_blocks_go_together(void **state)
{
    struct pages *pages =
        kit_pages(*state, after_lines(*state, 31, "<keep><p>a</p><p>b</p><p>c</p></keep>"));

    assert_string_equal(lines_from(*state, pages, "1|L31"),
                        "1|L31\n1|C:/a...\n2|P:- ๒ -\n2|a\n2|b\n2|c");
}

static void
test_what_is_too_tall_to_keep_fills_pages(void **state)
{
    struct kit *kit = *state;
    struct buf out = buf_in(kit->arena);

    buf_text(&out, "<memo><p>first</p><keep>");
    add_lines(&out, 3 * LINES_PER_PAGE);
    buf_text(&out, "</keep><p>last</p><p>end</p></memo>");
    struct pages *pages = kit_pages(kit, str_cstr(kit->arena, buf_str(&out)));
    assert_int_equal(pages->count, 5);
    assert_non_null(strstr(kit_lines(kit, pages), "\n2|L1\n"));
    assert_non_null(strstr(kit_lines(kit, pages), "\n2|L33\n"));
    assert_non_null(strstr(kit_lines(kit, pages), "\n5|last"));
}

static void
test_a_chain_of_headings_longer_than_a_page_ends(void **state)
{
    struct kit *kit = *state;
    struct buf out = buf_in(kit->arena);

    buf_text(&out, "<memo>");
    for (int i = 0; i < 100; i++)
        buf_text(&out, "<h1>x</h1>");
    buf_text(&out, "</memo>");
    struct pages *pages = kit_pages(kit, str_cstr(kit->arena, buf_str(&out)));
    assert_true(pages->count >= 4 && pages->count <= 5);
}

static void
test_a_page_break_needs_something_after_it(void **state)
{
    struct pages *pages = kit_pages(
        *state, "<memo><pagebreak/><p>a</p><pagebreak/><pagebreak/><p>b</p><pagebreak/></memo>");

    assert_int_equal(pages->count, 2);
    assert_string_equal(kit_lines(*state, pages), "1|a\n2|P:- ๒ -\n2|b");
}

static void
test_space_before_is_dropped_at_the_top(void **state)
{
    kit_style(*state, "paragraph: {p: {before: 20pt, indent: 0}}");
    struct pages *pages = kit_pages(*state, "<memo><p>a</p><p>b</p><pagebreak/><p>c</p></memo>");
    mpt a = pages->page[0].items[0].y, b = pages->page[0].items[1].y;

    assert_int_equal(b - a, 21300 + 20000);
    /* the page number stands first on page two */
    assert_int_equal(pages->page[1].items[1].y, a);
}

static void
test_the_larger_of_two_spaces_counts(void **state)
{
    kit_style(*state, "paragraph: {p: {before: 6pt, after: 10pt, indent: 0}}");
    struct pages *pages = kit_pages(*state, "<memo><p>a</p><p>b</p></memo>");

    assert_int_equal(pages->page[0].items[1].y - pages->page[0].items[0].y, 21300 + 10000);
}

static void
test_sections_have_their_paper_and_numbers(void **state)
{
    struct pages *pages = kit_pages(
        *state, "<memo><section><p>a</p><pagebreak/><p>b</p></section>"
                "<section orientation=\"landscape\" page-number=\"restart\" page-format=\"-{n}-\" "
                "digits=\"arabic\"><p>c</p><pagebreak/><p>d</p></section>"
                "<section><p>e</p></section>"
                "<section page-number=\"none\"><p>f</p></section>"
                "<section first-number=\"no\" page-format=\"หน้า {n}/๙\"><p>g</p><pagebreak/>"
                "<p>h</p></section></memo>");

    assert_string_equal(kit_lines(*state, pages),
                        "1|a\n2|P:- ๒ -\n2|b\n3|P:-1-\n3|c\n4|P:-2-\n4|d\n5|P:- ๓ -\n5|e\n6|f\n7|"
                        "g\n8|P:หน้า ๖/๙\n8|h");
    assert_int_equal(pages->page[0].width, 595276);
    assert_int_equal(pages->page[2].width, 841890);
    assert_int_equal(pages->page[2].height, 595276);
    assert_int_equal(pages->page[2].section, 2);
    assert_int_equal(pages->page[7].number, 6);
    assert_str(pages->page[2].label, "-1-");
    assert_str(pages->page[5].label, "");
}

static void
test_a_page_number_stands_in_the_middle_of_the_text(void **state)
{
    struct pages *pages = kit_pages(*state, "<memo><p>a</p><pagebreak/><p>b</p></memo>");
    const struct item *number = &pages->page[1].items[0];

    assert_int_equal(number->role, ROLE_PAGE_NUMBER);
    assert_in_range(number->x + number->width / 2, 311800, 311830);
    /* 1.65 cm, and half the height of a digit below it */
    assert_in_range(number->y, 46772 + 2000, 46772 + 6000);
}

static void
test_continuation_words_end_at_a_word(void **state)
{
    struct pages *pages =
        kit_pages(*state, after_lines(*state, 33, "<p>จึงเรียนมาเพื่อโปรดทราบและพิจารณา</p><p>x</p>"));

    assert_string_equal(lines_from(*state, pages, "1|C:"),
                        "1|C:/จึงเรียนมาเพื่อ...\n2|P:- ๒ -\n2|จึงเรียนมาเพื่อโปรดทราบและพิจารณา\n2|x");
    const struct item *words = &pages->page[0].items[33];
    assert_int_equal(words->role, ROLE_CONTINUATION);
    /* they end at the right margin, and stay where printers reach */
    assert_in_range(words->x + words->width, 595276 - 56693 - 2, 595276 - 56693 + 2);
    assert_true(words->y < 841890 - 14173);
}

static void
test_continuation_words_can_be_left_out(void **state)
{
    struct kit *kit = *state;
    struct buf out = buf_in(kit->arena);

    buf_text(&out, "<memo><section continuation=\"no\">");
    add_lines(&out, 40);
    buf_text(&out, "</section></memo>");
    struct pages *pages = kit_pages(kit, str_cstr(kit->arena, buf_str(&out)));
    assert_null(strstr(kit_lines(kit, pages), "|C:"));
    kit_style(kit, "{continuation: {on: no}, paragraph: {p: {before: 0}}}");
    pages = kit_pages(kit, after_lines(kit, 40, ""));
    assert_null(strstr(kit_lines(kit, pages), "|C:"));
}

static void
test_no_continuation_words_for_a_page_that_is_asked_for(void **state)
{
    struct pages *pages = kit_pages(*state, "<memo><p>a</p><pagebreak/><p>b</p></memo>");

    assert_null(strstr(kit_lines(*state, pages), "|C:"));
}

static void
test_a_block_taller_than_a_page_is_refused(void **state)
{
    struct kit *kit = *state;

    kit_style(kit, "signature: {room: 40cm}");
    assert_null(kit_pages(kit, "<memo><signature name=\"ก\"/></memo>"));
    assert_diag(kit->diags, 0, LAYOUT_TOO_TALL);
}

static void
test_margins_as_wide_as_the_paper_are_refused(void **state)
{
    struct kit *kit = *state;

    kit->style->portrait_left = kit->style->paper_width;
    assert_null(kit_pages(kit, "<memo><p>a</p></memo>"));
    assert_diag(kit->diags, 0, LAYOUT_NO_ROOM);
}

static void
test_an_empty_document_is_an_empty_page(void **state)
{
    struct pages *pages = kit_pages(*state, "<memo></memo>");

    assert_int_equal(pages->count, 1);
    assert_int_equal(pages->page[0].count, 0);
}

static void
test_long_documents_have_a_memory_budget(void **state)
{
    struct kit *kit = *state;
    struct arena *small = arena_new((size_t)1024 * 1024);

    kit_document(kit, after_lines(kit, 5000, ""));
    assert_null(layout_run(small, kit->diags, &kit->job));
    assert_diag(kit->diags, 0, MEMORY_BUDGET);
    assert_int_equal(diags_count(kit->diags), 1);
    arena_free(small);
}

static void
test_a_thousand_pages(void **state)
{
    struct pages *pages = kit_pages(*state, after_lines(*state, 1000 * LINES_PER_PAGE, ""));

    assert_int_equal(pages->count, 1000);
    assert_int_equal(pages->page[999].number, 1000);
    assert_str(pages->page[999].label, "- ๑๐๐๐ -");
}

static void
test_lines_are_numbered_once(void **state)
{
    struct pages *pages =
        kit_pages(*state, "<memo><p>a <b>b</b> c<br/>d</p><pagebreak/><ol><li>e</li></ol></memo>");
    const struct item *first = pages->page[0].items, *second = pages->page[1].items;

    assert_int_equal(pages->page[0].count, 4);
    assert_int_equal(first[0].as.text.line, 1);
    assert_int_equal(first[2].as.text.line, 1);
    assert_int_equal(first[3].as.text.line, 2);
    assert_true(first[2].as.text.line_end && !first[0].as.text.line_end);
    assert_true(first[3].as.text.para_end && !first[2].as.text.para_end);
    assert_int_equal(second[0].as.text.line, 3);
    assert_int_equal(second[1].as.text.line, 4);
    assert_int_equal(second[1].role, ROLE_MARKER);
    assert_int_equal(second[2].as.text.line, 4);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(test_a_full_page_stays_one_page),
        T(test_the_last_line_takes_one_along),
        T(test_no_orphan_stays),
        T(test_no_widow_goes),
        T(test_a_short_paragraph_is_not_parted),
        T(test_headings_go_with_what_follows),
        T(test_kept_blocks_go_together),
        T(test_what_is_too_tall_to_keep_fills_pages),
        T(test_a_chain_of_headings_longer_than_a_page_ends),
        T(test_a_page_break_needs_something_after_it),
        T(test_space_before_is_dropped_at_the_top),
        T(test_the_larger_of_two_spaces_counts),
        T(test_sections_have_their_paper_and_numbers),
        T(test_a_page_number_stands_in_the_middle_of_the_text),
        T(test_continuation_words_end_at_a_word),
        T(test_continuation_words_can_be_left_out),
        T(test_no_continuation_words_for_a_page_that_is_asked_for),
        T(test_a_block_taller_than_a_page_is_refused),
        T(test_margins_as_wide_as_the_paper_are_refused),
        T(test_an_empty_document_is_an_empty_page),
        T(test_long_documents_have_a_memory_budget),
        T(test_a_thousand_pages),
        T(test_lines_are_numbered_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
