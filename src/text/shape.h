/* Shaping: text of one paragraph becomes clusters of positioned glyphs, once. */
#ifndef TEXT_SHAPE_H
#define TEXT_SHAPE_H

#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"
#include "base/unit.h"
#include "text/font.h"

struct arena;

/* A glyph as HarfBuzz placed it, in font units. dx and dy are from the pen, y upwards. */
struct glyph {
    uint32_t id;
    int advance;
    int dx, dy;
};

enum cluster_flag {
    CLUSTER_SPACE = 1,  /* U+0020 or U+00A0 */
    CLUSTER_UNSAFE = 2, /* a break before it needs reshaping (HB_GLYPH_FLAG_UNSAFE_TO_BREAK) */
    CLUSTER_THAI = 4,   /* shaped as Thai: letters, and digits and punctuation among them */
    CLUSTER_TAB = 8,    /* U+0009: no glyph, its advance is that of a space */
    CLUSTER_NEWLINE = 16,
    CLUSTER_INVISIBLE = 32 /* U+200B U+2060 U+00AD: no glyph, no advance */
};

/* What many clusters have in common. */
struct cluster_run {
    const struct font *font;
    mpt size;      /* to draw at */
    unsigned span; /* which span of the paragraph (para.h) they come from */
};

/* A HarfBuzz cluster: the glyphs that stand for some characters and cannot be parted. Of a large
 * table there are millions. */
struct cluster {
    const struct cluster_run *run;
    const struct glyph *glyphs;
    uint32_t glyph_count;
    uint32_t text; /* first byte in the paragraph's text, which is no longer than SHAPE_TEXT_MAX */
    mpt advance;
    unsigned text_len : 24;
    unsigned flags : 8;
};

/* A run of text in one style, as handed in. */
struct span {
    size_t from, to; /* bytes of the paragraph's text */
    enum font_face face;
    mpt size; /* nominal */
    bool underline;
    bool keep_together; /* a name, number or date */
    const void *owner;  /* carried along: the node of the document */
};

/* Where a text was written, for messages: its bytes from `from` on come from `pos`. Ascending. */
struct text_place {
    size_t from;
    struct pos pos;
};

struct text_places {
    const struct text_place *place;
    size_t count;
};

/* The place of a byte; POS_NONE when none is known. */
struct pos text_place_at(const struct text_places *places, size_t at);

/* A stretch of the text that leads somewhere. What that is, is layout's business (layout/page.h).
 */
struct text_link {
    size_t from, to;
    const struct link *link;
};

/* No paragraph may be longer (bytes). */
#define SHAPE_TEXT_MAX ((size_t)8 << 20)

/* False with TEXT_TOO_LONG when it is. shape_text() asks this itself. */
bool shape_check_length(struct diags *diags, const struct text_places *places, struct str text);

/* Shapes `text` (normalised UTF-8) into clusters in logical order. Runs are cut where span, script
 * or font changes; boxes, ticks, bullets and arrows (boxes.c) are taken from the font of boxes, and
 * clusters with a letter that the span's face lacks from another font, with a warning
 * TEXT_OTHER_FONT (others.c). Every byte inside a span belongs to one cluster. False with
 * TEXT_NO_GLYPH or TEXT_LEFTWARD (once for each character, with its place), TEXT_TOO_LONG or a
 * message of fonts_face(). The arrays live in `arena`. */
bool shape_text(struct arena *arena, struct diags *diags, const struct fonts *fonts,
                const struct text_places *places, struct str text, const struct span *spans,
                size_t span_count, struct cluster **clusters, size_t *count);

/* The same for the bytes from `from` to `to` alone, as they stand on a line of their own: what is
 * before and after is not seen by the shaper. They lie in the spans from `first` to `last`. For
 * text that was shaped before: a character without a glyph gives false and no message. */
bool shape_range(struct arena *arena, const struct fonts *fonts, struct str text, size_t from,
                 size_t to, const struct span *spans, size_t first, size_t last,
                 struct cluster **clusters, size_t *count);

/* Version of HarfBuzz. */
const char *shape_version(void);

/* What is added after cluster i of a part: none before one without width, which would leave the
 * letter that it belongs to. */
static inline mpt
line_gap(const struct cluster *clusters, size_t count, size_t i, mpt cluster_gap, mpt space_gap)
{
    if ((clusters[i].flags & CLUSTER_SPACE) != 0)
        return space_gap;
    return i + 1 < count && clusters[i + 1].advance == 0 ? 0 : cluster_gap;
}

#endif
