/* The door to the file system, and what is laid over it or stands in its place. */
#include "base/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/path.h"
#include "base/unfinished.h"

#define CHUNK ((size_t)64 * 1024)
#define LINKS_MAX 40 /* in a chain, as the kernel has it */
#define BESIDE_TRIES 8

const struct files *
files_system(void)
{
    static const struct files system;

    return &system;
}

/* ---- what a path stands for */

static const struct files_named *
find_named(const struct files *files, const char *path)
{
    const struct files_named *at = files->named;

    while (at != NULL && strcmp(path_shortest(at->path), path_shortest(path)) != 0)
        at = at->next;
    return at;
}

/* True when only the file system tells of this path. */
static bool
is_of_system(const struct files *files, const char *path)
{
    return files->calls == NULL && find_named(files, path) == NULL;
}

/* What a path stands for by what is laid over the files. */
static enum files_kind
named_kind(const struct files *files, const char *path)
{
    if (find_named(files, path) != NULL)
        return FILES_FILE;
    for (const struct files_named *at = files->named; at != NULL; at = at->next) {
        if (path_below(path_shortest(path), path_shortest(at->path)) != NULL)
            return FILES_FOLDER;
    }
    return FILES_NONE;
}

bool
files_is_named(const struct files *files, const char *path)
{
    return named_kind(files, path) != FILES_NONE;
}

bool
files_is_unknown(const struct files *files, const char *path)
{
    for (const struct files_named *at = files->named; at != NULL; at = at->next) {
        const char *own = path_shortest(path), *other = path_shortest(at->path);
        if ((!at->is_known || files->known == NULL) &&
            (strcmp(own, other) == 0 || path_below(own, other) != NULL))
            return true;
    }
    return false;
}

enum files_kind
files_kind(const struct files *files, const char *path)
{
    enum files_kind named = named_kind(files, path);
    struct stat info;

    if (named != FILES_NONE || files->calls != NULL)
        return named != FILES_NONE ? named : files->calls->kind(files->user, path_shortest(path));
    if (stat(path, &info) != 0)
        return FILES_NONE;
    if (S_ISREG(info.st_mode))
        return FILES_FILE;
    return S_ISDIR(info.st_mode) ? FILES_FOLDER : FILES_OTHER;
}

struct file_stamp
files_stamp(const struct files *files, const char *path)
{
    struct stat info;

    if (!is_of_system(files, path) || stat(path, &info) != 0)
        return (struct file_stamp){0};
    return (struct file_stamp){true, info.st_dev, info.st_ino, (uint64_t)info.st_size,
                               (uint64_t)info.st_mtim.tv_sec * 1000000000U +
                                   (uint64_t)info.st_mtim.tv_nsec};
}

bool
files_same(const struct files *files, const char *a, const char *b)
{
    struct stat x, y;

    if (!is_of_system(files, a) || !is_of_system(files, b))
        return strcmp(path_shortest(a), path_shortest(b)) == 0;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* ---- reading */

static bool
refuse(struct diags *diags, struct pos at, const char *path, enum diag_code code, const char *why)
{
    diag_add(diags, code, at, path, why, NULL);
    return false;
}

static bool
refuse_size(struct diags *diags, struct pos at, const char *path, size_t limit)
{
    return refuse(diags, at, path, DIAG_IO_TOO_LARGE, diag_printf(diags, "%zu", limit >> 20));
}

/* Reads the open file to its end; false with errno, or when the bytes are more than `limit`. */
static bool
read_all(struct arena *arena, int fd, size_t limit, struct buf *out)
{
    ssize_t got = 1;

    while (got != 0 && out->len <= limit) {
        if (out->len + 1 >= out->cap)
            out->ptr = arena_grow(arena, out->ptr, out->cap, &out->cap, 1, CHUNK);
        got = read(fd, out->ptr + out->len, out->cap - out->len - 1);
        if (got < 0 && errno != EINTR)
            return false;
        out->len += got > 0 ? (size_t)got : 0;
    }
    out->ptr[out->len] = '\0';
    return out->len <= limit;
}

/* A regular file's size is asked first so that its buffer fits at once. */
static bool
read_fd(struct arena *arena, struct diags *diags, struct pos at, const char *path, int fd,
        size_t limit, struct str *out)
{
    struct buf bytes = buf_in(arena);
    struct stat info;

    if (fd != STDIN_FILENO && (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)))
        return refuse(diags, at, path, DIAG_IO_NOT_FILE, NULL);
    if (fd != STDIN_FILENO && info.st_size > 0 && (size_t)info.st_size <= limit) {
        bytes.cap = (size_t)info.st_size + 2; /* NUL, and room to see that no more comes */
        bytes.ptr = arena_alloc(arena, bytes.cap);
    }
    if (!read_all(arena, fd, limit, &bytes))
        return bytes.len > limit ? refuse_size(diags, at, path, limit)
                                 : refuse(diags, at, path, DIAG_IO_READ, diag_system(diags, errno));
    *out = buf_str(&bytes);
    return true;
}

static bool
copy(struct arena *arena, struct diags *diags, struct pos at, const char *path, size_t limit,
     struct str bytes, struct str *out)
{
    if (bytes.len > limit)
        return refuse_size(diags, at, path, limit);
    *out =
        (struct str){arena_strndup(arena, bytes.len == 0 ? "" : bytes.ptr, bytes.len), bytes.len};
    return true;
}

/* Reads by callbacks of the caller. */
static bool
read_called(const struct files *files, struct arena *arena, struct diags *diags, struct pos at,
            const char *path, size_t limit, struct str *out)
{
    enum files_kind kind = files_kind(files, path);
    struct str bytes;

    if (kind == FILES_NONE)
        return refuse(diags, at, path, DIAG_IO_OPEN, diag_system(diags, ENOENT));
    if (kind != FILES_FILE)
        return refuse(diags, at, path, DIAG_IO_NOT_FILE, NULL);
    if (!files->calls->read(files->user, path_shortest(path), &bytes))
        return refuse(diags, at, path, DIAG_IO_READ, diag_system(diags, EIO));
    bool good = copy(arena, diags, at, path, limit, bytes, out);
    if (files->calls->release != NULL)
        files->calls->release(files->user, bytes);
    return good;
}

bool
files_read(const struct files *files, struct arena *arena, struct diags *diags, struct pos at,
           const char *path, size_t limit, struct str *out)
{
    const struct files_named *named = find_named(files, path);

    if (named != NULL)
        return copy(arena, diags, at, path, limit, named->bytes, out);
    if (files->calls != NULL)
        return read_called(files, arena, diags, at, path, limit, out);
    if (strcmp(path, "-") == 0)
        return read_fd(arena, diags, at, "<stdin>", STDIN_FILENO, limit, out);
    /* O_NONBLOCK: a named pipe is to be refused, not waited for */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return refuse(diags, at, path, DIAG_IO_OPEN, diag_system(diags, errno));
    bool good = read_fd(arena, diags, at, path, fd, limit, out);
    (void)close(fd);
    return good;
}

/* The path without links and "..", or NULL with errno. */
static const char *
real_path(struct arena *arena, const char *path)
{
    char *real = realpath(path, NULL);
    const char *kept = real == NULL ? NULL : arena_printf(arena, "%s", real);

    free(real);
    return kept;
}

/* True when the real path of `path` lies below the real path of `dir`. */
static bool
leads_inside(struct arena *arena, const char *dir, const char *path)
{
    const char *real_dir = real_path(arena, dir), *real = real_path(arena, path);

    /* a file that does not exist leads nowhere: opening it gives the clearer message */
    return real_dir == NULL || real == NULL || path_below(real_dir, real) != NULL;
}

bool
files_read_inside(const struct files *files, struct arena *arena, struct diags *diags,
                  struct pos at, const char *dir, struct str name, size_t limit, struct str *out)
{
    const char *path = path_join(arena, dir, str_cstr(arena, name));

    if (!path_is_inside(name) || (is_of_system(files, path) && !leads_inside(arena, dir, path)))
        return refuse(diags, at, str_cstr(arena, name), DIAG_IO_OUTSIDE, dir);
    return files_read(files, arena, diags, at, path, limit, out);
}

/* ---- lists of folders */

struct names {
    struct arena *arena;
    struct files_list *list;
    size_t cap;
};

static void
add_name(void *to, const char *name)
{
    struct names *names = to;
    struct files_list *list = names->list;
    const char *own = arena_strndup(names->arena, name, strcspn(name, "/"));

    if (own[0] != '\0' && !path_is_dot(own))
        *ARENA_ADD(names->arena, list->name, list->count, names->cap, 16) = own;
}

static int
by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A name that is laid over may be there already, and folders in such names come with each file. */
static void
sort_names(struct files_list *list)
{
    size_t used = 0;

    if (list->count > 0)
        qsort(list->name, list->count, sizeof *list->name, by_bytes);
    for (size_t i = 0; i < list->count; i++) {
        if (used == 0 || strcmp(list->name[used - 1], list->name[i]) != 0)
            list->name[used++] = list->name[i];
    }
    list->count = used;
}

static bool
list_system(const char *path, struct names *names)
{
    DIR *dir = opendir(path);
    const struct dirent *entry;

    if (dir == NULL)
        return false;
    while ((entry = readdir(dir)) != NULL)
        add_name(names, entry->d_name);
    (void)closedir(dir);
    return true;
}

bool
files_list(const struct files *files, struct arena *arena, const char *path, struct files_list *out)
{
    struct names names = {arena, out, 0};

    *out = (struct files_list){NULL, 0};
    bool found = files->calls == NULL ? list_system(path, &names) : files_is_dir(files, path);
    if (files->calls != NULL)
        files->calls->list(files->user, path_shortest(path), add_name, &names);
    for (const struct files_named *at = files->named; at != NULL; at = at->next) {
        const char *name = path_below(path_shortest(path), path_shortest(at->path));
        if (name != NULL)
            add_name(&names, name);
        found = found || name != NULL;
    }
    sort_names(out);
    return found;
}

const char *
files_real(const struct files *files, struct arena *arena, const char *path)
{
    const char *real = is_of_system(files, path) ? real_path(arena, path) : NULL;

    return real == NULL ? path : real;
}

/* ---- writing */

/* Writes all of it; false with errno. */
static bool
put_all(int fd, struct str bytes)
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

/* Makes what was renamed in a folder outlast a crash, where the system can. */
static void
sync_dir(const char *dir)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0) {
        (void)fsync(fd);
        (void)close(fd);
    }
}

/* Closes a file; false with the errno of what failed first. */
static bool
close_after(int fd, bool good)
{
    int error = errno;

    if (close(fd) != 0 && good)
        return false;
    errno = error;
    return good;
}

static void
remove_quietly(const char *path)
{
    int error = errno;

    (void)remove(path);
    errno = error;
}

/* ---- where an output goes */

/* Where a symbolic link leads; NULL with errno. */
static const char *
read_link(struct arena *arena, const char *path)
{
    char target[4096];
    ssize_t len = readlink(path, target, sizeof target);

    if (len == (ssize_t)sizeof target)
        errno = ENAMETOOLONG;
    return len < 0 || len == (ssize_t)sizeof target ? NULL
                                                    : arena_strndup(arena, target, (size_t)len);
}

const char *
files_program(struct arena *arena)
{
    return read_link(arena, "/proc/self/exe");
}

/* The same as a path; NULL with errno. */
static const char *
link_target(struct arena *arena, const char *path)
{
    const char *target = read_link(arena, path);

    return target == NULL
               ? NULL
               : path_join(arena, path_dir(arena, path), path_without_slash(arena, target));
}

static bool
is_link(const char *path)
{
    struct stat info;

    return lstat(path, &info) == 0 && S_ISLNK(info.st_mode);
}

/* Where a path leads whose last part may be a symbolic link, or a chain of them, to something that
 * need not be there yet. NULL with errno, also where the system would not follow it. */
static const char *
follow(struct arena *arena, const char *path)
{
    struct stat info;

    if (!is_link(path))
        return path;
    /* what follows links by itself is not asked whether it may, where the system would refuse it: a
     * link that somebody else left in /tmp */
    if (stat(path, &info) != 0 && errno != ENOENT)
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
    struct str path = str_of(real_path(arena, dir));
    const char *process = arena_printf(arena, "/proc/%ld/", (long)getpid());

    /* /proc/self/fd, /proc/thread-self/fd */
    return str_starts(path, str_of(process)) && str_ends(path, STR("/fd"));
}

/* The number of the open file that a path stands for (/dev/stdout, /dev/fd/3, a link to one of
 * them), or -1. Writing to it by its name would put another file in its place, or start it anew. */
static int
descriptor_of(struct arena *arena, const char *path)
{
    for (int i = 0; path != NULL && i <= LINKS_MAX && is_link(path); i++) {
        const char *name = path_base(path);
        if (ascii_is_digit(name[0]) && is_own_descriptors(arena, path_dir(arena, path)))
            return atoi(name);
        path = link_target(arena, path);
    }
    return -1;
}

/* ---- what has another name until it is whole */

/* A name beside `path` that tells whose it is, should what has it never be whole. It is short
 * whatever the name in `path`, which may be as long as names can be. NULL with errno. */
static const char *
name_beside(struct arena *arena, const char *path)
{
    uint64_t number;

    if (getrandom(&number, sizeof number, 0) != (ssize_t)sizeof number)
        return NULL;
    const char *name = arena_printf(arena, "banthuek-%016llx.tmp", (unsigned long long)number);
    return path_join(arena, path_dir(arena, path), name);
}

struct beside {
    const char *name;
    int noted; /* by unfinished_begin() */
};

/* Makes something of a new name beside `path` and notes the name. What make() returns: -1 with
 * errno, EEXIST where another name is to be tried. */
static int
make_beside(struct arena *arena, const char *path, int (*make)(const char *name, const char *from),
            const char *from, struct beside *out)
{
    int made = -1;

    for (int i = 0; i < BESIDE_TRIES && made < 0; i++) {
        out->name = name_beside(arena, path);
        if (out->name == NULL)
            return -1;
        out->noted = unfinished_begin(out->name);
        made = make(out->name, from);
        if (made < 0)
            unfinished_done(out->noted);
        if (made < 0 && errno != EEXIST)
            return -1;
    }
    return made;
}

/* Renames a file; false with errno EEXIST when something has the new name already. Where the file
 * system cannot do that alone, an empty file takes the name first, which only one process can make.
 */
static bool
rename_new(const char *from, const char *to)
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
    remove_quietly(to);
    return false;
}

/* Gives what is whole its name, or removes it. */
static bool
take_name(const struct beside *beside, bool whole, const char *path, bool replace)
{
    bool good =
        whole && (replace ? rename(beside->name, path) == 0 : rename_new(beside->name, path));

    if (!good)
        remove_quietly(beside->name);
    unfinished_done(beside->noted);
    return good;
}

enum put { PUT_GOOD, PUT_FAILED, PUT_NOT_HERE };

static bool
fill(int fd, const char *path, struct str bytes)
{
    struct stat info;

    /* what is written anew stays as open or closed to others as it was */
    if (stat(path, &info) == 0 && fchmod(fd, info.st_mode & 0777) != 0)
        return false;
    return put_all(fd, bytes) && fsync(fd) == 0;
}

static int
link_to(const char *name, const char *open_file)
{
    return linkat(AT_FDCWD, open_file, AT_FDCWD, name, AT_SYMLINK_FOLLOW);
}

/* Gives an open file without a name its name, over an older file of it by way of another name. */
static enum put
name_it(struct arena *arena, int fd, const char *path, bool replace)
{
    const char *open_file = arena_printf(arena, "/proc/self/fd/%d", fd);
    struct beside beside;

    if (link_to(path, open_file) == 0)
        return PUT_GOOD;
    if (errno != EEXIST)
        return errno == ENOENT || errno == EPERM || errno == EOPNOTSUPP ? PUT_NOT_HERE : PUT_FAILED;
    if (!replace || make_beside(arena, path, link_to, open_file, &beside) != 0)
        return PUT_FAILED;
    return take_name(&beside, true, path, true) ? PUT_GOOD : PUT_FAILED;
}

/* Writes to a file that has no name until it is whole, so that nothing is left behind whatever
 * happens. Not every file system has such files. */
static enum put
write_unnamed(struct arena *arena, const char *path, struct str bytes, bool replace)
{
    int fd = open(path_dir(arena, path), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);

    if (fd < 0)
        return PUT_NOT_HERE;
    enum put put = fill(fd, path, bytes) ? name_it(arena, fd, path, replace) : PUT_FAILED;
    (void)close_after(fd, put == PUT_GOOD);
    return put;
}

/* A new file with the permissions that open() gives; mkstemp() gives others, and asking for the
 * umask changes it for all threads. */
static int
create(const char *name, const char *from)
{
    (void)from;
    return open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
}

static bool
write_named(struct arena *arena, const char *path, struct str bytes, bool replace)
{
    struct beside beside;
    int fd = make_beside(arena, path, create, NULL, &beside);

    if (fd < 0)
        return false;
    return take_name(&beside, close_after(fd, fill(fd, path, bytes)), path, replace);
}

static bool
write_whole(struct arena *arena, const char *path, struct str bytes, bool replace)
{
    enum put put = write_unnamed(arena, path, bytes, replace);

    if (put == PUT_NOT_HERE && write_named(arena, path, bytes, replace))
        put = PUT_GOOD;
    if (put == PUT_GOOD)
        sync_dir(path_dir(arena, path));
    return put == PUT_GOOD;
}

/* What is no regular file (a pipe, /dev/full) cannot be replaced by renaming. */
static bool
write_device(const char *path, struct str bytes, enum diag_code *fault)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);

    *fault = fd < 0 ? DIAG_IO_WRITE : DIAG_IO_WRITE_PART;
    return fd >= 0 && close_after(fd, put_all(fd, bytes));
}

static bool
write_to(struct arena *arena, const char *path, struct str bytes, enum diag_code *fault)
{
    int fd = strcmp(path, "-") == 0 ? STDOUT_FILENO : descriptor_of(arena, path);
    enum files_kind kind = files_kind(files_system(), path);

    *fault = fd < 0 ? DIAG_IO_WRITE : DIAG_IO_WRITE_PART;
    if (fd >= 0)
        return put_all(fd, bytes);
    errno = EISDIR;
    if (kind == FILES_FOLDER)
        return false;
    if (kind == FILES_OTHER)
        return write_device(path, bytes, fault);
    const char *target = follow(arena, path);
    return target != NULL && write_whole(arena, target, bytes, true);
}

bool
files_write(struct arena *arena, struct diags *diags, const char *path, struct str bytes)
{
    enum diag_code fault;

    if (write_to(arena, path, bytes, &fault))
        return true;
    return refuse(diags, POS_NONE, strcmp(path, "-") == 0 ? "<stdout>" : path, fault,
                  diag_system(diags, errno));
}

bool
files_write_new(struct arena *arena, struct diags *diags, const char *path, struct str bytes,
                enum diag_code taken)
{
    if (write_whole(arena, path, bytes, false))
        return true;
    if (errno == EEXIST)
        return refuse(diags, POS_NONE, path, taken, NULL);
    return refuse(diags, POS_NONE, path, DIAG_IO_WRITE, diag_system(diags, errno));
}

/* ---- folders */

const char *
files_folder_target(struct arena *arena, const char *path)
{
    const char *name = NULL;

    errno = ENOENT;
    if (path[0] != '\0')
        name = follow(arena, path_without_slash(arena, path));
    if (name == NULL)
        return NULL;
    const char *real = real_path(arena, name);
    if (real != NULL)
        return real;
    real = real_path(arena, path_dir(arena, name));
    return real == NULL ? NULL : path_join(arena, real, path_base(name));
}

/* A folder with the permissions of another, where that is there, so that one that others may not
 * open stays so. */
static int
make_like(const char *name, const char *like)
{
    struct stat info;

    if (mkdir(name, 0777) != 0)
        return -1;
    if (stat(like, &info) != 0 || chmod(name, info.st_mode & 07777) == 0)
        return 0;
    remove_quietly(name);
    return -1;
}

const char *
files_folder_beside(struct arena *arena, const char *path, int *noted)
{
    struct beside beside;

    if (make_beside(arena, path, make_like, path, &beside) != 0)
        return NULL;
    *noted = beside.noted;
    return beside.name;
}

int
files_folder_open(struct arena *arena, const char *dir, struct str name)
{
    char *path = arena_printf(arena, "%s/%.*s", dir, STR_FMT(name));

    for (char *at = path + strlen(dir) + 1; (at = strchr(at, '/')) != NULL; at++) {
        *at = '\0';
        bool good = mkdir(path, 0777) == 0 || errno == EEXIST;
        *at = '/';
        if (!good)
            return -1;
    }
    return create(path, NULL);
}

bool
files_append(int fd, struct str bytes)
{
    return put_all(fd, bytes);
}

bool
files_finish(int fd, bool good)
{
    return close_after(fd, good && fsync(fd) == 0);
}

bool
files_folder_put(struct arena *arena, const char *dir, struct str name, struct str bytes)
{
    int fd = files_folder_open(arena, dir, name);

    return fd >= 0 && files_finish(fd, put_all(fd, bytes));
}

/* Syncs all folders below one, the innermost first. */
static void
sync_folders(struct arena *arena, const char *path)
{
    DIR *dir = opendir(path);
    const struct dirent *entry;

    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        struct arena_mark mark = arena_mark(arena);
        /* a link is not followed */
        if ((entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN) && !path_is_dot(entry->d_name))
            sync_folders(arena, path_join(arena, path, entry->d_name));
        arena_reset(arena, mark);
    }
    if (dir != NULL)
        (void)closedir(dir);
    sync_dir(path);
}

bool
files_folder_rename(struct arena *arena, const char *from, const char *to)
{
    sync_folders(arena, from);
    /* rename() takes the place of an empty folder only */
    if (rename(from, to) != 0)
        return false;
    sync_dir(path_dir(arena, to));
    return true;
}
