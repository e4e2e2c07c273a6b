/* Codes are found on pages of every resolution, however they lie, and by what they say. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "paper/find.h"

#define MODULES 21
#define TENTHS_OF_CODE 120 /* 12 mm */

/* Made by the program qrencode: version 1, error correction M. */
#define OURS_TEXT "0123456789ABCDEFH007"
static const char *const ours[MODULES] = {
    "####### #  #  #######", "#     # # # # #     #", "# ### #  # ## # ### #",
    "# ### # ## #  # ### #", "# ### #   ##  # ### #", "#     #    ## #     #",
    "####### # # # #######", "        # ###        ", "# ## ### # ## #  # ##",
    "   ### # #  ##   ##  ", "  #   #   ##  ###  # ", "#  ##  ## ###   ## # ",
    " #    ## #####  #    ", "        ## #  ##    #", "####### # #  ## # ###",
    "#     # #   # #     #", "# ### #    ##  # ## #", "# ### # ##  ##  ## # ",
    "# ### # # ## # #     ", "#     #  ## ### #####", "####### ####    ## # ",
};

#define FOREIGN_TEXT "HTTPS://A.TH/1"
static const char *const foreign[MODULES] = {
    "####### ## #  #######", "#     #  #### #     #", "# ### # ##    # ### #",
    "# ### #   ### # ### #", "# ### #  ## # # ### #", "#     # #     #     #",
    "####### # # # #######", "         ###         ", "# #   ## # ##  #  # #",
    "  # #  # ##  #  # # #", "###  ## # #   ## # # ", "  ## # # ## ##   # # ",
    "# ##  ###     #  # ##", "        #  # ## ## ##", "####### # ####    ###",
    "#     #   ## # # # ##", "# ### #   ######### #", "# ### #   #    # #   ",
    "# ### # # #  ##  # ##", "#     #   # #  #    #", "####### # #  ##    ##",
};

/* A sheet that is drawn on in mm and becomes a picture. */
struct sheet {
    struct arena *arena;
    uint32_t dpi;
    struct raster raster;
    uint8_t *gray;
};

static struct sheet
sheet_of(struct arena *arena, uint32_t dpi)
{
    struct sheet sheet = {.arena = arena, .dpi = dpi};

    sheet.raster.width = 210 * dpi * 10 / 254;
    sheet.raster.height = 297 * dpi * 10 / 254;
    sheet.gray = arena_array(arena, sheet.raster.height, sheet.raster.width);
    memset(sheet.gray, 250, (size_t)sheet.raster.width * sheet.raster.height);
    sheet.raster.gray = sheet.gray;
    return sheet;
}

/* Whether a point of the code, in its own modules, is black. */
static bool
is_black(const char *const code[MODULES], double x, double y)
{
    return x >= 0 && y >= 0 && x < MODULES && y < MODULES && code[(size_t)y][(size_t)x] == '#';
}

/* Draws a code around a middle in 1/10 mm, turned clockwise; each pixel has its share of black. */
static void
draw(struct sheet *sheet, const char *const code[MODULES], double mid_x, double mid_y, double turn)
{
    double module = TENTHS_OF_CODE * sheet->dpi / 254.0 / MODULES;
    double cosine = cos(turn * M_PI / 180), sine = sin(turn * M_PI / 180);

    mid_x *= sheet->dpi / 254.0;
    mid_y *= sheet->dpi / 254.0;
    double around = MODULES * module;
    for (uint32_t y = (uint32_t)(mid_y - around); y < mid_y + around; y++) {
        for (uint32_t x = (uint32_t)(mid_x - around); x < mid_x + around; x++) {
            unsigned black = 0;
            for (int i = 0; i < 16; i++) {
                double dx = x + (i % 4 + 0.5) / 4 - mid_x, dy = y + (i / 4 + 0.5) / 4 - mid_y;
                black += is_black(code, (dx * cosine + dy * sine) / module + MODULES / 2.0,
                                  (dy * cosine - dx * sine) / module + MODULES / 2.0);
            }
            uint8_t *pixel = &sheet->gray[(size_t)y * sheet->raster.width + x];
            *pixel = (uint8_t)(*pixel - black * 14);
        }
    }
}

static int
set_up(void **state)
{
    *state = arena_new(0);
    return 0;
}

static int
tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

/* Our code is found in the corner of the sheet, with its middle there, in 1/10 mm. */
static void
expect_ours(struct sheet *sheet, double x, double y, int turn)
{
    struct found_codes found = raster_codes(sheet->arena, &sheet->raster, sheet->dpi);

    if (found.count != 1)
        fail_msg("%zu codes at %u dpi", found.count, sheet->dpi);
    const struct found_code *code = &found.code[0];
    assert_true(code->is_ours && str_is(code->text, OURS_TEXT));
    assert_string_equal(code->code.text, "0123456789ABCDEF");
    assert_int_equal(code->page, 7);
    assert_int_equal(code->turn, turn);
    double mm = sheet->dpi / 25.4;
    assert_true(fabs(code->x - x / 10 * mm) < mm && fabs(code->y - y / 10 * mm) < mm);
    assert_true(code->is_in_corner);
    assert_true(fabs(code->side - 12 * mm) < 2 * mm);
}

static void
test_resolutions(void **state)
{
    static const uint32_t dpi[] = {100, 120, 150, 200, 240, 300, 400, 600};

    for (size_t i = 0; i < sizeof dpi / sizeof dpi[0]; i++) {
        struct sheet sheet = sheet_of(*state, dpi[i]);
        draw(&sheet, ours, 150, 2800, 0);
        expect_ours(&sheet, 150, 2800, 0);
    }
}

/* The lower left corner of the page goes around with it. */
static void
test_turned(void **state)
{
    static const double lies[] = {0, 90, 180, 270, 2, 358, 92, 178, 272};
    static const int turns[] = {0, 270, 180, 90, 0, 0, 270, 180, 90};
    static const double corners[4][2] = {{150, 2820}, {1950, 2820}, {1950, 150}, {150, 150}};

    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        struct sheet sheet = sheet_of(*state, 200);
        const double *corner = corners[turns[i] / 90];
        draw(&sheet, ours, corner[0], corner[1], lies[i]);
        expect_ours(&sheet, corner[0], corner[1], turns[i]);
    }
}

/* A slip that lies on the page, or a page that is pictured on it, says nothing of the page; but paper
 * may lie anywhere on a glass that is larger. */
static void
test_elsewhere(void **state)
{
    static const double places[][2] = {{1800, 2800}, {150, 150}, {1050, 1500}, {600, 2820}};

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        struct sheet sheet = sheet_of(*state, 150);
        draw(&sheet, ours, places[i][0], places[i][1], 0);
        struct found_codes found = raster_codes(*state, &sheet.raster, 150);
        assert_int_equal(found.count, 1);
        assert_false(found.code[0].is_in_corner);
        /* at this resolution it is A3, and A4 may lie on it farther to the right */
        found = raster_codes(*state, &sheet.raster, 106);
        assert_int_equal(found.code[0].is_in_corner, i == 3);
    }
}

/* The light falls off, and there is grain. */
static void
test_bad_light(void **state)
{
    struct sheet sheet = sheet_of(*state, 150);
    uint32_t seed = 1;

    draw(&sheet, ours, 150, 2800, 1);
    for (size_t i = 0; i < (size_t)sheet.raster.width * sheet.raster.height; i++) {
        seed = seed * 1103515245U + 12345;
        double light = 0.4 + 0.6 * (double)(i % sheet.raster.width) / sheet.raster.width;
        sheet.gray[i] = (uint8_t)(sheet.gray[i] * light * 0.8 + (seed >> 16) % 40);
    }
    expect_ours(&sheet, 150, 2800, 0);
}

static void
test_two_codes(void **state)
{
    struct sheet sheet = sheet_of(*state, 150);

    draw(&sheet, foreign, 400, 300, 90);
    draw(&sheet, ours, 150, 2800, 0);
    struct found_codes found = raster_codes(*state, &sheet.raster, 150);
    assert_int_equal(found.count, 2);
    size_t mine = found.code[0].is_ours ? 0 : 1;
    assert_true(found.code[mine].is_ours && !found.code[1 - mine].is_ours);
    assert_true(str_is(found.code[1 - mine].text, FOREIGN_TEXT));
    assert_int_equal(found.code[1 - mine].turn, 270);
    draw(&sheet, ours, 400, 1500, 0); /* the same one twice is told twice */
    found = raster_codes(*state, &sheet.raster, 150);
    assert_int_equal(found.count, 3);
}

static void
test_foreign(void **state)
{
    struct sheet sheet = sheet_of(*state, 150);

    draw(&sheet, foreign, 400, 300, 0);
    struct found_codes found = raster_codes(*state, &sheet.raster, 150);
    assert_int_equal(found.count, 1);
    assert_false(found.code[0].is_ours);
}

static void
test_none(void **state)
{
    struct sheet sheet = sheet_of(*state, 100);
    const struct raster none = {0, 0, sheet.gray}, thin = {1, 100, sheet.gray};
    const struct raster huge = {60000, 60000, sheet.gray};

    assert_int_equal(raster_codes(*state, &sheet.raster, 100).count, 0);
    assert_int_equal(raster_codes(*state, &sheet.raster, 0).count, 0);
    assert_int_equal(raster_codes(*state, &sheet.raster, 1).count, 0);
    assert_int_equal(raster_codes(*state, &sheet.raster, UINT32_MAX).count, 0);
    assert_int_equal(raster_codes(*state, &none, 100).count, 0);
    assert_int_equal(raster_codes(*state, &thin, 100).count, 0);
    assert_int_equal(raster_codes(*state, &huge, 100).count, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_resolutions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_turned, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_elsewhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bad_light, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_two_codes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_foreign, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_none, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
