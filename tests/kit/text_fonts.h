/* Fonts for tests: the one that the system has, opened once, and the pieces of a paragraph. */
#ifndef TEXT_FONTS_H
#define TEXT_FONTS_H

#include "test.h"

#include <hb.h>

#include "text/font.h"

struct text_room {
    struct arena *arena;
    struct diags *diags;
    struct fonts *fonts;
};

/* A group set-up and tear-down for cmocka: *state is a struct text_room with all faces taken. */
static inline int
text_room_open(void **state)
{
    static const struct font_search system_fonts = {.use_system = true};
    struct arena *arena = arena_new(0);
    struct text_room *room = arena_alloc(arena, sizeof *room);

    room->arena = arena;
    room->diags = diags_new();
    room->fonts = fonts_open(arena, room->diags, &system_fonts);
    *state = room;
    for (int i = 0; room->fonts != NULL && i < FONT_BOXES; i++) {
        if (fonts_face(room->fonts, room->diags, (enum font_face)i) == NULL)
            return 1;
    }
    return room->fonts == NULL;
}

static inline int
text_room_close(void **state)
{
    struct text_room *room = *state;

    fonts_close(room->fonts);
    diags_free(room->diags);
    arena_free(room->arena);
    return 0;
}

#define TEXT_MAP_MAX 256

static inline void
text_put32(unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> (24 - 8 * i));
}

static inline void
text_add_table(hb_face_t *builder, hb_tag_t tag, hb_blob_t *blob)
{
    hb_face_builder_add_table(builder, tag, blob);
    hb_blob_destroy(blob);
}

/* The bytes of a font with another character map: map[i][0], ascending, is drawn as map[i][1] is
 * in `from`; what that lacks is left out. */
static inline struct str
text_font_with_map(struct arena *arena, const struct font *from, uint32_t (*map)[2], size_t count)
{
    hb_face_t *face = hb_font_get_face(from->hb), *builder = hb_face_builder_create();
    /* a table of format 12 for all of Unicode */
    unsigned char cmap[28 + 12 * TEXT_MAP_MAX] = {0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12};
    hb_tag_t tags[64];
    unsigned tag_count = 64, used = 0, len;

    hb_face_get_table_tags(face, 0, &tag_count, tags);
    for (unsigned i = 0; i < tag_count; i++)
        text_add_table(builder, tags[i], hb_face_reference_table(face, tags[i]));
    for (size_t i = 0; i < count; i++) {
        hb_codepoint_t glyph;
        unsigned char *group = cmap + 28 + 12 * used;
        if (!hb_font_get_nominal_glyph(from->hb, map[i][1], &glyph))
            continue;
        text_put32(group, map[i][0]);
        text_put32(group + 4, map[i][0]);
        text_put32(group + 8, glyph);
        used++;
    }
    text_put32(cmap + 16, 16 + 12 * used);
    text_put32(cmap + 24, used);
    text_add_table(
        builder, HB_TAG('c', 'm', 'a', 'p'),
        hb_blob_create((const char *)cmap, 28 + 12 * used, HB_MEMORY_MODE_DUPLICATE, NULL, NULL));
    hb_blob_t *blob = hb_face_reference_blob(builder);
    const char *bytes = hb_blob_get_data(blob, &len);
    struct str out = str_dup(arena, (struct str){bytes, len});
    hb_blob_destroy(blob);
    hb_face_destroy(builder);
    return out;
}

/* Renames the family in the bytes of a font: the last letter of each "Laksaman" becomes `letter`.
 */
static inline void
text_rename_font(char *bytes, size_t len, char letter)
{
    for (size_t i = 0; i + 16 < len; i++) {
        if (memcmp(bytes + i, "Laksaman", 8) == 0)
            bytes[i + 7] = letter;
        if (memcmp(bytes + i, "L\0a\0k\0s\0a\0m\0a\0n", 15) == 0)
            bytes[i + 14] = letter;
    }
}

#endif
