/* Queries and transactions. */
#include "archive/store.h"

#include "archive/store_inner.h"
#include "base/arena.h"

static const char *const sql_of[] = {
#define Q(name, sql) [STORE_##name] = sql,
#include "archive/store_all.def"
#undef Q
};

void
store_use(struct store *store, struct diags *diags)
{
    store->diags = diags;
}

struct diags *
store_diags(const struct store *store)
{
    return store->diags;
}

const char *
store_path(const struct store *store)
{
    return store->path;
}

struct pos
store_pos(const struct store *store)
{
    return (struct pos){store->path, 0, 0};
}

bool
store_damaged(struct store *store, const char *what)
{
    diag_add(store->diags, DIAG_ARCHIVE_DAMAGED, store_pos(store), what, NULL, NULL);
    return false;
}

static enum diag_code
code_of(int result)
{
    switch (result & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return DIAG_ARCHIVE_LOCKED;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return DIAG_ARCHIVE_READ_ONLY;
    case SQLITE_NOTADB:
        return DIAG_ARCHIVE_OTHER;
    case SQLITE_FULL:
        return DIAG_ARCHIVE_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
        return DIAG_ARCHIVE_DAMAGED;
    default:
        return DIAG_ARCHIVE_IO;
    }
}

bool
store_failed(struct store *store, int result)
{
    if ((result & 0xFF) == SQLITE_NOMEM)
        arena_oom(0);
    const char *what = store->db == NULL || sqlite3_errcode(store->db) == SQLITE_OK
                           ? sqlite3_errstr(result)
                           : sqlite3_errmsg(store->db);

    enum diag_code code = code_of(result);
    const char *said = diag_str(store->diags, str_of(what));

    /* why a file cannot be opened the system says better */
    if ((result & 0xFF) == SQLITE_CANTOPEN && store->db != NULL &&
        sqlite3_system_errno(store->db) != 0)
        said = diag_system(store->diags, sqlite3_system_errno(store->db));
    if (code == DIAG_ARCHIVE_DAMAGED && store_is_cut(store))
        code = DIAG_ARCHIVE_TRUNCATED;
    diag_add(store->diags, code, store_pos(store), said, NULL, NULL);
    return false;
}

/* ---- transactions: each of these is one sentence of SQL */

static bool
run(struct store *store, const char *sql)
{
    int result = sqlite3_exec(store->db, sql, NULL, NULL, NULL);

    return result == SQLITE_OK || store_failed(store, result);
}

/* The file has its name still: what is written into one that was moved away is found by nobody. */
static bool
check_moved(struct store *store)
{
    int moved = 0;

    if (sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK ||
        moved == 0)
        return true;
    diag_add(
        store->diags, DIAG_ARCHIVE_IO, store_pos(store),
        diag_both(store->diags, "another file took its place meanwhile", "มีแฟ้มอื่นมาแทนที่ระหว่างทำงาน"),
        NULL, NULL);
    store_end(store);
    return false;
}

bool
store_begin(struct store *store)
{
    if (!store->writes)
        return store_failed(store, SQLITE_READONLY);
    return run(store, "BEGIN IMMEDIATE") && check_moved(store);
}

bool
store_begin_read(struct store *store)
{
    return run(store, "BEGIN");
}

bool
store_commit(struct store *store)
{
    if (run(store, "COMMIT"))
        return true;
    store_end(store);
    return false;
}

void
store_end(struct store *store)
{
    if (!sqlite3_get_autocommit(store->db))
        (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

/* Where it fails all is as it was. */
void
store_cache_few(struct store *store, bool few)
{
    (void)sqlite3_exec(store->db, few ? "PRAGMA cache_size = -1024" : "PRAGMA cache_size = -8192",
                       NULL, NULL, NULL);
}

bool
store_tidy(struct store *store)
{
    return store->writes && sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE,
                                                      NULL, NULL) == SQLITE_OK;
}

/* ---- queries */

/* Texts stay while the query runs, so they are not copied. An empty one has an address, or it would
 * be none. */
static int
bind_value(sqlite3_stmt *statement, int at, const struct cell *value)
{
    const char *ptr = value->text.len == 0 ? "" : value->text.ptr;

    switch (value->kind) {
    case CELL_NUMBER:
        return sqlite3_bind_int64(statement, at, value->number);
    case CELL_TEXT:
        return sqlite3_bind_text64(statement, at, ptr, value->text.len, SQLITE_STATIC, SQLITE_UTF8);
    case CELL_BYTES:
        return sqlite3_bind_blob64(statement, at, ptr, value->text.len, SQLITE_STATIC);
    default:
        return sqlite3_bind_null(statement, at);
    }
}

/* The query as it is kept, or once more while the kept one gives rows. */
static int
prepare(struct store *store, enum store_query query, sqlite3_stmt **out, bool *kept)
{
    int result = SQLITE_OK;

    *kept = !store->in_use[query];
    if (!*kept)
        return sqlite3_prepare_v2(store->db, sql_of[query], -1, out, NULL);
    if (store->kept[query] == NULL)
        result = sqlite3_prepare_v3(store->db, sql_of[query], -1, SQLITE_PREPARE_PERSISTENT,
                                    &store->kept[query], NULL);
    *out = store->kept[query];
    store->in_use[query] = result == SQLITE_OK;
    return result;
}

struct rows
store_ask(struct store *store, enum store_query query, const struct cell *values, size_t count)
{
    struct rows rows = {.store = store, .query = query};
    sqlite3_stmt *statement = NULL;
    int result = prepare(store, query, &statement, &rows.kept);

    rows.statement = statement;
    for (size_t i = 0; i < count && result == SQLITE_OK; i++)
        result = bind_value(statement, (int)i + 1, &values[i]);
    if (result != SQLITE_OK)
        rows.failed = !store_failed(store, result);
    return rows;
}

bool
rows_next(struct rows *rows)
{
    if (rows->failed)
        return false;
    int result = sqlite3_step(rows->statement);
    if (result != SQLITE_ROW && result != SQLITE_DONE)
        rows->failed = !store_failed(rows->store, result);
    return result == SQLITE_ROW;
}

/* Values that were bound are not kept: they may be large, and gone. */
bool
rows_end(struct rows *rows)
{
    if (rows->statement == NULL)
        return !rows->failed;
    if (rows->kept) {
        (void)sqlite3_reset(rows->statement);
        (void)sqlite3_clear_bindings(rows->statement);
        rows->store->in_use[rows->query] = false;
    } else {
        (void)sqlite3_finalize(rows->statement);
    }
    rows->statement = NULL;
    return !rows->failed;
}

bool
store_do(struct store *store, enum store_query query, const struct cell *values, size_t count)
{
    struct rows rows = store_ask(store, query, values, count);

    while (rows_next(&rows))
        continue;
    return rows_end(&rows);
}

int64_t
store_new_key(const struct store *store)
{
    return sqlite3_last_insert_rowid(store->db);
}

bool
rows_is_none(const struct rows *rows, int column)
{
    return sqlite3_column_type(rows->statement, column) == SQLITE_NULL;
}

int64_t
rows_number(const struct rows *rows, int column)
{
    return sqlite3_column_int64(rows->statement, column);
}

struct str
rows_text(const struct rows *rows, int column)
{
    int type = sqlite3_column_type(rows->statement, column);

    if (type == SQLITE_NULL)
        return STR("");
    const void *ptr = type == SQLITE_BLOB ? sqlite3_column_blob(rows->statement, column)
                                          : sqlite3_column_text(rows->statement, column);
    int len = sqlite3_column_bytes(rows->statement, column);

    return (struct str){ptr == NULL ? "" : ptr, ptr == NULL ? 0 : (size_t)len};
}

bool
rows_hash(const struct rows *rows, int column, struct hash *out)
{
    struct str bytes = rows_text(rows, column);

    *out = (struct hash){{0}};
    for (size_t i = 0; bytes.len == HASH_SIZE && i < HASH_SIZE; i++)
        out->bytes[i] = (uint8_t)bytes.ptr[i];
    return bytes.len == HASH_SIZE;
}

bool
store_number(struct store *store, enum store_query query, const struct cell *values, size_t count,
             int64_t otherwise, int64_t *out)
{
    struct rows rows = store_ask(store, query, values, count);

    *out = rows_next(&rows) && !rows_is_none(&rows, 0) ? rows_number(&rows, 0) : otherwise;
    return rows_end(&rows);
}

/* ---- what the archive says of itself */

bool
store_meta(struct store *store, struct arena *arena, const char *key, struct str *out)
{
    struct rows rows = store_ask(store, STORE_META_GET, CELLS(cell_text(str_of(key))));

    *out = rows_next(&rows) ? str_dup(arena, rows_text(&rows, 0)) : STR("");
    return rows_end(&rows);
}

bool
store_set_meta(struct store *store, const char *key, struct str value)
{
    return store_do(store, STORE_META_SET, CELLS(cell_text(str_of(key)), cell_text(value)));
}

struct str
store_pack(struct store *store, struct arena *arena, struct str bytes)
{
    return pack(store->packer, arena, bytes);
}

struct str
store_pack_once(struct store *store, struct arena *arena, const struct hash *hash, struct str bytes)
{
    return pack_once(store->packer, arena, hash, bytes);
}

bool
store_unpack(struct store *store, struct arena *arena, struct str packed, struct str *bytes)
{
    return unpack(store->packer, arena, packed, bytes);
}
