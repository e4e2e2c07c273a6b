/* Pages as people name them: "1-3,5", "4-" for all from there on, in Thai digits, too. */
#ifndef PAPER_RANGES_H
#define PAPER_RANGES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;
struct diags;

#define RANGES_MAX 100
#define RANGES_PAGE_MAX 100000

struct page_range {
    size_t from, to; /* from 1, both of them among it */
};

/* In order and apart from each other, as a printer is told of them (RFC 8011 §5.2.7). */
struct page_ranges {
    struct page_range list[RANGES_MAX];
    size_t count;
};

/* Reads them, for a document of so many pages. False with PRINT_PAGES or PRINT_PAGES_BEYOND. */
bool ranges_read(struct arena *arena, struct diags *diags, struct str text, size_t page_count,
                 struct page_ranges *out);

/* How many pages they are. */
size_t ranges_pages(const struct page_ranges *ranges);

#endif
