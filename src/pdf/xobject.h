/* External objects: rasters as image XObjects (ISO 32000-1 §8.9.5), drawings as form XObjects
 * (§8.10). */
#ifndef PDF_XOBJECT_H
#define PDF_XOBJECT_H

#include "base/diag.h"
#include "image/image.h"
#include "pdf/object.h"

/* The longer side of a drawing in its own units; divides a pt evenly in decimals. */
#define DRAWING_SIDE 20000

/* Adds an image; its alpha becomes a soft mask. A JPEG is embedded as it is. */
unsigned image_put(struct pdf_objects *objects, const struct image *image);

/* Adds a drawing in whole units, y upwards from its lower left corner; *width and *height are its
 * box in these units, the longer of them DRAWING_SIDE. */
unsigned drawing_put(struct pdf_objects *objects, const struct drawing *drawing, int *width,
                     int *height);

#endif
