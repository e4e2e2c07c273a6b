/* TIFF files with any number of pages. Strips and tiles stay as they are where PDFs have their
 * coding, each an image of its own; all else is decoded by libtiff and packed anew. */
#include <string.h>

#include "base/arena.h"
#include "paper/decode_inner.h"
#include "paper/read_inner.h"
#include "paper/repack.h"
#include "paper/tiff_memory.h"

#define PIECE_BYTES_MAX ((uint64_t)640 << 20) /* of what libtiff decodes */
#define RGBA_PIXELS_MAX UINT64_C(100000000)
#define COLOURS 256

struct page {
    struct scan_reading *r;
    TIFF *tiff;
    struct tiff_memory *memory;
    uint32_t width, height, piece_width, piece_height; /* of a strip or tile */
    uint32_t pieces, across;
    uint16_t bits, samples, compression, photometric, planar, fill_order, orientation, predictor;
    uint32_t group3;
    bool is_tiled;
    float dpi_x, dpi_y;
    struct scan_image image; /* what all pieces have in common */
    struct scan_page out;
};

static uint16_t
short_of(TIFF *tiff, uint32_t tag, uint16_t otherwise)
{
    uint16_t value = otherwise;

    return TIFFGetFieldDefaulted(tiff, tag, &value) == 1 ? value : otherwise;
}

static void
read_resolution(struct page *page)
{
    float x = 0, y = 0;
    uint16_t unit = short_of(page->tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);

    if (TIFFGetField(page->tiff, TIFFTAG_XRESOLUTION, &x) != 1 ||
        TIFFGetField(page->tiff, TIFFTAG_YRESOLUTION, &y) != 1 || unit == RESUNIT_NONE)
        return;
    page->dpi_x = unit == RESUNIT_CENTIMETER ? x * 2.54F : x;
    page->dpi_y = unit == RESUNIT_CENTIMETER ? y * 2.54F : y;
}

static bool
read_header(struct page *page)
{
    TIFF *tiff = page->tiff;

    if (TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &page->width) != 1 ||
        TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &page->height) != 1 || page->width == 0 ||
        page->height == 0)
        return reading_damaged(page->r, "TIFF", "an image without sides");
    if (page->width > DECODE_SIDE_MAX || page->height > DECODE_SIDE_MAX ||
        (uint64_t)page->width * page->height > DECODE_PIXELS_MAX)
        return reading_large(page->r, page->width, page->height);
    if (short_of(tiff, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT) != SAMPLEFORMAT_UINT)
        return reading_kind(page->r, "pixels with fractions or signs",
                            "จุดภาพเป็นเลขทศนิยมหรือเลขติดลบ");
    page->bits = short_of(tiff, TIFFTAG_BITSPERSAMPLE, 1);
    page->samples = short_of(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    page->compression = short_of(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
    page->photometric = short_of(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
    page->planar = short_of(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    page->fill_order = short_of(tiff, TIFFTAG_FILLORDER, FILLORDER_MSB2LSB);
    page->orientation = short_of(tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
    page->predictor = 1;
    if (page->compression == COMPRESSION_ADOBE_DEFLATE ||
        page->compression == COMPRESSION_DEFLATE || page->compression == COMPRESSION_LZW)
        page->predictor = short_of(tiff, TIFFTAG_PREDICTOR, 1);
    if (page->compression == COMPRESSION_CCITTFAX3)
        (void)TIFFGetField(tiff, TIFFTAG_GROUP3OPTIONS, &page->group3);
    read_resolution(page);
    return true;
}

/* ---- pieces */

static void
read_layout(struct page *page)
{
    page->is_tiled = TIFFIsTiled(page->tiff) != 0;
    if (page->is_tiled) {
        (void)TIFFGetField(page->tiff, TIFFTAG_TILEWIDTH, &page->piece_width);
        (void)TIFFGetField(page->tiff, TIFFTAG_TILELENGTH, &page->piece_height);
        page->pieces = TIFFNumberOfTiles(page->tiff);
    } else {
        page->piece_width = page->width;
        (void)TIFFGetFieldDefaulted(page->tiff, TIFFTAG_ROWSPERSTRIP, &page->piece_height);
        if (page->piece_height == 0 || page->piece_height > page->height)
            page->piece_height = page->height;
        page->pieces = TIFFNumberOfStrips(page->tiff);
    }
    if (page->piece_width > 0)
        page->across = (page->width + page->piece_width - 1) / page->piece_width;
}

/* Rows of a piece: a tile is as high as all, the last strip may be lower. */
static uint32_t
rows_of(const struct page *page, uint32_t index)
{
    uint32_t from = index * page->piece_height;

    if (page->is_tiled || from >= page->height)
        return page->piece_height;
    return page->height - from < page->piece_height ? page->height - from : page->piece_height;
}

/* The bytes of a piece in the file; false where they are not there. */
static bool
bytes_of(const struct page *page, uint32_t index, struct str *out)
{
    uint64_t from = TIFFGetStrileOffset(page->tiff, index);
    uint64_t len = TIFFGetStrileByteCount(page->tiff, index);
    struct str file = page->r->bytes;

    if (from > file.len || len > file.len - from || len == 0)
        return false;
    *out = str_sub(file, (size_t)from, (size_t)len);
    return true;
}

static void
put(struct page *page, struct scan_place *place, const struct scan_image *image, uint32_t column,
    uint32_t row)
{
    struct scan_image *kept = arena_alloc(page->r->arena, sizeof *kept);
    double x = page->out.width / (double)UNIT_PT / page->width;
    double y = page->out.height / (double)UNIT_PT / page->height;

    *kept = *image;
    place->image = kept;
    place->matrix[0] = image->width * x;
    place->matrix[3] = image->height * y;
    place->matrix[4] = column * x;
    place->matrix[5] = ((double)page->height - row - image->height) * y;
}

/* ---- what can stay */

static bool
read_palette(struct page *page)
{
    uint16_t *red, *green, *blue;
    size_t count = (size_t)1 << page->bits;
    uint8_t *palette = arena_alloc(page->r->arena, 3 * COLOURS);

    if (page->bits > 8 || TIFFGetField(page->tiff, TIFFTAG_COLORMAP, &red, &green, &blue) != 1)
        return false;
    for (size_t i = 0; i < count; i++) {
        palette[3 * i] = (uint8_t)(red[i] >> 8);
        palette[3 * i + 1] = (uint8_t)(green[i] >> 8);
        palette[3 * i + 2] = (uint8_t)(blue[i] >> 8);
    }
    page->image.space = SCAN_INDEXED;
    page->image.base = SCAN_RGB;
    page->image.palette = (struct str){(const char *)palette, 3 * count};
    return true;
}

/* Colours that PDFs have, with one plane of samples. */
static bool
set_colours(struct page *page)
{
    struct scan_image *image = &page->image;
    bool is_jpeg = page->compression == COMPRESSION_JPEG;
    bool is_whole = page->bits == 8 || page->bits == 16;

    image->bits = page->bits;
    image->space = SCAN_GRAY;
    if (page->planar != PLANARCONFIG_CONTIG && page->samples > 1)
        return false;
    switch (page->photometric) {
    case PHOTOMETRIC_MINISWHITE:
        image->is_inverted = true;
        return page->samples == 1 && (is_whole || page->bits <= 4);
    case PHOTOMETRIC_MINISBLACK:
        return page->samples == 1 && (is_whole || page->bits <= 4);
    case PHOTOMETRIC_PALETTE:
        return page->samples == 1 && !is_jpeg && read_palette(page);
    case PHOTOMETRIC_RGB:
        image->space = SCAN_RGB;
        return page->samples == 3 && is_whole;
    case PHOTOMETRIC_YCBCR:
        image->space = SCAN_RGB;
        return page->samples == 3 && is_jpeg && page->bits == 8;
    case PHOTOMETRIC_SEPARATED:
        image->space = SCAN_CMYK;
        return page->samples == 4 && is_whole &&
               short_of(page->tiff, TIFFTAG_INKSET, INKSET_CMYK) == INKSET_CMYK;
    default:
        return false;
    }
}

static bool
set_ccitt(struct page *page)
{
    struct scan_image *image = &page->image;

    image->filter = SCAN_CCITT;
    image->ccitt.no_end_of_block = true;
    /* the coding says black, and what black is the photometric says */
    image->is_inverted = page->photometric == PHOTOMETRIC_MINISBLACK;
    if (page->compression == COMPRESSION_CCITTFAX4) {
        image->ccitt.k = -1;
    } else if (page->compression == COMPRESSION_CCITTFAX3) {
        image->ccitt.k = (page->group3 & GROUP3OPT_2DENCODING) != 0 ? 1 : 0;
        image->ccitt.end_of_line = true;
    } else {
        image->ccitt.byte_align = true;
    }
    if (page->fill_order == FILLORDER_LSB2MSB)
        image->recoded = SCAN_WAS_TURNED;
    return page->bits == 1 && page->samples == 1 && (page->group3 & GROUP3OPT_UNCOMPRESSED) == 0 &&
           image->space == SCAN_GRAY;
}

static bool
set_jpeg(struct page *page)
{
    page->image.filter = SCAN_DCT;
    page->image.recoded = SCAN_WAS_TABLES;
    return page->bits == 8 && page->photometric != PHOTOMETRIC_MINISWHITE;
}

/* True when pieces can stay as they are, but for `recoded`. */
static bool
can_stay(struct page *page)
{
    /* PDFs have the higher byte first */
    bool is_order_good = page->bits != 16 || TIFFIsBigEndian(page->tiff) != 0;
    bool is_fill_good = page->bits >= 8 || page->fill_order == FILLORDER_MSB2LSB;

    if (!set_colours(page) || page->piece_width == 0 || page->piece_height == 0 ||
        page->pieces == 0 || page->pieces > SCAN_PIECES_MAX || page->across == 0)
        return false;
    switch (page->compression) {
    case COMPRESSION_NONE:
        page->image.filter = SCAN_RAW;
        return is_order_good && is_fill_good;
    case COMPRESSION_ADOBE_DEFLATE:
    case COMPRESSION_DEFLATE:
        page->image.filter = SCAN_FLATE;
        page->image.predictor = page->predictor;
        page->image.columns = page->piece_width;
        page->image.colors = page->samples;
        return is_order_good && is_fill_good &&
               (page->predictor == 1 || (page->predictor == 2 && page->bits == 8));
    case COMPRESSION_CCITTRLE:
    case COMPRESSION_CCITTFAX3:
    case COMPRESSION_CCITTFAX4:
        return set_ccitt(page);
    case COMPRESSION_JPEG:
        return set_jpeg(page);
    default:
        return false;
    }
}

static struct str
turned_bits(struct arena *arena, struct str bytes)
{
    uint8_t *out = arena_alloc(arena, bytes.len + 1);

    memcpy(out, bytes.ptr, bytes.len);
    TIFFReverseBits(out, (tmsize_t)bytes.len);
    return (struct str){(const char *)out, bytes.len};
}

/* What JPEG files have before their tables; RGB that is no YCbCr has to be said by Adobe's marker.
 */
static const char soi[] = "\xFF\xD8";
static const char adobe_rgb[] = "\xFF\xEE\0\x0E"
                                "Adobe\0\x64\0\0\0\0\0";

/* A JPEG with its tables, which stand once for all pieces. */
static struct str
whole_jpeg(struct page *page, struct str bytes)
{
    uint32_t size = 0;
    void *tables = NULL;
    struct buf out = buf_in(page->r->arena);

    if (TIFFGetField(page->tiff, TIFFTAG_JPEGTABLES, &size, &tables) != 1)
        size = 0;
    buf_add(&out, (struct str){soi, 2});
    if (page->photometric == PHOTOMETRIC_RGB)
        buf_add(&out, (struct str){adobe_rgb, sizeof adobe_rgb - 1});
    if (size > 4) /* without its own beginning and end */
        buf_add(&out, (struct str){(const char *)tables + 2, size - 4});
    buf_add(&out, str_sub(bytes, 2, SIZE_MAX));
    return buf_str(&out);
}

static bool
set_bytes(struct page *page, struct scan_image *image, struct str bytes)
{
    image->bytes = bytes;
    if (image->recoded == SCAN_WAS_TURNED)
        image->bytes = turned_bits(page->r->arena, bytes);
    else if (image->recoded == SCAN_WAS_TABLES)
        image->bytes = whole_jpeg(page, bytes);
    return image->recoded == SCAN_AS_IT_CAME || reading_recoded(page->r, image->bytes.len);
}

/* Plain samples of strips that follow each other are one image. */
static bool
are_one(struct page *page, struct str *out)
{
    struct str next;

    if (page->image.filter != SCAN_RAW || page->is_tiled || !bytes_of(page, 0, out))
        return false;
    for (uint32_t i = 1; i < page->pieces; i++) {
        if (!bytes_of(page, i, &next) || next.ptr != out->ptr + out->len)
            return false;
        out->len += next.len;
    }
    return true;
}

static bool
keep_pieces(struct page *page)
{
    struct scan_place *places = arena_array(page->r->arena, page->pieces, sizeof *places);
    struct scan_image image = page->image;
    struct str bytes;

    page->out.places = places;
    if (are_one(page, &bytes)) {
        image.width = page->width;
        image.height = page->height;
        image.bytes = bytes;
        page->out.place_count = 1;
        put(page, &places[0], &image, 0, 0);
        return true;
    }
    for (uint32_t i = 0; i < page->pieces; i++) {
        image = page->image;
        image.width = page->piece_width;
        image.height = rows_of(page, i);
        if (!bytes_of(page, i, &bytes))
            return reading_damaged(page->r, "TIFF", "the file ends too early");
        if (!set_bytes(page, &image, bytes))
            return false;
        put(page, &places[i], &image, i % page->across * page->piece_width,
            i / page->across * page->piece_height);
    }
    page->out.place_count = page->pieces;
    return true;
}

/* ---- what is packed anew */

static enum scan_recoded
reason_of(const struct page *page)
{
    switch (page->compression) {
    case COMPRESSION_LZW:
        return SCAN_WAS_LZW;
    case COMPRESSION_PACKBITS:
        return SCAN_WAS_RUNS;
    case COMPRESSION_NONE:
        return SCAN_WAS_TURNED;
    case COMPRESSION_ADOBE_DEFLATE:
    case COMPRESSION_DEFLATE:
        return page->predictor > 1 ? SCAN_WAS_DIFFERENCES : SCAN_WAS_TURNED;
    default:
        return SCAN_WAS_OTHER;
    }
}

static void
swap_bytes(uint8_t *bytes, size_t size)
{
    const uint16_t one = 1;

    /* libtiff gives numbers of this machine */
    for (size_t i = 0; i + 1 < size && *(const uint8_t *)&one == 1; i += 2) {
        uint8_t first = bytes[i];
        bytes[i] = bytes[i + 1];
        bytes[i + 1] = first;
    }
}

static bool
add_strips(struct page *page, struct repack *pack, uint8_t *strip, size_t row)
{
    for (uint32_t i = 0; i < page->pieces; i++) {
        size_t size = row * rows_of(page, i);
        tmsize_t got = TIFFReadEncodedStrip(page->tiff, i, strip, (tmsize_t)size);
        if (got < 0 || (size_t)got != size || page->memory->why[0] != '\0')
            return reading_damaged(page->r, "TIFF", page->memory->why);
        if (page->bits == 16)
            swap_bytes(strip, size);
        repack_add(pack, strip, size);
    }
    return true;
}

/* Strips of samples that PDFs have, in a coding that they have not. */
static bool
repack_strips(struct page *page)
{
    size_t row = decode_row_size(page->width, page->bits, page->samples);
    tmsize_t said = TIFFScanlineSize(page->tiff);
    uint64_t size = (uint64_t)row * page->piece_height;
    struct scan_place *place = arena_alloc(page->r->arena, sizeof *place);

    if (said < 0 || (size_t)said != row || size > PIECE_BYTES_MAX)
        return reading_damaged(page->r, "TIFF", page->memory->why);
    struct arena *scratch = arena_new(0);
    struct repack *pack = repack_begin(page->r->arena);
    bool good = add_strips(page, pack, arena_alloc(scratch, (size_t)size + 1), row);
    page->image.bytes = repack_end(pack);
    arena_free(scratch);
    page->image.width = page->width;
    page->image.height = page->height;
    page->image.filter = SCAN_FLATE;
    page->image.predictor = 0;
    page->image.recoded = reason_of(page);
    put(page, place, &page->image, 0, 0);
    page->out.places = place;
    page->out.place_count = 1;
    return good && reading_recoded(page->r, page->image.bytes.len);
}

/* Anything else, as libtiff shows it, on white paper. */
static bool
repack_shown(struct page *page)
{
    size_t width = page->width, height = page->height;
    char why[1024];

    if ((uint64_t)width * height > RGBA_PIXELS_MAX)
        return reading_large(page->r, page->width, page->height);
    if (TIFFRGBAImageOK(page->tiff, why) != 1)
        return reading_kind(page->r, "a TIFF of a rare kind", "TIFF ชนิดที่พบน้อย");
    struct arena *scratch = arena_new(0);
    uint32_t *pixels = arena_array(scratch, height, width * sizeof *pixels);
    uint8_t *row = arena_array(scratch, width, 3);
    bool good = TIFFReadRGBAImageOriented(page->tiff, page->width, page->height, pixels,
                                          page->orientation, 1) == 1;
    struct repack *pack = repack_begin(page->r->arena);
    for (size_t y = 0; good && y < height; y++) {
        for (size_t x = 0; x < width; x++) {
            uint32_t pixel = pixels[y * width + x];
            unsigned white = 255 - TIFFGetA(pixel); /* colours come with their alpha in them */
            row[3 * x] = (uint8_t)(TIFFGetR(pixel) + white);
            row[3 * x + 1] = (uint8_t)(TIFFGetG(pixel) + white);
            row[3 * x + 2] = (uint8_t)(TIFFGetB(pixel) + white);
        }
        repack_add(pack, row, 3 * width);
    }
    struct scan_image image = {.width = page->width,
                               .height = page->height,
                               .bits = 8,
                               .filter = SCAN_FLATE,
                               .space = SCAN_RGB,
                               .bytes = repack_end(pack),
                               .recoded = SCAN_WAS_OTHER};
    struct scan_place *place = arena_alloc(page->r->arena, sizeof *place);
    put(page, place, &image, 0, 0);
    page->out.places = place;
    page->out.place_count = 1;
    arena_free(scratch);
    if (!good)
        return reading_damaged(page->r, "TIFF", page->memory->why);
    return reading_recoded(page->r, image.bytes.len);
}

/* ---- pages */

/* A page that is stored as in a mirror, piece by piece and each in its mirrored place. */
static bool
mirror(struct page *page)
{
    struct scan_place *places =
        arena_array(page->r->arena, page->out.place_count + 1, sizeof *places);

    for (size_t i = 0; i < page->out.place_count; i++) {
        struct scan_image *made = arena_alloc(page->r->arena, sizeof *made);
        const struct scan_place *from = &page->out.places[i];
        if (!repack_image(page->r->arena, page->r->diags, reading_at(page->r), from->image,
                          SCAN_WAS_MIRRORED, true, made) ||
            !reading_recoded(page->r, made->bytes.len))
            return false;
        places[i] = *from;
        places[i].image = made;
        places[i].matrix[4] = page->out.width / (double)UNIT_PT - from->matrix[4] - from->matrix[0];
    }
    page->out.places = places;
    return true;
}

/* A small picture of another page, or a mask for one. */
static bool
is_beside(TIFF *tiff)
{
    uint32_t kind = 0;

    return TIFFGetField(tiff, TIFFTAG_SUBFILETYPE, &kind) == 1 &&
           (kind & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) != 0;
}

static bool
add_page(struct scan_reading *r, TIFF *tiff, struct tiff_memory *memory)
{
    struct page page = {.r = r, .tiff = tiff, .memory = memory};

    if (!read_header(&page))
        return false;
    reading_sides(page.width, page.height, page.dpi_x, page.dpi_y, &page.out);
    read_layout(&page);
    bool has_colours, good;
    if (can_stay(&page)) {
        good = keep_pieces(&page);
    } else {
        page.image = (struct scan_image){.bits = 0};
        has_colours = set_colours(&page) && page.compression != COMPRESSION_JPEG;
        good = has_colours && !page.is_tiled && page.predictor <= 2 && page.pieces > 0
                   ? repack_strips(&page)
                   : repack_shown(&page);
    }
    if (!good || (reading_is_mirrored(page.orientation) && !mirror(&page)))
        return false;
    page.out.turn = reading_turn(page.orientation);
    return reading_add(r, &page.out);
}

bool
read_tiff(struct scan_reading *r)
{
    struct tiff_memory memory = {.bytes = r->bytes};
    TIFF *tiff = tiff_memory_open(&memory);
    bool good = tiff != NULL || reading_damaged(r, "TIFF", memory.why);

    for (bool more = good; more && good; more = TIFFReadDirectory(tiff) == 1) {
        if (!is_beside(tiff))
            good = add_page(r, tiff, &memory);
    }
    /* the last directory says that none follows; one that cannot be read was told */
    if (good && memory.why[0] != '\0')
        good = reading_damaged(r, "TIFF", memory.why);
    if (good && r->pages.count == 0)
        good = reading_damaged(r, "TIFF", "no pages");
    if (tiff != NULL)
        TIFFClose(tiff);
    return good;
}
