/* Links for the web and mail addresses in text (ISO 32000-1 §12.5.6.5; ISO 14289-1 §7.18.5). */
#ifndef PDF_LINK_H
#define PDF_LINK_H

#include "layout/page.h"
#include "pdf/object.h"

struct links;
struct tags;

/* `tags` may be NULL: links then belong to no structure. */
struct links *links_new(struct pdf_objects *objects, struct tags *tags);

/* Adds a link annotation for every line of every address of page `index` (from 0), whose content
 * has been painted, and returns an array of them. Pages come in ascending order. */
struct pdf_value *links_on_page(struct links *links, const struct page *page, size_t index);

#endif
