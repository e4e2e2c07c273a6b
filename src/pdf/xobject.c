/* Rasters as image XObjects. Rows are stored with PNG predictors (ISO 32000-1 §7.4.4.4), which
 * halves what photographs and scans take. */
#include "pdf/paint.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "pdf/deflate.h"
#include "pdf/pdf.h"

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

/* The row less what is to its left; each filter has a plain loop that compilers make fast. */
static void
filter_sub(const uint8_t *row, size_t len, size_t step, uint8_t *out)
{
    for (size_t i = 0; i < step && i < len; i++)
        out[i] = row[i];
    for (size_t i = step; i < len; i++)
        out[i] = (uint8_t)(row[i] - row[i - step]);
}

static void
filter_up(const uint8_t *row, const uint8_t *above, size_t len, uint8_t *out)
{
    for (size_t i = 0; i < len; i++)
        out[i] = (uint8_t)(row[i] - above[i]);
}

static void
filter_average(const uint8_t *row, const uint8_t *above, size_t len, size_t step, uint8_t *out)
{
    for (size_t i = 0; i < step && i < len; i++)
        out[i] = (uint8_t)(row[i] - above[i] / 2);
    for (size_t i = step; i < len; i++)
        out[i] = (uint8_t)(row[i] - (row[i - step] + above[i]) / 2);
}

static void
filter_paeth(const uint8_t *row, const uint8_t *above, size_t len, size_t step, uint8_t *out)
{
    for (size_t i = 0; i < step && i < len; i++)
        out[i] = (uint8_t)(row[i] - above[i]);
    for (size_t i = step; i < len; i++)
        out[i] = (uint8_t)(row[i] - paeth(row[i - step], above[i], above[i - step]));
}

static void
filter_row(enum filter filter, const uint8_t *row, const uint8_t *above, size_t len, size_t step,
           uint8_t *out)
{
    switch (filter) {
    case FILTER_SUB:
        filter_sub(row, len, step, out);
        break;
    case FILTER_UP:
        filter_up(row, above, len, out);
        break;
    case FILTER_AVERAGE:
        filter_average(row, above, len, step, out);
        break;
    case FILTER_PAETH:
        filter_paeth(row, above, len, step, out);
        break;
    default:
        memcpy(out, row, len);
        break;
    }
}

/* The sum of the differences' sizes: small when the row will compress well. */
static uint64_t
weight(const uint8_t *row, size_t len)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < len; i++)
        sum += (uint64_t)abs((int8_t)row[i]);
    return sum;
}

/* All rows, each with the filter that leaves the smallest differences, its number before it. */
static struct str
filter_rows(struct arena *arena, const uint8_t *pixels, size_t height, size_t len, size_t step)
{
    uint8_t *out = arena_array(arena, height, len + 1);
    uint8_t *trial = arena_alloc(arena, len + 1);
    const uint8_t *above = arena_alloc(arena, len + 1); /* nothing is above the first row */

    for (size_t y = 0; y < height; y++) {
        const uint8_t *row = pixels + y * len;
        uint8_t *best = out + y * (len + 1);
        uint64_t least = UINT64_MAX;

        for (int filter = FILTER_NONE; filter < FILTER_COUNT; filter++) {
            filter_row((enum filter)filter, row, above, len, step, trial);
            uint64_t sum = weight(trial, len);
            if (sum >= least)
                continue;
            least = sum;
            best[0] = (uint8_t)filter;
            memcpy(best + 1, trial, len);
        }
        above = row;
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
    struct arena *arena = objects->arena, *scratch = arena_new(0);
    struct pdf_value *parms = pdf_dict(arena);
    struct str rows =
        filter_rows(scratch, pixels, image->height, image->width * channels, channels);

    pdf_set(parms, "Predictor", pdf_int(arena, 15));
    pdf_set(parms, "Colors", pdf_int(arena, (int64_t)channels));
    pdf_set(parms, "Columns", pdf_int(arena, image->width));
    pdf_set(dict, "DecodeParms", parms);

    unsigned handle = pdf_put_stream(objects, dict, rows);
    arena_free(scratch);
    return handle;
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

/* ---- drawings: whole numbers only, so that 100 kB of path data compress well; the page scales
 * them */

struct pen {
    struct buf out;
    const struct drawing *drawing;
    int64_t span; /* of the longer side, in units of the drawing */
    int height;
};

static int64_t
scaled(const struct pen *pen, int64_t value)
{
    int64_t product = value * DRAWING_SIDE;

    return (product + (product < 0 ? -pen->span : pen->span) / 2) / pen->span;
}

static void
add_point(struct pen *pen, int32_t x, int32_t y)
{
    pdf_decimal(&pen->out, scaled(pen, (int64_t)x - pen->drawing->box[0]), 0);
    buf_byte(&pen->out, ' ');
    pdf_decimal(&pen->out, pen->height - scaled(pen, (int64_t)y - pen->drawing->box[1]), 0);
    buf_byte(&pen->out, ' ');
}

static void
add_path(struct pen *pen, const struct path *path)
{
    static const char *const operator[] = {"m\n", "l\n", "c\n", "h\n"};
    static const int points[] = {1, 1, 3, 0};

    pdf_colour(&pen->out, path->red, path->green, path->blue, false);
    for (size_t i = 0; i < path->count; i++) {
        const struct path_step *step = &path->steps[i];

        for (int k = 0; k < points[step->op]; k++)
            add_point(pen, step->x[k], step->y[k]);
        buf_text(&pen->out, operator[step->op]);
    }
    if (path->count > 0)
        buf_text(&pen->out, path->even_odd ? "f*\n" : "f\n");
}

/* A side of the box in units of the form, at least one. */
static int
units_across(const struct pen *pen, int64_t side)
{
    int64_t units = scaled(pen, side);

    return units < 1 ? 1 : (int)units;
}

struct pdf_form
pdf_form_of(struct arena *arena, const struct drawing *drawing)
{
    struct pen pen = {buf_in(arena), drawing, 1, 0};
    int64_t across = (int64_t)drawing->box[2] - drawing->box[0];
    int64_t down = (int64_t)drawing->box[3] - drawing->box[1];
    struct pdf_form form = {.drawing = drawing};

    if (across > pen.span)
        pen.span = across;
    if (down > pen.span)
        pen.span = down;
    form.width = units_across(&pen, across);
    form.height = pen.height = units_across(&pen, down);
    for (size_t i = 0; i < drawing->count; i++)
        add_path(&pen, &drawing->paths[i]);
    form.deflated = deflated_paths(arena, buf_str(&pen.out));
    return form;
}

unsigned
drawing_put(struct pdf_objects *objects, const struct drawing *drawing, int *width, int *height)
{
    struct arena *arena = objects->arena;
    struct pdf_value *dict = pdf_dict(arena), *box = pdf_array(arena);
    bool made = objects->form != NULL && objects->form->drawing == drawing;
    struct pdf_form form = made ? *objects->form : pdf_form_of(arena, drawing);

    *width = form.width;
    *height = form.height;
    pdf_add(box, pdf_int(arena, 0));
    pdf_add(box, pdf_int(arena, 0));
    pdf_add(box, pdf_int(arena, *width));
    pdf_add(box, pdf_int(arena, *height));
    pdf_set(dict, "Type", pdf_name(arena, "XObject"));
    pdf_set(dict, "Subtype", pdf_name(arena, "Form"));
    pdf_set(dict, "BBox", box);
    pdf_set(dict, "Resources", pdf_dict(arena));
    return pdf_put_deflated(objects, dict, form.deflated);
}
