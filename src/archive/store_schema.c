/* The tables, version by version. */
#include <sqlite3.h>
#include <string.h>

#include "archive/store_inner.h"

/* What each version adds. Tables of short rows are WITHOUT ROWID; in those of long ones a row may
 * take no more than a quarter of a page. A version that was released is never changed: another
 * follows it. */
static const struct schema_object version_1[] = {
    {"meta", "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID"},
    /* the own chain is 0, the others are imported */
    {"chain", "CREATE TABLE chain (id INTEGER PRIMARY KEY, archive_id TEXT NOT NULL UNIQUE,"
              " name TEXT NOT NULL) STRICT"},
    {"entry", "CREATE TABLE entry (chain INTEGER NOT NULL REFERENCES chain, n INTEGER NOT NULL,"
              " time TEXT NOT NULL, kind TEXT NOT NULL, digest BLOB NOT NULL,"
              " previous BLOB NOT NULL, hash BLOB NOT NULL,"
              " PRIMARY KEY (chain, n)) STRICT, WITHOUT ROWID"},
    /* bytes of other kinds than 1 may be deflated: then they are fewer than `size` */
    {"content", "CREATE TABLE content (id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE,"
                " size INTEGER NOT NULL, kind INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT"},
    /* what the digest of an entry is of, the columns packed; the row goes when its content is
     * removed */
    {"sealed", "CREATE TABLE sealed (chain INTEGER NOT NULL, n INTEGER NOT NULL,"
               " salt BLOB NOT NULL, content INTEGER REFERENCES content, columns BLOB NOT NULL,"
               " PRIMARY KEY (chain, n), FOREIGN KEY (chain, n) REFERENCES entry)"
               " STRICT"},
    {"sealed_content", "CREATE INDEX sealed_content ON sealed (content)"},
    /* of an entry whose content was removed, the entry that did it */
    {"removed",
     "CREATE TABLE removed (chain INTEGER NOT NULL, n INTEGER NOT NULL,"
     " by INTEGER NOT NULL, PRIMARY KEY (chain, n),"
     " FOREIGN KEY (chain, n) REFERENCES entry, FOREIGN KEY (chain, by) REFERENCES entry)"
     " STRICT, WITHOUT ROWID"},
    /* of an imported chain the entries of which the bag did not say more than their digest */
    {"withheld", "CREATE TABLE withheld (chain INTEGER NOT NULL, n INTEGER NOT NULL,"
                 " PRIMARY KEY (chain, n), FOREIGN KEY (chain, n) REFERENCES entry)"
                 " STRICT, WITHOUT ROWID"},
    /* a content of which kit.h tells */
    {"kit", "CREATE TABLE kit (content INTEGER NOT NULL REFERENCES content, seq INTEGER NOT NULL,"
            " role TEXT NOT NULL, name TEXT NOT NULL, sha256 BLOB NOT NULL,"
            " PRIMARY KEY (content, seq)) STRICT, WITHOUT ROWID"},
    {"document", "CREATE TABLE document (chain INTEGER NOT NULL, n INTEGER NOT NULL,"
                 " content INTEGER NOT NULL REFERENCES content, year INTEGER, agency TEXT,"
                 " number TEXT, date TEXT, subject TEXT, level TEXT, score TEXT, kind TEXT,"
                 " file TEXT, office TEXT, secret TEXT, ours INTEGER NOT NULL,"
                 " supersedes INTEGER, newer INTEGER, kit INTEGER REFERENCES content,"
                 " PRIMARY KEY (chain, n), FOREIGN KEY (chain, n) REFERENCES entry)"
                 " STRICT"},
    {"document_content", "CREATE INDEX document_content ON document (content)"},
    /* the order of lists */
    {"document_list", "CREATE INDEX document_list ON document (year DESC, agency,"
                      " length(number), number, date, chain, n)"},
    {"document_order", "CREATE INDEX document_order ON document (year, date, chain, n)"},
    {"document_number", "CREATE INDEX document_number ON document (number)"},
    {"document_supersedes", "CREATE INDEX document_supersedes ON document (chain, supersedes)"
                            " WHERE supersedes IS NOT NULL"},
    /* of PDFs that were added to: the hashes of their first bytes, each state of them */
    {"state", "CREATE TABLE state (chain INTEGER NOT NULL, n INTEGER NOT NULL,"
              " seq INTEGER NOT NULL, sha256 BLOB NOT NULL, PRIMARY KEY (chain, n, seq),"
              " FOREIGN KEY (chain, n) REFERENCES entry) STRICT, WITHOUT ROWID"},
    {"state_sha256", "CREATE INDEX state_sha256 ON state (sha256)"},
    {"part", "CREATE TABLE part (chain INTEGER NOT NULL, n INTEGER NOT NULL,"
             " seq INTEGER NOT NULL, role TEXT NOT NULL, name TEXT NOT NULL,"
             " sha256 BLOB NOT NULL, PRIMARY KEY (chain, n, seq),"
             " FOREIGN KEY (chain, n) REFERENCES entry) STRICT, WITHOUT ROWID"},
    {"part_sha256", "CREATE INDEX part_sha256 ON part (sha256)"},
    {"person", "CREATE TABLE person (chain INTEGER NOT NULL, n INTEGER NOT NULL,"
               " seq INTEGER NOT NULL, role TEXT, name TEXT, position TEXT,"
               " signed INTEGER NOT NULL, PRIMARY KEY (chain, n, seq),"
               " FOREIGN KEY (chain, n) REFERENCES entry) STRICT, WITHOUT ROWID"},
    {"score", "CREATE TABLE score (chain INTEGER NOT NULL, n INTEGER NOT NULL,"
              " seq INTEGER NOT NULL, item TEXT NOT NULL, value TEXT NOT NULL,"
              " PRIMARY KEY (chain, n, seq),"
              " FOREIGN KEY (chain, n) REFERENCES entry) STRICT, WITHOUT ROWID"},
    /* paragraphs are kept once each: where one with this hash, of which these are the first bytes,
     * stands; `id` and what is packed in `z` see paragraphs_form.c */
    {"paragraph", "CREATE TABLE paragraph (hash INTEGER NOT NULL, id INTEGER NOT NULL,"
                  " PRIMARY KEY (hash, id)) STRICT, WITHOUT ROWID"},
    {"block", "CREATE TABLE block (id INTEGER PRIMARY KEY, z BLOB NOT NULL) STRICT"},
    /* the paragraphs of a document with their pages, packed, see paragraphs_form.c, and how many
     * bytes they have */
    {"text", "CREATE TABLE text (chain INTEGER NOT NULL, n INTEGER NOT NULL,"
             " size INTEGER NOT NULL, list BLOB NOT NULL, PRIMARY KEY (chain, n),"
             " FOREIGN KEY (chain, n) REFERENCES entry) STRICT, WITHOUT ROWID"},
    /* and the documents that hold something of a block */
    {"holder", "CREATE TABLE holder (block INTEGER NOT NULL REFERENCES block,"
               " chain INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (block, chain, n))"
               " STRICT, WITHOUT ROWID"},
    /* what the indexes are of; which blocks have a token is all that they keep */
    {"folded", "CREATE VIEW folded AS SELECT id, folded(z) AS folded FROM block"},
    {"pairs", "CREATE VIRTUAL TABLE pairs USING fts5 (folded, content = 'folded',"
              " content_rowid = 'id', tokenize = 'pairs', detail = 'none', columnsize = 0)"},
    {"words", "CREATE VIRTUAL TABLE words USING fts5 (folded, content = 'folded',"
              " content_rowid = 'id', tokenize = 'words', detail = 'none', columnsize = 0)"},
    /* the register: `entry` gave the number; state: given, used, void */
    {"number", "CREATE TABLE number (agency TEXT NOT NULL, year INTEGER NOT NULL,"
               " n INTEGER NOT NULL, date TEXT NOT NULL, entry INTEGER NOT NULL,"
               " state TEXT NOT NULL, reason TEXT, PRIMARY KEY (agency, year, n))"
               " STRICT, WITHOUT ROWID"},
    /* on entry `about`; of a retention the first day on which its content may go */
    {"note", "CREATE TABLE note (chain INTEGER NOT NULL, n INTEGER NOT NULL,"
             " about INTEGER NOT NULL, retention TEXT, text TEXT, PRIMARY KEY (chain, n),"
             " FOREIGN KEY (chain, n) REFERENCES entry) STRICT, WITHOUT ROWID"},
    {"note_about", "CREATE INDEX note_about ON note (chain, about)"},
};

/* The code of a document's for-pen form, by which scans find it: none where it is not known yet, ""
 * where it has none. */
static const struct schema_object version_2[] = {
    {"document", "CREATE TABLE document (chain INTEGER NOT NULL, n INTEGER NOT NULL,"
                 " content INTEGER NOT NULL REFERENCES content, year INTEGER, agency TEXT,"
                 " number TEXT, date TEXT, subject TEXT, level TEXT, score TEXT, kind TEXT,"
                 " file TEXT, office TEXT, secret TEXT, ours INTEGER NOT NULL,"
                 " supersedes INTEGER, newer INTEGER, kit INTEGER REFERENCES content,"
                 " code TEXT, scan INTEGER NOT NULL DEFAULT 0,"
                 " PRIMARY KEY (chain, n), FOREIGN KEY (chain, n) REFERENCES entry)"
                 " STRICT"},
    {"document_code", "CREATE INDEX document_code ON document (code) WHERE code IS NOT NULL"},
    {"document_codeless", "CREATE INDEX document_codeless ON document (chain, n)"
                          " WHERE code IS NULL AND ours = 1"},
};

static const char *const changes_2[] = {
    "ALTER TABLE document ADD COLUMN code TEXT",
    "ALTER TABLE document ADD COLUMN scan INTEGER NOT NULL DEFAULT 0",
};

#define VERSION(objects, changes, count)                              \
    {                                                                 \
        objects, sizeof(objects) / sizeof(objects)[0], changes, count \
    }

static const struct schema_version versions[] = {
    VERSION(version_1, NULL, 0),
    VERSION(version_2, changes_2, sizeof changes_2 / sizeof changes_2[0]),
};

const struct schema schema_now = {versions, sizeof versions / sizeof versions[0]};

static int
run(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

static int
set_version(sqlite3 *db, size_t version)
{
    static const char *const sql[] = {
        NULL,
        "PRAGMA user_version = 1",
        "PRAGMA user_version = 2",
        "PRAGMA user_version = 3",
    };

    return version < sizeof sql / sizeof sql[0] ? run(db, sql[version]) : SQLITE_MISUSE;
}

/* The object of this name as the versions below `count` have it, or NULL. */
static const struct schema_object *
object_of(const struct schema *schema, size_t count, const char *name)
{
    for (size_t v = count; v-- > 0;) {
        for (size_t i = 0; i < schema->versions[v].count; i++) {
            if (strcmp(schema->versions[v].objects[i].name, name) == 0)
                return &schema->versions[v].objects[i];
        }
    }
    return NULL;
}

static int
upgrade_to(sqlite3 *db, const struct schema *schema, size_t v)
{
    const struct schema_version *version = &schema->versions[v];
    int result = SQLITE_OK;

    for (size_t i = 0; i < version->change_count && result == SQLITE_OK; i++)
        result = run(db, version->changes[i]);
    for (size_t i = 0; i < version->count && result == SQLITE_OK; i++) {
        if (object_of(schema, v, version->objects[i].name) == NULL)
            result = run(db, version->objects[i].sql);
    }
    return result == SQLITE_OK ? set_version(db, v + 1) : result;
}

int
schema_upgrade(sqlite3 *db, const struct schema *schema, size_t from)
{
    int result = SQLITE_OK;

    for (size_t v = from; v < schema->count && result == SQLITE_OK; v++)
        result = upgrade_to(db, schema, v);
    return result;
}

/* ---- whether the tables of a file are these */

/* Of a full-text index SQLite makes the tables that hold it: NAME_data, NAME_idx, …. */
static bool
is_shadow(const struct schema *schema, const char *type, const char *name)
{
    for (size_t v = 0; v < schema->count; v++) {
        for (size_t i = 0; i < schema->versions[v].count; i++) {
            const struct schema_object *object = &schema->versions[v].objects[i];
            size_t len = strlen(object->name);
            if (strncmp(object->sql, "CREATE VIRTUAL", 14) == 0 && strcmp(type, "table") == 0 &&
                strncmp(name, object->name, len) == 0 && name[len] == '_')
                return true;
        }
    }
    return false;
}

/* What `ANALYZE` counted. */
static bool
is_statistics(const char *type, const char *name)
{
    return strcmp(type, "table") == 0 && strncmp(name, "sqlite_stat", 11) == 0;
}

/* An index without text was made for a UNIQUE or PRIMARY KEY. */
static bool
is_ours(const struct schema *schema, sqlite3_stmt *row)
{
    const char *type = (const char *)sqlite3_column_text(row, 0);
    const char *name = (const char *)sqlite3_column_text(row, 1);
    const char *sql = (const char *)sqlite3_column_text(row, 2);

    if (type == NULL || name == NULL)
        return false;
    if (sql == NULL)
        return strcmp(type, "index") == 0 && strncmp(name, "sqlite_autoindex_", 17) == 0;
    const struct schema_object *own = object_of(schema, schema->count, name);
    return own != NULL ? strcmp(own->sql, sql) == 0
                       : is_shadow(schema, type, name) || is_statistics(type, name);
}

int
schema_check(sqlite3 *db, const struct schema *schema, bool *good)
{
    sqlite3_stmt *rows = NULL;
    size_t expected = 0, found = 0;
    int result =
        sqlite3_prepare_v2(db, "SELECT type, name, sql FROM sqlite_schema", -1, &rows, NULL);

    *good = result == SQLITE_OK;
    if (result != SQLITE_OK)
        return result;
    for (size_t v = 0; v < schema->count; v++) {
        for (size_t i = 0; i < schema->versions[v].count; i++)
            expected += object_of(schema, v, schema->versions[v].objects[i].name) == NULL;
    }
    while ((result = sqlite3_step(rows)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(rows, 1);
        *good = *good && is_ours(schema, rows);
        found += name != NULL && object_of(schema, schema->count, name) != NULL;
    }
    *good = *good && found == expected;
    (void)sqlite3_finalize(rows);
    return result == SQLITE_DONE ? SQLITE_OK : result;
}
