/* Setting lines: items of text, underlines, leaders, and single lines that are no paragraphs. */
#include "layout/text.h"

#include "base/arena.h"
#include "doc/style.h"

/* An underline's place below the baseline and its thickness, and the diameter of a leader's dots,
 * in 1/1000 of the text size: as TH Sarabun draws underline and full stop. */
#define UNDERLINE_BELOW 110
#define UNDERLINE_THICK 40
#define DOT_SIZE 65

/* Copies the clusters of a part with their glyphs; all have one run in common. */
static const struct cluster *
copy_clusters(struct arena *arena, const struct cluster *from, size_t count)
{
    size_t glyphs = 0, at = 0;

    for (size_t i = 0; i < count; i++)
        glyphs += from[i].glyph_count;
    struct cluster *to = arena_array(arena, count, sizeof *to);
    struct glyph *glyph = arena_array(arena, glyphs, sizeof *glyph);
    struct cluster_run *run = arena_alloc(arena, sizeof *run);
    *run = *from->run;
    for (size_t i = 0; i < count; i++) {
        to[i] = from[i];
        to[i].run = run;
        to[i].glyphs = &glyph[at];
        for (size_t k = 0; k < from[i].glyph_count; k++)
            glyph[at++] = from[i].glyphs[k];
    }
    return to;
}

static void
put_part(struct arena *arena, const struct para *para, const struct line_part *part,
         const struct set_owner *owner, mpt x, mpt y, unsigned number, struct item *item)
{
    item->kind = ITEM_TEXT;
    item->role = owner->role;
    item->node = owner->node;
    item->colour = owner->colour;
    item->x = x + part->x;
    item->y = y;
    item->width = part->width;
    item->as.text.line = number;
    item->as.text.whole = para->items;
    item->as.text.clusters = copy_clusters(arena, part->clusters, part->count);
    item->as.text.count = (uint32_t)part->count;
    item->as.text.cluster_gap = part->cluster_gap;
    item->as.text.space_gap = part->space_gap;
    item->as.text.underline = para->spans[part->clusters[0].run->span].underline;
}

/* A text that is no content of the node stands in one of its attributes. */
static struct pos
attribute_place(const struct node *node, struct str text)
{
    for (const struct node_attribute *a = node->attributes; a != NULL; a = a->next) {
        if (a->value.len > 0 && str_find(text, a->value) != SIZE_MAX)
            return a->pos;
    }
    return node->pos;
}

static struct text_places
places_of(const struct node *node, const struct inline_text *content, struct text_place *one)
{
    if (content->place_count > 0)
        return (struct text_places){content->places, content->place_count};
    *one = (struct text_place){0, attribute_place(node, content->text)};
    return (struct text_places){one, 1};
}

struct para *
set_shape(struct layout *layout, const struct node *node, const struct inline_text *content)
{
    struct text_place *one = arena_alloc(layout->scratch, sizeof *one);
    const struct para_spec spec = {
        .text = content->text,
        .spans = content->spans,
        .span_count = content->span_count,
        .tabs = content->tabs,
        .tab_count = content->tab_count,
        .places = places_of(node, content, one),
        .links = content->links,
        .link_count = content->link_count,
    };

    struct para *para =
        para_new(layout->scratch, layout->diags, layout->job->breaker, layout->job->fonts, &spec);
    /* where hints were taken out text and links are new ones: they must outlive the scratch arena
     */
    if (para != NULL && para->text.ptr != content->text.ptr)
        para->text = str_dup(layout->arena, para->text);
    if (para != NULL && para->link_count > 0)
        link_settle(layout->arena, para);
    if (para != NULL) {
        struct item_text *whole = arena_alloc(layout->arena, sizeof *whole);
        *whole = (struct item_text){para->text, para->links, para->link_count};
        para->items = whole;
    }
    return para;
}

static void
put_underline(struct layout *layout, const struct line_part *part, const struct set_owner *owner,
              mpt x, mpt y, struct strip *strip)
{
    struct item *rule = strip_rule(layout->arena, strip, owner->node, ROLE_RULE, x + part->x,
                                   y + unit_scale(owner->size, UNDERLINE_BELOW, 1000), part->width,
                                   0, unit_scale(owner->size, UNDERLINE_THICK, 1000));
    rule->colour = owner->colour;
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
        struct item *item = strip_item(layout->strips, strip);
        put_part(layout->arena, para, part, owner, x, y, number, item);
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
    /* a dot touches the left edge and the others follow at the pitch, so that the dots of several
     * lines stand below each other */
    int64_t half = dot / 2;
    int64_t first = ((int64_t)x + pitch - 1) / pitch * pitch + half;
    int64_t last = ((int64_t)to - dot) / pitch * pitch + half;
    if (last - first < 2 * (int64_t)pitch)
        return;
    /* the last dash starts on the end of the line: a little more makes sure it is painted */
    struct item *rule = strip_rule(layout->arena, strip, node, role, (mpt)first, y - dot / 2,
                                   (mpt)(last - first + half), 0, dot);
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

/* The text on one line. */
static struct str
one_line(struct arena *arena, struct str text)
{
    char *copy = arena_strndup(arena, text.ptr, text.len);

    for (size_t i = 0; i < text.len; i++) {
        if (copy[i] == '\n' || copy[i] == '\t')
            copy[i] = ' ';
    }
    return (struct str){copy, text.len};
}

/* Fills the line and copies its items; the paragraph is in scratch memory. */
static void
set_single(struct layout *layout, const struct text_look *look, const struct para *para,
           struct set_text *out)
{
    /* a line wider than its text, and never so wide that sums overflow */
    const struct para_fill fill = {.width = UNIT_MAX, .align = PARA_LEFT};
    const struct lines *lines = para_lines(layout->scratch, para, &fill);
    const struct set_owner owner = {look->node, look->role, look->colour, look->size};
    struct strip strip = {0};

    for (size_t i = 0; i < lines->count; i++)
        set_line(layout, para, &lines->line[i], &owner, 0, 0, 0, i + 1 == lines->count, &strip);
    out->items = strip.items;
    out->count = strip.count;
    out->width = para_natural(para);
    out->size = fonts_draw_size(layout->job->fonts, look->size);
}

bool
text_set(struct layout *layout, const struct text_look *look, struct str text, struct set_text *out)
{
    struct arena_mark mark = arena_mark(layout->scratch);
    struct str line = one_line(layout->arena, text);
    struct span span = {.to = line.len, .face = look->face, .size = look->size};
    const struct inline_text content = {
        .text = line,
        .spans = &span,
        .span_count = line.len == 0 ? 0 : 1,
    };

    *out = (struct set_text){0};
    const struct para *para = set_shape(layout, look->node, &content);
    if (para != NULL)
        set_single(layout, look, para, out);
    arena_reset(layout->scratch, mark);
    return para != NULL;
}

void
text_put(struct layout *layout, const struct set_text *text, mpt x, mpt y, enum style_align align,
         struct strip *strip)
{
    unsigned number = layout->next_line++;

    if (align == STYLE_RIGHT)
        x -= text->width;
    else if (align == STYLE_CENTER)
        x -= text->width / 2;
    for (size_t i = 0; i < text->count; i++) {
        struct item *item = strip_item(layout->arena, strip);
        *item = text->items[i];
        item->x += x;
        item->y += y;
        if (item->kind == ITEM_TEXT)
            item->as.text.line = number;
    }
}
