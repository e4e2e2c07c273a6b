#include "base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/utf8.h"

#define CHUNK ((size_t)64 * 1024)
#define HELD_MAX 64
#define HOLD_CHUNK 16384

static bool
read_all(struct arena *arena, int fd, size_t limit, struct buf *out, bool *too_large)
{
    char *chunk = arena_alloc(arena, CHUNK);

    for (;;) {
        ssize_t got = read(fd, chunk, CHUNK);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        if (got == 0)
            return true;
        if ((size_t)got > limit - out->len) {
            *too_large = true;
            return false;
        }
        buf_add(out, (struct str){chunk, (size_t)got});
    }
}

/* Reads the open file; a regular file's size is asked first so that its buffer fits at once. */
static bool
read_fd(struct arena *arena, struct diags *diags, struct pos at, const char *path, int fd,
        size_t limit, struct str *out)
{
    struct buf bytes = buf_in(arena);
    bool too_large = false;
    struct stat info;

    if (fd != STDIN_FILENO && (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))) {
        diag_add(diags, DIAG_IO_NOT_FILE, at, path, NULL, NULL);
        return false;
    }
    if (fd != STDIN_FILENO && info.st_size > 0 && (size_t)info.st_size <= limit) {
        bytes.cap = (size_t)info.st_size + 2; /* the NUL here, and one that a buffer keeps */
        bytes.ptr = arena_alloc(arena, bytes.cap);
    }
    if (!read_all(arena, fd, limit, &bytes, &too_large)) {
        if (too_large)
            diag_add(diags, DIAG_IO_TOO_LARGE, at, path, diag_printf(diags, "%zu", limit >> 20),
                     NULL);
        else
            diag_add(diags, DIAG_IO_READ, at, path, diag_system(diags, errno), NULL);
        return false;
    }
    buf_byte(&bytes, '\0');
    *out = (struct str){bytes.ptr, bytes.len - 1};
    return true;
}

bool
io_read(struct arena *arena, struct diags *diags, struct pos at, const char *path, size_t limit,
        struct str *out)
{
    if (strcmp(path, "-") == 0)
        return read_fd(arena, diags, at, "<stdin>", STDIN_FILENO, limit, out);
    /* O_NONBLOCK: a named pipe is to be refused, not waited for */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        diag_add(diags, DIAG_IO_OPEN, at, path, diag_system(diags, errno), NULL);
        return false;
    }
    bool good = read_fd(arena, diags, at, path, fd, limit, out);
    (void)close(fd);
    return good;
}

bool
io_exists(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0;
}

bool
io_is_dir(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool
io_same_file(const char *a, const char *b)
{
    struct stat x, y;

    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

bool
io_holds(const char *path, struct str bytes)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    char window[HELD_MAX + HOLD_CHUNK];
    struct stat info;
    size_t kept = 0;
    bool found = false;

    /* devices never end */
    while (fd >= 0 && !found && fstat(fd, &info) == 0 && S_ISREG(info.st_mode)) {
        ssize_t got = read(fd, window + kept, HOLD_CHUNK);
        if (got <= 0)
            break;
        struct str seen = {window, kept + (size_t)got};
        found = str_find(seen, bytes) != SIZE_MAX;
        /* what may be its beginning is looked at again with what follows */
        kept = seen.len < bytes.len ? seen.len : bytes.len - 1;
        memmove(window, window + seen.len - kept, kept);
    }
    if (fd >= 0)
        (void)close(fd);
    return found;
}

const char *
io_join(struct arena *arena, const char *dir, const char *name)
{
    if (dir == NULL || dir[0] == '\0' || name[0] == '/')
        return arena_printf(arena, "%s", name);
    return arena_printf(arena, "%s%s%s", dir, dir[strlen(dir) - 1] == '/' ? "" : "/", name);
}

const char *
io_dir(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return ".";
    if (slash == path)
        return "/";
    return arena_strndup(arena, path, (size_t)(slash - path));
}

bool
io_name_is_inside(struct str name)
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
io_plain_name(struct arena *arena, struct str name)
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

/* True when the real path of `path` lies below the real path of `dir`. */
static bool
leads_inside(const char *dir, const char *path)
{
    char *real_dir = realpath(dir, NULL), *real_path = realpath(path, NULL);
    bool inside = true;

    /* a file that does not exist leads nowhere: opening it gives the clearer message */
    if (real_dir != NULL && real_path != NULL) {
        size_t len = strlen(real_dir);
        inside = strncmp(real_dir, real_path, len) == 0 &&
                 (real_path[len] == '/' || strcmp(real_dir, "/") == 0);
    }
    free(real_dir);
    free(real_path);
    return inside;
}

bool
io_read_inside(struct arena *arena, struct diags *diags, struct pos at, const char *dir,
               struct str name, size_t limit, struct str *out)
{
    const char *path = io_join(arena, dir, str_cstr(arena, name));

    if (!io_name_is_inside(name) || !leads_inside(dir, path)) {
        diag_add(diags, DIAG_IO_OUTSIDE, at, str_cstr(arena, name), dir, NULL);
        return false;
    }
    return io_read(arena, diags, at, path, limit, out);
}
