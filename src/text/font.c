/* Finds the four faces of TH Sarabun or a stand-in. Search order and refusals: design, "Fonts".
 * Names come from the fonts' own name tables, never from file names. */
#include "text/font.h"

#include <pthread.h>
#include <string.h>

#include <hb.h>

#include "base/arena.h"
#include "base/files.h"
#include "base/path.h"
#include "text/font_inner.h"

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

/* A face of the family that was chosen. */
struct slot {
    bool tried;
    struct font *font;
    struct diags *faults; /* why it is refused */
};

/* What reports share. */
struct fonts_store {
    struct arena *arena;  /* it lies in this, too */
    pthread_mutex_t lock; /* for `users`, `slot` and `arena`, also while a face is examined */
    unsigned users;
    struct font_list list;
    const char *family;
    const char *place; /* where the report's font was looked for */
    bool partial;
    struct slot slot[FACES];
    struct font *boxes;
    int64_t scale_numerator, scale_denominator;
    struct fonts_others *others;
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
    if (!files_read(from->files, arena, diags, POS_NONE, from->path, FONT_FILE_MAX, &font->bytes)) {
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
check_faces(struct arena *arena, struct diags *diags, const struct font_list *list,
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
find_scale(struct fonts_store *store, const struct font *regular)
{
    int64_t difference;

    store->scale_numerator = INT64_C(18659) * regular->upem;
    store->scale_denominator = INT64_C(1000) * font_thai_width(regular);
    difference = store->scale_numerator - store->scale_denominator;
    if (difference < 0)
        difference = -difference;
    if (difference * 100 <= store->scale_denominator)
        store->scale_numerator = store->scale_denominator = 1;
}

/* Called with the lock, or before anybody shares. */
static const struct font *
take_face(struct fonts_store *store, struct diags *diags, int face)
{
    struct slot *slot = &store->slot[face];

    if (!slot->tried) {
        slot->tried = true;
        slot->faults = diags_new();
        slot->font = open_face(store->arena, slot->faults, &store->list, store->family, face);
        if (slot->font == NULL && diags_count(slot->faults) == 0)
            diag_add(slot->faults, DIAG_FONT_FACE_MISSING, POS_NONE, store->family,
                     face_names[face], store->place);
    }
    if (slot->font == NULL && diags != NULL)
        diags_add_new(diags, slot->faults, DIAG_NOTE);
    return slot->font;
}

static const struct font *
open_family(struct fonts_store *store, struct diags *diags, const char *place)
{
    size_t before = diags_level_count(diags, DIAG_ERROR);

    store->family = choose_family(diags, &store->list, place);
    if (store->family == NULL) {
        report_unreadable(store->arena, diags, &store->list);
        if (diags_level_count(diags, DIAG_ERROR) == before)
            diag_add(diags, DIAG_FONT_NOT_FOUND, POS_NONE, place, NULL, NULL);
        return NULL;
    }
    if (!store->partial && !check_faces(store->arena, diags, &store->list, store->family, place))
        return NULL;
    const struct font *regular = take_face(store, diags, FONT_REGULAR);
    if (regular == NULL)
        return NULL;
    store->boxes = font_boxes(store->arena);
    find_scale(store, regular);
    return regular;
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
static const struct font *
open_system(struct fonts_store *store, struct diags *diags, void **system)
{
    const char *lying = NULL;
    const struct font *regular;

    *system = scan_system(store->arena, &store->list, false);
    if (store->list.count == 0) {
        font_system_close(*system);
        *system = scan_system(store->arena, &store->list, true);
    }
    regular = open_family(store, diags, diag_both(diags, "the system", "ระบบ"));
    if (*system != NULL && store->list.count == 0)
        lying = font_lying_about(store->arena, *system, wanted);
    if (lying != NULL)
        diag_add(diags, DIAG_FONT_UNLISTED, (struct pos){lying, 0, 0}, NULL, NULL, NULL);
    return regular;
}

static void
store_free(struct fonts_store *store)
{
    for (int i = 0; i < FACES; i++) {
        font_close(store->slot[i].font);
        diags_free(store->slot[i].faults);
    }
    font_close(store->boxes);
    others_close(store->others);
    pthread_mutex_destroy(&store->lock);
    arena_free(store->arena);
}

static struct fonts *
view_new(struct arena *arena, struct fonts_store *store)
{
    struct fonts *fonts = arena_alloc(arena, sizeof *fonts);

    fonts->store = store;
    fonts->face = arena_array(arena, FONT_FACES, sizeof(const struct font *));
    fonts->face[FONT_REGULAR] = store->slot[FONT_REGULAR].font;
    fonts->face[FONT_BOXES] = store->boxes;
    fonts->scale_numerator = store->scale_numerator;
    fonts->scale_denominator = store->scale_denominator;
    fonts->others = store->others;
    fonts->lent = lent_new();
    fonts->again = shape_again_new();
    return fonts;
}

struct fonts *
fonts_open(struct arena *arena, struct diags *diags, const struct font_search *search)
{
    struct arena *own = arena_new(0);
    struct fonts_store *store = arena_alloc(own, sizeof *store);
    const char *folder = search->font_dir != NULL ? search->font_dir : search->local_dir;
    const struct font *regular;
    void *system = NULL;

    store->arena = own;
    store->users = 1;
    store->partial = search->partial;
    store->place = arena_printf(own, "%s", folder == NULL ? "" : folder);
    pthread_mutex_init(&store->lock, NULL);
    if (folder != NULL)
        font_list_folder(own, &store->list, search->files, folder);
    if (search->font_dir == NULL && store->list.count == 0 && search->use_system)
        regular = open_system(store, diags, &system);
    else
        regular = open_family(store, diags, folder == NULL ? "" : folder);
    if (regular == NULL) {
        font_system_close(system);
        store_free(store);
        return NULL;
    }
    store->others = others_open(search, regular, system);
    return view_new(arena, store);
}

struct fonts *
fonts_share(struct arena *arena, const struct fonts *fonts)
{
    pthread_mutex_lock(&fonts->store->lock);
    fonts->store->users++;
    pthread_mutex_unlock(&fonts->store->lock);
    return view_new(arena, fonts->store);
}

void
fonts_close(struct fonts *fonts)
{
    if (fonts == NULL)
        return;
    lent_free(fonts->lent);
    shape_again_free(fonts->again);
    pthread_mutex_lock(&fonts->store->lock);
    bool last = --fonts->store->users == 0;
    pthread_mutex_unlock(&fonts->store->lock);
    if (last)
        store_free(fonts->store);
}

const struct font *
fonts_face(const struct fonts *fonts, struct diags *diags, enum font_face face)
{
    if (fonts->face[face] == NULL) {
        pthread_mutex_lock(&fonts->store->lock);
        fonts->face[face] = take_face(fonts->store, diags, (int)face);
        pthread_mutex_unlock(&fonts->store->lock);
    }
    return fonts->face[face];
}

const struct font *
fonts_taken(const struct fonts *fonts, size_t index)
{
    for (size_t i = 0; i < FACES; i++) {
        if (fonts->face[i] != NULL && index-- == 0)
            return fonts->face[i];
    }
    return lent_font(fonts->lent, index);
}

const char *
fonts_file(const struct fonts *fonts, size_t index)
{
    const struct font_list *list = &fonts->store->list;

    return index < list->count ? list->item[index].path : NULL;
}

static bool
is_named(const char *path, struct str name)
{
    return str_eq(str_of(path_base(path)), name);
}

const char *
fonts_named(const struct fonts *fonts, struct str name, size_t index)
{
    const char *path;

    for (size_t i = 0; (path = fonts_file(fonts, i)) != NULL; i++) {
        if (is_named(path, name) && index-- == 0)
            return path;
    }
    return others_named(fonts, name, index);
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
