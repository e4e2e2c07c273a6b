/* Paths: path data (SVG 1.1, chapter 8.3), gathering its steps under a transform, arcs as curves,
 * and what steps cover. */
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
    *ARENA_ADD(steps->arena, steps->step, steps->count, steps->cap, 256) = step;
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
        add(steps, PATH_CURVE, x, y, 3);
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

/* ---- path data */

/* The pen: where it is, where the subpath began, and the last handle for S and T. */
struct pen {
    double x, y, start_x, start_y, handle_x, handle_y;
    char last;    /* command before, in capitals */
    bool between; /* a subpath was closed and none begun */
};

static bool
read_flag(struct svg_scan *scan, double *out)
{
    char c = svg_peek(scan);

    if (c != '0' && c != '1')
        return false;
    *out = c - '0';
    scan->at++;
    return true;
}

static size_t
argument_count(char capital)
{
    switch (capital) {
    case 'H':
    case 'V':
        return 1;
    case 'M':
    case 'L':
    case 'T':
        return 2;
    case 'S':
    case 'Q':
        return 4;
    case 'C':
        return 6;
    case 'A':
        return 7;
    default:
        return 0;
    }
}

static bool
read_arguments(struct svg_scan *scan, char capital, double arg[7])
{
    size_t count = argument_count(capital);

    for (size_t i = 0; i < count; i++) {
        bool flag = capital == 'A' && (i == 3 || i == 4);
        if (i > 0)
            svg_skip_comma(scan);
        if (!(flag ? read_flag(scan, &arg[i]) : svg_number(scan, &arg[i])))
            return false;
    }
    return true;
}

static void
make_absolute(const struct pen *pen, char capital, double arg[7])
{
    size_t count = argument_count(capital);

    if (capital == 'V') {
        arg[0] += pen->y;
        return;
    }
    for (size_t i = capital == 'A' ? 5 : 0; i < count; i++)
        arg[i] += i % 2 == (capital == 'A') ? pen->x : pen->y;
}

static void
draw_cubic(struct svg_steps *steps, struct pen *pen, const double x[3], const double y[3])
{
    add(steps, PATH_CURVE, x, y, 3);
    pen->handle_x = x[1];
    pen->handle_y = y[1];
    pen->x = x[2];
    pen->y = y[2];
}

static void
draw_quadratic(struct svg_steps *steps, struct pen *pen, double hx, double hy, double x, double y)
{
    double cx[3] = {pen->x + 2 * (hx - pen->x) / 3, x + 2 * (hx - x) / 3, x};
    double cy[3] = {pen->y + 2 * (hy - pen->y) / 3, y + 2 * (hy - y) / 3, y};

    draw_cubic(steps, pen, cx, cy);
    pen->handle_x = hx;
    pen->handle_y = hy;
}

static void
draw_line(struct svg_steps *steps, struct pen *pen, double x, double y)
{
    svg_line(steps, x, y);
    pen->x = x;
    pen->y = y;
}

/* S and T begin with the mirror of the last handle when the command before had one. */
static void
mirror_handle(struct pen *pen, bool had_one)
{
    pen->handle_x = had_one ? 2 * pen->x - pen->handle_x : pen->x;
    pen->handle_y = had_one ? 2 * pen->y - pen->handle_y : pen->y;
}

static void
draw_arc(struct svg_steps *steps, struct pen *pen, const double a[7])
{
    struct svg_arc arc = {pen->x, pen->y, a[0], a[1], a[2], a[3] > 0, a[4] > 0, a[5], a[6]};

    svg_arc(steps, &arc);
    pen->x = a[5];
    pen->y = a[6];
}

static void
begin(struct svg_steps *steps, struct pen *pen, double x, double y)
{
    svg_move(steps, x, y);
    pen->x = pen->start_x = x;
    pen->y = pen->start_y = y;
    pen->between = false;
}

static void
draw(struct svg_steps *steps, struct pen *pen, char capital, const double a[7])
{
    char last = pen->last;

    if (pen->between && capital != 'M' && capital != 'Z')
        begin(steps, pen, pen->start_x, pen->start_y);
    if (capital == 'M') {
        begin(steps, pen, a[0], a[1]);
    } else if (capital == 'L') {
        draw_line(steps, pen, a[0], a[1]);
    } else if (capital == 'H') {
        draw_line(steps, pen, a[0], pen->y);
    } else if (capital == 'V') {
        draw_line(steps, pen, pen->x, a[0]);
    } else if (capital == 'C') {
        draw_cubic(steps, pen, (double[3]){a[0], a[2], a[4]}, (double[3]){a[1], a[3], a[5]});
    } else if (capital == 'S') {
        mirror_handle(pen, last == 'C' || last == 'S');
        draw_cubic(steps, pen, (double[3]){pen->handle_x, a[0], a[2]},
                   (double[3]){pen->handle_y, a[1], a[3]});
    } else if (capital == 'Q') {
        draw_quadratic(steps, pen, a[0], a[1], a[2], a[3]);
    } else if (capital == 'T') {
        mirror_handle(pen, last == 'Q' || last == 'T');
        draw_quadratic(steps, pen, pen->handle_x, pen->handle_y, a[0], a[1]);
    } else if (capital == 'A') {
        draw_arc(steps, pen, a);
    } else if (!pen->between) {
        svg_close(steps);
        pen->x = pen->start_x;
        pen->y = pen->start_y;
        pen->between = true;
    }
    pen->last = capital;
}

/* Reads a command letter, or finds that the one before goes on. '\0' for a fault. */
static char
next_command(struct svg_scan *scan, char before)
{
    char c = svg_peek(scan), capital = (char)(c & ~0x20);
    bool letter = c >= 'A' && (argument_count(capital) > 0 || capital == 'Z');

    if (before == '\0' && capital != 'M')
        return '\0';
    if (letter) {
        scan->at++;
        svg_skip_blank(scan);
        return c;
    }
    if (before == 'M' || before == 'm')
        before--; /* further points are those of lines: L before M, l before m */
    if (before == 'Z' || before == 'z')
        return '\0';
    return before;
}

bool
svg_path_data(struct svg_steps *steps, struct svg_scan *scan)
{
    struct pen pen = {.last = '\0'};
    char command = '\0';
    double arg[7] = {0};

    svg_skip_blank(scan);
    while (scan->at < scan->text.len && !steps->too_many && !steps->out_of_range) {
        command = next_command(scan, command);
        char capital = (char)(command & ~0x20);
        if (command == '\0' || !read_arguments(scan, capital, arg))
            return false;
        if (command != capital)
            make_absolute(&pen, capital, arg);
        draw(steps, &pen, capital, arg);
        if (capital == 'Z')
            svg_skip_blank(scan);
        else
            svg_skip_comma(scan);
    }
    return true;
}
