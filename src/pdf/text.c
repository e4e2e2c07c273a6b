/* Text: strings of glyphs, one plain string as long as nothing is to be moved. Numbers in TJ move
 * the pen for kerning and in stretched lines only. Marks follow their letter without a move, but in
 * a squeezed line: there the letter gives way before them, for a letter that began where the mark
 * in front of it has not ended would come first to readers that sort by x. */
#include <hb.h>
#include <math.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "pdf/paint.h"

/* A part that starts this near to the end of the one before follows it without a move. */
#define NEAR ((micro)40 * 1000)
/* Up to this distance (1/1000 em) a part is reached by a number in its string, then by Td. */
#define STEP_MAX 500

/* ---- strings */

static void
add_cid(struct paint *paint, uint16_t cid)
{
    static const char digit[] = "0123456789ABCDEF";
    const char hex[5] = {'<', digit[cid >> 12], digit[cid >> 8 & 15], digit[cid >> 4 & 15],
                         digit[cid & 15]};

    if (paint->pending != 0) {
        if (paint->in_string)
            buf_byte(&paint->show, '>');
        pdf_number(&paint->show, paint->pending);
        paint->in_string = false;
        paint->has_numbers = true;
        paint->pending = 0;
    }
    paint->pending_width = 0;
    buf_add(&paint->show, paint->in_string ? (struct str){hex + 1, 4} : (struct str){hex, 5});
    paint->in_string = true;
}

/* Ends the operator that shows text; a number at its end would move nothing, so the pen goes back.
 */
static void
end_show(struct paint *paint)
{
    paint->pen -= paint->pending_width;
    paint->pending = 0;
    paint->pending_width = 0;
    if (paint->show.len == 0)
        return;
    if (paint->in_string)
        buf_byte(&paint->show, '>');
    if (paint->has_numbers)
        buf_byte(&paint->out, '[');
    buf_add(&paint->out, buf_str(&paint->show));
    buf_text(&paint->out, paint->has_numbers ? "]TJ\n" : " Tj\n");
    paint->show.len = 0;
    paint->in_string = paint->has_numbers = false;
}

/* Moves the pen; `number` is that of TJ in 1/1000. */
static void
add_move(struct paint *paint, int64_t number, micro width)
{
    paint->pending += number;
    paint->pending_width += width;
    paint->pen += width;
}

void
paint_interrupt(struct paint *paint, const char *operator)
{
    int64_t number = paint->pending;
    micro width = paint->pending_width;

    end_show(paint);
    buf_text(&paint->out, operator);
    add_move(paint, number, width);
}

static int64_t
divide(int64_t product, int64_t by)
{
    return (product + (product < 0 ? -by : by) / 2) / by;
}

static void
add_gap(struct paint *paint, mpt gap, mpt size)
{
    if (gap != 0)
        add_move(paint, divide((int64_t)gap * -1000000, size), (micro)gap * 1000);
}

static void
set_font(struct paint *paint, unsigned font, mpt size)
{
    micro pending = paint->pending_width;

    if (paint->font == font + 1 && paint->size == size)
        return;
    end_show(paint);
    buf_text(&paint->out, "/F");
    pdf_decimal(&paint->out, (int64_t)font + 1, 0);
    buf_byte(&paint->out, ' ');
    pdf_number(&paint->out, size);
    buf_text(&paint->out, " Tf\n");
    paint->font = font + 1;
    paint->size = size;
    if (pending != 0)
        add_move(paint, divide(pending * -1000, size), pending);
}

static void
set_colour(struct paint *paint, struct colour colour)
{
    if (paint_is_filled(paint, colour))
        return;
    end_show(paint);
    paint_fill_colour(paint, colour);
}

/* Goes to where a part starts; the font has been set. */
static void
go_to(struct paint *paint, int64_t x, int64_t y)
{
    micro distance = (x - paint->line_x) * 1000 - paint->pen;
    bool same_line = y == paint->line_y;

    if (same_line && distance < NEAR && distance > -NEAR)
        return;
    if (same_line && distance < (micro)paint->size * STEP_MAX &&
        distance > -(micro)paint->size * STEP_MAX) {
        add_move(paint, divide(-distance * 1000, paint->size), distance);
        return;
    }
    end_show(paint);
    pdf_number(&paint->out, x - paint->line_x);
    buf_byte(&paint->out, ' ');
    pdf_number(&paint->out, y - paint->line_y);
    buf_text(&paint->out, " Td\n");
    paint->line_x = x;
    paint->line_y = y;
    paint->pen = 0;
}

/* ---- clusters and parts */

/* Shows the pieces of a cluster, and the gap behind it. */
static void
show_run(struct paint *paint, const struct piece_run *run, const struct cluster *cluster, mpt gap)
{
    int upem = cluster->run->font->upem > 0 ? cluster->run->font->upem : 1000;
    bool early = gap < 0 && run->marks_last;

    for (unsigned i = 0; i < run->count; i++) {
        if (early && i + 1 == run->count)
            add_gap(paint, gap, cluster->run->size);
        add_cid(paint, run->cid[i]);
    }
    paint->pen += divide((run->advance - run->adjust) * cluster->run->size * 1000, upem);
    if (run->adjust != 0)
        add_move(paint, divide(run->adjust * -1000000, upem),
                 divide(run->adjust * cluster->run->size * 1000, upem));
    if (!early)
        add_gap(paint, gap, cluster->run->size);
}

static bool
add_cluster(struct paint *paint, const struct item *item, const struct cluster *cluster, mpt gap,
            bool *moved)
{
    struct piece_run run;

    if (cluster->run->size <= 0 || (cluster->flags & CLUSTER_INVISIBLE) != 0)
        return true;
    if (!pieces_of(paint->pieces, paint->diags, cluster, item->as.text.whole->text, &run))
        return false;
    if (run.count > 0)
        set_font(paint, run.font, cluster->run->size);
    if (!*moved && run.count > 0) {
        go_to(paint, item->x, (int64_t)paint->height - item->y);
        *moved = true;
    }
    show_run(paint, &run, cluster, gap);
    return true;
}

/* True for a part of nothing but spaces. */
static bool
is_space(const struct item *item)
{
    for (size_t i = 0; i < item->as.text.count; i++)
        if ((item->as.text.clusters[i].flags & CLUSTER_SPACE) == 0)
            return false;
    return true;
}

/* A space in the font and size of `before`; false when that font has none. */
static bool
borrow_space(const struct cluster *before, struct glyph *glyph, struct cluster *space)
{
    hb_codepoint_t id = 0;

    if (!hb_font_get_nominal_glyph(before->run->font->hb, ' ', &id))
        return false;
    *glyph = (struct glyph){id, hb_font_get_glyph_h_advance(before->run->font->hb, id), 0, 0};
    space->run = before->run;
    space->glyphs = glyph;
    space->glyph_count = 1;
    return true;
}

/* Paints clusters from … to - 1 of a text item inside a text object; `before` is the last one of
 * the item before it in its line (NULL: none). Spaces alone are set in the font of `before`: PDFium
 * drops a string of spaces. Each item starts at its own place whatever the widths. */
static bool
add_clusters(struct paint *paint, const struct item *item, size_t from, size_t to,
             const struct cluster *before)
{
    bool borrow = before != NULL && is_space(item);
    bool moved = from > 0;

    if (!borrow)
        set_colour(paint, item->colour);
    for (size_t i = from; i < to; i++) {
        struct cluster cluster = item->as.text.clusters[i];
        struct glyph glyph;

        if (borrow && !borrow_space(before, &glyph, &cluster))
            cluster = item->as.text.clusters[i];
        mpt gap = line_gap(item->as.text.clusters, item->as.text.count, i,
                           item->as.text.cluster_gap, item->as.text.space_gap);
        if (!add_cluster(paint, item, &cluster, gap, &moved))
            return false;
    }
    return true;
}

/* ---- lines: one text object a line, and in it what belongs to different structure elements one
 * after the other, each with the text that it stands for where it is stretched */

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
    *ARENA_ADD(paint->pieces->arena, out->stretch, out->count, out->cap, 4) =
        (struct stretch){item, from, to, mark};
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
        struct str own =
            str_sub(stretch->item->as.text.whole->text, cluster->text, cluster->text_len);

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

        if (gap < 0 || gap * 1000 > (int64_t)item->as.text.clusters[0].run->size * GAP_PLAIN)
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

        if (!add_clusters(paint, item, stretch[i].from, stretch[i].to, *before))
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
    end_show(paint);
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
