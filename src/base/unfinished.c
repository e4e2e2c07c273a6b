#include "base/unfinished.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"

#define NOTED_MAX 32
#define ENTRIES_BYTES 4096
#define TRIES_MAX 100

enum state { STATE_FREE, STATE_BEING_WRITTEN, STATE_NOTED };

static struct {
    atomic_int state;
    char path[PATH_MAX];
} noted[NOTED_MAX];

int
unfinished_begin(const char *path)
{
    size_t len = strlen(path);

    for (int i = 0; i < NOTED_MAX && len < PATH_MAX; i++) {
        int was = STATE_FREE;
        if (!atomic_compare_exchange_strong(&noted[i].state, &was, STATE_BEING_WRITTEN))
            continue;
        memcpy(noted[i].path, path, len + 1);
        atomic_store(&noted[i].state, STATE_NOTED);
        return i;
    }
    return UNFINISHED_NONE;
}

void
unfinished_done(int index)
{
    if (index != UNFINISHED_NONE)
        atomic_store(&noted[index].state, STATE_FREE);
}

void
unfinished_remove(void)
{
    int error = errno;

    for (int i = 0; i < NOTED_MAX; i++) {
        if (atomic_load(&noted[i].state) == STATE_NOTED)
            unfinished_remove_path(noted[i].path);
    }
    errno = error;
}

/* ---- removing a folder with calls that a signal handler may make: no opendir(), no memory but the
 * stack, no more than one open folder */

enum found { FOUND_NOTHING, FOUND_FOLDER, FOUND_STUCK };

/* Unlinks the files of an open folder up to the first folder in it, whose name is put behind
 * `path`. */
static enum found
empty_out(int fd, char path[PATH_MAX])
{
    _Alignas(struct dirent64) char entries[ENTRIES_BYTES];
    size_t len = strlen(path);
    ssize_t got;

    while ((got = getdents64(fd, entries, sizeof entries)) > 0) {
        for (ssize_t at = 0; at < got;) {
            const struct dirent64 *entry = (const struct dirent64 *)(const void *)(entries + at);
            size_t name = strlen(entry->d_name);
            at += entry->d_reclen;
            if (path_is_dot(entry->d_name) || unlinkat(fd, entry->d_name, 0) == 0)
                continue;
            /* POSIX says EPERM of a folder, Linux EISDIR */
            if ((errno != EISDIR && errno != EPERM) || len + 1 + name >= PATH_MAX)
                return FOUND_STUCK;
            path[len] = '/';
            memcpy(path + len + 1, entry->d_name, name + 1);
            return FOUND_FOLDER;
        }
    }
    return got == 0 ? FOUND_NOTHING : FOUND_STUCK;
}

static enum found
look_into(char path[PATH_MAX])
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (fd < 0)
        return FOUND_STUCK;
    enum found found = empty_out(fd, path);
    (void)close(fd);
    return found;
}

/* True when the folder is gone, or when it is worth to look into it again: another thread may have
 * written there meanwhile. */
static bool
remove_emptied(const char *path, int *tries)
{
    return rmdir(path) == 0 || (errno == ENOTEMPTY && ++*tries < TRIES_MAX);
}

void
unfinished_remove_path(const char *root)
{
    char path[PATH_MAX];
    size_t len = strlen(root);
    int tries = 0;

    if (len >= sizeof path || unlink(root) == 0 || (errno != EISDIR && errno != EPERM))
        return;
    memcpy(path, root, len + 1);
    for (;;) {
        enum found found = look_into(path);
        if (found == FOUND_FOLDER)
            continue;
        if (found == FOUND_STUCK || !remove_emptied(path, &tries))
            return;
        if (strlen(path) > len)
            *strrchr(path, '/') = '\0';
        else if (access(path, F_OK) != 0)
            return;
    }
}
