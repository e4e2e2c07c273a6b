/* The store: what an archive keeps, in a SQLite database. Nothing above this header knows that, so
 * another store could follow: a store is opened, transactions are begun and ended, contents are put
 * and got by hash, and what else there is to ask or to change is a query with a name.
 *
 * All text of SQL stands in the files store*.c and store_*.def, as it was written there: values
 * come to it as parameters only, and nothing is put together. Who needs another query adds a line
 * to the file of its part:
 *
 *   store_core.def      contents, entries, the chain, documents and what belongs to them
 *   store_list.def      listing and showing
 *   store_search.def    texts and the two indexes
 *   store_register.def  numbers
 *   store_bag.def       export, import
 *   store_verify.def    verifying
 *
 * The tables stand in store_schema.c.
 *
 * Messages: a function that fails has added ARCHIVE_… to the list of store_use() and leaves the
 * transaction open: the caller rolls it back. What failed once may be tried again.
 *
 * One store belongs to one thread. Any number of processes may have the same archive open; one
 * writes at a time, the others wait for it (STORE_WAIT_MS), and readers see what was there when
 * their transaction began. */
#ifndef ARCHIVE_STORE_H
#define ARCHIVE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/hash.h"
#include "base/str.h"

struct arena;
struct store;

/* ---- opening */

enum store_mode {
    STORE_READ,   /* nothing is changed; there has to be an archive */
    STORE_WRITE,  /* there has to be one */
    STORE_CREATE, /* made where there is none */
};

#define STORE_WAIT_MS 30000 /* for another who writes */

struct store_options {
    enum store_mode mode;
    int wait_ms; /* 0: STORE_WAIT_MS */
};

/* Opens the archive at `path` (place_default()). Where it lies is checked (place.h), then whether
 * it is one of ours, of this version or older, which is brought up to this one. NULL with
 * ARCHIVE_PLACE, ARCHIVE_NONE (there is none), ARCHIVE_CREATE, ARCHIVE_OTHER (another program's
 * file), ARCHIVE_NEWER, ARCHIVE_OLDER (and only to be read), ARCHIVE_TRUNCATED, ARCHIVE_DAMAGED,
 * ARCHIVE_LOCKED, ARCHIVE_READ_ONLY or ARCHIVE_IO. */
struct store *store_open(struct diags *diags, const char *path,
                         const struct store_options *options);
void store_close(struct store *store); /* takes NULL; an open transaction is rolled back */

/* Who hears of what goes wrong from now on. */
void store_use(struct store *store, struct diags *diags);
struct diags *store_diags(const struct store *store);
const char *store_path(const struct store *store);
struct pos store_pos(const struct store *store); /* the archive, as the place of a message */

/* Adds the message of a fault that is no fault of the file system: a row that cannot be as this
 * program wrote it. `what` names it in few words. Always false. */
bool store_damaged(struct store *store, const char *what);

/* ---- transactions */

/* Begins one that writes; the only one in all processes. False with ARCHIVE_LOCKED,
 * ARCHIVE_READ_ONLY, …. */
bool store_begin(struct store *store);

/* Begins one that reads: all queries until store_end() see the same state. To be kept short, for
 * the log grows meanwhile. */
bool store_begin_read(struct store *store);

/* What was written is there from now on, whatever happens to the machine: it has been synced when
 * this returns true. False: nothing of it is there. */
bool store_commit(struct store *store);

/* Ends a transaction; what was written and not committed is undone. Nothing is done without one. */
void store_end(struct store *store);

/* How much of the file is kept in memory: 8 MiB, for what is asked again and again, or 1 MiB, while
 * many rows are read once each. */
void store_cache_few(struct store *store, bool few);

/* Brings the log into the file and makes it empty, after many changes or a removal. False where
 * readers or writers are in the way: then it stays, which is no fault. */
bool store_tidy(struct store *store);

/* ---- queries */

/* A value of a row. */
enum cell_kind { CELL_NONE, CELL_NUMBER, CELL_TEXT, CELL_BYTES };

struct cell {
    enum cell_kind kind;
    int64_t number;
    struct str text; /* must stay while the query runs */
};

static inline struct cell
cell_number(int64_t number)
{
    return (struct cell){CELL_NUMBER, number, {NULL, 0}};
}

static inline struct cell
cell_text(struct str text)
{
    return (struct cell){CELL_TEXT, 0, text};
}

/* None where the text is empty. */
static inline struct cell
cell_filled(struct str text)
{
    return (struct cell){text.len == 0 ? CELL_NONE : CELL_TEXT, 0, text};
}

static inline struct cell
cell_bytes(struct str bytes)
{
    return (struct cell){CELL_BYTES, 0, bytes};
}

static inline struct cell
cell_hash(const struct hash *hash)
{
    return cell_bytes((struct str){(const char *)hash->bytes, HASH_SIZE});
}

static inline struct cell
cell_none(void)
{
    return (struct cell){CELL_NONE, 0, {NULL, 0}};
}

enum store_query {
#define Q(name, sql) STORE_##name,
#include "archive/store_all.def"
#undef Q
    STORE_QUERIES
};

/* The values of a query, in the order of its parameters: store_do(store, STORE_X,
 * CELLS(cell_number(1), cell_text(name))), or NO_CELLS. */
#define CELLS(...)                      \
    (const struct cell[]){__VA_ARGS__}, \
        sizeof((const struct cell[]){__VA_ARGS__}) / sizeof(struct cell)
#define NO_CELLS NULL, 0

/* Runs a query that gives no rows. */
bool store_do(struct store *store, enum store_query query, const struct cell *values, size_t count);

/* The key that the last store_do() made. */
int64_t store_new_key(const struct store *store);

/* The rows of a query, one after the other:
 *
 *   struct rows rows = store_ask(store, STORE_X, CELLS(…));
 *   while (rows_next(&rows))
 *       … rows_text(&rows, 0) …
 *   if (!rows_end(&rows))
 *       return false;
 *
 * rows_end() is needed in any case, and may come before the last row. The same query may be asked
 * again while its rows are read. */
struct rows {
    struct store *store;
    void *statement;
    enum store_query query;
    bool kept, failed;
};

struct rows store_ask(struct store *store, enum store_query query, const struct cell *values,
                      size_t count);
bool rows_next(struct rows *rows);
bool rows_end(struct rows *rows);

/* The cell of a column, from 0. Texts and bytes live until the next row. */
bool rows_is_none(const struct rows *rows, int column);
int64_t rows_number(const struct rows *rows, int column);
struct str rows_text(const struct rows *rows, int column);             /* bytes too */
bool rows_hash(const struct rows *rows, int column, struct hash *out); /* false: not 32 bytes */

/* The first cell of the first row as a number; `otherwise` where there is no row, or none in it.
 * False where the query failed. */
bool store_number(struct store *store, enum store_query query, const struct cell *values,
                  size_t count, int64_t otherwise, int64_t *out);

/* ---- whether it is whole */

/* What SQLite finds wrong with the file first, or an entry that a row names and that is not there;
 * *what is empty where there is nothing. False where that could not be asked. */
bool store_check(struct store *store, struct arena *arena, struct str *what);

/* Whether an index, that of pairs or that of words, has all that the texts have, and nothing else.
 */
bool store_check_index(struct store *store, bool pairs, bool *agrees);

/* ---- what the archive says of itself */

/* A text by its key; *out is empty where there is none. Keys: "id" (128 random bits, hexadecimal
 * digits), "words" (the hash of the word lists that the index was made with), "name" (what the
 * archive calls itself). */
bool store_meta(struct store *store, struct arena *arena, const char *key, struct str *out);
bool store_set_meta(struct store *store, const char *key, struct str value);

/* Bytes made smaller, and again (pack.h). */
struct str store_pack(struct store *store, struct arena *arena, struct str bytes);
struct str store_pack_once(struct store *store, struct arena *arena, const struct hash *hash,
                           struct str bytes);
bool store_unpack(struct store *store, struct arena *arena, struct str packed, struct str *bytes);

/* ---- contents: bytes that are kept once, whoever asks for them, and never altered */

enum content_kind {
    CONTENT_GIVEN = 1, /* as it was given: never packed, so that a damaged place damages little */
    CONTENT_PART = 2,  /* of a report: data, template, rubric, findings */
    CONTENT_ASSET = 3  /* a font, an emblem */
};

/* Keeps bytes. *key is that of the content, which was there before or is made; *is_new may be
 * NULL. */
bool content_put(struct store *store, enum content_kind kind, struct str bytes, struct hash *hash,
                 int64_t *key, bool *is_new);

/* The same of bytes of which the hash is known, and that may be packed already (store_pack()): what
 * is done before the transaction keeps nobody waiting. `kept` is empty where they are not. */
struct content {
    enum content_kind kind;
    struct str bytes, kept;
    struct hash hash;
};
bool content_put_known(struct store *store, const struct content *content, int64_t *key);

/* The key of a content by its hash; 0 where there is none. */
bool content_find(struct store *store, const struct hash *hash, int64_t *key);

/* The bytes, in `arena`, after they were compared with their hash. False with ARCHIVE_CONTENT
 * (they are not what was kept) or ARCHIVE_DAMAGED (there are none). */
bool content_get(struct store *store, struct arena *arena, int64_t key, struct str *bytes);

#endif
