/* Tables over several pages: heads, rows that are parted, spans, growth. */
#include "layout_kit.h"

#include "layout_rules.h"

#define HEAD "<thead><tr><th>หัว ก</th><th>หัว ข</th></tr></thead>"

/* ---- helpers */

/* A document that starts with `before` and has `count` rows; "%d" in `row` is its number. */
static const char *
rows_markup(struct kit *kit, const char *before, int count, const char *row, const char *after)
{
    struct buf out = buf_in(kit->arena);

    buf_text(&out, before);
    for (int i = 1; i <= count; i++) {
        struct str rest = str_of(row);
        for (;;) {
            size_t at = str_find(rest, STR("%d"));
            buf_add(&out, str_sub(rest, 0, at));
            if (at == SIZE_MAX)
                break;
            buf_printf(&out, "%d", i);
            rest = str_sub(rest, at + 2, rest.len);
        }
    }
    buf_text(&out, after);
    return str_cstr(kit->arena, buf_str(&out));
}

/* "1|a<br/>2|a<br/>…": lines that name their cell. */
static const char *
cell_lines(struct kit *kit, const char *cell, int count)
{
    struct buf out = buf_in(kit->arena);

    for (int i = 1; i <= count; i++)
        buf_printf(&out, "%s%s%d", i > 1 ? "<br/>" : "", cell, i);
    return str_cstr(kit->arena, buf_str(&out));
}

/* Lines of content that begin with `prefix` on a page, in order; they must count up by one over
 * the whole document from 1. Returns how many the page has. */
static int
lines_of(const struct pages *pages, size_t page, const char *prefix)
{
    int count = 0;

    for (size_t i = 0; i < pages->page[page].count; i++) {
        const struct item *item = &pages->page[page].items[i];
        if (item->kind != ITEM_TEXT || item->role != ROLE_CONTENT)
            continue;
        struct str text = str_sub(item->as.text.whole->text, item->as.text.clusters[0].text, SIZE_MAX);
        count += str_starts(text, str_of(prefix));
    }
    return count;
}

/* Number of the line of a cell ("ก12" gives 12) in an item, or 0. */
static int
line_number(const struct item *item, const char *prefix)
{
    if (item->kind != ITEM_TEXT || item->role != ROLE_CONTENT)
        return 0;
    struct str text = str_sub(item->as.text.whole->text, item->as.text.clusters[0].text, SIZE_MAX);
    if (!str_starts(text, str_of(prefix)))
        return 0;
    return atoi(text.ptr + strlen(prefix));
}

/* Asserts that lines 1 to `count` of a cell stand on the pages, each once and in order. */
static void
assert_all_lines(const struct pages *pages, const char *prefix, int count)
{
    int next = 1;

    for (size_t p = 0; p < pages->count; p++) {
        for (size_t i = 0; i < pages->page[p].count; i++) {
            int number = line_number(&pages->page[p].items[i], prefix);
            if (number > 0)
                assert_int_equal(number, next++);
        }
    }
    assert_int_equal(next, count + 1);
}

/* Nothing but page numbers stands below the text area or above it. */
static void
assert_inside(const struct kit *kit, const struct pages *pages)
{
    for (size_t p = 0; p < pages->count; p++) {
        const struct page *page = &pages->page[p];
        mpt top = kit->style->portrait_top, bottom = page->height - kit->style->portrait_bottom;
        for (size_t i = 0; i < page->count; i++) {
            const struct item *item = &page->items[i];
            if (item->role == ROLE_PAGE_NUMBER || item->role == ROLE_CONTINUATION)
                continue;
            assert_true(item->y >= top && item->y <= bottom);
            if (item->kind == ITEM_RULE)
                assert_true(item->y + item->height <= bottom);
        }
    }
}

static size_t
repeated_on(const struct pages *pages, size_t page)
{
    size_t count = 0;

    for (size_t i = 0; i < pages->page[page].count; i++)
        count += pages->page[page].items[i].role == ROLE_REPEATED;
    return count;
}

/* ---- heads */

static void
the_head_stands_on_every_page(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages =
        kit_pages(kit, rows_markup(kit, "<memo><table columns='1* 1*' continued='(ต่อ)'>" HEAD, 100,
                                   "<tr><td>ก%d</td><td>ข%d</td></tr>", "</table></memo>"));

    assert_in_range(pages->count, 3, 5);
    assert_int_equal(repeated_on(pages, 0), 0);
    for (size_t p = 1; p < pages->count; p++)
        assert_int_equal(repeated_on(pages, p), 3); /* (ต่อ) and two cells */
    assert_all_lines(pages, "ก", 100);
    assert_rules_join(pages);
    assert_inside(kit, pages);
}

static void
a_head_of_two_rows_is_repeated_whole(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages = kit_pages(
        kit, rows_markup(kit,
                         "<memo><table columns='1* 1* 1*'><thead><tr><th rowspan='2'>หนึ่ง</th>"
                         "<th colspan='2'>สอง</th></tr><tr><th>สาม</th><th>สี่</th></tr></thead>",
                         60, "<tr><td>ก%d</td><td/><td/></tr>", "</table></memo>"));

    for (size_t p = 1; p < pages->count; p++)
        assert_int_equal(repeated_on(pages, p), 4);
    assert_rules_join(pages);
    assert_inside(kit, pages);
}

static void
no_head_stands_alone_at_a_foot(void **state)
{
    struct kit *kit = *state;

    /* whatever stands before it, a row follows on the same page */
    for (int before = 25; before <= 36; before++) {
        const char *start = rows_markup(kit, "<memo>", before, "<p class='plain'>x</p>", "<table>");
        const struct pages *pages =
            kit_pages(kit, arena_printf(kit->arena, "%s%s", start,
                                        rows_markup(kit, HEAD, 3, "<tr><td>ก%d</td><td/></tr>",
                                                    "</table></memo>")));
        for (size_t p = 0; p < pages->count; p++) {
            bool rows = lines_of(pages, p, "ก") > 0;
            assert_true(rows == (count_rules(pages, p) > 0));
        }
        assert_rules_join(pages);
    }
}

static void
a_head_higher_than_half_a_page_is_not_repeated(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages =
        kit_pages(kit, rows_markup(kit,
                                   arena_printf(kit->arena,
                                                "<memo><table><thead><tr><th>%s</th></tr></thead>",
                                                cell_lines(kit, "หัว", 25)),
                                   40, "<tr><td>ก%d</td></tr>", "</table></memo>"));

    assert_int_equal(pages->count, 2);
    assert_int_equal(repeated_on(pages, 1), 0);
    assert_all_lines(pages, "ก", 40);
}

static void
a_head_higher_than_a_page_is_refused(void **state)
{
    struct kit *kit = *state;

    kit_document(kit, arena_printf(kit->arena,
                                   "<memo><table><thead><tr><th>%s</th></tr></thead>"
                                   "<tr><td/></tr></table></memo>",
                                   cell_lines(kit, "หัว", 60)));
    assert_null(layout_run(kit->arena, kit->diags, &kit->job));
    assert_diag(kit->diags, 0, LAYOUT_TOO_TALL);
}

/* ---- rows that are parted */

static const struct pages *
one_row(struct kit *kit, int before, const char *first, const char *second, const char *attributes)
{
    const char *start = rows_markup(kit, "<memo>", before, "<p class='plain'>x</p>", "");

    return kit_pages(kit, arena_printf(kit->arena,
                                       "%s<table columns='1* 1*' %s>" HEAD
                                       "<tr><td>%s</td><td>%s</td></tr></table></memo>",
                                       start, attributes, first, second));
}

static void
a_row_longer_than_a_page_goes_on(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages =
        one_row(kit, 0, cell_lines(kit, "ก", 100), cell_lines(kit, "ข", 50), "");

    assert_int_equal(pages->count, 3);
    assert_all_lines(pages, "ก", 100);
    assert_all_lines(pages, "ข", 50);
    for (size_t p = 1; p < pages->count; p++)
        assert_int_equal(repeated_on(pages, p), 2);
    assert_rules_join(pages);
    assert_inside(kit, pages);
}

static void
no_page_gets_only_a_scrap_of_a_row(void **state)
{
    struct kit *kit = *state;
    bool parted = false, whole = false;

    for (int before = 20; before <= 36; before++) {
        const struct pages *pages =
            one_row(kit, before, cell_lines(kit, "ก", 12), cell_lines(kit, "ข", 12), "");
        int upper = lines_of(pages, 0, "ก"), lower = 12 - upper;
        assert_true(upper == 0 || lower == 0 || (upper >= 3 && lower >= 3));
        parted = parted || (upper > 0 && lower > 0);
        whole = whole || upper == 0;
        assert_all_lines(pages, "ก", 12);
        assert_all_lines(pages, "ข", 12);
        assert_rules_join(pages);
    }
    assert_true(parted && whole);
}

static void
a_short_row_is_not_parted(void **state)
{
    struct kit *kit = *state;

    for (int before = 25; before <= 36; before++) {
        const struct pages *pages =
            one_row(kit, before, cell_lines(kit, "ก", 5), cell_lines(kit, "ข", 2), "");
        int upper = lines_of(pages, 0, "ก");
        assert_true(upper == 0 || upper == 5);
    }
}

static void
no_single_cell_goes_on_with_a_few_lines(void **state)
{
    struct kit *kit = *state;
    bool parted = false;

    for (int before = 10; before <= 34; before++) {
        const struct pages *pages = one_row(kit, before, "สั้น", cell_lines(kit, "ข", 12), "");
        int upper = lines_of(pages, 0, "ข"), lower = 12 - upper;
        assert_true(upper == 0 || lower == 0 || (upper >= 3 && lower >= 5));
        parted = parted || (upper > 0 && lower > 0);
    }
    assert_true(parted);
}

static void
a_row_that_fits_a_page_is_not_begun_for_a_few_lines(void **state)
{
    struct kit *kit = *state;

    for (int before = 24; before <= 34; before++) {
        const struct pages *pages =
            one_row(kit, before, cell_lines(kit, "ก", 14), cell_lines(kit, "ข", 14), "");
        int upper = lines_of(pages, 0, "ก");
        assert_true(upper == 0 || upper >= 5);
    }
}

static void
rows_stay_whole_on_request(void **state)
{
    struct kit *kit = *state;

    for (int before = 20; before <= 34; before++) {
        const struct pages *pages = one_row(kit, before, cell_lines(kit, "ก", 14),
                                            cell_lines(kit, "ข", 14), "split-rows='no'");
        int upper = lines_of(pages, 0, "ก");
        assert_true(upper == 0 || upper == 14);
    }
    /* unless no page holds them */
    const struct pages *pages = one_row(kit, 3, cell_lines(kit, "ก", 60), "", "split-rows='no'");
    assert_all_lines(pages, "ก", 60);
}

static void
rows_that_hold_on_stay_with_the_next(void **state)
{
    struct kit *kit = *state;

    for (int before = 24; before <= 36; before++) {
        const char *start =
            rows_markup(kit, "<memo>", before, "<p class='plain'>x</p>", "<table>" HEAD);
        const struct pages *pages = kit_pages(
            kit, arena_printf(kit->arena,
                              "%s<tr><td>ก</td><td/></tr><tr keep-with-next='yes'><td>ก1</td><td/>"
                              "</tr><tr><td>ก2</td><td/></tr></table></memo>",
                              start));
        for (size_t p = 0; p < pages->count; p++)
            assert_int_equal(lines_of(pages, p, "ก1"), lines_of(pages, p, "ก2"));
    }
}

static void
paragraphs_in_cells_keep_their_widows(void **state)
{
    struct kit *kit = *state;
    struct buf cell = buf_in(kit->arena);

    for (int i = 0; i < 30; i++)
        buf_printf(&cell, "<p keep-with-next='yes'>ข%d</p><p>ข%d</p>", 2 * i + 1, 2 * i + 2);
    const struct pages *pages =
        one_row(kit, 3, cell_lines(kit, "ก", 30), str_cstr(kit->arena, buf_str(&cell)), "");
    assert_all_lines(pages, "ข", 60);
    for (size_t p = 0; p < pages->count; p++)
        assert_int_equal(lines_of(pages, p, "ข") % 2, 0); /* pairs are not parted */
}

/* Pictures are made to fit, whatever stands above the rows: they are never refused and never
 * painted over the edge. */
static void
a_tall_picture_in_a_cell_is_made_to_fit(void **state)
{
    static const char *const before[] = {
        "<memo><table>",
        "<memo><table split-rows='no'>",
        "<memo><table columns='1* 1*'>" HEAD "<tr><td>ก</td><td>ข</td></tr>",
        "<memo><table columns='1* 1*' continued='(ต่อ)'>" HEAD "<tr><td>ก</td><td>ข</td></tr>",
        "<memo><table columns='1* 1*' continued='(ต่อ)'><tr><td>ก</td><td>ข</td></tr>",
        "<memo><h2>ก</h2><table><tr><td><table>",
    };
    struct kit *kit = *state;

    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
        struct buf markup = buf_in(kit->arena);
        buf_printf(&markup,
                   "%s<tr><td><img src='a.png' alt='a' width='3cm' height='28cm'/></td></tr>"
                   "%s</table></memo>",
                   before[i], strstr(before[i], "<h2>") != NULL ? "</table></td></tr>" : "");
        assert_inside(kit, kit_pages(kit, str_cstr(kit->arena, buf_str(&markup))));
    }
}

/* ---- spans over pages */

static void
a_band_is_parted_between_its_rows(void **state)
{
    struct kit *kit = *state;
    struct buf markup = buf_in(kit->arena);

    buf_text(&markup, "<memo><table columns='3cm 1*'>" HEAD);
    for (int i = 1; i <= 60; i++) {
        buf_text(&markup, "<tr>");
        if (i == 1)
            buf_text(&markup, "<td rowspan='60'>สอง<br/>บรรทัด</td>");
        buf_printf(&markup, "<td>ก%d</td></tr>", i);
    }
    buf_text(&markup, "</table></memo>");
    const struct pages *pages = kit_pages(kit, str_cstr(kit->arena, buf_str(&markup)));
    assert_int_equal(pages->count, 2);
    assert_all_lines(pages, "ก", 60);
    assert_int_equal(lines_of(pages, 0, "สอง"), 1);
    assert_rules_join(pages);
    assert_inside(kit, pages);
    for (size_t p = 1; p < pages->count; p++)
        assert_int_equal(repeated_on(pages, p), 2);
}

static void
a_spanning_cell_goes_on_beside_its_rows(void **state)
{
    struct kit *kit = *state;
    struct buf markup = buf_in(kit->arena);

    buf_printf(&markup, "<memo><table columns='1* 1*'>" HEAD "<tr><td rowspan='3'>%s</td>",
               cell_lines(kit, "ก", 90));
    for (int i = 1; i <= 3; i++)
        buf_printf(&markup, "%s<td>ข%d</td></tr>", i > 1 ? "<tr>" : "", i);
    buf_text(&markup, "</table></memo>");
    const struct pages *pages = kit_pages(kit, str_cstr(kit->arena, buf_str(&markup)));
    assert_all_lines(pages, "ก", 90);
    assert_all_lines(pages, "ข", 3);
    assert_rules_join(pages);
    assert_inside(kit, pages);
}

static void
a_table_in_a_cell_goes_on(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages = kit_pages(
        kit, rows_markup(kit, "<memo><table columns='3cm 1*'>" HEAD "<tr><td>ก</td><td><table>", 80,
                         "<tr><td>ข%d</td></tr>", "</table></td></tr></table></memo>"));

    assert_all_lines(pages, "ข", 80);
    assert_rules_join(pages);
    assert_inside(kit, pages);
}

static void
a_parted_row_of_an_inner_table_goes_on_too(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages =
        kit_pages(kit, arena_printf(kit->arena,
                                    "<memo><table columns='3cm 1*'>" HEAD
                                    "<tr><td>ก</td><td><table><tr><td>%s</td></tr></table></td>"
                                    "</tr></table></memo>",
                                    cell_lines(kit, "ข", 120)));

    assert_all_lines(pages, "ข", 120);
    assert_rules_join(pages);
    assert_inside(kit, pages);
}

/* ---- growth */

struct growth {
    size_t memory, pages;
};

static struct growth
measure_document(const char *before, int count, const char *row, const char *after)
{
    struct kit *kit = kit_open();
    const char *markup = rows_markup(kit, before, count, row, after);

    kit_document(kit, markup);
    size_t used = arena_used(kit->arena);
    const struct pages *pages = layout_run(kit->arena, kit->diags, &kit->job);
    assert_non_null(pages);
    struct growth growth = {arena_used(kit->arena) - used, pages->count};
    kit_close(kit);
    return growth;
}

static void
fifty_thousand_rows_cost_fifty_times_a_thousand(void **state)
{
    const char *before = "<memo><table columns='2cm 1*'>" HEAD;
    const char *row = "<tr><td>%d</td><td>ก</td></tr>";
    struct growth few = measure_document(before, 1000, row, "</table></memo>");
    struct growth many = measure_document(before, 50000, row, "</table></memo>");

    (void)state;
    assert_in_range(many.pages, few.pages * 48, few.pages * 52);
    assert_true(many.memory < few.memory * 75);
    assert_true(many.memory / 50000 < 8000); /* bytes a row */
}

static void
a_cell_of_many_lines_grows_with_its_lines(void **state)
{
    const char *before = "<memo><table columns='2cm 1*'>" HEAD "<tr><td>ก</td><td>";
    struct growth few = measure_document(before, 1000, "<p>%d</p>", "</td></tr></table></memo>");
    struct growth many = measure_document(before, 8000, "<p>%d</p>", "</td></tr></table></memo>");

    (void)state;
    assert_in_range(many.pages, few.pages * 7, few.pages * 9);
    assert_true(many.memory < few.memory * 12);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, kit_setup, kit_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_head_stands_on_every_page),
        TEST(a_head_of_two_rows_is_repeated_whole),
        TEST(no_head_stands_alone_at_a_foot),
        TEST(a_head_higher_than_half_a_page_is_not_repeated),
        TEST(a_head_higher_than_a_page_is_refused),
        TEST(a_row_longer_than_a_page_goes_on),
        TEST(no_page_gets_only_a_scrap_of_a_row),
        TEST(a_short_row_is_not_parted),
        TEST(no_single_cell_goes_on_with_a_few_lines),
        TEST(a_row_that_fits_a_page_is_not_begun_for_a_few_lines),
        TEST(rows_stay_whole_on_request),
        TEST(rows_that_hold_on_stay_with_the_next),
        TEST(paragraphs_in_cells_keep_their_widows),
        TEST(a_tall_picture_in_a_cell_is_made_to_fit),
        TEST(a_band_is_parted_between_its_rows),
        TEST(a_spanning_cell_goes_on_beside_its_rows),
        TEST(a_table_in_a_cell_goes_on),
        TEST(a_parted_row_of_an_inner_table_goes_on_too),
        cmocka_unit_test(fifty_thousand_rows_cost_fifty_times_a_thousand),
        cmocka_unit_test(a_cell_of_many_lines_grows_with_its_lines),
    };

    return cmocka_run_group_tests_name("layout_table_pages", tests, NULL, NULL);
}
