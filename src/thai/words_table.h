/* The table of words that data/compile.c makes at build time; for words.c.
 *
 * A double-array trie over codes (code point minus U+0E00). A state is the index of its first slot;
 * the slot at state + code leads on when its low 7 bits are that code, and its upper 24 bits are
 * then the next state. The bit between is set when a word ends in that state: then its first slot
 * says what is known of the word. */
#ifndef THAI_WORDS_TABLE_H
#define THAI_WORDS_TABLE_H

#include <stdint.h>

#define WORDS_ROOT 1
#define WORDS_LABEL 0x7F
#define WORDS_ENDS 0x80

/* Costs are in 1/32 bit: 32 × −log2 of the word's share of all counted words. */
#define WORDS_COST_UNIT 32

/* Slot of a word's end: bits 8-18 the cost, bit 19 set for the name of a place, bits 20-31 the
 * index in words_parts. */
#define WORDS_COST_MAX 0x7FF
#define WORDS_COST(slot) ((slot) >> 8 & WORDS_COST_MAX)
#define WORDS_IS_PLACE(slot) (((slot) >> 19 & 1) != 0)
#define WORDS_PARTS(slot) ((slot) >> 20)

extern const uint32_t words_slots[];

/* Bit i is set when a part of the word begins at its code i; where that is behind its last code,
 * the word is itself a part of what follows (การ). The first entry is 0. */
extern const uint64_t words_parts[];

#endif
