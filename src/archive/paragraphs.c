#include "archive/paragraphs.h"

#include "archive/cut.h"
#include "archive/store.h"
#include "base/arena.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "thai/fold.h"

#define HASH_BYTES                                                                 \
    6 /* of a paragraph: enough that few have the same, and then they are compared \
       */

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

static int64_t
after_step(int64_t from, uint64_t step)
{
    return (step & 1) == 0 ? from + (int64_t)(step >> 1) : from - (int64_t)(step >> 1);
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
    size_t byte = 0, page = place->page;

    if (!get_number(list, at, &count) || count > list.len)
        return false;
    struct text_turn *turns = arena_array(arena, (size_t)count, sizeof *turns);
    for (size_t i = 0; i < count; i++) {
        if (!get_number(list, at, &bytes) || !get_number(list, at, &step))
            return false;
        byte += (size_t)bytes;
        page = (size_t)after_step((int64_t)page, step);
        turns[i] = (struct text_turn){byte, page};
    }
    place->turns = turns;
    place->turn_count = (size_t)count;
    return true;
}

bool
paragraphs_places(struct arena *arena, struct str list, struct paragraph_place **out, size_t *count)
{
    size_t cap = 0, page = 0;
    int64_t last = 0;

    *out = NULL;
    *count = 0;
    for (size_t at = 0; at < list.len;) {
        struct paragraph_place place = {.turn_count = 0};
        uint64_t first, step;
        if (!get_number(list, &at, &first))
            return false;
        page = place.page = (size_t)after_step((int64_t)page, first >> 1);
        if (((first & 1) != 0 && !get_turns(arena, list, &at, &place)) ||
            !get_number(list, &at, &step))
            return false;
        last = place.paragraph = after_step(last, step);
        *ARENA_ADD(arena, *out, *count, cap, 64) = place;
    }
    return true;
}

/* ---- paragraphs */

static int64_t
short_hash(struct str text)
{
    struct hash hash = hash_of(text);
    int64_t out = 0;

    for (size_t i = 0; i < HASH_BYTES; i++)
        out = out << 8 | hash.bytes[i];
    return out;
}

static bool
damaged(struct store *store)
{
    return store_damaged(store, diag_both(store_diags(store),
                                          "the text of a document is not as it is written",
                                          "ข้อความของเอกสารไม่อยู่ในรูปที่โปรแกรมเขียน"));
}

/* The paragraph with this text, 0: there is none. */
static bool
find_paragraph(struct store *store, struct arena *arena, struct str text, int64_t hash,
               int64_t *out)
{
    struct rows rows = store_ask(store, STORE_PARAGRAPH_FIND, CELLS(cell_number(hash)));
    struct str kept;
    bool good = true;

    *out = 0;
    while (*out == 0 && good && rows_next(&rows)) {
        good = store_unpack(store, arena, rows_text(&rows, 1), &kept);
        if (good && str_eq(kept, text))
            *out = rows_number(&rows, 0);
    }
    return rows_end(&rows) && (good || damaged(store));
}

static bool
add_paragraph(struct store *store, struct arena *arena, struct str text, struct str folded,
              int64_t hash, int64_t *out)
{
    if (!store_do(store, STORE_PARAGRAPH_ADD,
                  CELLS(cell_number(hash), cell_bytes(store_pack(store, arena, text)))))
        return false;
    *out = store_new_key(store);
    return store_do(store, STORE_PAIRS_ADD, CELLS(cell_number(*out), cell_text(folded))) &&
           store_do(store, STORE_WORDS_ADD, CELLS(cell_number(*out), cell_text(folded)));
}

/* The number of a paragraph, which is made where there is none; 0 for one that has too little. */
static bool
keep_paragraph(struct store *store, struct str text, int64_t *out)
{
    struct arena *scratch = arena_new(0);
    struct str folded = fold_text(scratch, text);
    int64_t hash = short_hash(text);
    bool good = true;

    *out = 0;
    if (utf8_count(folded) >= 2)
        good = find_paragraph(store, scratch, text, hash, out) &&
               (*out != 0 || add_paragraph(store, scratch, text, folded, hash, out));
    arena_free(scratch);
    return good;
}

bool
paragraphs_put(struct store *store, int64_t chain, int64_t n,
               const struct text_paragraphs *paragraphs)
{
    struct arena *scratch = arena_new(0);
    struct buf list = buf_in(scratch);
    size_t page = 0, bytes = 0;
    int64_t last = 0, paragraph = 0;
    bool good = paragraphs_renew(store);

    for (size_t i = 0; i < paragraphs->count && good; i++) {
        const struct text_paragraph *one = &paragraphs->list[i];
        good = keep_paragraph(store, one->text, &paragraph);
        if (!good || paragraph == 0)
            continue;
        put_place(&list, one, page, last, paragraph);
        page = one->page;
        last = paragraph;
        bytes += one->text.len;
        good = store_do(store, STORE_HOLDER_ADD,
                        CELLS(cell_number(paragraph), cell_number(chain), cell_number(n)));
    }
    good = good && (list.len == 0 ||
                    store_do(store, STORE_TEXT_ADD,
                             CELLS(cell_number(chain), cell_number(n), cell_number((int64_t)bytes),
                                   cell_bytes(buf_str(&list)))));
    arena_free(scratch);
    return good;
}

bool
paragraph_text(struct store *store, struct arena *arena, int64_t paragraph, struct str *out)
{
    struct rows rows = store_ask(store, STORE_PARAGRAPH_GET, CELLS(cell_number(paragraph)));
    bool good = rows_next(&rows) && store_unpack(store, arena, rows_text(&rows, 0), out);

    return rows_end(&rows) && (good || damaged(store));
}

bool
paragraph_folded(struct store *store, struct arena *arena, int64_t paragraph, struct str *out)
{
    struct str text;

    if (!paragraph_text(store, arena, paragraph, &text))
        return false;
    *out = fold_text(arena, text);
    return true;
}

/* The list of a document, empty where it has no text. */
static bool
read_list(struct store *store, struct arena *arena, int64_t chain, int64_t n,
          struct paragraph_place **out, size_t *count)
{
    struct rows rows = store_ask(store, STORE_TEXT_GET, CELLS(cell_number(chain), cell_number(n)));
    struct str list = rows_next(&rows) ? str_dup(arena, rows_text(&rows, 0)) : STR("");

    return rows_end(&rows) && (paragraphs_places(arena, list, out, count) || damaged(store));
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

/* ---- removing */

/* Removes a paragraph that nobody holds. */
static bool
drop_paragraph(struct store *store, int64_t paragraph)
{
    struct arena *scratch = arena_new(0);
    struct str text;
    bool good = paragraph_text(store, scratch, paragraph, &text);

    if (good) {
        const struct cell folded = cell_text(fold_text(scratch, text));
        good = store_do(store, STORE_PAIRS_REMOVE, CELLS(cell_number(paragraph), folded)) &&
               store_do(store, STORE_WORDS_REMOVE, CELLS(cell_number(paragraph), folded)) &&
               store_do(store, STORE_PARAGRAPH_REMOVE, CELLS(cell_number(paragraph)));
    }
    arena_free(scratch);
    return good;
}

static bool
let_go(struct store *store, int64_t chain, int64_t n, int64_t paragraph)
{
    int64_t held;

    if (!store_do(store, STORE_HOLDER_REMOVE,
                  CELLS(cell_number(paragraph), cell_number(chain), cell_number(n))))
        return false;
    if (store_changed(store) == 0)
        return true; /* it stands in the list twice */
    return store_number(store, STORE_HOLDER_ANY, CELLS(cell_number(paragraph)), 0, &held) &&
           (held != 0 || drop_paragraph(store, paragraph));
}

bool
paragraphs_remove(struct store *store, int64_t chain, int64_t n)
{
    struct arena *scratch = arena_new(0);
    struct paragraph_place *places;
    size_t count;
    /* what was cut otherwise could not be taken out again */
    bool good = paragraphs_renew(store) && read_list(store, scratch, chain, n, &places, &count);

    for (size_t i = 0; good && i < count; i++)
        good = let_go(store, chain, n, places[i].paragraph);
    good = good && store_do(store, STORE_TEXT_REMOVE, CELLS(cell_number(chain), cell_number(n)));
    arena_free(scratch);
    return good;
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
