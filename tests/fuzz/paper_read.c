/* Any bytes as a scan: pages whose images can be asked for, and that can be looked at where they
 * are small, or one error or more. */
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "paper/look.h"
#include "paper/read.h"

#define PIXELS_MAX 250000
#define SIDE_MAX (600 * UNIT_PT)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t
sum_of(const struct scan_image *image)
{
    size_t sum = 0;

    for (size_t i = 0; i < image->bytes.len; i++)
        sum += (unsigned char)image->bytes.ptr[i];
    for (size_t i = 0; i < image->palette.len; i++)
        sum += (unsigned char)image->palette.ptr[i];
    return sum + image->width + image->height + (image->mask != NULL ? sum_of(image->mask) : 0);
}

static void
check(const struct scan_page *page)
{
    if (page->width <= 0 || page->height <= 0 || page->turn % 90 != 0 || page->turn < 0 ||
        page->turn > 270 || (page->is_drawn && page->place_count > 0))
        abort();
    for (size_t i = 0; i < page->place_count; i++) {
        const struct scan_image *image = page->places[i].image;
        if (image == NULL || image->width == 0 || image->height == 0 || sum_of(image) == 0)
            abort();
    }
}

static bool
is_small(const struct scan_image *image)
{
    return image->filter != SCAN_JBIG2 && (uint64_t)image->width * image->height <= PIXELS_MAX &&
           (image->mask == NULL || is_small(image->mask));
}

/* Nothing is drawn by other programs, for the page belongs to no PDF here. */
static void
look_at(const struct scan_page *from)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct scan_page page = *from;
    struct look look;
    bool small = page.width <= SIDE_MAX && page.height <= SIDE_MAX && page.place_count <= 20;

    page.pdf = STR("");
    for (size_t i = 0; i < page.place_count; i++)
        small = small && is_small(page.places[i].image);
    if (small && page_look(arena, diags, &page, &look) !=
                     (diags_level_count(diags, DIAG_ERROR) == 0 && !page.is_drawn))
        abort();
    arena_free(arena);
    diags_free(diags);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct scan_pages pages;
    bool good = scan_read(arena, diags, "fuzz", (struct str){(const char *)data, size}, &pages);

    if (good != (diags_level_count(diags, DIAG_ERROR) == 0) || (good && pages.count == 0))
        abort();
    for (size_t i = 0; i < pages.count && good; i++)
        check(&pages.page[i]);
    for (size_t i = 0; i < pages.count && i < 3 && good; i++)
        look_at(&pages.page[i]);
    arena_free(arena);
    diags_free(diags);
    return 0;
}
