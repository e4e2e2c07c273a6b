/* Whether the file of an archive is whole: what SQLite finds, and whether the indexes have what the
 * texts have. Nothing is written, so others may write meanwhile. */
#include <stdio.h>
#include <string.h>

#include "archive/cut.h"
#include "archive/paragraphs.h"
#include "archive/store_inner.h"
#include "base/arena.h"

/* ---- the file */

/* The first row of a pragma as words, unless it is `good` or there is none. What the file is too
 * damaged for is told so, too. */
static bool
ask_pragma(struct store *store, struct arena *arena, const char *sql, const char *good,
           struct str *what)
{
    sqlite3_stmt *row = NULL;
    int result = sqlite3_prepare_v2(store->db, sql, -1, &row, NULL);

    if (result == SQLITE_OK)
        result = sqlite3_step(row);
    if (result == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(row, 0);
        if (text != NULL && (good == NULL || strcmp(text, good) != 0))
            *what = str_of(arena_printf(arena, "%s", text));
        result = SQLITE_DONE;
    } else if ((result & 0xFF) == SQLITE_CORRUPT || (result & 0xFF) == SQLITE_NOTADB) {
        *what = str_of(arena_printf(arena, "%s", sqlite3_errmsg(store->db)));
        result = SQLITE_DONE;
    }
    (void)sqlite3_finalize(row);
    return result == SQLITE_DONE || store_failed(store, result);
}

bool
store_check(struct store *store, struct arena *arena, struct str *what)
{
    *what = STR("");
    return ask_pragma(store, arena, "PRAGMA integrity_check(1)", "ok", what) &&
           (what->len > 0 || ask_pragma(store, arena, "PRAGMA foreign_key_check", NULL, what));
}

/* ---- the indexes
 *
 * What an index has is listed by SQLite (fts5vocab), what it should have is cut out of the texts
 * again. Both are compared by one sum, in which each token of each block is mixed and which knows
 * no order: as FTS5 itself does it, but that one takes the lock of a writer all the while. */

struct sum {
    uint64_t all;
    int64_t block;
};

static uint64_t
mix(uint64_t x)
{
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9U;
    x = (x ^ x >> 27) * 0x94D049BB133111EBU;
    return x ^ x >> 31;
}

static void
sum_token(struct sum *sum, struct str token)
{
    uint64_t hash = (uint64_t)sum->block * 0x9E3779B97F4A7C15U;

    for (size_t i = 0; i < token.len; i++)
        hash = (hash ^ (unsigned char)token.ptr[i]) * 0x100000001B3U;
    sum->all += mix(hash);
}

/* Tokens of one block, each counted once: an index without places has no more. */
struct cutting {
    struct arena *arena;
    struct sum *sum;
    struct str *seen; /* a table with open addresses */
    size_t count, size;
};

static size_t
slot_of(const struct cutting *cutting, struct str token)
{
    uint64_t hash = 0xCBF29CE484222325U;

    for (size_t i = 0; i < token.len; i++)
        hash = (hash ^ (unsigned char)token.ptr[i]) * 0x100000001B3U;
    size_t at = mix(hash) & (cutting->size - 1);
    while (cutting->seen[at].ptr != NULL && !str_eq(cutting->seen[at], token))
        at = (at + 1) & (cutting->size - 1);
    return at;
}

static bool
take_token(void *user, struct str token, size_t from, size_t to, bool with_last)
{
    struct cutting *cutting = user;
    size_t at = slot_of(cutting, token);

    (void)from;
    (void)to;
    (void)with_last;
    if (cutting->seen[at].ptr == NULL && cutting->count < cutting->size / 2) {
        cutting->seen[at] = str_dup(cutting->arena, token);
        cutting->count++;
        sum_token(cutting->sum, token);
    }
    return true;
}

static void
sum_block(struct arena *arena, bool pairs, struct str folded, struct sum *sum)
{
    struct cutting cutting = {.arena = arena, .sum = sum, .size = 64};
    struct str rest = folded, line;
    unsigned char *ends = arena_alloc(arena, folded.len + 1);

    /* a token has a byte at least, parts of compounds come besides */
    while (cutting.size < 4 * (folded.len + 1))
        cutting.size *= 2;
    cutting.seen = arena_array(arena, cutting.size, sizeof *cutting.seen);
    memset(cutting.seen, 0, cutting.size * sizeof *cutting.seen);
    while (str_line(&rest, &line)) {
        if (pairs)
            (void)cut_pairs(line, take_token, &cutting);
        else
            (void)cut_words(line, true, ends, take_token, &cutting);
    }
}

static bool
sum_texts(struct store *store, bool pairs, struct sum *sum)
{
    struct arena *arena = arena_new(0);
    struct rows rows = store_ask(store, STORE_CHECK_BLOCKS, NO_CELLS);

    while (rows_next(&rows)) {
        struct arena_mark mark = arena_mark(arena);
        sum->block = rows_number(&rows, 0);
        sum_block(arena, pairs, rows_text(&rows, 1), sum);
        arena_reset(arena, mark);
    }
    arena_free(arena);
    return rows_end(&rows);
}

/* The tables that list an index lie in memory and are gone with the connection. */
static int
list_index(sqlite3 *db, bool pairs, sqlite3_stmt **rows)
{
    int result = sqlite3_exec(db,
                              pairs ? "CREATE VIRTUAL TABLE IF NOT EXISTS temp.all_pairs"
                                      " USING fts5vocab(main, pairs, instance)"
                                    : "CREATE VIRTUAL TABLE IF NOT EXISTS temp.all_words"
                                      " USING fts5vocab(main, words, instance)",
                              NULL, NULL, NULL);

    return result != SQLITE_OK ? result
                               : sqlite3_prepare_v2(db,
                                                    pairs ? "SELECT term, doc FROM temp.all_pairs"
                                                          : "SELECT term, doc FROM temp.all_words",
                                                    -1, rows, NULL);
}

/* A search goes to a term by other pages than who lists them all: it must come to as many blocks.
 */
struct seeking {
    sqlite3_stmt *ask;
    char term[256]; /* longer ones are not asked for */
    int64_t count;
};

static int
seek(struct seeking *seeking, bool *readable)
{
    int result = SQLITE_ROW;

    if (seeking->count > 0) {
        (void)sqlite3_bind_text(seeking->ask, 1, seeking->term, -1, SQLITE_STATIC);
        result = sqlite3_step(seeking->ask);
        *readable = *readable && (result != SQLITE_ROW ||
                                  sqlite3_column_int64(seeking->ask, 0) == seeking->count);
        (void)sqlite3_reset(seeking->ask);
    }
    seeking->count = 0;
    return result == SQLITE_ROW ? SQLITE_OK : result;
}

/* Terms come in their order. */
static int
seek_next(struct seeking *seeking, const char *term, bool *readable)
{
    int result = SQLITE_OK;

    if (seeking->count > 0 && strcmp(seeking->term, term) != 0)
        result = seek(seeking, readable);
    if (strlen(term) < sizeof seeking->term) {
        (void)snprintf(seeking->term, sizeof seeking->term, "%s", term);
        seeking->count++;
    }
    return result;
}

static int
count_of(sqlite3 *db, bool pairs, sqlite3_stmt **ask)
{
    return sqlite3_prepare_v2(db,
                              pairs ? "SELECT count(*) FROM temp.all_pairs WHERE term = ?1"
                                    : "SELECT count(*) FROM temp.all_words WHERE term = ?1",
                              -1, ask, NULL);
}

/* An index that cannot be read, or in which a term is not found, is none that agrees. */
static bool
sum_index(struct store *store, bool pairs, struct sum *sum, bool *readable)
{
    struct seeking seeking = {.count = 0};
    sqlite3_stmt *rows = NULL;
    int result = list_index(store->db, pairs, &rows);

    *readable = true;
    if (result == SQLITE_OK)
        result = count_of(store->db, pairs, &seeking.ask);
    while (result == SQLITE_OK && (result = sqlite3_step(rows)) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(rows, 0);
        const char *term = text == NULL ? "" : text;
        sum->block = sqlite3_column_int64(rows, 1);
        sum_token(sum, (struct str){term, (size_t)sqlite3_column_bytes(rows, 0)});
        result = seek_next(&seeking, term, readable);
    }
    if (result == SQLITE_DONE && seek(&seeking, readable) != SQLITE_OK)
        result = SQLITE_CORRUPT;
    (void)sqlite3_finalize(rows);
    (void)sqlite3_finalize(seeking.ask);
    *readable = *readable && (result & 0xFF) != SQLITE_CORRUPT && (result & 0xFF) != SQLITE_ERROR;
    return result == SQLITE_DONE || !*readable || store_failed(store, result);
}

bool
store_check_index(struct store *store, bool pairs, bool *agrees)
{
    struct sum texts = {0, 0}, index = {0, 0};
    bool readable = false;
    bool good = store_begin_read(store) && sum_index(store, pairs, &index, &readable) &&
                (!readable || sum_texts(store, pairs, &texts));

    store_end(store);
    *agrees = readable && index.all == texts.all;
    return good;
}
