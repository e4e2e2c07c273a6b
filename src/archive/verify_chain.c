/* The chains of an archive, entry by entry, and what each says against the tables. */
#include <string.h>

#include "archive/canon.h"
#include "archive/retention.h"
#include "archive/verify.h"
#include "base/arena.h"
#include "thai/date.h"
#include "value/value.h"

struct walking {
    struct verifying *v;
    struct verify_chain *chain;
    struct arena *arena; /* for one entry */
    bool good;           /* the store did not fail */
};

static struct verify_place
place_of(const struct walking *w, int64_t n)
{
    return (struct verify_place){w->chain->id, n};
}

static void
tell(const struct walking *w, int64_t n, enum diag_code code)
{
    verify_tell(w->v, place_of(w, n), code, NULL, NULL, NULL);
}

static void
tell_gap(const struct walking *w, const struct chain_seen *seen)
{
    struct verifying *v = w->v;
    int64_t from = seen->last + 1, to = seen->entry.n - 1;

    v->unsealed = true;
    if (seen->entry.n <= seen->last)
        tell(w, seen->entry.n, DIAG_ARCHIVE_BAD_PREVIOUS);
    else if (from == to)
        tell(w, from, DIAG_ARCHIVE_BAD_GAP);
    else
        verify_tell(v, place_of(w, from), DIAG_ARCHIVE_BAD_GAPS, verify_number(v, to), NULL, NULL);
}

static void
tell_fault(const struct walking *w, const struct chain_seen *seen)
{
    static const enum diag_code codes[] = {
        [CHAIN_PREVIOUS] = DIAG_ARCHIVE_BAD_PREVIOUS, [CHAIN_HASH] = DIAG_ARCHIVE_BAD_HASH,
        [CHAIN_DIGEST] = DIAG_ARCHIVE_BAD_DIGEST,     [CHAIN_LOST] = DIAG_ARCHIVE_BAD_LOST,
        [CHAIN_TIME] = DIAG_ARCHIVE_BAD_TIME,
    };

    if (seen->fault == CHAIN_GAP)
        tell_gap(w, seen);
    else if (seen->fault == CHAIN_DIGEST && seen->removed_by != 0)
        tell(w, seen->entry.n, DIAG_ARCHIVE_BAD_REMOVED);
    else if (seen->fault != CHAIN_GOOD)
        tell(w, seen->entry.n, codes[seen->fault]);
    if (seen->fault == CHAIN_LOST || seen->fault == CHAIN_DIGEST)
        w->v->unsealed = true;
}

/* ---- removals */

static bool
tell_removal(struct walking *w, const struct chain_seen *seen, const struct value *tree)
{
    struct verifying *v = w->v;
    struct arena *arena = v->lent.arena;
    int64_t about = canon_number(tree, "entry", 0), by = 0;

    if (!store_number(v->store, STORE_BAG_REMOVED,
                      CELLS(cell_number(w->chain->id), cell_number(about)), 0, &by))
        return false;
    if (by != seen->entry.n)
        verify_tell(v, place_of(w, seen->entry.n), DIAG_ARCHIVE_BAD_REMOVAL,
                    verify_number(v, about), NULL, NULL);
    v->rows.removed++;
    *ARENA_ADD(arena, v->ties, v->tie_count, v->tie_cap, 16) = (struct verify_tie){
        about, canon_number(tree, "supersedes", 0), canon_number(tree, "newer", 0)};
    const time_t at = retention_time(seen->entry.time);
    if (v->removal_count < VERIFY_REMOVALS_MAX)
        *ARENA_ADD(arena, v->removals, v->removal_count, v->removal_cap, 16) =
            (struct banthuek_archive_removal){
                .entry = (size_t)about,
                .by = (size_t)seen->entry.n,
                .archive = w->chain->id == CHAIN_OWN ? lent_bytes(STR("")) : w->chain->told.name,
                .time = lent_bytes(str_dup(arena, seen->entry.time)),
                .when = {lent_bytes(date_moment_text(arena, at, false)),
                         lent_bytes(date_moment_text(arena, at, true))},
                .who = lent_bytes(str_dup(arena, canon_text(tree, "who"))),
                .reason = lent_bytes(str_dup(arena, canon_text(tree, "reason")))};
    return true;
}

/* What an entry removed is gone: which one did so stands in a table, and must be one that says so.
 */
static bool
check_removed(struct walking *w, const struct chain_seen *seen)
{
    struct verifying *v = w->v;
    struct chain_sealed sealed;
    struct chain_entry by;
    int64_t content;

    if (seen->removed_by == seen->entry.n) {
        w->chain->told.withheld++;
        v->rows.withheld++;
        if (w->chain->id == CHAIN_OWN)
            tell(w, seen->entry.n, DIAG_ARCHIVE_UNSURE_WITHHELD);
        return true;
    }
    w->chain->told.removed++;
    if (seen->sealed.salt.len > 0)
        return true;
    if (!chain_entry(v->store, w->arena, w->chain->id, seen->removed_by, &by) ||
        !chain_sealed(v->store, w->arena, w->chain->id, seen->removed_by, &sealed, &content))
        return false;
    struct diags *quiet = diags_new();
    const struct value *tree = canon_read(w->arena, quiet, store_path(v->store), sealed.columns);
    bool says = by.n > seen->entry.n && str_is(by.kind, CHAIN_REMOVE) && tree != NULL &&
                canon_number(tree, "entry", 0) == seen->entry.n;
    diags_free(quiet);
    if (!says)
        tell(w, seen->entry.n, DIAG_ARCHIVE_BAD_LOST);
    return true;
}

/* ---- imports */

/* The name of an imported archive stays that under which it was taken in. */
static void
check_name(struct walking *w, const struct chain_seen *seen, struct str id, struct str name)
{
    struct verifying *v = w->v;

    for (size_t i = 0; i < v->chain_count; i++) {
        const struct banthuek_archive_verified_chain *chain = &v->chains[i].told;
        const struct str here = {chain->name.data, chain->name.size};
        if (str_is(id, chain->id) && !chain->own && !str_eq(here, name))
            verify_tell(
                v, place_of(w, seen->entry.n), DIAG_ARCHIVE_BAD_ROW,
                diag_both(v->said, "the name of the archive that was imported", "ชื่อคลังที่นำเข้า"),
                diag_str(v->said, here), NULL);
    }
}

/* What was imported is here at least up to the entry that was the newest then. */
static bool
check_import(struct walking *w, const struct chain_seen *seen, const struct value *tree)
{
    struct verifying *v = w->v;
    const struct value *list = value_get(tree, STR("chains"));
    const struct value *map = list == NULL || list->kind != VALUE_LIST ? NULL : list->first;

    for (; map != NULL; map = map->next) {
        struct str id = canon_text(map, "archive"), name = canon_text(map, "name");
        struct hash head;
        int64_t n = 0;
        if (!hash_of_hex(canon_text(map, "head"), &head) ||
            !store_number(v->store, STORE_VERIFY_HASH_OF, CELLS(cell_text(id), cell_hash(&head)), 0,
                          &n))
            return false;
        if (w->chain->id == CHAIN_OWN)
            check_name(w, seen, id, name);
        if (n != canon_number(map, "entries", 0))
            verify_tell(v, place_of(w, seen->entry.n), DIAG_ARCHIVE_BAD_IMPORT,
                        diag_str(v->said, name), NULL, NULL);
    }
    return true;
}

/* ---- an entry */

static bool
check_said(struct walking *w, const struct chain_seen *seen)
{
    struct verifying *v = w->v;
    struct str kind = seen->entry.kind;
    struct diags *quiet = diags_new();
    const struct value *tree =
        canon_read(w->arena, quiet, store_path(v->store), seen->sealed.columns);

    diags_free(quiet);
    if (tree == NULL) { /* its digest is right: a newer version wrote it, or somebody with care */
        tell(w, seen->entry.n, DIAG_ARCHIVE_BAD_COLUMNS);
        v->unsealed = true;
        return true;
    }
    if (str_is(kind, CHAIN_ADD))
        return verify_document_rows(v, seen, tree);
    if (str_is(kind, CHAIN_REMOVE))
        return tell_removal(w, seen, tree);
    if (str_is(kind, CHAIN_IMPORT))
        return check_import(w, seen, tree);
    if (str_is(kind, CHAIN_NOTE))
        return verify_note_rows(v, seen, tree);
    if ((str_is(kind, CHAIN_NUMBER) || str_is(kind, CHAIN_VOID)) && w->chain->id == CHAIN_OWN)
        return verify_number_rows(v, seen, tree);
    return true;
}

static bool
visit(void *user, const struct chain_seen *seen)
{
    struct walking *w = user;
    struct verify_chain *chain = w->chain;

    chain->told.entries++;
    tell_fault(w, seen);
    if (seen->removed_by != 0)
        w->good = check_removed(w, seen);
    else if (seen->sealed.salt.len > 0 && seen->fault != CHAIN_DIGEST)
        w->good = check_said(w, seen);
    chain->head = seen->entry.hash;
    if (seen->entry.n % 256 == 0)
        verify_progress(w->v, BANTHUEK_ARCHIVE_STAGE_CHAINS, chain->told.entries, 0);
    arena_free(w->arena);
    w->arena = arena_new(0);
    return w->good;
}

/* ---- the chains */

static bool
list_chains(struct verifying *v)
{
    struct arena *arena = v->lent.arena;
    struct rows rows = store_ask(v->store, STORE_VERIFY_CHAINS, NO_CELLS);

    while (rows_next(&rows)) {
        struct verify_chain *chain = ARENA_ADD(arena, v->chains, v->chain_count, v->chain_cap, 4);
        *chain = (struct verify_chain){
            .id = rows_number(&rows, 0),
            .told = {.id = str_cstr(arena, str_dup(arena, rows_text(&rows, 1))),
                     .name = lent_bytes(str_dup(arena, rows_text(&rows, 2))),
                     .own = rows_number(&rows, 0) == CHAIN_OWN}};
    }
    return rows_end(&rows);
}

/* The first entry is tied to the id of the archive, which stands in two places. */
static bool
check_id(struct verifying *v)
{
    struct str id;

    if (!store_meta(v->store, v->scratch, "id", &id))
        return false;
    bool same =
        v->chain_count > 0 && v->chains[0].id == CHAIN_OWN && str_is(id, v->chains[0].told.id);
    if (!same)
        verify_tell(v, (struct verify_place){CHAIN_OWN, 0}, DIAG_ARCHIVE_BAD_ID, NULL, NULL, NULL);
    return true;
}

static bool
tell_head(struct verifying *v, struct verify_chain *chain)
{
    struct arena *arena = v->lent.arena;
    struct chain_entry head;
    char *hex = arena_alloc(arena, 2 * HASH_SIZE + 1);

    if (!chain_head(v->store, arena, chain->id, &head))
        return false;
    hash_hex(&head.hash, hex);
    chain->told.head = hex;
    chain->told.time = lent_bytes(head.n > 0 ? head.time : STR(""));
    return true;
}

bool
verify_chains(struct verifying *v)
{
    bool good = store_begin_read(v->store) && list_chains(v) && check_id(v);

    verify_progress(v, BANTHUEK_ARCHIVE_STAGE_CHAINS, 0, 0);
    for (size_t i = 0; i < v->chain_count && good; i++) {
        struct walking w = {.v = v, .chain = &v->chains[i], .arena = arena_new(0), .good = true};
        good = chain_walk(v->store, w.chain->id, visit, &w) && w.good && verify_newer(v) &&
               tell_head(v, w.chain);
        arena_free(w.arena);
    }
    good = good && verify_kits(v) && verify_row_counts(v);
    store_end(v->store);
    return good;
}
