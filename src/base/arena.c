/* Blocks of growing size in a list; the newest is filled from the front. Under AddressSanitizer
 * each piece gets a block of its own, because a common block would hide overruns. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#if defined(__SANITIZE_ADDRESS__)
#define ONE_PIECE_PER_BLOCK 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ONE_PIECE_PER_BLOCK 1
#endif
#endif
#ifndef ONE_PIECE_PER_BLOCK
#define ONE_PIECE_PER_BLOCK 0
#endif

#define FIRST_BLOCK ((size_t)16 * 1024)
#define LARGEST_BLOCK ((size_t)1024 * 1024)
/* From this size on the system mostly gives zeroed memory without touching it. */
#define ZEROED_BLOCK ((size_t)256 * 1024)

/* A page at its first touch costs the system twice what it costs among others, so so many bytes are
 * asked for ahead of those given out. */
#define AHEAD ((size_t)64 * 1024)
#define PAGE ((size_t)4096)

struct block {
    struct block *older;
    size_t size;
    size_t used;
    size_t touched; /* what lies behind was never given out and is zero still */
    size_t mapped;  /* up to here the system was asked for pages */
    bool marked;    /* a mark knows its address */
    alignas(max_align_t) unsigned char data[];
};

struct arena {
    struct block *newest;
    struct block *spare; /* one that was given back by a reset and may soon be wanted again */
    size_t budget;
    size_t total;
};

static void (*oom_handler)(size_t size);

void
arena_set_oom(void (*handler)(size_t size))
{
    oom_handler = handler;
}

void
arena_oom(size_t size)
{
    if (oom_handler != NULL)
        oom_handler(size);
    abort();
}

struct arena *
arena_new(size_t budget)
{
    struct arena *arena = calloc(1, sizeof *arena);

    if (arena == NULL)
        arena_oom(sizeof *arena);
    arena->budget = budget;
    return arena;
}

static void
free_until(struct arena *arena, const struct block *stop)
{
    while (arena->newest != stop) {
        struct block *block = arena->newest;
        arena->newest = block->older;
        if (!ONE_PIECE_PER_BLOCK && block->size <= LARGEST_BLOCK &&
            (arena->spare == NULL || arena->spare->size < block->size)) {
            free(arena->spare);
            arena->spare = block;
        } else {
            free(block);
        }
    }
}

void
arena_free(struct arena *arena)
{
    if (arena == NULL)
        return;
    free_until(arena, NULL);
    free(arena->spare);
    free(arena);
}

static struct block *
new_block(const struct arena *arena, size_t need)
{
    size_t size = FIRST_BLOCK;

    if (arena->newest != NULL)
        size = arena->newest->size * 2;
    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (size < need || ONE_PIECE_PER_BLOCK)
        size = need;
    if (size > SIZE_MAX - sizeof(struct block))
        arena_oom(size);
    bool zeroed = size >= ZEROED_BLOCK;
    struct block *block = zeroed ? calloc(1, sizeof *block + size) : malloc(sizeof *block + size);
    if (block == NULL)
        arena_oom(size);
    block->size = size;
    block->touched = zeroed ? 0 : size;
    block->mapped = block->touched;
    return block;
}

static void
add_block(struct arena *arena, size_t need)
{
    struct block *block = arena->spare;

    if (block != NULL && block->size >= need)
        arena->spare = NULL;
    else
        block = new_block(arena, need);
    block->older = arena->newest;
    block->used = 0;
    block->marked = false;
    arena->newest = block;
}

/* Asks for the pages up to `to` and some behind them; a system that knows no such thing brings them
 * one by one. Those of a large array come as it is filled: it may be longer than it has to be. */
static void
map_ahead(struct block *block, size_t to)
{
    unsigned char *from = block->data + block->mapped;
    size_t end = block->size - to < AHEAD ? block->size : to + AHEAD;
    size_t skip = (PAGE - (uintptr_t)from % PAGE) % PAGE, len = end - block->mapped;

    if (skip < len && len < LARGEST_BLOCK)
        (void)madvise(from + skip, len - skip, MADV_POPULATE_WRITE);
    block->mapped = end;
}

/* Zeroes what was given out before among the bytes from `from` to `to`. */
static void
clear(struct block *block, size_t from, size_t to)
{
    size_t end = to < block->touched ? to : block->touched;

    if (block->mapped < to)
        map_ahead(block, to);
    if (from < end)
        memset(block->data + from, 0, end - from);
    if (block->touched < to)
        block->touched = to;
}

/* What a piece takes of a block. */
static size_t
padded(size_t size)
{
    const size_t align = alignof(max_align_t);

    return ONE_PIECE_PER_BLOCK ? size : (size + align - 1) / align * align;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        arena_oom(size);
    size_t need = padded(size);
    struct block *block = arena->newest;
    if (ONE_PIECE_PER_BLOCK || block == NULL || block->size - block->used < need) {
        add_block(arena, need);
        block = arena->newest;
    }
    void *piece = block->data + block->used;
    clear(block, block->used, block->used + need);
    block->used += need;
    arena->total += need;
    return piece;
}

void *
arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        arena_oom(SIZE_MAX);
    return arena_alloc(arena, count * size);
}

/* Makes a piece longer where it is; false unless it is the last one of a block with room. */
static bool
extend(struct arena *arena, const void *piece, size_t old, size_t need)
{
    struct block *block = arena->newest;

    if (ONE_PIECE_PER_BLOCK || block == NULL || old == 0 || old > block->used ||
        (const unsigned char *)piece != block->data + block->used - old ||
        block->size - block->used < need - old)
        return false;
    clear(block, block->used, block->used + need - old);
    block->used += need - old;
    return true;
}

/* Zeroes the end of a large block; the system takes its pages back and gives them anew when they
 * are used. */
static void
clear_end(unsigned char *from, size_t len)
{
    size_t skip = (PAGE - (uintptr_t)from % PAGE) % PAGE;
    size_t pages = skip < len ? (len - skip) / PAGE * PAGE : 0;

    if (pages == 0 || madvise(from + skip, pages, MADV_DONTNEED) != 0) {
        memset(from, 0, len);
        return;
    }
    memset(from, 0, skip);
    memset(from + skip + pages, 0, len - skip - pages);
}

/* Makes a large piece longer that has a block of its own, which may move; NULL when it has none. */
static void *
move_block(struct arena *arena, const void *piece, size_t old, size_t need)
{
    struct block **link = &arena->newest;

    if (old < (ONE_PIECE_PER_BLOCK ? 1 : LARGEST_BLOCK))
        return NULL;
    while (*link != NULL && (const unsigned char *)piece != (*link)->data)
        link = &(*link)->older;
    if (*link == NULL || (*link)->marked || (*link)->used != old)
        return NULL;
    struct block *block = realloc(*link, sizeof *block + need);
    if (block == NULL)
        arena_oom(need);
    *link = block;
    clear_end(block->data + old, need - old);
    block->size = block->used = block->touched = block->mapped = need;
    return block->data;
}

void *
arena_resize(struct arena *arena, void *piece, size_t used, size_t from, size_t to)
{
    if (to > SIZE_MAX / 2)
        arena_oom(to);
    size_t old = padded(from), need = padded(to);
    void *longer = extend(arena, piece, old, need) ? piece : move_block(arena, piece, old, need);
    if (longer != NULL) {
        arena->total += need - old;
        return longer;
    }
    longer = arena_alloc(arena, to);
    if (used > 0)
        memcpy(longer, piece, used);
    return longer;
}

void *
arena_grow(struct arena *arena, void *array, size_t count, size_t *cap, size_t size, size_t first)
{
    if (count < *cap)
        return array;
    size_t had = *cap;
    if (had > SIZE_MAX / 4 / size)
        arena_oom(SIZE_MAX);
    *cap = had == 0 ? first : had * size < LARGEST_BLOCK ? had * 2 : had + had / 2;
    return arena_resize(arena, array, count * size, had * size, *cap * size);
}

char *
arena_strndup(struct arena *arena, const char *text, size_t len)
{
    char *copy = arena_alloc(arena, len + 1);

    if (len > 0)
        memcpy(copy, text, len);
    return copy;
}

char *
arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0)
        return arena_strndup(arena, "", 0);
    char *text = arena_alloc(arena, (size_t)len + 1);
    va_start(args, format);
    (void)vsnprintf(text, (size_t)len + 1, format, args);
    va_end(args);
    return text;
}

bool
arena_over(const struct arena *arena)
{
    return arena->budget != 0 && arena->total > arena->budget;
}

size_t
arena_budget(const struct arena *arena)
{
    return arena->budget;
}

size_t
arena_used(const struct arena *arena)
{
    return arena->total;
}

struct arena_mark
arena_mark(const struct arena *arena)
{
    struct arena_mark mark = {arena->newest, 0, arena->total};

    if (arena->newest != NULL) {
        mark.used = arena->newest->used;
        arena->newest->marked = true;
    }
    return mark;
}

void
arena_reset(struct arena *arena, struct arena_mark mark)
{
    free_until(arena, mark.block);
    if (arena->newest != NULL)
        arena->newest->used = mark.used;
    arena->total = mark.total;
}
