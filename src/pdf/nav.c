/* Finding one's way in the file: places that bookmarks and links lead to, and what they are called;
 * bookmarks; page labels. */
#include "pdf/nav.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "doc/alt.h"
#include "pdf/piece.h"

/* Code points of a name; no more is read to somebody who only wants to know where a link leads. */
#define NAME_MAX_CODES 80

struct pdf_value *
nav_place(struct arena *arena, const struct page *page, mpt top, unsigned handle)
{
    struct pdf_value *place = pdf_array(arena);
    int64_t up = (int64_t)page->height - top;

    pdf_add(place, pdf_ref(arena, handle));
    pdf_add(place, pdf_name(arena, "XYZ"));
    pdf_add(place, pdf_null(arena));
    pdf_add(place, pdf_real(arena, up < page->height ? up : page->height));
    pdf_add(place, pdf_null(arena));
    return place;
}

/* A text on one line, without what shows nothing. */
static struct str
title_of(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);

        if (code == UTF8_BAD)
            code = 0xfffd;
        if (code <= ' ' || (code >= 0x7f && code <= 0xa0))
            code = ' ';
        if (!piece_drops(code) && !(code == ' ' && str_ends(buf_str(&out), STR(" "))))
            buf_utf8(&out, code);
    }
    return str_trim(buf_str(&out));
}

/* ---- names */

/* The attribute that an element is known by; empty for what is known by its text. */
static struct str
known_by(struct arena *arena, const struct node *node)
{
    switch (node->element) {
    case ELEMENT_opinion:
        return node_get(node, ATTRIBUTE_opinion_title);
    case ELEMENT_signature:
        return node_get(node, ATTRIBUTE_signature_name);
    case ELEMENT_chart:
        if (node_get(node, ATTRIBUTE_chart_title).len > 0)
            return node_get(node, ATTRIBUTE_chart_title);
        return alt_text(arena, node);
    case ELEMENT_img:
    case ELEMENT_qr:
        return alt_text(arena, node);
    default:
        return STR("");
    }
}

/* Parts that stand apart on the page are apart in the name, too. */
static void
add_part(struct buf *out, const struct node *node, struct str text)
{
    if (node->kind == NODE_ELEMENT && (element_info(node->element)->group & GROUP_INLINE) == 0)
        buf_byte(out, ' ');
    buf_add(out, text);
}

/* What a node is known by, or its text and that of what is in it, as far as a name goes. */
static struct str
text_of(struct arena *arena, const struct node *root)
{
    struct buf out = buf_in(arena);

    buf_add(&out, known_by(arena, root));
    if (out.len > 0)
        return buf_str(&out);
    for (const struct node *node = root; node != NULL && out.len < (size_t)4 * NAME_MAX_CODES;
         node = node_after(node, root))
        add_part(&out, node, node->kind == NODE_TEXT ? node->text : known_by(arena, node));
    return buf_str(&out);
}

static struct str
shortened(struct arena *arena, struct str text)
{
    size_t at = 0, codes = 0;

    while (at < text.len && codes++ < NAME_MAX_CODES)
        (void)utf8_next(text, &at);
    if (at == text.len)
        return text;
    return str_of(arena_printf(arena, "%.*s…", (int)at, text.ptr));
}

struct str
nav_place_name(struct arena *arena, const struct page *page, const struct node *node)
{
    struct str number = page->label.len > 0 ? page->label : page->folio;
    struct str name = shortened(arena, title_of(arena, text_of(arena, node)));

    return str_of(arena_printf(arena, "ไปยังหน้า %.*s%s%.*s", STR_FMT(number),
                               name.len > 0 ? ": " : "", STR_FMT(name)));
}

/* ---- bookmarks */

struct bookmark {
    const char *source; /* where the text points: later lines of a heading are known by it */
    int level;
    unsigned handle;
    struct pdf_value *dict;
    struct bookmark *parent, *first, *last, *before;
    size_t count; /* of its children */
};

struct bookmarks {
    struct pdf_objects *objects;
    const unsigned *handles; /* of the pages */
    struct bookmark root;
    struct bookmark *last;
};

/* 0 for what is no heading. */
static int
level_of(const struct item *item)
{
    if (item->kind != ITEM_TEXT || item->role != ROLE_CONTENT || item->as.text.count == 0)
        return 0;
    switch (item->node->element) {
    case ELEMENT_head:
    case ELEMENT_h1:
        return 1;
    case ELEMENT_h2:
    case ELEMENT_opinion:
        return 2;
    case ELEMENT_h3:
        return 3;
    default:
        return 0;
    }
}

static void
adopt(struct arena *arena, struct bookmark *parent, struct bookmark *child)
{
    child->parent = parent;
    child->before = parent->last;
    if (child->before != NULL) {
        pdf_set(child->dict, "Prev", pdf_ref(arena, child->before->handle));
        pdf_set(child->before->dict, "Next", pdf_ref(arena, child->handle));
    } else {
        parent->first = child;
    }
    pdf_set(child->dict, "Parent", pdf_ref(arena, parent->handle));
    parent->last = child;
    parent->count++;
}

static void
add(struct bookmarks *marks, const struct page *page, const struct item *item, size_t index)
{
    struct arena *arena = marks->objects->arena;
    struct bookmark *mark, *parent = marks->last;
    struct str title = title_of(arena, item->as.text.whole->text);

    if (title.len == 0)
        return;
    if (marks->root.handle == 0)
        marks->root.handle = pdf_put(marks->objects, marks->root.dict);
    mark = arena_alloc(arena, sizeof(*mark));
    mark->source = item->as.text.whole->text.ptr;
    mark->level = level_of(item);
    mark->dict = pdf_dict(arena);
    pdf_put_aside(marks->objects, true);
    mark->handle = pdf_put(marks->objects, mark->dict);
    pdf_put_aside(marks->objects, false);
    pdf_set(mark->dict, "Title", pdf_text(arena, title));
    pdf_set(mark->dict, "Dest",
            nav_place(arena, page, item->y - item->as.text.clusters[0].run->size,
                      marks->handles[index]));
    while (parent->level >= mark->level)
        parent = parent->parent;
    adopt(arena, parent, mark);
    marks->last = mark;
}

/* What a bookmark says of its children. Those of the first level are open, all others closed. */
static void
set_children(struct arena *arena, struct bookmark *mark)
{
    int64_t count = (int64_t)mark->count;

    if (mark->first == NULL)
        return;
    pdf_set(mark->dict, "First", pdf_ref(arena, mark->first->handle));
    pdf_set(mark->dict, "Last", pdf_ref(arena, mark->last->handle));
    if (mark->parent == NULL)
        for (const struct bookmark *top = mark->last; top != NULL; top = top->before)
            count += (int64_t)top->count;
    else if (mark->parent->parent != NULL)
        count = -count;
    pdf_set(mark->dict, "Count", pdf_int(arena, count));
    for (struct bookmark *child = mark->last; child != NULL; child = child->before)
        set_children(arena, child);
}

unsigned
nav_bookmarks(struct pdf_objects *objects, const struct pages *pages, const unsigned *handles)
{
    struct bookmarks marks = {.objects = objects, .handles = handles, .last = &marks.root};

    marks.root.dict = pdf_dict(objects->arena);
    for (size_t i = 0; i < pages->count; i++) {
        const struct page *page = &pages->page[i];

        for (size_t k = 0; k < page->count; k++) {
            const struct item *item = &page->items[k];

            if (level_of(item) != 0 && marks.last->source != item->as.text.whole->text.ptr)
                add(&marks, page, item, i);
        }
    }
    pdf_set(marks.root.dict, "Type", pdf_name(objects->arena, "Outlines"));
    set_children(objects->arena, &marks.root);
    return marks.root.first == NULL ? 0 : marks.root.handle;
}

/* ---- page labels */

/* True when the name ends in what PDF counts with by itself: Arabic digits; *prefix is what stands
 * before them. Thai ones are no style of numbers there: such a name is all prefix. */
static bool
is_decimal(struct arena *arena, const struct page *page, struct str *prefix)
{
    struct str number = str_of(arena_printf(arena, "%d", page->number));

    *prefix = page->name;
    if (page->number <= 0 || !str_ends(page->name, number))
        return false;
    *prefix = str_sub(page->name, 0, page->name.len - number.len);
    return true;
}

/* True when the label follows from that of the page before. */
static bool
goes_on(struct arena *arena, const struct page *before, const struct page *page)
{
    struct str prefix, prefix_before;

    if (!is_decimal(arena, page, &prefix))
        return str_eq(page->name, before->name);
    return is_decimal(arena, before, &prefix_before) && str_eq(prefix, prefix_before) &&
           page->number == before->number + 1;
}

static struct pdf_value *
label_of(struct arena *arena, const struct page *page)
{
    struct pdf_value *label = pdf_dict(arena);
    struct str prefix;
    bool decimal = is_decimal(arena, page, &prefix);

    if (decimal) {
        pdf_set(label, "S", pdf_name(arena, "D"));
        pdf_set(label, "St", pdf_int(arena, page->number));
    }
    if (prefix.len > 0)
        pdf_set(label, "P", pdf_text(arena, prefix));
    return label;
}

unsigned
nav_labels(struct pdf_objects *objects, const struct pages *pages)
{
    struct arena *arena = objects->arena;
    struct pdf_value *labels = pdf_dict(arena), *numbers = pdf_array(arena);
    bool any = false;

    for (size_t i = 0; i < pages->count; i++) {
        const struct page *page = &pages->page[i];

        any = any || page->name.len > 0;
        if (i > 0 && goes_on(arena, page - 1, page))
            continue;
        pdf_add(numbers, pdf_int(arena, (int64_t)i));
        pdf_add(numbers, label_of(arena, page));
    }
    pdf_set(labels, "Nums", numbers);
    return any ? pdf_put(objects, labels) : 0;
}
