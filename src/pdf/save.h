/* The bytes of a PDF file from finished objects: header, objects, object streams (ISO 32000-1
 * §7.5.7), cross-reference stream (§7.5.8). It takes objects as text and knows nothing of how they
 * were made, so that whoever adds objects to a file can use it too. */
#ifndef PDF_SAVE_H
#define PDF_SAVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena;
struct deflate;
struct save;

#define SAVE_ID_SIZE 16

/* What the cross-reference stream says of the whole file. */
struct save_trailer {
    unsigned root, info; /* object numbers; info 0 for none */
    struct str id; /* the first half of /ID, which stays as long as the file is added to; empty:
                    * made of all before the stream, as the second half is where it is added to */
};

/* Starts a file whose objects have the numbers 1 … objects. The bytes live in `arena`. */
struct save *save_open(struct arena *arena, struct deflate *deflate, unsigned objects);

/* Starts an update of `file`, which is copied: `xref` is the offset of its newest cross-reference
 * section, and there may be objects of the numbers 1 … objects. Only save_alone() and save_stream()
 * add to it. */
struct save *save_open_behind(struct arena *arena, struct deflate *deflate, struct str file,
                              size_t xref, unsigned objects);

/* Bytes so far: where the next object begins. */
size_t save_offset(const struct save *save);

/* Starts an object that stands by itself, and ends it: what comes between is written into the
 * buffer. */
struct buf *save_alone(struct save *save, unsigned number);
void save_alone_end(struct save *save);

/* Adds an object in PDF syntax, into a stream that holds several of them: one of those that are
 * kept aside, or one of all others. */
void save_object(struct save *save, unsigned number, struct str text, bool is_aside);

/* Adds a stream; `dict` is its whole dictionary with /Length. */
void save_stream(struct save *save, unsigned number, struct str dict, struct str bytes);

/* Writes the cross-reference stream and the end, "%%EOF" and a line end, and returns the file. A
 * number that no object was added for is free, in an update as it was. The stream itself has the
 * number behind all others. */
struct str save_close(struct save *save, const struct save_trailer *trailer);

/* What was made, after save_close(); it lives as long as the file's bytes. */
struct saved {
    char *bytes;   /* of the file */
    size_t xref;   /* where its cross-reference stream begins */
    unsigned size; /* one more than the highest number, which is that of the stream */
    struct str id; /* the first half of /ID */
};
const struct saved *save_made(struct save *save);

/* ---- pack.c: object streams (ISO 32000-1 §7.5.7): which objects go into which, and their bytes
 * before they are compressed.
 *
 * Of the elements of a structure tree there are thousands that differ in their numbers only, and
 * these count up. So objects that look alike become the rows of a table, their numbers in columns,
 * and each row is stored less the one above (PNG's filter Up, §7.4.4.4), as in cross-reference
 * streams: most rows are then the same few bytes. The offsets at the head of the stream are such
 * rows, too. That makes the structure of a report half as large as compressing alone does. */

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
bool pack_add(struct pack *pack, unsigned number, struct str text, bool is_aside);

/* The next object stream of what was added; false when all were given out. */
bool pack_next(struct pack *pack, struct packed *packed);

#endif
