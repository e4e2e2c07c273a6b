/* A disk of which the power is cut: a VFS over the default one that writes down everything that
 * SQLite does to files, so that what a disk may hold afterwards can be put together. What was
 * written before the last sync of its file is there; what was written after is there, missing, in
 * any order, or torn between sectors. Or a disk of which one write fails.
 *
 * The first sync of a log that was opened to be made syncs its folder too (SQLite's unixSync()
 * does): from then on files have the names that they have, and those that were removed have none.
 */
#ifndef POWER_KIT_H
#define POWER_KIT_H

#include "archive_kit.h"

#define POWER_SECTOR 512
#define POWER_FILES 3
#define POWER_IMAGE_MAX ((size_t)64 << 20)

enum power_op { POWER_WRITE, POWER_TRUNCATE, POWER_SYNC, POWER_DELETE, POWER_MARK };

struct power_event {
    enum power_op op;
    size_t file;      /* 0: the archive, 1: its log, 2: its journal */
    sqlite3_int64 at; /* offset, size, or what is marked; 1: the folder is synced */
    char *data;
    size_t len;
};

/* One disk at a time: SQLite hands its callbacks nothing else. */
static struct power {
    sqlite3_vfs vfs, *real;
    struct power_event *event;
    size_t count, cap;
    long fail_in; /* so many calls that write until one fails; below 1: none does */
    bool quiet;   /* nothing is written down any more, and nothing is synced */
    bool failed;
    int fault; /* what that one returns */
} power;

struct power_file {
    sqlite3_file base;
    size_t file;
    bool logged, syncs_folder;
    sqlite3_file *real;
};

static inline void
power_add(enum power_op op, size_t file, sqlite3_int64 at, const void *data, size_t len)
{
    if (power.quiet)
        return;
    if (power.count == power.cap) {
        power.cap = 2 * power.cap + 64;
        power.event = realloc(power.event, power.cap * sizeof *power.event);
        assert_non_null(power.event);
    }
    struct power_event *event = &power.event[power.count++];
    *event = (struct power_event){op, file, at, NULL, len};
    if (len > 0)
        event->data = memcpy(malloc(len), data, len);
}

/* Notes that something was acknowledged. */
static inline void
power_mark(sqlite3_int64 what)
{
    power_add(POWER_MARK, 0, what, NULL, 0);
}

static inline bool
power_fails(void)
{
    if (power.fail_in < 1 || --power.fail_in > 0)
        return false;
    power.failed = true;
    return true;
}

#define POWER_REAL(file) (((struct power_file *)(file))->real)

static inline int
power_close(sqlite3_file *file)
{
    int result = POWER_REAL(file)->pMethods->xClose(POWER_REAL(file));

    free(POWER_REAL(file));
    return result;
}

static inline int
power_read(sqlite3_file *file, void *to, int len, sqlite3_int64 at)
{
    return POWER_REAL(file)->pMethods->xRead(POWER_REAL(file), to, len, at);
}

static inline int
power_write(sqlite3_file *file, const void *from, int len, sqlite3_int64 at)
{
    const struct power_file *own = (struct power_file *)file;

    if (own->logged && power_fails()) {
        /* where a disk is full, the first bytes of a write still have room */
        if (power.fault == SQLITE_FULL && len > 1)
            (void)own->real->pMethods->xWrite(own->real, from, len / 2, at);
        return power.fault;
    }
    if (own->logged)
        power_add(POWER_WRITE, own->file, at, from, (size_t)len);
    return own->real->pMethods->xWrite(own->real, from, len, at);
}

static inline int
power_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    const struct power_file *own = (struct power_file *)file;

    if (own->logged && power_fails())
        return SQLITE_IOERR_TRUNCATE;
    if (own->logged)
        power_add(POWER_TRUNCATE, own->file, size, NULL, 0);
    return own->real->pMethods->xTruncate(own->real, size);
}

static inline int
power_sync(sqlite3_file *file, int flags)
{
    struct power_file *own = (struct power_file *)file;

    (void)flags;
    if (own->logged && power_fails())
        return SQLITE_IOERR_FSYNC;
    if (own->logged)
        power_add(POWER_SYNC, own->file, own->syncs_folder, NULL, 0);
    own->syncs_folder = false;
    return SQLITE_OK; /* what is kept is told by the replay */
}

static inline int
power_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return POWER_REAL(file)->pMethods->xFileSize(POWER_REAL(file), size);
}

static inline int
power_lock(sqlite3_file *file, int lock)
{
    return POWER_REAL(file)->pMethods->xLock(POWER_REAL(file), lock);
}

static inline int
power_unlock(sqlite3_file *file, int lock)
{
    return POWER_REAL(file)->pMethods->xUnlock(POWER_REAL(file), lock);
}

static inline int
power_reserved(sqlite3_file *file, int *out)
{
    return POWER_REAL(file)->pMethods->xCheckReservedLock(POWER_REAL(file), out);
}

static inline int
power_control(sqlite3_file *file, int op, void *arg)
{
    return POWER_REAL(file)->pMethods->xFileControl(POWER_REAL(file), op, arg);
}

static inline int
power_sector(sqlite3_file *file)
{
    (void)file;
    return POWER_SECTOR;
}

static inline int
power_device(sqlite3_file *file)
{
    (void)file;
    return 0; /* nothing is promised: no atomic writes, no order */
}

static inline int
power_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
    return POWER_REAL(file)->pMethods->xShmMap(POWER_REAL(file), page, size, extend, out);
}

static inline int
power_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    return POWER_REAL(file)->pMethods->xShmLock(POWER_REAL(file), offset, n, flags);
}

static inline void
power_shm_barrier(sqlite3_file *file)
{
    POWER_REAL(file)->pMethods->xShmBarrier(POWER_REAL(file));
}

static inline int
power_shm_unmap(sqlite3_file *file, int remove)
{
    return POWER_REAL(file)->pMethods->xShmUnmap(POWER_REAL(file), remove);
}

static const sqlite3_io_methods power_methods = {
    .iVersion = 2,
    .xClose = power_close,
    .xRead = power_read,
    .xWrite = power_write,
    .xTruncate = power_truncate,
    .xSync = power_sync,
    .xFileSize = power_size,
    .xLock = power_lock,
    .xUnlock = power_unlock,
    .xCheckReservedLock = power_reserved,
    .xFileControl = power_control,
    .xSectorSize = power_sector,
    .xDeviceCharacteristics = power_device,
    .xShmMap = power_shm_map,
    .xShmLock = power_shm_lock,
    .xShmBarrier = power_shm_barrier,
    .xShmUnmap = power_shm_unmap,
};

static inline size_t
power_index(const char *name)
{
    struct str path = str_of(name);

    return str_ends(path, STR("-wal")) ? 1 : str_ends(path, STR("-journal")) ? 2 : 0;
}

static inline int
power_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    struct power_file *own = (struct power_file *)file;

    (void)vfs;
    *own = (struct power_file){.real = calloc(1, (size_t)power.real->szOsFile)};
    own->logged = name != NULL &&
                  (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
    own->file = own->logged ? power_index(name) : 0;
    own->syncs_folder = own->file > 0 && (flags & SQLITE_OPEN_CREATE) != 0;
    int result = power.real->xOpen(power.real, name, own->real, flags, out);
    if (result == SQLITE_OK)
        own->base.pMethods = &power_methods;
    else
        free(own->real);
    return result;
}

static inline int
power_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    power_add(POWER_DELETE, power_index(name), sync, NULL, 0);
    return power.real->xDelete(power.real, name, sync);
}

/* From now on everything goes through it, until power_end(). */
static inline void
power_begin(void)
{
    power = (struct power){.real = sqlite3_vfs_find(NULL), .fault = SQLITE_IOERR_WRITE};
    power.vfs = *power.real;
    power.vfs.zName = "power";
    power.vfs.szOsFile = sizeof(struct power_file);
    power.vfs.xOpen = power_open;
    power.vfs.xDelete = power_delete;
    power.vfs.pNext = NULL;
    assert_int_equal(sqlite3_vfs_register(&power.vfs, 1), SQLITE_OK);
}

/* The events stay until power_free(). */
static inline void
power_end(void)
{
    assert_int_equal(sqlite3_vfs_unregister(&power.vfs), SQLITE_OK);
    assert_int_equal(sqlite3_vfs_register(power.real, 1), SQLITE_OK);
}

static inline void
power_free(void)
{
    for (size_t i = 0; i < power.count; i++)
        free(power.event[i].data);
    free(power.event);
}

/* ---- what the disk holds */

struct power_image {
    bool there;
    char *data;
    size_t len;
};

static inline uint32_t
power_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

static inline void
power_resize(struct power_image *image, size_t len)
{
    assert_true(len <= POWER_IMAGE_MAX);
    if (len > image->len) {
        image->data = realloc(image->data, len);
        assert_non_null(image->data);
        memset(image->data + image->len, 0, len - image->len);
    }
    image->len = len;
}

/* `torn` is a seed: each sector of a write is there or not; NULL: all are. */
static inline void
power_apply(struct power_image *image, const struct power_event *event, uint32_t *torn)
{
    if (event->op == POWER_TRUNCATE) {
        power_resize(image, (size_t)event->at);
        return;
    }
    for (size_t from = 0, to; from < event->len; from = to) {
        size_t place = (size_t)event->at + from;
        to = from + POWER_SECTOR - place % POWER_SECTOR;
        to = to < event->len ? to : event->len;
        if (torn != NULL && power_random(torn) % 2 == 0)
            continue;
        if (place + to - from > image->len)
            power_resize(image, place + to - from);
        memcpy(image->data + place, event->data + from, to - from);
    }
    image->there = true;
}

/* What of the events behind its last sync a file has got: each is there, missing or torn, in any
 * order. */
static inline void
power_apply_some(struct power_image *image, const struct power_event **pending, size_t count,
                 uint32_t *seed)
{
    for (size_t i = count; i > 1; i--) {
        size_t k = power_random(seed) % 3 == 0 ? power_random(seed) % i : i - 1;
        const struct power_event *swap = pending[i - 1];
        pending[i - 1] = pending[k];
        pending[k] = swap;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t luck = power_random(seed) % 3;
        if (luck > 0)
            power_apply(image, pending[i], luck == 1 ? seed : NULL);
    }
}

/* A name that was taken away without a sync of the folder may still lead to what it led to, until a
 * new file of that name is synced. */
static inline void
power_take_away(struct power_image *image, struct power_image *old, bool for_sure, uint32_t *seed)
{
    if (for_sure || power_random(seed) % 2 == 0)
        free(image->data);
    else if (!old->there)
        *old = *image;
    else
        free(image->data);
    *image = (struct power_image){.there = false};
}

static inline void
power_file_image(size_t file, size_t prefix, uint32_t *seed, struct power_image *image)
{
    const struct power_event **pending = calloc(prefix + 1, sizeof *pending);
    struct power_image old = {.there = false};
    size_t count = 0;

    assert_non_null(pending);
    for (size_t i = 0; i < prefix; i++) {
        const struct power_event *event = &power.event[i];
        if (event->op == POWER_SYNC && event->at != 0) {
            free(old.data);
            old = (struct power_image){.there = false};
        }
        if (event->file != file || event->op == POWER_MARK)
            continue;
        if (event->op == POWER_WRITE || event->op == POWER_TRUNCATE) {
            pending[count++] = event;
            continue;
        }
        if (event->op == POWER_SYNC) {
            for (size_t k = 0; k < count; k++)
                power_apply(image, pending[k], NULL);
            image->there = true;
        } else {
            power_take_away(image, &old, event->at != 0, seed);
        }
        count = 0;
    }
    power_apply_some(image, pending, count, seed);
    free(pending);
    if (old.there) {
        free(image->data);
        *image = old;
    }
}

/* Writes the disk as it may be after the first `prefix` events to `path` and beside it. */
static inline void
power_replay(const char *path, size_t prefix, uint32_t seed)
{
    static const char *const endings[] = {"", "-wal", "-journal"};
    char name[512];

    for (size_t i = 0; i < POWER_FILES; i++) {
        struct power_image image = {.there = i == 0};
        power_file_image(i, prefix, &seed, &image);
        (void)snprintf(name, sizeof name, "%s%s", path, endings[i]);
        (void)remove(name);
        if (image.there) {
            FILE *out = fopen(name, "wb");
            assert_non_null(out);
            assert_true(image.len == 0 || fwrite(image.data, 1, image.len, out) == image.len);
            assert_int_equal(fclose(out), 0);
        }
        free(image.data);
    }
    (void)snprintf(name, sizeof name, "%s-shm", path);
    (void)remove(name);
}

/* The last mark among the first `prefix` events; 0: there is none. */
static inline sqlite3_int64
power_marked(size_t prefix)
{
    sqlite3_int64 last = 0;

    for (size_t i = 0; i < prefix; i++)
        last = power.event[i].op == POWER_MARK ? power.event[i].at : last;
    return last;
}

#endif
