/* Bytes made smaller for keeping: parts of reports, paragraphs. */
#ifndef ARCHIVE_PACK_H
#define ARCHIVE_PACK_H

#include <stdbool.h>

#include "base/hash.h"
#include "base/str.h"

struct arena;
struct packer;

#define UNPACKED_MAX ((size_t)512 << 20)

/* packer_close() gives back what `arena` does not hold; it takes NULL. */
struct packer *packer_open(struct arena *arena);
void packer_close(struct packer *packer);

/* Packed bytes: how many they were, twice and one more where they are deflated, seven bits a byte
 * from the lowest, then the bytes, deflated where that makes them fewer. In `arena`. */
struct str pack(struct packer *packer, struct arena *arena, struct str bytes);

/* The same of bytes with this hash, which are packed once where others with it were packed not long
 * ago: documents that are read one after the other share fonts and templates. */
struct str pack_once(struct packer *packer, struct arena *arena, const struct hash *hash,
                     struct str bytes);

/* The bytes again, in `arena`. False for what pack() did not make, and for more than UNPACKED_MAX
 * bytes. */
bool unpack(struct packer *packer, struct arena *arena, struct str packed, struct str *bytes);

#endif
