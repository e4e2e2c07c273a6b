/* Images of pages: what their dictionaries say, and their data as they stand in the file. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "pdfin/sheets_inner.h"

#define SIDE_MAX 10000000 /* what is larger is damaged */
#define SPACE_DEPTH_MAX 4
#define PALETTE_MAX 1024
#define BITS_MAX 16

/* Data are looked for in so many times their size, and in no less. */
#define SEARCH 64
#define SEARCH_LEAST ((size_t)1 << 20)

/* Keys and names that inline images may have shorter (ISO 32000-1, tables 93 and 94). */
static const struct {
    const char *full, *brief;
} briefs[] = {
    {"/Width", "/W"},       {"/Height", "/H"}, {"/BitsPerComponent", "/BPC"},
    {"/ColorSpace", "/CS"}, {"/Filter", "/F"}, {"/DecodeParms", "/DP"},
    {"/ImageMask", "/IM"},  {"/Decode", "/D"},
};

static const struct {
    const char *full, *brief;
} filter_briefs[] = {
    {"ASCIIHexDecode", "AHx"}, {"ASCII85Decode", "A85"},  {"LZWDecode", "LZW"},
    {"FlateDecode", "Fl"},     {"RunLengthDecode", "RL"}, {"CCITTFaxDecode", "CCF"},
    {"DCTDecode", "DCT"},
};

static qpdf_oh
value_of(struct pdfin *pdf, qpdf_oh dict, const char *key)
{
    qpdf_oh value = pdfin_get(pdf, dict, key);

    for (size_t i = 0; i < sizeof briefs / sizeof briefs[0]; i++) {
        /* of a stream "/F" is a file elsewhere */
        if (qpdf_oh_is_null(pdf->qpdf, value) != QPDF_TRUE || pdfin_is_stream(pdf, dict) ||
            strcmp(briefs[i].full, key) != 0)
            continue;
        pdfin_drop(pdf, value);
        value = pdfin_get(pdf, dict, briefs[i].brief);
    }
    return value;
}

static long long
whole(struct pdfin *pdf, qpdf_oh dict, const char *key, long long otherwise)
{
    qpdf_oh value = value_of(pdf, dict, key);
    long long number = otherwise;

    if (!pdfin_integer(pdf, value, &number) && qpdf_oh_is_number(pdf->qpdf, value) == QPDF_TRUE) {
        double real = qpdf_oh_get_numeric_value(pdf->qpdf, value);
        number = real > -SIDE_MAX && real < SIDE_MAX ? (long long)real : otherwise;
    }
    pdfin_drop(pdf, value);
    return number;
}

static bool
truth(struct pdfin *pdf, qpdf_oh dict, const char *key, bool otherwise)
{
    qpdf_oh value = value_of(pdf, dict, key);
    bool is_true = qpdf_oh_is_bool(pdf->qpdf, value) == QPDF_TRUE
                       ? qpdf_oh_get_bool_value(pdf->qpdf, value) == QPDF_TRUE
                       : otherwise;

    pdfin_drop(pdf, value);
    return is_true;
}

/* ---- data */

/* Where data stand in the file. They stand in the order in which pages show them, or nearly so, and
 * nobody looks for longer than reading them takes. */
static const char *
find_data(struct sheets *sheets, const unsigned char *bytes, size_t size)
{
    struct str file = sheets->pdf->bytes;
    size_t window =
        size > SIZE_MAX / SEARCH - SEARCH_LEAST ? SIZE_MAX : size * SEARCH + SEARCH_LEAST;
    struct str rest = str_sub(file, sheets->found, window);
    const char *found = memmem(rest.ptr, rest.len, bytes, size);

    if (found == NULL && window >= file.len)
        found = memmem(file.ptr, file.len, bytes, size);
    if (found != NULL)
        sheets->found = (size_t)(found - file.ptr) + size;
    return found;
}

/* The data of a stream, as a part of the file where that can be. */
static bool
data_of(struct sheets *sheets, qpdf_oh stream, struct str *out)
{
    struct pdfin *pdf = sheets->pdf;
    unsigned char *bytes = NULL;
    size_t size = 0;
    QPDF_ERROR_CODE code =
        qpdf_oh_get_stream_data(pdf->qpdf, stream, qpdf_dl_none, NULL, &bytes, &size);
    bool good = (code & QPDF_ERRORS) == 0 && (bytes != NULL || size == 0);

    if (!good)
        (void)qpdf_get_error(pdf->qpdf);
    const char *found =
        good && size > 0 && !sheets->is_decrypted ? find_data(sheets, bytes, size) : NULL;
    if (found != NULL)
        *out = (struct str){found, size};
    else if (good)
        *out = str_dup(pdf->arena, (struct str){bytes == NULL ? "" : (char *)bytes, size});
    free(bytes);
    return good;
}

/* A stream that is no image, unpacked; each once. */
static bool
unpacked(struct sheets *sheets, qpdf_oh stream, struct str *out)
{
    struct pdfin *pdf = sheets->pdf;
    void **known = seen_value(pdf, sheets->profiles, stream);
    struct str *kept = known == NULL ? NULL : *known;

    if (kept == NULL) {
        kept = arena_alloc(pdf->arena, sizeof *kept);
        if (!pdfin_is_stream(pdf, stream) ||
            !pdfin_unpack(pdf, stream, (struct str){NULL, 0}, SHEETS_PROFILE_MAX, DIAG_WARNING,
                          pdf->arena, kept))
            *kept = (struct str){NULL, 0};
        known = seen_value(pdf, sheets->profiles, stream);
        if (known != NULL)
            *known = kept;
    }
    *out = *kept;
    return kept->ptr != NULL;
}

/* ---- filters */

static struct str
filter_name(struct pdfin *pdf, qpdf_oh name)
{
    struct str text = pdfin_text_of(pdf, name);

    for (size_t i = 0; i < sizeof filter_briefs / sizeof filter_briefs[0]; i++) {
        if (str_is(text, filter_briefs[i].brief))
            return str_of(filter_briefs[i].full);
    }
    return text;
}

static bool
read_filter(struct sheets *sheets, qpdf_oh name, qpdf_oh parameters, struct sheet_filter *out)
{
    struct pdfin *pdf = sheets->pdf;
    qpdf_oh globals = pdfin_get(pdf, parameters, "/JBIG2Globals");

    *out = (struct sheet_filter){
        .name = filter_name(pdf, name),
        .k = whole(pdf, parameters, "/K", 0),
        .columns = whole(pdf, parameters, "/Columns", -1),
        .rows = whole(pdf, parameters, "/Rows", 0),
        .predictor = whole(pdf, parameters, "/Predictor", 1),
        .colors = whole(pdf, parameters, "/Colors", 1),
        .bits = whole(pdf, parameters, "/BitsPerComponent", 8),
        .early_change = whole(pdf, parameters, "/EarlyChange", 1),
        .end_of_line = truth(pdf, parameters, "/EndOfLine", false),
        .byte_align = truth(pdf, parameters, "/EncodedByteAlign", false),
        .black_is_1 = truth(pdf, parameters, "/BlackIs1", false),
        .end_of_block = truth(pdf, parameters, "/EndOfBlock", true),
    };
    if (out->columns < 0)
        out->columns = str_is(out->name, "CCITTFaxDecode") ? 1728 : 1;
    bool good = qpdf_oh_is_null(pdf->qpdf, globals) == QPDF_TRUE ||
                unpacked(sheets, globals, &out->globals);
    pdfin_drop(pdf, globals);
    /* colours of a JPEG that are no YCbCr although it does not say so: nothing else reads them */
    if (str_is(out->name, "DCTDecode"))
        good = good && whole(pdf, parameters, "/ColorTransform", 1) != 0;
    return good && out->name.len > 0;
}

/* One filter or an array of them, with parameters likewise. */
static bool
read_filters(struct sheets *sheets, qpdf_oh dict, struct sheet_image *out)
{
    struct pdfin *pdf = sheets->pdf;
    qpdf_oh filter = value_of(pdf, dict, "/Filter");
    qpdf_oh parameters = value_of(pdf, dict, "/DecodeParms");
    bool is_many = pdfin_is_array(pdf, filter), good = true;
    size_t count = is_many ? pdfin_count(pdf, filter) : 1;

    if (qpdf_oh_is_null(pdf->qpdf, filter) == QPDF_TRUE)
        count = 0;
    good = count <= SHEETS_FILTERS_MAX;
    for (size_t i = 0; i < count && good; i++) {
        bool has_own = pdfin_is_array(pdf, parameters);
        qpdf_oh name = is_many ? pdfin_item(pdf, filter, i) : qpdf_oh_new_object(pdf->qpdf, filter);
        qpdf_oh own = has_own && i < pdfin_count(pdf, parameters)
                          ? pdfin_item(pdf, parameters, i)
                          : qpdf_oh_new_object(pdf->qpdf, parameters);
        good = read_filter(sheets, name, own, &out->filter[i]);
        pdfin_drop(pdf, own);
        pdfin_drop(pdf, name);
    }
    out->filter_count = count;
    pdfin_drop(pdf, parameters);
    pdfin_drop(pdf, filter);
    return good;
}

/* ---- colours */

static bool read_space(struct sheets *sheets, qpdf_oh space, qpdf_oh resources, size_t depth,
                       struct sheet_image *out);

static bool
is_one_of(struct str name, const char *a, const char *b, const char *c)
{
    return str_is(name, a) || str_is(name, b) || str_is(name, c);
}

/* A space that is a name: one of the device's, or what the resources say. */
static bool
read_named(struct sheets *sheets, struct str name, qpdf_oh resources, size_t depth,
           struct sheet_image *out)
{
    struct pdfin *pdf = sheets->pdf;
    bool is_gray = is_one_of(name, "DeviceGray", "G", "CalGray");
    bool is_rgb = is_one_of(name, "DeviceRGB", "RGB", "CalRGB");

    if (is_gray || is_rgb || str_is(name, "DeviceCMYK") || str_is(name, "CMYK")) {
        out->space = is_gray ? SHEET_GRAY : is_rgb ? SHEET_RGB : SHEET_CMYK;
        return true;
    }
    qpdf_oh spaces = pdfin_get(pdf, resources, "/ColorSpace");
    struct buf key = buf_in(pdf->arena);
    buf_byte(&key, '/');
    buf_add(&key, name);
    qpdf_oh space = pdfin_get(pdf, spaces, str_cstr(pdf->arena, buf_str(&key)));
    bool good = pdfin_is_array(pdf, space) && read_space(sheets, space, resources, depth + 1, out);
    pdfin_drop(pdf, space);
    pdfin_drop(pdf, spaces);
    return good;
}

static bool
read_profile(struct sheets *sheets, qpdf_oh profile, struct sheet_image *out)
{
    long long channels = whole(sheets->pdf, profile, "/N", 0);

    if ((channels != 1 && channels != 3 && channels != 4) || !unpacked(sheets, profile, &out->icc))
        return false;
    out->space = channels == 1 ? SHEET_GRAY : channels == 3 ? SHEET_RGB : SHEET_CMYK;
    return true;
}

/* The palette is a string or a stream. */
static bool
read_palette(struct sheets *sheets, qpdf_oh space, qpdf_oh resources, size_t depth,
             struct sheet_image *out)
{
    struct pdfin *pdf = sheets->pdf;
    qpdf_oh base = pdfin_item(pdf, space, 1), table = pdfin_item(pdf, space, 3);
    bool good = read_space(sheets, base, resources, depth + 1, out) && out->space <= SHEET_CMYK;
    size_t len = 0;

    out->base = out->space;
    out->space = SHEET_INDEXED;
    if (good && qpdf_oh_is_string(pdf->qpdf, table) == QPDF_TRUE) {
        const char *text = qpdf_oh_get_binary_string_value(pdf->qpdf, table, &len);
        out->palette = str_dup(pdf->arena, (struct str){text, len});
    } else {
        good = good && unpacked(sheets, table, &out->palette);
    }
    out->palette.len = out->palette.len > PALETTE_MAX ? PALETTE_MAX : out->palette.len;
    pdfin_drop(pdf, table);
    pdfin_drop(pdf, base);
    return good;
}

/* Black ink alone is gray the other way round. */
static bool
read_separation(struct pdfin *pdf, qpdf_oh space, struct sheet_image *out)
{
    qpdf_oh name = pdfin_item(pdf, space, 1);
    bool is_black = str_is(pdfin_text_of(pdf, name), "Black");

    pdfin_drop(pdf, name);
    out->space = SHEET_GRAY;
    out->is_inverted = !out->is_inverted;
    return is_black;
}

static bool
read_space(struct sheets *sheets, qpdf_oh space, qpdf_oh resources, size_t depth,
           struct sheet_image *out)
{
    struct pdfin *pdf = sheets->pdf;

    if (depth > SPACE_DEPTH_MAX)
        return false;
    if (!pdfin_is_array(pdf, space))
        return read_named(sheets, pdfin_text_of(pdf, space), resources, depth, out);
    qpdf_oh kind = pdfin_item(pdf, space, 0);
    struct str name = pdfin_text_of(pdf, kind);
    bool good = false;
    pdfin_drop(pdf, kind);
    if (str_is(name, "ICCBased")) {
        qpdf_oh profile = pdfin_item(pdf, space, 1);
        good = read_profile(sheets, profile, out);
        pdfin_drop(pdf, profile);
    } else if (str_is(name, "Indexed") || str_is(name, "I")) {
        good = pdfin_count(pdf, space) == 4 && read_palette(sheets, space, resources, depth, out);
    } else if (str_is(name, "Separation")) {
        good = depth == 0 && read_separation(pdf, space, out);
    } else if (!str_is(name, "Lab") && !str_is(name, "DeviceN") && !str_is(name, "Pattern")) {
        good = read_named(sheets, name, resources, SPACE_DEPTH_MAX, out);
    }
    return good;
}

/* The default, or all samples turned around; false for anything between. */
static bool
read_decode(struct pdfin *pdf, qpdf_oh dict, struct sheet_image *out)
{
    qpdf_oh decode = value_of(pdf, dict, "/Decode");
    size_t count = pdfin_count(pdf, decode);
    double most = out->space == SHEET_INDEXED ? (double)((1U << out->bits) - 1) : 1;
    bool straight = true, turned = true;

    for (size_t i = 0; i < count; i++) {
        qpdf_oh item = pdfin_item(pdf, decode, i);
        double value = qpdf_oh_is_number(pdf->qpdf, item) == QPDF_TRUE
                           ? qpdf_oh_get_numeric_value(pdf->qpdf, item)
                           : -1;
        straight = straight && value == (i % 2 == 0 ? 0 : most);
        turned = turned && value == (i % 2 == 0 ? most : 0);
        pdfin_drop(pdf, item);
    }
    pdfin_drop(pdf, decode);
    if (count > 0 && turned)
        out->is_inverted = !out->is_inverted;
    return count == 0 || straight || turned;
}

/* ---- masks */

/* An image that says where another one is seen. */
static bool
read_mask(struct sheets *sheets, qpdf_oh dict, qpdf_oh resources, struct sheet_image *out)
{
    struct pdfin *pdf = sheets->pdf;
    qpdf_oh soft = pdfin_get(pdf, dict, "/SMask"), hard = pdfin_get(pdf, dict, "/Mask");
    bool is_soft = pdfin_is_stream(pdf, soft), is_hard = pdfin_is_stream(pdf, hard);
    bool good = is_soft || is_hard || qpdf_oh_is_null(pdf->qpdf, hard) == QPDF_TRUE;

    if (is_soft || is_hard) {
        qpdf_oh mask = is_soft ? soft : hard;
        good = !pdfin_has(pdf, mask, "/SMask") && !pdfin_has(pdf, mask, "/Mask") &&
               !pdfin_has(pdf, mask, "/Matte");
        out->mask = good ? sheet_image_of(sheets, mask, resources) : NULL;
        good =
            good && out->mask != NULL && out->mask->space == (is_soft ? SHEET_GRAY : SHEET_STENCIL);
        out->mask_is_soft = is_soft;
    }
    pdfin_drop(pdf, hard);
    pdfin_drop(pdf, soft);
    return good;
}

/* ---- images */

static bool
read_sides(struct pdfin *pdf, qpdf_oh dict, struct sheet_image *out)
{
    long long width = whole(pdf, dict, "/Width", 0), height = whole(pdf, dict, "/Height", 0);

    if (width <= 0 || height <= 0 || width > SIDE_MAX || height > SIDE_MAX)
        return false;
    out->width = (uint32_t)width;
    out->height = (uint32_t)height;
    return true;
}

/* Bits and colours; of a JPEG 2000 they may be left out. */
static bool
read_samples(struct sheets *sheets, qpdf_oh dict, qpdf_oh resources, struct sheet_image *out)
{
    struct pdfin *pdf = sheets->pdf;
    size_t last = out->filter_count;
    bool is_jpx = last > 0 && str_is(out->filter[last - 1].name, "JPXDecode");
    bool is_jpeg = last > 0 && str_is(out->filter[last - 1].name, "DCTDecode");
    bool is_bits = last > 0 && (str_is(out->filter[last - 1].name, "CCITTFaxDecode") ||
                                str_is(out->filter[last - 1].name, "JBIG2Decode"));
    qpdf_oh space = value_of(pdf, dict, "/ColorSpace");
    bool has_space = qpdf_oh_is_null(pdf->qpdf, space) != QPDF_TRUE;
    long long bits = whole(pdf, dict, "/BitsPerComponent", is_bits ? 1 : is_jpeg ? 8 : 0);
    bool good = bits >= 0 && bits <= BITS_MAX && (bits > 0 || is_jpx);

    out->space = SHEET_NO_SPACE;
    out->bits = (unsigned)(is_jpx ? 0 : bits);
    if (truth(pdf, dict, "/ImageMask", false)) {
        out->space = SHEET_STENCIL;
        out->bits = 1;
        good = bits <= 1 && !is_jpeg && !is_jpx;
    } else {
        good = good && (has_space ? read_space(sheets, space, resources, 0, out) : is_jpx);
    }
    pdfin_drop(pdf, space);
    return good && (!is_jpx || whole(pdf, dict, "/SMaskInData", 0) == 0) &&
           read_decode(pdf, dict, out);
}

bool
sheet_image_read(struct sheets *sheets, qpdf_oh dict, qpdf_oh resources, struct str bytes,
                 struct sheet_image *out)
{
    *out = (struct sheet_image){.bytes = bytes};
    return read_sides(sheets->pdf, dict, out) && read_filters(sheets, dict, out) &&
           read_samples(sheets, dict, resources, out);
}

static bool
read_stream(struct sheets *sheets, qpdf_oh stream, qpdf_oh resources, struct sheet_image *out)
{
    struct pdfin *pdf = sheets->pdf;
    struct str bytes = {NULL, 0};

    return !pdfin_has(pdf, stream, "/F") && !pdfin_has(pdf, stream, "/OC") &&
           sheet_image_read(sheets, stream, resources, bytes, out) &&
           data_of(sheets, stream, &out->bytes) && read_mask(sheets, stream, resources, out);
}

const struct sheet_image *
sheet_image_of(struct sheets *sheets, qpdf_oh stream, qpdf_oh resources)
{
    struct pdfin *pdf = sheets->pdf;
    void **known = seen_value(pdf, sheets->images, stream);

    if (known == NULL || !pdfin_step(pdf))
        return NULL;
    if (*known == NULL) {
        struct sheet_image *image = arena_alloc(pdf->arena, sizeof *image);
        *known = &sheets->bad; /* a mask may lead back here */
        if (read_stream(sheets, stream, resources, image))
            *seen_value(pdf, sheets->images, stream) = image;
    }
    const struct sheet_image *image = *seen_value(pdf, sheets->images, stream);
    return image == &sheets->bad ? NULL : image;
}
