#include "base/arena.h"
#include "pdf/nav.h"

/* True when the folio is what PDF counts with by itself: Arabic digits. Thai ones are no style of
 * numbers there; such a label is all prefix. */
static bool
is_decimal(struct arena *arena, const struct page *page)
{
    return page->number > 0 && str_is(page->folio, arena_printf(arena, "%d", page->number));
}

/* True when the label follows from that of the page before. */
static bool
goes_on(struct arena *arena, const struct page *before, const struct page *page)
{
    if (!is_decimal(arena, page))
        return str_eq(page->folio, before->folio);
    return is_decimal(arena, before) && page->number == before->number + 1;
}

static struct pdf_value *
label_of(struct arena *arena, const struct page *page)
{
    struct pdf_value *label = pdf_dict(arena);

    if (is_decimal(arena, page)) {
        pdf_set(label, "S", pdf_name(arena, "D"));
        pdf_set(label, "St", pdf_int(arena, page->number));
    } else if (page->folio.len > 0) {
        pdf_set(label, "P", pdf_text(arena, page->folio));
    }
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

        any = any || page->folio.len > 0;
        if (i > 0 && goes_on(arena, page - 1, page))
            continue;
        pdf_add(numbers, pdf_int(arena, (int64_t)i));
        pdf_add(numbers, label_of(arena, page));
    }
    pdf_set(labels, "Nums", numbers);
    return any ? pdf_put(objects, labels) : 0;
}
