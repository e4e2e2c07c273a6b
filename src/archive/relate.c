#include "archive/relate.h"

#include "archive/canon.h"
#include "archive/chain.h"
#include "archive/entry.h"
#include "archive/store.h"
#include "base/arena.h"
#include "thai/fold.h"
#include "value/value.h"

/* ---- by bytes */

/* The newest entry of which the file, or a state of it, has this hash; 0: there is none. */
static bool
find_state(struct store *store, const struct hash *hash, int64_t *n)
{
    return store_number(store, STORE_STATE_FIND, CELLS(cell_hash(hash), cell_number(CHAIN_OWN)), 0,
                        n);
}

/* The last state is the whole file: an entry that has it has more. Of the states before, the latest
 * that an entry has tells from where it goes on. */
static bool
by_states(struct store *store, const struct prefixes *states, struct columns *columns)
{
    size_t count = states->count;

    if (count == 0)
        return true;
    if (!find_state(store, &states->prefix[count - 1].hash, &columns->newer))
        return false;
    for (size_t i = count - 1; i > 0 && columns->newer == 0 && columns->supersedes == 0; i--) {
        if (!find_state(store, &states->prefix[i - 1].hash, &columns->supersedes))
            return false;
    }
    return true;
}

static bool
by_name(struct store *store, struct str replaces, struct columns *columns)
{
    struct hash hash;

    return !hash_of_hex(replaces, &hash) || find_state(store, &hash, &columns->supersedes);
}

/* A scan takes the place of what was printed, or of an earlier scan of it. Where that is not here,
 * what the report says would tell nothing: another version may say the same. */
static bool
by_code(struct store *store, struct columns *columns)
{
    return columns->code.len == 0 ||
           store_number(store, STORE_CODE_CURRENT,
                        CELLS(cell_text(columns->code), cell_number(CHAIN_OWN)), 0,
                        &columns->supersedes);
}

/* ---- by what it says */

static bool
is_open(struct str number)
{
    return number.len == 0 || str_ends(number, STR("/"));
}

/* In whatever digits and with whatever blanks they were typed. */
static bool
same_text(struct str a, struct str b)
{
    struct arena *scratch = arena_new(0);
    bool same = str_eq(fold_text(scratch, a), fold_text(scratch, b));

    arena_free(scratch);
    return same;
}

/* "2566-09" is any day of it. */
static bool
same_day(struct str a, struct str b)
{
    return a.len > 0 && b.len > 0 && (str_starts(a, b) || str_starts(b, a));
}

/* With a certificate, or on paper. */
static bool
has_signed(const struct columns *columns)
{
    if (columns->is_scan)
        return true;
    for (size_t i = 0; i < columns->person_count; i++) {
        if (columns->persons[i].has_signed)
            return true;
    }
    return false;
}

/* A memo without a number may be one of several that say the same to others. Who gets it stands in
 * what is sealed alone; where it is not said, nothing tells them apart. */
static bool
same_recipient(struct store *store, int64_t n, struct str to, bool *out)
{
    struct arena *scratch = arena_new(0);
    struct chain_sealed sealed;
    int64_t content;
    bool good = chain_sealed(store, scratch, CHAIN_OWN, n, &sealed, &content);

    *out = true;
    if (good && sealed.columns.len > 0) {
        const struct value *map =
            canon_read(scratch, store_diags(store), store_path(store), sealed.columns);
        struct str other = canon_text(map, "to");
        *out = other.len == 0 || to.len == 0 || same_text(other, to);
        good = map != NULL;
    }
    arena_free(scratch);
    return good;
}

/* Whether the row of DOCUMENT_ALIKE is the same report. */
static bool
compare(struct store *store, const struct rows *rows, const struct columns *columns, bool *out)
{
    struct str number = rows_text(rows, 1), date = rows_text(rows, 2), score = rows_text(rows, 3);
    bool has_numbers = !is_open(number) && !is_open(columns->number);

    *out = false;
    if (rows_number(rows, 4) == 1 && !has_signed(columns))
        return true;
    if (has_numbers || (score.len > 0 && columns->score.len > 0)) {
        *out = !has_numbers || same_text(number, columns->number);
        return true;
    }
    return !same_day(date, columns->date) ||
           same_recipient(store, rows_number(rows, 0), columns->to, out);
}

static bool
by_columns(struct store *store, struct columns *columns)
{
    if (!columns->ours || columns->subject.len == 0 || columns->kind.len == 0)
        return true;
    struct rows rows = store_ask(
        store, STORE_DOCUMENT_ALIKE,
        CELLS(cell_number(CHAIN_OWN), columns->year == 0 ? cell_none() : cell_number(columns->year),
              cell_filled(columns->agency), cell_filled(columns->kind),
              cell_filled(columns->office), cell_filled(columns->subject)));
    bool good = true, is_same = false;
    while (good && !is_same && rows_next(&rows)) {
        good = compare(store, &rows, columns, &is_same);
        columns->supersedes = is_same ? rows_number(&rows, 0) : 0;
    }
    return rows_end(&rows) && good;
}

bool
relate(struct store *store, const struct entry_document *document, struct columns *columns)
{
    if (columns->supersedes != 0 || columns->newer != 0)
        return true;
    if (!by_states(store, &document->states, columns))
        return false;
    if (columns->newer != 0 || columns->supersedes != 0)
        return true;
    if (columns->is_scan && !by_code(store, columns))
        return false;
    if (columns->supersedes == 0 && !by_name(store, document->replaces, columns))
        return false;
    return columns->is_scan || columns->supersedes != 0 || by_columns(store, columns);
}
