#include "archive/code.h"

#include "archive/chain.h"
#include "archive/store.h"

static bool
find_newest(struct store *store, const struct code *code, bool scan, int64_t *n, int64_t *content)
{
    struct rows rows =
        store_ask(store, STORE_CODE_FIND,
                  CELLS(cell_text(str_of(code->text)), cell_number(CHAIN_OWN), cell_number(scan)));

    *n = *content = 0;
    if (rows_next(&rows)) {
        *n = rows_number(&rows, 0);
        *content = rows_number(&rows, 1);
    }
    return rows_end(&rows);
}

/* Goes to the entry that is in the place of another now. Entries that take each other's places are
 * no circle, but a file may be made to say so. */
#define STEPS_MAX 10000

static bool
find_last(struct store *store, const struct code *code, int64_t n, int64_t *later)
{
    bool is_other = false;

    *later = 0;
    for (size_t step = 0; step < STEPS_MAX; step++) {
        struct rows rows =
            store_ask(store, STORE_CODE_NEWER, CELLS(cell_number(CHAIN_OWN), cell_number(n)));
        int64_t next = rows_next(&rows) && !rows_is_none(&rows, 0) ? rows_number(&rows, 0) : 0;
        if (next != 0 && !rows_is_none(&rows, 1) && rows_text(&rows, 1).len > 0)
            is_other = !str_is(rows_text(&rows, 1), code->text);
        if (!rows_end(&rows))
            return false;
        if (next == 0)
            break;
        n = next;
        *later = is_other ? next : 0;
    }
    return true;
}

bool
code_find_document(struct store *store, const struct code *code, struct coded *out)
{
    int64_t unused;

    *out = (struct coded){0};
    return find_newest(store, code, false, &out->n, &out->content) &&
           find_newest(store, code, true, &out->scan, &unused) &&
           (out->n == 0 || find_last(store, code, out->n, &out->later));
}

bool
code_unknown(struct store *store, int64_t *count)
{
    return store_number(store, STORE_CODE_UNKNOWN, NULL, 0, 0, count);
}
