/* Keeping the texts of documents, and reading them again. */
#include "archive/cut.h"
#include "archive/paragraphs_inner.h"
#include "archive/store.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "thai/fold.h"

#define BLOCK_BYTES 12288 /* a block that has more is full */
#define LITTLE_BYTES 32

/* ---- keeping */

/* A document that is being put, with the block that takes its new paragraphs. */
struct keeping {
    struct store *store;
    struct arena *arena;
    int64_t number; /* of the block */
    struct block block;
    size_t cap, bytes;
    int64_t *list; /* the document's paragraphs; 0: too little to be found */
    struct near_blocks near;
};

static bool
is_text(struct keeping *k, int64_t paragraph, struct str text, bool *out)
{
    int64_t number = block_of_paragraph(paragraph);
    size_t index = (size_t)(paragraph % BLOCK_PARAGRAPHS);
    const struct block *block = &k->block;

    if (number != k->number && !near_block(&k->near, number, &block))
        return false;
    if (index >= block->count)
        return paragraphs_damaged(k->store);
    *out = str_eq(block->texts[index], text);
    return true;
}

/* The paragraph with this text, 0: there is none. */
static bool
find_paragraph(struct keeping *k, struct str text, int64_t hash, int64_t *out)
{
    struct rows rows = store_ask(k->store, STORE_PARAGRAPH_FIND, CELLS(cell_number(hash)));
    bool good = true, is_same = false;

    *out = 0;
    while (good && !is_same && rows_next(&rows)) {
        int64_t paragraph = rows_number(&rows, 0);
        good = is_text(k, paragraph, text, &is_same);
        *out = is_same ? paragraph : 0;
    }
    return rows_end(&rows) && good;
}

/* Writes the block, where it has anything, and begins the next. */
static bool
end_block(struct keeping *k)
{
    struct arena *scratch = arena_new(0);
    const struct cell number = cell_number(k->number);
    bool good = true;

    if (k->block.count > 0) {
        const struct cell folded = cell_text(block_folded(scratch, &k->block));
        struct str bytes = block_write(scratch, &k->block);
        good = store_do(k->store, STORE_BLOCK_ADD,
                        CELLS(number, cell_bytes(store_pack(k->store, scratch, bytes)))) &&
               store_do(k->store, STORE_PAIRS_ADD, CELLS(number, folded)) &&
               store_do(k->store, STORE_WORDS_ADD, CELLS(number, folded));
        k->number++;
    }
    k->block = (struct block){NULL, 0};
    k->cap = k->bytes = 0;
    arena_free(scratch);
    return good;
}

/* Too little to be found. What is not short is taken for more, whatever becomes of it. */
static bool
is_little(struct str text)
{
    if (text.len > LITTLE_BYTES)
        return false;
    struct arena *scratch = arena_new(0);
    size_t count = utf8_count(fold_text(scratch, text));
    arena_free(scratch);
    return count < 2;
}

static bool
keep_paragraph(struct keeping *k, struct str text, int64_t *out)
{
    int64_t hash = paragraph_hash(text);

    *out = 0;
    if (is_little(text))
        return true;
    if (!find_paragraph(k, text, hash, out) || *out != 0)
        return *out != 0;
    if ((k->bytes > BLOCK_BYTES || k->block.count == BLOCK_PARAGRAPHS) && !end_block(k))
        return false;
    *out = k->number * BLOCK_PARAGRAPHS + (int64_t)k->block.count;
    k->bytes += text.len;
    *ARENA_ADD(k->arena, k->block.texts, k->block.count, k->cap, 16) = text;
    return store_do(k->store, STORE_PARAGRAPH_ADD, CELLS(cell_number(hash), cell_number(*out)));
}

static bool
keep_all(struct keeping *k, const struct text_paragraphs *paragraphs)
{
    int64_t last;
    bool good = paragraphs_last(k->store, &last);

    k->number = last + 1;
    k->list = arena_array(k->arena, paragraphs->count, sizeof *k->list);
    for (size_t i = 0; i < paragraphs->count && good; i++)
        good = keep_paragraph(k, paragraphs->list[i].text, &k->list[i]);
    return good && end_block(k);
}

/* The row of a document, and those of the blocks it holds something of. */
static bool
keep_list(struct keeping *k, int64_t chain, int64_t n, const struct text_paragraphs *paragraphs)
{
    struct buf list = buf_in(k->arena);
    size_t page = 0, bytes = 0;
    int64_t last = 0;

    for (size_t i = 0; i < paragraphs->count; i++) {
        const struct text_paragraph *one = &paragraphs->list[i];
        int64_t block = block_of_paragraph(k->list[i]);
        if (k->list[i] == 0)
            continue;
        paragraphs_put_place(&list, one, page, last, k->list[i]);
        if ((last == 0 || block != block_of_paragraph(last)) &&
            !store_do(k->store, STORE_HOLDER_ADD,
                      CELLS(cell_number(block), cell_number(chain), cell_number(n))))
            return false;
        page = one->page;
        last = k->list[i];
        bytes += one->text.len;
    }
    return list.len == 0 ||
           store_do(k->store, STORE_TEXT_ADD,
                    CELLS(cell_number(chain), cell_number(n), cell_number((int64_t)bytes),
                          cell_bytes(store_pack(k->store, k->arena, buf_str(&list)))));
}

bool
paragraphs_put(struct store *store, int64_t chain, int64_t n,
               const struct text_paragraphs *paragraphs)
{
    struct arena *scratch = arena_new(0);
    struct keeping keeping = {
        .store = store, .arena = scratch, .near = {.store = store, .arena = scratch}};
    bool good = paragraphs_renew(store) && keep_all(&keeping, paragraphs) &&
                keep_list(&keeping, chain, n, paragraphs);

    arena_free(scratch);
    return good;
}

bool
paragraphs_get(struct store *store, struct arena *arena, int64_t chain, int64_t n,
               struct text_paragraphs *out)
{
    struct paragraph_place *places;
    size_t count;

    *out = (struct text_paragraphs){NULL, 0};
    if (!paragraphs_list(store, arena, chain, n, &places, &count))
        return false;
    out->list = arena_array(arena, count, sizeof *out->list);
    for (size_t i = 0; i < count; i++) {
        struct text_paragraph *one = &out->list[out->count++];
        *one = (struct text_paragraph){.page = places[i].page, .turn_count = places[i].turn_count};
        one->turns = arena_array(arena, one->turn_count, sizeof *one->turns);
        for (size_t k = 0; k < one->turn_count; k++)
            one->turns[k] = places[i].turns[k];
        if (!paragraph_text(store, arena, places[i].paragraph, &one->text))
            return false;
    }
    return true;
}

bool
paragraphs_tidy(struct store *store)
{
    return store_do(store, STORE_PAIRS_MERGE, NO_CELLS) &&
           store_do(store, STORE_WORDS_MERGE, NO_CELLS);
}

bool
paragraphs_purge(struct store *store)
{
    return store_do(store, STORE_PAIRS_PURGE, NO_CELLS) &&
           store_do(store, STORE_WORDS_PURGE, NO_CELLS);
}

/* ---- versions */

static struct str
pairs_version(struct arena *arena)
{
    return str_of(arena_printf(arena, "%d", CUT_VERSION));
}

bool
paragraphs_state(struct store *store, struct paragraphs_state *out)
{
    struct arena *scratch = arena_new(0);
    struct str pairs, words;
    bool good =
        store_meta(store, scratch, "pairs", &pairs) && store_meta(store, scratch, "words", &words);

    if (good) {
        out->pairs = str_eq(pairs, pairs_version(scratch));
        out->words = str_eq(words, cut_version(scratch));
    }
    arena_free(scratch);
    return good;
}

bool
paragraphs_renew(struct store *store)
{
    struct paragraphs_state state;
    struct arena *scratch = arena_new(0);
    bool good = paragraphs_state(store, &state);

    if (good && !state.pairs)
        good = store_do(store, STORE_PAIRS_RENEW, NO_CELLS) &&
               store_set_meta(store, "pairs", pairs_version(scratch));
    if (good && !state.words)
        good = store_do(store, STORE_WORDS_RENEW, NO_CELLS) &&
               store_set_meta(store, "words", cut_version(scratch));
    arena_free(scratch);
    return good;
}
