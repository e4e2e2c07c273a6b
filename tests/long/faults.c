/* Laid under a program (LD_PRELOAD): of its calls that change files, call $FAULT_AT fails as
 * $FAULT_KIND says, and $FAULT_MARK is made when it comes to that. What is written to the standard
 * streams does not count. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum kind { NOTHING, ONE_EIO, ONE_ENOSPC, SHORT, FULL, KILLED };

static enum kind
kind_of(void)
{
    static const char *const names[] = {"", "eio", "enospc", "short", "full", "kill"};
    const char *name = getenv("FAULT_KIND");

    for (size_t i = 1; name != NULL && i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(name, names[i]) == 0)
            return (enum kind)i;
    }
    return NOTHING;
}

/* Whether this call fails: one of all processes, but a full disk stays full. */
static enum kind
now(bool takes_room)
{
    static long calls;
    const char *at = getenv("FAULT_AT"), *mark = getenv("FAULT_MARK");
    enum kind kind = kind_of();

    if (kind == NOTHING || at == NULL || mark == NULL)
        return NOTHING;
    calls++;
    if (calls < atol(at) || (calls > atol(at) && kind != FULL))
        return NOTHING;
    long made = syscall(SYS_openat, AT_FDCWD, mark, O_CREAT | O_EXCL | O_WRONLY, 0600);
    if (made < 0 && kind != FULL)
        return NOTHING;
    if (made >= 0)
        (void)syscall(SYS_close, made);
    if (kind == KILLED)
        (void)kill(getpid(), SIGKILL);
    if (kind == FULL && !takes_room)
        return NOTHING;
    errno = kind == ONE_EIO ? EIO : ENOSPC;
    return kind;
}

/* What is said to people or to another process. */
static bool
is_told(int fd)
{
    struct stat info;

    return fd <= 2 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode);
}

#define REAL(name) ((__typeof__(&name))(__UINTPTR_TYPE__)dlsym(RTLD_NEXT, #name))

#define WRITES(name, offset)                                                           \
    ssize_t name(int fd, const void *data, size_t size, offset at)                     \
    {                                                                                  \
        enum kind kind = now(true);                                                    \
        if (kind == SHORT && size > 1)                                                 \
            return REAL(name)(fd, data, size / 2, at);                                 \
        if (kind == FULL && size > 1)                                                  \
            (void)REAL(name)(fd, data, size / 2, at);                                  \
        errno = kind == ONE_EIO ? EIO : ENOSPC;                                        \
        return kind == NOTHING || kind == SHORT ? REAL(name)(fd, data, size, at) : -1; \
    }

WRITES(pwrite, off_t)
WRITES(pwrite64, off_t)

ssize_t
write(int fd, const void *data, size_t size)
{
    enum kind kind = is_told(fd) ? NOTHING : now(true);

    if (kind == SHORT && size > 1)
        return REAL(write)(fd, data, size / 2);
    errno = kind == ONE_EIO ? EIO : ENOSPC;
    return kind == NOTHING || kind == SHORT ? REAL(write)(fd, data, size) : -1;
}

#define FAILS(name, takes_room, given, passed)                            \
    int name given                                                        \
    {                                                                     \
        enum kind kind = now(takes_room);                                 \
        return kind == NOTHING || kind == SHORT ? REAL(name) passed : -1; \
    }

FAILS(fsync, false, (int fd), (fd))
FAILS(fdatasync, false, (int fd), (fd))
FAILS(ftruncate, false, (int fd, off_t size), (fd, size))
FAILS(ftruncate64, false, (int fd, off_t size), (fd, size))
FAILS(rename, true, (const char *from, const char *to), (from, to))
FAILS(mkdir, true, (const char *path, mode_t mode), (path, mode))
FAILS(unlink, false, (const char *path), (path))
FAILS(linkat, true, (int a, const char *from, int b, const char *to, int flags),
      (a, from, b, to, flags))

static mode_t
mode_in(int flags, va_list list)
{
    return (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(list, mode_t) : 0;
}

#define OPENS(name, given, passed)                                                     \
    int name given                                                                     \
    {                                                                                  \
        va_list list;                                                                  \
        va_start(list, flags);                                                         \
        mode_t mode = mode_in(flags, list);                                            \
        va_end(list);                                                                  \
        enum kind kind = (flags & (O_CREAT | __O_TMPFILE)) != 0 ? now(true) : NOTHING; \
        return kind == NOTHING || kind == SHORT ? REAL(name) passed : -1;              \
    }

OPENS(open, (const char *path, int flags, ...), (path, flags, mode))
OPENS(open64, (const char *path, int flags, ...), (path, flags, mode))
OPENS(openat, (int dir, const char *path, int flags, ...), (dir, path, flags, mode))
OPENS(openat64, (int dir, const char *path, int flags, ...), (dir, path, flags, mode))
