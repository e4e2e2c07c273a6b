/* A table from numbers to pointers, in an arena: open addressing, doubled when half full. */
#ifndef PDFIN_MAP_H
#define PDFIN_MAP_H

#include <stdint.h>

struct arena;
struct map;

struct map *map_new(struct arena *arena);

/* The place for the value of a key above 0, NULL at first. It holds until the next call. */
void **map_put(struct map *map, uint64_t key);

/* The value of a key, NULL where there is none. */
void *map_get(const struct map *map, uint64_t key);

#endif
