/* Metadata of any bytes: an orientation there is, what is stripped has nothing left to strip, and
 * what is to be printed is printed or told. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "image/raster.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
try_print(struct arena *arena, struct str bytes)
{
    struct diags *diags = diags_new();
    const struct image *head = image_open(arena, diags, POS_NONE, bytes);
    struct str once, twice;

    if (head != NULL && head->width < 2000 && head->height < 2000) {
        struct image size = *head;
        size.width = (head->width + 1) / 2;
        size.height = (head->height + 1) / 2;
        if (image_print(arena, diags, POS_NONE, bytes, &size, &once) &&
            (!image_print(arena, diags, POS_NONE, once, &size, &twice) || !str_eq(once, twice)) &&
            head->drawing == NULL)
            abort();
    }
    diags_free(diags);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct str bytes = {(const char *)data, size};
    struct buf out = buf_in(arena);
    unsigned orientation = meta_orientation(bytes);

    if (orientation < 1 || orientation > 8)
        abort();
    if (meta_strip(bytes, &out)) {
        struct meta left = meta_of(buf_str(&out));
        if (left.personal || left.orientation != 1)
            abort();
    }
    try_print(arena, bytes);
    arena_free(arena);
    return 0;
}
