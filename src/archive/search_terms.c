/* Terms and the indexes. */
#include <math.h>

#include "archive/cut.h"
#include "archive/search_inner.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "thai/fold.h"

#define TOKENS_MAX 64 /* asked of a term; it is looked at afterwards anyway */

bool
bits_has(const struct bits *bits, int64_t number)
{
    size_t at = (size_t)number;

    return number >= 0 && at < bits->size && (bits->bytes[at / 8] >> at % 8 & 1) != 0;
}

static void
bits_set(struct bits *bits, int64_t number)
{
    size_t at = (size_t)number;

    if (number >= 0 && at < bits->size)
        bits->bytes[at / 8] = (uint8_t)(bits->bytes[at / 8] | 1u << at % 8);
}

static struct bits
bits_new(const struct search *s)
{
    return (struct bits){arena_alloc(s->scratch, s->blocks / 8 + 1), s->blocks + 1};
}

/* ---- expressions of FTS5: tokens in quotes, all of which have to be there */

struct asked {
    struct buf out;
    size_t count;
};

static void
add_token(struct asked *asked, struct str token)
{
    if (asked->count == TOKENS_MAX)
        return;
    buf_text(&asked->out, asked->count++ == 0 ? "\"" : " AND \"");
    for (size_t i = 0; i < token.len; i++) {
        if (token.ptr[i] == '"')
            buf_byte(&asked->out, '"');
        buf_byte(&asked->out, token.ptr[i]);
    }
    buf_byte(&asked->out, '"');
}

static bool
put_token(void *user, struct str token, size_t from, size_t to, bool with_last)
{
    (void)from;
    (void)to;
    (void)with_last;
    add_token(user, token);
    return true;
}

static struct str
ask_for_pairs(struct arena *arena, struct str folded)
{
    struct asked asked = {.out = buf_in(arena)};

    (void)cut_pairs(folded, put_token, &asked);
    return buf_str(&asked.out);
}

static struct str
ask_for_words(struct arena *arena, struct str folded)
{
    struct asked asked = {.out = buf_in(arena)};

    (void)cut_words(folded, false, arena_alloc(arena, folded.len + 1), put_token, &asked);
    return buf_str(&asked.out);
}

/* ---- asking */

static bool
ask_pairs(struct search *s, struct sought *sought)
{
    const struct cell asked = cell_text(ask_for_pairs(s->scratch, sought->term->text));
    struct rows rows = store_ask(s->store, STORE_PAIRS_ASK, &asked, 1);
    size_t cap = 0;

    while (rows_next(&rows)) {
        int64_t block = rows_number(&rows, 0);
        bits_set(&sought->maybe, block);
        *ARENA_ADD(s->scratch, sought->list, sought->count, cap, 256) = block;
    }
    return rows_end(&rows);
}

static bool
ask_words(struct search *s, struct sought *sought)
{
    const struct cell asked = cell_text(ask_for_words(s->scratch, sought->term->text));

    if (asked.text.len == 0)
        return true;
    struct rows rows = store_ask(s->store, STORE_WORDS_ASK, &asked, 1);
    while (rows_next(&rows))
        bits_set(&sought->words, rows_number(&rows, 0));
    return rows_end(&rows);
}

bool
search_terms(struct search *s, bool by_words)
{
    const struct expression *expression = s->wish->expression;
    int64_t last;

    if (!paragraphs_last(s->store, &last))
        return false;
    bool good = true;
    s->blocks = (size_t)last;
    s->count = expression->count;
    s->sought = arena_array(s->scratch, s->count, sizeof *s->sought);
    for (size_t i = 0; i < s->count && good; i++) {
        struct sought *sought = &s->sought[i];
        sought->term = &expression->terms[i];
        sought->maybe = bits_new(s);
        sought->words = bits_new(s);
        sought->seen = map_new(s->scratch);
        good = ask_pairs(s, sought) &&
               (!by_words || sought->term->is_excluded || ask_words(s, sought));
        sought->weight = log(1 + (double)s->blocks / (1 + (double)sought->count));
    }
    return good;
}

/* ---- looking at paragraphs */

bool
search_text(struct search *s, int64_t paragraph, struct str *out)
{
    int64_t number = block_of_paragraph(paragraph);
    struct open_block *open = &s->open[number % BLOCKS_OPEN];
    size_t index = (size_t)(paragraph % BLOCK_PARAGRAPHS);

    if (open->number != number) {
        if (open->arena == NULL) {
            open->arena = arena_new(0);
            open->begin = arena_mark(open->arena);
        }
        arena_reset(open->arena, open->begin);
        open->number = 0;
        if (!block_get(s->store, open->arena, number, &open->block))
            return false;
        open->number = number;
    }
    *out = index < open->block.count ? open->block.texts[index] : STR("");
    return true;
}

static const char yes, no; /* what stands in `seen` */

bool
search_is_known_in(const struct sought *sought, int64_t paragraph)
{
    return map_get(sought->seen, (uint64_t)paragraph + 1) == &yes;
}

bool
search_is_in(struct search *s, struct sought *sought, int64_t paragraph, bool *out)
{
    struct str text;

    *out = false;
    if (!bits_has(&sought->maybe, block_of_paragraph(paragraph)))
        return true;
    void **seen = map_put(sought->seen, (uint64_t)paragraph + 1);
    if (*seen == NULL) {
        if (!search_text(s, paragraph, &text))
            return false;
        struct arena_mark mark = arena_mark(s->folding);
        bool is_in = str_find(fold_text(s->folding, text), sought->term->text) != SIZE_MAX;
        *seen = (void *)(uintptr_t)(is_in ? &yes : &no);
        arena_reset(s->folding, mark);
    }
    *out = *seen == &yes;
    return true;
}
