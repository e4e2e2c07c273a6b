/* SHA-256 (FIPS 180-4), through libmd. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdint.h>

#include "base/str.h"

#define HASH_SIZE 32

struct hash {
    uint8_t bytes[HASH_SIZE];
};

struct hash hash_of(struct str bytes);

/* Writes 64 lower-case hexadecimal digits and a NUL. */
void hash_hex(const struct hash *hash, char out[2 * HASH_SIZE + 1]);

#endif
