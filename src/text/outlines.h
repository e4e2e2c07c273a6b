/* Outlines of a TrueType font (OpenType 1.9: loca, glyf) as outside bytes. */
#ifndef TEXT_OUTLINES_H
#define TEXT_OUTLINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

#define OUTLINE_HEADER 10 /* bytes of a glyph: number of contours and its box */

enum component_flag {
    ARGS_ARE_WORDS = 0x0001,
    ARGS_ARE_XY = 0x0002,
    HAS_SCALE = 0x0008,
    MORE_COMPONENTS = 0x0020,
    HAS_XY_SCALE = 0x0040,
    HAS_TWO_BY_TWO = 0x0080
};

struct outlines {
    struct str glyf, loca;
    bool wide; /* loca holds numbers of 4 bytes */
    size_t count;
};

/* True when every glyph can be read, with a sane number of components, nested not too deeply; else
 * *bad is the first that cannot. loca may be too short: what it leaves out is empty, as FreeType
 * has it. */
bool outlines_are_sound(struct arena *arena, const struct outlines *outlines, size_t *bad);

/* A big-endian number. */
unsigned outline_get16(const char *at);

/* Whether a glyph's bytes are those of one that is made of others. */
bool outline_is_composite(struct str glyph);

/* Moves *at past a component of a composite glyph and gives its glyph number; *at is OUTLINE_HEADER
 * before the first and 0 after the last. False when the bytes end before it does. */
bool outline_next(struct str glyph, size_t *at, uint32_t *child);

#endif
