#include "image/raster.h"

#include <string.h>

#include "base/arena.h"

/* Where a pixel of the source covers two of the result, it is shared by its parts. A pixel of the
 * source is as wide as the result has columns, one of the result as wide as the source has: so all
 * parts are whole numbers, and the largest sum is 255 * 255 * IMAGE_PIXELS_MAX. */
struct scaler {
    const struct image *from;
    struct image *to;
    uint8_t *pixels, *alpha;  /* of the result */
    size_t colours, channels; /* channels: with alpha */
    uint32_t *row;            /* of sums over a row of the source */
    uint64_t *sum;            /* of rows */
};

/* The channels of a pixel: colours as far as they are to be seen, and how far that is. */
static void
add_pixel(const struct scaler *s, size_t source, uint32_t part, uint32_t *sum)
{
    const uint8_t *pixel = s->from->pixels + source * s->colours;

    if (s->from->alpha == NULL) {
        for (size_t c = 0; c < s->colours; c++)
            sum[c] += part * pixel[c];
        return;
    }
    uint32_t seen = part * s->from->alpha[source];
    for (size_t c = 0; c < s->colours; c++)
        sum[c] += seen * pixel[c];
    sum[s->colours] += seen;
}

static void
sum_row(const struct scaler *s, size_t y)
{
    uint32_t room = s->from->width;
    uint32_t *sum = s->row;

    memset(s->row, 0, (size_t)s->to->width * s->channels * sizeof *s->row);
    for (uint32_t x = 0; x < s->from->width; x++) {
        size_t source = y * s->from->width + x;
        uint32_t left = s->to->width;
        while (left > 0) {
            uint32_t part = left < room ? left : room;
            add_pixel(s, source, part, sum);
            left -= part;
            room -= part;
            if (room == 0) {
                sum += s->channels;
                room = s->from->width;
            }
        }
    }
}

static void
put_row(const struct scaler *s, size_t y)
{
    uint64_t area = (uint64_t)s->from->width * s->from->height;

    for (size_t x = 0; x < s->to->width; x++) {
        const uint64_t *sum = s->sum + x * s->channels;
        size_t at = y * s->to->width + x;
        uint64_t whole = s->alpha == NULL ? area : sum[s->colours];
        if (s->alpha != NULL)
            s->alpha[at] = (uint8_t)((whole + area / 2) / area);
        for (size_t c = 0; c < s->colours && whole > 0; c++)
            s->pixels[at * s->colours + c] = (uint8_t)((sum[c] + whole / 2) / whole);
    }
    memset(s->sum, 0, (size_t)s->to->width * s->channels * sizeof *s->sum);
}

static void
scale_rows(const struct scaler *s)
{
    size_t values = (size_t)s->to->width * s->channels, out = 0;
    uint32_t room = s->from->height;

    for (uint32_t y = 0; y < s->from->height; y++) {
        uint32_t left = s->to->height;
        sum_row(s, y);
        while (left > 0) {
            uint32_t part = left < room ? left : room;
            for (size_t i = 0; i < values; i++)
                s->sum[i] += (uint64_t)s->row[i] * part;
            left -= part;
            room -= part;
            if (room == 0) {
                put_row(s, out++);
                room = s->from->height;
            }
        }
    }
}

static struct image *
new_raster(struct arena *arena, const struct image *like, uint32_t width, uint32_t height,
           uint8_t **pixels, uint8_t **alpha)
{
    struct image *image = arena_alloc(arena, sizeof *image);
    size_t area = (size_t)width * height;

    *pixels = arena_array(arena, area, like->space == IMAGE_GRAY ? 1 : 3);
    *alpha = like->alpha == NULL ? NULL : arena_alloc(arena, area);
    *image = (struct image){.width = width,
                            .height = height,
                            .space = like->space,
                            .pixels = *pixels,
                            .alpha = *alpha,
                            .dpi = like->dpi};
    return image;
}

struct image *
scale_image(struct arena *arena, const struct image *image, uint32_t width, uint32_t height)
{
    struct scaler s = {.from = image, .colours = image->space == IMAGE_GRAY ? 1 : 3};

    s.channels = s.colours + (image->alpha != NULL);
    s.to = new_raster(arena, image, width, height, &s.pixels, &s.alpha);
    s.row = arena_array(arena, (size_t)width * s.channels, sizeof *s.row);
    s.sum = arena_array(arena, (size_t)width * s.channels, sizeof *s.sum);
    scale_rows(&s);
    return s.to;
}

/* Where the pixel at x, y of the upright picture is stored. */
static size_t
stored_at(const struct image *from, unsigned orientation, size_t x, size_t y)
{
    size_t last_x = from->width - 1U, last_y = from->height - 1U;
    size_t column = orientation >= 5 ? y : x, row = orientation >= 5 ? x : y;

    /* the stored row runs to the left: mirrored, turned over, and where it becomes a column that
     * runs upwards */
    if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
        column = last_x - column;
    if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
        row = last_y - row;
    return row * from->width + column;
}

struct image *
scale_turn(struct arena *arena, const struct image *image, unsigned orientation)
{
    bool across = orientation >= 5;
    size_t colours = image->space == IMAGE_GRAY ? 1 : 3;
    uint8_t *pixels, *alpha;
    struct image *out = new_raster(arena, image, across ? image->height : image->width,
                                   across ? image->width : image->height, &pixels, &alpha);

    for (size_t y = 0; y < out->height; y++) {
        for (size_t x = 0; x < out->width; x++) {
            size_t to = y * out->width + x, from = stored_at(image, orientation, x, y);
            memcpy(pixels + to * colours, image->pixels + from * colours, colours);
            if (alpha != NULL)
                alpha[to] = image->alpha[from];
        }
    }
    return out;
}
