/* Any bytes behind the first ones of a picture end in a picture or a message. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "image/image.h"
#include "image/raster.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct str bytes = {(const char *)data, size};
    const struct image *image = image_read_jpeg(arena, diags, POS_NONE, bytes, IMAGE_FOR_PDF);

    if ((image == NULL) != (diags_count(diags) == 1))
        abort();
    if (image != NULL && image->pixels == NULL && image->jpeg.len == 0)
        abort();
    diags_free(diags);
    arena_free(arena);
    return 0;
}
