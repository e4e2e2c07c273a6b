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
        STORE_REMOVE_SEALED,
    };
    bool good = true;

    for (size_t i = 0; i < sizeof queries / sizeof queries[0] && good; i++)
        good = store_do(store, queries[i], CELLS(cell_number(chain), cell_number(n)));
    return good;
}

/* Ties the versions before it to those behind it. */
static bool
tie_versions(struct store *store, const struct removal *r)
{
    struct cell newer = r->newer == 0 ? cell_none() : cell_number(r->newer);

    return store_do(store, STORE_REMOVE_NEWER,
                    CELLS(cell_number(r->chain), cell_number(r->n), newer)) &&
           (r->earlier == 0 ||
            store_do(store, STORE_REMOVE_EARLIER,
                     CELLS(cell_number(r->chain), cell_none(), newer, cell_number(r->earlier))));
}

bool
entry_drop(struct store *store, const struct removal *r)
{
    return store_do(store, STORE_REMOVED_ADD,
                    CELLS(cell_number(r->chain), cell_number(r->n), cell_number(r->by))) &&
           paragraphs_remove(store, r->chain, r->n) && drop_rows(store, r->chain, r->n) &&
           tie_versions(store, r) &&
           store_do(store, STORE_REMOVE_CONTENT, CELLS(cell_number(r->content)));
}

static bool
read_versions(struct store *store, struct removal *r)
{
    struct rows rows =
        store_ask(store, STORE_REMOVE_VERSIONS, CELLS(cell_number(r->chain), cell_number(r->n)));

    if (rows_next(&rows)) {
        r->earlier = rows_number(&rows, 0);
        r->newer = rows_number(&rows, 1);
    }
    return rows_end(&rows);
}

/* The versions are told, too: who imports the archive has only this to know them by. */
static struct value *
columns_of(struct arena *arena, const struct removal *r, struct str reason, struct str who)
{
    struct value *columns = canon_map(arena);

    canon_add_number(arena, columns, "entry", r->n);
    if (r->newer != 0)
        canon_add_number(arena, columns, "newer", r->newer);
    canon_add_text(arena, columns, "reason", reason);
    if (r->earlier != 0)
        canon_add_number(arena, columns, "supersedes", r->earlier);
    canon_add_text(arena, columns, "who", who);
    return columns;
}

bool
entry_remove(struct store *store, struct arena *arena, int64_t n, struct str reason, struct str who,
             int64_t *by)
{
    struct removal r = {.chain = CHAIN_OWN, .n = n};
    struct chain_entry entry;

    *by = 0;
    if (!find(store, arena, n, &r.content) || !read_versions(store, &r) ||
        !chain_append(store, arena, CHAIN_REMOVE, 0, columns_of(arena, &r, reason, who), &entry))
        return false;
    r.by = entry.n;
    if (!entry_drop(store, &r) || !paragraphs_purge(store))
        return false;
    *by = entry.n;
    return true;
}
