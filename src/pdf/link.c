#include "pdf/link.h"

#include <string.h>

#include "base/arena.h"
#include "pdf/address.h"
#include "pdf/tags.h"

struct address {
    size_t from, to;
};

/* An address, or what of it stands in a line. */
struct area {
    struct str text;
    struct tag *tag;
    unsigned line;                    /* 0: there is none */
    int64_t left, bottom, right, top; /* y upwards */
};

struct links {
    struct pdf_objects *objects;
    struct tags *tags;
    struct str source; /* the text that was searched last, and its addresses */
    struct address *address;
    size_t count, cap;
    struct area area; /* of the current line */
    size_t page;
    struct pdf_value *annotations; /* of the current page */
};

struct links *
links_new(struct pdf_objects *objects, struct tags *tags)
{
    struct links *links = arena_alloc(objects->arena, sizeof(*links));

    links->objects = objects;
    links->tags = tags;
    return links;
}

static void
search(struct links *links, struct str source)
{
    struct address found = {0, 0};

    if (links->source.ptr == source.ptr && links->source.len == source.len)
        return;
    links->source = source;
    links->count = 0;
    while (address_next(source, &found.from, &found.to)) {
        links->address = arena_grow(links->objects->arena, links->address, links->count,
                                    &links->cap, sizeof(found), 8);
        links->address[links->count++] = found;
    }
}

/* ---- annotations */

static struct pdf_value *
rectangle(struct arena *arena, const struct area *area)
{
    struct pdf_value *box = pdf_array(arena);

    pdf_add(box, pdf_real(arena, area->left));
    pdf_add(box, pdf_real(arena, area->bottom));
    pdf_add(box, pdf_real(arena, area->right));
    pdf_add(box, pdf_real(arena, area->top));
    return box;
}

static struct pdf_value *
no_border(struct arena *arena)
{
    struct pdf_value *border = pdf_array(arena);

    for (int i = 0; i < 3; i++)
        pdf_add(border, pdf_int(arena, 0));
    return border;
}

/* Adds the annotation of the current area. */
static void
finish(struct links *links)
{
    struct area *area = &links->area;
    struct arena *arena = links->objects->arena;

    if (area->line == 0)
        return;
    struct pdf_value *dict = pdf_dict(arena), *action = pdf_dict(arena);
    unsigned handle = pdf_put(links->objects, dict);
    pdf_set(action, "S", pdf_name(arena, "URI"));
    pdf_set(action, "URI", pdf_string(arena, address_uri(arena, area->text)));
    pdf_set(dict, "Type", pdf_name(arena, "Annot"));
    pdf_set(dict, "Subtype", pdf_name(arena, "Link"));
    pdf_set(dict, "Rect", rectangle(arena, area));
    pdf_set(dict, "Border", no_border(arena));
    pdf_set(dict, "F", pdf_int(arena, 4)); /* printed, as PDF/A asks of all annotations */
    pdf_set(dict, "Contents", pdf_text(arena, area->text));
    pdf_set(dict, "A", action);
    if (area->tag != NULL)
        pdf_set(dict, "StructParent",
                pdf_int(arena, tags_annotation(links->tags, area->tag, links->page, handle)));
    pdf_add(links->annotations, pdf_ref(arena, handle));
    area->line = 0;
}

/* ---- where addresses stand */

/* Starts an area; false for an address that has no element of its own, as in a marker. */
static bool
begin(struct links *links, const struct item *item, struct str text, int64_t left, int64_t base)
{
    struct tag *tag = NULL;
    size_t at = (size_t)(text.ptr - item->as.text.source.ptr), end = 0;

    finish(links);
    if (links->tags != NULL) {
        tag = tags_at(links->tags, tags_of(links->tags, item), item, at, &end);
        if (strcmp(tag_type(tag), "Link") != 0)
            return false;
    }
    links->area = (struct area){text, tag, item->as.text.line, left, base, left, base};
    return true;
}

/* Makes the area reach over clusters of an address from `left` to `right`. */
static void
cover(struct links *links, const struct item *item, struct str text, int64_t base, int64_t left,
      int64_t right)
{
    struct area *area = &links->area;
    int64_t size = item->as.text.clusters[0].size;
    bool same = area->line == item->as.text.line && area->text.ptr == text.ptr;

    if (!same && !begin(links, item, text, left, base))
        return;
    area->right = right;
    if (base - size / 4 < area->bottom)
        area->bottom = base - size / 4;
    if (base + size > area->top)
        area->top = base + size;
}

static int64_t
width_of(const struct item *item, const struct cluster *cluster)
{
    if (cluster->size <= 0 || (cluster->flags & CLUSTER_INVISIBLE) != 0)
        return 0;
    return (int64_t)cluster->advance + ((cluster->flags & CLUSTER_SPACE) != 0
                                            ? item->as.text.space_gap
                                            : item->as.text.cluster_gap);
}

static void
add_item(struct links *links, const struct item *item, mpt height)
{
    int64_t x = item->x;
    size_t at = 0;

    for (size_t i = 0; i < item->as.text.count && at < links->count; i++) {
        const struct cluster *cluster = &item->as.text.clusters[i];
        int64_t right = x + width_of(item, cluster);

        while (at < links->count && links->address[at].to <= cluster->text)
            at++;
        if (at < links->count && cluster->text >= links->address[at].from) {
            struct address found = links->address[at];
            struct str text = str_sub(item->as.text.source, found.from, found.to - found.from);

            cover(links, item, text, (int64_t)height - item->y, x, right);
        }
        x = right;
    }
}

struct pdf_value *
links_on_page(struct links *links, const struct page *page, size_t index)
{
    links->page = index;
    links->annotations = pdf_array(links->objects->arena);
    for (size_t i = 0; i < page->count; i++) {
        const struct item *item = &page->items[i];

        if (item->kind != ITEM_TEXT || item->role != ROLE_CONTENT || item->as.text.turn != 0)
            continue;
        search(links, item->as.text.source);
        add_item(links, item, page->height);
    }
    finish(links);
    return links->annotations;
}
