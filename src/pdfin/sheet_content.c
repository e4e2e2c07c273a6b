/* What the content of a page paints (ISO 32000-1 §8 and §9), by a short list. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "pdfin/cos_parse.h"
#include "pdfin/sheets_inner.h"

#define OPERANDS_MAX 64
#define STATES_MAX 64
#define INVISIBLE 3 /* the mode of text that is not painted */

/* So far a clip may lie inside an image, in points: scanners round. */
#define CLIP_SLACK 1.0

struct box {
    double left, bottom, right, top;
};

struct state {
    double matrix[6];
    uint8_t rgb[3];
    bool has_rgb; /* the colour that is filled with is known */
    long long text_mode;
    struct box clip; /* in points of the page */
    bool is_clipped_oddly;
};

struct painter {
    struct sheets *sheets;
    struct arena *scratch;
    struct state states[STATES_MAX];
    size_t depth; /* of states; the first one is the page's */
    struct sheet_place *places;
    size_t count, cap;
    struct box page;
    bool is_drawn;
};

/* A stream of operators, of the page or of a form on it. */
struct content {
    struct painter *painter;
    qpdf_oh resources;
    struct cos_parser parser;
    struct cos operands[OPERANDS_MAX];
    size_t count, form_depth, bottom; /* states below `bottom` are not this one's */
    /* the path so far: */
    size_t rectangles;
    bool has_lines, is_to_clip;
    struct box rectangle;
};

static struct state *
now(struct painter *painter)
{
    return &painter->states[painter->depth];
}

/* ---- matrices and boxes */

/* `first`, then `then`. */
static void
multiply(const double first[6], const double then[6], double out[6])
{
    const double made[6] = {first[0] * then[0] + first[1] * then[2],
                            first[0] * then[1] + first[1] * then[3],
                            first[2] * then[0] + first[3] * then[2],
                            first[2] * then[1] + first[3] * then[3],
                            first[4] * then[0] + first[5] * then[2] + then[4],
                            first[4] * then[1] + first[5] * then[3] + then[5]};

    memcpy(out, made, sizeof made);
}

/* The box around a rectangle of the matrix's space; false when it lies askew there. */
static bool
box_of(const double matrix[6], const double rectangle[4], struct box *out)
{
    *out = (struct box){INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (int i = 0; i < 4; i++) {
        double x = rectangle[0] + (i % 2) * rectangle[2];
        double y = rectangle[1] + (i / 2) * rectangle[3];
        double to_x = matrix[0] * x + matrix[2] * y + matrix[4];
        double to_y = matrix[1] * x + matrix[3] * y + matrix[5];
        out->left = fmin(out->left, to_x);
        out->right = fmax(out->right, to_x);
        out->bottom = fmin(out->bottom, to_y);
        out->top = fmax(out->top, to_y);
    }
    double size = fabs(matrix[0]) + fabs(matrix[1]) + fabs(matrix[2]) + fabs(matrix[3]);
    double askew = fmin(fabs(matrix[1]) + fabs(matrix[2]), fabs(matrix[0]) + fabs(matrix[3]));
    return askew <= 1e-6 * size;
}

static struct box
intersection(struct box a, struct box b)
{
    return (struct box){fmax(a.left, b.left), fmax(a.bottom, b.bottom), fmin(a.right, b.right),
                        fmin(a.top, b.top)};
}

/* True when the clip takes nothing of an image away that the page would show. */
static bool
is_seen_whole(const struct painter *painter, const struct state *state)
{
    static const double unit[4] = {0, 0, 1, 1};
    struct box image;

    (void)box_of(state->matrix, unit, &image);
    struct box seen = intersection(image, painter->page);
    return !state->is_clipped_oddly && seen.left >= state->clip.left - CLIP_SLACK &&
           seen.bottom >= state->clip.bottom - CLIP_SLACK &&
           seen.right <= state->clip.right + CLIP_SLACK && seen.top <= state->clip.top + CLIP_SLACK;
}

/* ---- operands */

/* The last operands as numbers; false when there are fewer, or others. */
static bool
numbers(const struct content *content, size_t count, double *out)
{
    if (content->count < count)
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct cos *operand = &content->operands[content->count - count + i];
        if (operand->type != COS_INTEGER && operand->type != COS_REAL)
            return false;
        out[i] = cos_real(operand);
    }
    return true;
}

/* What a name of the last operand stands for in a dictionary of the resources. */
static qpdf_oh
resource(const struct content *content, const char *kind)
{
    struct pdfin *pdf = content->painter->sheets->pdf;
    const struct cos *name =
        content->count == 0 ? &cos_null : &content->operands[content->count - 1];

    if (name->type != COS_NAME)
        return qpdf_oh_new_null(pdf->qpdf);
    qpdf_oh all = pdfin_get(pdf, content->resources, kind);
    struct buf key = buf_in(content->painter->scratch);
    buf_byte(&key, '/');
    buf_add(&key, name->text);
    qpdf_oh one = pdfin_get(pdf, all, str_cstr(content->painter->scratch, buf_str(&key)));
    pdfin_drop(pdf, all);
    return one;
}

/* ---- state */

static bool
save(struct content *content)
{
    struct painter *painter = content->painter;

    if (painter->depth + 1 == STATES_MAX)
        return false;
    painter->states[painter->depth + 1] = painter->states[painter->depth];
    painter->depth++;
    return true;
}

static bool
restore(struct content *content)
{
    if (content->painter->depth == content->bottom)
        return false;
    content->painter->depth--;
    return true;
}

static bool
concatenate(struct content *content)
{
    struct state *state = now(content->painter);
    double matrix[6];

    if (!numbers(content, 6, matrix))
        return false;
    multiply(matrix, state->matrix, state->matrix);
    return true;
}

static void
set_rgb(struct state *state, double red, double green, double blue)
{
    const double light[3] = {red, green, blue};

    for (size_t i = 0; i < 3; i++)
        state->rgb[i] = (uint8_t)lround(fmin(fmax(light[i], 0), 1) * 255);
    state->has_rgb = true;
}

/* The colour that stencils are painted with, of 1, 3 or 4 numbers. */
static bool
fill_colour(struct content *content, size_t channels)
{
    struct state *state = now(content->painter);
    double v[4];

    state->has_rgb = false;
    if (channels == 0 || !numbers(content, channels, v))
        return channels == 0;
    if (channels == 1)
        set_rgb(state, v[0], v[0], v[0]);
    else if (channels == 3)
        set_rgb(state, v[0], v[1], v[2]);
    else
        set_rgb(state, (1 - v[0]) * (1 - v[3]), (1 - v[1]) * (1 - v[3]), (1 - v[2]) * (1 - v[3]));
    return true;
}

/* "/DeviceRGB cs"; of other spaces the colour is not known. */
static bool
fill_space(struct content *content)
{
    const struct cos *name =
        content->count == 0 ? &cos_null : &content->operands[content->count - 1];
    bool is_plain = cos_is_name(name, "DeviceGray") || cos_is_name(name, "DeviceRGB");

    set_rgb(now(content->painter), 0, 0, 0);
    now(content->painter)->has_rgb = is_plain;
    return true;
}

/* True where the key is not there, or one of two names; what else may stand there, as the
 * dictionary of a mask or a function, changes what is painted. */
static bool
is_name_or_none(struct pdfin *pdf, qpdf_oh dict, const char *key, const char *a, const char *b)
{
    struct str name = pdfin_text(pdf, dict, key);

    return !pdfin_has(pdf, dict, key) || str_is(name, a) || str_is(name, b);
}

static bool
is_one(struct pdfin *pdf, qpdf_oh dict, const char *key)
{
    qpdf_oh value = pdfin_get(pdf, dict, key);
    bool is = qpdf_oh_is_number(pdf->qpdf, value) != QPDF_TRUE ||
              qpdf_oh_get_numeric_value(pdf->qpdf, value) >= 1;

    pdfin_drop(pdf, value);
    return is;
}

/* A state of graphics with nothing in it that makes an image look otherwise. */
static bool
change_state(struct content *content)
{
    struct pdfin *pdf = content->painter->sheets->pdf;
    qpdf_oh dict = resource(content, "/ExtGState");
    bool good = pdfin_is_dict(pdf, dict) &&
                is_name_or_none(pdf, dict, "/BM", "Normal", "Compatible") &&
                is_name_or_none(pdf, dict, "/SMask", "None", "None") && is_one(pdf, dict, "/ca") &&
                is_one(pdf, dict, "/CA") &&
                is_name_or_none(pdf, dict, "/TR", "Identity", "Default") &&
                is_name_or_none(pdf, dict, "/TR2", "Identity", "Default");

    pdfin_drop(pdf, dict);
    return good;
}

/* ---- paths: rectangles that clip */

static bool
add_rectangle(struct content *content)
{
    double rectangle[4];

    if (!numbers(content, 4, rectangle))
        return false;
    content->rectangles++;
    content->has_lines = content->has_lines ||
                         !box_of(now(content->painter)->matrix, rectangle, &content->rectangle);
    return true;
}

/* The path is done with, whether it was painted or not. */
static bool
end_path(struct content *content)
{
    struct state *state = now(content->painter);

    if (content->is_to_clip && content->rectangles == 1 && !content->has_lines)
        state->clip = intersection(state->clip, content->rectangle);
    else if (content->is_to_clip)
        state->is_clipped_oddly = true;
    content->is_to_clip = content->has_lines = false;
    content->rectangles = 0;
    return true;
}

/* White on a page that has nothing on it is nothing. */
static bool
fill_path(struct content *content)
{
    const struct state *state = now(content->painter);
    bool is_white = state->has_rgb && state->rgb[0] == 255 && state->rgb[1] == 255 &&
                    state->rgb[2] == 255 && content->painter->count == 0;

    return end_path(content) && is_white;
}

/* ---- images and forms */

static bool
place(struct content *content, const struct sheet_image *image)
{
    struct painter *painter = content->painter;
    const struct state *state = now(painter);

    if (image == NULL || painter->count == SHEETS_PLACED_MAX || !is_seen_whole(painter, state) ||
        (image->space == SHEET_STENCIL && !state->has_rgb))
        return false;
    for (size_t i = 0; i < 6; i++) {
        if (!isfinite(state->matrix[i]) || fabs(state->matrix[i]) > UNIT_MAX)
            return false;
    }
    struct sheet_place *new =
        ARENA_ADD(painter->sheets->pdf->arena, painter->places, painter->count, painter->cap, 4);
    new->image = image;
    memcpy(new->matrix, state->matrix, sizeof new->matrix);
    memcpy(new->rgb, state->rgb, sizeof new->rgb);
    return true;
}

static bool run(struct painter *painter, qpdf_oh streams, qpdf_oh resources, size_t form_depth);

/* Four or six numbers of a dictionary; false where there is anything else. */
static bool
row_of_numbers(struct pdfin *pdf, qpdf_oh dict, const char *key, size_t count, double *out)
{
    qpdf_oh array = pdfin_get(pdf, dict, key);
    bool good = pdfin_count(pdf, array) == count;

    for (size_t i = 0; i < count && good; i++) {
        qpdf_oh item = pdfin_item(pdf, array, i);
        good = qpdf_oh_is_number(pdf->qpdf, item) == QPDF_TRUE;
        out[i] = good ? qpdf_oh_get_numeric_value(pdf->qpdf, item) : 0;
        pdfin_drop(pdf, item);
    }
    pdfin_drop(pdf, array);
    return good;
}

/* Moves into the space of a form, whose box clips. */
static bool
enter_form(struct painter *painter, qpdf_oh form)
{
    struct pdfin *pdf = painter->sheets->pdf;
    double matrix[6] = {1, 0, 0, 1, 0, 0}, side[4];
    struct box box;

    if (pdfin_has(pdf, form, "/Matrix") && !row_of_numbers(pdf, form, "/Matrix", 6, matrix))
        return false;
    multiply(matrix, now(painter)->matrix, now(painter)->matrix);
    if (!row_of_numbers(pdf, form, "/BBox", 4, side))
        return false;
    side[2] -= side[0];
    side[3] -= side[1];
    if (!box_of(now(painter)->matrix, side, &box))
        now(painter)->is_clipped_oddly = true;
    now(painter)->clip = intersection(now(painter)->clip, box);
    return true;
}

static bool
paint_form(struct content *content, qpdf_oh form)
{
    struct painter *painter = content->painter;
    struct pdfin *pdf = painter->sheets->pdf;
    bool has_own = pdfin_has(pdf, form, "/Resources");
    qpdf_oh own = pdfin_get(pdf, form, "/Resources");
    size_t depth = painter->depth;

    bool good = content->form_depth < SHEETS_DEPTH_MAX && !pdfin_has(pdf, form, "/OC") &&
                save(content) && enter_form(painter, form) &&
                run(painter, form, has_own ? own : content->resources, content->form_depth + 1);
    painter->depth = depth;
    pdfin_drop(pdf, own);
    return good;
}

static bool
paint_object(struct content *content)
{
    struct painter *painter = content->painter;
    struct pdfin *pdf = painter->sheets->pdf;
    qpdf_oh object = resource(content, "/XObject");
    struct str kind = pdfin_text(pdf, object, "/Subtype");
    bool good = false;

    if (pdfin_is_stream(pdf, object) && str_is(kind, "Image"))
        good = place(content, sheet_image_of(painter->sheets, object, content->resources));
    else if (pdfin_is_stream(pdf, object) && str_is(kind, "Form"))
        good = paint_form(content, object);
    pdfin_drop(pdf, object);
    return good;
}

/* ---- images in the content itself */

static bool
ends_word(struct str bytes, size_t at)
{
    return at >= bytes.len || parse_is_space(bytes.ptr[at]);
}

/* Where "EI" stands after data from `from`: between blanks, with nothing but text behind it. */
static size_t
end_of_data(struct str bytes, size_t from)
{
    for (size_t at = from; at + 3 <= bytes.len; at++) {
        if (!parse_is_space(bytes.ptr[at]) || bytes.ptr[at + 1] != 'E' ||
            bytes.ptr[at + 2] != 'I' || !ends_word(bytes, at + 3))
            continue;
        bool is_text = true;
        for (size_t i = at + 3; i < at + 16 && i < bytes.len; i++) {
            char c = bytes.ptr[i];
            is_text = is_text && (parse_is_space(c) || (c >= ' ' && c <= '~'));
        }
        if (is_text)
            return at;
    }
    return SIZE_MAX;
}

/* The data of an image without filters have the length that its sides say. */
static size_t
plain_size(const struct sheet_image *image)
{
    unsigned channels = image->space == SHEET_RGB ? 3 : image->space == SHEET_CMYK ? 4 : 1;

    return (((size_t)image->width * image->bits * channels + 7) / 8) * image->height;
}

static bool
read_inline(struct content *content, struct str dict_text, struct sheet_image *image)
{
    struct painter *painter = content->painter;
    struct pdfin *pdf = painter->sheets->pdf;
    struct cos_parser *parser = &content->parser;
    qpdf_oh dict =
        qpdf_oh_parse(pdf->qpdf, arena_printf(painter->scratch, "<<%.*s>>", STR_FMT(dict_text)));

    if (qpdf_has_error(pdf->qpdf) == QPDF_TRUE)
        (void)qpdf_get_error(pdf->qpdf);
    bool good = pdfin_is_dict(pdf, dict) &&
                sheet_image_read(painter->sheets, dict, content->resources, STR(""), image);
    pdfin_drop(pdf, dict);
    size_t from = parser->at;
    size_t end = !good ? SIZE_MAX
                 : image->filter_count == 0 && plain_size(image) <= parser->bytes.len - from
                     ? from + plain_size(image)
                     : end_of_data(parser->bytes, from);
    if (end == SIZE_MAX)
        return false;
    image->bytes = str_dup(pdf->arena, str_sub(parser->bytes, from, end - from));
    parser->at = end;
    parse_space(parser);
    return parse_word(parser, "EI");
}

static bool
paint_inline(struct content *content)
{
    struct cos_parser *parser = &content->parser;
    struct sheet_image *image = arena_alloc(content->painter->sheets->pdf->arena, sizeof *image);
    size_t from = parser->at;

    for (parse_space(parser); !parse_word(parser, "ID"); parse_space(parser)) {
        struct cos ignored;
        if (!parse_cos(parser, &ignored))
            return false;
    }
    struct str dict = str_sub(parser->bytes, from, parser->at - from - 2);
    parser->at++; /* one blank behind ID */
    return parser->at < parser->bytes.len && read_inline(content, dict, image) &&
           place(content, image);
}

/* ---- text and marks */

static bool
show_text(struct content *content)
{
    return now(content->painter)->text_mode == INVISIBLE;
}

static bool
set_text_mode(struct content *content)
{
    double mode;

    if (!numbers(content, 1, &mode))
        return false;
    now(content->painter)->text_mode = mode >= 0 && mode <= 7 ? (long long)mode : 0;
    return true;
}

/* What may be hidden by a reader of the page is not for us to show. */
static bool
begin_mark(struct content *content)
{
    return content->count == 0 || !cos_is_name(&content->operands[0], "OC");
}

/* ---- operators */

enum act {
    ACT_NOTHING,
    ACT_SAVE,
    ACT_RESTORE,
    ACT_MATRIX,
    ACT_STATE,
    ACT_OBJECT,
    ACT_INLINE,
    ACT_RECTANGLE,
    ACT_LINE,
    ACT_CLIP,
    ACT_END_PATH,
    ACT_FILL,
    ACT_GRAY,
    ACT_RGB,
    ACT_CMYK,
    ACT_SPACE,
    ACT_COLOUR,
    ACT_MODE,
    ACT_TEXT,
    ACT_MARK
};

/* Any other operator paints, or means something that is not known here. */
static const struct {
    const char *name;
    enum act act;
} operators[] = {
    {"q", ACT_SAVE},     {"Q", ACT_RESTORE},   {"cm", ACT_MATRIX},    {"gs", ACT_STATE},
    {"Do", ACT_OBJECT},  {"BI", ACT_INLINE},   {"re", ACT_RECTANGLE}, {"m", ACT_LINE},
    {"l", ACT_LINE},     {"c", ACT_LINE},      {"v", ACT_LINE},       {"y", ACT_LINE},
    {"h", ACT_NOTHING},  {"W", ACT_CLIP},      {"W*", ACT_CLIP},      {"n", ACT_END_PATH},
    {"f", ACT_FILL},     {"F", ACT_FILL},      {"f*", ACT_FILL},      {"g", ACT_GRAY},
    {"rg", ACT_RGB},     {"k", ACT_CMYK},      {"cs", ACT_SPACE},     {"sc", ACT_COLOUR},
    {"scn", ACT_COLOUR}, {"G", ACT_NOTHING},   {"RG", ACT_NOTHING},   {"K", ACT_NOTHING},
    {"CS", ACT_NOTHING}, {"SC", ACT_NOTHING},  {"SCN", ACT_NOTHING},  {"w", ACT_NOTHING},
    {"J", ACT_NOTHING},  {"j", ACT_NOTHING},   {"M", ACT_NOTHING},    {"d", ACT_NOTHING},
    {"ri", ACT_NOTHING}, {"i", ACT_NOTHING},   {"BT", ACT_NOTHING},   {"ET", ACT_NOTHING},
    {"Tc", ACT_NOTHING}, {"Tw", ACT_NOTHING},  {"Tz", ACT_NOTHING},   {"TL", ACT_NOTHING},
    {"Tf", ACT_NOTHING}, {"Ts", ACT_NOTHING},  {"Td", ACT_NOTHING},   {"TD", ACT_NOTHING},
    {"Tm", ACT_NOTHING}, {"T*", ACT_NOTHING},  {"Tr", ACT_MODE},      {"Tj", ACT_TEXT},
    {"TJ", ACT_TEXT},    {"'", ACT_TEXT},      {"\"", ACT_TEXT},      {"BMC", ACT_NOTHING},
    {"BDC", ACT_MARK},   {"EMC", ACT_NOTHING}, {"MP", ACT_NOTHING},   {"DP", ACT_NOTHING},
    {"BX", ACT_NOTHING}, {"EX", ACT_NOTHING},
};

static bool
do_colour(struct content *content, enum act act)
{
    switch (act) {
    case ACT_GRAY:
        return fill_colour(content, 1);
    case ACT_RGB:
        return fill_colour(content, 3);
    case ACT_CMYK:
        return fill_colour(content, 4);
    case ACT_SPACE:
        return fill_space(content);
    default:
        /* of one or three numbers in the space that was set, if that is known */
        return fill_colour(content, !now(content->painter)->has_rgb ? 0
                                    : content->count == 3           ? 3
                                                                    : content->count == 1);
    }
}

static bool
do_path(struct content *content, enum act act)
{
    switch (act) {
    case ACT_RECTANGLE:
        return add_rectangle(content);
    case ACT_LINE:
        content->has_lines = true;
        return true;
    case ACT_CLIP:
        content->is_to_clip = true;
        return true;
    case ACT_FILL:
        return fill_path(content);
    default:
        return end_path(content);
    }
}

static bool
do_act(struct content *content, enum act act)
{
    switch (act) {
    case ACT_NOTHING:
        return true;
    case ACT_SAVE:
        return save(content);
    case ACT_RESTORE:
        return restore(content);
    case ACT_MATRIX:
        return concatenate(content);
    case ACT_STATE:
        return change_state(content);
    case ACT_OBJECT:
        return paint_object(content);
    case ACT_INLINE:
        return paint_inline(content);
    case ACT_RECTANGLE:
    case ACT_LINE:
    case ACT_CLIP:
    case ACT_END_PATH:
    case ACT_FILL:
        return do_path(content, act);
    case ACT_GRAY:
    case ACT_RGB:
    case ACT_CMYK:
    case ACT_SPACE:
    case ACT_COLOUR:
        return do_colour(content, act);
    case ACT_MODE:
        return set_text_mode(content);
    case ACT_TEXT:
        return show_text(content);
    case ACT_MARK:
        return begin_mark(content);
    }
    return false;
}

static bool
do_operator(struct content *content, struct str name)
{
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        if (str_is(name, operators[i].name))
            return do_act(content, operators[i].act);
    }
    return false;
}

/* ---- reading it */

/* One operand, or an operator and what it does; false when the page is drawn. */
static bool
read_next(struct content *content)
{
    struct cos_parser *parser = &content->parser;
    struct sheets *sheets = content->painter->sheets;
    char c = parser->bytes.ptr[parser->at];
    size_t from = parser->at;

    if (++sheets->nodes > SHEETS_NODES_MAX)
        return pdfin_fail(sheets->pdf, DIAG_PDFIN_TOO_MUCH,
                          diag_both(sheets->pdf->diags, "objects to look at", "วัตถุที่ต้องดู"),
                          diag_printf(sheets->pdf->diags, "%d", SHEETS_NODES_MAX));
    /* true, false and null come as operands of nothing that is done here */
    if (!ascii_is_letter(c) && c != '\'' && c != '"') {
        bool good =
            content->count < OPERANDS_MAX && parse_cos(parser, &content->operands[content->count]);
        content->count += good;
        return good;
    }
    while (parser->at < parser->bytes.len && !parse_is_space(parser->bytes.ptr[parser->at]) &&
           !parse_is_delimiter(parser->bytes.ptr[parser->at]))
        parser->at++;
    bool good = do_operator(content, str_sub(parser->bytes, from, parser->at - from));
    content->count = 0;
    return good;
}

/* What an operator's operands take is given back behind it. */
static bool
run_content(struct content *content)
{
    struct cos_parser *parser = &content->parser;
    struct arena_mark mark = arena_mark(parser->arena);
    size_t nodes = 0;

    parser->nodes = &nodes;
    for (;;) {
        parse_space(parser);
        if (parser->at >= parser->bytes.len)
            return true;
        if (!read_next(content))
            return false;
        if (content->count == 0) {
            arena_reset(parser->arena, mark);
            parser->stack = NULL;
            parser->stack_count = parser->stack_cap = 0;
            nodes = 0;
        }
    }
}

/* A stream, or several that are one. */
static bool
unpack_all(struct painter *painter, qpdf_oh streams, struct arena *arena, struct buf *out)
{
    struct pdfin *pdf = painter->sheets->pdf;
    bool is_many = pdfin_is_array(pdf, streams);
    size_t count = is_many ? pdfin_count(pdf, streams) : 1;
    bool good = true;

    for (size_t i = 0; i < count && good; i++) {
        qpdf_oh one = is_many ? pdfin_item(pdf, streams, i) : streams;
        struct str part = {NULL, 0};
        good = pdfin_is_stream(pdf, one) && pdfin_step(pdf) &&
               pdfin_unpack(pdf, one, (struct str){NULL, 0}, SHEETS_CONTENT_MAX - out->len,
                            DIAG_WARNING, arena, &part);
        if (good && count == 1)
            *out = (struct buf){arena, (char *)(uintptr_t)part.ptr, part.len, part.len};
        else if (good)
            buf_add(out, part);
        if (good && count > 1)
            buf_byte(out, '\n');
        good = good && out->len < SHEETS_CONTENT_MAX;
        if (is_many)
            pdfin_drop(pdf, one);
    }
    return good;
}

static bool
run(struct painter *painter, qpdf_oh streams, qpdf_oh resources, size_t form_depth)
{
    struct arena *arena = arena_new(0), *before = painter->scratch;
    struct content *content = arena_alloc(arena, sizeof *content);
    struct buf bytes = buf_in(arena);
    bool good = unpack_all(painter, streams, arena, &bytes);

    content->painter = painter;
    content->resources = resources;
    content->form_depth = form_depth;
    content->bottom = painter->depth;
    content->parser = (struct cos_parser){.arena = arena, .bytes = buf_str(&bytes)};
    painter->scratch = arena;
    good = good && run_content(content);
    painter->scratch = before;
    arena_free(arena);
    return good;
}

void
sheet_content(struct sheets *sheets, qpdf_oh page, qpdf_oh resources, const double to_page[6],
              struct sheet *out)
{
    struct arena *arena = arena_new(0);
    struct painter *painter = arena_alloc(arena, sizeof *painter);
    struct state *first = &painter->states[0];
    qpdf_oh contents = pdfin_get(sheets->pdf, page, "/Contents");
    bool is_empty = qpdf_oh_is_null(sheets->pdf->qpdf, contents) == QPDF_TRUE;

    painter->sheets = sheets;
    painter->page = (struct box){0, 0, out->width / (double)UNIT_PT, out->height / (double)UNIT_PT};
    memcpy(first->matrix, to_page, sizeof first->matrix);
    first->has_rgb = true;
    first->clip = (struct box){-INFINITY, -INFINITY, INFINITY, INFINITY};
    out->is_drawn = !is_empty && !run(painter, contents, resources, 0);
    out->place = out->is_drawn ? NULL : painter->places;
    out->count = out->is_drawn ? 0 : painter->count;
    pdfin_drop(sheets->pdf, contents);
    arena_free(arena);
}
