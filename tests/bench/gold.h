/* Segmented text (CoNLL-U) for measuring: sentences put together to paragraphs, with the places
 * where words end, and whether a place inside a word parts it wrongly. */
#ifndef BENCH_GOLD_H
#define BENCH_GOLD_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "base/str.h"
#include "base/utf8.h"

struct gold_word {
    size_t from, to; /* bytes of the paragraph */
};

struct gold_text {
    struct str text;
    struct gold_word *word;
    size_t word_count;
};

/* All paragraphs of a file, and the set of its words. */
struct gold {
    struct gold_text *text;
    size_t count;
    struct str *slot; /* hash table of words */
    size_t slots;
};

static inline size_t
gold_slot(const struct gold *gold, struct str word)
{
    size_t hash = 1469598103934665603u;

    for (size_t i = 0; i < word.len; i++)
        hash = (hash ^ (unsigned char)word.ptr[i]) * 1099511628211u;
    for (hash %= gold->slots;; hash = (hash + 1) % gold->slots) {
        if (gold->slot[hash].len == 0 || str_eq(gold->slot[hash], word))
            return hash;
    }
}

/* The field of a line with this number, from 0. */
static inline struct str
gold_field(struct str line, unsigned number)
{
    size_t from = 0, to;

    for (;; number--, from = to + 1) {
        for (to = from; to < line.len && line.ptr[to] != '\t'; to++)
            ;
        if (number == 0 || to == line.len)
            return number == 0 ? str_sub(line, from, to - from) : STR("");
    }
}

/* Reads the file; so many sentences make a paragraph, one space between them. */
static inline struct gold
gold_read(struct arena *arena, struct str file, unsigned sentences)
{
    struct gold gold = {.slots = 1 << 16};
    struct gold_text *text = NULL;
    size_t text_cap = 0, word_cap = 0;
    unsigned left = 0;
    bool started = false;
    struct buf buf = buf_in(arena);

    gold.slot = arena_array(arena, gold.slots, sizeof *gold.slot);
    for (size_t at = 0, end; at < file.len; at = end + 1) {
        for (end = at; end < file.len && file.ptr[end] != '\n'; end++)
            ;
        struct str line = str_sub(file, at, end - at), form = gold_field(line, 1);
        if (line.len == 0 && started) {
            started = false;
            if (--left == 0)
                text->text = str_trim(buf_str(&buf));
            else if (buf.len > 0 && buf.ptr[buf.len - 1] != ' ')
                buf_byte(&buf, ' ');
        }
        if (line.len == 0 || line.ptr[0] < '0' || line.ptr[0] > '9' || form.len == 0)
            continue;
        if (left == 0) {
            gold.text = arena_grow(arena, gold.text, gold.count, &text_cap, sizeof *gold.text, 64);
            text = &gold.text[gold.count++];
            *text = (struct gold_text){.word = NULL};
            word_cap = 0;
            buf = buf_in(arena);
            left = sentences;
        }
        started = true;
        text->word =
            arena_grow(arena, text->word, text->word_count, &word_cap, sizeof *text->word, 256);
        text->word[text->word_count++] = (struct gold_word){buf.len, buf.len + form.len};
        buf_add(&buf, form);
        if (str_find(gold_field(line, 9), STR("SpaceAfter=No")) == SIZE_MAX)
            buf_byte(&buf, ' ');
        gold.slot[gold_slot(&gold, form)] = form;
    }
    if (left > 0 && text != NULL)
        text->text = str_trim(buf_str(&buf));
    return gold;
}

/* True when the part is a chain of words of the file other than `whole`. */
static inline bool
gold_is_chain(const struct gold *gold, struct str part, struct str whole)
{
    bool *reached = calloc(part.len + 1, sizeof *reached);

    reached[0] = true;
    for (size_t i = 0; i < part.len; i++) {
        for (size_t to = i + 1; reached[i] && to <= part.len; to++) {
            struct str word = str_sub(part, i, to - i);
            if (!str_eq(word, whole) && gold->slot[gold_slot(gold, word)].len > 0)
                reached[to] = true;
        }
    }
    bool good = reached[part.len];
    free(reached);
    return good;
}

static inline bool
gold_is_thai(uint32_t c)
{
    return (c >= 0x0E01 && c <= 0x0E3A) || (c >= 0x0E40 && c <= 0x0E4E);
}

enum gold_verdict { GOLD_RIGHT, GOLD_INSIDE, GOLD_HARD };

/* Judges a line that ends before byte `at`: between words; inside a word, or hard: between two
 * Thai letters of it, and not both parts are chains of words. */
static inline enum gold_verdict
gold_judge(const struct gold *gold, const struct gold_text *text, size_t at)
{
    size_t low = 0, high = text->word_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text->word[middle].to <= at)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == text->word_count || text->word[low].from >= at)
        return GOLD_RIGHT;
    const struct gold_word *word = &text->word[low];
    struct str whole = str_sub(text->text, word->from, word->to - word->from);
    struct str a = str_sub(whole, 0, at - word->from);
    struct str b = str_sub(whole, at - word->from, word->to - at);
    size_t last = a.len, next = 0;
    while (last > 0 && ((unsigned char)a.ptr[--last] & 0xC0) == 0x80)
        ;
    if (!gold_is_thai(utf8_next(a, &last)) || !gold_is_thai(utf8_next(b, &next)))
        return GOLD_RIGHT;
    return gold_is_chain(gold, a, whole) && gold_is_chain(gold, b, whole) ? GOLD_INSIDE : GOLD_HARD;
}

#endif
