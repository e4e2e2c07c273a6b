/* Steps of paths: gathering them under a transform, arcs as curves, and what they cover. */
#include <math.h>

#include "base/arena.h"
#include "image/svg.h"

/* No drawing needs more; and squares of it are far from the range's end. */
#define COORDINATE_MAX 1e12

static void
add(struct svg_steps *steps, enum path_op op, const double *x, const double *y, size_t points)
{
    const struct svg_matrix *m = &steps->matrix;
    struct svg_step step = {.op = op};

    for (size_t i = 0; i < points; i++) {
        double px = m->a * x[i], py = m->b * x[i];
        double qx = m->c * y[i], qy = m->d * y[i];
        step.x[i] = px + qx + m->e;
        step.y[i] = py + qy + m->f;
        if (!(fabs(step.x[i]) < COORDINATE_MAX && fabs(step.y[i]) < COORDINATE_MAX))
            steps->out_of_range = true;
    }
    if (steps->count == DRAWING_STEPS_MAX)
        steps->too_many = true;
    if (steps->too_many || steps->out_of_range)
        return;
    steps->step =
        arena_grow(steps->arena, steps->step, steps->count, &steps->cap, sizeof step, 256);
    steps->step[steps->count++] = step;
}

void
svg_move(struct svg_steps *steps, double x, double y)
{
    add(steps, PATH_MOVE, &x, &y, 1);
}

void
svg_line(struct svg_steps *steps, double x, double y)
{
    add(steps, PATH_LINE, &x, &y, 1);
}

void
svg_curve(struct svg_steps *steps, const double x[3], const double y[3])
{
    add(steps, PATH_CURVE, x, y, 3);
}

void
svg_close(struct svg_steps *steps)
{
    add(steps, PATH_CLOSE, NULL, NULL, 0);
}

/* An arc about its centre, in the ellipse's own directions. */
struct centre {
    double cx, cy, rx, ry, cosine, sine, start, sweep;
};

/* SVG 1.1, F.6.5 and F.6.6: from end points to the centre; radii that are too short grow. */
static struct centre
find_centre(const struct svg_arc *arc)
{
    struct centre c = {.rx = fabs(arc->rx), .ry = fabs(arc->ry)};
    double turn = arc->angle * (M_PI / 180);
    c.cosine = cos(turn);
    c.sine = sin(turn);
    double hx = (arc->x0 - arc->x) / 2, hy = (arc->y0 - arc->y) / 2;
    double x1 = c.cosine * hx + c.sine * hy, y1 = c.cosine * hy - c.sine * hx;
    double ux = x1 / c.rx, uy = y1 / c.ry;
    double lambda = ux * ux + uy * uy;

    if (lambda > 1) {
        double grow = sqrt(lambda);
        c.rx *= grow;
        c.ry *= grow;
        ux /= grow;
        uy /= grow;
        lambda = 1;
    }
    double root = lambda > 0 ? sqrt((1 - lambda) / lambda) : 0;
    if (arc->large == arc->sweep)
        root = -root;
    /* the centre on the circle of radius 1 that the ellipse is a picture of */
    double vx = root * uy, vy = -root * ux;
    c.cx = c.cosine * vx * c.rx - c.sine * vy * c.ry + (arc->x0 + arc->x) / 2;
    c.cy = c.sine * vx * c.rx + c.cosine * vy * c.ry + (arc->y0 + arc->y) / 2;
    c.start = atan2(uy - vy, ux - vx);
    c.sweep = atan2(-uy - vy, -ux - vx) - c.start;
    if (arc->sweep && c.sweep < 0)
        c.sweep += 2 * M_PI;
    if (!arc->sweep && c.sweep > 0)
        c.sweep -= 2 * M_PI;
    return c;
}

void
svg_arc(struct svg_steps *steps, const struct svg_arc *arc)
{
    if (arc->x0 == arc->x && arc->y0 == arc->y)
        return;
    if (arc->rx == 0 || arc->ry == 0) {
        svg_line(steps, arc->x, arc->y);
        return;
    }
    struct centre c = find_centre(arc);
    int pieces = (int)ceil(fabs(c.sweep) / (M_PI / 2) - 1e-9);
    if (!(pieces >= 1 && pieces <= 4)) /* no number: far out of range */
        pieces = 1;
    double step = c.sweep / pieces, handle = 4.0 / 3 * tan(step / 4);

    for (int i = 0; i < pieces; i++) {
        double from = c.start + step * i, to = c.start + step * (i + 1);
        double ux[3] = {cos(from) - handle * sin(from), cos(to) + handle * sin(to), cos(to)};
        double uy[3] = {sin(from) + handle * cos(from), sin(to) - handle * cos(to), sin(to)};
        double x[3], y[3];
        for (int k = 0; k < 3; k++) {
            x[k] = c.cx + c.cosine * c.rx * ux[k] - c.sine * c.ry * uy[k];
            y[k] = c.cy + c.sine * c.rx * ux[k] + c.cosine * c.ry * uy[k];
        }
        if (i == pieces - 1) { /* where the file says, not nearly there */
            x[2] = arc->x;
            y[2] = arc->y;
        }
        svg_curve(steps, x, y);
    }
}

static void
widen(double *low, double *high, double value)
{
    if (value < *low)
        *low = value;
    if (value > *high)
        *high = value;
}

static double
curve_at(const double p[4], double t)
{
    double s = 1 - t;

    return s * s * s * p[0] + 3 * s * s * t * p[1] + 3 * s * t * t * p[2] + t * t * t * p[3];
}

/* Where a curve turns in one direction: the roots of its derivative between its ends. */
static void
widen_curve(double *low, double *high, const double p[4])
{
    double a = 3 * (p[1] - p[2]) + p[3] - p[0], b = 2 * (p[0] - 2 * p[1] + p[2]), c = p[1] - p[0];
    double under = b * b - 4 * a * c;
    double t[2] = {-1, -1};

    widen(low, high, p[3]);
    if (under < 0)
        return;
    /* the form that does not subtract nearly equal numbers */
    double q = -(b + (b < 0 ? -sqrt(under) : sqrt(under))) / 2;
    if (a != 0)
        t[0] = q / a;
    if (q != 0)
        t[1] = c / q;
    for (int i = 0; i < 2; i++)
        if (t[i] > 0 && t[i] < 1)
            widen(low, high, curve_at(p, t[i]));
}

bool
svg_extent(const struct svg_step *steps, size_t count, double box[4])
{
    double x = 0, y = 0;

    box[0] = box[1] = INFINITY;
    box[2] = box[3] = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        const struct svg_step *s = &steps[i];
        if (s->op == PATH_CLOSE)
            continue;
        if (s->op == PATH_CURVE) {
            widen_curve(&box[0], &box[2], (double[4]){x, s->x[0], s->x[1], s->x[2]});
            widen_curve(&box[1], &box[3], (double[4]){y, s->y[0], s->y[1], s->y[2]});
        } else {
            widen(&box[0], &box[2], s->x[0]);
            widen(&box[1], &box[3], s->y[0]);
        }
        x = s->x[s->op == PATH_CURVE ? 2 : 0];
        y = s->y[s->op == PATH_CURVE ? 2 : 0];
    }
    return box[2] > box[0] && box[3] > box[1];
}
