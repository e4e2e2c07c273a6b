/* Pages become pictures: of their images, put together as they lie, or drawn by pdftoppm. */
#include "pdfin_kit.h"
#include "scan_kit.h"

#include "paper/look.h"
#include "paper/read.h"

#define SIDE 100 /* pixels of the images, and points of the page */

static struct scan_image
plain_image(const struct scan_kit *kit)
{
    return (struct scan_image){.width = kit->width,
                               .height = kit->height,
                               .bits = 8,
                               .filter = SCAN_RAW,
                               .space = kit->channels == 1 ? SCAN_GRAY : SCAN_RGB,
                               .bytes = kit_raw(kit)};
}

/* An image of one shade. */
static struct scan_image
shade_image(struct arena *arena, uint8_t shade)
{
    struct scan_kit kit = {SIDE, SIDE, 1, arena_alloc(arena, (size_t)SIDE * SIDE)};

    memset(kit.samples, shade, (size_t)SIDE * SIDE);
    return plain_image(&kit);
}

/* The shade of a point of the page, in points from its upper left corner. */
static int
shade_at(const struct look *look, double x, double y)
{
    size_t column = (size_t)(x * look->dpi / 72), row = (size_t)(y * look->dpi / 72);

    assert_true(column < look->raster.width && row < look->raster.height);
    return look->raster.gray[row * look->raster.width + column];
}

static struct look
look_at(struct fixture *f, const struct scan_place *places, size_t count)
{
    const struct scan_page page = {.file = "scan",
                                   .number = 1,
                                   .width = SIDE * UNIT_PT,
                                   .height = SIDE * UNIT_PT,
                                   .places = places,
                                   .place_count = count};
    struct look look;

    assert_true(page_look(f->arena, f->diags, &page, &look));
    assert_false(look.is_turned);
    return look;
}

static void
test_one_image(void **state)
{
    struct fixture *f = *state;
    struct scan_kit kit = kit_picture(f->arena, 625, 625, 1); /* 450 dpi */
    struct scan_image image = plain_image(&kit);
    struct scan_place place = {.image = &image, .matrix = {SIDE, 0, 0, SIDE, 0, 0}};
    struct look look = look_at(f, &place, 1);

    assert_int_equal(look.dpi, 225); /* two pixels in one */
    assert_int_equal(look.raster.width, 312);
    assert_true(shade_at(&look, 37, 37) < 5);
    assert_true(shade_at(&look, 62, 62) > 250);
    kit = kit_picture(f->arena, 50, 50, 1); /* 36 dpi */
    image = plain_image(&kit);
    look = look_at(f, &place, 1);
    assert_int_equal(look.dpi, 36);
    place = (struct scan_place){.image = &image, .matrix = {0, SIDE, -SIDE, 0, SIDE, 0}};
    look = look_at(f, &place, 1); /* turned by the page: the black box moves */
    assert_int_equal(look.dpi, LOOK_DPI);
    assert_true(shade_at(&look, 37, 62) < 5);
    assert_true(shade_at(&look, 62, 37) > 250);
    place = (struct scan_place){.image = &image, .matrix = {SIDE, 0, 0, -SIDE, 0, SIDE}};
    look = look_at(f, &place, 1); /* upside down */
    assert_true(shade_at(&look, 37, 62) < 5);
}

/* Strips beside each other and layers over each other. */
static void
test_layers(void **state)
{
    struct fixture *f = *state;
    struct scan_image light = shade_image(f->arena, 200), dark = shade_image(f->arena, 50);
    struct scan_kit kit = kit_picture(f->arena, SIDE, SIDE, 1);
    struct scan_image stencil = plain_image(&kit), mask = plain_image(&kit);
    struct scan_place places[4] = {
        {.image = &light, .matrix = {SIDE, 0, 0, SIDE / 2, 0, SIDE / 2}},
        {.image = &dark, .matrix = {SIDE, 0, 0, SIDE / 2, 0, 0}},
        {.image = &stencil, .matrix = {SIDE, 0, 0, SIDE, 0, 0}, .red = 255},
        {.image = &light, .matrix = {10, 0, 0, 10, 200, 200}}, /* beside the page */
    };

    stencil.space = SCAN_STENCIL;
    stencil.bits = 1;
    stencil.bytes = kit_bits(f->arena, &kit, false); /* black in the box, where it paints */
    struct look look = look_at(f, places, 4);
    assert_int_equal(shade_at(&look, 97, 40), 200);
    assert_int_equal(shade_at(&look, 90, 90), 50);
    assert_int_equal(shade_at(&look, 37, 37), 76); /* red */
    dark.mask = &mask;
    dark.mask_is_soft = true;
    places[1] = (struct scan_place){.image = &dark, .matrix = {SIDE, 0, 0, SIDE, 0, 0}};
    look = look_at(f, places, 2);
    assert_int_equal(shade_at(&look, 37, 37), 200); /* all clear */
    assert_int_equal(shade_at(&look, 62, 62), 50);  /* none */
    dark.mask_is_soft = false;
    dark.mask = &stencil;
    look = look_at(f, places, 2);
    assert_int_equal(shade_at(&look, 37, 37), 50);
    assert_int_equal(shade_at(&look, 62, 62), 255); /* nothing is under it */
}

static void
test_damaged(void **state)
{
    struct fixture *f = *state;
    struct scan_image image = shade_image(f->arena, 0);
    const struct scan_place place = {.image = &image, .matrix = {SIDE, 0, 0, SIDE, 0, 0}};
    const struct scan_page page = {.file = "scan",
                                   .number = 4,
                                   .width = SIDE * UNIT_PT,
                                   .height = SIDE * UNIT_PT,
                                   .places = &place,
                                   .place_count = 1};
    struct look look;

    image.bytes.len--;
    assert_false(page_look(f->arena, f->diags, &page, &look));
    assert_int_equal(diags_count(f->diags), 1);
    assert_int_equal(diags_at(f->diags, 0)->code, DIAG_PAPER_IMAGE_DAMAGED);
    assert_string_equal(diags_at(f->diags, 0)->arg[0], "4");
}

/* So many images over each other that nobody can want them. */
static void
test_many_layers(void **state)
{
    struct fixture *f = *state;
    struct scan_image image = shade_image(f->arena, 100);
    size_t count = 4096;
    struct scan_place *places = arena_array(f->arena, count, sizeof *places);
    struct scan_page page = {
        .width = 800 * UNIT_PT, .height = 1200 * UNIT_PT, .places = places, .place_count = count};
    struct look look;

    for (size_t i = 0; i < count; i++)
        places[i] = (struct scan_place){.image = &image, .matrix = {800, 0, 0, 1200, 0, 0}};
    assert_false(page_look(f->arena, f->diags, &page, &look));
    assert_int_equal(diags_at(f->diags, 0)->code, DIAG_PAPER_IMAGE_KIND);
    page.place_count = 10;
    page.width = page.height = UNIT_MAX; /* ten metres */
    assert_true(page_look(f->arena, f->diags, &page, &look));
    assert_true((uint64_t)look.raster.width * look.raster.height <= LOOK_PIXELS_MAX);
}

/* ---- pages that are drawn */

/* A page with a black box in its upper left corner, in another colour if so wished. */
static struct scan_page
drawn_page(struct fixture *f, const char *colour, const char *page)
{
    struct kit kit = kit_start(f->arena, "", page);
    struct scan_pages pages;

    kit.object[3] =
        kit_stream(f->arena, "", str_of(arena_printf(f->arena, "%s 0 742 200 100 re f", colour)));
    assert_true(scan_read(f->arena, f->diags, "scan", kit_write(f->arena, &kit), &pages));
    assert_int_equal(pages.count, 1);
    assert_true(pages.page[0].is_drawn);
    return pages.page[0];
}

static void
test_drawn(void **state)
{
    struct fixture *f = *state;
    struct scan_page page = drawn_page(f, "0 g", "/Contents 4 0 R"), made;
    struct look look;

    assert_true(page_look(f->arena, f->diags, &page, &look));
    assert_true(look.is_turned && look.dpi == RENDER_DPI);
    assert_int_equal(shade_at(&look, 100, 50), 0);
    assert_int_equal(shade_at(&look, 300, 300), 255);
    assert_true(page_render(f->arena, f->diags, &page, &made));
    assert_int_equal(made.places[0].image->space, SCAN_GRAY);
    assert_int_equal(made.places[0].image->recoded, SCAN_WAS_DRAWN);
    page = drawn_page(f, "1 0 0 rg", "/Contents 4 0 R/Rotate 90");
    assert_true(page_render(f->arena, f->diags, &page, &made));
    assert_int_equal(made.places[0].image->space, SCAN_RGB);
    assert_int_equal(made.turn, 0);
    assert_int_equal(made.width, page.height);
    assert_false(made.is_drawn);
    assert_true(page_look(f->arena, f->diags, &made, &look));
    assert_int_equal(shade_at(&look, 800, 100), 77);  /* now at the right */
    assert_int_equal(look_turn(&page, &look, 90), 0); /* as if this were what the file holds */
    look.is_turned = true;
    assert_int_equal(look_turn(&page, &look, 270), 270);
    assert_int_equal(diags_count(f->diags), 0);
}

static void
test_not_drawn(void **state)
{
    struct fixture *f = *state;
    struct scan_page page = drawn_page(f, "0 g", "/Contents 4 0 R"), made;
    struct look look;

    page.number = 7; /* there is no such page */
    assert_false(page_render(f->arena, f->diags, &page, &made));
    assert_int_equal(diags_at(f->diags, 0)->code, DIAG_PAPER_PAGE_NOT_DRAWN);
    (void)setenv("PATH", "/nowhere", 1);
    assert_false(page_look(f->arena, f->diags, &page, &look));
    (void)setenv("PATH", "/usr/bin:/bin", 1);
    assert_int_equal(diags_at(f->diags, 1)->code, DIAG_PAPER_PAGE_NO_PROGRAM);
    assert_int_equal(diags_count(f->diags), 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_one_image, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_layers, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_damaged, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_many_layers, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_drawn, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_not_drawn, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
