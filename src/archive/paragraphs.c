#include "archive/paragraphs.h"

#include <stdlib.h>

#include "archive/cut.h"
#include "archive/store.h"
#include "base/arena.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "thai/fold.h"

#define HASH_BYTES 4      /* of a paragraph: few have the same, and then they are compared */
#define BLOCK_BYTES 12288 /* a block that has more is full */
#define LITTLE_BYTES 32
#define PAGES_MAX INT32_MAX
#define PARAGRAPHS_MAX (BLOCKS_MAX * BLOCK_PARAGRAPHS)

/* ---- numbers in lists: seven bits a byte from the lowest */

static void
put_number(struct buf *out, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        buf_byte(out, (char)(unsigned char)(number | 0x80));
    buf_byte(out, (char)(unsigned char)number);
}

static bool
get_number(struct str list, size_t *at, uint64_t *out)
{
    *out = 0;
    for (unsigned shift = 0; *at < list.len && shift < 63; shift += 7) {
        unsigned byte = (unsigned char)list.ptr[(*at)++];
        *out |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return true;
    }
    return false;
}

/* Numbers that follow each other closely, up and down, are small. */
static uint64_t
step_of(int64_t from, int64_t to)
{
    return to >= from ? (uint64_t)(to - from) << 1 : (uint64_t)(from - to) << 1 | 1;
}

/* False where the step leads below 0 or beyond `most`. */
static bool
take_step(int64_t *number, uint64_t step, int64_t most)
{
    if (step >> 1 > (uint64_t)most)
        return false;
    *number += (step & 1) == 0 ? (int64_t)(step >> 1) : -(int64_t)(step >> 1);
    return *number >= 0 && *number <= most;
}

/* ---- lists: pages on since the paragraph before, and whether it turns; how often, then where and
 * how many pages on; the step to the paragraph's number */

static void
put_place(struct buf *list, const struct text_paragraph *one, size_t last_page, int64_t last,
          int64_t paragraph)
{
    size_t at = 0, page = one->page;

    put_number(list, step_of((int64_t)last_page, (int64_t)page) << 1 | (one->turn_count > 0));
    if (one->turn_count > 0)
        put_number(list, one->turn_count);
    for (size_t i = 0; i < one->turn_count; i++) {
        put_number(list, one->turns[i].at - at);
        put_number(list, step_of((int64_t)page, (int64_t)one->turns[i].page));
        at = one->turns[i].at;
        page = one->turns[i].page;
    }
    put_number(list, step_of(last, paragraph));
}

static bool
get_turns(struct arena *arena, struct str list, size_t *at, struct paragraph_place *place)
{
    uint64_t count, bytes, step;
    int64_t page = (int64_t)place->page;
    size_t byte = 0;

    if (!get_number(list, at, &count) || count > list.len)
        return false;
    struct text_turn *turns = arena_array(arena, (size_t)count, sizeof *turns);
    for (size_t i = 0; i < count; i++) {
        if (!get_number(list, at, &bytes) || !get_number(list, at, &step) ||
            !take_step(&page, step, PAGES_MAX))
            return false;
        byte += (size_t)bytes;
        turns[i] = (struct text_turn){byte, (size_t)page};
    }
    place->turns = turns;
    place->turn_count = (size_t)count;
    return true;
}

bool
paragraphs_places(struct store *store, struct arena *arena, struct str packed,
                  struct paragraph_place **out, size_t *count)
{
    struct str list = STR("");
    int64_t last = 0, page = 0;
    size_t cap = 0;

    *out = NULL;
    *count = 0;
    if (packed.len > 0 && !store_unpack(store, arena, packed, &list))
        return false;
    for (size_t at = 0; at < list.len;) {
        struct paragraph_place place = {.turn_count = 0};
        uint64_t first, step;
        if (!get_number(list, &at, &first) || !take_step(&page, first >> 1, PAGES_MAX))
            return false;
        place.page = (size_t)page;
        if (((first & 1) != 0 && !get_turns(arena, list, &at, &place)) ||
            !get_number(list, &at, &step) || !take_step(&last, step, PARAGRAPHS_MAX))
            return false;
        place.paragraph = last;
        *ARENA_ADD(arena, *out, *count, cap, 64) = place;
    }
    return true;
}

/* ---- blocks: paragraphs that came together, each with how many bytes it has before it. One that
 * was removed is empty. */

int64_t
block_of_paragraph(int64_t paragraph)
{
    return paragraph / BLOCK_PARAGRAPHS;
}

static bool
damaged(struct store *store)
{
    return store_damaged(store, diag_both(store_diags(store),
                                          "the text of a document is not as it is written",
                                          "ข้อความของเอกสารไม่อยู่ในรูปที่โปรแกรมเขียน"));
}

bool
block_read(struct arena *arena, struct str bytes, struct block *out)
{
    size_t cap = 0;

    *out = (struct block){NULL, 0};
    for (size_t at = 0; at < bytes.len;) {
        uint64_t size;
        if (!get_number(bytes, &at, &size) || size > bytes.len - at)
            return false;
        *ARENA_ADD(arena, out->texts, out->count, cap, 64) = str_sub(bytes, at, (size_t)size);
        at += (size_t)size;
    }
    return true;
}

static struct str
block_write(struct arena *arena, const struct block *block)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < block->count; i++) {
        put_number(&out, block->texts[i].len);
        buf_add(&out, block->texts[i]);
    }
    return buf_str(&out);
}

struct str
block_folded(struct arena *arena, const struct block *block)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < block->count; i++) {
        if (i > 0)
            buf_byte(&out, '\n');
        buf_add(&out, fold_text(arena, block->texts[i]));
    }
    return buf_str(&out);
}

bool
block_get(struct store *store, struct arena *arena, int64_t number, struct block *out)
{
    struct rows rows = store_ask(store, STORE_BLOCK_GET, CELLS(cell_number(number)));
    struct str bytes;
    bool good = rows_next(&rows) && store_unpack(store, arena, rows_text(&rows, 0), &bytes) &&
                block_read(arena, bytes, out);

    return rows_end(&rows) && (good || damaged(store));
}

bool
paragraph_text(struct store *store, struct arena *arena, int64_t paragraph, struct str *out)
{
    size_t index = (size_t)(paragraph % BLOCK_PARAGRAPHS);
    struct block block;

    if (!block_get(store, arena, block_of_paragraph(paragraph), &block))
        return false;
    if (index >= block.count)
        return damaged(store);
    *out = block.texts[index];
    return true;
}

bool
paragraphs_last(struct store *store, int64_t *out)
{
    if (!store_number(store, STORE_BLOCK_LAST, NO_CELLS, 0, out))
        return false;
    return (*out >= 0 && *out < BLOCKS_MAX) || damaged(store);
}

/* ---- keeping */

#define BLOCKS_NEAR 4

/* A block that was read last: the paragraphs that a template repeats stand in few. */
struct near_block {
    int64_t number; /* 0: none */
    struct block block;
};

/* A document that is being put, with the block that takes its new paragraphs. */
struct keeping {
    struct store *store;
    struct arena *arena;
    int64_t number; /* of the block */
    struct block block;
    size_t cap, bytes;
    int64_t *list; /* the document's paragraphs; 0: too little to be found */
    struct near_block near[BLOCKS_NEAR];
    size_t next_near;
};

/* With a sign, as SQLite keeps numbers: half of those without one would take more bytes. */
static int64_t
short_hash(struct str text)
{
    struct hash hash = hash_of(text);
    int64_t out = 0;

    for (size_t i = 0; i < HASH_BYTES; i++)
        out = out << 8 | hash.bytes[i];
    return out - ((int64_t)1 << (8 * HASH_BYTES - 1));
}

/* A block of before. */
static bool
near_block(struct keeping *k, int64_t number, const struct block **out)
{
    struct near_block *near = k->near;

    for (size_t i = 0; i < BLOCKS_NEAR; i++) {
        *out = &near[i].block;
        if (near[i].number == number)
            return true;
    }
    near += k->next_near++ % BLOCKS_NEAR;
    near->number = 0;
    if (!block_get(k->store, k->arena, number, &near->block))
        return false;
    near->number = number;
    *out = &near->block;
    return true;
}

static bool
is_text(struct keeping *k, int64_t paragraph, struct str text, bool *out)
{
    int64_t number = block_of_paragraph(paragraph);
    size_t index = (size_t)(paragraph % BLOCK_PARAGRAPHS);
    const struct block *block = &k->block;

    if (number != k->number && !near_block(k, number, &block))
        return false;
    if (index >= block->count)
        return damaged(k->store);
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
    int64_t hash = short_hash(text);

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
        put_place(&list, one, page, last, k->list[i]);
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
    struct keeping keeping = {.store = store, .arena = scratch};
    bool good = paragraphs_renew(store) && keep_all(&keeping, paragraphs) &&
                keep_list(&keeping, chain, n, paragraphs);

    arena_free(scratch);
    return good;
}

/* The list of a document, empty where it has no text. */
static bool
read_list(struct store *store, struct arena *arena, int64_t chain, int64_t n,
          struct paragraph_place **out, size_t *count)
{
    struct rows rows = store_ask(store, STORE_TEXT_GET, CELLS(cell_number(chain), cell_number(n)));
    bool good = paragraphs_places(store, arena, rows_next(&rows) ? rows_text(&rows, 0) : STR(""),
                                  out, count);

    return rows_end(&rows) && (good || damaged(store));
}

bool
paragraphs_get(struct store *store, struct arena *arena, int64_t chain, int64_t n,
               struct text_paragraphs *out)
{
    struct paragraph_place *places;
    size_t count;

    *out = (struct text_paragraphs){NULL, 0};
    if (!read_list(store, arena, chain, n, &places, &count))
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

/* ---- verifying */

static int
by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

/* The blocks of a list, each once, in their order. */
static int64_t *
blocks_of(struct arena *arena, const struct paragraph_place *places, size_t count, size_t *blocks)
{
    int64_t *list = arena_array(arena, count, sizeof *list);

    for (size_t i = 0; i < count; i++)
        list[i] = block_of_paragraph(places[i].paragraph);
    if (count > 0)
        qsort(list, count, sizeof *list, by_number);
    *blocks = 0;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || list[i] != list[i - 1])
            list[(*blocks)++] = list[i];
    }
    return list;
}

/* How many bytes the paragraphs of a list have; -1 where one of them is none. */
static bool
count_bytes(struct keeping *k, const struct paragraph_place *places, size_t count, int64_t *bytes)
{
    *bytes = 0;
    for (size_t i = 0; i < count && *bytes >= 0; i++) {
        size_t index = (size_t)(places[i].paragraph % BLOCK_PARAGRAPHS);
        const struct block *block;
        if (!near_block(k, block_of_paragraph(places[i].paragraph), &block))
            return false;
        bool there = index < block->count && block->texts[index].len > 0;
        *bytes = there ? *bytes + (int64_t)block->texts[index].len : -1;
    }
    return true;
}

static bool
check_list(struct keeping *k, int64_t chain, int64_t n, bool *good, int64_t *held)
{
    struct rows rows =
        store_ask(k->store, STORE_TEXT_GET, CELLS(cell_number(chain), cell_number(n)));
    struct paragraph_place *places;
    int64_t bytes = 0, size = 0;
    size_t count, blocks;

    *held = -1;
    *good = true;
    if (!rows_next(&rows))
        return rows_end(&rows);
    *good = paragraphs_places(k->store, k->arena, rows_text(&rows, 0), &places, &count);
    size = rows_number(&rows, 1);
    if (!rows_end(&rows) || !*good)
        return *good;
    const int64_t *list = blocks_of(k->arena, places, count, &blocks);
    if (!count_bytes(k, places, count, &bytes))
        return false;
    *good = bytes == size && count > 0;
    *held = (int64_t)blocks;
    for (size_t i = 0; i < blocks && *good; i++) {
        int64_t knows;
        if (!store_number(k->store, STORE_HOLDER_COUNT,
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
    struct keeping keeping = {.store = store, .arena = scratch};
    bool good;

    store_use(store, quiet);
    good = check_list(&keeping, chain, n, &good, held) && good;
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
        if (!store_number(store, STORE_PARAGRAPH_COUNT,
                          CELLS(cell_number(short_hash(block->texts[i])), cell_number(paragraph)),
                          0, &there))
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

/* ---- removing */

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
    bool good = read_list(l->store, scratch, chain, n, &places, &count);

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
                      CELLS(cell_number(short_hash(block.texts[i])), cell_number(paragraph))))
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
    bool good = paragraphs_renew(store) && read_list(store, scratch, chain, n, &places, &count);

    if (good && count > 0) {
        size_t blocks;
        const int64_t *list = blocks_of(scratch, places, count, &blocks);
        for (size_t i = 0; i < blocks && good; i++)
            good = leave_block(store, chain, n, list[i], places, count);
    }
    good = good && store_do(store, STORE_TEXT_REMOVE, CELLS(cell_number(chain), cell_number(n)));
    arena_free(scratch);
    return good;
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
