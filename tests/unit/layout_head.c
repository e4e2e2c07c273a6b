/* The head of a memo. Places are those of the official form: margins 85.039 and 538.583 pt. */
#include "layout_kit.h"

#define LEFT 85039
#define RIGHT (595276 - 56693)

/* The n-th item of a kind and role on the first page; NULL when there are fewer. */
static const struct item *
nth(const struct pages *pages, enum item_kind kind, enum role role, size_t n)
{
    for (size_t i = 0; i < pages->page[0].count; i++) {
        const struct item *item = &pages->page[0].items[i];
        if (item->kind == kind && item->role == role && n-- == 0)
            return item;
    }
    return NULL;
}

static const struct item *
text(const struct pages *pages, size_t n)
{
    const struct item *item = nth(pages, ITEM_TEXT, ROLE_CONTENT, n);

    assert_non_null(item);
    return item;
}

static const struct item *
leader(const struct pages *pages, size_t n)
{
    return nth(pages, ITEM_RULE, ROLE_LEADER, n);
}

static mpt
end_of(const struct item *item)
{
    return item->x + item->width;
}

static void
test_emblem_and_title(void **state)
{
    struct kit *kit = *state;
    const struct drawing square = {.box = {0, 0, 2000, 1000}};

    kit->job.emblem = &square;
    struct pages *pages = kit_pages(kit, "<memo><head/><p>x</p></memo>");
    const struct item *emblem = nth(pages, ITEM_PATHS, ROLE_EMBLEM, 0);
    assert_non_null(emblem);
    assert_int_equal(emblem->x, LEFT);
    assert_int_equal(emblem->y, 42520);
    assert_int_equal(emblem->height, 42520);
    assert_int_equal(emblem->width, 2 * 42520);
    const struct item *title = text(pages, 0);
    assert_string_equal(kit_lines(kit, pages), "1|บันทึกข้อความ\n1|x");
    assert_in_range((title->x + end_of(title)) / 2, 311800, 311830);
    assert_true(title->y > 48189 && title->y < 48189 + 35000);
}

static void
test_an_emblem_may_be_a_picture(void **state)
{
    struct kit *kit = *state;

    kit->job.emblem_picture = &kit->image;
    struct pages *pages = kit_pages(kit, "<memo><head title=\"ชื่ออื่น\"/></memo>");
    const struct item *emblem = nth(pages, ITEM_IMAGE, ROLE_EMBLEM, 0);
    assert_non_null(emblem);
    assert_int_equal(emblem->width, 2 * 42520);
    assert_string_equal(kit_lines(kit, pages), "1|ชื่ออื่น");
}

static void
test_without_an_emblem_its_room_stays(void **state)
{
    struct pages *with = kit_pages(*state, "<memo><head/><p>x</p></memo>");
    mpt y = text(with, 1)->y;

    assert_null(nth(with, ITEM_PATHS, ROLE_EMBLEM, 0));
    assert_true(y > 42520 + 42520);
}

static void
test_label_and_value_share_a_baseline(void **state)
{
    struct pages *pages =
        kit_pages(*state, "<memo><head><field label=\"ส่วนราชการ\">สำนักปลัด</field></head></memo>");
    const struct item *label = text(pages, 1), *value = text(pages, 2), *dots = leader(pages, 0);

    assert_int_equal(label->x, LEFT);
    assert_int_equal(label->y, value->y);
    assert_int_equal(value->x, end_of(label) + 8000);
    assert_int_equal(label->as.text.clusters[0].run->font->face, FONT_BOLD);
    assert_int_equal(value->as.text.clusters[0].run->font->face, FONT_REGULAR);
    assert_true(label->as.text.clusters[0].run->size > value->as.text.clusters[0].run->size);
    assert_non_null(dots);
    assert_true(dots->as.rule.dotted);
    assert_int_equal(dots->as.rule.dot_pitch, 4000);
    assert_true(dots->x >= end_of(value) + 3000);
    assert_in_range(end_of(dots), RIGHT - 4000, RIGHT + 2000);
}

static void
test_fields_without_leader(void **state)
{
    struct kit *kit = *state;
    const char *markup =
        "<memo><head><field label=\"เรียน\" leader=\"no\">นายก</field></head></memo>";

    assert_null(leader(kit_pages(kit, markup), 0));
    kit_style(kit, "head: {leader: {on: no}}");
    assert_null(
        leader(kit_pages(kit, "<memo><head><field label=\"ที่\">ก</field></head></memo>"), 0));
}

static void
test_an_empty_field_is_all_leader(void **state)
{
    struct pages *pages =
        kit_pages(*state, "<memo><head><field label=\"ที่\"></field></head></memo>");

    assert_true(leader(pages, 0)->x < end_of(text(pages, 1)) + 8000 + 4000);
}

static void
test_a_field_beside_another(void **state)
{
    struct pages *pages = kit_pages(*state, "<memo><head><field label=\"ที่\">นม ๑/</field>"
                                            "<field label=\"วันที่\" beside=\"yes\">๒๙</field>"
                                            "</head></memo>");
    const struct item *number = text(pages, 1), *date = text(pages, 3);

    assert_int_equal(number->y, date->y);
    assert_int_equal(date->x, LEFT + 242929); /* 8.57 cm */
    assert_true(end_of(leader(pages, 0)) <= date->x - 3000 + 2000);
    assert_in_range(end_of(leader(pages, 1)), RIGHT - 4000, RIGHT + 2000);
}

static void
test_a_long_value_moves_its_neighbour(void **state)
{
    struct pages *pages = kit_pages(
        *state, "<memo><head><field label=\"ที่\">นม ๘๓๗๐๑/๑๒๓๔๕๖๗๘๙๐๑๒๓๔๕๖๗๘๙๐๑๒๓๔๕๖๗๘๙</field>"
                "<field label=\"วันที่\" beside=\"yes\">๒๙ กันยายน ๒๕๖๖</field></head></memo>");
    const struct item *number = text(pages, 2), *date = text(pages, 3);

    assert_int_equal(number->y, date->y);
    assert_true(date->x >= end_of(number) + 8000);
    assert_true(date->x < LEFT + 300000);
    assert_true(end_of(text(pages, 4)) <= RIGHT);
}

static void
test_a_value_too_long_sends_its_neighbour_down(void **state)
{
    struct pages *pages = kit_pages(
        *state, "<memo><head><field label=\"ที่\">กระทรวงมหาดไทย กรมส่งเสริมการปกครองท้องถิ่น "
                "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด</field>"
                "<field label=\"วันที่\" beside=\"yes\">๒๙ กันยายน ๒๕๖๖</field></head></memo>");
    const struct item *label = text(pages, 1), *last = NULL;

    for (size_t i = 0; nth(pages, ITEM_TEXT, ROLE_CONTENT, i) != NULL; i++)
        last = text(pages, i);
    assert_true(last->y >= label->y + 24000);
    assert_non_null(strstr(kit_lines(*state, pages), "\n1|วันที่\n1|๒๙ กันยายน ๒๕๖๖"));
}

static void
test_a_subject_of_two_lines_hangs(void **state)
{
    struct pages *pages =
        kit_pages(*state, "<memo><head><field label=\"เรื่อง\" space-before=\"yes\">"
                          "รายงานผลการประเมินระดับคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ "
                          "รายงานผลการประเมินระดับคุณธรรม</field></head></memo>");
    const struct item *first = text(pages, 2), *second = text(pages, 3);

    assert_int_equal(first->x, second->x);
    assert_int_equal(second->y - first->y, 24000);
    assert_false(first->as.text.para_end);
    assert_true(second->as.text.para_end);
    /* one leader, after the last line, not into it */
    assert_non_null(leader(pages, 0));
    assert_null(leader(pages, 1));
    assert_in_range(leader(pages, 0)->y, second->y - 2000, second->y);
    assert_true(leader(pages, 0)->x > end_of(second));
}

static void
test_space_before_a_field(void **state)
{
    struct pages *pages =
        kit_pages(*state, "<memo><head><field label=\"ก\">x</field><field label=\"ข\">x</field>"
                          "<field label=\"ค\" space-before=\"yes\">x</field></head></memo>");

    assert_int_equal(text(pages, 3)->y - text(pages, 1)->y, 24000);
    assert_int_equal(text(pages, 5)->y - text(pages, 3)->y, 30000);
}

static void
test_fields_outside_of_a_head(void **state)
{
    struct pages *pages = kit_pages(*state, "<memo><p>a</p><field label=\"เรียน\">นายก</field>"
                                            "<field label=\"ก\" beside=\"yes\">ข</field>"
                                            "<p>b</p></memo>");

    assert_string_equal(kit_lines(*state, pages), "1|a\n1|เรียน\n1|นายก\n1|ก\n1|ข\n1|b");
    assert_int_equal(text(pages, 1)->y, text(pages, 3)->y);
}

static void
test_a_label_as_wide_as_the_page(void **state)
{
    struct kit *kit = *state;

    kit_style(kit, "head: {label: {size: 200pt}}");
    assert_null(kit_pages(kit, "<memo><head><field label=\"ส่วนราชการเจ้าของเรื่อง\">ก</field>"
                               "</head></memo>"));
    assert_diag(kit->diags, 0, LAYOUT_FIELD_TOO_WIDE);
}

static void
test_a_wide_label_leaves_its_value_the_next_line(void **state)
{
    struct kit *kit = *state;

    kit_style(kit, "head: {label: {size: 60pt}}");
    struct pages *pages =
        kit_pages(kit, "<memo><head><field label=\"ส่วนราชการเจ้าของเรื่อง\">"
                       "สำนักปลัด องค์การบริหารส่วนตำบลตัวอย่าง กองคลัง</field></head></memo>");
    assert_int_equal(text(pages, 2)->x, LEFT);
    assert_true(text(pages, 2)->y > text(pages, 1)->y);
    mpt below = text(pages, 2)->y - text(pages, 1)->y;
    pages = kit_pages(kit, "<memo><head><field label=\"ส่วนราชการเจ้าของเรื่อง\" space-before=\"yes\">"
                           "สำนักปลัด องค์การบริหารส่วนตำบลตัวอย่าง กองคลัง</field></head></memo>");
    assert_int_equal(text(pages, 2)->y - text(pages, 1)->y, below);
}

static void
test_urgency_stands_between_emblem_and_title(void **state)
{
    struct pages *pages = kit_pages(*state, "<memo urgency=\"ด่วนที่สุด\"><head/></memo>");
    const struct item *mark = nth(pages, ITEM_TEXT, ROLE_MARK, 0), *title = text(pages, 0);

    assert_non_null(mark);
    assert_int_equal(mark->colour.red, 0xD0);
    assert_true(mark->x > LEFT + 42520);
    assert_true(end_of(mark) < title->x);
    assert_true(mark->y < 85000);
}

static void
test_the_body_follows_the_head(void **state)
{
    struct pages *pages =
        kit_pages(*state, "<memo><head><field label=\"ก\">x</field></head><p>a</p></memo>");

    assert_true(text(pages, 3)->y > text(pages, 2)->y + 21300);
    assert_true(text(pages, 3)->y < text(pages, 2)->y + 40000);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(test_emblem_and_title),
        T(test_an_emblem_may_be_a_picture),
        T(test_without_an_emblem_its_room_stays),
        T(test_label_and_value_share_a_baseline),
        T(test_fields_without_leader),
        T(test_an_empty_field_is_all_leader),
        T(test_a_field_beside_another),
        T(test_a_long_value_moves_its_neighbour),
        T(test_a_value_too_long_sends_its_neighbour_down),
        T(test_a_subject_of_two_lines_hangs),
        T(test_space_before_a_field),
        T(test_fields_outside_of_a_head),
        T(test_a_label_as_wide_as_the_page),
        T(test_a_wide_label_leaves_its_value_the_next_line),
        T(test_urgency_stands_between_emblem_and_title),
        T(test_the_body_follows_the_head),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
