/* Clusters into pieces. Glyphs are told apart by their advance only, never by name or character:
 * fonts swap, reorder and decompose marks as they like, but spacing glyphs stand for letters and
 * the others for marks. */
#include "pdf/piece.h"

#include <hb.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

#define THAI_SARA_AM 0x0e33
#define LAO_AM 0x0eb3
#define TEXT_MAX 1024 /* bytes of a cluster */
/* What one cluster may add to a font at most. */
#define CLUSTER_ROOM ((size_t)CLUSTER_PIECES_MAX + PIECE_GLYPHS_MAX)

/* A cluster met before. */
struct piece_memo {
    uint64_t hash; /* 0: free */
    const struct font *font;
    const struct glyph *glyphs;
    size_t glyph_count;
    struct str text;
    struct piece_run run;
};

enum part_kind { PART_BASE, PART_MARKS, PART_AM, PART_COUNT };

/* One piece on the way: its text, and its glyphs placed from the start of the cluster. */
struct part {
    char text[4 * (PIECE_UNITS_MAX + 1)];
    size_t text_len;
    size_t units; /* UTF-16; what is above PIECE_UNITS_MAX is counted but not kept */
    int64_t x[PIECE_GLYPHS_MAX], y[PIECE_GLYPHS_MAX];
    uint32_t id[PIECE_GLYPHS_MAX];
    size_t count;
    int64_t shaped;  /* advance of its glyphs as HarfBuzz gave it */
    int64_t natural; /* and as the font has it */
    bool present;
};

struct split {
    struct part part[PART_COUNT];
    size_t spacing; /* glyphs with an advance */
    int64_t advance;
};

struct pieces *
pieces_new(struct arena *arena)
{
    struct pieces *pieces = arena_alloc(arena, sizeof(*pieces));

    pieces->arena = arena;
    pieces->memo_cap = 1024;
    pieces->memo = arena_array(arena, pieces->memo_cap, sizeof(*pieces->memo));
    return pieces;
}

/* ---- embedded fonts */

static unsigned
open_font(struct pieces *pieces, const struct font *font)
{
    struct piece_font *opened = arena_alloc(pieces->arena, sizeof(*opened));
    unsigned glyphs = hb_face_get_glyph_count(hb_font_get_face(font->hb));

    opened->font = font;
    opened->text = buf_in(pieces->arena);
    opened->chain_count = 4096;
    opened->chains = arena_array(pieces->arena, opened->chain_count, sizeof(*opened->chains));
    opened->used_size = glyphs;
    opened->used = arena_alloc(pieces->arena, glyphs / 8 + 1);
    opened->pieces = arena_grow(pieces->arena, NULL, 0, &opened->cap, sizeof(*opened->pieces), 64);
    opened->glyphs =
        arena_grow(pieces->arena, NULL, 0, &opened->glyph_cap, sizeof(*opened->glyphs), 64);
    opened->count = 1; /* 0 is .notdef, never shown */
    pieces->fonts = arena_grow(pieces->arena, pieces->fonts, pieces->font_count, &pieces->font_cap,
                               sizeof(struct piece_font *), 8);
    pieces->fonts[pieces->font_count] = opened;
    return (unsigned)pieces->font_count++;
}

/* The last font opened for a face, or a new one when that is full. */
static unsigned
find_font(struct pieces *pieces, const struct font *font)
{
    for (size_t i = pieces->font_count; i > 0; i--) {
        const struct piece_font *open = pieces->fonts[i - 1];

        if (open->font != font)
            continue;
        if (open->count + open->used_count + CLUSTER_ROOM < PIECES_MAX)
            return (unsigned)(i - 1);
        break;
    }
    return open_font(pieces, font);
}

static void
mark_used(struct piece_font *font, uint32_t glyph)
{
    if (glyph >= font->used_size || (font->used[glyph / 8] >> glyph % 8 & 1) != 0)
        return;
    font->used[glyph / 8] |= (uint8_t)(1U << glyph % 8);
    font->used_count++;
}

/* ---- splitting */

bool
piece_drops(uint32_t code_point)
{
    return code_point == 0xad || code_point == 0x200b || code_point == 0x2060 ||
           code_point == 0xfeff;
}

static bool
is_mark(uint32_t code_point)
{
    if (code_point < 0x300)
        return false;
    if (code_point >= 0x0e01 && code_point <= 0x0e5b)
        return utf8_is_thai_mark(code_point);
    hb_unicode_general_category_t category =
        hb_unicode_general_category(hb_unicode_funcs_get_default(), code_point);
    return category == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK ||
           category == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK ||
           category == HB_UNICODE_GENERAL_CATEGORY_FORMAT;
}

static void
add_text(struct part *part, uint32_t code_point)
{
    part->units += code_point >= 0x10000 ? 2 : 1;
    if (part->units <= PIECE_UNITS_MAX)
        part->text_len += utf8_put(code_point, part->text + part->text_len);
}

/* Letters, marks and a final sara am of the text; invisible characters are dropped. False when a
 * letter stands behind a mark, as in Khmer: in parts the text would come out in another order. */
static bool
split_text(struct split *split, struct str text)
{
    size_t last = SIZE_MAX;
    bool ordered = true;

    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        uint32_t code_point = utf8_next(text, &at);

        if (code_point == UTF8_BAD)
            code_point = 0xfffd;
        if (piece_drops(code_point))
            continue;
        bool am = code_point == THAI_SARA_AM || code_point == LAO_AM;
        bool mark = is_mark(code_point);
        if (am && at == text.len && start > 0) {
            last = code_point;
            continue;
        }
        ordered = ordered && (mark || split->part[PART_MARKS].text_len == 0);
        add_text(&split->part[mark ? PART_MARKS : PART_BASE], code_point);
    }
    if (last != SIZE_MAX)
        add_text(&split->part[PART_AM], (uint32_t)last);
    return ordered;
}

static void
add_glyph(struct part *part, const struct font *font, const struct glyph *glyph, int64_t pen)
{
    part->id[part->count] = glyph->id;
    part->x[part->count] = pen + glyph->dx;
    part->y[part->count] = glyph->dy;
    part->count++;
    part->shaped += glyph->advance;
    part->natural += hb_font_get_glyph_h_advance(font->hb, glyph->id);
}

/* Which piece a glyph goes to. `left` counts the spacing glyphs from this one to the end. */
static enum part_kind
kind_of(const struct split *split, bool spacing, size_t left)
{
    bool am = split->part[PART_AM].text_len > 0;

    if (spacing)
        return am && left == 1 ? PART_AM : PART_BASE;
    if (split->part[PART_MARKS].text_len > 0)
        return PART_MARKS;
    return am ? PART_AM : PART_BASE;
}

/* True when text and glyphs do not go together part by part: one piece then has it all. */
static bool
is_whole(const struct split *split)
{
    if (split->part[PART_BASE].text_len == 0 || split->spacing == 0)
        return true;
    return split->part[PART_AM].text_len > 0 && split->spacing < 2;
}

static void
split_whole(struct split *split, const struct cluster *cluster, struct str text)
{
    memset(split->part, 0, sizeof(split->part));
    for (size_t at = 0; at < text.len;) {
        uint32_t code_point = utf8_next(text, &at);

        if (!piece_drops(code_point))
            add_text(&split->part[PART_BASE], code_point == UTF8_BAD ? 0xfffd : code_point);
    }
    split->part[PART_BASE].present = true;

    int64_t pen = 0;
    for (size_t i = 0; i < cluster->glyph_count; i++) {
        add_glyph(&split->part[PART_BASE], cluster->run->font, &cluster->glyphs[i], pen);
        pen += cluster->glyphs[i].advance;
    }
    split->part[PART_BASE].natural = pen;
}

static void
split_parts(struct split *split, const struct cluster *cluster)
{
    size_t left = split->spacing;
    int64_t pen = 0;

    for (size_t i = 0; i < cluster->glyph_count; i++) {
        const struct glyph *glyph = &cluster->glyphs[i];
        enum part_kind kind = kind_of(split, glyph->advance != 0, left);

        add_glyph(&split->part[kind], cluster->run->font, glyph, pen);
        pen += glyph->advance;
        left -= glyph->advance != 0;
    }
    for (int kind = 0; kind < PART_COUNT; kind++)
        split->part[kind].present = split->part[kind].text_len > 0;
}

/* Lays the cluster out in parts. False when it has nothing to show. */
static bool
split_cluster(struct split *split, const struct cluster *cluster, struct str text)
{
    memset(split, 0, sizeof(*split));
    bool ordered = split_text(split, text);
    for (size_t i = 0; i < cluster->glyph_count; i++) {
        split->advance += cluster->glyphs[i].advance;
        split->spacing += cluster->glyphs[i].advance != 0;
    }
    if (split->part[PART_BASE].text_len + split->part[PART_MARKS].text_len +
            split->part[PART_AM].text_len ==
        0)
        return false;
    if (!ordered || is_whole(split))
        split_whole(split, cluster, text);
    else
        split_parts(split, cluster);
    return true;
}

/* ---- pieces */

static uint64_t
mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9e3779b97f4a7c15U;
    return hash ^ hash >> 29;
}

static uint64_t
mix_text(uint64_t hash, struct str text)
{
    uint64_t word = 0;

    for (size_t i = 0; i < text.len; i++) {
        word = word << 8 | (unsigned char)text.ptr[i];
        if (i % 8 == 7)
            hash = mix(hash, word);
    }
    return mix(hash, word ^ text.len << 56);
}

static bool
piece_equals(const struct piece_font *font, const struct piece *piece,
             const struct piece_glyph *glyphs, size_t count, uint16_t advance, struct str text)
{
    if (piece->advance != advance || piece->glyph_count != count || piece->text_len != text.len ||
        memcmp(font->text.ptr + piece->text, text.ptr, text.len) != 0)
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct piece_glyph *own = &font->glyphs[piece->glyphs + i];

        if (own->id != glyphs[i].id || own->dx != glyphs[i].dx || own->dy != glyphs[i].dy)
            return false;
    }
    return true;
}

static uint32_t
add_piece(struct arena *arena, struct piece_font *font, const struct piece_glyph *glyphs,
          size_t count, uint16_t advance, struct str text)
{
    struct piece piece = {(uint32_t)font->glyph_count, (uint16_t)count,    advance,
                          (uint32_t)font->text.len,    (uint16_t)text.len, 0};

    for (size_t i = 0; i < count; i++) {
        *ARENA_ADD(arena, font->glyphs, font->glyph_count, font->glyph_cap, 64) = glyphs[i];
        mark_used(font, glyphs[i].id);
    }
    buf_add(&font->text, text);
    font->pieces =
        arena_grow(arena, font->pieces, font->count, &font->cap, sizeof(*font->pieces), 64);
    font->pieces[font->count] = piece;
    return (uint32_t)font->count++;
}

static uint16_t
find_piece(struct arena *arena, struct piece_font *font, const struct piece_glyph *glyphs,
           size_t count, uint16_t advance, struct str text)
{
    uint64_t hash = mix_text(advance, text);

    for (size_t i = 0; i < count; i++)
        hash = mix(hash, (uint64_t)glyphs[i].id << 32 | (uint64_t)(uint16_t)glyphs[i].dx << 16 |
                             (uint16_t)glyphs[i].dy);
    uint32_t *chain = &font->chains[hash % font->chain_count];
    for (uint32_t at = *chain; at != 0; at = font->pieces[at].next)
        if (piece_equals(font, &font->pieces[at], glyphs, count, advance, text))
            return (uint16_t)at;

    uint32_t made = add_piece(arena, font, glyphs, count, advance, text);
    font->pieces[made].next = *chain;
    *chain = made;
    return (uint16_t)made;
}

/* Makes a part a piece drawn at `pen`. False when it does not fit into an output glyph. */
static bool
make_piece(struct arena *arena, struct piece_font *font, const struct part *part, int64_t pen,
           int64_t advance, uint16_t *cid)
{
    struct piece_glyph glyphs[PIECE_GLYPHS_MAX];

    if (part->units > PIECE_UNITS_MAX || advance > UINT16_MAX)
        return false;
    for (size_t i = 0; i < part->count; i++) {
        int64_t dx = part->x[i] - pen, dy = part->y[i];

        if (dx < INT16_MIN || dx > INT16_MAX || dy < INT16_MIN || dy > INT16_MAX ||
            part->id[i] >= font->used_size)
            return false;
        glyphs[i] = (struct piece_glyph){part->id[i], (int16_t)dx, (int16_t)dy};
    }
    *cid = find_piece(arena, font, glyphs, part->count, (uint16_t)advance,
                      (struct str){part->text, part->text_len});
    return true;
}

/* With marks, the shaped advance (kerning in it), so that nothing is moved after a mark, where
 * poppler would start a new word; else the font's own, and the rest is moved afterwards. */
static bool
make_pieces(struct pieces *pieces, const struct split *split, struct piece_run *run)
{
    struct piece_font *font = pieces->fonts[run->font];
    bool marks = split->part[PART_MARKS].present;
    int64_t pen = 0;

    for (int kind = 0; kind < PART_COUNT; kind++) {
        const struct part *part = &split->part[kind];
        int64_t advance = marks ? part->shaped : part->natural;

        if (!part->present)
            continue;
        if (kind == PART_MARKS || advance < 0)
            advance = 0;
        if (!make_piece(pieces->arena, font, part, pen, advance, &run->cid[run->count]))
            return false;
        run->count++;
        pen += advance;
    }
    run->marks_last = marks && run->count > 1 && !split->part[PART_AM].present;
    run->advance = split->advance;
    run->adjust = split->advance - pen;
    return true;
}

/* ---- clusters met before */

static uint64_t
memo_hash(const struct cluster *cluster, struct str text)
{
    uint64_t hash = mix_text((uint64_t)cluster->run->font->face + 1, text);

    for (size_t i = 0; i < cluster->glyph_count; i++) {
        const struct glyph *glyph = &cluster->glyphs[i];

        hash = mix(hash, (uint64_t)glyph->id << 32 | (uint32_t)glyph->advance);
        hash = mix(hash, (uint64_t)(uint32_t)glyph->dx << 32 | (uint32_t)glyph->dy);
    }
    return hash == 0 ? 1 : hash;
}

static bool
memo_equals(const struct piece_memo *memo, uint64_t hash, const struct cluster *cluster,
            struct str text)
{
    if (memo->hash != hash || memo->font != cluster->run->font || !str_eq(memo->text, text) ||
        memo->glyph_count != cluster->glyph_count)
        return false;
    for (size_t i = 0; i < memo->glyph_count; i++) {
        const struct glyph *a = &memo->glyphs[i], *b = &cluster->glyphs[i];

        if (a->id != b->id || a->advance != b->advance || a->dx != b->dx || a->dy != b->dy)
            return false;
    }
    return true;
}

static struct piece_memo *
memo_place(struct pieces *pieces, uint64_t hash, const struct cluster *cluster, struct str text)
{
    size_t at = hash & (pieces->memo_cap - 1);

    while (pieces->memo[at].hash != 0 && !memo_equals(&pieces->memo[at], hash, cluster, text))
        at = (at + 1) & (pieces->memo_cap - 1);
    return &pieces->memo[at];
}

static void
memo_grow(struct pieces *pieces)
{
    const struct piece_memo *old = pieces->memo;
    size_t count = pieces->memo_cap;

    pieces->memo_cap = 2 * count;
    pieces->memo = arena_array(pieces->arena, pieces->memo_cap, sizeof(*pieces->memo));
    for (size_t i = 0; i < count; i++) {
        size_t at = old[i].hash & (pieces->memo_cap - 1);

        if (old[i].hash == 0)
            continue;
        while (pieces->memo[at].hash != 0)
            at = (at + 1) & (pieces->memo_cap - 1);
        pieces->memo[at] = old[i];
    }
}

static bool
make_run(struct pieces *pieces, const struct cluster *cluster, struct str text,
         struct piece_run *run)
{
    struct split split;

    if (text.len > TEXT_MAX || cluster->glyph_count > PIECE_GLYPHS_MAX)
        return false;
    memset(run, 0, sizeof(*run));
    run->font = find_font(pieces, cluster->run->font);
    if (!split_cluster(&split, cluster, text)) {
        run->adjust = run->advance = split.advance;
        return true;
    }
    return make_pieces(pieces, &split, run);
}

/* The memo outlives the cluster: text.c asks for borrowed spaces with a glyph on its stack. */
static const struct glyph *
copy_glyphs(struct arena *arena, const struct cluster *cluster)
{
    struct glyph *copy = arena_array(arena, cluster->glyph_count, sizeof(*copy));

    if (cluster->glyph_count > 0)
        memcpy(copy, cluster->glyphs, cluster->glyph_count * sizeof(*copy));
    return copy;
}

bool
pieces_of(struct pieces *pieces, struct diags *diags, const struct cluster *cluster,
          struct str source, struct piece_run *out)
{
    struct str text = str_sub(source, cluster->text, cluster->text_len);
    uint64_t hash = memo_hash(cluster, text);
    struct piece_memo *memo = memo_place(pieces, hash, cluster, text);

    if (memo->hash == 0) {
        struct piece_memo made = {hash, cluster->run->font, NULL, cluster->glyph_count, text, {0}};

        if (!make_run(pieces, cluster, text, &made.run)) {
            diag_add(diags, DIAG_PDF_CLUSTER, POS_NONE, diag_str(diags, text), NULL, NULL);
            return false;
        }
        made.glyphs = copy_glyphs(pieces->arena, cluster);
        *memo = made;
        *out = made.run;
        if (++pieces->memo_count > pieces->memo_cap / 2)
            memo_grow(pieces);
        return true;
    }
    *out = memo->run;
    return true;
}
