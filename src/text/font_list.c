#include "text/font_inner.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_PARAMETER_TAGS_H

#include <fontconfig/fcfreetype.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/files.h"
#include "base/path.h"

/* How deep and how far fontconfig's folders are searched. */
#define DEPTH_MAX 8
#define ENTRIES_MAX 20000
#define ROOTS_MAX 32

/* A file that is looked into may be larger than one that is used. */
#define LOOK_MAX (4 * FONT_FILE_MAX)

const char *
font_plain_name(struct arena *arena, const char *name)
{
    struct buf buf = buf_in(arena);

    for (; *name != '\0'; name++) {
        if (*name != ' ')
            buf_byte(&buf, ascii_small(*name));
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

/* Files that are looked into, each for a moment only. */
struct reader {
    FT_Library library;
    struct arena *scratch;
    struct diags *unheard;
};

static struct reader
reader_open(void)
{
    struct reader reader = {NULL, arena_new(0), diags_new()};

    if (FT_Init_FreeType(&reader.library) != 0)
        arena_oom(0);
    return reader;
}

static void
reader_close(const struct reader *reader)
{
    FT_Done_FreeType(reader->library);
    diags_free(reader->unheard);
    arena_free(reader->scratch);
}

/* Of families with many weights the name of the group of four is taken (name 1 of the name table,
 * not 16), so that "Light" is not mistaken for a regular face. NULL when FreeType cannot read it.
 */
static FT_Face
open_face(const struct reader *reader, const struct files *files, const char *path)
{
    FT_Parameter group[] = {{FT_PARAM_TAG_IGNORE_TYPOGRAPHIC_FAMILY, NULL},
                            {FT_PARAM_TAG_IGNORE_TYPOGRAPHIC_SUBFAMILY, NULL}};
    FT_Open_Args how = {.flags = FT_OPEN_MEMORY | FT_OPEN_PARAMS, .num_params = 2, .params = group};
    struct str bytes;
    FT_Face face;

    if (!files_read(files, reader->scratch, reader->unheard, POS_NONE, path, LOOK_MAX, &bytes))
        return NULL;
    how.memory_base = (const FT_Byte *)bytes.ptr;
    how.memory_size = (FT_Long)bytes.len;
    return FT_Open_Face(reader->library, &how, 0, &face) == 0 ? face : NULL;
}

/* Adds a file with what it says of itself. */
static void
add_file(struct arena *arena, struct font_list *list, const struct reader *reader,
         const struct files *files, const char *path)
{
    struct font_file *out = &list->item[list->count];

    if (list->count == FONT_FILES_MAX || files_kind(files, path) != FILES_FILE)
        return;
    struct arena_mark mark = arena_mark(reader->scratch);
    FT_Face face = open_face(reader, files, path);
    *out = (struct font_file){.files = files, .path = path, .face = FONT_FACES};
    list->count++;
    if (face != NULL && face->family_name != NULL) {
        out->name = str_cstr(arena, str_of(face->family_name));
        out->family = font_plain_name(arena, face->family_name);
        out->face = face_of(face);
    }
    if (face != NULL)
        FT_Done_Face(face);
    arena_reset(reader->scratch, mark);
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

void
font_list_folder(struct arena *arena, struct font_list *list, const struct files *files,
                 const char *folder)
{
    struct reader reader = reader_open();
    struct files_list names;

    (void)files_list(files, arena, folder, &names);
    for (size_t i = 0; i < names.count; i++) {
        if (font_is_file_name(names.name[i]))
            add_file(arena, list, &reader, files, path_join(arena, folder, names.name[i]));
    }
    reader_close(&reader);
}

/* ---- fontconfig */

void *
font_patterns(const struct files *files, const char *folder)
{
    struct reader reader = reader_open();
    FcFontSet *set = FcFontSetCreate();
    struct files_list names;

    (void)files_list(files, reader.scratch, folder, &names);
    for (size_t i = 0; i < names.count; i++) {
        struct arena_mark mark = arena_mark(reader.scratch);
        const char *path = path_join(reader.scratch, folder, names.name[i]);
        FT_Face face = font_is_file_name(names.name[i]) ? open_face(&reader, files, path) : NULL;
        FcPattern *pattern =
            face == NULL ? NULL : FcFreeTypeQueryFace(face, (const FcChar8 *)path, 0, NULL);
        if (pattern != NULL && !FcFontSetAdd(set, pattern))
            FcPatternDestroy(pattern);
        if (face != NULL)
            FT_Done_Face(face);
        arena_reset(reader.scratch, mark);
    }
    reader_close(&reader);
    return set;
}

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
    struct reader reader = reader_open();

    for (size_t i = 0; i < count; i++) {
        FcChar8 *path;
        if (FcPatternGetString(set->fonts[i], FC_FILE, 0, &path) == FcResultMatch)
            paths[used++] = str_cstr(arena, str_of((const char *)path));
    }
    /* fontconfig's order depends on folders and caches */
    qsort(paths, used, sizeof *paths, by_path);
    for (size_t i = 0; i < used; i++)
        add_file(arena, list, &reader, files_system(), paths[i]);
    reader_close(&reader);
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
    struct reader reader;
    const char *const *families;
    size_t entries;
    const char *found;
};

static bool
is_wanted(struct walk *walk, const char *path)
{
    struct arena_mark mark = arena_mark(walk->reader.scratch);
    FT_Face face = open_face(&walk->reader, files_system(), path);
    bool wanted = false;

    if (face != NULL && face->family_name != NULL) {
        const char *family = font_plain_name(walk->reader.scratch, face->family_name);
        for (size_t i = 0; walk->families[i] != NULL; i++)
            wanted = wanted || strcmp(family, walk->families[i]) == 0;
    }
    if (face != NULL)
        FT_Done_Face(face);
    arena_reset(walk->reader.scratch, mark);
    return wanted;
}

static void
walk_folder(struct walk *walk, const char *folder, int depth) /* NOLINT(misc-no-recursion) */
{
    struct files_list names = {NULL, 0};

    if (depth <= DEPTH_MAX)
        (void)files_list(files_system(), walk->arena, folder, &names);
    for (size_t i = 0; i < names.count && walk->found == NULL && walk->entries++ < ENTRIES_MAX;
         i++) {
        const char *path = path_join(walk->arena, folder, names.name[i]);
        enum files_kind kind =
            names.name[i][0] == '.' ? FILES_NONE : files_kind(files_system(), path);
        if (kind == FILES_FOLDER)
            walk_folder(walk, path, depth + 1);
        else if (kind == FILES_FILE && font_is_file_name(path) && is_wanted(walk, path))
            walk->found = path;
    }
}

/* True when the folder lies in one of those that were walked through. */
static bool
was_walked(const char *const *roots, size_t count, const char *folder)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(folder, roots[i]) == 0 || path_below(roots[i], folder) != NULL)
            return true;
    }
    return false;
}

const char *
font_lying_about(struct arena *arena, void *system, const char *const families[])
{
    struct walk walk = {.arena = arena, .reader = reader_open(), .families = families};
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
    reader_close(&walk.reader);
    return walk.found;
}
