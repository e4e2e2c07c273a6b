/* Pictures as they are printed. */
#include "base/arena.h"
#include "image/raster.h"

static bool
is_jpeg(struct str bytes)
{
    return str_starts(bytes, STR("\xFF\xD8\xFF"));
}

static bool
lies_across(unsigned orientation)
{
    return orientation >= 5;
}

/* Resolution of the printed picture, so that its natural size stays. */
uint32_t
image_dpi_of(uint32_t dpi, uint32_t width, uint32_t less)
{
    uint64_t exact = ((uint64_t)dpi * less + width / 2) / width;

    return dpi == 0 ? 0 : exact < 1 ? 1 : (uint32_t)exact;
}

/* Pixels upright and as many as asked for, and the file made of them. */
static bool
write_anew(struct arena *arena, struct diags *diags, struct pos at, struct str bytes,
           const struct image *size, struct str *out)
{
    struct arena *scratch = arena_new(0);
    bool jpeg = is_jpeg(bytes), across = lies_across(size->orientation);
    struct image *image =
        (jpeg ? image_read_jpeg : image_read_png)(scratch, diags, at, bytes, IMAGE_PIXELS);
    struct buf colours = buf_in(scratch);

    if (image != NULL) {
        uint32_t width = across ? size->height : size->width;
        uint32_t height = across ? size->width : size->height;
        if (width != image->width || height != image->height)
            image = scale_image(scratch, image, width, height);
        if (size->orientation > 1)
            image = scale_turn(scratch, image, size->orientation);
        image->dpi = size->dpi;
        meta_colours(bytes, &colours);
        *out = (jpeg ? image_write_jpeg : image_write_png)(arena, image, buf_str(&colours));
    }
    arena_free(scratch);
    return image != NULL;
}

bool
image_print(struct arena *arena, struct diags *diags, struct pos at, struct str bytes,
            const struct image *size, struct str *out)
{
    const struct image *head = image_open(arena, diags, at, bytes);
    struct buf stripped = buf_in(arena);

    if (head == NULL)
        return false;
    *out = bytes;
    if (head->drawing != NULL)
        return true;
    if (head->orientation == 1 && head->width == size->width && head->height == size->height) {
        if (!meta_of(bytes).personal)
            return true;
        if (meta_strip(bytes, &stripped)) {
            *out = buf_str(&stripped);
            return true;
        }
    }
    struct image upright = *size;
    upright.orientation = head->orientation;
    return write_anew(arena, diags, at, bytes, &upright, out);
}
