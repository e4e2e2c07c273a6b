/* Scans that are read in tests, and what has to be seen on their pages. */
#ifndef READ_KIT_H
#define READ_KIT_H

#include "scan_kit.h"
#include "test.h"

#include <math.h>

#include "paper/decode.h"
#include "paper/read.h"

#define WIDTH 160
#define HEIGHT 120

/* Reads a file; fails the test where that fails. */
static inline struct scan_pages
read_file(struct fixture *f, struct str bytes)
{
    struct scan_pages pages;

    if (!scan_read(f->arena, f->diags, "scan", bytes, &pages))
        fail_msg("%s", diag_code_name(diags_at(f->diags, 0)->code));
    assert_int_equal(diags_count(f->diags), 0);
    return pages;
}

static inline void
expect_error(struct fixture *f, struct str bytes, enum diag_code code)
{
    struct diags *diags = diags_new();
    struct scan_pages pages;

    assert_false(scan_read(f->arena, diags, "scan", bytes, &pages));
    assert_int_equal(diags_level_count(diags, DIAG_ERROR), 1);
    if (diags_at(diags, 0)->code != code)
        fail_msg("%s", diag_code_name(diags_at(diags, 0)->code));
    diags_free(diags);
}

static inline bool
is_part_of(struct str part, struct str whole)
{
    return part.ptr >= whole.ptr && part.ptr + part.len <= whole.ptr + whole.len;
}

/* The page's images, put together, are the picture, but for `most`. */
static inline void
expect_picture(struct fixture *f, const struct scan_page *page, const struct scan_kit *kit,
               unsigned most)
{
    for (size_t i = 0; i < page->place_count; i++) {
        const struct scan_place *place = &page->places[i];
        struct scan_pixels pixels;
        assert_true(
            scan_pixels_of(f->arena, f->diags, (struct scan_at){"scan", 1}, place->image, &pixels));
        double across = kit->width * 1000.0 / page->width,
               down = kit->height * 1000.0 / page->height;
        size_t left = (size_t)lround(place->matrix[4] * across);
        size_t top = (size_t)lround(kit->height - (place->matrix[5] + place->matrix[3]) * down);
        assert_int_equal(lround(place->matrix[0] * across), pixels.width);
        for (uint32_t y = 0; y < pixels.height && y + top < kit->height; y++) {
            for (uint32_t x = 0; x < pixels.width && x + left < kit->width; x++) {
                int got = pixels.samples[((size_t)y * pixels.width + x) * pixels.channels];
                int want = kit->samples[((y + top) * kit->width + x + left) * kit->channels];
                if (most == 255) /* black and white */
                    assert_int_equal(got, want < 128 ? 0 : 255);
                else
                    assert_true(abs(got - want) <= (int)most);
            }
        }
    }
}

static inline const struct scan_image *
only_image(const struct scan_page *page)
{
    assert_false(page->is_drawn);
    assert_int_equal(page->place_count, 1);
    return page->places[0].image;
}

#endif
