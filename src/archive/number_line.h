/* The line `ที่:` of a report in YAML, behind whose "/" the number of the register is put. Nothing
 * else of the file changes, byte for byte: a line that is written otherwise than in one piece, in
 * which something else could change, is refused. */
#ifndef ARCHIVE_NUMBER_LINE_H
#define ARCHIVE_NUMBER_LINE_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct value;

#define NUMBER_LINE_KEY "ที่"

struct number_line {
    const struct value *root; /* the report as it was read */
    struct str prefix;        /* "สม 99902/" */
    size_t at;                /* the byte of the file where the number goes */
    bool thai;                /* the line has Thai digits */
};

/* Finds the line. `file` is what messages call it. False with what value_read_yaml() says,
 * ARCHIVE_LINE_NONE (there is no such line), ARCHIVE_LINE_FILLED (a number stands there already) or
 * ARCHIVE_LINE_FORM. */
bool number_line_find(struct arena *arena, struct diags *diags, const char *file, struct str bytes,
                      struct number_line *out);

/* The file with the number, in the digits of the line. It is read again, and compared: false with
 * ARCHIVE_LINE_FORM where anything else than this line's text would have changed. */
bool number_line_put(struct arena *arena, struct diags *diags, const char *file, struct str bytes,
                     const struct number_line *line, int64_t number, struct str *out);

#endif
