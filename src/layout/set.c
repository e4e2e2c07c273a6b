/* Setting lines: items of text, underlines, leaders, and single lines that are no paragraphs. */
#include "layout/set.h"

#include "base/arena.h"
#include "doc/style.h"
#include "layout/inline.h"

/* An underline's place below the baseline and its thickness, and the diameter of a leader's dots,
 * in 1/1000 of the text size: as TH Sarabun draws underline and full stop. */
#define UNDERLINE_BELOW 110
#define UNDERLINE_THICK 40
#define DOT_SIZE 65

static void
put_part(const struct para *para, const struct line_part *part, const struct set_owner *owner,
         mpt x, mpt y, unsigned number, struct item *item)
{
    item->kind = ITEM_TEXT;
    item->role = owner->role;
    item->node = owner->node;
    item->color = owner->color;
    item->x = x + part->x;
    item->y = y;
    item->width = part->width;
    item->as.text.line = number;
    item->as.text.source = para->text;
    item->as.text.clusters = part->clusters;
    item->as.text.count = part->count;
    item->as.text.cluster_gap = part->cluster_gap;
    item->as.text.space_gap = part->space_gap;
    if (part->count > 0)
        item->as.text.underline = para->spans[part->clusters[0].span].underline;
}

static void
put_underline(struct layout *layout, const struct line_part *part, const struct set_owner *owner,
              mpt x, mpt y, struct strip *strip)
{
    struct item *rule = strip_rule(layout->arena, strip, owner->node, ROLE_RULE, x + part->x,
                                   y + unit_scale(owner->size, UNDERLINE_BELOW, 1000), part->width,
                                   0, unit_scale(owner->size, UNDERLINE_THICK, 1000));
    rule->color = owner->color;
}

void
set_line(struct layout *layout, const struct para *para, const struct line *line,
         const struct set_owner *owner, mpt x, mpt y, unsigned number, bool end,
         struct strip *strip)
{
    size_t last = SIZE_MAX;

    for (size_t i = 0; i < line->part_count; i++) {
        const struct line_part *part = &line->parts[i];
        if (part->count == 0)
            continue;
        struct item *item = strip_item(layout->arena, strip);
        put_part(para, part, owner, x, y, number, item);
        last = strip->count - 1;
        if (item->as.text.underline)
            put_underline(layout, part, owner, x, y, strip);
    }
    if (last != SIZE_MAX) {
        strip->items[last].as.text.line_end = true;
        strip->items[last].as.text.para_end = end;
    }
    for (size_t i = 0; i < line->leader_count; i++)
        set_leader(layout, owner->node, ROLE_LEADER, x + line->leaders[i].from,
                   x + line->leaders[i].to, y, owner->size, strip);
}

void
set_leader(struct layout *layout, const struct node *node, enum role role, mpt x, mpt to, mpt y,
           mpt size, struct strip *strip)
{
    mpt pitch = layout->style->head_leader_pitch;
    mpt dot = unit_scale(size, DOT_SIZE, 1000);

    if (pitch <= 0)
        return;
    /* dots stand at multiples of the pitch, so that those of several lines stand below each other
     */
    int64_t first = ((int64_t)x + dot / 2 + pitch - 1) / pitch * pitch;
    int64_t last = ((int64_t)to - dot / 2) / pitch * pitch;
    if (last - first < 2 * (int64_t)pitch)
        return;
    /* the last dash starts on the end of the line: half a pitch more makes sure it is painted */
    struct item *rule = strip_rule(layout->arena, strip, node, role, (mpt)first, y - dot / 2,
                                   (mpt)(last - first + pitch / 2), 0, dot);
    rule->as.rule.dotted = true;
    rule->as.rule.dot_pitch = pitch;
}

struct item *
strip_rule(struct arena *arena, struct strip *strip, const struct node *node, enum role role, mpt x,
           mpt y, mpt width, mpt height, mpt thickness)
{
    struct item *rule = strip_item(arena, strip);

    rule->kind = ITEM_RULE;
    rule->role = role;
    rule->node = node;
    rule->x = x;
    rule->y = y;
    rule->width = width;
    rule->height = height;
    rule->as.rule.thickness = thickness;
    return rule;
}

mpt
text_baseline(const struct layout *layout, mpt pitch, mpt size)
{
    const struct fonts *fonts = layout->job->fonts;
    const struct font *font = fonts->face[FONT_REGULAR];
    mpt draw = fonts_draw_size(fonts, size);
    mpt ascent = font_length(font, draw, font->ascent);
    mpt descent = font_length(font, draw, font->descent < 0 ? -font->descent : font->descent);

    return (pitch - ascent - descent) / 2 + ascent;
}

bool
text_set(struct layout *layout, const struct text_look *look, struct str text, struct set_text *out)
{
    struct span *span = arena_alloc(layout->arena, sizeof *span);
    const struct para_spec spec = {
        .text = text,
        .spans = span,
        .span_count = text.len == 0 ? 0 : 1,
        .pos = look->node->pos,
    };

    *span =
        (struct span){.to = text.len, .face = look->face, .size = look->size, .owner = look->node};
    out->look = *look;
    out->size = fonts_draw_size(layout->job->fonts, look->size);
    out->para =
        para_new(layout->arena, layout->diags, layout->job->breaker, layout->job->fonts, &spec);
    if (out->para == NULL)
        return false;
    out->width = para_natural(out->para);
    return true;
}

void
text_put(struct layout *layout, const struct set_text *text, mpt x, mpt y, enum style_align align,
         struct strip *strip)
{
    /* wider than any text, and never so wide that sums overflow */
    const struct para_fill fill = {.width = text->width + UNIT_PT, .align = PARA_LEFT};
    const struct lines *lines = para_lines(layout->arena, text->para, &fill);
    const struct set_owner owner = {text->look.node, text->look.role, text->look.color,
                                    text->look.size};

    if (align == STYLE_RIGHT)
        x -= text->width;
    else if (align == STYLE_CENTER)
        x -= text->width / 2;
    for (size_t i = 0; i < lines->count; i++)
        set_line(layout, text->para, &lines->line[i], &owner, x, y, layout->next_line++,
                 i + 1 == lines->count, strip);
}
