/* Pages of scans: which images a page shows, where, and their data as they stand in the file.
 *
 * The content of pages is interpreted, and by a short list: images, what places them, what clips
 * nothing of them away, and text that is not shown, which is left out. A page on which anything
 * else is painted is told as drawn. */
#ifndef PDFIN_SHEETS_H
#define PDFIN_SHEETS_H

#include "pdfin/pdfin.h"

#define SHEETS_PLACED_MAX 4096                /* images on a page */
#define SHEETS_CONTENT_MAX ((size_t)64 << 20) /* of a page or form, unpacked */
#define SHEETS_NODES_MAX 300000000            /* operands and operators of all pages */
#define SHEETS_DEPTH_MAX 8                    /* of forms */
#define SHEETS_FILTERS_MAX 4
#define SHEETS_PROFILE_MAX ((size_t)8 << 20)

/* A filter and its parameters, where they are those of PDF's defaults where none are given. */
struct sheet_filter {
    struct str name; /* in full: "FlateDecode" */
    long long k, columns, rows, predictor, colors, bits, early_change;
    bool end_of_line, byte_align, black_is_1, end_of_block;
    struct str globals; /* of JBIG2 */
};

enum sheet_space {
    SHEET_GRAY,
    SHEET_RGB,
    SHEET_CMYK,
    SHEET_INDEXED,
    SHEET_STENCIL,
    SHEET_NO_SPACE /* a JPEG 2000 says it itself */
};

struct sheet_image {
    uint32_t width, height;
    unsigned bits; /* 0: a JPEG 2000 says it itself */
    enum sheet_space space, base;
    struct str icc, palette;
    struct sheet_filter filter[SHEETS_FILTERS_MAX]; /* the outermost first */
    size_t filter_count;
    struct str bytes; /* a part of the file, unless that is encrypted */
    bool is_inverted;
    const struct sheet_image *mask;
    bool mask_is_soft;
};

struct sheet_place {
    const struct sheet_image *image;
    double matrix[6]; /* in points from the lower left corner of what is shown of the page */
    uint8_t rgb[3];
};

struct sheet {
    mpt width, height; /* as it lies in the file */
    int turn;          /* clockwise: 0, 90, 180, 270 */
    bool is_drawn;     /* more is painted than images; there are no places then */
    const struct sheet_place *place;
    size_t count;
};

struct sheets;

/* The pages of a PDF, in `arena` of pdfin_open(). NULL with PDFIN_…. */
struct sheets *sheets_open(struct pdfin *pdf);
size_t sheets_count(const struct sheets *sheets);
bool sheets_are_decrypted(const struct sheets *sheets);

/* The page of this index. False with PDFIN_TOO_MUCH, or PDFIN_DAMAGED or PDFIN_MEMORY. */
bool sheets_read(struct sheets *sheets, size_t index, struct sheet *out);

#endif
