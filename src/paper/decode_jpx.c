/* JPEG 2000 through openjpeg. It decodes all of an image at once, with four bytes for each sample,
 * so what is large is decoded smaller where that is all that is asked for. */
#include <stdio.h>
#include <string.h>

#include <openjpeg.h>

#include "base/arena.h"
#include "paper/decode_inner.h"

#define SAMPLES_MAX UINT64_C(160000000) /* that are decoded */
#define REDUCE_MAX 5
#define COMPONENTS_MAX 4

/* A code block takes memory before its data are looked at, and none is smaller than 4 × 4: so many
 * pixels in a byte there are in no page. */
#define PIXELS_A_BYTE_MAX 4000

struct source {
    struct str bytes;
    size_t at;
};

/* ---- reading */

static OPJ_SIZE_T
read_some(void *out, OPJ_SIZE_T size, void *user)
{
    struct source *source = user;
    struct str piece = str_sub(source->bytes, source->at, size);

    if (piece.len == 0)
        return (OPJ_SIZE_T)-1;
    memcpy(out, piece.ptr, piece.len);
    source->at += piece.len;
    return piece.len;
}

static OPJ_OFF_T
skip(OPJ_OFF_T size, void *user)
{
    struct source *source = user;
    size_t left = source->bytes.len - source->at;

    if (size < 0)
        return -1;
    size_t done = (uint64_t)size < left ? (size_t)size : left;
    source->at += done;
    return (OPJ_OFF_T)done;
}

static OPJ_BOOL
seek(OPJ_OFF_T to, void *user)
{
    struct source *source = user;

    if (to < 0 || (uint64_t)to > source->bytes.len)
        return OPJ_FALSE;
    source->at = (size_t)to;
    return OPJ_TRUE;
}

static opj_stream_t *
stream_of(struct source *source)
{
    opj_stream_t *stream = opj_stream_create(65536, OPJ_TRUE);

    if (stream == NULL)
        return NULL;
    opj_stream_set_read_function(stream, read_some);
    opj_stream_set_skip_function(stream, skip);
    opj_stream_set_seek_function(stream, seek);
    opj_stream_set_user_data(stream, source, NULL);
    opj_stream_set_user_data_length(stream, source->bytes.len);
    return stream;
}

static void
on_error(const char *text, void *user)
{
    struct decoding *d = user;

    if (d->why[0] == '\0')
        (void)snprintf(d->why, sizeof d->why, "%.*s", (int)strcspn(text, "\n"), text);
}

static bool
is_jp2(struct str bytes)
{
    return str_starts(bytes, (struct str){"\0\0\0\14jP  ", 8});
}

/* ---- what came out */

/* How many components carry colours, and which. */
static bool
samples_of(struct decoding *d, const opj_image_t *picture, struct decode_samples *samples)
{
    unsigned count = picture->numcomps;
    enum scan_space space = d->image->space;

    if (space == SCAN_OF_JPX) {
        bool is_cmyk = picture->color_space == OPJ_CLRSPC_CMYK;
        space = is_cmyk && count >= 4 ? SCAN_CMYK : count >= 3 ? SCAN_RGB : SCAN_GRAY;
    }
    *samples = (struct decode_samples){
        picture->comps[0].w,  picture->comps[0].h, 8, decode_channels(space), space,
        d->image->is_inverted};
    if (count < samples->channels)
        return decode_fail(d, DECODE_DAMAGED, "the JPEG 2000 has other colours than the page says");
    for (unsigned i = 0; i < samples->channels; i++) {
        const opj_image_comp_t *comp = &picture->comps[i];
        if (comp->data == NULL || comp->w == 0 || comp->h == 0 || comp->prec == 0 ||
            comp->prec > 16)
            return decode_fail(d, DECODE_UNSUPPORTED, "a JPEG 2000 of a rare kind");
    }
    return true;
}

static uint8_t
sample_at(const opj_image_comp_t *comp, const struct decode_samples *samples, uint32_t x,
          uint32_t y)
{
    uint64_t across = (uint64_t)x * comp->w / samples->width;
    uint64_t down = (uint64_t)y * comp->h / samples->height;
    int64_t value = comp->data[down * comp->w + across];
    int64_t most = ((int64_t)1 << comp->prec) - 1;

    value += comp->sgnd ? (int64_t)1 << (comp->prec - 1) : 0;
    value = value < 0 ? 0 : value > most ? most : value;
    /* an index means what it says; all else is of 8 bits from here on */
    return (uint8_t)(samples->space == SCAN_INDEXED ? value : value * 255 / most);
}

static uint8_t
clamp(double value)
{
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value + 0.5);
}

static void
rgb_of_ycc(uint8_t *pixel)
{
    double y = pixel[0], blue = pixel[1] - 128.0, red = pixel[2] - 128.0;

    pixel[0] = clamp(y + 1.402 * red);
    pixel[1] = clamp(y - 0.344136 * blue - 0.714136 * red);
    pixel[2] = clamp(y + 1.772 * blue);
}

static bool
give_rows(struct decoding *d, const opj_image_t *picture, const struct decode_samples *samples)
{
    bool is_ycc = samples->space == SCAN_RGB && (picture->color_space == OPJ_CLRSPC_SYCC ||
                                                 picture->color_space == OPJ_CLRSPC_EYCC);
    size_t channels = samples->channels;
    uint8_t *row = arena_array(d->arena, samples->width, channels);

    for (uint32_t y = 0; y < samples->height; y++) {
        for (uint32_t x = 0; x < samples->width; x++) {
            for (size_t i = 0; i < channels; i++)
                row[x * channels + i] = sample_at(&picture->comps[i], samples, x, y);
            if (is_ycc)
                rgb_of_ycc(row + x * channels);
        }
        if (!decode_row(d, row))
            return false;
    }
    return true;
}

/* ---- decoding */

/* The sides are the first thing that is known, and what is too large goes no further. */
static bool
is_allowed(struct decoding *d, const opj_image_t *picture, uint32_t reduce)
{
    uint64_t width = (uint64_t)picture->x1 - picture->x0;
    uint64_t height = (uint64_t)picture->y1 - picture->y0;
    uint64_t pixels = width * height;

    if (picture->x1 <= picture->x0 || picture->y1 <= picture->y0 || width != d->image->width ||
        height != d->image->height)
        return decode_fail(d, DECODE_DAMAGED, "the JPEG 2000 has other sides than the page says");
    if (picture->numcomps == 0 || picture->numcomps > COMPONENTS_MAX)
        return decode_fail(d, DECODE_UNSUPPORTED, "a JPEG 2000 of a rare kind");
    if (pixels / PIXELS_A_BYTE_MAX > d->image->bytes.len)
        return decode_fail(d, DECODE_DAMAGED, "the data is too short for so many pixels");
    if ((pixels >> (2 * reduce)) * picture->numcomps > SAMPLES_MAX)
        return decode_fail(d, DECODE_TOO_LARGE, NULL);
    return true;
}

static bool
decode_picture(struct decoding *d, opj_codec_t *codec, opj_stream_t *stream, uint32_t reduce,
               opj_image_t **picture)
{
    if (!opj_read_header(stream, codec, picture) || *picture == NULL)
        return decode_fail(d, DECODE_DAMAGED, NULL);
    return is_allowed(d, *picture, reduce) &&
           ((opj_decode(codec, stream, *picture) && opj_end_decompress(codec, stream)) ||
            decode_fail(d, DECODE_DAMAGED, NULL));
}

/* One attempt; false without a fault where the image has not so many sizes in it. */
static bool
attempt(struct decoding *d, uint32_t reduce)
{
    struct source source = {d->image->bytes, 0};
    opj_codec_t *codec =
        opj_create_decompress(is_jp2(d->image->bytes) ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K);
    opj_stream_t *stream = stream_of(&source);
    opj_dparameters_t parameters;
    opj_image_t *picture = NULL;
    struct decode_samples samples;

    opj_set_default_decoder_parameters(&parameters);
    parameters.cp_reduce = reduce;
    bool good = codec != NULL && stream != NULL && opj_setup_decoder(codec, &parameters) &&
                opj_set_error_handler(codec, on_error, d) &&
                decode_picture(d, codec, stream, reduce, &picture);
    d->reduced = 1U << reduce;
    good = good && samples_of(d, picture, &samples) && decode_begin(d, &samples) &&
           give_rows(d, picture, &samples);
    opj_image_destroy(picture);
    opj_stream_destroy(stream);
    opj_destroy_codec(codec);
    return good || decode_fail(d, DECODE_DAMAGED, NULL);
}

bool
decode_jpx(struct decoding *d)
{
    uint32_t power = decode_power(d->times, 1U << REDUCE_MAX), reduce = 0;

    while (1U << (reduce + 1) <= power)
        reduce++;
    if (attempt(d, reduce) || reduce == 0 || d->fault != DECODE_DAMAGED || d->convert != NULL)
        return d->fault == DECODE_GOOD;
    /* it may have no smaller sizes in it */
    d->fault = DECODE_GOOD;
    d->why[0] = '\0';
    return attempt(d, 0);
}
