#include "pdf/tags.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "doc/alt.h"
#include "pdf/tag.h"

#define SLOTS_FIRST 256

/* Headings of templates have three levels, those of PDF six. */
static const char *const heading_types[TAG_LEVELS] = {"H1", "H2", "H3"};

struct tags *
tags_new(struct arena *arena, size_t pages)
{
    struct tags *tags = arena_alloc(arena, sizeof(*tags));

    tags->arena = arena;
    tags->pages = arena_array(arena, pages, sizeof(*tags->pages));
    tags->page_count = pages;
    tags->root = tag_new(tags, NULL, "Document");
    return tags;
}

static bool
is_type(const struct tag *tag, const char *type)
{
    return tag != NULL && strcmp(tag->type, type) == 0;
}

static struct tag_kid *
add_kid(struct tag *parent)
{
    struct tag_kid *kid = arena_alloc(parent->tags->arena, sizeof(*kid));

    if (parent->last == NULL)
        parent->first = kid;
    else
        parent->last->next = kid;
    parent->last = kid;
    return kid;
}

void
tag_adopt(struct tag *parent, struct tag *child)
{
    add_kid(parent)->tag = child;
    child->parent = parent;
}

struct tag *
tag_new(struct tags *tags, struct tag *parent, const char *type)
{
    struct tag *tag = arena_alloc(tags->arena, sizeof(*tag));

    tag->tags = tags;
    tag->type = type;
    if (parent != NULL)
        tag_adopt(parent, tag);
    return tag;
}

/* ---- elements of nodes */

/* Makes a place for every node of the document that `node` is of. */
static void
make_slots(struct tags *tags, const struct node *node)
{
    while (node->parent != NULL)
        node = node->parent;
    for (const struct node *n = node; n != NULL; n = node_after(n, node))
        if (n->id >= tags->nodes)
            tags->nodes = (size_t)n->id + 1;
    tags->of_node = arena_array(tags->arena, tags->nodes, sizeof(struct tag *));
    tags->blocks = arena_alloc(tags->arena, tags->nodes);
}

struct tag **
tag_slot(struct tags *tags, const struct node *node)
{
    if (tags->of_node == NULL)
        make_slots(tags, node);
    return &tags->of_node[node->id];
}

static struct tag *of_node(struct tags *tags, const struct node *node);

/* The body of a list item. */
static struct tag *
body_of(struct tags *tags, struct tag *item)
{
    if (item->last != NULL && is_type(item->last->tag, "LBody"))
        return item->last->tag;
    return tag_new(tags, item, "LBody");
}

/* Where children of a node belong. */
static struct tag *
inside(struct tags *tags, const struct node *node)
{
    struct tag *tag = node == NULL ? tags->root : of_node(tags, node);

    return node != NULL && node->element == ELEMENT_li ? body_of(tags, tag) : tag;
}

/* The level of a heading is by how many headings it lies below, as that of its bookmark: so none
 * is skipped (ISO 14289-1 §7.4.2), and those of one level in the template stay of one level. */
static struct tag *
new_heading(struct tags *tags, struct tag *parent, int level)
{
    while (tags->open_count > 0 && tags->open[tags->open_count - 1] >= level)
        tags->open_count--;
    tags->open[tags->open_count++] = level;
    return tag_new(tags, parent, heading_types[tags->open_count - 1]);
}

/* By the letter that a marker counts with, last one first: Thai digits are decimal, Thai letters an
 * alphabet; a list that begins with i counts in Roman numerals. NULL: nothing counts. */
static const char *
counts_with(struct str marker)
{
    const char *numbering = NULL;

    for (size_t at = 0; at < marker.len;) {
        uint32_t code = utf8_next(marker, &at);

        if (ascii_is_digit(code) || (code >= 0xe50 && code <= 0xe59))
            numbering = "Decimal";
        else if (code >= 0xe01 && code <= 0xe2e)
            numbering = "UpperAlpha";
        else if (ascii_is_small(code))
            numbering = code == 'i' ? "LowerRoman" : "LowerAlpha";
        else if (ascii_is_capital(code))
            numbering = code == 'I' ? "UpperRoman" : "UpperAlpha";
    }
    return numbering;
}

/* The bullets that have a name; a dash is a bullet like any. */
static const char *
bullet_of(struct str marker)
{
    static const struct {
        const char *marker, *numbering;
    } bullets[] = {{"○", "Circle"}, {"◦", "Circle"}, {"■", "Square"}, {"□", "Square"},
                   {"▪", "Square"}, {"▫", "Square"}, {"☐", "Square"}, {"☑", "Square"}};

    for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++)
        if (str_is(marker, bullets[i].marker))
            return bullets[i].numbering;
    return "Disc";
}

/* How the items of a list are numbered (ISO 32000-1 table 347), by its first marker. Never None,
 * which ISO 14289-2 (§8.2.5.25) forbids where there are labels. */
static const char *
numbering_of(const struct node *list)
{
    bool ordered = list->element == ELEMENT_ol;
    struct str marker = node_get(list, ordered ? ATTRIBUTE_ol_marker : ATTRIBUTE_ul_marker);

    if (marker.len == 0 && list->first != NULL)
        marker = node_get(list->first, ATTRIBUTE_li_marker);
    if (marker.len == 0)
        return ordered ? "Decimal" : "Disc";
    const char *numbering = counts_with(marker);
    return numbering != NULL ? numbering : bullet_of(marker);
}

static struct tag *
new_list(struct tags *tags, struct tag *parent, const char *numbering)
{
    struct tag *list = tag_new(tags, parent, "L");

    list->numbering = numbering;
    return list;
}

static bool
is_field(const struct node *node)
{
    return node_is_a(node, ELEMENT_field);
}

/* The list of the fields right before `node`, from its sibling `n` on; false when that stands
 * behind it. */
static bool
find_list(struct tags *tags, const struct node *n, const struct node *node, struct tag **list)
{
    *list = NULL;
    for (; n != NULL && n != node; n = n->next) {
        struct tag *before = is_field(n) ? *tag_slot(tags, n) : NULL;

        if (before != NULL)
            *list = before->parent;
        else if (!is_field(n))
            *list = NULL;
    }
    return n == node;
}

/* Fields that follow each other are a list of labels and values. They mostly come one after the
 * other, so looking begins at the last one: there may be thousands. */
static struct tag *
new_field(struct tags *tags, const struct node *node)
{
    const struct node *first = node->parent == NULL ? node : node->parent->first;
    struct tag *list = NULL;

    if (tags->field == NULL || tags->field->parent != node->parent ||
        !find_list(tags, tags->field, node, &list))
        (void)find_list(tags, first, node, &list);
    tags->field = node;
    if (list == NULL)
        /* labels that are words; named by ISO 32000-2, as nothing in table 347 is true of them */
        list = new_list(tags, inside(tags, node->parent), "Description");
    return tag_new(tags, list, "LI");
}

static struct tag *
figure_saying(struct tags *tags, struct tag *parent, struct str alt)
{
    struct tag *tag = tag_new(tags, parent, "Figure");

    tag->figure = arena_alloc(tags->arena, sizeof(*tag->figure));
    tag->figure->alt = alt;
    return tag;
}

static struct tag *
figure_in(struct tags *tags, struct tag *parent, const struct node *node)
{
    return figure_saying(tags, parent, alt_text(tags->arena, node));
}

static bool
is_in_table(const struct node *node)
{
    unsigned groups = GROUP_ROWS | GROUP_ROW | GROUP_CELL;

    return (element_info(node->element)->group & groups) != 0;
}

/* The element that a node has of its own; NULL when it has none. */
static struct tag *
new_of_node(struct tags *tags, const struct node *node)
{
    switch (node->element) {
    case ELEMENT_section:
    case ELEMENT_opinion:
        return tag_new(tags, inside(tags, node->parent), "Sect");
    case ELEMENT_signature:
        return tag_new(tags, inside(tags, node->parent), "Div");
    case ELEMENT_field:
        return new_field(tags, node);
    case ELEMENT_p:
        return tag_new(tags, inside(tags, node->parent), "P");
    case ELEMENT_h1:
    case ELEMENT_h2:
    case ELEMENT_h3:
        return new_heading(tags, inside(tags, node->parent), (int)(node->element - ELEMENT_h1) + 1);
    case ELEMENT_ul:
    case ELEMENT_ol:
        return new_list(tags, inside(tags, node->parent), numbering_of(node));
    case ELEMENT_li:
        return tag_new(tags, inside(tags, node->parent), "LI");
    case ELEMENT_table:
        return tag_new(tags, inside(tags, node->parent), "Table");
    case ELEMENT_img:
    case ELEMENT_qr:
    case ELEMENT_chart:
        return figure_in(tags, inside(tags, node->parent), node);
    default:
        return NULL;
    }
}

/* The element that a node is or lies in. */
static struct tag *
of_node(struct tags *tags, const struct node *node)
{
    struct tag **slot = tag_slot(tags, node);

    if (*slot != NULL)
        return *slot;
    struct tag *made = new_of_node(tags, node);
    if (made == NULL)
        /* a table makes those of its rows and cells when it is made itself */
        made = node->parent == NULL ? tags->root : of_node(tags, node->parent);
    if (node->element == ELEMENT_table)
        tag_table(tags, node, made);
    if (is_in_table(node) && *slot != NULL)
        return *slot;
    return *slot = made;
}

/* ---- elements by their text: a cell or an item of a list may have thousands of texts, and all
 * are asked for again and again, so its children are not looked through */

/* The slot of the text, or the free one where it belongs. */
static size_t
slot_of(const struct tags *tags, const struct tag *parent, const char *source)
{
    /* places in memory have their differences in the middle: multiplying brings these to the top */
    size_t slot = (size_t)((uint64_t)(uintptr_t)source * 0x9e3779b97f4a7c15U >> 32);

    for (slot %= tags->text_slots; tags->texts[slot] != NULL; slot = (slot + 1) % tags->text_slots)
        if (tags->texts[slot]->source == source && tags->texts[slot]->parent == parent)
            break;
    return slot;
}

static void
put_text(struct tags *tags, struct tag *tag)
{
    tags->texts[slot_of(tags, tag->parent, tag->source)] = tag;
}

static void
widen(struct tags *tags)
{
    struct arena *scratch = arena_new(0);
    size_t count = tags->text_slots, size = count * sizeof(struct tag *);
    struct tag **old = arena_array(scratch, count, sizeof(struct tag *));

    if (count > 0)
        memcpy(old, tags->texts, size);
    tags->text_slots = count == 0 ? SLOTS_FIRST : 2 * count;
    tags->texts =
        arena_resize(tags->arena, tags->texts, 0, size, tags->text_slots * sizeof(struct tag *));
    memset(tags->texts, 0, tags->text_slots * sizeof(struct tag *));
    for (size_t i = 0; i < count; i++)
        if (old[i] != NULL)
            put_text(tags, old[i]);
    arena_free(scratch);
}

/* Remembers an element whose source is set. */
static void
keep_text(struct tags *tags, struct tag *tag)
{
    if (2 * ++tags->text_count > tags->text_slots)
        widen(tags);
    put_text(tags, tag);
}

/* Finds the child of `parent` with that source, or NULL. */
static struct tag *
find_text(const struct tags *tags, const struct tag *parent, const char *source)
{
    return tags->text_slots == 0 ? NULL : tags->texts[slot_of(tags, parent, source)];
}

/* ---- elements of text */

/* Whether blocks stand in a node. Asked for every line of its text, so it is looked for once. */
static bool
has_blocks(struct tags *tags, const struct node *node)
{
    unsigned char *known = &tags->blocks[node->id];

    for (const struct node *n = node->first; n != NULL && *known == TAG_BLOCKS_UNKNOWN; n = n->next)
        if (n->kind == NODE_ELEMENT && (element_info(n->element)->group & GROUP_BLOCK) != 0)
            *known = TAG_BLOCKS_SOME;
    if (*known == TAG_BLOCKS_UNKNOWN)
        *known = TAG_BLOCKS_NONE;
    return *known == TAG_BLOCKS_SOME;
}

static struct tag *
text_in(struct tags *tags, struct tag *parent, const char *type, struct str source)
{
    struct tag *found = find_text(tags, parent, source.ptr);

    return found != NULL ? found : tag_new(tags, parent, type);
}

/* Of a field the label comes first, where there is one. */
static struct tag *
field_part(struct tags *tags, struct tag *item, const struct node *node, struct str source)
{
    struct tag *found = find_text(tags, item, source.ptr);

    if (found != NULL)
        return found;
    if (item->first == NULL && node_get(node, ATTRIBUTE_field_label).len > 0)
        return tag_new(tags, item, "Lbl");
    return body_of(tags, item);
}

/* The titles of a memo's head and of opinions are headings. */
static struct tag *
title_in(struct tags *tags, struct tag *parent, struct str source, int level)
{
    struct tag *found = find_text(tags, parent, source.ptr);

    return found != NULL ? found : new_heading(tags, parent, level);
}

/* The element that a text of a node is in. */
static struct tag *
of_text(struct tags *tags, const struct node *node, struct str source)
{
    struct tag *tag = of_node(tags, node);

    switch (node->element) {
    case ELEMENT_p:
    case ELEMENT_h1:
    case ELEMENT_h2:
    case ELEMENT_h3:
        return tag;
    case ELEMENT_head:
        return title_in(tags, tag, source, 1);
    case ELEMENT_opinion:
        return title_in(tags, tag, source, 2);
    case ELEMENT_field:
        return field_part(tags, tag, node, source);
    case ELEMENT_li:
        tag = body_of(tags, tag);
        return has_blocks(tags, node) ? text_in(tags, tag, "P", source) : tag;
    case ELEMENT_th:
    case ELEMENT_td:
        return has_blocks(tags, node) ? text_in(tags, tag, "P", source) : tag;
    default:
        return text_in(tags, tag, "P", source);
    }
}

/* A chart's title is the caption of its figure, and comes first. (Blanks are not all the same in
 * the attribute and in what is set of it.) */
static struct tag *
of_figure(struct tags *tags, const struct item *item)
{
    struct tag *figure = of_node(tags, item->node), *found;

    if (item->kind != ITEM_TEXT || item->node->element != ELEMENT_chart)
        return figure;
    found = find_text(tags, figure, item->as.text.whole->text.ptr);
    if (found == NULL && figure->first == NULL &&
        utf8_trim(node_get(item->node, ATTRIBUTE_chart_title)).len > 0)
        return tag_new(tags, figure, "Caption");
    return found != NULL ? found : figure;
}

/* Of an item of a list, the marker comes first. */
static struct tag *
of_marker(struct tags *tags, const struct node *node)
{
    struct tag *item = of_node(tags, node);

    return item->first != NULL ? item->first->tag : tag_new(tags, item, "Lbl");
}

/* A mark is content where it stands first; NULL for all that say the same again. Marks are the
 * whole document's, but they are read in the section that they stand in. */
static struct tag *
of_mark(struct tags *tags, const struct item *item)
{
    struct str text = item->as.text.whole->text;
    struct tag *parent = inside(tags, item->node);

    for (const struct tag_mark *mark = tags->marks; mark != NULL; mark = mark->next)
        if (str_eq(mark->text, text))
            return mark->text.ptr == text.ptr ? mark->tag : NULL;
    struct tag_mark *mark = arena_alloc(tags->arena, sizeof(*mark));
    mark->text = text;
    if (parent == tags->root && parent->last != NULL && is_type(parent->last->tag, "Sect"))
        parent = parent->last->tag;
    mark->tag = tag_new(tags, parent, "P");
    mark->next = tags->marks;
    tags->marks = mark;
    return mark->tag;
}

/* What tells of which report a page is: read where the page ends, in its section. */
static struct tag *
of_code(struct tags *tags, const struct item *item)
{
    struct tag *parent = inside(tags, item->node);

    if (item->kind == ITEM_QR)
        return figure_saying(tags, parent, item->as.qr->alt);
    return item->kind == ITEM_TEXT ? text_in(tags, parent, "P", item->as.text.whole->text) : NULL;
}

/* Remembers the text of an element, and what in it has elements of its own: in a marker ("a.")
 * or a code nothing has. */
static void
set_source(struct tags *tags, struct tag *tag, const struct item *item)
{
    if (tag->source != NULL || tag->figure != NULL)
        return;
    tag->source = item->as.text.whole->text.ptr;
    keep_text(tags, tag);
    if (is_type(tag, "Lbl") || item->role == ROLE_CODE)
        return;
    size_t count;
    tag->runs = tag_runs(tags->arena, item, &count, &tag->english);
    tag->run_count = (uint32_t)count;
}

static struct tag *
find_tag(struct tags *tags, const struct item *item)
{
    if (item->role == ROLE_FIGURE)
        return of_figure(tags, item);
    if (item->role == ROLE_EMBLEM)
        return figure_in(tags, of_node(tags, item->node), item->node);
    if (item->role == ROLE_CODE)
        return of_code(tags, item);
    if (item->kind != ITEM_TEXT)
        return NULL;
    switch (item->role) {
    case ROLE_CONTENT:
        return of_text(tags, item->node, item->as.text.whole->text);
    case ROLE_MARK:
        return of_mark(tags, item);
    case ROLE_MARKER:
        return of_marker(tags, item->node);
    default:
        return NULL;
    }
}

struct tag *
tags_of(struct tags *tags, const struct item *item)
{
    struct tag *tag = find_tag(tags, item);

    if (tag != NULL && item->kind == ITEM_TEXT)
        set_source(tags, tag, item);
    return tag;
}

/* What is in a field of the head belongs to its value. */
static struct tag *
inner_of(struct tags *tags, const struct node *node)
{
    return is_field(node) ? body_of(tags, of_node(tags, node)) : inside(tags, node);
}

struct tag *
tags_field(struct tags *tags, const struct item *item)
{
    return tag_new(tags, inner_of(tags, item->node), "Form");
}

/* It is adopted when its first content comes: what is before it in the line comes first. */
static struct tag *
new_waiting(struct tags *tags, struct tag *parent, const char *type)
{
    struct tag *tag = tag_new(tags, NULL, type);

    tag->parent = parent;
    tag->waits = true;
    return tag;
}

static struct tag *
new_span(struct tags *tags, struct tag *parent, const struct tag_run *run)
{
    if (run->link != NULL && run->link->tag == NULL) {
        run->link->tag = new_waiting(tags, parent, "Link");
        run->link->tag->english = run->link->english;
    }
    if (run->link != NULL && strcmp(run->type, "Link") == 0)
        return run->link->tag;
    struct tag *span = new_waiting(tags, run->link != NULL ? run->link->tag : parent, run->type);
    span->english = run->english;
    span->box = run->box;
    return span;
}

/* The first run that ends behind `at`, or NULL. */
static struct tag_run *
run_behind(const struct tag *tag, size_t at)
{
    size_t low = 0, high = tag->run_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (at < tag->runs[middle].to)
            high = middle;
        else
            low = middle + 1;
    }
    return low < tag->run_count ? &tag->runs[low] : NULL;
}

struct tag *
tags_at(struct tags *tags, struct tag *tag, const struct item *item, size_t at, size_t *end)
{
    *end = SIZE_MAX;
    if (item->as.text.whole->text.ptr != tag->source)
        return tag;
    struct tag_run *run = run_behind(tag, at);
    if (run == NULL)
        return tag;
    *end = at < run->from ? run->from : run->to;
    if (at < run->from)
        return tag;
    if (run->tag == NULL)
        run->tag = new_span(tags, tag, run);
    return run->tag;
}

struct tag *
tags_link(struct tags *tags, const struct item *item, size_t at)
{
    size_t end = 0;
    struct tag *tag = tags_at(tags, tags_of(tags, item), item, at, &end);

    if (!is_type(tag, "Link"))
        tag = tag->parent;
    return is_type(tag, "Link") ? tag : NULL;
}

/* ---- content */

static void
arrive(struct tag *tag)
{
    if (!tag->waits)
        return;
    arrive(tag->parent);
    tag_adopt(tag->parent, tag);
    tag->waits = false;
}

unsigned
tags_content(struct tags *tags, struct tag *tag, size_t page)
{
    arrive(tag);
    struct tag_page *here = &tags->pages[page];
    here->content =
        arena_grow(tags->arena, here->content, here->count, &here->cap, sizeof(struct tag *), 64);
    here->content[here->count] = tag;
    struct tag_kid *kid = add_kid(tag);
    kid->page = (unsigned)page;
    kid->content = (unsigned)here->count;
    return (unsigned)here->count++;
}

unsigned
tags_annotation(struct tags *tags, struct tag *link, size_t page, unsigned handle)
{
    struct tag_kid *kid = add_kid(link);

    kid->annotation = handle;
    kid->page = (unsigned)page;
    *ARENA_ADD(tags->arena, tags->links, tags->link_count, tags->link_cap, 16) = link;
    return (unsigned)(tags->page_count + tags->link_count - 1);
}

bool
tags_on_page(const struct tags *tags, size_t page)
{
    return tags->pages[page].count > 0;
}

void
tags_cover(struct tag *tag, const struct item *item, mpt page_height)
{
    struct tag_figure *figure = tag->figure;
    mpt above = 0, below = item->height;

    if (figure == NULL)
        return;
    if (item->kind == ITEM_TEXT) {
        above = item->as.text.count > 0 ? item->as.text.clusters[0].run->size : 0;
        below = above / 3;
    }
    mpt left = item->x, right = item->x + item->width;
    mpt top = page_height - item->y + above, bottom = page_height - item->y - below;
    figure->left = figure->placed && figure->left < left ? figure->left : left;
    figure->right = figure->placed && figure->right > right ? figure->right : right;
    figure->bottom = figure->placed && figure->bottom < bottom ? figure->bottom : bottom;
    figure->top = figure->placed && figure->top > top ? figure->top : top;
    figure->placed = true;
}
