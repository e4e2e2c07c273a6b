/* Shapes of SVG: each adds its steps. */
#include <math.h>
#include <string.h>

#include "image/svg_job.h"

/* A length without unit or in px; absent is 0. */
static double
length(struct svg_job *job, const char **attributes, const char *name)
{
    const char *text = svg_find(attributes, name);
    double value = 0;

    if (text == NULL)
        return 0;
    struct svg_scan scan = {str_trim(str_of(text)), 0};
    bool good = svg_number(&scan, &value);
    struct str unit = str_sub(scan.text, scan.at, scan.text.len);
    if (!good || (unit.len > 0 && !str_is(unit, "px")))
        svg_refuse(job, str_of(name), str_of(text));
    return value;
}

static void
draw_path(struct svg_job *job, const char **attributes)
{
    const char *data = svg_find(attributes, "d");
    struct svg_scan scan = {str_of(data), 0};

    if (!svg_path_data(&job->steps, &scan))
        svg_fail(job, DIAG_SVG_DAMAGED, svg_character(job, "path", "เส้นพาท", scan.at));
}

/* A quarter of an ellipse from where the pen is. */
static void
corner(struct svg_steps *steps, double x0, double y0, double rx, double ry, double x, double y)
{
    struct svg_arc arc = {x0, y0, rx, ry, 0, false, true, x, y};

    svg_arc(steps, &arc);
}

static void
draw_ellipse(struct svg_job *job, double cx, double cy, double rx, double ry)
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
draw_circle_element(struct svg_job *job, const char **attributes)
{
    double r = length(job, attributes, "r");

    draw_ellipse(job, length(job, attributes, "cx"), length(job, attributes, "cy"), r, r);
}

static void
draw_ellipse_element(struct svg_job *job, const char **attributes)
{
    draw_ellipse(job, length(job, attributes, "cx"), length(job, attributes, "cy"),
                 length(job, attributes, "rx"), length(job, attributes, "ry"));
}

static void
draw_rect(struct svg_job *job, const char **attributes)
{
    struct svg_steps *steps = &job->steps;
    double x = length(job, attributes, "x"), y = length(job, attributes, "y");
    double w = length(job, attributes, "width"), h = length(job, attributes, "height");
    double rx = length(job, attributes, "rx"), ry = length(job, attributes, "ry");

    if (w <= 0 || h <= 0)
        return;
    /* one radius counts for both; neither is more than half the side */
    rx = fmin(svg_find(attributes, "rx") == NULL ? ry : rx, w / 2);
    ry = fmin(svg_find(attributes, "ry") == NULL ? rx : ry, h / 2);
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
draw_polygon(struct svg_job *job, const char **attributes)
{
    struct svg_scan scan = {str_of(svg_find(attributes, "points")), 0};
    double x, y;

    svg_skip_blank(&scan);
    for (bool first = true; scan.at < scan.text.len; first = false) {
        bool good = svg_number(&scan, &x);
        svg_skip_comma(&scan);
        if (!good || !svg_number(&scan, &y)) {
            svg_fail(job, DIAG_SVG_DAMAGED, svg_character(job, "points", "points", scan.at));
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

static const struct {
    const char *name;
    svg_drawer *draw;
} drawn[] = {
    {"path", draw_path},
    {"rect", draw_rect},
    {"circle", draw_circle_element},
    {"ellipse", draw_ellipse_element},
    {"polygon", draw_polygon},
    {"polyline", draw_polygon},
};

svg_drawer *
svg_drawer_of(const char *name)
{
    for (size_t i = 0; i < sizeof drawn / sizeof drawn[0]; i++)
        if (strcmp(name, drawn[i].name) == 0)
            return drawn[i].draw;
    return NULL;
}
