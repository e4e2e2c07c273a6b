/* Signatures, opinions, and what stands on every page. */
#include "layout_kit.h"

#define PEN 63900 /* room for the pen, 3 lines */

/* Where there is room for a pen nothing is painted. */
static size_t
count_of(const struct pages *pages)
{
    size_t count = 0;

    for (size_t i = 0; i < pages->page[0].count; i++)
        count += pages->page[0].items[i].kind != ITEM_FIELD;
    return count;
}

static const struct item *
item_at(const struct pages *pages, size_t n)
{
    size_t at = 0;

    assert_true(n < count_of(pages));
    for (; n > 0 || pages->page[0].items[at].kind == ITEM_FIELD; at++)
        n -= pages->page[0].items[at].kind != ITEM_FIELD;
    return &pages->page[0].items[at];
}

static mpt
middle(const struct item *item)
{
    return item->x + item->width / 2;
}

static void
test_a_signature_has_room_name_and_post(void **state)
{
    struct pages *pages = kit_pages(
        *state, "<memo><p>จึงเรียนมา</p><signature name=\"นายสมมติ ตัวอย่าง\" position=\"นักจัดการ\"/>"
                "</memo>");

    assert_string_equal(kit_lines(*state, pages), "1|จึงเรียนมา\n1|(นายสมมติ ตัวอย่าง)\n1|นักจัดการ");
    const struct item *last = item_at(pages, 0), *name = item_at(pages, 1);
    assert_int_equal(name->y - last->y, 21300 + 6000 + PEN);
    assert_int_equal(item_at(pages, 2)->y - name->y, 21300);
    /* 12.8 cm from the paper's edge */
    assert_in_range(middle(name), 362835 - 10, 362835 + 10);
    assert_in_range(middle(item_at(pages, 2)), 362835 - 10, 362835 + 10);
}

static void
test_an_acting_officer(void **state)
{
    struct pages *pages =
        kit_pages(*state, "<memo><signature name=\"ก\" position=\"ผู้อำนวยการกองช่าง\" "
                          "acting=\"รักษาราชการแทน\" acting-for=\"ปลัดองค์การบริหารส่วนตำบล\"/></memo>");

    assert_string_equal(kit_lines(*state, pages), "1|(ก)\n1|ผู้อำนวยการกองช่าง รักษาราชการแทน\n"
                                                  "1|ปลัดองค์การบริหารส่วนตำบล");
}

static void
test_a_name_that_is_not_known(void **state)
{
    struct pages *pages = kit_pages(*state, "<memo><signature/></memo>");

    assert_non_null(strstr(kit_lines(*state, pages), "1|(......"));
    assert_int_equal(count_of(pages), 1);
}

static void
test_a_long_post_stays_inside_the_margins(void **state)
{
    struct pages *pages = kit_pages(
        *state, "<memo><signature name=\"ก\" position=\"หัวหน้าสำนักปลัดองค์การบริหารส่วนตำบลตัวอย่าง "
                "หัวหน้าสำนักปลัดองค์การบริหารส่วนตำบลตัวอย่าง หัวหน้าสำนักปลัด\"/></memo>");

    assert_true(count_of(pages) >= 3);
    for (size_t i = 0; i < count_of(pages); i++) {
        assert_true(item_at(pages, i)->x >= 85039);
        assert_true(item_at(pages, i)->x + item_at(pages, i)->width <= 595276 - 56693 + 1);
        assert_in_range(middle(item_at(pages, i)), 362835 - 4000, 362835 + 10);
    }
}

static void
test_a_centre_outside_the_margins_is_moved_in(void **state)
{
    kit_style(*state, "signature: {center: 20cm}");
    struct pages *pages = kit_pages(*state, "<memo><signature name=\"นายสมมติ\"/></memo>");

    assert_true(item_at(pages, 0)->x + item_at(pages, 0)->width <= 595276 - 56693);
}

static void
test_landscape_keeps_the_share(void **state)
{
    struct pages *pages = kit_pages(
        *state,
        "<memo><section orientation=\"landscape\" page-number=\"none\"><signature name=\"ก\"/>"
        "</section></memo>");

    assert_in_range(middle(item_at(pages, 0)), 513151 - 20, 513151 + 20);
}

static void
add_lines(struct buf *out, int count)
{
    for (int i = 1; i <= count; i++)
        buf_printf(out, "<p>L%d</p>", i);
}

static void
test_a_signature_takes_text_with_it(void **state)
{
    struct kit *kit = *state;
    struct buf out = buf_in(kit->arena);

    kit_style(kit, "{paragraph: {p: {before: 0}}, continuation: {on: no}}");
    buf_text(&out, "<memo>");
    add_lines(&out, 30);
    buf_text(&out, "<p>a<br/>b<br/>c</p><signature name=\"ก\"/></memo>");
    struct pages *pages = kit_pages(kit, str_cstr(kit->arena, buf_str(&out)));
    assert_non_null(strstr(kit_lines(kit, pages), "1|L30\n2|P:- ๒ -\n2|a\n2|b\n2|c\n2|(ก)"));
}

static void
test_a_closing_line_and_one_more_go_with_the_signature(void **state)
{
    struct kit *kit = *state;
    struct buf out = buf_in(kit->arena);

    kit_style(kit, "{paragraph: {p: {before: 0}}, continuation: {on: no}}");
    buf_text(&out, "<memo>");
    add_lines(&out, 29);
    buf_text(&out, "<p>a<br/>b<br/>c<br/>d</p><p>z</p><signature name=\"ก\"/></memo>");
    struct pages *pages = kit_pages(kit, str_cstr(kit->arena, buf_str(&out)));
    assert_non_null(strstr(kit_lines(kit, pages), "1|b\n2|P:- ๒ -\n2|c\n2|d\n2|z\n2|(ก)"));
}

static void
test_an_opinion_has_lines_to_write_on(void **state)
{
    struct pages *pages = kit_pages(
        *state,
        "<memo><p>x</p><opinion title=\"ความเห็น\"><signature name=\"ก\"/></opinion></memo>");
    const struct item *title = item_at(pages, 1), *first = item_at(pages, 2),
                      *second = item_at(pages, 3);

    assert_string_equal(kit_lines(*state, pages), "1|x\n1|ความเห็น\n1|(ก)");
    assert_int_equal(title->y - item_at(pages, 0)->y, 21300 + 12000);
    assert_int_equal(title->as.text.clusters[0].run->font->face, FONT_BOLD);
    assert_int_equal(first->kind, ITEM_RULE);
    assert_int_equal(first->role, ROLE_RULE);
    assert_true(first->as.rule.dotted);
    assert_in_range(first->x, 85039, 85039 + 1000);
    assert_in_range(first->x + first->width, 595276 - 56693 - 4000, 595276 - 56693 + 2000);
    assert_int_equal(second->y - first->y, 24000);
    assert_int_equal(item_at(pages, 4)->kind, ITEM_TEXT);
}

static void
test_an_opinion_in_words(void **state)
{
    struct pages *pages = kit_pages(
        *state, "<memo><opinion title=\"ความเห็น\">เห็นชอบ<signature name=\"ก\"/></opinion>"
                "<opinion title=\"คำสั่ง\"><p>ทราบ</p><p>แจ้งทุกกอง</p><signature name=\"ข\"/>"
                "</opinion></memo>");

    assert_string_equal(kit_lines(*state, pages),
                        "1|ความเห็น\n1|เห็นชอบ\n1|(ก)\n1|คำสั่ง\n1|ทราบ\n1|แจ้งทุกกอง\n1|(ข)");
    for (size_t i = 0; i < count_of(pages); i++)
        assert_int_equal(item_at(pages, i)->kind, ITEM_TEXT);
}

static void
test_an_opinion_is_not_parted(void **state)
{
    struct kit *kit = *state;

    for (int lines = 20; lines < 34; lines++) {
        struct buf out = buf_in(kit->arena);
        kit_style(kit, "paragraph: {p: {before: 0}}");
        buf_text(&out, "<memo>");
        add_lines(&out, lines);
        buf_text(&out, "<opinion title=\"ความเห็น\">เห็นชอบ<signature name=\"ก\" position=\"ข\"/>"
                       "</opinion></memo>");
        struct pages *pages = kit_pages(kit, str_cstr(kit->arena, buf_str(&out)));
        const char *all = kit_lines(kit, pages);
        const char *page = strstr(all, "ความเห็น") - 2;
        assert_int_equal(page[0], strstr(all, "(ก)")[-2]);
        assert_int_equal(page[0], strstr(all, "|ข")[-1]);
        assert_null(strstr(all, "C:/ความเห็น"));
    }
}

static void
test_an_opinion_longer_than_a_page_goes_on(void **state)
{
    struct kit *kit = *state;
    struct buf out = buf_in(kit->arena);

    buf_text(&out, "<memo><p>x</p><opinion title=\"ความเห็น\">");
    add_lines(&out, 80);
    buf_text(&out, "<signature name=\"ก\"/></opinion></memo>");
    struct pages *pages = kit_pages(kit, str_cstr(kit->arena, buf_str(&out)));
    assert_int_equal(pages->count, 4);
    assert_non_null(strstr(kit_lines(kit, pages), "\n4|(ก)"));
}

/* ---- on every page */

static void
test_a_draft_is_stamped_on_every_page(void **state)
{
    struct kit *kit = *state;

    kit->job.draft = true;
    struct pages *pages = kit_pages(kit, "<memo><p>a</p><pagebreak/><p>b</p></memo>");
    assert_string_equal(kit_lines(kit, pages), "1|S:ร่าง\n1|a\n2|S:ร่าง\n2|P:- ๒ -\n2|b");
    const struct item *stamp = item_at(pages, 0);
    assert_int_equal(stamp->as.text.turn, 45);
    assert_int_equal(stamp->colour.red, 0xD9);
    /* its middle is that of the page: from the start of its baseline half its length along the
     * diagonal, and half the height of its letters across */
    mpt along = (mpt)((int64_t)stamp->width * 70711 / 200000);
    mpt across_x = stamp->x + along - 297638, across_y = stamp->y - along - 420945;
    assert_in_range(across_x, 1, 60000);
    assert_in_range(across_y - across_x + 5, 0, 10);
}

static void
test_secrecy_stands_on_both_edges_of_every_page(void **state)
{
    struct pages *pages =
        kit_pages(*state, "<memo secrecy=\"ลับมาก\"><p>a</p><section orientation=\"landscape\">"
                          "<p>b</p></section></memo>");

    assert_string_equal(kit_lines(*state, pages), "1|M:ลับมาก\n1|M:ลับมาก\n1|a\n"
                                                  "2|M:ลับมาก\n2|M:ลับมาก\n2|P:- ๒ -\n2|b");
    assert_in_range(middle(item_at(pages, 0)), 297638 - 10, 297638 + 10);
    assert_true(item_at(pages, 0)->y < 42520);
    assert_true(item_at(pages, 1)->y > 841890 - 42520);
    assert_true(item_at(pages, 1)->y < 841890);
}

static void
test_urgency_is_shown_without_a_head(void **state)
{
    struct pages *pages = kit_pages(
        *state,
        "<memo urgency=\"ด่วน\"><p>a</p><section page-number=\"none\"><p>b</p></section></memo>");

    assert_string_equal(kit_lines(*state, pages), "1|M:ด่วน\n1|a\n2|b");
    assert_int_equal(item_at(pages, 0)->x, 85039);
    pages = kit_pages(*state, "<memo urgency=\"ด่วน\"><head/><p>a</p></memo>");
    assert_string_equal(kit_lines(*state, pages), "1|M:ด่วน\n1|บันทึกข้อความ\n1|a");
}

/* ---- dumps */

static void
test_the_dump_joins_the_parts_of_a_line(void **state)
{
    struct kit *kit = *state;

    kit_style(kit, "paragraph: {p: {tabs: [9cm]}}");
    const char *dump =
        kit_dump(kit, "<memo><p>ก\"ข <b>ค</b> \\<tab/>ง<br/>จ</p><opinion title=\"ฉ\"/></memo>");
    assert_non_null(strstr(dump, "page 1 595.276 841.890 section 1 number 1 \"\"\n"));
    assert_non_null(strstr(dump, " regular content p#2 \"ก\\\"ข ค \\\\\\tง\"\n"));
    assert_non_null(strstr(dump, " regular content p#2 \"จ\" para-end\n"));
    assert_non_null(strstr(dump, " bold content opinion#"));
    assert_non_null(strstr(dump, " dotted rule opinion#"));
}

static void
test_the_dump_is_the_same_each_time(void **state)
{
    const char *markup = "<memo secrecy=\"ลับ\"><head/><p>ก</p><img src=\"a\"/></memo>";
    const char *first = kit_dump(*state, markup), *second = kit_dump(*state, markup);

    assert_string_equal(first, second);
    assert_non_null(strstr(first, "\nimage "));
}

static void
test_the_lines_of_paragraphs(void **state)
{
    struct kit *kit = *state;
    struct buf out = buf_in(kit->arena);

    kit_document(kit, "<memo><p class=\"plain\">ก<br/>ข</p><h1>ค</h1></memo>");
    assert_true(layout_dump_lines(kit->arena, kit->diags, &kit->job, &out));
    const char *lines = str_cstr(kit->arena, buf_str(&out));
    assert_non_null(strstr(lines, "p#2 class plain lines 2\n"));
    assert_non_null(strstr(lines, " ragged 0.000 |ก|\n"));
    assert_non_null(strstr(lines, "h1#6 class h1 lines 1\n"));
    kit_document(kit, "<memo><p class=\"none\">ก</p></memo>");
    assert_false(layout_dump_lines(kit->arena, kit->diags, &kit->job, &out));
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(test_a_signature_has_room_name_and_post),
        T(test_an_acting_officer),
        T(test_a_name_that_is_not_known),
        T(test_a_long_post_stays_inside_the_margins),
        T(test_a_centre_outside_the_margins_is_moved_in),
        T(test_landscape_keeps_the_share),
        T(test_a_signature_takes_text_with_it),
        T(test_a_closing_line_and_one_more_go_with_the_signature),
        T(test_an_opinion_has_lines_to_write_on),
        T(test_an_opinion_in_words),
        T(test_an_opinion_is_not_parted),
        T(test_an_opinion_longer_than_a_page_goes_on),
        T(test_a_draft_is_stamped_on_every_page),
        T(test_secrecy_stands_on_both_edges_of_every_page),
        T(test_urgency_is_shown_without_a_head),
        T(test_the_dump_joins_the_parts_of_a_line),
        T(test_the_dump_is_the_same_each_time),
        T(test_the_lines_of_paragraphs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
