/* A table from numbers to pointers. */
#include <stddef.h>

#include "base/arena.h"
#include "pdfin/map.h"

#define FIRST_SIZE 256 /* a power of two */

struct slot {
    uint64_t key; /* 0 is free */
    void *value;
};

struct map {
    struct arena *arena;
    struct slot *slots;
    size_t size, count;
};

struct map *
map_new(struct arena *arena)
{
    struct map *map = arena_alloc(arena, sizeof *map);

    map->arena = arena;
    map->size = FIRST_SIZE;
    map->slots = arena_array(arena, map->size, sizeof *map->slots);
    return map;
}

/* The slot of a key, or the free one where it would go. The upper half is folded in, for keys are
 * pairs of numbers too. */
static struct slot *
slot_of(struct slot *slots, size_t size, uint64_t key)
{
    uint64_t mixed = (key ^ key >> 29) * 0x9E3779B97F4A7C15u;
    size_t at = (size_t)(mixed >> 32) & (size - 1);

    while (slots[at].key != 0 && slots[at].key != key)
        at = (at + 1) & (size - 1);
    return &slots[at];
}

static void
grow(struct map *map)
{
    size_t size = map->size * 2;
    struct slot *slots = arena_array(map->arena, size, sizeof *slots);

    for (size_t i = 0; i < map->size; i++) {
        if (map->slots[i].key != 0)
            *slot_of(slots, size, map->slots[i].key) = map->slots[i];
    }
    map->slots = slots;
    map->size = size;
}

void **
map_put(struct map *map, uint64_t key)
{
    struct slot *slot = slot_of(map->slots, map->size, key);

    if (slot->key == key)
        return &slot->value;
    if (2 * (map->count + 1) > map->size) {
        grow(map);
        slot = slot_of(map->slots, map->size, key);
    }
    map->count++;
    slot->key = key;
    return &slot->value;
}

void *
map_get(const struct map *map, uint64_t key)
{
    return slot_of(map->slots, map->size, key)->value;
}
