/* Fonts from outside: any bytes, or the system's font with some bytes changed (first byte 1: then
 * triples of table, place in it, new byte). What is accepted must survive shaping. */
#include <stdlib.h>

#include "fuzz_fonts.h"

#include "base/arena.h"
#include "text/breaks.h"
#include "text/font_inner.h"
#include "text/para.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The whole of the process shares one sound set of fonts, opened at the first input. */
static struct fonts *
sound_fonts(void)
{
    static struct fonts *fonts;
    static struct arena *arena;
    static struct diags *diags;
    struct font_search search = {.use_system = true};

    if (fonts == NULL) {
        arena = arena_new(0);
        diags = diags_new();
        fonts = fonts_open(arena, diags, &search);
        if (fonts == NULL)
            abort();
    }
    return fonts;
}

static void
change(char *copy, size_t len, const uint8_t *data, size_t size)
{
    const uint8_t *tables = (const uint8_t *)copy + 12;
    unsigned count = (unsigned)(tables[-8] << 8 | tables[-7]);

    for (; size >= 4; data += 4, size -= 4) {
        const uint8_t *table = tables + 16 * (data[0] % count);
        size_t at =
            (size_t)table[8] << 24 | (size_t)table[9] << 16 | (size_t)table[10] << 8 | table[11];
        at += (size_t)data[1] << 8 | data[2];
        if (data[0] >= 0xF0)
            at = (size_t)data[1] % 64; /* the directory itself */
        if (at < len)
            copy[at] = (char)data[3];
    }
}

static void
use(struct arena *arena, struct font *font)
{
    static const char text[] = "น้ำ ป่า กตัญญู ฐานที่ ITA ๑๒๓ fi AV “ก”";
    const struct font *faces[FONT_FACES];
    struct fonts fonts = {.face = faces, .scale_numerator = 2, .scale_denominator = 3};
    struct diags *diags = diags_new();
    struct span span = {.to = sizeof text - 1, .face = FONT_REGULAR, .size = 16000};
    struct cluster *clusters;
    size_t count;

    for (int i = 0; i < FONT_FACES; i++)
        faces[i] = font;
    shape_text(arena, diags, &fonts, &(struct text_places){0}, (struct str){text, sizeof text - 1},
               &span, 1, &clusters, &count);
    diags_free(diags);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct font font = {.bytes = {(const char *)data, size}};
    struct font_fault fault;

    if (size > 0 && data[0] == 1) {
        struct str sound = fonts_face(sound_fonts(), NULL, data[size - 1] % 4)->bytes;
        char *copy = arena_strndup(arena, sound.ptr, sound.len);
        change(copy, sound.len, data + 1, size - 1);
        font.bytes = (struct str){copy, sound.len};
    } else if (size > 0 && data[0] != 0) {
        font.bytes = str_sub(font.bytes, 1, size);
    }
    bool good = font_examine(arena, &font, &fault);
    if (good || font_examine_other(arena, &font, &fault)) {
        font.scale_numerator = font.scale_denominator = 1;
        use(arena, &font);
        font_close(&font);
    }
    arena_free(arena);
    return 0;
}
