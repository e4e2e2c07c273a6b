#include "archive/pack.h"

#include <libdeflate.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

#define LEVEL 9
#define HEAD_MAX 10
#define MOST_TIMES 1100 /* deflate makes nothing smaller than that */

#define KNOWN_MAX 64
#define KNOWN_BYTES_MAX ((size_t)4 << 20)

struct known {
    struct hash hash;
    struct str packed;
};

struct packer {
    struct libdeflate_compressor *compressor;
    struct libdeflate_decompressor *decompressor;
    struct arena *arena; /* of what was packed last */
    struct known known[KNOWN_MAX];
    size_t known_count, known_bytes;
};

struct packer *
packer_open(struct arena *arena)
{
    struct packer *packer = arena_alloc(arena, sizeof *packer);

    packer->compressor = libdeflate_alloc_compressor(LEVEL);
    packer->decompressor = libdeflate_alloc_decompressor();
    packer->arena = arena_new(0);
    if (packer->compressor == NULL || packer->decompressor == NULL)
        arena_oom(sizeof *packer);
    return packer;
}

void
packer_close(struct packer *packer)
{
    if (packer == NULL)
        return;
    libdeflate_free_compressor(packer->compressor);
    libdeflate_free_decompressor(packer->decompressor);
    arena_free(packer->arena);
}

static size_t
put_head(char *out, uint64_t head)
{
    size_t len = 0;

    for (; head >= 0x80; head >>= 7)
        out[len++] = (char)(unsigned char)(head | 0x80);
    out[len++] = (char)head;
    return len;
}

struct str
pack(struct packer *packer, struct arena *arena, struct str bytes)
{
    char *out = arena_alloc(arena, bytes.len + HEAD_MAX);
    size_t head = put_head(out, 2 * (uint64_t)bytes.len + 1);
    size_t len = bytes.len == 0 ? 0
                                : libdeflate_deflate_compress(packer->compressor, bytes.ptr,
                                                              bytes.len, out + head, bytes.len - 1);

    if (len == 0) {
        head = put_head(out, 2 * (uint64_t)bytes.len);
        if (bytes.len > 0)
            memcpy(out + head, bytes.ptr, bytes.len);
        len = bytes.len;
    }
    return (struct str){out, head + len};
}

static void
remember(struct packer *packer, const struct hash *hash, struct str packed)
{
    if (packed.len > KNOWN_BYTES_MAX)
        return;
    if (packer->known_count == KNOWN_MAX || packed.len > KNOWN_BYTES_MAX - packer->known_bytes) {
        arena_free(packer->arena);
        packer->arena = arena_new(0);
        packer->known_count = packer->known_bytes = 0;
    }
    packer->known_bytes += packed.len;
    packer->known[packer->known_count++] = (struct known){*hash, str_dup(packer->arena, packed)};
}

struct str
pack_once(struct packer *packer, struct arena *arena, const struct hash *hash, struct str bytes)
{
    for (size_t i = 0; i < packer->known_count; i++) {
        if (memcmp(&packer->known[i].hash, hash, sizeof *hash) == 0)
            return str_dup(arena, packer->known[i].packed);
    }
    struct str packed = pack(packer, arena, bytes);
    remember(packer, hash, packed);
    return packed;
}

/* False where there is none, or it is not written as put_head() does. */
static bool
take_head(struct str *packed, uint64_t *head)
{
    *head = 0;
    for (size_t i = 0; i < packed->len && i < HEAD_MAX - 1; i++) {
        unsigned char byte = (unsigned char)packed->ptr[i];
        *head |= (uint64_t)(byte & 0x7F) << (7 * i);
        if (byte < 0x80) {
            *packed = str_sub(*packed, i + 1, packed->len);
            return true;
        }
    }
    return false;
}

bool
unpack(struct packer *packer, struct arena *arena, struct str packed, struct str *bytes)
{
    uint64_t head;

    *bytes = STR("");
    if (!take_head(&packed, &head) || head / 2 > UNPACKED_MAX)
        return false;
    size_t size = (size_t)(head / 2);
    if (head % 2 == 0) {
        *bytes = str_dup(arena, packed);
        return size == packed.len;
    }
    if (size / MOST_TIMES > packed.len)
        return false;
    char *out = arena_alloc(arena, size + 1);
    *bytes = (struct str){out, size};
    return libdeflate_deflate_decompress(packer->decompressor, packed.ptr, packed.len, out, size,
                                         NULL) == LIBDEFLATE_SUCCESS;
}
