/* Readers of data files into the value tree. Each adds diagnostics with places and returns NULL
 * when one of them is an error. Codes common to all: DATA_…. `file` is the name that places carry.
 * `bytes` is the content of the file as it is on disk. The tree and its texts live in `arena`. */
#ifndef VALUE_READ_H
#define VALUE_READ_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct value;

/* YAML 1.1 as libyaml reads it, with the diagnostics for YAML as clerks type it (codes YAML_…). One
 * document; anchors and aliases are expanded up to the limits of value.h; tags, merge keys and
 * keys that are no text are refused. An empty file gives VALUE_NONE. Scalars are VALUE_TEXT,
 * except that a plain `~`, `null` or nothing, and any "-", are VALUE_NONE. */
struct value *value_read_yaml(struct arena *arena, struct diags *diags, const char *file,
                              struct str bytes);

/* The text with U+000B, U+000C, U+2028 and U+2029 as characters that YAML takes for text and that
 * become line ends when values are read (thai/standin.h): for libyaml two of them end a line of the
 * file. value_read_yaml() does so itself; the sources of its values point into what comes of it. */
struct str value_yaml_text(struct arena *arena, struct str text);

/* JSON as RFC 8259 defines it, nothing more, and no two equal keys in an object. Strings are
 * VALUE_TEXT with VALUE_QUOTED ("-" is VALUE_NONE), numbers VALUE_TEXT as they are written, true
 * and false VALUE_BOOL, null VALUE_NONE. Codes JSON_…. */
struct value *value_read_json(struct arena *arena, struct diags *diags, const char *file,
                              struct str bytes);

/* True for a name that ends in .json, or in .json.txt as Notepad saves it. */
bool value_is_json(const char *file);

/* Chooses by the ending of the file's name (value_is_json(); else YAML). */
struct value *value_read(struct arena *arena, struct diags *diags, const char *file,
                         struct str bytes);

#endif
