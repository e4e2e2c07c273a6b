#include "archive/named.h"

#include "archive/canon.h"
#include "archive/store.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "thai/digits.h"
#include "thai/fold.h"
#include "value/value.h"

#define NUMBER_MAX 999999999999
#define ID_LEAST 4  /* digits of an id that name it */
#define ID_SHOWN 12 /* in messages */

/* ---- archives */

struct chains {
    struct named *chain; /* the own first */
    size_t count, cap;
};

static bool
read_chains(struct store *store, struct arena *arena, struct chains *out)
{
    struct rows rows = store_ask(store, STORE_BAG_CHAINS, NO_CELLS);

    *out = (struct chains){NULL, 0, 0};
    while (rows_next(&rows)) {
        int64_t id = rows_number(&rows, 0);
        *ARENA_ADD(arena, out->chain, out->count, out->cap, 16) = (struct named){
            .chain = id,
            .archive = id == CHAIN_OWN ? STR("") : str_dup(arena, rows_text(&rows, 2)),
            .archive_id = str_dup(arena, rows_text(&rows, 1))};
    }
    return rows_end(&rows) && (out->count > 0 || store_damaged(store, "chain"));
}

enum likeness { UNLIKE, PART, WHOLE };

static enum likeness
likeness_of(struct arena *arena, const struct named *chain, struct str wanted)
{
    struct str name = utf8_trim(fold_text(arena, chain->archive));

    if (str_eq(name, wanted) || (wanted.len >= ID_LEAST && str_starts(chain->archive_id, wanted)))
        return WHOLE;
    return str_find(name, wanted) != SIZE_MAX ? PART : UNLIKE;
}

static bool
refuse_archive(struct store *store, struct arena *arena, const struct chains *chains,
               struct str text)
{
    struct diags *diags = store_diags(store);
    struct buf names = buf_in(arena);

    for (size_t i = 0; i < chains->count; i++) {
        if (chains->chain[i].chain != CHAIN_OWN)
            buf_printf(&names, "%s\"%.*s\" (%.*s)", names.len == 0 ? "" : ", ",
                       STR_FMT(chains->chain[i].archive),
                       STR_FMT(str_sub(chains->chain[i].archive_id, 0, ID_SHOWN)));
    }
    diag_add(diags, DIAG_ARCHIVE_ENTRY_WHOSE, store_pos(store), diag_str(diags, text),
             names.len == 0 ? diag_both(diags, "none", "ไม่มี") : diag_str(diags, buf_str(&names)),
             NULL);
    return false;
}

/* The only one that is called so, else the only one of whose name it is a part. */
static bool
find_archive(struct store *store, struct arena *arena, const struct chains *chains, struct str text,
             struct named *out)
{
    struct str wanted = utf8_trim(fold_text(arena, text));
    size_t count[] = {[UNLIKE] = 0, [PART] = 0, [WHOLE] = 0};
    const struct named *found[] = {[UNLIKE] = NULL, [PART] = NULL, [WHOLE] = NULL};

    for (size_t i = 0; i < chains->count && wanted.len > 0; i++) {
        enum likeness like = likeness_of(arena, &chains->chain[i], wanted);
        count[like]++;
        found[like] = &chains->chain[i];
    }
    enum likeness best = count[WHOLE] > 0 ? WHOLE : PART;
    if (count[best] != 1)
        return refuse_archive(store, arena, chains, text);
    *out = *found[best];
    return true;
}

/* ---- entries */

static bool
read_number(struct store *store, struct arena *arena, struct str text, int64_t *out)
{
    struct str digits = digits_to_arabic(arena, utf8_trim(text));
    struct diags *diags = store_diags(store);
    size_t number = 0;

    if (digits.len == 0 || (str_number(digits, NUMBER_MAX, &number) && number > 0)) {
        *out = (int64_t)number;
        return true;
    }
    diag_add(diags, DIAG_ARCHIVE_ENTRY_NAME, POS_NONE, diag_str(diags, text), NULL, NULL);
    return false;
}

bool
named_read(struct store *store, struct arena *arena, struct str text, struct named *out)
{
    size_t at = str_find(text, STR("@"));
    struct chains chains;
    int64_t n;

    if (!read_number(store, arena, str_sub(text, 0, at), &n) || !read_chains(store, arena, &chains))
        return false;
    *out = chains.chain[0];
    if (at != SIZE_MAX &&
        !find_archive(store, arena, &chains, str_sub(text, at + 1, SIZE_MAX), out))
        return false;
    out->n = n;
    return true;
}

struct str
named_text(struct arena *arena, const struct named *named)
{
    return str_of(arena_printf(arena, "%lld%s%.*s", (long long)named->n,
                               named->archive.len == 0 ? "" : "@", STR_FMT(named->archive)));
}

bool
named_refuse(struct store *store, const struct named_entry *entry, enum diag_code code,
             const char *arg2)
{
    struct diags *diags = store_diags(store);

    diag_add(diags, code, POS_NONE,
             diag_printf(diags, "%lld%s%.*s", (long long)entry->named.n,
                         entry->named.archive.len == 0 ? "" : "@", STR_FMT(entry->named.archive)),
             arg2, NULL);
    return false;
}

static bool
read_columns(struct store *store, struct arena *arena, struct named_entry *out)
{
    out->map = canon_read(arena, store_diags(store), store_path(store), out->sealed.columns);
    return out->map != NULL &&
           (!out->is_document || columns_read(store, arena, out->map, &out->columns));
}

bool
named_entry(struct store *store, struct arena *arena, const char *name, struct named_entry *out)
{
    struct named *named = &out->named;

    *out = (struct named_entry){.content = 0};
    if (!named_read(store, arena, str_of(name), named))
        return false;
    if (named->n == 0 ? !chain_head(store, arena, named->chain, &out->entry)
                      : !chain_entry(store, arena, named->chain, named->n, &out->entry))
        return false;
    if (out->entry.n == 0)
        return named->n == 0 || named_refuse(store, out, DIAG_ARCHIVE_NO_ENTRY, NULL);
    named->n = out->entry.n;
    out->is_document = str_is(out->entry.kind, CHAIN_ADD);
    if (!chain_sealed(store, arena, named->chain, named->n, &out->sealed, &out->content) ||
        !store_number(store, STORE_BAG_REMOVED,
                      CELLS(cell_number(named->chain), cell_number(named->n)), 0, &out->removed_by))
        return false;
    out->says_something = out->sealed.salt.len > 0;
    return !out->says_something || read_columns(store, arena, out);
}

bool
named_document(struct store *store, struct arena *arena, const char *name, struct named_entry *out)
{
    if (!named_entry(store, arena, name, out))
        return false;
    if (!out->is_document)
        return named_refuse(store, out, DIAG_ARCHIVE_NOT_DOCUMENT, NULL);
    if (out->says_something)
        return true;
    return named_refuse(store, out,
                        out->removed_by != 0 ? DIAG_ARCHIVE_REMOVED : DIAG_ARCHIVE_WITHHELD, NULL);
}

bool
named_own(struct store *store, struct arena *arena, const char *name, struct named_entry *out)
{
    struct named named;

    if (!named_read(store, arena, str_of(name), &named))
        return false;
    out->named = named;
    if (named.chain != CHAIN_OWN)
        return named_refuse(store, out, DIAG_ARCHIVE_OTHER_CHAIN, NULL);
    return named_document(store, arena, name, out);
}
