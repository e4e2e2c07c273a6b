/* The text that an appearance draws. Whatever might show something else than its letters in their
 * order, dark on light and inside of the box, makes it unknown. */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "pdfin/shown_inner.h"

#define CONTENT_MAX ((size_t)4 << 20)
#define OPERANDS_MAX 64
#define SAVED_MAX 32
#define FONTS_MAX 64
#define SIZE_MIN 3   /* pt: smaller letters are not read */
#define SQUEEZED 0.4 /* letters may be as narrow, or as low, as this */
#define DARK 550     /* of 1000: letters are no lighter, so that they differ from a ground */
#define LIGHT 750    /* grounds are no darker */
#define BACK_MAX 500 /* a move back in a text, in 1/1000 of its size */
#define INK_PART 3   /* lines may cover a third of the height and of the width */

struct matrix {
    double a, b, c, d, e, f;
};

struct state {
    struct matrix ctm;
    double clip[4];
    int grey; /* of what is filled, 0 to 1000; -1: not known */
    const struct shown_font *font;
    double size, leading, width; /* of lines */
    double letter_space, word_space, rise;
    bool is_hidden; /* letters of another mode than filled */
};

struct paint {
    struct revisions *r;
    struct arena *arena;
    size_t revision, trusted;
    const struct cos *fonts;
    struct {
        struct str name;
        struct shown_font font;
    } known[FONTS_MAX];
    size_t known_count;
    struct state now, saved[SAVED_MAX];
    size_t depth;
    struct matrix text, line;
    struct cos operands[OPERANDS_MAX];
    size_t count;
    double rect[4]; /* the path, when it is one rectangle */
    size_t rects;
    bool has_lines;                 /* the path has others */
    bool clips;                     /* the path will be a clip when it ends */
    double at[2], lines[2], ink[2]; /* where a line begins; lines across, and upright */
    double box[2];                  /* width and height */
    struct buf out;
    double last_x, last_y;
    bool is_unknown;
};

/* ---- numbers */

/* An operand, counted from the last: 0 is the last. */
static double
operand(const struct paint *p, size_t from_last)
{
    return from_last < p->count ? cos_real(&p->operands[p->count - 1 - from_last]) : 0;
}

static struct matrix
multiply(struct matrix m, struct matrix n)
{
    return (struct matrix){m.a * n.a + m.b * n.c,       m.a * n.b + m.b * n.d,
                           m.c * n.a + m.d * n.c,       m.c * n.b + m.d * n.d,
                           m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f};
}

static struct matrix
matrix_of(const struct paint *p)
{
    return (struct matrix){operand(p, 5), operand(p, 4), operand(p, 3),
                           operand(p, 2), operand(p, 1), operand(p, 0)};
}

/* ---- letters */

static const struct shown_font *
font_named(struct paint *p, struct str name)
{
    for (size_t i = 0; i < p->known_count; i++) {
        if (str_eq(p->known[i].name, name))
            return &p->known[i].font;
    }
    if (p->known_count == FONTS_MAX)
        return NULL;
    const struct cos *ref = cos_get(p->fonts, str_cstr(p->arena, name));
    p->known[p->known_count].name = name;
    p->known[p->known_count].font = shown_font_read(p->r, p->arena, p->revision, p->trusted, ref);
    return &p->known[p->known_count++].font;
}

/* Letters stand in their order and on their line, whatever is between them. */
static bool
is_spaced_well(const struct state *now)
{
    double least = -now->size / 10, most = now->size / 2;

    return now->letter_space >= least && now->letter_space <= most && now->word_space >= least &&
           now->word_space <= 4 * most && now->rise >= -most && now->rise <= most;
}

/* Where a text begins: most of its letters' height is seen. */
static bool
is_inside(const double clip[4], double x, double y, double size)
{
    return x >= clip[0] - size / 4 && x < clip[2] && y >= clip[1] - size / 4 &&
           y + size * SQUEEZED <= clip[3];
}

/* Where a text begins must be inside, not behind what was drawn before, and its letters upright. */
static bool
is_placed_well(struct paint *p)
{
    struct matrix m = multiply(p->text, p->now.ctm);
    double size = p->now.size * m.d;
    bool is_new_line = p->out.len > 0 && (p->last_y - m.f > size / 2 || m.f - p->last_y > size / 2);

    if (m.b > 0.001 || m.b < -0.001 || m.c > 0.001 || m.c < -0.001 || m.a < m.d * SQUEEZED ||
        m.d < m.a * SQUEEZED || size < SIZE_MIN || !is_spaced_well(&p->now) ||
        !is_inside(p->now.clip, m.e, m.f + p->now.rise * m.d, size))
        return false;
    if (p->out.len > 0 && (is_new_line ? m.f > p->last_y : m.e < p->last_x))
        return false;
    if (is_new_line)
        buf_byte(&p->out, '\n');
    p->last_x = m.e;
    p->last_y = m.f;
    return true;
}

static void
add_text(struct paint *p, struct str codes)
{
    const struct shown_font *font = p->now.font;

    p->is_unknown = p->is_unknown || font == NULL || !font->is_known || p->now.is_hidden ||
                    p->now.grey < 0 || p->now.grey > DARK || (font->is_wide && codes.len % 2 != 0);
    for (size_t i = 0; i < codes.len && !p->is_unknown; i++) {
        size_t code = (unsigned char)codes.ptr[i];
        if (font->is_wide)
            code = code << 8 | (unsigned char)codes.ptr[++i];
        p->is_unknown = !shown_font_letters(p->r, p->revision, font, code, &p->out);
    }
}

/* A move inside of a text, in 1/1000 of its size: not back over letters, nor out of the box. `back`
 * is how far it went back since the last letters. */
static void
move_on(struct paint *p, double by, double *back)
{
    *back += by;
    p->last_x -= by / 1000 * p->now.size * multiply(p->text, p->now.ctm).a;
    p->is_unknown = p->is_unknown || *back > BACK_MAX || p->last_x >= p->now.clip[2];
}

static void
show(struct paint *p)
{
    const struct cos *what = p->count == 0 ? &cos_null : &p->operands[p->count - 1];
    double back = 0;

    p->is_unknown = p->is_unknown || !is_placed_well(p);
    double start = p->last_x;
    if (what->type == COS_STRING)
        add_text(p, what->text);
    for (size_t i = 0; what->type == COS_ARRAY && i < what->count; i++) {
        const struct cos *item = &what->items[i];
        if (item->type != COS_STRING) {
            move_on(p, cos_real(item), &back);
            continue;
        }
        add_text(p, item->text);
        back = item->text.len > 0 ? 0 : back;
    }
    p->last_x = p->last_x < start ? start : p->last_x;
}

static void
move_line(struct paint *p, double x, double y)
{
    p->line = multiply((struct matrix){1, 0, 0, 1, x, y}, p->line);
    p->text = p->line;
}

/* ---- painting */

static bool
is_op(struct str op, const char *text)
{
    return str_is(op, text);
}

static double
size_of(double a)
{
    return a < 0 ? -a : a;
}

/* How wide a line is drawn. */
static double
pen_width(const struct state *now)
{
    double a = size_of(now->ctm.a), d = size_of(now->ctm.d);

    return size_of(now->width) * (a > d ? a : d);
}

/* Lines that lie close to each other are a ground, and may be as dark as what stands on it. */
static bool
is_dense(struct paint *p)
{
    double pen = pen_width(&p->now);

    for (size_t i = 0; i < 2; i++)
        p->ink[i] += p->lines[i] * pen;
    return p->ink[0] * INK_PART > p->box[1] || p->ink[1] * INK_PART > p->box[0];
}

/* A path is a clip as it is when it ends; what was added to it may leave nothing of it. */
static void
set_clip(struct paint *p)
{
    if (p->rects != 1 || p->has_lines) {
        p->is_unknown = true;
        return;
    }
    for (size_t i = 0; i < 2; i++) {
        if (p->rect[i] > p->now.clip[i])
            p->now.clip[i] = p->rect[i];
        if (p->rect[i + 2] < p->now.clip[i + 2])
            p->now.clip[i + 2] = p->rect[i + 2];
    }
}

/* Only lighter grounds and thin lines may be there, and before any letter. */
static void
paint_path(struct paint *p, bool fills, bool strokes)
{
    bool is_odd = fills && (p->has_lines || p->now.grey < LIGHT);

    if (fills || strokes)
        p->is_unknown = p->is_unknown || is_odd || p->out.len > 0 ||
                        (strokes && (pen_width(&p->now) > 3 || is_dense(p)));
    if (p->clips)
        set_clip(p);
    p->rects = 0;
    p->has_lines = p->clips = false;
    p->lines[0] = p->lines[1] = 0;
}

static void
add_line(struct paint *p, bool starts)
{
    double x = operand(p, 1), y = operand(p, 0);

    p->has_lines = true;
    if (!starts) {
        p->lines[0] += x != p->at[0];
        p->lines[1] += y != p->at[1];
    }
    p->at[0] = x;
    p->at[1] = y;
}

static void
add_rect(struct paint *p)
{
    double x = operand(p, 3), y = operand(p, 2), w = operand(p, 1), h = operand(p, 0);
    const struct matrix *m = &p->now.ctm;
    double x0 = x * m->a + m->e, x1 = (x + w) * m->a + m->e;
    double y0 = y * m->d + m->f, y1 = (y + h) * m->d + m->f;

    p->is_unknown = p->is_unknown || m->b != 0 || m->c != 0;
    p->rect[0] = x0 < x1 ? x0 : x1;
    p->rect[2] = x0 < x1 ? x1 : x0;
    p->rect[1] = y0 < y1 ? y0 : y1;
    p->rect[3] = y0 < y1 ? y1 : y0;
    p->rects++;
    p->lines[0] += 2;
    p->lines[1] += 2;
}

static void
set_grey(struct paint *p, struct str op)
{
    double grey = operand(p, 0);

    if (is_op(op, "rg"))
        grey = 0.3 * operand(p, 2) + 0.59 * operand(p, 1) + 0.11 * operand(p, 0);
    else if (is_op(op, "k"))
        grey =
            1 - (0.3 * operand(p, 3) + 0.59 * operand(p, 2) + 0.11 * operand(p, 1) + operand(p, 0));
    p->now.grey = grey <= 0 ? 0 : grey >= 1 ? 1000 : (int)(grey * 1000);
}

/* Operators of paths and colours; false for others. */
static bool
do_path(struct paint *p, struct str op)
{
    if (is_op(op, "re"))
        add_rect(p);
    else if (is_op(op, "m") || is_op(op, "l"))
        add_line(p, is_op(op, "m"));
    else if (is_op(op, "h"))
        p->has_lines = true;
    else if (is_op(op, "W") || is_op(op, "W*"))
        p->clips = true;
    else if (is_op(op, "n"))
        paint_path(p, false, false);
    else if (is_op(op, "f") || is_op(op, "F") || is_op(op, "f*"))
        paint_path(p, true, false);
    else if (is_op(op, "S") || is_op(op, "s"))
        paint_path(p, false, true);
    else if (is_op(op, "B") || is_op(op, "b") || is_op(op, "B*") || is_op(op, "b*"))
        paint_path(p, true, true);
    else if (is_op(op, "g") || is_op(op, "rg") || is_op(op, "k"))
        set_grey(p, op);
    else if (is_op(op, "w"))
        p->now.width = operand(p, 0);
    else
        return is_op(op, "G") || is_op(op, "RG") || is_op(op, "K") || is_op(op, "J") ||
               is_op(op, "j") || is_op(op, "M") || is_op(op, "d") || is_op(op, "i");
    return true;
}

static bool
do_state(struct paint *p, struct str op)
{
    if (is_op(op, "q") && p->depth < SAVED_MAX)
        p->saved[p->depth++] = p->now;
    else if (is_op(op, "Q") && p->depth > 0)
        p->now = p->saved[--p->depth];
    else if (is_op(op, "cm"))
        p->now.ctm = multiply(matrix_of(p), p->now.ctm);
    else if (is_op(op, "BDC")) /* a layer may be hidden */
        p->is_unknown = p->is_unknown || p->count == 0 || cos_is_name(&p->operands[0], "OC");
    else
        return is_op(op, "BMC") || is_op(op, "EMC") || is_op(op, "MP") || is_op(op, "DP");
    return true;
}

static bool
do_spacing(struct paint *p, struct str op)
{
    double value = operand(p, 0);

    if (is_op(op, "Tc"))
        p->now.letter_space = value;
    else if (is_op(op, "Tw"))
        p->now.word_space = value;
    else if (is_op(op, "Ts"))
        p->now.rise = value;
    else if (is_op(op, "Tz"))
        p->is_unknown = p->is_unknown || value < 50 || value > 200;
    else if (is_op(op, "TL"))
        p->now.leading = value;
    else if (is_op(op, "Tr"))
        p->now.is_hidden = value != 0;
    else
        return false;
    return true;
}

static bool
do_text(struct paint *p, struct str op)
{
    if (is_op(op, "BT") || is_op(op, "ET")) {
        p->text = p->line = (struct matrix){1, 0, 0, 1, 0, 0};
    } else if (is_op(op, "Tf")) {
        bool good = p->count == 2 && p->operands[0].type == COS_NAME;
        p->now.font = good ? font_named(p, p->operands[0].text) : NULL;
        p->now.size = operand(p, 0);
    } else if (is_op(op, "Tm")) {
        p->text = p->line = matrix_of(p);
    } else if (is_op(op, "Td") || is_op(op, "TD")) {
        p->now.leading = is_op(op, "TD") ? -operand(p, 0) : p->now.leading;
        move_line(p, operand(p, 1), operand(p, 0));
    } else if (is_op(op, "T*")) {
        move_line(p, 0, -p->now.leading);
    } else if (is_op(op, "Tj") || is_op(op, "TJ")) {
        show(p);
    } else if (is_op(op, "'")) {
        move_line(p, 0, -p->now.leading);
        show(p);
    } else {
        return do_spacing(p, op);
    }
    return true;
}

static void
run(struct paint *p, struct str content)
{
    size_t nodes = 0;
    struct cos_parser parser = {.arena = p->arena, .bytes = content, .nodes = &nodes};

    while (!p->is_unknown) {
        parse_space(&parser);
        if (parser.at >= content.len)
            return;
        char c = content.ptr[parser.at];
        if (!ascii_is_letter(c) && c != '\'' && c != '"') {
            p->is_unknown = p->count == OPERANDS_MAX || !parse_cos(&parser, &p->operands[p->count]);
            p->count += !p->is_unknown;
            continue;
        }
        size_t from = parser.at;
        while (parser.at < content.len && !parse_is_space(content.ptr[parser.at]) &&
               !parse_is_delimiter(content.ptr[parser.at]))
            parser.at++;
        struct str op = str_sub(content, from, parser.at - from);
        p->is_unknown = !(do_state(p, op) || do_text(p, op) || do_path(p, op)) || p->is_unknown;
        p->count = 0;
    }
}

/* ---- the stream */

static bool
read_box(struct revisions *r, size_t revision, const struct cos *stream, double box[4])
{
    const struct cos *list = cos_at(r, revision, stream, "BBox");

    if (list->type != COS_ARRAY || list->count != 4)
        return false;
    for (size_t i = 0; i < 4; i++)
        box[i] = cos_real(cos_resolve(r, revision, &list->items[i]));
    return box[0] <= box[2] && box[1] <= box[3];
}

/* None, or one that changes nothing. */
static bool
has_no_matrix(struct revisions *r, size_t revision, const struct cos *stream)
{
    static const int identity[] = {1, 0, 0, 1, 0, 0};
    const struct cos *list = cos_at(r, revision, stream, "Matrix");

    if (list->type != COS_ARRAY)
        return list->type == COS_NULL;
    for (size_t i = 0; list->count == 6 && i < 6; i++) {
        const struct cos *item = cos_resolve(r, revision, &list->items[i]);
        if (item->type != COS_INTEGER || item->integer != identity[i])
            return false;
    }
    return list->count == 6;
}

enum shown
revisions_shown(struct revisions *r, struct arena *arena, size_t revision, size_t number,
                size_t trusted, struct str *text)
{
    const struct cos *stream = revisions_object(r, revision, number);
    struct paint *p = arena_alloc(arena, sizeof *p);
    struct str content;

    *text = STR("");
    if (stream->type != COS_STREAM || cos_get(stream, "OC")->type != COS_NULL ||
        cos_get(stream, "Ref")->type != COS_NULL || !has_no_matrix(r, revision, stream) ||
        !cos_unpack(r, revision, stream, CONTENT_MAX, arena, &content) ||
        !read_box(r, revision, stream, p->now.clip))
        return SHOWN_UNKNOWN;
    p->r = r;
    p->arena = arena;
    p->revision = revision;
    p->trusted = trusted;
    p->fonts = cos_at(r, revision, cos_at(r, revision, stream, "Resources"), "Font");
    p->now.ctm = p->text = p->line = (struct matrix){1, 0, 0, 1, 0, 0};
    p->now.width = 1;
    p->box[0] = p->now.clip[2] - p->now.clip[0];
    p->box[1] = p->now.clip[3] - p->now.clip[1];
    p->out = buf_in(arena);
    run(p, content);
    *text = buf_str(&p->out);
    return p->is_unknown ? SHOWN_UNKNOWN : SHOWN_TEXT;
}

bool
revisions_appearance(struct revisions *r, struct arena *arena, size_t revision, size_t number,
                     struct appearance_stream *out)
{
    const struct cos *stream = revisions_object(r, revision, number);
    double box[4];

    if (stream->type != COS_STREAM || !read_box(r, revision, stream, box) ||
        !cos_unpack(r, revision, stream, CONTENT_MAX, arena, &out->content))
        return false;
    for (size_t i = 0; i < 4; i++) {
        if (box[i] > 1000000 || box[i] < -1000000)
            return false;
        out->box[i] = (long)(box[i] * 1000 + (box[i] < 0 ? -0.5 : 0.5));
    }
    return true;
}
