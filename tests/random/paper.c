/* Reads back what a PDF holds: the text of its structure, and where on the pages text and upright
 * rules are. Objects are libqpdf's to read; glyphs are read by their ToUnicode and widths. */
#include <qpdf/qpdf-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random/random.h"

#define CIDS 65536
#define FONTS 64
#define ROUNDING 0.0005 /* of the size: widths are whole thousandths */

struct face {
    int object;
    struct str *texts; /* by CID */
    double *widths;
};

struct content { /* a numbered sequence of a page */
    struct buf text;
    bool used;
};

struct reading {
    struct paper *paper;
    struct arena *arena;
    qpdf_data qpdf;
    struct face faces[FONTS];
    size_t face_count;
    struct content **contents; /* by page, by number */
    size_t *content_counts;
    int *page_objects;
};

static void
fail(struct reading *reading, const char *why)
{
    if (reading->paper->fault == NULL)
        reading->paper->fault = why;
}

static struct str
stream_of(struct reading *reading, qpdf_oh stream)
{
    unsigned char *bytes = NULL;
    size_t size = 0;

    if (qpdf_oh_get_stream_data(reading->qpdf, stream, qpdf_dl_all, NULL, &bytes, &size) != 0) {
        fail(reading, "a stream cannot be read");
        return STR("");
    }
    struct str out = str_dup(reading->arena, (struct str){(const char *)bytes, size});
    free(bytes);
    return out;
}

/* ---- fonts */

static void
read_texts(struct reading *reading, struct face *face, struct str map)
{
    struct str line;

    while (str_line(&map, &line)) {
        const char *text = str_cstr(reading->arena, line);
        struct buf out = buf_in(reading->arena);
        char hex[2001];
        unsigned cid;

        if (sscanf(text, "<%4X> <%2000[0-9A-Fa-f]>", &cid, hex) < 2 || line.ptr[5] != '>' ||
            str_is(line, "<0000> <FFFF>"))
            continue;
        for (size_t i = 0; hex[i] != '\0'; i += 4) {
            unsigned unit, low;

            sscanf(hex + i, "%4X", &unit);
            if (unit >= 0xD800 && unit < 0xDC00 && sscanf(hex + i + 4, "%4X", &low) == 1) {
                unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                i += 4;
            }
            buf_utf8(&out, unit);
        }
        face->texts[cid % CIDS] = buf_str(&out);
    }
}

static void
read_widths(struct reading *reading, struct face *face, qpdf_oh font)
{
    qpdf_data q = reading->qpdf;
    qpdf_oh below = qpdf_oh_get_array_item(q, qpdf_oh_get_key(q, font, "/DescendantFonts"), 0);
    qpdf_oh list = qpdf_oh_get_key(q, below, "/W");
    int count = qpdf_oh_get_array_n_items(q, list);

    for (int i = 0; i + 1 < count; i += 2) {
        int first = qpdf_oh_get_int_value_as_int(q, qpdf_oh_get_array_item(q, list, i));
        qpdf_oh row = qpdf_oh_get_array_item(q, list, i + 1);

        for (int j = 0; j < qpdf_oh_get_array_n_items(q, row); j++)
            face->widths[(first + j) % CIDS] =
                qpdf_oh_get_numeric_value(q, qpdf_oh_get_array_item(q, row, j)) / 1000;
    }
}

static const struct face *
face_of(struct reading *reading, qpdf_oh page, const char *name)
{
    qpdf_data q = reading->qpdf;
    qpdf_oh fonts = qpdf_oh_get_key(q, qpdf_oh_get_key(q, page, "/Resources"), "/Font");
    qpdf_oh font = qpdf_oh_get_key(q, fonts, name);
    int object = qpdf_oh_get_object_id(q, font);

    for (size_t i = 0; i < reading->face_count; i++)
        if (reading->faces[i].object == object)
            return &reading->faces[i];
    if (reading->face_count == FONTS || object == 0) {
        fail(reading, "too many fonts, or none");
        return &reading->faces[0];
    }
    struct face *face = &reading->faces[reading->face_count++];
    face->object = object;
    face->texts = arena_array(reading->arena, CIDS, sizeof *face->texts);
    face->widths = arena_array(reading->arena, CIDS, sizeof *face->widths);
    read_texts(reading, face, stream_of(reading, qpdf_oh_get_key(q, font, "/ToUnicode")));
    read_widths(reading, face, font);
    return face;
}

/* ---- pages */

struct drawing { /* where the reading of a page is */
    unsigned page;
    qpdf_oh object;
    const struct face *face;
    double size, x, y, pen, from[2], to[2]; /* the line begins at x, and has come to pen */
    int depth, artifact, number;            /* of the sequence; the artifact's depth; -1 none */
    char tag[32], name[64];
};

static void
add_text(struct reading *reading, struct drawing *at, struct str text)
{
    size_t number = (size_t)at->number, *count = &reading->content_counts[at->page];

    if (at->number < 0 || at->artifact > 0)
        return;
    struct content **contents = &reading->contents[at->page];
    if (number >= *count) {
        struct content *more = arena_array(reading->arena, 2 * number + 64, sizeof *more);

        if (*count > 0)
            memcpy(more, *contents, *count * sizeof *more);
        *contents = more;
        *count = 2 * number + 64;
    }
    if ((*contents)[number].text.arena == NULL)
        (*contents)[number].text = buf_in(reading->arena);
    buf_add(&(*contents)[number].text, text);
}

static bool
is_blank(struct str text)
{
    return str_trim(text).len == 0 || str_is(text, "\u00A0");
}

/* A string or the array of TJ, from behind its bracket. */
static void
show(struct reading *reading, struct drawing *at, const char *text)
{
    struct paper *paper = reading->paper;
    struct buf out = buf_in(reading->arena);
    unsigned counts[256] = {0}, most = 0; /* of the same glyph, or more */
    double x = 0, end = 0;

    if (at->face == NULL) {
        fail(reading, "text without a font");
        return;
    }
    while (*text != '\0' && *text != ']') {
        unsigned cid;
        char *next;

        if (*text == '<') {
            for (text++; sscanf(text, "%4x", &cid) == 1 && *text != '>'; text += 4) {
                buf_add(&out, at->face->texts[cid]);
                x += at->face->widths[cid] * at->size;
                most = ++counts[cid & 255] > most ? counts[cid & 255] : most;
                end = is_blank(at->face->texts[cid]) || x < end ? end : x;
            }
            text += *text == '>';
            continue;
        }
        double move = strtod(text, &next);
        if (next == text) {
            text++;
            continue;
        }
        x -= move / 1000 * at->size;
        text = next;
    }
    add_text(reading, at, buf_str(&out));
    paper->marks = arena_grow(paper->arena, paper->marks, paper->mark_count, &paper->mark_cap,
                              sizeof *paper->marks, 1024);
    paper->marks[paper->mark_count++] = (struct mark){at->page,
                                                      at->artifact > 0,
                                                      at->pen,
                                                      at->y,
                                                      end,
                                                      at->size,
                                                      0.03 + ROUNDING * at->size * most,
                                                      buf_str(&out)};
    at->pen += x;
}

static void
draw_line(struct reading *reading, struct drawing *at)
{
    struct paper *paper = reading->paper;
    double low = at->from[1], high = at->to[1];

    if (at->from[0] != at->to[0])
        return;
    paper->uprights = arena_grow(paper->arena, paper->uprights, paper->upright_count,
                                 &paper->upright_cap, sizeof *paper->uprights, 256);
    paper->uprights[paper->upright_count++] =
        (struct upright){at->page, at->from[0], low < high ? low : high, low < high ? high : low};
}

static void
begin_sequence(struct reading *reading, struct drawing *at, struct str line)
{
    size_t number = str_find(line, STR("/MCID"));

    at->depth++;
    if (str_starts(line, STR("/Artifact")) && at->artifact == 0)
        at->artifact = at->depth;
    if (number != SIZE_MAX) {
        if (at->number >= 0 || at->artifact > 0)
            fail(reading, "marked content inside of other");
        at->number = atoi(line.ptr + number + 5);
    }
}

static void
end_sequence(struct reading *reading, struct drawing *at)
{
    if (--at->depth < 0)
        fail(reading, "EMC without a beginning");
    if (at->artifact > at->depth)
        at->artifact = 0;
    if (at->depth == 0)
        at->number = -1;
}

/* One operator with what stands before it on its line. */
static void
read_line(struct reading *reading, struct drawing *at, struct str line)
{
    const char *text = str_cstr(reading->arena, line);
    double a, b, c, d;

    if (str_ends(line, STR("BDC")) || str_ends(line, STR("BMC"))) {
        begin_sequence(reading, at, line);
    } else if (str_is(line, "EMC")) {
        end_sequence(reading, at);
    } else if (str_is(line, "BT")) {
        at->x = at->y = at->pen = 0;
    } else if (sscanf(text, "%60s %lf Tf", at->name, &a) == 2 && str_ends(line, STR(" Tf"))) {
        at->face = face_of(reading, at->object, at->name);
        at->size = a;
    } else if (str_ends(line, STR(" Td")) && sscanf(text, "%lf %lf Td", &a, &b) == 2) {
        at->pen = at->x += a;
        at->y += b;
    } else if (str_ends(line, STR(" Tm"))) {
        if (sscanf(text, "%*f %*f %*f %*f %lf %lf", &a, &b) == 2)
            at->pen = at->x = a, at->y = b;
    } else if (str_ends(line, STR("Tj")) || str_ends(line, STR("TJ"))) {
        if (at->number < 0 && at->artifact == 0)
            fail(reading, "text outside of marked content");
        show(reading, at, text + (text[0] == '['));
    } else if (sscanf(text, "%lf %lf m %lf %lf l S", &a, &b, &c, &d) == 4) {
        at->from[0] = a, at->from[1] = b, at->to[0] = c, at->to[1] = d;
        draw_line(reading, at);
    }
}

static void
read_page(struct reading *reading, unsigned number)
{
    struct drawing at = {.page = number, .number = -1};
    qpdf_data q = reading->qpdf;
    struct str content, line;

    at.object = qpdf_get_page_n(q, number);
    reading->page_objects[number] = qpdf_oh_get_object_id(q, at.object);
    qpdf_oh box = qpdf_oh_get_key(q, at.object, "/MediaBox");
    for (int i = 0; i < 2; i++)
        reading->paper->sizes[number][i] =
            qpdf_oh_get_numeric_value(q, qpdf_oh_get_array_item(q, box, 2 + i));
    content = stream_of(reading, qpdf_oh_get_key(q, at.object, "/Contents"));
    while (str_line(&content, &line))
        read_line(reading, &at, str_trim(line));
    if (at.depth != 0)
        fail(reading, "marked content that does not end");
}

/* ---- the structure */

static void
take_content(struct reading *reading, int page, int number, bool figure)
{
    for (unsigned i = 0; i < reading->paper->page_count; i++) {
        if (reading->page_objects[i] != page)
            continue;
        if (number < 0 || (size_t)number >= reading->content_counts[i])
            return; /* without text: a picture */
        struct content *content = &reading->contents[i][number];
        if (content->used)
            fail(reading, "marked content in two elements");
        content->used = true;
        if (!figure)
            buf_add(&reading->paper->text, buf_str(&content->text));
        return;
    }
    fail(reading, "an element is on no page");
}

static void read_element(struct reading *reading, qpdf_oh element, int page, int depth);

/* The letters in a figure are drawn; its caption is an element of its own. */
static void
read_kid(struct reading *reading, qpdf_oh kid, int page, int depth, bool figure)
{
    qpdf_data q = reading->qpdf;

    if (qpdf_oh_is_integer(q, kid)) {
        take_content(reading, page, qpdf_oh_get_int_value_as_int(q, kid), figure);
    } else if (qpdf_oh_has_key(q, kid, "/MCID")) {
        qpdf_oh own = qpdf_oh_get_key(q, kid, "/Pg");

        take_content(reading, qpdf_oh_is_null(q, own) ? page : qpdf_oh_get_object_id(q, own),
                     qpdf_oh_get_int_value_as_int(q, qpdf_oh_get_key(q, kid, "/MCID")), figure);
    } else if (qpdf_oh_has_key(q, kid, "/S")) {
        read_element(reading, kid, page, depth + 1);
    }
}

static void
read_element(struct reading *reading, qpdf_oh element, int page, int depth)
{
    qpdf_data q = reading->qpdf;
    qpdf_oh own = qpdf_oh_get_key(q, element, "/Pg"), kids = qpdf_oh_get_key(q, element, "/K");
    const char *type = qpdf_oh_get_name(q, qpdf_oh_get_key(q, element, "/S"));
    bool figure = strcmp(type, "/Figure") == 0;

    if (depth > 100) {
        fail(reading, "a structure without end");
        return;
    }
    page = qpdf_oh_is_null(q, own) ? page : qpdf_oh_get_object_id(q, own);
    if (qpdf_oh_is_array(q, kids)) {
        for (int i = 0; i < qpdf_oh_get_array_n_items(q, kids); i++)
            read_kid(reading, qpdf_oh_get_array_item(q, kids, i), page, depth, figure);
    } else if (!qpdf_oh_is_null(q, kids)) {
        read_kid(reading, kids, page, depth, figure);
    }
}

static void
read_all(struct reading *reading)
{
    struct paper *paper = reading->paper;
    qpdf_data q = reading->qpdf;
    int count = qpdf_get_num_pages(q);

    if (count <= 0) {
        fail(reading, "no pages");
        return;
    }
    paper->page_count = (unsigned)count;
    paper->sizes = arena_array(paper->arena, paper->page_count, sizeof *paper->sizes);
    reading->contents = arena_array(paper->arena, paper->page_count, sizeof *reading->contents);
    reading->content_counts =
        arena_array(paper->arena, paper->page_count, sizeof *reading->content_counts);
    reading->page_objects =
        arena_array(paper->arena, paper->page_count, sizeof *reading->page_objects);
    for (unsigned i = 0; i < paper->page_count; i++)
        read_page(reading, i);
    qpdf_oh tree = qpdf_oh_get_key(q, qpdf_get_root(q), "/StructTreeRoot");
    qpdf_oh top = qpdf_oh_get_key(q, tree, "/K");
    if (qpdf_oh_is_array(q, top))
        top = qpdf_oh_get_array_item(q, top, 0);
    read_element(reading, top, 0, 0);
    for (unsigned i = 0; i < paper->page_count; i++)
        for (size_t j = 0; j < reading->content_counts[i]; j++)
            if (reading->contents[i][j].text.len > 0 && !reading->contents[i][j].used)
                fail(reading, "marked content in no element");
}

struct paper
paper_read(struct arena *arena, const char *bytes, size_t size)
{
    struct paper paper = {.arena = arena, .text = buf_in(arena)};
    struct reading reading = {.paper = &paper, .arena = arena, .qpdf = qpdf_init()};

    qpdf_silence_errors(reading.qpdf);
    qpdf_set_suppress_warnings(reading.qpdf, QPDF_TRUE);
    if (qpdf_read_memory(reading.qpdf, "report.pdf", bytes, size, NULL) != 0)
        fail(&reading, "libqpdf cannot read it");
    else
        read_all(&reading);
    qpdf_cleanup(&reading.qpdf);
    return paper;
}
