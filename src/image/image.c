/* Rasters: which reader a file belongs to, and the limits that all readers keep. */
#include "image/image.h"

#include "image/raster.h"

bool
image_size_is_allowed(uint64_t width, uint64_t height)
{
    return width <= IMAGE_SIDE_MAX && height <= IMAGE_SIDE_MAX &&
           width * height <= IMAGE_PIXELS_MAX;
}

struct image *
image_too_large(struct diags *diags, struct pos at, uint64_t width, uint64_t height)
{
    diag_add(
        diags, DIAG_IMAGE_TOO_LARGE, at,
        diag_printf(diags, "%llu × %llu", (unsigned long long)width, (unsigned long long)height),
        diag_printf(diags, "%d", IMAGE_SIDE_MAX),
        diag_printf(diags, "%d", IMAGE_PIXELS_MAX / 1000000));
    return NULL;
}

struct image *
image_read(struct arena *arena, struct diags *diags, struct pos at, struct str bytes)
{
    if (bytes.len > IMAGE_BYTES_MAX) {
        diag_add(diags, DIAG_IMAGE_BYTES, at,
                 diag_printf(diags, "%zu", IMAGE_BYTES_MAX / 1024 / 1024), NULL, NULL);
        return NULL;
    }
    if (str_starts(bytes, STR("\x89PNG\r\n\x1A\n")))
        return image_read_png(arena, diags, at, bytes);
    if (str_starts(bytes, STR("\xFF\xD8\xFF")))
        return image_read_jpeg(arena, diags, at, bytes);
    diag_add(diags, DIAG_IMAGE_UNKNOWN, at, NULL, NULL, NULL);
    return NULL;
}
