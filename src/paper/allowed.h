/* What PDF/A-3 allows of an image that is to be copied as it came (ISO 19005-3 §6.2.4 and §6.2.8).
 * The bytes are those of strangers: what cannot be read is not allowed. */
#ifndef PAPER_ALLOWED_H
#define PAPER_ALLOWED_H

#include <stdbool.h>

#include "base/str.h"

/* True for an ICC profile of version 2 to 4 of an input, display or output device, or a colour
 * space, with so many channels: gray, RGB or Lab, or CMYK. */
bool allowed_icc(struct str profile, unsigned channels);

/* True for a JPEG 2000 in its file format with one, three or four channels of the same depth, whose
 * colours are told in a way that PDF/A reads. With `has_space` the PDF tells the colours, and what
 * the file says of them counts for nothing; without, those of inks (CMYK) are not allowed, for
 * nothing says what these look like. */
bool allowed_jpx(struct str bytes, bool has_space);

#endif
