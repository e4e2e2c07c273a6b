/* Any bytes as a scan: pages whose images can be asked for, or one error or more. */
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "paper/read.h"

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
    arena_free(arena);
    diags_free(diags);
    return 0;
}
