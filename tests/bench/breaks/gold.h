/* Text with its words or break places known, to measure break places against. */
#ifndef BENCH_GOLD_H
#define BENCH_GOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;

enum gold_place {
    GOLD_INSIDE,    /* in a word: a break is wrong */
    GOLD_TOLERABLE, /* inside a compound */
    GOLD_GOOD,
    GOLD_FORBIDDEN /* after a space at which no line may end */
};

struct gold_text {
    struct str text;
    unsigned char *place; /* per byte of text: of a break before it */
};

struct gold {
    struct gold_text *texts;
    size_t count;
    struct str *words; /* all different words, sorted; none for marked prose */
    size_t word_count;
    bool marked; /* prose with marks rather than words */
};

/* Reads words in CoNLL-U (forms, and MISC's SpaceAfter=No), or prose marked as
 * official-breaks.txt says in its first lines. Never NULL: ends the program when there is no such
 * file. */
struct gold *gold_read(struct arena *arena, const char *path);

/* True when the text is one other word of the file, or several in a row. */
bool gold_is_chain(const struct gold *gold, struct str text);

/* True when the parts into which a break at `at`, inside a word, cuts it are not both such. */
bool gold_is_hard(const struct gold *gold, const struct gold_text *one, size_t at);

/* True when byte i of the text begins a Thai letter or mark and stands right after another one. */
bool gold_is_between(struct str text, size_t i);

#endif
