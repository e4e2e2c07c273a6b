/* The property test: reports made at random, and what must be true of each: `check` and `render`
 * agree, no line leaves its column, and the structure of the PDF says what the report says, in its
 * order.
 *
 * What makes a report writes down at the same time what must be read back, piece by piece, from a
 * table that says it of each piece: nothing of the library is asked what is right. */
#ifndef RANDOM_H
#define RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* ---- rng.c: numbers that a seed fixes */
struct rng {
    uint64_t state;
};

uint32_t rng_below(struct rng *rng, uint32_t limit); /* 0 … limit - 1 */
bool rng_hit(struct rng *rng, uint32_t percent);

/* ---- words.c: texts */

/* What a template does with the digits of a field. */
enum digits { DIGITS_TYPED, DIGITS_THAI, DIGITS_SENTENCE };

/* A text as the report writes it, and as it must stand in the PDF. */
struct said {
    struct buf in, out;
};

/* Words of other texts, beside those in words.c. */
struct lexicon {
    struct str *words;
    size_t count;
};

struct lexicon lexicon_read(struct arena *arena, const char *path);

struct maker {
    struct arena *arena;
    struct rng rng;
    const struct lexicon *lexicon;
    bool hostile; /* very long words, and many */
    bool lines;   /* what is said now may have several */
};

struct said said_in(struct arena *arena);

/* Adds words: on one line, without a blank at either end, never beginning like an item of a list.
 */
void say_words(struct maker *maker, enum digits digits, struct said *said);
void say_plain(struct maker *maker, size_t count, struct said *said); /* Thai words alone */
void say_person(struct maker *maker, struct said *said);
void say_text(enum digits digits, const char *in, struct said *said); /* the same in both */

/* ---- data.c: YAML or JSON */
struct data {
    struct maker *maker;
    struct buf *out;
    bool is_json;
    int depth;
    bool first;
};

void data_open(struct data *data, const char *key, char bracket); /* NULL in a list */
void data_close(struct data *data, char bracket);
void data_text(struct data *data, const char *key, struct str text);
void data_plain(struct data *data, const char *key, const char *value); /* a number, null */

/* ---- report.c */

/* What must be read, and what of the report it is. */
struct want {
    const char *field;
    struct str text;
    bool loose; /* blanks do not count: words of the template, not of the report */
};

struct report {
    struct arena *arena;
    bool is_json;
    struct buf file;
    struct buf rubric, template, schema, style, table; /* files beside it; without an arena: none */
    struct want *wants;
    size_t count, cap;
};

void report_want(struct report *report, const char *field, struct str text);
/* `template_name`: NULL for one made at random, too. */
struct report report_make(struct maker *maker, const char *template_name);

struct making {
    struct maker *maker;
    struct report *report;
    struct data data;
    const struct assessment *assessment;
};

bool make_hit(struct making *making, uint32_t percent);
uint32_t make_below(struct making *making, uint32_t limit);
void make_want(struct making *making, const char *field, const char *text);

/* Each writes a field now and gives back what comes out of it. */
struct str make_text(struct making *making, const char *field, enum digits digits);
struct str make_plain(struct making *making, const char *field); /* Thai words alone */

/* One that need not be there: empty text when it is not. */
struct str make_maybe(struct making *making, const char *field, enum digits digits,
                      uint32_t percent);

/* One of some ways to write a value, each with what comes out. */
const char *make_either(struct making *making, const char *field, const char *const (*ways)[2],
                        uint32_t count);

/* `bullet`: what stands before a paragraph without a marker; NULL nothing. */
struct str make_paragraphs(struct making *making, const char *field, enum digits digits,
                           const char *bullet);

/* ---- assessment.c: what ita-report has besides, its rubric too, as the pages go */
void assessment_begin(struct making *making);
void assessment_scores(struct making *making);
void assessment_attachment(struct making *making);

/* ---- grid.c: a template of its own */
void grid_make(struct making *making);

/* ---- paper.c: what a PDF holds */

struct mark {
    unsigned page;
    bool artifact;
    double x, y, width, size; /* of the ink and blanks inside */
    double slack; /* widths of glyphs are rounded in the file: a row of the same adds up */
    struct str text;
};

struct upright {
    unsigned page;
    double x, low, high;
};

struct paper {
    struct arena *arena;
    struct buf text; /* of the structure, without figures */
    struct mark *marks;
    size_t mark_count, mark_cap;
    struct upright *uprights;
    size_t upright_count, upright_cap;
    double (*sizes)[2]; /* of each page */
    unsigned page_count;
    const char *fault; /* NULL, or why it cannot be read */
};

struct paper paper_read(struct arena *arena, const char *bytes, size_t size);

/* ---- judge.c: NULL, or what is wrong */
const char *judge_texts(const struct report *report, const struct paper *paper);
const char *judge_lines(const struct paper *paper);

#endif
