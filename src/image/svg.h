/* What the parts of the SVG reader share; only for src/image. Coordinates are double while a
 * drawing is read (transforms need it) and integers in its result; every operation is one of
 * IEEE 754 or comes from the same libm, so the result does not depend on the compiler. */
#ifndef IMAGE_SVG_H
#define IMAGE_SVG_H

#include "image/image.h"

/* gcc with -std=c11 never joins a product and a sum into one rounding, clang may. */
#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

/* x' = a x + c y + e, y' = b x + d y + f */
struct svg_matrix {
    double a, b, c, d, e, f;
};

#define SVG_IDENTITY ((struct svg_matrix){1, 0, 0, 1, 0, 0})

struct svg_step {
    enum path_op op;
    double x[3], y[3];
};

/* The steps of all paths, and where the pen is. */
struct svg_steps {
    struct arena *arena;
    struct svg_step *step;
    size_t count, cap;
    struct svg_matrix matrix; /* applied to each point that is added */
    bool too_many;            /* more than DRAWING_STEPS_MAX */
    bool out_of_range;        /* a coordinate that is no use */
};

/* Add a step; points are in the units before the matrix. */
void svg_move(struct svg_steps *steps, double x, double y);
void svg_line(struct svg_steps *steps, double x, double y);
void svg_close(struct svg_steps *steps);

/* An elliptical arc from x0, y0 as curves (SVG 1.1, appendix F.6); angle in degrees. */
struct svg_arc {
    double x0, y0, rx, ry, angle;
    bool large, sweep;
    double x, y;
};
void svg_arc(struct svg_steps *steps, const struct svg_arc *arc);

/* Fills `box` with what the steps cover; false when there is no area. */
bool svg_extent(const struct svg_step *steps, size_t count, double box[4]);

/* A text being read; `at` is where it stopped. */
struct svg_scan {
    struct str text;
    size_t at;
};

/* The next character, '\0' at the end. */
static inline char
svg_peek(const struct svg_scan *scan)
{
    return scan->at == scan->text.len ? '\0' : scan->text.ptr[scan->at];
}

void svg_skip_blank(struct svg_scan *scan);

/* Blanks with at most one comma among them. */
void svg_skip_comma(struct svg_scan *scan);

/* A number as SVG writes it, whatever the locale; false at anything else and beyond ±10^9. */
bool svg_number(struct svg_scan *scan, double *out);

/* Adds the steps of path data. False with scan->at at the fault. */
bool svg_path_data(struct svg_steps *steps, struct svg_scan *scan);

/* Puts a transform list behind *matrix. False with scan->at at the fault. */
bool svg_transform(struct svg_scan *scan, struct svg_matrix *matrix);

enum svg_paint { SVG_PAINT_NONE, SVG_PAINT_COLOUR, SVG_PAINT_CURRENT, SVG_PAINT_BAD };

/* Reads a colour; rgb is set for SVG_PAINT_COLOR only. */
enum svg_paint svg_colour(struct str text, uint8_t rgb[3]);

#endif
