#include "archive/pack.h"

#include <libdeflate.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

#define LEVEL 9
#define HEAD_MAX 10
#define MOST_TIMES 1100 /* deflate makes nothing smaller than that */

struct packer {
    struct libdeflate_compressor *compressor;
    struct libdeflate_decompressor *decompressor;
};

struct packer *
packer_open(struct arena *arena)
{
    struct packer *packer = arena_alloc(arena, sizeof *packer);

    packer->compressor = libdeflate_alloc_compressor(LEVEL);
    packer->decompressor = libdeflate_alloc_decompressor();
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
