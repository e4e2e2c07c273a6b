/* Sentences that repeat figures: "ได้คะแนนรวม 86.17 คะแนน อยู่ในระดับ ผ่าน", and that name days. What
 * they say of last year becomes a hole. */
#ifndef RENEW_SENTENCE_H
#define RENEW_SENTENCE_H

#include <stddef.h>

#include "base/decimal.h"
#include "base/str.h"

struct arena;

/* What a sentence may repeat; what is beyond the limits is left alone. */
#define SENTENCE_FIGURES_MAX 200
#define SENTENCE_WORDS_MAX 20
#define SENTENCE_UNITS_MAX 8

struct sentence_facts {
    struct decimal figures[SENTENCE_FIGURES_MAX];
    size_t figure_count;
    struct {
        struct str name, word; /* "ระดับ", "ผ่าน" */
    } words[SENTENCE_WORDS_MAX];
    size_t word_count;
    struct str units[SENTENCE_UNITS_MAX];
    size_t unit_count;
    int year; /* last year's; 0: days stay */
};

void sentence_add_figure(struct sentence_facts *facts, struct decimal figure);
void sentence_add_word(struct sentence_facts *facts, struct str name, struct str word);
void sentence_add_unit(struct sentence_facts *facts, struct str unit);

/* The text with holes for: numbers with decimals that are one of the figures or stand before a
 * unit, in digits of either kind; a word, or a part of it between "หรือ", behind its name; and days
 * of the year and the one before ("22 มิถุนายน 2566"), but not the first or last of half a fiscal
 * year, which come again each year. */
struct str sentence_holes(struct arena *arena, const struct sentence_facts *facts, struct str text);

#endif
