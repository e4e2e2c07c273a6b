/* What words.c and data/compile.c, which makes its table at build time, must agree upon.
 *
 * A double-array trie over codes (code point minus U+0E00). A state is the index of its first slot;
 * the slot at state + code leads on when its low 7 bits are that code, and its upper 24 bits are
 * then the next state. The bit between is set when a word ends in that state: then its first slot
 * says what is known of the word. */
#ifndef THAI_WORDS_TABLE_H
#define THAI_WORDS_TABLE_H

#include <stdbool.h>
#include <stddef.h>
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

/* Of both. */
extern const uint64_t words_hash;

/* ---- where a Thai word can begin, seen from the spelling alone
 * Characters are codes: code point minus U+0E00. */

enum {
    EDGE_PAIYANNOI = 0x2F, /* ฯ */
    EDGE_SARA_AM = 0x33,
    EDGE_MAIYAMOK = 0x46, /* ๆ */
    EDGE_NIKHAHIT = 0x4D,
    EDGE_CODES = 0x50,
    EDGE_PADDING = 2
};

static inline bool
edge_is_tone(uint8_t code)
{
    return code >= 0x48 && code <= 0x4B;
}

/* True for ฯ and ๆ, which follow a word without being part of it. */
static inline bool
edge_is_sign(uint8_t code)
{
    return code == EDGE_PAIYANNOI || code == EDGE_MAIYAMOK;
}

/* What a code is to its neighbours. Plain letters, which are most, are 0. */
enum edge_class {
    EDGE_DEPENDENT = 1, /* needs a letter before it */
    EDGE_LEADING = 2,   /* needs a letter after it */
    EDGE_TONE = 4,
    EDGE_OPEN = 8,     /* ั and ื ask for a letter after them */
    EDGE_SILENT = 16,  /* ์ */
    EDGE_CARRIER = 32, /* ุ and ิ, which may stand between a letter and its ์ */
    EDGE_CLOSING = 64, /* ะ ำ ์ end a syllable */
    EDGE_RARE = 128    /* ๆ ฯ, and ็ which asks for a letter after it but in ก็ */
};

static const uint8_t edge_classes[EDGE_CODES] = {
    [0x2F] = EDGE_DEPENDENT | EDGE_RARE,
    [0x30] = EDGE_DEPENDENT | EDGE_CLOSING,
    [0x31] = EDGE_DEPENDENT | EDGE_OPEN,
    [0x32] = EDGE_DEPENDENT,
    [0x33] = EDGE_DEPENDENT | EDGE_CLOSING,
    [0x34] = EDGE_DEPENDENT | EDGE_CARRIER,
    [0x35] = EDGE_DEPENDENT,
    [0x36] = EDGE_DEPENDENT,
    [0x37] = EDGE_DEPENDENT | EDGE_OPEN,
    [0x38] = EDGE_DEPENDENT | EDGE_CARRIER,
    [0x39] = EDGE_DEPENDENT,
    [0x3A] = EDGE_DEPENDENT,
    [0x40] = EDGE_LEADING,
    [0x41] = EDGE_LEADING,
    [0x42] = EDGE_LEADING,
    [0x43] = EDGE_LEADING,
    [0x44] = EDGE_LEADING,
    [0x45] = EDGE_DEPENDENT,
    [0x46] = EDGE_DEPENDENT | EDGE_RARE,
    [0x47] = EDGE_DEPENDENT | EDGE_RARE,
    [0x48] = EDGE_DEPENDENT | EDGE_TONE,
    [0x49] = EDGE_DEPENDENT | EDGE_TONE,
    [0x4A] = EDGE_DEPENDENT | EDGE_TONE,
    [0x4B] = EDGE_DEPENDENT | EDGE_TONE,
    [0x4C] = EDGE_DEPENDENT | EDGE_SILENT | EDGE_CLOSING,
    [0x4D] = EDGE_DEPENDENT,
    [0x4E] = EDGE_DEPENDENT,
};

/* True when a word can end before code[at], at > 0. Text is followed by EDGE_PADDING codes 0. No
 * line may begin with a sign. Written without jumps, which could not be foreseen. */
static inline bool
edge_is(const uint8_t *code, size_t at)
{
    unsigned here = edge_classes[code[at]], next = edge_classes[code[at + 1]];
    unsigned last = edge_classes[code[at - 1]];
    unsigned before = edge_classes[code[at > 1 ? at - 2 : 0]];

    last = (last & EDGE_TONE) != 0 ? before | (last & EDGE_DEPENDENT) : last;
    if (((here & EDGE_DEPENDENT) & (here >> 7)) != 0)
        return edge_is_sign(code[at]) && (last & EDGE_LEADING) == 0;
    if ((last & EDGE_RARE) != 0 && code[at - 1] == 0x47)
        return (here & EDGE_DEPENDENT) == 0 && at > 1 && code[at - 2] == 0x01;
    /* a letter with ์, perhaps over ุ or ิ, belongs to what is before it */
    next = (next & EDGE_CARRIER) != 0 ? edge_classes[code[at + 2]] : next;
    return ((here & EDGE_DEPENDENT) | (last & (EDGE_LEADING | EDGE_OPEN)) | (next & EDGE_SILENT)) ==
           0;
}

#endif
