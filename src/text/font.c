/* Finds the four faces of TH Sarabun or a stand-in. Search order and refusals: design, "Fonts".
 * Names come from the fonts' own name tables, never from file names. */
#include "text/font.h"

#include <string.h>

#include <hb.h>

#include "base/arena.h"
#include "base/files.h"
#include "text/examine.h"
#include "text/font_list.h"
#include "text/others.h"

#define FACES 4 /* those that are searched for */

/* Families in the order in which they are wanted, by their plain names. */
static const char *const wanted[] = {"thsarabunpsk", "thsarabunnew", "laksaman", NULL};
#define WANTED_COUNT (sizeof wanted / sizeof wanted[0] - 1)

/* The names under which fontconfig may know them, for each of `wanted`. */
static const char *const system_names[WANTED_COUNT][3] = {
    {"TH SarabunPSK", "THSarabunPSK", "TH Sarabun PSK"},
    {"TH Sarabun New", "THSarabunNew", "TH SarabunNew"},
    {"Laksaman", NULL, NULL},
};

static const char *const face_names[FACES] = {"Regular", "Bold", "Italic", "Bold Italic"};

static const struct font_file *
find_face(const struct font_list *list, const char *family, int face)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct font_file *one = &list->item[i];
        if (one->family != NULL && strcmp(one->family, family) == 0 && (int)one->face == face)
            return one;
    }
    return NULL;
}

static int
count_faces(const struct font_list *list, const char *family)
{
    int count = 0;

    for (int i = 0; i < FACES; i++)
        count += find_face(list, family, i) != NULL;
    return count;
}

/* Chooses among families that are not in `wanted`: the only complete one, or the only one. */
static const char *
choose_other(const struct font_list *list, struct diags *diags, const char *place)
{
    const struct font_file *best = NULL, *other = NULL;
    int best_faces = 0;

    for (size_t i = 0; i < list->count; i++) {
        const struct font_file *one = &list->item[i];
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

/* Reads and examines one file; on failure *fault says why, or a diagnostic was added (files_read)
 * and *told is set. */
static struct font *
open_file(struct arena *arena, struct diags *diags, const struct font_file *from,
          struct font_fault *fault, bool *told)
{
    struct font *font = arena_alloc(arena, sizeof *font);

    font->face = from->face;
    font->path = from->path;
    if (!files_read(files_system(), arena, diags, POS_NONE, from->path, FONT_FILE_MAX,
                    &font->bytes)) {
        *told = true;
        return NULL;
    }
    return font_examine(arena, font, fault) ? font : NULL;
}

/* Opens the first file of a face that is not refused; when all are, the first refusal is told. */
static struct font *
open_face(struct arena *arena, struct diags *diags, const struct font_list *list,
          const char *family, int face)
{
    struct font_fault first, fault;
    const char *first_path = NULL;
    bool told = false;

    for (size_t i = 0; i < list->count; i++) {
        const struct font_file *one = &list->item[i];
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
report_unreadable(struct arena *arena, struct diags *diags, const struct font_list *list)
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
is_complete(struct arena *arena, struct diags *diags, const struct font_list *list,
            const char *family, const char *place)
{
    const char *name = family;
    bool complete = true;

    for (int i = 0; i < FACES; i++) {
        const struct font_file *one = find_face(list, family, i);
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
choose_family(struct diags *diags, const struct font_list *list, const char *place)
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
open_family(struct arena *arena, struct diags *diags, const struct font_list *list,
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

/* Lists the first wanted family that fontconfig knows, and returns fontconfig. */
static void *
scan_system(struct arena *arena, struct font_list *list, bool whole)
{
    void *system = font_system_open(whole);

    for (size_t i = 0; i < WANTED_COUNT && system != NULL && list->count == 0; i++) {
        for (size_t j = 0; j < 3 && system_names[i][j] != NULL; j++)
            font_list_named(arena, list, system, system_names[i][j]);
    }
    return system;
}

/* *system is fontconfig, which is asked for other fonts later. */
static struct fonts *
open_system(struct arena *arena, struct diags *diags, struct font_list *list, void **system)
{
    const char *lying = NULL;
    struct fonts *fonts;

    *system = scan_system(arena, list, false);
    if (list->count == 0) {
        font_system_close(*system);
        *system = scan_system(arena, list, true);
    }
    fonts = open_family(arena, diags, list, diag_both(diags, "the system", "ระบบ"));
    if (*system != NULL && list->count == 0)
        lying = font_lying_about(arena, *system, wanted);
    if (lying != NULL)
        diag_add(diags, DIAG_FONT_UNLISTED, (struct pos){lying, 0, 0}, NULL, NULL, NULL);
    return fonts;
}

struct fonts *
fonts_open(struct arena *arena, struct diags *diags, const struct font_search *search)
{
    struct font_list *list = arena_alloc(arena, sizeof *list);
    const char *folder = search->font_dir != NULL ? search->font_dir : search->local_dir;
    void *system = NULL;
    struct fonts *fonts;

    if (folder != NULL)
        font_list_folder(arena, list, folder);
    if (search->font_dir == NULL && list->count == 0 && search->use_system)
        fonts = open_system(arena, diags, list, &system);
    else
        fonts = open_family(arena, diags, list, folder == NULL ? "" : folder);
    if (fonts == NULL)
        font_system_close(system);
    else
        fonts->others = others_open(search, fonts->face[FONT_REGULAR], system);
    return fonts;
}

void
fonts_close(struct fonts *fonts)
{
    if (fonts == NULL)
        return;
    for (int i = 0; i < FONT_FACES; i++)
        font_close(fonts->face[i]);
    others_close(fonts->others);
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
fonts_size_of(const struct fonts *fonts, const struct font *font, mpt nominal)
{
    if (font->face == FONT_BOXES)
        return nominal;
    mpt size = fonts_draw_size(fonts, nominal);
    return font->other ? unit_scale(size, font->scale_numerator, font->scale_denominator) : size;
}

mpt
font_length(const struct font *font, mpt draw_size, int units)
{
    return unit_scale(draw_size, units, font->upem);
}
