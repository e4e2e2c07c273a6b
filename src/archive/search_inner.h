/* What the files of searching share. */
#ifndef ARCHIVE_SEARCH_INNER_H
#define ARCHIVE_SEARCH_INNER_H

#include "archive/paragraphs.h"
#include "archive/search.h"
#include "archive/store.h"
#include "base/arena.h"
#include "pdfin/map.h"

/* A set of blocks, by number. */
struct bits {
    uint8_t *bytes;
    size_t size; /* numbers below it */
};

bool bits_has(const struct bits *bits, int64_t number);

/* A term at work: which blocks may have it, which have it as words, and which of the paragraphs
 * that were looked at do. */
struct sought {
    const struct term *term;
    struct bits maybe, words;
    int64_t *list; /* those of `maybe` */
    size_t count;
    struct map *seen; /* paragraph + 1 → whether */
    double weight;    /* a term in few blocks says more */
};

#define BLOCKS_OPEN 8

/* A block that was read last. */
struct open_block {
    int64_t number; /* 0: none */
    struct arena *arena;
    struct arena_mark begin;
    struct block block;
};

struct search {
    struct store *store;
    struct arena *arena; /* of the result */
    struct arena *scratch;
    struct arena *folding; /* of one paragraph after the other */
    const struct search_wish *wish;
    struct sought *sought;
    size_t count;
    size_t blocks; /* the largest number */
    struct open_block open[BLOCKS_OPEN];
    struct search_found *out;
};

/* A document that may be a hit. */
struct candidate {
    int64_t chain, n;
    int year;
    char date[12];
    double fit;
};

/* ---- search_terms.c */

/* Asks the indexes for all terms. */
bool search_terms(struct search *s, bool by_words);

/* The text of a paragraph, which lives until another one is asked for. */
bool search_text(struct search *s, int64_t paragraph, struct str *out);

/* Whether a paragraph has a term, looked at once. */
bool search_is_in(struct search *s, struct sought *sought, int64_t paragraph, bool *out);

/* Whether it was looked at, and has it. */
bool search_is_known_in(const struct sought *sought, int64_t paragraph);

/* ---- search_filter.c: whether a document is one of those that are asked for. */
bool search_filter(struct search *s, int64_t chain, int64_t n, bool *out);

/* ---- search_snippet.c */
bool search_snippets(struct search *s, const struct paragraph_place *places, size_t count,
                     struct search_hit *hit);

#endif
