#include "hand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/cut.h"
#include "archive/store_inner.h"
#include "base/arena.h"
#include "thai/fold.h"

#define COLUMNS 20

/* Tables in the order in which an entry is written. `rows` gives the entry that a row belongs to,
 * then its columns; ?1 and ?2 are the entries, the first not among them. */
static const struct table {
    const char *rows, *insert;
} tables[] = {
    {"SELECT (SELECT s.n FROM sealed AS s WHERE s.content <= c.id ORDER BY s.content DESC LIMIT 1)"
     " AS owner, c.id, c.sha256, c.size, c.kind, c.bytes FROM content AS c WHERE owner > ?1 AND"
     " owner <= ?2 AND c.id > (SELECT coalesce(max(content), 0) FROM sealed WHERE n <= ?1) ORDER BY"
     " c.id",
     "INSERT INTO content VALUES (?, ?, ?, ?, ?)"},
    {"SELECT d.n, k.* FROM kit AS k JOIN document AS d ON d.n = (SELECT min(n) FROM document WHERE"
     " kit = k.content) WHERE d.n > ?1 AND d.n <= ?2 ORDER BY d.n",
     "INSERT INTO kit VALUES (?, ?, ?, ?, ?)"},
    {"SELECT n, * FROM entry WHERE chain = 0 AND n > ?1 AND n <= ?2 ORDER BY n",
     "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)"},
    {"SELECT n, * FROM sealed WHERE chain = 0 AND n > ?1 AND n <= ?2 ORDER BY n",
     "INSERT INTO sealed VALUES (?, ?, ?, ?, ?)"},
    {"SELECT n, * FROM document WHERE chain = 0 AND n > ?1 AND n <= ?2 ORDER BY n",
     "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
    {"SELECT n, * FROM state WHERE chain = 0 AND n > ?1 AND n <= ?2 ORDER BY n",
     "INSERT INTO state VALUES (?, ?, ?, ?)"},
    {"SELECT n, * FROM person WHERE chain = 0 AND n > ?1 AND n <= ?2 ORDER BY n",
     "INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?)"},
    {"SELECT n, * FROM score WHERE chain = 0 AND n > ?1 AND n <= ?2 ORDER BY n",
     "INSERT INTO score VALUES (?, ?, ?, ?, ?)"},
    {"SELECT n, * FROM part WHERE chain = 0 AND n > ?1 AND n <= ?2 ORDER BY n",
     "INSERT INTO part VALUES (?, ?, ?, ?, ?, ?)"},
    {"SELECT (SELECT min(n) FROM holder WHERE block = p.id / 1024) AS owner, p.* FROM paragraph AS"
     " p WHERE owner > ?1 AND owner <= ?2 ORDER BY p.id",
     "INSERT INTO paragraph VALUES (?, ?)"},
    {"SELECT (SELECT min(n) FROM holder WHERE block = b.id) AS owner, b.* FROM block AS b WHERE"
     " owner > ?1 AND owner <= ?2 ORDER BY b.id",
     "INSERT INTO block VALUES (?, ?)"},
    {"SELECT (SELECT min(n) FROM holder WHERE block = b.id) AS owner, b.id, folded(b.z) FROM block"
     " AS b WHERE owner > ?1 AND owner <= ?2 ORDER BY b.id",
     "INSERT INTO pairs (rowid, folded) VALUES (?, ?)"},
    {"SELECT (SELECT min(n) FROM holder WHERE block = b.id) AS owner, b.id, folded(b.z) FROM block"
     " AS b WHERE owner > ?1 AND owner <= ?2 ORDER BY b.id",
     "INSERT INTO words (rowid, folded) VALUES (?, ?)"},
    {"SELECT n, * FROM holder WHERE chain = 0 AND n > ?1 AND n <= ?2 ORDER BY n, block",
     "INSERT INTO holder VALUES (?, ?, ?)"},
    {"SELECT n, * FROM text WHERE chain = 0 AND n > ?1 AND n <= ?2 ORDER BY n",
     "INSERT INTO text VALUES (?, ?, ?, ?)"},
};

#define TABLES (sizeof tables / sizeof tables[0])

struct row {
    long owner;
    int count;
    sqlite3_value *cell[COLUMNS];
};

struct loaded {
    struct row *list;
    size_t count, cap, at;
};

struct hand {
    struct store source, target; /* what the function folded() needs is in these */
    sqlite3_stmt *insert[TABLES];
    struct loaded rows[TABLES];
    long first, last;
};

static void
fail(sqlite3 *db, const char *what)
{
    (void)fprintf(stderr, "hand: %s: %s\n", what, sqlite3_errmsg(db));
    exit(1);
}

static void
run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail(db, sql);
}

static void
open_as(struct store *store, const char *path, int flags)
{
    store->arena = arena_new(0);
    store->packer = packer_open(store->arena);
    if (sqlite3_open_v2(path, &store->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK ||
        store_add_functions(store) != SQLITE_OK)
        fail(store->db, path);
    run(store->db,
        "PRAGMA cache_size = -8192; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL");
}

/* The same tables: as they stand in the other file. */
static void
make_tables(struct hand *hand)
{
    sqlite3_stmt *ask;

    run(hand->target.db, "PRAGMA page_size = 1024; PRAGMA journal_mode = WAL; BEGIN");
    (void)sqlite3_prepare_v2(hand->source.db,
                             "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE"
                             " 'pairs\\__%' ESCAPE '\\' AND name NOT LIKE 'words\\__%' ESCAPE '\\'"
                             " ORDER BY rowid",
                             -1, &ask, NULL);
    while (sqlite3_step(ask) == SQLITE_ROW)
        run(hand->target.db, (const char *)sqlite3_column_text(ask, 0));
    (void)sqlite3_finalize(ask);
    run(hand->target.db, "INSERT INTO pairs (pairs, rank) VALUES ('usermerge', 2);"
                         " INSERT INTO words (words, rank) VALUES ('usermerge', 2);"
                         " INSERT INTO chain VALUES (0, 'hand', ''); COMMIT");
    (void)sqlite3_wal_autocheckpoint(hand->target.db, 4096);
}

struct hand *
hand_open(const char *source, const char *target)
{
    struct hand *hand = calloc(1, sizeof *hand);

    open_as(&hand->source, source, SQLITE_OPEN_READONLY);
    if (target == NULL)
        return hand;
    open_as(&hand->target, target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    make_tables(hand);
    for (size_t i = 0; i < TABLES; i++) {
        if (sqlite3_prepare_v2(hand->target.db, tables[i].insert, -1, &hand->insert[i], NULL) !=
            SQLITE_OK)
            fail(hand->target.db, tables[i].insert);
    }
    return hand;
}

void
hand_close(struct hand *hand)
{
    for (size_t i = 0; i < TABLES; i++)
        (void)sqlite3_finalize(hand->insert[i]);
    (void)sqlite3_close(hand->source.db);
    (void)sqlite3_close(hand->target.db);
    free(hand);
}

/* ---- adding */

static void
load_table(struct hand *hand, size_t table, long last)
{
    struct loaded *rows = &hand->rows[table];
    sqlite3_stmt *ask;

    if (sqlite3_prepare_v2(hand->source.db, tables[table].rows, -1, &ask, NULL) != SQLITE_OK)
        fail(hand->source.db, tables[table].rows);
    (void)sqlite3_bind_int64(ask, 1, hand->last);
    (void)sqlite3_bind_int64(ask, 2, last);
    while (sqlite3_step(ask) == SQLITE_ROW) {
        if (rows->count == rows->cap) {
            rows->cap = rows->cap == 0 ? 1024 : 2 * rows->cap;
            rows->list = realloc(rows->list, rows->cap * sizeof *rows->list);
        }
        struct row *row = &rows->list[rows->count++];
        row->owner = (long)sqlite3_column_int64(ask, 0);
        row->count = sqlite3_column_count(ask) - 1;
        for (int i = 0; i < row->count; i++)
            row->cell[i] = sqlite3_value_dup(sqlite3_column_value(ask, i + 1));
    }
    (void)sqlite3_finalize(ask);
}

void
hand_load(struct hand *hand, long last)
{
    for (size_t i = 0; i < TABLES; i++)
        load_table(hand, i, last);
    hand->first = hand->last + 1;
    hand->last = last;
}

static void
put_row(struct hand *hand, size_t table, struct row *row)
{
    sqlite3_stmt *insert = hand->insert[table];

    for (int i = 0; i < row->count; i++)
        (void)sqlite3_bind_value(insert, i + 1, row->cell[i]);
    if (sqlite3_step(insert) != SQLITE_DONE)
        fail(hand->target.db, tables[table].insert);
    (void)sqlite3_reset(insert);
}

static void
forget(struct loaded *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        for (int k = 0; k < rows->list[i].count; k++)
            sqlite3_value_free(rows->list[i].cell[k]);
    }
    rows->count = rows->at = 0;
}

void
hand_store(struct hand *hand, int group)
{
    for (long n = hand->first; n <= hand->last; n++) {
        if ((n - hand->first) % group == 0)
            run(hand->target.db, "BEGIN IMMEDIATE");
        for (size_t i = 0; i < TABLES; i++) {
            struct loaded *rows = &hand->rows[i];
            while (rows->at < rows->count && rows->list[rows->at].owner == n)
                put_row(hand, i, &rows->list[rows->at++]);
        }
        if ((n - hand->first) % group == group - 1 || n == hand->last)
            run(hand->target.db, "INSERT INTO pairs (pairs, rank) VALUES ('merge', 8);"
                                 " INSERT INTO words (words, rank) VALUES ('merge', 8); COMMIT");
    }
    for (size_t i = 0; i < TABLES; i++) {
        if (hand->rows[i].at != hand->rows[i].count)
            fail(hand->target.db, "rows are left");
        forget(&hand->rows[i]);
    }
}

/* ---- asking */

struct asked {
    char out[4096];
    size_t len;
};

static bool
put_pair(void *user, struct str token, size_t from, size_t to, bool with_last)
{
    struct asked *asked = user;

    (void)from;
    (void)to;
    (void)with_last;
    asked->len +=
        (size_t)snprintf(asked->out + asked->len, sizeof asked->out - asked->len, "%s\"%.*s\"",
                         asked->len == 0 ? "" : " AND ", (int)token.len, token.ptr);
    return true;
}

/* Takes all columns, as who prints them does. */
static int
count_rows(sqlite3_stmt *ask)
{
    int count = 0;
    long bytes = 0;

    while (sqlite3_step(ask) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(ask); i++) {
            (void)sqlite3_column_text(ask, i);
            bytes += sqlite3_column_bytes(ask, i);
        }
        count++;
    }
    (void)sqlite3_finalize(ask);
    return bytes < 0 ? -1 : count;
}

int
hand_search(struct hand *hand, const char *term, int limit)
{
    struct arena *arena = arena_new(0);
    struct asked asked = {.len = 0};
    struct str folded = fold_text(arena, str_of(term));
    sqlite3_stmt *ask;

    (void)cut_pairs(folded, put_pair, &asked);
    if (sqlite3_prepare_v2(hand->source.db,
                           "SELECT DISTINCT d.chain, d.n, d.year, d.agency, d.number, d.date,"
                           " d.subject, d.level, d.score, d.kind, d.file FROM pairs AS p JOIN"
                           " block AS b ON b.id = p.rowid JOIN holder AS h ON h.block = p.rowid"
                           " JOIN document AS d ON d.chain = h.chain AND d.n = h.n WHERE pairs"
                           " MATCH ?1 AND instr(folded(b.z), ?2) > 0 AND d.secret IS NULL AND"
                           " d.newer IS NULL ORDER BY d.year DESC, d.date DESC, d.chain DESC,"
                           " d.n DESC LIMIT ?3",
                           -1, &ask, NULL) != SQLITE_OK)
        fail(hand->source.db, "search");
    (void)sqlite3_bind_text(ask, 1, asked.out, (int)asked.len, SQLITE_STATIC);
    (void)sqlite3_bind_text(ask, 2, folded.ptr, (int)folded.len, SQLITE_STATIC);
    (void)sqlite3_bind_int(ask, 3, limit);
    int count = count_rows(ask);
    arena_free(arena);
    return count;
}

int
hand_list(struct hand *hand)
{
    sqlite3_stmt *ask;

    /* a command begins with nothing in memory, and lists once */
    (void)sqlite3_db_release_memory(hand->source.db);
    if (sqlite3_prepare_v2(hand->source.db,
                           "SELECT d.chain, d.n, d.year, d.agency, d.number, d.date, d.subject,"
                           " d.level, d.score, d.kind, d.file, c.name FROM document AS d JOIN"
                           " chain AS c ON c.id = d.chain WHERE d.secret IS NULL AND d.newer IS"
                           " NULL ORDER BY d.year DESC, d.agency, length(d.number), d.number,"
                           " d.date, d.chain, d.n",
                           -1, &ask, NULL) != SQLITE_OK)
        fail(hand->source.db, "list");
    return count_rows(ask);
}
