/* Writing files: a name never stands for half of one. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/io.h"
#include "base/unfinished.h"

#define LINKS_MAX 40 /* in a chain, as the kernel has it */

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

/* ---- where an output goes */

/* The target of one symbolic link; NULL with errno. */
static const char *
link_target(struct arena *arena, const char *path)
{
    char target[4096];
    ssize_t len = readlink(path, target, sizeof target);

    if (len < 0)
        return NULL;
    if ((size_t)len == sizeof target) {
        errno = ENAMETOOLONG;
        return NULL;
    }
    /* "a/" would be looked at as what the link a leads to */
    while (len > 1 && target[len - 1] == '/')
        len--;
    return io_join(arena, io_dir(arena, path), arena_strndup(arena, target, (size_t)len));
}

static bool
is_link(const char *path)
{
    struct stat info;

    return lstat(path, &info) == 0 && S_ISLNK(info.st_mode);
}

/* What follows a link by itself is not asked whether it may, where the system would refuse it: a
 * link that somebody else left in /tmp. */
static bool
may_follow(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 || errno == ENOENT;
}

const char *
io_follow(struct arena *arena, const char *path)
{
    if (!is_link(path))
        return path;
    if (!may_follow(path))
        return NULL;
    for (int i = 0; path != NULL && is_link(path); i++) {
        if (i == LINKS_MAX) {
            errno = ELOOP;
            return NULL;
        }
        path = link_target(arena, path);
    }
    return path;
}

/* True for a folder whose entries are the open files of this process. */
static bool
is_own_descriptors(struct arena *arena, const char *dir)
{
    char *real = realpath(dir, NULL);
    struct str path = str_of(real);
    const char *process = arena_printf(arena, "/proc/%ld/", (long)getpid());
    /* /proc/self/fd, /proc/thread-self/fd */
    bool own = real != NULL && str_starts(path, str_of(process)) && str_ends(path, STR("/fd"));

    free(real);
    return own;
}

/* The number of the open file that a path stands for (/dev/stdout, /dev/fd/3, a link to one of
 * them), or -1. Writing to it by its name would put another file in its place, or start it anew. */
static int
descriptor_of(struct arena *arena, const char *path)
{
    for (int i = 0; path != NULL && i <= LINKS_MAX && is_link(path); i++) {
        const char *slash = strrchr(path, '/');
        const char *name = slash == NULL ? path : slash + 1;
        if (isdigit((unsigned char)name[0]) && is_own_descriptors(arena, io_dir(arena, path)))
            return atoi(name);
        path = link_target(arena, path);
    }
    return -1;
}

/* ---- a file that is given its name when it is whole */

enum put { PUT_GOOD, PUT_FAILED, PUT_NOT_HERE };

/* What is written anew stays as open or closed to others as it was. */
static bool
keep_mode(int fd, const char *path)
{
    struct stat info;

    return stat(path, &info) != 0 || fchmod(fd, info.st_mode & 0777) == 0;
}

static bool
fill(int fd, const char *path, struct str bytes)
{
    return keep_mode(fd, path) && io_put(fd, bytes) && fsync(fd) == 0;
}

/* Where the file system cannot do that alone, an empty file
 * takes the name first, which only one process can make. */
bool
io_rename_new(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    (void)close(fd);
    if (rename(from, to) == 0)
        return true;
    int error = errno;
    (void)unlink(to);
    errno = error;
    return false;
}

/* Gives an open file without a name its name, over an older file of it by way of another name. */
static enum put
name_it(struct arena *arena, int fd, const char *path, bool replace)
{
    const char *open_file = arena_printf(arena, "/proc/self/fd/%d", fd);

    if (linkat(AT_FDCWD, open_file, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0)
        return PUT_GOOD;
    if (errno != EEXIST)
        return errno == ENOENT || errno == EPERM || errno == EOPNOTSUPP ? PUT_NOT_HERE : PUT_FAILED;
    if (!replace)
        return PUT_FAILED;
    const char *beside = io_beside(arena, path);
    if (beside == NULL)
        return PUT_FAILED;
    int noted = unfinished_begin(beside);
    bool good = linkat(AT_FDCWD, open_file, AT_FDCWD, beside, AT_SYMLINK_FOLLOW) == 0 &&
                rename(beside, path) == 0;
    int error = errno;
    if (!good)
        (void)unlink(beside);
    unfinished_done(noted);
    errno = error;
    return good ? PUT_GOOD : PUT_FAILED;
}

/* Writes to a file that has no name until it is whole, so that nothing is left behind whatever
 * happens. Not every file system has such files. */
static enum put
write_unnamed(struct arena *arena, const char *path, struct str bytes, bool replace)
{
    int fd = open(io_dir(arena, path), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);

    if (fd < 0)
        return PUT_NOT_HERE;
    enum put put = fill(fd, path, bytes) ? name_it(arena, fd, path, replace) : PUT_FAILED;
    int error = errno;
    (void)close(fd);
    errno = error;
    return put;
}

/* A new file beside `path`, with the permissions that open() gives; mkstemp() gives others, and
 * asking for the umask changes it for all threads. -1 with errno. */
static int
open_beside(struct arena *arena, const char *path, const char **name, int *noted)
{
    int fd = -1;

    for (int i = 0; i < IO_BESIDE_TRIES && fd < 0; i++) {
        *name = io_beside(arena, path);
        if (*name == NULL)
            return -1;
        *noted = unfinished_begin(*name);
        fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd < 0)
            unfinished_done(*noted);
        if (fd < 0 && errno != EEXIST)
            return -1;
    }
    return fd;
}

static bool
write_named(struct arena *arena, const char *path, struct str bytes, bool replace)
{
    const char *temporary;
    int noted;
    int fd = open_beside(arena, path, &temporary, &noted);

    if (fd < 0)
        return false;
    bool good = fill(fd, path, bytes);
    int error = errno;
    if (close(fd) != 0 && good) {
        good = false;
        error = errno;
    }
    if (good) {
        good = replace ? rename(temporary, path) == 0 : io_rename_new(temporary, path);
        error = errno;
    }
    if (!good)
        (void)unlink(temporary);
    unfinished_done(noted);
    errno = error;
    return good;
}

static bool
write_whole(struct arena *arena, const char *path, struct str bytes, bool replace)
{
    enum put put = write_unnamed(arena, path, bytes, replace);

    if (put == PUT_NOT_HERE && write_named(arena, path, bytes, replace))
        put = PUT_GOOD;
    if (put == PUT_GOOD)
        io_sync_dir(io_dir(arena, path));
    return put == PUT_GOOD;
}

/* What is no regular file (a pipe, /dev/full) cannot be replaced by renaming. */
static bool
write_device(const char *path, struct str bytes, enum diag_code *fault)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);

    *fault = fd < 0 ? DIAG_IO_WRITE : DIAG_IO_WRITE_PART;
    bool good = fd >= 0 && io_put(fd, bytes);

    if (fd >= 0 && close(fd) != 0)
        good = false;
    return good;
}

static bool
write_to(struct arena *arena, const char *path, struct str bytes, enum diag_code *fault)
{
    struct stat info;
    int fd = strcmp(path, "-") == 0 ? STDOUT_FILENO : descriptor_of(arena, path);

    *fault = fd < 0 ? DIAG_IO_WRITE : DIAG_IO_WRITE_PART;
    if (fd >= 0)
        return io_put(fd, bytes);
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
        errno = EISDIR;
        return false;
    }
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode))
        return write_device(path, bytes, fault);
    const char *target = io_follow(arena, path);
    return target != NULL && write_whole(arena, target, bytes, true);
}

bool
io_write(struct arena *arena, struct diags *diags, const char *path, struct str bytes)
{
    enum diag_code fault;
    bool good = write_to(arena, path, bytes, &fault);

    if (!good)
        diag_add(diags, fault, POS_NONE, strcmp(path, "-") == 0 ? "<stdout>" : path,
                 diag_system(diags, errno), NULL);
    return good;
}

bool
io_write_new(struct arena *arena, struct diags *diags, const char *path, struct str bytes,
             enum diag_code taken)
{
    const char *target = io_follow(arena, path);

    if (target != NULL && write_whole(arena, target, bytes, false))
        return true;
    if (errno == EEXIST)
        diag_add(diags, taken, POS_NONE, path, NULL, NULL);
    else
        diag_add(diags, DIAG_IO_WRITE, POS_NONE, path, diag_system(diags, errno), NULL);
    return false;
}
