#include "archive/bag_tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/bag.h"
#include "base/arena.h"

#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

struct tree {
    struct arena *arena;
    struct diags *diags;
    const char *name; /* of the folder, as messages call it */
    int fd;
};

struct walk {
    struct tree *tree;
    struct arena *arena;
    struct tree_files *out;
    size_t cap, most;
};

static bool
refuse(struct tree *tree, enum diag_code code, struct str path, const char *arg)
{
    diag_add(tree->diags, code, (struct pos){tree->name, 0, 0}, diag_str(tree->diags, path), arg,
             NULL);
    return false;
}

static bool
refuse_large(struct tree *tree, struct str path)
{
    return refuse(tree, DIAG_ARCHIVE_BAG_LARGE, path,
                  diag_printf(tree->diags, "%llu", (unsigned long long)TREE_BYTES_MAX >> 20));
}

static bool
refuse_read(struct tree *tree, struct str path, int error)
{
    if (error == ELOOP || error == ENOTDIR)
        return refuse(tree, DIAG_ARCHIVE_BAG_LINK, path, NULL);
    if (error == ENOENT)
        return refuse(tree, DIAG_ARCHIVE_BAG_MISSING, path, NULL);
    return refuse(tree, DIAG_ARCHIVE_BAG_READ, path, diag_system(tree->diags, error));
}

struct tree *
tree_open(struct arena *arena, struct diags *diags, const char *path)
{
    struct tree *tree = arena_alloc(arena, sizeof *tree);

    *tree = (struct tree){arena, diags, arena_printf(arena, "%s", path), -1};
    tree->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (tree->fd >= 0)
        return tree;
    diag_add(diags, DIAG_ARCHIVE_BAG_NONE, (struct pos){tree->name, 0, 0}, NULL, NULL, NULL);
    return NULL;
}

void
tree_close(struct tree *tree)
{
    if (tree != NULL)
        (void)close(tree->fd);
}

/* ---- listing */

static bool walk_folder(struct walk *walk, int fd, struct str path, unsigned depth);

static bool
walk_into(struct walk *walk, int folder, const char *name, struct str path, unsigned depth)
{
    int fd = openat(folder, name, FOLDER_FLAGS);

    if (fd < 0)
        return refuse_read(walk->tree, path, errno);
    if (depth >= TREE_DEPTH_MAX) {
        (void)close(fd);
        return refuse(walk->tree, DIAG_ARCHIVE_BAG_NAME, path, NULL);
    }
    return walk_folder(walk, fd, path, depth + 1);
}

static bool
walk_one(struct walk *walk, int folder, const char *name, struct str above, unsigned depth)
{
    struct tree *tree = walk->tree;
    struct str path = str_of(
        arena_printf(walk->arena, "%.*s%s%s", STR_FMT(above), above.len > 0 ? "/" : "", name));
    struct stat info;

    if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return refuse_read(tree, path, errno);
    if (!S_ISDIR(info.st_mode) && !S_ISREG(info.st_mode))
        return refuse(tree, DIAG_ARCHIVE_BAG_LINK, path, NULL);
    if (!bag_is_name(path))
        return refuse(tree, DIAG_ARCHIVE_BAG_NAME, path, NULL);
    if (S_ISDIR(info.st_mode))
        return walk_into(walk, folder, name, path, depth);
    if ((uint64_t)info.st_size > TREE_BYTES_MAX)
        return refuse_large(tree, path);
    if (walk->out->count >= walk->most)
        return refuse(tree, DIAG_ARCHIVE_BAG_MANY, path,
                      diag_printf(tree->diags, "%zu", walk->most));
    *ARENA_ADD(walk->arena, walk->out->file, walk->out->count, walk->cap, 1024) =
        (struct tree_file){path, (uint64_t)info.st_size};
    return true;
}

/* Takes the descriptor. */
static bool
walk_folder(struct walk *walk, int fd, struct str path, unsigned depth)
{
    DIR *dir = fdopendir(fd);
    const struct dirent *entry;
    bool good = true;

    if (dir == NULL) {
        (void)close(fd);
        return refuse_read(walk->tree, path, errno);
    }
    while (good && (entry = readdir(dir)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            good = walk_one(walk, fd, entry->d_name, path, depth);
    }
    (void)closedir(dir);
    return good;
}

static int
by_path(const void *a, const void *b)
{
    return str_cmp(((const struct tree_file *)a)->path, ((const struct tree_file *)b)->path);
}

bool
tree_list(struct tree *tree, struct arena *arena, size_t most, struct tree_files *out)
{
    struct walk walk = {tree, arena, out, 0, most};
    int fd = openat(tree->fd, ".", FOLDER_FLAGS);

    *out = (struct tree_files){NULL, 0};
    if (fd < 0)
        return refuse_read(tree, STR("."), errno);
    if (!walk_folder(&walk, fd, STR(""), 0))
        return false;
    if (out->count > 0)
        qsort(out->file, out->count, sizeof *out->file, by_path);
    return true;
}

/* ---- reading */

/* Opens a file folder by folder; -1 with errno. What a pipe would wait for is not waited for. */
static int
open_below(struct tree *tree, struct arena *arena, struct str path)
{
    char *name = arena_strndup(arena, path.ptr, path.len), *slash;
    int folder = tree->fd;

    while ((slash = strchr(name, '/')) != NULL) {
        *slash = '\0';
        int next = openat(folder, name, FOLDER_FLAGS), error = errno;
        if (folder != tree->fd)
            (void)close(folder);
        errno = error;
        if (next < 0)
            return -1;
        folder = next;
        name = slash + 1;
    }
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC), error = errno;
    if (folder != tree->fd)
        (void)close(folder);
    errno = error;
    return fd;
}

/* Reads as much as the file was said to have; it is compared with its hash anyway. */
static bool
read_whole(struct tree *tree, struct arena *arena, int fd, struct str path, struct str *out)
{
    struct stat info;
    size_t used = 0;
    ssize_t got;

    if (fstat(fd, &info) != 0)
        return refuse_read(tree, path, errno);
    if (!S_ISREG(info.st_mode))
        return refuse(tree, DIAG_ARCHIVE_BAG_LINK, path, NULL);
    if ((uint64_t)info.st_size > TREE_BYTES_MAX)
        return refuse_large(tree, path);
    char *bytes = arena_alloc(arena, (size_t)info.st_size + 1);
    while (used < (size_t)info.st_size &&
           (got = read(fd, bytes + used, (size_t)info.st_size - used)) != 0) {
        if (got < 0 && errno != EINTR)
            return refuse_read(tree, path, errno);
        used += got < 0 ? 0 : (size_t)got;
    }
    *out = (struct str){bytes, used};
    return true;
}

bool
tree_read(struct tree *tree, struct arena *arena, struct str path, struct str *out)
{
    *out = STR("");
    if (!bag_is_name(path))
        return refuse(tree, DIAG_ARCHIVE_BAG_NAME, path, NULL);
    int fd = open_below(tree, arena, path);
    if (fd < 0)
        return refuse_read(tree, path, errno);
    bool good = read_whole(tree, arena, fd, path, out);
    (void)close(fd);
    return good;
}
