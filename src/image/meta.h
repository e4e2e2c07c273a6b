/* What a picture's file says beside its pixels: EXIF (JEITA CP-3451) and its relatives. Only for
 * src/image. */
#ifndef IMAGE_META_H
#define IMAGE_META_H

#include "image/image.h"

struct meta {
    unsigned orientation; /* of EXIF, 1 to 8; 1 when the file does not say */
    /* EXIF, XMP, IPTC, further pictures, bytes after the end: what may tell of person, place and
     * device, or show more than the picture does. Plain comments are not reckoned among it. */
    bool personal;
};

/* The orientation that a TIFF structure gives, as EXIF is one; 1 for anything else. */
unsigned meta_orientation(struct str bytes);

/* Reads the segments of a JPEG or the chunks of a PNG. What is no such file has no metadata. */
struct meta meta_of(struct str bytes);

/* Adds the file without metadata: what is left is what pixels, colours and resolution need, as it
 * was. False when its segments cannot be told apart. */
bool meta_strip(struct str bytes, struct buf *out);

/* Adds the parts of the file that say what its colours mean: ICC segments of a JPEG; iCCP, sRGB,
 * gAMA, cHRM and cICP of a PNG. */
void meta_colors(struct str bytes, struct buf *out);

#endif
