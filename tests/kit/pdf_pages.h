/* Page lists for the tests of pdf/, made of text that HarfBuzz shapes here directly, so that what
 * comes out of pdf/ is judged against HarfBuzz itself. */
#ifndef PDF_PAGES_H
#define PDF_PAGES_H

#include <fontconfig/fontconfig.h>
#include <hb.h>

#include "pdf_file.h"
#include "test.h"

#include "base/utf8.h"
#include "pdf/pdf.h"

struct help {
    struct arena *arena;
    struct diags *diags;
    struct pages pages;
    struct node node;
    unsigned line;
    mpt y;
};

static inline struct help *
help_open(void)
{
    struct arena *arena = arena_new(0);
    struct help *help = arena_alloc(arena, sizeof(*help));

    help->arena = arena;
    help->diags = diags_new();
    return help;
}

static inline void
help_close(struct help *help)
{
    diags_free(help->diags);
    arena_free(help->arena);
}

/* After the last test: fontconfig keeps its list until then. */
static inline int
help_end(void **state)
{
    (void)state;
    FcFini();
    return 0;
}

/* The file of a font of this family, or NULL when it is not installed. */
static inline const char *
help_font_file(struct arena *arena, const char *family, bool bold)
{
    FcPattern *pattern = FcPatternCreate();
    FcResult result = FcResultNoMatch;
    FcChar8 *file = NULL, *found = NULL;
    const char *path = NULL;

    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)family);
    FcPatternAddString(pattern, FC_FONTFORMAT, (const FcChar8 *)"TrueType");
    FcPatternAddInteger(pattern, FC_WEIGHT, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
    FcConfigSubstitute(NULL, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);
    FcPattern *match = FcFontMatch(NULL, pattern, &result);
    if (match != NULL && FcPatternGetString(match, FC_FAMILY, 0, &found) == FcResultMatch &&
        strcmp((const char *)found, family) == 0 &&
        FcPatternGetString(match, FC_FILE, 0, &file) == FcResultMatch)
        path = arena_strndup(arena, (const char *)file, strlen((const char *)file));
    if (match != NULL)
        FcPatternDestroy(match);
    FcPatternDestroy(pattern);
    return path;
}

static inline struct font *
help_face(struct help *help, hb_face_t *face, const char *family, enum font_face kind)
{
    struct font *font = arena_alloc(help->arena, sizeof(*font));
    hb_font_t *shaper = hb_font_create(face);

    font->face = kind;
    font->path = "";
    font->family = font->postscript_name = str_of(family);
    font->upem = (int)hb_face_get_upem(face);
    font->ascent = font->upem * 8 / 10;
    font->descent = -font->upem / 5;
    hb_font_set_scale(shaper, font->upem, font->upem);
    font->hb = shaper;
    return font;
}

/* Opens a font; NULL when it is not installed. Give back with help_close_font(). */
static inline struct font *
help_font(struct help *help, const char *family, bool bold)
{
    const char *path = help_font_file(help->arena, family, bold);

    if (path == NULL)
        return NULL;
    hb_blob_t *blob = hb_blob_create_from_file(path);
    hb_face_t *face = hb_face_create(blob, 0);
    struct font *font = help_face(help, face, family, bold ? FONT_BOLD : FONT_REGULAR);

    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return font;
}

/* Place and length of a table in the file of a font; length 0 when it has none. */
static inline size_t
help_table(struct str file, const char *tag, size_t *len)
{
    const unsigned char *bytes = (const unsigned char *)file.ptr;

    for (size_t i = 12; i + 16 <= file.len; i += 16) {
        if (memcmp(bytes + i, tag, 4) != 0)
            continue;
        *len = (size_t)bytes[i + 12] << 24 | (size_t)bytes[i + 13] << 16 |
               (size_t)bytes[i + 14] << 8 | bytes[i + 15];
        return (size_t)bytes[i + 8] << 24 | (size_t)bytes[i + 9] << 16 |
               (size_t)bytes[i + 10] << 8 | bytes[i + 11];
    }
    *len = 0;
    return 0;
}

/* A copy of Laksaman whose table `tag` has other bytes at `at`. */
static inline struct font *
help_changed_font(struct help *help, const char *tag, size_t at, const char *bytes, size_t count)
{
    const char *path = help_font_file(help->arena, "Laksaman", false);
    size_t len = 0;

    assert_non_null(path);
    hb_blob_t *blob = hb_blob_create_from_file(path);
    unsigned size = 0;
    const char *data = hb_blob_get_data(blob, &size);
    char *copy = arena_strndup(help->arena, data, size);
    size_t place = help_table((struct str){copy, size}, tag, &len);
    assert_true(at + count <= len);
    memcpy(copy + place + at, bytes, count);
    hb_blob_t *changed = hb_blob_create(copy, size, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(changed, 0);
    struct font *font = help_face(help, face, "Changed", FONT_REGULAR);
    hb_face_destroy(face);
    hb_blob_destroy(changed);
    hb_blob_destroy(blob);
    return font;
}

static inline void
help_close_font(struct font *font)
{
    if (font != NULL)
        hb_font_destroy(font->hb);
}

static inline const struct cluster_run *
help_run(struct help *help, const struct font *font, mpt size)
{
    struct cluster_run *run = arena_alloc(help->arena, sizeof(*run));

    *run = (struct cluster_run){.font = font, .size = size};
    return run;
}

/* Groups shaped glyphs into clusters; returns their number. */
static inline size_t
help_clusters(const hb_glyph_info_t *info, const struct glyph *glyphs, size_t count, size_t end,
              struct cluster *out)
{
    size_t made = 0;

    for (size_t i = 0; i < count;) {
        size_t next = i;
        struct cluster *cluster = &out[made++];

        while (next < count && info[next].cluster == info[i].cluster)
            next++;
        cluster->text = info[i].cluster;
        cluster->text_len =
            ((next < count ? info[next].cluster : (unsigned)end) - info[i].cluster) & 0xFFFFFF;
        cluster->glyphs = glyphs + i;
        cluster->glyph_count = (uint32_t)(next - i);
        i = next;
    }
    return made;
}

/* Shapes text as Thai and returns its clusters. */
static inline struct cluster *
help_shape(struct help *help, const struct font *font, mpt size, struct str text, size_t *count)
{
    hb_buffer_t *buffer = hb_buffer_create();
    unsigned glyph_count = 0;

    hb_buffer_add_utf8(buffer, text.ptr, (int)text.len, 0, (int)text.len);
    hb_buffer_guess_segment_properties(buffer);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_language(buffer, hb_language_from_string("th", -1));
    hb_shape(font->hb, buffer, NULL, 0);

    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &glyph_count);
    const hb_glyph_position_t *place = hb_buffer_get_glyph_positions(buffer, &glyph_count);
    struct glyph *glyphs = arena_array(help->arena, glyph_count + 1, sizeof(*glyphs));
    struct cluster *clusters = arena_array(help->arena, glyph_count + 1, sizeof(*clusters));
    const struct cluster_run *run = help_run(help, font, size);

    for (unsigned i = 0; i < glyph_count; i++)
        glyphs[i] = (struct glyph){info[i].codepoint, place[i].x_advance, place[i].x_offset,
                                   place[i].y_offset};
    *count = help_clusters(info, glyphs, glyph_count, text.len, clusters);
    for (size_t i = 0; i < *count; i++) {
        struct cluster *cluster = &clusters[i];
        int64_t advance = 0;

        for (size_t k = 0; k < cluster->glyph_count; k++)
            advance += cluster->glyphs[k].advance;
        cluster->run = run;
        cluster->advance = (mpt)(advance * size / font->upem);
        if (cluster->text_len == 1 && text.ptr[cluster->text] == ' ')
            cluster->flags = CLUSTER_SPACE;
    }
    hb_buffer_destroy(buffer);
    return clusters;
}

static inline struct page *
help_page(struct help *help)
{
    struct pages *pages = &help->pages;

    if (pages->count == pages->cap) {
        size_t cap = pages->cap == 0 ? 4 : 2 * pages->cap;
        struct page *grown = arena_array(help->arena, cap, sizeof(*grown));

        if (pages->count > 0)
            memcpy(grown, pages->page, pages->count * sizeof(*grown));
        pages->page = grown;
        pages->cap = cap;
    }
    struct page *page = &pages->page[pages->count++];
    *page = (struct page){.width = 595276, .height = 841890, .section = 1};
    help->y = 60000;
    return page;
}

static inline struct item *
help_item(struct help *help, enum item_kind kind)
{
    struct page *page =
        help->pages.count > 0 ? &help->pages.page[help->pages.count - 1] : help_page(help);

    if (page->count == page->cap) {
        size_t cap = page->cap == 0 ? 16 : 2 * page->cap;
        struct item *grown = arena_array(help->arena, cap, sizeof(*grown));

        if (page->count > 0)
            memcpy(grown, page->items, page->count * sizeof(*grown));
        page->items = grown;
        page->cap = cap;
    }
    struct item *item = &page->items[page->count++];
    *item = (struct item){.kind = kind, .node = &help->node, .x = 72000, .y = help->y};
    return item;
}

static inline const struct item_text *
help_text(struct help *help, struct str text)
{
    struct item_text *whole = arena_alloc(help->arena, sizeof(*whole));

    whole->text = text;
    return whole;
}

/* Adds a part to the current line at `x`; returns where it ends. `gap` goes after each cluster. */
static inline mpt
help_part(struct help *help, const struct font *font, mpt size, mpt x, const char *text, mpt gap)
{
    struct item *item = help_item(help, ITEM_TEXT);
    size_t count = 0;

    item->x = x;
    item->as.text.line = help->line;
    item->as.text.whole = help_text(help, str_of(text));
    item->as.text.clusters = help_shape(help, font, size, str_of(text), &count);
    item->as.text.count = (uint32_t)count;
    item->as.text.cluster_gap = item->as.text.space_gap = gap;
    for (size_t i = 0; i < count; i++)
        x += item->as.text.clusters[i].advance + gap;
    return x;
}

/* Starts a line, on a new page when the last one is full. */
static inline void
help_newline(struct help *help)
{
    if (help->pages.count == 0 || help->y > 780000)
        help_page(help);
    help->y += 22000;
    help->line++;
}

static inline void
help_line(struct help *help, const struct font *font, const char *text, mpt gap)
{
    help_newline(help);
    help_part(help, font, 16000, 72000, text, gap);
}

/* A plain file: what is painted, without marks around it. */
static inline struct str
help_write(struct help *help)
{
    const struct pdf_meta meta = {
        .title = STR("รายงาน (ทดสอบ)"), .author = STR("A. Clerk"), .plain = true};
    struct str out = STR("");

    assert_true(pdf_file(help->arena, help->diags, &help->pages, &meta, &out));
    return out;
}

/* The syllables of a letter, each vowel sign with each tone mark: "ก ก่ … กุ กุ่ …". */
static inline const char *
help_syllables(struct arena *arena, uint32_t letter)
{
    static const uint32_t vowels[] = {0,     0xe31, 0xe34, 0xe35, 0xe36, 0xe37,
                                      0xe47, 0xe38, 0xe39, 0xe3a, 0xe33};
    static const uint32_t tones[] = {0, 0xe48, 0xe49, 0xe4a, 0xe4b, 0xe4c};
    struct buf out = buf_in(arena);

    for (size_t v = 0; v < sizeof(vowels) / sizeof(vowels[0]); v++) {
        for (size_t t = 0; t < sizeof(tones) / sizeof(tones[0]); t++) {
            uint32_t order[2] = {vowels[v], tones[t]};

            buf_utf8(&out, letter);
            if (vowels[v] == 0xe33) {
                order[0] = tones[t];
                order[1] = vowels[v];
            }
            for (int k = 0; k < 2; k++)
                if (order[k] != 0)
                    buf_utf8(&out, order[k]);
        }
        buf_byte(&out, ' ');
    }
    return str_cstr(arena, buf_str(&out));
}

#endif
