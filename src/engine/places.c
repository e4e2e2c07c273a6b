/* Where files are looked for: folders of data and configuration, the emblem. */
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/io.h"
#include "doc/style.h"
#include "engine/engine.h"
#include "value/value.h"

#define PROGRAM_PATH_MAX 4096

/* The folder of the running program, or NULL where the system does not tell. */
static const char *
program_dir(struct arena *arena)
{
    char *path = arena_alloc(arena, PROGRAM_PATH_MAX);
    ssize_t len = readlink("/proc/self/exe", path, PROGRAM_PATH_MAX - 1);

    if (len <= 0)
        return NULL;
    path[len] = '\0';
    /* what banthuek starts by name lies one folder deeper while it is built */
    const char *dir = io_dir(arena, path);
    return str_ends(str_of(dir), STR("/libexec")) ? io_dir(arena, dir) : dir;
}

static bool
holds_templates(struct banthuek *b, const char *dir)
{
    return io_exists(io_join(b->arena, dir, "templates/official.yaml"));
}

/* The folder without "..", when it is one that holds templates. */
static const char *
if_holds_templates(struct banthuek *b, const char *dir)
{
    if (dir == NULL || !holds_templates(b, dir))
        return NULL;
    char *real = realpath(dir, NULL);
    const char *path = real == NULL ? dir : arena_printf(b->arena, "%s", real);
    free(real);
    return path;
}

/* $NAME/banthuek, else $HOME/FALLBACK/banthuek; only absolute paths count (XDG base directory
 * specification). */
static const char *
user_dir(struct banthuek *b, const char *name, const char *fallback)
{
    const char *set = getenv(name), *home = getenv("HOME");

    if (set != NULL && set[0] == '/')
        return io_join(b->arena, set, "banthuek");
    if (home != NULL && home[0] == '/')
        return arena_printf(b->arena, "%s/%s/banthuek", home, fallback);
    return NULL;
}

const char *
engine_config_dir(struct banthuek *b)
{
    return user_dir(b, "XDG_CONFIG_HOME", ".config");
}

const char *
engine_data_dir(struct banthuek *b)
{
    /* from build/ and from build/asan/ of the source tree */
    static const char *const above[] = {"..", "../.."};

    if (b->options.data_dir != NULL)
        return holds_templates(b, b->options.data_dir) ? b->options.data_dir : NULL;
    const char *program = program_dir(b->arena);
    for (size_t i = 0; program != NULL && i < sizeof above / sizeof above[0]; i++) {
        const char *dir = if_holds_templates(b, io_join(b->arena, program, above[i]));
        if (dir != NULL)
            return dir;
    }
    const char *dir = if_holds_templates(b, user_dir(b, "XDG_DATA_HOME", ".local/share"));
    return dir != NULL ? dir : if_holds_templates(b, BANTHUEK_DATADIR);
}

/* garuda.svg or garuda.png in a folder. */
static const char *
emblem_in(struct banthuek *b, const char *dir)
{
    static const char *const names[] = {"garuda.svg", "garuda.png"};

    for (size_t i = 0; dir != NULL && i < sizeof names / sizeof names[0]; i++) {
        const char *path = io_join(b->arena, dir, names[i]);
        if (io_exists(path))
            return path;
    }
    return NULL;
}

const char *
engine_find_emblem(struct banthuek *b)
{
    const char *named = getenv("BANTHUEK_EMBLEM");

    if (b->options.emblem != NULL)
        return b->options.emblem;
    if (named != NULL && named[0] != '\0')
        return named;
    if (b->style->emblem_file.len > 0)
        return str_cstr(b->arena, b->style->emblem_file);
    const char *path = emblem_in(b, engine_config_dir(b));
    return path != NULL ? path : emblem_in(b, ENGINE_SYSTEM_CONFIG);
}
