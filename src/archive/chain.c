/* Entries and their hashes. */
#include "archive/chain.h"

#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "archive/canon.h"
#include "archive/store.h"
#include "base/arena.h"
#include "value/value.h"

#define TIME_LEN 20 /* "2026-11-29T20:53:47Z" */

/* ---- hashes */

static struct str
hex_of(struct arena *arena, const struct hash *hash)
{
    char *hex = arena_alloc(arena, 2 * HASH_SIZE + 1);

    hash_hex(hash, hex);
    return (struct str){hex, 2 * HASH_SIZE};
}

struct hash
chain_digest(struct arena *arena, const struct chain_sealed *sealed)
{
    struct buf bytes = buf_in(arena);

    buf_add(&bytes, sealed->salt);
    buf_text(&bytes, "{\"columns\":");
    buf_add(&bytes, sealed->columns);
    if (sealed->content != NULL)
        buf_printf(&bytes, ",\"content\":\"%.*s\"", STR_FMT(hex_of(arena, sealed->content)));
    buf_byte(&bytes, '}');
    return hash_of(buf_str(&bytes));
}

struct hash
chain_hash(struct arena *arena, const struct chain_entry *entry)
{
    struct buf bytes = buf_in(arena);
    struct value *map = canon_map(arena);

    buf_add(&bytes, (struct str){(const char *)entry->previous.bytes, HASH_SIZE});
    canon_add_text(arena, map, "digest", hex_of(arena, &entry->digest));
    canon_add_text(arena, map, "kind", entry->kind);
    canon_add_number(arena, map, "n", entry->n);
    canon_add_text(arena, map, "time", entry->time);
    canon_write(map, &bytes);
    return hash_of(buf_str(&bytes));
}

struct hash
chain_begin(struct str archive_id)
{
    return hash_of(archive_id);
}

static bool
same(const struct hash *a, const struct hash *b)
{
    return memcmp(a->bytes, b->bytes, HASH_SIZE) == 0;
}

/* ---- rows */

/* Columns 0 to 6 of a query, as ENTRY_GET has them. */
static bool
take_entry(struct arena *arena, const struct rows *rows, struct chain_entry *out)
{
    *out = (struct chain_entry){.chain = rows_number(rows, 0),
                                .n = rows_number(rows, 1),
                                .time = str_dup(arena, rows_text(rows, 2)),
                                .kind = str_dup(arena, rows_text(rows, 3))};
    return out->n > 0 && out->n < INT64_MAX && rows_hash(rows, 4, &out->digest) &&
           rows_hash(rows, 5, &out->previous) && rows_hash(rows, 6, &out->hash);
}

static bool
one_entry(struct store *store, struct arena *arena, struct rows rows, struct chain_entry *out)
{
    bool there = rows_next(&rows), good = !there || take_entry(arena, &rows, out);

    if (!there)
        *out = (struct chain_entry){0};
    if (!rows_end(&rows))
        return false;
    return good || store_damaged(store, "entry");
}

bool
chain_entry(struct store *store, struct arena *arena, int64_t chain, int64_t n,
            struct chain_entry *out)
{
    return one_entry(store, arena,
                     store_ask(store, STORE_ENTRY_GET, CELLS(cell_number(chain), cell_number(n))),
                     out);
}

static bool
begin_of(struct store *store, int64_t chain, struct hash *out)
{
    struct rows rows = store_ask(store, STORE_CHAIN_ID, CELLS(cell_number(chain)));
    bool there = rows_next(&rows);

    *out = chain_begin(there ? rows_text(&rows, 0) : STR(""));
    if (!rows_end(&rows))
        return false;
    return there || store_damaged(store, "chain");
}

bool
chain_head(struct store *store, struct arena *arena, int64_t chain, struct chain_entry *out)
{
    if (!one_entry(store, arena, store_ask(store, STORE_ENTRY_HEAD, CELLS(cell_number(chain))),
                   out))
        return false;
    out->chain = chain;
    return out->n > 0 || begin_of(store, chain, &out->hash);
}

/* Salt, content, columns and the content's hash, from column `at` on. False where the columns are
 * not as they were packed; then there are none. */
static bool
take_sealed(struct arena *arena, const struct rows *rows, int at, struct chain_sealed *out)
{
    struct hash *hash = arena_alloc(arena, sizeof *hash);

    *out = (struct chain_sealed){.salt = str_dup(arena, rows_text(rows, at))};
    if (!rows_is_none(rows, at + 1) && rows_hash(rows, at + 3, hash))
        out->content = hash;
    return store_unpack(rows->store, arena, rows_text(rows, at + 2), &out->columns);
}

bool
chain_sealed(struct store *store, struct arena *arena, int64_t chain, int64_t n,
             struct chain_sealed *out, int64_t *content)
{
    struct rows rows =
        store_ask(store, STORE_SEALED_GET, CELLS(cell_number(chain), cell_number(n)));

    *out = (struct chain_sealed){.salt = STR("")};
    *content = 0;
    bool there = rows_next(&rows), good = !there || take_sealed(arena, &rows, 0, out);
    if (there)
        *content = rows_number(&rows, 1);
    return rows_end(&rows) && (good || store_damaged(store, "columns"));
}

/* ---- appending */

/* The time now, as entries have it. */
static struct str
now_text(struct arena *arena)
{
    time_t now = time(NULL);
    struct tm parts;
    char *text = arena_alloc(arena, 64);

    (void)gmtime_r(&now, &parts);
    return (struct str){text, strftime(text, 64, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

/* Now, or the time of the newest entry where the clock is behind it, which is said. */
static struct str
time_after(struct store *store, struct arena *arena, struct str last)
{
    struct diags *diags = store_diags(store);
    struct str now = now_text(arena);

    if (str_cmp(now, last) >= 0)
        return now;
    diag_add(diags, DIAG_ARCHIVE_CLOCK, store_pos(store), diag_str(diags, now),
             diag_str(diags, last), NULL);
    return last;
}

bool
chain_seal(struct store *store, const struct chain_entry *entry, const struct chain_sealed *sealed,
           int64_t content)
{
    struct arena *scratch = arena_new(0);
    bool good =
        store_do(store, STORE_SEALED_ADD,
                 CELLS(cell_number(entry->chain), cell_number(entry->n), cell_bytes(sealed->salt),
                       content == 0 ? cell_none() : cell_number(content),
                       cell_bytes(store_pack(store, scratch, sealed->columns))));

    arena_free(scratch);
    return good;
}

bool
chain_put(struct store *store, const struct chain_entry *entry, const struct chain_sealed *sealed,
          int64_t content)
{
    if (!store_do(store, STORE_ENTRY_ADD,
                  CELLS(cell_number(entry->chain), cell_number(entry->n), cell_text(entry->time),
                        cell_text(entry->kind), cell_hash(&entry->digest),
                        cell_hash(&entry->previous), cell_hash(&entry->hash))))
        return false;
    return sealed == NULL || chain_seal(store, entry, sealed, content);
}

/* What is sealed must be read again to the same bytes, or no export could be imported. */
static bool
seal(struct store *store, struct arena *arena, const struct value *columns,
     struct chain_sealed *out)
{
    struct buf text = buf_in(arena);
    char *salt = arena_alloc(arena, HASH_SIZE);

    canon_write(columns, &text);
    if (canon_read(arena, store_diags(store), store_path(store), buf_str(&text)) == NULL)
        return false;
    if (getrandom(salt, HASH_SIZE, 0) != HASH_SIZE) {
        diag_add(store_diags(store), DIAG_ARCHIVE_IO, store_pos(store), "getrandom", NULL, NULL);
        return false;
    }
    *out = (struct chain_sealed){{salt, HASH_SIZE}, NULL, buf_str(&text)};
    return true;
}

static bool
hash_of_content(struct store *store, int64_t content, struct hash *out)
{
    struct rows rows = store_ask(store, STORE_CONTENT_HASH, CELLS(cell_number(content)));
    bool good = rows_next(&rows) && rows_hash(&rows, 0, out);

    if (!rows_end(&rows))
        return false;
    return good || store_damaged(store, "content");
}

bool
chain_append(struct store *store, struct arena *arena, const char *kind, int64_t content,
             const struct value *columns, struct chain_entry *out)
{
    struct chain_entry head;
    struct chain_sealed sealed;
    struct hash hash;

    if (!chain_head(store, arena, CHAIN_OWN, &head) || !seal(store, arena, columns, &sealed))
        return false;
    if (content != 0 && !hash_of_content(store, content, &hash))
        return false;
    sealed.content = content == 0 ? NULL : &hash;
    *out = (struct chain_entry){.chain = CHAIN_OWN,
                                .n = head.n + 1,
                                .time = time_after(store, arena, head.time),
                                .kind = str_dup(arena, str_of(kind)),
                                .digest = chain_digest(arena, &sealed),
                                .previous = head.hash};
    out->hash = chain_hash(arena, out);
    return chain_put(store, out, &sealed, content);
}

/* ---- checking */

bool
chain_is_time(struct str text)
{
    static const char shape[] = "0000-00-00T00:00:00Z";

    for (size_t i = 0; i < TIME_LEN && i < text.len; i++) {
        bool digit = text.ptr[i] >= '0' && text.ptr[i] <= '9';
        if (shape[i] == '0' ? !digit : text.ptr[i] != shape[i])
            return false;
    }
    return text.len == TIME_LEN;
}

/* Kinds have small letters alone. A hash is of texts as they are normalised, and so would be that
 * of a kind with blanks around it, which is none that anybody knows. */
static bool
is_kind(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < 'a' || text.ptr[i] > 'z')
            return false;
    }
    return text.len > 0;
}

enum chain_fault
chain_follows(struct arena *arena, const struct chain_entry *last, const struct chain_entry *entry)
{
    if (entry->n != last->n + 1)
        return CHAIN_GAP;
    struct hash hash = chain_hash(arena, entry);
    if (!same(&hash, &entry->hash) || !is_kind(entry->kind))
        return CHAIN_HASH;
    if (!same(&entry->previous, &last->hash))
        return CHAIN_PREVIOUS;
    if (!chain_is_time(entry->time) || (last->n > 0 && str_cmp(entry->time, last->time) < 0))
        return CHAIN_TIME;
    return CHAIN_GOOD;
}

/* What is wrong with the row at hand; `last` is the entry before, whose texts may be gone after. */
static enum chain_fault
fault_of(struct arena *arena, const struct rows *rows, const struct chain_entry *last,
         struct chain_seen *seen)
{
    bool whole = take_entry(arena, rows, &seen->entry);

    seen->removed_by = rows_is_none(rows, 11) ? 0 : rows_number(rows, 11);
    seen->content = rows_number(rows, 8);
    bool unpacked = rows_is_none(rows, 7) || take_sealed(arena, rows, 7, &seen->sealed);
    enum chain_fault fault = chain_follows(arena, last, &seen->entry);
    if (fault == CHAIN_GOOD && !whole)
        fault = CHAIN_HASH;
    if (fault != CHAIN_GOOD)
        return fault;
    if (rows_is_none(rows, 7))
        return seen->removed_by != 0 ? CHAIN_GOOD : CHAIN_LOST;
    struct hash digest = chain_digest(arena, &seen->sealed);
    return seen->removed_by != 0 || !unpacked || !same(&digest, &seen->entry.digest) ? CHAIN_DIGEST
                                                                                     : CHAIN_GOOD;
}

bool
chain_walk(struct store *store, int64_t chain, chain_visit *visit, void *user)
{
    struct chain_entry last = {0};
    char time[TIME_LEN] = "";
    bool more = true;

    if (!begin_of(store, chain, &last.hash))
        return false;
    struct arena *arena = arena_new(0);
    struct rows rows =
        store_ask(store, STORE_CHAIN_WALK, CELLS(cell_number(chain), cell_number(0)));
    while (more && rows_next(&rows)) {
        struct arena_mark mark = arena_mark(arena);
        struct chain_seen seen = {.last = last.n};
        seen.fault = fault_of(arena, &rows, &last, &seen);
        more = visit(user, &seen);
        last = seen.entry;
        if (last.time.len > TIME_LEN)
            last.time.len = TIME_LEN;
        if (last.time.len > 0)
            memcpy(time, last.time.ptr, last.time.len);
        last.time.ptr = time;
        last.kind = STR("");
        arena_reset(arena, mark);
    }
    arena_free(arena);
    return rows_end(&rows);
}

struct checking {
    struct chain_checked *out;
    void (*tell)(void *user, int64_t n);
    void *user;
};

static bool
check_one(void *user, const struct chain_seen *seen)
{
    struct checking *checking = user;
    struct chain_checked *out = checking->out;

    out->fault = seen->fault;
    out->n = seen->fault == CHAIN_GAP ? seen->last + 1 : seen->entry.n;
    if (seen->fault != CHAIN_GOOD)
        return false;
    out->removed += seen->removed_by != 0;
    out->head = seen->entry.hash;
    if (checking->tell != NULL)
        checking->tell(checking->user, seen->entry.n);
    return true;
}

bool
chain_check(struct store *store, int64_t chain, struct chain_checked *out,
            void (*tell)(void *user, int64_t n), void *user)
{
    struct checking checking = {out, tell, user};

    *out = (struct chain_checked){.fault = CHAIN_GOOD};
    return begin_of(store, chain, &out->head) && chain_walk(store, chain, check_one, &checking);
}
