/* Finds the four faces of TH Sarabun or a stand-in. Search order and refusals: design, "Fonts".
 * Names come from the fonts' own name tables, never from file names. */
#include "text/font.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_PARAMETER_TAGS_H

#include <hb.h>

#include "base/arena.h"
#include "base/io.h"
#include "text/examine.h"

#define FACES 4 /* those that are searched for */
#define CANDIDATES_MAX 1000

/* Families in the order in which they are wanted, small letters without blanks. */
static const char *const wanted[] = {"thsarabunpsk", "thsarabunnew", "laksaman"};
#define WANTED_COUNT (sizeof wanted / sizeof wanted[0])

/* The names under which fontconfig may know them, for each of `wanted`. */
static const char *const system_names[WANTED_COUNT][3] = {
    {"TH SarabunPSK", "THSarabunPSK", "TH Sarabun PSK"},
    {"TH Sarabun New", "THSarabunNew", "TH SarabunNew"},
    {"Laksaman", NULL, NULL},
};

static const char *const face_names[FACES] = {"Regular", "Bold", "Italic", "Bold Italic"};

struct candidate {
    const char *path;
    const char *family; /* as in `wanted`; NULL for a file whose names FreeType cannot read */
    const char *name;   /* as the font says it */
    enum font_face face;
};

struct candidates {
    struct candidate item[CANDIDATES_MAX];
    size_t count;
};

static const char *
plain_name(struct arena *arena, const char *name)
{
    struct buf buf = buf_in(arena);

    for (; *name != '\0'; name++) {
        unsigned char c = (unsigned char)*name;
        if (c >= 'A' && c <= 'Z')
            c |= 0x20; /* ASCII only: never by locale */
        if (c != ' ')
            buf_byte(&buf, (char)c);
    }
    return str_cstr(arena, buf_str(&buf));
}

static enum font_face
face_of(FT_Face face)
{
    const char *style = face->style_name == NULL ? "" : face->style_name;
    bool bold = (face->style_flags & FT_STYLE_FLAG_BOLD) != 0 || strstr(style, "Bold") != NULL;
    bool italic = (face->style_flags & FT_STYLE_FLAG_ITALIC) != 0 ||
                  strstr(style, "Italic") != NULL || strstr(style, "Oblique") != NULL;

    if (bold)
        return italic ? FONT_BOLD_ITALIC : FONT_BOLD;
    return italic ? FONT_ITALIC : FONT_REGULAR;
}

/* Adds a file. Of families with many weights the name of the group of four is taken (name 1 of
 * the name table, not 16), so that "Light" is not mistaken for a regular face. */
static void
add_file(struct arena *arena, FT_Library library, struct candidates *list, const char *path)
{
    FT_Parameter group[] = {{FT_PARAM_TAG_IGNORE_TYPOGRAPHIC_FAMILY, NULL},
                            {FT_PARAM_TAG_IGNORE_TYPOGRAPHIC_SUBFAMILY, NULL}};
    FT_Open_Args how = {.flags = FT_OPEN_PATHNAME | FT_OPEN_PARAMS,
                        .pathname = (char *)path,
                        .num_params = 2,
                        .params = group};
    struct candidate *out;
    FT_Face face;

    if (list->count == CANDIDATES_MAX)
        return;
    out = &list->item[list->count++];
    *out = (struct candidate){.path = path, .face = FONT_FACES};
    if (FT_Open_Face(library, &how, 0, &face) != 0)
        return;
    if (face->family_name != NULL) {
        out->name = str_cstr(arena, str_of(face->family_name));
        out->family = plain_name(arena, face->family_name);
        out->face = face_of(face);
    }
    FT_Done_Face(face);
}

static bool
is_font_name(const char *name)
{
    static const char *const ends[] = {".ttf", ".otf", ".ttc", ".otc"};
    size_t len = strlen(name);

    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        if (len > 4 && name[0] != '.' && strcasecmp(name + len - 4, ends[i]) == 0)
            return true;
    }
    return false;
}

static bool
is_file(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

static int
only_fonts(const struct dirent *entry)
{
    return is_font_name(entry->d_name);
}

static int
by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void
scan_folder(struct arena *arena, FT_Library library, struct candidates *list, const char *folder)
{
    struct dirent **names = NULL;
    int count = scandir(folder, &names, only_fonts, by_bytes);

    for (int i = 0; i < count; i++) {
        const char *path = io_join(arena, folder, names[i]->d_name);
        if (is_file(path))
            add_file(arena, library, list, path);
        free(names[i]);
    }
    free(names);
}

static int
by_path(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
scan_set(struct arena *arena, FT_Library library, struct candidates *list, const FcFontSet *set)
{
    size_t count = (size_t)set->nfont, used = 0;
    const char **paths = arena_array(arena, count, sizeof *paths);

    for (size_t i = 0; i < count; i++) {
        FcChar8 *path;
        if (FcPatternGetString(set->fonts[i], FC_FILE, 0, &path) == FcResultMatch)
            paths[used++] = str_cstr(arena, str_of((const char *)path));
    }
    /* fontconfig's order depends on folders and caches */
    qsort(paths, used, sizeof *paths, by_path);
    for (size_t i = 0; i < used; i++) {
        if (is_file(paths[i]))
            add_file(arena, library, list, paths[i]);
    }
}

static void
scan_system_name(struct arena *arena, FT_Library library, struct candidates *list, FcConfig *config,
                 const char *name)
{
    FcPattern *pattern = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, name, (char *)NULL);
    FcObjectSet *objects = FcObjectSetBuild(FC_FILE, (char *)NULL);
    FcFontSet *set = FcFontList(config, pattern, objects);

    if (set != NULL) {
        scan_set(arena, library, list, set);
        FcFontSetDestroy(set);
    }
    FcObjectSetDestroy(objects);
    FcPatternDestroy(pattern);
}

/* The first wanted family that fontconfig knows. Its matching (which would offer anything, scaled
 * by a rule of Debian's) is not used, only its list. */
static void
scan_system(struct arena *arena, FT_Library library, struct candidates *list)
{
    FcConfig *config = FcInitLoadConfigAndFonts();

    for (size_t i = 0; config != NULL && i < WANTED_COUNT && list->count == 0; i++) {
        for (size_t j = 0; j < 3 && system_names[i][j] != NULL; j++)
            scan_system_name(arena, library, list, config, system_names[i][j]);
    }
    if (config != NULL)
        FcConfigDestroy(config);
}

static const struct candidate *
find_face(const struct candidates *list, const char *family, int face)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct candidate *one = &list->item[i];
        if (one->family != NULL && strcmp(one->family, family) == 0 && (int)one->face == face)
            return one;
    }
    return NULL;
}

static int
count_faces(const struct candidates *list, const char *family)
{
    int count = 0;

    for (int i = 0; i < FACES; i++)
        count += find_face(list, family, i) != NULL;
    return count;
}

/* Chooses among families that are not in `wanted`: the only complete one, or the only one. */
static const char *
choose_other(const struct candidates *list, struct diags *diags, const char *place)
{
    const struct candidate *best = NULL, *other = NULL;
    int best_faces = 0;

    for (size_t i = 0; i < list->count; i++) {
        const struct candidate *one = &list->item[i];
        if (one->family == NULL || (best != NULL && strcmp(one->family, best->family) == 0))
            continue;
        int faces = count_faces(list, one->family);
        if (faces > best_faces) {
            other = faces < FACES ? best : NULL;
            best = one;
            best_faces = faces;
        } else if (faces == best_faces) {
            other = one;
        }
    }
    if (best != NULL && other != NULL && strcmp(best->family, other->family) != 0) {
        diag_add(diags, DIAG_FONT_SEVERAL, POS_NONE, place, best->name, other->name);
        return NULL;
    }
    return best == NULL ? NULL : best->family;
}

static void
report(struct diags *diags, const char *path, const struct font_fault *fault)
{
    diag_add(diags, fault->code, POS_NONE, path, fault->detail, NULL);
}

/* Reads and examines one file; on failure *fault says why, or a diagnostic was added (io_read) and
 * *told is set. */
static struct font *
open_file(struct arena *arena, struct diags *diags, const struct candidate *from,
          struct font_fault *fault, bool *told)
{
    struct font *font = arena_alloc(arena, sizeof *font);

    font->face = from->face;
    font->path = from->path;
    if (!io_read(arena, diags, POS_NONE, from->path, FONT_FILE_MAX, &font->bytes)) {
        *told = true;
        return NULL;
    }
    return font_examine(arena, font, fault) ? font : NULL;
}

/* Opens the first file of a face that is not refused; when all are, the first refusal is told. */
static struct font *
open_face(struct arena *arena, struct diags *diags, const struct candidates *list,
          const char *family, int face)
{
    struct font_fault first, fault;
    const char *first_path = NULL;
    bool told = false;

    for (size_t i = 0; i < list->count; i++) {
        const struct candidate *one = &list->item[i];
        if (one->family == NULL || strcmp(one->family, family) != 0 || (int)one->face != face)
            continue;
        struct font *font = open_file(arena, diags, one, &fault, &told);
        if (font != NULL)
            return font;
        if (told)
            return NULL;
        if (first_path == NULL) {
            first = fault;
            first_path = one->path;
        }
    }
    if (first_path != NULL)
        report(diags, first_path, &first);
    return NULL;
}

/* Files that FreeType could not read, or not their names, may be what is missing. */
static void
report_unreadable(struct arena *arena, struct diags *diags, const struct candidates *list)
{
    for (size_t i = 0; i < list->count; i++) {
        struct font_fault fault = {.code = DIAG_FONT_DAMAGED, .detail = "name"};
        bool told = false;
        if (list->item[i].family != NULL)
            continue;
        /* sound but for the names that are missing, as those of a file that ends too early are */
        font_close(open_file(arena, diags, &list->item[i], &fault, &told));
        if (!told)
            report(diags, list->item[i].path, &fault);
    }
}

/* Tells which faces the family lacks. */
static bool
is_complete(struct arena *arena, struct diags *diags, const struct candidates *list,
            const char *family, const char *place)
{
    const char *name = family;
    bool complete = true;

    for (int i = 0; i < FACES; i++) {
        const struct candidate *one = find_face(list, family, i);
        if (one != NULL)
            name = one->name;
        complete = complete && one != NULL;
    }
    for (int i = 0; i < FACES && !complete; i++) {
        if (find_face(list, family, i) == NULL)
            diag_add(diags, DIAG_FONT_FACE_MISSING, POS_NONE, name, face_names[i], place);
    }
    if (!complete)
        report_unreadable(arena, diags, list);
    return complete;
}

static const char *
choose_family(struct diags *diags, const struct candidates *list, const char *place)
{
    for (size_t i = 0; i < WANTED_COUNT; i++) {
        if (count_faces(list, wanted[i]) > 0)
            return wanted[i];
    }
    return choose_other(list, diags, place);
}

/* "16 pt" means TH Sarabun at 16 pt, whose letters ก-ฮ are together 18.659 em wide. */
static void
find_scale(struct fonts *fonts)
{
    const struct font *regular = fonts->face[FONT_REGULAR];
    int64_t difference;

    fonts->scale_numerator = INT64_C(18659) * regular->upem;
    fonts->scale_denominator = INT64_C(1000) * font_thai_width(regular);
    difference = fonts->scale_numerator - fonts->scale_denominator;
    if (difference < 0)
        difference = -difference;
    if (difference * 100 <= fonts->scale_denominator)
        fonts->scale_numerator = fonts->scale_denominator = 1;
}

static struct fonts *
open_family(struct arena *arena, struct diags *diags, const struct candidates *list,
            const char *place)
{
    struct fonts *fonts = arena_alloc(arena, sizeof *fonts);
    size_t before = diags_level_count(diags, DIAG_ERROR);
    const char *family = choose_family(diags, list, place);

    if (family == NULL) {
        report_unreadable(arena, diags, list);
        if (diags_level_count(diags, DIAG_ERROR) == before)
            diag_add(diags, DIAG_FONT_NOT_FOUND, POS_NONE, place, NULL, NULL);
        return NULL;
    }
    if (!is_complete(arena, diags, list, family, place))
        return NULL;
    for (int i = 0; i < FACES; i++) {
        fonts->face[i] = open_face(arena, diags, list, family, i);
        if (fonts->face[i] == NULL) {
            fonts_close(fonts);
            return NULL;
        }
    }
    fonts->face[FONT_BOXES] = font_boxes(arena);
    find_scale(fonts);
    return fonts;
}

struct fonts *
fonts_open(struct arena *arena, struct diags *diags, const struct font_search *search)
{
    struct candidates *list = arena_alloc(arena, sizeof *list);
    const char *place = search->font_dir;
    FT_Library library;

    if (FT_Init_FreeType(&library) != 0)
        arena_oom(0);
    if (search->font_dir != NULL) {
        scan_folder(arena, library, list, search->font_dir);
    } else {
        place = search->local_dir;
        if (search->local_dir != NULL)
            scan_folder(arena, library, list, search->local_dir);
        if (list->count == 0 && search->use_system) {
            place = diag_both(diags, "the system", "ระบบ");
            scan_system(arena, library, list);
        }
    }
    FT_Done_FreeType(library);
    return open_family(arena, diags, list, place == NULL ? "" : place);
}

void
fonts_close(struct fonts *fonts)
{
    if (fonts == NULL)
        return;
    for (int i = 0; i < FONT_FACES; i++)
        font_close(fonts->face[i]);
}

bool
font_has(const struct font *font, uint32_t code_point)
{
    hb_codepoint_t glyph;

    return hb_font_get_nominal_glyph(font->hb, code_point, &glyph);
}

mpt
fonts_draw_size(const struct fonts *fonts, mpt nominal)
{
    return unit_scale(nominal, fonts->scale_numerator, fonts->scale_denominator);
}

mpt
font_length(const struct font *font, mpt draw_size, int units)
{
    return unit_scale(draw_size, units, font->upem);
}
