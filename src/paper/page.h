/* The pages of a scan: what paper/ reads out of the files of office machines, and writes into the
 * PDF that binds them to a report. Whoever reads knows nothing of who writes. */
#ifndef PAPER_PAGE_H
#define PAPER_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/unit.h"

enum scan_filter {
    SCAN_RAW,   /* rows of samples, as PDFs have them */
    SCAN_FLATE, /* these as zlib packs them */
    SCAN_DCT,   /* a JPEG */
    SCAN_JPX,   /* a JPEG 2000 */
    SCAN_CCITT,
    SCAN_JBIG2, /* segments without file header (ISO 32000-1 §7.4.7) */
    SCAN_OTHER  /* what is not read here; `bytes` are then no part of a page */
};

enum scan_space {
    SCAN_GRAY,
    SCAN_RGB,
    SCAN_CMYK,
    SCAN_INDEXED, /* into `palette` */
    SCAN_STENCIL, /* one bit a pixel: where the colour of the place is painted */
    SCAN_OF_JPX   /* as the JPEG 2000 says itself */
};

/* Why the bytes of an image are not those of the file. */
enum scan_recoded {
    SCAN_AS_IT_CAME,
    SCAN_WAS_LZW,    /* packed by LZW, which PDF/A forbids */
    SCAN_WAS_RUNS,   /* runs of bytes (RunLength, PackBits) */
    SCAN_WAS_OUTER,  /* packed twice: what is inside came as it stands here */
    SCAN_WAS_TURNED, /* bits, bytes or planes of samples in another order than PDFs have them */
    SCAN_WAS_DIFFERENCES, /* differences of samples, in a form that PDFs do not have */
    SCAN_WAS_TABLES,      /* a JPEG whose tables stood apart from it */
    SCAN_WAS_CLEAR,       /* transparent, which became white */
    SCAN_WAS_INTERLACED,
    SCAN_WAS_MIRRORED,
    SCAN_WAS_OTHER, /* colours or a coding that PDFs do not have */
    SCAN_WAS_DRAWN  /* a page that is no image, as pdftoppm draws it */
};

/* Parameters of CCITTFaxDecode (ISO 32000-1 §7.4.6). */
struct scan_ccitt {
    int k;
    bool end_of_line, byte_align, black_is_1, no_end_of_block;
};

/* An image as it came: `bytes` are exactly what stood in the file, but where `recoded` or
 * `is_decrypted` says otherwise. What was recoded has the same pixels. */
struct scan_image {
    uint32_t width, height;
    unsigned bits; /* of a sample; 0: a JPEG 2000 says it */
    enum scan_filter filter;
    enum scan_space space;
    enum scan_space base; /* of an indexed one: gray, RGB or CMYK */
    struct str icc;       /* a profile of as many channels as the space has, or empty */
    struct str palette;   /* of an indexed one, in samples of its base */
    struct str bytes;
    struct scan_ccitt ccitt;
    struct str jbig2_globals;
    unsigned predictor, columns, colors; /* of SCAN_FLATE (§7.4.4.4); predictor 0 or 1: none */
    bool is_inverted;                    /* Decode turns every sample around: [1 0 …] */
    const struct scan_image *mask;       /* SMask or Mask that is an image; or NULL */
    bool mask_is_soft;                   /* it is an SMask */
    enum scan_recoded recoded;
    bool is_decrypted; /* the file was encrypted, with no password */
};

/* An image on a page: the unit square is mapped to the page by a, b, c, d, e, f as in PDF (§8.3.3),
 * in points from the page's lower left corner, y upwards. */
struct scan_place {
    const struct scan_image *image;
    double matrix[6];
    uint8_t red, green, blue; /* what a stencil is painted with */
};

/* A page. `width` and `height` are its sides as it lies in the file, before it is turned. */
struct scan_page {
    const char *file; /* it came from */
    size_t number;    /* in that file, from 1 */
    mpt width, height;
    const struct scan_place *places; /* in painting order */
    size_t place_count;
    int turn; /* degrees clockwise that the file says it is to be shown with: 0, 90, 180, 270 */
    bool is_drawn;  /* more than images is painted on it, or in another way than read here:
                     * place_count is 0, and scan_render() makes an image of it */
    struct str pdf; /* the file, where it is a PDF */
};

#endif
