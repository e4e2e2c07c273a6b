#include "archive/remove.h"

#include "archive/canon.h"
#include "archive/chain.h"
#include "archive/paragraphs.h"
#include "archive/store.h"
#include "base/arena.h"

static bool
refuse(struct store *store, enum diag_code code, int64_t n)
{
    struct diags *diags = store_diags(store);

    diag_add(diags, code, store_pos(store), diag_printf(diags, "%lld", (long long)n), NULL, NULL);
    return false;
}

/* The content of a document's entry that may be removed. */
static bool
find(struct store *store, struct arena *arena, int64_t n, int64_t *content)
{
    struct chain_entry entry;
    struct chain_sealed sealed;

    if (!chain_entry(store, arena, CHAIN_OWN, n, &entry))
        return false;
    if (entry.n == 0)
        return refuse(store, DIAG_ARCHIVE_NO_ENTRY, n);
    if (!str_is(entry.kind, CHAIN_ADD))
        return refuse(store, DIAG_ARCHIVE_NOT_DOCUMENT, n);
    if (!chain_sealed(store, arena, CHAIN_OWN, n, &sealed, content))
        return false;
    return sealed.salt.len > 0 || refuse(store, DIAG_ARCHIVE_REMOVED, n);
}

/* Rows of the entry, in an order in which nothing points to what is gone. */
static bool
drop_rows(struct store *store, int64_t chain, int64_t n)
{
    static const enum store_query queries[] = {
        STORE_REMOVE_PART_CONTENTS, STORE_REMOVE_PARTS,  STORE_REMOVE_STATES,
        STORE_REMOVE_PERSONS,       STORE_REMOVE_SCORES, STORE_REMOVE_DOCUMENT,
        STORE_REMOVE_SEALED,        STORE_REMOVE_NEWER,
    };
    bool good = true;

    for (size_t i = 0; i < sizeof queries / sizeof queries[0] && good; i++)
        good = store_do(store, queries[i], CELLS(cell_number(chain), cell_number(n)));
    return good;
}

bool
entry_drop(struct store *store, int64_t chain, int64_t n, int64_t content, int64_t by)
{
    return store_do(store, STORE_REMOVED_ADD,
                    CELLS(cell_number(chain), cell_number(n), cell_number(by))) &&
           paragraphs_remove(store, chain, n) && drop_rows(store, chain, n) &&
           store_do(store, STORE_REMOVE_CONTENT, CELLS(cell_number(content)));
}

bool
entry_remove(struct store *store, struct arena *arena, int64_t n, struct str reason, struct str who,
             int64_t *by)
{
    struct value *columns = canon_map(arena);
    struct chain_entry entry;
    int64_t content = 0;

    *by = 0;
    if (!find(store, arena, n, &content))
        return false;
    canon_add_number(arena, columns, "entry", n);
    canon_add_text(arena, columns, "reason", reason);
    canon_add_text(arena, columns, "who", who);
    if (!chain_append(store, arena, CHAIN_REMOVE, 0, columns, &entry) ||
        !entry_drop(store, CHAIN_OWN, n, content, entry.n) || !paragraphs_purge(store))
        return false;
    *by = entry.n;
    return true;
}
