#include "archive/code.h"

#include "archive/chain.h"
#include "archive/store.h"

static struct rows
ask_newest(struct store *store, const struct code *code, bool scan)
{
    return store_ask(
        store, STORE_CODE_FIND,
        CELLS(cell_text(str_of(code->text)), cell_number(CHAIN_OWN), cell_number(scan)));
}

static bool
find_report(struct store *store, struct arena *arena, const struct code *code, struct coded *out)
{
    struct rows rows = ask_newest(store, code, false);

    if (rows_next(&rows)) {
        out->n = rows_number(&rows, 0);
        out->content = rows_number(&rows, 1);
        out->file = str_dup(arena, rows_text(&rows, 2));
        out->is_secret = !rows_is_none(&rows, 3);
    }
    return rows_end(&rows);
}

static bool
find_scan(struct store *store, const struct code *code, struct coded *out)
{
    struct rows rows = ask_newest(store, code, true);

    if (rows_next(&rows))
        out->scan = rows_number(&rows, 0);
    return rows_end(&rows);
}

/* Entries that take each other's places are no circle, but a file may be made to say so. */
#define STEPS_MAX 10000

/* Goes to the entry that is in the place of another now. */
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
code_find_document(struct store *store, struct arena *arena, const struct code *code,
                   struct coded *out)
{
    *out = (struct coded){.file = STR("")};
    return find_report(store, arena, code, out) && find_scan(store, code, out) &&
           (out->n == 0 || find_last(store, code, out->n, &out->later));
}

bool
code_unknown(struct store *store, int64_t *count)
{
    return store_number(store, STORE_CODE_UNKNOWN, NULL, 0, 0, count);
}
