#include "base/hash.h"

#include <stddef.h>
#include <sys/types.h>

#include <sha256.h>

#include "base/arena.h"

struct hash_state {
    SHA2_CTX context;
};

struct hash_state *
hash_begin(struct arena *arena)
{
    struct hash_state *state = arena_alloc(arena, sizeof *state);

    SHA256Init(&state->context);
    return state;
}

void
hash_add(struct hash_state *state, struct str bytes)
{
    SHA256Update(&state->context, (const uint8_t *)bytes.ptr, bytes.len);
}

struct hash
hash_end(struct hash_state *state)
{
    struct hash hash;

    SHA256Final(hash.bytes, &state->context);
    return hash;
}

struct hash
hash_of(struct str bytes)
{
    struct hash_state state;

    SHA256Init(&state.context);
    hash_add(&state, bytes);
    return hash_end(&state);
}

void
hash_hex(const struct hash *hash, char out[2 * HASH_SIZE + 1])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < HASH_SIZE; i++) {
        out[2 * i] = digits[hash->bytes[i] >> 4];
        out[2 * i + 1] = digits[hash->bytes[i] & 15];
    }
    out[sizeof hash->bytes * 2] = '\0';
}
