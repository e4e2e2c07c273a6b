/* Any pixels: codes that lie on the page, or none. */
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "paper/find.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 3)
        return 0;
    uint32_t width = (uint32_t)data[0] + 1, dpi = (uint32_t)data[1] * 4;
    struct raster raster = {width, (uint32_t)((size - 2) / width), data + 2};
    struct arena *arena = arena_new(0);

    if (raster.height > 0 && raster.height < 1000) {
        struct found_codes found = raster_codes(arena, &raster, dpi);
        for (size_t i = 0; i < found.count; i++) {
            if (found.code[i].turn % 90 != 0 || found.code[i].turn > 270)
                abort();
        }
        (void)raster_is_blank(&raster, dpi);
    }
    arena_free(arena);
    return 0;
}
