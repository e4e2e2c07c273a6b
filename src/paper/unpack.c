#include "paper/unpack.h"

#include <limits.h>
#include <string.h>

#include <zlib.h>

#include "base/arena.h"
#include "base/ascii.h"

#define WINDOW 65536

static bool
is_blank(char c)
{
    return ascii_is_space(c) || c == '\f' || c == '\0';
}

/* ---- as text */

static bool
unpack_hex(struct str bytes, size_t limit, struct buf *out)
{
    int high = -1;

    for (size_t i = 0; i < bytes.len && bytes.ptr[i] != '>'; i++) {
        int digit = ascii_hex(bytes.ptr[i]);
        if (digit < 0 && !is_blank(bytes.ptr[i]))
            return false;
        if (digit >= 0 && high >= 0)
            buf_byte(out, (char)(high * 16 + digit));
        if (digit >= 0)
            high = high >= 0 ? -1 : digit;
        if (out->len > limit)
            return false;
    }
    if (high >= 0)
        buf_byte(out, (char)(high * 16));
    return true;
}

/* A group of five letters, or of fewer at the end: one less bytes. */
static bool
add_group(struct buf *out, const unsigned *group, size_t count)
{
    uint64_t number = 0;

    for (size_t i = 0; i < 5; i++)
        number = number * 85 + (i < count ? group[i] : 84);
    for (size_t i = 0; i + 1 < count; i++)
        buf_byte(out, (char)(unsigned char)(number >> (24 - 8 * i)));
    return number <= UINT32_MAX && count != 1;
}

static bool
unpack_85(struct str bytes, size_t limit, struct buf *out)
{
    unsigned group[5];
    size_t count = 0;

    for (size_t i = 0; i < bytes.len && bytes.ptr[i] != '~'; i++) {
        char c = bytes.ptr[i];
        if (is_blank(c))
            continue;
        if (out->len > limit || (c != 'z' && (c < '!' || c > 'u')) || (c == 'z' && count > 0))
            return false;
        if (c == 'z')
            buf_add(out, (struct str){"\0\0\0\0", 4});
        else
            group[count++] = (unsigned)(c - '!');
        if (count == 5 && !add_group(out, group, 5))
            return false;
        count %= 5;
    }
    return count == 0 || add_group(out, group, count);
}

/* ---- runs */

static bool
unpack_runs(struct str bytes, size_t limit, struct buf *out)
{
    for (size_t i = 0; i < bytes.len;) {
        unsigned len = (unsigned char)bytes.ptr[i++];
        if (len == 128)
            return true;
        if (out->len > limit || i >= bytes.len || (len < 128 && bytes.len - i < len + 1U))
            return false;
        if (len < 128) {
            buf_add(out, str_sub(bytes, i, len + 1));
            i += len + 1;
            continue;
        }
        for (unsigned k = 0; k < 257 - len; k++)
            buf_byte(out, bytes.ptr[i]);
        i++;
    }
    return true;
}

/* ---- LZW */

#define LZW_CLEAR 256
#define LZW_END 257
#define LZW_FIRST 258
#define LZW_CODES 4096

/* Each code is a piece of what came out before. */
struct lzw {
    size_t at[LZW_CODES];
    uint32_t len[LZW_CODES];
    unsigned count;
};

static unsigned
bits_of(unsigned count, bool early_change)
{
    unsigned next = count + (early_change ? 1 : 0);

    return next >= 2048 ? 12 : next >= 1024 ? 11 : next >= 512 ? 10 : 9;
}

/* Adds what a code stands for; the one that is about to be known is the last piece, and its first
 * byte once more. */
static bool
add_code(struct lzw *lzw, unsigned code, size_t last_at, size_t last_len, struct buf *out)
{
    size_t from = out->len;

    if (code < LZW_CLEAR) {
        buf_byte(out, (char)(unsigned char)code);
    } else if (code < lzw->count) {
        for (uint32_t i = 0; i < lzw->len[code]; i++)
            buf_byte(out, out->ptr[lzw->at[code] + i]);
    } else if (code == lzw->count && last_len > 0) {
        for (size_t i = 0; i < last_len; i++)
            buf_byte(out, out->ptr[last_at + i]);
        buf_byte(out, out->ptr[last_at]);
    } else {
        return false;
    }
    if (last_len > 0 && lzw->count < LZW_CODES) {
        lzw->at[lzw->count] = last_at;
        lzw->len[lzw->count++] = (uint32_t)(last_len + 1);
    }
    return out->len > from;
}

static bool
unpack_lzw(struct str bytes, bool early_change, size_t limit, struct buf *out)
{
    struct lzw lzw = {.count = LZW_FIRST};
    size_t last_at = 0, last_len = 0;
    uint32_t held = 0;
    unsigned have = 0;

    for (size_t i = 0; i < bytes.len;) {
        unsigned bits = bits_of(lzw.count, early_change);
        for (; have < bits && i < bytes.len; have += 8)
            held = held << 8 | (unsigned char)bytes.ptr[i++];
        if (have < bits)
            break;
        unsigned code = held >> (have - bits) & ((1U << bits) - 1);
        have -= bits;
        if (code == LZW_END)
            return true;
        if (code == LZW_CLEAR) {
            lzw.count = LZW_FIRST;
            last_len = 0;
            continue;
        }
        size_t from = out->len;
        if (out->len > limit || !add_code(&lzw, code, last_at, last_len, out))
            return false;
        last_at = from;
        last_len = out->len - from;
    }
    return true; /* some programs leave the end out; what is missing is seen by who counts pixels */
}

/* ---- Flate */

static bool
unpack_flate(struct str bytes, size_t limit, struct buf *out)
{
    z_stream z = {0};
    char window[WINDOW];
    int result = inflateInit(&z);

    while (result == Z_OK && out->len <= limit) {
        if (z.avail_in == 0) {
            size_t piece = bytes.len > INT_MAX ? INT_MAX : bytes.len;
            z.next_in = (unsigned char *)(uintptr_t)bytes.ptr;
            z.avail_in = (unsigned)piece;
            bytes = str_sub(bytes, piece, SIZE_MAX);
        }
        z.next_out = (unsigned char *)window;
        z.avail_out = sizeof window;
        result = inflate(&z, Z_NO_FLUSH);
        buf_add(out, (struct str){window, sizeof window - z.avail_out});
    }
    (void)inflateEnd(&z);
    return result == Z_STREAM_END;
}

bool
unpack_filter(struct arena *arena, struct str name, bool early_change, struct str bytes,
              size_t limit, struct str *out)
{
    struct buf made = buf_in(arena);
    bool good = false;

    if (str_is(name, "FlateDecode"))
        good = unpack_flate(bytes, limit, &made);
    else if (str_is(name, "LZWDecode"))
        good = unpack_lzw(bytes, early_change, limit, &made);
    else if (str_is(name, "RunLengthDecode"))
        good = unpack_runs(bytes, limit, &made);
    else if (str_is(name, "ASCII85Decode"))
        good = unpack_85(bytes, limit, &made);
    else if (str_is(name, "ASCIIHexDecode"))
        good = unpack_hex(bytes, limit, &made);
    *out = buf_str(&made);
    return good && made.len <= limit;
}
