/* What the files of fonts share: examining and listing them, boxes, other fonts that lend letters.
 */
#ifndef TEXT_FONT_INNER_H
#define TEXT_FONT_INNER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "text/font.h"

struct arena;

/* ---- examine.c: one font file, of any bytes */

/* Why a font is refused: a code of the FONT_ messages and its second argument. */
struct font_fault {
    enum diag_code code;
    char detail[64];
};

/* No font file may be larger. The national fonts have 0.1 to 0.5 MB. */
#define FONT_FILE_MAX ((size_t)16 << 20)

/* Examines out->bytes and fills the rest of *out but `face` and `path`. On success out->hb is to
 * be given back with font_close(). False with *fault filled and nothing to give back. */
bool font_examine(struct arena *arena, struct font *out, struct font_fault *fault);

/* The same for a font that lends letters (others.c): no Thai is asked of it, but what has colours
 * is refused, as their outlines are only part of its letters. */
bool font_examine_other(struct arena *arena, struct font *out, struct font_fault *fault);
void font_close(struct font *font);

/* Makes out->hb from out->bytes; upem is set by this. False when HarfBuzz finds no font in it. */
bool font_attach(struct font *out);

/* Σ advance(U+0E01-0E2E) in font units: the width by which Thai designs are compared. */
int64_t font_thai_width(const struct font *font);

/* ---- boxes.c */

/* The font of boxes, ticks, bullets and arrows, and whether it has a character. */
struct font *font_boxes(struct arena *arena);
#define FONT_BOX_FIRST 0x2190
bool font_is_box(uint32_t code_point);

/* ---- others.c: letters that the report's font has not are lent by other fonts: those in its
 * folder and those that fontconfig lists, families that the style names first, then all in the
 * order of their names. Which one it is depends on nothing but the letters, the face and what is
 * installed. Nothing is looked for, and no memory spent, before a letter is missing; then
 * fontconfig is asked once. */

/* For the fonts of a search whose regular face is `main`. `system` is fontconfig as it was asked
 * (font_list.c) or NULL, and is given back by others_close(). Reports share it, in threads too. */
struct fonts_others *others_open(const struct font_search *search, const struct font *main,
                                 void *system);
void others_close(struct fonts_others *others);

/* ---- shape.c: what was shaped with the fonts of one report */
struct shape_again *shape_again_new(void);
void shape_again_free(struct shape_again *all);

/* What is lent to one report, and told of it. */
struct fonts_lent *lent_new(void);
void lent_free(struct fonts_lent *lent);

/* The fonts that were lent, in the order in which they were; `index` from 0 on, NULL at the end. */
const struct font *lent_font(const struct fonts_lent *lent, size_t index);

/* The path of a font that may be lent, by the name of its file; `index` from 0 on, or NULL. */
const char *others_named(const struct fonts *fonts, struct str name, size_t index);

/* The font for a cluster that `face` lacks a letter of: one that has all its letters. NULL when
 * there is none, or the letters are private or written from right to left. */
const struct font *others_find(const struct fonts *fonts, enum font_face face, struct str cluster);

enum others_told {
    OTHERS_KNOWN,  /* the letter was told before, or there are too many of its family */
    OTHERS_LETTER, /* to be told */
    OTHERS_MANY    /* to be told that the family has more of them, which are not named */
};

/* So many letters of a family are named: a name in Chinese must not hide other messages. */
#define OTHERS_NAMED_MAX 12

/* What is to be told of a letter that a font lends. Counts as told then. */
enum others_told others_tell(const struct fonts *fonts, const struct font *font, struct str letter);

/* True when a font need not have the letter: it is not seen. */
bool others_skips(uint32_t code_point);

/* ---- font_config.c: fontconfig as far as it says which fonts there are */

/* fontconfig with its list, loaded from folders, caches and what is left out of them; rules of
 * matching, nine tenths of what it reads, are not. NULL where the system's files hold what this
 * cannot follow. Give back with FcConfigDestroy(). */
void *font_config_quick(void);

/* ---- font_list.c: font files, those of a folder and those that fontconfig lists. Faces and
 * families are told by the fonts' own name tables, never by file names. */

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
