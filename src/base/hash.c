#include "base/hash.h"

/* The functions that OpenSSL 3 calls deprecated start nothing: those it offers instead read a
 * configuration file and set up its providers before the first hash, and clean up at exit. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include "base/arena.h"
#include "base/ascii.h"

struct hash_state {
    SHA256_CTX context;
};

struct hash512_state {
    SHA512_CTX context;
};

struct hash_state *
hash_begin(struct arena *arena)
{
    struct hash_state *state = arena_alloc(arena, sizeof *state);

    SHA256_Init(&state->context);
    return state;
}

void
hash_add(struct hash_state *state, struct str bytes)
{
    SHA256_Update(&state->context, bytes.ptr, bytes.len);
}

struct hash
hash_so_far(const struct hash_state *state)
{
    struct hash_state copy = *state;

    return hash_end(&copy);
}

struct hash
hash_end(struct hash_state *state)
{
    struct hash hash;

    SHA256_Final(hash.bytes, &state->context);
    return hash;
}

struct hash
hash_of(struct str bytes)
{
    struct hash_state state;

    SHA256_Init(&state.context);
    hash_add(&state, bytes);
    return hash_end(&state);
}

static void
put_hex(const uint8_t *bytes, size_t count, char *out)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < count; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[2 * count] = '\0';
}

void
hash_hex(const struct hash *hash, char out[2 * HASH_SIZE + 1])
{
    put_hex(hash->bytes, HASH_SIZE, out);
}

void
hash512_hex(struct str bytes, char out[HASH512_HEX + 1])
{
    uint8_t digest[SHA512_DIGEST_LENGTH];

    SHA512((const unsigned char *)(bytes.len == 0 ? "" : bytes.ptr), bytes.len, digest);
    put_hex(digest, sizeof digest, out);
}

struct hash512_state *
hash512_begin(struct arena *arena)
{
    struct hash512_state *state = arena_alloc(arena, sizeof *state);

    SHA512_Init(&state->context);
    return state;
}

void
hash512_add(struct hash512_state *state, struct str bytes)
{
    SHA512_Update(&state->context, bytes.ptr, bytes.len);
}

void
hash512_end(struct hash512_state *state, char out[HASH512_HEX + 1])
{
    uint8_t digest[SHA512_DIGEST_LENGTH];

    SHA512_Final(digest, &state->context);
    put_hex(digest, sizeof digest, out);
}

bool
hash_is_hex(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!ascii_is_digit(c) && !(c >= 'a' && c <= 'f') && !(c >= 'A' && c <= 'F'))
            return false;
    }
    return text.len == (size_t)2 * HASH_SIZE;
}

/* True for what stands between bytes, or around them: Windows puts U+200E at the start. */
static bool
skip_between(struct str *text)
{
    static const char *const between[] = {":", "-", " ", "\t", "\r", "\n", "\u00A0", "\u200E"};

    for (size_t i = 0; i < sizeof between / sizeof between[0]; i++) {
        if (!str_starts(*text, str_of(between[i])))
            continue;
        *text = str_sub(*text, str_of(between[i]).len, text->len);
        return true;
    }
    return false;
}

bool
hash_read(struct arena *arena, struct str text, struct str *hex)
{
    const struct str title = STR("SHA256 Fingerprint=");
    struct str rest = str_starts_same(text, title) ? str_sub(text, title.len, text.len) : text;
    char digits[2 * HASH_SIZE];
    size_t count = 0;

    while (rest.len > 0) {
        if (skip_between(&rest)) {
            if (count % 2 != 0)
                return false; /* a digit is missing before it */
            continue;
        }
        if (count == sizeof digits)
            return false;
        digits[count++] =
            ascii_is_capital(rest.ptr[0]) ? (char)(rest.ptr[0] - 'A' + 'a') : rest.ptr[0];
        rest = str_sub(rest, 1, rest.len);
    }
    if (!hash_is_hex((struct str){digits, count}))
        return false;
    *hex = (struct str){arena_strndup(arena, digits, count), count};
    return true;
}

bool
hash_of_hex(struct str hex, struct hash *out)
{
    *out = (struct hash){{0}};
    if (!hash_is_hex(hex))
        return false;
    for (size_t i = 0; i < HASH_SIZE; i++)
        out->bytes[i] = (uint8_t)(ascii_hex(hex.ptr[2 * i]) << 4 | ascii_hex(hex.ptr[2 * i + 1]));
    return true;
}
