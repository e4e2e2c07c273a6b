/* Bookmarks, page labels and where links lie, of documents in markup. */
#include "layout_kit.h"
#include "pdf_file.h"
#include "pdf_tree.h"

#include <math.h>

#include "pdf/pdf.h"

static struct reader
written(struct kit *kit, const char *markup, bool plain)
{
    const struct pdf_meta meta = {.title = STR("ก"), .plain = plain};
    struct pages *pages = kit_pages(kit, markup);
    struct str file = STR("");

    assert_non_null(pages);
    assert_true(pdf_file(kit->arena, kit->diags, pages, &meta, &file));
    return reader_open(kit->arena, file);
}

/* A text string that is in hexadecimal UTF-16 or plain, as UTF-8. */
static void
add_string(struct buf *out, struct str value)
{
    if (!str_starts(value, STR("<FEFF"))) {
        buf_add(out, str_sub(value, 1, value.len - 2));
        return;
    }
    for (size_t i = 5; i + 4 < value.len; i += 4) {
        char hex[5] = {value.ptr[i], value.ptr[i + 1], value.ptr[i + 2], value.ptr[i + 3], 0};

        buf_utf8(out, (uint32_t)strtoul(hex, NULL, 16));
    }
}

/* ---- bookmarks */

/* Adds the children of a bookmark: their titles, in parentheses what is below them, and how many of
 * these show. All links of the list are checked. */
static void
add_children(const struct reader *reader, struct buf *out, size_t parent)
{
    size_t before = 0, last = reader_key(reader, parent, "/Last ");

    for (size_t at = reader_key(reader, parent, "/First "); at != 0;) {
        assert_int_equal(reader_key(reader, at, "/Parent "), parent);
        if (before != 0)
            assert_int_equal(reader_key(reader, at, "/Prev "), before);
        else
            assert_false(reader_check_filled(reader, at, "/Prev "));
        add_string(out, tree_value(reader_dict(reader, at), "/Title "));
        if (reader_check_filled(reader, at, "/First ")) {
            buf_add(out, tree_value(reader_dict(reader, at), "/Count "));
            buf_byte(out, '(');
            add_children(reader, out, at);
            buf_byte(out, ')');
        }
        before = at;
        at = reader_check_filled(reader, at, "/Next ") ? reader_key(reader, at, "/Next ") : 0;
        if (at != 0)
            buf_byte(out, '|');
    }
    assert_int_equal(before, last);
}

static const char *
bookmarks(struct kit *kit, const char *markup)
{
    struct reader reader = written(kit, markup, false);
    struct buf out = buf_in(kit->arena);
    size_t root = reader_search(&reader, "/Type /Outlines", 0);
    size_t catalog = reader_search(&reader, "/Type /Catalog", 0);

    if (root == 0) {
        assert_false(reader_check_filled(&reader, catalog, "/Outlines"));
        return "";
    }
    assert_int_equal(reader_key(&reader, catalog, "/Outlines "), root);
    buf_add(&out, tree_value(reader_dict(&reader, root), "/Count "));
    buf_byte(&out, ':');
    add_children(&reader, &out, root);
    return str_cstr(kit->arena, buf_str(&out));
}

static void
headings_are_bookmarks(void **state)
{
    assert_string_equal(bookmarks(*state, "<memo><section><head/><h2>ก</h2><h3>ข</h3><h3>A (b)</h3>"
                                          "<opinion title='ค'/></section><section><h1>ง</h1>"
                                          "<h1>จ</h1><h3>ฉ</h3></section></memo>"),
                        "6:บันทึกข้อความ2(ก-2(ข|A \\(b\\))|ค)|ง|จ1(ฉ)");
}

static void
without_headings_none(void **state)
{
    assert_string_equal(bookmarks(*state, "<memo><p>ก</p><h1> </h1></memo>"), "");
}

/* A first heading of a low level stands at the top, and what is not shown is in no title. */
static void
titles_are_clean(void **state)
{
    assert_string_equal(bookmarks(*state, "<memo><h3>ก<br/>ข\xe2\x80\x8bค <b> ง</b></h3><h2>จ</h2>"
                                          "<h3>ฉ</h3></memo>"),
                        "3:ก ขค ง|จ1(ฉ)");
}

/* A heading of several lines is one bookmark, at its first line; readers scroll to above it. */
static void
places_are_right(void **state)
{
    struct reader reader =
        written(*state,
                "<memo><p>ก</p><pagebreak/><p>ข</p><h1>A very long heading that does not "
                "fit into one line of the page, nor much more into a second one<br/>"
                "and goes on</h1></memo>",
                true);
    size_t mark = reader_search(&reader, "/Dest ", 0);
    size_t page =
        reader_search(&reader, "/Type /Page\n", reader_search(&reader, "/Type /Page\n", 0));
    struct str place = tree_value(reader_dict(&reader, mark), "/Dest ");
    size_t at = reader_find(place, "/XYZ null ");

    assert_int_equal(reader_search(&reader, "/Dest ", mark), 0);
    assert_int_equal(reader_number(place, 1), page);
    assert_true(at != SIZE_MAX);
    size_t top = reader_number(place, at + 10);
    struct page *second = &kit_pages(*state, "<memo><p>ข</p></memo>")->page[0];
    size_t first_line = (size_t)(second->height - second->items[0].y) / 1000;
    assert_true(top < first_line && top + 60 > first_line);
}

/* ---- page labels */

static const char *
labels(struct kit *kit, const char *markup)
{
    struct reader reader = written(kit, markup, true);
    size_t catalog = reader_search(&reader, "/Type /Catalog", 0);
    size_t object = reader_key(&reader, catalog, "/PageLabels ");
    struct str numbers = reader_dict(&reader, object);
    struct buf out = buf_in(kit->arena);

    for (size_t at = reader_find(numbers, "/Nums [") + 7; at < numbers.len;) {
        struct str rest = str_sub(numbers, at, numbers.len);
        size_t end = reader_find(rest, ">>");

        /* ">>" after a string in hexadecimal */
        end += str_starts(str_sub(rest, end, rest.len), STR(">>>"));
        struct str label = str_sub(rest, 0, end + 2);
        if (reader_find(label, "]") != SIZE_MAX)
            break;
        buf_printf(&out, "%s%zu ", out.len > 0 ? " " : "", reader_number(label, 0));
        if (reader_find(label, "/P ") != SIZE_MAX)
            add_string(&out, tree_value(label, "/P "));
        if (reader_find(label, "/S /D") != SIZE_MAX)
            buf_printf(&out, "from %zu", reader_value(label, "/St "));
        at += end + 2;
    }
    return str_cstr(kit->arena, buf_str(&out));
}

static void
labels_are_folios(void **state)
{
    assert_string_equal(
        labels(*state, "<memo><section page-format='- {n} -' first-number='no'><p>ก</p><pagebreak/>"
                       "<p>ข</p></section><section page-number='restart' digits='arabic'><p>ค</p>"
                       "<pagebreak/><p>ง</p><pagebreak/><p>จ</p></section>"
                       "<section><p>ฉ</p></section><section digits='arabic'><p>ช</p></section>"
                       "<section digits='arabic' page-number='restart'><p>ซ</p></section></memo>"),
        "0 ๑ 1 ๒ 2 from 1 5 ๔ 6 from 5 7 from 1");
}

/* Two pages of one label could not be told apart; where none is printed none may be asked for. */
static void
labels_are_what_is_printed(void **state)
{
    assert_string_equal(
        labels(*state, "<memo><section page-format='ผ-{n}'><p>ก</p></section>"
                       "<section page-number='none'><p>ข</p><pagebreak/><p>ค</p></section>"
                       "<section page-format='— A-{n} —' digits='arabic' page-number='restart'>"
                       "<p>ง</p><pagebreak/><p>จ</p></section>"
                       "<section page-format='(B-{n})' digits='arabic' first-number='no'>"
                       "<p>ฉ</p><pagebreak/><p>ช</p></section>"
                       "<section page-format='หน้า {n} ท้าย' digits='arabic'><p>ซ</p></section>"
                       "<section page-format='- ปก -'><p>ฌ</p></section></memo>"),
        "0 ผ-๑ 1  3 A-from 1 5 B-from 3 7 หน้า 5 ท้าย 8 ปก");
}

/* ---- links */

/* The box of a link in 1/1000 pt. */
static void
box_of(struct str dict, long box[4])
{
    size_t at = reader_find(dict, "/Rect [");
    const char *next;

    assert_true(at != SIZE_MAX);
    next = dict.ptr + at + 7;
    for (int i = 0; i < 4; i++) {
        char *end = NULL;

        box[i] = lround(strtod(next, &end) * 1000);
        assert_true(end != next);
        next = end;
    }
}

/* In plain files too: around the letters of the address, and no more. */
static void
links_lie_on_their_text(void **state)
{
    for (int plain = 0; plain < 2; plain++) {
        struct reader reader =
            written(*state, "<memo><p class='plain'>www.example.org</p></memo>", plain == 1);
        size_t link = reader_search(&reader, "/Subtype /Link", 0);
        size_t page = reader_search(&reader, "/Type /Page\n", 0);
        const struct page *set =
            &kit_pages(*state, "<memo><p class='plain'>www.example.org</p></memo>")->page[0];
        const struct item *item = &set->items[0];
        mpt width = 0;
        long box[4];

        for (size_t i = 0; i < item->as.text.count; i++)
            width += item->as.text.clusters[i].advance;
        box_of(reader_dict(&reader, link), box);
        assert_int_equal(box[0], item->x);
        assert_int_equal(box[2], item->x + width);
        assert_true(box[1] < set->height - item->y && box[3] > set->height - item->y + 8000);
        assert_true(reader_check_filled(&reader, link, "/Contents (www.example.org)"));
        assert_true(reader_check_filled(&reader, link, "/URI (http://www.example.org)"));
        assert_int_equal(reader_check_filled(&reader, link, "/StructParent "), plain == 0);
        assert_int_equal(reader_key(&reader, page, "/Annots "), link);
        assert_int_equal(reader_search(&reader, "/Subtype /Link", link), 0);
    }
}

static size_t
number_after(struct str text, const char *key)
{
    size_t at = reader_find(text, key);

    assert_true(at != SIZE_MAX);
    return reader_number(text, at + strlen(key));
}

/* To the page and the height of what they lead to, in plain files too; over a line end in two
 * boxes, over a page end in two annotations. */
static void
links_lead_to_places(void **state)
{
    static const char markup[] =
        "<memo><p>ก <a href='#there'>a link that with all of its many little words is longer than "
        "a line of text can be, so that it "
        "goes on in the next one</a></p><pagebreak/><p>ข</p><h1 id='there'>Here <b>it</b> "
        "is</h1></memo>";

    for (int plain = 0; plain < 2; plain++) {
        struct reader reader = written(*state, markup, plain == 1);
        size_t link = reader_search(&reader, "/Subtype /Link", 0);
        size_t first = reader_search(&reader, "/Type /Page\n", 0);
        struct str dict = reader_dict(&reader, link);
        const struct pages *pages = kit_pages(*state, markup);
        const struct page *second = &pages->page[1];
        struct str name = tree_value(dict, "/Contents "),
                   corners = tree_value(dict, "/QuadPoints ");
        struct buf text = buf_in(((struct kit *)*state)->arena);
        size_t numbers = 0;

        assert_int_equal(reader_search(&reader, "/Subtype /Link", link), 0);
        assert_int_equal(number_after(dict, "/Dest ["),
                         reader_search(&reader, "/Type /Page\n", first));
        assert_int_equal(number_after(dict, "/XYZ null "),
                         (second->height - pages->targets[0]->top) / 1000);
        add_string(&text, name);
        assert_str(buf_str(&text), "ไปยังหน้า - ๒ -: Here it is");
        for (size_t i = 0; i < corners.len; i++)
            numbers += corners.ptr[i] == ' ';
        assert_int_equal(numbers, 15);
    }
}

static void
links_end_with_their_page(void **state)
{
    struct kit *kit = *state;
    struct buf markup = buf_in(kit->arena);
    size_t links = 0;

    buf_text(&markup, "<memo><section first-number='no'><p><a href='#a'>");
    for (int i = 0; i < 1000; i++)
        buf_text(&markup, "word ");
    buf_text(&markup, "</a></p><p id='a'>ก</p></section></memo>");
    struct reader reader = written(kit, str_cstr(kit->arena, buf_str(&markup)), false);
    for (size_t at = 0; (at = reader_search(&reader, "/Subtype /Link", at)) != 0;) {
        assert_true(reader_check_filled(&reader, at, "/QuadPoints ["));
        assert_true(reader_check_filled(&reader, at, "/Dest ["));
        links++;
    }
    assert_int_equal(links, 2);
}

static void
both_sides_turn_on_the_long_edge(void **state)
{
    struct reader reader = written(*state, "<memo><p>ก</p></memo>", false);

    assert_true(reader_check_filled(&reader, reader_search(&reader, "/Type /Catalog", 0),
                                    "/Duplex /DuplexFlipLongEdge"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, kit_setup, kit_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(headings_are_bookmarks),    TEST(without_headings_none),
        TEST(titles_are_clean),          TEST(places_are_right),
        TEST(labels_are_folios),         TEST(labels_are_what_is_printed),
        TEST(links_lie_on_their_text),   TEST(links_lead_to_places),
        TEST(links_end_with_their_page), TEST(both_sides_turn_on_the_long_edge),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
