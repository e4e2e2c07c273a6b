/* Charts: heights are exact, nothing collides, values that cannot be drawn are refused. */
#include "layout_kit.h"

/* The ten indicators of an assessment, with labels as long as they come. */
#define TEN                                                                                                                                                        \
    "<bar label='1 การปฏิบัติหน้าที่' value='100.00'/><bar label='2 การใช้งบประมาณ' value='98.16'/>" \
    "<bar label='3 การใช้อำนาจ' value='99.82'/>"                                                                                             \
    "<bar label='4 การใช้ทรัพย์สินของราชการ' value='99.45'/>"                                                      \
    "<bar label='5 การแก้ไขปัญหาการทุจริต' value='100'/>"                                                              \
    "<bar label='6 คุณภาพการดำเนินงาน' value='82.98'/>"                                                                        \
    "<bar label='7 ประสิทธิภาพการสื่อสาร' value='86.7'/>"                                                                \
    "<bar label='8 การปรับปรุงการทำงาน' value='83.51'/>"                                                                     \
    "<bar label='9 การเปิดเผยข้อมูล' value='75.00'/><bar label='10 การป้องกันการทุจริต' value='0'/>"

static const char *
chart(struct kit *kit, const char *attributes, const char *bars)
{
    return arena_printf(kit->arena, "<memo><chart title='ชื่อแผนภูมิ' alt='' %s>%s</chart></memo>",
                        attributes, bars);
}

struct box {
    mpt left, top, right, bottom;
};

/* What a text item covers: marks above and below may reach over its size a little, so lines are
 * taken as high as their letters. */
static struct box
text_box(const struct item *item)
{
    mpt size = item->as.text.clusters[0].run->size;

    return (struct box){item->x, item->y - size / 2, item->x + item->width, item->y};
}

static bool
overlap(struct box a, struct box b)
{
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

static void
assert_no_collision(const struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->items[i].kind != ITEM_TEXT)
            continue;
        struct box box = text_box(&page->items[i]);
        assert_true(box.left >= 85039 && box.right <= 85039 + 453544);
        for (size_t k = 0; k < page->count; k++) {
            const struct item *other = &page->items[k];
            if (k > i && other->kind == ITEM_TEXT)
                assert_false(overlap(box, text_box(other)));
            if (other->kind == ITEM_BOX)
                assert_false(overlap(box, (struct box){other->x, other->y, other->x + other->width,
                                                       other->y + other->height}));
            /* no grid line strikes a value through */
            if (other->kind == ITEM_RULE)
                assert_false(overlap(box, (struct box){other->x, other->y - 1,
                                                       other->x + other->width, other->y + 1}));
        }
    }
}

static void
ten_long_labels_do_not_collide(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages = kit_pages(kit, chart(kit, "decimals='2'", TEN));
    const struct page *page = &pages->page[0];

    assert_int_equal(pages->count, 1);
    assert_no_collision(page);
    for (size_t i = 0; i < page->count; i++)
        if (page->items[i].role != ROLE_PAGE_NUMBER)
            assert_int_equal(page->items[i].role, ROLE_FIGURE);
}

static void
words_that_are_too_long_do_not_collide(void **state)
{
    struct kit *kit = *state;
    struct buf bars = buf_in(kit->arena);

    for (int i = 0; i < 12; i++)
        buf_text(&bars, "<bar label='Accountability-and-Transparency' value='97.1'/>");
    const struct pages *pages =
        kit_pages(kit, chart(kit, "", str_cstr(kit->arena, buf_str(&bars))));
    assert_no_collision(&pages->page[0]);
}

static void
values_are_written_as_given_or_as_asked(void **state)
{
    struct kit *kit = *state;
    const char *bars = "<bar label='ก' value='98.1'/><bar label='ข' value='100'/>";
    const char *plain = kit_lines(kit, kit_pages(kit, chart(kit, "", bars)));
    const char *two = kit_lines(kit, kit_pages(kit, chart(kit, "decimals='2'", bars)));

    assert_string_equal(plain, "1|ชื่อแผนภูมิ\n1|0\n1|20\n1|40\n1|60\n1|80\n1|100\n1|98.1\n1|ก\n"
                               "1|100\n1|ข");
    assert_non_null(strstr(two, "1|98.10\n1|ก\n1|100.00\n1|ข"));
}

static void
bars_are_as_high_as_their_values(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages =
        kit_pages(kit, chart(kit, "max='4' height='100pt'",
                             "<bar label='ก' value='4.000000000'/><bar label='ข' value='1'/>"
                             "<bar label='ค' value='0.333333333'/><bar label='ง' value='0'/>"));
    static const mpt heights[] = {100000, 25000, 8333, 0};
    size_t bar = 0;
    mpt bottom = 0;

    for (size_t i = 0; i < pages->page[0].count; i++) {
        const struct item *item = &pages->page[0].items[i];
        if (item->kind != ITEM_BOX)
            continue;
        assert_int_equal(item->height, heights[bar++]);
        assert_true(bottom == 0 || item->y + item->height == bottom);
        bottom = item->y + item->height;
        assert_int_equal(item->node->element, ELEMENT_bar);
    }
    assert_int_equal(bar, 4);
}

static void
a_scale_that_does_not_divide_has_its_ends(void **state)
{
    struct kit *kit = *state;
    const char *lines =
        kit_lines(kit, kit_pages(kit, chart(kit, "max='0.7'", "<bar label='ก' value='0.7'/>")));

    assert_string_equal(lines, "1|ชื่อแผนภูมิ\n1|0\n1|0.7\n1|0.7\n1|ก");
}

static void
assert_refused(struct kit *kit, const char *attributes, const char *bars, const char *code)
{
    kit_refused(kit, chart(kit, attributes, bars), code);
}

static void
values_that_cannot_be_drawn_are_refused(void **state)
{
    struct kit *kit = *state;
    const char *code = "LAYOUT_CHART_VALUE";

    assert_refused(kit, "", "<bar label='ก' value='-0.01'/>", code);
    assert_refused(kit, "", "<bar label='ก' value='100.01'/>", code);
    assert_refused(kit, "max='5'", "<bar label='ก' value='5.000000001'/>", code);
    assert_refused(kit, "", "<bar label='ก' value='มาก'/>", code);
    assert_refused(kit, "", "<bar label='ก'/>", code);
    assert_refused(kit, "", "<bar label='ก' value='1' before='100.01'/>", code);
    assert_refused(kit, "", "<bar label='ก' value='1' before='-1'/>", code);
    assert_refused(kit, "max='0'", "<bar label='ก' value='0'/>", "LAYOUT_CHART_MAX");
    assert_refused(kit, "max='-5'", "<bar label='ก' value='0'/>", "LAYOUT_CHART_MAX");
    assert_refused(kit, "decimals='10'", "<bar label='ก' value='1'/>", code);
}

static void
too_many_bars_are_refused(void **state)
{
    struct kit *kit = *state;
    struct buf bars = buf_in(kit->arena);

    for (int i = 0; i < 1000; i++) {
        buf_text(&bars, "<bar label='ก' value='100.00'/>");
        if (i == 30 || i == 999)
            assert_refused(kit, "", str_cstr(kit->arena, buf_str(&bars)), "LAYOUT_CHART_CROWDED");
    }
}

static void
a_chart_without_bars_or_title_is_drawn(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages = kit_pages(kit, "<memo><chart alt=''/></memo>");

    assert_string_equal(kit_lines(kit, pages), "1|0\n1|20\n1|40\n1|60\n1|80\n1|100");
}

static void
a_chart_is_never_parted_and_made_to_fit(void **state)
{
    struct kit *kit = *state;
    struct buf markup = buf_in(kit->arena);

    buf_text(&markup, "<memo>");
    for (int i = 0; i < 22; i++)
        buf_text(&markup, "<p class='plain'>x</p>");
    buf_printf(&markup, "<chart title='ชื่อ' alt=''>%s</chart><chart height='200cm' alt=''/></memo>",
               TEN);
    const struct pages *pages = kit_pages(kit, str_cstr(kit->arena, buf_str(&markup)));
    assert_non_null(pages);
    assert_int_equal(pages->count, 3);
    for (size_t p = 0; p < 3; p++) {
        for (size_t i = 0; i < pages->page[p].count; i++) {
            const struct item *item = &pages->page[p].items[i];
            if (item->role != ROLE_FIGURE)
                continue;
            assert_true(p > 0);
            assert_true(item->y + (item->kind == ITEM_TEXT ? 0 : item->height) <= 841890 - 56693);
        }
    }
}

static void
absurd_sizes_are_refused(void **state)
{
    struct kit *kit = *state;

    kit_style(kit, "paragraph: {cell: {size: 1pt, pitch: 500pt}}\nchart: {label-size: 40pt}");
    assert_refused(kit, "", "<bar label='ก' value='99.999999999'/>", "LAYOUT_TOO_TALL");
}

/* The ten indicators with those of the year before: values, bars and names keep apart. */
#define PAIRS                                                                                                 \
    "<bar label='1 การปฏิบัติหน้าที่' value='100.00' before='100.00'/>"     \
    "<bar label='2 การใช้งบประมาณ' value='98.16' before='0'/>"                    \
    "<bar label='3 การใช้อำนาจ' value='0' before='99.82'/>"                             \
    "<bar label='4 การใช้ทรัพย์สินของราชการ' value='99.45'/>" \
    "<bar label='5 ก' value='60' before='60'/><bar label='6 ก' value='59' before='58.5'/>"                \
    "<bar label='7 ก' value='19.99' before='80'/><bar label='8 ก' value='80' before='19.99'/>"            \
    "<bar label='9 ก' value='55.55' before='55.54'/><bar label='10 ก' value='1' before='2'/>"

static void
pairs_do_not_collide(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages =
        kit_pages(kit, chart(kit, "decimals='2' name='ปี 2566' name-before='ปี 2565'", PAIRS));

    assert_int_equal(pages->count, 1);
    assert_no_collision(&pages->page[0]);
    assert_non_null(
        strstr(kit_lines(kit, pages), "1|ชื่อแผนภูมิ\n1|ปี 2565\n1|ปี 2566\n1|0\n1|20\n"));
    assert_non_null(strstr(kit_lines(kit, pages), "1|98.16\n"));
}

/* Of a pair the earlier bar stands first, touching the other; both in their colours, and the
 * earlier with a line around. */
static void
pairs_are_drawn_beside_each_other(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages =
        kit_pages(kit, chart(kit, "max='4' height='100pt'",
                             "<bar label='ก' value='4' before='1'/><bar label='ข' value='2'/>"));
    const struct item *box[3] = {NULL};
    size_t count = 0, around = 0;

    for (size_t i = 0; i < pages->page[0].count; i++) {
        const struct item *item = &pages->page[0].items[i];
        if (item->kind == ITEM_BOX && count < 3)
            box[count++] = item;
        around += item->kind == ITEM_RULE && item->node->element == ELEMENT_bar;
    }
    assert_int_equal(count, 3);
    assert_int_equal(around, 4);
    assert_int_equal(box[0]->height, 25000);
    assert_int_equal(box[1]->height, 100000);
    assert_int_equal(box[2]->height, 50000);
    assert_int_equal(box[0]->x + box[0]->width, box[1]->x);
    assert_int_equal(box[0]->width, box[1]->width);
    assert_true(box[0]->colour.red > box[1]->colour.red);
}

/* Where both values have no room, that of the year before is left out rather than set on another;
 * where there are too many bars for one value they are refused as without pairs. */
static void
pairs_without_room_keep_one_value(void **state)
{
    struct kit *kit = *state;
    struct buf bars = buf_in(kit->arena);

    for (int i = 0; i < 16; i++)
        buf_printf(&bars, "<bar label='ก' value='%d.25' before='%d.75'/>", 10 + i, 25 - i);
    const struct pages *pages =
        kit_pages(kit, chart(kit, "", str_cstr(kit->arena, buf_str(&bars))));
    assert_no_collision(&pages->page[0]);
    assert_non_null(strstr(kit_lines(kit, pages), "\n1|10.25\n"));
    assert_null(strstr(kit_lines(kit, pages), ".75"));
    for (int i = 0; i < 20; i++)
        buf_text(&bars, "<bar label='ก' value='1.25' before='100.75'/>");
    assert_refused(kit, "max='200'", str_cstr(kit->arena, buf_str(&bars)), "LAYOUT_CHART_CROWDED");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, kit_setup, kit_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(ten_long_labels_do_not_collide),
        TEST(words_that_are_too_long_do_not_collide),
        TEST(values_are_written_as_given_or_as_asked),
        TEST(bars_are_as_high_as_their_values),
        TEST(a_scale_that_does_not_divide_has_its_ends),
        TEST(values_that_cannot_be_drawn_are_refused),
        TEST(too_many_bars_are_refused),
        TEST(pairs_do_not_collide),
        TEST(pairs_are_drawn_beside_each_other),
        TEST(pairs_without_room_keep_one_value),
        TEST(absurd_sizes_are_refused),
        TEST(a_chart_without_bars_or_title_is_drawn),
        TEST(a_chart_is_never_parted_and_made_to_fit),
    };

    return cmocka_run_group_tests_name("layout_chart", tests, NULL, NULL);
}
