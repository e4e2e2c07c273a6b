#include "base/hash.h"

#include <openssl/evp.h>

#include "base/arena.h"

struct hash_state {
    EVP_MD_CTX *context;
};

/* What it answers is bad only where memory ran out, or where the system forbids SHA-256. */
static void
must(int good)
{
    if (good != 1)
        arena_oom(sizeof(struct hash));
}

struct hash_state *
hash_begin(struct arena *arena)
{
    struct hash_state *state = arena_alloc(arena, sizeof *state);

    state->context = EVP_MD_CTX_new();
    must(state->context != NULL);
    must(EVP_DigestInit_ex(state->context, EVP_sha256(), NULL));
    return state;
}

void
hash_add(struct hash_state *state, struct str bytes)
{
    must(EVP_DigestUpdate(state->context, bytes.ptr, bytes.len));
}

struct hash
hash_end(struct hash_state *state)
{
    struct hash hash;

    must(EVP_DigestFinal_ex(state->context, hash.bytes, NULL));
    EVP_MD_CTX_free(state->context);
    return hash;
}

struct hash
hash_of(struct str bytes)
{
    struct hash hash;

    must(EVP_Digest(bytes.ptr, bytes.len, hash.bytes, NULL, EVP_sha256(), NULL));
    return hash;
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
