/* Rasters as image XObjects. Rows are stored with PNG predictors (ISO 32000-1 §7.4.4.4), which
 * halves what photographs and scans take. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "pdf/xobject.h"

enum filter { FILTER_NONE, FILTER_SUB, FILTER_UP, FILTER_AVERAGE, FILTER_PAETH, FILTER_COUNT };

static int
paeth(int left, int up, int corner)
{
    int guess = left + up - corner;
    int to_left = abs(guess - left), to_up = abs(guess - up), to_corner = abs(guess - corner);

    if (to_left <= to_up && to_left <= to_corner)
        return left;
    return to_up <= to_corner ? up : corner;
}

static int
predict(enum filter filter, int left, int up, int corner)
{
    switch (filter) {
    case FILTER_SUB:
        return left;
    case FILTER_UP:
        return up;
    case FILTER_AVERAGE:
        return (left + up) / 2;
    case FILTER_PAETH:
        return paeth(left, up, corner);
    default:
        return 0;
    }
}

/* Filters one row into `out`; returns the sum of the differences' sizes, small when it will
 * compress well. `above` is NULL for the first row. */
static uint64_t
filter_row(enum filter filter, const uint8_t *row, const uint8_t *above, size_t len, size_t step,
           uint8_t *out)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < len; i++) {
        int left = i >= step ? row[i - step] : 0;
        int up = above != NULL ? above[i] : 0;
        int corner = above != NULL && i >= step ? above[i - step] : 0;

        out[i] = (uint8_t)(row[i] - predict(filter, left, up, corner));
        sum += out[i] < 128 ? out[i] : 256U - out[i];
    }
    return sum;
}

/* All rows, each with the filter that leaves the smallest differences, its number before it. */
static struct str
filter_rows(struct arena *arena, const uint8_t *pixels, size_t height, size_t len, size_t step)
{
    uint8_t *out = arena_array(arena, height, len + 1);
    uint8_t *trial = arena_alloc(arena, len + 1);

    for (size_t y = 0; y < height; y++) {
        const uint8_t *row = pixels + y * len, *above = y > 0 ? row - len : NULL;
        uint8_t *best = out + y * (len + 1);
        uint64_t least = UINT64_MAX;

        for (int filter = FILTER_NONE; filter < FILTER_COUNT; filter++) {
            uint64_t sum = filter_row((enum filter)filter, row, above, len, step, trial);

            if (sum >= least)
                continue;
            least = sum;
            best[0] = (uint8_t)filter;
            memcpy(best + 1, trial, len);
        }
    }
    return (struct str){(const char *)out, height * (len + 1)};
}

static struct pdf_value *
image_dict(struct arena *arena, const struct image *image, const char *space)
{
    struct pdf_value *dict = pdf_dict(arena);

    pdf_set(dict, "Type", pdf_name(arena, "XObject"));
    pdf_set(dict, "Subtype", pdf_name(arena, "Image"));
    pdf_set(dict, "Width", pdf_int(arena, image->width));
    pdf_set(dict, "Height", pdf_int(arena, image->height));
    pdf_set(dict, "ColorSpace", pdf_name(arena, space));
    pdf_set(dict, "BitsPerComponent", pdf_int(arena, 8));
    return dict;
}

static unsigned
put_rows(struct pdf_objects *objects, struct pdf_value *dict, const struct image *image,
         const uint8_t *pixels, size_t channels)
{
    struct arena *arena = objects->arena;
    struct pdf_value *parms = pdf_dict(arena);

    pdf_set(parms, "Predictor", pdf_int(arena, 15));
    pdf_set(parms, "Colors", pdf_int(arena, (int64_t)channels));
    pdf_set(parms, "Columns", pdf_int(arena, image->width));
    pdf_set(dict, "DecodeParms", parms);
    return pdf_put_stream(
        objects, dict,
        filter_rows(arena, pixels, image->height, image->width * channels, channels));
}

unsigned
image_put(struct pdf_objects *objects, const struct image *image)
{
    struct arena *arena = objects->arena;
    bool gray = image->space == IMAGE_GRAY;
    struct pdf_value *dict = image_dict(arena, image, gray ? "DeviceGray" : "DeviceRGB");

    if (image->alpha != NULL) {
        struct pdf_value *mask = image_dict(arena, image, "DeviceGray");

        pdf_set(dict, "SMask", pdf_ref(arena, put_rows(objects, mask, image, image->alpha, 1)));
    }
    if (image->jpeg.len == 0)
        return put_rows(objects, dict, image, image->pixels, gray ? 1 : 3);
    pdf_set(dict, "Filter", pdf_name(arena, "DCTDecode"));
    return pdf_put_stored(objects, dict, image->jpeg);
}
