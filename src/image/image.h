/* Pictures as they come from outside: PNG and JPEG as rasters, SVG path data as drawings. All
 * readers are given bytes, have limits and end in a diagnostic when these are hit. */
#ifndef IMAGE_IMAGE_H
#define IMAGE_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;

enum image_space { IMAGE_GRAY, IMAGE_RGB };

/* A raster. `pixels` is height rows of width * channels bytes, 8 bit each. When `jpeg` is not
 * empty it is a baseline or progressive JPEG that a PDF can hold as it is, and pixels is NULL. */
struct image {
    uint32_t width, height;
    enum image_space space;
    const uint8_t *pixels;
    const uint8_t *alpha; /* height rows of width bytes, or NULL */
    struct str jpeg;
    uint32_t dpi; /* 0 when the file does not say */
};

#define IMAGE_SIDE_MAX 20000
#define IMAGE_PIXELS_MAX 100000000
#define IMAGE_BYTES_MAX ((size_t)64 * 1024 * 1024)

/* Reads a PNG or JPEG, told apart by its first bytes. NULL with IMAGE_UNKNOWN, IMAGE_DAMAGED,
 * IMAGE_TOO_LARGE or IMAGE_UNSUPPORTED. */
struct image *image_read(struct arena *arena, struct diags *diags, struct pos at, struct str bytes);

enum path_op { PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE };

/* Coordinates in units of the drawing, in 1/1000, y downwards; a curve has three points. */
struct path_step {
    enum path_op op;
    int32_t x[3], y[3];
};

struct path {
    struct path_step *steps;
    size_t count;
    bool even_odd;
    uint8_t red, green, blue;
};

/* A filled drawing; `box` is that of its paths (left, top, right, bottom, 1/1000 units). */
struct drawing {
    struct path *paths;
    size_t count;
    int32_t box[4];
};

/* Reads the subset of SVG that emblems need: path, g, transform, fill, fill-rule, viewBox. NULL
 * with SVG_DAMAGED, SVG_UNSUPPORTED (naming the element) or SVG_TOO_LARGE. */
struct drawing *drawing_read_svg(struct arena *arena, struct diags *diags, struct pos at,
                                 struct str bytes);

#endif
