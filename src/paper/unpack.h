/* The filters of PDF streams that are no images' own: ASCII85Decode, ASCIIHexDecode,
 * RunLengthDecode, LZWDecode and FlateDecode (ISO 32000-1 §7.4), without predictors. */
#ifndef PAPER_UNPACK_H
#define PAPER_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;

/* The bytes in `arena`. False for damaged data, for more than `limit` bytes, and for a filter that
 * is none of these. */
bool unpack_filter(struct arena *arena, struct str name, bool early_change, struct str bytes,
                   size_t limit, struct str *out);

#endif
