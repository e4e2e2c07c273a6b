/* Paragraphs of any text at any width: the first eight bytes choose how, the rest is the text.
 * Every filling must keep the whole text and stay inside the line unless it says so. */
#include <stdlib.h>

#include "fuzz_fonts.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "text/font_inner.h"
#include "text/para.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct room {
    struct fonts *fonts;
    struct breaker *breaker;
};

static const struct room *
room_open(void)
{
    static struct room room;
    static struct arena *arena;
    static struct diags *diags;
    struct font_search search = {.use_system = true};

    if (room.fonts == NULL) {
        arena = arena_new(0);
        diags = diags_new();
        room.fonts = fonts_open(arena, diags, &search);
        room.breaker = breaker_open();
        if (room.fonts == NULL)
            abort();
    }
    return &room;
}

static void
must(bool holds)
{
    if (!holds)
        abort();
}

static bool
has_letter(const struct fonts *fonts, uint32_t c)
{
    char letter[4];

    return font_has(fonts->face[0], c) || font_has(fonts->face[4], c) ||
           others_find(fonts, FONT_REGULAR, (struct str){letter, utf8_put(c, letter)}) != NULL;
}

/* Characters without a glyph would end most inputs early: they are left out. */
static struct str
drawable(struct arena *arena, const struct fonts *fonts, struct str text)
{
    struct buf out = buf_in(arena);

    for (size_t at = 0; at < text.len;) {
        uint32_t c = utf8_next(text, &at);
        if (c != UTF8_BAD &&
            (c == '\n' || c == '\t' || c == 0x200B || c == 0x2060 || has_letter(fonts, c)))
            buf_utf8(&out, c);
    }
    return buf_str(&out);
}

static void
check_lines(const struct para *para, const struct lines *lines, const struct para_fill *fill)
{
    size_t next = 0;

    must(lines->count > 0);
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->line[i];
        must(line->from == next && (line->to > line->from || para->cluster_count == 0));
        next = line->to;
        must(line->ragged >= 0 && line->part_count <= line->to - line->from);
        for (size_t j = 0; j < line->part_count; j++) {
            const struct line_part *part = &line->parts[j];
            bool shrinks = fill->method == PARA_FIT && fill->align == PARA_JUSTIFY;
            must(part->count > 0);
            must(shrinks || (part->cluster_gap >= 0 && part->space_gap >= 0));
            must(line->overfull || part->width == 0 || part->x + part->width <= fill->width ||
                 i == 0);
        }
    }
    must(next == para->cluster_count);
}

static void
use(struct arena *arena, const struct para *para, const uint8_t *how)
{
    struct para_fill fill = {.width = (how[0] << 8 | how[1]) * 10,
                             .first_indent = ((int8_t)how[2]) * 500,
                             .first_width = how[3] % 2 == 0 ? 0 : how[3] * 1000,
                             .align = (enum para_align)(how[4] % 4),
                             .method = (enum para_method)(how[4] / 4 % 3),
                             .cluster_max = how[5],
                             .space_max = how[5] * 4,
                             .cluster_shrink = how[5] / 8,
                             .space_shrink = how[5] / 4};

    check_lines(para, para_lines(arena, para, &fill), &fill);
    must(para_widest(para, BREAK_COMPOUND) <= para_natural(para) || para->tab_count > 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct para_tab tabs[] = {{50000, true}, {90000, false}};
    const struct room *room = room_open();
    struct arena *arena;
    struct diags *diags;

    if (size < 8)
        return 0;
    arena = arena_new(0);
    diags = diags_new();
    struct str raw = {(const char *)data + 8, size - 8};
    unsigned char *grade = arena_alloc(arena, raw.len + 1);
    breaks_find(room->breaker, raw, NULL, 0, grade);
    struct str text = drawable(arena, room->fonts, raw);
    size_t cut = text.len == 0 ? 0 : data[6] % text.len;
    while (cut > 0 && ((unsigned char)text.ptr[cut] & 0xC0) == 0x80)
        cut--;
    struct span spans[] = {
        {.to = cut, .face = FONT_REGULAR, .size = 16000, .keep_together = data[7] % 2 != 0},
        {.from = cut, .to = text.len, .face = FONT_BOLD_ITALIC, .size = data[7] * 200}};
    struct para_spec spec = {
        .text = text, .spans = spans, .span_count = 2, .tabs = tabs, .tab_count = data[7] / 2 % 3};
    struct para *para = para_new(arena, diags, room->breaker, room->fonts, &spec);
    if (para != NULL)
        use(arena, para, data);
    diags_free(diags);
    arena_free(arena);
    return 0;
}
