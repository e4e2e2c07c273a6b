/* Paragraphs and what stands in their lines. */
#include "layout_kit.h"

#include "layout/block.h"
#include "layout/text.h"

static const struct item *
item_at(const struct pages *pages, size_t n)
{
    assert_true(n < pages->page[0].count);
    return &pages->page[0].items[n];
}

/* The text of such a paragraph is made anew while it is shaped; it must outlive the shaping. */
static void
test_text_with_hints_is_kept(void **state)
{
    struct pages *pages =
        kit_pages(*state, "<memo><p>พ.ศ.\xC2\xA0๒๕๖๖ ก\xE2\x80\x8Bข</p><p>พ.ศ. ๒๕๖๗ คง</p></memo>");

    assert_string_equal(kit_lines(*state, pages), "1|พ.ศ. ๒๕๖๖ กข\n1|พ.ศ. ๒๕๖๗ คง");
}

static void
test_the_first_line_is_indented(void **state)
{
    struct pages *pages = kit_pages(*state, "<memo><p>ก<br/>ข</p></memo>");

    assert_int_equal(item_at(pages, 0)->x, 85039 + 70866);
    assert_int_equal(item_at(pages, 1)->x, 85039);
    assert_int_equal(item_at(pages, 1)->y - item_at(pages, 0)->y, 21300);
    assert_int_equal(item_at(pages, 0)->node->element, ELEMENT_p);
}

static void
test_baselines_are_centred_in_the_pitch(void **state)
{
    struct pages *tight = kit_pages(*state, "<memo><p>ก</p></memo>");
    mpt y = item_at(tight, 0)->y;

    kit_style(*state, "paragraph: {p: {pitch: 31.3pt}}");
    struct pages *loose = kit_pages(*state, "<memo><p>ก</p></memo>");
    assert_int_equal(item_at(loose, 0)->y - y, 5000);
}

static void
test_alignments(void **state)
{
    struct pages *pages = kit_pages(*state, "<memo><p class=\"plain\">ก</p>"
                                            "<p class=\"plain\" align=\"right\">ก</p>"
                                            "<p class=\"plain\" align=\"center\">ก</p>"
                                            "<h1>ก</h1><h1 align=\"left\">ก</h1></memo>");
    mpt width = item_at(pages, 0)->width, measure = 595276 - 85039 - 56693;

    assert_int_equal(item_at(pages, 0)->x, 85039);
    assert_int_equal(item_at(pages, 1)->x, 85039 + measure - width);
    assert_in_range(item_at(pages, 2)->x, 85039 + (measure - width) / 2 - 2,
                    85039 + (measure - width) / 2 + 2);
    assert_in_range(item_at(pages, 3)->x, item_at(pages, 2)->x - 1000, item_at(pages, 2)->x + 1000);
    assert_int_equal(item_at(pages, 4)->x, 85039);
}

static void
test_faces_follow_the_markup(void **state)
{
    struct pages *pages =
        kit_pages(*state, "<memo><p>ก<b>ข<i>ค</i></b><i>ง</i></p><h1>จ</h1></memo>");
    const enum font_face faces[] = {FONT_REGULAR, FONT_BOLD, FONT_BOLD_ITALIC, FONT_ITALIC,
                                    FONT_BOLD};

    for (size_t i = 0; i < 5; i++)
        assert_int_equal(item_at(pages, i)->as.text.clusters[0].run->font->face, faces[i]);
    assert_string_equal(kit_lines(*state, pages), "1|กขคง\n1|จ");
}

static void
test_underlines_are_rules(void **state)
{
    struct pages *pages = kit_pages(*state, "<memo><p>ก<u>ข</u></p></memo>");
    const struct item *text = item_at(pages, 1), *rule = item_at(pages, 2);

    assert_true(text->as.text.underline);
    assert_false(item_at(pages, 0)->as.text.underline);
    assert_int_equal(rule->kind, ITEM_RULE);
    assert_int_equal(rule->role, ROLE_RULE);
    assert_int_equal(rule->x, text->x);
    assert_int_equal(rule->width, text->width);
    assert_true(rule->y > text->y && rule->y < text->y + 4000);
}

static void
test_check_boxes_are_characters(void **state)
{
    struct pages *pages = kit_pages(
        *state,
        "<memo><p><checkbox checked=\"yes\"/> ก</p><p><checkbox/> ก</p>"
        "<p><checkbox checked=\"no\"/><checkbox checked=\"false\"/><checkbox checked=\"1\"/>"
        "<checkbox checked=\"\"/></p></memo>");

    assert_string_equal(kit_lines(*state, pages), "1|☑ ก\n1|☐ ก\n1|☐☐☑☐");
    assert_int_equal(item_at(pages, 0)->as.text.clusters[0].run->font->face, FONT_BOXES);
}

static void
test_room_for_a_date(void **state)
{
    struct pages *pages = kit_pages(*state, "<memo><p>วันที่ <date/></p></memo>");

    assert_string_equal(kit_lines(*state, pages), "1|วันที่ ......./......./.......");
}

static void
test_tabs_go_to_their_stops(void **state)
{
    kit_style(*state, "paragraph: {p: {indent: 0, align: left, tabs: [5cm, 9cm]}}");
    struct pages *pages = kit_pages(
        *state,
        "<memo><p>ก<tab/>ข<tab leader=\"dots\"/>ค</p><p>ก<tab leader=\"dots\"/>ข</p></memo>");

    assert_int_equal(item_at(pages, 1)->x, 85039 + 141732);
    assert_int_equal(item_at(pages, 2)->x, 85039 + 255118);
    const struct item *dots = item_at(pages, 3);
    assert_int_equal(dots->role, ROLE_LEADER);
    assert_true(dots->x > item_at(pages, 1)->x);
    assert_true(dots->x + dots->width <= item_at(pages, 2)->x);
    /* in the other paragraph the dots are those of the first jump */
    assert_true(item_at(pages, 6)->x + item_at(pages, 6)->width <= item_at(pages, 5)->x);
}

static void
test_dots_without_stop_go_to_the_edge(void **state)
{
    struct pages *pages =
        kit_pages(*state, "<memo><p class=\"plain\">ก<tab leader=\"dots\"/></p></memo>");
    const struct item *dots = item_at(pages, 1);

    assert_int_equal(dots->role, ROLE_LEADER);
    assert_in_range(dots->x + dots->width, 595276 - 56693 - 4000, 595276 - 56693 + 2000);
}

static void
test_a_tab_without_stop_is_refused(void **state)
{
    static const char *const refused[] = {
        "<memo><p>ก<tab/>ข</p></memo>",
        "<memo><p>ก<tab leader=\"dots\"/>ข</p></memo>",
        "<memo><p>ก<tab/></p></memo>",
        "<memo><p>ก<tab leader=\"dots\"/><b> <date/></b></p></memo>",
        "<memo><p>ก<tab leader=\"dots\"/><tab leader=\"dots\"/></p></memo>",
        "<memo><p class=\"two\">ก<tab/>ข<tab/>ค<tab/>ง</p></memo>",
        "<memo><ol><li>ก<tab/>ข</li></ol></memo>",
        "<memo><ol><li><p>ก<tab/>ข</p></li></ol></memo>",
        "<memo><h1>ก<tab/>ข</h1></memo>",
        "<memo><opinion>ก<tab/>ข</opinion></memo>",
        "<memo><table columns=\"auto 1*\"><tr><td>ก<tab/>ข</td><td/></tr></table></memo>",
        /* stops beyond the cell */
        "<memo><table columns=\"4cm 1*\"><tr><td><p class=\"two\">ก<tab/>ข</p></td><td/></tr>"
        "</table></memo>",
    };
    struct kit *kit = *state;

    kit_style(kit, "paragraph: {p: {indent: 0}, two: {like: p, tabs: [5cm, 9cm]}}");
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        assert_null(kit_pages(kit, refused[i]));
        assert_diag(kit->diags, i, LAYOUT_TAB);
    }
    assert_null(kit_pages(kit, "<memo><head><field label=\"ก\">ข<tab/>ค</field></head></memo>"));
    assert_diag(kit->diags, sizeof refused / sizeof refused[0], LAYOUT_TAB_FIELD);
}

static void
test_each_line_has_the_stops_anew(void **state)
{
    struct kit *kit = *state;

    kit_style(kit, "paragraph: {p: {indent: 0, tabs: [2cm]}, li: {tabs: [3cm]},"
                   " edge: {tabs: [16cm dots]}}");
    struct pages *pages = kit_pages(
        kit,
        "<memo><p>ก<tab/>ข<tab leader=\"dots\"/> <br/>ค<tab/>ง</p>"
        "<ol><li>จ<tab/>ฉ</li></ol><table><tr><td><p class=\"p\">ช<tab/>ซ</p></td>"
        "</tr></table><table columns=\"auto\"><tr><td>ญ<tab leader=\"dots\"/></td></tr></table>"
        "<p class=\"edge\">ฌ<tab/></p></memo>");

    assert_string_equal(kit_lines(kit, pages), "1|กข \n1|คง\n1|1. จฉ\n1|ชซ\n1|ญ\n1|ฌ");
}

static void
test_an_empty_paragraph_is_nothing(void **state)
{
    struct pages *pages = kit_pages(*state, "<memo><p></p><p><b/></p><p>ก</p></memo>");

    assert_string_equal(kit_lines(*state, pages), "1|ก");
    assert_true(item_at(pages, 0)->y < 70866 + 21300);
}

static void
test_an_unknown_class_names_the_nearest(void **state)
{
    struct kit *kit = *state;

    assert_null(kit_pages(kit, "<memo><p class=\"boddy\">ก</p></memo>"));
    assert_diag(kit->diags, 0, LAYOUT_CLASS);
    assert_string_equal(diags_at(kit->diags, 0)->arg[0], "boddy");
    assert_string_equal(diags_at(kit->diags, 0)->arg[1], "body");
    assert_null(kit_pages(kit, "<memo><h2 class=\"nothing-like-it\">ก</h2></memo>"));
    assert_string_equal(diags_at(kit->diags, 1)->arg[1], "p");
}

static void
test_a_letter_wider_than_its_line(void **state)
{
    struct kit *kit = *state;

    kit_style(kit, "paragraph: {p: {left: 15.9cm, indent: 0}}");
    assert_null(kit_pages(kit, "<memo><p>กข</p></memo>"));
    assert_diag(kit->diags, 0, LAYOUT_WORD_TOO_WIDE);
    assert_string_equal(diags_at(kit->diags, 0)->arg[0], "ก");
    assert_string_equal(diags_at(kit->diags, 0)->arg[1], "0.1");
}

static void
test_a_word_wider_than_its_line_is_broken(void **state)
{
    kit_style(*state, "paragraph: {p: {left: 14cm, indent: 0}}");
    struct pages *pages =
        kit_pages(*state, "<memo><p>Donaudampfschifffahrtsgesellschaft</p></memo>");

    assert_true(pages->page[0].count > 2);
}

static void
test_inline_depth_is_limited(void **state)
{
    struct kit *kit = *state;
    struct buf out = buf_in(kit->arena);

    buf_text(&out, "<memo><p>");
    for (int i = 0; i < 100; i++)
        buf_text(&out, "<b>");
    buf_text(&out, "x");
    for (int i = 0; i < 100; i++)
        buf_text(&out, "</b>");
    buf_text(&out, "</p></memo>");
    assert_null(kit_pages(kit, str_cstr(kit->arena, buf_str(&out))));
    assert_diag(kit->diags, 0, LAYOUT_TOO_DEEP);
}

static void
test_justified_lines_are_counted(void **state)
{
    struct pages *pages = kit_pages(
        *state,
        "<memo><p>การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ ได้พัฒนาเครื่องมือ"
        "การประเมินเชิงบวก เพื่อเป็นมาตรการป้องกันการทุจริต และเป็นกลไกในการสร้างความตระหนักรู้</p></memo>");

    assert_true(pages->justified_lines >= 1);
    assert_true(pages->ragged_lines <= pages->justified_lines);
}

/* ---- pictures */

#define JUSTIFIED                                                                                                                                                                                                  \
    "<memo><p>ตามที่องค์การบริหารส่วนตำบลหนองสมมติ "                                                                                       \
    "ได้เริ่มใช้ระบบสารบรรณอิเล็กทรอนิกส์แทนการรับและส่งหนังสือด้วยกระดาษ" \
    "</p></memo>"

static void
test_the_style_says_how_text_is_justified(void **state)
{
    const struct item *line = item_at(kit_pages(*state, JUSTIFIED), 0);

    assert_in_range(line->x + line->width, 595276 - 56693 - 100, 595276 - 56693);
    assert_int_not_equal(line->as.text.space_gap, line->as.text.cluster_gap);
    kit_style(*state, "justify: word");
    line = item_at(kit_pages(*state, JUSTIFIED), 0);
    assert_in_range(line->x + line->width, 595276 - 56693 - 100, 595276 - 56693);
    assert_true(line->as.text.space_gap > 0);
    assert_int_equal(line->as.text.space_gap, line->as.text.cluster_gap);
    kit_style(*state, "justify: none");
    struct pages *pages = kit_pages(*state, JUSTIFIED);
    line = item_at(pages, 0);
    assert_true(line->x + line->width < 595276 - 56693 - 100);
    assert_int_equal(line->as.text.space_gap, 0);
    assert_int_equal(pages->justified_lines, 0);
}

static void
test_a_picture_has_its_natural_size(void **state)
{
    struct pages *pages = kit_pages(*state, "<memo><img src=\"a.png\"/></memo>");
    const struct item *item = item_at(pages, 0);

    assert_int_equal(item->kind, ITEM_IMAGE);
    assert_int_equal(item->role, ROLE_FIGURE);
    assert_int_equal(item->width, 72000);
    assert_int_equal(item->height, 36000);
    assert_in_range(item->x + item->width / 2, 311800, 311830);
}

static void
test_a_picture_of_unknown_resolution(void **state)
{
    struct kit *kit = *state;

    kit->image.dpi = 0;
    struct pages *pages = kit_pages(kit, "<memo><img src=\"a.png\"/></memo>");
    assert_int_equal(item_at(pages, 0)->width, 225000);
}

static void
test_a_picture_as_asked_for(void **state)
{
    struct pages *pages = kit_pages(
        *state,
        "<memo><img src=\"a\" width=\"100pt\" align=\"left\"/><img src=\"a\" height=\"20pt\" "
        "align=\"right\"/><img src=\"a\" width=\"30pt\" height=\"30pt\"/></memo>");

    assert_int_equal(item_at(pages, 0)->x, 85039);
    assert_int_equal(item_at(pages, 0)->height, 50000);
    assert_int_equal(item_at(pages, 1)->width, 40000);
    assert_int_equal(item_at(pages, 1)->x + 40000, 595276 - 56693);
    assert_int_equal(item_at(pages, 2)->width, 30000);
    assert_int_equal(item_at(pages, 2)->height, 30000);
}

static void
test_a_picture_is_made_to_fit(void **state)
{
    struct kit *kit = *state;

    kit->image.dpi = 1;
    kit->image.height = 20000;
    struct pages *pages = kit_pages(kit, "<memo><img src=\"a\"/></memo>");
    const struct item *item = item_at(pages, 0);
    assert_true(item->width <= 595276 - 85039 - 56693);
    assert_true(item->height <= 841890 - 70866 - 56693);
    assert_int_equal(pages->count, 1);
}

static void
test_a_picture_that_cannot_be_opened(void **state)
{
    struct kit *kit = *state;

    assert_null(kit_pages(kit, "<memo><img src=\"missing.png\"/></memo>"));
    assert_diag(kit->diags, 0, IO_OPEN);
}

/* ---- widths */

static void
check_widths(struct kit *kit, const char *markup, mpt *least, mpt *natural)
{
    struct layout layout = {
        .arena = kit->arena,
        .strips = kit->arena,
        .scratch = arena_new(0),
        .diags = kit->diags,
        .job = &kit->job,
        .style = kit->style,
        .next_line = 1,
    };
    const struct node *memo = kit_document(kit, markup);
    struct measure measure = measure_of(200000);
    struct widths widths;

    link_start(&layout);
    measure.class = style_find_para(layout.style, STR(CLASS_CELL));
    assert_true(block_widths(&layout, memo->first, &measure, &widths));
    *least = widths.of[NEED_WORD];
    *natural = widths.of[NEED_LINE];
    arena_free(layout.scratch);
}

static void
test_widths_of_content(void **state)
{
    mpt least = 0, natural = 0, list_least = 0, list_natural = 0, one = 0, two = 0;

    check_widths(*state, "<memo><td>aaa bb</td></memo>", &least, &natural);
    assert_true(least > 0 && natural > least);
    check_widths(*state, "<memo><td><p>aaa</p><p>bb</p></td></memo>", &one, &two);
    assert_int_equal(one, least);
    assert_int_equal(two, least);
    check_widths(*state, "<memo><td><ul><li>aaa bb</li></ul></td></memo>", &list_least,
                 &list_natural);
    assert_int_equal(list_least - least, list_natural - natural);
    assert_true(list_least - least > 4000 && list_least - least < 17007);
    check_widths(*state, "<memo><td> <b/></td></memo>", &least, &natural);
    assert_int_equal(natural, 0);
    check_widths(*state, "<memo><td><img src=\"a\"/><keep><p>a</p></keep></td></memo>", &least,
                 &natural);
    assert_int_equal(natural, 72000);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(test_text_with_hints_is_kept),
        T(test_the_first_line_is_indented),
        T(test_baselines_are_centred_in_the_pitch),
        T(test_alignments),
        T(test_faces_follow_the_markup),
        T(test_underlines_are_rules),
        T(test_check_boxes_are_characters),
        T(test_room_for_a_date),
        T(test_tabs_go_to_their_stops),
        T(test_dots_without_stop_go_to_the_edge),
        T(test_a_tab_without_stop_is_refused),
        T(test_each_line_has_the_stops_anew),
        T(test_an_empty_paragraph_is_nothing),
        T(test_an_unknown_class_names_the_nearest),
        T(test_a_letter_wider_than_its_line),
        T(test_a_word_wider_than_its_line_is_broken),
        T(test_inline_depth_is_limited),
        T(test_justified_lines_are_counted),
        T(test_the_style_says_how_text_is_justified),
        T(test_a_picture_has_its_natural_size),
        T(test_a_picture_of_unknown_resolution),
        T(test_a_picture_as_asked_for),
        T(test_a_picture_is_made_to_fit),
        T(test_a_picture_that_cannot_be_opened),
        T(test_widths_of_content),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
