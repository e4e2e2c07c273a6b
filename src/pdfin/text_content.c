/* The content of a page: operators that show text, and to which number of marked content what they
 * show belongs. Where it stands is not asked: lines of ours hold their blanks, those at their ends,
 * too. */
#include "base/ascii.h"
#include "pdfin/shown_inner.h"
#include "pdfin/text_inner.h"

#define CONTENT_MAX ((size_t)64 << 20)
#define OPERANDS_MAX 64
#define FONTS_MAX 256
#define DEPTH_MAX 64
#define NUMBER_NONE SIZE_MAX

/* A sequence of marked content that is open. */
struct sequence {
    size_t number;  /* of itself or of one around it */
    bool is_actual; /* its text was given, what is shown in it counts no more */
};

struct reader {
    struct revisions *r;
    struct arena *arena, *scratch;
    size_t revision;
    const struct cos *fonts, *properties;
    struct {
        struct str name;
        struct shown_font font;
    } known[FONTS_MAX];
    size_t known_count;
    const struct shown_font *font;
    struct cos operands[OPERANDS_MAX];
    size_t count;
    struct sequence open[DEPTH_MAX];
    size_t depth;
    size_t object;    /* counts text objects */
    struct buf *text; /* by number; with the text object that it was last added in */
    size_t *last_object;
    size_t text_count, text_cap, object_count, object_cap;
    bool failed;
};

/* ---- marked content */

static struct sequence
now(const struct reader *reader)
{
    return reader->depth == 0 ? (struct sequence){NUMBER_NONE, false}
                              : reader->open[reader->depth - 1];
}

/* The text of a number, ready to be added to. */
static struct buf *
text_of(struct reader *reader, size_t number)
{
    while (reader->text_count <= number) {
        *ARENA_ADD(reader->scratch, reader->text, reader->text_count, reader->text_cap, 64) =
            buf_in(reader->scratch);
        *ARENA_ADD(reader->scratch, reader->last_object, reader->object_count, reader->object_cap,
                   64) = 0;
    }
    struct buf *text = &reader->text[number];
    if (text->len > 0 && reader->last_object[number] != reader->object)
        buf_byte(text, '\n');
    reader->last_object[number] = reader->object;
    return text;
}

static void
begin_sequence(struct reader *reader, const struct cos *properties)
{
    struct sequence next = now(reader);
    const struct cos *number = cos_at(reader->r, reader->revision, properties, "MCID");
    const struct cos *actual = cos_at(reader->r, reader->revision, properties, "ActualText");

    if (reader->depth == DEPTH_MAX) {
        reader->failed = true;
        return;
    }
    if (number->type == COS_INTEGER) {
        reader->failed = reader->failed || number->integer < 0 || number->integer >= TEXT_MARKS_MAX;
        next.number = (size_t)number->integer;
    }
    if (actual->type == COS_STRING && !next.is_actual && next.number != NUMBER_NONE &&
        !reader->failed) {
        buf_add(text_of(reader, next.number), cos_text(reader->scratch, actual));
        next.is_actual = true;
    }
    reader->open[reader->depth++] = next;
}

static void
mark(struct reader *reader)
{
    const struct cos *properties =
        reader->count == 0 ? &cos_null : &reader->operands[reader->count - 1];

    if (properties->type == COS_NAME)
        properties = cos_at(reader->r, reader->revision, reader->properties,
                            str_cstr(reader->scratch, properties->text));
    begin_sequence(reader, properties);
}

/* ---- text */

static void
set_font(struct reader *reader)
{
    const struct cos *name = &reader->operands[0];

    reader->font = NULL;
    if (reader->count != 2 || name->type != COS_NAME)
        return;
    for (size_t i = 0; i < reader->known_count; i++) {
        if (str_eq(reader->known[i].name, name->text)) {
            reader->font = &reader->known[i].font;
            return;
        }
    }
    if (reader->known_count == FONTS_MAX)
        return;
    const struct cos *ref = cos_get(reader->fonts, str_cstr(reader->scratch, name->text));
    reader->known[reader->known_count].name = name->text;
    reader->known[reader->known_count].font =
        shown_font_read(reader->r, reader->scratch, reader->revision, reader->revision, ref);
    reader->font = &reader->known[reader->known_count++].font;
}

static void
add_codes(struct reader *reader, struct buf *out, struct str codes)
{
    const struct shown_font *font = reader->font;

    reader->failed =
        reader->failed || font == NULL || !font->is_known || (font->is_wide && codes.len % 2 != 0);
    for (size_t i = 0; i < codes.len && !reader->failed; i++) {
        size_t code = (unsigned char)codes.ptr[i];
        if (font->is_wide)
            code = code << 8 | (unsigned char)codes.ptr[++i];
        reader->failed = !shown_font_letters(reader->r, reader->revision, font, code, out);
    }
}

static void
show(struct reader *reader)
{
    const struct cos *what = reader->count == 0 ? &cos_null : &reader->operands[reader->count - 1];
    struct sequence in = now(reader);

    if (in.number == NUMBER_NONE || in.is_actual)
        return;
    struct buf *out = text_of(reader, in.number);
    if (what->type == COS_STRING)
        add_codes(reader, out, what->text);
    for (size_t i = 0; what->type == COS_ARRAY && i < what->count; i++) {
        if (what->items[i].type == COS_STRING)
            add_codes(reader, out, what->items[i].text);
    }
}

static void
do_operator(struct reader *reader, struct str op)
{
    if (str_is(op, "Tj") || str_is(op, "TJ") || str_is(op, "'") || str_is(op, "\"")) {
        show(reader);
    } else if (str_is(op, "Tf")) {
        set_font(reader);
    } else if (str_is(op, "BT")) {
        reader->object++;
    } else if (str_is(op, "BDC")) {
        mark(reader);
    } else if (str_is(op, "BMC")) {
        begin_sequence(reader, &cos_null);
    } else if (str_is(op, "EMC")) {
        reader->failed = reader->failed || reader->depth == 0;
        reader->depth -= reader->depth > 0;
    } else if (str_is(op, "BI")) {
        reader->failed = true; /* what follows is no syntax */
    }
}

static void
run(struct reader *reader, struct str content)
{
    size_t nodes = 0;
    struct cos_parser parser = {.arena = reader->scratch, .bytes = content, .nodes = &nodes};

    while (!reader->failed) {
        parse_space(&parser);
        if (parser.at >= content.len)
            return;
        char c = content.ptr[parser.at];
        if (!ascii_is_letter(c) && c != '\'' && c != '"') {
            reader->failed = reader->count == OPERANDS_MAX ||
                             !parse_cos(&parser, &reader->operands[reader->count]);
            reader->count += !reader->failed;
            continue;
        }
        size_t from = parser.at;
        while (parser.at < content.len && !parse_is_space(content.ptr[parser.at]) &&
               !parse_is_delimiter(content.ptr[parser.at]))
            parser.at++;
        do_operator(reader, str_sub(content, from, parser.at - from));
        reader->count = 0;
    }
}

/* ---- pages */

/* The content of a page: a stream, or several that are one. */
static bool
read_content(struct reader *reader, const struct cos *contents, struct buf *out)
{
    size_t count = contents->type == COS_ARRAY ? contents->count : 1;
    struct str part;

    if (contents->type == COS_NULL)
        return true;
    for (size_t i = 0; i < count; i++) {
        const struct cos *one = contents->type == COS_ARRAY
                                    ? cos_resolve(reader->r, reader->revision, &contents->items[i])
                                    : contents;
        if (!cos_unpack(reader->r, reader->revision, one, CONTENT_MAX, reader->scratch, &part) ||
            out->len + part.len > CONTENT_MAX)
            return false;
        buf_add(out, part);
        buf_byte(out, '\n');
    }
    return true;
}

/* A key of a page, or of what is above it. */
static const struct cos *
inherited(struct revisions *r, size_t revision, const struct cos *page, const char *key)
{
    for (size_t depth = 0; depth < REVISIONS_DEPTH_MAX; depth++) {
        const struct cos *value = cos_at(r, revision, page, key);
        if (value->type != COS_NULL || page->type != COS_DICT)
            return value;
        page = cos_at(r, revision, page, "Parent");
    }
    return &cos_null;
}

static void
keep(const struct reader *reader, struct text_marks *out)
{
    out->text = arena_array(reader->arena, reader->text_count + 1, sizeof *out->text);
    out->count = reader->text_count;
    for (size_t i = 0; i < out->count; i++)
        out->text[i] = str_dup(reader->arena, buf_str(&reader->text[i]));
}

bool
text_marks_read(struct revisions *r, struct arena *arena, size_t revision, size_t page,
                struct text_marks *out)
{
    struct arena *scratch = arena_new(0);
    struct reader *reader = arena_alloc(scratch, sizeof *reader);
    const struct cos *dict = revisions_object(r, revision, page);
    const struct cos *resources = inherited(r, revision, dict, "Resources");
    struct buf content = buf_in(scratch);

    reader->r = r;
    reader->arena = arena;
    reader->scratch = scratch;
    reader->revision = revision;
    reader->fonts = cos_at(r, revision, resources, "Font");
    reader->properties = cos_at(r, revision, resources, "Properties");
    reader->failed = !read_content(reader, cos_at(r, revision, dict, "Contents"), &content);
    run(reader, buf_str(&content));
    bool good = !reader->failed;
    if (good)
        keep(reader, out);
    arena_free(scratch);
    return good;
}
