/* Rasters: which reader a file belongs to, and the limits that all readers keep. */
#include "image/image.h"

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
    return diag_str(diags, str_of(why));
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
