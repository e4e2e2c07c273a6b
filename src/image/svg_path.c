/* Path data (SVG 1.1, chapter 8.3) and the numbers in it. */
#include "base/ascii.h"
#include "image/svg.h"

#define NUMBER_MAX 1e9
#define DIGITS_MAX 18
#define EXPONENT_MAX 40

void
svg_skip_blank(struct svg_scan *scan)
{
    while (scan->at < scan->text.len) {
        char c = scan->text.ptr[scan->at];
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f')
            return;
        scan->at++;
    }
}

void
svg_skip_comma(struct svg_scan *scan)
{
    svg_skip_blank(scan);
    if (scan->at < scan->text.len && scan->text.ptr[scan->at] == ',') {
        scan->at++;
        svg_skip_blank(scan);
    }
}

static char
peek(const struct svg_scan *scan)
{
    if (scan->at == scan->text.len)
        return '\0';
    return scan->text.ptr[scan->at];
}

/* Digits into *value, as many as it holds; returns by how many places it must be moved. */
static int
read_digits(struct svg_scan *scan, int64_t *value, int *kept, bool fraction, bool *any)
{
    int shift = 0;

    for (; ascii_is_digit(peek(scan)); scan->at++) {
        *any = true;
        if (*kept < DIGITS_MAX) {
            *value = *value * 10 + (peek(scan) - '0');
            *kept += *value > 0;
            shift -= fraction;
        } else if (shift < EXPONENT_MAX) {
            shift += !fraction;
        }
    }
    return shift;
}

static int
read_exponent(struct svg_scan *scan)
{
    size_t start = scan->at;
    int value = 0, sign = 1;

    if (peek(scan) != 'e' && peek(scan) != 'E')
        return 0;
    scan->at++;
    if (peek(scan) == '+' || peek(scan) == '-') {
        sign = peek(scan) == '-' ? -1 : 1;
        scan->at++;
    }
    if (!ascii_is_digit(peek(scan))) { /* "1em": the e is not of the number */
        scan->at = start;
        return 0;
    }
    for (; ascii_is_digit(peek(scan)); scan->at++)
        if (value < EXPONENT_MAX)
            value = value * 10 + (peek(scan) - '0');
    return sign * value;
}

bool
svg_number(struct svg_scan *scan, double *out)
{
    size_t start = scan->at;
    int64_t digits = 0;
    int kept = 0, shift = 0;
    bool any = false, negative = peek(scan) == '-';

    if (negative || peek(scan) == '+')
        scan->at++;
    shift += read_digits(scan, &digits, &kept, false, &any);
    if (peek(scan) == '.') {
        scan->at++;
        shift += read_digits(scan, &digits, &kept, true, &any);
    }
    if (!any) {
        scan->at = start;
        return false;
    }
    shift += read_exponent(scan);
    double value = (double)digits, power = 1;
    for (int i = shift < 0 ? -shift : shift; i > 0 && power < 1e300; i--)
        power *= 10;
    value = shift < 0 ? value / power : value * power;
    if (!(value <= NUMBER_MAX)) {
        scan->at = start;
        return false;
    }
    *out = negative ? -value : value;
    return true;
}

/* The pen: where it is, where the subpath began, and the last handle for S and T. */
struct pen {
    double x, y, start_x, start_y, handle_x, handle_y;
    char last;    /* command before, in capitals */
    bool between; /* a subpath was closed and none begun */
};

static bool
read_flag(struct svg_scan *scan, double *out)
{
    char c = peek(scan);

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
    svg_curve(steps, x, y);
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
    char c = peek(scan), capital = (char)(c & ~0x20);
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
