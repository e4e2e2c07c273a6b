/* The objects of the structure tree. Of elements there may be hundreds of thousands, so each is
 * written straight from the tree. */
#include <stdlib.h>

#include "base/arena.h"
#include "pdf/tag.h"

/* Entries of a leaf of a name or number tree. */
#define LEAF_MAX 64

/* ---- elements */

static bool
has_content(const struct tag *tag, unsigned *page)
{
    for (const struct tag_kid *kid = tag->first; kid != NULL; kid = kid->next) {
        if (kid->tag == NULL) {
            *page = kid->page;
            return true;
        }
    }
    return false;
}

/* A child: an element, an annotation, a number of content on the element's own page, or of content
 * on another. */
static void
write_kid(struct buf *out, const struct tags *tags, const struct tag_kid *kid, unsigned page,
          const unsigned *numbers)
{
    if (kid->tag != NULL) {
        pdf_write_ref(out, kid->tag->handle, numbers);
    } else if (kid->annotation != 0) {
        buf_text(out, "<</Type/OBJR/Pg ");
        pdf_write_ref(out, tags->page_handles[kid->page], numbers);
        buf_text(out, "/Obj ");
        pdf_write_ref(out, kid->annotation, numbers);
        buf_text(out, ">>");
    } else if (kid->page == page) {
        pdf_decimal(out, kid->content, 0);
    } else {
        buf_text(out, "<</Type/MCR/Pg ");
        pdf_write_ref(out, tags->page_handles[kid->page], numbers);
        buf_text(out, "/MCID ");
        pdf_decimal(out, kid->content, 0);
        buf_text(out, ">>");
    }
}

static void
write_kids(struct buf *out, const struct tag *tag, unsigned page, const unsigned *numbers)
{
    bool many = tag->first != tag->last;

    if (tag->first == NULL)
        return;
    buf_text(out, many ? "/K [" : "/K ");
    for (const struct tag_kid *kid = tag->first; kid != NULL; kid = kid->next) {
        if (kid != tag->first)
            buf_byte(out, ' ');
        write_kid(out, tag->tags, kid, page, numbers);
    }
    if (many)
        buf_byte(out, ']');
}

/* "(h000001)": all of the same length, so that their order is that of their numbers. */
static void
write_id(struct buf *out, unsigned id)
{
    buf_printf(out, "(h%07u)", id);
}

static void
write_cell(struct buf *out, const struct tag_cell *cell)
{
    if (cell->scope == NULL && cell->colspan == 1 && cell->rowspan == 1 && cell->header_count == 0)
        return;
    if (cell->id != 0) {
        buf_text(out, "/ID ");
        write_id(out, cell->id);
    }
    buf_text(out, "/A <</O/Table");
    if (cell->scope != NULL)
        buf_printf(out, "/Scope/%s", cell->scope);
    if (cell->colspan > 1)
        buf_printf(out, "/ColSpan %u", cell->colspan);
    if (cell->rowspan > 1)
        buf_printf(out, "/RowSpan %u", cell->rowspan);
    if (cell->header_count > 0) {
        buf_text(out, "/Headers [");
        for (size_t i = 0; i < cell->header_count; i++)
            write_id(out, cell->headers[i]);
        buf_byte(out, ']');
    }
    buf_text(out, ">>");
}

static void
write_figure(struct buf *out, const struct tag_figure *figure, struct arena *arena)
{
    const mpt box[4] = {figure->left, figure->bottom, figure->right, figure->top};

    if (figure->alt.len > 0) {
        buf_text(out, "/Alt ");
        pdf_write_value(out, pdf_text(arena, figure->alt), NULL);
    }
    if (!figure->placed)
        return;
    buf_text(out, "/A <</O/Layout/Placement/Block/BBox [");
    for (int i = 0; i < 4; i++) {
        if (i > 0)
            buf_byte(out, ' ');
        pdf_number(out, box[i]);
    }
    buf_text(out, "]>>");
}

static void
write_tag(struct buf *out, const void *data, const unsigned *numbers)
{
    const struct tag *tag = data;
    unsigned page = 0;

    buf_printf(out, "/S /%s/P ", tag->type);
    pdf_write_ref(out, tag->parent->handle, numbers);
    if (has_content(tag, &page)) {
        buf_text(out, "/Pg ");
        pdf_write_ref(out, tag->tags->page_handles[page], numbers);
    }
    write_kids(out, tag, page, numbers);
    if (tag->english)
        buf_text(out, "/Lang (en)");
    if (tag->numbering != NULL)
        buf_printf(out, "/A <</O/List/ListNumbering/%s>>", tag->numbering);
    if (tag->box != TAG_NO_BOX)
        buf_printf(out, "/A <</O/PrintField/Role/cb/checked/%s>>",
                   tag->box == TAG_BOX_ON ? "on" : "off");
    if (tag->cell != NULL)
        write_cell(out, tag->cell);
    if (tag->figure != NULL)
        write_figure(out, tag->figure, tag->tags->arena);
}

/* ---- their order */

/* An element and what its object looks like. */
struct placed {
    struct tag *tag;
    uint64_t look;
    size_t index;
};

/* The same for elements whose objects differ in numbers only, or nearly so: the type, how many
 * children there are, how many come before the first that is an element. */
static uint64_t
look_of(const struct tag *tag)
{
    uint64_t look = 0, kids = 0, before = 0;

    for (int i = 0; i < 5 && tag->type[i] != '\0'; i++)
        look = look << 8 | (unsigned char)tag->type[i];
    for (const struct tag_kid *kid = tag->first; kid != NULL && kids < 255; kid = kid->next, kids++)
        before += kid->tag == NULL && before == kids && before < 15;
    return look << 16 | before << 8 | kids;
}

static int
compare(const void *left, const void *right)
{
    const struct placed *a = left, *b = right;

    if (a->look != b->look)
        return a->look < b->look ? -1 : 1;
    return a->index < b->index ? -1 : 1;
}

/* All elements, level by level. */
static struct placed *
list_all(struct arena *arena, const struct tags *tags, size_t *count)
{
    struct placed *all = NULL;
    size_t cap = 0;

    *count = 0;
    all = arena_grow(arena, all, *count, &cap, sizeof(*all), 256);
    all[(*count)++] = (struct placed){tags->root, look_of(tags->root), 0};
    for (size_t i = 0; i < *count; i++) {
        for (const struct tag_kid *kid = all[i].tag->first; kid != NULL; kid = kid->next) {
            if (kid->tag == NULL)
                continue;
            all = arena_grow(arena, all, *count, &cap, sizeof(*all), 256);
            all[*count] = (struct placed){kid->tag, look_of(kid->tag), *count};
            ++*count;
        }
    }
    return all;
}

/* Elements that look alike get numbers that follow each other, and among them siblings do: their
 * objects are kept as tables (pack.c), which then count up evenly. */
static void
put_all(struct tags *tags, struct pdf_objects *objects)
{
    size_t count = 0;
    struct arena *scratch = arena_new(0);
    struct placed *all = list_all(scratch, tags, &count);

    qsort(all, count, sizeof(*all), compare);
    for (size_t i = 0; i < count; i++) {
        all[i].tag->handle = pdf_reserve(objects);
        pdf_fill_written(objects, all[i].tag->handle, write_tag, all[i].tag);
    }
    arena_free(scratch);
}

/* ---- trees of names and numbers (ISO 32000-1 §7.9.6 and §7.9.7) */

/* Entries first … last of a tree, as a leaf of it. */
struct leaf {
    const struct tags *tags;
    size_t first, last;
};

static void
write_ids(struct buf *out, const void *data, const unsigned *numbers)
{
    const struct leaf *leaf = data;

    buf_text(out, "/Limits [");
    write_id(out, (unsigned)leaf->first + 1);
    write_id(out, (unsigned)leaf->last + 1);
    buf_text(out, "]\n/Names [");
    for (size_t i = leaf->first; i <= leaf->last; i++) {
        write_id(out, (unsigned)i + 1);
        pdf_write_ref(out, leaf->tags->ids[i]->handle, numbers);
        buf_byte(out, '\n');
    }
    buf_byte(out, ']');
}

/* The elements of the content of each page, then those of the annotations. */
static void
write_parents(struct buf *out, const void *data, const unsigned *numbers)
{
    const struct leaf *leaf = data;

    buf_printf(out, "/Limits [%zu %zu]\n/Nums [", leaf->first, leaf->last);
    for (size_t i = leaf->first; i <= leaf->last; i++) {
        const struct tags *tags = leaf->tags;

        buf_printf(out, "%zu ", i);
        if (i >= tags->page_count) {
            pdf_write_ref(out, tags->links[i - tags->page_count]->handle, numbers);
            buf_byte(out, '\n');
            continue;
        }
        const struct tag_page *page = &tags->pages[i];
        buf_byte(out, '[');
        for (size_t k = 0; k < page->count; k++) {
            pdf_write_ref(out, page->content[k]->handle, numbers);
            buf_byte(out, '\n');
        }
        buf_text(out, "]\n");
    }
    buf_byte(out, ']');
}

/* A root with leaves of LEAF_MAX entries; returns its handle. */
static unsigned
put_tree(struct pdf_objects *objects, const struct tags *tags, size_t count, pdf_writer *write)
{
    struct arena *arena = objects->arena;
    struct pdf_value *root = pdf_dict(arena), *kids = pdf_array(arena);

    if (count == 0) {
        pdf_set(root, "Nums", kids);
        return pdf_put(objects, root);
    }
    for (size_t first = 0; first < count; first += LEAF_MAX) {
        struct leaf *leaf = arena_alloc(arena, sizeof(*leaf));
        unsigned handle = pdf_reserve(objects);

        *leaf =
            (struct leaf){tags, first, first + LEAF_MAX < count ? first + LEAF_MAX - 1 : count - 1};
        pdf_fill_written(objects, handle, write, leaf);
        pdf_add(kids, pdf_ref(arena, handle));
    }
    pdf_set(root, "Kids", kids);
    return pdf_put(objects, root);
}

unsigned
tags_put(struct tags *tags, struct pdf_objects *objects, const unsigned *pages)
{
    struct arena *arena = objects->arena;
    struct pdf_value *root = pdf_dict(arena);
    unsigned handle = pdf_put(objects, root);
    size_t parents = tags->page_count + tags->link_count;

    tags->page_handles = pages;
    tags->root->parent = arena_alloc(arena, sizeof(*tags->root->parent));
    tags->root->parent->handle = handle;
    pdf_put_aside(objects, true);
    put_all(tags, objects);
    pdf_set(root, "Type", pdf_name(arena, "StructTreeRoot"));
    pdf_set(root, "K", pdf_ref(arena, tags->root->handle));
    pdf_set(root, "ParentTree", pdf_ref(arena, put_tree(objects, tags, parents, write_parents)));
    pdf_set(root, "ParentTreeNextKey", pdf_int(arena, (int64_t)parents));
    if (tags->id_count > 0)
        pdf_set(root, "IDTree", pdf_ref(arena, put_tree(objects, tags, tags->id_count, write_ids)));
    pdf_put_aside(objects, false);
    return handle;
}
