/* Removing the text of a document: of its paragraphs what no other one holds. */
#include "archive/paragraphs_inner.h"
#include "archive/store.h"
#include "base/arena.h"

/* The paragraphs of a block that a document lets go of. */
struct leaving {
    struct store *store;
    struct arena *arena;
    int64_t number; /* of the block */
    bool *goes;     /* by index */
    size_t left;    /* how many do */
};

/* What another document holds stays. */
static bool
keep_what_is_held(struct leaving *l, int64_t chain, int64_t n)
{
    struct arena *scratch = arena_new(0);
    struct paragraph_place *places;
    size_t count;
    bool good = paragraphs_list(l->store, scratch, chain, n, &places, &count);

    for (size_t i = 0; good && i < count; i++) {
        bool *goes = &l->goes[places[i].paragraph % BLOCK_PARAGRAPHS];
        if (block_of_paragraph(places[i].paragraph) != l->number || !*goes)
            continue;
        *goes = false;
        l->left--;
    }
    arena_free(scratch);
    return good;
}

static bool
ask_holders(struct leaving *l)
{
    struct rows rows = store_ask(l->store, STORE_HOLDERS, CELLS(cell_number(l->number)));
    bool good = true;

    while (good && l->left > 0 && rows_next(&rows))
        good = keep_what_is_held(l, rows_number(&rows, 0), rows_number(&rows, 1));
    return rows_end(&rows) && good;
}

/* Takes the paragraphs out of the block and of the indexes; a block of nothing goes. */
static bool
drop_paragraphs(struct leaving *l)
{
    const struct cell number = cell_number(l->number);
    struct block block;
    size_t kept = 0;

    if (!block_get(l->store, l->arena, l->number, &block))
        return false;
    const struct cell before = cell_text(block_folded(l->arena, &block));
    for (size_t i = 0; i < block.count && i < BLOCK_PARAGRAPHS; i++) {
        int64_t paragraph = l->number * BLOCK_PARAGRAPHS + (int64_t)i;
        if (l->goes[i] &&
            !store_do(l->store, STORE_PARAGRAPH_REMOVE,
                      CELLS(cell_number(paragraph_hash(block.texts[i])), cell_number(paragraph))))
            return false;
        block.texts[i] = l->goes[i] ? STR("") : block.texts[i];
        kept += block.texts[i].len > 0;
    }
    if (!store_do(l->store, STORE_PAIRS_REMOVE, CELLS(number, before)) ||
        !store_do(l->store, STORE_WORDS_REMOVE, CELLS(number, before)))
        return false;
    if (kept == 0)
        return store_do(l->store, STORE_BLOCK_REMOVE, &number, 1);
    const struct cell after = cell_text(block_folded(l->arena, &block));
    struct str bytes = block_write(l->arena, &block);
    return store_do(l->store, STORE_BLOCK_CHANGE,
                    CELLS(number, cell_bytes(store_pack(l->store, l->arena, bytes)))) &&
           store_do(l->store, STORE_PAIRS_ADD, CELLS(number, after)) &&
           store_do(l->store, STORE_WORDS_ADD, CELLS(number, after));
}

/* Lets go of what a document has of a block. */
static bool
leave_block(struct store *store, int64_t chain, int64_t n, int64_t number,
            const struct paragraph_place *places, size_t count)
{
    struct arena *scratch = arena_new(0);
    struct leaving leaving = {.store = store, .arena = scratch, .number = number};
    bool good = store_do(store, STORE_HOLDER_REMOVE,
                         CELLS(cell_number(number), cell_number(chain), cell_number(n)));

    leaving.goes = arena_array(scratch, BLOCK_PARAGRAPHS, sizeof *leaving.goes);
    for (size_t i = 0; i < count; i++) {
        bool *goes = &leaving.goes[places[i].paragraph % BLOCK_PARAGRAPHS];
        if (block_of_paragraph(places[i].paragraph) != number || *goes)
            continue;
        *goes = true;
        leaving.left++;
    }
    good = good && ask_holders(&leaving) && (leaving.left == 0 || drop_paragraphs(&leaving));
    arena_free(scratch);
    return good;
}

bool
paragraphs_remove(struct store *store, int64_t chain, int64_t n)
{
    struct arena *scratch = arena_new(0);
    struct paragraph_place *places;
    size_t count;
    /* what was cut otherwise could not be taken out again */
    bool good =
        paragraphs_renew(store) && paragraphs_list(store, scratch, chain, n, &places, &count);

    if (good && count > 0) {
        size_t blocks;
        const int64_t *list = paragraphs_blocks(scratch, places, count, &blocks);
        for (size_t i = 0; i < blocks && good; i++)
            good = leave_block(store, chain, n, list[i], places, count);
    }
    good = good && store_do(store, STORE_TEXT_REMOVE, CELLS(cell_number(chain), cell_number(n)));
    arena_free(scratch);
    return good;
}
