/* Images in every coding of office machines give the pixels that went in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "paper/decode.h"
#include "scan_kit.h"

#define WIDTH 203
#define HEIGHT 120

static const struct scan_at at = {"scan.pdf", 3};

struct fixture {
    struct arena *arena;
    struct diags *diags;
};

static int
set_up(void **state)
{
    static struct fixture fixture;

    fixture = (struct fixture){arena_new(0), diags_new()};
    *state = &fixture;
    return 0;
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;

    arena_free(f->arena);
    diags_free(f->diags);
    return 0;
}

static unsigned
apart(uint8_t a, uint8_t b)
{
    return a > b ? a - b : b - a;
}

/* The image has the picture's pixels, but for `most`. */
static void
expect(struct fixture *f, const struct scan_image *image, const struct scan_kit *kit, unsigned most)
{
    struct scan_pixels pixels;

    assert_true(scan_pixels_of(f->arena, f->diags, at, image, &pixels));
    assert_int_equal(pixels.width, kit->width);
    assert_int_equal(pixels.height, kit->height);
    assert_int_equal(pixels.channels, kit->channels);
    for (size_t i = 0; i < (size_t)kit->width * kit->height * kit->channels; i++)
        assert_true(apart(pixels.samples[i], kit->samples[i]) <= most);
}

/* As expect(), of what is black below 128 and white above. */
static void
expect_bits(struct fixture *f, const struct scan_image *image, const struct scan_kit *kit,
            bool is_turned)
{
    struct scan_pixels pixels;

    assert_true(scan_pixels_of(f->arena, f->diags, at, image, &pixels));
    assert_int_equal(pixels.channels, 1);
    for (size_t i = 0; i < (size_t)kit->width * kit->height; i++)
        assert_int_equal(pixels.samples[i], (kit->samples[i] < 128) == is_turned ? 255 : 0);
}

/* Ends in this message, and no other. */
static void
expect_fault(struct fixture *f, const struct scan_image *image, enum diag_code code)
{
    struct scan_pixels pixels;
    struct diags *diags = diags_new();

    if (scan_pixels_of(f->arena, diags, at, image, &pixels))
        fail_msg("filter %d, %u × %u", (int)image->filter, image->width, image->height);
    assert_int_equal(diags_count(diags), 1);
    assert_int_equal(diags_at(diags, 0)->code, code);
    diags_free(diags);
}

static struct scan_image
image_of(const struct scan_kit *kit, enum scan_filter filter, struct str bytes)
{
    return (struct scan_image){.width = kit->width,
                               .height = kit->height,
                               .bits = 8,
                               .filter = filter,
                               .space = kit->channels == 1   ? SCAN_GRAY
                                        : kit->channels == 3 ? SCAN_RGB
                                                             : SCAN_CMYK,
                               .bytes = bytes};
}

static void
test_raw(void **state)
{
    struct fixture *f = *state;
    struct scan_kit kit = kit_picture(f->arena, WIDTH, HEIGHT, 3);
    struct scan_image image = image_of(&kit, SCAN_RAW, kit_raw(&kit));

    expect(f, &image, &kit, 0);
    image = image_of(&kit, SCAN_FLATE, kit_zlib(f->arena, kit_raw(&kit)));
    expect(f, &image, &kit, 0);
    image.bytes = kit_zlib(f->arena, kit_filtered(f->arena, kit_raw(&kit), WIDTH * 3));
    image.predictor = 15;
    image.columns = WIDTH;
    image.colors = 3;
    expect(f, &image, &kit, 0);
    image.bytes.len /= 2;
    expect_fault(f, &image, DIAG_PAPER_IMAGE_DAMAGED);
    image = image_of(&kit, SCAN_RAW, str_sub(kit_raw(&kit), 1, SIZE_MAX));
    expect_fault(f, &image, DIAG_PAPER_IMAGE_DAMAGED);
}

static void
test_few_bits(void **state)
{
    struct fixture *f = *state;
    struct scan_kit kit = kit_picture(f->arena, WIDTH, HEIGHT, 1);
    struct scan_image image = image_of(&kit, SCAN_RAW, kit_bits(f->arena, &kit, false));

    image.bits = 1;
    expect_bits(f, &image, &kit, false);
    image.is_inverted = true;
    expect_bits(f, &image, &kit, true);
    image.is_inverted = false;
    image.space = SCAN_INDEXED;
    image.base = SCAN_RGB;
    image.palette = (struct str){"\xFF\xFF\xFF\0\0\0", 6};
    expect_bits(f, &image, &kit, true);
    image.palette = (struct str){"\xFF\0\0\0\0\xFF", 6};
    struct scan_pixels pixels;
    assert_true(scan_pixels_of(f->arena, f->diags, at, &image, &pixels));
    assert_int_equal(pixels.channels, 3);
    assert_memory_equal(pixels.samples, "\0\0\xFF", kit.samples[0] < 128 ? 0 : 3);
}

static void
test_cmyk(void **state)
{
    struct fixture *f = *state;
    uint8_t inks[] = {0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0, 128};
    struct scan_kit kit = {4, 1, 4, inks};
    struct scan_image image = image_of(&kit, SCAN_RAW, kit_raw(&kit));
    struct scan_pixels pixels;

    assert_true(scan_pixels_of(f->arena, f->diags, at, &image, &pixels));
    assert_memory_equal(pixels.samples, "\xFF\xFF\xFF\0\xFF\xFF\0\0\0\x7F\x7F\x7F", 12);
    image.is_inverted = true;
    assert_true(scan_pixels_of(f->arena, f->diags, at, &image, &pixels));
    assert_memory_equal(pixels.samples, "\0\0\0\0\0\0", 6);
}

static void
test_jpeg(void **state)
{
    struct fixture *f = *state;

    for (unsigned channels = 1; channels <= 3; channels += 2) {
        struct scan_kit kit = kit_picture(f->arena, WIDTH, HEIGHT, channels);
        for (int progressive = 0; progressive < 2; progressive++) {
            struct str bytes = kit_jpeg_of(f->arena, &kit, 98, progressive == 1);
            struct scan_image image = image_of(&kit, SCAN_DCT, bytes);
            expect(f, &image, &kit, 60); /* colours are mixed at edges */
            image.bytes.len /= 2;
            expect_fault(f, &image, DIAG_PAPER_IMAGE_DAMAGED);
            image.bytes = bytes;
            image.width++;
            expect_fault(f, &image, DIAG_PAPER_IMAGE_DAMAGED);
        }
    }
}

static void
test_ccitt(void **state)
{
    static const struct {
        struct kit_tiff how;
        struct scan_ccitt ccitt;
    } kinds[] = {
        {{.compression = COMPRESSION_CCITTFAX4, .bits = 1, .photometric = PHOTOMETRIC_MINISWHITE},
         {.k = -1}},
        {{.compression = COMPRESSION_CCITTFAX3, .bits = 1, .photometric = PHOTOMETRIC_MINISWHITE},
         {.k = 0, .end_of_line = true}},
        {{.compression = COMPRESSION_CCITTFAX3,
          .bits = 1,
          .photometric = PHOTOMETRIC_MINISWHITE,
          .group3 = GROUP3OPT_2DENCODING},
         {.k = 4, .end_of_line = true}},
        {{.compression = COMPRESSION_CCITTRLE, .bits = 1, .photometric = PHOTOMETRIC_MINISWHITE},
         {.k = 0, .byte_align = true}},
    };
    struct fixture *f = *state;
    struct scan_kit kit = kit_picture(f->arena, WIDTH, HEIGHT, 1);
    struct str bits = kit_bits(f->arena, &kit, true);

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct str bytes = kit_strip(f->arena, &kit, &kinds[i].how, bits);
        struct scan_image image = image_of(&kit, SCAN_CCITT, bytes);
        image.bits = 1;
        image.ccitt = kinds[i].ccitt;
        expect_bits(f, &image, &kit, false);
        image.ccitt.black_is_1 = true;
        expect_bits(f, &image, &kit, true);
        image.bytes.len /= 2;
        expect_fault(f, &image, DIAG_PAPER_IMAGE_DAMAGED);
    }
}

static void
test_jpx(void **state)
{
    struct fixture *f = *state;

    for (unsigned channels = 1; channels <= 3; channels += 2) {
        struct scan_kit kit = kit_picture(f->arena, WIDTH, HEIGHT, channels);
        struct scan_image image = image_of(&kit, SCAN_JPX, kit_jpx(f->arena, &kit));
        expect(f, &image, &kit, 0);
        image.space = SCAN_OF_JPX;
        image.bits = 0;
        expect(f, &image, &kit, 0);
        image.bytes.len /= 2;
        expect_fault(f, &image, DIAG_PAPER_IMAGE_DAMAGED);
        image.bytes.len *= 2;
        image.height++;
        expect_fault(f, &image, DIAG_PAPER_IMAGE_DAMAGED);
    }
}

static void
test_jbig2(void **state)
{
    struct fixture *f = *state;
    struct scan_kit kit = kit_picture(f->arena, WIDTH, HEIGHT, 1);
    struct scan_image image = image_of(&kit, SCAN_JBIG2, kit_jbig2(f->arena, &kit));

    image.bits = 1;
    expect_bits(f, &image, &kit, false);
    image.width--;
    expect_fault(f, &image, DIAG_PAPER_IMAGE_DAMAGED);
    image.width++;
    image.bytes.len = 40;
    expect_fault(f, &image, DIAG_PAPER_IMAGE_DAMAGED);
    image = image_of(&kit, SCAN_JBIG2, kit_jbig2(f->arena, &kit));
    image.bits = 1;
    (void)setenv("PATH", "/nowhere", 1);
    expect_fault(f, &image, DIAG_PAPER_IMAGE_JBIG2);
    (void)setenv("PATH", "/usr/bin:/bin", 1);
}

/* What claims to be large costs nothing. */
static void
test_large(void **state)
{
    struct fixture *f = *state;
    struct scan_image image = {
        .width = 100000, .height = 100000, .bits = 1, .bytes = {"\0\0\0\0", 4}};

    for (int filter = SCAN_RAW; filter < SCAN_OTHER; filter++) {
        image.filter = (enum scan_filter)filter;
        expect_fault(f, &image, DIAG_PAPER_IMAGE_LARGE);
    }
    image.width = image.height = 20000;
    for (int filter = SCAN_RAW; filter < SCAN_OTHER; filter++) {
        image.filter = (enum scan_filter)filter;
        expect_fault(f, &image, DIAG_PAPER_IMAGE_DAMAGED);
    }
    image.filter = SCAN_OTHER;
    expect_fault(f, &image, DIAG_PAPER_IMAGE_KIND);
    struct scan_kit kit = kit_picture(f->arena, 8192, 8192, 3);
    image = image_of(&kit, SCAN_RAW, kit_raw(&kit));
    image.height = 8191;
    image.bits = 16;
    expect_fault(f, &image, DIAG_PAPER_IMAGE_DAMAGED);
}

/* To look at, it is made smaller by every decoder, and never larger than is allowed. */
static void
test_gray(void **state)
{
    struct fixture *f = *state;
    struct scan_kit kit = kit_picture(f->arena, 400, 240, 3);
    struct scan_kit gray = kit_picture(f->arena, 400, 240, 1);
    struct scan_image images[] = {
        image_of(&kit, SCAN_RAW, kit_raw(&kit)),
        image_of(&kit, SCAN_DCT, kit_jpeg_of(f->arena, &kit, 95, false)),
        image_of(&kit, SCAN_JPX, kit_jpx(f->arena, &kit)),
        image_of(&gray, SCAN_RAW, kit_raw(&gray)),
    };

    for (size_t i = 0; i < sizeof images / sizeof images[0]; i++) {
        for (uint32_t times = 1; times <= 8; times++) {
            struct raster raster;
            uint32_t got = times;
            assert_true(scan_gray(f->arena, f->diags, at, &images[i], &got, &raster));
            assert_int_equal(got, times);
            assert_int_equal(raster.width, 400 / times);
            assert_int_equal(raster.height, 240 / times);
            size_t dark = (size_t)raster.height * 3 / 8 * raster.width + raster.width * 3 / 8;
            size_t light = (size_t)raster.height * 5 / 8 * raster.width + raster.width * 5 / 8;
            assert_true(raster.gray[dark] < 12);
            assert_true(raster.gray[light] > 243);
        }
    }
    struct raster raster;
    uint32_t times = 1000; /* larger than the image */
    assert_true(scan_gray(f->arena, f->diags, at, &images[0], &times, &raster));
    assert_int_equal(raster.width, 1);
    assert_int_equal(raster.height, 1);
}

static void
test_gray_of_large(void **state)
{
    struct fixture *f = *state;
    struct scan_kit kit = {14040, 19842, 1, NULL}; /* A3 at 1,200 dpi */
    size_t len = (14040 + 7) / 8;
    struct str rows = {arena_alloc(f->arena, len * 19842), len * 19842};
    struct scan_image image = image_of(&kit, SCAN_FLATE, kit_zlib(f->arena, rows));
    struct raster raster;
    uint32_t times = 1;

    image.bits = 1;
    assert_true(scan_gray(f->arena, f->diags, at, &image, &times, &raster));
    assert_true(times > 1 && (uint64_t)raster.width * raster.height <= DECODE_GRAY_MAX);
    assert_int_equal(raster.gray[0], 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_raw, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_few_bits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cmyk, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_jpeg, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ccitt, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_jpx, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_jbig2, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_large, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_gray, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_gray_of_large, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
