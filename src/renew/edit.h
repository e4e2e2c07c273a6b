/* Changing single values in the text of a YAML file, so that its comments and its order stay as
 * people know them. */
#ifndef RENEW_EDIT_H
#define RENEW_EDIT_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct value;

struct edit {
    size_t from, to; /* bytes of the text */
    struct str text;
};

struct edits {
    struct arena *arena;
    struct str text;
    const char *base; /* where the sources of the values begin */
    struct edit *items;
    size_t count, cap;
};

/* `root` was read from `text`, which is decoded already (normal_decode()). */
struct edits edits_of(struct arena *arena, struct str text, const struct value *root);

/* Where a value stands: a scalar with its quotes or the lines of its block, a list or map from its
 * first to its last scalar, or with its brackets. False for a value that stands nowhere. */
bool edits_span(const struct edits *edits, const struct value *value, size_t *from, size_t *to);

/* The byte at which a place of the text lies. */
size_t edits_byte(const struct edits *edits, struct pos pos);

/* Where the line of a byte begins, and where it ends (without its line end). */
size_t edits_line_start(const struct edits *edits, size_t at);
size_t edits_line_end(const struct edits *edits, size_t at);

/* Puts `text` in place of the bytes. An edit that overlaps one that begins before it is left out.
 */
void edits_put(struct edits *edits, size_t from, size_t to, struct str text);

/* The changed text. `untouched`, when given, is called for each stretch that no edit replaces, and
 * returns what is to stand there. */
struct str edits_apply(struct edits *edits,
                       struct str (*untouched)(void *context, struct str stretch), void *context);

/* The text with line ends of one kind, that of its first line: lines that were put into a file of
 * Windows end as its own do. */
struct str edits_line_ends(struct arena *arena, struct str text);

#endif
