#include "base/arena.h"
#include "pdf/nav.h"

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
