#include "base/arena.h"
#include "pdf/nav.h"

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
    struct str title = nav_title(arena, item->as.text.source);

    if (title.len == 0)
        return;
    if (marks->root.handle == 0)
        marks->root.handle = pdf_put(marks->objects, marks->root.dict);
    mark = arena_alloc(arena, sizeof(*mark));
    mark->source = item->as.text.source.ptr;
    mark->level = level_of(item);
    mark->dict = pdf_dict(arena);
    mark->handle = pdf_put(marks->objects, mark->dict);
    pdf_set(mark->dict, "Title", pdf_text(arena, title));
    pdf_set(
        mark->dict, "Dest",
        nav_place(arena, page, item->y - item->as.text.clusters[0].size, marks->handles[index]));
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

            if (level_of(item) != 0 && marks.last->source != item->as.text.source.ptr)
                add(&marks, page, item, i);
        }
    }
    pdf_set(marks.root.dict, "Type", pdf_name(objects->arena, "Outlines"));
    set_children(objects->arena, &marks.root);
    return marks.root.first == NULL ? 0 : marks.root.handle;
}
