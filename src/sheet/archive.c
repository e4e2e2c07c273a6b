#include "sheet/inner.h"

#include <stddef.h>
#include <string.h>

#include <libdeflate.h>

#include "base/arena.h"

#define LEVEL 7
#define VERSION 20   /* 2.0: deflated members */
#define DEFLATED 8   /* method */
#define FIRST_DAY 33 /* 1 January 1980, the first one there is */

struct archive {
    struct arena *arena;
    struct libdeflate_compressor *compressor;
    struct buf members, directory;
    size_t count;
};

struct archive *
archive_open(struct arena *arena)
{
    struct archive *archive = arena_alloc(arena, sizeof *archive);

    archive->arena = arena;
    archive->members = buf_in(arena);
    archive->directory = buf_in(arena);
    archive->compressor = libdeflate_alloc_compressor(LEVEL);
    if (archive->compressor == NULL)
        arena_oom(sizeof *archive);
    return archive;
}

static void
put(struct buf *out, size_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_byte(out, (char)(i < (int)sizeof number ? number >> 8 * i & 0xFF : 0));
}

/* What the record before a member and the one in the directory share. */
static void
put_facts(struct buf *out, const char *name, struct str bytes, size_t packed)
{
    put(out, VERSION, 2);
    put(out, 0, 2);
    put(out, DEFLATED, 2);
    put(out, 0, 2);
    put(out, FIRST_DAY, 2);
    put(out, libdeflate_crc32(0, bytes.ptr, bytes.len), 4);
    put(out, packed, 4);
    put(out, bytes.len, 4);
    put(out, strlen(name), 2);
    put(out, 0, 2);
}

void
archive_add(struct archive *archive, const char *name, struct str bytes)
{
    size_t at = archive->members.len;
    size_t bound = libdeflate_deflate_compress_bound(archive->compressor, bytes.len);
    char *room = arena_alloc(archive->arena, bound);
    size_t packed =
        libdeflate_deflate_compress(archive->compressor, bytes.ptr, bytes.len, room, bound);

    buf_text(&archive->members, "PK\3\4");
    put_facts(&archive->members, name, bytes, packed);
    buf_text(&archive->members, name);
    buf_add(&archive->members, (struct str){room, packed});
    buf_text(&archive->directory, "PK\1\2");
    put(&archive->directory, VERSION, 2);
    put_facts(&archive->directory, name, bytes, packed);
    put(&archive->directory, 0, 10); /* comment, disk, attributes */
    put(&archive->directory, at, 4);
    buf_text(&archive->directory, name);
    archive->count++;
}

struct str
archive_close(struct archive *archive)
{
    struct buf *out = &archive->members;
    size_t at = out->len;

    libdeflate_free_compressor(archive->compressor);
    buf_add(out, buf_str(&archive->directory));
    buf_text(out, "PK\5\6");
    put(out, 0, 4);
    put(out, archive->count, 2);
    put(out, archive->count, 2);
    put(out, archive->directory.len, 4);
    put(out, at, 4);
    put(out, 0, 2);
    return buf_str(out);
}
