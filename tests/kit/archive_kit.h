/* What tests of archives work in: a folder of their own, with the path of an archive in it. */
#ifndef ARCHIVE_KIT_H
#define ARCHIVE_KIT_H

#include "test.h"

#include <stdio.h>
#include <unistd.h>

#include "archive/store_inner.h"

struct store_fixture {
    struct arena *arena;
    struct diags *diags;
    char dir[64];
    const char *path;
};

/* A struct of `size` bytes that begins with a store_fixture's members. */
static inline int
archive_setup_sized(void **state, size_t size)
{
    int result = fixture_open(state, size);
    struct store_fixture *f = *state;

    /* in memory, where there is such a folder: no test needs a disk that syncs */
    (void)snprintf(f->dir, sizeof f->dir, "%s/archive-test.XXXXXX",
                   access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(f->dir));
    f->path = arena_printf(f->arena, "%s/a.db", f->dir);
    return result;
}

static inline int
archive_setup(void **state)
{
    return archive_setup_sized(state, sizeof(struct store_fixture));
}

static inline int
archive_teardown(void **state)
{
    struct store_fixture *f = *state;

    assert_int_equal(system(arena_printf(f->arena, "rm -rf '%s'", f->dir)), 0);
    return fixture_teardown(state);
}

static inline struct store *
archive_open_as(struct store_fixture *f, enum store_mode mode)
{
    return store_open(f->diags, f->path, &(struct store_options){mode, 100});
}

/* Does to the file what no store would. */
static inline void
archive_run_sql(struct store_fixture *f, const char *sql)
{
    sqlite3 *db;

    assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    (void)sqlite3_close(db);
}

#endif
