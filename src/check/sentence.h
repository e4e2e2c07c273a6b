/* A sentence as what is said in it of scores, levels and years. For this room only. */
#ifndef CHECK_SENTENCE_H
#define CHECK_SENTENCE_H

#include "base/decimal.h"
#include "check/words.h"

/* After so many tokens a text is read on as if a line ended there. */
#define SENTENCE_TOKENS_MAX 500

enum token_kind {
    TOKEN_WORD,   /* `word` alone: a class without a member here */
    TOKEN_SCORE,  /* the name of `score`; NULL for a numbered one that does not exist */
    TOKEN_NUMBER, /* `number` */
    TOKEN_LEVEL,  /* the level `name` behind a word for it */
    TOKEN_YEAR    /* `year`, of the Buddhist era */
};

enum token_flag {
    TOKEN_BARE = 1,    /* TOKEN_SCORE: named without its number */
    TOKEN_RANGE = 2,   /* TOKEN_NUMBER, TOKEN_YEAR: one end of a range; TOKEN_SCORE: of several */
    TOKEN_UNIT = 4,    /* TOKEN_NUMBER: "คะแนน" stands beside it */
    TOKEN_PERCENT = 8, /* TOKEN_NUMBER: a percentage */
    TOKEN_BEYOND = 16  /* TOKEN_NUMBER: a word behind it says that it is no score */
};

struct token {
    enum token_kind kind;
    unsigned flags;
    const struct word *word;
    size_t from, to; /* in the text; of a number with its unit */
    size_t digits;   /* TOKEN_NUMBER: where its digits end */
    struct score *score;
    struct score *called; /* TOKEN_SCORE, numbered: whose name stands behind the number, or NULL */
    struct str name;      /* TOKEN_LEVEL; TOKEN_SCORE, numbered: what stands behind the number */
    struct decimal number;
    int year;
};

struct scores;

struct sentence_reader {
    struct arena *arena;
    const struct words *words;
    const struct scores *scores;
    bool guesses;         /* other assessments are not known by name */
    struct token *tokens; /* room for SENTENCE_TOKENS_MAX */
    size_t count;
    const struct score *whole; /* the score with parts that was named last in the line */
};

/* Reads tokens from text[at] to the end of its line, or until there is no more room, and returns
 * where it stopped (behind the line's end). */
size_t sentence_read(struct sentence_reader *reader, struct str text, size_t at);

#endif
