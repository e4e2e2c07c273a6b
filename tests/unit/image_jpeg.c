/* JPEG: what a PDF can hold is passed on as it is, the rest is converted or refused. The pictures
 * are made here, with libjpeg. */
#include "test.h"

#include <stdio.h>

#include <jpeglib.h>

#include "image/image.h"

#define SIDE 24

struct recipe {
    J_COLOR_SPACE in, out;
    int channels;
    uint8_t colour[4];
    bool progressive, arithmetic, adobe, no_marker;
    int dpi;
};

/* A square of one colour. */
static struct str
make_jpeg(struct fixture *f, const struct recipe *r)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long size = 0;
    uint8_t row[SIDE * 4];
    JSAMPROW rows[1] = {row};

    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = jpeg.image_height = SIDE;
    jpeg.input_components = r->channels;
    jpeg.in_color_space = r->in;
    jpeg_set_defaults(&jpeg);
    jpeg_set_colorspace(&jpeg, r->out);
    jpeg_set_quality(&jpeg, 100, TRUE);
    jpeg.arith_code = r->arithmetic;
    if (r->adobe)
        jpeg.write_Adobe_marker = TRUE;
    if (r->no_marker)
        jpeg.write_Adobe_marker = jpeg.write_JFIF_header = FALSE;
    if (r->dpi > 0) {
        jpeg.density_unit = 1;
        jpeg.X_density = jpeg.Y_density = (UINT16)r->dpi;
    }
    if (r->progressive)
        jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    for (int x = 0; x < SIDE; x++)
        memcpy(row + x * r->channels, r->colour, (size_t)r->channels);
    while (jpeg.next_scanline < SIDE)
        (void)jpeg_write_scanlines(&jpeg, rows, 1);
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    struct str file = str_dup(f->arena, (struct str){(const char *)bytes, size});
    free(bytes);
    return file;
}

static const struct image *
read_bytes(struct fixture *f, struct str file)
{
    return image_read(f->arena, f->diags, POS_NONE, file);
}

static void
assert_passed_on(struct fixture *f, const struct recipe *recipe, enum image_space space)
{
    struct str file = make_jpeg(f, recipe);
    const struct image *image = read_bytes(f, file);

    assert_non_null(image);
    assert_int_equal(image->width, SIDE);
    assert_int_equal(image->height, SIDE);
    assert_int_equal(image->space, space);
    assert_null(image->pixels);
    assert_ptr_equal(image->jpeg.ptr, file.ptr);
    assert_int_equal(image->jpeg.len, file.len);
    assert_int_equal(image->dpi, recipe->dpi);
}

static void
what_a_pdf_can_hold_is_passed_on(void **state)
{
    const struct recipe gray = {JCS_GRAYSCALE, JCS_GRAYSCALE, 1, {90}, .dpi = 200};
    const struct recipe colour = {JCS_RGB, JCS_YCbCr, 3, {200, 100, 50}, .dpi = 0};
    const struct recipe steps = {JCS_RGB, JCS_YCbCr, 3, {200, 100, 50}, .progressive = true};
    const struct recipe marked = {JCS_RGB, JCS_RGB, 3, {200, 100, 50}, .adobe = true};

    assert_passed_on(*state, &gray, IMAGE_GRAY);
    assert_passed_on(*state, &colour, IMAGE_RGB);
    assert_passed_on(*state, &steps, IMAGE_RGB);
    assert_passed_on(*state, &marked, IMAGE_RGB);
}

static void
assert_converted(struct fixture *f, const struct recipe *recipe, const uint8_t rgb[3])
{
    const struct image *image = read_bytes(f, make_jpeg(f, recipe));

    assert_non_null(image);
    assert_int_equal(image->space, IMAGE_RGB);
    assert_int_equal(image->jpeg.len, 0);
    for (size_t i = 0; i < SIDE * SIDE * 3; i++)
        assert_in_range(image->pixels[i] + 3, rgb[i % 3], rgb[i % 3] + 6);
}

static void
what_it_cannot_hold_is_converted(void **state)
{
    const struct recipe plain_rgb = {JCS_RGB, JCS_RGB, 3, {200, 100, 50}, .no_marker = true};
    const struct recipe arithmetic = {JCS_RGB, JCS_YCbCr, 3, {9, 99, 199}, .arithmetic = true};
    const struct recipe cmyk = {JCS_CMYK, JCS_CMYK, 4, {255, 51, 0, 102}, .no_marker = true};
    const struct recipe adobe_cmyk = {JCS_CMYK, JCS_CMYK, 4, {0, 204, 255, 153}, .adobe = true};
    const struct recipe ycck = {JCS_CMYK, JCS_YCCK, 4, {0, 204, 255, 153}, .adobe = true};

    assert_converted(*state, &plain_rgb, (const uint8_t[]){200, 100, 50});
    assert_converted(*state, &arithmetic, (const uint8_t[]){9, 99, 199});
    /* cyan full, magenta 20 %, black 40 % */
    assert_converted(*state, &cmyk, (const uint8_t[]){0, 122, 153});
    assert_converted(*state, &adobe_cmyk, (const uint8_t[]){0, 122, 153});
    assert_converted(*state, &ycck, (const uint8_t[]){0, 122, 153});
}

static void
bytes_after_the_end_are_left_out(void **state)
{
    struct fixture *f = *state;
    const struct recipe gray = {JCS_GRAYSCALE, JCS_GRAYSCALE, 1, {90}, .dpi = 0};
    struct str file = make_jpeg(f, &gray);
    struct buf more = buf_in(f->arena);

    buf_add(&more, file);
    buf_text(&more, "<script>");
    const struct image *image = read_bytes(f, buf_str(&more));
    assert_int_equal(image->jpeg.len, file.len);
}

static void
every_cut_is_damage(void **state)
{
    struct fixture *f = *state;
    const struct recipe colour = {JCS_RGB, JCS_YCbCr, 3, {200, 100, 50}, .progressive = true};
    struct str whole = make_jpeg(f, &colour);

    for (size_t len = 3; len < whole.len; len++) {
        struct diags *diags = diags_new();
        assert_null(image_read(f->arena, diags, POS_NONE, str_sub(whole, 0, len)));
        assert_diag(diags, 0, IMAGE_DAMAGED);
        diags_free(diags);
    }
}

/* Overwrites a byte of the frame header, which begins at FF C0: length, precision, height … */
static struct str
with_frame_byte(struct fixture *f, size_t offset, uint8_t value, size_t count)
{
    const struct recipe gray = {JCS_GRAYSCALE, JCS_GRAYSCALE, 1, {90}, .dpi = 0};
    struct str file = make_jpeg(f, &gray);
    size_t frame = str_find(file, STR("\xFF\xC0"));

    memset((char *)(uintptr_t)file.ptr + frame + offset, value, count);
    return file;
}

static void
huge_and_unknown_kinds_are_refused(void **state)
{
    struct fixture *f = *state;

    assert_null(read_bytes(f, with_frame_byte(f, 5, 0xF0, 4))); /* 61680 pixels a side */
    assert_diag(f->diags, 0, IMAGE_TOO_LARGE);
    assert_null(read_bytes(f, with_frame_byte(f, 5, 0x4E, 1))); /* 19992 lines, data for 24 */
    assert_diag(f->diags, 1, IMAGE_DAMAGED);
    assert_null(read_bytes(f, with_frame_byte(f, 4, 12, 1))); /* bits a sample */
    assert_diag(f->diags, 2, IMAGE_UNSUPPORTED);
    assert_null(read_bytes(f, with_frame_byte(f, 1, 0xC3, 1))); /* lossless */
    assert_diag(f->diags, 3, IMAGE_UNSUPPORTED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_a_pdf_can_hold_is_passed_on),   TEST(what_it_cannot_hold_is_converted),
        TEST(bytes_after_the_end_are_left_out),   TEST(every_cut_is_damage),
        TEST(huge_and_unknown_kinds_are_refused),
    };

    return cmocka_run_group_tests_name("image_jpeg", tests, NULL, NULL);
}
