/* The file that a number is given for: a report in YAML, in which the line `ที่:` gets it, or a PDF
 * of ours, of which a new one with the number is made. */
#ifndef ARCHIVE_REGISTER_FOR_H
#define ARCHIVE_REGISTER_FOR_H

#include <stdbool.h>

#include "archive/register.h"

struct banthuek;

enum register_for_kind { REGISTER_FOR_NOTHING, REGISTER_FOR_REPORT, REGISTER_FOR_PDF };

struct register_for {
    enum register_for_kind kind;
    const char *file;
    const char *out; /* of a PDF, else NULL */
    struct register_said said;
    bool has_day; /* the report has a date with its day */
    struct date date;
};

/* Looks at the file before a number is given, as though it were filled in: what would keep it from
 * getting one is told now. `path` NULL is nothing. */
bool register_for_check(struct banthuek *banthuek, const char *path, const char *out,
                        struct register_for *to);

/* Puts the number in. False with messages; the number is given all the same. */
bool register_for_fill(struct banthuek *banthuek, const struct register_for *to,
                       const struct register_given *given);

/* The number as the document has it: "สม 99902/12". */
struct str register_for_shown(struct arena *arena, const struct register_said *said, int64_t n);

#endif
