#include "text/font_list.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_PARAMETER_TAGS_H

#include "base/arena.h"
#include "base/path.h"
#include "text/font_config.h"

/* How deep and how far fontconfig's folders are searched. */
#define DEPTH_MAX 8
#define ENTRIES_MAX 20000
#define ROOTS_MAX 32

const char *
font_plain_name(struct arena *arena, const char *name)
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

/* Reads what a file says of itself. Of families with many weights the name of the group of four is
 * taken (name 1 of the name table, not 16), so that "Light" is not mistaken for a regular face. */
static struct font_file
read_file(struct arena *arena, FT_Library library, const char *path)
{
    FT_Parameter group[] = {{FT_PARAM_TAG_IGNORE_TYPOGRAPHIC_FAMILY, NULL},
                            {FT_PARAM_TAG_IGNORE_TYPOGRAPHIC_SUBFAMILY, NULL}};
    FT_Open_Args how = {.flags = FT_OPEN_PATHNAME | FT_OPEN_PARAMS,
                        .pathname = (char *)path,
                        .num_params = 2,
                        .params = group};
    struct font_file out = {.path = path, .face = FONT_FACES};
    FT_Face face;

    if (FT_Open_Face(library, &how, 0, &face) != 0)
        return out;
    if (face->family_name != NULL) {
        out.name = str_cstr(arena, str_of(face->family_name));
        out.family = font_plain_name(arena, face->family_name);
        out.face = face_of(face);
    }
    FT_Done_Face(face);
    return out;
}

static FT_Library
open_library(void)
{
    FT_Library library;

    if (FT_Init_FreeType(&library) != 0)
        arena_oom(0);
    return library;
}

bool
font_is_file_name(const char *name)
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
    return font_is_file_name(entry->d_name);
}

static int
by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

void
font_list_folder(struct arena *arena, struct font_list *list, const char *folder)
{
    struct dirent **names = NULL;
    int count = scandir(folder, &names, only_fonts, by_bytes);
    FT_Library library = open_library();

    for (int i = 0; i < count; i++) {
        const char *path = path_join(arena, folder, names[i]->d_name);
        if (is_file(path) && list->count < FONT_FILES_MAX)
            list->item[list->count++] = read_file(arena, library, path);
        free(names[i]);
    }
    free(names);
    FT_Done_FreeType(library);
}

/* ---- fontconfig */

void *
font_system_open(bool whole)
{
    void *system = whole ? NULL : font_config_quick();

    return system == NULL ? FcInitLoadConfigAndFonts() : system;
}

void
font_system_close(void *system)
{
    if (system != NULL)
        FcConfigDestroy(system);
}

static int
by_path(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
add_set(struct arena *arena, struct font_list *list, const FcFontSet *set)
{
    size_t count = (size_t)set->nfont, used = 0;
    const char **paths = arena_array(arena, count, sizeof *paths);
    FT_Library library = open_library();

    for (size_t i = 0; i < count; i++) {
        FcChar8 *path;
        if (FcPatternGetString(set->fonts[i], FC_FILE, 0, &path) == FcResultMatch)
            paths[used++] = str_cstr(arena, str_of((const char *)path));
    }
    /* fontconfig's order depends on folders and caches */
    qsort(paths, used, sizeof *paths, by_path);
    for (size_t i = 0; i < used; i++) {
        if (is_file(paths[i]) && list->count < FONT_FILES_MAX)
            list->item[list->count++] = read_file(arena, library, paths[i]);
    }
    FT_Done_FreeType(library);
}

void
font_list_named(struct arena *arena, struct font_list *list, void *system, const char *name)
{
    FcPattern *pattern = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, name, (char *)NULL);
    FcObjectSet *objects = FcObjectSetBuild(FC_FILE, (char *)NULL);
    FcFontSet *set = FcFontList(system, pattern, objects);

    if (set != NULL) {
        add_set(arena, list, set);
        FcFontSetDestroy(set);
    }
    FcObjectSetDestroy(objects);
    FcPatternDestroy(pattern);
}

/* ---- fonts that fontconfig may not list */

struct walk {
    struct arena *arena;
    FT_Library library;
    const char *const *families;
    size_t entries;
    const char *found;
};

static bool
is_wanted(struct walk *walk, const char *path)
{
    struct arena_mark mark = arena_mark(walk->arena);
    struct font_file file = read_file(walk->arena, walk->library, path);
    bool wanted = false;

    for (size_t i = 0; file.family != NULL && walk->families[i] != NULL; i++)
        wanted = wanted || strcmp(file.family, walk->families[i]) == 0;
    arena_reset(walk->arena, mark);
    return wanted;
}

static void
walk_folder(struct walk *walk, const char *folder, int depth) /* NOLINT(misc-no-recursion) */
{
    struct dirent **names = NULL;
    int count = depth > DEPTH_MAX ? 0 : scandir(folder, &names, NULL, by_bytes);

    for (int i = 0; i < count; i++) {
        const char *path = path_join(walk->arena, folder, names[i]->d_name);
        struct stat info;
        bool visit = walk->found == NULL && walk->entries++ < ENTRIES_MAX &&
                     names[i]->d_name[0] != '.' && stat(path, &info) == 0;
        if (visit && S_ISDIR(info.st_mode))
            walk_folder(walk, path, depth + 1);
        else if (visit && S_ISREG(info.st_mode) && font_is_file_name(path) && is_wanted(walk, path))
            walk->found = path;
        free(names[i]);
    }
    free(names);
}

/* True when the folder lies in one of those that were walked through. */
static bool
was_walked(const char *const *roots, size_t count, const char *folder)
{
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(roots[i]);
        if (strncmp(folder, roots[i], len) == 0 && (folder[len] == '/' || folder[len] == '\0'))
            return true;
    }
    return false;
}

const char *
font_lying_about(struct arena *arena, void *system, const char *const families[])
{
    struct walk walk = {.arena = arena, .library = open_library(), .families = families};
    FcStrList *folders = FcConfigGetFontDirs(system);
    const char *roots[ROOTS_MAX];
    size_t count = 0;

    for (FcChar8 *at = NULL; folders != NULL && (at = FcStrListNext(folders)) != NULL;) {
        if (count == ROOTS_MAX || was_walked(roots, count, (const char *)at))
            continue;
        roots[count++] = str_cstr(arena, str_of((const char *)at));
        walk_folder(&walk, roots[count - 1], 0);
    }
    if (folders != NULL)
        FcStrListDone(folders);
    FT_Done_FreeType(walk.library);
    return walk.found;
}
