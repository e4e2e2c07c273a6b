/* Terms and the indexes. */
#include <math.h>

#include "archive/cut.h"
#include "archive/search_inner.h"
#include "base/arena.h"
#include "base/utf8.h"

#define TOKENS_MAX 64 /* asked of a term; it is looked at afterwards anyway */

bool
bits_has(const struct bits *bits, int64_t number)
{
    size_t at = (size_t)number;

    return number >= 0 && at < bits->size && (bits->bytes[at / 8] >> at % 8 & 1) != 0;
}

void
bits_set(struct bits *bits, int64_t number)
{
    size_t at = (size_t)number;

    if (number >= 0 && at < bits->size)
        bits->bytes[at / 8] = (uint8_t)(bits->bytes[at / 8] | 1u << at % 8);
}

static struct bits
bits_new(const struct search *s)
{
    return (struct bits){arena_alloc(s->scratch, s->paragraphs / 8 + 1), s->paragraphs + 1};
}

/* ---- expressions of FTS5: tokens in quotes, all of which have to be there */

struct asked {
    struct buf out;
    size_t count, every; /* each of so many is taken */
    size_t met;
    struct str last;
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
    struct asked *asked = user;

    (void)from;
    (void)to;
    (void)with_last;
    if (asked->met++ % asked->every == 0)
        add_token(asked, token);
    asked->last = token;
    return true;
}

/* Every other pair, and the last, touch each code point. */
static struct str
ask_for_pairs(struct arena *arena, struct str folded)
{
    struct asked asked = {.out = buf_in(arena), .every = 2};

    (void)cut_pairs(folded, put_token, &asked);
    if (asked.met % 2 == 0)
        add_token(&asked, asked.last);
    return buf_str(&asked.out);
}

static struct str
ask_for_words(struct arena *arena, struct str folded)
{
    struct asked asked = {.out = buf_in(arena), .every = 1};

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
        int64_t paragraph = rows_number(&rows, 0);
        bits_set(&sought->maybe, paragraph);
        *ARENA_ADD(s->scratch, sought->list, sought->count, cap, 256) = paragraph;
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
    int64_t most;
    bool good = store_number(s->store, STORE_PARAGRAPH_COUNT, NO_CELLS, 0, &most);

    s->paragraphs = most < 0 ? 0 : (size_t)most;
    s->count = expression->count;
    s->sought = arena_array(s->scratch, s->count, sizeof *s->sought);
    for (size_t i = 0; i < s->count && good; i++) {
        struct sought *sought = &s->sought[i];
        sought->term = &expression->terms[i];
        sought->is_pair = utf8_count(sought->term->text) == 2;
        sought->maybe = bits_new(s);
        sought->seen = bits_new(s);
        sought->sure = bits_new(s);
        sought->words = bits_new(s);
        good = ask_pairs(s, sought) &&
               (!by_words || sought->term->is_excluded || ask_words(s, sought));
        sought->weight = log(1 + (double)s->paragraphs / (1 + (double)sought->count));
    }
    return good;
}

bool
search_is_in(struct search *s, struct sought *sought, int64_t paragraph, bool *out)
{
    bool good = true;

    *out = bits_has(&sought->maybe, paragraph);
    if (!*out || sought->is_pair)
        return true;
    if (!bits_has(&sought->seen, paragraph)) {
        struct arena *scratch = arena_new(0);
        struct str folded;
        good = paragraph_folded(s->store, scratch, paragraph, &folded);
        bits_set(&sought->seen, paragraph);
        if (good && str_find(folded, sought->term->text) != SIZE_MAX)
            bits_set(&sought->sure, paragraph);
        arena_free(scratch);
    }
    *out = bits_has(&sought->sure, paragraph);
    return good;
}
