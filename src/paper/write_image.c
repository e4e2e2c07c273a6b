/* Images as they came, as XObjects; what PDF/A forbids is unpacked and written anew. */
#include "base/arena.h"
#include "paper/allowed.h"
#include "paper/decode.h"
#include "paper/write_inner.h"
#include "pdf/paint.h"
#include "pdfin/map.h"

#define PALETTE_MAX 256

static const struct write_reason_text texts[] = {
    {1 << SCAN_WAS_LZW, "lzw", "LZW", "LZW"},
    {1 << SCAN_WAS_RUNS, "runs", "runs of bytes (RunLength, PackBits)",
     "การเข้ารหัสแบบนับไบต์ซ้ำ (RunLength, PackBits)"},
    {1 << SCAN_WAS_OUTER, "outer", "packed twice", "การบีบอัดซ้อนสองชั้น"},
    {1 << SCAN_WAS_TURNED, "order", "samples in another order", "การเรียงจุดภาพคนละลำดับ"},
    {1 << SCAN_WAS_DIFFERENCES, "differences", "differences of samples", "การเก็บจุดภาพเป็นผลต่าง"},
    {1 << SCAN_WAS_TABLES, "tables", "a JPEG with its tables apart", "JPEG ที่แยกตารางไว้ต่างหาก"},
    {1 << SCAN_WAS_CLEAR, "transparent", "transparency", "ความโปร่งใส"},
    {1 << SCAN_WAS_INTERLACED, "interlaced", "interlacing", "การสลับเส้นภาพ"},
    {1 << SCAN_WAS_MIRRORED, "mirrored", "an image stored mirrored", "ภาพที่เก็บกลับด้าน"},
    {1 << SCAN_WAS_OTHER, "other", "colours or a coding that PDFs do not have",
     "สีหรือการเข้ารหัสที่ PDF ไม่มี"},
    {1 << SCAN_WAS_DRAWN, "drawn", "a page that is no image", "หน้าที่ไม่ใช่ภาพ"},
    {WRITE_DECRYPTED, "decrypted", "encryption", "การเข้ารหัสลับ"},
    {WRITE_CMYK, "cmyk", "colours of printing inks (CMYK)", "สีแบบหมึกพิมพ์ (CMYK)"},
    {WRITE_PALETTE, "palette", "a palette of printing inks (CMYK)", "จานสีแบบหมึกพิมพ์ (CMYK)"},
    {WRITE_JPX, "jpx", "colours of this JPEG 2000", "การระบุสีของ JPEG 2000 นี้"},
    {WRITE_ICC, "icc", "its colour profile", "โปรไฟล์สีของภาพ"},
    {WRITE_DEPTH, "depth", "its bits a sample", "จำนวนบิตต่อจุดของภาพ"},
};

const struct write_reason_text *
write_reasons(size_t *count)
{
    *count = sizeof texts / sizeof texts[0];
    return texts;
}

/* What became of an image. */
struct put {
    unsigned handle, reasons;
};

struct writer_images {
    struct pdf_objects *objects;
    struct diags *diags;
    struct map *put; /* by the image's address */
    struct scan_at at;
};

struct writer_images *
writer_images_open(struct pdf_objects *objects, struct diags *diags)
{
    struct writer_images *images = arena_alloc(objects->arena, sizeof *images);

    images->objects = objects;
    images->diags = diags;
    images->put = map_new(objects->arena);
    return images;
}

static unsigned
channels_of(enum scan_space space)
{
    return space == SCAN_RGB ? 3 : space == SCAN_CMYK ? 4 : 1;
}

/* ---- colours */

static const char *
device_of(enum scan_space space)
{
    return space == SCAN_RGB ? "DeviceRGB" : "DeviceGray";
}

/* A space without palette: that of the profile, where it is allowed. */
static struct pdf_value *
plain_space(struct writer_images *images, const struct scan_image *image, enum scan_space space,
            unsigned *reasons)
{
    struct arena *arena = images->objects->arena;
    unsigned channels = channels_of(space);

    if (image->icc.len == 0 || !allowed_icc(image->icc, channels)) {
        *reasons |= image->icc.len > 0 ? WRITE_ICC : 0;
        return pdf_name(arena, device_of(space));
    }
    struct pdf_value *dict = pdf_dict(arena), *array = pdf_array(arena);
    pdf_set(dict, "N", pdf_int(arena, channels));
    pdf_add(array, pdf_name(arena, "ICCBased"));
    pdf_add(array, pdf_ref(arena, pdf_put_stream(images->objects, dict, image->icc)));
    return array;
}

/* One ink less, and as much black, of 255: as the pixels of CMYK images are read (decode.h). */
static char
without_ink(unsigned ink, unsigned black)
{
    return (char)(((255 - ink) * (255 - black) + 127) / 255);
}

static struct str
palette_as_rgb(struct arena *arena, struct str palette)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i + 4 <= palette.len; i += 4) {
        const unsigned char *entry = (const unsigned char *)palette.ptr + i;
        for (size_t k = 0; k < 3; k++)
            buf_byte(&out, without_ink(entry[k], entry[3]));
    }
    return buf_str(&out);
}

static bool
is_ink_alone(const struct scan_image *image, enum scan_space space)
{
    return space == SCAN_CMYK && !allowed_icc(image->icc, 4);
}

static struct pdf_value *
indexed_space(struct writer_images *images, const struct scan_image *image, unsigned *reasons)
{
    struct arena *arena = images->objects->arena;
    struct pdf_value *array = pdf_array(arena), *base;
    struct str palette = image->palette;
    size_t channels = channels_of(image->base);

    if (is_ink_alone(image, image->base)) {
        *reasons |= WRITE_PALETTE;
        palette = palette_as_rgb(arena, palette);
        channels = 3;
        base = pdf_name(arena, "DeviceRGB");
    } else {
        base = plain_space(images, image, image->base, reasons);
    }
    size_t entries = palette.len / channels;
    if (entries > PALETTE_MAX)
        entries = PALETTE_MAX;
    pdf_add(array, pdf_name(arena, "Indexed"));
    pdf_add(array, base);
    pdf_add(array, pdf_int(arena, entries == 0 ? 0 : (int64_t)entries - 1));
    pdf_add(array, pdf_string(arena, str_sub(palette, 0, entries * channels)));
    return array;
}

static void
set_colours(struct writer_images *images, const struct scan_image *image, struct pdf_value *dict,
            unsigned *reasons)
{
    struct arena *arena = images->objects->arena;

    if (image->space == SCAN_STENCIL)
        pdf_set(dict, "ImageMask", pdf_bool(arena, true));
    else if (image->space == SCAN_INDEXED)
        pdf_set(dict, "ColorSpace", indexed_space(images, image, reasons));
    else if (image->space != SCAN_OF_JPX)
        pdf_set(dict, "ColorSpace", plain_space(images, image, image->space, reasons));
}

/* Decode turns every sample around. */
static void
set_decode(struct arena *arena, const struct scan_image *image, struct pdf_value *dict)
{
    struct pdf_value *decode = pdf_array(arena);
    unsigned channels = channels_of(image->space);
    int most = image->space == SCAN_INDEXED ? (1 << image->bits) - 1 : 1;

    if (!image->is_inverted || image->space == SCAN_OF_JPX)
        return;
    for (unsigned i = 0; i < channels; i++) {
        pdf_add(decode, pdf_int(arena, most));
        pdf_add(decode, pdf_int(arena, 0));
    }
    pdf_set(dict, "Decode", decode);
}

/* ---- how the bytes are packed */

static struct pdf_value *
flate_parms(struct arena *arena, const struct scan_image *image)
{
    struct pdf_value *parms = pdf_dict(arena);

    pdf_set(parms, "Predictor", pdf_int(arena, image->predictor));
    pdf_set(parms, "Colors", pdf_int(arena, image->colors == 0 ? 1 : image->colors));
    pdf_set(parms, "BitsPerComponent", pdf_int(arena, image->bits));
    pdf_set(parms, "Columns", pdf_int(arena, image->columns == 0 ? 1 : image->columns));
    return parms;
}

static struct pdf_value *
ccitt_parms(struct arena *arena, const struct scan_image *image)
{
    struct pdf_value *parms = pdf_dict(arena);

    pdf_set(parms, "K", pdf_int(arena, image->ccitt.k));
    pdf_set(parms, "Columns", pdf_int(arena, image->width));
    pdf_set(parms, "Rows", pdf_int(arena, image->height));
    if (image->ccitt.end_of_line)
        pdf_set(parms, "EndOfLine", pdf_bool(arena, true));
    if (image->ccitt.byte_align)
        pdf_set(parms, "EncodedByteAlign", pdf_bool(arena, true));
    if (image->ccitt.black_is_1)
        pdf_set(parms, "BlackIs1", pdf_bool(arena, true));
    if (image->ccitt.no_end_of_block)
        pdf_set(parms, "EndOfBlock", pdf_bool(arena, false));
    return parms;
}

static void
set_filter(struct writer_images *images, const struct scan_image *image, struct pdf_value *dict)
{
    static const char *const names[] = {
        [SCAN_FLATE] = "FlateDecode",    [SCAN_DCT] = "DCTDecode",     [SCAN_JPX] = "JPXDecode",
        [SCAN_CCITT] = "CCITTFaxDecode", [SCAN_JBIG2] = "JBIG2Decode",
    };
    struct arena *arena = images->objects->arena;

    if (image->filter == SCAN_RAW)
        return;
    pdf_set(dict, "Filter", pdf_name(arena, names[image->filter]));
    if (image->filter == SCAN_FLATE && image->predictor > 1)
        pdf_set(dict, "DecodeParms", flate_parms(arena, image));
    if (image->filter == SCAN_CCITT)
        pdf_set(dict, "DecodeParms", ccitt_parms(arena, image));
    if (image->filter == SCAN_JBIG2 && image->jbig2_globals.len > 0) {
        struct pdf_value *parms = pdf_dict(arena);
        unsigned globals = pdf_put_stored(images->objects, pdf_dict(arena), image->jbig2_globals);
        pdf_set(parms, "JBIG2Globals", pdf_ref(arena, globals));
        pdf_set(dict, "DecodeParms", parms);
    }
}

/* ---- as it came */

static struct pdf_value *
new_dict(struct arena *arena, uint32_t width, uint32_t height)
{
    struct pdf_value *dict = pdf_dict(arena);

    pdf_set(dict, "Type", pdf_name(arena, "XObject"));
    pdf_set(dict, "Subtype", pdf_name(arena, "Image"));
    pdf_set(dict, "Width", pdf_int(arena, width));
    pdf_set(dict, "Height", pdf_int(arena, height));
    return dict;
}

static unsigned
put_as_it_came(struct writer_images *images, const struct scan_image *image, unsigned *reasons)
{
    struct arena *arena = images->objects->arena;
    struct pdf_value *dict = new_dict(arena, image->width, image->height);

    if (image->bits != 0)
        pdf_set(dict, "BitsPerComponent", pdf_int(arena, image->bits));
    set_colours(images, image, dict, reasons);
    set_decode(arena, image, dict);
    set_filter(images, image, dict);
    return pdf_put_stored(images->objects, dict, image->bytes);
}

/* ---- anew */

/* One bit a pixel, 0 where it paints. */
static unsigned
put_stencil(struct writer_images *images, struct arena *scratch, const struct scan_pixels *pixels)
{
    struct arena *arena = images->objects->arena;
    struct pdf_value *dict = new_dict(arena, pixels->width, pixels->height);
    size_t len = ((size_t)pixels->width + 7) / 8;
    uint8_t *rows = arena_array(scratch, pixels->height, len);

    for (size_t y = 0; y < pixels->height; y++) {
        const uint8_t *from = pixels->samples + y * pixels->width * pixels->channels;
        for (size_t x = 0; x < pixels->width; x++) {
            if (from[x * pixels->channels] >= 128)
                rows[y * len + x / 8] |= (uint8_t)(0x80 >> x % 8);
        }
    }
    pdf_set(dict, "ImageMask", pdf_bool(arena, true));
    pdf_set(dict, "BitsPerComponent", pdf_int(arena, 1));
    return pdf_put_stream(images->objects, dict,
                          (struct str){(const char *)rows, pixels->height * len});
}

/* The mean of the channels. */
static const uint8_t *
gray_of(struct arena *scratch, const struct scan_pixels *pixels)
{
    size_t count = (size_t)pixels->width * pixels->height;
    uint8_t *gray = arena_array(scratch, count, 1);

    for (size_t i = 0; i < count; i++) {
        const uint8_t *pixel = pixels->samples + i * pixels->channels;
        gray[i] = pixels->channels == 3 ? (uint8_t)((pixel[0] + pixel[1] + pixel[2]) / 3) : *pixel;
    }
    return gray;
}

static unsigned
put_anew(struct writer_images *images, const struct scan_image *image, bool is_soft_mask)
{
    struct arena *scratch = arena_new(0);
    struct scan_pixels pixels;
    unsigned handle = 0;

    if (scan_pixels_of(scratch, images->diags, images->at, image, &pixels)) {
        bool is_rgb = pixels.channels == 3 && !is_soft_mask;
        const struct image raster = {.width = pixels.width,
                                     .height = pixels.height,
                                     .space = is_rgb ? IMAGE_RGB : IMAGE_GRAY,
                                     .pixels =
                                         is_soft_mask ? gray_of(scratch, &pixels) : pixels.samples};
        handle = image->space == SCAN_STENCIL ? put_stencil(images, scratch, &pixels)
                                              : image_put(images->objects, &raster);
    }
    arena_free(scratch);
    return handle;
}

/* Why it cannot be copied; 0 where it can. */
static unsigned
obstacle(const struct scan_image *image)
{
    unsigned bits = image->bits;

    if (image->filter == SCAN_OTHER)
        return 1 << SCAN_WAS_OTHER;
    if (is_ink_alone(image, image->space))
        return WRITE_CMYK;
    if (image->filter == SCAN_JPX)
        return allowed_jpx(image->bytes, image->space != SCAN_OF_JPX) ? 0 : WRITE_JPX;
    return bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16 ? 0 : WRITE_DEPTH;
}

static unsigned
put_one(struct writer_images *images, const struct scan_image *image, bool is_soft_mask,
        unsigned *reasons)
{
    unsigned why = obstacle(image);

    if (is_soft_mask && image->space != SCAN_GRAY && image->space != SCAN_OF_JPX)
        why = 1 << SCAN_WAS_OTHER;

    *reasons |= why;
    if (image->recoded != SCAN_AS_IT_CAME)
        *reasons |= 1u << image->recoded;
    if (image->is_decrypted)
        *reasons |= WRITE_DECRYPTED;
    return why == 0 ? put_as_it_came(images, image, reasons)
                    : put_anew(images, image, is_soft_mask);
}

/* What an image is seen through. One that is soft has to be gray. */
static bool
set_mask(struct writer_images *images, const struct scan_image *image, unsigned handle,
         unsigned *reasons)
{
    struct scan_image mask = *image->mask;

    mask.mask = NULL;
    if (image->mask_is_soft && mask.space == SCAN_STENCIL)
        mask.space = SCAN_GRAY;
    else if (!image->mask_is_soft)
        mask.space = SCAN_STENCIL;
    mask.icc = STR("");
    unsigned put = put_one(images, &mask, image->mask_is_soft, reasons);
    if (put != 0)
        pdf_set(images->objects->object[handle].value, image->mask_is_soft ? "SMask" : "Mask",
                pdf_ref(images->objects->arena, put));
    return put != 0;
}

unsigned
writer_image(struct writer_images *images, const struct scan_image *image, const char *file,
             size_t page, unsigned *reasons)
{
    struct put *known = map_get(images->put, (uintptr_t)image);

    if (known == NULL) {
        known = arena_alloc(images->objects->arena, sizeof *known);
        images->at = (struct scan_at){file, page};
        known->handle = put_one(images, image, false, &known->reasons);
        if (known->handle != 0 && image->mask != NULL && image->space != SCAN_STENCIL &&
            !set_mask(images, image, known->handle, &known->reasons))
            known->handle = 0;
        *map_put(images->put, (uintptr_t)image) = known;
    }
    *reasons |= known->reasons;
    return known->handle;
}
