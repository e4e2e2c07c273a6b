/* Opening an archive: each thing that can be wrong with a file is told apart. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "archive/place.h"
#include "archive/store_inner.h"
#include "base/arena.h"
#include "base/files.h"
#include "base/path.h"

#define ID_BYTES 16
#define SQLITE_MAGIC "SQLite format 3"
#define HEAD_BYTES 100 /* of a file, before its first table */
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

/* The head of the file itself, without what is still in the log, and its size. SQLite's own handle
 * is asked: who closes another one of the same file takes away the locks that this process has on
 * it. False where it has none. */
static bool
read_head(struct store *store, char head[HEAD_BYTES], sqlite3_int64 *size)
{
    sqlite3_file *file = NULL;

    return sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK &&
           file != NULL && file->pMethods != NULL &&
           file->pMethods->xFileSize(file, size) == SQLITE_OK && *size >= HEAD_BYTES &&
           file->pMethods->xRead(file, head, HEAD_BYTES, 0) == SQLITE_OK &&
           memcmp(head, SQLITE_MAGIC, sizeof SQLITE_MAGIC) == 0;
}

/* Byte 16 has the size of a page. */
static int64_t
page_of(const char *head)
{
    int64_t page = (int64_t)(unsigned char)head[16] << 8 | (unsigned char)head[17];

    return page == 1 ? 65536 : page;
}

/* What the file's head says of its size against its size: byte 28 has how many pages there are. */
bool
store_is_cut(struct store *store)
{
    char head[HEAD_BYTES];
    sqlite3_int64 size = 0;

    return read_head(store, head, &size) && page_of(head) * (int64_t)big_endian(head + 28) > size;
}

/* The file for a connection that neither locks it nor looks for its log. */
static const char *
immutable_name(struct store *store)
{
    struct buf uri = buf_in(store->arena);

    buf_text(&uri, "file:");
    for (const char *at = store->path; *at != '\0'; at++)
        buf_printf(&uri, "%%%02x", (unsigned)(unsigned char)*at);
    buf_text(&uri, "?immutable=1");
    return str_cstr(store->arena, buf_str(&uri));
}

/* ---- what lies beside it: SQLite takes a log or journal of that name for the file's own, and
 * writes it into the file. One that another archive left there would take the place of this one. */

static bool
refuse_beside(struct store *store, const char *name)
{
    return refuse(store, DIAG_ARCHIVE_BESIDE, diag_str(store->diags, str_of(name)));
}

static bool
has_bytes(const char *path)
{
    return path != NULL && place_size(path) > 0;
}

static const char *
log_name(struct store *store)
{
    return sqlite3_filename_wal(sqlite3_db_filename(store->db, "main"));
}

/* An archive has a log (byte 18), and a journal only while its first page is made. */
static bool
check_journal(struct store *store)
{
    const char *name = sqlite3_filename_journal(sqlite3_db_filename(store->db, "main"));
    char head[HEAD_BYTES];
    sqlite3_int64 size = 0;

    /* asked again at the end: who makes the archive at this moment takes its journal away */
    if (!has_bytes(name) || !read_head(store, head, &size) || head[18] != 2 ||
        size <= page_of(head) || !has_bytes(name))
        return true;
    return refuse_beside(store, name);
}

/* What is missing of the file is not in its log either, into which nobody writes it meanwhile. */
static bool
check_end(struct store *store)
{
    if (!store_is_cut(store) || has_bytes(log_name(store)) || !store_is_cut(store))
        return true;
    return refuse(store, DIAG_ARCHIVE_TRUNCATED, NULL);
}

/* The file is an archive by its own head, and something else with its log. */
static bool
is_hidden(struct store *store)
{
    char head[HEAD_BYTES];
    sqlite3_int64 size = 0;

    return has_bytes(log_name(store)) && read_head(store, head, &size) &&
           big_endian(head + 68) == STORE_APPLICATION;
}

/* What a connection says which file this is: a text that was made with the file and never changes.
 * A result of SQLite. */
static int
ask_file(struct store *store, sqlite3 *db, struct str *out)
{
    sqlite3_stmt *row = NULL;
    int result =
        sqlite3_prepare_v2(db, "SELECT value FROM meta WHERE key = 'file'", -1, &row, NULL);

    *out = STR("");
    if (result == SQLITE_OK && (result = sqlite3_step(row)) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(row, 0);
        *out = text == NULL ? STR("") : str_dup(store->arena, str_of(text));
        result = SQLITE_DONE;
    }
    (void)sqlite3_finalize(row);
    return result == SQLITE_DONE ? SQLITE_OK : result;
}

/* The file says the same without its log, where it says anything then. */
static bool
check_log(struct store *store)
{
    const char *name = log_name(store);
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    struct str with, without = STR("");
    sqlite3 *alone = NULL;

    if (!has_bytes(name))
        return true;
    int result = ask_file(store, store->db, &with);
    if (result != SQLITE_OK)
        return store_failed(store, result);
    if (sqlite3_open_v2(immutable_name(store), &alone, flags, NULL) == SQLITE_OK &&
        ask_file(store, alone, &without) != SQLITE_OK)
        without = STR("");
    (void)sqlite3_close(alone);
    return without.len == 0 || str_eq(with, without) || refuse_beside(store, name);
}

/* ---- the connection */

static bool
set(struct store *store, const char *sql)
{
    int result = sqlite3_exec(store->db, sql, NULL, NULL, NULL);

    return result == SQLITE_OK || store_failed(store, result);
}

/* Asks SQL for one number or word, and compares it. A result of SQLite. */
static int
ask_whether(struct store *store, const char *sql, const char *expected, bool *good)
{
    sqlite3_stmt *row = NULL;
    int result = sqlite3_prepare_v2(store->db, sql, -1, &row, NULL);

    *good = false;
    if (result == SQLITE_OK && (result = sqlite3_step(row)) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(row, 0);
        *good = text != NULL && strcmp(text, expected) == 0;
        result = SQLITE_DONE;
    }
    (void)sqlite3_finalize(row);
    return result == SQLITE_DONE ? SQLITE_OK : result;
}

static bool
says(struct store *store, const char *sql, const char *expected)
{
    bool good;
    int result = ask_whether(store, sql, expected, &good);

    if (result != SQLITE_OK)
        return store_failed(store, result);
    return good || refuse(store, DIAG_ARCHIVE_IO, sql);
}

/* A file keeps this. For it SQLite wants the file alone and does not wait, as it does elsewhere:
 * two who begin an archive at once meet here. */
static bool
set_log(struct store *store)
{
    static const char sql[] = "PRAGMA journal_mode = WAL";
    int waited = 0, result;
    bool good;

    while (((result = ask_whether(store, sql, "wal", &good)) & 0xFF) == SQLITE_BUSY &&
           waited < store->wait_ms)
        waited += sqlite3_sleep(10);
    if (result != SQLITE_OK)
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
set_connection(struct store *store)
{
    static const int on[] = {SQLITE_DBCONFIG_DEFENSIVE, SQLITE_DBCONFIG_ENABLE_FKEY,
                             SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE};
    static const int off[] = {SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_TRIGGER,
                              SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL};
    int result = sqlite3_extended_result_codes(store->db, 1);

    for (size_t i = 0; i < sizeof on / sizeof on[0] && result == SQLITE_OK; i++)
        result = sqlite3_db_config(store->db, on[i], 1, NULL);
    for (size_t i = 0; i < sizeof off / sizeof off[0] && result == SQLITE_OK; i++)
        result = sqlite3_db_config(store->db, off[i], 0, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_busy_timeout(store->db, store->wait_ms);
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
    struct str id, file;
    int result = schema_upgrade(store->db, &schema_now, 0);

    if (result != SQLITE_OK)
        return store_failed(store, result);
    if (!make_id(store->arena, &id) || !make_id(store->arena, &file))
        return refuse(store, DIAG_ARCHIVE_IO, "getrandom");
    return set(store, "PRAGMA application_id = 1112819777") && store_set_meta(store, "id", id) &&
           store_set_meta(store, "file", file) &&
           store_do(store, STORE_PAIRS_MERGE_TWO, NO_CELLS) &&
           store_do(store, STORE_WORDS_MERGE_TWO, NO_CELLS) &&
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
        return is_hidden(store) ? refuse_beside(store, log_name(store))
                                : refuse(store, DIAG_ARCHIVE_OTHER, NULL);
    if (state->version > (int64_t)newest)
        return refuse(store, DIAG_ARCHIVE_NEWER, NULL);
    store->is_old = state->version < (int64_t)newest && !store->writes;
    return !store->is_old || refuse(store, DIAG_ARCHIVE_OLDER, NULL);
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

    /* as of one moment: another process may be making it */
    bool good = store_begin_read(store) && ask_state(store, &state);
    store_end(store);
    if (!good)
        return false;
    if (is_empty(&state) && mode != STORE_CREATE)
        return refuse(store, DIAG_ARCHIVE_NONE, NULL);
    if (!is_empty(&state) && (!judge(store, &state, schema->count) || !check_end(store)))
        return false;
    if (is_empty(&state)) {
        place_keep_private(store->path);
        if (!set(store, "PRAGMA page_size = 1024"))
            return false;
    }
    /* on what can only be read it stays as it was */
    if (store->writes && !set_log(store))
        return false;
    if (state.version < (int64_t)schema->count && !bring_up(store, schema))
        return false;
    return check_tables(store, schema) && check_log(store);
}

static bool
is_fixed(const struct store *store)
{
    return !store->writes && place_is_read_only(store->path);
}

/* What is in a log beside such a file is not in the file yet, and would be left out. */
static bool
leaves_nothing_out(struct store *store)
{
    const char *log = arena_printf(store->arena, "%s-wal", store->path);

    return !is_fixed(store) || !has_bytes(log) ||
           refuse(store, DIAG_ARCHIVE_LOG_LEFT, diag_str(store->diags, str_of(log)));
}

/* A file that nobody can write needs no locks, and on what is only to be read from there is no room
 * for them. Else a path is never a URI, nor ":memory:". */
static const char *
name_of(struct store *store, int *flags)
{
    const char *path = store->path;

    if (is_fixed(store)) {
        *flags |= SQLITE_OPEN_URI;
        return immutable_name(store);
    }
    return *path == '/' ? path : arena_printf(store->arena, "./%s", path);
}

static bool
open_file(struct store *store, const struct store_options *options)
{
    if (!leaves_nothing_out(store))
        return false;
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
                (store->writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
    const char *name = name_of(store, &flags);
    int result = sqlite3_open_v2(name, &store->db, flags, NULL);

    if (store->db == NULL)
        arena_oom(sizeof *store);
    if (result != SQLITE_OK)
        return store_failed(store, result);
    /* what is no archive is closed as it was found: no log goes into it */
    return check_journal(store) && set_connection(store) &&
           store_become(store, options->mode, &schema_now) &&
           sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL) == SQLITE_OK;
}

/* SQLite takes paths and names that leave room for "-journal". */
static bool
check_length(struct store *store)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    const size_t room = sizeof "-journal" - 1;
    char *full = arena_alloc(store->arena, (size_t)vfs->mxPathname + 1);
    int result = vfs->xFullPathname(vfs, store->path, vfs->mxPathname + 1, full);

    if (result == SQLITE_OK || result == SQLITE_OK_SYMLINK) {
        if (strlen(full) + room < (size_t)vfs->mxPathname &&
            strlen(path_base(full)) + room <= NAME_MAX)
            return true;
    } else if (strlen(store->path) < (size_t)vfs->mxPathname / 2) {
        return true; /* another fault is told by who meets it */
    }
    return refuse(store, DIAG_ARCHIVE_CREATE, diag_system(store->diags, ENAMETOOLONG));
}

static bool
prepare_file(struct store *store, enum store_mode mode)
{
    struct arena *arena = store->arena;
    struct diags *diags = store->diags;
    enum files_kind kind = files_kind(files_system(), store->path);

    if (!check_length(store) || !place_check(arena, diags, store->path))
        return false;
    if (kind == FILES_NONE)
        return mode == STORE_CREATE ? place_make(arena, diags, store->path)
                                    : refuse(store, DIAG_ARCHIVE_NONE, NULL);
    /* one of one byte SQLite takes for an empty one */
    return (kind == FILES_FILE && place_size(store->path) != 1) ||
           refuse(store, DIAG_ARCHIVE_OTHER, NULL);
}

/* *is_old: it would have to be brought up first. */
static struct store *
open_as_it_is(struct diags *diags, const char *path, const struct store_options *options,
              bool *is_old)
{
    struct arena *arena = arena_new(0);
    struct store *store = arena_alloc(arena, sizeof *store);

    *store = (struct store){.arena = arena,
                            .diags = diags,
                            .path = arena_printf(arena, "%s", path),
                            .packer = packer_open(arena),
                            .writes = options->mode != STORE_READ,
                            .wait_ms = options->wait_ms == 0 ? STORE_WAIT_MS : options->wait_ms};
    if (prepare_file(store, options->mode) && open_file(store, options))
        return store;
    *is_old = store->is_old;
    store_close(store);
    return NULL;
}

/* Brings up a file that somebody wants to read; what goes wrong is no matter of his. */
static bool
bring_up_for_reading(const char *path, const struct store_options *options)
{
    struct diags *unheard = diags_new();
    const struct store_options write = {STORE_WRITE, options->wait_ms};
    bool is_old = false;
    struct store *store = open_as_it_is(unheard, path, &write, &is_old);

    store_close(store);
    diags_free(unheard);
    return store != NULL;
}

struct store *
store_open(struct diags *diags, const char *path, const struct store_options *options)
{
    struct diags *told = diags_new();
    bool is_old = false;
    struct store *store = open_as_it_is(told, path, options, &is_old);

    if (store == NULL && is_old && bring_up_for_reading(path, options)) {
        diags_free(told);
        told = diags_new();
        store = open_as_it_is(told, path, options, &is_old);
    }
    if (store != NULL)
        store_use(store, diags);
    diags_add_new(diags, told, DIAG_NOTE);
    diags_free(told);
    return store;
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
