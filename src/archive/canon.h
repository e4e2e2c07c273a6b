/* JSON in one fixed form, which hashes are made of: keys in the order of their bytes, no blanks,
 * whole numbers alone (others are texts), texts in NFC in which quotes and backslashes, line ends
 * and tabs are escaped by \\, and what is not seen as \\uXXXX: controls, U+2028 and U+2029, marks
 * of direction. What is empty is left out. */
#ifndef ARCHIVE_CANON_H
#define ARCHIVE_CANON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct value;

/* A map and a list that are empty. */
struct value *canon_map(struct arena *arena);
struct value *canon_list(struct arena *arena);

/* Adds to a map; nothing where the text is empty, or "-", which readers take for nothing, or the
 * list or map is. A text is normalised first, and what no text of ours may hold is left out, so
 * that reading it gives the same again. */
void canon_add_text(struct arena *arena, struct value *map, const char *key, struct str text);
void canon_add_number(struct arena *arena, struct value *map, const char *key, int64_t number);
void canon_add(struct value *map, const char *key, struct value *value);

/* What a map has under a key; empty or `otherwise` where there is none. */
struct str canon_text(const struct value *map, const char *key);
int64_t canon_number(const struct value *map, const char *key, int64_t otherwise);

/* Writes a tree of maps, lists, texts, numbers and truths. */
void canon_write(const struct value *value, struct buf *out);

/* Reads what was written so; `file` is what messages call it. NULL with JSON_…, or
 * ARCHIVE_NOT_CANONICAL where writing it again would not give the same bytes. */
const struct value *canon_read(struct arena *arena, struct diags *diags, const char *file,
                               struct str bytes);

#endif
