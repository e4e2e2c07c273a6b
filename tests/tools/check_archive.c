/* Checks an archive from below, without what the command does besides: the database's own integrity, the chain, and that every
 * document and part that the archive has is what its hash says. Prints how many entries there are.
 * usage: check-archive ARCHIVE */
#include <sqlite3.h>
#include <stdio.h>

#include "archive/chain.h"
#include "archive/store_inner.h"
#include "base/arena.h"

static int
tell(const char *what)
{
    (void)printf("%s\n", what);
    return 1;
}

static bool
is_whole(struct store *store)
{
    sqlite3_stmt *row = NULL;
    bool good =
        sqlite3_prepare_v2(store->db, "PRAGMA integrity_check", -1, &row, NULL) == SQLITE_OK &&
        sqlite3_step(row) == SQLITE_ROW &&
        str_is(str_of((const char *)sqlite3_column_text(row, 0)), "ok");

    (void)sqlite3_finalize(row);
    return good;
}

static bool
contents_are_good(struct store *store, struct arena *arena)
{
    sqlite3_stmt *row = NULL;
    struct str bytes;
    bool good =
        sqlite3_prepare_v2(store->db, "SELECT id FROM content", -1, &row, NULL) == SQLITE_OK;

    while (good && sqlite3_step(row) == SQLITE_ROW) {
        struct arena_mark mark = arena_mark(arena);
        good = content_get(store, arena, sqlite3_column_int64(row, 0), &bytes);
        arena_reset(arena, mark);
    }
    (void)sqlite3_finalize(row);
    return good;
}

int
main(int argc, char **argv)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct store *store =
        argc != 2 ? NULL : store_open(diags, argv[1], &(struct store_options){STORE_WRITE, 0});
    struct chain_checked checked = {0};
    int status = 0;

    if (store == NULL)
        status = tell(diags_count(diags) == 0 ? "usage: check-archive ARCHIVE"
                                              : diag_code_name(diags_at(diags, 0)->code));
    else if (!is_whole(store))
        status = tell("the database is damaged");
    else if (!chain_check(store, CHAIN_OWN, &checked, NULL, NULL) || checked.fault != CHAIN_GOOD)
        status = tell("the chain is broken");
    else if (!contents_are_good(store, arena))
        status = tell("a content is not what it was");
    else
        (void)printf("%lld\n", (long long)checked.n);
    store_close(store);
    diags_free(diags);
    arena_free(arena);
    return status;
}
