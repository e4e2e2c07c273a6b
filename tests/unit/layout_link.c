/* Links in lines, and where their targets stand. */
#include "layout_kit.h"

/* The lines of the page dump that tell of targets and links, without lengths before these. */
static const char *
links(struct kit *kit, const char *markup)
{
    struct buf dump = buf_in(kit->arena), out = buf_in(kit->arena);
    struct pages *pages = kit_pages(kit, markup);
    struct str rest, line;

    assert_non_null(pages);
    pages_dump(pages, &dump);
    rest = buf_str(&dump);
    while (str_line(&rest, &line)) {
        size_t at = str_find(line, STR(" -> "));
        size_t name = str_find(line, STR(" "));

        if (str_starts(line, STR("page ")))
            buf_printf(&out, "%zu:", (size_t)(line.ptr[5] - '0'));
        else if (str_starts(line, STR("target "))) {
            line = str_sub(line, name + 1, line.len);
            buf_printf(&out, " *%.*s", STR_FMT(str_sub(line, str_find(line, STR(" ")) + 1, 99)));
        } else if (at != SIZE_MAX)
            buf_add(&out, str_sub(line, at, line.len));
    }
    return str_cstr(kit->arena, buf_str(&out));
}

static void
test_links_lead_to_ids(void **state)
{
    assert_string_equal(
        links(*state,
              "<memo><p>ดู<a href='#ข'>ตาราง <b>ที่</b> ๑</a>และ<a href='https://a.th'>เว็บ</a></p>"
              "<pagebreak/><p id='ข'>ค</p></memo>"),
        "1: -> \"ตาราง ที่ ๑\" p#13 -> \"เว็บ\" \"https://a.th\"2: *p#13");
}

/* No target and no id, an unknown one, and one that nothing is printed of. */
static void
test_links_to_nothing(void **state)
{
    assert_string_equal(links(*state, "<memo><p id=' '>ดู<a href='#'>ก</a><a href='#ค'>ข</a>"
                                      "<a>ง</a><a href=' '>จ</a><a href='#'/></p></memo>"),
                        "1:");
    assert_string_equal(links(*state, "<memo><p>ดู<a href='#ก'>ก</a></p><p id='ก'/></memo>"),
                        "1: -> \"ก\" p#6");
}

static void
test_words_are_links(void **state)
{
    assert_string_equal(links(*state,
                              "<memo><p>ข้อ O26 และ O260</p><table><tr refer='O26'><td>O26</td>"
                              "<td>O27<ul><li>O26</li></ul></td></tr><tr refer='O27'><td><p>O26 O27"
                              "</p></td></tr></table></memo>"),
                        "1: *tr#5 *tr#13 -> \"O26\" tr#5 -> \"O27\" tr#13 -> \"O26\" tr#5");
}

/* A part of a Thai word speaks of nothing; a word in a compound does. Among letters that
 * make no words there is none. */
static void
test_words_are_whole(void **state)
{
    assert_string_equal(links(*state, "<memo><p>แผนกช่างทำแผนตามแผนงาน</p><p>ฎฎฎฎแผนฎฎฎฎ</p>"
                                      "<p refer='แผน'>ก</p></memo>"),
                        "1: *p#6 -> \"แผน\" p#6 -> \"แผน\" p#6");
}

/* Words across looks, in a part of them, and none in a link of the template. */
static void
test_words_beside_links(void **state)
{
    assert_string_equal(
        links(*state, "<memo><p><a href='tel:1'>O1</a> O<b>1</b> <a href='tel:2'>ข้อ O1</a> O1 "
                      "<a href='tel:3'>ก</a></p><p refer='O1|โทร O1'>ข</p><p>โทร <a "
                      "href='tel:4'>O1</a></p></memo>"),
        "1: *p#14 -> \"O1\" \"tel:1\" -> \"O1\" p#14 -> \"ข้อ O1\" \"tel:2\" -> \"O1\" p#14 -> "
        "\"ก\" \"tel:3\" -> \"O1\" \"tel:4\"");
}

/* Each line says its part, however long the link is. */
static void
test_links_over_lines(void **state)
{
    struct kit *kit = *state;
    struct buf markup = buf_in(kit->arena), dump = buf_in(kit->arena);

    assert_string_equal(links(kit, "<memo><p>ก<a href='tel:1'>ข<b>ค</b><br/>ง<br/></a><a "
                                   "href='tel:2'>จ</a></p></memo>"),
                        "1: -> \"ขค\" \"tel:1\" -> \"ง\" \"tel:1\" -> \"จ\" \"tel:2\"");
    buf_text(&markup, "<memo><p><a href='tel:1'>");
    for (int i = 0; i < 20000; i++)
        buf_text(&markup, "ยาว ");
    buf_text(&markup, "</a></p></memo>");
    struct pages *pages = kit_pages(kit, str_cstr(kit->arena, buf_str(&markup)));
    assert_non_null(pages);
    pages_dump(pages, &dump);
    assert_in_range(dump.len, 2 * markup.len - 4000, 4 * markup.len);
}

/* They are artifacts, which a reader cannot click on. */
static void
test_repeated_heads_have_no_links(void **state)
{
    struct kit *kit = *state;
    struct buf markup = buf_in(kit->arena);

    buf_text(&markup, "<memo><table><thead><tr><th><a href='tel:1'>ก</a></th></tr></thead>");
    for (int i = 0; i < 60; i++)
        buf_text(&markup, "<tr><td>ข</td></tr>");
    buf_text(&markup, "<tr><td><a href='tel:2'>ค</a></td></tr></table></memo>");
    assert_string_equal(links(kit, str_cstr(kit->arena, buf_str(&markup))),
                        "1: -> \"ก\" \"tel:1\"2: -> \"ค\" \"tel:2\"");
}

/* Where hints and spaces go out of a text, links go with it. */
static void
test_links_move_with_their_text(void **state)
{
    assert_string_equal(
        links(*state, "<memo><p>ก\xE2\x80\x8Bข\xC2\xA0<a href='tel:1'>ค\xE2\x80\x8B"
                      "ง</a>จ <a href='tel:2'>ฉ</a></p>"
                      "<table><tr><td> <a href='tel:3'> ก</a>\xC2\xA0ข <a "
                      "href='tel:4'>ค </a> </td></tr></table></memo>"),
        "1: -> \"คง\" \"tel:1\" -> \"ฉ\" \"tel:2\" -> \"ก\" \"tel:3\" -> \"ค\" \"tel:4\"");
}

/* A target stands where its first page has it highest; a repeated head and what only names it at a
 * foot is no place of it. */
static void
test_targets_stand_where_they_begin(void **state)
{
    struct pages *pages = kit_pages(
        *state,
        "<memo><p><a href='#t'>t</a><a href='#r'>r</a><a href='#s'>s</a><a href='#c'>c</a></p>"
        "<table class='report' id='t'><thead><tr><th>ก</th><th>ข</th></tr></thead>"
        "<tr id='r'><td valign='middle'>ค</td><td>ง<br/>จ<br/>ฉ</td></tr></table>"
        "<section id='s'><p>ช</p><chart id='c' height='3cm'><bar label='ก' value='1'/>"
        "</chart></section></memo>");
    const struct page *first = &pages->page[0];

    assert_int_equal(pages->target_count, 4);
    for (size_t i = 0; i < pages->target_count; i++) {
        const struct target *target = pages->targets[i];

        assert_true(target->placed);
        assert_int_equal(target->page, i < 2 ? 0 : 1);
        assert_string_equal(element_info(target->node->element)->name,
                            ((const char *[]){"table", "tr", "section", "chart"})[i]);
    }
    mpt line = 0;
    for (size_t k = 0; k < first->count; k++) {
        const struct item *item = &first->items[k];

        if (item->kind == ITEM_TEXT && item->node->element == ELEMENT_td &&
            str_starts(item->as.text.whole->text, STR("ง")) && item->as.text.clusters[0].text == 0)
            line = item->y - item->as.text.clusters[0].run->size;
    }
    assert_int_equal(pages->targets[1]->top, line);
    assert_true(pages->targets[0]->top < line - 10000);
    assert_true(pages->targets[3]->top > pages->targets[2]->top);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_links_lead_to_ids, kit_setup, kit_teardown),
        cmocka_unit_test_setup_teardown(test_links_to_nothing, kit_setup, kit_teardown),
        cmocka_unit_test_setup_teardown(test_words_are_links, kit_setup, kit_teardown),
        cmocka_unit_test_setup_teardown(test_words_are_whole, kit_setup, kit_teardown),
        cmocka_unit_test_setup_teardown(test_words_beside_links, kit_setup, kit_teardown),
        cmocka_unit_test_setup_teardown(test_links_over_lines, kit_setup, kit_teardown),
        cmocka_unit_test_setup_teardown(test_repeated_heads_have_no_links, kit_setup, kit_teardown),
        cmocka_unit_test_setup_teardown(test_links_move_with_their_text, kit_setup, kit_teardown),
        cmocka_unit_test_setup_teardown(test_targets_stand_where_they_begin, kit_setup,
                                        kit_teardown),
    };

    return cmocka_run_group_tests_name("layout_link", tests, NULL, NULL);
}
