/* Text: strings of glyphs, one plain string as long as nothing is to be moved. Numbers in TJ move
 * the pen for kerning and in stretched lines only. Marks follow their letter without a move, but in
 * a squeezed line: there the letter gives way before them, for a letter that began where the mark
 * in front of it has not ended would come first to readers that sort by x. */
#include <hb.h>

#include "base/arena.h"
#include "pdf/object.h"
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

void
paint_end_show(struct paint *paint)
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

    paint_end_show(paint);
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
    paint_end_show(paint);
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
set_color(struct paint *paint, struct color color)
{
    if (paint_is_filled(paint, color))
        return;
    paint_end_show(paint);
    paint_fill_color(paint, color);
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
    paint_end_show(paint);
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
    int upem = cluster->font->upem > 0 ? cluster->font->upem : 1000;
    bool early = gap < 0 && run->marks_last;

    for (unsigned i = 0; i < run->count; i++) {
        if (early && i + 1 == run->count)
            add_gap(paint, gap, cluster->size);
        add_cid(paint, run->cid[i]);
    }
    paint->pen += divide((run->advance - run->adjust) * cluster->size * 1000, upem);
    if (run->adjust != 0)
        add_move(paint, divide(run->adjust * -1000000, upem),
                 divide(run->adjust * cluster->size * 1000, upem));
    if (!early)
        add_gap(paint, gap, cluster->size);
}

static bool
add_cluster(struct paint *paint, const struct item *item, const struct cluster *cluster, mpt gap,
            bool *moved)
{
    struct piece_run run;

    if (cluster->size <= 0 || (cluster->flags & CLUSTER_INVISIBLE) != 0)
        return true;
    if (!pieces_of(paint->pieces, paint->diags, cluster, item->as.text.source, &run))
        return false;
    if (run.count > 0)
        set_font(paint, run.font, cluster->size);
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

    if (!hb_font_get_nominal_glyph(before->font->hb, ' ', &id))
        return false;
    *glyph = (struct glyph){id, hb_font_get_glyph_h_advance(before->font->hb, id), 0, 0};
    space->font = before->font;
    space->size = before->size;
    space->glyphs = glyph;
    space->glyph_count = 1;
    return true;
}

bool
paint_clusters(struct paint *paint, const struct item *item, size_t from, size_t to,
               const struct cluster *before)
{
    bool borrow = before != NULL && is_space(item);
    bool moved = from > 0;

    if (!borrow)
        set_color(paint, item->color);
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
