/* Pictures as they are printed: upright, smaller, without metadata; and what is that already. The
 * pictures are made here, with libjpeg and libpng. */
#include "test.h"

#include <png.h>
#include <stdio.h>

#include <jpeglib.h>

#include "image/image.h"
#include "image/raster.h"

#define WIDE 96
#define HIGH 64

/* Four quarters of four colours, none of which JPEG blurs. */
static void
colour_at(size_t x, size_t y, uint8_t rgb[3])
{
    static const uint8_t colours[4][3] = {{250, 0, 0}, {0, 250, 0}, {0, 0, 250}, {200, 200, 0}};

    memcpy(rgb, colours[(y >= HIGH / 2 ? 2 : 0) + (x >= WIDE / 2 ? 1 : 0)], 3);
}

/* TIFF that gives an orientation. */
static struct str
make_tiff(struct fixture *f, unsigned orientation, bool big)
{
    static const char little_head[] = "II\x2A\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0";
    static const char big_head[] = "MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01";
    struct buf out = buf_in(f->arena);

    buf_add(&out, (struct str){big ? big_head : little_head, 18});
    buf_byte(&out, big ? 0 : (char)orientation);
    buf_byte(&out, big ? (char)orientation : 0);
    buf_add(&out, (struct str){"\0\0\0\0\0\0Phone", 11});
    return buf_str(&out);
}

static struct str
make_jpeg(struct fixture *f, struct str tiff, bool progressive, const char *comment)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long size = 0;
    uint8_t row[WIDE * 3];
    JSAMPROW rows[1] = {row};
    struct buf exif = buf_in(f->arena);

    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = WIDE;
    jpeg.image_height = HIGH;
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 95, TRUE);
    if (progressive)
        jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    buf_add(&exif, (struct str){"Exif\0\0", 6});
    buf_add(&exif, tiff);
    if (tiff.len > 0)
        jpeg_write_marker(&jpeg, JPEG_APP0 + 1, (const JOCTET *)exif.ptr, (unsigned)exif.len);
    if (comment != NULL)
        jpeg_write_marker(&jpeg, JPEG_COM, (const JOCTET *)comment, (unsigned)strlen(comment));
    while (jpeg.next_scanline < HIGH) {
        for (size_t x = 0; x < WIDE; x++)
            colour_at(x, jpeg.next_scanline, row + 3 * x);
        (void)jpeg_write_scanlines(&jpeg, rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    struct str file = str_dup(f->arena, (struct str){(const char *)bytes, size});
    free(bytes);
    return file;
}

static void
on_write(png_structp png, png_bytep bytes, size_t size)
{
    buf_add(png_get_io_ptr(png), (struct str){(const char *)bytes, size});
}

static struct str
make_png(struct fixture *f, struct str tiff)
{
    struct buf out = buf_in(f->arena);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    uint8_t row[WIDE * 3];

    png_set_write_fn(png, &out, on_write, NULL);
    png_set_IHDR(png, info, WIDE, HIGH, 8, PNG_COLOR_TYPE_RGB, 0, 0, 0);
    if (tiff.len > 0)
        png_set_eXIf_1(png, info, (png_uint_32)tiff.len, (png_bytep)(uintptr_t)tiff.ptr);
    png_write_info(png, info);
    for (size_t y = 0; y < HIGH; y++) {
        for (size_t x = 0; x < WIDE; x++)
            colour_at(x, y, row + 3 * x);
        png_write_row(png, row);
    }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return buf_str(&out);
}

/* The file printed with its sides divided; what is printed is printed again as it is. */
static struct str
print(struct fixture *f, struct str file, uint32_t divisor)
{
    struct image *head = image_open(f->arena, f->diags, POS_NONE, file);
    struct str once, twice;

    assert_non_null(head);
    head->width /= divisor;
    head->height /= divisor;
    assert_true(image_print(f->arena, f->diags, POS_NONE, file, head, &once));
    assert_true(image_print(f->arena, f->diags, POS_NONE, once, head, &twice));
    assert_ptr_equal(once.ptr, twice.ptr);
    assert_int_equal(str_find(once, STR("Phone")), SIZE_MAX);
    return once;
}

static uint8_t *
pixels_of(struct fixture *f, struct str file, uint32_t *width, uint32_t *height)
{
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    const struct image *image = image_read(f->arena, f->diags, POS_NONE, file);

    assert_non_null(image);
    *width = image->width;
    *height = image->height;
    uint8_t *pixels = arena_array(f->arena, (size_t)*width * *height, 3);
    if (image->jpeg.len == 0) {
        memcpy(pixels, image->pixels, (size_t)*width * *height * 3);
        return pixels;
    }
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&jpeg);
    jpeg_mem_src(&jpeg, (const unsigned char *)file.ptr, (unsigned long)file.len);
    (void)jpeg_read_header(&jpeg, TRUE);
    (void)jpeg_start_decompress(&jpeg);
    while (jpeg.output_scanline < jpeg.output_height) {
        JSAMPROW row = pixels + (size_t)jpeg.output_scanline * *width * 3;
        (void)jpeg_read_scanlines(&jpeg, &row, 1);
    }
    (void)jpeg_finish_decompress(&jpeg);
    jpeg_destroy_decompress(&jpeg);
    return pixels;
}

/* The quarters that stand where they should when upright: of each orientation the quarter at the
 * top left, top right, bottom left and bottom right, as they are stored. */
static void
assert_upright(struct fixture *f, struct str file, unsigned orientation, uint32_t divisor)
{
    static const char quarters[9][5] = {"",     "0123", "1032", "3210", "2301",
                                        "0213", "2031", "3120", "1302"};
    uint32_t width, height;
    const uint8_t *pixels = pixels_of(f, file, &width, &height);

    assert_int_equal(width, (orientation >= 5 ? HIGH : WIDE) / divisor);
    assert_int_equal(height, (orientation >= 5 ? WIDE : HIGH) / divisor);
    for (size_t q = 0; q < 4; q++) {
        size_t stored = (size_t)(quarters[orientation][q] - '0');
        size_t x = q % 2 == 0 ? width / 4 : 3 * width / 4;
        size_t y = q < 2 ? height / 4 : 3 * height / 4;
        uint8_t want[3];
        colour_at(stored % 2 * (WIDE / 2), stored / 2 * (HIGH / 2), want);
        for (size_t c = 0; c < 3; c++)
            assert_in_range(pixels[(y * width + x) * 3 + c] + 20, want[c], want[c] + 40);
    }
}

static void
all_are_upright(void **state)
{
    struct fixture *f = *state;

    for (unsigned o = 1; o <= 8; o++) {
        for (int big = 0; big < 2; big++) {
            struct str tiff = make_tiff(f, o, big != 0);
            for (uint32_t divisor = 1; divisor <= 2; divisor++) {
                assert_upright(f, print(f, make_jpeg(f, tiff, false, NULL), divisor), o, divisor);
                assert_upright(f, print(f, make_jpeg(f, tiff, true, NULL), divisor), o, divisor);
                assert_upright(f, print(f, make_png(f, tiff), divisor), o, divisor);
            }
        }
    }
}

/* What is upright and small enough keeps its pixels as they were coded. */
static void
only_metadata_are_taken_out(void **state)
{
    struct fixture *f = *state;
    struct str tiff = make_tiff(f, 1, true), none = {NULL, 0};

    assert_true(
        str_eq(print(f, make_jpeg(f, tiff, true, "Phone"), 1), make_jpeg(f, none, true, NULL)));
    assert_true(str_eq(print(f, make_png(f, tiff), 1), make_png(f, none)));
}

static void
what_has_none_is_passed_through(void **state)
{
    struct fixture *f = *state;
    struct str none = {NULL, 0};
    struct str jpeg = make_jpeg(f, none, false, "a comment"), png = make_png(f, none);

    assert_ptr_equal(print(f, jpeg, 1).ptr, jpeg.ptr);
    assert_ptr_equal(print(f, png, 1).ptr, png.ptr);
}

/* Phones put films and further pictures behind the end. */
static void
bytes_after_the_end_go(void **state)
{
    struct fixture *f = *state;
    struct str files[] = {make_jpeg(f, (struct str){NULL, 0}, false, NULL),
                          make_png(f, (struct str){NULL, 0})};

    for (size_t i = 0; i < 2; i++) {
        struct buf more = buf_in(f->arena);
        buf_add(&more, files[i]);
        buf_text(&more, "ftyp Phone");
        assert_true(str_eq(print(f, buf_str(&more), 1), files[i]));
    }
}

/* Programs that make a PNG of a photograph write its EXIF as texts. */
static void
texts_of_exif_go(void **state)
{
    static const char text[] = "\0\0\0\x18tEXtexif:GPSLatitude\0N14\0\0\0\0\0\0\0\0";
    struct fixture *f = *state;
    struct str png = make_png(f, (struct str){NULL, 0});
    struct buf more = buf_in(f->arena);

    buf_add(&more, str_sub(png, 0, 33));
    buf_add(&more, (struct str){text, 12 + 0x18});
    buf_add(&more, str_sub(png, 33, png.len - 33));
    assert_true(meta_of(buf_str(&more)).personal);
    assert_true(str_eq(print(f, buf_str(&more), 1), png));
}

static void
damaged_exif_says_nothing(void **state)
{
    struct fixture *f = *state;

    for (int big = 0; big < 2; big++) {
        struct str whole = make_tiff(f, 6, big != 0);
        assert_int_equal(meta_orientation(whole), 6);
        for (size_t len = 0; len < 20; len++)
            assert_int_equal(meta_orientation(str_sub(whole, 0, len)), 1);
    }
    assert_int_equal(meta_orientation(make_tiff(f, 9, true)), 1);
    assert_int_equal(meta_orientation(make_tiff(f, 0, false)), 1);
    assert_int_equal(meta_orientation((struct str){"MM\0*\xFF\xFF\xFF\xFF", 8}), 1);
}

static void
a_drawing_shows_its_view(void **state)
{
    struct fixture *f = *state;
    struct str svg = STR("<svg width='5cm' height='2.5cm' viewBox='0 0 100 50'>"
                         "<rect x='10' y='10' width='10' height='10'/></svg>");
    const struct image *image = image_open(f->arena, f->diags, POS_NONE, svg);

    assert_non_null(image);
    assert_non_null(image->drawing);
    assert_int_equal(image->width, 2 * image->height);
    assert_in_range(image->width * 2540 / image->dpi, 4998, 5002);
    assert_int_equal(image->drawing->box[0], 0);
    assert_ptr_equal(print(f, svg, 1).ptr, svg.ptr);
}

static void
drawings_of_other_proportions(void **state)
{
    static const char form[] = "<svg width='4cm' height='1cm' viewBox='0 0 9 9' "
                               "preserveAspectRatio='%s'><path d='M0 0h9v9z'/></svg>";
    struct fixture *f = *state;

    assert_non_null(image_open(f->arena, f->diags, POS_NONE,
                               str_of(arena_printf(f->arena, form, "xMinYMin meet"))));
    assert_null(
        image_open(f->arena, f->diags, POS_NONE, str_of(arena_printf(f->arena, form, "none"))));
    assert_null(image_open(f->arena, f->diags, POS_NONE,
                           str_of(arena_printf(f->arena, form, "xMidYMid slice"))));
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(diags_at(f->diags, i)->code, DIAG_SVG_UNSUPPORTED);
        assert_string_equal(diags_at(f->diags, i)->arg[0],
                            i == 0 ? "preserveAspectRatio=\"none\""
                                   : "preserveAspectRatio=\"xMidYMid slice\"");
    }
}

static void
drawings_in_utf16(void **state)
{
    static const char svg[] = "<svg viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>";
    struct fixture *f = *state;

    for (int big = 0; big < 2; big++) {
        struct buf out = buf_in(f->arena);
        buf_add(&out, big != 0 ? STR("\xFE\xFF") : STR("\xFF\xFE"));
        for (const char *c = svg; *c != '\0'; c++) {
            buf_byte(&out, big != 0 ? '\0' : *c);
            buf_byte(&out, big != 0 ? *c : '\0');
        }
        const struct image *image = image_open(f->arena, f->diags, POS_NONE, buf_str(&out));
        assert_non_null(image);
        assert_non_null(image->drawing);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(all_are_upright),
        TEST(only_metadata_are_taken_out),
        TEST(what_has_none_is_passed_through),
        TEST(bytes_after_the_end_go),
        TEST(texts_of_exif_go),
        TEST(damaged_exif_says_nothing),
        TEST(a_drawing_shows_its_view),
        TEST(drawings_of_other_proportions),
        TEST(drawings_in_utf16),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
