#include "base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

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
io_put(int fd, struct str bytes)
{
    for (size_t done = 0; done < bytes.len;) {
        ssize_t put = write(fd, bytes.ptr + done, bytes.len - done);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        done += (size_t)put;
    }
    return true;
}

void
io_sync_dir(const char *dir)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0) {
        (void)fsync(fd);
        (void)close(fd);
    }
}

const char *
io_beside(struct arena *arena, const char *path)
{
    uint64_t number;

    if (getrandom(&number, sizeof number, 0) != (ssize_t)sizeof number)
        return NULL;
    const char *name = arena_printf(arena, "banthuek-%016llx.tmp", (unsigned long long)number);
    return io_join(arena, io_dir(arena, path), name);
}

/* A new file beside `path`, with the permissions that open() gives; mkstemp() gives others, and
 * asking for the umask changes it for all threads. -1 with errno. */
static int
open_beside(struct arena *arena, const char *path, const char **name)
{
    int fd = -1;

    for (int i = 0; i < IO_BESIDE_TRIES && fd < 0; i++) {
        *name = io_beside(arena, path);
        if (*name == NULL)
            return -1;
        fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd < 0 && errno != EEXIST)
            return -1;
    }
    return fd;
}

/* What is written anew stays as open or closed to others as it was. */
static bool
keep_mode(int fd, const char *path)
{
    struct stat info;

    return stat(path, &info) != 0 || fchmod(fd, info.st_mode & 0777) == 0;
}

static bool
write_beside(struct arena *arena, const char *path, struct str bytes)
{
    const char *temporary;
    int fd = open_beside(arena, path, &temporary);

    if (fd < 0)
        return false;
    bool good = keep_mode(fd, path) && io_put(fd, bytes) && fsync(fd) == 0;
    int first_error = errno;
    if (close(fd) != 0 && good) {
        good = false;
        first_error = errno;
    }
    if (good && rename(temporary, path) != 0) {
        good = false;
        first_error = errno;
    }
    if (!good) {
        (void)unlink(temporary);
        errno = first_error;
        return false;
    }
    io_sync_dir(io_dir(arena, path));
    return true;
}

/* True for a link to what standard output writes to, as /dev/stdout is: renaming would replace the
 * link, and whoever reads our output would get nothing. */
static bool
is_linked_stdout(const char *path)
{
    struct stat link, target, own;

    return lstat(path, &link) == 0 && S_ISLNK(link.st_mode) && stat(path, &target) == 0 &&
           fstat(STDOUT_FILENO, &own) == 0 && target.st_dev == own.st_dev &&
           target.st_ino == own.st_ino;
}

/* Writes what a symbolic link leads to, so that the link stays. NULL from realpath() means that
 * there is nothing yet, or that the path is no link worth following. */
static bool
write_target(struct arena *arena, const char *path, struct str bytes)
{
    char *real = realpath(path, NULL);
    bool good = write_beside(arena, real != NULL ? real : path, bytes);
    int error = errno;

    free(real);
    errno = error;
    return good;
}

bool
io_write(struct arena *arena, struct diags *diags, const char *path, struct str bytes)
{
    bool good;

    if (strcmp(path, "-") == 0 || is_linked_stdout(path)) {
        good = io_put(STDOUT_FILENO, bytes);
    } else {
        struct stat info;
        /* what is no regular file (a pipe, /dev/full) cannot be replaced by renaming */
        if (stat(path, &info) == 0 && !S_ISREG(info.st_mode)) {
            int fd =
                S_ISDIR(info.st_mode) ? (errno = EISDIR, -1) : open(path, O_WRONLY | O_CLOEXEC);
            good = fd >= 0 && io_put(fd, bytes);
            if (fd >= 0 && close(fd) != 0)
                good = false;
        } else {
            good = write_target(arena, path, bytes);
        }
    }
    if (!good)
        diag_add(diags, DIAG_IO_WRITE, POS_NONE, strcmp(path, "-") == 0 ? "<stdout>" : path,
                 diag_system(diags, errno), NULL);
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
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        if (c < 0x20 || c == 0x7F || c == '\\')
            return false;
    }
    for (struct str rest = name; rest.len > 0;) {
        size_t slash = str_find(rest, STR("/"));
        struct str part = slash == SIZE_MAX ? rest : str_sub(rest, 0, slash);
        if (part.len == 0 || str_is(part, "..") || str_is(part, "."))
            return false;
        rest = str_sub(rest, slash == SIZE_MAX ? rest.len : slash + 1, rest.len);
    }
    return true;
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
