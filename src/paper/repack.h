/* Samples packed as a Flate stream, row by row, so that only what is packed is ever in memory. */
#ifndef PAPER_REPACK_H
#define PAPER_REPACK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "paper/decode.h"

struct arena;
struct repack;

/* What comes out is in `arena`. repack_end() gives back the packer; it is empty where memory ran
 * out.
 */
struct repack *repack_begin(struct arena *arena);
void repack_add(struct repack *pack, const void *bytes, size_t size);
struct str repack_end(struct repack *pack);

struct str repack_all(struct arena *arena, struct str bytes);

/* An image anew, with the same pixels in gray or RGB: for what cannot stay as it is. Mirrored it is
 * turned around its upright axis. False with PAPER_IMAGE_…. */
bool repack_image(struct arena *arena, struct diags *diags, struct scan_at at,
                  const struct scan_image *image, enum scan_recoded why, bool is_mirrored,
                  struct scan_image *out);

#endif
