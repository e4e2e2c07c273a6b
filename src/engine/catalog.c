/* The templates there are: found by name, and listed where a name is not known. */
#include <string.h>

#include "base/arena.h"
#include "base/files.h"
#include "base/path.h"
#include "base/utf8.h"
#include "engine/engine.h"

#define NAMES_MAX 100 /* listed in a message */

struct catalog {
    struct str names[NAMES_MAX]; /* sorted */
    size_t count;
};

size_t
engine_roots(struct banthuek *b, const char *roots[ENGINE_ROOTS])
{
    const char *const all[ENGINE_ROOTS] = {engine_config_dir(b), ENGINE_SYSTEM_CONFIG,
                                           engine_data_dir(b)};
    size_t count = 0;

    for (size_t i = 0; i < ENGINE_ROOTS; i++) {
        if (all[i] != NULL)
            roots[count++] = all[i];
    }
    return count;
}

static const char *
template_in(struct banthuek *b, const char *root, struct str name)
{
    const char *dir = arena_printf(b->arena, "%s/templates/%.*s", root, STR_FMT(name));

    return files_exists(b->files, path_join(b->arena, dir, "memo.xml")) ? dir : NULL;
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
add_root(struct banthuek *b, const char *root, struct catalog *catalog)
{
    struct files_list list;

    (void)files_list(b->files, b->arena, path_join(b->arena, root, "templates"), &list);
    for (size_t i = 0; i < list.count; i++) {
        struct str name = str_of(list.name[i]);
        if (name.ptr[0] != '.' && path_is_inside(name) && utf8_invalid_at(name) == SIZE_MAX &&
            template_in(b, root, name) != NULL)
            add_name(catalog, name);
    }
}

struct str *
engine_templates(struct banthuek *b, size_t *count)
{
    struct catalog *catalog = arena_alloc(b->arena, sizeof *catalog);
    const char *roots[ENGINE_ROOTS];
    size_t root_count = engine_roots(b, roots);

    for (size_t i = 0; i < root_count; i++)
        add_root(b, roots[i], catalog);
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
tell_unknown(struct banthuek *b, struct str name, struct pos pos)
{
    size_t count;
    const struct str *names = engine_templates(b, &count);
    struct str nearest = nearest_of(names, count, name);
    struct buf known = buf_in(b->arena);

    for (size_t i = 0; i < count; i++)
        buf_printf(&known, "%s%.*s", i == 0 ? "" : ", ", STR_FMT(names[i]));
    diag_add(b->diags, nearest.len > 0 ? DIAG_ENGINE_TEMPLATE_NEAR : DIAG_ENGINE_TEMPLATE_UNKNOWN,
             pos, diag_str(b->diags, name), str_cstr(b->arena, buf_str(&known)),
             diag_str(b->diags, nearest));
}

const char *
engine_find_template(struct banthuek *b, struct str name, struct pos pos)
{
    const char *roots[ENGINE_ROOTS];
    size_t count = engine_roots(b, roots);
    bool plain = path_is_inside(name) && str_find(name, STR("/")) == SIZE_MAX;

    for (size_t i = 0; plain && i < count; i++) {
        const char *dir = template_in(b, roots[i], name);
        if (dir != NULL)
            return dir;
    }
    if (engine_data_dir(b) == NULL)
        diag_add(b->diags, DIAG_ENGINE_NO_DATA_DIR, POS_NONE, NULL, NULL, NULL);
    else
        tell_unknown(b, name, pos);
    return NULL;
}
