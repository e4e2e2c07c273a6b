/* Data of streams that the strict reader needs, unpacked: zlib, counted, and predictors. */
#include <limits.h>
#include <string.h>

#include <zlib.h>

#include "pdfin/revisions_inner.h"

#define WINDOW ((size_t)64 * 1024)
#define COLUMNS_MAX 65536

struct packing {
    bool is_flate;
    long long predictor, columns;
};

static long long
integer_or(struct revisions *r, size_t revision, const struct cos *dict, const char *key,
           long long otherwise)
{
    const struct cos *value = cos_at(r, revision, dict, key);

    return value->type == COS_INTEGER ? value->integer : value->type == COS_NULL ? otherwise : -1;
}

/* A filter's name or parameters, alone or in an array of one. NULL when there are more. */
static const struct cos *
alone(struct revisions *r, size_t revision, const struct cos *node)
{
    node = cos_resolve(r, revision, node);
    if (node->type != COS_ARRAY)
        return node;
    if (node->count > 1)
        return NULL;
    return node->count == 0 ? &cos_null : cos_resolve(r, revision, &node->items[0]);
}

static bool
read_packing(struct revisions *r, size_t revision, const struct cos *dict, struct packing *out)
{
    const struct cos *filter = alone(r, revision, cos_get(dict, "Filter"));
    const struct cos *parms = alone(r, revision, cos_get(dict, "DecodeParms"));

    *out = (struct packing){.predictor = 1, .columns = 1};
    if (filter == NULL || parms == NULL || cos_get(dict, "F")->type != COS_NULL)
        return false;
    if (filter->type == COS_NULL)
        return true;
    if (!cos_is_name(filter, "FlateDecode") && !cos_is_name(filter, "Fl"))
        return false;
    out->is_flate = true;
    if (parms->type == COS_NULL)
        return true;
    out->predictor = integer_or(r, revision, parms, "Predictor", 1);
    out->columns = integer_or(r, revision, parms, "Columns", 1);
    return parms->type == COS_DICT && integer_or(r, revision, parms, "Colors", 1) == 1 &&
           integer_or(r, revision, parms, "BitsPerComponent", 8) == 8 && out->columns > 0 &&
           out->columns <= COLUMNS_MAX && (out->predictor == 1 || out->predictor >= 10) &&
           out->predictor <= 15;
}

/* Inflates piece by piece into `out`, up to a limit; the data must end where zlib says so. */
static bool
inflate_to(struct buf *out, struct str raw, size_t limit)
{
    z_stream z = {0};
    unsigned char window[WINDOW];
    int result = inflateInit(&z);

    z.next_in = (unsigned char *)(uintptr_t)raw.ptr;
    z.avail_in = raw.len > UINT_MAX ? UINT_MAX : (unsigned)raw.len;
    while (result == Z_OK && out->len <= limit) {
        z.next_out = window;
        z.avail_out = WINDOW;
        result = inflate(&z, Z_NO_FLUSH);
        buf_add(out, (struct str){(const char *)window, WINDOW - z.avail_out});
    }
    (void)inflateEnd(&z);
    return result == Z_STREAM_END && out->len <= limit;
}

static unsigned char
paeth(int a, int b, int c)
{
    int pa = b - c, pb = a - c, pc = a + b - 2 * c;

    pa = pa < 0 ? -pa : pa;
    pb = pb < 0 ? -pb : pb;
    pc = pc < 0 ? -pc : pc;
    return (unsigned char)(pa <= pb && pa <= pc ? a : pb <= pc ? b : c);
}

/* One row of PNG's filters in place; `above` is the row before, of zeros for the first. */
static bool
undo_row(unsigned type, unsigned char *row, const unsigned char *above, size_t columns)
{
    if (type > 4)
        return false;
    for (size_t i = 0; i < columns; i++) {
        unsigned left = i == 0 ? 0 : row[i - 1], corner = i == 0 ? 0 : above[i - 1];
        unsigned add = type == 1   ? left
                       : type == 2 ? above[i]
                       : type == 3 ? (left + above[i]) / 2
                       : type == 4 ? paeth((int)left, above[i], (int)corner)
                                   : 0;
        row[i] = (unsigned char)(row[i] + add);
    }
    return true;
}

static bool
undo_predictor(struct arena *arena, struct str packed, size_t columns, struct str *out)
{
    size_t rows = packed.len / (columns + 1);
    unsigned char *bytes = arena_alloc(arena, rows * columns + 1);
    const unsigned char *above = arena_alloc(arena, columns);

    if (rows * (columns + 1) != packed.len)
        return false;
    for (size_t i = 0; i < rows; i++) {
        const char *from = packed.ptr + i * (columns + 1);
        unsigned char *row = bytes + i * columns;
        memcpy(row, from + 1, columns);
        if (!undo_row((unsigned char)from[0], row, above, columns))
            return false;
        above = row;
    }
    *out = (struct str){(char *)bytes, rows * columns};
    return true;
}

bool
unpack_data(struct revisions *r, size_t revision, const struct cos *dict, struct str raw,
            size_t limit, struct arena *arena, struct str *out)
{
    struct packing packing;
    struct buf bytes = buf_in(arena);

    if (!read_packing(r, revision, dict, &packing))
        return false;
    *out = raw;
    if (!packing.is_flate)
        return raw.len <= limit;
    bool good = inflate_to(&bytes, raw, limit);
    r->unpacked += bytes.len;
    *out = buf_str(&bytes);
    return good && r->unpacked <= PDFIN_TOTAL_MAX &&
           (packing.predictor == 1 || undo_predictor(arena, *out, (size_t)packing.columns, out));
}

bool
cos_unpack(struct revisions *r, size_t revision, const struct cos *stream, size_t limit,
           struct arena *arena, struct str *out)
{
    if (stream->type != COS_STREAM)
        return false;
    return unpack_data(r, revision, &stream->stream->dict, stream->stream->data, limit, arena, out);
}
