/* The outlines on the page are those that HarfBuzz places: contour by contour, in whole font
 * units, read back from the finished file; and the text is what was set. */
#include "pdf_pages.h"
#include "pdf_reader.h"

#define CONTOUR_MAX 1024

/* A contour: its points times 2 (points between two curves may lie on halves), with operators. */
struct contour {
    int point[CONTOUR_MAX];
    size_t count;
};

struct outline {
    struct arena *arena;
    struct contour **contours;
    size_t count, cap;
    struct contour *open;
    double x, y; /* added to all points */
};

static void
add_number(struct outline *outline, double value)
{
    double twice = 2 * value;

    assert_true(outline->open->count < CONTOUR_MAX);
    assert_true(twice == (double)(int)twice);
    outline->open->point[outline->open->count++] = (int)twice;
}

static void
draw_move(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user)
{
    struct outline *outline = data;

    (void)funcs;
    (void)state;
    (void)user;
    outline->open = arena_alloc(outline->arena, sizeof(*outline->open));
    add_number(outline, x + outline->x);
    add_number(outline, y + outline->y);
}

static void
draw_line(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user)
{
    struct outline *outline = data;

    (void)funcs;
    (void)state;
    (void)user;
    add_number(outline, 100001);
    add_number(outline, x + outline->x);
    add_number(outline, y + outline->y);
}

static void
draw_curve(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float cx, float cy, float x,
           float y, void *user)
{
    struct outline *outline = data;

    (void)funcs;
    (void)state;
    (void)user;
    add_number(outline, 100002);
    add_number(outline, cx + outline->x);
    add_number(outline, cy + outline->y);
    add_number(outline, x + outline->x);
    add_number(outline, y + outline->y);
}

static void
draw_close(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, void *user)
{
    struct outline *outline = data;

    (void)funcs;
    (void)state;
    (void)user;
    if (outline->count == outline->cap) {
        size_t cap = outline->cap == 0 ? 64 : 2 * outline->cap;
        struct contour **grown = arena_array(outline->arena, cap, sizeof(struct contour *));

        if (outline->count > 0)
            memcpy(grown, outline->contours, outline->count * sizeof(struct contour *));
        outline->contours = grown;
        outline->cap = cap;
    }
    outline->contours[outline->count++] = outline->open;
}

static hb_draw_funcs_t *
draw_funcs(void)
{
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();

    hb_draw_funcs_set_move_to_func(funcs, draw_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func(funcs, draw_line, NULL, NULL);
    hb_draw_funcs_set_quadratic_to_func(funcs, draw_curve, NULL, NULL);
    hb_draw_funcs_set_close_path_func(funcs, draw_close, NULL, NULL);
    return funcs;
}

static void
draw(struct outline *outline, hb_draw_funcs_t *funcs, hb_font_t *font, uint32_t glyph, double x,
     double y)
{
    outline->x = x;
    outline->y = y;
    hb_font_get_glyph_shape(font, glyph, funcs, outline);
}

static int
compare(const void *left, const void *right)
{
    const struct contour *a = *(struct contour *const *)left, *b = *(struct contour *const *)right;

    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    return memcmp(a->point, b->point, a->count * sizeof(a->point[0]));
}

/* Pieces may hold a cluster's glyphs in another order, so contours are compared sorted. */
static void
assert_same(struct outline *wanted, struct outline *got, struct str text)
{
    if (wanted->count != got->count)
        fail_msg("%zu contours instead of %zu in \"%.*s\"", got->count, wanted->count,
                 STR_FMT(text));
    if (wanted->count > 0) {
        qsort(wanted->contours, wanted->count, sizeof(struct contour *), compare);
        qsort(got->contours, got->count, sizeof(struct contour *), compare);
    }
    for (size_t i = 0; i < wanted->count; i++)
        if (compare(&wanted->contours[i], &got->contours[i]) != 0)
            fail_msg("another contour in \"%.*s\"", STR_FMT(text));
}

/* The embedded font, opened by HarfBuzz again. */
static hb_font_t *
embedded(const struct reader *reader)
{
    size_t descendant = reader_key(reader, reader_font(reader, 1), "/DescendantFonts ");
    size_t descriptor = reader_key(reader, descendant, "/FontDescriptor ");
    struct str bytes = reader_stream(reader, reader_key(reader, descriptor, "/FontFile2 "));
    hb_blob_t *blob =
        hb_blob_create(bytes.ptr, (unsigned)bytes.len, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(face);
    int upem = (int)hb_face_get_upem(face);

    hb_font_set_scale(font, upem, upem);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return font;
}

/* /W says what hmtx says. */
static void
assert_widths(const struct reader *reader, hb_font_t *font)
{
    size_t descendant = reader_key(reader, reader_font(reader, 1), "/DescendantFonts ");
    struct str dict = reader_dict(reader, descendant);
    size_t at = reader_find(dict, "/W [1 [");
    int upem = (int)hb_face_get_upem(hb_font_get_face(font));

    assert_true(at != SIZE_MAX);
    const char *text = str_cstr(reader->arena, str_sub(dict, at + 7, dict.len));
    for (unsigned cid = 1; *text != ']'; cid++) {
        char *end = NULL;
        double width = strtod(text, &end), wanted = 0;

        assert_true(end != text);
        wanted = hb_font_get_glyph_h_advance(font, cid) * 1000.0 / upem;
        assert_true(width - wanted < 0.00051 && wanted - width < 0.00051);
        text = end;
    }
}

static void
draw_wanted(struct outline *outline, hb_draw_funcs_t *funcs, const struct item *item)
{
    int64_t pen = 0;

    for (size_t i = 0; i < item->as.text.count; i++) {
        const struct cluster *cluster = &item->as.text.clusters[i];

        for (size_t k = 0; k < cluster->glyph_count; k++) {
            const struct glyph *glyph = &cluster->glyphs[k];

            draw(outline, funcs, cluster->run->font->hb, glyph->id, (double)(pen + glyph->dx),
                 glyph->dy);
            pen += glyph->advance;
        }
    }
}

/* Draws one shown line and returns the index of the next line's first. */
static size_t
draw_got(struct outline *outline, hb_draw_funcs_t *funcs, hb_font_t *font,
         const struct shows *shows, size_t at)
{
    unsigned line = shows->shown[at].line;
    int upem = (int)hb_face_get_upem(hb_font_get_face(font));
    double pen = 0;

    for (; at < shows->count && shows->shown[at].line == line; at++) {
        const struct shown *shown = &shows->shown[at];

        if (shown->is_move) {
            double units = -shown->move * upem / 1000;
            int whole = (int)(units < 0 ? units - 0.5 : units + 0.5);

            assert_true(units - whole < 0.01 && whole - units < 0.01);
            pen += whole;
            continue;
        }
        draw(outline, funcs, font, shown->cid, pen, 0);
        pen += hb_font_get_glyph_h_advance(font, shown->cid);
    }
    return at;
}

/* Writes the document and compares every line with what HarfBuzz placed. */
static void
assert_outlines(struct help *help)
{
    struct reader reader = reader_open(help->arena, help_write(help));
    struct shows shows = reader_all(&reader);
    hb_draw_funcs_t *funcs = draw_funcs();
    hb_font_t *font = embedded(&reader);
    size_t at = 0, lines = 0, count = 0;
    const struct str *texts = reader_lines(&reader, &count);

    assert_widths(&reader, font);
    for (size_t p = 0; p < help->pages.count; p++) {
        const struct page *page = &help->pages.page[p];

        for (size_t i = 0; i < page->count; i++) {
            struct outline wanted = {.arena = help->arena}, got = {.arena = help->arena};
            const struct item *item = &page->items[i];

            assert_true(at < shows.count);
            assert_true(shows.shown[at].x * 1000 - item->x < 0.1);
            draw_wanted(&wanted, funcs, item);
            at = draw_got(&got, funcs, font, &shows, at);
            assert_same(&wanted, &got, item->as.text.whole->text);
            assert_string_equal(str_cstr(help->arena, texts[lines++]),
                                str_cstr(help->arena, item->as.text.whole->text));
        }
    }
    assert_int_equal(at, shows.count);
    assert_int_equal(lines, count);
    hb_font_destroy(font);
    hb_draw_funcs_destroy(funcs);
}

static const char *const own_strings[] = {
    "ทำ น้ำ จำนวน ค่ำ ป้ำๆ เป๋อๆ ก้ำกึ่ง",
    "ญู หญู วิญญู ฐุ ฐูฐุ กตัญญู ปฏิญาณ ฎุ ฏู ฤๅ ฦๅ",
    "ปู่ ปิ๋ว ฝั่ง ฟ้า ฬ่า ผู้ ปี่ ป๊อป ฟื้น ปู ปุ๋ย ปั๊ม",
    "เรื่อง ที่ เพื่อ เมื่อ ซึ่ง สิ่ง เกี่ยว เดี๋ยว ก๋วยเตี๋ยว",
    "สิทธิ์ การันต์ จันทร์ พันธุ์ ฺ สฺวาคโต พุทฺธ",
    "คะแนน ๘๖.๑๐ (ร้อยละ) “ผ่าน” ฿ ๏ ๛ ฯลฯ เก่งๆ",
    "ITA Online 2566: Assessment of office AV To fi ffi (O26)",
    "ไม่มีที่สิ้นสุด เพราะฉะนั้น กระทำ อำนาจ สำนักปลัด ต่ำ",
};

static void
check_font(const char *family, bool bold, bool needed)
{
    struct help *help = help_open();
    struct font *font = help_font(help, family, bold);

    if (font == NULL) {
        help_close(help);
        if (needed)
            fail_msg("the font %s is not installed", family);
        skip();
    }
    for (size_t i = 0; i < sizeof(own_strings) / sizeof(own_strings[0]); i++)
        help_line(help, font, own_strings[i], 0);
    for (uint32_t letter = 0xe01; letter <= 0xe2e; letter++)
        help_line(help, font, help_syllables(help->arena, letter), 0);
    assert_outlines(help);
    help_close_font(font);
    help_close(help);
}

static void
laksaman(void **state)
{
    (void)state;
    check_font("Laksaman", false, true);
}

static void
laksaman_bold(void **state)
{
    (void)state;
    check_font("Laksaman", true, true);
}

static void
norasi(void **state)
{
    (void)state;
    check_font("Norasi", false, false);
}

/* 2,048 units per em: widths in 1/1000 em are no whole numbers. */
static void
other_units(void **state)
{
    struct help *help = help_open();
    struct font *font = help_changed_font(help, "head", 18, "\x08\x00", 2);

    (void)state;
    assert_int_equal(font->upem, 2048);
    for (size_t i = 0; i < sizeof(own_strings) / sizeof(own_strings[0]); i++)
        help_line(help, font, own_strings[i], 0);
    assert_outlines(help);
    help_close_font(font);
    help_close(help);
}

/* The shared strings, where they are. */
static void
shared_strings(void **state)
{
    const char *shared = getenv("BANTHUEK_SHARED");
    char path[4096], line[1024];
    size_t count = 0;

    (void)state;
    if (shared == NULL)
        skip();
    snprintf(path, sizeof(path), "%s/thai/strings.txt", shared);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        skip();
    struct help *help = help_open();
    struct font *font = help_font(help, "Laksaman", false);
    assert_non_null(font);
    while (fgets(line, sizeof(line), file) != NULL) {
        struct str text = str_trim(str_of(line));

        if (text.len == 0)
            continue;
        help_line(help, font, str_cstr(help->arena, text), 0);
        count++;
    }
    assert_int_equal(fclose(file), 0);
    assert_true(count > 100);
    assert_outlines(help);
    help_close_font(font);
    help_close(help);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(laksaman),    cmocka_unit_test(laksaman_bold),  cmocka_unit_test(norasi),
        cmocka_unit_test(other_units), cmocka_unit_test(shared_strings),
    };

    return cmocka_run_group_tests(tests, NULL, help_end);
}
