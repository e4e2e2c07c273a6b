/* Values of SVG attributes: numbers, transform lists (SVG 1.1, chapter 7.6) and colours (chapter
 * 4.2). */
#include <math.h>

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

/* Digits into *value, as many as it holds; returns by how many places it must be moved. */
static int
read_digits(struct svg_scan *scan, int64_t *value, int *kept, bool fraction, bool *any)
{
    int shift = 0;

    for (; ascii_is_digit(svg_peek(scan)); scan->at++) {
        *any = true;
        if (*kept < DIGITS_MAX) {
            *value = *value * 10 + (svg_peek(scan) - '0');
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

    if (svg_peek(scan) != 'e' && svg_peek(scan) != 'E')
        return 0;
    scan->at++;
    if (svg_peek(scan) == '+' || svg_peek(scan) == '-') {
        sign = svg_peek(scan) == '-' ? -1 : 1;
        scan->at++;
    }
    if (!ascii_is_digit(svg_peek(scan))) { /* "1em": the e is not of the number */
        scan->at = start;
        return 0;
    }
    for (; ascii_is_digit(svg_peek(scan)); scan->at++)
        if (value < EXPONENT_MAX)
            value = value * 10 + (svg_peek(scan) - '0');
    return sign * value;
}

bool
svg_number(struct svg_scan *scan, double *out)
{
    size_t start = scan->at;
    int64_t digits = 0;
    int kept = 0, shift = 0;
    bool any = false, negative = svg_peek(scan) == '-';

    if (negative || svg_peek(scan) == '+')
        scan->at++;
    shift += read_digits(scan, &digits, &kept, false, &any);
    if (svg_peek(scan) == '.') {
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

/* ---- transforms */

static struct svg_matrix
multiply(struct svg_matrix m, struct svg_matrix n)
{
    return (struct svg_matrix){
        m.a * n.a + m.c * n.b, m.b * n.a + m.d * n.b,       m.a * n.c + m.c * n.d,
        m.b * n.c + m.d * n.d, m.a * n.e + m.c * n.f + m.e, m.b * n.e + m.d * n.f + m.f,
    };
}

static struct svg_matrix
rotation(double degrees, double x, double y)
{
    double quarter = fmod(degrees, 360) / 90;
    double angle = degrees * (M_PI / 180), c = cos(angle), s = sin(angle);

    /* the common angles exactly, so that upright stays upright */
    if (quarter == floor(quarter)) {
        static const double cosines[4] = {1, 0, -1, 0};
        int turn = ((int)quarter + 4) % 4;
        c = cosines[turn];
        s = cosines[(turn + 3) % 4];
    }
    return (struct svg_matrix){c, s, -s, c, x - c * x + s * y, y - s * x - c * y};
}

/* Numbers up to the closing bracket; SIZE_MAX for a fault. */
static size_t
read_numbers(struct svg_scan *scan, double out[6])
{
    size_t count = 0;

    svg_skip_blank(scan);
    while (scan->at < scan->text.len && scan->text.ptr[scan->at] != ')') {
        if (count == 6 || !svg_number(scan, &out[count++]))
            return SIZE_MAX;
        svg_skip_comma(scan);
    }
    if (scan->at == scan->text.len)
        return SIZE_MAX;
    scan->at++;
    return count;
}

static bool
make_matrix(struct str name, const double v[6], size_t count, struct svg_matrix *out)
{
    *out = SVG_IDENTITY;
    if (str_is(name, "matrix") && count == 6) {
        *out = (struct svg_matrix){v[0], v[1], v[2], v[3], v[4], v[5]};
    } else if (str_is(name, "translate") && (count == 1 || count == 2)) {
        out->e = v[0];
        out->f = count == 2 ? v[1] : 0;
    } else if (str_is(name, "scale") && (count == 1 || count == 2)) {
        out->a = v[0];
        out->d = count == 2 ? v[1] : v[0];
    } else if (str_is(name, "rotate") && (count == 1 || count == 3)) {
        *out = count == 3 ? rotation(v[0], v[1], v[2]) : rotation(v[0], 0, 0);
    } else if (str_is(name, "skewX") && count == 1) {
        out->c = tan(v[0] * (M_PI / 180));
    } else if (str_is(name, "skewY") && count == 1) {
        out->b = tan(v[0] * (M_PI / 180));
    } else {
        return false;
    }
    return true;
}

bool
svg_transform(struct svg_scan *scan, struct svg_matrix *matrix)
{
    svg_skip_blank(scan);
    while (scan->at < scan->text.len) {
        struct str rest = str_sub(scan->text, scan->at, scan->text.len);
        size_t bracket = str_find(rest, STR("("));
        struct str name = str_trim(str_sub(rest, 0, bracket));
        struct svg_matrix next;
        double values[6];
        if (bracket == SIZE_MAX || bracket > 20)
            return false;
        size_t start = scan->at;
        scan->at += bracket + 1;
        size_t count = read_numbers(scan, values);
        if (count == SIZE_MAX)
            return false;
        if (!make_matrix(name, values, count, &next)) {
            scan->at = start;
            return false;
        }
        *matrix = multiply(*matrix, next);
        svg_skip_comma(scan);
    }
    return true;
}

/* ---- colours */

static const struct {
    const char *name;
    uint8_t rgb[3];
} names[] = {
    {"black", {0, 0, 0}},       {"silver", {192, 192, 192}}, {"gray", {128, 128, 128}},
    {"grey", {128, 128, 128}},  {"white", {255, 255, 255}},  {"maroon", {128, 0, 0}},
    {"red", {255, 0, 0}},       {"purple", {128, 0, 128}},   {"fuchsia", {255, 0, 255}},
    {"magenta", {255, 0, 255}}, {"green", {0, 128, 0}},      {"lime", {0, 255, 0}},
    {"olive", {128, 128, 0}},   {"yellow", {255, 255, 0}},   {"navy", {0, 0, 128}},
    {"blue", {0, 0, 255}},      {"teal", {0, 128, 128}},     {"aqua", {0, 255, 255}},
    {"cyan", {0, 255, 255}},    {"orange", {255, 165, 0}},   {"gold", {255, 215, 0}},
};

static enum svg_paint
hex_colour(struct str digits, uint8_t rgb[3])
{
    size_t width = digits.len / 3;

    if (digits.len != 3 && digits.len != 6)
        return SVG_PAINT_BAD;
    for (size_t i = 0; i < 3; i++) {
        int high = ascii_hex(digits.ptr[i * width]);
        int low = ascii_hex(digits.ptr[i * width + width - 1]);
        if (high < 0 || low < 0)
            return SVG_PAINT_BAD;
        rgb[i] = (uint8_t)(high * 16 + low);
    }
    return SVG_PAINT_COLOUR;
}

/* rgb(1, 2, 3) after its bracket. */
static enum svg_paint
rgb_colour(struct str text, uint8_t rgb[3])
{
    struct svg_scan scan = {text, 0};
    double v[6];

    if (read_numbers(&scan, v) != 3 || scan.at != text.len)
        return SVG_PAINT_BAD;
    for (size_t i = 0; i < 3; i++) {
        if (v[i] < 0 || v[i] > 255 || v[i] != floor(v[i]))
            return SVG_PAINT_BAD;
        rgb[i] = (uint8_t)v[i];
    }
    return SVG_PAINT_COLOUR;
}

enum svg_paint
svg_colour(struct str text, uint8_t rgb[3])
{
    text = str_trim(text);
    if (str_is(text, "none") || str_is(text, "transparent"))
        return SVG_PAINT_NONE;
    if (str_is(text, "currentColor"))
        return SVG_PAINT_CURRENT;
    if (str_starts(text, STR("#")))
        return hex_colour(str_sub(text, 1, text.len), rgb);
    if (str_starts(text, STR("rgb(")))
        return rgb_colour(str_sub(text, 4, text.len), rgb);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (!str_is(text, names[i].name))
            continue;
        for (size_t k = 0; k < 3; k++)
            rgb[k] = names[i].rgb[k];
        return SVG_PAINT_COLOUR;
    }
    return SVG_PAINT_BAD;
}
