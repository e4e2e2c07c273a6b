#include "base/arena.h"
#include "paper/layer.h"
#include "paper/write_inner.h"

/* An element below another one. */
static struct pdf_value *
element_of(struct arena *arena, const char *type, unsigned parent)
{
    struct pdf_value *dict = pdf_dict(arena);

    pdf_set(dict, "Type", pdf_name(arena, "StructElem"));
    pdf_set(dict, "S", pdf_name(arena, type));
    pdf_set(dict, "P", pdf_ref(arena, parent));
    return dict;
}

static void
add_part(struct pdf_objects *objects, struct write_page *page, struct pdf_value *kids, size_t mark,
         unsigned owner)
{
    page->owner[mark] = owner;
    pdf_add(kids, pdf_int(objects->arena, (int64_t)mark + 1));
}

/* A label, with all parts of it that follow. */
static void
put_label(struct pdf_objects *objects, struct write_page *page, struct pdf_value *kids,
          size_t first, unsigned owner)
{
    struct arena *arena = objects->arena;
    struct pdf_value *dict = element_of(arena, "Lbl", owner), *own = pdf_array(arena);
    unsigned handle = pdf_reserve(objects);

    for (size_t i = first; i < page->mark_count; i++) {
        if (page->marks[i].label == page->marks[first].label)
            add_part(objects, page, own, i, handle);
    }
    pdf_set(dict, "Pg", pdf_ref(arena, page->handle));
    pdf_set(dict, "K", own);
    pdf_fill(objects, handle, dict);
    pdf_add(kids, pdf_ref(arena, handle));
}

/* The paragraph or figure that begins at this mark, with all other parts of it on the page. */
static unsigned
put_block(struct pdf_objects *objects, struct write_page *page, size_t first)
{
    struct arena *arena = objects->arena;
    const struct layer_block *block = &page->marks[first];
    struct pdf_value *dict = element_of(arena, block->is_figure ? "Figure" : "P", page->figure);
    struct pdf_value *kids = pdf_array(arena);
    unsigned handle = pdf_reserve(objects);

    for (size_t i = first; i < page->mark_count; i++) {
        if (page->marks[i].element != block->element || page->owner[i] != 0)
            continue;
        if (page->marks[i].label != 0)
            put_label(objects, page, kids, i, handle);
        else
            add_part(objects, page, kids, i, handle);
    }
    pdf_set(dict, "Pg", pdf_ref(arena, page->handle));
    if (block->is_figure && block->alt.len > 0)
        pdf_set(dict, "Alt", pdf_string(arena, str_dup(arena, block->alt)));
    pdf_set(dict, "K", kids);
    pdf_fill(objects, handle, dict);
    return handle;
}

void
writer_figure(struct pdf_objects *objects, unsigned document, struct write_page *page,
              struct str alternative)
{
    struct arena *arena = objects->arena;
    struct pdf_value *dict = element_of(arena, "Figure", document), *kids = pdf_array(arena);

    page->owner = arena_array(arena, page->mark_count, sizeof *page->owner);
    pdf_set(dict, "Pg", pdf_ref(arena, page->handle));
    pdf_set(dict, "Alt", pdf_text(arena, alternative));
    pdf_add(kids, pdf_int(arena, 0));
    pdf_put_aside(objects, true);
    for (size_t i = 0; i < page->mark_count; i++) {
        if (page->owner[i] == 0)
            pdf_add(kids, pdf_ref(arena, put_block(objects, page, i)));
    }
    pdf_put_aside(objects, false);
    pdf_set(dict, "K", kids);
    pdf_fill(objects, page->figure, dict);
}

/* The elements of each page's content, by the page's number in the structure. */
static unsigned
put_parents(struct pdf_objects *objects, const struct write_page *pages, size_t count)
{
    struct arena *arena = objects->arena;
    struct pdf_value *tree = pdf_dict(arena), *numbers = pdf_array(arena);

    for (size_t i = 0; i < count; i++) {
        struct pdf_value *parents = pdf_array(arena);
        pdf_add(parents, pdf_ref(arena, pages[i].figure));
        for (size_t k = 0; k < pages[i].mark_count; k++)
            pdf_add(parents, pdf_ref(arena, pages[i].owner[k]));
        pdf_add(numbers, pdf_int(arena, (int64_t)i));
        pdf_add(numbers, parents);
    }
    pdf_set(tree, "Nums", numbers);
    return pdf_put(objects, tree);
}

unsigned
writer_structure(struct pdf_objects *objects, unsigned document, const struct write_page *pages,
                 size_t count)
{
    struct arena *arena = objects->arena;
    unsigned root = pdf_reserve(objects);
    struct pdf_value *dict = pdf_dict(arena), *kids = pdf_array(arena);
    struct pdf_value *top = element_of(arena, "Document", root);

    for (size_t i = 0; i < count; i++)
        pdf_add(kids, pdf_ref(arena, pages[i].figure));
    pdf_set(top, "K", kids);
    pdf_fill(objects, document, top);
    pdf_set(dict, "Type", pdf_name(arena, "StructTreeRoot"));
    pdf_set(dict, "K", pdf_ref(arena, document));
    pdf_set(dict, "ParentTree", pdf_ref(arena, put_parents(objects, pages, count)));
    pdf_set(dict, "ParentTreeNextKey", pdf_int(arena, (int64_t)count));
    pdf_fill(objects, root, dict);
    return root;
}
