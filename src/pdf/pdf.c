/* Puts a document together: page streams, page tree, resources, meta, and writes it. */
#include "pdf/pdf.h"

#include "base/arena.h"
#include "pdf/form.h"
#include "pdf/meta.h"
#include "pdf/nav.h"
#include "pdf/paint.h"
#include "pdf/piece.h"
#include "pdf/tags.h"

/* Children of a node of the page tree; readers find a page in few steps. */
#define KIDS_MAX 32

struct tree_node {
    unsigned handle;
    struct pdf_value *dict;
    size_t pages;
};

static struct pdf_value *
media_box(struct arena *arena, const struct page *page)
{
    struct pdf_value *box = pdf_array(arena);

    pdf_add(box, pdf_int(arena, 0));
    pdf_add(box, pdf_int(arena, 0));
    pdf_add(box, pdf_real(arena, page->width));
    pdf_add(box, pdf_real(arena, page->height));
    return box;
}

static struct tree_node
put_page(struct pdf_objects *objects, struct content *content, struct links *links,
         struct forms *forms, const struct page *page, size_t index, struct tags *tags,
         unsigned handle, unsigned resources)
{
    struct arena *arena = objects->arena;
    struct tree_node node = {handle, pdf_dict(arena), 1};
    unsigned stream = content_page(content, page, index);

    pdf_set(node.dict, "Type", pdf_name(arena, "Page"));
    pdf_set(node.dict, "MediaBox", media_box(arena, page));
    pdf_set(node.dict, "Resources", pdf_ref(arena, resources));
    pdf_set(node.dict, "Contents", pdf_ref(arena, stream));
    if (tags != NULL && tags_on_page(tags, index)) {
        pdf_set(node.dict, "StructParents", pdf_int(arena, (int64_t)index));
        pdf_set(node.dict, "Tabs", pdf_name(arena, "S"));
    }
    struct pdf_value *annotations = links_on_page(links, index);
    forms_on_page(forms, index, annotations);
    if (annotations->count > 0)
        pdf_set(node.dict, "Annots", annotations);
    pdf_fill(objects, node.handle, node.dict);
    if (stream == 0)
        node.handle = 0;
    return node;
}

static struct tree_node
put_parent(struct pdf_objects *objects, struct tree_node *kids, size_t count)
{
    struct arena *arena = objects->arena;
    struct tree_node node = {pdf_reserve(objects), pdf_dict(arena), 0};
    struct pdf_value *array = pdf_array(arena);

    for (size_t i = 0; i < count; i++) {
        pdf_add(array, pdf_ref(arena, kids[i].handle));
        pdf_set(kids[i].dict, "Parent", pdf_ref(arena, node.handle));
        node.pages += kids[i].pages;
    }
    pdf_set(node.dict, "Type", pdf_name(arena, "Pages"));
    pdf_set(node.dict, "Kids", array);
    pdf_set(node.dict, "Count", pdf_int(arena, (int64_t)node.pages));
    pdf_fill(objects, node.handle, node.dict);
    return node;
}

/* Level by level up to the root. */
static unsigned
put_tree(struct pdf_objects *objects, struct tree_node *nodes, size_t count)
{
    do {
        size_t parents = 0;

        for (size_t i = 0; i < count; i += KIDS_MAX) {
            size_t kids = count - i < KIDS_MAX ? count - i : KIDS_MAX;

            nodes[parents++] = put_parent(objects, nodes + i, kids);
        }
        count = parents;
    } while (count > 1);
    return nodes[0].handle;
}

static bool
put_pages(struct pdf_objects *objects, struct diags *diags, const struct pages *pages,
          struct tags *tags, unsigned *handles, unsigned *form)
{
    struct forms *forms = forms_new(objects, tags, pages, handles);
    struct content *content = content_new(objects, diags, tags, pages->with_fields ? forms : NULL);
    struct links *links = links_new(objects, tags, pages, handles);
    struct tree_node *nodes = arena_array(objects->arena, pages->count, sizeof(*nodes));
    unsigned shared = pdf_reserve(objects);

    /* links lead to pages that are yet to come */
    for (size_t i = 0; i < pages->count; i++)
        handles[i] = pdf_reserve(objects);
    for (size_t i = 0; i < pages->count; i++) {
        nodes[i] =
            put_page(objects, content, links, forms, &pages->page[i], i, tags, handles[i], shared);
        if (nodes[i].handle == 0)
            return false;
    }
    if (!content_resources(content, shared))
        return false;
    *form = forms_put(forms, content_font(content));
    objects->pages = put_tree(objects, nodes, pages->count);
    return true;
}

static bool
put_all(struct pdf_objects *objects, struct diags *diags, const struct pages *pages,
        const struct pdf_meta *meta)
{
    struct tags *tags = meta->plain ? NULL : tags_new(objects->arena, pages->count);
    unsigned *handles = arena_array(objects->arena, pages->count, sizeof(*handles)), form = 0;

    if (!put_pages(objects, diags, pages, tags, handles, &form))
        return false;
    const struct meta_parts parts = {
        .structure = tags == NULL ? 0 : tags_put(tags, objects, handles),
        .bookmarks = nav_bookmarks(objects, pages, handles),
        .labels = nav_labels(objects, pages),
        .form = form,
    };
    meta_put(objects, meta, &parts);
    return true;
}

static bool
check_count(struct diags *diags, const struct pages *pages)
{
    if (pages->count > 0 && pages->count <= PDF_PAGES_MAX)
        return true;
    diag_add(diags, pages->count == 0 ? DIAG_PDF_EMPTY : DIAG_PDF_TOO_LARGE, POS_NONE, NULL, NULL,
             NULL);
    return false;
}

struct pdf_objects *
pdf_build(struct arena *arena, struct diags *diags, const struct pages *pages,
          const struct pdf_meta *meta)
{
    if (!check_count(diags, pages))
        return NULL;
    struct pdf_objects *objects = pdf_objects_open(arena);
    objects->form = meta->form;
    if (put_all(objects, diags, pages, meta))
        return objects;
    pdf_objects_close(objects);
    return NULL;
}

/* ---- what a PDF of these pages would be refused for: how many there are, letters that no piece
 * can hold, and fonts that cannot be embedded */

static bool
try_item(struct pieces *pieces, struct diags *diags, const struct item *item)
{
    struct piece_run run;
    bool good = true;

    for (size_t i = 0; i < item->as.text.count; i++) {
        const struct cluster *cluster = &item->as.text.clusters[i];
        if (cluster->run->size > 0 && (cluster->flags & CLUSTER_INVISIBLE) == 0)
            good = pieces_of(pieces, diags, cluster, item->as.text.whole->text, &run) && good;
    }
    return good;
}

static bool
try_pages(struct arena *arena, struct diags *diags, const struct pages *pages)
{
    struct pieces *pieces = pieces_new(arena);
    bool good = true;

    for (size_t i = 0; i < pages->count; i++) {
        for (size_t k = 0; k < pages->page[i].count; k++) {
            const struct item *item = &pages->page[i].items[k];
            if (item->kind == ITEM_TEXT)
                good = try_item(pieces, diags, item) && good;
        }
    }
    for (size_t i = 0; i < pieces->font_count; i++)
        good = font_try(arena, diags, pieces->fonts[i]) && good;
    return good;
}

bool
pdf_try(struct diags *diags, const struct pages *pages)
{
    struct arena *arena = arena_new(0);
    struct diags *told = diags_new();
    bool good = check_count(told, pages) && try_pages(arena, told, pages);

    diags_add_new(diags, told, DIAG_NOTE); /* a letter that stands in many places is told once */
    diags_free(told);
    arena_free(arena);
    return good;
}
