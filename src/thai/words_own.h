/* A trie of an office's own words, built at run time; for words.c. */
#ifndef THAI_WORDS_OWN_H
#define THAI_WORDS_OWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "thai/words.h"

/* Letters of the longest own word that is taken. */
#define WORDS_OWN_LETTERS 100

struct own_node {
    uint32_t child, next; /* indices of nodes; 0 is none, as the root is nobody's child */
    uint8_t code;
    bool ends; /* a word ends here */
    bool part; /* a listed word ends here inside of one */
};

struct words_own {
    struct own_node *node; /* node[0] is the root */
    size_t count, cap;
};

/* The node that `code` leads to from `node`, or 0. */
uint32_t words_own_step(const struct words_own *own, uint32_t node, uint8_t code);

/* Reads the Thai letter at *at as a code and moves past it; 0 and no move for anything else. */
static inline uint8_t
words_code(struct str text, size_t *at)
{
    const unsigned char *byte = (const unsigned char *)text.ptr + *at;
    unsigned code;

    if (text.len - *at < 3 || byte[0] != 0xE0 || (byte[1] & 0xFE) != 0xB8 ||
        (byte[2] & 0xC0) != 0x80)
        return 0;
    code = (byte[1] & 1u) << 6 | (byte[2] & 0x3Fu);
    if (code == 0 || code > 0x4E || (code > 0x3A && code < 0x40))
        return 0;
    *at += 3;
    return (uint8_t)code;
}

#endif
