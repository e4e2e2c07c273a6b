/* Blank pages are told from written ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "paper/raster.h"

#define DPI 100
#define WIDTH 827
#define HEIGHT 1169

static uint8_t pixels[WIDTH * HEIGHT];
static const struct raster page = {WIDTH, HEIGHT, pixels};

static void
paint(uint32_t x, uint32_t y, uint32_t width, uint32_t height, uint8_t shade)
{
    for (uint32_t row = y; row < y + height; row++)
        memset(pixels + (size_t)row * WIDTH + x, shade, width);
}

static void
test_paper(void **state)
{
    (void)state;
    paint(0, 0, WIDTH, HEIGHT, 255);
    assert_true(raster_is_blank(&page, DPI));
    paint(0, 0, WIDTH, HEIGHT, 190); /* recycled paper */
    assert_true(raster_is_blank(&page, DPI));
}

static void
test_shadows_and_dust(void **state)
{
    (void)state;
    paint(0, 0, WIDTH, HEIGHT, 245);
    paint(0, 0, 12, HEIGHT, 20); /* 3 mm beside the paper */
    paint(400, 500, 2, 2, 0);
    assert_true(raster_is_blank(&page, DPI));
}

static void
test_writing(void **state)
{
    (void)state;
    paint(0, 0, WIDTH, HEIGHT, 245);
    paint(400, 500, 60, 2, 90); /* a stroke of a pen, 15 mm */
    assert_false(raster_is_blank(&page, DPI));
    paint(0, 0, WIDTH, HEIGHT, 245);
    for (uint32_t x = 100; x < 700; x += 5) /* a dotted line */
        paint(x, 600, 1, 1, 60);
    assert_false(raster_is_blank(&page, DPI));
}

static void
test_no_paper(void **state)
{
    const struct raster none = {10, 10, pixels};

    (void)state;
    paint(0, 0, WIDTH, HEIGHT, 0);
    assert_false(raster_is_blank(&page, DPI));
    assert_false(raster_is_blank(&none, DPI));
    assert_false(raster_is_blank(&page, 0));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paper),
        cmocka_unit_test(test_shadows_and_dust),
        cmocka_unit_test(test_writing),
        cmocka_unit_test(test_no_paper),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
