#include "pdf/deflate.h"

#include <libdeflate.h>

#include "base/arena.h"
#include "pdf/pdf.h"

/* Level 7 takes half as long again for one per cent less, those above several times as long. */
#define LEVEL 6
/* Paths are digits that hardly repeat: all that the higher levels find in them is one per cent. */
#define PATH_LEVEL 4
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

static struct deflate *
open_at(struct arena *arena, int level)
{
    struct deflate *deflate = arena_alloc(arena, sizeof(*deflate));

    deflate->arena = arena;
    deflate->compressor = libdeflate_alloc_compressor(level);
    if (deflate->compressor == NULL)
        arena_oom(sizeof(*deflate));
    return deflate;
}

struct deflate *
deflate_open(struct arena *arena)
{
    return open_at(arena, LEVEL);
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

static struct str
deflated_at(struct arena *arena, struct str bytes, int level)
{
    struct arena *scratch = arena_new(0);
    struct deflate *deflate = open_at(scratch, level);
    struct str out = str_dup(arena, deflate_bytes(deflate, bytes));

    deflate_close(deflate);
    arena_free(scratch);
    return out;
}

struct str
pdf_deflated(struct arena *arena, struct str bytes)
{
    return deflated_at(arena, bytes, LEVEL);
}

struct str
deflated_paths(struct arena *arena, struct str bytes)
{
    return deflated_at(arena, bytes, PATH_LEVEL);
}
