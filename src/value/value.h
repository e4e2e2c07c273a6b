/* The value tree: what a data file holds, with the place of each value.
 *
 * Readers (yaml.h, json.h) give text, lists and maps; scalars stay text as they were written.
 * The schema (schema/schema.h) makes of it a second tree in which scalars are typed. */
#ifndef VALUE_VALUE_H
#define VALUE_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/decimal.h"
#include "base/diag.h"
#include "base/str.h"
#include "thai/date.h"

struct arena;

enum value_kind {
    VALUE_NONE, /* null, "-" or nothing after the colon */
    VALUE_BOOL, /* typed; from JSON also untyped */
    VALUE_TEXT, /* a scalar; `text` as written, normalised, without line ends at its end */
    VALUE_LIST,
    VALUE_MAP,
    VALUE_NUMBER, /* typed: `number`, and `text` as it was written */
    VALUE_DATE,   /* typed: `date`, and `text` as it was written */
    VALUE_ENTRY   /* typed: one paragraph or list entry of a text field, see below */
};

enum value_flag {
    VALUE_NAME = 1,   /* a name, number or date that a line may not break */
    VALUE_LINES = 2,  /* typed: a list of VALUE_ENTRY made of a text field */
    VALUE_QUOTED = 4, /* the scalar was quoted, so it is text even if it looks like none */
    VALUE_BLOCK = 8,  /* the scalar was written as a block (| or >) */
    VALUE_FLOW = 16,  /* the list or map was written in brackets ([…] or {…}) */
    VALUE_CELL = 32   /* the scalar comes out of a spreadsheet, which keeps no zeros at the end */
};

/* VALUE_NONE keeps in `text` what stood there ("-", "~", "null" or nothing). `source` is the value
 * as it stands in the file, to the end of its last line (YAML only), for messages; see
 * value_as_block().
 *
 * Lists and maps link their children through `next` in the order of the file. In a map each child
 * has its `key` (normalised) and the place of the key; so has, typed, an entry of a keyed field
 * that of its code (line 0 when the report does not have it). An entry of a text field
 * (VALUE_ENTRY) has the `marker` typed before it ("1.", "(ก)", "-", "•", or empty for a plain
 * paragraph), its `level` (0 to 2) and its `text` without the marker. */
struct value {
    enum value_kind kind;
    unsigned flags;
    struct pos pos;
    struct str text;
    struct str source;
    struct decimal number;
    struct date date;
    bool boolean;
    struct str marker;
    int level;
    struct str key;
    struct pos key_pos;
    size_t count;
    struct value *first;
    struct value *last;
    struct value *next;
};

/* A new value in the arena. */
struct value *value_new(struct arena *arena, enum value_kind kind, struct pos pos);

/* The same value to stand somewhere else, with what is inside. */
struct value *value_copy(struct arena *arena, const struct value *value);

/* The same without what is inside, to be filled. */
struct value *value_hollow(struct arena *arena, const struct value *value);

/* Appends `child` to a list or map. */
void value_append(struct value *parent, struct value *child);

/* The child of a map with this key, or NULL; NULL also when `map` is NULL or no map. */
const struct value *value_get(const struct value *map, struct str key);

/* True for a list that stands for "none" where a text is meant: empty, or one empty entry. */
bool value_is_empty_list(const struct value *value);

/* How a value is to be written in YAML so that all of it is one text: its key or dash, `|`, and its
 * source on the lines below. For messages where a list or map is found and text was meant. With
 * line ends inside and one at the end; never more than a few lines. Empty for what does not come
 * out of YAML. */
const char *value_as_block(struct arena *arena, const struct value *value);

/* Writes the tree as text, a value per line with its place, for `dump --stage=data`. */
void value_dump(const struct value *value, struct buf *out);

/* Limits of all readers: levels of nesting, values in a file (after expansion of aliases), bytes.
 */
#define VALUE_DEPTH_MAX 64
#define VALUE_COUNT_MAX 1000000
#define VALUE_BYTES_MAX ((size_t)16 << 20)

#endif
