/* SVG 1.1 (second edition) through expat: elements, and the shapes made of them. Whatever would be
 * drawn and is not known here is refused, so that no emblem comes out looking otherwise than its
 * file; what draws nothing (metadata, definitions, elements of other namespaces) is passed over.
 * External entities are never loaded, own ones are refused. */
#include <expat.h>
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "image/svg.h"

#define SVG_NAMESPACE "http://www.w3.org/2000/svg|"

/* What a group hands down. */
struct state {
    struct svg_matrix matrix;
    uint8_t rgb[3], current[3]; /* of the fill, and of what currentColor means */
    bool filled, fill_is_current, even_odd, stroked;
    bool current_known; /* it is one that can be drawn */
    bool displayed;     /* once off it is off for all inside, while `visible` may come back */
    bool visible;
};

/* One filled shape: a stretch of the steps. */
struct shape {
    size_t from, to;
    uint8_t rgb[3];
    bool even_odd;
};

struct job {
    struct arena *arena;
    struct diags *diags;
    struct pos at;
    XML_Parser parser;
    bool failed;
    struct state state[DRAWING_DEPTH_MAX + 1];
    size_t depth;   /* of drawn groups; state[depth] holds */
    size_t skipped; /* depth inside an element that draws nothing */
    double view[4]; /* of the outermost svg: left, top, right, bottom; all 0: not said */
    double width;   /* in CSS pixels, likewise */
    struct svg_steps steps;
    struct shape *shapes;
    size_t count, cap;
};

static void
tell_too_large(struct diags *diags, struct pos pos)
{
    diag_add(
        diags, DIAG_SVG_TOO_LARGE, pos, diag_printf(diags, "%zu", DRAWING_BYTES_MAX / 1024 / 1024),
        diag_printf(diags, "%d", DRAWING_STEPS_MAX), diag_printf(diags, "%d", DRAWING_DEPTH_MAX));
}

/* Ends the reading with a message at the parser's place; only the first one counts. `what` is for
 * all codes but SVG_TOO_LARGE. */
static void
fail(struct job *job, enum diag_code code, const char *what)
{
    struct pos pos = job->at;

    if (job->failed)
        return;
    job->failed = true;
    pos.line = (unsigned)XML_GetCurrentLineNumber(job->parser);
    pos.column = (unsigned)XML_GetCurrentColumnNumber(job->parser) + 1;
    if (code == DIAG_SVG_TOO_LARGE)
        tell_too_large(job->diags, pos);
    else
        diag_add(job->diags, code, pos, what, NULL, NULL);
    XML_StopParser(job->parser, XML_FALSE);
}

static const char *
character(struct job *job, const char *english, const char *thai, size_t at)
{
    return diag_both(job->diags, diag_printf(job->diags, "%s, character %zu", english, at + 1),
                     diag_printf(job->diags, "%s ตัวอักษรที่ %zu", thai, at + 1));
}

static const char *
coordinates(struct job *job)
{
    return diag_both(job->diags, "coordinates too large", "พิกัดใหญ่เกินไป");
}

/* Refuses an attribute or property by its value: fill="url(#a)". */
static void
refuse(struct job *job, struct str name, struct str value)
{
    struct buf text = buf_in(job->arena);

    buf_add(&text, name);
    buf_text(&text, "=\"");
    buf_add(&text, value);
    buf_text(&text, "\"");
    fail(job, DIAG_SVG_UNSUPPORTED, diag_str(job->diags, buf_str(&text)));
}

/* The value of an attribute, or NULL. */
static const char *
find(const char **attributes, const char *name)
{
    for (; attributes[0] != NULL; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return attributes[1];
    return NULL;
}

/* ---- properties */

static void
set_fill(struct job *job, struct state *state, struct str name, struct str value)
{
    enum svg_paint paint = svg_colour(value, state->rgb);

    if (paint == SVG_PAINT_BAD)
        refuse(job, name, value);
    state->filled = paint != SVG_PAINT_NONE;
    state->fill_is_current = paint == SVG_PAINT_CURRENT;
}

/* What currentColor stands for. Files set it without using it, so a bad one is no fault here. */
static void
set_colour(struct state *state, struct str value)
{
    enum svg_paint paint = svg_colour(value, state->current);

    if (paint != SVG_PAINT_CURRENT)
        state->current_known = paint == SVG_PAINT_COLOUR;
}

/* Fully opaque is all that can be drawn. */
static void
set_opacity(struct job *job, struct str name, struct str value)
{
    struct svg_scan scan = {value, 0};
    double number;

    if (!svg_number(&scan, &number) || scan.at != value.len || number < 1)
        refuse(job, name, value);
}

static void
set_property(struct job *job, struct state *state, struct str name, struct str value)
{
    if (str_is(value, "inherit"))
        return;
    if (str_is(name, "fill")) {
        set_fill(job, state, name, value);
    } else if (str_is(name, "color")) {
        set_colour(state, value);
    } else if (str_is(name, "fill-rule")) {
        state->even_odd = str_is(value, "evenodd");
    } else if (str_is(name, "stroke")) {
        state->stroked = !str_is(value, "none");
    } else if (str_is(name, "display")) {
        state->displayed = state->displayed && !str_is(value, "none");
    } else if (str_is(name, "visibility")) {
        state->visible = str_is(value, "visible");
    } else if (str_is(name, "opacity") || str_is(name, "fill-opacity")) {
        set_opacity(job, name, value);
    } else if (str_is(name, "clip-path") || str_is(name, "mask") || str_is(name, "filter")) {
        if (!str_is(value, "none"))
            refuse(job, name, value);
    }
}

static void
set_style(struct job *job, struct state *state, struct str style)
{
    if (str_find(style, STR("/*")) != SIZE_MAX) /* would hide the name behind it */
        refuse(job, STR("style"), style);
    while (style.len > 0 && !job->failed) {
        size_t end = str_find(style, STR(";"));
        struct str one = str_sub(style, 0, end);
        size_t colon = str_find(one, STR(":"));
        if (colon != SIZE_MAX)
            set_property(job, state, str_trim(str_sub(one, 0, colon)),
                         str_trim(str_sub(one, colon + 1, one.len)));
        style = end == SIZE_MAX ? STR("") : str_sub(style, end + 1, style.len);
    }
}

static void
set_transform(struct job *job, struct state *state, const char *text)
{
    struct svg_scan scan = {str_of(text), 0};

    if (!svg_transform(&scan, &state->matrix))
        fail(job, DIAG_SVG_DAMAGED, character(job, "transform", "transform", scan.at));
}

/* The state inside an element: what it inherits, its attributes, and its style over them. */
static struct state
state_of(struct job *job, const char **attributes)
{
    struct state state = job->state[job->depth];
    const char *style = find(attributes, "style"), *transform = find(attributes, "transform");

    for (const char **a = attributes; a[0] != NULL; a += 2)
        set_property(job, &state, str_of(a[0]), str_trim(str_of(a[1])));
    if (style != NULL)
        set_style(job, &state, str_of(style));
    if (transform != NULL)
        set_transform(job, &state, transform);
    return state;
}

/* ---- the size (SVG 1.1, 7.2 and 7.7) */

/* CSS pixels of a length; 0 when it is none, or a part of something else (%). */
static double
read_length(const char *text)
{
    static const struct {
        const char *name;
        double pixels;
    } units[] = {{"", 1},           {"px", 1},          {"in", 96},
                 {"cm", 96 / 2.54}, {"mm", 9.6 / 2.54}, {"pt", 96.0 / 72},
                 {"pc", 96.0 / 6}};
    struct svg_scan scan = {.text = text == NULL ? STR("") : str_trim(str_of(text))};
    double number = 0;

    if (!svg_number(&scan, &number) || number <= 0)
        return 0;
    struct str unit = str_trim(str_sub(scan.text, scan.at, scan.text.len));
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (str_is(unit, units[i].name))
            return number * units[i].pixels;
    }
    return 0;
}

static bool
read_box(const char *text, double view[4])
{
    struct svg_scan scan = {.text = str_of(text)};
    double number[4];

    svg_skip_blank(&scan);
    for (size_t i = 0; i < 4; i++) {
        if (!svg_number(&scan, &number[i]))
            return false;
        svg_skip_comma(&scan);
    }
    if (number[2] <= 0 || number[3] <= 0)
        return false;
    view[0] = number[0];
    view[1] = number[1];
    view[2] = number[0] + number[2];
    view[3] = number[1] + number[3];
    return true;
}

/* A view in a window of other proportions is drawn whole inside it; refused is what would be
 * stretched ("none") or cut ("xMidYMid slice"). 1 % is nothing to see. */
static void
check_proportion(struct job *job, const char **attributes, double across, double down)
{
    static const char name[] = "preserveAspectRatio";
    const char *value = find(attributes, name);

    if (value == NULL || across <= 0 || down <= 0 ||
        (across <= down * 1.01 && down <= across * 1.01))
        return;
    if (strstr(value, "none") != NULL || strstr(value, "slice") != NULL)
        refuse(job, str_of(name), str_of(value));
}

static void
read_view(struct job *job, const char **attributes)
{
    double width = read_length(find(attributes, "width"));
    double height = read_length(find(attributes, "height"));
    const char *box = find(attributes, "viewBox");

    if (box != NULL && read_box(box, job->view)) {
        job->width = job->view[2] - job->view[0];
        double across = width / job->width, down = height / (job->view[3] - job->view[1]);
        check_proportion(job, attributes, across, down);
        if (across > 0 && (down <= 0 || across < down))
            job->width = width;
        else if (down > 0)
            job->width *= down;
    } else if (width > 0 && height > 0) {
        job->view[2] = job->width = width;
        job->view[3] = height;
    }
}

/* ---- shapes */

/* A length without unit or in px; absent is 0. */
static double
length(struct job *job, const char **attributes, const char *name)
{
    const char *text = find(attributes, name);
    double value = 0;

    if (text == NULL)
        return 0;
    struct svg_scan scan = {str_trim(str_of(text)), 0};
    bool good = svg_number(&scan, &value);
    struct str unit = str_sub(scan.text, scan.at, scan.text.len);
    if (!good || (unit.len > 0 && !str_is(unit, "px")))
        refuse(job, str_of(name), str_of(text));
    return value;
}

static void
draw_path(struct job *job, const char **attributes)
{
    const char *data = find(attributes, "d");
    struct svg_scan scan = {str_of(data), 0};

    if (!svg_path_data(&job->steps, &scan))
        fail(job, DIAG_SVG_DAMAGED, character(job, "path", "เส้นพาท", scan.at));
}

/* A quarter of an ellipse from where the pen is. */
static void
corner(struct svg_steps *steps, double x0, double y0, double rx, double ry, double x, double y)
{
    struct svg_arc arc = {x0, y0, rx, ry, 0, false, true, x, y};

    svg_arc(steps, &arc);
}

static void
draw_ellipse(struct job *job, double cx, double cy, double rx, double ry)
{
    struct svg_steps *steps = &job->steps;

    if (rx <= 0 || ry <= 0)
        return;
    svg_move(steps, cx + rx, cy);
    corner(steps, cx + rx, cy, rx, ry, cx, cy + ry);
    corner(steps, cx, cy + ry, rx, ry, cx - rx, cy);
    corner(steps, cx - rx, cy, rx, ry, cx, cy - ry);
    corner(steps, cx, cy - ry, rx, ry, cx + rx, cy);
    svg_close(steps);
}

static void
draw_circle_element(struct job *job, const char **attributes)
{
    double r = length(job, attributes, "r");

    draw_ellipse(job, length(job, attributes, "cx"), length(job, attributes, "cy"), r, r);
}

static void
draw_ellipse_element(struct job *job, const char **attributes)
{
    draw_ellipse(job, length(job, attributes, "cx"), length(job, attributes, "cy"),
                 length(job, attributes, "rx"), length(job, attributes, "ry"));
}

static void
draw_rect(struct job *job, const char **attributes)
{
    struct svg_steps *steps = &job->steps;
    double x = length(job, attributes, "x"), y = length(job, attributes, "y");
    double w = length(job, attributes, "width"), h = length(job, attributes, "height");
    double rx = length(job, attributes, "rx"), ry = length(job, attributes, "ry");

    if (w <= 0 || h <= 0)
        return;
    /* one radius counts for both; neither is more than half the side */
    rx = fmin(find(attributes, "rx") == NULL ? ry : rx, w / 2);
    ry = fmin(find(attributes, "ry") == NULL ? rx : ry, h / 2);
    if (rx < 0 || ry < 0)
        rx = ry = 0;
    svg_move(steps, x + rx, y);
    svg_line(steps, x + w - rx, y);
    corner(steps, x + w - rx, y, rx, ry, x + w, y + ry);
    svg_line(steps, x + w, y + h - ry);
    corner(steps, x + w, y + h - ry, rx, ry, x + w - rx, y + h);
    svg_line(steps, x + rx, y + h);
    corner(steps, x + rx, y + h, rx, ry, x, y + h - ry);
    svg_line(steps, x, y + ry);
    corner(steps, x, y + ry, rx, ry, x + rx, y);
    svg_close(steps);
}

static void
draw_polygon(struct job *job, const char **attributes)
{
    struct svg_scan scan = {str_of(find(attributes, "points")), 0};
    double x, y;

    svg_skip_blank(&scan);
    for (bool first = true; scan.at < scan.text.len; first = false) {
        bool good = svg_number(&scan, &x);
        svg_skip_comma(&scan);
        if (!good || !svg_number(&scan, &y)) {
            fail(job, DIAG_SVG_DAMAGED, character(job, "points", "points", scan.at));
            return;
        }
        svg_skip_comma(&scan);
        if (first)
            svg_move(&job->steps, x, y);
        else
            svg_line(&job->steps, x, y);
    }
    svg_close(&job->steps);
}

typedef void drawer(struct job *job, const char **attributes);

static const struct {
    const char *name;
    drawer *draw;
} drawn[] = {
    {"path", draw_path},
    {"rect", draw_rect},
    {"circle", draw_circle_element},
    {"ellipse", draw_ellipse_element},
    {"polygon", draw_polygon},
    {"polyline", draw_polygon},
};

static drawer *
drawer_of(const char *name)
{
    for (size_t i = 0; i < sizeof drawn / sizeof drawn[0]; i++)
        if (strcmp(name, drawn[i].name) == 0)
            return drawn[i].draw;
    return NULL;
}

static void
keep_shape(struct job *job, const struct state *state, size_t from)
{
    struct shape shape = {.from = from, .to = job->steps.count, .even_odd = state->even_odd};

    memcpy(shape.rgb, state->fill_is_current ? state->current : state->rgb, sizeof shape.rgb);
    *ARENA_ADD(job->arena, job->shapes, job->count, job->cap, 16) = shape;
}

static void
draw_shape(struct job *job, const struct state *state, const char **attributes, drawer *draw)
{
    size_t from = job->steps.count;

    if (!state->displayed || !state->visible)
        return;
    if (state->stroked) {
        fail(job, DIAG_SVG_UNSUPPORTED, "stroke");
        return;
    }
    if (!state->filled)
        return;
    if (state->fill_is_current && !state->current_known) {
        fail(job, DIAG_SVG_UNSUPPORTED, "currentColor");
        return;
    }
    job->steps.matrix = state->matrix;
    draw(job, attributes);
    if (job->steps.too_many)
        fail(job, DIAG_SVG_TOO_LARGE, NULL);
    else if (job->steps.out_of_range)
        fail(job, DIAG_SVG_DAMAGED, coordinates(job));
    else if (job->steps.count > from)
        keep_shape(job, state, from);
}

/* ---- the result: coordinates become integers */

/* Powers of ten bring very small and very large drawings into the range of the result. */
static double
choose_scale(const double box[4])
{
    double side = fmax(box[2] - box[0], box[3] - box[1]);
    double far = fmax(fmax(fabs(box[0]), fabs(box[2])), fmax(fabs(box[1]), fabs(box[3])));
    double scale = 1000;

    while (side * scale < 100000 && scale < 1e9)
        scale *= 10;
    /* handles may lie far outside of what a curve covers: leave room for them */
    while (far * scale > 1e8)
        scale /= 10;
    return scale;
}

static bool
to_integer(double value, double scale, int32_t *out)
{
    double scaled = floor(value * scale + 0.5);

    if (fabs(scaled) > 2e9)
        return false;
    *out = (int32_t)scaled;
    return true;
}

/* The view, at a scale that was chosen for what is drawn; where that is out of range, or nothing is
 * said of it, it is what is drawn. */
static void
convert_view(const struct job *job, double scale, const double box[4], struct drawing *drawing)
{
    double width = job->width > 0 ? job->width : box[2] - box[0];
    bool good = job->width > 0 && job->width < 1e9;

    for (size_t i = 0; i < 4; i++)
        good = good && to_integer(job->view[i], scale, &drawing->view[i]);
    good = good && drawing->view[2] > drawing->view[0] && drawing->view[3] > drawing->view[1];
    for (size_t i = 0; i < 4 && !good; i++)
        drawing->view[i] = drawing->box[i];
    drawing->width = (int64_t)floor((width < 1e9 ? width : 1e9) * 1000 + 0.5);
}

static bool
convert_steps(struct job *job, double scale, struct path_step *out)
{
    for (size_t i = 0; i < job->steps.count; i++) {
        const struct svg_step *step = &job->steps.step[i];
        size_t points = step->op == PATH_CLOSE ? 0 : step->op == PATH_CURVE ? 3 : 1;
        out[i].op = step->op;
        for (size_t k = 0; k < points; k++)
            if (!to_integer(step->x[k], scale, &out[i].x[k]) ||
                !to_integer(step->y[k], scale, &out[i].y[k]))
                return false;
    }
    return true;
}

static struct drawing *
convert(struct job *job, struct arena *arena, const double box[4])
{
    struct drawing *drawing = arena_alloc(arena, sizeof *drawing);
    struct path_step *steps = arena_array(arena, job->steps.count, sizeof *steps);
    double scale = choose_scale(box);

    for (size_t i = 0; i < 4; i++)
        while (fabs(job->view[i]) * scale > 1.9e9)
            scale /= 10;

    if (!convert_steps(job, scale, steps))
        return NULL;
    drawing->paths = arena_array(arena, job->count, sizeof *drawing->paths);
    drawing->count = job->count;
    for (size_t i = 0; i < 4; i++)
        (void)to_integer(box[i], scale, &drawing->box[i]); /* smaller than any step, by scale */
    convert_view(job, scale, box, drawing);
    for (size_t i = 0; i < job->count; i++) {
        const struct shape *shape = &job->shapes[i];
        struct path *path = &drawing->paths[i];
        path->steps = steps + shape->from;
        path->count = shape->to - shape->from;
        path->even_odd = shape->even_odd;
        path->red = shape->rgb[0];
        path->green = shape->rgb[1];
        path->blue = shape->rgb[2];
    }
    return drawing;
}

static struct drawing *
make_drawing(struct job *job, struct arena *arena)
{
    double box[4];

    if (!svg_extent(job->steps.step, job->steps.count, box)) {
        diag_add(job->diags, DIAG_SVG_EMPTY, job->at, NULL, NULL, NULL);
        return NULL;
    }
    struct drawing *drawing = convert(job, arena, box);
    if (drawing == NULL || drawing->box[0] == drawing->box[2] ||
        drawing->box[1] == drawing->box[3]) {
        diag_add(job->diags, DIAG_SVG_DAMAGED, job->at, coordinates(job), NULL, NULL);
        return NULL;
    }
    return drawing;
}

/* ---- elements */

/* Elements that draw nothing where they stand. */
static const char *const skipped[] = {
    "defs",     "title",  "desc",           "metadata",       "symbol",
    "clipPath", "mask",   "linearGradient", "radialGradient", "pattern",
    "filter",   "marker", "view",           "cursor",         "font-face",
};

/* The name without the namespace of SVG, or NULL for an element of another namespace. Files
 * without any namespace are taken as SVG. */
static const char *
local_name(const char *name)
{
    size_t len = strlen(SVG_NAMESPACE);

    if (strncmp(name, SVG_NAMESPACE, len) == 0)
        return name + len;
    return strchr(name, '|') == NULL ? name : NULL;
}

static bool
draws_nothing(const char *name)
{
    for (size_t i = 0; i < sizeof skipped / sizeof skipped[0]; i++)
        if (strcmp(name, skipped[i]) == 0)
            return true;
    return false;
}

static void
push(struct job *job, const struct state *state)
{
    if (job->depth == DRAWING_DEPTH_MAX)
        fail(job, DIAG_SVG_TOO_LARGE, NULL);
    else
        job->state[++job->depth] = *state;
}

static void
start_known(struct job *job, const char *name, const char **attributes)
{
    bool group = strcmp(name, "g") == 0 || strcmp(name, "a") == 0;
    bool root = strcmp(name, "svg") == 0 && job->depth == 0;
    struct state state = state_of(job, attributes);
    drawer *draw = drawer_of(name);

    if (draw != NULL) {
        draw_shape(job, &state, attributes, draw);
        job->skipped = 1; /* what a shape holds (title, desc) draws nothing */
    } else if (group || root) {
        if (root)
            read_view(job, attributes);
        push(job, &state);
    } else {
        fail(job, DIAG_SVG_UNSUPPORTED,
             diag_str(job->diags, str_of(arena_printf(job->arena, "<%s>", name))));
    }
}

static void
on_start(void *user, const char *full, const char **attributes)
{
    struct job *job = user;
    const char *name = local_name(full);

    /* expat still reports what it has read when it is stopped */
    if (job->failed)
        return;
    if (job->depth == 0 && job->skipped == 0 && (name == NULL || strcmp(name, "svg") != 0))
        fail(job, DIAG_SVG_DAMAGED,
             diag_both(job->diags, "it does not begin with <svg>", "ไม่ได้ขึ้นต้นด้วย <svg>"));
    else if (job->skipped > 0)
        job->skipped++;
    else if (name == NULL || draws_nothing(name))
        job->skipped = 1;
    else
        start_known(job, name, attributes);
}

static void
on_end(void *user, const char *name)
{
    struct job *job = user;

    (void)name;
    if (job->failed)
        return;
    if (job->skipped > 0)
        job->skipped--;
    else
        job->depth--;
}

static void
on_entity(void *user, const char *name, int is_parameter, const char *value, int length_of_value,
          const char *base, const char *system_id, const char *public_id, const char *notation)
{
    struct job *job = user;

    (void)is_parameter, (void)value, (void)length_of_value, (void)base;
    (void)system_id, (void)public_id, (void)notation;
    fail(job, DIAG_SVG_UNSUPPORTED,
         diag_str(job->diags, str_of(arena_printf(job->arena, "<!ENTITY %.40s>", name))));
}

static void
parse(struct job *job, struct str bytes)
{
    job->parser = XML_ParserCreateNS(NULL, '|');
    if (job->parser == NULL)
        arena_oom(0);
    XML_SetUserData(job->parser, job);
    XML_SetElementHandler(job->parser, on_start, on_end);
    XML_SetEntityDeclHandler(job->parser, on_entity);
    if (XML_Parse(job->parser, bytes.ptr, (int)bytes.len, XML_TRUE) != XML_STATUS_OK)
        fail(job, DIAG_SVG_DAMAGED,
             diag_said(job->diags, "ตัวอ่าน XML แจ้งว่า",
                       XML_ErrorString(XML_GetErrorCode(job->parser))));
    XML_ParserFree(job->parser);
}

struct drawing *
drawing_read_svg(struct arena *arena, struct diags *diags, struct pos at, struct str bytes)
{
    struct arena *scratch = arena_new(0);
    struct job *job = arena_alloc(scratch, sizeof *job);
    struct drawing *drawing = NULL;

    job->arena = scratch;
    job->diags = diags;
    job->at = at;
    job->steps = (struct svg_steps){.arena = scratch, .matrix = SVG_IDENTITY};
    job->state[0] = (struct state){.matrix = SVG_IDENTITY,
                                   .filled = true,
                                   .current_known = true,
                                   .displayed = true,
                                   .visible = true};
    if (bytes.len > DRAWING_BYTES_MAX) {
        tell_too_large(diags, at);
    } else {
        parse(job, bytes);
        if (!job->failed)
            drawing = make_drawing(job, arena);
    }
    arena_free(scratch);
    return drawing;
}
