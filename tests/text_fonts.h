/* Fonts for tests: the one that the system has, opened once, and the pieces of a paragraph. */
#ifndef TEXT_FONTS_H
#define TEXT_FONTS_H

#include "test.h"

#include "text/font.h"

struct text_room {
    struct arena *arena;
    struct diags *diags;
    struct fonts *fonts;
};

/* A group set-up and tear-down for cmocka: *state is a struct text_room. */
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

#endif
