/* Paragraphs and headings. */
#include "layout/text.h"

#include "base/arena.h"

struct paragraph {
    const struct node *node;
    const struct style_para *class;
    const struct inline_text *content;
    int align; /* an enum style_align that replaces that of the class, or -1 */
    enum role role;
    bool keep_with_next; /* as the class's */
    bool whole_words;    /* as the measure's */
};

static enum para_align
fill_align(enum style_align align)
{
    static const enum para_align aligns[] = {
        [STYLE_LEFT] = PARA_LEFT,
        [STYLE_RIGHT] = PARA_RIGHT,
        [STYLE_CENTER] = PARA_CENTER,
        [STYLE_JUSTIFY] = PARA_JUSTIFY,
    };

    return aligns[align];
}

/* Justified text as the style asks for. */
static void
set_justified(const struct style *style, struct para_fill *how)
{
    how->method = style->justify == JUSTIFY_WORD ? PARA_WORD : PARA_FIT;
    if (style->justify == JUSTIFY_NONE)
        how->align = PARA_LEFT;
    how->cluster_max = style->spread_cluster_max;
    how->space_max = style->spread_space_max;
    how->cluster_shrink = style->spread_cluster_shrink;
    how->space_shrink = style->spread_space_shrink;
}

static struct lines *
fill(struct layout *layout, const struct paragraph *p, const struct para *para, mpt width)
{
    enum style_align align = p->align < 0 ? p->class->align : (enum style_align)p->align;
    struct para_fill how = {
        .width = width,
        /* in a narrow column an indent made for the page would leave no room for a word */
        .first_indent = p->class->indent < width / 2 ? p->class->indent : 0,
        .align = fill_align(align),
        .method = PARA_FIT,
        .whole_words = p->whole_words,
    };

    if (how.align == PARA_JUSTIFY)
        set_justified(layout->style, &how);
    struct lines *lines = para_lines(layout->scratch, para, &how);
    if (how.align == PARA_JUSTIFY) {
        layout->ragged_lines += lines->ragged_count;
        for (size_t i = 0; i < lines->count; i++)
            layout->justified_lines += lines->line[i].last ? 0 : 1;
    }
    return lines;
}

/* Text of the clusters of a line. */
static struct str
line_text(const struct para *para, const struct line *line)
{
    if (line->from >= line->to)
        return STR("");
    const struct cluster *last = &para->clusters[line->to - 1];
    size_t from = para->clusters[line->from].text;

    return str_sub(para->text, from, last->text + last->text_len - from);
}

static bool
refuse_overfull(struct layout *layout, const struct para *para, const struct line *line, mpt width)
{
    diag_add(layout->diags, DIAG_LAYOUT_WORD_TOO_WIDE,
             text_place_at(&para->places, para->clusters[line->from].text),
             diag_str(layout->diags, str_trim(line_text(para, line))), layout_cm(layout, width),
             NULL);
    return false;
}

/* What the line begins with, up to the paragraph's end: for continuation words. */
static void
set_lead(const struct para *para, const struct line *line, struct strip *strip)
{
    if (line->from >= line->to || line->from >= para->cluster_count)
        return;
    size_t from = para->clusters[line->from].text;
    strip->lead = str_sub(para->text, from, para->text.len);
}

/* The first lines hold on to what follows so that no orphans stay, the last ones so that no
 * widows go. */
static enum keep
line_keep(const struct layout *layout, const struct paragraph *p, size_t i, size_t count)
{
    size_t orphans = (size_t)(layout->style->orphans < 1 ? 1 : layout->style->orphans);
    size_t widows = (size_t)(layout->style->widows < 1 ? 1 : layout->style->widows);

    if (p->keep_with_next)
        return KEEP_STRONG;
    if (i + 1 == count)
        return KEEP_NONE;
    return i + 1 < orphans || i + widows >= count ? KEEP_STRONG : KEEP_NONE;
}

static void
dump_lines(struct layout *layout, const struct paragraph *p, const struct para *para,
           const struct lines *lines)
{
    struct buf *out = layout->lines;

    if (out == NULL)
        return;
    buf_printf(out, "%s#%u class %.*s lines %zu\n", element_info(p->node->element)->name,
               p->node->id, STR_FMT(p->class->name), lines->count);
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->line[i];
        struct str text = line_text(para, line);
        while (text.len > 0 && text.ptr[text.len - 1] == '\n')
            text.len--;
        buf_printf(out, "  %d.%03d ragged %d.%03d |%.*s|\n", (int)(line->width / 1000),
                   (int)(line->width % 1000), (int)(line->ragged / 1000),
                   (int)(line->ragged % 1000), STR_FMT(text));
    }
}

static bool
set_lines(struct layout *layout, const struct paragraph *p, const struct para *para,
          const struct lines *lines, mpt width, bool running, struct strips *out)
{
    const struct set_owner owner = {.node = p->node, .role = p->role, .size = p->class->size};
    mpt baseline = text_baseline(layout, p->class->pitch, p->class->size);

    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->line[i];
        if (line->overfull)
            return refuse_overfull(layout, para, line, width);
        struct strip *strip = strips_add(layout->strips, out);
        strip->before = i == 0 ? p->class->before : 0;
        strip->after = i + 1 == lines->count ? p->class->after : 0;
        strip->height = p->class->pitch;
        strip->node = p->node;
        strip->keep = line_keep(layout, p, i, lines->count);
        set_line(layout, para, line, &owner, p->class->left, baseline, layout->next_line++,
                 i + 1 == lines->count, strip);
        if (running)
            set_lead(para, line, strip);
    }
    return !layout_over(layout);
}

static bool
format_shaped(struct layout *layout, const struct paragraph *p, const struct measure *measure,
              mpt width, struct strips *out)
{
    const struct para *para = set_shape(layout, p->node, p->content);

    if (para == NULL)
        return false;
    const struct lines *lines = fill(layout, p, para, width);
    dump_lines(layout, p, para, lines);
    return set_lines(layout, p, para, lines, width, measure->paper_width > 0, out);
}

/* Appends a strip for each line; nothing for an empty text. Widows and orphans are held together,
 * and all lines of a class that keeps with what follows. False with TEXT_NO_GLYPH,
 * LAYOUT_WORD_TOO_WIDE or MEMORY_BUDGET. */
static bool
format(struct layout *layout, const struct paragraph *paragraph, const struct measure *measure,
       struct strips *out)
{
    mpt width = measure->width - paragraph->class->left - paragraph->class->right;

    if (paragraph->content->text.len == 0)
        return true;
    return format_shaped(layout, paragraph, measure, width < UNIT_PT ? UNIT_PT : width, out);
}

/* The elements that are paragraphs. */
static const struct kind {
    enum element element;
    enum attribute class, align;
    const char *otherwise; /* its class when it names none; NULL: that of the measure */
} kinds[] = {
    {ELEMENT_p, ATTRIBUTE_p_class, ATTRIBUTE_p_align, NULL},
    {ELEMENT_h1, ATTRIBUTE_h1_class, ATTRIBUTE_h1_align, "h1"},
    {ELEMENT_h2, ATTRIBUTE_h2_class, ATTRIBUTE_h2_align, "h2"},
    {ELEMENT_h3, ATTRIBUTE_h3_class, ATTRIBUTE_h3_align, "h3"},
};

static const struct kind *
kind_of(const struct node *node)
{
    size_t i = 0;

    while (i + 1 < sizeof kinds / sizeof kinds[0] && kinds[i].element != node->element)
        i++;
    return &kinds[i];
}

const struct style_para *
paragraph_class(struct layout *layout, const struct node *node, const struct measure *measure)
{
    const struct kind *kind = kind_of(node);
    const struct node_attribute *named = node_find(node, kind->class);

    if (named != NULL && named->value.len > 0)
        return layout_class(layout, named->value, named->pos, CLASS_BODY);
    if (kind->otherwise != NULL)
        return layout_class(layout, STR(""), node->pos, kind->otherwise);
    if (measure->item != NULL)
        return measure->item;
    if (measure->class != NULL)
        return measure->class;
    return layout_class(layout, STR(""), node->pos, CLASS_BODY);
}

const struct style_para *
paragraph_run_class(struct layout *layout, const struct node *parent, const struct measure *measure)
{
    if (measure->item != NULL)
        return measure->item;
    if (measure->class != NULL)
        return measure->class;
    return layout_class(layout, STR(""), parent->pos,
                        parent->element == ELEMENT_li ? CLASS_ITEM : CLASS_BODY);
}

static int
align_of(const struct node *node, const struct measure *measure)
{
    int align = layout_align(node_get(node, kind_of(node)->align));

    return align >= 0 ? align : measure->align;
}

static bool
format_block(struct layout *layout, const struct node *node, const struct measure *measure,
             struct strips *out)
{
    const struct style_para *class = paragraph_class(layout, node, measure);
    struct inline_text content;

    if (class == NULL ||
        !inline_collect(layout, node->first, NULL, node, class,
                        measure->width - class->left - class->right, false, &content))
        return false;
    const struct paragraph paragraph = {
        .node = node,
        .class = class,
        .content = &content,
        .align = align_of(node, measure),
        .keep_with_next = class->keep_with_next ||
                          (node->element == ELEMENT_p && node_is(node, ATTRIBUTE_p_keep_with_next)),
        .whole_words = measure->whole_words,
    };
    return format(layout, &paragraph, measure, out);
}

bool
paragraph_block(struct layout *layout, const struct node *node, const struct measure *measure,
                struct strips *out)
{
    struct arena_mark mark = arena_mark(layout->scratch);
    bool good = format_block(layout, node, measure, out);

    arena_reset(layout->scratch, mark);
    return good;
}

static bool
format_run(struct layout *layout, const struct node *parent, const struct node *first,
           const struct node *end, const struct measure *measure, struct strips *out)
{
    const struct style_para *class = paragraph_run_class(layout, parent, measure);
    struct inline_text content;

    if (class == NULL ||
        !inline_collect(layout, first, end, parent, class,
                        measure->width - class->left - class->right, true, &content))
        return false;
    const struct paragraph paragraph = {
        .node = parent,
        .class = class,
        .content = &content,
        .align = measure->align,
        .keep_with_next = class->keep_with_next,
        .whole_words = measure->whole_words,
    };
    return format(layout, &paragraph, measure, out);
}

bool
paragraph_run(struct layout *layout, const struct node *parent, const struct node *first,
              const struct node *end, const struct measure *measure, struct strips *out)
{
    struct arena_mark mark = arena_mark(layout->scratch);
    bool good = format_run(layout, parent, first, end, measure, out);

    arena_reset(layout->scratch, mark);
    return good;
}

bool
block_text(struct layout *layout, const struct node *node, struct str text,
           const struct style_para *class, const struct measure *measure, struct strips *out)
{
    struct arena_mark mark = arena_mark(layout->scratch);
    struct inline_text content;

    inline_plain(layout, text, node, class, &content);
    const struct paragraph paragraph = {
        .node = node,
        .class = class,
        .content = &content,
        .align = measure->align,
        .keep_with_next = class->keep_with_next,
        .whole_words = measure->whole_words,
    };
    bool good = format(layout, &paragraph, measure, out);
    arena_reset(layout->scratch, mark);
    return good;
}
