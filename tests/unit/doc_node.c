/* The document tree: tables of elements and attributes, checks, dump. */
#include "test.h"

#include "doc/node.h"

static struct node *
add(struct fixture *f, struct node *parent, enum element element)
{
    struct node *node = node_element(f->arena, element, (struct pos){"t.xml", 3, 4});

    node_append(parent, node);
    return node;
}

static void
add_text(struct fixture *f, struct node *parent, const char *text, unsigned flags)
{
    node_append(parent, node_text(f->arena, str_of(text), flags, (struct pos){"t.xml", 5, 6}));
}

static void
set(struct fixture *f, struct node *node, enum attribute name, const char *value)
{
    node_set(f->arena, node, name, str_of(value), (struct pos){"t.xml", 7, 8});
}

static struct node *
memo(struct fixture *f)
{
    return node_element(f->arena, ELEMENT_memo, (struct pos){"t.xml", 1, 1});
}

static void
names_are_written_with_hyphens(void **state)
{
    enum element element = ELEMENT_COUNT;
    enum attribute attribute = ATTRIBUTE_COUNT_OF_ALL;

    (void)state;
    assert_true(element_find(STR("section"), &element));
    assert_int_equal(element, ELEMENT_section);
    assert_false(element_find(STR("sect"), &element));
    assert_true(attribute_find(ELEMENT_section, STR("page-number"), &attribute));
    assert_int_equal(attribute, ATTRIBUTE_section_page_number);
    assert_false(attribute_find(ELEMENT_section, STR("page_number"), &attribute));
    assert_false(attribute_find(ELEMENT_p, STR("page-number"), &attribute));
    for (int i = 0; i < ATTRIBUTE_COUNT_OF_ALL; i++)
        assert_null(strchr(attribute_info((enum attribute)i)->name, '_'));
}

static void
nearest_names_are_near(void **state)
{
    (void)state;
    assert_string_equal(element_nearest(STR("tabel")), "table");
    assert_null(element_nearest(STR("blockquote")));
    assert_string_equal(attribute_nearest(ELEMENT_td, STR("colspam")), "colspan");
    assert_null(attribute_nearest(ELEMENT_p, STR("orientation")));
}

static void
values_follow_their_types(void **state)
{
    (void)state;
    assert_true(attribute_accepts(ATTRIBUTE_td_colspan, STR("1000")));
    assert_false(attribute_accepts(ATTRIBUTE_td_colspan, STR("0")));
    assert_false(attribute_accepts(ATTRIBUTE_td_colspan, STR("1001")));
    assert_false(attribute_accepts(ATTRIBUTE_td_colspan, STR("-1")));
    assert_true(attribute_accepts(ATTRIBUTE_td_colspan, STR("")));
    assert_true(attribute_accepts(ATTRIBUTE_img_width, STR("2.5cm")));
    assert_false(attribute_accepts(ATTRIBUTE_img_width, STR("2.5")));
    assert_false(attribute_accepts(ATTRIBUTE_img_width, STR("-1cm")));
    assert_true(attribute_accepts(ATTRIBUTE_bar_value, STR("86.10")));
    assert_false(attribute_accepts(ATTRIBUTE_bar_value, STR("much")));
    assert_true(attribute_accepts(ATTRIBUTE_p_align, STR("justify")));
    assert_false(attribute_accepts(ATTRIBUTE_p_align, STR("just")));
    assert_false(attribute_accepts(ATTRIBUTE_p_align, STR("left right")));
}

static void
attributes_are_set_and_read(void **state)
{
    struct fixture *f = *state;
    struct node *p = node_element(f->arena, ELEMENT_p, POS_NONE);
    struct node *td = node_element(f->arena, ELEMENT_td, POS_NONE);

    assert_str(node_get(p, ATTRIBUTE_p_class), "");
    assert_null(node_find(p, ATTRIBUTE_p_class));
    set(f, p, ATTRIBUTE_p_class, "a");
    set(f, p, ATTRIBUTE_p_class, "b");
    assert_str(node_get(p, ATTRIBUTE_p_class), "b");
    assert_null(p->attributes->next);
    assert_false(node_is(p, ATTRIBUTE_p_keep_with_next));
    set(f, p, ATTRIBUTE_p_keep_with_next, "yes");
    assert_true(node_is(p, ATTRIBUTE_p_keep_with_next));
    assert_int_equal(node_count(td, ATTRIBUTE_td_colspan, 1), 1);
    set(f, td, ATTRIBUTE_td_colspan, "12");
    assert_int_equal(node_count(td, ATTRIBUTE_td_colspan, 1), 12);
}

static void
numbers_run_in_document_order(void **state)
{
    struct fixture *f = *state;
    struct node *root = memo(f);
    struct node *keep = add(f, root, ELEMENT_keep);
    struct node *p = add(f, keep, ELEMENT_p);
    struct node *last = add(f, root, ELEMENT_pagebreak);
    unsigned expected = 1;

    add_text(f, p, "x", 0);
    node_number(root);
    for (const struct node *n = root; n != NULL; n = node_after(n, root))
        assert_int_equal(n->id, expected++);
    assert_int_equal(expected, 6);
    assert_int_equal(last->id, 5);
    assert_null(node_after(last, root));
    assert_null(node_after(p->first, p));
}

static void
dump_shows_everything(void **state)
{
    struct fixture *f = *state;
    struct node *root = memo(f);
    struct node *p = add(f, root, ELEMENT_p);
    struct buf out = buf_in(f->arena);

    set(f, root, ATTRIBUTE_memo_title, "a \"b\"\n\\");
    add_text(f, p, "ก\tข", 0);
    add_text(f, p, "นายสมมติ", NODE_KEEP_TOGETHER);
    add(f, root, ELEMENT_pagebreak);
    node_dump(root, &out);
    assert_str(buf_str(&out), "memo title=\"a \\\"b\\\"\\n\\\\\"\n"
                              "  p\n"
                              "    \"ก\\tข\"\n"
                              "    ~\"นายสมมติ\"\n"
                              "  pagebreak\n");
}

static void
bad_values_are_told_with_their_place(void **state)
{
    struct fixture *f = *state;
    struct node *root = memo(f);
    struct node *p = add(f, root, ELEMENT_p);

    set(f, p, ATTRIBUTE_p_align, "middle");
    assert_false(node_check(f->diags, root));
    assert_int_equal(diags_count(f->diags), 1);
    assert_diag(f->diags, 0, DOC_ATTRIBUTE_VALUE);
    assert_str(
        diag_line(f->arena, diags_at(f->diags, 0), DIAG_ENGLISH),
        "t.xml:7:8: error: \"middle\" is no value for <p align>; it takes: left right center "
        "justify [DOC_ATTRIBUTE_VALUE]");
}

static void
a_picture_needs_its_file_and_words(void **state)
{
    struct fixture *f = *state;
    struct node *root = memo(f);
    struct node *img = add(f, root, ELEMENT_img);

    assert_false(node_check(f->diags, root));
    assert_diag(f->diags, 0, DOC_ATTRIBUTE_MISSING);
    set(f, img, ATTRIBUTE_img_src, "a.png");
    assert_false(node_check(f->diags, root));
    assert_diag(f->diags, 1, DOC_ATTRIBUTE_MISSING);
    set(f, img, ATTRIBUTE_img_alt, "ก");
    assert_true(node_check(f->diags, root));
}

/* As long as a PDF can hold is good; outside the BMP a character counts twice. */
static void
texts_beside_pages_have_a_limit(void **state)
{
    struct fixture *f = *state;
    struct node *root = memo(f);
    struct buf text = buf_in(f->arena);

    while (text.len < 8191 * strlen("🙂"))
        buf_text(&text, "🙂");
    set(f, root, ATTRIBUTE_memo_title, str_cstr(f->arena, buf_str(&text)));
    set(f, root, ATTRIBUTE_memo_urgency, str_cstr(f->arena, buf_str(&text)));
    assert_true(node_check(f->diags, root));
    buf_text(&text, "ก");
    set(f, root, ATTRIBUTE_memo_urgency, str_cstr(f->arena, buf_str(&text)));
    assert_true(node_check(f->diags, root));
    set(f, root, ATTRIBUTE_memo_title, str_cstr(f->arena, buf_str(&text)));
    assert_false(node_check(f->diags, root));
    assert_int_equal(diags_count(f->diags), 1);
    assert_str(diag_line(f->arena, diags_at(f->diags, 0), DIAG_ENGLISH),
               "t.xml:7:8: error: <memo title> has 16383 characters, a PDF takes at most 16382 "
               "there; shorten it [DOC_ATTRIBUTE_LONG]");
}

static void
what_stands_wrong_is_told(void **state)
{
    struct fixture *f = *state;
    struct node *root = memo(f);
    struct node *p = add(f, root, ELEMENT_p);
    struct node *table = add(f, p, ELEMENT_table);

    add_text(f, table, "loose", 0);
    assert_false(node_check(f->diags, root));
    assert_int_equal(diags_count(f->diags), 2);
    assert_diag(f->diags, 0, DOC_MISPLACED);
    assert_diag(f->diags, 1, DOC_MISPLACED);
    assert_false(node_check(f->diags, p));
    assert_int_equal(diags_count(f->diags), 5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_written_with_hyphens),
        cmocka_unit_test(nearest_names_are_near),
        cmocka_unit_test(values_follow_their_types),
        cmocka_unit_test_setup_teardown(attributes_are_set_and_read, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(numbers_run_in_document_order, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(dump_shows_everything, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(bad_values_are_told_with_their_place, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(a_picture_needs_its_file_and_words, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(texts_beside_pages_have_a_limit, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(what_stands_wrong_is_told, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests_name("doc_node", tests, NULL, NULL);
}
