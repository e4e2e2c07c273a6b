/* Lines of text: one text object a line, one plain string as long as nothing is to be moved.
 * Numbers in TJ move the pen for kerning and in stretched lines only; marks are never moved. */
#include <hb.h>
#include <math.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "pdf/object.h"
#include "pdf/paint.h"

/* From this gap between clusters on (1/1000 em) poppler starts new words after marks, and the
 * line's text is written beside it; so it is where the gaps are negative. */
#define GAP_PLAIN 28
/* A part that starts this near to the end of the one before follows it without a move. */
#define NEAR ((micro)40 * 1000)
/* Up to this distance (1/1000 em) a part is reached by a number in its string, then by Td. */
#define STEP_MAX 500
#define SINE_PLACES 6
/* Bytes of UTF-8; no character takes more bytes of UTF-16 than twice that. */
#define ACTUAL_TEXT_MAX ((PDF_STRING_MAX - 2) / 2)

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

/* Ends the operator; a number at its end would move nothing, so the pen goes back. */
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
set_color(struct paint *paint, struct color color)
{
    if (paint_is_filled(paint, color))
        return;
    end_show(paint);
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

static bool
add_cluster(struct paint *paint, const struct item *item, const struct cluster *cluster,
            bool *moved)
{
    struct piece_run run;

    if (cluster->size <= 0 || (cluster->flags & CLUSTER_INVISIBLE) != 0)
        return true;
    if (!pieces_of(paint->pieces, paint->diags, cluster, item->as.text.source, &run))
        return false;
    int upem = cluster->font->upem > 0 ? cluster->font->upem : 1000;
    if (run.count > 0)
        set_font(paint, run.font, cluster->size);
    if (!*moved && run.count > 0) {
        go_to(paint, item->x, (int64_t)paint->height - item->y);
        *moved = true;
    }
    for (unsigned i = 0; i < run.count; i++)
        add_cid(paint, run.cid[i]);
    paint->pen += divide((run.advance - run.adjust) * cluster->size * 1000, upem);
    if (run.adjust != 0)
        add_move(paint, divide(run.adjust * -1000000, upem),
                 divide(run.adjust * cluster->size * 1000, upem));
    add_gap(paint,
            (cluster->flags & CLUSTER_SPACE) != 0 ? item->as.text.space_gap
                                                  : item->as.text.cluster_gap,
            cluster->size);
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

/* Paints the clusters of a part that follows `before` in its line (NULL: none). Spaces alone are
 * set in the font of `before`: PDFium drops a string of spaces. The next part starts at its own
 * place whatever the width. */
static bool
paint_part(struct paint *paint, const struct item *item, const struct cluster *before)
{
    bool borrow = before != NULL && is_space(item);
    bool moved = false;

    if (!borrow)
        set_color(paint, item->color);
    for (size_t i = 0; i < item->as.text.count; i++) {
        struct cluster cluster = item->as.text.clusters[i];
        struct glyph glyph;

        if (borrow && !borrow_space(before, &glyph, &cluster))
            cluster = item->as.text.clusters[i];
        if (!add_cluster(paint, item, &cluster, &moved))
            return false;
    }
    return true;
}

/* ---- marked content */

/* Adds the characters of a part without those that show nothing. */
static void
add_text(struct buf *out, const struct item *item)
{
    for (size_t i = 0; i < item->as.text.count; i++) {
        const struct cluster *cluster = &item->as.text.clusters[i];
        struct str own = str_sub(item->as.text.source, cluster->text, cluster->text_len);

        for (size_t at = 0; at < own.len;) {
            uint32_t code_point = utf8_next(own, &at);

            if (!piece_drops(code_point))
                buf_utf8(out, code_point == UTF8_BAD ? 0xfffd : code_point);
        }
    }
}

static bool
has_text(const struct item *item)
{
    return item->kind == ITEM_TEXT && item->as.text.count > 0;
}

/* True when extractors would misread the gaps: where letters stand closer poppler takes a mark for
 * the beginning of something else. */
static bool
is_stretched(const struct item *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int64_t gap = has_text(&items[i]) ? items[i].as.text.cluster_gap : 0;
        if (gap < 0 ||
            (gap > 0 && gap * 1000 > (int64_t)items[i].as.text.clusters[0].size * GAP_PLAIN))
            return true;
    }
    return false;
}

unsigned
paint_open_marks(struct paint *paint, const struct item *items, size_t count)
{
    struct buf text = buf_in(paint->pieces->arena);

    if (!is_stretched(items, count))
        return 0;
    for (size_t i = 0; i < count; i++)
        if (has_text(&items[i]))
            add_text(&text, &items[i]);
    if (text.len == 0 || text.len > ACTUAL_TEXT_MAX)
        return 0;
    buf_text(&paint->out, "/Span<</ActualText<FEFF");
    pdf_utf16_hex(&paint->out, buf_str(&text));
    buf_text(&paint->out, ">>>BDC\n");
    return 1;
}

void
paint_close_marks(struct paint *paint, unsigned count)
{
    for (; count > 0; count--)
        buf_text(&paint->out, "EMC\n");
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

bool
paint_line(struct paint *paint, const struct item *items, size_t count)
{
    const struct cluster *before = NULL;
    unsigned marks = 0;

    for (size_t i = 0; i < count; i++) {
        const struct item *item = &items[i];

        if (!has_text(item))
            continue;
        if (before == NULL) {
            buf_text(&paint->out, "BT\n");
            paint->line_x = paint->line_y = 0;
            paint->pen = 0;
            paint->font = 0;
            if (item->as.text.turn % 360 != 0)
                turn(paint, item);
            marks = paint_open_marks(paint, items, count);
        }
        if (!paint_part(paint, item, before))
            return false;
        before = &item->as.text.clusters[item->as.text.count - 1];
    }
    end_show(paint);
    paint_close_marks(paint, marks);
    if (before != NULL)
        buf_text(&paint->out, "ET\n");
    return true;
}
