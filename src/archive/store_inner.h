/* What the files of the store have in common: the only ones that know SQLite. */
#ifndef ARCHIVE_STORE_INNER_H
#define ARCHIVE_STORE_INNER_H

#include <sqlite3.h>

#include "archive/pack.h"
#include "archive/store.h"

struct store {
    struct arena *arena;
    sqlite3 *db;
    struct packer *packer;
    struct diags *diags;
    const char *path;
    sqlite3_stmt *kept[STORE_QUERIES]; /* prepared when first asked for */
    bool in_use[STORE_QUERIES];
    bool writes; /* it was opened for that */
    bool is_old; /* its tables are those of an earlier version, and it was opened to be read */
    int wait_ms; /* for another one that writes */
};

/* Tells what SQLite says went wrong. Always false. */
bool store_failed(struct store *store, int result);

/* ---- store_open.c */

/* True for a file that is shorter than its own head says: the end is missing. */
bool store_is_cut(struct store *store);

/* Makes the tables of an empty file, brings older ones up, and refuses what is no archive. */
struct schema;
bool store_become(struct store *store, enum store_mode mode, const struct schema *schema);

#define STORE_APPLICATION 0x42544841 /* "BTHA": SQLite keeps it at byte 68 of the file */

/* ---- store_schema.c */

/* A table, index or view by its name. One that an earlier version made stands here as the changes
 * of this version leave it. */
struct schema_object {
    const char *name, *sql;
};

struct schema_version {
    const struct schema_object *objects;
    size_t count;
    const char *const *changes; /* of what earlier versions made; done first */
    size_t change_count;
};

/* Versions 1, 2, …. */
struct schema {
    const struct schema_version *versions;
    size_t count;
};

extern const struct schema schema_now;

/* Makes what the versions above `from` add, 0 for all, inside a transaction. A result of SQLite. */
int schema_upgrade(sqlite3 *db, const struct schema *schema, size_t from);

/* Whether the file has these tables and nothing else: what stands in a file that somebody made
 * would run when it is asked. */
int schema_check(sqlite3 *db, const struct schema *schema, bool *good);

/* ---- store_functions.c */

/* What SQL may call besides SQLite's own. A result of SQLite. */
int store_add_functions(struct store *store);

/* ---- store_tokens.c: the tokenizers "pairs" and "words". A result of SQLite. */
int store_add_tokenizers(sqlite3 *db);

#endif
