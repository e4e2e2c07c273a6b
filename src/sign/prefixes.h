/* The states of a PDF that was added to, by the hashes of its first bytes: so two files can be
 * compared without having both at hand. */
#ifndef SIGN_PREFIXES_H
#define SIGN_PREFIXES_H

#include <stddef.h>

#include "base/hash.h"
#include "base/str.h"

struct arena;

#define PREFIXES_MAX 1024 /* of one file; the others are left out */

struct prefix {
    size_t size;
    struct hash hash;
};

struct prefixes {
    struct prefix *prefix; /* ascending; the last one is the whole file */
    size_t count;
};

/* Where "startxref", a number, "%%EOF" and a line end stand one behind the other a state ends, and
 * where the file does. What stands inside a stream is taken for an end, too: nothing is verified.
 */
struct prefixes prefixes_of(struct arena *arena, struct str file);

#endif
