#include "archive/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/files.h"
#include "base/path.h"

#define FUSE 0x65735546
#define MOUNTS_MAX ((size_t)4 << 20)

/* What statfs() calls file systems of other machines, and of the Windows around this one. */
static const struct shared {
    uint64_t magic;
    const char *name;
} shares[] = {
    {0x6969, "NFS"},        {0x517B, "SMB"},        {0xFE534D42, "SMB"},  {0xFF534D42, "SMB"},
    {0x564C, "NetWare"},    {0x01021997, "9p"},     {0x5346414F, "AFS"},  {0x73757245, "Coda"},
    {0x00C36400, "Ceph"},   {0x0BD00BD0, "Lustre"}, {0x47504653, "GPFS"}, {0x786F4256, "vboxsf"},
    {0xBACBACBC, "vmhgfs"},
};

/* The word of a line at an index, between blanks. */
static struct str
word_at(struct str line, size_t index)
{
    size_t at = 0;

    for (; index > 0 && at < line.len; index--) {
        while (at < line.len && line.ptr[at] != ' ')
            at++;
        at += at < line.len;
    }
    struct str rest = str_sub(line, at, line.len);
    size_t end = str_find(rest, STR(" "));
    return str_sub(rest, 0, end);
}

/* The type of the file system on a device, as mountinfo writes it: behind " - " of the line whose
 * third word is the device. */
static struct str
type_of(struct str mountinfo, struct str device)
{
    struct str line;

    while (str_line(&mountinfo, &line)) {
        size_t dash = str_find(line, STR(" - "));
        if (dash != SIZE_MAX && str_eq(word_at(line, 2), device))
            return word_at(str_sub(line, dash + 3, line.len), 0);
    }
    return STR("");
}

const char *
place_bad(struct arena *arena, uint64_t magic, struct str mountinfo, struct str device)
{
    for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++) {
        if (shares[i].magic == magic)
            return shares[i].name;
    }
    if (magic != FUSE)
        return NULL;
    struct str type = type_of(mountinfo, device);
    if (str_is(type, "fuseblk"))
        return NULL;
    return type.len == 0 ? "FUSE" : arena_printf(arena, "FUSE, %.*s", STR_FMT(type));
}

/* The path, or the nearest folder above it that is there. */
static const char *
existing(struct arena *arena, const char *path, struct stat *info)
{
    while (stat(path, info) != 0) {
        const char *above = path_dir(arena, path_without_slash(arena, path));
        if (strcmp(above, path) == 0)
            return NULL;
        path = above;
    }
    return path;
}

/* Files of /proc have no size that stat() tells. */
static struct str
read_mounts(struct arena *arena)
{
    struct buf text = buf_in(arena);
    char piece[4096];
    ssize_t got = 0;
    int fd = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC);

    while (fd >= 0 && text.len < MOUNTS_MAX && (got = read(fd, piece, sizeof piece)) > 0)
        buf_add(&text, (struct str){piece, (size_t)got});
    if (fd >= 0)
        (void)close(fd);
    return buf_str(&text);
}

bool
place_judge(struct arena *arena, struct diags *diags, const char *path, uint64_t magic,
            struct str mountinfo, struct str device)
{
    const char *bad = place_bad(arena, magic, mountinfo, device);

    if (bad != NULL)
        diag_add(diags, DIAG_ARCHIVE_PLACE, (struct pos){path, 0, 0}, bad, NULL, NULL);
    return bad == NULL;
}

bool
place_check(struct arena *arena, struct diags *diags, const char *path)
{
    struct stat info;
    struct statfs system;
    const char *there = existing(arena, path, &info);

    if (there == NULL || statfs(there, &system) != 0)
        return true;
    uint64_t magic = (uint64_t)system.f_type & 0xFFFFFFFF;
    const char *device = arena_printf(arena, "%u:%u", major(info.st_dev), minor(info.st_dev));
    return place_judge(arena, diags, path, magic, magic == FUSE ? read_mounts(arena) : STR(""),
                       str_of(device));
}

const char *
place_default(struct arena *arena, struct diags *diags, const char *given)
{
    const char *named = given != NULL && *given != '\0' ? given : getenv("BANTHUEK_ARCHIVE");
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");

    if (named != NULL && *named != '\0')
        return arena_printf(arena, "%s", named);
    /* a relative one is to be taken for none */
    if (data != NULL && *data == '/')
        return arena_printf(arena, "%s/banthuek/archive.db", data);
    if (home != NULL && *home == '/')
        return arena_printf(arena, "%s/.local/share/banthuek/archive.db", home);
    diag_add(diags, DIAG_ARCHIVE_NO_HOME, POS_NONE, NULL, NULL, NULL);
    return NULL;
}

/* Makes the folders above a file. False with errno. */
static bool
make_folders(struct arena *arena, const char *path)
{
    char *copy = arena_printf(arena, "%s", path);

    for (char *at = strchr(copy + 1, '/'); *copy != '\0' && at != NULL; at = strchr(at + 1, '/')) {
        *at = '\0';
        if (mkdir(copy, 0700) != 0 && errno != EEXIST)
            return false;
        *at = '/';
    }
    return true;
}

static bool
sync_folder(struct arena *arena, const char *path)
{
    int fd = open(path_dir(arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    int error = errno;

    if (fd >= 0)
        (void)close(fd);
    errno = error;
    return good;
}

int64_t
place_size(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 ? (int64_t)info.st_size : -1;
}

bool
place_make(struct arena *arena, struct diags *diags, const char *path)
{
    bool good = make_folders(arena, path);
    int fd = good ? open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600) : -1;

    if (fd >= 0)
        good = close(fd) == 0 && sync_folder(arena, path);
    else
        good = good && errno == EEXIST && place_size(path) >= 0; /* no link to nothing */
    if (!good)
        diag_add(diags, DIAG_ARCHIVE_CREATE, (struct pos){path, 0, 0}, diag_system(diags, errno),
                 NULL, NULL);
    return good;
}

void
place_keep_private(const char *path)
{
    (void)chmod(path, 0600);
}

bool
place_is_read_only(const char *path)
{
    struct statvfs system;

    return statvfs(path, &system) == 0 && (system.f_flag & ST_RDONLY) != 0;
}
