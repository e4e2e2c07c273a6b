/* Properties of SVG elements, as attributes or in style="…", and what they inherit. */
#include "image/svg_job.h"

static void
set_fill(struct svg_job *job, struct svg_state *state, struct str name, struct str value)
{
    enum svg_paint paint = svg_color(value, state->rgb);

    if (paint == SVG_PAINT_BAD)
        svg_refuse(job, name, value);
    state->filled = paint != SVG_PAINT_NONE;
    state->fill_is_current = paint == SVG_PAINT_CURRENT;
}

/* What currentColor stands for. Files set it without using it, so a bad one is no fault here. */
static void
set_color(struct svg_state *state, struct str value)
{
    enum svg_paint paint = svg_color(value, state->current);

    if (paint != SVG_PAINT_CURRENT)
        state->current_known = paint == SVG_PAINT_COLOR;
}

/* Fully opaque is all that can be drawn. */
static void
set_opacity(struct svg_job *job, struct str name, struct str value)
{
    struct svg_scan scan = {value, 0};
    double number;

    if (!svg_number(&scan, &number) || scan.at != value.len || number < 1)
        svg_refuse(job, name, value);
}

static void
set_property(struct svg_job *job, struct svg_state *state, struct str name, struct str value)
{
    if (str_is(value, "inherit"))
        return;
    if (str_is(name, "fill")) {
        set_fill(job, state, name, value);
    } else if (str_is(name, "color")) {
        set_color(state, value);
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
            svg_refuse(job, name, value);
    }
}

static void
set_style(struct svg_job *job, struct svg_state *state, struct str style)
{
    if (str_find(style, STR("/*")) != SIZE_MAX) /* would hide the name behind it */
        svg_refuse(job, STR("style"), style);
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
set_transform(struct svg_job *job, struct svg_state *state, const char *text)
{
    struct svg_scan scan = {str_of(text), 0};

    if (!svg_transform(&scan, &state->matrix))
        svg_fail(job, DIAG_SVG_DAMAGED, svg_character(job, "transform", "transform", scan.at));
}

/* The state inside an element: what it inherits, its attributes, and its style over them. */
struct svg_state
svg_state_of(struct svg_job *job, const char **attributes)
{
    struct svg_state state = job->state[job->depth];
    const char *style = svg_find(attributes, "style"),
               *transform = svg_find(attributes, "transform");

    for (const char **a = attributes; a[0] != NULL; a += 2)
        set_property(job, &state, str_of(a[0]), str_trim(str_of(a[1])));
    if (style != NULL)
        set_style(job, &state, str_of(style));
    if (transform != NULL)
        set_transform(job, &state, transform);
    return state;
}
