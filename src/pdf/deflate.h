/* Compression of streams (zlib format, ISO 32000-1 §7.4.4) by libdeflate. */
#ifndef PDF_DEFLATE_H
#define PDF_DEFLATE_H

#include "base/str.h"

struct arena;
struct deflate;

/* Memory for what is compressed comes from `arena`; deflate_close() gives back the compressor. */
struct deflate *deflate_open(struct arena *arena);
void deflate_close(struct deflate *deflate);

/* Version of libdeflate. */
const char *deflate_version(void);

/* Compresses `bytes`; what it returns is valid until the next call. */
struct str deflate_bytes(struct deflate *deflate, struct str bytes);

/* The content of a drawing, compressed in `arena`. */
struct str deflated_paths(struct arena *arena, struct str bytes);

#endif
