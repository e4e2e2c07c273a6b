/* Tables: columns, spans, rules and cells on one page. */
#include "layout_kit.h"

#include "layout_rules.h"

#define SECTION(inside) "<memo>" inside "</memo>"

/* ---- helpers */

/* The x of all vertical rules of the first page, ascending, as "0 56.693 …" from the first. */
static const char *
column_widths(struct kit *kit, const struct pages *pages)
{
    struct buf out = buf_in(kit->arena);
    mpt last = -1;

    for (;;) {
        mpt next = UNIT_MAX;
        for (size_t i = 0; i < pages->page[0].count; i++) {
            const struct item *item = &pages->page[0].items[i];
            if (item->kind == ITEM_RULE && item->width == 0 && item->x > last && item->x < next)
                next = item->x;
        }
        if (next == UNIT_MAX)
            break;
        if (last >= 0)
            buf_printf(&out, "%s%d", out.len > 0 ? " " : "", (next - last + 5) / 10);
        last = next;
    }
    return str_cstr(kit->arena, buf_str(&out));
}

static const struct item *
find_text(const struct pages *pages, const char *text)
{
    for (size_t p = 0; p < pages->count; p++) {
        for (size_t i = 0; i < pages->page[p].count; i++) {
            const struct item *item = &pages->page[p].items[i];
            if (item->kind != ITEM_TEXT || item->as.text.count == 0)
                continue;
            struct str all =
                str_sub(item->as.text.whole->text, item->as.text.clusters[0].text, SIZE_MAX);
            if (str_starts(all, str_of(text)))
                return item;
        }
    }
    fail_msg("no text \"%s\"", text);
    return NULL;
}

/* ---- columns: the measure of a portrait page is 16 cm, 453.543 pt */

static void
columns_are_fixed_or_share_the_rest(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages =
        kit_pages(kit, SECTION("<table columns='4cm 1* 3*'><tr><td>ก</td><td>ข</td><td>ค</td></tr>"
                               "</table>"));

    /* 4 cm, then a quarter and three quarters of 12 cm; in 1/100 pt */
    assert_string_equal(column_widths(kit, pages), "11339 8504 25512");
    pages = kit_pages(kit, SECTION("<table columns='1.5* *'><tr><td/><td/></tr></table>"));
    assert_string_equal(column_widths(kit, pages), "27213 18142");
}

static void
a_narrow_table_stands_in_the_middle(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages =
        kit_pages(kit, SECTION("<table columns='4cm 4cm'><tr><td/><td/></tr></table>"));
    const struct item *first = NULL;

    for (size_t i = 0; first == NULL && i < pages->page[0].count; i++)
        if (pages->page[0].items[i].kind == ITEM_RULE)
            first = &pages->page[0].items[i];
    /* 3 cm of margin and 4 cm of the 8 that are left */
    assert_in_range(first->x, 198425 - 5, 198425 + 5);
}

static void
columns_follow_their_content(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages = kit_pages(
        kit, SECTION("<table><tr><td>สั้น</td><td>ยาวกว่าสั้น</td></tr><tr><td>ก</td><td>ข</td></tr>"
                     "</table>"));

    /* nothing is broken, and the table is as narrow as its text and its padding */
    assert_string_equal(kit_lines(kit, pages), "1|สั้น\n1|ยาวกว่าสั้น\n1|ก\n1|ข");
    const struct item *text = find_text(pages, "สั้น"), *beside = find_text(pages, "ยาว");
    assert_in_range(beside->x - text->x - text->width, 8000 - 2, 8000 + 2);
}

static void
long_content_is_broken_where_it_must(void **state)
{
    struct kit *kit = *state;
    struct buf markup = buf_in(kit->arena);

    buf_text(&markup, "<memo><table columns='auto auto 2cm'><tr><td>1</td><td>");
    for (int i = 0; i < 40; i++)
        buf_text(&markup, "ประเมิน ผล ");
    buf_text(&markup, "</td><td>3</td></tr></table></memo>");
    const struct pages *pages = kit_pages(kit, str_cstr(kit->arena, buf_str(&markup)));
    int total = 0, width[3];
    assert_int_equal(sscanf(column_widths(kit, pages), "%d %d %d", &width[0], &width[1], &width[2]),
                     3);
    for (int i = 0; i < 3; i++)
        total += width[i];
    assert_in_range(total, 45354 - 2, 45354 + 2); /* the whole measure */
    assert_true(width[0] < 2500);                 /* a digit gets what it needs, not a third */
    assert_int_equal(width[2], 5669);
}

static void
spanning_cells_widen_their_columns(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages =
        kit_pages(kit, SECTION("<table><tr><td colspan='2'>หัวข้อที่ยาวกว่าทั้งสองช่อง</td></tr>"
                               "<tr><td>ก</td><td>ข</td></tr></table>"));

    assert_string_equal(kit_lines(kit, pages), "1|หัวข้อที่ยาวกว่าทั้งสองช่อง\n1|ก\n1|ข");
}

static void
what_is_wider_than_the_page_is_refused(void **state)
{
    struct kit *kit = *state;

    kit_refused(kit, SECTION("<table columns='9cm 8cm'><tr><td/><td/></tr></table>"),
                "LAYOUT_TABLE_TOO_WIDE");
    kit_refused(kit, SECTION("<table columns='16cm 1*'><tr><td/><td/></tr></table>"),
                "LAYOUT_TABLE_TOO_WIDE");
    kit_refused(kit,
                SECTION("<table columns='15cm auto'><tr><td/><td>Assessment</td></tr>"
                        "</table>"),
                "LAYOUT_TABLE_TOO_WIDE");
    /* it fits exactly */
    assert_non_null(
        kit_pages(kit, SECTION("<table columns='8cm 8cm'><tr><td/><td/></tr></table>")));
}

/* Sums of lengths that a style may well name must not come out small. */
static void
a_head_higher_than_any_page_is_refused(void **state)
{
    struct kit *kit = *state;
    struct buf markup = buf_in(kit->arena);

    kit_style(kit, "paragraph: {cell-head: {before: 1000cm}}");
    buf_text(&markup, "<memo><table><thead>");
    for (int row = 0; row < 3; row++) {
        buf_text(&markup, "<tr><th>");
        for (int i = 0; i < 40; i++)
            buf_text(&markup, "<p>x</p>");
        buf_text(&markup, "</th></tr>");
    }
    buf_text(&markup, "</thead><tr><td>x</td></tr></table></memo>");
    kit_refused(kit, str_cstr(kit->arena, buf_str(&markup)), "LAYOUT_TOO_TALL");
}

static void
columns_that_cannot_be_read_are_refused(void **state)
{
    struct kit *kit = *state;
    static const char *const wrong[] = {"2", "2cm x", "0*", "-1cm", "1** 2cm", "0cm", "2cm,3cm"};

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        kit_refused(kit,
                    arena_printf(kit->arena,
                                 "<memo><table columns='%s'><tr><td/></tr></table></memo>",
                                 wrong[i]),
                    "LAYOUT_TABLE_COLUMNS");
    kit_refused(kit, SECTION("<table columns='2cm 2cm'><tr><td/><td/><td/></tr></table>"),
                "LAYOUT_TABLE_ROW");
    kit_refused(kit, SECTION("<table class='none'><tr><td/></tr></table>"), "LAYOUT_TABLE_CLASS");
    kit_refused(kit, SECTION("<table><tr><td class='none'>x</td></tr></table>"), "LAYOUT_CLASS");
}

/* ---- words of heads and of columns by content */

static void
heads_part_no_word(void **state)
{
    struct kit *kit = *state;
    static const char head[] = "<thead><tr><th>ระยะเวลาในการดำเนินการ</th><th>ผล</th></tr></thead>"
                               "<tr><td>ตลอดปี</td><td>ดี</td></tr></table></memo>";
    static const char whole[] = "1|ระยะเวลาใน\n1|การดำเนินการ\n1|ผล\n1|ตลอดปี\n1|ดี";
    const struct pages *pages;
    int width[2];

    /* a share gives what a fixed column lacks, and the table stays as wide as it was */
    pages = kit_pages(kit, arena_printf(kit->arena, "<memo><table columns='2cm 1*'>%s", head));
    assert_string_equal(kit_lines(kit, pages), whole);
    assert_int_equal(sscanf(column_widths(kit, pages), "%d %d", &width[0], &width[1]), 2);
    assert_true(width[0] > 5669 + 100);
    assert_in_range(width[0] + width[1], 45354 - 2, 45354 + 2);
    /* one share gives to another */
    pages = kit_pages(kit, arena_printf(kit->arena, "<memo><table columns='0.1* 1*'>%s", head));
    assert_string_equal(kit_lines(kit, pages), whole);
    /* of a narrow table the fixed column grows beside the others */
    pages = kit_pages(kit, arena_printf(kit->arena, "<memo><table columns='2cm 3cm'>%s", head));
    assert_string_equal(kit_lines(kit, pages), whole);
    assert_int_equal(sscanf(column_widths(kit, pages), "%d %d", &width[0], &width[1]), 2);
    assert_int_equal(width[1], 8504);
    /* what asks for too much gets nothing */
    pages = kit_pages(
        kit, SECTION("<table columns='1cm 1*'><tr><th>การดำเนินการ</th><th>ผล</th></tr></table>"));
    assert_string_equal(kit_lines(kit, pages), "1|การ\n1|ดำ\n1|เนิน\n1|การ\n1|ผล");
    /* fixed columns give nothing: there the word is parted, where its parts meet */
    pages = kit_pages(kit, arena_printf(kit->arena, "<memo><table columns='2cm 14cm'>%s", head));
    assert_string_equal(kit_lines(kit, pages),
                        "1|ระยะเวลาใน\n1|การดำเนิน\n1|การ\n1|ผล\n1|ตลอดปี\n1|ดี");
}

static void
heads_over_columns_part_no_word(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages =
        kit_pages(kit, SECTION("<table columns='1cm 1cm 1*'><tr><th colspan='2'>การดำเนินการ</th>"
                               "<th>ผล</th></tr><tr><td>ก</td><td>ข</td><td>ค</td></tr></table>"));

    assert_string_equal(kit_lines(kit, pages), "1|การดำเนินการ\n1|ผล\n1|ก\n1|ข\n1|ค");
}

/* An address is broken behind its signs, before a word without any is; short words stay whole. */
static void
words_are_broken_before_a_table_is_refused(void **state)
{
    struct kit *kit = *state;
    static const char text[] =
        "<memo><table columns='%s'><tr><td>รหัส</td>"
        "<td>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd1</td>"
        "<td>saraban.huaisommut@example-local-government.go.th</td></tr></table></memo>";
    const struct pages *pages = kit_pages(kit, arena_printf(kit->arena, text, "auto auto auto"));

    assert_string_equal(kit_lines(kit, pages),
                        "1|รหัส\n1|9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd1\n"
                        "1|saraban.huaisommut@example-local-\n1|government.go.th");
    /* then the others too, the widest first */
    pages = kit_pages(kit, arena_printf(kit->arena, text, "8cm auto auto"));
    assert_string_equal(kit_lines(kit, pages),
                        "1|รหัส\n1|9f86d081884c7d659a2feaa0c55ad\n1|015a3bf4f1b2b0b822cd1\n"
                        "1|saraban.\n1|huaisommut@\n1|example-\n1|local-\n1|government.\n1|go.th");
}

/* ---- spans */

static void
spans_share_the_grid(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages =
        kit_pages(kit, SECTION("<table columns='2cm 2cm 2cm'><tr><td rowspan='2'>ก</td>"
                               "<td colspan='2'>ข</td></tr><tr><td>ค</td><td>ง</td></tr></table>"));
    const struct item *a = find_text(pages, "ก"), *b = find_text(pages, "ข");
    const struct item *c = find_text(pages, "ค"), *d = find_text(pages, "ง");

    assert_int_equal(a->y, b->y);
    assert_int_equal(b->x, c->x);
    assert_in_range(d->x - c->x, 56693 - 1, 56693 + 1);
    assert_int_equal(c->y, d->y);
    assert_true(c->y > b->y);
    assert_int_equal(a->row, 1);
    assert_int_equal(d->row, 2);
    assert_rules_join(pages);
    /* 3 across (the middle one shorter), 4 down (the third one shorter) */
    assert_int_equal(count_rules(pages, 0), 7);
}

static void
a_high_spanning_cell_stretches_its_rows_evenly(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages = kit_pages(
        kit, SECTION("<table columns='2cm 2cm'><tr><td rowspan='2'>1<br/>2<br/>3<br/>4<br/>5</td>"
                     "<td>ก</td></tr><tr><td>ข</td></tr><tr><td>6</td><td>ค</td></tr></table>"));
    mpt first = find_text(pages, "ก")->y, second = find_text(pages, "ข")->y;
    mpt third = find_text(pages, "ค")->y;

    /* five lines of 18.6 pt and the padding of one cell over two rows */
    assert_int_equal(third - first, 5 * 18600 + 3000);
    assert_int_equal(second - first, (5 * 18600 + 3000) / 2);
    assert_rules_join(pages);
}

static void
spans_end_with_their_group(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages = kit_pages(
        kit, SECTION("<table columns='2cm 2cm'><tbody><tr><td rowspan='9'>ก</td><td>ข</td></tr>"
                     "<tr><td>ค</td></tr></tbody><tbody><tr><td>ง</td><td>จ</td></tr></tbody>"
                     "</table>"));

    assert_int_equal(find_text(pages, "ง")->x, find_text(pages, "ก")->x);
    assert_rules_join(pages);
}

static void
spans_that_overlap_are_refused(void **state)
{
    struct kit *kit = *state;
    struct buf many = buf_in(kit->arena);

    kit_refused(kit,
                SECTION("<table><tr><td/><td rowspan='2'/></tr><tr><td colspan='2'/></tr>"
                        "</table>"),
                "LAYOUT_TABLE_SPANS");
    kit_refused(kit, SECTION("<table><tr><td colspan='61'/></tr></table>"), "LAYOUT_TABLE_SPANS");
    buf_text(&many, "<memo><table>");
    for (int i = 0; i < 2100; i++) /* each row is tied to the next, left and right in turn */
        buf_text(&many, i == 0 ? "<tr><td/><td rowspan='2'/></tr>" : "<tr><td rowspan='2'/></tr>");
    buf_text(&many, "</table></memo>");
    kit_refused(kit, str_cstr(kit->arena, buf_str(&many)), "LAYOUT_TABLE_SPANS");
}

static void
places_without_cells_are_empty_ones(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages =
        kit_pages(kit, SECTION("<table columns='2cm 2cm 2cm'><tr><td>ก</td></tr>"
                               "<tr><td/><td rowspan='2'>ข</td></tr><tr/></table>"));

    assert_rules_join(pages);
    assert_string_equal(column_widths(kit, pages), "5669 5669 5669");
    /* empty rows are a line high */
    assert_int_equal(find_text(pages, "ข")->y - find_text(pages, "ก")->y, 18600 + 3000);
}

static void
a_table_without_cells_is_nothing(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages =
        kit_pages(kit, SECTION("<table/><table columns='2cm'><thead/></table><p>ก</p>"));

    assert_int_equal(count_rules(pages, 0), 0);
}

/* ---- cells */

static void
cells_come_in_reading_order(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages = kit_pages(
        kit, SECTION("<table columns='2cm 2cm'><tr><td>ก1<br/>ก2</td><td>ข1<br/>ข2<br/>ข3</td></tr>"
                     "<tr><td>ค</td><td>ง</td></tr></table>"));

    assert_string_equal(kit_lines(kit, pages), "1|ก1\n1|ก2\n1|ข1\n1|ข2\n1|ข3\n1|ค\n1|ง");
    assert_int_equal(find_text(pages, "ก1")->node->element, ELEMENT_td);
}

static void
cells_are_aligned_as_they_say(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages = kit_pages(
        kit, SECTION("<table columns='6cm 3cm'><tr><td align='right' valign='bottom'>ก</td>"
                     "<td rowspan='1'>1<br/>2<br/>3</td></tr>"
                     "<tr><td align='center' valign='middle'>ข</td><td>4<br/>5<br/>6</td></tr>"
                     "<tr><th>ค</th><td>7<br/>8<br/>9</td></tr></table>"));
    const struct item *right = find_text(pages, "ก"), *middle = find_text(pages, "ข");
    const struct item *head = find_text(pages, "ค");
    mpt left = 198425 - 28346 / 2; /* centred: 9 cm of 16 */

    assert_int_equal(right->y, find_text(pages, "3")->y);
    assert_in_range(right->x + right->width, left + 170079 - 4000 - 5, left + 170079 - 4000 + 5);
    assert_int_equal(middle->y, find_text(pages, "5")->y);
    assert_in_range(middle->x + middle->width / 2, left + 85039 - 5, left + 85039 + 5);
    assert_int_equal(head->y, find_text(pages, "8")->y);
    assert_int_equal(head->as.text.clusters[0].run->font->face, FONT_BOLD);
}

static void
cells_are_never_justified(void **state)
{
    struct kit *kit = *state;
    struct buf markup = buf_in(kit->arena);

    buf_text(&markup, "<memo><table columns='5cm 5cm'><tr><td class='p'>");
    for (int i = 0; i < 30; i++)
        buf_text(&markup, "การประเมินคุณธรรม ");
    buf_text(&markup, "</td><td/></tr></table></memo>");
    const struct pages *pages = kit_pages(kit, str_cstr(kit->arena, buf_str(&markup)));
    for (size_t i = 0; i < pages->page[0].count; i++) {
        const struct item *item = &pages->page[0].items[i];
        if (item->kind == ITEM_TEXT)
            assert_int_equal(item->as.text.cluster_gap + item->as.text.space_gap, 0);
    }
    assert_int_equal(pages->justified_lines, 0);
}

static void
cells_hold_any_blocks(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages = kit_pages(
        kit,
        SECTION("<table columns='8cm 8cm'><tr><td><p><checkbox checked='yes'/> ดำเนินการ</p><ol>"
                "<li>ก</li><li>ข<ul><li>ค</li></ul></li></ol></td><td><img src='a.png' alt='a'/>"
                "<table columns='3cm 3cm'><tr><td>ใน</td><td>ตาราง</td></tr></table></td></tr>"
                "</table>"));
    const struct item *inner = find_text(pages, "ตาราง");

    assert_string_equal(kit_lines(kit, pages),
                        "1|☑ ดำเนินการ\n1|1. ก\n1|2. ข\n1|- ค\n1|ใน\n1|ตาราง");
    assert_int_equal(inner->row, 1);
    size_t images = 0;
    for (size_t i = 0; i < pages->page[0].count; i++)
        images += pages->page[0].items[i].kind == ITEM_IMAGE;
    assert_int_equal(images, 1);
}

/* ---- rules */

static void
rules_are_painted_once_and_join(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages = kit_pages(
        kit,
        SECTION("<table columns='2cm 3cm 2cm 1*'><thead><tr><th rowspan='2'>ก</th>"
                "<th colspan='2'>ข</th><th rowspan='2'>ค</th></tr><tr><th>ง</th><th>จ</th></tr>"
                "</thead><tr><td>1</td><td rowspan='3'>2</td><td colspan='2'>3</td></tr>"
                "<tr><td>4</td><td>5</td><td rowspan='2'>6</td></tr>"
                "<tr><td>7</td><td>8</td></tr><tr><td colspan='4'>9</td></tr></table>"));

    assert_rules_join(pages);
    assert_true(count_rules(pages, 0) > 10);
    for (size_t i = 0; i < pages->page[0].count; i++) {
        const struct item *item = &pages->page[0].items[i];
        if (item->kind != ITEM_RULE)
            continue;
        assert_int_equal(item->role, ROLE_RULE);
        assert_int_equal(item->as.rule.thickness, 500);
        assert_int_equal(item->node->element, ELEMENT_table);
    }
}

static void
a_style_without_rules_paints_none(void **state)
{
    struct kit *kit = *state;

    kit_style(kit, "table: {table: {rule: 0}}");
    const struct pages *pages = kit_pages(kit, SECTION("<table><tr><td>ก</td></tr></table>"));
    assert_int_equal(count_rules(pages, 0), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, kit_setup, kit_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(columns_are_fixed_or_share_the_rest),
        TEST(a_narrow_table_stands_in_the_middle),
        TEST(columns_follow_their_content),
        TEST(long_content_is_broken_where_it_must),
        TEST(spanning_cells_widen_their_columns),
        TEST(what_is_wider_than_the_page_is_refused),
        TEST(heads_part_no_word),
        TEST(heads_over_columns_part_no_word),
        TEST(words_are_broken_before_a_table_is_refused),
        TEST(a_head_higher_than_any_page_is_refused),
        TEST(columns_that_cannot_be_read_are_refused),
        TEST(spans_share_the_grid),
        TEST(a_high_spanning_cell_stretches_its_rows_evenly),
        TEST(spans_end_with_their_group),
        TEST(spans_that_overlap_are_refused),
        TEST(places_without_cells_are_empty_ones),
        TEST(a_table_without_cells_is_nothing),
        TEST(cells_come_in_reading_order),
        TEST(cells_are_aligned_as_they_say),
        TEST(cells_are_never_justified),
        TEST(cells_hold_any_blocks),
        TEST(rules_are_painted_once_and_join),
        TEST(a_style_without_rules_paints_none),
    };

    return cmocka_run_group_tests_name("layout_table", tests, NULL, NULL);
}
