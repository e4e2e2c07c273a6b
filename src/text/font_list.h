/* Font files: those of a folder and those that fontconfig lists. Faces and families are told by
 * the fonts' own name tables, never by file names. For font.c. */
#ifndef TEXT_FONT_LIST_H
#define TEXT_FONT_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "text/font.h"

struct arena;
struct files;

struct font_file {
    const struct files *files; /* where it is read from */
    const char *path;
    const char *family; /* small letters without blanks; NULL when FreeType cannot read the names */
    const char *name;   /* as the font says it */
    enum font_face face;
};

#define FONT_FILES_MAX 1000

struct font_list {
    struct font_file item[FONT_FILES_MAX];
    size_t count;
};

/* A family's name in small letters without blanks, by which names are compared. */
const char *font_plain_name(struct arena *arena, const char *name);

/* True when a file of this name may be a font. */
bool font_is_file_name(const char *name);

/* Adds the files of a folder, in the order of their names. */
void font_list_folder(struct arena *arena, struct font_list *list, const struct files *files,
                      const char *folder);

/* What fontconfig finds in the files of a folder, a set of its patterns. Give back with
 * FcFontSetDestroy(). */
void *font_patterns(const struct files *files, const char *folder);

/* fontconfig with its list, loaded; NULL when there is none. Not `whole`, it is loaded without what
 * has no part in the list, where that can be told. */
void *font_system_open(bool whole);
void font_system_close(void *system);

/* Adds the files that fontconfig lists under a family's name, in the order of their paths. Its
 * matching (which would offer anything, scaled by a rule of Debian's) is not used. */
void font_list_named(struct arena *arena, struct font_list *list, void *system, const char *name);

/* A file of one of the families (plain names, ended by NULL) that lies in the folders of
 * fontconfig, whether it lists it or not; NULL when none is found. This opens every font. */
const char *font_lying_about(struct arena *arena, void *system, const char *const families[]);

#endif
