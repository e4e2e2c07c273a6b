/* Samples of any colours as gray or RGB of 8 bits. */
#ifndef PAPER_CONVERT_H
#define PAPER_CONVERT_H

#include "paper/decode_inner.h"

/* For rows of these samples; NULL where they are of a kind that no page has. */
struct decode_convert *convert_new(struct arena *arena, const struct scan_image *image,
                                   const struct decode_samples *samples, bool to_gray);

unsigned convert_channels(const struct decode_convert *convert);

/* One row, which holds until the next is asked for. */
const uint8_t *convert_row(struct decode_convert *convert, const uint8_t *row);

#endif
