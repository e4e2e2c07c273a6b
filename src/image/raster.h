/* What the readers of rasters share; only for src/image. */
#ifndef IMAGE_RASTER_H
#define IMAGE_RASTER_H

#include "image/image.h"

/* How much of a file is wanted: its size and resolution; what a PDF is to hold, which may be the
 * file itself; pixels. */
enum image_want { IMAGE_HEAD, IMAGE_FOR_PDF, IMAGE_PIXELS };

/* Read a file of one kind; NULL after a diagnostic. The result may borrow from `bytes`. Metadata
 * are not looked at. */
struct image *image_read_png(struct arena *arena, struct diags *diags, struct pos at,
                             struct str bytes, enum image_want want);
struct image *image_read_jpeg(struct arena *arena, struct diags *diags, struct pos at,
                              struct str bytes, enum image_want want);

/* Write pixels as a file; without alpha in the JPEG. `colours` are parts of a file of the same kind
 * as meta_colours() gives them. An empty text when there is no memory. */
struct str image_write_png(struct arena *arena, const struct image *image, struct str colours);
struct str image_write_jpeg(struct arena *arena, const struct image *image, struct str colours);

/* True when a raster of this size may be read. */
bool image_size_is_allowed(uint64_t width, uint64_t height);

/* What a reader found, as an argument of a message: in both languages where it is one of the faults
 * that people meet, else in the words of the library, which only say more to those who know. */
const char *image_reason(struct diags *diags, const char *why);

/* Adds IMAGE_TOO_LARGE for a raster of this size, and returns NULL. */
struct image *image_too_large(struct diags *diags, struct pos at, uint64_t width, uint64_t height);

/* ---- what a file says of its picture */

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
void meta_colours(struct str bytes, struct buf *out);

/* A copy of so many pixels, none more than `image` has on either side: each is the mean of the area
 * that it covers, in whole numbers throughout. `image` holds pixels. */
struct image *scale_image(struct arena *arena, const struct image *image, uint32_t width,
                          uint32_t height);

/* A copy that is upright, of one that is stored by this orientation of EXIF (1 to 8). */
struct image *scale_turn(struct arena *arena, const struct image *image, unsigned orientation);

#endif
