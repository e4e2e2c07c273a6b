/* What the readers of this room have in common. For files of this room only. */
#ifndef VALUE_READER_H
#define VALUE_READER_H

#include "thai/normal.h"
#include "value/value.h"

/* After so many errors a reader gives up: hostile input must not cost a long search per error. */
#define READER_ERRORS_MAX 100

struct reader {
    struct arena *arena;   /* the tree */
    struct arena *scratch; /* gone after reading */
    struct diags *diags;
    const char *file;
    size_t count;          /* values made so far */
    size_t errors;         /* added by this reader */
    struct normal_log log; /* what was changed in texts */
    bool stop;             /* a limit is exceeded */
};

/* Opens and closes the memory of a reader. Closing adds the notes of what was
 * normalised. */
struct reader reader_open(struct arena *arena, struct diags *diags, const char *file);
void reader_close(struct reader *reader);

/* Checks the size of a file: false with DATA_TOO_LARGE. */
bool reader_check_size(struct reader *reader, struct str bytes);

/* False with DATA_EMPTY for a file of nothing, or of nothing but blanks. */
bool reader_check_filled(struct reader *reader, struct str bytes);

/* diag_add() with the reader's count of errors. */
void reader_error(struct reader *reader, enum diag_code code, struct pos pos, const char *arg1,
                  const char *arg2, const char *arg3);

/* A new value; NULL with DATA_TOO_MANY beyond VALUE_COUNT_MAX. */
struct value *reader_value(struct reader *reader, enum value_kind kind, struct pos pos);

/* A copy of a tree, counted value by value; its top stands at `pos` and `depth` levels deep. NULL
 * like reader_value(), or with DATA_TOO_DEEP. */
struct value *reader_copy(struct reader *reader, const struct value *from, struct pos pos,
                          unsigned depth);

/* False with DATA_TOO_DEEP when a value would be more than VALUE_DEPTH_MAX levels deep. */
bool reader_check_depth(struct reader *reader, struct pos pos, unsigned depth);

/* The normalised text; in the arena of the tree, whatever `text` lives in. Forbidden characters
 * are told, and the empty text comes back. */
struct str reader_text(struct reader *reader, struct pos pos, struct str text);

/* Likewise, but false when characters are forbidden, which is told in `diags` and not counted. */
bool reader_text_quietly(struct reader *reader, struct diags *diags, struct pos pos,
                         struct str text, struct str *out);

/* True when a note of what was normalised will give this file, the same pointer, as its place. */
bool reader_told_of(const struct reader *reader, const char *file);

/* reader_text() without blanks at both ends. */
struct str reader_key(struct reader *reader, struct pos pos, struct str text);

/* True for what means "none": "-". */
bool reader_is_none(struct str text);

/* Adds DATA_DUPLICATE_KEY for each key of `map` that stands there before; O(n log n). */
void reader_check_keys(struct reader *reader, const struct value *map);

#endif
