#include "pdf/deflate.h"

#include <libdeflate.h>

#include "base/arena.h"
#include "pdf/pdf.h"

/* Levels above take several times as long for a few per cent, above all for repetitive streams.
 */
#define LEVEL 7
/* Below this the room for compressed streams is doubled, so that it seldom grows. */
#define ROOMY ((size_t)1024 * 1024)

struct deflate {
    struct arena *arena;
    struct libdeflate_compressor *compressor;
    char *room;
    size_t cap;
};

const char *
deflate_version(void)
{
    return LIBDEFLATE_VERSION_STRING;
}

struct deflate *
deflate_open(struct arena *arena)
{
    struct deflate *deflate = arena_alloc(arena, sizeof(*deflate));

    deflate->arena = arena;
    deflate->compressor = libdeflate_alloc_compressor(LEVEL);
    if (deflate->compressor == NULL)
        arena_oom(sizeof(*deflate));
    return deflate;
}

void
deflate_close(struct deflate *deflate)
{
    libdeflate_free_compressor(deflate->compressor);
    deflate->compressor = NULL;
}

struct str
deflate_bytes(struct deflate *deflate, struct str bytes)
{
    size_t bound = libdeflate_zlib_compress_bound(deflate->compressor, bytes.len);

    if (bound > deflate->cap) {
        deflate->cap = bound < ROOMY ? 2 * bound : bound;
        deflate->room = arena_alloc(deflate->arena, deflate->cap);
    }
    size_t len = libdeflate_zlib_compress(deflate->compressor, bytes.ptr == NULL ? "" : bytes.ptr,
                                          bytes.len, deflate->room, deflate->cap);

    return (struct str){deflate->room, len};
}

struct str
pdf_deflated(struct arena *arena, struct str bytes)
{
    struct arena *scratch = arena_new(0);
    struct deflate *deflate = deflate_open(scratch);
    struct str out = str_dup(arena, deflate_bytes(deflate, bytes));

    deflate_close(deflate);
    arena_free(scratch);
    return out;
}
