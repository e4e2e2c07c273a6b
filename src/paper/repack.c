#include "paper/repack.h"

#include <limits.h>
#include <string.h>

#include <zlib.h>

#include "base/arena.h"

#define WINDOW 65536

struct repack {
    struct arena *arena;
    z_stream z;
    struct buf out;
    uint8_t window[WINDOW];
};

struct repack *
repack_begin(struct arena *arena)
{
    struct repack *pack = arena_alloc(arena, sizeof *pack);

    pack->arena = arena;
    pack->out = buf_in(arena);
    if (deflateInit(&pack->z, 6) != Z_OK)
        arena_oom(sizeof *pack);
    return pack;
}

static void
run(struct repack *pack, int flush)
{
    do {
        pack->z.next_out = pack->window;
        pack->z.avail_out = WINDOW;
        (void)deflate(&pack->z, flush);
        buf_add(&pack->out, (struct str){(const char *)pack->window, WINDOW - pack->z.avail_out});
    } while (pack->z.avail_out == 0);
}

void
repack_add(struct repack *pack, const void *bytes, size_t size)
{
    const uint8_t *from = bytes;

    while (size > 0) {
        size_t piece = size < INT_MAX ? size : INT_MAX;
        pack->z.next_in = (unsigned char *)(uintptr_t)from;
        pack->z.avail_in = (unsigned)piece;
        run(pack, Z_NO_FLUSH);
        from += piece;
        size -= piece;
    }
}

struct str
repack_end(struct repack *pack)
{
    run(pack, Z_FINISH);
    (void)deflateEnd(&pack->z);
    return buf_str(&pack->out);
}

struct str
repack_all(struct arena *arena, struct str bytes)
{
    struct repack *pack = repack_begin(arena);

    repack_add(pack, bytes.ptr, bytes.len);
    return repack_end(pack);
}

/* ---- an image anew */

struct again {
    struct arena *arena;
    struct repack *pack;
    struct scan_image *out;
    size_t channels;
    bool is_mirrored;
    uint8_t *row;
};

static bool
begin_again(void *to, uint32_t width, uint32_t height, unsigned channels)
{
    struct again *again = to;

    again->out->width = width;
    again->out->height = height;
    again->out->space = channels == 1 ? SCAN_GRAY : SCAN_RGB;
    again->channels = channels;
    again->row = arena_array(again->arena, width, channels);
    again->pack = repack_begin(again->arena);
    return true;
}

static bool
add_row(void *to, const uint8_t *row)
{
    struct again *again = to;
    size_t width = again->out->width, channels = again->channels;

    for (size_t x = 0; x < width && again->is_mirrored; x++)
        memcpy(again->row + x * channels, row + (width - 1 - x) * channels, channels);
    repack_add(again->pack, again->is_mirrored ? again->row : row, width * channels);
    return true;
}

bool
repack_image(struct arena *arena, struct diags *diags, struct scan_at at,
             const struct scan_image *image, enum scan_recoded why, bool is_mirrored,
             struct scan_image *out)
{
    struct scan_image made = {.bits = 8, .filter = SCAN_FLATE, .recoded = why};
    struct again again = {.arena = arena, .out = &made, .is_mirrored = is_mirrored};
    const struct scan_rows rows = {begin_again, add_row, &again};
    bool good = scan_decode(diags, at, image, &rows);

    if (again.pack != NULL)
        made.bytes = repack_end(again.pack);
    *out = made;
    return good;
}
