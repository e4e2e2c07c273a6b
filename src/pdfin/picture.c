/* A picture out of a PDF of ours, as pdf/xobject.c writes them. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "pdfin/inner.h"

static bool
is_name(struct pdfin *pdf, qpdf_oh parent, const char *key, const char *name)
{
    return str_is(pdfin_text(pdf, parent, key), name);
}

static long long
whole(struct pdfin *pdf, qpdf_oh parent, const char *key)
{
    qpdf_oh value = pdfin_get(pdf, parent, key);
    long long number = 0;

    (void)pdfin_integer(pdf, value, &number);
    pdfin_drop(pdf, value);
    return number;
}

/* ---- drawings */

/* The upper right corner of a box that begins at 0. */
static bool
read_box(struct pdfin *pdf, qpdf_oh form, struct pdfin_picture *out)
{
    qpdf_oh box = pdfin_get(pdf, form, "/BBox");
    long long side[4] = {0};
    bool good = pdfin_count(pdf, box) == 4;

    for (size_t i = 0; i < 4 && good; i++) {
        qpdf_oh item = pdfin_item(pdf, box, i);
        good = pdfin_integer(pdf, item, &side[i]);
        pdfin_drop(pdf, item);
    }
    pdfin_drop(pdf, box);
    out->width = side[2];
    out->height = side[3];
    return good && side[0] == 0 && side[1] == 0 && side[2] > 0 && side[3] > 0 &&
           side[2] <= INT32_MAX && side[3] <= INT32_MAX;
}

static bool
read_form(struct pdfin *pdf, struct arena *arena, qpdf_oh form, struct pdfin_picture *out)
{
    out->is_form = true;
    return is_name(pdf, form, "/Filter", "FlateDecode") && read_box(pdf, form, out) &&
           pdfin_raw_data(pdf, form, PDFIN_PICTURE_BYTES_MAX, arena, &out->form);
}

/* ---- rasters */

static uint8_t
paeth(int left, int up, int corner)
{
    int guess = left + up - corner;
    int to_left = abs(guess - left), to_up = abs(guess - up), to_corner = abs(guess - corner);

    if (to_left <= to_up && to_left <= to_corner)
        return (uint8_t)left;
    return (uint8_t)(to_up <= to_corner ? up : corner);
}

/* Undoes the filter of a row (ISO 32000-1 §7.4.4.4, PNG); `above` is the row before it. */
static bool
unfilter(unsigned filter, uint8_t *row, const uint8_t *above, size_t len, size_t step)
{
    for (size_t i = 0; i < len && filter <= 4; i++) {
        int left = i < step ? 0 : row[i - step], up = above[i];
        int corner = i < step ? 0 : above[i - step];
        const uint8_t guess[] = {0, (uint8_t)left, (uint8_t)up, (uint8_t)((left + up) / 2),
                                 paeth(left, up, corner)};
        row[i] = (uint8_t)(row[i] + guess[filter]);
    }
    return filter <= 4;
}

/* The rows of a stream with PNG predictors. */
static bool
read_rows(struct pdfin *pdf, struct arena *arena, qpdf_oh stream, const struct pdfin_picture *size,
          unsigned channels, struct str *out)
{
    size_t len = (size_t)size->width * channels, height = (size_t)size->height;
    uint8_t *pixels = arena_array(arena, height, len);
    const uint8_t *above = arena_alloc(arena, len + 1);
    struct str raw, rows;

    if (!is_name(pdf, stream, "/Filter", "FlateDecode") ||
        !pdfin_raw_data(pdf, stream, PDFIN_PICTURE_BYTES_MAX, arena, &raw) ||
        !pdfin_inflate(pdf, raw, height * (len + 1), arena, &rows))
        return false;
    for (size_t y = 0; y < height; y++) {
        const uint8_t *from = (const uint8_t *)rows.ptr + y * (len + 1);
        uint8_t *row = pixels + y * len;
        memcpy(row, from + 1, len);
        if (!unfilter(from[0], row, above, len, channels))
            return false;
        above = row;
    }
    *out = (struct str){(const char *)pixels, height * len};
    return true;
}

static bool
read_image(struct pdfin *pdf, struct arena *arena, qpdf_oh image, struct pdfin_picture *out)
{
    bool gray = is_name(pdf, image, "/ColorSpace", "DeviceGray");

    out->width = whole(pdf, image, "/Width");
    out->height = whole(pdf, image, "/Height");
    out->channels = gray ? 1 : 3;
    if (out->width <= 0 || out->height <= 0 || out->width > PDFIN_PICTURE_PIXELS_MAX ||
        out->height > PDFIN_PICTURE_PIXELS_MAX / out->width ||
        whole(pdf, image, "/BitsPerComponent") != 8 ||
        (!gray && !is_name(pdf, image, "/ColorSpace", "DeviceRGB")))
        return false;
    if (is_name(pdf, image, "/Filter", "DCTDecode"))
        return pdfin_raw_data(pdf, image, PDFIN_PICTURE_BYTES_MAX, arena, &out->jpeg);
    qpdf_oh mask = pdfin_get(pdf, image, "/SMask");
    bool good =
        (!pdfin_is_stream(pdf, mask) ||
         (whole(pdf, mask, "/Width") == out->width && whole(pdf, mask, "/Height") == out->height &&
          read_rows(pdf, arena, mask, out, 1, &out->alpha))) &&
        read_rows(pdf, arena, image, out, out->channels, &out->pixels);
    pdfin_drop(pdf, mask);
    return good;
}

bool
pdfin_picture(struct pdfin *pdf, struct arena *arena, const char *name, struct pdfin_picture *out)
{
    qpdf_oh page = pdf->info.page_count == 0 || pdf->info.pages[0].object == 0
                       ? qpdf_oh_new_null(pdf->qpdf)
                       : qpdf_get_object_by_id(pdf->qpdf, (int)pdf->info.pages[0].object, 0);
    qpdf_oh resources = pdfin_get(pdf, page, "/Resources");
    qpdf_oh pictures = pdfin_get(pdf, resources, "/XObject");
    qpdf_oh picture = pdfin_get(pdf, pictures, name);
    bool good = pdfin_is_stream(pdf, picture);

    *out = (struct pdfin_picture){.width = 0};
    if (good && is_name(pdf, picture, "/Subtype", "Form"))
        good = read_form(pdf, arena, picture, out);
    else if (good)
        good = is_name(pdf, picture, "/Subtype", "Image") && read_image(pdf, arena, picture, out);
    pdfin_drop(pdf, picture);
    pdfin_drop(pdf, pictures);
    pdfin_drop(pdf, resources);
    pdfin_drop(pdf, page);
    return good;
}
