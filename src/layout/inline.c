/* Inline content: walks the nodes of a paragraph and writes text and spans. */
#include "layout/text.h"

#include "base/arena.h"

/* Room for a date that is written in by hand. */
#define DATE_ROOM "......./......./......."

struct look {
    bool bold, italic, underline;
};

struct gather {
    struct layout *layout;
    const struct node *owner;
    const struct style_para *class;
    struct buf text;
    struct span *spans;
    size_t count, cap;
    struct text_place *places;
    size_t place_count, place_cap;
    struct link_list links;
    unsigned depth;
    size_t tabs_in_line;       /* jumps since the last line break */
    size_t tabs;               /* most jumps in a line */
    unsigned long long dotted; /* bit n: the n-th jump of a line asks for dots */
    size_t stops;              /* of the class, inside the lines */
    const struct node *edge;   /* the jump of this line that has no stop left */
    const struct node *astray; /* the first one of them that what follows cannot stand behind */
};

static enum font_face
face_of(struct look look)
{
    if (look.bold)
        return look.italic ? FONT_BOLD_ITALIC : FONT_BOLD;
    return look.italic ? FONT_ITALIC : FONT_REGULAR;
}

static void
add_place(struct gather *g, struct pos pos)
{
    *ARENA_ADD(g->layout->scratch, g->places, g->place_count, g->place_cap, 4) =
        (struct text_place){g->text.len, pos};
}

/* Appends text; the last span goes on when it looks the same. Kept texts are spans of their own,
 * so that two names side by side may be parted. */
static void
add_text(struct gather *g, struct str text, struct look look, bool keep)
{
    struct span span = {
        .from = g->text.len,
        .to = g->text.len + text.len,
        .face = face_of(look),
        .size = g->class->size,
        .underline = look.underline,
        .keep_together = keep,
        .owner = g->owner,
    };
    struct span *last = g->count == 0 ? NULL : &g->spans[g->count - 1];

    if (text.len == 0)
        return;
    if (g->edge != NULL && g->astray == NULL && str_trim(text).len > 0)
        g->astray = g->edge;
    buf_add(&g->text, text);
    if (last != NULL && last->face == span.face && last->underline == span.underline && !keep &&
        !last->keep_together) {
        last->to = span.to;
        return;
    }
    *ARENA_ADD(g->layout->scratch, g->spans, g->count, g->cap, 4) = span;
}

/* A jump without a stop goes to the right edge, where there is room for nothing: only dots that
 * fill the rest of the line are right there. */
static void
add_tab(struct gather *g, const struct node *node, struct look look)
{
    bool asked = str_is(node_get(node, ATTRIBUTE_tab_leader), "dots");
    bool dots =
        asked || (g->tabs_in_line < g->class->tab_count && g->class->tabs[g->tabs_in_line].dots);

    if (asked && g->tabs_in_line < 64)
        g->dotted |= 1ULL << g->tabs_in_line;
    if (g->tabs_in_line >= g->stops) {
        if (g->astray == NULL && (g->edge != NULL || !dots))
            g->astray = g->edge != NULL ? g->edge : node;
        g->edge = node;
    }
    g->tabs_in_line++;
    if (g->tabs_in_line > g->tabs)
        g->tabs = g->tabs_in_line;
    add_text(g, STR("\t"), look, false);
}

/* An empty attribute counts as absent, so unticked. */
static bool
is_checked(const struct node *node)
{
    struct str value = node_get(node, ATTRIBUTE_checkbox_checked);

    return value.len > 0 && !str_is(value, "no") && !str_is(value, "false");
}

static void
add_leaf(struct gather *g, const struct node *node, struct look look)
{
    if (node->kind == NODE_TEXT) {
        add_place(g, node->pos);
        add_text(g, node->text, look, (node->flags & NODE_KEEP_TOGETHER) != 0);
    } else if (node->element == ELEMENT_br) {
        add_text(g, STR("\n"), look, false);
        g->tabs_in_line = 0;
        g->edge = NULL;
    } else if (node->element == ELEMENT_tab) {
        add_tab(g, node, look);
    } else if (node->element == ELEMENT_checkbox) {
        add_text(g, is_checked(node) ? STR("☑") : STR("☐"), look, false);
    } else if (node->element == ELEMENT_date) {
        add_text(g, STR(DATE_ROOM), look, true);
    }
}

static bool
gather(struct gather *g, const struct node *first, const struct node *end, struct look look)
{
    if (g->depth == LAYOUT_DEPTH_MAX) {
        diag_add(g->layout->diags, DIAG_LAYOUT_TOO_DEEP, first->pos, NULL, NULL, NULL);
        return false;
    }
    g->depth++;
    for (const struct node *node = first; node != NULL && node != end; node = node->next) {
        struct look inner = look;
        if (node->kind == NODE_TEXT || node->first == NULL) {
            add_leaf(g, node, look);
            continue;
        }
        inner.bold = inner.bold || node->element == ELEMENT_b;
        inner.italic = inner.italic || node->element == ELEMENT_i;
        inner.underline = inner.underline || node->element == ELEMENT_u;
        size_t from = g->text.len;
        if (!gather(g, node->first, NULL, inner))
            return false;
        if (node->element == ELEMENT_a)
            link_add(g->layout, &g->links, node, from, g->text.len);
    }
    g->depth--;
    return true;
}

/* The class's tab stops; where a paragraph jumps more often than there are stops, one at the
 * right edge is added. The n-th jump of a line goes to the n-th stop, so that is the one to get
 * the dots which a jump asks for. */
static void
set_tabs(const struct gather *g, mpt width, struct inline_text *out)
{
    size_t have = g->class->tab_count;
    bool edge =
        width < UNIT_MAX && g->tabs > have && (have == 0 || g->class->tabs[have - 1].at < width);

    if (g->tabs == 0)
        return;
    struct para_tab *tabs = arena_array(g->layout->scratch, have + 1, sizeof *tabs);
    for (size_t i = 0; i < have; i++)
        tabs[i] = (struct para_tab){g->class->tabs[i].at, g->class->tabs[i].dots};
    if (edge)
        tabs[have] = (struct para_tab){width, false};
    out->tab_count = have + (edge ? 1 : 0);
    for (size_t i = 0; i < out->tab_count && i < 64; i++)
        tabs[i].dots = tabs[i].dots || (g->dotted >> i & 1) != 0;
    out->tabs = tabs;
}

/* Stops at the right edge or beyond are none: nothing can stand behind them. */
static size_t
count_stops(const struct style_para *class, mpt width)
{
    size_t count = 0;

    while (count < class->tab_count && class->tabs[count].at < width)
        count++;
    return count;
}

/* Widths that content needs are asked for without a right edge; what has no room is told when it is
 * set. */
static bool
check_tabs(const struct gather *g, mpt width)
{
    struct layout *layout = g->layout;

    if (g->astray == NULL || width >= UNIT_MAX)
        return true;
    if (g->owner->element == ELEMENT_field)
        diag_add(layout->diags, DIAG_LAYOUT_TAB_FIELD, g->astray->pos, NULL, NULL, NULL);
    else
        diag_add(layout->diags, DIAG_LAYOUT_TAB, g->astray->pos,
                 diag_str(layout->diags, g->class->name), layout_cm(layout, width), NULL);
    return false;
}

/* Cuts a range to from..to and counts it from there; false when nothing is left of it. */
static bool
cut_range(size_t *start, size_t *end, size_t from, size_t to)
{
    *start = *start < from ? from : *start;
    *end = *end > to ? to : *end;
    if (*start >= *end)
        return false;
    *start -= from;
    *end -= from;
    return true;
}

static void
trim_links(struct inline_text *out, size_t from, size_t to)
{
    size_t kept = 0;

    for (size_t i = 0; i < out->link_count; i++) {
        struct text_link link = out->links[i];
        if (cut_range(&link.from, &link.to, from, to))
            out->links[kept++] = link;
    }
    out->link_count = kept;
}

/* Drops spaces at both ends; spans are cut to what is left. */
static void
trim_spaces(struct inline_text *out)
{
    size_t from = 0, to = out->text.len, kept = 0;

    while (from < to && out->text.ptr[from] == ' ')
        from++;
    while (to > from && out->text.ptr[to - 1] == ' ')
        to--;
    for (size_t i = 0; i < out->span_count; i++) {
        struct span span = out->spans[i];
        if (cut_range(&span.from, &span.to, from, to))
            out->spans[kept++] = span;
    }
    out->span_count = kept;
    for (size_t i = 0; i < out->place_count; i++)
        out->places[i].from -= out->places[i].from < from ? out->places[i].from : from;
    trim_links(out, from, to);
    out->text = str_sub(out->text, from, to - from);
}

bool
inline_collect(struct layout *layout, const struct node *first, const struct node *end,
               const struct node *owner, const struct style_para *class, mpt width, bool trim,
               struct inline_text *out)
{
    struct gather g = {
        .layout = layout,
        .owner = owner,
        .class = class,
        .stops = count_stops(class, width),
    };
    struct look look = {class->bold, class->italic, class->underline};

    *out = (struct inline_text){0};
    g.text = buf_in(layout->scratch);
    if ((first != NULL && !gather(&g, first, end, look)) || !check_tabs(&g, width))
        return false;
    out->text = str_dup(layout->arena, buf_str(&g.text));
    out->spans = g.spans;
    out->span_count = g.count;
    out->places = g.places;
    out->place_count = g.place_count;
    link_find(layout, &g.links, out->text, owner);
    out->links = g.links.link;
    out->link_count = g.links.count;
    set_tabs(&g, width, out);
    if (trim)
        trim_spaces(out);
    return true;
}

void
inline_plain(struct layout *layout, struct str text, const struct node *owner,
             const struct style_para *class, struct inline_text *out)
{
    struct gather g = {.layout = layout, .owner = owner, .class = class};
    struct look look = {class->bold, class->italic, class->underline};

    *out = (struct inline_text){0};
    g.text = buf_in(layout->scratch);
    add_text(&g, text, look, false);
    out->text = str_dup(layout->arena, buf_str(&g.text));
    out->spans = g.spans;
    out->span_count = g.count;
}
