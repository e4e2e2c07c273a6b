/* Images as office machines make them, in every coding, out of one picture; and TIFFs with them. */
#ifndef SCAN_KIT_H
#define SCAN_KIT_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <openjpeg.h>
#include <tiffio.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/str.h"
#include "paper/page.h"

#define SCAN_MUST(holds) ((holds) ? (void)0 : abort())

/* A picture of 8 bits a channel, gray or RGB. */
struct scan_kit {
    uint32_t width, height;
    unsigned channels;
    uint8_t *samples;
};

/* Soft shades, with a black box and a white one in them. */
static inline struct scan_kit
kit_picture(struct arena *arena, uint32_t width, uint32_t height, unsigned channels)
{
    struct scan_kit kit = {width, height, channels, arena_array(arena, height, width * channels)};

    for (uint32_t y = 0; y < height; y++) {
        for (uint32_t x = 0; x < width * channels; x++) {
            uint32_t column = x / channels;
            uint8_t *sample = &kit.samples[(size_t)y * width * channels + x];
            *sample = (uint8_t)(60 + (column + y) * 120 / (width + height) + x % channels * 20);
            if (column >= width / 4 && column < width / 2 && y >= height / 4 && y < height / 2)
                *sample = 0;
            if (column >= width / 2 && column < width * 3 / 4 && y >= height / 2 &&
                y < height * 3 / 4)
                *sample = 255;
        }
    }
    return kit;
}

/* Rows of one bit: set where the first channel is below 128 (`black` is set), or the other way. */
static inline struct str
kit_bits(struct arena *arena, const struct scan_kit *kit, bool black_is_set)
{
    size_t len = (kit->width + 7) / 8;
    char *bits = arena_alloc(arena, len * kit->height + 1);

    for (size_t y = 0; y < kit->height; y++) {
        for (size_t x = 0; x < kit->width; x++) {
            bool black = kit->samples[(y * kit->width + x) * kit->channels] < 128;
            if (black == black_is_set)
                bits[y * len + x / 8] = (char)(bits[y * len + x / 8] | (0x80 >> x % 8));
        }
    }
    return (struct str){bits, len * kit->height};
}

static inline struct str
kit_raw(const struct scan_kit *kit)
{
    return (struct str){(const char *)kit->samples,
                        (size_t)kit->width * kit->height * kit->channels};
}

static inline struct str
kit_zlib(struct arena *arena, struct str bytes)
{
    uLongf size = compressBound(bytes.len);
    char *out = arena_alloc(arena, size);

    SCAN_MUST(compress((Bytef *)out, &size, (const Bytef *)bytes.ptr, bytes.len) == Z_OK);
    return (struct str){out, size};
}

/* Rows with the filter of PNG that takes the one above away. */
static inline struct str
kit_filtered(struct arena *arena, struct str rows, size_t len)
{
    struct buf out = buf_in(arena);

    for (size_t y = 0; y < rows.len / len; y++) {
        buf_byte(&out, 2);
        for (size_t i = 0; i < len; i++)
            buf_byte(&out,
                     (char)(rows.ptr[y * len + i] - (y == 0 ? 0 : rows.ptr[(y - 1) * len + i])));
    }
    return buf_str(&out);
}

static inline struct str
kit_jpeg_of(struct arena *arena, const struct scan_kit *kit, int quality, bool progressive)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long size = 0;

    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = kit->width;
    jpeg.image_height = kit->height;
    jpeg.input_components = (int)kit->channels;
    jpeg.in_color_space = kit->channels == 1   ? JCS_GRAYSCALE
                          : kit->channels == 3 ? JCS_RGB
                                               : JCS_CMYK;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, quality, TRUE);
    jpeg.density_unit = 1;
    jpeg.X_density = jpeg.Y_density = 150;
    if (progressive)
        jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW row[1] = {kit->samples + (size_t)jpeg.next_scanline * kit->width * kit->channels};
        (void)jpeg_write_scanlines(&jpeg, row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    struct str out = str_dup(arena, (struct str){(char *)bytes, size});
    free(bytes);
    return out;
}

/* ---- what libraries write into memory */

struct kit_file {
    char *bytes;
    size_t size, cap, at;
};

static inline void
kit_put(struct kit_file *file, const void *bytes, size_t size)
{
    if (file->at + size > file->cap) {
        file->cap = 2 * (file->at + size) + 4096;
        file->bytes = realloc(file->bytes, file->cap);
        SCAN_MUST(file->bytes != NULL);
    }
    if (file->at > file->size)
        memset(file->bytes + file->size, 0, file->at - file->size);
    memcpy(file->bytes + file->at, bytes, size);
    file->at += size;
    file->size = file->at > file->size ? file->at : file->size;
}

static inline OPJ_SIZE_T
kit_jpx_write(void *bytes, OPJ_SIZE_T size, void *user)
{
    kit_put(user, bytes, size);
    return size;
}

static inline OPJ_OFF_T
kit_jpx_skip(OPJ_OFF_T size, void *user)
{
    ((struct kit_file *)user)->at += (size_t)size;
    return size;
}

static inline OPJ_BOOL
kit_jpx_seek(OPJ_OFF_T to, void *user)
{
    ((struct kit_file *)user)->at = (size_t)to;
    return OPJ_TRUE;
}

/* Without loss. */
static inline struct str
kit_jpx(struct arena *arena, const struct scan_kit *kit)
{
    opj_cparameters_t parameters;
    opj_image_cmptparm_t comps[3];
    struct kit_file file = {NULL, 0, 0, 0};
    opj_codec_t *codec = opj_create_compress(OPJ_CODEC_JP2);
    opj_stream_t *stream = opj_stream_create(65536, OPJ_FALSE);
    size_t area = (size_t)kit->width * kit->height;

    opj_set_default_encoder_parameters(&parameters);
    parameters.tcp_numlayers = 1;
    parameters.cp_disto_alloc = 1;
    memset(comps, 0, sizeof comps);
    for (unsigned i = 0; i < kit->channels; i++)
        comps[i] = (opj_image_cmptparm_t){
            .dx = 1, .dy = 1, .w = kit->width, .h = kit->height, .prec = 8, .bpp = 8};
    opj_image_t *image = opj_image_create(kit->channels, comps,
                                          kit->channels == 1 ? OPJ_CLRSPC_GRAY : OPJ_CLRSPC_SRGB);
    image->x1 = kit->width;
    image->y1 = kit->height;
    for (size_t i = 0; i < area * kit->channels; i++)
        image->comps[i % kit->channels].data[i / kit->channels] = kit->samples[i];
    opj_stream_set_write_function(stream, kit_jpx_write);
    opj_stream_set_skip_function(stream, kit_jpx_skip);
    opj_stream_set_seek_function(stream, kit_jpx_seek);
    opj_stream_set_user_data(stream, &file, NULL);
    SCAN_MUST(opj_setup_encoder(codec, &parameters, image) &&
              opj_start_compress(codec, image, stream) && opj_encode(codec, stream) &&
              opj_end_compress(codec, stream));
    opj_stream_destroy(stream);
    opj_destroy_codec(codec);
    opj_image_destroy(image);
    struct str out = str_dup(arena, (struct str){file.bytes, file.size});
    free(file.bytes);
    return out;
}

static inline tmsize_t
kit_tiff_write(thandle_t user, void *bytes, tmsize_t size)
{
    kit_put((struct kit_file *)user, bytes, (size_t)size);
    return size;
}

static inline tmsize_t
kit_tiff_read(thandle_t user, void *bytes, tmsize_t size)
{
    struct kit_file *file = user;
    size_t left = file->at < file->size ? file->size - file->at : 0;
    size_t done = (size_t)size < left ? (size_t)size : left;

    if (done > 0)
        memcpy(bytes, file->bytes + file->at, done);
    file->at += done;
    return (tmsize_t)done;
}

static inline toff_t
kit_tiff_seek(thandle_t user, toff_t to, int whence)
{
    struct kit_file *file = user;

    file->at = whence == SEEK_SET ? to : whence == SEEK_CUR ? file->at + to : file->size + to;
    return file->at;
}

static inline int
kit_tiff_close(thandle_t user)
{
    (void)user;
    return 0;
}

static inline toff_t
kit_tiff_size(thandle_t user)
{
    return ((struct kit_file *)user)->size;
}

/* How a page of a TIFF is to be written. */
struct kit_tiff {
    unsigned compression, bits, photometric, predictor, fill_order, orientation, group3;
    uint32_t rows_per_strip, tile; /* 0: one strip, no tiles */
    float dpi_x, dpi_y;
};

static inline void
kit_tiff_page(TIFF *tiff, const struct scan_kit *kit, const struct kit_tiff *how, struct str rows)
{
    size_t len = ((size_t)kit->width * kit->channels * how->bits + 7) / 8;
    char *row = malloc(len + 1);

    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, kit->width);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, kit->height);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, how->bits);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, kit->channels);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, how->compression);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, how->photometric);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    if (how->predictor != 0)
        TIFFSetField(tiff, TIFFTAG_PREDICTOR, how->predictor);
    if (how->fill_order != 0)
        TIFFSetField(tiff, TIFFTAG_FILLORDER, how->fill_order);
    if (how->orientation != 0)
        TIFFSetField(tiff, TIFFTAG_ORIENTATION, how->orientation);
    if (how->group3 != 0)
        TIFFSetField(tiff, TIFFTAG_GROUP3OPTIONS, how->group3);
    if (how->compression == COMPRESSION_JPEG && kit->channels == 3)
        TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    if (how->dpi_x > 0) {
        TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
        TIFFSetField(tiff, TIFFTAG_XRESOLUTION, (double)how->dpi_x);
        TIFFSetField(tiff, TIFFTAG_YRESOLUTION, (double)how->dpi_y);
    }
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP,
                 how->rows_per_strip == 0 ? kit->height : how->rows_per_strip);
    for (uint32_t y = 0; y < kit->height; y++) {
        memcpy(row, rows.ptr + y * len, len);
        SCAN_MUST(TIFFWriteScanline(tiff, row, y, 0) == 1);
    }
    free(row);
}

/* A TIFF with a page for each of `how`. `rows` are samples as `how` says. */
static inline struct str
kit_tiff(struct arena *arena, const struct scan_kit *kit, const struct kit_tiff *how, size_t pages,
         struct str rows)
{
    struct kit_file file = {NULL, 0, 0, 0};
    TIFF *tiff = TIFFClientOpen("", "wl", &file, kit_tiff_read, kit_tiff_write, kit_tiff_seek,
                                kit_tiff_close, kit_tiff_size, NULL, NULL);

    SCAN_MUST(tiff != NULL);
    for (size_t i = 0; i < pages; i++) {
        kit_tiff_page(tiff, kit, &how[i], rows);
        SCAN_MUST(TIFFWriteDirectory(tiff) == 1);
    }
    TIFFClose(tiff);
    struct str out = str_dup(arena, (struct str){file.bytes, file.size});
    free(file.bytes);
    return out;
}

/* The only strip of a TIFF of one page: what a PDF holds of it. */
static inline struct str
kit_strip(struct arena *arena, const struct scan_kit *kit, const struct kit_tiff *how,
          struct str rows)
{
    struct str tiff = kit_tiff(arena, kit, how, 1, rows);
    struct kit_file file = {(char *)(uintptr_t)tiff.ptr, tiff.len, tiff.len, 0};
    TIFF *open = TIFFClientOpen("", "rm", &file, kit_tiff_read, kit_tiff_write, kit_tiff_seek,
                                kit_tiff_close, kit_tiff_size, NULL, NULL);

    SCAN_MUST(open != NULL && TIFFNumberOfStrips(open) == 1);
    struct str strip = str_sub(tiff, (size_t)TIFFGetStrileOffset(open, 0),
                               (size_t)TIFFGetStrileByteCount(open, 0));
    TIFFClose(open);
    return strip;
}

static inline struct str
kit_g4(struct arena *arena, const struct scan_kit *kit)
{
    const struct kit_tiff how = {
        .compression = COMPRESSION_CCITTFAX4, .bits = 1, .photometric = PHOTOMETRIC_MINISWHITE};

    return kit_strip(arena, kit, &how, kit_bits(arena, kit, true));
}

/* ---- JBIG2: a generic region that is coded as G4 is */

static inline void
kit_number(struct buf *out, uint32_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_byte(out, (char)(unsigned char)(number >> shift));
}

static inline void
kit_segment(struct buf *out, uint32_t number, char kind, struct str data)
{
    kit_number(out, number);
    buf_byte(out, kind);
    buf_byte(out, 0); /* refers to none */
    buf_byte(out, 1); /* of page 1 */
    kit_number(out, (uint32_t)data.len);
    buf_add(out, data);
}

static inline struct str
kit_jbig2(struct arena *arena, const struct scan_kit *kit)
{
    struct buf page = buf_in(arena), region = buf_in(arena), out = buf_in(arena);

    kit_number(&page, kit->width);
    kit_number(&page, kit->height);
    kit_number(&page, 0);
    kit_number(&page, 0);
    buf_add(&page, (struct str){"\0\0\0", 3});
    kit_segment(&out, 0, 48, buf_str(&page));
    kit_number(&region, kit->width);
    kit_number(&region, kit->height);
    kit_number(&region, 0);
    kit_number(&region, 0);
    buf_add(&region, (struct str){"\0\1", 2});
    buf_add(&region, kit_g4(arena, kit));
    kit_segment(&out, 1, 38, buf_str(&region));
    return buf_str(&out);
}

#endif
