/* Shapes text with HarfBuzz: runs of one span, script and font, each in one call for the whole
 * paragraph, in the default cluster level.
 *
 * Scripts are resolved as UAX #24 §5 proposes: common and inherited characters take the script
 * before them, or after them at the start. Language is Thai throughout. */
#include "text/shape.h"

#include <string.h>

#include <hb.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "text/font_inner.h"

/* So many characters without a glyph are named for one text. */
#define NAMED_MAX 8

#define NO_BREAK_SPACE 0x00A0

/* What a piece of text is drawn with. */
enum kind { KIND_TEXT, KIND_BOX, KIND_TAB, KIND_NEWLINE, KIND_INVISIBLE };

struct shaper {
    struct arena *arena;
    struct diags *diags;
    const struct fonts *fonts;
    const struct text_places *places;
    struct str text; /* ends where shaping ends */
    hb_buffer_t *buffer;
    hb_language_t language;
    hb_unicode_funcs_t *unicode;
    hb_script_t last_script; /* of the runs so far */
    /* glyphs of the run that was shaped last; their clusters count from `base` */
    const hb_glyph_info_t *info;
    const hb_glyph_position_t *place;
    unsigned glyph_count;
    size_t base;
    struct cluster *clusters;
    size_t count, cap;
    uint32_t named[NAMED_MAX];
    size_t named_count;
    bool failed;
};

/* A piece of text in one span, script and kind. */
struct run {
    size_t from, to;
    unsigned span;
    enum kind kind;
    hb_script_t script;
    const struct font *font;
    mpt nominal, size;
    const struct cluster_run *shared;
};

static enum kind
kind_of(uint32_t c)
{
    switch (c) {
    case '\t':
        return KIND_TAB;
    case '\n':
        return KIND_NEWLINE;
    case 0x00AD:
    case 0x200B:
    case 0x2060:
        return KIND_INVISIBLE;
    default:
        return c >= FONT_BOX_FIRST && font_is_box(c) ? KIND_BOX : KIND_TEXT;
    }
}

static bool
is_neutral(hb_script_t script)
{
    return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED ||
           script == HB_SCRIPT_UNKNOWN;
}

static struct cluster *
add_cluster(struct shaper *shaper, const struct run *run)
{
    shaper->clusters = arena_grow(shaper->arena, shaper->clusters, shaper->count, &shaper->cap,
                                  sizeof *shaper->clusters, 64);
    struct cluster *cluster = &shaper->clusters[shaper->count++];
    cluster->run = run->shared;
    return cluster;
}

/* Keeps what the clusters of a run have in common. */
static void
share_run(const struct shaper *shaper, struct run *run)
{
    struct cluster_run *shared = arena_alloc(shaper->arena, sizeof *shared);

    *shared = (struct cluster_run){run->font, run->size, run->span};
    run->shared = shared;
}

/* The text of a cluster ends before the byte `end`. */
static void
set_text_len(struct cluster *cluster, size_t end)
{
    cluster->text_len = (unsigned)(end - cluster->text) & 0xFFFFFF;
}

static mpt
to_mpt(const struct run *run, int64_t units)
{
    int64_t scaled = units * run->size;
    int64_t half = run->font->upem / 2;
    int64_t value = (scaled >= 0 ? scaled + half : scaled - half) / run->font->upem;

    return (mpt)(value > UNIT_MAX ? UNIT_MAX : value < -UNIT_MAX ? -UNIT_MAX : value);
}

struct pos
text_place_at(const struct text_places *places, size_t at)
{
    struct pos pos = POS_NONE;

    for (size_t i = 0; i < places->count && (i == 0 || places->place[i].from <= at); i++)
        pos = places->place[i].pos;
    return pos;
}

/* Letters of Hebrew, Arabic and their like: lines are set from left to right only. */
static bool
is_leftward(uint32_t c)
{
    hb_script_t script = hb_unicode_script(hb_unicode_funcs_get_default(), c);

    return hb_script_get_horizontal_direction(script) == HB_DIRECTION_RTL;
}

/* Names a character that the face lacks, once. */
static void
name_missing(struct shaper *shaper, const struct cluster *cluster, uint32_t c)
{
    char text[4];
    size_t len;

    shaper->failed = true;
    if (shaper->diags == NULL)
        return;
    for (size_t i = 0; i < shaper->named_count; i++) {
        if (shaper->named[i] == c)
            return;
    }
    if (shaper->named_count == NAMED_MAX)
        return;
    shaper->named[shaper->named_count++] = c;
    len = utf8_put(c, text);
    diag_add(shaper->diags, is_leftward(c) ? DIAG_TEXT_LEFTWARD : DIAG_TEXT_NO_GLYPH,
             text_place_at(shaper->places, cluster->text),
             diag_str(shaper->diags, (struct str){text, len}),
             diag_printf(shaper->diags, "U+%04X", (unsigned)c),
             diag_str(shaper->diags, cluster->run->font->family));
}

/* A cluster came out with .notdef: the character it lacks is the first one that the face has no
 * glyph for; when the face has them all (a table asks for .notdef), the first one. */
static void
find_missing(struct shaper *shaper, const struct cluster *cluster)
{
    struct str part = str_sub(shaper->text, cluster->text, cluster->text_len);
    uint32_t first = UTF8_BAD;

    for (size_t at = 0; at < part.len;) {
        uint32_t c = utf8_next(part, &at);
        c = c == UTF8_BAD ? 0xFFFD : c;
        if (first == UTF8_BAD)
            first = c;
        if (!font_has(cluster->run->font, c) && !others_skips(c)) {
            first = c;
            break;
        }
    }
    name_missing(shaper, cluster, first);
}

static unsigned
flags_of(const struct shaper *shaper, const struct run *run, const struct cluster *cluster)
{
    struct str part = str_sub(shaper->text, cluster->text, cluster->text_len);
    unsigned flags = run->script == HB_SCRIPT_THAI ? CLUSTER_THAI : 0;
    size_t at = 0;
    uint32_t c = utf8_next(part, &at);

    if (at == part.len && (c == ' ' || c == NO_BREAK_SPACE))
        flags |= CLUSTER_SPACE;
    return flags;
}

/* Takes the glyphs from `from` on that share a cluster value; returns the next one. */
static unsigned
take_cluster(struct shaper *shaper, const struct run *run, unsigned from, struct glyph *glyphs)
{
    unsigned count = shaper->glyph_count, to = from;
    const hb_glyph_info_t *info = shaper->info;
    const hb_glyph_position_t *place = shaper->place;
    struct cluster *cluster = add_cluster(shaper, run);
    bool missing = false;
    int64_t units = 0;

    cluster->text = (uint32_t)(shaper->base + info[from].cluster);
    for (; to < count && info[to].cluster == info[from].cluster; to++) {
        glyphs[to] = (struct glyph){info[to].codepoint, place[to].x_advance, place[to].x_offset,
                                    place[to].y_offset};
        units += place[to].x_advance;
        missing = missing || info[to].codepoint == 0;
    }
    set_text_len(cluster, to < count ? shaper->base + info[to].cluster : run->to);
    cluster->glyphs = &glyphs[from];
    cluster->glyph_count = to - from;
    cluster->advance = to_mpt(run, units);
    cluster->flags = flags_of(shaper, run, cluster) & 0xFF;
    if ((hb_glyph_info_get_glyph_flags(&info[from]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK) != 0)
        cluster->flags |= CLUSTER_UNSAFE;
    if (missing)
        find_missing(shaper, cluster);
    return to;
}

/* ---- runs that come again: numbers, marks of lists, words of a table */

#define AGAIN_BYTES_MAX 64
#define AGAIN_SLOTS 512

/* A run is kept when it comes for the second time, and for good. */
struct again {
    uint64_t hash;
    const struct font *font;
    hb_script_t script;
    char text[AGAIN_BYTES_MAX];
    size_t len;
    hb_glyph_info_t *info; /* NULL: it came once */
    hb_glyph_position_t *place;
    unsigned glyph_count;
};

struct shape_again {
    struct arena *arena;
    struct again slot[AGAIN_SLOTS];
};

struct shape_again *
shape_again_new(void)
{
    struct arena *arena = arena_new(0);
    struct shape_again *all = arena_alloc(arena, sizeof *all);

    all->arena = arena;
    return all;
}

void
shape_again_free(struct shape_again *all)
{
    arena_free(all->arena);
}

/* FNV-1a over all that shaping depends on. */
static uint64_t
hash_of_run(const struct shaper *shaper, const struct run *run)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325) ^ (uintptr_t)run->font ^ (uint64_t)run->script;

    for (size_t i = run->from; i < run->to; i++)
        hash = (hash ^ (unsigned char)shaper->text.ptr[i]) * UINT64_C(0x100000001B3);
    return hash ^ hash >> 32;
}

static bool
is_again(const struct again *slot, const struct shaper *shaper, const struct run *run)
{
    return slot->info != NULL && slot->font == run->font && slot->script == run->script &&
           str_eq((struct str){slot->text, slot->len},
                  str_sub(shaper->text, run->from, run->to - run->from));
}

static void
keep_run(struct shape_again *all, struct again *slot, const struct shaper *shaper,
         const struct run *run)
{
    unsigned count = shaper->glyph_count;

    slot->font = run->font;
    slot->script = run->script;
    slot->len = run->to - run->from;
    memcpy(slot->text, shaper->text.ptr + run->from, slot->len);
    slot->glyph_count = count;
    slot->info = arena_array(all->arena, count + 1, sizeof *slot->info);
    slot->place = arena_array(all->arena, count + 1, sizeof *slot->place);
    for (unsigned i = 0; i < count; i++) {
        slot->info[i] = shaper->info[i];
        slot->info[i].cluster -= (uint32_t)run->from;
        slot->place[i] = shaper->place[i];
    }
}

static void
shape_with_harfbuzz(struct shaper *shaper, const struct run *run)
{
    hb_buffer_t *buffer = shaper->buffer;

    hb_buffer_clear_contents(buffer);
    hb_buffer_add_utf8(buffer, shaper->text.ptr, (int)shaper->text.len, (unsigned)run->from,
                       (int)(run->to - run->from));
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, run->script);
    hb_buffer_set_language(buffer, shaper->language);
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_DO_NOT_INSERT_DOTTED_CIRCLE);
    hb_shape(run->font->hb, buffer, NULL, 0);
    if (!hb_buffer_allocation_successful(buffer))
        arena_oom(run->to - run->from);
    shaper->info = hb_buffer_get_glyph_infos(buffer, &shaper->glyph_count);
    shaper->place = hb_buffer_get_glyph_positions(buffer, NULL);
    shaper->base = 0;
}

/* What stands around a run changes nothing in scripts whose letters do not join. */
static void
shape_buffer(struct shaper *shaper, const struct run *run)
{
    struct shape_again *all = shaper->fonts->again;
    bool joins = run->script != HB_SCRIPT_THAI && run->script != HB_SCRIPT_LATIN;

    if (joins || all == NULL || run->to - run->from > AGAIN_BYTES_MAX) {
        shape_with_harfbuzz(shaper, run);
        return;
    }
    uint64_t hash = hash_of_run(shaper, run);
    struct again *slot = &all->slot[hash % AGAIN_SLOTS];
    if (is_again(slot, shaper, run)) {
        shaper->info = slot->info;
        shaper->place = slot->place;
        shaper->glyph_count = slot->glyph_count;
        shaper->base = run->from;
        return;
    }
    shape_with_harfbuzz(shaper, run);
    if (slot->info == NULL && slot->hash == hash)
        keep_run(all, slot, shaper, run);
    else if (slot->info == NULL)
        slot->hash = hash;
}

static void
take_clusters(struct shaper *shaper, const struct run *run)
{
    unsigned count = shaper->glyph_count;
    struct glyph *glyphs = arena_array(shaper->arena, count, sizeof *glyphs);
    for (unsigned i = 0; i < count;)
        i = take_cluster(shaper, run, i, glyphs);
}

/* ---- letters that other fonts lend */

/* A cluster as the report's font shaped it. */
struct lack {
    size_t from, to;
    bool missing; /* a letter of it */
    const struct font *font;
};

static struct lack *
find_lacks(const struct shaper *shaper, const struct run *run, size_t *count)
{
    unsigned glyphs = shaper->glyph_count;
    const hb_glyph_info_t *info = shaper->info;
    struct lack *lacks = arena_array(shaper->arena, glyphs, sizeof *lacks);

    *count = 0;
    for (unsigned i = 0; i < glyphs; i++) {
        if (i == 0 || info[i].cluster != info[i - 1].cluster)
            lacks[(*count)++] =
                (struct lack){.from = shaper->base + info[i].cluster, .font = run->font};
        lacks[*count - 1].missing |= info[i].codepoint == 0;
    }
    for (size_t i = 0; i < *count; i++)
        lacks[i].to = i + 1 < *count ? lacks[i + 1].from : run->to;
    return lacks;
}

/* Tells that a font lends a letter. */
static void
tell_letter(const struct shaper *shaper, const struct font *font, struct str letter, size_t at)
{
    struct pos pos = text_place_at(shaper->places, at);
    enum others_told told = others_tell(shaper->fonts, font, letter);
    size_t start = 0;

    if (told == OTHERS_MANY)
        diag_add(shaper->diags, DIAG_TEXT_OTHER_FONT_MANY, pos,
                 diag_str(shaper->diags, font->family), NULL, NULL);
    if (told == OTHERS_LETTER)
        diag_add(shaper->diags, DIAG_TEXT_OTHER_FONT, pos, diag_str(shaper->diags, letter),
                 diag_printf(shaper->diags, "U+%04X", (unsigned)utf8_next(letter, &start)),
                 diag_str(shaper->diags, font->family));
}

/* Tells which letters of a cluster another font lends. */
static void
tell_lent(const struct shaper *shaper, const struct run *run, const struct lack *lack)
{
    struct str text = str_sub(shaper->text, 0, lack->to);

    for (size_t at = lack->from; at < lack->to;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (!font_has(run->font, c) && !others_skips(c))
            tell_letter(shaper, lack->font, str_sub(text, start, at - start), start);
    }
}

/* Shapes the run in pieces of one font each: clusters with a missing letter in a font that has
 * all of theirs, where there is one, the others as before. */
static void
shape_lent(struct shaper *shaper, const struct run *run)
{
    size_t count;
    struct lack *lacks = find_lacks(shaper, run, &count);

    for (size_t i = 0; i < count; i++) {
        struct str text = str_sub(shaper->text, lacks[i].from, lacks[i].to - lacks[i].from);
        const struct font *font =
            lacks[i].missing ? others_find(shaper->fonts, run->font->face, text) : NULL;
        if (font == NULL)
            continue;
        lacks[i].font = font;
        if (shaper->diags != NULL)
            tell_lent(shaper, run, &lacks[i]);
    }
    for (size_t i = 0; i < count;) {
        struct run piece = *run;
        size_t end = i + 1;
        while (end < count && lacks[end].font == lacks[i].font)
            end++;
        piece.from = lacks[i].from;
        piece.to = lacks[end - 1].to;
        piece.font = lacks[i].font;
        if (piece.font != run->font)
            piece.size = fonts_size_of(shaper->fonts, piece.font, run->nominal);
        share_run(shaper, &piece);
        shape_buffer(shaper, &piece);
        take_clusters(shaper, &piece);
        i = end;
    }
}

static bool
lacks_glyph(const struct shaper *shaper)
{
    for (unsigned i = 0; i < shaper->glyph_count; i++) {
        if (shaper->info[i].codepoint == 0)
            return true;
    }
    return false;
}

static void
shape_run(struct shaper *shaper, const struct run *run)
{
    shape_buffer(shaper, run);
    if (run->kind == KIND_TEXT && lacks_glyph(shaper))
        shape_lent(shaper, run);
    else
        take_clusters(shaper, run);
}

/* Tabs, line ends and invisible characters: a cluster for each, without glyphs. */
static void
add_marks(struct shaper *shaper, const struct run *run)
{
    static const unsigned flags[] = {[KIND_TAB] = CLUSTER_TAB,
                                     [KIND_NEWLINE] = CLUSTER_NEWLINE,
                                     [KIND_INVISIBLE] = CLUSTER_INVISIBLE};
    struct str part = str_sub(shaper->text, 0, run->to);
    hb_codepoint_t space = 0;

    for (size_t at = run->from; at < run->to;) {
        struct cluster *cluster = add_cluster(shaper, run);
        cluster->text = (uint32_t)at;
        utf8_next(part, &at);
        set_text_len(cluster, at);
        cluster->flags = flags[run->kind] & 0xFF;
        if (run->kind == KIND_TAB && hb_font_get_nominal_glyph(run->font->hb, ' ', &space))
            cluster->advance = to_mpt(run, hb_font_get_glyph_h_advance(run->font->hb, space));
    }
}

static void
finish_run(struct shaper *shaper, const struct span *spans, struct run *run)
{
    const struct span *span = &spans[run->span];
    enum font_face face = run->kind == KIND_BOX ? FONT_BOXES : span->face;

    run->font = fonts_face(shaper->fonts, shaper->diags, face);
    if (run->font == NULL) {
        shaper->failed = true;
        return;
    }
    run->nominal = span->size;
    run->size = fonts_size_of(shaper->fonts, run->font, span->size);
    share_run(shaper, run);
    if (is_neutral(run->script))
        run->script = shaper->last_script;
    shaper->last_script = run->script;
    if (run->kind == KIND_TEXT || run->kind == KIND_BOX)
        shape_run(shaper, run);
    else
        add_marks(shaper, run);
}

/* Cuts a span into runs and shapes each. */
static void
shape_span(struct shaper *shaper, const struct span *spans, unsigned index, size_t from, size_t to)
{
    struct run run = {.from = from, .to = from, .span = index, .script = HB_SCRIPT_COMMON};
    struct str part = str_sub(shaper->text, 0, to);

    for (size_t at = from; at < to;) {
        size_t start = at;
        uint32_t c = utf8_next(part, &at);
        enum kind kind = kind_of(c);
        hb_script_t script = c == UTF8_BAD || kind != KIND_TEXT
                                 ? HB_SCRIPT_COMMON
                                 : hb_unicode_script(shaper->unicode, c);
        bool clash = !is_neutral(script) && !is_neutral(run.script) && script != run.script;
        if (start > run.from && (clash || kind != run.kind)) {
            finish_run(shaper, spans, &run);
            run.from = start;
            run.script = script;
        } else if (is_neutral(run.script) && !is_neutral(script)) {
            run.script = script;
        }
        run.kind = kind;
        run.to = at;
    }
    if (run.to > run.from)
        finish_run(shaper, spans, &run);
}

/* Shapes the bytes from `from` to `to` with the arena, fonts and messages of *shaper. */
static bool
shape_bytes(struct shaper *shaper, struct str text, size_t from, size_t to,
            const struct span *spans, size_t first, size_t last)
{
    shaper->text = str_sub(text, from, to - from);
    shaper->buffer = hb_buffer_create();
    shaper->language = hb_language_from_string("th", -1);
    shaper->unicode = hb_unicode_funcs_get_default();
    shaper->last_script = HB_SCRIPT_LATIN;
    for (size_t i = first; i <= last; i++) {
        size_t start = spans[i].from < from ? from : spans[i].from;
        size_t end = spans[i].to > to ? to : spans[i].to;
        if (start < end)
            shape_span(shaper, spans, (unsigned)i, start - from, end - from);
    }
    hb_buffer_destroy(shaper->buffer);
    for (size_t i = 0; i < shaper->count; i++)
        shaper->clusters[i].text += (uint32_t)from;
    return !shaper->failed;
}

bool
shape_range(struct arena *arena, const struct fonts *fonts, struct str text, size_t from, size_t to,
            const struct span *spans, size_t first, size_t last, struct cluster **clusters,
            size_t *count)
{
    struct shaper shaper = {.arena = arena, .fonts = fonts};
    bool good = shape_bytes(&shaper, text, from, to, spans, first, last);

    *clusters = shaper.clusters;
    *count = shaper.count;
    return good;
}

bool
shape_check_length(struct diags *diags, const struct text_places *places, struct str text)
{
    if (text.len <= SHAPE_TEXT_MAX)
        return true;
    diag_add(diags, DIAG_TEXT_TOO_LONG, text_place_at(places, SHAPE_TEXT_MAX),
             diag_printf(diags, "%zu", SHAPE_TEXT_MAX >> 20), NULL, NULL);
    return false;
}

bool
shape_text(struct arena *arena, struct diags *diags, const struct fonts *fonts,
           const struct text_places *places, struct str text, const struct span *spans,
           size_t span_count, struct cluster **clusters, size_t *count)
{
    struct shaper shaper = {.arena = arena, .diags = diags, .fonts = fonts, .places = places};
    bool good =
        shape_check_length(diags, places, text) &&
        (span_count == 0 || shape_bytes(&shaper, text, 0, text.len, spans, 0, span_count - 1));

    *clusters = shaper.clusters;
    *count = shaper.count;
    return good;
}

const char *
shape_version(void)
{
    return hb_version_string();
}
