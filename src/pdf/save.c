#include "pdf/save.h"

#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "pdf/deflate.h"

/* Widths in bytes of two columns of the cross-reference stream: kind, offset or number, index. */
#define KIND_WIDTH 1
#define INDEX_WIDTH 2
#define ID_SIZE 16

enum place_kind {
    PLACE_FREE = 0,
    PLACE_OFFSET = 1, /* in the file */
    PLACE_HELD = 2    /* in an object stream */
};

struct place {
    enum place_kind kind;
    size_t at; /* offset in the file, or number of the object stream */
    unsigned index;
};

struct save {
    struct deflate *deflate;
    struct buf out;
    struct place *places; /* by object number */
    size_t count, cap;
    struct pack *pack;
};

struct save *
save_open(struct arena *arena, struct deflate *deflate, unsigned objects)
{
    struct save *save = arena_alloc(arena, sizeof(*save));

    save->deflate = deflate;
    save->out = buf_in(arena);
    save->pack = pack_open(arena, objects);
    save->count = (size_t)objects + 1;
    save->cap = save->count + objects / 256 + 8;
    save->places = arena_array(arena, save->cap, sizeof(*save->places));
    /* four bytes above 127 say that the file is not text (§7.5.2) */
    buf_add(&save->out, STR("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"));
    return save;
}

/* A number behind those of all objects. */
static unsigned
add_number(struct save *save)
{
    save->places = arena_grow(save->out.arena, save->places, save->count, &save->cap,
                              sizeof(*save->places), 8);
    return (unsigned)save->count++;
}

void
save_stream(struct save *save, unsigned number, struct str dict, struct str bytes)
{
    save->places[number] = (struct place){PLACE_OFFSET, save->out.len, 0};
    buf_printf(&save->out, "%u 0 obj\n", number);
    buf_add(&save->out, dict);
    buf_text(&save->out, "\nstream\r\n");
    buf_add(&save->out, bytes);
    buf_text(&save->out, "\nendstream\nendobj\n");
}

/* ---- object streams */

/* The dictionary of a compressed stream of ours, up to what is particular to it. */
static struct buf
open_dict(const struct save *save, const char *type, struct str bytes)
{
    struct buf dict = buf_in(save->out.arena);

    buf_printf(&dict, "<</Type /%s\n/Filter /FlateDecode\n/Length %zu\n", type, bytes.len);
    return dict;
}

static void
save_packed(struct save *save, const struct packed *packed)
{
    unsigned holder = add_number(save);
    struct str bytes = deflate_bytes(save->deflate, packed->bytes);
    struct buf dict = open_dict(save, "ObjStm", bytes);

    if (packed->columns > 0)
        buf_printf(&dict, "/DecodeParms <</Predictor 12/Columns %zu>>\n", packed->columns);
    buf_printf(&dict, "/N %u\n/First %zu>>", packed->count, packed->first);
    save_stream(save, holder, buf_str(&dict), bytes);
    for (unsigned i = 0; i < packed->count; i++)
        save->places[packed->numbers[i]] = (struct place){PLACE_HELD, holder, i};
}

static void
save_held(struct save *save)
{
    struct packed packed;

    while (pack_next(save->pack, &packed))
        save_packed(save, &packed);
}

void
save_object(struct save *save, unsigned number, struct str text)
{
    if (pack_add(save->pack, number, text))
        save_held(save);
}

/* ---- cross-reference stream */

static void
add_column(uint8_t *row, size_t *at, size_t value, unsigned width)
{
    for (unsigned i = width; i > 0; i--)
        row[(*at)++] = (uint8_t)(value >> 8 * (i - 1));
}

/* All rows, each less the one above (PNG's filter Up, §7.4.4.4), which compresses to little. */
static struct str
rows_of(const struct save *save, unsigned at_width)
{
    enum { ROW_MAX = KIND_WIDTH + sizeof(size_t) + INDEX_WIDTH };
    size_t len = KIND_WIDTH + at_width + INDEX_WIDTH;
    uint8_t row[ROW_MAX] = {0}, above[ROW_MAX] = {0};
    struct buf out = buf_in(save->out.arena);

    for (size_t number = 0; number < save->count; number++) {
        const struct place *place = &save->places[number];
        size_t at = 0;

        add_column(row, &at, place->kind, KIND_WIDTH);
        add_column(row, &at, place->at, at_width);
        /* free: all in a list of one, and never to be used again */
        add_column(row, &at, place->kind == PLACE_FREE ? 0xffff : place->index, INDEX_WIDTH);
        buf_byte(&out, 2);
        for (size_t i = 0; i < len; i++)
            buf_byte(&out, (char)(row[i] - above[i]));
        memcpy(above, row, len);
    }
    return buf_str(&out);
}

static unsigned
bytes_for(size_t value)
{
    unsigned count = 1;

    while (value >>= 8)
        count++;
    return count;
}

static void
add_hex(struct buf *out, const uint8_t *bytes, size_t count)
{
    buf_byte(out, '<');
    for (size_t i = 0; i < count; i++)
        buf_printf(out, "%02X", bytes[i]);
    buf_byte(out, '>');
}

struct str
save_close(struct save *save, const struct save_trailer *trailer)
{
    save_held(save);
    unsigned number = add_number(save), width = bytes_for(save->out.len);
    size_t start = save->out.len;

    save->places[number] = (struct place){PLACE_OFFSET, start, 0};
    struct str bytes = deflate_bytes(save->deflate, rows_of(save, width));
    struct buf dict = open_dict(save, "XRef", bytes);
    buf_printf(&dict, "/DecodeParms <</Predictor 12\n/Columns %u>>\n/W [%d %u %d]\n/Size %zu\n",
               KIND_WIDTH + width + INDEX_WIDTH, KIND_WIDTH, width, INDEX_WIDTH, save->count);
    buf_printf(&dict, "/Root %u 0 R\n", trailer->root);
    if (trailer->info != 0)
        buf_printf(&dict, "/Info %u 0 R\n", trailer->info);
    struct hash own = hash_of(trailer->id == NULL ? buf_str(&save->out) : STR(""));
    const uint8_t *id_bytes = trailer->id == NULL ? own.bytes : trailer->id;
    buf_text(&dict, "/ID [");
    add_hex(&dict, id_bytes, ID_SIZE);
    add_hex(&dict, id_bytes, ID_SIZE);
    buf_text(&dict, "]>>");
    save_stream(save, number, buf_str(&dict), bytes);
    buf_printf(&save->out, "startxref\n%zu\n%%%%EOF\n", start);
    return buf_str(&save->out);
}
