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

static uint32_t seed = 1;

static int
grain(int most)
{
    seed = seed * 1103515245U + 12345;
    return (int)(seed >> 16) % (2 * most + 1) - most;
}

/* Each pixel of the page made darker by something that depends on where it is. */
static void
darken(int (*by)(uint32_t x, uint32_t y))
{
    for (uint32_t y = 0; y < HEIGHT; y++) {
        for (uint32_t x = 0; x < WIDTH; x++) {
            int shade = pixels[y * WIDTH + x] - by(x, y);
            pixels[y * WIDTH + x] = (uint8_t)(shade < 0 ? 0 : shade > 255 ? 255 : shade);
        }
    }
}

/* The light falls off to half of it, most of it near the edge, as beside the spine of a book. */
static int
falling_light(uint32_t x, uint32_t y)
{
    return (int)(y * 60 / HEIGHT + (x > 700 ? (x - 700) / 2 : 0)) + grain(6);
}

/* Lines of the other side's text. */
static int
other_side(uint32_t x, uint32_t y)
{
    return (y / 6 % 3 == 0 && x / 4 % 2 == 0 ? 30 : 0) + grain(6);
}

/* Fibres of recycled paper. */
static int
fibres(uint32_t x, uint32_t y)
{
    return grain(14) + (x * 7 % 101 == 0 && y * 13 % 97 == 0 ? 20 : 0);
}

static void
test_real_paper(void **state)
{
    int (*const kinds[])(uint32_t, uint32_t) = {falling_light, other_side, fibres};

    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        paint(0, 0, WIDTH, HEIGHT, 230);
        darken(kinds[i]);
        if (!raster_is_blank(&page, DPI))
            fail_msg("%zu is taken for written", i);
        paint(0, 0, WIDTH, HEIGHT, 230);
        paint(300, 700, 50, 2, 120); /* and a stroke of a pen on it */
        darken(kinds[i]);
        if (raster_is_blank(&page, DPI))
            fail_msg("%zu is taken for blank", i);
    }
}

/* A code and nothing else; a black block as large as what is looked at at once. */
static void
test_one_thing(void **state)
{
    (void)state;
    paint(0, 0, WIDTH, HEIGHT, 250);
    for (uint32_t y = 0; y < 42; y += 4) {
        for (uint32_t x = y / 4 % 2 * 4; x < 42; x += 8)
            paint(60 + x, 1080 + y, 4, 4, 20);
    }
    assert_false(raster_is_blank(&page, DPI));
    paint(0, 0, WIDTH, HEIGHT, 250);
    paint(15 + 35 * 5, 15 + 35 * 5, 70, 70, 10);
    assert_false(raster_is_blank(&page, DPI));
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
        cmocka_unit_test(test_paper),      cmocka_unit_test(test_shadows_and_dust),
        cmocka_unit_test(test_real_paper), cmocka_unit_test(test_one_thing),
        cmocka_unit_test(test_writing),    cmocka_unit_test(test_no_paper),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
