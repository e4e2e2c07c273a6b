#include "engine/places.h"

#include <dlfcn.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/utf8.h"
#include "doc/style.h"

#define SYSTEM_CONFIG "/etc/banthuek"
#define NAMES_MAX 100 /* templates that are listed */
#define ROOTS 3

/* ---- folders */

/* The folder of the running program, or NULL where the system does not tell. */
static const char *
program_dir(struct arena *arena)
{
    const char *path = files_program(arena);

    if (path == NULL)
        return NULL;
    /* what banthuek starts by name lies one folder deeper while it is built */
    const char *dir = path_dir(arena, path);
    return str_ends(str_of(dir), STR("/libexec")) ? path_dir(arena, dir) : dir;
}

/* The folder of the shared library that this is a part of; NULL when it is a part of the program.
 */
static const char *
library_dir(struct arena *arena)
{
    static const char here;
    Dl_info info;
    void *found = NULL;

    if (dladdr1(&here, &info, &found, RTLD_DL_LINKMAP) == 0)
        return NULL;
    const struct link_map *object = found;
    return object->l_name[0] == '\0' ? NULL : path_dir(arena, object->l_name);
}

/* The folder without "..", when it is one that holds templates. */
static const char *
if_holds_templates(struct arena *arena, const struct files *files, const char *dir)
{
    if (dir == NULL || !files_exists(files, path_join(arena, dir, "templates/official.yaml")))
        return NULL;
    return files_real(files, arena, dir);
}

/* $NAME/banthuek, else $HOME/FALLBACK/banthuek; only absolute paths count (XDG base directory
 * specification). */
static const char *
user_dir(struct arena *arena, const char *name, const char *fallback)
{
    const char *set = getenv(name), *home = getenv("HOME");

    if (set != NULL && set[0] == '/')
        return path_join(arena, set, "banthuek");
    if (home != NULL && home[0] == '/')
        return arena_printf(arena, "%s/%s/banthuek", home, fallback);
    return NULL;
}

/* The first of two places, seen from a folder, that holds templates. */
static const char *
beside(struct arena *arena, const struct files *files, const char *dir, const char *const places[2])
{
    for (size_t i = 0; dir != NULL && i < 2; i++) {
        const char *found = if_holds_templates(arena, files, path_join(arena, dir, places[i]));
        if (found != NULL)
            return found;
    }
    return NULL;
}

static const char *
find_data(struct arena *arena, const struct files *files)
{
    /* from build/ and from build/asan/ of the source tree */
    static const char *const built[] = {"..", "../.."};
    /* from bin/ or lib/, and from libexec/banthuek/ or lib/x86_64-linux-gnu/ */
    static const char *const installed[] = {"../share/banthuek", "../../share/banthuek"};
    const char *own = library_dir(arena);

    if (own == NULL)
        own = program_dir(arena);
    const char *dir = beside(arena, files, own, built);
    if (dir == NULL)
        dir = if_holds_templates(arena, files, user_dir(arena, "XDG_DATA_HOME", ".local/share"));
    if (dir == NULL)
        dir = beside(arena, files, own, installed);
    return dir != NULL ? dir : if_holds_templates(arena, files, BANTHUEK_DATADIR);
}

struct places
places_of(struct arena *arena, const struct files *files, const char *data_dir)
{
    bool own = files->calls != NULL;
    struct places out = {.config = own ? NULL : user_dir(arena, "XDG_CONFIG_HOME", ".config"),
                         .system = own ? NULL : SYSTEM_CONFIG};

    if (data_dir == NULL && !own)
        out.data = find_data(arena, files);
    else if (if_holds_templates(arena, files, data_dir == NULL ? "." : data_dir) != NULL)
        out.data = data_dir == NULL ? "" : arena_printf(arena, "%s", data_dir);
    return out;
}

/* ---- the emblem */

/* garuda.svg or garuda.png in a folder. */
static const char *
emblem_in(struct work *w, const char *dir)
{
    static const char *const names[] = {"garuda.svg", "garuda.png"};

    for (size_t i = 0; dir != NULL && i < sizeof names / sizeof names[0]; i++) {
        const char *path = path_join(w->arena, dir, names[i]);
        if (work_exists(w, path))
            return path;
    }
    return NULL;
}

const char *
places_emblem(struct work *w, const struct style *style)
{
    const char *named = getenv("BANTHUEK_EMBLEM");

    if (w->places->system != NULL && named != NULL && named[0] != '\0')
        return named;
    if (style->emblem_file.len > 0)
        return str_cstr(w->arena, style->emblem_file);
    const char *path = emblem_in(w, w->places->config);
    return path != NULL ? path : emblem_in(w, w->places->system);
}

/* ---- templates */

struct catalog {
    struct str names[NAMES_MAX]; /* sorted */
    size_t count;
};

/* The folders that may hold templates/, from the first that is searched. */
static size_t
roots_of(const struct work *w, const char *roots[ROOTS])
{
    const char *const all[ROOTS] = {w->places->config, w->places->system, w->places->data};
    size_t count = 0;

    for (size_t i = 0; i < ROOTS; i++) {
        if (all[i] != NULL)
            roots[count++] = all[i];
    }
    return count;
}

static const char *
template_in(struct work *w, const char *root, struct str name)
{
    const char *dir =
        path_join(w->arena, root, arena_printf(w->arena, "templates/%.*s", STR_FMT(name)));

    return work_exists(w, path_join(w->arena, dir, "memo.xml")) ? dir : NULL;
}

/* Keeps the names in order and each once. */
static void
add_name(struct catalog *catalog, struct str name)
{
    size_t at = 0;

    while (at < catalog->count && str_cmp(catalog->names[at], name) < 0)
        at++;
    if (catalog->count == NAMES_MAX || (at < catalog->count && str_eq(catalog->names[at], name)))
        return;
    memmove(&catalog->names[at + 1], &catalog->names[at],
            (catalog->count - at) * sizeof catalog->names[0]);
    catalog->names[at] = name;
    catalog->count++;
}

static void
add_root(struct work *w, const char *root, struct catalog *catalog)
{
    struct files_list list;

    (void)work_list(w, path_join(w->arena, root, "templates"), &list);
    for (size_t i = 0; i < list.count; i++) {
        struct str name = str_of(list.name[i]);
        if (name.ptr[0] != '.' && path_is_inside(name) && utf8_invalid_at(name) == SIZE_MAX &&
            template_in(w, root, name) != NULL)
            add_name(catalog, name);
    }
}

struct str *
places_templates(struct work *w, size_t *count)
{
    struct catalog *catalog = arena_alloc(w->arena, sizeof *catalog);
    const char *roots[ROOTS];
    size_t root_count = roots_of(w, roots);

    for (size_t i = 0; i < root_count; i++)
        add_root(w, roots[i], catalog);
    *count = catalog->count;
    return catalog->names;
}

/* The name that was likely meant, or an empty one. */
static struct str
nearest_of(const struct str *names, size_t count, struct str wanted)
{
    struct str nearest = STR("");
    size_t least = 1 + wanted.len / 3;

    for (size_t i = 0; i < count; i++) {
        size_t distance = str_distance(names[i], wanted);
        if (distance > least || (distance == least && nearest.len > 0))
            continue;
        nearest = names[i];
        least = distance;
    }
    return nearest;
}

static void
tell_unknown(struct work *w, struct str name, struct pos pos)
{
    size_t count;
    const struct str *names = places_templates(w, &count);
    struct str nearest = nearest_of(names, count, name);
    struct buf known = buf_in(w->arena);

    for (size_t i = 0; i < count; i++)
        buf_printf(&known, "%s%.*s", i == 0 ? "" : ", ", STR_FMT(names[i]));
    diag_add(w->diags, nearest.len > 0 ? DIAG_ENGINE_TEMPLATE_NEAR : DIAG_ENGINE_TEMPLATE_UNKNOWN,
             pos, diag_str(w->diags, name), str_cstr(w->arena, buf_str(&known)),
             diag_str(w->diags, nearest));
}

const char *
places_template(struct work *w, struct str name, struct pos pos)
{
    const char *roots[ROOTS];
    size_t count = roots_of(w, roots);
    bool plain = path_is_inside(name) && str_find(name, STR("/")) == SIZE_MAX;

    for (size_t i = 0; plain && i < count; i++) {
        const char *dir = template_in(w, roots[i], name);
        if (dir != NULL)
            return dir;
    }
    if (w->places->data == NULL)
        diag_add(w->diags, DIAG_ENGINE_NO_DATA_DIR, POS_NONE, NULL, NULL, NULL);
    else
        tell_unknown(w, name, pos);
    return NULL;
}
