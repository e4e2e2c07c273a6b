/* Rasters: which reader a file belongs to, and the limits that all readers keep. */
#include "image/image.h"

#include <string.h>

#include "base/arena.h"
#include "image/raster.h"

bool
image_size_is_allowed(uint64_t width, uint64_t height)
{
    return width <= IMAGE_SIDE_MAX && height <= IMAGE_SIDE_MAX &&
           width * height <= IMAGE_PIXELS_MAX;
}

const char *
image_reason(struct diags *diags, const char *why)
{
    static const struct {
        const char *english, *thai;
    } known[] = {
        {"the file ends too early", "แฟ้มขาดตอน ข้อมูลไม่ครบ"},
        {"Premature end of JPEG file", "แฟ้มขาดตอน ข้อมูลไม่ครบ"},
        {"the file is too short for its size in pixels", "แฟ้มสั้นเกินไปสำหรับภาพขนาดนี้"},
        {"too many scans", "มีชั้นข้อมูลมากเกินไป"},
        {"sizes do not agree", "ขนาดในแฟ้มขัดกันเอง"},
        {"unknown colour space", "ไม่รู้จักระบบสี"},
        {"12 bit samples", "จุดสีแบบ 12 บิต"},
        {"Unsupported JPEG data precision 12", "จุดสีแบบ 12 บิต"},
    };

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (str_is(str_of(why), known[i].english))
            return diag_both(diags, known[i].english, known[i].thai);
    }
    return diag_said(diags, "ตัวอ่านภาพแจ้งว่า", diag_str(diags, str_of(why)));
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

#define DPI_OF_SVG 96

/* PNG and JPEG; the file may be longer than allowed. */
static struct image *
read_raster(struct arena *arena, struct diags *diags, struct pos at, struct str bytes,
            enum image_want want)
{
    if (bytes.len > IMAGE_BYTES_MAX) {
        diag_add(diags, DIAG_IMAGE_BYTES, at,
                 diag_printf(diags, "%zu", IMAGE_BYTES_MAX / 1024 / 1024), NULL, NULL);
        return NULL;
    }
    if (str_starts(bytes, STR("\x89PNG\r\n\x1A\n")))
        return image_read_png(arena, diags, at, bytes, want);
    if (str_starts(bytes, STR("\xFF\xD8\xFF")))
        return image_read_jpeg(arena, diags, at, bytes, want);
    diag_add(diags, DIAG_IMAGE_UNKNOWN, at, NULL, NULL, NULL);
    return NULL;
}

struct image *
image_read(struct arena *arena, struct diags *diags, struct pos at, struct str bytes)
{
    return read_raster(arena, diags, at, bytes, IMAGE_FOR_PDF);
}

/* ---- what a file says of its size */

bool
image_is_svg(struct str bytes)
{
    /* in UTF-16, whichever end first */
    if (str_starts(bytes, (struct str){"\xFF\xFE<\0", 4}) ||
        str_starts(bytes, (struct str){"\xFE\xFF\0<", 4}))
        return true;
    if (str_starts(bytes, STR("\xEF\xBB\xBF")))
        bytes = str_sub(bytes, 3, bytes.len);
    return str_starts(str_trim(bytes), STR("<"));
}

/* Sides in proportion to the view, the longer one of `side`. */
static uint32_t
part_of(int64_t length, int64_t longest)
{
    int64_t side = length * IMAGE_SIDE_MAX / longest;

    return side < 1 ? 1 : (uint32_t)side;
}

/* Of an SVG all that its view shows is drawn, not only what it covers, as of an emblem. */
static struct image *
open_drawing(struct arena *arena, struct diags *diags, struct pos at, struct str bytes)
{
    struct drawing *drawing = drawing_read_svg(arena, diags, at, bytes);

    if (drawing == NULL)
        return NULL;
    struct image *image = arena_alloc(arena, sizeof *image);
    memcpy(drawing->box, drawing->view, sizeof drawing->box);
    int64_t across = (int64_t)drawing->box[2] - drawing->box[0];
    int64_t down = (int64_t)drawing->box[3] - drawing->box[1];
    int64_t longest = across > down ? across : down;
    image->drawing = drawing;
    image->orientation = 1;
    image->width = part_of(across, longest);
    image->height = part_of(down, longest);
    int64_t width = drawing->width > 0 ? drawing->width : 1;
    int64_t dpi = (int64_t)image->width * DPI_OF_SVG * 1000 / width;
    image->dpi = dpi < 1 ? 1 : dpi > INT32_MAX ? INT32_MAX : (uint32_t)dpi;
    return image;
}

struct image *
image_open(struct arena *arena, struct diags *diags, struct pos at, struct str bytes)
{
    if (image_is_svg(bytes))
        return open_drawing(arena, diags, at, bytes);
    struct image *image = read_raster(arena, diags, at, bytes, IMAGE_HEAD);
    if (image == NULL)
        return NULL;
    image->orientation = meta_of(bytes).orientation;
    if (image->orientation >= 5) {
        uint32_t width = image->width;
        image->width = image->height;
        image->height = width;
    }
    return image;
}
