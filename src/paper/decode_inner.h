/* What the decoders share. */
#ifndef PAPER_DECODE_INNER_H
#define PAPER_DECODE_INNER_H

#include "paper/decode.h"

enum decode_fault {
    DECODE_GOOD,
    DECODE_ENDED, /* by who gets the rows */
    DECODE_DAMAGED,
    DECODE_UNSUPPORTED,
    DECODE_TOO_LARGE,
    DECODE_NO_PROGRAM /* jbig2dec */
};

/* Samples as a decoder gives them, packed as in PDFs. */
struct decode_samples {
    uint32_t width, height;
    unsigned bits, channels;
    enum scan_space space;
    bool is_inverted;
};

struct decode_convert;

struct decoding {
    struct arena *arena; /* gone when it is done */
    const struct scan_image *image;
    const struct scan_rows *rows;
    bool to_gray;
    uint32_t times; /* what will be made of the rows; a decoder may give fewer by `reduced` */
    uint32_t reduced;
    struct decode_convert *convert;
    enum decode_fault fault;
    char why[120];
};

/* Notes a fault, and why unless that is NULL; false. */
bool decode_fail(struct decoding *d, enum decode_fault fault, const char *why);

/* To be called once, before the rows; they are given to decode_row(). False when it is over. */
bool decode_begin(struct decoding *d, const struct decode_samples *samples);
bool decode_row(struct decoding *d, const uint8_t *row);

/* Bytes of a packed row. */
size_t decode_row_size(uint64_t width, unsigned bits, unsigned channels);

unsigned decode_channels(enum scan_space space);

/* The largest power of two up to `most` that divides `times`. */
uint32_t decode_power(uint32_t times, uint32_t most);

bool decode_raw(struct decoding *d); /* of SCAN_RAW and SCAN_FLATE */
bool decode_jpeg(struct decoding *d);
bool decode_ccitt(struct decoding *d);
bool decode_jpx(struct decoding *d);
bool decode_jbig2(struct decoding *d);

#endif
