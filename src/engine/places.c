/* Where files are looked for: folders of data and configuration, the emblem. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/files.h"
#include "base/path.h"
#include "doc/style.h"
#include "engine/engine.h"
#include "value/value.h"

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

static bool
holds_templates(struct banthuek *b, const char *dir)
{
    return files_exists(b->files, path_join(b->arena, dir, "templates/official.yaml"));
}

/* The folder without "..", when it is one that holds templates. */
static const char *
if_holds_templates(struct banthuek *b, const char *dir)
{
    return dir == NULL || !holds_templates(b, dir) ? NULL : files_real(b->files, b->arena, dir);
}

/* $NAME/banthuek, else $HOME/FALLBACK/banthuek; only absolute paths count (XDG base directory
 * specification). */
static const char *
user_dir(struct banthuek *b, const char *name, const char *fallback)
{
    const char *set = getenv(name), *home = getenv("HOME");

    if (set != NULL && set[0] == '/')
        return path_join(b->arena, set, "banthuek");
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
        const char *dir = if_holds_templates(b, path_join(b->arena, program, above[i]));
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
        const char *path = path_join(b->arena, dir, names[i]);
        if (files_exists(b->files, path))
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
