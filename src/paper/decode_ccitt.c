/* CCITT T.4 and T.6 through libtiff, which is given a TIFF with one strip. */
#include <string.h>

#include "base/arena.h"
#include "paper/decode_inner.h"
#include "paper/tiff_memory.h"

/* A head of 8 bytes, a directory of these entries, and the strip behind it. */
#define ENTRIES 10
#define HEAD (8 + 2 + ENTRIES * 12 + 4)

#define TYPE_SHORT 3
#define TYPE_LONG 4

static void
add_number(struct buf *out, uint32_t number, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        buf_byte(out, (char)(unsigned char)(number >> (8 * i)));
}

static void
add_entry(struct buf *out, unsigned tag, unsigned type, uint32_t value)
{
    add_number(out, tag, 2);
    add_number(out, type, 2);
    add_number(out, 1, 4);
    add_number(out, value, 4);
}

static unsigned
compression_of(const struct scan_ccitt *ccitt)
{
    if (ccitt->k < 0)
        return COMPRESSION_CCITTFAX4;
    return ccitt->k > 0 || ccitt->end_of_line ? COMPRESSION_CCITTFAX3 : COMPRESSION_CCITTRLE;
}

/* Tags in rising order, as TIFF wants them. */
static struct str
head_of(struct arena *arena, const struct scan_image *image)
{
    struct buf out = buf_in(arena);
    unsigned compression = compression_of(&image->ccitt);
    uint32_t options = image->ccitt.k > 0 ? GROUP3OPT_2DENCODING : 0;

    buf_add(&out, (struct str){"II*\0\10\0\0\0", 8});
    add_number(&out, ENTRIES, 2);
    add_entry(&out, TIFFTAG_IMAGEWIDTH, TYPE_LONG, image->width);
    add_entry(&out, TIFFTAG_IMAGELENGTH, TYPE_LONG, image->height);
    add_entry(&out, TIFFTAG_BITSPERSAMPLE, TYPE_SHORT, 1);
    add_entry(&out, TIFFTAG_COMPRESSION, TYPE_SHORT, compression);
    add_entry(&out, TIFFTAG_PHOTOMETRIC, TYPE_SHORT, PHOTOMETRIC_MINISWHITE);
    add_entry(&out, TIFFTAG_STRIPOFFSETS, TYPE_LONG, HEAD);
    add_entry(&out, TIFFTAG_SAMPLESPERPIXEL, TYPE_SHORT, 1);
    add_entry(&out, TIFFTAG_ROWSPERSTRIP, TYPE_LONG, image->height);
    add_entry(&out, TIFFTAG_STRIPBYTECOUNTS, TYPE_LONG, (uint32_t)image->bytes.len);
    add_entry(&out,
              compression == COMPRESSION_CCITTFAX3 ? TIFFTAG_GROUP3OPTIONS : TIFFTAG_GROUP4OPTIONS,
              TYPE_LONG, options);
    add_number(&out, 0, 4);
    return buf_str(&out);
}

/* Black comes as 1, which PDFs have as 0 unless they say otherwise. */
static bool
give_rows(struct decoding *d, TIFF *tiff, struct tiff_memory *memory)
{
    size_t len = decode_row_size(d->image->width, 1, 1);
    tmsize_t room = TIFFScanlineSize(tiff);
    uint8_t *row = arena_alloc(d->arena, len + 1);

    if (room < 0 || (size_t)room != len)
        return decode_fail(d, DECODE_DAMAGED, memory->why);
    for (uint32_t y = 0; y < d->image->height; y++) {
        if (TIFFReadScanline(tiff, row, y, 0) != 1 || memory->why[0] != '\0')
            return decode_fail(d, DECODE_DAMAGED, memory->why);
        for (size_t i = 0; i < len && !d->image->ccitt.black_is_1; i++)
            row[i] = (uint8_t)~row[i];
        if (!decode_row(d, row))
            return false;
    }
    return true;
}

bool
decode_ccitt(struct decoding *d)
{
    const struct scan_image *image = d->image;
    struct decode_samples samples = {image->width, image->height,     1, 1,
                                     image->space, image->is_inverted};
    struct tiff_memory memory = {.head = head_of(d->arena, image), .bytes = image->bytes};

    if (image->bits > 1 || (image->ccitt.byte_align && image->ccitt.k < 0) ||
        image->bytes.len > UINT32_MAX)
        return decode_fail(d, DECODE_UNSUPPORTED, "CCITT coding of a rare kind");
    if (!decode_begin(d, &samples))
        return false;
    TIFF *tiff = tiff_memory_open(&memory);
    if (tiff == NULL)
        return decode_fail(d, DECODE_DAMAGED, memory.why);
    if (compression_of(&image->ccitt) == COMPRESSION_CCITTRLE)
        (void)TIFFSetField(tiff, TIFFTAG_FAXMODE,
                           FAXMODE_NORTC | FAXMODE_NOEOL |
                               (image->ccitt.byte_align ? FAXMODE_BYTEALIGN : 0));
    bool good = give_rows(d, tiff, &memory);
    TIFFClose(tiff);
    return good;
}
