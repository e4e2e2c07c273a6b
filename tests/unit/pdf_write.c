/* Whole files: structure, pictures, rules, stretched lines, the same bytes again, limits. */
#include "pdf_pages.h"
#include "pdf_reader.h"

#include "image/image.h"
#include "pdf/object.h"

static struct font *
laksaman(struct help *help, bool bold)
{
    struct font *font = help_font(help, "Laksaman", bold);

    assert_non_null(font);
    return font;
}

/* The inflated content of page number `index` (from 0). */
static const char *
content_of(const struct reader *reader, size_t index)
{
    size_t page = 0;

    for (size_t i = 0; i <= index; i++) {
        page = reader_search(reader, "/Type /Page\n", page);
        assert_true(page != 0);
    }
    return str_cstr(reader->arena, reader_stream(reader, reader_key(reader, page, "/Contents ")));
}

static void
assert_contains(const char *text, const char *needle)
{
    if (strstr(text, needle) == NULL)
        fail_msg("\"%s\" is not in:\n%s", needle, text);
}

static size_t
occurrences(const char *text, const char *needle)
{
    size_t count = 0;

    for (text = strstr(text, needle); text != NULL; text = strstr(text + 1, needle))
        count++;
    return count;
}

static void
catalog_and_info(void **state)
{
    struct help *help = help_open();
    struct font *font = laksaman(help, false);

    (void)state;
    help_line(help, font, "บันทึกข้อความ", 0);
    struct str file = help_write(help);
    struct reader reader = reader_open(help->arena, file);
    size_t catalog = reader_search(&reader, "/Type /Catalog", 0);
    assert_true(reader_check_filled(&reader, catalog, "/Lang (th-TH)"));
    assert_true(reader_check_filled(&reader, catalog, "/DisplayDocTitle true"));
    size_t info = reader_search(&reader, "/Producer (banthuek ", 0);
    assert_true(reader_check_filled(&reader, info,
                                    "/Title <FEFF0E230E320E220E070E320E1900200028"
                                    "0E170E140E2A0E2D0E1A0029>"));
    assert_true(reader_check_filled(&reader, info, "/Author (A. Clerk)"));
    assert_false(reader_check_filled(&reader, info, "Date"));
    assert_int_equal(reader_search(&reader, "Haru", 0), 0);
    size_t pages = reader_key(&reader, catalog, "/Pages ");
    assert_true(reader_check_filled(&reader, pages, "/Count 1"));
    size_t page = reader_search(&reader, "/Type /Page\n", 0);
    assert_int_equal(reader_key(&reader, page, "/Parent "), pages);
    assert_true(reader_check_filled(&reader, page, "/MediaBox [0 0 595.276 841.89]"));
    assert_true(reader_find(reader.trailer, "/ID [<") != SIZE_MAX);
    assert_qpdf(file);
    help_close_font(font);
    help_close(help);
}

static void
what_is_built_can_be_saved(void **state)
{
    struct help *help = help_open();
    const struct pdf_meta meta = {.title = STR("")};
    struct str whole = STR(""), parts = STR("");

    (void)state;
    help_page(help);
    assert_true(pdf_file(help->arena, help->diags, &help->pages, &meta, &whole));
    struct pdf_objects *objects = pdf_build(help->arena, help->diags, &help->pages, &meta);
    assert_true(pdf_save(help->diags, objects, &parts));
    assert_true(str_eq(parts, whole));
    pdf_set(objects->object[objects->info].value, "Before", pdf_old_ref(help->arena, 3));
    assert_true(pdf_save(help->diags, objects, &parts));
    struct reader reader = reader_open(help->arena, parts);
    assert_int_not_equal(reader_search(&reader, "/Before 3 0 R", 0), 0);
    pdf_objects_close(objects);
    assert_qpdf(parts);
    help_close(help);
}

static void
no_title_no_title_shown(void **state)
{
    struct help *help = help_open();
    const struct pdf_meta meta = {.title = STR("")};
    struct str file = STR("");

    (void)state;
    help_page(help);
    assert_true(pdf_file(help->arena, help->diags, &help->pages, &meta, &file));
    struct reader reader = reader_open(help->arena, file);
    assert_int_equal(reader_search(&reader, "DisplayDocTitle", 0), 0);
    assert_int_equal(reader_search(&reader, "/Title", 0), 0);
    assert_int_equal(reader_search(&reader, "/Author", 0), 0);
    assert_qpdf(file);
    help_close(help);
}

/* A document with all kinds of items. */
static struct help *
full_document(struct font **regular, struct font **bold)
{
    static const uint8_t pixels[] = {0, 10, 20, 30, 40, 50}, alpha[] = {255, 0};
    static struct path_step steps[] = {{PATH_MOVE, {0}, {0}},
                                       {PATH_LINE, {1000}, {0}},
                                       {PATH_CURVE, {1000, 500, 0}, {500, 1000, 1000}},
                                       {PATH_CLOSE, {0}, {0}}};
    static struct path path = {steps, 4, true, 200, 0, 0};
    static const struct drawing drawing = {.paths = &path, .count = 1, .box = {0, 0, 1000, 2000}};
    static const struct image image = {
        .width = 2, .height = 1, .space = IMAGE_RGB, .pixels = pixels, .alpha = alpha};
    struct help *help = help_open();

    *regular = laksaman(help, false);
    *bold = laksaman(help, true);
    for (int i = 0; i < 2; i++) {
        help_page(help);
        struct item *item = help_item(help, ITEM_PATHS);
        item->width = 21250;
        item->height = 42500;
        item->as.drawing = &drawing;
        item = help_item(help, ITEM_IMAGE);
        item->width = item->height = 10000;
        item->as.image = &image;
        help_newline(help);
        mpt x = help_part(help, *bold, 20000, 72000, "ที่", 0);
        help_part(help, *regular, 16000, x, " นม ๘๓๗๐๑/", 0);
        item = help_item(help, ITEM_RULE);
        item->width = 100000;
        item->as.rule.thickness = 500;
        help_line(help, *regular, "น้ำใจ", 1400);
    }
    return help;
}

static void
same_bytes_again(void **state)
{
    struct str files[2];
    struct help *help[2];

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct font *regular = NULL, *bold = NULL;

        help[i] = full_document(&regular, &bold);
        files[i] = help_write(help[i]);
        help_close_font(regular);
        help_close_font(bold);
    }
    assert_int_equal(files[0].len, files[1].len);
    assert_memory_equal(files[0].ptr, files[1].ptr, files[0].len);
    assert_qpdf(files[0]);
    help_close(help[0]);
    help_close(help[1]);
}

/* The identifier is made of the content. */
static void
other_content_other_id(void **state)
{
    struct str ids[2];
    struct help *help[2];

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct font *font = NULL;

        help[i] = help_open();
        font = laksaman(help[i], false);
        help_line(help[i], font, i == 0 ? "กข" : "กค", 0);
        struct str file = help_write(help[i]);
        size_t at = reader_find(file, "/ID [<");
        assert_true(at != SIZE_MAX);
        ids[i] = str_sub(file, at + 6, 32);
        help_close_font(font);
    }
    assert_false(str_eq(ids[0], ids[1]));
    help_close(help[0]);
    help_close(help[1]);
}

/* A picture that stands on two pages is one object; alpha becomes a soft mask. */
static void
pictures_are_shared(void **state)
{
    struct font *regular = NULL, *bold = NULL;
    struct help *help = full_document(&regular, &bold);
    struct reader reader = reader_open(help->arena, help_write(help));
    size_t form = reader_search(&reader, "/Subtype /Form", 0);

    (void)state;
    assert_true(form != 0);
    assert_int_equal(reader_search(&reader, "/Subtype /Form", form), 0);
    assert_true(reader_check_filled(&reader, form, "/BBox [0 0 10000 20000]"));
    assert_str(reader_stream(&reader, form), "0.784 0 0 rg\n0 20000 m\n10000 20000 l\n"
                                             "10000 15000 5000 10000 0 10000 c\nh\nf*\n");
    size_t mask = reader_search(&reader, "/Subtype /Image", 0);
    size_t image = reader_search(&reader, "/Subtype /Image", mask);
    assert_true(mask != 0 && image != 0);
    assert_int_equal(reader_search(&reader, "/Subtype /Image", image), 0);
    assert_int_equal(reader_key(&reader, image, "/SMask "), mask);
    assert_true(reader_check_filled(&reader, mask, "/DeviceGray"));
    assert_true(reader_check_filled(&reader, image, "/DeviceRGB"));
    assert_contains(content_of(&reader, 1), "q 0.002125 0 0 0.002125 72 739.39 cm /X1 Do Q\n");
    assert_contains(content_of(&reader, 1), "q 10 0 0 10 72 771.89 cm /X2 Do Q\n");
    help_close_font(regular);
    help_close_font(bold);
    help_close(help);
}

/* Undoes a PNG filter as a reader does, for one byte. */
static int
predicted(int filter, int left, int up, int corner)
{
    int guess = left + up - corner;
    int a = abs(guess - left), b = abs(guess - up), c = abs(guess - corner);

    switch (filter) {
    case 1:
        return left;
    case 2:
        return up;
    case 3:
        return (left + up) / 2;
    case 4:
        return a <= b && a <= c ? left : b <= c ? up : corner;
    default:
        return 0;
    }
}

/* Pixels come back as they were, whatever filter a row has; all five are met. */
static void
pixels_come_back(void **state)
{
    enum { WIDTH = 24, HEIGHT = 60, STEP = 3, ROW = WIDTH * STEP };
    static uint8_t pixels[HEIGHT][ROW], back[HEIGHT][ROW];
    static const struct image image = {
        .width = WIDTH, .height = HEIGHT, .space = IMAGE_RGB, .pixels = &pixels[0][0]};
    struct help *help = help_open();
    unsigned seed = 1, met = 0;

    (void)state;
    for (int y = 0; y < HEIGHT; y++)
        for (int i = 0; i < ROW; i++) {
            seed = seed * 1103515245U + 12345U;
            unsigned noise = seed >> 16;
            uint8_t smooth = (uint8_t)(y * 3 + i * (y % 7));

            pixels[y][i] = y % 5 == 0 ? (uint8_t)noise : (uint8_t)(smooth + noise % 3);
            if (y % 5 == 4)
                pixels[y][i] = (uint8_t)(pixels[y - 1][i] + noise % 2);
        }
    struct item *item = help_item(help, ITEM_IMAGE);
    item->width = item->height = 10000;
    item->as.image = &image;
    struct reader reader = reader_open(help->arena, help_write(help));
    struct str rows = reader_stream(&reader, reader_search(&reader, "/Subtype /Image", 0));
    assert_int_equal(rows.len, HEIGHT * (ROW + 1));
    for (int y = 0; y < HEIGHT; y++) {
        const char *row = rows.ptr + (size_t)y * (ROW + 1);

        met |= 1U << row[0];
        for (int i = 0; i < ROW; i++) {
            int left = i >= STEP ? back[y][i - STEP] : 0, up = y > 0 ? back[y - 1][i] : 0;
            int corner = i >= STEP && y > 0 ? back[y - 1][i - STEP] : 0;

            back[y][i] = (uint8_t)(row[1 + i] + predicted(row[0], left, up, corner));
        }
    }
    assert_memory_equal(pixels, back, sizeof(pixels));
    assert_int_equal(met, 0x1f);
    help_close(help);
}

static void
jpeg_passes_through(void **state)
{
    static const struct image image = {
        .width = 640,
        .height = 480,
        .space = IMAGE_GRAY,
        .jpeg = {"\xff\xd8 any \xff\xd9", 9},
    };
    struct help *help = help_open();

    (void)state;
    struct item *item = help_item(help, ITEM_IMAGE);
    item->width = item->height = 10000;
    item->as.image = &image;
    struct reader reader = reader_open(help->arena, help_write(help));
    size_t object = reader_search(&reader, "/Subtype /Image", 0);
    assert_true(reader_check_filled(&reader, object, "/Filter /DCTDecode"));
    assert_true(reader_check_filled(&reader, object, "/DeviceGray"));
    assert_true(reader_check_filled(&reader, object, "/Width 640"));
    assert_false(reader_check_filled(&reader, object, "SMask"));
    assert_true(str_eq(reader_stream(&reader, object), image.jpeg));
    help_close(help);
}

static void
rules_and_boxes(void **state)
{
    struct help *help = help_open();
    struct item *item = help_item(help, ITEM_RULE);

    (void)state;
    item->width = 100000;
    item->as.rule.thickness = 500;
    item = help_item(help, ITEM_RULE);
    item->width = 50000;
    item->as.rule.thickness = 800;
    item->as.rule.dotted = true;
    item->as.rule.dot_pitch = 3000;
    item->colour = (struct colour){255, 0, 0};
    item = help_item(help, ITEM_BOX);
    item->width = 20000;
    item->height = 10000;
    item = help_item(help, ITEM_BOX); /* nothing to see, nothing written */
    item->height = 10000;
    struct reader reader = reader_open(help->arena, help_write(help));
    assert_string_equal(content_of(&reader, 0), "0 G\n0.5 w\n2 J [] 0 d\n"
                                                "72 781.89 m 172 781.89 l S\n"
                                                "1 0 0 RG\n0.8 w\n1 J [0 3] 0 d\n"
                                                "72 781.89 m 122 781.89 l S\n"
                                                "0 g\n72 771.89 20 10 re f\n");
    help_close(help);
}

/* A line is one text object and, without kerning, one plain string. */
static void
line_is_one_string(void **state)
{
    struct help *help = help_open();
    struct font *font = laksaman(help, false);

    (void)state;
    help_line(help, font, "น้ำใจ", 0);
    struct reader reader = reader_open(help->arena, help_write(help));
    assert_string_equal(content_of(&reader, 0),
                        "BT\n0 g\n/F1 16 Tf\n72 759.89 Td\n<00010002000300040005> Tj\nET\n");
    help_close_font(font);
    help_close(help);
}

/* Parts of one font, size and colour that follow each other are one string too; another font
 * changes it within the same text object; a far part is reached by Td. */
static void
parts_of_a_line(void **state)
{
    struct help *help = help_open();
    struct font *regular = laksaman(help, false), *bold = laksaman(help, true);

    (void)state;
    help_newline(help);
    mpt x = help_part(help, regular, 16000, 72000, "กก", 0);
    x = help_part(help, regular, 16000, x, "ขข", 0);
    help_part(help, bold, 16000, x, "ก", 0);
    help_part(help, bold, 16000, 300000, "ก", 0);
    struct reader reader = reader_open(help->arena, help_write(help));
    const char *content = content_of(&reader, 0);
    assert_contains(content, "<0001000100020002> Tj\n/F2 16 Tf\n<0001> Tj\n228 0 Td\n<0001> Tj\n");
    assert_int_equal(occurrences(content, "BT\n"), 1);
    help_close_font(regular);
    help_close_font(bold);
    help_close(help);
}

/* A space between two parts in another font is set in the font before it: PDFium drops strings
 * of spaces. The text stays the same. */
static void
lone_space_borrows_its_font(void **state)
{
    struct help *help = help_open();
    struct font *regular = laksaman(help, false), *bold = laksaman(help, true);
    size_t count = 0;

    (void)state;
    help_newline(help);
    mpt x = help_part(help, bold, 20000, 72000, "ที่", 0);
    x = help_part(help, regular, 16000, x, " ", 0);
    help_part(help, bold, 20000, x, "กู้", 0);
    struct reader reader = reader_open(help->arena, help_write(help));
    const struct str *lines = reader_lines(&reader, &count);
    assert_int_equal(count, 1);
    assert_str(lines[0], "ที่ กู้");
    assert_int_equal(
        reader_search(&reader, "/Subtype /Type0", reader_search(&reader, "/Subtype /Type0", 0)), 0);
    help_close_font(regular);
    help_close_font(bold);
    help_close(help);
}

/* Underlines between the parts of a line do not cut it. */
static void
underline_does_not_cut(void **state)
{
    struct help *help = help_open();
    struct font *font = laksaman(help, false);

    (void)state;
    help_newline(help);
    mpt x = help_part(help, font, 16000, 72000, "กก", 0);
    struct item *item = help_item(help, ITEM_RULE);
    item->width = 10000;
    item->as.rule.thickness = 500;
    help_part(help, font, 16000, x, "ขข", 0);
    help_line(help, font, "คค", 0);
    struct reader reader = reader_open(help->arena, help_write(help));
    const char *content = content_of(&reader, 0);
    assert_contains(content, "<0001000100020002> Tj\n");
    assert_int_equal(occurrences(content, "BT\n"), 2);
    assert_true(strstr(content, " S\n") < strstr(content, "BT\n"));
    help_close_font(font);
    help_close(help);
}

/* Gaps up to 0.028 em are numbers only; above, the text of the line stands beside it. */
static void
stretched_lines_say_their_text(void **state)
{
    struct help *help = help_open();
    struct font *font = laksaman(help, false);
    size_t count = 0;

    (void)state;
    help_line(help, font, "น้ำ", 16 * 28);
    help_line(help, font, "น้ำ ก", 16 * 90);
    struct reader reader = reader_open(help->arena, help_write(help));
    const char *content = content_of(&reader, 0);
    assert_int_equal(occurrences(content, "/ActualText"), 1);
    assert_contains(content, "/Span<</ActualText<FEFF0E190E490E3300200E01>>>BDC\n");
    assert_contains(content, "-90<");
    assert_int_equal(occurrences(content, "EMC\n"), 1);
    assert_true(strstr(content, "EMC\n") < strstr(content, "EMC\nET\n") + 1);
    const struct str *lines = reader_lines(&reader, &count);
    assert_int_equal(count, 2);
    assert_str(lines[1], "น้ำ ก");
    help_close_font(font);
    help_close(help);
}

/* In a squeezed line a letter gives way before its marks: what follows does not begin before they
 * end, whatever else stands in the cluster. */
static void
squeezed_before_marks(void **state)
{
    struct help *help = help_open();
    struct font *font = laksaman(help, false);
    size_t count = 0;

    (void)state;
    help_line(help, font, "กิก้ำกก", -16 * 10);
    struct reader reader = reader_open(help->arena, help_write(help));
    const char *content = content_of(&reader, 0);
    /* ก, its mark, ก ้ ำ with the gap behind, ก, ก */
    assert_contains(content, "[<0001>10<0002000100030004>10<0001>10<0001>]TJ\n");
    const struct str *lines = reader_lines(&reader, &count);
    assert_int_equal(count, 1);
    assert_str(lines[0], "กิก้ำกก");
    help_close_font(font);
    help_close(help);
}

/* Invisible characters are neither painted nor in the text of a stretched line. */
static void
invisible_characters_are_left_out(void **state)
{
    struct help *help = help_open();
    struct font *font = laksaman(help, false);
    size_t count = 0;

    (void)state;
    help_line(help, font, "ก\xe2\x80\x8bข\xc2\xadค", 16 * 60);
    struct reader reader = reader_open(help->arena, help_write(help));
    const struct str *lines = reader_lines(&reader, &count);
    assert_int_equal(count, 1);
    assert_str(lines[0], "กขค");
    assert_contains(content_of(&reader, 0), "/ActualText<FEFF0E010E020E04>");
    help_close_font(font);
    help_close(help);
}

static void
stamp_is_turned(void **state)
{
    struct help *help = help_open();
    struct font *font = laksaman(help, false);

    (void)state;
    help_line(help, font, "ร่าง", 0);
    help->pages.page[0].items[0].as.text.turn = 45;
    struct reader reader = reader_open(help->arena, help_write(help));
    assert_contains(content_of(&reader, 0),
                    "BT\n0.707107 0.707107 -0.707107 0.707107 72 759.89 Tm\n");
    help_close_font(font);
    help_close(help);
}

/* A thousand pages hang in a tree of few levels, each with its own content. */
static void
thousand_pages(void **state)
{
    struct help *help = help_open();
    struct font *font = laksaman(help, false);
    size_t pages = 0, count = 0;

    (void)state;
    for (int i = 0; i < 1000; i++) {
        help_page(help);
        help_line(help, font, arena_printf(help->arena, "หน้า %d", i + 1), 0);
    }
    struct str file = help_write(help);
    struct reader reader = reader_open(help->arena, file);
    assert_true(
        reader_check_filled(&reader, reader_search(&reader, "/Count 1000", 0), "/Type /Pages"));
    for (size_t page = 0; (page = reader_search(&reader, "/Type /Page\n", page)) != 0;)
        pages++;
    assert_int_equal(pages, 1000);
    const struct str *lines = reader_lines(&reader, &count);
    assert_int_equal(count, 1000);
    assert_str(lines[0], "หน้า 1");
    assert_str(lines[999], "หน้า 1000");
    assert_qpdf(file);
    help_close_font(font);
    help_close(help);
}

static void
limits_are_told(void **state)
{
    struct help *help = help_open();
    const struct pdf_meta meta = {.title = STR("")};
    struct str out = STR("");

    (void)state;
    assert_false(pdf_file(help->arena, help->diags, &help->pages, &meta, &out));
    assert_diag(help->diags, 0, PDF_EMPTY);
    help->pages.page = arena_array(help->arena, PDF_PAGES_MAX + 1, sizeof(struct page));
    help->pages.count = PDF_PAGES_MAX + 1;
    assert_false(pdf_file(help->arena, help->diags, &help->pages, &meta, &out));
    assert_diag(help->diags, 1, PDF_TOO_LARGE);
    help_close(help);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(catalog_and_info),
        cmocka_unit_test(what_is_built_can_be_saved),
        cmocka_unit_test(no_title_no_title_shown),
        cmocka_unit_test(same_bytes_again),
        cmocka_unit_test(other_content_other_id),
        cmocka_unit_test(pictures_are_shared),
        cmocka_unit_test(pixels_come_back),
        cmocka_unit_test(jpeg_passes_through),
        cmocka_unit_test(rules_and_boxes),
        cmocka_unit_test(line_is_one_string),
        cmocka_unit_test(parts_of_a_line),
        cmocka_unit_test(lone_space_borrows_its_font),
        cmocka_unit_test(underline_does_not_cut),
        cmocka_unit_test(stretched_lines_say_their_text),
        cmocka_unit_test(squeezed_before_marks),
        cmocka_unit_test(invisible_characters_are_left_out),
        cmocka_unit_test(stamp_is_turned),
        cmocka_unit_test(thousand_pages),
        cmocka_unit_test(limits_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, help_end);
}
