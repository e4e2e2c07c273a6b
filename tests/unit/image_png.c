/* PNG: every colour type comes out as 8 bit samples; what is damaged or huge is refused. The
 * pictures are made here, with libpng. */
#include "test.h"

#include <png.h>

#include "image/image.h"

/* A struct fixture with more to it. */
struct room {
    struct arena *arena;
    struct diags *diags;
    struct buf file;
};

static int
set_up(void **state)
{
    fixture_open(state, sizeof(struct room));
    struct room *f = *state;
    f->file = buf_in(f->arena);
    return 0;
}

static void
on_write(png_structp png, png_bytep bytes, size_t size)
{
    buf_add(png_get_io_ptr(png), (struct str){(const char *)bytes, size});
}

struct recipe {
    uint32_t width, height;
    int depth, colour, interlace;
    const uint8_t *const *rows;
    const png_color *palette;
    int colours;
    const uint8_t *palette_alpha;
    int alphas;
    const png_color_16 *key;
    uint32_t per_metre;
};

static struct str
make_png(struct room *f, const struct recipe *r)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);

    assert_int_equal(setjmp(png_jmpbuf(png)), 0);
    f->file.len = 0;
    png_set_write_fn(png, &f->file, on_write, NULL);
    png_set_IHDR(png, info, r->width, r->height, r->depth, r->colour, r->interlace,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_gAMA(png, info, 0.3);
    if (r->palette != NULL)
        png_set_PLTE(png, info, r->palette, r->colours);
    if (r->palette_alpha != NULL || r->key != NULL)
        png_set_tRNS(png, info, r->palette_alpha, r->alphas, r->key);
    if (r->per_metre != 0)
        png_set_pHYs(png, info, r->per_metre, r->per_metre, PNG_RESOLUTION_METER);
    png_write_info(png, info);
    png_write_image(png, (png_bytepp)(uintptr_t)r->rows);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return buf_str(&f->file);
}

static const struct image *
read_made(struct room *f, const struct recipe *recipe)
{
    const struct image *image = image_read(f->arena, f->diags, POS_NONE, make_png(f, recipe));

    assert_non_null(image);
    assert_int_equal(image->width, recipe->width);
    assert_int_equal(image->height, recipe->height);
    assert_int_equal(image->jpeg.len, 0);
    return image;
}

static void
gray_is_kept(void **state)
{
    const uint8_t *rows[] = {(const uint8_t *)"\x00\x80\xFF", (const uint8_t *)"\x01\x02\x03"};
    struct recipe r = {3, 2, 8, PNG_COLOR_TYPE_GRAY, 0, rows, .per_metre = 11811};
    const struct image *image = read_made(*state, &r);

    assert_int_equal(image->space, IMAGE_GRAY);
    assert_null(image->alpha);
    assert_memory_equal(image->pixels, "\x00\x80\xFF\x01\x02\x03", 6);
    assert_int_equal(image->dpi, 300);
}

static void
one_bit_becomes_black_and_white(void **state)
{
    const uint8_t *rows[] = {(const uint8_t *)"\xA0"};
    struct recipe r = {4, 1, 1, PNG_COLOR_TYPE_GRAY, 0, rows, .per_metre = 0};
    const struct image *image = read_made(*state, &r);

    assert_memory_equal(image->pixels, "\xFF\x00\xFF\x00", 4);
    assert_int_equal(image->dpi, 0);
}

static void
rgb_with_alpha_comes_apart(void **state)
{
    const uint8_t *rows[] = {(const uint8_t *)"\x01\x02\x03\x04\x05\x06\x07\xFF"};
    struct recipe r = {2, 1, 8, PNG_COLOR_TYPE_RGB_ALPHA, 0, rows, .per_metre = 0};
    const struct image *image = read_made(*state, &r);

    assert_int_equal(image->space, IMAGE_RGB);
    assert_memory_equal(image->pixels, "\x01\x02\x03\x05\x06\x07", 6);
    assert_memory_equal(image->alpha, "\x04\xFF", 2);
}

static void
alpha_that_hides_nothing_is_dropped(void **state)
{
    const uint8_t *rows[] = {(const uint8_t *)"\x01\xFF\x05\xFF"};
    struct recipe r = {2, 1, 8, PNG_COLOR_TYPE_GRAY_ALPHA, 0, rows, .per_metre = 0};
    const struct image *image = read_made(*state, &r);

    assert_memory_equal(image->pixels, "\x01\x05", 2);
    assert_null(image->alpha);
}

static void
palette_becomes_rgb_with_its_transparency(void **state)
{
    const png_color palette[] = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}};
    const uint8_t alpha[] = {10, 20};
    const uint8_t *rows[] = {(const uint8_t *)"\x18"}; /* 0 1 2 at two bits */
    struct recipe r = {3, 1, 2, PNG_COLOR_TYPE_PALETTE, 0, rows, palette, 3, alpha, 2, NULL, 0};
    const struct image *image = read_made(*state, &r);

    assert_int_equal(image->space, IMAGE_RGB);
    assert_memory_equal(image->pixels, "\xFF\x00\x00\x00\xFF\x00\x00\x00\xFF", 9);
    assert_memory_equal(image->alpha, "\x0A\x14\xFF", 3);
}

static void
a_transparent_gray_becomes_alpha(void **state)
{
    const png_color_16 key = {.gray = 7};
    const uint8_t *rows[] = {(const uint8_t *)"\x07\x08"};
    struct recipe r = {2, 1, 8, PNG_COLOR_TYPE_GRAY, 0, rows, .key = &key};
    const struct image *image = read_made(*state, &r);

    assert_memory_equal(image->alpha, "\x00\xFF", 2);
}

static void
sixteen_bits_become_eight(void **state)
{
    const uint8_t *rows[] = {(const uint8_t *)"\xFF\xFF\x80\x80\x00\x90"};
    struct recipe r = {1, 1, 16, PNG_COLOR_TYPE_RGB, 0, rows, .per_metre = 0};
    const struct image *image = read_made(*state, &r);

    assert_memory_equal(image->pixels, "\xFF\x80\x01", 3); /* 0x0090 rounds up */
}

static void
interlaced_equals_plain(void **state)
{
    struct room *f = *state;
    uint8_t pixels[11][13 * 4];
    const uint8_t *rows[11];

    for (size_t y = 0; y < 11; y++) {
        for (size_t x = 0; x < sizeof pixels[y]; x++)
            pixels[y][x] = (uint8_t)(y * 37 + x * 11);
        rows[y] = pixels[y];
    }
    struct recipe r = {
        13, 11, 8, PNG_COLOR_TYPE_RGB_ALPHA, PNG_INTERLACE_NONE, rows, .per_metre = 0};
    const struct image *plain = read_made(f, &r);
    r.interlace = PNG_INTERLACE_ADAM7;
    const struct image *laced = read_made(f, &r);
    assert_memory_equal(plain->pixels, laced->pixels, 13 * 11 * 3);
    assert_memory_equal(plain->alpha, laced->alpha, 13 * 11);
    assert_int_equal(plain->pixels[3 * 13], pixels[1][0]);
}

static void
every_cut_is_damage(void **state)
{
    struct room *f = *state;
    const uint8_t *rows[] = {(const uint8_t *)"\x00\x80\xFF", (const uint8_t *)"\x01\x02\x03"};
    struct recipe r = {3, 2, 8, PNG_COLOR_TYPE_GRAY, 0, rows, .per_metre = 0};
    struct str whole = make_png(f, &r);

    for (size_t len = 8; len < whole.len; len++) {
        struct diags *diags = diags_new();
        struct str cut = {whole.ptr, len};
        assert_null(image_read(f->arena, diags, POS_NONE, cut));
        assert_diag(diags, 0, IMAGE_DAMAGED);
        diags_free(diags);
    }
}

static void
a_wrong_byte_in_the_pixels_is_damage(void **state)
{
    struct room *f = *state;
    const uint8_t *rows[] = {(const uint8_t *)"\x00\x80\xFF"};
    struct recipe r = {3, 1, 8, PNG_COLOR_TYPE_GRAY, 0, rows, .per_metre = 0};
    struct str file = str_dup(f->arena, make_png(f, &r));
    size_t data = str_find(file, STR("IDAT"));

    ((char *)(uintptr_t)file.ptr)[data + 8] ^= 0x10;
    assert_null(image_read(f->arena, f->diags, POS_NONE, file));
    assert_diag(f->diags, 0, IMAGE_DAMAGED);
}

/* A PNG that claims a size and holds nothing: the chunk's check sum is libpng's to make. */
static struct str
make_claim(struct room *f, uint32_t width, uint32_t height)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);

    assert_int_equal(setjmp(png_jmpbuf(png)), 0);
    png_set_user_limits(png, 0x7FFFFFFF, 0x7FFFFFFF);
    png_set_write_fn(png, &f->file, on_write, NULL);
    png_set_IHDR(png, info, width, height, 8, PNG_COLOR_TYPE_RGB, 0, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    png_write_chunk(png, (png_const_bytep) "IDAT", (png_const_bytep) "x", 1);
    png_destroy_write_struct(&png, &info);
    return buf_str(&f->file);
}

static void
huge_sides_and_areas_are_refused(void **state)
{
    struct room *f = *state;

    assert_null(image_read(f->arena, f->diags, POS_NONE, make_claim(f, 20001, 1)));
    assert_diag(f->diags, 0, IMAGE_TOO_LARGE);
    f->file.len = 0;
    assert_null(image_read(f->arena, f->diags, POS_NONE, make_claim(f, 0x7FFFFFFF, 0x7FFFFFF0)));
    assert_diag(f->diags, 1, IMAGE_TOO_LARGE);
    f->file.len = 0;
    assert_null(image_read(f->arena, f->diags, POS_NONE, make_claim(f, 10000, 6000)));
    assert_diag(f->diags, 2, IMAGE_TOO_LARGE);
}

static void
a_bomb_gets_no_memory(void **state)
{
    struct room *f = *state;
    struct str bomb = make_claim(f, 7000, 7000);
    size_t before = arena_used(f->arena);

    assert_null(image_read(f->arena, f->diags, POS_NONE, bomb));
    assert_diag(f->diags, 0, IMAGE_DAMAGED);
    assert_true(arena_used(f->arena) - before < 10000);
}

static void
what_is_no_picture_is_named(void **state)
{
    struct room *f = *state;

    assert_null(image_read(f->arena, f->diags, POS_NONE, STR("GIF89a")));
    assert_null(image_read(f->arena, f->diags, POS_NONE, STR("")));
    assert_diag(f->diags, 0, IMAGE_UNKNOWN);
    assert_diag(f->diags, 1, IMAGE_UNKNOWN);
    struct str much = {"", IMAGE_BYTES_MAX + 1}; /* refused by its length alone */
    assert_null(image_read(f->arena, f->diags, POS_NONE, much));
    assert_diag(f->diags, 2, IMAGE_BYTES);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, fixture_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(gray_is_kept),
        TEST(one_bit_becomes_black_and_white),
        TEST(rgb_with_alpha_comes_apart),
        TEST(alpha_that_hides_nothing_is_dropped),
        TEST(palette_becomes_rgb_with_its_transparency),
        TEST(a_transparent_gray_becomes_alpha),
        TEST(sixteen_bits_become_eight),
        TEST(interlaced_equals_plain),
        TEST(every_cut_is_damage),
        TEST(a_wrong_byte_in_the_pixels_is_damage),
        TEST(huge_sides_and_areas_are_refused),
        TEST(a_bomb_gets_no_memory),
        TEST(what_is_no_picture_is_named),
    };

    return cmocka_run_group_tests_name("image_png", tests, NULL, NULL);
}
