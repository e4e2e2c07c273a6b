/* SHA-256 (FIPS 180-4), through OpenSSL. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

#define HASH_SIZE 32

struct hash {
    uint8_t bytes[HASH_SIZE];
};

struct hash hash_of(struct str bytes);

/* The same of bytes that come piece by piece: begin, add any number of times, and end,
 * which must follow. The state lives in `arena`. What was added so far may be asked for at any
 * time. */
struct hash_state;
struct hash_state *hash_begin(struct arena *arena);
void hash_add(struct hash_state *state, struct str bytes);
struct hash hash_so_far(const struct hash_state *state);
struct hash hash_end(struct hash_state *state);

/* Writes 64 lower-case hexadecimal digits and a NUL. */
void hash_hex(const struct hash *hash, char out[2 * HASH_SIZE + 1]);

/* SHA-512 in 128 such digits, for formats that ask for it. */
#define HASH512_HEX 128
void hash512_hex(struct str bytes, char out[HASH512_HEX + 1]);

/* And piece by piece, as above. */
struct hash512_state;
struct hash512_state *hash512_begin(struct arena *arena);
void hash512_add(struct hash512_state *state, struct str bytes);
void hash512_end(struct hash512_state *state, char out[HASH512_HEX + 1]);

/* True for 64 hexadecimal digits, large or small letters. */
bool hash_is_hex(struct str text);

/* Reads these as people copy them: with ":", "-" or blanks between bytes as OpenSSL and Windows
 * show them, and "SHA256 Fingerprint=" before. `hex` has digits and small letters alone. */
bool hash_read(struct arena *arena, struct str text, struct str *hex);

/* The hash that 64 hexadecimal digits stand for; false for other texts. */
bool hash_of_hex(struct str hex, struct hash *out);

#endif
