/* Pictures of office machines become pages whose images are the bytes of the file. */
#include "read_kit.h"

#include <unistd.h>

#include "base/files.h"
#include "paper/repack.h"

/* ---- pictures */

static struct str
jpeg_at(struct fixture *f, const struct scan_kit *kit, int unit, int dpi_x, int dpi_y)
{
    struct str bytes = kit_jpeg_of(f->arena, kit, 95, false);
    char *out = (char *)(uintptr_t)str_dup(f->arena, bytes).ptr;

    out[13] = (char)unit; /* in the JFIF segment */
    out[14] = (char)(dpi_x >> 8);
    out[15] = (char)dpi_x;
    out[16] = (char)(dpi_y >> 8);
    out[17] = (char)dpi_y;
    return (struct str){out, bytes.len};
}

static void
test_jpeg(void **state)
{
    struct fixture *f = *state;
    struct scan_kit kit = kit_picture(f->arena, 827, 1169, 3);
    struct str bytes = jpeg_at(f, &kit, 1, 100, 80);
    struct scan_pages pages = read_file(f, bytes);

    assert_int_equal(pages.count, 1);
    assert_true(str_eq(pages.page[0].places[0].image->bytes, bytes));
    assert_int_equal(pages.page[0].width, 595440);
    assert_int_equal(pages.page[0].height, 1052100);
    pages = read_file(f, jpeg_at(f, &kit, 2, 100, 100)); /* a centimetre */
    assert_int_equal(pages.page[0].width, 234425);
    pages = read_file(f, jpeg_at(f, &kit, 0, 1, 1)); /* A4 at 100 dpi */
    assert_int_equal(pages.page[0].width, 595440);
    kit = kit_picture(f->arena, 2480, 3508, 1);
    pages = read_file(f, jpeg_at(f, &kit, 1, 72, 72)); /* what is written when nobody knows */
    assert_int_equal(pages.page[0].width, 595200);
    kit = kit_picture(f->arena, 16, 16, 4);
    pages = read_file(f, kit_jpeg_of(f->arena, &kit, 90, false));
    assert_int_equal(pages.page[0].places[0].image->space, SCAN_CMYK);
    assert_true(pages.page[0].places[0].image->is_inverted);
    assert_int_equal(pages.page[0].width, 16 * 360); /* at 200 dpi */
}

/* Behind its first marker a JPEG gets EXIF with this orientation. */
static struct str
oriented(struct fixture *f, struct str jpeg, int orientation)
{
    struct buf out = buf_in(f->arena);
    char exif[] = "\xFF\xE1\0\x22"
                  "Exif\0\0"
                  "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";

    exif[29] = (char)orientation;
    buf_add(&out, str_sub(jpeg, 0, 2));
    buf_add(&out, (struct str){exif, 36});
    buf_add(&out, str_sub(jpeg, 2, SIZE_MAX));
    return buf_str(&out);
}

/* The corner that is black in the upright picture is found there when the page was turned. */
static void
test_orientation(void **state)
{
    static const int turns[] = {0, 0, 0, 180, 180, 270, 90, 90, 270};
    struct fixture *f = *state;
    struct scan_kit kit = kit_picture(f->arena, WIDTH, HEIGHT, 1);
    struct str jpeg = kit_jpeg_of(f->arena, &kit, 98, false);

    for (int orientation = 1; orientation <= 8; orientation++) {
        struct scan_pages pages = read_file(f, oriented(f, jpeg, orientation));
        const struct scan_image *image = only_image(&pages.page[0]);
        bool mirrored =
            orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7;
        assert_int_equal(pages.page[0].turn, turns[orientation]);
        assert_int_equal(image->recoded, mirrored ? SCAN_WAS_MIRRORED : SCAN_AS_IT_CAME);
        struct scan_pixels pixels;
        assert_true(
            scan_pixels_of(f->arena, f->diags, (struct scan_at){"scan", 1}, image, &pixels));
        size_t dark = (size_t)HEIGHT * 3 / 8 * WIDTH + (size_t)WIDTH * (mirrored ? 5 : 3) / 8;
        assert_true(pixels.samples[dark] < 20);
    }
}

/* ---- PNG */

static void
add_chunk(struct buf *out, const char *name, struct str data)
{
    struct buf body = buf_in(out->arena);

    buf_text(&body, name);
    buf_add(&body, data);
    kit_number(out, (uint32_t)data.len);
    buf_add(out, buf_str(&body));
    kit_number(out, (uint32_t)crc32(0, (const Bytef *)body.ptr, (uInt)body.len));
}

/* `data` in two chunks. */
static struct str
png_of(struct fixture *f, uint32_t width, uint32_t height, int bits, int colour, const char *more,
       struct str data)
{
    struct buf out = buf_in(f->arena), head = buf_in(f->arena);
    const char rest[] = {(char)bits, (char)colour, 0, 0, 0};

    buf_add(&out, STR("\x89PNG\r\n\x1A\n"));
    kit_number(&head, width);
    kit_number(&head, height);
    buf_add(&head, (struct str){rest, 5});
    add_chunk(&out, "IHDR", buf_str(&head));
    if (*more != '\0')
        add_chunk(&out, more,
                  colour == 3 ? STR("\xFF\xFF\xFF\0\0\0")
                              : (struct str){"\0\0\x17\x12\0\0\x17\x12\1", 9});
    add_chunk(&out, "IDAT", str_sub(data, 0, data.len / 2));
    add_chunk(&out, "IDAT", str_sub(data, data.len / 2, SIZE_MAX));
    add_chunk(&out, "IEND", STR(""));
    return buf_str(&out);
}

static void
test_png(void **state)
{
    struct fixture *f = *state;

    for (unsigned channels = 1; channels <= 3; channels += 2) {
        struct scan_kit kit = kit_picture(f->arena, WIDTH, HEIGHT, channels);
        struct str data =
            kit_zlib(f->arena, kit_filtered(f->arena, kit_raw(&kit), WIDTH * channels));
        struct str png = png_of(f, WIDTH, HEIGHT, 8, channels == 1 ? 0 : 2, "pHYs", data);
        struct scan_pages pages = read_file(f, png);
        assert_true(str_eq(only_image(&pages.page[0])->bytes, data));
        assert_int_equal(only_image(&pages.page[0])->recoded, SCAN_AS_IT_CAME);
        assert_true(abs(pages.page[0].width - WIDTH * 480) < 100); /* 150 dpi */
        expect_picture(f, &pages.page[0], &kit, 0);
        expect_error(f, str_sub(png, 0, png.len - 20), DIAG_PAPER_FILE_DAMAGED);
    }
    struct scan_kit kit = kit_picture(f->arena, WIDTH, HEIGHT, 1);
    struct str bits = kit_bits(f->arena, &kit, true);
    struct str png = png_of(f, WIDTH, HEIGHT, 1, 3, "PLTE",
                            kit_zlib(f->arena, kit_filtered(f->arena, bits, WIDTH / 8)));
    struct scan_pages pages = read_file(f, png);
    assert_int_equal(only_image(&pages.page[0])->space, SCAN_INDEXED);
    expect_picture(f, &pages.page[0], &kit, 255);
    /* gray with alpha, all of it clear, is white */
    struct str clear = {arena_alloc(f->arena, 2 * WIDTH * HEIGHT), 2 * WIDTH * HEIGHT};
    png = png_of(f, WIDTH, HEIGHT, 8, 4, "",
                 kit_zlib(f->arena, kit_filtered(f->arena, clear, 2 * WIDTH)));
    pages = read_file(f, png);
    assert_int_equal(only_image(&pages.page[0])->recoded, SCAN_WAS_CLEAR);
    memset(kit.samples, 255, WIDTH * HEIGHT);
    expect_picture(f, &pages.page[0], &kit, 0);
}

/* ---- TIFF */

static void
test_tiff(void **state)
{
    static const struct {
        struct kit_tiff how;
        unsigned channels;
        enum scan_filter filter;
        enum scan_recoded recoded;
        unsigned pieces, most;
    } kinds[] = {
        {{.compression = COMPRESSION_NONE, .bits = 8, .photometric = PHOTOMETRIC_MINISBLACK},
         1,
         SCAN_RAW,
         SCAN_AS_IT_CAME,
         1,
         0},
        {{.compression = COMPRESSION_NONE,
          .bits = 8,
          .photometric = PHOTOMETRIC_RGB,
          .rows_per_strip = 7},
         3,
         SCAN_RAW,
         SCAN_AS_IT_CAME,
         1,
         0},
        {{.compression = COMPRESSION_ADOBE_DEFLATE,
          .bits = 8,
          .photometric = PHOTOMETRIC_RGB,
          .rows_per_strip = 50,
          .predictor = 2},
         3,
         SCAN_FLATE,
         SCAN_AS_IT_CAME,
         3,
         0},
        {{.compression = COMPRESSION_LZW,
          .bits = 8,
          .photometric = PHOTOMETRIC_RGB,
          .rows_per_strip = 50,
          .predictor = 2},
         3,
         SCAN_FLATE,
         SCAN_WAS_LZW,
         1,
         0},
        {{.compression = COMPRESSION_PACKBITS,
          .bits = 1,
          .photometric = PHOTOMETRIC_MINISWHITE,
          .rows_per_strip = 50},
         1,
         SCAN_FLATE,
         SCAN_WAS_RUNS,
         1,
         255},
        {{.compression = COMPRESSION_CCITTFAX4, .bits = 1, .photometric = PHOTOMETRIC_MINISWHITE},
         1,
         SCAN_CCITT,
         SCAN_AS_IT_CAME,
         1,
         255},
        {{.compression = COMPRESSION_CCITTFAX4,
          .bits = 1,
          .photometric = PHOTOMETRIC_MINISWHITE,
          .rows_per_strip = 50},
         1,
         SCAN_CCITT,
         SCAN_AS_IT_CAME,
         3,
         255},
        {{.compression = COMPRESSION_CCITTFAX4,
          .bits = 1,
          .photometric = PHOTOMETRIC_MINISWHITE,
          .rows_per_strip = 50,
          .fill_order = FILLORDER_LSB2MSB},
         1,
         SCAN_CCITT,
         SCAN_WAS_TURNED,
         3,
         255},
        {{.compression = COMPRESSION_CCITTFAX3, .bits = 1, .photometric = PHOTOMETRIC_MINISWHITE},
         1,
         SCAN_CCITT,
         SCAN_AS_IT_CAME,
         1,
         255},
        {{.compression = COMPRESSION_CCITTFAX3,
          .bits = 1,
          .photometric = PHOTOMETRIC_MINISWHITE,
          .group3 = GROUP3OPT_2DENCODING | GROUP3OPT_FILLBITS,
          .rows_per_strip = 60},
         1,
         SCAN_CCITT,
         SCAN_AS_IT_CAME,
         2,
         255},
        {{.compression = COMPRESSION_CCITTRLE, .bits = 1, .photometric = PHOTOMETRIC_MINISWHITE},
         1,
         SCAN_CCITT,
         SCAN_AS_IT_CAME,
         1,
         255},
        {{.compression = COMPRESSION_JPEG,
          .bits = 8,
          .photometric = PHOTOMETRIC_MINISBLACK,
          .rows_per_strip = 40},
         1,
         SCAN_DCT,
         SCAN_WAS_TABLES,
         3,
         60},
        {{.compression = COMPRESSION_JPEG,
          .bits = 8,
          .photometric = PHOTOMETRIC_YCBCR,
          .rows_per_strip = 48},
         3,
         SCAN_DCT,
         SCAN_WAS_TABLES,
         3,
         90},
        {{.compression = COMPRESSION_JPEG,
          .bits = 8,
          .photometric = PHOTOMETRIC_RGB,
          .rows_per_strip = 48},
         3,
         SCAN_DCT,
         SCAN_WAS_TABLES,
         3,
         60},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct scan_kit kit = kit_picture(f->arena, WIDTH, HEIGHT, kinds[i].channels);
        bool white = kinds[i].how.photometric == PHOTOMETRIC_MINISWHITE;
        struct str rows = kinds[i].how.bits == 1 ? kit_bits(f->arena, &kit, white) : kit_raw(&kit);
        struct str tiff = kit_tiff(f->arena, &kit, &kinds[i].how, 1, rows);
        struct scan_pages pages = read_file(f, tiff);
        assert_int_equal(pages.count, 1);
        if (pages.page[0].place_count != kinds[i].pieces)
            fail_msg("%zu: %zu pieces", i, pages.page[0].place_count);
        const struct scan_image *image = pages.page[0].places[0].image;
        assert_int_equal(image->filter, kinds[i].filter);
        assert_int_equal(image->recoded, kinds[i].recoded);
        if (image->recoded == SCAN_AS_IT_CAME)
            assert_true(is_part_of(image->bytes, tiff));
        expect_picture(f, &pages.page[0], &kit, kinds[i].most);
    }
}

static void
test_tiff_pages(void **state)
{
    struct fixture *f = *state;
    struct scan_kit kit = kit_picture(f->arena, WIDTH, HEIGHT, 1);
    const struct kit_tiff how[] = {
        {.compression = COMPRESSION_CCITTFAX4,
         .bits = 1,
         .photometric = PHOTOMETRIC_MINISWHITE,
         .dpi_x = 204,
         .dpi_y = 98},
        {.compression = COMPRESSION_CCITTFAX4,
         .bits = 1,
         .photometric = PHOTOMETRIC_MINISWHITE,
         .orientation = 3},
        {.compression = COMPRESSION_CCITTFAX4,
         .bits = 1,
         .photometric = PHOTOMETRIC_MINISWHITE,
         .orientation = 5,
         .rows_per_strip = 50},
    };
    struct str tiff = kit_tiff(f->arena, &kit, how, 3, kit_bits(f->arena, &kit, true));
    struct scan_pages pages = read_file(f, tiff);

    assert_int_equal(pages.count, 3);
    assert_int_equal(pages.page[0].width, lround(WIDTH * 72000.0 / 204));
    assert_int_equal(pages.page[0].height, lround(HEIGHT * 72000.0 / 98));
    assert_int_equal(pages.page[1].turn, 180);
    assert_int_equal(pages.page[1].number, 2);
    assert_int_equal(pages.page[2].turn, 270);
    assert_int_equal(pages.page[2].places[0].image->recoded, SCAN_WAS_MIRRORED);
    expect_error(f, str_sub(tiff, 0, tiff.len - 40), DIAG_PAPER_FILE_DAMAGED);
}
/* ---- what is no scan */

static void
test_errors(void **state)
{
    struct fixture *f = *state;
    struct scan_kit kit = kit_picture(f->arena, WIDTH, HEIGHT, 1);
    struct str jpeg = kit_jpeg_of(f->arena, &kit, 90, false);
    char *sides = (char *)(uintptr_t)str_dup(f->arena, jpeg).ptr;

    expect_error(f, STR(""), DIAG_PAPER_FILE_EMPTY);
    expect_error(f, STR("GIF89a"), DIAG_PAPER_FILE_KIND);
    expect_error(f, (struct str){jpeg.ptr, SCAN_BYTES_MAX + 1}, DIAG_PAPER_FILE_LARGE);
    expect_error(f, str_sub(jpeg, 0, 30), DIAG_PAPER_FILE_DAMAGED);
    expect_error(f, STR("\x89PNG\r\n\x1A\nabc"), DIAG_PAPER_FILE_DAMAGED);
    expect_error(f, (struct str){"II*\0\xFF\0\0\0", 8}, DIAG_PAPER_FILE_DAMAGED);
    expect_error(f, STR("%PDF-1.7\n"), DIAG_PDFIN_DAMAGED);
    expect_error(f, png_of(f, 100000, 100000, 8, 0, "", kit_zlib(f->arena, STR("x"))),
                 DIAG_PAPER_IMAGE_LARGE);
    for (size_t i = 0; i + 9 < jpeg.len; i++) {
        if (memcmp(sides + i, "\xFF\xC0", 2) == 0) {
            sides[i + 1] = (char)0xC9; /* arithmetic coding */
            break;
        }
    }
    expect_error(f, (struct str){sides, jpeg.len}, DIAG_PAPER_IMAGE_KIND);
}

static void
test_file(void **state)
{
    struct fixture *f = *state;
    struct scan_pages pages;
    struct str bytes;
    const char *path = "paper-read-test.pdf";
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(ftruncate(fileno(file), (off_t)SCAN_BYTES_MAX + 1), 0); /* a hole */
    (void)fclose(file);
    assert_false(scan_read_file(files_system(), f->arena, f->diags, path, &bytes, &pages));
    assert_int_equal(diags_at(f->diags, 0)->code, DIAG_PAPER_FILE_LARGE);
    (void)remove(path);
    assert_false(scan_read_file(files_system(), f->arena, f->diags, path, &bytes, &pages));
    assert_int_equal(diags_at(f->diags, 1)->code, DIAG_IO_OPEN);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_jpeg, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_orientation, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_png, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_tiff, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_tiff_pages, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_errors, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_file, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
