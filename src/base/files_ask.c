/* What is asked of the file system before something is written to it. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/path.h"

#define HELD_MAX 64
#define HOLD_CHUNK 16384

static bool
refuse(struct diags *diags, const char *path, enum diag_code code, const char *why)
{
    diag_add(diags, code, POS_NONE, path, why, NULL);
    return false;
}

bool
files_is_taken(const char *path)
{
    struct stat info;

    return lstat(path, &info) == 0;
}

bool
files_is_link(const struct files *files, const char *path)
{
    struct stat info;

    return files->calls == NULL && !files_is_named(files, path) && lstat(path, &info) == 0 &&
           S_ISLNK(info.st_mode);
}

/* 0 or an error number. */
static int
folder_fault(const char *dir)
{
    struct stat info;

    if (stat(dir, &info) != 0)
        return errno;
    if (!S_ISDIR(info.st_mode))
        return ENOTDIR;
    return faccessat(AT_FDCWD, dir, W_OK | X_OK, AT_EACCESS) == 0 ? 0 : errno;
}

bool
files_may_create(struct arena *arena, struct diags *diags, const char *path, enum diag_code taken)
{
    struct stat info;
    int error;

    if (lstat(path, &info) == 0)
        return refuse(diags, path, taken, NULL);
    error = errno;
    if (error == ENOENT && path[0] != '\0')
        error = folder_fault(path_dir(arena, path));
    return error == 0 || refuse(diags, path, DIAG_IO_WRITE, diag_system(diags, error));
}

bool
files_may_write(struct arena *arena, const char *path)
{
    const char *real = files_real(files_system(), arena, path);

    return access(path_dir(arena, real), W_OK | X_OK) == 0 &&
           (access(real, F_OK) != 0 || access(real, W_OK) == 0);
}

bool
files_hold(const char *path, struct str bytes)
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
