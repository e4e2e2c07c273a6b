/* What the files of searching share. */
#ifndef ARCHIVE_SEARCH_INNER_H
#define ARCHIVE_SEARCH_INNER_H

#include "archive/paragraphs.h"
#include "archive/search.h"
#include "archive/store.h"

/* A set of paragraphs, by number. */
struct bits {
    uint8_t *bytes;
    size_t size; /* numbers below it */
};

bool bits_has(const struct bits *bits, int64_t number);
void bits_set(struct bits *bits, int64_t number);

/* A term at work: which paragraphs may have it, which have it as words, and of those that were
 * looked at which do. */
struct sought {
    const struct term *term;
    struct bits maybe, words, seen, sure;
    int64_t *list; /* those of `maybe` */
    size_t count;
    bool is_pair;  /* the index of pairs is sure of it */
    double weight; /* a term in few paragraphs says more */
};

struct search {
    struct store *store;
    struct arena *arena; /* of the result */
    struct arena *scratch;
    const struct search_wish *wish;
    struct sought *sought;
    size_t count;
    size_t paragraphs; /* the largest number */
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

/* Whether a paragraph has a term, looked at once. */
bool search_is_in(struct search *s, struct sought *sought, int64_t paragraph, bool *out);

/* ---- search_filter.c: whether a document is one of those that are asked for. */
bool search_filter(struct search *s, int64_t chain, int64_t n, bool *out);

/* ---- search_snippet.c */
bool search_snippets(struct search *s, const struct paragraph_place *places, size_t count,
                     struct search_hit *hit);

#endif
