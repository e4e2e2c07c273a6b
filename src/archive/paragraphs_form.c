/* How the lists of documents and the blocks of paragraphs are written, and read again. */
#include <stdlib.h>

#include "archive/paragraphs_inner.h"
#include "archive/store.h"
#include "base/arena.h"
#include "base/hash.h"
#include "thai/fold.h"

#define HASH_BYTES 4 /* of a paragraph: few have the same, and then they are compared */
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

void
paragraphs_put_place(struct buf *list, const struct text_paragraph *one, size_t last_page,
                     int64_t last, int64_t paragraph)
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

bool
paragraphs_damaged(struct store *store)
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

struct str
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

    return rows_end(&rows) && (good || paragraphs_damaged(store));
}

bool
paragraph_text(struct store *store, struct arena *arena, int64_t paragraph, struct str *out)
{
    size_t index = (size_t)(paragraph % BLOCK_PARAGRAPHS);
    struct block block;

    if (!block_get(store, arena, block_of_paragraph(paragraph), &block))
        return false;
    if (index >= block.count)
        return paragraphs_damaged(store);
    *out = block.texts[index];
    return true;
}

bool
paragraphs_last(struct store *store, int64_t *out)
{
    if (!store_number(store, STORE_BLOCK_LAST, NO_CELLS, 0, out))
        return false;
    return (*out >= 0 && *out < BLOCKS_MAX) || paragraphs_damaged(store);
}

/* ---- of a document */

bool
paragraphs_list(struct store *store, struct arena *arena, int64_t chain, int64_t n,
                struct paragraph_place **out, size_t *count)
{
    struct rows rows = store_ask(store, STORE_TEXT_GET, CELLS(cell_number(chain), cell_number(n)));
    bool good = paragraphs_places(store, arena, rows_next(&rows) ? rows_text(&rows, 0) : STR(""),
                                  out, count);

    return rows_end(&rows) && (good || paragraphs_damaged(store));
}

static int
by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

int64_t *
paragraphs_blocks(struct arena *arena, const struct paragraph_place *places, size_t count,
                  size_t *blocks)
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

/* ---- of a paragraph, of a block read lately */

/* With a sign, as SQLite keeps numbers: half of those without one would take more bytes. */
int64_t
paragraph_hash(struct str text)
{
    struct hash hash = hash_of(text);
    int64_t out = 0;

    for (size_t i = 0; i < HASH_BYTES; i++)
        out = out << 8 | hash.bytes[i];
    return out - ((int64_t)1 << (8 * HASH_BYTES - 1));
}

bool
near_block(struct near_blocks *near, int64_t number, const struct block **out)
{
    struct near_block *one = near->list;

    for (size_t i = 0; i < BLOCKS_NEAR; i++) {
        *out = &one[i].block;
        if (one[i].number == number)
            return true;
    }
    one += near->next++ % BLOCKS_NEAR;
    one->number = 0;
    if (!block_get(near->store, near->arena, number, &one->block))
        return false;
    one->number = number;
    *out = &one->block;
    return true;
}
