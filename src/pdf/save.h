/* The bytes of a PDF file from finished objects: header, objects, object streams (ISO 32000-1
 * §7.5.7), cross-reference stream (§7.5.8). It takes objects as text and knows nothing of how they
 * were made, so that whoever adds objects to a file can use it too. */
#ifndef PDF_SAVE_H
#define PDF_SAVE_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena;
struct deflate;
struct save;

/* What the cross-reference stream says of the whole file. */
struct save_trailer {
    unsigned root, info; /* object numbers; info 0 for none */
    const uint8_t *id; /* 16 bytes, written twice as the file is new; NULL: made of all before it */
};

/* Starts a file whose objects have the numbers 1 … objects. The bytes live in `arena`. */
struct save *save_open(struct arena *arena, struct deflate *deflate, unsigned objects);

/* Adds an object in PDF syntax, into a stream that holds several of them. */
void save_object(struct save *save, unsigned number, struct str text);

/* Adds an object by itself, uncompressed, and returns the offset of `text` in the file: for what
 * is to be found and filled in later (a signature's /ByteRange and /Contents). */
size_t save_alone(struct save *save, unsigned number, struct str text);

/* Adds a stream; `dict` is its whole dictionary with /Length. */
void save_stream(struct save *save, unsigned number, struct str dict, struct str bytes);

/* Writes the cross-reference stream and the end, "%%EOF" and a line end, and returns the file. A
 * number that no object was added for is free. */
struct str save_close(struct save *save, const struct save_trailer *trailer);

#endif
