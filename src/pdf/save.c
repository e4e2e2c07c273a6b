#include "pdf/save.h"

#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "pdf/deflate.h"

/* Widths in bytes of two columns of the cross-reference stream: kind, offset or number, index. */
#define KIND_WIDTH 1
#define INDEX_WIDTH 2

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
    bool is_update;
    size_t previous; /* of an update: where the cross-reference section before is */
    struct saved made;
};

static struct save *
open_save(struct arena *arena, struct deflate *deflate, unsigned objects)
{
    struct save *save = arena_alloc(arena, sizeof(*save));

    save->deflate = deflate;
    save->out = buf_in(arena);
    save->count = (size_t)objects + 1;
    save->cap = save->count + objects / 256 + 8;
    save->places = arena_array(arena, save->cap, sizeof(*save->places));
    return save;
}

struct save *
save_open(struct arena *arena, struct deflate *deflate, unsigned objects)
{
    struct save *save = open_save(arena, deflate, objects);

    save->pack = pack_open(arena, objects);
    /* four bytes above 127 say that the file is not text (§7.5.2) */
    buf_add(&save->out, STR("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"));
    return save;
}

struct save *
save_open_behind(struct arena *arena, struct deflate *deflate, struct str file, size_t xref,
                 unsigned objects)
{
    struct save *save = open_save(arena, deflate, objects);

    save->is_update = true;
    save->previous = xref;
    buf_add(&save->out, file);
    /* "%%EOF12 0 obj" is no end of a file (ISO 19005-3 §6.1.9) */
    if (file.len > 0 && file.ptr[file.len - 1] != '\n' && file.ptr[file.len - 1] != '\r')
        buf_byte(&save->out, '\n');
    return save;
}

size_t
save_offset(const struct save *save)
{
    return save->out.len;
}

/* A number behind those of all objects. */
static unsigned
add_number(struct save *save)
{
    save->places = arena_grow(save->out.arena, save->places, save->count, &save->cap,
                              sizeof(*save->places), 8);
    return (unsigned)save->count++;
}

struct buf *
save_alone(struct save *save, unsigned number)
{
    save->places[number] = (struct place){PLACE_OFFSET, save->out.len, 0};
    buf_printf(&save->out, "%u 0 obj\n", number);
    return &save->out;
}

void
save_alone_end(struct save *save)
{
    buf_text(&save->out, "\nendobj\n");
}

void
save_stream(struct save *save, unsigned number, struct str dict, struct str bytes)
{
    struct buf *out = save_alone(save, number);

    buf_add(out, dict);
    buf_text(out, "\nstream\r\n");
    buf_add(out, bytes);
    buf_text(out, "\nendstream");
    save_alone_end(save);
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
save_object(struct save *save, unsigned number, struct str text, bool is_aside)
{
    if (pack_add(save->pack, number, text, is_aside))
        save_held(save);
}

/* ---- cross-reference stream */

static void
add_column(uint8_t *row, size_t *at, size_t value, unsigned width)
{
    for (unsigned i = width; i > 0; i--)
        row[(*at)++] = (uint8_t)(value >> 8 * (i - 1));
}

/* An update lists what it brings. */
static bool
is_listed(const struct save *save, size_t number)
{
    return !save->is_update || save->places[number].kind != PLACE_FREE;
}

/* /Index: the numbers that are listed, as first ones and how many follow. */
static void
add_index(const struct save *save, struct buf *out)
{
    size_t from = 0;

    buf_text(out, "/Index [");
    for (size_t number = 0; number < save->count; number++) {
        if (!is_listed(save, number))
            continue;
        if (number == 0 || !is_listed(save, number - 1))
            from = number;
        if (number + 1 == save->count || !is_listed(save, number + 1))
            buf_printf(out, "%zu %zu ", from, number + 1 - from);
    }
    out->ptr[out->len - 1] = ']'; /* the stream itself is always there */
    buf_byte(out, '\n');
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

        if (!is_listed(save, number))
            continue;
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
add_hex(struct buf *out, struct str bytes)
{
    buf_byte(out, '<');
    for (size_t i = 0; i < bytes.len; i++)
        buf_printf(out, "%02X", (unsigned char)bytes.ptr[i]);
    buf_byte(out, '>');
}

static void
add_trailer(struct save *save, const struct save_trailer *trailer, struct buf *dict)
{
    struct str made = STR("");

    if (trailer->id.len == 0 || save->is_update) {
        const struct hash own = hash_of(buf_str(&save->out));
        made = str_dup(save->out.arena, (struct str){(const char *)own.bytes, SAVE_ID_SIZE});
    }
    save->made.id = trailer->id.len > 0 ? trailer->id : made;
    buf_printf(dict, "/Root %u 0 R\n", trailer->root);
    if (trailer->info != 0)
        buf_printf(dict, "/Info %u 0 R\n", trailer->info);
    if (save->is_update)
        buf_printf(dict, "/Prev %zu\n", save->previous);
    buf_text(dict, "/ID [");
    add_hex(dict, save->made.id);
    add_hex(dict, save->is_update ? made : save->made.id);
    buf_text(dict, "]>>");
}

struct str
save_close(struct save *save, const struct save_trailer *trailer)
{
    if (save->pack != NULL)
        save_held(save);
    unsigned number = add_number(save), width = bytes_for(save->out.len);
    size_t start = save->out.len;

    save->places[number] = (struct place){PLACE_OFFSET, start, 0};
    struct str bytes = deflate_bytes(save->deflate, rows_of(save, width));
    struct buf dict = open_dict(save, "XRef", bytes);
    buf_printf(&dict, "/DecodeParms <</Predictor 12\n/Columns %u>>\n/W [%d %u %d]\n/Size %zu\n",
               KIND_WIDTH + width + INDEX_WIDTH, KIND_WIDTH, width, INDEX_WIDTH, save->count);
    if (save->is_update)
        add_index(save, &dict);
    add_trailer(save, trailer, &dict);
    save_stream(save, number, buf_str(&dict), bytes);
    buf_printf(&save->out, "startxref\n%zu\n%%%%EOF\n", start);
    save->made.bytes = save->out.ptr;
    save->made.xref = start;
    save->made.size = number + 1;
    return buf_str(&save->out);
}

const struct saved *
save_made(struct save *save)
{
    return &save->made;
}
