/* Texts and pictures that come into a PDF later. */
#include "text_fonts.h"

#include <stdio.h>

#include <jpeglib.h>

#include "base/folder.h"
#include "base/hash.h"
#include "engine/fill.h"
#include "engine/manifest.h"
#include "engine/report.h"
#include "image/raster.h"
#include "pdf/object.h"

#define HAN "中"

/* A folder with the fonts of the system, and one that lends 中. */
struct room {
    struct fixture f;
    struct folder *folder;
    struct banthuek_context *context;
    struct banthuek *b;
    struct work *w;
    struct manifest manifest; /* names the regular face */
    struct pdf_objects *objects;
};

static const struct fill_box wide = {400000, 60000, 10647, 24000, false};

static struct str
hex_of(struct arena *arena, struct str bytes)
{
    const struct hash hash = hash_of(bytes);
    char hex[2 * HASH_SIZE + 1];

    hash_hex(&hash, hex);
    return str_of(arena_strndup(arena, hex, 2 * HASH_SIZE));
}

static void
write_fonts(struct room *r, const struct text_room *fonts)
{
    static const char *const names[] = {"r.ttf", "b.ttf", "i.ttf", "bi.ttf"};
    uint32_t map[][2] = {{'1', '1'}, {'x', 'x'}, {0x4E2D, 'H'}};
    const struct font *regular = fonts->fonts->face[FONT_REGULAR];
    struct str lender = text_font_with_map(r->f.arena, regular, map, 3);
    struct str second = text_font_with_map(r->f.arena, regular, map, 3);

    for (size_t i = 0; i < 4; i++)
        assert_true(folder_write(r->folder, str_of(names[i]), fonts->fonts->face[i]->bytes));
    text_rename_font((char *)(uintptr_t)lender.ptr, lender.len, 'x');
    assert_true(folder_write(r->folder, STR("lender.ttf"), lender));
    text_rename_font((char *)(uintptr_t)second.ptr, second.len, 'y');
    assert_true(folder_write(r->folder, STR("second.ttf"), second));
    r->manifest.inputs = arena_array(r->f.arena, 3, sizeof *r->manifest.inputs);
    r->manifest.inputs[2] = (struct manifest_input){
        .role = STR("font"), .name = STR("second.ttf"), .sha256 = hex_of(r->f.arena, second)};
    r->manifest.input_count = 2;
    r->manifest.inputs[0] = (struct manifest_input){.role = STR("report"), .name = STR("r.yaml")};
    r->manifest.inputs[1] = (struct manifest_input){
        .role = STR("font"), .name = STR("r.ttf"), .sha256 = hex_of(r->f.arena, regular->bytes)};
}

static int
room_open(void **state)
{
    const struct text_room *fonts = *state;
    struct banthuek_context_options options = {.struct_size = sizeof options, .data_dir = "."};

    fixture_open(state, sizeof(struct room));
    struct room *r = *state;
    r->folder = folder_begin(r->f.arena, r->f.diags, "/tmp/banthuek-unit");
    write_fonts(r, fonts);
    options.font_dir = folder_path(r->folder);
    r->context = banthuek_context_open(&options);
    r->b = banthuek_open(r->context, NULL);
    r->w = &r->b->work;
    r->objects = pdf_objects_open(r->f.arena);
    return 0;
}

static int
room_close(void **state)
{
    struct room *r = *state;

    pdf_objects_close(r->objects);
    banthuek_close(r->b);
    banthuek_context_close(r->context);
    folder_end(r->folder);
    return fixture_teardown(state);
}

/* The only message. */
static void
assert_told(struct room *r, enum diag_code code)
{
    assert_int_equal(diags_count(r->w->diags), 1);
    assert_int_equal(diags_at(r->w->diags, 0)->code, code);
}

static struct fill *
open_fill(struct room *r, bool other_font)
{
    const struct fill_options options = {.manifest = &r->manifest, .other_font = other_font};

    return fill_open(r->w, &options);
}

static unsigned
put_text(struct room *r, struct fill *fill, const struct fill_box *box, const char *text)
{
    return fill_text(fill, r->objects, (struct pos){"opinion.txt", 1, 1}, STR("preparer.opinion"),
                     box, str_of(text));
}

/* The entries of an object's dictionary. */
static const char *
dict_of(struct room *r, unsigned handle)
{
    unsigned *numbers = arena_array(r->f.arena, r->objects->count, sizeof *numbers);
    struct buf out = buf_in(r->f.arena);

    for (size_t i = 0; i < r->objects->count; i++)
        numbers[i] = (unsigned)i;
    assert_int_not_equal(handle, 0);
    pdf_write_object(&out, &r->objects->object[handle], numbers);
    return str_cstr(r->f.arena, buf_str(&out));
}

/* ---- boxes */

static bool
read_box(struct room *r, const char *da, long long align, struct fill_box *out)
{
    const mpt rect[4] = {85039, 77322, 294824, 119922};

    return fill_box_read(r->f.diags, POS_NONE, STR("a.b"), rect, str_of(da), align, out);
}

static void
boxes_are_read(void **state)
{
    struct room *r = *state;
    struct fill_box box;

    assert_true(read_box(r, "/F1 10.647 Tf 21.3 TL 0 g", 1, &box));
    assert_int_equal(box.width, 209785);
    assert_int_equal(box.height, 42600);
    assert_int_equal(box.size, 10647);
    assert_int_equal(box.pitch, 21300);
    assert_true(box.centred);
    assert_true(read_box(r, " 0 g 20 TL\n/F1 16.12345 Tf", 0, &box));
    assert_int_equal(box.size, 16123);
    assert_int_equal(box.pitch, 20000);
    assert_false(box.centred);
    assert_int_equal(diags_count(r->f.diags), 0);
}

static void
boxes_that_say_too_little(void **state)
{
    static const char *const faulty[] = {
        "",
        "/F1 0 Tf 20 TL",
        "/F1 12 Tf",
        "20 TL",
        "/F1 -12 Tf 20 TL",
        "Tf 20 TL",
        "/F1 1e9 Tf 9 TL",
        "/F1 12 Tf 1.2.3 TL",
        "/F1 99999999999 Tf 9 TL",
    };
    struct room *r = *state;
    struct fill_box box;

    for (size_t i = 0; i < sizeof faulty / sizeof faulty[0]; i++) {
        assert_false(read_box(r, faulty[i], 0, &box));
        assert_diag(r->f.diags, i, FILL_FIELD);
    }
}

/* ---- words */

static void
assert_words(struct room *r, const char *given, const char *text)
{
    struct str out;

    assert_true(fill_words(r->w, POS_NONE, str_of(given), &out));
    assert_str(out, text);
}

static void
words_are_as_data(void **state)
{
    struct room *r = *state;
    struct str out;

    assert_words(r, "", "");
    assert_words(r, " \r\n\t", "");
    assert_words(r, "เห็นชอบ  \r\n \tตามเสนอ\t\n\n", "เห็นชอบ\n  ตามเสนอ");
    assert_words(r, "a \rb\r\rc", "a\nb\n\nc");
    assert_words(r, "นํ้า\xe2\x80\x8bใส\xc2\xad", "น้ำใส");
    assert_false(fill_words(r->w, POS_NONE, STR("a\x01"), &out));
}

/* ---- texts */

static void
a_text_is_a_form(void **state)
{
    struct room *r = *state;
    struct fill *fill = open_fill(r, false);

    assert_non_null(fill);
    unsigned handle = put_text(r, fill, &wide, "เห็นชอบ\nให้ดำเนินการ ก่อน ๓๐ กันยายน 2569");
    const char *dict = dict_of(r, handle);
    assert_non_null(strstr(dict, "/Type /XObject\n/Subtype /Form\n/BBox [0 0 400 60]\n"));
    assert_non_null(strstr(dict, "/Resources <</Font <</F1 "));
    assert_non_null(r->objects->object[handle].stream.ptr);
    assert_int_equal(diags_count(r->w->diags), 0);
    /* an empty one is a stream of its own, without fonts */
    unsigned empty = put_text(r, fill, &wide, "");
    assert_int_not_equal(empty, handle);
    assert_non_null(strstr(dict_of(r, empty), "/Resources <<>>"));
    unsigned other = fill_empty(r->w, r->objects, 170079, 63900);
    assert_int_not_equal(other, empty);
    assert_non_null(strstr(dict_of(r, other), "/BBox [0 0 170.079 63.9]"));
    fill_close(fill);
}

static void
too_long_a_text(void **state)
{
    const struct fill_box box = {400000, 48000, 10647, 24000, false};
    struct room *r = *state;
    struct fill *fill = open_fill(r, false);
    size_t before = r->objects->count;

    assert_int_not_equal(put_text(r, fill, &box, "ก\nข"), 0);
    before = r->objects->count;
    assert_int_equal(put_text(r, fill, &box, "ก\n\nข"), 0);
    assert_told(r, DIAG_FILL_TOO_LONG);
    const struct diag *told = diags_at(r->w->diags, 0);
    assert_string_equal(told->arg[1], "3");
    assert_string_equal(told->arg[2], "2");
    assert_string_equal(told->pos.file, "opinion.txt");
    assert_int_equal(r->objects->count, before);
    fill_close(fill);
}

static void
a_letter_without_glyph(void **state)
{
    struct room *r = *state;
    struct fill *fill = open_fill(r, true);

    assert_int_equal(put_text(r, fill, &wide, "เห็นชอบ 𐌰"), 0);
    assert_told(r, DIAG_TEXT_NO_GLYPH);
    fill_close(fill);
}

/* ---- fonts */

static void
another_font(void **state)
{
    struct room *r = *state;

    r->manifest.inputs[1].sha256 = STR("0123456789abcdef");
    assert_null(open_fill(r, false));
    assert_told(r, DIAG_FILL_FONT);
    const struct diag *told = diags_at(r->w->diags, 0);
    assert_string_equal(told->arg[0], "r.ttf (SHA-256 0123456789ab…)");
    assert_non_null(strstr(told->arg[1], "r.ttf (SHA-256 "));
    struct fill *fill = open_fill(r, true);
    assert_non_null(fill);
    assert_int_equal(diags_at(r->w->diags, 1)->code, DIAG_FILL_OTHER_FONT);
    assert_int_not_equal(put_text(r, fill, &wide, "ก"), 0);
    fill_close(fill);
    r->manifest.input_count = 1;
    assert_null(open_fill(r, false));
}

static void
a_font_that_lends(void **state)
{
    struct room *r = *state;
    struct fill *fill = open_fill(r, false);

    assert_int_equal(put_text(r, fill, &wide, "อักษร " HAN), 0);
    assert_int_equal(diags_count(r->w->diags), 2);
    assert_int_equal(diags_at(r->w->diags, 0)->code, DIAG_TEXT_OTHER_FONT);
    assert_int_equal(diags_at(r->w->diags, 1)->code, DIAG_FILL_LENT);
    fill_close(fill);
    fill = open_fill(r, true);
    assert_int_not_equal(put_text(r, fill, &wide, "อักษร " HAN), 0);
    fill_close(fill);
    assert_int_equal(diags_level_count(r->w->diags, DIAG_ERROR), 1);
    /* of two that could, the one that the PDF is set in, though its name comes later */
    r->manifest.input_count = 3;
    fill = open_fill(r, false);
    assert_int_not_equal(put_text(r, fill, &wide, "อักษร " HAN), 0);
    fill_close(fill);
    assert_int_equal(diags_level_count(r->w->diags, DIAG_ERROR), 1);
}

/* ---- pictures */

static struct str
png_of(struct room *r, uint32_t width, uint32_t height, bool alpha)
{
    struct image image = {.width = width, .height = height, .space = IMAGE_GRAY};

    image.pixels = arena_array(r->f.arena, width, height);
    if (alpha)
        image.alpha = arena_array(r->f.arena, width, height);
    return image_write_png(r->f.arena, &image, STR(""));
}

static unsigned
put_picture(struct room *r, struct str bytes)
{
    return fill_picture(r->w, r->objects, (struct pos){"hand.png", 0, 0}, bytes, 170000, 60000);
}

/* The picture is the object before its form. */
static void
assert_picture(struct room *r, struct str bytes, const char *words)
{
    unsigned form = put_picture(r, bytes);

    assert_non_null(strstr(dict_of(r, form), "/BBox [0 0 170 60]"));
    assert_non_null(strstr(dict_of(r, form), "/XObject <</X1 "));
    assert_non_null(strstr(dict_of(r, form - 1), words));
    assert_int_equal(diags_count(r->w->diags), 0);
}

static void
pictures_become_forms(void **state)
{
    struct room *r = *state;

    assert_picture(r, png_of(r, 20, 10, false), "/Width 20\n/Height 10\n/ColorSpace /DeviceGray");
    assert_picture(r, png_of(r, 20, 10, true), "/SMask ");
    /* 60 pt are 500 pixels at 600 dpi, 170 pt are 1416 */
    assert_picture(r, png_of(r, 2000, 1000, false), "/Width 1000\n/Height 500\n");
    assert_picture(r, png_of(r, 4000, 1000, false), "/Width 1416\n/Height 354\n");
    assert_picture(r, png_of(r, 1, 5000, false), "/Width 1\n/Height 5000\n");
}

static struct str
jpeg_of(struct room *r, J_COLOR_SPACE space, int channels)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long size = 0;
    uint8_t row[8 * 4] = {0};
    JSAMPROW rows[1] = {row};

    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = jpeg.image_height = 8;
    jpeg.input_components = channels;
    jpeg.in_color_space = space;
    jpeg_set_defaults(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < 8)
        (void)jpeg_write_scanlines(&jpeg, rows, 1);
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    struct str file = str_dup(r->f.arena, (struct str){(const char *)bytes, size});
    free(bytes);
    return file;
}

static void
pictures_in_jpeg(void **state)
{
    struct room *r = *state;

    assert_picture(r, jpeg_of(r, JCS_GRAYSCALE, 1), "/ColorSpace /DeviceGray");
    assert_picture(r, jpeg_of(r, JCS_RGB, 3), "/Filter /DCTDecode");
    assert_int_equal(put_picture(r, jpeg_of(r, JCS_CMYK, 4)), 0);
    assert_told(r, DIAG_FILL_CMYK);
}

static void
what_is_no_picture(void **state)
{
    struct room *r = *state;
    struct str cut = png_of(r, 20, 10, false);

    assert_int_equal(put_picture(r, STR("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")), 0);
    assert_diag(r->w->diags, 0, FILL_PICTURE);
    assert_int_equal(put_picture(r, STR("GIF89a")), 0);
    assert_diag(r->w->diags, 1, IMAGE_UNKNOWN);
    cut.len -= 20;
    assert_int_equal(put_picture(r, cut), 0);
    assert_diag(r->w->diags, 2, IMAGE_DAMAGED);
}

#define TEST(name) cmocka_unit_test_prestate_setup_teardown(name, room_open, room_close, fonts)

int
main(void)
{
    void *fonts = NULL;

    if (text_room_open(&fonts) != 0)
        return 1;
    const struct CMUnitTest tests[] = {
        TEST(boxes_are_read),   TEST(boxes_that_say_too_little), TEST(words_are_as_data),
        TEST(a_text_is_a_form), TEST(too_long_a_text),           TEST(a_letter_without_glyph),
        TEST(another_font),     TEST(a_font_that_lends),         TEST(pictures_become_forms),
        TEST(pictures_in_jpeg), TEST(what_is_no_picture),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    text_room_close(&fonts);
    return failed;
}
