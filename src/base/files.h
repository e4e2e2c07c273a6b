/* The only door to the file system. What is read may come from callbacks of the caller instead, and
 * bytes may be laid over either under names of their own; what is written goes to the file system,
 * and a name never stands for half of a file there. */
#ifndef BASE_FILES_H
#define BASE_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;

enum files_kind { FILES_NONE, FILES_FILE, FILES_FOLDER, FILES_OTHER /* a pipe, a device */ };

/* Callbacks are given paths as they are put together here, relative ones without "./". They may be
 * called by every thread that reads. */
struct files_calls {
    /* The bytes of a file, which live until release(); false when there is none. */
    bool (*read)(void *user, const char *path, struct str *bytes);
    void (*release)(void *user, struct str bytes); /* may be NULL */
    enum files_kind (*kind)(void *user, const char *path);
    /* Calls each() with the name of every entry of a folder, in any order. */
    void (*list)(void *user, const char *path, void (*each)(void *to, const char *name), void *to);
};

/* Bytes that are read in place of a file of this path, which need not be there. */
struct files_named {
    const char *path;
    struct str bytes;
    const struct files_named *next;
    bool is_known; /* the same bytes whenever files->known says the same */
};

/* Where files are read from. */
struct files {
    const struct files_calls *calls; /* NULL: the file system */
    void *user;
    const struct files_named *named;
    const char *known; /* what stands for the bytes of all that are known; NULL: none are */
};

/* True for a path over which bytes are laid that are not known, or below which such are. */
bool files_is_unknown(const struct files *files, const char *path);

/* The file system with nothing laid over it. */
const struct files *files_system(void);

/* ---- reading */

/* Reads a regular file of at most `limit` bytes into `arena` (with a NUL after it that is not
 * counted). Of the file system, `path` "-" is standard input. `at` is where the file was asked for,
 * for the diagnostic. False with IO_OPEN, IO_READ, IO_NOT_FILE or IO_TOO_LARGE. */
bool files_read(const struct files *files, struct arena *arena, struct diags *diags, struct pos at,
                const char *path, size_t limit, struct str *out);

/* Like files_read() for `name` inside the folder `dir`: refuses names that path_is_inside() refuses
 * and files that symbolic links lead out of `dir` (IO_OUTSIDE). */
bool files_read_inside(const struct files *files, struct arena *arena, struct diags *diags,
                       struct pos at, const char *dir, struct str name, size_t limit,
                       struct str *out);

enum files_kind files_kind(const struct files *files, const char *path);

static inline bool
files_exists(const struct files *files, const char *path)
{
    return files_kind(files, path) != FILES_NONE;
}

static inline bool
files_is_dir(const struct files *files, const char *path)
{
    return files_kind(files, path) == FILES_FOLDER;
}

struct files_list {
    const char **name;
    size_t count;
};

/* The names in a folder, sorted by their bytes, without "." and "..". False, with an empty list,
 * where there is no such folder or it cannot be read. */
bool files_list(const struct files *files, struct arena *arena, const char *path,
                struct files_list *out);

/* True for a path at or below which bytes are laid over the files. */
bool files_is_named(const struct files *files, const char *path);

/* What changes with a file; all zero where nothing can be told: there is none, it comes from
 * callbacks or is laid over. */
struct file_stamp {
    bool exists;
    uint64_t device, inode, size, mtime /* ns */;
};
struct file_stamp files_stamp(const struct files *files, const char *path);

/* True when both names lead to the same existing file. */
bool files_same(const struct files *files, const char *a, const char *b);

/* True for a symbolic link of the file system, wherever it leads. */
bool files_is_link(const struct files *files, const char *path);

/* The path without links and "..", or as it is where that is not known. */
const char *files_real(const struct files *files, struct arena *arena, const char *path);

/* The path of the running program; NULL where the system does not tell. */
const char *files_program(struct arena *arena);

/* ---- writing */

/* Writes `bytes` so that `path` stands for all of them or for what it was: to a file without a name
 * where the file system has such, else to a temporary one beside it. The target of a symbolic link
 * is written, also where it is not there yet; what is no regular file (a pipe, /dev/fd/3) is
 * written to. `path` "-" is standard output. False with IO_WRITE, or IO_WRITE_PART where a part may
 * have gone through. */
bool files_write(struct arena *arena, struct diags *diags, const char *path, struct str bytes);

/* Like files_write() for a file that is not there yet: false with `taken`, which tells the path,
 * when something has the name, whoever made it meanwhile. A symbolic link has it, too, wherever it
 * leads: what it would write is not what was named. */
bool files_write_new(struct arena *arena, struct diags *diags, const char *path, struct str bytes,
                     enum diag_code taken);

/* Whether files_write_new() could make the file, as far as can be told before: false with `taken`
 * or IO_WRITE where it could not. */
bool files_may_create(struct arena *arena, struct diags *diags, const char *path,
                      enum diag_code taken);

/* True when a regular file that can be read holds these bytes (at most 64 of them): what is asked
 * of a file before it is written over. */
bool files_hold(const char *path, struct str bytes);

/* True when files_write() may make or replace the file, as far as permissions tell. */
bool files_may_write(struct arena *arena, const char *path);

/* ---- folders, for folder.h. False or NULL with errno. */

/* True when something has the name; a symbolic link, too, wherever it leads. */
bool files_is_taken(const char *path);

/* Where a folder is to be: `path` without "/" at its end and without links, also where a chain of
 * them leads to something that is not there yet. NULL also where the system would not follow them.
 */
const char *files_folder_target(struct arena *arena, const char *path);

/* Makes a folder of a new name beside `path` and notes it (unfinished.h). It has the permissions of
 * what `path` leads to. */
const char *files_folder_beside(struct arena *arena, const char *path, int *noted);

/* Writes a new file that outlasts a crash below the folder `dir`, making the folders in its name.
 */
bool files_folder_put(struct arena *arena, const char *dir, struct str name, struct str bytes);

/* The same of one that is written piece by piece: its descriptor, or -1. files_finish() takes it.
 */
int files_folder_open(struct arena *arena, const char *dir, struct str name);
bool files_append(int fd, struct str bytes);
bool files_finish(int fd, bool good); /* false: not all of it could be written */

/* Gives a folder its name, in place of an empty folder, when all below it outlasts a crash. */
bool files_folder_rename(struct arena *arena, const char *from, const char *to);

#endif
