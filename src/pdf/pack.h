/* Object streams (ISO 32000-1 §7.5.7): which objects go into which, and their bytes before they are
 * compressed.
 *
 * Of the elements of a structure tree there are thousands that differ in their numbers only, and
 * these count up. So objects that look alike become the rows of a table, their numbers in columns,
 * and each row is stored less the one above (PNG's filter Up, §7.4.4.4), as in cross-reference
 * streams: most rows are then the same few bytes. The offsets at the head of the stream are such
 * rows, too. That makes the structure of a report half as large as compressing alone does. */
#ifndef PDF_PACK_H
#define PDF_PACK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;
struct pack;

/* An object stream; what it points to is overwritten by the next one. */
struct packed {
    struct str bytes;
    size_t columns; /* of predictor 12; 0: none is used */
    size_t first;   /* offset of the first object */
    const unsigned *numbers;
    unsigned count;
};

/* For at most so many objects, each of them added once. */
struct pack *pack_open(struct arena *arena, size_t objects);

/* Adds an object in PDF syntax, which is copied. True when enough are there: pack_next() is to be
 * called until it returns false before another is added. */
bool pack_add(struct pack *pack, unsigned number, struct str text);

/* The next object stream of what was added; false when all were given out. */
bool pack_next(struct pack *pack, struct packed *packed);

#endif
