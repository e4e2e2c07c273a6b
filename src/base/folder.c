#include "base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/io.h"
#include "base/unfinished.h"

struct folder {
    struct arena *arena;
    struct diags *diags;
    const char *name;   /* as messages call it */
    const char *target; /* NULL for a private one */
    const char *path;   /* NULL once it is gone or has its name */
    int noted;          /* by unfinished_begin() */
};

static bool
failed(struct diags *diags, const char *path)
{
    diag_add(diags, DIAG_FOLDER_WRITE, POS_NONE, path, diag_system(diags, errno), NULL);
    return false;
}

/* True for a folder without anything in it. */
static bool
is_empty(const char *path)
{
    DIR *dir = opendir(path);
    const struct dirent *entry;
    bool empty = dir != NULL;

    while (empty && (entry = readdir(dir)) != NULL)
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    if (dir != NULL)
        (void)closedir(dir);
    return empty;
}

/* The path without "/" at its end and without links, so that what is renamed is the folder itself.
 * NULL with errno, when there is no folder above it. */
static const char *
real_target(struct arena *arena, const char *path)
{
    size_t len = strlen(path);

    while (len > 1 && path[len - 1] == '/')
        len--;
    const char *name = len == 0 ? NULL : io_follow(arena, arena_strndup(arena, path, len));
    if (len == 0)
        errno = ENOENT;
    if (name == NULL)
        return NULL;
    char *real = realpath(name, NULL);
    const char *target = NULL;
    if (real != NULL) {
        target = arena_printf(arena, "%s", real);
    } else {
        const char *slash = strrchr(name, '/');
        real = realpath(io_dir(arena, name), NULL);
        if (real != NULL)
            target = io_join(arena, real, slash == NULL ? name : slash + 1);
    }
    free(real);
    return target;
}

static bool
may_become(struct diags *diags, const char *path, const char *target)
{
    struct stat info;

    if (lstat(target, &info) != 0)
        return true;
    if (io_same_file(target, ".")) {
        diag_add(diags, DIAG_FOLDER_HERE, POS_NONE, path, NULL, NULL);
        return false;
    }
    if (S_ISDIR(info.st_mode) && is_empty(target))
        return true;
    diag_add(diags, DIAG_FOLDER_TAKEN, POS_NONE, path, NULL, NULL);
    return false;
}

/* One that others may not open stays so. */
static bool
make_like(const char *path, const char *target)
{
    struct stat info;

    if (mkdir(path, 0777) != 0)
        return false;
    if (stat(target, &info) != 0 || chmod(path, info.st_mode & 07777) == 0)
        return true;
    int error = errno;
    (void)rmdir(path);
    errno = error;
    return false;
}

/* A new folder beside `target`; NULL with errno. */
static const char *
make_beside(struct arena *arena, const char *target, int *noted)
{
    for (int i = 0; i < IO_BESIDE_TRIES; i++) {
        const char *path = io_beside(arena, target);
        if (path == NULL)
            return NULL;
        *noted = unfinished_begin(path);
        if (make_like(path, target))
            return path;
        unfinished_done(*noted);
        if (errno != EEXIST)
            return NULL;
    }
    return NULL;
}

static struct folder *
new_folder(struct arena *arena, struct diags *diags, const char *name, const char *target,
           const char *path, int noted)
{
    struct folder *folder = arena_alloc(arena, sizeof *folder);

    *folder = (struct folder){arena, diags, arena_printf(arena, "%s", name), target, path, noted};
    return folder;
}

struct folder *
folder_begin(struct arena *arena, struct diags *diags, const char *path)
{
    const char *target = real_target(arena, path);
    int noted = UNFINISHED_NONE;

    if (target == NULL) {
        (void)failed(diags, path);
        return NULL;
    }
    if (!may_become(diags, path, target))
        return NULL;
    const char *beside = make_beside(arena, target, &noted);
    if (beside == NULL) {
        (void)failed(diags, path);
        return NULL;
    }
    return new_folder(arena, diags, path, target, beside, noted);
}

struct folder *
folder_private(struct arena *arena, struct diags *diags)
{
    const char *set = getenv("TMPDIR");
    const char *root = set != NULL && set[0] == '/' ? set : "/tmp";

    for (int i = 0; i < IO_BESIDE_TRIES; i++) {
        const char *path = io_beside(arena, io_join(arena, root, "x"));
        int noted = path == NULL ? UNFINISHED_NONE : unfinished_begin(path);
        if (path != NULL && mkdir(path, 0700) == 0)
            return new_folder(arena, diags, root, NULL, path, noted);
        unfinished_done(noted);
        if (path == NULL || errno != EEXIST)
            break;
    }
    (void)failed(diags, root);
    return NULL;
}

const char *
folder_path(const struct folder *folder)
{
    return folder->path;
}

/* ---- writing */

/* Makes the folders in a path below the folder's own. */
static bool
make_parents(struct folder *folder, char *path)
{
    for (char *at = path + strlen(folder->path) + 1; (at = strchr(at, '/')) != NULL; at++) {
        *at = '\0';
        bool good = mkdir(path, 0777) == 0 || errno == EEXIST;
        *at = '/';
        if (!good)
            return false;
    }
    return true;
}

bool
folder_write(struct folder *folder, struct str name, struct str bytes)
{
    struct arena_mark mark = arena_mark(folder->arena);
    char *path = arena_printf(folder->arena, "%s/%.*s", folder->path, STR_FMT(name));
    int fd = -1;

    if (make_parents(folder, path))
        fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    /* what is going to be removed need not outlast a crash */
    bool good = fd >= 0 && io_put(fd, bytes) && (folder->target == NULL || fsync(fd) == 0);
    if (fd >= 0 && close(fd) != 0)
        good = false;
    if (!good)
        return failed(folder->diags, folder->name);
    arena_reset(folder->arena, mark);
    return true;
}

/* Syncs all folders below one, the innermost first. */
static void
sync_folders(struct arena *arena, const char *path)
{
    DIR *dir = opendir(path);
    const struct dirent *entry;

    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        /* a link is not followed */
        if (entry->d_type != DT_DIR && entry->d_type != DT_UNKNOWN)
            continue;
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            sync_folders(arena, io_join(arena, path, entry->d_name));
    }
    if (dir != NULL)
        (void)closedir(dir);
    io_sync_dir(path);
}

bool
folder_commit(struct folder *folder)
{
    sync_folders(folder->arena, folder->path);
    /* rename() takes the place of an empty folder only */
    if (rename(folder->path, folder->target) != 0) {
        if (errno != ENOTEMPTY && errno != EEXIST && errno != ENOTDIR)
            return failed(folder->diags, folder->name);
        diag_add(folder->diags, DIAG_FOLDER_TAKEN, POS_NONE, folder->name, NULL, NULL);
        return false;
    }
    io_sync_dir(io_dir(folder->arena, folder->target));
    unfinished_done(folder->noted);
    folder->path = NULL;
    return true;
}

void
folder_end(struct folder *folder)
{
    if (folder == NULL || folder->path == NULL)
        return;
    unfinished_remove_path(folder->path);
    unfinished_done(folder->noted);
    folder->path = NULL;
}
