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

struct drawing;

/* A raster. `pixels` is height rows of width * channels bytes, 8 bit each. When `jpeg` is not
 * empty it is a baseline or progressive JPEG that a PDF can hold as it is (gray, or three
 * components that every reader takes for the same colours), and pixels is NULL. */
struct image {
    uint32_t width, height;
    enum image_space space;
    const uint8_t *pixels;
    const uint8_t *alpha; /* height rows of width bytes, or NULL */
    struct str jpeg;
    uint32_t dpi; /* 0 when the file does not say */
    bool ink;     /* the file holds colours of printing inks (CMYK), which are taken as RGB */
    /* of image_open() only: how the pixels are to be turned (EXIF, 1 to 8; width and height are
     * those when turned), and an SVG, whose width and height are in proportion to `dpi` */
    unsigned orientation;
    const struct drawing *drawing;
};

#define IMAGE_SIDE_MAX 20000
#define IMAGE_PIXELS_MAX 50000000 /* A4 at 600 dpi is 35 million */
#define IMAGE_BYTES_MAX ((size_t)64 * 1024 * 1024)

/* Reads a PNG or JPEG, told apart by its first bytes; `at` names the file or who asked for it.
 * PNG: every colour type; 16 bit becomes 8, a palette RGB, transparency the alpha plane; gamma
 * and colour profiles are not looked at. JPEG: CMYK becomes RGB. The result lives in `arena`, but
 * `jpeg` points into `bytes`. NULL with IMAGE_UNKNOWN, IMAGE_DAMAGED (also when only the end is
 * missing), IMAGE_TOO_LARGE, IMAGE_BYTES or IMAGE_UNSUPPORTED. */
struct image *image_read(struct arena *arena, struct diags *diags, struct pos at, struct str bytes);

/* True when the file can be nothing else than an SVG: its messages have places inside it. */
bool image_is_svg(struct str bytes);

/* Reads only what a PNG, a JPEG or an SVG says of its size: enough for layout. Fails as
 * image_read() and drawing_read_svg() do. */
struct image *image_open(struct arena *arena, struct diags *diags, struct pos at, struct str bytes);

/* The file as it is to be printed: upright, without metadata (meta.h), with the sides and
 * resolution of `size`, which are at most those of image_open(). A file that is all that is *out
 * itself; of one that has the size and is upright only the metadata go; else its pixels are written
 * anew, as the same kind of file. The same bytes give the same bytes. False with diagnostics as of
 * image_read(). */
bool image_print(struct arena *arena, struct diags *diags, struct pos at, struct str bytes,
                 const struct image *size, struct str *out);

/* The resolution of a picture of `width` pixels when it is printed with `less` pixels. */
uint32_t image_dpi_of(uint32_t dpi, uint32_t width, uint32_t less);

enum path_op { PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE };

/* One step; x and y hold one point, of a curve three, of a close none. y goes downwards. */
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

/* A filled drawing. Coordinates are in 1/1000 of a unit of the file, or of that times a power of
 * ten when it is drawn very small or very large: only proportions mean something. `box` is what
 * the paths cover (left, top, right, bottom), by the curves themselves, not their handles. */
struct drawing {
    struct path *paths;
    size_t count;
    int32_t box[4];
    int32_t view[4]; /* what the file shows: its viewBox, or its size, else the same as box */
    int64_t width;   /* of the view, in 1/1000 of a CSS pixel (1/96 inch) */
};

#define DRAWING_BYTES_MAX ((size_t)8 * 1024 * 1024)
#define DRAWING_STEPS_MAX 200000
#define DRAWING_DEPTH_MAX 64

/* Reads the subset of SVG 1.1 that emblems need: path, rect, circle, ellipse, polygon and g;
 * transform, fill (by name, #rgb, #rrggbb, rgb()), fill-rule, style. What it does not know it
 * refuses; it never draws something else than the file shows. `at.file` names the drawing, whose
 * line and column the messages give. NULL with SVG_DAMAGED, SVG_UNSUPPORTED (naming what),
 * SVG_EMPTY or SVG_TOO_LARGE. */
struct drawing *drawing_read_svg(struct arena *arena, struct diags *diags, struct pos at,
                                 struct str bytes);

#endif
