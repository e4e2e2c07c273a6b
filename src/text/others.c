#include "text/font_inner.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <fontconfig/fontconfig.h>

#include <hb-ot.h>
#include <hb.h>

#include "base/arena.h"
#include "base/files.h"
#include "base/path.h"
#include "base/utf8.h"

#define LETTERS_MAX 32  /* of a cluster */
#define CLUSTER_MAX 256 /* bytes of one */
#define RANKS_MAX 64
#define ANSWERS_MAX 10000 /* that are remembered: texts of reports are without end */

enum state { STATE_NEW, STATE_REFUSED, STATE_OPEN };

/* A font file that may lend letters. */
struct other {
    const char *path;
    const char *family; /* plain */
    size_t rank;        /* place of the family, or of the file, in the list of the search */
    bool system;        /* not from the folder of the report's font */
    int weight, slant, width, index;
    const FcCharSet *letters; /* what it has, as fontconfig found */
    enum state state;
    struct font *font;
};

/* What was asked before, by a key of bytes. */
struct answer {
    struct str key; /* empty: free */
    const struct font *font;
    size_t told; /* letters of a family */
};

struct answers {
    struct arena *arena;
    struct answer *item;
    size_t count, cap; /* cap: a power of 2 */
};

struct fonts_lent {
    struct answers told;
    const struct font **font;
    size_t count, cap;
};

struct fonts_others {
    struct arena *arena;
    pthread_mutex_t lock; /* for all that others_find() writes, also while a font is examined */
    const struct files *files;
    const char *folder; /* or NULL */
    bool use_system;
    const char *ranks[RANKS_MAX]; /* plain names */
    size_t rank_count;
    const struct font *main;
    void *system;
    bool listed;
    FcFontSet *sets[2]; /* of the folder, of the system */
    struct other *other;
    size_t count;
    struct answers found;
};

/* ---- what there is */

static void
read_ranks(struct fonts_others *others, struct str list)
{
    for (size_t at = 0; at < list.len && others->rank_count < RANKS_MAX;) {
        size_t end = at;
        while (end < list.len && list.ptr[end] != ',')
            end++;
        const char *name = str_cstr(others->arena, str_sub(list, at, end - at));
        others->ranks[others->rank_count++] = font_plain_name(others->arena, name);
        at = end + 1;
    }
}

struct fonts_others *
others_open(const struct font_search *search, const struct font *main, void *system)
{
    struct arena *arena = arena_new(0);
    struct fonts_others *others = arena_alloc(arena, sizeof *others);
    const char *folder = search->font_dir != NULL ? search->font_dir : search->local_dir;

    others->arena = arena;
    others->found.arena = arena_new(0);
    pthread_mutex_init(&others->lock, NULL);
    others->files = search->files;
    others->folder = folder == NULL ? NULL : str_cstr(arena, str_of(folder));
    others->use_system = search->use_system;
    others->main = main;
    others->system = system;
    read_ranks(others, search->others);
    return others;
}

void
others_close(struct fonts_others *others)
{
    if (others == NULL)
        return;
    for (size_t i = 0; i < others->count; i++)
        font_close(others->other[i].font);
    for (size_t i = 0; i < 2; i++) {
        if (others->sets[i] != NULL)
            FcFontSetDestroy(others->sets[i]);
    }
    font_system_close(others->system);
    pthread_mutex_destroy(&others->lock);
    arena_free(others->found.arena);
    arena_free(others->arena);
}

static FcFontSet *
list_system(void *system)
{
    FcPattern *all = FcPatternCreate();
    FcObjectSet *objects =
        FcObjectSetBuild(FC_FILE, FC_INDEX, FC_FAMILY, FC_WEIGHT, FC_SLANT, FC_WIDTH, FC_CHARSET,
                         FC_OUTLINE, FC_COLOR, FC_FONTFORMAT, (char *)NULL);
    FcFontSet *set = FcFontList(system, all, objects);

    FcObjectSetDestroy(objects);
    FcPatternDestroy(all);
    return set;
}

static int
number_of(const FcPattern *pattern, const char *object, int without)
{
    int number;

    /* a variable font has a range instead */
    return FcPatternGetInteger(pattern, object, 0, &number) == FcResultMatch ? number : without;
}

static bool
truth_of(const FcPattern *pattern, const char *object)
{
    FcBool truth;

    return FcPatternGetBool(pattern, object, 0, &truth) == FcResultMatch && truth == FcTrue;
}

/* The place of a name in the list, if it is before `rank`. */
static size_t
rank_of(const struct fonts_others *others, const char *name, size_t rank)
{
    const char *plain = font_plain_name(others->arena, name);

    for (size_t k = 0; k < rank; k++) {
        if (strcmp(others->ranks[k], plain) == 0)
            return k;
    }
    return rank;
}

/* Family and rank; a font has several names when its family has more than four faces. */
static bool
read_family(const struct fonts_others *others, const FcPattern *pattern, struct other *out)
{
    FcChar8 *name;

    out->rank = others->rank_count;
    for (int i = 0; FcPatternGetString(pattern, FC_FAMILY, i, &name) == FcResultMatch; i++) {
        const char *plain = font_plain_name(others->arena, (const char *)name);
        if (i == 0)
            out->family = plain;
        out->rank = rank_of(others, plain, out->rank);
    }
    return out->family != NULL;
}

static void
add_pattern(struct fonts_others *others, const FcPattern *pattern, bool system)
{
    struct other *out = &others->other[others->count];
    FcChar8 *path, *format;
    FcCharSet *letters;

    *out = (struct other){.system = system};
    if (FcPatternGetString(pattern, FC_FILE, 0, &path) != FcResultMatch ||
        FcPatternGetString(pattern, FC_FONTFORMAT, 0, &format) != FcResultMatch ||
        FcPatternGetCharSet(pattern, FC_CHARSET, 0, &letters) != FcResultMatch ||
        strcmp((const char *)format, "TrueType") != 0 || !truth_of(pattern, FC_OUTLINE) ||
        truth_of(pattern, FC_COLOR) || !read_family(others, pattern, out))
        return;
    out->index = number_of(pattern, FC_INDEX, 0);
    if ((out->index & 0xFFFF) != 0)
        return;
    out->path = str_cstr(others->arena, str_of((const char *)path));
    out->rank = rank_of(others, path_base(out->path), out->rank);
    out->letters = letters;
    out->weight = number_of(pattern, FC_WEIGHT, FC_WEIGHT_REGULAR);
    out->slant = number_of(pattern, FC_SLANT, FC_SLANT_ROMAN);
    out->width = number_of(pattern, FC_WIDTH, FC_WIDTH_NORMAL);
    others->count++;
}

/* fontconfig's order depends on folders and caches. */
static int
by_rank(const void *one, const void *two)
{
    const struct other *a = one, *b = two;
    int order = a->rank < b->rank ? -1 : a->rank > b->rank;

    if (order == 0)
        order = strcmp(a->family, b->family);
    if (order == 0)
        order = a->system - b->system;
    if (order == 0)
        order = strcmp(a->path, b->path);
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

static void
list_all(struct fonts_others *others)
{
    size_t room = 0;

    others->listed = true;
    if (others->folder != NULL)
        others->sets[0] = font_patterns(others->files, others->folder);
    if (others->use_system && others->system == NULL)
        others->system = font_system_open(false);
    if (others->system != NULL)
        others->sets[1] = list_system(others->system);
    for (size_t i = 0; i < 2; i++)
        room += others->sets[i] == NULL ? 0 : (size_t)others->sets[i]->nfont;
    others->other = arena_array(others->arena, room, sizeof *others->other);
    for (size_t i = 0; i < 2; i++) {
        for (int k = 0; others->sets[i] != NULL && k < others->sets[i]->nfont; k++)
            add_pattern(others, others->sets[i]->fonts[k], i == 1);
    }
    if (others->count > 0)
        qsort(others->other, others->count, sizeof *others->other, by_rank);
}

/* ---- opening one */

/* Height of the digits in font units; 0.7 em where they are not to be had. */
static int64_t
digit_height(const struct font *font)
{
    int64_t height = 0;

    for (uint32_t c = '0'; c <= '9'; c++) {
        hb_codepoint_t glyph;
        hb_glyph_extents_t extents;
        if (hb_font_get_nominal_glyph(font->hb, c, &glyph) &&
            hb_font_get_glyph_extents(font->hb, glyph, &extents) && extents.y_bearing > height)
            height = extents.y_bearing;
    }
    /* other heights are those of no digits */
    return height * 5 < font->upem || height > 2 * (int64_t)font->upem
               ? font->upem * INT64_C(7) / 10
               : height;
}

static enum font_face
face_of(const struct other *other)
{
    bool bold = other->weight >= FC_WEIGHT_DEMIBOLD, italic = other->slant != FC_SLANT_ROMAN;

    if (bold)
        return italic ? FONT_BOLD_ITALIC : FONT_BOLD;
    return italic ? FONT_ITALIC : FONT_REGULAR;
}

/* Reads and examines the file, once. What is wrong with it is nobody's fault here. */
static bool
open_other(struct fonts_others *others, struct other *other)
{
    struct arena_mark mark = arena_mark(others->arena);
    struct diags *unheard;
    struct font_fault fault;

    if (other->state != STATE_NEW)
        return other->state == STATE_OPEN;
    other->state = STATE_REFUSED;
    struct font *font = arena_alloc(others->arena, sizeof *font);
    unheard = diags_new();
    font->path = other->path;
    font->face = face_of(other);
    if (files_read(other->system ? files_system() : others->files, others->arena, unheard, POS_NONE,
                   other->path, FONT_FILE_MAX, &font->bytes) &&
        font_examine_other(others->arena, font, &fault))
        other->state = STATE_OPEN;
    diags_free(unheard);
    if (other->state != STATE_OPEN) {
        arena_reset(others->arena, mark);
        return false;
    }
    font->scale_numerator = digit_height(others->main) * font->upem;
    font->scale_denominator = digit_height(font) * others->main->upem;
    other->font = font;
    return true;
}

/* ---- letters */

bool
others_skips(uint32_t code_point)
{
    return code_point == 0xAD || code_point == 0x34F ||
           (code_point >= 0x180B && code_point <= 0x180F) ||
           (code_point >= 0x200B && code_point <= 0x200F) ||
           (code_point >= 0x202A && code_point <= 0x202E) ||
           (code_point >= 0x2060 && code_point <= 0x206F) ||
           (code_point >= 0xFE00 && code_point <= 0xFE0F) || code_point == 0xFEFF ||
           (code_point >= 0xE0000 && code_point <= 0xE0FFF);
}

/* Private letters mean what their font says, and lines are set from left to right only. */
static bool
can_be_lent(uint32_t code_point)
{
    hb_script_t script = hb_unicode_script(hb_unicode_funcs_get_default(), code_point);

    return hb_unicode_general_category(hb_unicode_funcs_get_default(), code_point) !=
               HB_UNICODE_GENERAL_CATEGORY_PRIVATE_USE &&
           hb_script_get_horizontal_direction(script) != HB_DIRECTION_RTL;
}

/* The letters of a cluster that a font must have; 0 when no font may have them. */
static size_t
letters_of(struct str cluster, uint32_t letters[LETTERS_MAX])
{
    size_t count = 0;

    for (size_t at = 0; at < cluster.len;) {
        uint32_t c = utf8_next(cluster, &at);
        if (c == UTF8_BAD || count == LETTERS_MAX || !can_be_lent(c))
            return 0;
        if (!others_skips(c))
            letters[count++] = c;
    }
    return count;
}

static bool
lists_all(const struct other *other, const uint32_t *letters, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!FcCharSetHasChar(other->letters, letters[i]))
            return false;
    }
    return true;
}

/* A glyph that leaves no ink is none, but for a blank. */
static bool
shows(const struct font *font, uint32_t letter)
{
    hb_codepoint_t glyph;
    hb_glyph_extents_t extents;

    if (!hb_font_get_nominal_glyph(font->hb, letter, &glyph))
        return false;
    return hb_unicode_general_category(hb_unicode_funcs_get_default(), letter) ==
               HB_UNICODE_GENERAL_CATEGORY_SPACE_SEPARATOR ||
           (hb_font_get_glyph_extents(font->hb, glyph, &extents) && extents.width != 0 &&
            extents.height != 0);
}

static bool
shows_all(const struct font *font, const uint32_t *letters, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!shows(font, letters[i]))
            return false;
    }
    return true;
}

/* How far a font is from the looks that are wanted. */
static int
distance(const struct other *other, enum font_face face)
{
    bool bold = face == FONT_BOLD || face == FONT_BOLD_ITALIC;
    bool italic = face == FONT_ITALIC || face == FONT_BOLD_ITALIC;

    return 100 * abs(other->width - FC_WIDTH_NORMAL) +
           10 * abs(other->weight - (bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR)) +
           (italic != (other->slant != FC_SLANT_ROMAN) ? 300 : 0);
}

/* The nearest of the fonts from `first` to `end` - 1, one family, that has the letters. */
static struct other *
find_in_family(struct fonts_others *others, size_t first, size_t end, enum font_face face,
               const uint32_t *letters, size_t count)
{
    struct other *best = NULL;

    for (size_t i = first; i < end; i++) {
        struct other *other = &others->other[i];
        if ((best == NULL || distance(other, face) < distance(best, face)) &&
            lists_all(other, letters, count) && open_other(others, other) &&
            shows_all(other->font, letters, count))
            best = other;
    }
    return best;
}

static struct other *
find_family(struct fonts_others *others, enum font_face face, const uint32_t *letters, size_t count)
{
    struct other *found = NULL;

    for (size_t first = 0; first < others->count && found == NULL;) {
        const struct other *family = &others->other[first];
        size_t end = first + 1;
        while (end < others->count && others->other[end].rank == family->rank &&
               strcmp(others->other[end].family, family->family) == 0)
            end++;
        found = find_in_family(others, first, end, face, letters, count);
        first = end;
    }
    return found;
}

/* ---- answers */

static struct answer *
answer_place(const struct answers *answers, struct str key)
{
    uint64_t hash = 14695981039346656037U;

    for (size_t i = 0; i < key.len; i++)
        hash = (hash ^ (unsigned char)key.ptr[i]) * 1099511628211U;
    size_t at = hash & (answers->cap - 1);
    while (answers->item[at].key.len > 0 && !str_eq(answers->item[at].key, key))
        at = (at + 1) & (answers->cap - 1);
    return &answers->item[at];
}

static void
make_room(struct answers *answers)
{
    const struct answer *old = answers->item;
    size_t count = answers->cap;

    if (2 * answers->count < count)
        return;
    answers->cap = count == 0 ? 64 : 2 * count;
    answers->item = arena_array(answers->arena, answers->cap, sizeof *answers->item);
    for (size_t i = 0; i < count; i++) {
        if (old[i].key.len > 0)
            *answer_place(answers, old[i].key) = old[i];
    }
}

/* The place of a key; *known says whether it was there before. */
static struct answer *
find_answer(struct answers *answers, struct str key, bool *known)
{
    make_room(answers);
    struct answer *answer = answer_place(answers, key);
    *known = answer->key.len > 0;
    if (!*known) {
        answer->key = str_dup(answers->arena, key);
        answers->count++;
    }
    return answer;
}

/* Called with the lock. */
static const struct font *
find(struct fonts_others *others, enum font_face face, struct str cluster)
{
    uint32_t letters[LETTERS_MAX];
    char key[1 + CLUSTER_MAX];
    bool known;

    key[0] = (char)('0' + face);
    memcpy(key + 1, cluster.ptr, cluster.len);
    if (others->found.count == ANSWERS_MAX) {
        arena_free(others->found.arena);
        others->found = (struct answers){.arena = arena_new(0)};
    }
    struct answer *answer = find_answer(&others->found, (struct str){key, 1 + cluster.len}, &known);
    size_t count = known ? 0 : letters_of(cluster, letters);
    if (count == 0)
        return answer->font;
    if (!others->listed)
        list_all(others);
    const struct other *other = find_family(others, face, letters, count);
    answer->font = other == NULL ? NULL : other->font;
    return answer->font;
}

const struct font *
others_find(const struct fonts *fonts, enum font_face face, struct str cluster)
{
    struct fonts_lent *lent = fonts->lent;
    size_t i = 0;

    if (fonts->others == NULL || cluster.len > CLUSTER_MAX)
        return NULL;
    pthread_mutex_lock(&fonts->others->lock);
    const struct font *font = find(fonts->others, face, cluster);
    pthread_mutex_unlock(&fonts->others->lock);
    while (i < lent->count && lent->font[i] != font)
        i++;
    if (font != NULL && i == lent->count) {
        lent->font = arena_grow(lent->told.arena, lent->font, lent->count, &lent->cap,
                                sizeof(const struct font *), 4);
        lent->font[lent->count++] = font;
    }
    return font;
}

const char *
others_named(const struct fonts *fonts, struct str name, size_t index)
{
    struct fonts_others *others = fonts->others;
    const char *path = NULL;

    if (others == NULL)
        return NULL;
    pthread_mutex_lock(&others->lock);
    if (!others->listed)
        list_all(others);
    for (size_t i = 0; i < others->count && path == NULL; i++) {
        if (str_eq(str_of(path_base(others->other[i].path)), name) && index-- == 0)
            path = others->other[i].path;
    }
    pthread_mutex_unlock(&others->lock);
    return path;
}

struct fonts_lent *
lent_new(void)
{
    struct arena *arena = arena_new(0);
    struct fonts_lent *lent = arena_alloc(arena, sizeof *lent);

    lent->told.arena = arena;
    return lent;
}

void
lent_free(struct fonts_lent *lent)
{
    arena_free(lent->told.arena);
}

const struct font *
lent_font(const struct fonts_lent *lent, size_t index)
{
    return index < lent->count ? lent->font[index] : NULL;
}

/* The place of what was told of a family, or of a letter of it. */
static struct answer *
find_told(struct fonts_lent *lent, const struct font *font, struct str letter, bool *known)
{
    char key[CLUSTER_MAX];
    int len = snprintf(key, sizeof key, "!%.*s %.*s", STR_FMT(letter), STR_FMT(font->family));

    return find_answer(&lent->told,
                       (struct str){key, len < CLUSTER_MAX ? (size_t)len : CLUSTER_MAX - 1}, known);
}

enum others_told
others_tell(const struct fonts *fonts, const struct font *font, struct str letter)
{
    bool known;

    (void)find_told(fonts->lent, font, letter, &known);
    if (known)
        return OTHERS_KNOWN;
    size_t told = ++find_told(fonts->lent, font, STR(""), &known)->told;
    if (told > OTHERS_NAMED_MAX + 1)
        return OTHERS_KNOWN;
    return told > OTHERS_NAMED_MAX ? OTHERS_MANY : OTHERS_LETTER;
}
