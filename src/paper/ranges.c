#include "paper/ranges.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "thai/digits.h"

/* One of them: "5", "1-3", "4-". */
static bool
read_range(struct str text, size_t page_count, struct page_range *out)
{
    size_t dash = str_find(text, STR("-"));
    struct str first = str_trim(str_sub(text, 0, dash));
    struct str last = dash == SIZE_MAX ? first : str_trim(str_sub(text, dash + 1, text.len));

    if (!str_number(first, RANGES_PAGE_MAX, &out->from) || out->from == 0)
        return false;
    out->to = page_count;
    if (last.len == 0)
        return true;
    return str_number(last, RANGES_PAGE_MAX, &out->to) && out->to >= out->from;
}

static bool
read_list(struct str text, size_t page_count, struct page_ranges *out)
{
    for (size_t comma = 0; comma != SIZE_MAX; out->count++) {
        comma = str_find(text, STR(","));
        if (out->count == RANGES_MAX ||
            !read_range(str_sub(text, 0, comma), page_count, &out->list[out->count]))
            return false;
        if (comma != SIZE_MAX)
            text = str_sub(text, comma + 1, text.len);
    }
    return true;
}

static int
compare(const void *a, const void *b)
{
    const struct page_range *one = a, *other = b;

    return (one->from > other->from) - (one->from < other->from);
}

/* Those that meet become one. */
static void
put_in_order(struct page_ranges *ranges)
{
    size_t count = 0;

    qsort(ranges->list, ranges->count, sizeof *ranges->list, compare);
    for (size_t i = 0; i < ranges->count; i++) {
        struct page_range *next = &ranges->list[i];
        struct page_range *last = count == 0 ? NULL : &ranges->list[count - 1];
        if (last == NULL || next->from > last->to + 1)
            ranges->list[count++] = *next;
        else if (next->to > last->to)
            last->to = next->to;
    }
    ranges->count = count;
}

bool
ranges_read(struct arena *arena, struct diags *diags, struct str text, size_t page_count,
            struct page_ranges *out)
{
    char number[32];

    *out = (struct page_ranges){.count = 0};
    if (!read_list(digits_to_arabic(arena, text), page_count, out)) {
        diag_add(diags, DIAG_PRINT_PAGES, POS_NONE, diag_str(diags, text), NULL, NULL);
        return false;
    }
    for (size_t i = 0; i < out->count; i++) {
        if (out->list[i].from <= page_count && out->list[i].to <= page_count)
            continue;
        (void)snprintf(number, sizeof number, "%zu", page_count);
        diag_add(diags, DIAG_PRINT_PAGES_BEYOND, POS_NONE, number, diag_str(diags, text), NULL);
        return false;
    }
    put_in_order(out);
    return true;
}

size_t
ranges_pages(const struct page_ranges *ranges)
{
    size_t pages = 0;

    for (size_t i = 0; i < ranges->count; i++)
        pages += ranges->list[i].to - ranges->list[i].from + 1;
    return pages;
}
