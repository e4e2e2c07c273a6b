/* Fields to sign in: which there are, where they stand, and that nothing makes way for them. */
#include "layout_kit.h"

#include "base/role.h"

static const char memo[] =
    "<memo><head><field label=\"ที่\" fill=\"number\">สม 1/</field>"
    "<field label=\"วันที่\" beside=\"yes\" "
    "fill=\"date\">&#160;&#160;&#160;&#160;พฤศจิกายน</field></head>"
    "<p>จึงเรียนมา</p><signature name=\"นายสมมติ ตัวอย่าง\" position=\"นักจัดการ\"/>"
    "<opinion title=\"ความเห็น\"><signature role=\"ปลัด\" name=\"ก\"/></opinion></memo>";

static const struct item *
field(const struct kit *kit, const struct pages *pages, const char *name)
{
    for (size_t i = 0; i < pages->page[0].count; i++) {
        const struct item *item = &pages->page[0].items[i];
        struct buf own = buf_in(kit->arena);
        if (item->kind != ITEM_FIELD)
            continue;
        blank_name(item->as.blank, &own);
        if (str_is(buf_str(&own), name))
            return item;
    }
    return NULL;
}

static const struct item *
text(const struct pages *pages, const char *wanted)
{
    for (size_t i = 0; i < pages->page[0].count; i++) {
        const struct item *item = &pages->page[0].items[i];
        if (item->kind == ITEM_TEXT && str_is(item->as.text.whole->text, wanted))
            return item;
    }
    fail_msg("%s is not on the page", wanted);
    return NULL;
}

/* The baseline of a field's first line, as those who sign compute it. */
static mpt
first_baseline(const struct kit *kit, const struct item *item)
{
    const struct font *font = kit->fonts->face[FONT_REGULAR];
    const struct blank *blank = item->as.blank;
    mpt ascent = font_length(font, blank->size, font->ascent);
    mpt descent = font_length(font, blank->size, -font->descent);

    return item->y + (blank->pitch - ascent - descent) / 2 + ascent;
}

/* Where there is room for a pen is known all the same. */
static void
test_none_where_nobody_asks(void **state)
{
    struct kit *kit = *state;
    struct pages *pages = kit_pages(kit, memo);
    struct buf dump = buf_in(kit->arena);

    pages_dump(pages, &dump);
    assert_true(str_find(buf_str(&dump), STR("\nfield ")) == SIZE_MAX);
    assert_false(pages->with_fields);
    assert_int_equal(pages->signer_count, 0);
    assert_non_null(field(kit, pages, "preparer.signature"));
}

/* All else stands where it does when nothing is known of who signs. */
static void
test_nothing_makes_way(void **state)
{
    struct kit *kit = *state;
    const struct pages *pages[2];
    struct buf dump[2] = {buf_in(kit->arena), buf_in(kit->arena)};

    for (int i = 0; i < 2; i++) {
        kit->job.fields = i == 1;
        pages[i] = kit_pages(kit, memo);
        pages_dump(pages[i], &dump[i]);
    }
    assert_int_equal(pages[0]->page[0].count, pages[1]->page[0].count);
    struct str with = buf_str(&dump[1]), without = buf_str(&dump[0]), line, other;
    size_t fields = 0;
    while (str_line(&with, &line)) {
        fields += str_starts(line, STR("field "));
        if (str_starts(line, STR("field ")))
            continue;
        assert_true(str_line(&without, &other));
        assert_true(str_eq(line, other));
    }
    assert_false(str_line(&without, &other));
    assert_int_equal(fields, 2 + 4 + 4);
}

static void
test_who_signs(void **state)
{
    struct kit *kit = *state;

    kit->job.fields = true;
    struct pages *pages = kit_pages(kit, memo);
    assert_int_equal(pages->signer_count, 2);
    assert_str(pages->signers[0].role, "preparer");
    assert_str(pages->signers[0].title, "");
    assert_str(pages->signers[0].position, "นักจัดการ");
    assert_str(pages->signers[1].role, "ปลัด");
    assert_str(pages->signers[1].title, "ความเห็น");
    assert_true(pages->signers[0].placed && pages->signers[1].placed);
    assert_true(!pages->signers[0].ruled && pages->signers[1].ruled);
}

static void
test_the_signature_is_above_the_name(void **state)
{
    struct kit *kit = *state;

    kit->job.fields = true;
    struct pages *pages = kit_pages(kit, memo);
    const struct item *signature = field(kit, pages, "preparer.signature");
    const struct item *name = text(pages, "(นายสมมติ ตัวอย่าง)");
    const struct item *own = field(kit, pages, "preparer.name"),
                      *date = field(kit, pages, "preparer.date");

    assert_in_range(signature->width, 170078 - 1, 170078 + 1); /* 6 cm */
    assert_in_range(signature->x + signature->width / 2, name->x + name->width / 2 - 10,
                    name->x + name->width / 2 + 10);
    assert_int_equal(signature->height, 63900);
    assert_true(own->x + own->width < signature->x && date->x + date->width < signature->x);
    assert_int_equal(own->y, signature->y);
    assert_int_equal(date->y, own->y + own->height);
    assert_int_equal(date->y + date->height, signature->y + signature->height);
    assert_int_equal(own->as.blank->pitch * 3, own->height);
    assert_int_equal(own->as.blank->size, date->as.blank->size);
    assert_true(own->as.blank->centred);
}

static void
test_opinions_stand_on_their_lines(void **state)
{
    struct kit *kit = *state;
    const struct item *dots = NULL;

    kit->job.fields = true;
    struct pages *pages = kit_pages(kit, memo);
    const struct item *opinion = field(kit, pages, "ปลัด.opinion");
    for (size_t i = 0; dots == NULL; i++) {
        const struct item *item = &pages->page[0].items[i];
        dots = item->kind == ITEM_RULE && item->role == ROLE_RULE ? item : NULL;
    }
    assert_int_equal(opinion->node->element, ELEMENT_opinion);
    assert_int_equal(opinion->height, 2 * opinion->as.blank->pitch);
    /* a little above the dots, which would run through the feet of the letters */
    mpt above = dots->y + dots->as.rule.thickness / 2 - first_baseline(kit, opinion);
    assert_in_range(above, 2 * UNIT_PT, 3 * UNIT_PT);
}

static void
test_opinions_without_room_stand_beside_the_name(void **state)
{
    struct kit *kit = *state;

    kit->job.fields = true;
    struct pages *pages = kit_pages(kit, memo);
    const struct item *opinion = field(kit, pages, "preparer.opinion");
    const struct item *name = text(pages, "(นายสมมติ ตัวอย่าง)"), *post = text(pages, "นักจัดการ");

    assert_int_equal(opinion->height, 2 * opinion->as.blank->pitch);
    assert_int_equal(first_baseline(kit, opinion), name->y);
    assert_int_equal(first_baseline(kit, opinion) + opinion->as.blank->pitch, post->y);
    assert_true(opinion->x + opinion->width < name->x);
}

static void
test_what_is_open_in_the_head(void **state)
{
    struct kit *kit = *state;

    kit->job.fields = true;
    struct pages *pages = kit_pages(kit, memo);
    const struct item *number = field(kit, pages, "memo_number"),
                      *date = field(kit, pages, "memo_date");
    const struct item *value = text(pages, "สม 1/"), *month = text(pages, "    พฤศจิกายน");

    assert_true(number->x > value->x + value->width);
    assert_int_equal(first_baseline(kit, number), value->y);
    assert_int_equal(date->x, month->x);
    assert_int_equal(first_baseline(kit, date), month->y);
    assert_true(date->width < month->width / 2);
    pages = kit_pages(kit, "<memo><head><field label=\"ที่\">สม 1/</field>"
                           "<field label=\"ที่\" fill=\"number\">สม 1/2</field>"
                           "<field label=\"วันที่\" fill=\"date\">๒ พฤศจิกายน</field></head></memo>");
    assert_null(field(kit, pages, "memo_number"));
    assert_null(field(kit, pages, "memo_date"));
}

static void
test_no_room_for_the_pen(void **state)
{
    struct kit *kit = *state;

    kit_style(kit, "signature: {room: 8pt}");
    kit->job.fields = true;
    struct pages *pages = kit_pages(kit, memo);
    assert_null(field(kit, pages, "preparer.signature"));
    assert_null(field(kit, pages, "ปลัด.opinion"));
    assert_false(pages->signers[0].placed || pages->signers[1].placed);
}

/* Cells are set on trial, with other widths: what held then must not hold afterwards. */
static void
test_an_opinion_in_a_cell(void **state)
{
    struct kit *kit = *state;

    kit->job.fields = true;
    struct pages *pages =
        kit_pages(kit, "<memo><table columns=\"1* 4cm\"><tr><td><opinion title=\"ก\"><signature "
                       "name=\"นายสมมติ ตัวอย่าง\"/></opinion></td><td>ข</td></tr></table></memo>");
    size_t count = 0;

    for (size_t i = 0; i < pages->page[0].count; i++)
        count += pages->page[0].items[i].kind == ITEM_FIELD;
    assert_int_equal(count, 4);
    assert_non_null(field(kit, pages, "opinion-1.opinion"));
    assert_non_null(field(kit, pages, "opinion-1.signature"));
}

static void
test_roles(void **state)
{
    static const char *const good[] = {"ก", "ปลัด-อบต", "หัวหน้าสำนัก๑", "Deputy-2"};
    static const char *const bad[] = {"", "ก.ข", "a_b", "a b", "ก,", "é", "฿", "\xff"};
    struct kit *kit = *state;

    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_true(role_is_good(str_of(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(role_is_good(str_of(bad[i])));
    assert_true(role_is_good(STR("12345678901234567890123456789012")));
    assert_false(role_is_good(STR("123456789012345678901234567890123")));
    kit->job.fields = true;
    kit_refused(kit, "<memo><signature role=\"a.b\"/></memo>", "LAYOUT_ROLE");
    kit_refused(kit, "<memo><signature/><signature role=\"preparer\"/></memo>",
                "LAYOUT_ROLE_TWICE");
    kit_refused(kit, "<memo><signature certificate=\"12\"/></memo>", "LAYOUT_CERTIFICATE");
    kit->job.fields = false;
    assert_non_null(kit_pages(kit, "<memo><signature role=\"a.b\" certificate=\"12\"/></memo>"));
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(test_none_where_nobody_asks),
        T(test_nothing_makes_way),
        T(test_who_signs),
        T(test_the_signature_is_above_the_name),
        T(test_opinions_stand_on_their_lines),
        T(test_opinions_without_room_stand_beside_the_name),
        T(test_what_is_open_in_the_head),
        T(test_no_room_for_the_pen),
        T(test_an_opinion_in_a_cell),
        T(test_roles),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
