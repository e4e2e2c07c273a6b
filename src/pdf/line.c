/* Lines of text: one text object a line, and in it what belongs to different structure elements
 * one after the other, each with the text that it stands for where it is stretched. */
#include <math.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "pdf/object.h"
#include "pdf/paint.h"

/* From this gap between clusters on (1/1000 em) poppler starts new words after marks, and the
 * line's text is written beside it; so it is where the gaps are negative. */
#define GAP_PLAIN 28
#define SINE_PLACES 6
/* Bytes of UTF-8; no character takes more bytes of UTF-16 than twice that. */
#define ACTUAL_TEXT_MAX ((PDF_STRING_MAX - 2) / 2)

/* Clusters of an item that belong together. */
struct stretch {
    const struct item *item;
    size_t from, to;
    struct mark mark;
};

/* Those of a line. */
struct stretches {
    struct stretch *stretch;
    size_t count, cap;
    struct buf text; /* to stand beside them */
};

/* ---- which clusters belong together */

static bool
has_text(const struct item *item)
{
    return item->kind == ITEM_TEXT && item->as.text.count > 0;
}

static void
add_stretch(struct paint *paint, struct stretches *out, const struct item *item, size_t from,
            size_t to, struct mark mark)
{
    out->stretch = arena_grow(paint->pieces->arena, out->stretch, out->count, &out->cap,
                              sizeof(*out->stretch), 4);
    out->stretch[out->count++] = (struct stretch){item, from, to, mark};
}

static void
add_item(struct paint *paint, struct stretches *out, const struct item *item)
{
    const struct cluster *clusters = item->as.text.clusters;
    struct mark mark = mark_of(paint, item);
    size_t count = item->as.text.count;

    if (mark.tag == NULL) {
        add_stretch(paint, out, item, 0, count, mark);
        return;
    }
    for (size_t from = 0, to = 0; from < count; from = to) {
        size_t end = 0;
        struct mark own = mark;

        own.tag = tags_at(paint->tags, mark.tag, item, clusters[from].text, &end);
        for (to = from + 1; to < count && clusters[to].text < end;)
            to++;
        add_stretch(paint, out, item, from, to, own);
    }
}

/* ---- the text that stands beside stretched clusters */

/* Adds the characters of clusters without those that show nothing. */
static void
add_text(struct buf *out, const struct stretch *stretch)
{
    for (size_t i = stretch->from; i < stretch->to; i++) {
        const struct cluster *cluster = &stretch->item->as.text.clusters[i];
        struct str own = str_sub(stretch->item->as.text.source, cluster->text, cluster->text_len);

        for (size_t at = 0; at < own.len;) {
            uint32_t code_point = utf8_next(own, &at);

            if (!piece_drops(code_point))
                buf_utf8(out, code_point == UTF8_BAD ? 0xfffd : code_point);
        }
    }
}

/* True when extractors would misread the gaps: where letters stand closer poppler takes a mark for
 * the beginning of something else. */
static bool
is_stretched(const struct stretch *stretch, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct item *item = stretch[i].item;
        int64_t gap = item->as.text.cluster_gap;

        if (gap < 0 || gap * 1000 > (int64_t)item->as.text.clusters[0].size * GAP_PLAIN)
            return true;
    }
    return false;
}

/* Opens a sequence with the text of stretched clusters; false when they need none. */
static bool
open_text(struct paint *paint, const struct stretch *stretch, size_t count)
{
    struct buf *text = &paint->line->text;

    if (!is_stretched(stretch, count))
        return false;
    text->len = 0;
    for (size_t i = 0; i < count; i++)
        add_text(text, &stretch[i]);
    if (text->len == 0 || text->len > ACTUAL_TEXT_MAX)
        return false;
    buf_text(&paint->out, "/Span<</ActualText<FEFF");
    pdf_utf16_hex(&paint->out, buf_str(text));
    buf_text(&paint->out, ">>>BDC\n");
    return true;
}

/* ---- lines */

/* Sets the text matrix of a turned part (the stamp); later parts of its line follow it. */
static void
turn(struct paint *paint, const struct item *item)
{
    double radian = item->as.text.turn % 360 * 3.14159265358979323846 / 180;
    int64_t cosine = llround(cos(radian) * 1e6), sine = llround(sin(radian) * 1e6);
    const int64_t matrix[4] = {cosine, sine, -sine, cosine};

    for (int i = 0; i < 4; i++) {
        pdf_decimal(&paint->out, matrix[i], SINE_PLACES);
        buf_byte(&paint->out, ' ');
    }
    pdf_number(&paint->out, item->x);
    buf_byte(&paint->out, ' ');
    pdf_number(&paint->out, (int64_t)paint->height - item->y);
    buf_text(&paint->out, " Tm\n");
    paint->line_x = item->x;
    paint->line_y = (int64_t)paint->height - item->y;
}

static void
begin_line(struct paint *paint, const struct item *item)
{
    buf_text(&paint->out, "BT\n");
    paint->line_x = paint->line_y = 0;
    paint->pen = 0;
    paint->font = 0;
    if (item->as.text.turn % 360 != 0)
        turn(paint, item);
}

/* Paints stretches that belong together, and the text of stretched ones beside them. */
static bool
paint_group(struct paint *paint, const struct stretch *stretch, size_t count,
            const struct cluster **before)
{
    bool beside = open_text(paint, stretch, count);

    for (size_t i = 0; i < count; i++) {
        const struct item *item = stretch[i].item;

        if (!paint_clusters(paint, item, stretch[i].from, stretch[i].to, *before))
            return false;
        if (stretch[i].to == item->as.text.count)
            *before = &item->as.text.clusters[item->as.text.count - 1];
    }
    if (beside)
        paint_interrupt(paint, "EMC\n");
    return true;
}

/* How many stretches from the first on belong to the same. */
static size_t
group_length(const struct stretches *line, size_t from)
{
    size_t to = from + 1;

    while (to < line->count && mark_same(line->stretch[to].mark, line->stretch[from].mark))
        to++;
    return to - from;
}

/* Paints stretches from … to - 1 as one text object, each group `marked` by itself in it. */
static bool
paint_object(struct paint *paint, const struct stretches *line, size_t from, size_t to, bool marked,
             const struct cluster **before)
{
    begin_line(paint, line->stretch[from].item);
    for (size_t length = 0; from < to; from += length) {
        length = group_length(line, from);
        if (marked)
            mark_open(paint, line->stretch[from].mark);
        if (!paint_group(paint, &line->stretch[from], length, before))
            return false;
        if (marked)
            paint_interrupt(paint, "EMC\n");
    }
    paint_end_show(paint);
    buf_text(&paint->out, "ET\n");
    return true;
}

/* Where the stretches begin whose sequence is opened outside of a text object: it can go on behind
 * the line, but what is opened there cannot end inside. Of a line of several elements this is the
 * last one when `after` is of it, too (the body of a list item, behind its label), and starts at a
 * place of its own. */
static size_t
outside_from(struct paint *paint, const struct stretches *line, const struct item *after)
{
    size_t last = 0, end = 0;

    for (size_t length = 0; (length = group_length(line, last)) < line->count - last;)
        last += length;
    const struct stretch *stretch = &line->stretch[last];
    if (last == 0)
        return 0;
    if (stretch->from > 0 || stretch->mark.tag == NULL || after == NULL || !has_text(after))
        return line->count;
    struct mark next = mark_of(paint, after);
    if (next.tag != NULL)
        next.tag = tags_at(paint->tags, next.tag, after, after->as.text.clusters[0].text, &end);
    return mark_same(next, stretch->mark) ? last : line->count;
}

struct stretches *
paint_stretches(struct arena *arena)
{
    struct stretches *line = arena_alloc(arena, sizeof(*line));

    line->text = buf_in(arena);
    return line;
}

bool
paint_line(struct paint *paint, const struct item *items, size_t count, const struct item *after)
{
    const struct cluster *before = NULL;
    struct stretches *line = paint->line;

    line->count = 0;
    for (size_t i = 0; i < count; i++)
        if (has_text(&items[i]))
            add_item(paint, line, &items[i]);
    if (line->count == 0)
        return true;
    size_t outside = outside_from(paint, line, after);
    if (outside > 0) {
        mark_end(paint);
        if (!paint_object(paint, line, 0, outside, true, &before))
            return false;
    }
    if (outside == line->count)
        return true;
    mark_begin(paint, line->stretch[outside].mark);
    return paint_object(paint, line, outside, line->count, false, &before);
}
