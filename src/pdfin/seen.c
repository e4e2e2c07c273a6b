/* A set of indirect objects, for finding loops: open addressing, doubled when half full. */
#include <stdint.h>

#include "base/arena.h"
#include "pdfin/inner.h"

#define FIRST_SIZE 256 /* a power of two */

struct seen {
    struct arena *arena;
    uint64_t *slots; /* 0 is free; an object's number is never 0 */
    size_t size, count;
};

struct seen *
seen_new(struct arena *arena)
{
    struct seen *seen = arena_alloc(arena, sizeof *seen);

    seen->arena = arena;
    seen->size = FIRST_SIZE;
    seen->slots = arena_array(arena, seen->size, sizeof *seen->slots);
    return seen;
}

/* The slot of a key, or the free one where it would go. */
static uint64_t *
slot_of(uint64_t *slots, size_t size, uint64_t key)
{
    /* Fibonacci hashing spreads the numbers, which are mostly consecutive */
    size_t at = (size_t)(key * 0x9E3779B97F4A7C15u >> 32) & (size - 1);

    while (slots[at] != 0 && slots[at] != key)
        at = (at + 1) & (size - 1);
    return &slots[at];
}

static void
grow(struct seen *seen)
{
    size_t size = seen->size * 2;
    uint64_t *slots = arena_array(seen->arena, size, sizeof *slots);

    for (size_t i = 0; i < seen->size; i++) {
        if (seen->slots[i] != 0)
            *slot_of(slots, size, seen->slots[i]) = seen->slots[i];
    }
    seen->slots = slots;
    seen->size = size;
}

bool
seen_first(struct pdfin *pdf, struct seen *seen, qpdf_oh object)
{
    int id = qpdf_oh_get_object_id(pdf->qpdf, object);

    if (id <= 0)
        return true;
    uint64_t key = (uint64_t)id << 32 | (uint32_t)qpdf_oh_get_generation(pdf->qpdf, object);
    uint64_t *slot = slot_of(seen->slots, seen->size, key);
    if (*slot == key)
        return false;
    *slot = key;
    if (++seen->count * 2 > seen->size)
        grow(seen);
    return true;
}
