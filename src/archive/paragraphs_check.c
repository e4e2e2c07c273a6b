/* Whether the texts of an archive are as they were kept. */
#include "archive/paragraphs_inner.h"
#include "archive/store.h"
#include "base/arena.h"

/* How many bytes the paragraphs of a list have; -1 where one of them is none. */
static bool
count_bytes(struct near_blocks *near, const struct paragraph_place *places, size_t count,
            int64_t *bytes)
{
    *bytes = 0;
    for (size_t i = 0; i < count && *bytes >= 0; i++) {
        size_t index = (size_t)(places[i].paragraph % BLOCK_PARAGRAPHS);
        const struct block *block;
        if (!near_block(near, block_of_paragraph(places[i].paragraph), &block))
            return false;
        bool there = index < block->count && block->texts[index].len > 0;
        *bytes = there ? *bytes + (int64_t)block->texts[index].len : -1;
    }
    return true;
}

static bool
check_list(struct near_blocks *near, int64_t chain, int64_t n, bool *good, int64_t *held)
{
    struct rows rows =
        store_ask(near->store, STORE_TEXT_GET, CELLS(cell_number(chain), cell_number(n)));
    struct paragraph_place *places;
    int64_t bytes = 0, size = 0;
    size_t count, blocks;

    *held = -1;
    *good = true;
    if (!rows_next(&rows))
        return rows_end(&rows);
    *good = paragraphs_places(near->store, near->arena, rows_text(&rows, 0), &places, &count);
    size = rows_number(&rows, 1);
    if (!rows_end(&rows) || !*good)
        return *good;
    const int64_t *list = paragraphs_blocks(near->arena, places, count, &blocks);
    if (!count_bytes(near, places, count, &bytes))
        return false;
    *good = bytes == size && count > 0;
    *held = (int64_t)blocks;
    for (size_t i = 0; i < blocks && *good; i++) {
        int64_t knows;
        if (!store_number(near->store, STORE_HOLDER_COUNT,
                          CELLS(cell_number(list[i]), cell_number(chain), cell_number(n)), 0,
                          &knows))
            return false;
        *good = knows == 1;
    }
    return true;
}

bool
paragraphs_check(struct store *store, int64_t chain, int64_t n, int64_t *held)
{
    struct diags *told = store_diags(store), *quiet = diags_new();
    struct arena *scratch = arena_new(0);
    struct near_blocks near = {.store = store, .arena = scratch};
    bool good;

    store_use(store, quiet);
    good = check_list(&near, chain, n, &good, held) && good;
    store_use(store, told);
    diags_free(quiet);
    arena_free(scratch);
    return good;
}

/* Each text of a block has its line among the paragraphs. */
static bool
check_block(struct store *store, int64_t number, const struct block *block, bool *good,
            int64_t *count)
{
    for (size_t i = 0; i < block->count && *good; i++) {
        int64_t there, paragraph = number * BLOCK_PARAGRAPHS + (int64_t)i;
        if (block->texts[i].len == 0)
            continue;
        ++*count;
        if (!store_number(
                store, STORE_PARAGRAPH_COUNT,
                CELLS(cell_number(paragraph_hash(block->texts[i])), cell_number(paragraph)), 0,
                &there))
            return false;
        *good = there == 1;
    }
    return true;
}

bool
paragraphs_check_blocks(struct store *store, bool *good)
{
    struct arena *scratch = arena_new(0);
    int64_t count = 0, all = 0;

    *good = true;
    bool done = store_begin_read(store);
    struct rows rows = store_ask(store, STORE_BLOCKS, NO_CELLS);
    while (done && *good && rows_next(&rows)) {
        struct arena_mark mark = arena_mark(scratch);
        struct block block;
        struct str bytes;
        *good = store_unpack(store, scratch, rows_text(&rows, 1), &bytes) &&
                block_read(scratch, bytes, &block);
        done = !*good || check_block(store, rows_number(&rows, 0), &block, good, &count);
        arena_reset(scratch, mark);
    }
    done =
        rows_end(&rows) && done && store_number(store, STORE_PARAGRAPHS_COUNT, NO_CELLS, 0, &all);
    store_end(store);
    *good = *good && all == count;
    arena_free(scratch);
    return done;
}
