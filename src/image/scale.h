/* Making rasters smaller and turning them upright. Only for src/image. */
#ifndef IMAGE_SCALE_H
#define IMAGE_SCALE_H

#include "image/image.h"

/* A copy of so many pixels, none more than `image` has on either side: each is the mean of the area
 * that it covers, in whole numbers throughout. `image` holds pixels. */
struct image *scale_image(struct arena *arena, const struct image *image, uint32_t width,
                          uint32_t height);

/* A copy that is upright, of one that is stored by this orientation of EXIF (1 to 8). */
struct image *scale_turn(struct arena *arena, const struct image *image, unsigned orientation);

#endif
