#include "base/hash.h"

#include <stddef.h>
#include <sys/types.h>

#include <sha256.h>

struct hash
hash_of(struct str bytes)
{
    struct hash hash;
    SHA2_CTX context;

    SHA256Init(&context);
    SHA256Update(&context, (const uint8_t *)bytes.ptr, bytes.len);
    SHA256Final(hash.bytes, &context);
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
