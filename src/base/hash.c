#include "base/hash.h"

#include <openssl/crypto.h>
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

/* SHA-256 without OpenSSL's configuration file, which it would otherwise read before the first
 * hash: nothing in it may change a hash, and no file is opened that nobody named. */
static const EVP_MD *
sha256(void)
{
    must(OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL));
    return EVP_sha256();
}

struct hash_state *
hash_begin(struct arena *arena)
{
    struct hash_state *state = arena_alloc(arena, sizeof *state);

    state->context = EVP_MD_CTX_new();
    must(state->context != NULL);
    must(EVP_DigestInit_ex(state->context, sha256(), NULL));
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

    must(EVP_Digest(bytes.ptr, bytes.len, hash.bytes, NULL, sha256(), NULL));
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
