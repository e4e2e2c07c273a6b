/* Thai words in running text: where one ends and the next begins. Usable alone: needs base/str and
 * base/utf8, allocates nothing, reads nothing, and has no state but a table that is linked in, so
 * any number of threads may call it.
 *
 * A unigram model: of all chains of listed words (data/words.tsv, data/places.tsv and the caller's
 * own), the likeliest one by their counts, where a stretch that is no chain of words is one run
 * whose cost grows with its length; inside such a run there is no word end. */
#ifndef THAI_WORDS_H
#define THAI_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/utf8.h"

struct arena;

enum word_end {
    WORD_INSIDE,   /* no place at all: in a cluster, by spelling, or not between two Thai letters */
    WORD_EDGE,     /* in a word, where spelling would allow one to begin */
    WORD_SYLLABLE, /* the same, where a syllable seems to end */
    WORD_PART = 4, /* between the parts of a compound word; text/breaks.h has a grade before it */
    WORD_END
};

/* An office's own words: names, terms. They are read once and then only looked at. */
struct words_own;

/* Words that hold anything but Thai letters are left out (see words_are_thai()). What comes out
 * lives in the arena and takes at most 64 bytes per letter. At most WORDS_OWN_MAX letters in all
 * are taken; what is more is left out. */
#define WORDS_OWN_MAX 1000000
struct words_own *words_own_new(struct arena *arena, const struct str *words, size_t count);

/* The words that words_own_new() leaves out ("อบต.", "มาตรา ๖๙"), for words_own_longest(): where
 * the longest of them that begins at byte `at` ends, or `at` itself when there is none; Thai digits
 * and others are the same. */
struct words_own *words_own_mixed(struct arena *arena, const struct str *words, size_t count);
size_t words_own_longest(const struct words_own *mixed, struct str text, size_t at);

/* True for Thai letters, vowels, marks, ๆ and ฯ (U+0E01-U+0E3A, U+0E40-U+0E4E). */
static inline bool
words_is_letter(uint32_t c)
{
    return (c >= 0x0E01 && c <= 0x0E3A) || (c >= 0x0E40 && c <= 0x0E4E);
}

/* Where the Thai letters end that begin at `at`; `at` itself when there are none. */
static inline size_t
words_letters_end(struct str text, size_t at)
{
    const unsigned char *byte = (const unsigned char *)text.ptr;

    for (; text.len - at > 2 && byte[at] == 0xE0; at += 3) {
        unsigned last = byte[at + 2];
        bool letter = byte[at + 1] == 0xB8 ? last >= 0x81 && last <= 0xBA
                                           : byte[at + 1] == 0xB9 && last >= 0x80 && last <= 0x8E;
        if (!letter)
            break;
    }
    return at;
}

/* True for text of nothing but Thai letters; false for empty text. */
bool words_are_thai(struct str text);

/* Sets end[i], 0 < i < text.len, for each byte i of UTF-8 text that begins a Thai letter and stands
 * right after another one; all other entries of end[0 … text.len - 1] become WORD_INSIDE. `own` may
 * be NULL. Ill-formed text does no harm: what is not a Thai letter parts words. Takes time in
 * proportion to the text, and a fixed amount of stack. */
void words_find(struct str text, const struct words_own *own, unsigned char *end);

/* Differs where the lists do: for who keeps what was cut. Changes of words.c itself are counted by
 * hand in its upper 8 bits. */
uint64_t words_version(void);

#endif
