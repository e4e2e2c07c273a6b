#include "pdf/reference.h"

#include "base/arena.h"
#include "pdf/address.h"

struct list {
    struct arena *arena;
    struct reference *reference;
    size_t count, cap;
};

static void
add(struct list *list, size_t from, size_t to, const struct link *link)
{
    if (link != NULL && link->target != NULL && !link->target->placed)
        return;
    list->reference = arena_grow(list->arena, list->reference, list->count, &list->cap,
                                 sizeof(*list->reference), 4);
    list->reference[list->count++] = (struct reference){from, to, link};
}

struct reference *
references_of(struct arena *arena, const struct item *item, size_t *count)
{
    const struct text_link *links = item->as.text.links;
    size_t total = item->as.text.link_count, next = 0;
    struct list list = {.arena = arena};

    for (size_t from = 0, to = 0; address_next(item->as.text.source, &from, &to);) {
        size_t end = 0;
        bool asked = false; /* the template makes another link of it */

        for (; next < total && links[next].to <= from; next++)
            add(&list, links[next].from, links[next].to, links[next].link);
        for (end = next; end < total && links[end].from < to; end++)
            asked = asked || !links[end].link->found;
        if (asked)
            continue;
        add(&list, from, to, NULL);
        next = end;
    }
    for (; next < total; next++)
        add(&list, links[next].from, links[next].to, links[next].link);
    *count = list.count;
    return list.reference;
}
