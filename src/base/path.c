#include "base/path.h"

#include <limits.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

const char *
path_join(struct arena *arena, const char *dir, const char *name)
{
    if (dir == NULL || dir[0] == '\0' || name[0] == '/')
        return arena_printf(arena, "%s", name);
    return arena_printf(arena, "%s%s%s", dir, dir[strlen(dir) - 1] == '/' ? "" : "/", name);
}

const char *
path_dir(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return ".";
    if (slash == path)
        return "/";
    return arena_strndup(arena, path, (size_t)(slash - path));
}

const char *
path_base(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}

bool
path_is_dot(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

bool
path_is_inside(struct str name)
{
    if (name.len == 0 || name.len > PATH_MAX / 2 || name.ptr[0] == '/' ||
        name.ptr[name.len - 1] == '/')
        return false;
    if (!utf8_is_shown(name) || str_find(name, STR("\\")) != SIZE_MAX)
        return false;
    for (struct str rest = name; rest.len > 0;) {
        size_t slash = str_find(rest, STR("/"));
        struct str part = slash == SIZE_MAX ? rest : str_sub(rest, 0, slash);
        if (part.len == 0 || str_is(part, "..") || str_is(part, "."))
            return false;
        rest = str_sub(rest, slash == SIZE_MAX ? rest.len : slash + 1, rest.len);
    }
    return true;
}

struct str
path_plain(struct arena *arena, struct str name)
{
    bool drive = name.len > 1 && name.ptr[1] == ':';
    struct buf out = buf_in(arena);

    if (drive || str_starts(name, STR("\\")) || name.len == 0)
        return name;
    for (size_t i = 0; i < name.len; i++)
        buf_byte(&out, (char)(name.ptr[i] == '\\' ? '/' : name.ptr[i]));
    struct str plain = buf_str(&out);
    while (str_starts(plain, STR("./")))
        plain = str_sub(plain, 2, plain.len);
    return plain;
}

const char *
path_shortest(const char *path)
{
    while (path[0] == '.' && path[1] == '/')
        path += 1 + strspn(path + 1, "/");
    return path[0] == '\0' ? "." : path;
}

const char *
path_without_slash(struct arena *arena, const char *path)
{
    size_t len = strlen(path);

    while (len > 1 && path[len - 1] == '/')
        len--;
    return arena_strndup(arena, path, len);
}

const char *
path_below(const char *folder, const char *path)
{
    size_t len = strlen(folder);

    if (strcmp(folder, ".") == 0)
        return path[0] == '/' ? NULL : path;
    while (len > 0 && folder[len - 1] == '/')
        len--;
    return strncmp(folder, path, len) == 0 && path[len] == '/' ? path + len + 1 : NULL;
}
