#include "base/folder.h"

#include <errno.h>
#include <string.h>

#include "base/arena.h"
#include "base/files.h"
#include "base/path.h"
#include "base/unfinished.h"

struct folder {
    struct arena *arena;
    struct diags *diags;
    const char *name; /* as messages call it */
    const char *target;
    const char *path; /* NULL once it is gone or has its name */
    int noted;        /* by unfinished_begin() */
    struct folder_file *open;
};

struct folder_file {
    struct folder *folder;
    struct folder_file *next; /* of those that are open */
    int fd, error;            /* the first that went wrong */
    char *bytes;              /* that are not written yet */
    size_t used;
};

#define PIECE_BYTES 65536

static bool
failed(struct diags *diags, const char *path)
{
    diag_add(diags, DIAG_FOLDER_WRITE, POS_NONE, path, diag_system(diags, errno), NULL);
    return false;
}

static bool
check_target(struct arena *arena, struct diags *diags, const char *path, const char *target)
{
    struct files_list list;

    /* links were followed */
    if (!files_is_taken(target))
        return true;
    if (files_same(files_system(), target, ".")) {
        diag_add(diags, DIAG_FOLDER_HERE, POS_NONE, path, NULL, NULL);
        return false;
    }
    if (files_list(files_system(), arena, target, &list) && list.count == 0)
        return true;
    diag_add(diags, DIAG_FOLDER_TAKEN, POS_NONE, path, NULL, NULL);
    return false;
}

static struct folder *
new_folder(struct arena *arena, struct diags *diags, const char *name, const char *target)
{
    struct folder *folder = arena_alloc(arena, sizeof *folder);

    *folder = (struct folder){
        .arena = arena, .diags = diags, .name = arena_printf(arena, "%s", name), .target = target};
    folder->path = files_folder_beside(arena, target, &folder->noted);
    return folder->path != NULL || failed(diags, name) ? folder : NULL;
}

struct folder *
folder_begin(struct arena *arena, struct diags *diags, const char *path)
{
    const char *target = files_folder_target(arena, path);

    if (target == NULL)
        (void)failed(diags, path);
    if (target == NULL || !check_target(arena, diags, path, target))
        return NULL;
    return new_folder(arena, diags, path, target);
}

const char *
folder_path(const struct folder *folder)
{
    return folder->path;
}

bool
folder_write(struct folder *folder, struct str name, struct str bytes)
{
    struct arena_mark mark = arena_mark(folder->arena);

    if (!files_folder_put(folder->arena, folder->path, name, bytes))
        return failed(folder->diags, folder->name);
    arena_reset(folder->arena, mark);
    return true;
}

/* ---- files that grow */

struct folder_file *
folder_open(struct folder *folder, struct str name)
{
    struct folder_file *file = arena_alloc(folder->arena, sizeof *file);

    *file = (struct folder_file){.folder = folder, .next = folder->open};
    file->fd = files_folder_open(folder->arena, folder->path, name);
    if (file->fd < 0) {
        (void)failed(folder->diags, folder->name);
        return NULL;
    }
    file->bytes = arena_alloc(folder->arena, PIECE_BYTES);
    folder->open = file;
    return file;
}

static void
append(struct folder_file *file, struct str bytes)
{
    if (file->error == 0 && !files_append(file->fd, bytes))
        file->error = errno;
}

static void
flush(struct folder_file *file)
{
    append(file, (struct str){file->bytes, file->used});
    file->used = 0;
}

void
folder_add(struct folder_file *file, struct str bytes)
{
    if (bytes.len > PIECE_BYTES - file->used)
        flush(file);
    if (bytes.len > PIECE_BYTES) {
        append(file, bytes);
        return;
    }
    if (bytes.len > 0)
        memcpy(file->bytes + file->used, bytes.ptr, bytes.len);
    file->used += bytes.len;
}

/* True where all of it is written. */
static bool
finish(struct folder_file *file)
{
    struct folder_file **at = &file->folder->open;

    while (*at != file)
        at = &(*at)->next;
    *at = file->next;
    errno = file->error;
    return files_finish(file->fd, file->error == 0);
}

bool
folder_close(struct folder_file *file)
{
    flush(file);
    return finish(file) || failed(file->folder->diags, file->folder->name);
}

/* ---- the end */

bool
folder_commit(struct folder *folder)
{
    if (!files_folder_rename(folder->arena, folder->path, folder->target)) {
        if (errno != ENOTEMPTY && errno != EEXIST && errno != ENOTDIR)
            return failed(folder->diags, folder->name);
        diag_add(folder->diags, DIAG_FOLDER_TAKEN, POS_NONE, folder->name, NULL, NULL);
        return false;
    }
    unfinished_done(folder->noted);
    folder->path = NULL;
    return true;
}

void
folder_end(struct folder *folder)
{
    while (folder != NULL && folder->open != NULL)
        (void)finish(folder->open);
    if (folder == NULL || folder->path == NULL)
        return;
    unfinished_remove_path(folder->path);
    unfinished_done(folder->noted);
    folder->path = NULL;
}
