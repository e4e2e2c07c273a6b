/* What the files of the SVG reader that know elements share; only for them. */
#ifndef IMAGE_SVG_JOB_H
#define IMAGE_SVG_JOB_H

#include <expat.h>

#include "image/svg.h"

/* What a group hands down. */
struct svg_state {
    struct svg_matrix matrix;
    uint8_t rgb[3], current[3]; /* of the fill, and of the property color */
    bool filled, fill_is_current, even_odd, stroked;
    bool current_known; /* color is one that can be drawn */
    bool displayed;     /* once off it is off for all inside, while `visible` may come back */
    bool visible;
};

/* One filled shape: a stretch of the steps. */
struct svg_shape {
    size_t from, to;
    uint8_t rgb[3];
    bool even_odd;
};

struct svg_job {
    struct arena *arena;
    struct diags *diags;
    struct pos at;
    XML_Parser parser;
    bool failed;
    struct svg_state state[DRAWING_DEPTH_MAX + 1];
    size_t depth;   /* of drawn groups; state[depth] holds */
    size_t skipped; /* depth inside an element that draws nothing */
    double view[4]; /* of the outermost svg: left, top, right, bottom; all 0: not said */
    double width;   /* in CSS pixels, likewise */
    struct svg_steps steps;
    struct svg_shape *shapes;
    size_t count, cap;
};

/* Ends the reading with a message at the parser's place; only the first one counts. `what` is for
 * all codes but SVG_TOO_LARGE. */
void svg_fail(struct svg_job *job, enum diag_code code, const char *what);

/* Refuses an attribute or property by its value: fill="url(#a)". */
void svg_refuse(struct svg_job *job, struct str name, struct str value);

/* Words for messages: the character of a text, and coordinates that are no use. */
const char *svg_character(struct svg_job *job, const char *english, const char *thai, size_t at);
const char *svg_coordinates(struct svg_job *job);

/* The value of an attribute, or NULL. */
const char *svg_find(const char **attributes, const char *name);

/* svg_state.c: the state inside an element. */
struct svg_state svg_state_of(struct svg_job *job, const char **attributes);

/* svg_shape.c: what adds the steps of a shape by its name; NULL for other elements. */
typedef void svg_drawer(struct svg_job *job, const char **attributes);
svg_drawer *svg_drawer_of(const char *name);

/* svg_view.c: what the attributes of the outermost svg say of its size. */
void svg_read_view(struct svg_job *job, const char **attributes);

/* svg_drawing.c: all shapes as a drawing; NULL after SVG_EMPTY or SVG_DAMAGED. */
struct drawing *svg_drawing(struct svg_job *job, struct arena *arena);

#endif
