/* Opening an archive: each thing that can be wrong with a file is told apart. */
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "archive/place.h"
#include "archive/store_inner.h"
#include "base/arena.h"
#include "base/files.h"

#define ID_BYTES 16
#define SQLITE_MAGIC "SQLite format 3"
#define VERSION_MAX 1000000
#define LOG_PAGES 4000 /* from which on the log is brought into the file */

static bool
refuse(struct store *store, enum diag_code code, const char *arg)
{
    diag_add(store->diags, code, store_pos(store), arg, NULL, NULL);
    return false;
}

/* ---- the file */

static uint32_t
big_endian(const char *at)
{
    const unsigned char *byte = (const unsigned char *)at;

    return (uint32_t)byte[0] << 24 | (uint32_t)byte[1] << 16 | (uint32_t)byte[2] << 8 | byte[3];
}

/* What the file's head says of its size against its size: byte 16 has that of a page, byte 28 how
 * many there are. What is still in the log counts for neither. SQLite's own handle is asked: who
 * closes another one of the same file takes away the locks that this process has on it. */
bool
store_is_cut(struct store *store)
{
    char head[32];
    sqlite3_file *file = NULL;
    sqlite3_int64 size = 0;

    if (sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
        file == NULL || file->pMethods == NULL ||
        file->pMethods->xFileSize(file, &size) != SQLITE_OK || size < (int)sizeof head ||
        file->pMethods->xRead(file, head, sizeof head, 0) != SQLITE_OK ||
        memcmp(head, SQLITE_MAGIC, sizeof SQLITE_MAGIC) != 0)
        return false;
    int64_t page = (int64_t)(unsigned char)head[16] << 8 | (unsigned char)head[17];
    return (page == 1 ? 65536 : page) * (int64_t)big_endian(head + 28) > size;
}

/* ---- the connection */

static bool
set(struct store *store, const char *sql)
{
    int result = sqlite3_exec(store->db, sql, NULL, NULL, NULL);

    return result == SQLITE_OK || store_failed(store, result);
}

/* Asks SQL for one number or word, and compares it. */
static bool
says(struct store *store, const char *sql, const char *expected)
{
    sqlite3_stmt *row = NULL;
    int result = sqlite3_prepare_v2(store->db, sql, -1, &row, NULL);
    bool good = false;

    if (result == SQLITE_OK && (result = sqlite3_step(row)) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(row, 0);
        good = text != NULL && strcmp(text, expected) == 0;
        result = SQLITE_OK;
    }
    (void)sqlite3_finalize(row);
    if (result != SQLITE_OK && result != SQLITE_DONE)
        return store_failed(store, result);
    return good || refuse(store, DIAG_ARCHIVE_IO, sql);
}

static bool
ask_number(struct store *store, const char *sql, int64_t *out)
{
    sqlite3_stmt *row = NULL;
    int result = sqlite3_prepare_v2(store->db, sql, -1, &row, NULL);

    *out = 0;
    if (result == SQLITE_OK && (result = sqlite3_step(row)) == SQLITE_ROW) {
        *out = sqlite3_column_int64(row, 0);
        result = SQLITE_DONE;
    }
    (void)sqlite3_finalize(row);
    return result == SQLITE_DONE || store_failed(store, result);
}

/* What a connection does is not kept in the file: it is set each time, and asked whether it holds.
 */
static bool
set_connection(struct store *store, int wait_ms)
{
    static const int on[] = {SQLITE_DBCONFIG_DEFENSIVE, SQLITE_DBCONFIG_ENABLE_FKEY};
    static const int off[] = {SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_TRIGGER,
                              SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL};
    int result = sqlite3_extended_result_codes(store->db, 1);

    for (size_t i = 0; i < sizeof on / sizeof on[0] && result == SQLITE_OK; i++)
        result = sqlite3_db_config(store->db, on[i], 1, NULL);
    for (size_t i = 0; i < sizeof off / sizeof off[0] && result == SQLITE_OK; i++)
        result = sqlite3_db_config(store->db, off[i], 0, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_busy_timeout(store->db, wait_ms == 0 ? STORE_WAIT_MS : wait_ms);
    if (result == SQLITE_OK)
        result = store_add_functions(store);
    if (result == SQLITE_OK)
        result = sqlite3_wal_autocheckpoint(store->db, LOG_PAGES);
    if (result != SQLITE_OK)
        return store_failed(store, result);
    return set(store, "PRAGMA synchronous = FULL") && set(store, "PRAGMA secure_delete = ON") &&
           set(store, "PRAGMA cell_size_check = ON") && set(store, "PRAGMA trusted_schema = OFF") &&
           set(store, "PRAGMA temp_store = MEMORY") && set(store, "PRAGMA cache_size = -8192") &&
           says(store, "PRAGMA synchronous", "2") && says(store, "PRAGMA foreign_keys", "1") &&
           says(store, "PRAGMA secure_delete", "1") && says(store, "PRAGMA trusted_schema", "0") &&
           says(store, "PRAGMA cell_size_check", "1");
}

/* ---- whether it is an archive */

static bool
make_id(struct arena *arena, struct str *out)
{
    unsigned char random[ID_BYTES];
    char *hex = arena_alloc(arena, 2 * ID_BYTES + 1);

    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
        return false;
    for (size_t i = 0; i < ID_BYTES; i++) {
        hex[2 * i] = "0123456789abcdef"[random[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[random[i] & 15];
    }
    *out = (struct str){hex, 2 * ID_BYTES};
    return true;
}

static bool
make_tables(struct store *store)
{
    struct str id;
    int result = schema_upgrade(store->db, &schema_now, 0);

    if (result != SQLITE_OK)
        return store_failed(store, result);
    if (!make_id(store->arena, &id))
        return refuse(store, DIAG_ARCHIVE_IO, "getrandom");
    return set(store, "PRAGMA application_id = 1112819777") && store_set_meta(store, "id", id) &&
           store_do(store, STORE_CHAIN_ADD,
                    CELLS(cell_number(0), cell_text(id), cell_text(STR(""))));
}

struct state {
    int64_t application, version, objects;
};

static bool
ask_state(struct store *store, struct state *out)
{
    return ask_number(store, "PRAGMA application_id", &out->application) &&
           ask_number(store, "PRAGMA user_version", &out->version) &&
           ask_number(store, "SELECT count(*) FROM sqlite_schema", &out->objects);
}

/* Nothing was ever put there: the file was made just now, or whoever made it was ended. */
static bool
is_empty(const struct state *state)
{
    return state->application == 0 && state->version == 0 && state->objects == 0;
}

static bool
judge(struct store *store, const struct state *state, size_t newest)
{
    if (state->application != STORE_APPLICATION || state->version < 1 ||
        state->version > VERSION_MAX)
        return refuse(store, DIAG_ARCHIVE_OTHER, NULL);
    if (state->version > (int64_t)newest)
        return refuse(store, DIAG_ARCHIVE_NEWER, NULL);
    if (state->version < (int64_t)newest && !store->writes)
        return refuse(store, DIAG_ARCHIVE_OLDER, NULL);
    return true;
}

/* Makes or changes the tables, alone in the file: another process may have done it meanwhile. */
static bool
bring_up(struct store *store, const struct schema *schema)
{
    struct state state;

    if (!store_begin(store))
        return false;
    bool good = ask_state(store, &state);
    if (good && is_empty(&state)) {
        good = make_tables(store);
    } else if (good && (good = judge(store, &state, schema->count))) {
        int result = schema_upgrade(store->db, schema, (size_t)state.version);
        good = result == SQLITE_OK || store_failed(store, result);
    }
    if (good)
        return store_commit(store);
    store_end(store);
    return false;
}

static bool
check_tables(struct store *store, const struct schema *schema)
{
    bool good;
    int result = schema_check(store->db, schema, &good);

    if (result != SQLITE_OK)
        return store_failed(store, result);
    return good ||
           store_damaged(store, diag_both(store->diags, "its tables are not those of an archive",
                                          "ตารางข้างในไม่ใช่ของคลังเอกสาร"));
}

bool
store_become(struct store *store, enum store_mode mode, const struct schema *schema)
{
    struct state state;

    if (!ask_state(store, &state))
        return false;
    if (is_empty(&state) && mode != STORE_CREATE)
        return refuse(store, DIAG_ARCHIVE_NONE, NULL);
    if (!is_empty(&state) && !judge(store, &state, schema->count))
        return false;
    if (is_empty(&state) && !set(store, "PRAGMA page_size = 1024"))
        return false;
    /* a file keeps this; on what can only be read it stays as it was */
    if (store->writes && !says(store, "PRAGMA journal_mode = WAL", "wal"))
        return false;
    if (state.version < (int64_t)schema->count && !bring_up(store, schema))
        return false;
    return check_tables(store, schema);
}

/* A file that nobody can write needs no locks, and on what is only to be read from there is no room
 * for them. Else a path is never a URI, nor ":memory:". */
static const char *
name_of(struct store *store, int *flags)
{
    const char *path = store->path;

    if (!store->writes && place_is_read_only(path)) {
        struct buf uri = buf_in(store->arena);
        buf_text(&uri, "file:");
        for (const char *at = path; *at != '\0'; at++)
            buf_printf(&uri, "%%%02x", (unsigned)(unsigned char)*at);
        buf_text(&uri, "?immutable=1");
        *flags |= SQLITE_OPEN_URI;
        return str_cstr(store->arena, buf_str(&uri));
    }
    return *path == '/' ? path : arena_printf(store->arena, "./%s", path);
}

static bool
open_file(struct store *store, const struct store_options *options)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
                (store->writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
    const char *name = name_of(store, &flags);
    int result = sqlite3_open_v2(name, &store->db, flags, NULL);

    if (store->db == NULL)
        arena_oom(sizeof *store);
    if (result != SQLITE_OK)
        return store_failed(store, result);
    return set_connection(store, options->wait_ms) &&
           store_become(store, options->mode, &schema_now);
}

static bool
prepare_file(struct store *store, enum store_mode mode)
{
    struct arena *arena = store->arena;
    struct diags *diags = store->diags;
    enum files_kind kind = files_kind(files_system(), store->path);

    if (!place_check(arena, diags, store->path))
        return false;
    if (kind == FILES_NONE)
        return mode == STORE_CREATE ? place_make(arena, diags, store->path)
                                    : refuse(store, DIAG_ARCHIVE_NONE, NULL);
    return kind == FILES_FILE || refuse(store, DIAG_ARCHIVE_OTHER, NULL);
}

struct store *
store_open(struct diags *diags, const char *path, const struct store_options *options)
{
    struct arena *arena = arena_new(0);
    struct store *store = arena_alloc(arena, sizeof *store);

    *store = (struct store){.arena = arena,
                            .diags = diags,
                            .path = arena_printf(arena, "%s", path),
                            .packer = packer_open(arena),
                            .writes = options->mode != STORE_READ};
    if (prepare_file(store, options->mode) && open_file(store, options))
        return store;
    store_close(store);
    return NULL;
}

void
store_close(struct store *store)
{
    if (store == NULL)
        return;
    for (size_t i = 0; i < STORE_QUERIES; i++)
        (void)sqlite3_finalize(store->kept[i]);
    (void)sqlite3_close(store->db);
    packer_close(store->packer);
    arena_free(store->arena);
}
