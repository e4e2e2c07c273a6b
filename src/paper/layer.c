/* The content of a page, reduced to its text. Operators are copied as they stand there, but only
 * such as belong to text; everything else is passed over, and what might make the rest mean
 * something else ends the reading. */
#include "paper/layer.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "pdfin/cos.h"
#include "pdfin/cos_parse.h"

#define OPERANDS_MAX 64
#define SAVED_MAX 28 /* q within q (ISO 19005-3 §6.1.13), ours besides */
#define DEPTH_MAX 64
#define LAYER_MARKS_MAX 10000 /* sequences of a page */
#define SIDE_MAX 14400        /* of a page */

struct layer {
    struct pdf_objects *objects;
    struct revisions *revisions;
    struct layer_fonts *fonts;
    const size_t *pages;
    size_t page_count;
};

/* A sequence of marked content that is open. */
struct sequence {
    bool is_kept;
    bool in_text;
    size_t from; /* where it begins in what was written */
    size_t bare; /* and where what is in it does, if it says nothing itself; else SIZE_MAX */
};

/* What was saved by q, and what came since. */
struct saved {
    size_t from; /* where the operator stands in what was written */
    bool has_text;
};

struct reader {
    struct layer *layer;
    struct arena *scratch;
    const struct cos *fonts, *properties; /* of the page's resources */
    struct pdf_value *used;               /* /Font of the new ones */
    const struct cos *parents;            /* of its marked content */
    struct layer_block *marks;
    size_t mark_count, mark_cap;
    struct buf out;
    struct cos operands[OPERANDS_MAX];
    size_t count;
    struct saved saved[SAVED_MAX];
    size_t saved_count;
    struct sequence open[DEPTH_MAX];
    size_t open_count;
    bool in_text;
    bool failed;
};

/* ---- operators that are copied: where they may stand, and their operands: n a number, N a name,
 * s a string, a an array of strings and numbers */

#define IN_TEXT 1
#define OUTSIDE 2
#define ANYWHERE (IN_TEXT | OUTSIDE)

static const struct kept {
    const char *name, *operands;
    unsigned where;
} kept[] = {
    {"BT", "", OUTSIDE},   {"ET", "", IN_TEXT},       {"q", "", OUTSIDE},
    {"Q", "", OUTSIDE},    {"cm", "nnnnnn", OUTSIDE}, {"Tf", "Nn", ANYWHERE},
    {"Tc", "n", ANYWHERE}, {"Tw", "n", ANYWHERE},     {"Tz", "n", ANYWHERE},
    {"TL", "n", ANYWHERE}, {"Ts", "n", ANYWHERE},     {"Td", "nn", IN_TEXT},
    {"TD", "nn", IN_TEXT}, {"Tm", "nnnnnn", IN_TEXT}, {"T*", "", IN_TEXT},
    {"Tj", "s", IN_TEXT},  {"'", "s", IN_TEXT},       {"\"", "nns", IN_TEXT},
    {"TJ", "a", IN_TEXT},
};

static bool
is_number(const struct cos *node)
{
    return node->type == COS_INTEGER || node->type == COS_REAL;
}

static bool
is_shown(const struct cos *node)
{
    return node->type == COS_STRING && node->text.len <= PDF_STRING_MAX;
}

static bool
is_array(const struct cos *node)
{
    bool good = node->type == COS_ARRAY;

    for (size_t i = 0; good && i < node->count; i++)
        good = is_number(&node->items[i]) || is_shown(&node->items[i]);
    return good;
}

static bool
is_of_kind(const struct cos *node, char kind)
{
    switch (kind) {
    case 'n':
        return is_number(node);
    case 'N':
        return node->type == COS_NAME;
    case 's':
        return is_shown(node);
    default:
        return is_array(node);
    }
}

static bool
has_operands(const struct reader *reader, const char *kinds)
{
    size_t i = 0;

    while (kinds[i] != '\0' && i < reader->count && is_of_kind(&reader->operands[i], kinds[i]))
        i++;
    return kinds[i] == '\0' && i == reader->count;
}

/* ---- what operators do besides */

/* The font gets into the resources under the name that it has. */
static bool
use_font(struct reader *reader)
{
    struct arena *arena = reader->layer->objects->arena;
    struct str name = reader->operands[0].text;

    for (const struct pdf_value *at = reader->used->first; at != NULL; at = at->next) {
        if (str_eq(at->key, name))
            return true;
    }
    unsigned handle =
        layer_font(reader->layer->fonts, cos_get(reader->fonts, str_cstr(reader->scratch, name)));
    if (handle != 0)
        pdf_set_key(reader->used, str_dup(arena, name), pdf_ref(arena, handle));
    return handle != 0;
}

static bool
save_state(struct reader *reader)
{
    if (reader->saved_count == SAVED_MAX)
        return false;
    reader->saved[reader->saved_count++] = (struct saved){reader->out.len, false};
    return true;
}

/* After what shows no text the state is as it was, so that nothing need be left of it. */
static bool
restore_state(struct reader *reader, bool *is_empty)
{
    if (reader->saved_count == 0)
        return false;
    const struct saved *saved = &reader->saved[--reader->saved_count];
    *is_empty = !saved->has_text;
    if (*is_empty)
        reader->out.len = saved->from;
    return true;
}

static void
note_text(struct reader *reader)
{
    for (size_t i = 0; i < reader->saved_count; i++)
        reader->saved[i].has_text = true;
}

/* True when the operator is to be copied. */
static bool
obey(struct reader *reader, struct str op)
{
    bool is_empty = false;

    if (str_is(op, "BT") || str_is(op, "ET")) {
        note_text(reader);
        reader->in_text = str_is(op, "BT");
    }
    if (str_is(op, "q"))
        reader->failed = !save_state(reader);
    else if (str_is(op, "Q"))
        reader->failed = !restore_state(reader, &is_empty);
    else if (str_is(op, "Tf"))
        reader->failed = !use_font(reader);
    return !reader->failed && !is_empty;
}

/* ---- marked content: what belongs to a paragraph, and what has its text given, stays, with that
 * alone; what belongs to none says so */

/* The properties of a sequence: a dictionary, or cos_null. */
static const struct cos *
properties_of(const struct reader *reader)
{
    const struct cos *properties =
        reader->count == 0 ? &cos_null : &reader->operands[reader->count - 1];

    if (properties->type == COS_NAME)
        properties = cos_at(reader->layer->revisions, 0, reader->properties,
                            str_cstr(reader->scratch, properties->text));
    return properties->type == COS_DICT ? properties : &cos_null;
}

/* Numbers the sequence where a paragraph has it. */
static bool
add_mark(struct reader *reader, const struct cos *properties)
{
    struct revisions *r = reader->layer->revisions;
    const struct cos *number = cos_at(r, 0, properties, "MCID");

    if (number->type != COS_INTEGER || reader->mark_count == LAYER_MARKS_MAX)
        return false;
    const struct layer_block block = layer_block_of(r, reader->parents, number->integer);
    if (block.element == 0)
        return false;
    *ARENA_ADD(reader->layer->objects->arena, reader->marks, reader->mark_count, reader->mark_cap,
               64) = block;
    return true;
}

static void
write_properties(struct reader *reader, bool has_mark, const struct cos *text)
{
    buf_text(&reader->out, "<<");
    if (has_mark)
        buf_printf(&reader->out, "/MCID %zu", reader->mark_count);
    if (text->type == COS_STRING) {
        buf_text(&reader->out, "/ActualText<");
        for (size_t i = 0; i < text->text.len; i++)
            buf_printf(&reader->out, "%02X", (unsigned char)text->text.ptr[i]);
        buf_byte(&reader->out, '>');
    }
    buf_text(&reader->out, ">>BDC\n");
}

static void
begin_sequence(struct reader *reader, bool has_properties)
{
    const struct cos *properties = has_properties ? properties_of(reader) : &cos_null;
    const struct cos *text = cos_at(reader->layer->revisions, 0, properties, "ActualText");
    bool is_artifact = reader->count > 0 && cos_is_name(&reader->operands[0], "Artifact");

    if (reader->open_count == DEPTH_MAX) {
        reader->failed = true;
        return;
    }
    bool has_mark = !is_artifact && add_mark(reader, properties), is_given = is_shown(text);
    struct sequence *sequence = &reader->open[reader->open_count++];
    *sequence = (struct sequence){is_artifact || has_mark || is_given, reader->in_text,
                                  reader->out.len, SIZE_MAX};
    if (!sequence->is_kept)
        return;
    buf_text(&reader->out, is_artifact ? "/Artifact" : "/Span");
    if (has_mark || is_given) {
        write_properties(reader, has_mark, is_given ? text : &cos_null);
        note_text(reader);
    } else {
        buf_text(&reader->out, " BMC\n");
        sequence->bare = reader->out.len;
    }
}

static void
end_sequence(struct reader *reader)
{
    if (reader->open_count == 0 ||
        reader->open[reader->open_count - 1].in_text != reader->in_text) {
        reader->failed = true;
        return;
    }
    const struct sequence *sequence = &reader->open[--reader->open_count];
    if (sequence->is_kept && sequence->bare == reader->out.len)
        reader->out.len = sequence->from;
    else if (sequence->is_kept)
        buf_text(&reader->out, "EMC\n");
}

/* ---- a page */

static void
do_operator(struct reader *reader, struct str op, struct str whole)
{
    if (str_is(op, "BDC") || str_is(op, "BMC")) {
        begin_sequence(reader, str_is(op, "BDC"));
        return;
    }
    if (str_is(op, "EMC")) {
        end_sequence(reader);
        return;
    }
    reader->failed = str_is(op, "BI"); /* what follows is no syntax */
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        if (!str_is(op, kept[i].name))
            continue;
        reader->failed = (kept[i].where & (reader->in_text ? IN_TEXT : OUTSIDE)) == 0 ||
                         !has_operands(reader, kept[i].operands);
        if (!reader->failed && obey(reader, op)) {
            buf_add(&reader->out, whole);
            buf_byte(&reader->out, '\n');
        }
        return;
    }
}

static void
run(struct reader *reader, struct str content)
{
    size_t nodes = 0, first = 0;
    struct cos_parser parser = {.arena = reader->scratch, .bytes = content, .nodes = &nodes};

    while (!reader->failed) {
        parse_space(&parser);
        if (parser.at >= content.len)
            return;
        char c = content.ptr[parser.at];
        size_t from = parser.at;
        if (reader->count == 0)
            first = from;
        if (!ascii_is_letter(c) && c != '\'' && c != '"') {
            reader->failed = reader->count == OPERANDS_MAX ||
                             !parse_cos(&parser, &reader->operands[reader->count]);
            reader->count += !reader->failed;
            continue;
        }
        while (parser.at < content.len && !parse_is_space(content.ptr[parser.at]) &&
               !parse_is_delimiter(content.ptr[parser.at]))
            parser.at++;
        do_operator(reader, str_sub(content, from, parser.at - from),
                    str_sub(content, first, parser.at - first));
        reader->count = 0;
    }
}

/* The content of a page: a stream, or several that are one. */
static bool
read_content(const struct reader *reader, const struct cos *contents, struct buf *out)
{
    struct revisions *r = reader->layer->revisions;
    size_t count = contents->type == COS_ARRAY ? contents->count : 1;
    struct str part;

    for (size_t i = 0; i < count && contents->type != COS_NULL; i++) {
        const struct cos *one =
            contents->type == COS_ARRAY ? cos_resolve(r, 0, &contents->items[i]) : contents;
        if (!cos_unpack(r, 0, one, LAYER_CONTENT_MAX - out->len, reader->scratch, &part) ||
            part.len >= LAYER_CONTENT_MAX - out->len)
            return false;
        buf_add(out, part);
        buf_byte(out, '\n');
    }
    return true;
}

/* A key of a page, or of what is above it. */
static const struct cos *
inherited(const struct layer *layer, const struct cos *page, const char *key)
{
    for (size_t depth = 0; depth < REVISIONS_DEPTH_MAX; depth++) {
        const struct cos *value = cos_at(layer->revisions, 0, page, key);
        if (value->type != COS_NULL || page->type != COS_DICT)
            return value;
        page = cos_at(layer->revisions, 0, page, "Parent");
    }
    return &cos_null;
}

/* Ours begin at the origin and are never turned. */
static bool
set_sides(const struct layer *layer, const struct cos *page, struct layer_page *out)
{
    const struct cos *box = inherited(layer, page, "MediaBox");
    double side[4];

    if (box->type != COS_ARRAY || box->count != 4 ||
        cos_real(inherited(layer, page, "Rotate")) != 0)
        return false;
    for (size_t i = 0; i < 4; i++)
        side[i] = cos_real(cos_resolve(layer->revisions, 0, &box->items[i]));
    out->width = side[2];
    out->height = side[3];
    return side[0] == 0 && side[1] == 0 && side[2] >= 1 && side[2] <= SIDE_MAX && side[3] >= 1 &&
           side[3] <= SIDE_MAX;
}

static bool
read_page(struct reader *reader, const struct cos *page, struct layer_page *out)
{
    const struct layer *layer = reader->layer;
    const struct cos *resources = inherited(layer, page, "Resources");
    struct buf content = buf_in(reader->scratch);

    reader->fonts = cos_at(layer->revisions, 0, resources, "Font");
    reader->properties = cos_at(layer->revisions, 0, resources, "Properties");
    reader->parents = layer_parents(layer->revisions, page);
    reader->used = out->fonts = pdf_dict(layer->objects->arena);
    reader->out = buf_in(layer->objects->arena);
    if (page->type != COS_DICT || !set_sides(layer, page, out) ||
        !read_content(reader, cos_at(layer->revisions, 0, page, "Contents"), &content))
        return false;
    run(reader, buf_str(&content));
    out->content = buf_str(&reader->out);
    out->marks = reader->marks;
    out->mark_count = reader->mark_count;
    return !reader->failed && !reader->in_text && reader->saved_count == 0 &&
           reader->open_count == 0;
}

struct layer *
layer_open(struct pdf_objects *objects, struct str pdf)
{
    struct layer *layer = arena_alloc(objects->arena, sizeof *layer);

    layer->objects = objects;
    layer->revisions = revisions_open_alone(objects->arena, pdf, true);
    layer->fonts = layer_fonts_open(objects, layer->revisions);
    if (revisions_count(layer->revisions) > 0)
        layer->pages = revisions_pages(layer->revisions, 0, &layer->page_count);
    return layer;
}

bool
layer_page(struct layer *layer, size_t number, struct layer_page *out)
{
    struct arena *scratch = arena_new(0);
    struct reader *reader = arena_alloc(scratch, sizeof *reader);

    reader->layer = layer;
    reader->scratch = scratch;
    bool good =
        number >= 1 && number <= layer->page_count &&
        read_page(reader, revisions_object(layer->revisions, 0, layer->pages[number - 1]), out);
    arena_free(scratch);
    return good;
}
