/* Words in sentences, found in one pass: those of the language (words.def), the names of scores and
 * of levels, and of the assessment. For this room only. */
#ifndef CHECK_WORDS_H
#define CHECK_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena;
struct score;

enum word_class {
    WORD_POINTS,
    WORD_PERCENT,
    WORD_LEVEL,
    WORD_YEAR,
    WORD_PAST,
    WORD_NOW,
    WORD_NEXT,
    WORD_COMPARE,
    WORD_APART,
    WORD_BEYOND,
    WORD_TOPIC,
    WORD_PLAN,
    WORD_ASSESS,
    WORD_ORDER,
    WORD_OTHER,
    WORD_BEFORE,
    WORD_FOLLOW,
    WORD_TITLE,
    WORD_RANK,
    WORD_SCORE, /* the name or code of `score` */
    WORD_BARE, /* the name of a score that people otherwise number: "การใช้อำนาจ" */
    WORD_PART,       /* of the score that is named before it */
    WORD_NUMBERED,   /* "ตัวชี้วัดที่": the number of a score follows */
    WORD_LEVEL_NAME, /* of this year's scheme or of that before */
    WORD_CLASSES
};

#define WORD_BIT(class) (1U << (class))

/* The words of words.def. */
struct language_word {
    const char *text;
    enum word_class class;
};
extern const struct language_word language_words[];
extern const size_t language_word_count;

struct word {
    struct str text;
    enum word_class class;
    struct score *score;     /* WORD_SCORE, WORD_BARE, WORD_PART; of WORD_NUMBERED any of them */
    const struct word *next; /* another meaning of the same word */
};

/* What parts words in a line. */
static inline bool
words_is_blank(uint32_t code)
{
    return code == ' ' || code == '\t' || code == 0xA0;
}

struct words;

struct words *words_new(struct arena *arena);

/* Adds a word. Digits, letters and blanks are compared as names are (names.h), and a blank in the
 * word may be missing in the sentence. Words of more than WORDS_LENGTH_MAX bytes are left out, so
 * that looking at a place has a limit. */
#define WORDS_LENGTH_MAX 400
void words_add(struct words *words, enum word_class class, struct str text, struct score *score);

/* The longest word of one of the classes (WORD_BIT) that begins at text[at], or NULL; *end is set
 * to the place behind it. Latin words end where the letters do, Thai ones not before a mark that
 * belongs to their last letter. */
const struct word *words_at(const struct words *words, unsigned classes, struct str text, size_t at,
                            size_t *end);

/* The meaning of a word in one of the classes, or NULL. */
const struct word *word_as(const struct word *word, unsigned classes);

#endif
