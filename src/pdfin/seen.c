/* A set of indirect objects, for finding loops: open addressing, doubled when half full. */
#include <stdint.h>

#include "base/arena.h"
#include "pdfin/inner.h"

#define FIRST_SIZE 256 /* a power of two */

struct slot {
    uint64_t key; /* 0 is free; an object's number is never 0 */
    void *value;
};

struct seen {
    struct arena *arena;
    struct slot *slots;
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
static struct slot *
slot_of(struct slot *slots, size_t size, uint64_t key)
{
    /* Fibonacci hashing spreads the numbers, which are mostly consecutive */
    size_t at = (size_t)(key * 0x9E3779B97F4A7C15u >> 32) & (size - 1);

    while (slots[at].key != 0 && slots[at].key != key)
        at = (at + 1) & (size - 1);
    return &slots[at];
}

static void
grow(struct seen *seen)
{
    size_t size = seen->size * 2;
    struct slot *slots = arena_array(seen->arena, size, sizeof *slots);

    for (size_t i = 0; i < seen->size; i++) {
        if (seen->slots[i].key != 0)
            *slot_of(slots, size, seen->slots[i].key) = seen->slots[i];
    }
    seen->slots = slots;
    seen->size = size;
}

/* The slot of an object, with *is_new where it had none; NULL for one without a number. */
static struct slot *
find(struct pdfin *pdf, struct seen *seen, qpdf_oh object, bool *is_new)
{
    int id = qpdf_oh_get_object_id(pdf->qpdf, object);

    if (id <= 0)
        return NULL;
    uint64_t key = (uint64_t)id << 32 | (uint32_t)qpdf_oh_get_generation(pdf->qpdf, object);
    struct slot *slot = slot_of(seen->slots, seen->size, key);
    *is_new = slot->key == 0;
    if (!*is_new)
        return slot;
    slot->key = key;
    if (++seen->count * 2 > seen->size) {
        grow(seen);
        slot = slot_of(seen->slots, seen->size, key);
    }
    return slot;
}

bool
seen_first(struct pdfin *pdf, struct seen *seen, qpdf_oh object)
{
    bool is_new;

    return find(pdf, seen, object, &is_new) == NULL || is_new;
}

void **
seen_value(struct pdfin *pdf, struct seen *seen, qpdf_oh object)
{
    bool is_new;
    struct slot *slot = find(pdf, seen, object, &is_new);

    return slot == NULL ? NULL : &slot->value;
}
