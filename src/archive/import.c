/* banthuek_archive_import(): a bag into an archive. */
#include <string.h>

#include "archive/bag.h"
#include "archive/canon.h"
#include "archive/import_inner.h"
#include "archive/paragraphs.h"
#include "base/arena.h"
#include "value/value.h"

/* ---- where the chains of the bag go */

/* The chain of an archive here; -1: it is not here. */
static bool
find_chain(struct importing *import, struct str id, int64_t *out)
{
    return store_number(import->store, STORE_BAG_CHAIN_FIND, CELLS(cell_text(id)), -1, out);
}

static bool
is_empty(struct importing *import, bool *out)
{
    struct chain_entry head;
    int64_t chains;

    if (!chain_head(import->store, import->scratch, CHAIN_OWN, &head) ||
        !store_number(import->store, STORE_BAG_CHAIN_COUNT, NO_CELLS, 0, &chains))
        return false;
    *out = head.n == 0 && chains <= 1;
    return true;
}

/* The empty archive becomes that of the bag. */
static bool
take_id(struct importing *import)
{
    const struct bag_chain *chain = &import->chains.chain[0];

    import->out->what = BANTHUEK_ARCHIVE_RESTORED;
    return store_set_meta(import->store, "id", chain->id) &&
           (chain->name.len == 0 || store_set_meta(import->store, "name", chain->name)) &&
           store_do(import->store, STORE_BAG_CHAIN_RENAME,
                    CELLS(cell_number(CHAIN_OWN), cell_text(chain->id)));
}

/* What a chain is called here: as it calls itself, else by its id. */
static struct str
name_of(const struct bag_chain *chain)
{
    return chain->name.len > 0 ? chain->name : str_sub(chain->id, 0, 8);
}

/* The text that a query gives, unless there is none. */
static bool
ask_name(struct importing *import, enum store_query query, int64_t id, struct str *name)
{
    struct rows rows = store_ask(import->store, query, CELLS(cell_number(id)));

    if (rows_next(&rows) && rows_text(&rows, 0).len > 0)
        *name = str_dup(import->lent.arena, rows_text(&rows, 0));
    return rows_end(&rows);
}

/* One that does not say what it is called gets the name of the agency that most of it is of. */
static bool
call_chain(struct importing *import, int64_t id, bool is_new, struct bag_chain *chain)
{
    if (id == CHAIN_OWN || !is_new || chain->name.len > 0)
        return true;
    return ask_name(import, STORE_BAG_CHAIN_AGENCY, id, &chain->name) &&
           store_do(import->store, STORE_BAG_CHAIN_SET_NAME,
                    CELLS(cell_number(id), cell_text(name_of(chain))));
}

static bool
new_chain(struct importing *import, const struct bag_chain *chain, int64_t *id)
{
    if (!store_do(import->store, STORE_BAG_CHAIN_NEW,
                  CELLS(cell_text(chain->id), cell_text(name_of(chain)))))
        return false;
    *id = store_new_key(import->store);
    return true;
}

/* ---- a chain */

/* The last entry that both have is the same, so all before it are. */
static bool
check_fork(struct importing *import, int64_t id, const struct bag_chain *chain, int64_t common)
{
    struct diags *diags = import->lent.diags;
    struct chain_entry here;
    struct bag_entry there;

    if (common == 0)
        return true;
    if (!chain_entry(import->store, import->scratch, id, common, &here) ||
        !bag_entry_read(import->bag, import->scratch, chain, common, &there))
        return false;
    if (memcmp(&here.hash, &there.entry.hash, sizeof here.hash) == 0)
        return true;
    diag_add(diags, DIAG_ARCHIVE_BAG_FORK, store_pos(import->store),
             diag_str(diags, name_of(chain)), NULL, NULL);
    return false;
}

static bool
put_entries(struct importing *import, int64_t id, const struct bag_chain *chain, int64_t from)
{
    bool good = true;

    for (int64_t n = from; n <= chain->entries && good; n++) {
        struct arena_mark mark = arena_mark(import->scratch);
        good = import_entry(import, id, chain, n);
        arena_reset(import->scratch, mark);
        import->done++;
        if (import->options.progress != NULL)
            import->options.progress(import->options.user, import->done, import->total);
    }
    return good;
}

/* Brings a chain here to that of the bag. *grown: something came. */
static bool
put_chain(struct importing *import, struct bag_chain *chain, bool *grown)
{
    size_t before = import->out->entries;
    struct chain_entry head;
    int64_t id;

    if (!find_chain(import, chain->id, &id))
        return false;
    bool is_new = id < 0;
    if (is_new ? !new_chain(import, chain, &id)
               : !ask_name(import, STORE_BAG_CHAIN_NAME, id, &chain->name))
        return false;
    if (!chain_head(import->store, import->scratch, id, &head))
        return false;
    int64_t common = head.n < chain->entries ? head.n : chain->entries;
    import->done += (size_t)common;
    if (!check_fork(import, id, chain, common) || !import_withheld(import, id, chain) ||
        !put_entries(import, id, chain, common + 1) || !call_chain(import, id, is_new, chain))
        return false;
    *grown = is_new || import->out->entries > before;
    return true;
}

/* ---- the own entry that tells of it */

static struct value *
chain_map(struct importing *import, const struct bag_chain *chain)
{
    struct arena *arena = import->scratch;
    struct value *map = canon_map(arena);

    canon_add_text(arena, map, "archive", chain->id);
    canon_add_number(arena, map, "entries", chain->entries);
    canon_add_text(arena, map, "head", bag_hex(arena, &chain->head));
    canon_add_text(arena, map, "name", name_of(chain));
    return map;
}

static bool
append_own(struct importing *import)
{
    struct arena *arena = import->scratch;
    struct value *map = canon_map(arena), *list = canon_list(arena);
    struct chain_entry entry;

    for (size_t i = 0; i < import->chains.count; i++)
        value_append(list, chain_map(import, &import->chains.chain[i]));
    canon_add(map, "chains", list);
    if (!chain_append(import->store, arena, CHAIN_IMPORT, 0, map, &entry))
        return false;
    import->out->entry = (size_t)entry.n;
    return true;
}

/* ---- the bag */

static bool
is_own(struct importing *import, bool *out)
{
    int64_t id;

    if (!find_chain(import, import->chains.chain[0].id, &id))
        return false;
    *out = id == CHAIN_OWN;
    return true;
}

/* The bag's own chain comes first: what it is to this archive decides about the rest. */
static bool
put_chains(struct importing *import)
{
    bool empty, own, grown = false, any = false;
    int64_t id;

    if (!is_empty(import, &empty))
        return false;
    bool restore = empty && (import->options.flags & BANTHUEK_ARCHIVE_NO_RESTORE) == 0;
    if ((restore && !take_id(import)) || !is_own(import, &own) ||
        !find_chain(import, import->chains.chain[0].id, &id))
        return false;
    for (size_t i = 0; i < import->chains.count; i++) {
        if (!put_chain(import, &import->chains.chain[i], &grown))
            return false;
        any = any || grown;
    }
    if (import->dropped && !paragraphs_purge(import->store))
        return false;
    if (!restore && any)
        import->out->what = id < 0 ? BANTHUEK_ARCHIVE_TAKEN : BANTHUEK_ARCHIVE_CONTINUED;
    import->out->name = lent_bytes(name_of(&import->chains.chain[0]));
    return own || !any || append_own(import);
}

static void
fill_out(struct importing *import)
{
    const struct bag_chain *own = &import->chains.chain[0];
    struct banthuek_archive_imported *out = import->out;

    out->id = str_cstr(import->lent.arena, own->id);
    out->head = bag_hex(import->lent.arena, &own->head).ptr;
    out->archives = import->chains.count - 1;
    for (size_t i = 0; i < import->chains.count; i++)
        import->total += (size_t)import->chains.chain[i].entries;
}

static bool
put_bag(struct importing *import)
{
    bool good = bag_chains_read(import->bag, import->lent.arena, &import->chains);

    if (!good)
        return false;
    fill_out(import);
    good = store_begin(import->store) && put_chains(import) && store_commit(import->store);
    store_end(import->store);
    if (good)
        (void)store_tidy(import->store);
    return good;
}

const struct banthuek_archive_imported *
banthuek_archive_import(struct banthuek *b, struct banthuek_archive *archive, const char *folder,
                        const struct banthuek_archive_import_options *options)
{
    struct importing import = {.lent = archive_begin(b, archive), .store = archive->store};
    bool good = false;

    lent_take(&import.options, sizeof import.options, options);
    import.out = arena_alloc(import.lent.arena, sizeof *import.out);
    import.bag = bag_open(import.lent.arena, import.lent.diags, folder);
    if (import.bag == NULL)
        return NULL;
    import.scratch = arena_new(0);
    good = put_bag(&import);
    bag_close(import.bag);
    arena_free(import.scratch);
    return good ? import.out : NULL;
}
