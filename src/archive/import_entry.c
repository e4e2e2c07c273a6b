/* An entry of a bag as entry, contents, rows and text of the archive. */
#include "archive/bag.h"
#include "archive/canon.h"
#include "archive/import_inner.h"
#include "archive/kit.h"
#include "archive/paragraphs.h"
#include "archive/reading.h"
#include "archive/register.h"
#include "archive/remove.h"
#include "archive/retention.h"
#include "base/arena.h"
#include "value/value.h"

struct arriving {
    struct importing *import;
    int64_t chain;
    struct str path; /* of its file */
    struct bag_entry item;
    struct columns columns;
};

/* ---- contents */

static bool
is_asset(struct str role)
{
    return str_is(role, "font") || str_is(role, "emblem");
}

/* Puts a content of the bag; *key is 0 where the bag does not have it. */
static bool
put_content(struct importing *import, enum content_kind kind, const struct hash *hash, int64_t *key)
{
    const struct bag_file *file = bag_find_hash(import->bag, hash);
    struct hash own;
    struct str bytes;

    if (!content_find(import->store, hash, key))
        return false;
    if (*key != 0 || file == NULL)
        return true;
    struct arena *arena = arena_new(0);
    bool good = bag_read(import->bag, arena, file, &bytes) &&
                content_put(import->store, kind, bytes, &own, key, NULL);
    arena_free(arena);
    return good;
}

static bool
put_parts(struct importing *import, const struct column_part *parts, size_t count)
{
    bool good = true;
    int64_t key;

    for (size_t i = 0; i < count && good; i++)
        good = put_content(import, is_asset(parts[i].role) ? CONTENT_ASSET : CONTENT_PART,
                           &parts[i].sha256, &key);
    return good;
}

/* The list that a kit is, out of the bag. */
static bool
put_kit_parts(struct importing *import, const struct bag_file *file)
{
    struct column_part *parts;
    struct diags *quiet = diags_new();
    struct str bytes;
    size_t count = 0;
    bool good = bag_read(import->bag, import->scratch, file, &bytes);

    if (good) {
        const struct value *list = canon_read(import->scratch, quiet, "", bytes);
        good = list != NULL && list->kind == VALUE_LIST &&
               columns_read_parts(import->scratch, list, &parts, &count);
        good = good ? put_parts(import, parts, count) : bag_malformed(import->bag, file->path);
    }
    diags_free(quiet);
    return good;
}

static bool
put_kit(struct importing *import, const struct columns *columns)
{
    const struct bag_file *file =
        columns->has_kit ? bag_find_hash(import->bag, &columns->kit) : NULL;
    int64_t key;

    if (file == NULL || !hash_set_add(import->lent.arena, &import->kits, &columns->kit))
        return true;
    return put_kit_parts(import, file) && put_content(import, CONTENT_PART, &columns->kit, &key) &&
           kit_rows(import->store, import->scratch, key);
}

/* ---- documents */

/* What cannot be read of a document was told when it was added: only that pdftotext is missing here
 * is told, once. */
static void
tell_missing(struct importing *import, const struct diags *told)
{
    for (size_t i = 0; i < diags_count(told) && !import->told_missing; i++) {
        if (diags_at(told, i)->code != DIAG_ARCHIVE_TEXT_MISSING)
            continue;
        import->told_missing = true;
        diag_add(import->lent.diags, DIAG_ARCHIVE_TEXT_MISSING, store_pos(import->store), NULL,
                 NULL, NULL);
    }
}

static bool
put_text(struct arriving *a, struct str bytes)
{
    struct importing *import = a->import;
    struct diags *told = diags_new();
    struct text_paragraphs text;

    reading_read(import->scratch, told, POS_NONE, bytes, &a->columns, false, &text);
    tell_missing(import, told);
    diags_free(told);
    return paragraphs_put(import->store, a->chain, a->item.entry.n, &text);
}

static bool
put_document(struct arriving *a, int64_t content)
{
    struct importing *import = a->import;
    struct prefixes states = {NULL, 0};
    struct str bytes;

    if (!put_parts(import, a->columns.parts, a->columns.part_count) ||
        !put_kit(import, &a->columns) ||
        !bag_read(import->bag, import->scratch, a->item.content, &bytes))
        return false;
    if (str_starts(bytes, STR("%PDF-")))
        states = prefixes_of(import->scratch, bytes);
    import->out->documents++;
    return entry_rows(import->store, a->chain, a->item.entry.n, content, &a->columns) &&
           entry_states(import->store, a->chain, a->item.entry.n, &states) && put_text(a, bytes);
}

/* ---- removals: what this entry removed was withheld by the bag, or is here still */

/* A document is removed once. */
static bool
may_remove(struct arriving *a, int64_t n, bool *out)
{
    struct importing *import = a->import;
    struct chain_entry entry;
    int64_t by;

    *out = false;
    if (!chain_entry(import->store, import->scratch, a->chain, n, &entry) ||
        !store_number(import->store, STORE_BAG_REMOVED,
                      CELLS(cell_number(a->chain), cell_number(n)), 0, &by))
        return false;
    *out = n < a->item.entry.n && str_is(entry.kind, CHAIN_ADD) && by == 0;
    return true;
}

/* The number of an entry before this one, or 0. */
static bool
is_before(const struct arriving *a, int64_t n)
{
    return n >= 0 && n < a->item.entry.n;
}

static bool
put_removal(struct arriving *a)
{
    struct importing *import = a->import;
    struct removal removal = {.chain = a->chain,
                              .n = canon_number(a->item.columns, "entry", 0),
                              .by = a->item.entry.n,
                              .earlier = canon_number(a->item.columns, "supersedes", 0),
                              .newer = canon_number(a->item.columns, "newer", 0)};
    struct chain_sealed sealed;
    bool may;

    if (!may_remove(a, removal.n, &may))
        return false;
    if (!may || !is_before(a, removal.earlier) || !is_before(a, removal.newer))
        return bag_malformed(import->bag, a->path);
    if (!chain_sealed(import->store, import->scratch, a->chain, removal.n, &sealed,
                      &removal.content) ||
        !store_do(import->store, STORE_WITHHELD_REMOVE,
                  CELLS(cell_number(a->chain), cell_number(removal.n))))
        return false;
    import->dropped = true;
    return entry_drop(import->store, &removal);
}

/* ---- notes: how long a document is kept */

static bool
put_note(struct arriving *a)
{
    bool good;

    if (!retention_rows(a->import->store, a->chain, a->item.entry.n, a->item.columns, &good))
        return false;
    return good || bag_malformed(a->import->bag, a->path);
}

/* ---- numbers: those that another archive gave are none of this register */

static bool
put_number(struct arriving *a)
{
    struct store *store = a->import->store;
    struct str kind = a->item.entry.kind;
    bool may;

    if (a->chain != CHAIN_OWN)
        return true;
    if (!register_may_follow(store, kind, a->item.columns, &may))
        return false;
    return may ? register_rows(store, a->item.entry.n, kind, a->item.columns)
               : bag_malformed(a->import->bag, a->path);
}

/* ---- entries */

static bool
put_rows(struct arriving *a, int64_t content)
{
    struct str kind = a->item.entry.kind;

    if (str_is(kind, CHAIN_ADD))
        return put_document(a, content);
    if (str_is(kind, CHAIN_NUMBER) || str_is(kind, CHAIN_VOID))
        return put_number(a);
    if (str_is(kind, CHAIN_NOTE))
        return put_note(a);
    return !str_is(kind, CHAIN_REMOVE) || put_removal(a);
}

/* The content's key, and the columns of a document. */
static bool
take_sealed(struct arriving *a, int64_t *content)
{
    *content = 0;
    if (str_is(a->item.entry.kind, CHAIN_ADD) &&
        !columns_parse(a->import->scratch, a->item.columns, &a->columns))
        return bag_malformed(a->import->bag, a->path);
    return a->item.sealed.content == NULL ||
           put_content(a->import, CONTENT_GIVEN, a->item.sealed.content, content);
}

bool
import_entry(struct importing *import, int64_t id, const struct bag_chain *chain, int64_t n)
{
    struct arriving a = {.import = import, .chain = id, .path = chain->entry[n - 1]->path};
    struct store *store = import->store;
    int64_t content;

    if (!bag_entry_read(import->bag, import->scratch, chain, n, &a.item))
        return false;
    a.item.entry.chain = id;
    import->out->entries++;
    if (!a.item.says_something) {
        import->out->withheld += str_is(a.item.entry.kind, CHAIN_ADD);
        return chain_put(store, &a.item.entry, NULL, 0) &&
               store_do(store, STORE_WITHHELD_ADD, CELLS(cell_number(id), cell_number(n)));
    }
    return take_sealed(&a, &content) && chain_put(store, &a.item.entry, &a.item.sealed, content) &&
           put_rows(&a, content);
}

/* ---- what was withheld before */

static bool
fill(struct importing *import, int64_t id, const struct bag_chain *chain, int64_t n)
{
    struct arriving a = {.import = import, .chain = id, .path = chain->entry[n - 1]->path};
    struct store *store = import->store;
    int64_t content;

    if (!bag_entry_read(import->bag, import->scratch, chain, n, &a.item))
        return false;
    a.item.entry.chain = id;
    if (!a.item.says_something)
        return true;
    import->out->entries++;
    return take_sealed(&a, &content) && chain_seal(store, &a.item.entry, &a.item.sealed, content) &&
           store_do(store, STORE_WITHHELD_REMOVE, CELLS(cell_number(id), cell_number(n))) &&
           put_rows(&a, content) &&
           store_do(store, STORE_BAG_NEWER, CELLS(cell_number(id), cell_number(n)));
}

static bool
list_withheld(struct importing *import, int64_t id, int64_t **out, size_t *count)
{
    struct rows rows = store_ask(import->store, STORE_WITHHELD_LIST, CELLS(cell_number(id)));
    size_t cap = 0;

    *out = NULL;
    *count = 0;
    while (rows_next(&rows))
        *ARENA_ADD(import->lent.arena, *out, *count, cap, 64) = rows_number(&rows, 0);
    return rows_end(&rows);
}

bool
import_withheld(struct importing *import, int64_t id, const struct bag_chain *chain)
{
    int64_t *list;
    size_t count;

    if (!list_withheld(import, id, &list, &count))
        return false;
    for (size_t i = 0; i < count && list[i] <= chain->entries; i++) {
        struct arena_mark mark = arena_mark(import->scratch);
        bool good = fill(import, id, chain, list[i]);
        arena_reset(import->scratch, mark);
        if (!good)
            return false;
    }
    return true;
}
