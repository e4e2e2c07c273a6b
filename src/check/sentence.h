/* Sentences of a report: their words, what is read of them, and what is found in them. For files of
 * this room only. */
#ifndef CHECK_SENTENCE_H
#define CHECK_SENTENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/decimal.h"
#include "base/str.h"
#include "check/score.h"

struct arena;
struct score;
struct scores;
struct words;

/* ---- words and names, found in text */

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

/* ---- sentences as tokens */

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

/* ---- what sentences say of figures and years */

#define REMARKS_MAX 20000 /* kept of one report */

enum remark_kind {
    REMARK_FIGURE, /* `number` is named for `score` */
    REMARK_ROUND,  /* likewise, without decimals */
    REMARK_LOOSE,  /* `number` is named for none */
    REMARK_LEVEL,  /* the report's level is called `name` */
    REMARK_CALLED, /* `score` is called `name`, which is that of `other`, or of none but near */
    REMARK_YEAR    /* `year` is named where the report's is meant */
};

struct remark {
    enum remark_kind kind;
    struct pos pos;
    struct str part; /* of the sentence, for the message */
    bool cut;        /* there is more of it before */
    struct str name;
    struct score *score, *other;
    struct decimal number;
    bool percent;
    int year;
    struct remark *next;
};

struct mentions {
    struct remark *first, *last;
    size_t count;
    int year;                  /* the report's, or 0 */
    const struct value *level; /* what the report says, or NULL */
};

/* Where a text stands and what is asked of it. */
struct passage {
    struct str text;
    struct pos pos;
    bool years;    /* the years that it names are looked at */
    bool is_title; /* all of them, not only those of the assessment */
};

/* Adds the remarks of a line whose tokens are these. */
void remark_line(struct arena *arena, struct mentions *mentions, const struct scores *scores,
                 const struct passage *passage, const struct token *tokens, size_t count);

/* True when a score is `number`, with the decimals that it has there: as given, else as it is
 * reckoned. True also where nothing is known of it. */
bool remark_agrees(const struct score *score, struct decimal number);

#endif
